// diagnostic.h: what is wrong with the source of a program.
//
// Every room of the front end reports here and goes on. Messages are kept
// until the compilation ends, then printed in the order of the sources and of
// the places in them:
//
//   main.dart:3:14: Error: Expected ';' but found '}'.
//     print("hello")
//                  ^
//
// The first message for a place wins: one mistake often breaks several rules.
// After a limit further messages are only counted.
//
//   il_diagnostic_error(d, source, start, end, DIAG_UNKNOWN_LABEL, name,
//   "break");
//
// Owner:     Diagnostics lives inside another struct and owns its messages;
//            it borrows the sources.
// Threads:   one at a time.
// Allocates: from the system.
// Fails:     never.

#ifndef IL_SYNTAX_DIAGNOSTIC_H
#define IL_SYNTAX_DIAGNOSTIC_H

#include "base/arena.h"
#include "base/common.h"
#include "base/text.h"
#include "base/vec.h"
#include "syntax/source.h"

typedef enum DiagnosticCode {
#define DIAGNOSTIC(kind, code, message) DIAG_##kind,
#include "syntax/diagnostic.def"
  DIAG_COUNT
} DiagnosticCode;

typedef struct Diagnostic {
  const Source *source;  // NULL: about the whole program
  uint32_t start;
  uint32_t end;
  uint32_t order;  // of the report
  DiagnosticCode code;
  Text message;  // in the arena of its Diagnostics
} Diagnostic;

// How many messages are kept.
#define IL_DIAGNOSTIC_LIMIT 200

typedef struct Diagnostics {
  Arena arena;
  IL_VEC(Diagnostic) items;
  uint32_t count;  // reported in all, kept or not
} Diagnostics;

void il_diagnostic_init(Diagnostics *diagnostics);
void il_diagnostic_drop(Diagnostics *diagnostics);

// Reports an error at the span. The further arguments are those of the code's
// template in diagnostic.def: Text for %t, const char * for %s, int for %d.
void il_diagnostic_error(Diagnostics *diagnostics, const Source *source,
                         uint32_t start, uint32_t end, DiagnosticCode code,
                         ...);

// Whether anything was reported.
static inline bool il_diagnostic_any(const Diagnostics *diagnostics) {
  return diagnostics->count > 0;
}

// The stable string of a code, such as "expected_token".
const char *il_diagnostic_code_text(DiagnosticCode code);

// Sorts the messages by source, in the order of their first report, and place;
// drops all but the first of those at the same start.
void il_diagnostic_sort(Diagnostics *diagnostics);

// Sorts, then appends all messages as shown above. With show_codes the code
// stands in brackets after "Error", for tests.
void il_diagnostic_print(Diagnostics *diagnostics, TextBuilder *out,
                         bool show_codes);

#endif
