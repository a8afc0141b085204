// token.h: what the scanner gives to the parser.
//
// A unit is scanned whole, into an array that ends with TOK_END, so that the
// parser looks as far ahead as it likes by index. Brackets know their partner.
//
// Owner:     the array belongs to whoever called il_scanner_scan.
// Threads:   any; nothing is shared.
// Allocates: nothing here.
// Fails:     never.

#ifndef IL_SYNTAX_TOKEN_H
#define IL_SYNTAX_TOKEN_H

#include "base/common.h"
#include "base/text.h"

typedef enum TokenKind {
#define TOKEN(kind, text, class) TOK_##kind,
#include "syntax/token.def"
  TOK_COUNT
} TokenKind;

typedef enum TokenClass {
  TOKEN_CLASS_SPECIAL,
  TOKEN_CLASS_PUNCTUATOR,
  TOKEN_CLASS_RESERVED,
  TOKEN_CLASS_BUILT_IN,
  TOKEN_CLASS_CONTEXTUAL,
} TokenClass;

// Bits of Token.flags, for the parts of strings and numbers.
enum {
  TOKEN_IS_RAW = 1,         // r'...'
  TOKEN_IS_MULTILINE = 2,   // '''...'''
  TOKEN_HAS_SEPARATOR = 4,  // 1_000
  TOKEN_HAS_ESCAPE = 8,     // the text has a backslash or a carriage return
  TOKEN_HAS_ERROR = 16,     // the scanner reported it
};

typedef struct Token {
  uint16_t kind;  // a TokenKind
  uint16_t flags;
  uint32_t start;  // offsets into the source
  uint32_t end;
  // Words: the interned Name. Opening brackets: the index of the closing
  // token, or 0 when there is none. Otherwise 0.
  uint32_t value;
} Token;

// The text of a kind as the table spells it.
const char *il_token_text(TokenKind kind);

// The class of a kind.
TokenClass il_token_class(TokenKind kind);

// Whether a token of the kind can be used as an identifier somewhere.
static inline bool il_token_is_identifier(TokenKind kind) {
  return kind >= TOK_IDENTIFIER;
}

// Whether it is an identifier or a word of any class.
static inline bool il_token_is_word(TokenKind kind) {
  return kind >= TOK_ASSERT;
}

#endif
