// token.c: the table of token kinds as data.

#include "syntax/token.h"

static const char *const token_texts[] = {
#define TOKEN(kind, text, class) text,
#include "syntax/token.def"
};

static const uint8_t token_classes[] = {
#define TOKEN(kind, text, class) TOKEN_CLASS_##class,
#include "syntax/token.def"
};

const char *il_token_text(TokenKind kind) {
  IL_ASSERT(kind < TOK_COUNT);
  return token_texts[kind];
}

TokenClass il_token_class(TokenKind kind) {
  IL_ASSERT(kind < TOK_COUNT);
  return (TokenClass)token_classes[kind];
}
