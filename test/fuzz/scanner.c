// scanner.c: any bytes go through the scanner. The tokens cover the source in
// order, brackets point forward at brackets, and all can be printed.
#include "syntax/scanner.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_partner(TokenKind open, TokenKind close) {
  switch (open) {
    case TOK_OPEN_PAREN:
      return close == TOK_CLOSE_PAREN;
    case TOK_OPEN_BRACKET:
      return close == TOK_CLOSE_BRACKET;
    default:
      return close == TOK_CLOSE_BRACE;
  }
}

static void check_tokens(const TokenVec *tokens, size_t size) {
  uint32_t last = 0;
  for (uint32_t i = 0; i < tokens->count; i++) {
    const Token *token = &tokens->items[i];
    if (token->start < last || token->end < token->start || token->end > size) {
      IL_FATAL("tokens out of order");
    }
    last = token->end;
    bool is_open = token->kind == TOK_OPEN_PAREN ||
                   token->kind == TOK_OPEN_BRACKET ||
                   token->kind == TOK_OPEN_BRACE;
    if (!is_open || token->value == 0) continue;
    if (token->value <= i || token->value >= tokens->count ||
        !is_partner(token->kind, tokens->items[token->value].kind)) {
      IL_FATAL("a bracket with a wrong partner");
    }
  }
  if (tokens->items[tokens->count - 1].kind != TOK_END) IL_FATAL("no end");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena = {0};
  NameTable names;
  Diagnostics diagnostics;
  Source source;
  ScannerResult result;
  TextBuilder out = {0};
  il_name_table_init(&names);
  il_diagnostic_init(&diagnostics);
  char *text = il_memory_alloc(size);
  if (size > 0) memcpy(text, data, size);
  il_source_init(&source, &arena, TEXT("fuzz.dart"), il_text_make(text, size));
  il_scanner_scan(&result, &names, &source, &diagnostics);
  check_tokens(&result.tokens, size);
  il_scanner_dump(&out, &result, &source);
  il_diagnostic_print(&diagnostics, &out, true);
  il_text_builder_drop(&out);
  il_scanner_drop(&result);
  il_diagnostic_drop(&diagnostics);
  il_name_table_drop(&names);
  il_arena_drop(&arena);
  il_memory_free(text, size);
  return 0;
}
