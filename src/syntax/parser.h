// parser.h: from the text of one file to its tree.
//
//   source ─ scanner → tokens ─ parser → TreeUnit, diagnostics
//
// A hand-written parser by recursive descent. It looks ahead over the array of
// tokens where Dart's grammar needs it (a type or an expression, a function or
// parentheses, type arguments or less-than, a pattern or an expression) and
// never builds a node twice. On an error it reports, gives back what it has,
// and goes on at the next statement, member or declaration.
//
// Besides the grammar it checks what the text of the unit alone decides:
// modifiers, assignment targets, labels, await and yield, forms of parameters
// and constructors, and the features of the unit's language version
// (`// @dart = 3.0`; 2.12 to 3.13 are known).
//
// The files: parser.c has the entry and what all share; literal.c,
// parse_type.c, parse_primary.c, parse_expression.c, parse_pattern.c,
// parse_local.c, parse_statement.c, parse_member.c, parse_class.c and
// parse_declaration.c a family each; parse.h is theirs alone.
//
// Owner:     the tree is the arena's; it borrows nothing from the source but
//            spans.
// Threads:   one at a time for an arena, name table or diagnostics.
// Allocates: nodes from the arena; tokens from the system, freed on return.
// Fails:     never: always gives a tree; `has_errors` says if it is whole.

#ifndef IL_SYNTAX_PARSER_H
#define IL_SYNTAX_PARSER_H

#include "syntax/diagnostic.h"
#include "syntax/tree.h"

// Parses the source as a library or part. Never NULL.
TreeUnit *il_parser_parse(Arena *arena, NameTable *names, const Source *source,
                          Diagnostics *diagnostics);

#endif
