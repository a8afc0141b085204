// parser.c: what all files of the parser share. In order: errors, tokens,
// depth, nodes and lists, names, the entry.

#include "syntax/parser.h"

#include <stdio.h>

#include "syntax/parse.h"

// ---- Errors ---------------------------------------------------------------

bool il_parse_may_report(Parser *p, uint32_t index) {
  if (p->is_aborted) return false;
  if (index != UINT32_MAX) {
    if (p->error_at == index) return false;
    p->error_at = index;
  }
  p->error_count++;
  return true;
}

Text il_parse_token_text(const Parser *p, uint32_t index) {
  const Token *token = &p->tokens[index];
  if (token->kind == TOK_END) return TEXT("end of file");
  return il_text_slice(p->source->text, token->start, token->end);
}

void il_parse_report_found(Parser *p, DiagnosticCode code) {
  report_here(p, code, il_parse_token_text(p, p->at));
}

void il_parse_require(Parser *p, uint32_t token, uint32_t version,
                      const char *feature) {
  if (p->version >= version) return;
  char text[16];
  snprintf(text, sizeof(text), "%u.%u", version >> 8, version & 0xFF);
  report_at(p, token, DIAG_LANGUAGE_VERSION, feature, text);
}

// ---- Tokens ---------------------------------------------------------------

// Whether a line ends between the token before and the one here.
bool il_parse_is_on_new_line(const Parser *p) {
  if (p->at == 0) return true;
  uint32_t start = p->tokens[p->at - 1].end;
  uint32_t length = start_here(p) - start;
  return length > 0 &&
         memchr(p->source->text.bytes + start, '\n', length) != NULL;
}

// Reports at the token before that something is missing behind it.
static void report_missing(Parser *p, TokenKind kind) {
  if (p->error_at == p->at) return;
  Text found = il_parse_token_text(p, p->at);
  report_at(p, p->at - 1, DIAG_EXPECTED_TOKEN, il_token_text(kind), found);
  p->error_at = p->at;
}

bool il_parse_expect(Parser *p, TokenKind kind) {
  if (accept(p, kind)) return true;
  // What a line lacks at its end is not the fault of the next.
  if (p->at > 0 && il_parse_is_on_new_line(p)) {
    report_missing(p, kind);
  } else {
    report_here(p, DIAG_EXPECTED_TOKEN, il_token_text(kind),
                il_parse_token_text(p, p->at));
  }
  return false;
}

bool il_parse_expect_semicolon(Parser *p) {
  if (accept(p, TOK_SEMICOLON)) return true;
  if (p->at > 0) report_missing(p, TOK_SEMICOLON);
  return false;
}

// ---- Question marks -------------------------------------------------------

bool il_parse_is_conditional_at(const Parser *p, uint32_t index) {
  TokenKind next = kind_at(p, index + 1);
  switch (next) {
    case TOK_INT:
    case TOK_HEX:
    case TOK_DOUBLE:
    case TOK_STRING:
    case TOK_STRING_HEAD:
    case TOK_OPEN_PAREN:
    case TOK_OPEN_BRACKET:
    case TOK_OPEN_BRACE:
    case TOK_HASH:
    case TOK_NOT:
    case TOK_TILDE:
    case TOK_MINUS:
    case TOK_INCREMENT:
    case TOK_DECREMENT:
    case TOK_DOT:
    case TOK_LESS:
    case TOK_CONST:
    case TOK_FALSE:
    case TOK_NEW:
    case TOK_NULL:
    case TOK_SUPER:
    case TOK_THIS:
    case TOK_THROW:
    case TOK_TRUE:
    case TOK_SWITCH:
      return true;
    case TOK_AS:
      return false;
    default:
      return il_token_is_identifier(next);
  }
}

// Scans at most so many tokens, to keep nested calls from being quadratic.
#define COLON_SCAN_LIMIT 4000

bool il_parse_has_colon(const Parser *p, uint32_t index, uint32_t pending) {
  int64_t surplus = -(int64_t)pending;
  uint32_t strings = 0;  // open strings with interpolation
  for (uint32_t steps = 0; steps < COLON_SCAN_LIMIT; steps++, index++) {
    switch (kind_at(p, index)) {
      case TOK_COLON:
        surplus++;
        break;
      case TOK_QUESTION:
        if (il_parse_is_conditional_at(p, index)) surplus--;
        break;
      case TOK_OPEN_PAREN:
      case TOK_OPEN_BRACKET:
      case TOK_OPEN_BRACE: {
        uint32_t next = skip_brackets(p, index);
        if (next == 0) return false;
        index = next - 1;
        break;
      }
      case TOK_END:
      case TOK_SEMICOLON:
      case TOK_COMMA:
      case TOK_CLOSE_PAREN:
      case TOK_CLOSE_BRACKET:
      case TOK_CLOSE_BRACE:
      case TOK_ARROW:
        return false;
      case TOK_STRING_HEAD:
        strings++;
        break;
      case TOK_STRING_MIDDLE:
        if (strings == 0) return false;
        break;
      case TOK_STRING_TAIL:
        if (strings-- == 0) return false;
        break;
      default:
        break;
    }
    if (surplus > 0) return true;
  }
  return false;
}

// ---- Depth ----------------------------------------------------------------

static void abort_parser(Parser *p) {
  report_here(p, DIAG_NESTED_TOO_DEEPLY);
  p->is_aborted = true;
  p->at = p->count - 1;
}

bool il_parse_enter(Parser *p) {
  if (p->is_aborted) return false;
  if (p->depth >= IL_TREE_MAX_DEPTH) {
    abort_parser(p);
    return false;
  }
  p->depth++;
  if (p->depth > p->deepest) p->deepest = p->depth;
  return true;
}

bool il_parse_deepen(Parser *p) {
  if (p->is_aborted) return false;
  if (++p->deepest > 2 * IL_TREE_MAX_DEPTH) {
    abort_parser(p);
    return false;
  }
  return true;
}

// ---- Nodes and lists ------------------------------------------------------

TreeNode *il_parse_new_node(Parser *p, size_t size, TreeKind kind,
                            uint32_t start) {
  TreeNode *node = il_arena_alloc(p->arena, size);
  node->kind = (uint16_t)kind;
  node->start = start;
  node->end = start;
  return node;
}

TreeList il_parse_take_nodes(Parser *p, uint32_t mark) {
  uint32_t count = p->nodes.count - mark;
  TreeList list = {NULL, count};
  if (count > 0) {
    list.items = il_arena_copy(p->arena, p->nodes.items + mark,
                               count * sizeof(TreeNode *));
  }
  p->nodes.count = mark;
  return list;
}

TreeNames il_parse_take_names(Parser *p, uint32_t mark) {
  uint32_t count = p->list_names.count - mark;
  TreeNames names = {NULL, count};
  if (count > 0) {
    names.items = il_arena_copy(p->arena, p->list_names.items + mark,
                                count * sizeof(TreeName));
  }
  p->list_names.count = mark;
  return names;
}

TreeNode *il_parse_error_node(Parser *p) {
  TreeError *node = NEW_NODE(p, Error, ERROR, start_here(p));
  return &node->base;
}

// ---- Names ----------------------------------------------------------------

TreeName il_parse_take_name(Parser *p) {
  const Token *token = token_here(p);
  TreeName name = {token->value, token->start, token->end};
  advance(p);
  return name;
}

// Whether a reserved word here was likely meant as a name: when what follows
// could not follow it as a keyword.
static bool is_misused_word(const Parser *p) {
  if (!il_token_is_word(kind_here(p))) return false;
  switch (kind_next(p)) {
    case TOK_ASSIGN:
    case TOK_SEMICOLON:
    case TOK_COMMA:
    case TOK_CLOSE_PAREN:
    case TOK_OPEN_PAREN:
    case TOK_OPEN_BRACE:
    case TOK_EXTENDS:
    case TOK_COLON:
      return true;
    default:
      return false;
  }
}

TreeName il_parse_identifier(Parser *p) {
  if (is_identifier_at(p, p->at)) {
    TokenKind kind = kind_here(p);
    if ((kind == TOK_AWAIT || kind == TOK_YIELD) &&
        p->body.async != TREE_SYNC) {
      il_parse_report_found(p, DIAG_ASYNC_WORD);
    }
    return il_parse_take_name(p);
  }
  uint32_t start = start_here(p);
  if (is_misused_word(p)) {
    il_parse_report_found(p, DIAG_RESERVED_WORD);
    return il_parse_take_name(p);
  }
  il_parse_report_found(p, DIAG_EXPECTED_IDENTIFIER);
  return (TreeName){NAME_NONE, start, start};
}

TreeName il_parse_type_identifier(Parser *p) {
  TokenKind kind = kind_here(p);
  // dart:core alone declares `Function`.
  if (il_token_class(kind) == TOKEN_CLASS_BUILT_IN &&
      !(p->is_core && kind == TOK_FUNCTION)) {
    il_parse_report_found(p, DIAG_BUILT_IN_TYPE_NAME);
  }
  return il_parse_identifier(p);
}

TreeNames il_parse_dotted_names(Parser *p) {
  uint32_t mark = mark_names(p);
  do {
    push_name(p, il_parse_identifier(p));
  } while (accept(p, TOK_DOT));
  return il_parse_take_names(p, mark);
}

// ---- Entry ----------------------------------------------------------------

// The version that the comment asks for, or the current one.
static uint32_t choose_version(Parser *p, const ScannerResult *scan) {
  if (!scan->has_version_comment) return IL_VERSION_CURRENT;
  uint32_t version = IL_VERSION(scan->version_major, scan->version_minor);
  if (scan->version_minor <= 0xFF && scan->version_major <= 0xFF &&
      version >= IL_VERSION(2, 12) && version <= IL_VERSION_CURRENT) {
    return version;
  }
  report_span(
      p, scan->version_start, scan->version_end, DIAG_BAD_LANGUAGE_VERSION,
      il_text_slice(p->source->text, scan->version_start, scan->version_end));
  return IL_VERSION_CURRENT;
}

TreeUnit *il_parser_parse(Arena *arena, NameTable *names, const Source *source,
                          Diagnostics *diagnostics) {
  uint32_t errors_before = diagnostics->count;
  ScannerResult scan;
  il_scanner_scan(&scan, names, source, diagnostics);
  Parser p = {
      .arena = arena,
      .names = names,
      .source = source,
      .diagnostics = diagnostics,
      .tokens = scan.tokens.items,
      .count = scan.tokens.count,
      .error_at = UINT32_MAX,
      .split_at = UINT32_MAX,
  };
  p.version = choose_version(&p, &scan);
  TreeUnit *unit = il_parse_unit(&p);
  unit->version = p.version;
  unit->has_version_comment = scan.has_version_comment;
  unit->has_errors = diagnostics->count > errors_before;
  il_vec_drop(&p.nodes);
  il_vec_drop(&p.list_names);
  il_vec_drop(&p.labels);
  il_scanner_drop(&scan);
  return unit;
}
