// scanner.h: text to tokens.
//
// The whole unit is scanned in one pass, without recursion: brackets and open
// strings are on a stack, so that `'${ {'${a}': b} }'` nests as deep as it
// likes. Each opening bracket learns the index of its partner; a bracket
// without one has 0. White space and comments leave no tokens.
//
// Errors are reported and the scan goes on: a bad character is skipped, a
// string without an end stops at its line (or the file's) end.
//
// Owner:     the ScannerResult lives inside another struct and owns the array.
// Threads:   one at a time for a name table or diagnostics.
// Allocates: the array, from the system.
// Fails:     never; a source of more than 1 GiB is an error in diagnostics.

#ifndef IL_SYNTAX_SCANNER_H
#define IL_SYNTAX_SCANNER_H

#include "base/name.h"
#include "base/vec.h"
#include "syntax/diagnostic.h"
#include "syntax/source.h"
#include "syntax/token.h"

typedef IL_VEC(Token) TokenVec;

typedef struct ScannerResult {
  TokenVec tokens;           // the last is TOK_END
  bool has_version_comment;  // `// @dart = x.y` before the first token
  uint32_t version_start;    // its span
  uint32_t version_end;
  uint32_t version_major;
  uint32_t version_minor;
} ScannerResult;

// Scans the source into an empty result.
void il_scanner_scan(ScannerResult *result, NameTable *names,
                     const Source *source, Diagnostics *diagnostics);

void il_scanner_drop(ScannerResult *result);

// Appends one line a token: offsets, kind, text.
void il_scanner_dump(TextBuilder *out, const ScannerResult *result,
                     const Source *source);

#endif
