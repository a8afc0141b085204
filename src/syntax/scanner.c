// scanner.c: in order: character classes, words, comments, open brackets,
// numbers, strings, brackets, punctuation, the loop. Entry: il_scanner_scan,
// near the end.

#include "syntax/scanner.h"

#include <stdio.h>

#include "base/utf.h"

#define MAX_SOURCE_BYTES (1u << 30)

// For each kind of bracket, how many openings there were when the innermost one
// that a closing bracket may still reach was pushed; 0: none. Parentheses and
// square brackets are not reached through a brace.
typedef struct Reach {
  uint32_t paren;
  uint32_t square;
  uint32_t brace;
} Reach;

// An open bracket, or an interpolation `${` whose string goes on after `}`.
typedef struct Opening {
  uint32_t token;  // index of the bracket's token
  Reach before;    // what could be reached without this one
  char bracket;    // ( [ { or $ for an interpolation
  char quote;      // of the string around an interpolation
  uint16_t flags;  // TOKEN_IS_MULTILINE of that string
  uint32_t start;  // where the string began, for the message
} Opening;

typedef struct Keyword {
  Name name;  // 0: empty slot
  uint16_t kind;
} Keyword;

#define KEYWORD_SLOTS 256

typedef struct Scanner {
  const char *text;
  uint32_t at;
  uint32_t end;
  TokenVec tokens;
  IL_VEC(Opening) openings;
  Reach reach;
  NameTable *names;
  const Source *source;
  Diagnostics *diagnostics;
  ScannerResult *result;
  Keyword keywords[KEYWORD_SLOTS];
} Scanner;

static void report(Scanner *s, uint32_t start, uint32_t end,
                   DiagnosticCode code) {
  il_diagnostic_error(s->diagnostics, s->source, start, end, code);
}

// ---- Characters -----------------------------------------------------------

enum {
  CLASS_SPACE = 1,
  CLASS_LETTER = 2,  // may begin an identifier
  CLASS_DIGIT = 4,
  CLASS_HEX = 8,
};

static const uint8_t classes[256] = {
    [' '] = CLASS_SPACE,
    ['\t'] = CLASS_SPACE,
    ['\n'] = CLASS_SPACE,
    ['\r'] = CLASS_SPACE,
    ['0'] = CLASS_DIGIT | CLASS_HEX,
    ['1'] = CLASS_DIGIT | CLASS_HEX,
    ['2'] = CLASS_DIGIT | CLASS_HEX,
    ['3'] = CLASS_DIGIT | CLASS_HEX,
    ['4'] = CLASS_DIGIT | CLASS_HEX,
    ['5'] = CLASS_DIGIT | CLASS_HEX,
    ['6'] = CLASS_DIGIT | CLASS_HEX,
    ['7'] = CLASS_DIGIT | CLASS_HEX,
    ['8'] = CLASS_DIGIT | CLASS_HEX,
    ['9'] = CLASS_DIGIT | CLASS_HEX,
    ['a'] = CLASS_LETTER | CLASS_HEX,
    ['b'] = CLASS_LETTER | CLASS_HEX,
    ['c'] = CLASS_LETTER | CLASS_HEX,
    ['d'] = CLASS_LETTER | CLASS_HEX,
    ['e'] = CLASS_LETTER | CLASS_HEX,
    ['f'] = CLASS_LETTER | CLASS_HEX,
    ['g'] = CLASS_LETTER,
    ['h'] = CLASS_LETTER,
    ['i'] = CLASS_LETTER,
    ['j'] = CLASS_LETTER,
    ['k'] = CLASS_LETTER,
    ['l'] = CLASS_LETTER,
    ['m'] = CLASS_LETTER,
    ['n'] = CLASS_LETTER,
    ['o'] = CLASS_LETTER,
    ['p'] = CLASS_LETTER,
    ['q'] = CLASS_LETTER,
    ['r'] = CLASS_LETTER,
    ['s'] = CLASS_LETTER,
    ['t'] = CLASS_LETTER,
    ['u'] = CLASS_LETTER,
    ['v'] = CLASS_LETTER,
    ['w'] = CLASS_LETTER,
    ['x'] = CLASS_LETTER,
    ['y'] = CLASS_LETTER,
    ['z'] = CLASS_LETTER,
    ['A'] = CLASS_LETTER | CLASS_HEX,
    ['B'] = CLASS_LETTER | CLASS_HEX,
    ['C'] = CLASS_LETTER | CLASS_HEX,
    ['D'] = CLASS_LETTER | CLASS_HEX,
    ['E'] = CLASS_LETTER | CLASS_HEX,
    ['F'] = CLASS_LETTER | CLASS_HEX,
    ['G'] = CLASS_LETTER,
    ['H'] = CLASS_LETTER,
    ['I'] = CLASS_LETTER,
    ['J'] = CLASS_LETTER,
    ['K'] = CLASS_LETTER,
    ['L'] = CLASS_LETTER,
    ['M'] = CLASS_LETTER,
    ['N'] = CLASS_LETTER,
    ['O'] = CLASS_LETTER,
    ['P'] = CLASS_LETTER,
    ['Q'] = CLASS_LETTER,
    ['R'] = CLASS_LETTER,
    ['S'] = CLASS_LETTER,
    ['T'] = CLASS_LETTER,
    ['U'] = CLASS_LETTER,
    ['V'] = CLASS_LETTER,
    ['W'] = CLASS_LETTER,
    ['X'] = CLASS_LETTER,
    ['Y'] = CLASS_LETTER,
    ['Z'] = CLASS_LETTER,
    ['_'] = CLASS_LETTER,
    ['$'] = CLASS_LETTER,
};

// The byte at an offset from here, 0 past the end.
static inline char peek(const Scanner *s, uint32_t offset) {
  uint32_t at = s->at + offset;
  return IL_LIKELY(at < s->end) ? s->text[at] : '\0';
}

static inline bool is_class(char c, uint8_t wanted) {
  return (classes[(uint8_t)c] & wanted) != 0;
}

static inline bool is_line_end(char c) { return c == '\n' || c == '\r'; }

static inline void add_token(Scanner *s, TokenKind kind, uint16_t flags,
                             uint32_t start, uint32_t value) {
  Token token = {(uint16_t)kind, flags, start, s->at, value};
  il_vec_push(&s->tokens, token);
}

// ---- Words ----------------------------------------------------------------

static inline uint32_t keyword_slot(Name name) {
  return (name * 0x9E3779B1u) >> 24;
}

static void add_keyword(Scanner *s, TokenKind kind, Text text) {
  Name name = il_name_intern(s->names, text);
  uint32_t slot = keyword_slot(name);
  while (s->keywords[slot].name != 0) slot = (slot + 1) % KEYWORD_SLOTS;
  s->keywords[slot] = (Keyword){name, (uint16_t)kind};
}

static void add_keywords(Scanner *s) {
  for (TokenKind kind = TOK_ASSERT; kind < TOK_COUNT; kind++) {
    if (kind == TOK_IDENTIFIER) continue;
    add_keyword(s, kind, il_text_of(il_token_text(kind)));
  }
}

static TokenKind find_keyword(const Scanner *s, Name name) {
  for (uint32_t slot = keyword_slot(name);; slot = (slot + 1) % KEYWORD_SLOTS) {
    if (s->keywords[slot].name == name) {
      return (TokenKind)s->keywords[slot].kind;
    }
    if (s->keywords[slot].name == 0) return TOK_IDENTIFIER;
  }
}

// A word; inside a string, after `$`, the dollar sign is no letter.
static void scan_word(Scanner *s, bool is_in_string) {
  uint32_t start = s->at;
  while (s->at < s->end) {
    char c = s->text[s->at];
    if (!is_class(c, CLASS_LETTER | CLASS_DIGIT)) break;
    if (c == '$' && is_in_string) break;
    s->at++;
  }
  Name name =
      il_name_intern(s->names, il_text_make(s->text + start, s->at - start));
  add_token(s, find_keyword(s, name), 0, start, name);
}

// ---- Comments -------------------------------------------------------------

static uint32_t parse_small_number(const char *text, uint32_t *at,
                                   uint32_t end) {
  uint32_t number = 0;
  while (*at < end && is_class(text[*at], CLASS_DIGIT) && number < 100000) {
    number = number * 10 + (uint32_t)(text[*at] - '0');
    ++*at;
  }
  return number;
}

static void skip_blanks(const char *text, uint32_t *at, uint32_t end) {
  while (*at < end && (text[*at] == ' ' || text[*at] == '\t')) ++*at;
}

// Whether the line comment from start to end is `// @dart = x.y`; only the
// first of those before any token counts.
static void check_version_comment(Scanner *s, uint32_t start, uint32_t end) {
  if (s->result->has_version_comment) return;
  for (uint32_t i = 0; i < s->tokens.count; i++) {
    if (s->tokens.items[i].kind != TOK_SCRIPT_TAG) return;
  }
  const char *text = s->text;
  uint32_t at = start + 2;
  skip_blanks(text, &at, end);
  if (end - at < 5 || memcmp(text + at, "@dart", 5) != 0) return;
  at += 5;
  skip_blanks(text, &at, end);
  if (at >= end || text[at++] != '=') return;
  skip_blanks(text, &at, end);
  uint32_t version_start = at;
  uint32_t major = parse_small_number(text, &at, end);
  if (at == version_start || at >= end || text[at++] != '.') return;
  uint32_t minor_start = at;
  uint32_t minor = parse_small_number(text, &at, end);
  if (at == minor_start) return;
  uint32_t version_end = at;
  skip_blanks(text, &at, end);
  if (at != end) return;
  s->result->has_version_comment = true;
  s->result->version_start = version_start;
  s->result->version_end = version_end;
  s->result->version_major = major;
  s->result->version_minor = minor;
}

static void skip_line_comment(Scanner *s) {
  uint32_t start = s->at;
  while (s->at < s->end && !is_line_end(s->text[s->at])) s->at++;
  // `///` documents.
  if (s->tokens.count < 2 && (s->at - start < 3 || s->text[start + 2] != '/')) {
    check_version_comment(s, start, s->at);
  }
}

static void skip_block_comment(Scanner *s) {
  uint32_t start = s->at;
  uint32_t depth = 0;
  while (s->at < s->end) {
    char c = s->text[s->at];
    if (c == '/' && peek(s, 1) == '*') {
      depth++;
      s->at += 2;
    } else if (c == '*' && peek(s, 1) == '/') {
      s->at += 2;
      if (--depth == 0) return;
    } else {
      s->at++;
    }
  }
  report(s, start, start + 2, DIAG_UNTERMINATED_COMMENT);
}

// ---- Openings -------------------------------------------------------------

static void push_opening(Scanner *s, Opening opening) {
  opening.before = s->reach;
  uint32_t count = s->openings.count + 1;
  switch (opening.bracket) {
    case '(':
      s->reach.paren = count;
      break;
    case '[':
      s->reach.square = count;
      break;
    default:
      s->reach = (Reach){0, 0, count};
  }
  il_vec_push(&s->openings, opening);
}

// ---- Numbers --------------------------------------------------------------

// Digits of a class with separators between them; true if there was a digit.
static bool scan_digits(Scanner *s, uint8_t wanted, uint16_t *flags) {
  uint32_t start = s->at;
  while (is_class(peek(s, 0), wanted) || (s->at > start && peek(s, 0) == '_')) {
    if (peek(s, 0) == '_') *flags |= TOKEN_HAS_SEPARATOR;
    s->at++;
  }
  if (s->at > start && s->text[s->at - 1] == '_') {
    report(s, s->at - 1, s->at, DIAG_INVALID_SEPARATOR);
    *flags |= TOKEN_HAS_ERROR;
  }
  return s->at > start;
}

static void scan_hex(Scanner *s) {
  uint32_t start = s->at;
  uint16_t flags = 0;
  s->at += 2;
  if (!scan_digits(s, CLASS_HEX, &flags)) {
    report(s, start, s->at, DIAG_INVALID_NUMBER);
    flags |= TOKEN_HAS_ERROR;
  }
  add_token(s, TOK_HEX, flags, start, 0);
}

static void scan_exponent(Scanner *s, uint32_t start, uint16_t *flags) {
  s->at++;
  if (peek(s, 0) == '+' || peek(s, 0) == '-') s->at++;
  if (!scan_digits(s, CLASS_DIGIT, flags)) {
    report(s, start, s->at, DIAG_INVALID_NUMBER);
    *flags |= TOKEN_HAS_ERROR;
  }
}

// At a digit, or at a dot before one.
static void scan_number(Scanner *s) {
  if (s->text[s->at] == '0' && (peek(s, 1) == 'x' || peek(s, 1) == 'X')) {
    scan_hex(s);
    return;
  }
  uint32_t start = s->at;
  uint16_t flags = 0;
  TokenKind kind = TOK_INT;
  scan_digits(s, CLASS_DIGIT, &flags);
  if (peek(s, 0) == '.' && is_class(peek(s, 1), CLASS_DIGIT)) {
    kind = TOK_DOUBLE;
    s->at++;
    scan_digits(s, CLASS_DIGIT, &flags);
  }
  if (peek(s, 0) == 'e' || peek(s, 0) == 'E') {
    kind = TOK_DOUBLE;
    scan_exponent(s, start, &flags);
  }
  add_token(s, kind, flags, start, 0);
}

// ---- Strings --------------------------------------------------------------

static bool is_at_quotes(const Scanner *s, char quote, uint16_t flags) {
  if (peek(s, 0) != quote) return false;
  if (!(flags & TOKEN_IS_MULTILINE)) return true;
  return peek(s, 1) == quote && peek(s, 2) == quote;
}

// Past the next character of a string; notes what needs decoding.
static void skip_string_character(Scanner *s, uint16_t *flags) {
  char c = s->text[s->at++];
  if (c == '\r') *flags |= TOKEN_HAS_ESCAPE;
  if (c == '\\' && !(*flags & TOKEN_IS_RAW)) {
    *flags |= TOKEN_HAS_ESCAPE;
    // An escaped line end does not go on with a single-line string.
    if (s->at < s->end &&
        ((*flags & TOKEN_IS_MULTILINE) || !is_line_end(s->text[s->at]))) {
      if (s->text[s->at] != '\r') s->at++;
    }
  }
}

// At a dollar sign inside a string: adds the part before it and enters the
// expression. True when the string goes on right here, after `$name`.
static bool enter_interpolation(Scanner *s, TokenKind kind, uint16_t flags,
                                uint32_t start, Opening opening) {
  add_token(s, kind, flags, start, 0);
  if (peek(s, 1) == '{') {
    s->at += 2;
    push_opening(s, opening);
    return false;
  }
  s->at++;
  if (is_class(peek(s, 0), CLASS_LETTER) && peek(s, 0) != '$') {
    scan_word(s, true);
  } else {
    report(s, s->at - 1, s->at, DIAG_INVALID_INTERPOLATION);
    add_token(s, TOK_INVALID, TOKEN_HAS_ERROR, s->at - 1, 0);
  }
  return true;
}

// Scans the rest of a string from start, up to its closing quotes or `${`.
// start is that of the part's token, at stands after any opening quotes.
static void scan_string_rest(Scanner *s, uint32_t start, Opening opening,
                             bool is_first) {
  uint16_t flags = opening.flags;
  for (;;) {
    if (s->at >= s->end ||
        (!(flags & TOKEN_IS_MULTILINE) && is_line_end(s->text[s->at]))) {
      report(s, opening.start, s->at, DIAG_UNTERMINATED_STRING);
      add_token(s, is_first ? TOK_STRING : TOK_STRING_TAIL,
                flags | TOKEN_HAS_ERROR, start, 0);
      return;
    }
    if (is_at_quotes(s, opening.quote, flags)) {
      s->at += flags & TOKEN_IS_MULTILINE ? 3 : 1;
      add_token(s, is_first ? TOK_STRING : TOK_STRING_TAIL, flags, start, 0);
      return;
    }
    if (s->text[s->at] == '$' && !(flags & TOKEN_IS_RAW)) {
      TokenKind kind = is_first ? TOK_STRING_HEAD : TOK_STRING_MIDDLE;
      if (!enter_interpolation(s, kind, flags, start, opening)) return;
      start = s->at;
      is_first = false;
      flags = opening.flags;
      continue;
    }
    skip_string_character(s, &flags);
  }
}

static void scan_string(Scanner *s) {
  uint32_t start = s->at;
  uint16_t flags = 0;
  if (s->text[s->at] == 'r') {
    flags |= TOKEN_IS_RAW;
    s->at++;
  }
  char quote = s->text[s->at];
  if (peek(s, 1) == quote && peek(s, 2) == quote) {
    flags |= TOKEN_IS_MULTILINE;
    s->at += 3;
  } else {
    s->at++;
  }
  Opening opening = {
      .bracket = '$', .quote = quote, .flags = flags, .start = start};
  scan_string_rest(s, start, opening, true);
}

// ---- Brackets -------------------------------------------------------------

static void open_bracket(Scanner *s, TokenKind kind) {
  uint32_t start = s->at;
  Opening opening = {
      .token = s->tokens.count, .bracket = s->text[s->at++], .start = start};
  push_opening(s, opening);
  add_token(s, kind, 0, start, 0);
}

// The number of openings up to the partner of `close`: 0 when it has none.
static uint32_t find_partner(const Scanner *s, char close) {
  if (close == '}') return s->reach.brace;
  return close == ')' ? s->reach.paren : s->reach.square;
}

static void close_bracket(Scanner *s, TokenKind kind) {
  uint32_t partner = find_partner(s, s->text[s->at]);
  uint32_t start = s->at++;
  if (partner == 0) {
    add_token(s, kind, 0, start, 0);
    return;
  }
  Opening opening = s->openings.items[partner - 1];
  s->openings.count = partner - 1;
  s->reach = opening.before;
  if (opening.bracket == '$') {
    scan_string_rest(s, s->at, opening, false);
    return;
  }
  s->tokens.items[opening.token].value = s->tokens.count;
  add_token(s, kind, 0, start, 0);
}

// ---- Punctuation ----------------------------------------------------------

static void add_punctuator(Scanner *s, TokenKind kind, uint32_t length) {
  uint32_t start = s->at;
  s->at += length;
  add_token(s, kind, 0, start, 0);
}

static void scan_dot(Scanner *s) {
  if (is_class(peek(s, 1), CLASS_DIGIT)) {
    scan_number(s);
  } else if (peek(s, 1) != '.') {
    add_punctuator(s, TOK_DOT, 1);
  } else if (peek(s, 2) != '.') {
    add_punctuator(s, TOK_DOT_DOT, 2);
  } else if (peek(s, 3) != '?') {
    add_punctuator(s, TOK_SPREAD, 3);
  } else {
    add_punctuator(s, TOK_SPREAD_NULL, 4);
  }
}

static void scan_question(Scanner *s) {
  if (peek(s, 1) == '?') {
    if (peek(s, 2) == '=') {
      add_punctuator(s, TOK_ASSIGN_QUESTION_QUESTION, 3);
    } else {
      add_punctuator(s, TOK_QUESTION_QUESTION, 2);
    }
  } else if (peek(s, 1) == '.') {
    if (peek(s, 2) == '.') {
      add_punctuator(s, TOK_QUESTION_DOT_DOT, 3);
    } else if (is_class(peek(s, 2), CLASS_DIGIT)) {
      add_punctuator(s, TOK_QUESTION, 1);
    } else {
      add_punctuator(s, TOK_QUESTION_DOT, 2);
    }
  } else {
    add_punctuator(s, TOK_QUESTION, 1);
  }
}

static void scan_tilde(Scanner *s) {
  if (peek(s, 1) != '/') {
    add_punctuator(s, TOK_TILDE, 1);
  } else if (peek(s, 2) == '=') {
    add_punctuator(s, TOK_ASSIGN_TILDE_SLASH, 3);
  } else {
    add_punctuator(s, TOK_TILDE_SLASH, 2);
  }
}

static void scan_less(Scanner *s) {
  if (peek(s, 1) == '=') {
    add_punctuator(s, TOK_LESS_EQUAL, 2);
  } else if (peek(s, 1) != '<') {
    add_punctuator(s, TOK_LESS, 1);
  } else if (peek(s, 2) == '=') {
    add_punctuator(s, TOK_ASSIGN_SHIFT_LEFT, 3);
  } else {
    add_punctuator(s, TOK_SHIFT_LEFT, 2);
  }
}

// One character, doubled, or followed by `=`; TOK_END where there is no such
// token.
static void scan_operator(Scanner *s, TokenKind single, TokenKind doubled,
                          TokenKind assign) {
  char next = peek(s, 1);
  if (doubled != TOK_END && next == s->text[s->at]) {
    add_punctuator(s, doubled, 2);
  } else if (assign != TOK_END && next == '=') {
    add_punctuator(s, assign, 2);
  } else {
    add_punctuator(s, single, 1);
  }
}

static void scan_slash(Scanner *s) {
  if (peek(s, 1) == '/') {
    skip_line_comment(s);
  } else if (peek(s, 1) == '*') {
    skip_block_comment(s);
  } else {
    scan_operator(s, TOK_SLASH, TOK_END, TOK_ASSIGN_SLASH);
  }
}

static void scan_assign(Scanner *s) {
  if (peek(s, 1) == '>') {
    add_punctuator(s, TOK_ARROW, 2);
  } else {
    scan_operator(s, TOK_ASSIGN, TOK_EQUAL, TOK_END);
  }
}

static void scan_invalid(Scanner *s) {
  uint32_t start = s->at;
  bool is_bad = false;
  uint32_t rune = il_utf_decode(s->source->text, &s->at, &is_bad);
  if (is_bad) {
    report(s, start, s->at, DIAG_INVALID_UTF8);
    return;
  }
  char name[16];
  int length = snprintf(name, sizeof(name), "U+%04X", (unsigned)rune);
  Text shown = il_text_make(name, (size_t)length);
  if (rune >= 0x20 && rune != 0x7F) {
    shown = il_text_slice(s->source->text, start, s->at);
  }
  il_diagnostic_error(s->diagnostics, s->source, start, s->at,
                      DIAG_INVALID_CHARACTER, shown);
}

// ---- The loop -------------------------------------------------------------

// What begins with a character and needs no function of its own: the token of
// the character alone, doubled, and followed by `=`.
typedef struct {
  uint8_t single, doubled, assign;  // TokenKind; TOK_END: no such token
} Operator;

static const Operator operators[128] = {
    [';'] = {TOK_SEMICOLON, 0, 0},
    [','] = {TOK_COMMA, 0, 0},
    [':'] = {TOK_COLON, 0, 0},
    ['@'] = {TOK_AT, 0, 0},
    ['#'] = {TOK_HASH, 0, 0},
    ['>'] = {TOK_GREATER, 0, 0},
    ['!'] = {TOK_NOT, 0, TOK_NOT_EQUAL},
    ['+'] = {TOK_PLUS, TOK_INCREMENT, TOK_ASSIGN_PLUS},
    ['-'] = {TOK_MINUS, TOK_DECREMENT, TOK_ASSIGN_MINUS},
    ['*'] = {TOK_STAR, 0, TOK_ASSIGN_STAR},
    ['%'] = {TOK_PERCENT, 0, TOK_ASSIGN_PERCENT},
    ['&'] = {TOK_AMPERSAND, TOK_AND_AND, TOK_ASSIGN_AMPERSAND},
    ['|'] = {TOK_BAR, TOK_OR_OR, TOK_ASSIGN_BAR},
    ['^'] = {TOK_CARET, 0, TOK_ASSIGN_CARET},
};
_Static_assert(TOK_END == 0, "what is not named in `operators` is no token");

static void scan_open_paren(Scanner *s) { open_bracket(s, TOK_OPEN_PAREN); }
static void scan_open_bracket(Scanner *s) { open_bracket(s, TOK_OPEN_BRACKET); }
static void scan_open_brace(Scanner *s) { open_bracket(s, TOK_OPEN_BRACE); }
static void scan_close_paren(Scanner *s) { close_bracket(s, TOK_CLOSE_PAREN); }
static void scan_close_brace(Scanner *s) { close_bracket(s, TOK_CLOSE_BRACE); }
static void scan_close_bracket(Scanner *s) {
  close_bracket(s, TOK_CLOSE_BRACKET);
}

// A raw string, or a word with this first letter.
static void scan_raw(Scanner *s) {
  if (peek(s, 1) == '\'' || peek(s, 1) == '"') {
    scan_string(s);
  } else {
    scan_word(s, false);
  }
}

typedef void ScanFn(Scanner *s);

static ScanFn *const scan_functions[128] = {
    ['('] = scan_open_paren,   [')'] = scan_close_paren,
    ['['] = scan_open_bracket, [']'] = scan_close_bracket,
    ['{'] = scan_open_brace,   ['}'] = scan_close_brace,
    ['.'] = scan_dot,          ['?'] = scan_question,
    ['~'] = scan_tilde,        ['<'] = scan_less,
    ['/'] = scan_slash,        ['='] = scan_assign,
    ['\''] = scan_string,      ['"'] = scan_string,
    ['r'] = scan_raw,
};

static void scan_token(Scanner *s) {
  unsigned char c = (unsigned char)s->text[s->at];
  if (is_class((char)c, CLASS_LETTER) && c != 'r') {
    scan_word(s, false);
  } else if (is_class((char)c, CLASS_DIGIT)) {
    scan_number(s);
  } else if (c < 128 && scan_functions[c]) {
    scan_functions[c](s);
  } else if (c < 128 && operators[c].single != TOK_END) {
    Operator o = operators[c];
    scan_operator(s, o.single, o.doubled, o.assign);
  } else {
    scan_invalid(s);
  }
}

static void scan_script_tag(Scanner *s) {
  if (peek(s, 0) != '#' || peek(s, 1) != '!') return;
  uint32_t start = s->at;
  while (s->at < s->end && !is_line_end(s->text[s->at])) s->at++;
  add_token(s, TOK_SCRIPT_TAG, 0, start, 0);
}

// What is open at the end of the file: strings say so here; brackets are
// missed by the parser.
static void report_open_strings(Scanner *s) {
  for (uint32_t i = 0; i < s->openings.count; i++) {
    Opening *opening = &s->openings.items[i];
    if (opening->bracket == '$') {
      report(s, opening->start, opening->start + 1, DIAG_UNTERMINATED_STRING);
    }
  }
}

void il_scanner_scan(ScannerResult *result, NameTable *names,
                     const Source *source, Diagnostics *diagnostics) {
  Scanner s = {
      .text = source->text.bytes,
      .end = source->text.length,
      .names = names,
      .source = source,
      .diagnostics = diagnostics,
      .result = result,
  };
  *result = (ScannerResult){0};
  if (s.end > MAX_SOURCE_BYTES) {
    report(&s, 0, 0, DIAG_SOURCE_TOO_LARGE);
    s.end = 0;
  }
  add_keywords(&s);
  il_vec_reserve(&s.tokens, s.end / 4 + 16);
  if (il_text_starts_with(source->text, TEXT("\xEF\xBB\xBF"))) s.at = 3;
  scan_script_tag(&s);
  while (s.at < s.end) {
    if (is_class(s.text[s.at], CLASS_SPACE)) {
      s.at++;
    } else {
      scan_token(&s);
    }
  }
  add_token(&s, TOK_END, 0, s.at, 0);
  report_open_strings(&s);
  il_vec_drop(&s.openings);
  result->tokens = s.tokens;
}

void il_scanner_drop(ScannerResult *result) { il_vec_drop(&result->tokens); }

void il_scanner_dump(TextBuilder *out, const ScannerResult *result,
                     const Source *source) {
  static const char *const class_texts[] = {"", "punctuator", "reserved",
                                            "built-in", "contextual"};
  for (uint32_t i = 0; i < result->tokens.count; i++) {
    const Token *token = &result->tokens.items[i];
    TokenClass class = il_token_class(token->kind);
    SourcePosition p = il_source_position(source, token->start);
    il_text_append_format(out, "%u:%u %s", p.line, p.column,
                          class == TOKEN_CLASS_SPECIAL
                              ? il_token_text(token->kind)
                              : class_texts[class]);
    if (token->end > token->start) {
      il_text_append_char(out, ' ');
      il_text_append(out,
                     il_text_slice(source->text, token->start, token->end));
    }
    il_text_append_char(out, '\n');
  }
}
