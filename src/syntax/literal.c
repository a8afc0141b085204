// literal.c: the values of number and string tokens.

#include <stdio.h>
#include <stdlib.h>

#include "base/utf.h"
#include "syntax/parse.h"

// ---- Numbers --------------------------------------------------------------

static int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The value modulo 2^64; *is_overflow when it has more bits.
static uint64_t parse_integer(Text text, unsigned base, bool *is_overflow) {
  uint64_t value = 0;
  for (uint32_t i = 0; i < text.length; i++) {
    int digit = hex_digit(text.bytes[i]);
    if (digit < 0) continue;  // a separator
    if (__builtin_mul_overflow(value, (uint64_t)base, &value)) {
      *is_overflow = true;
    }
    if (__builtin_add_overflow(value, (uint64_t)digit, &value)) {
      *is_overflow = true;
    }
  }
  return value;
}

// Rewrites a decimal number as digits and an exponent, without a point, so
// that strtod reads it the same in every locale.
static const char *write_plain_number(TextBuilder *out, Text text) {
  uint32_t at = 0;
  int64_t shift = 0;
  bool is_after_point = false;
  for (; at < text.length; at++) {
    char c = text.bytes[at];
    if (c == 'e' || c == 'E') break;
    if (c == '.') is_after_point = true;
    if (c < '0' || c > '9') continue;
    il_text_append_char(out, c);
    if (is_after_point) shift--;
  }
  int64_t exponent = 0;
  bool is_negative = false;
  for (; at < text.length; at++) {
    char c = text.bytes[at];
    if (c == '-') is_negative = true;
    if (c >= '0' && c <= '9' && exponent < 1000000000) {
      exponent = exponent * 10 + (c - '0');
    }
  }
  if (is_negative) exponent = -exponent;
  il_text_append_format(out, "e%lld", (long long)(exponent + shift));
  return il_text_builder_string(out);
}

static double parse_double(Text text) {
  TextBuilder plain;
  il_text_builder_init(&plain);
  double value = strtod(write_plain_number(&plain, text), NULL);
  il_text_builder_drop(&plain);
  return value;
}

// Whether the decimal digits are exactly the value.
static bool is_exact(Text text, double value) {
  char buffer[400];
  int length = snprintf(buffer, sizeof(buffer), "%.0f", value);
  int at = 0;
  bool is_leading = true;
  for (uint32_t i = 0; i < text.length; i++) {
    char c = text.bytes[i];
    if (c < '0' || c > '9' || (is_leading && c == '0')) continue;
    is_leading = false;
    if (at >= length || buffer[at++] != c) return false;
  }
  return is_leading ? value == 0 : at == length;
}

static void set_integer(TreeIntLiteral *node, Text text, bool is_hex) {
  node->is_hex = is_hex;
  if (is_hex) {
    Text digits = il_text_slice(text, 2, text.length);
    node->value = parse_integer(digits, 16, &node->is_overflow);
    for (uint32_t i = 0; i < digits.length; i++) {
      int digit = hex_digit(digits.bytes[i]);
      if (digit >= 0) node->double_value = node->double_value * 16 + digit;
    }
    // More than 64 bits are an error anyway, so the last ones may round.
    node->is_exact_double = !node->is_overflow &&
                            node->double_value < 18446744073709551616.0 &&
                            (uint64_t)node->double_value == node->value;
    return;
  }
  node->value = parse_integer(text, 10, &node->is_overflow);
  if (!node->is_overflow && node->value <= (UINT64_C(1) << 53)) {
    node->double_value = (double)node->value;
    node->is_exact_double = true;
    return;
  }
  node->double_value = parse_double(text);
  node->is_exact_double = is_exact(text, node->double_value);
}

TreeNode *il_literal_number(Parser *p) {
  const Token *token = token_here(p);
  Text text = il_parse_token_text(p, p->at);
  if (token->flags & TOKEN_HAS_SEPARATOR) {
    il_parse_require(p, p->at, IL_VERSION(3, 6), "A digit separator");
  }
  if (token->kind == TOK_DOUBLE) {
    TreeDoubleLiteral *node =
        NEW_NODE(p, DoubleLiteral, DOUBLE_LITERAL, token->start);
    node->value = parse_double(text);
    advance(p);
    return FINISH(p, node);
  }
  TreeIntLiteral *node = NEW_NODE(p, IntLiteral, INT_LITERAL, token->start);
  set_integer(node, text, token->kind == TOK_HEX);
  advance(p);
  return FINISH(p, node);
}

// ---- Strings --------------------------------------------------------------

typedef struct Decoder {
  Parser *parser;
  Text text;  // of the token, quotes cut off
  uint32_t at;
  TextBuilder out;
  uint32_t lead;  // a lead surrogate that waits for its trail, or 0
} Decoder;

static void flush_lead(Decoder *d) {
  if (d->lead == 0) return;
  il_text_append_rune(&d->out, d->lead);
  d->lead = 0;
}

// Joins surrogates that were escaped one by one.
static void append_rune(Decoder *d, uint32_t rune) {
  if (d->lead != 0 && il_utf_is_trail(rune)) {
    il_text_append_rune(&d->out, il_utf_join(d->lead, rune));
    d->lead = 0;
    return;
  }
  flush_lead(d);
  if (il_utf_is_lead(rune)) {
    d->lead = rune;
  } else {
    il_text_append_rune(&d->out, rune);
  }
}

static void report_escape(Decoder *d, uint32_t start) {
  const char *base = d->parser->source->text.bytes;
  uint32_t offset = (uint32_t)(d->text.bytes - base);
  report_span(d->parser, offset + start, offset + d->at, DIAG_INVALID_ESCAPE);
}

// Up to max hexadecimal digits, at least min; -1 if there are fewer.
static int64_t decode_hex(Decoder *d, uint32_t min, uint32_t max) {
  int64_t value = 0;
  uint32_t count = 0;
  while (count < max && d->at < d->text.length) {
    int digit = hex_digit(d->text.bytes[d->at]);
    if (digit < 0) break;
    value = value * 16 + digit;
    d->at++;
    count++;
  }
  return count >= min ? value : -1;
}

// Behind `\u`.
static int64_t decode_unicode(Decoder *d) {
  if (d->at >= d->text.length || d->text.bytes[d->at] != '{') {
    return decode_hex(d, 4, 4);
  }
  d->at++;
  int64_t value = decode_hex(d, 1, 6);
  if (d->at >= d->text.length || d->text.bytes[d->at] != '}') return -1;
  d->at++;
  return value > (int64_t)UTF_MAX_RUNE ? -1 : value;
}

// At a backslash.
static void decode_escape(Decoder *d) {
  uint32_t start = d->at++;
  if (d->at >= d->text.length) {
    report_escape(d, start);
    return;
  }
  char c = d->text.bytes[d->at];
  int64_t rune;
  switch (c) {
    case 'n':
      rune = '\n';
      break;
    case 'r':
      rune = '\r';
      break;
    case 't':
      rune = '\t';
      break;
    case 'b':
      rune = '\b';
      break;
    case 'f':
      rune = '\f';
      break;
    case 'v':
      rune = '\v';
      break;
    case 'x':
      d->at++;
      rune = decode_hex(d, 2, 2);
      d->at--;
      break;
    case 'u':
      d->at++;
      rune = decode_unicode(d);
      d->at--;
      break;
    default:
      rune = il_utf_decode(d->text, &d->at, NULL);
      d->at--;
  }
  d->at++;
  if (rune < 0) {
    report_escape(d, start);
    rune = UTF_REPLACEMENT;
  }
  append_rune(d, (uint32_t)rune);
}

// The text between the quotes. A multi-line string may begin with a line of
// blanks (each perhaps escaped), which is no part of it.
static Text cut_quotes(const Token *token, Text text) {
  uint32_t start = 0, end = text.length;
  uint32_t quotes = token->flags & TOKEN_IS_MULTILINE ? 3 : 1;
  bool has_start = token->kind == TOK_STRING || token->kind == TOK_STRING_HEAD;
  bool has_end = token->kind == TOK_STRING || token->kind == TOK_STRING_TAIL;
  if (has_start) start = quotes + (token->flags & TOKEN_IS_RAW ? 1 : 0);
  if (has_end && !(token->flags & TOKEN_HAS_ERROR)) end -= quotes;
  if (start > end) start = end;
  if (has_start && (token->flags & TOKEN_IS_MULTILINE)) {
    uint32_t at = start;
    while (at < end) {
      char c = text.bytes[at];
      if (c == '\\' && at + 1 < end && !(token->flags & TOKEN_IS_RAW)) {
        c = text.bytes[at + 1];
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') break;
        at++;
      }
      if (c == '\r' || c == '\n') {
        at++;
        if (c == '\r' && at < end && text.bytes[at] == '\n') at++;
        start = at;
        break;
      }
      if (c != ' ' && c != '\t') break;
      at++;
    }
  }
  return il_text_slice(text, start, end);
}

Text il_literal_string(Parser *p, uint32_t index) {
  const Token *token = &p->tokens[index];
  Text text = cut_quotes(token, il_parse_token_text(p, index));
  bool is_plain = !(token->flags & TOKEN_HAS_ESCAPE);
  if (is_plain && il_utf_is_valid(text))
    return il_arena_copy_text(p->arena, text);
  Decoder d = {.parser = p, .text = text};
  il_text_builder_init(&d.out);
  while (d.at < text.length) {
    char c = text.bytes[d.at];
    if (c == '\\' && !(token->flags & TOKEN_IS_RAW)) {
      decode_escape(&d);
    } else if (c == '\r') {
      // All line ends count as LF.
      d.at++;
      if (d.at < text.length && text.bytes[d.at] == '\n') d.at++;
      append_rune(&d, '\n');
    } else {
      append_rune(&d, il_utf_decode(text, &d.at, NULL));
    }
  }
  flush_lead(&d);
  Text result = il_arena_copy_text(p->arena, il_text_builder_text(&d.out));
  il_text_builder_drop(&d.out);
  return result;
}
