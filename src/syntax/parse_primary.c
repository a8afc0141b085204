// parse_primary.c: what operators are applied to. In order: strings, symbols,
// names, parentheses and records, functions, collections, creation, switch
// expressions. Entry: il_parse_primary, at the end.

#include "syntax/parse.h"

// ---- Strings --------------------------------------------------------------

// The parts of a string under construction: text not yet made a node.
typedef struct StringBuilder {
  TextBuilder text;
  uint32_t start;  // of the text
  uint32_t end;
  uint32_t mark;  // of the parts on the node stack
} StringBuilder;

static TreeNode *new_string(Parser *p, Text text, uint32_t start,
                            uint32_t end) {
  TreeStringLiteral *node = NEW_NODE(p, StringLiteral, STRING_LITERAL, start);
  node->value = text;
  node->base.end = end;
  return &node->base;
}

static void append_piece(Parser *p, StringBuilder *b) {
  const Token *token = token_here(p);
  if (b->text.length == 0) b->start = token->start;
  b->end = token->end;
  il_text_append(&b->text, il_literal_string(p, p->at));
  advance(p);
}

static void flush_text(Parser *p, StringBuilder *b) {
  if (b->text.length == 0) return;
  Text text = il_arena_copy_text(p->arena, il_text_builder_text(&b->text));
  push_node(p, new_string(p, text, b->start, b->end));
  il_text_builder_clear(&b->text);
}

// After an error inside `${`: on to the rest of this string.
static void skip_to_string_rest(Parser *p) {
  uint32_t depth = 0;
  while (!is_here(p, TOK_END)) {
    if (is_here(p, TOK_STRING_HEAD)) depth++;
    if (is_here(p, TOK_STRING_TAIL)) {
      if (depth == 0) return;
      depth--;
    }
    if (is_here(p, TOK_STRING_MIDDLE) && depth == 0) return;
    advance(p);
  }
}

static TreeNode *parse_interpolated(Parser *p) {
  uint32_t start = start_here(p);
  bool is_simple = start > 0 && p->source->text.bytes[start - 1] == '$';
  if (is_simple && il_token_class(kind_here(p)) == TOKEN_CLASS_RESERVED &&
      !is_here(p, TOK_THIS)) {
    il_parse_report_found(p, DIAG_RESERVED_WORD);
  }
  if (is_simple && is_here(p, TOK_INVALID)) {
    p->error_count++;
    advance(p);
    return il_parse_error_node(p);
  }
  Brackets saved = enter_brackets(p);
  TreeNode *node = il_parse_expression(p);
  leave_brackets(p, saved);
  return node;
}

// At a STRING_HEAD: up to and with its STRING_TAIL.
static void parse_string_parts(Parser *p, StringBuilder *b) {
  append_piece(p, b);
  for (;;) {
    flush_text(p, b);
    push_node(p, parse_interpolated(p));
    if (!is_here(p, TOK_STRING_MIDDLE) && !is_here(p, TOK_STRING_TAIL)) {
      il_parse_report_found(p, DIAG_UNEXPECTED_TOKEN);
      skip_to_string_rest(p);
    }
    if (is_here(p, TOK_END)) return;
    bool is_last = is_here(p, TOK_STRING_TAIL);
    append_piece(p, b);
    if (is_last) return;
  }
}

TreeNode *il_parse_string(Parser *p) {
  uint32_t start = start_here(p);
  if (is_here(p, TOK_STRING) && kind_next(p) != TOK_STRING &&
      kind_next(p) != TOK_STRING_HEAD) {
    Text text = il_literal_string(p, p->at);
    advance(p);
    return new_string(p, text, start, end_before(p));
  }
  if (!is_here(p, TOK_STRING) && !is_here(p, TOK_STRING_HEAD)) {
    il_parse_report_found(p, DIAG_EXPECTED_STRING);
    return new_string(p, TEXT(""), start, start);
  }
  StringBuilder b = {.mark = mark_nodes(p)};
  il_text_builder_init(&b.text);
  bool is_plain = true;
  while (is_here(p, TOK_STRING) || is_here(p, TOK_STRING_HEAD)) {
    if (is_here(p, TOK_STRING)) {
      append_piece(p, &b);
    } else {
      is_plain = false;
      parse_string_parts(p, &b);
    }
  }
  TreeNode *result;
  if (is_plain) {
    Text text = il_arena_copy_text(p->arena, il_text_builder_text(&b.text));
    result = new_string(p, text, start, end_before(p));
  } else {
    flush_text(p, &b);
    TreeInterpolation *node = NEW_NODE(p, Interpolation, INTERPOLATION, start);
    node->parts = il_parse_take_nodes(p, b.mark);
    result = FINISH(p, node);
  }
  il_text_builder_drop(&b.text);
  return result;
}

TreeNode *il_parse_uri(Parser *p) {
  TreeNode *node = il_parse_string(p);
  if (node->kind == TREE_STRING_LITERAL) return node;
  report_node(p, node, DIAG_URI_INTERPOLATION);
  return new_string(p, TEXT(""), node->start, node->end);
}

// ---- Symbols --------------------------------------------------------------

Name il_parse_operator_name(Parser *p) {
  uint32_t length;
  TokenKind op = il_parse_peek_operator(p, &length);
  switch (op) {
    case TOK_OPEN_BRACKET:
      if (kind_next(p) != TOK_CLOSE_BRACKET) return NAME_NONE;
      advance(p);
      advance(p);
      if (is_here(p, TOK_ASSIGN)) {
        advance(p);
        return NAME_op_index_set;
      }
      return NAME_op_index;
    case TOK_LESS:
    case TOK_GREATER:
    case TOK_LESS_EQUAL:
    case TOK_GREATER_EQUAL:
    case TOK_EQUAL:
    case TOK_MINUS:
    case TOK_PLUS:
    case TOK_SLASH:
    case TOK_TILDE_SLASH:
    case TOK_STAR:
    case TOK_PERCENT:
    case TOK_BAR:
    case TOK_CARET:
    case TOK_AMPERSAND:
    case TOK_SHIFT_LEFT:
    case TOK_SHIFT_RIGHT:
    case TOK_SHIFT_RIGHT_UNSIGNED:
    case TOK_TILDE:
      break;
    default:
      return NAME_NONE;
  }
  if (op == TOK_SHIFT_RIGHT_UNSIGNED) {
    il_parse_require(p, p->at, IL_VERSION(2, 14), "The operator '>>>'");
  }
  for (uint32_t i = 0; i < length; i++) advance(p);
  return il_name_intern(p->names, il_text_of(il_token_text(op)));
}

// The dotted names since the mark as one name.
static Name join_names(Parser *p, uint32_t mark) {
  TextBuilder text;
  il_text_builder_init(&text);
  for (uint32_t i = mark; i < p->list_names.count; i++) {
    if (i > mark) il_text_append_char(&text, '.');
    il_text_append(&text, il_name_text(p->names, p->list_names.items[i].name));
  }
  Name name = il_name_intern(p->names, il_text_builder_text(&text));
  il_text_builder_drop(&text);
  p->list_names.count = mark;
  return name;
}

TreeNode *il_parse_symbol(Parser *p) {
  TreeSymbolLiteral *node =
      NEW_NODE(p, SymbolLiteral, SYMBOL_LITERAL, start_here(p));
  advance(p);
  node->name.start = start_here(p);
  if (is_here(p, TOK_VOID)) {
    node->name = il_parse_take_name(p);
  } else if (is_identifier_at(p, p->at)) {
    uint32_t mark = mark_names(p);
    push_name(p, il_parse_take_name(p));
    while (is_here(p, TOK_DOT) && is_identifier_at(p, p->at + 1)) {
      advance(p);
      push_name(p, il_parse_take_name(p));
    }
    node->name.name = join_names(p, mark);
  } else {
    node->name.name = il_parse_operator_name(p);
    if (node->name.name == NAME_NONE) {
      il_parse_report_found(p, DIAG_EXPECTED_IDENTIFIER);
    }
  }
  node->name.end = end_before(p);
  return FINISH(p, node);
}

// ---- Names ----------------------------------------------------------------

static TreeNode *parse_identifier_expression(Parser *p) {
  TreeIdentifier *node = NEW_NODE(p, Identifier, IDENTIFIER, start_here(p));
  node->name = il_parse_identifier(p);
  return FINISH(p, node);
}

static TreeNode *parse_this(Parser *p) {
  if (p->body.this_kind != THIS_INSTANCE) report_here(p, DIAG_INVALID_THIS);
  TreeThis *node = NEW_NODE(p, This, THIS, start_here(p));
  advance(p);
  return FINISH(p, node);
}

// `super` is no value: a member or an operator follows, or one stands before.
static bool is_super_used(const Parser *p) {
  TokenKind before = kind_at(p, p->at - 1);
  switch (kind_next(p)) {
    case TOK_DOT:
    case TOK_OPEN_BRACKET:
    case TOK_OPEN_PAREN:
    case TOK_EQUAL:
    case TOK_NOT_EQUAL:
    case TOK_LESS:
    case TOK_LESS_EQUAL:
    case TOK_GREATER:
    case TOK_BAR:
    case TOK_CARET:
    case TOK_AMPERSAND:
    case TOK_SHIFT_LEFT:
    case TOK_PLUS:
    case TOK_MINUS:
    case TOK_STAR:
    case TOK_SLASH:
    case TOK_TILDE_SLASH:
    case TOK_PERCENT:
      return true;
    default:
      return before == TOK_MINUS || before == TOK_TILDE;
  }
}

static TreeNode *parse_super(Parser *p) {
  if (p->body.this_kind != THIS_INSTANCE || !is_super_used(p) ||
      p->class_kind == CLASS_EXTENSION ||
      p->class_kind == CLASS_EXTENSION_TYPE) {
    report_here(p, DIAG_INVALID_SUPER);
  }
  TreeSuper *node = NEW_NODE(p, Super, SUPER, start_here(p));
  advance(p);
  return FINISH(p, node);
}

// At a dot, or with is_const behind `const`.
static TreeNode *parse_dot_shorthand(Parser *p, bool is_const, uint32_t start) {
  il_parse_require(p, p->at, IL_VERSION(3, 10), "A dot shorthand");
  TreeDotShorthand *node = NEW_NODE(p, DotShorthand, DOT_SHORTHAND, start);
  node->base.flags |= TREE_FLAG_SHORTHAND;
  node->is_const = is_const;
  advance(p);
  node->name =
      is_here(p, TOK_NEW) ? il_parse_take_name(p) : il_parse_identifier(p);
  TreeNode *head = FINISH(p, node);
  if (!is_const) return head;
  TreeCall *call = NEW_NODE(p, Call, CALL, start);
  call->base.flags |= TREE_FLAG_SHORTHAND;
  call->target = head;
  call->arguments = il_parse_arguments(p);
  return FINISH(p, call);
}

// ---- Parentheses and records ----------------------------------------------

// The named fields of a record: public, not twice, not `$1` beside a first
// positional field, not a member of Object.
static void check_record_name(Parser *p, uint32_t mark, TreeName name) {
  Text text = il_name_text(p->names, name.name);
  if (text.length > 0 && text.bytes[0] == '_') {
    report_name(p, name, DIAG_RECORD_FIELD,
                "A named field of a record cannot be private.");
  }
  for (uint32_t i = mark; i < p->nodes.count && i < mark + 300; i++) {
    TreeNamedArgument *other = (TreeNamedArgument *)p->nodes.items[i];
    if (other->base.kind == TREE_NAMED_ARGUMENT &&
        other->name.name == name.name) {
      report_name(p, name, DIAG_DUPLICATE_NAME, text);
      return;
    }
  }
}

static TreeNode *parse_record_field(Parser *p, uint32_t mark) {
  if (!is_identifier_at(p, p->at) || kind_next(p) != TOK_COLON) {
    return il_parse_expression(p);
  }
  TreeNamedArgument *node =
      NEW_NODE(p, NamedArgument, NAMED_ARGUMENT, start_here(p));
  node->name = il_parse_identifier(p);
  check_record_name(p, mark, node->name);
  advance(p);
  node->value = il_parse_expression(p);
  return FINISH(p, node);
}

static TreeNode *finish_record(Parser *p, uint32_t start, uint32_t mark,
                               uint32_t index, bool is_const) {
  il_parse_require(p, index, IL_VERSION(3, 0), "A record");
  TreeRecordLiteral *node = NEW_NODE(p, RecordLiteral, RECORD_LITERAL, start);
  node->is_const = is_const;
  node->fields = il_parse_take_nodes(p, mark);
  return FINISH(p, node);
}

// At `(`. One positional field without a comma is a parenthesized expression.
static TreeNode *parse_parentheses(Parser *p, bool is_const, uint32_t start) {
  uint32_t index = p->at;
  uint32_t close = token_here(p)->value;
  advance(p);
  Brackets saved = enter_brackets(p);
  uint32_t mark = mark_nodes(p);
  bool has_comma = false;
  while (!is_here(p, TOK_CLOSE_PAREN) && !is_here(p, TOK_END)) {
    push_node(p, parse_record_field(p, mark));
    if (!accept(p, TOK_COMMA)) break;
    has_comma = true;
  }
  leave_brackets(p, saved);
  if (!accept(p, TOK_CLOSE_PAREN)) {
    il_parse_expect(p, TOK_CLOSE_PAREN);
    if (close != 0 && !p->is_aborted && p->at <= close) p->at = close + 1;
  }
  uint32_t count = p->nodes.count - mark;
  bool is_record = has_comma || count != 1 ||
                   p->nodes.items[mark]->kind == TREE_NAMED_ARGUMENT;
  if (is_record) {
    if (count == 0 && has_comma)
      il_parse_report_found(p, DIAG_EXPECTED_EXPRESSION);
    return finish_record(p, start, mark, index, is_const);
  }
  if (is_const) {
    report_at(p, index, DIAG_RECORD_FIELD,
              "A constant record with one positional field needs a comma.");
  }
  TreeParen *node = NEW_NODE(p, Paren, PAREN, start);
  node->expression = p->nodes.items[mark];
  p->nodes.count = mark;
  return FINISH(p, node);
}

// ---- Functions ------------------------------------------------------------

// Whether a function expression begins here, at `(` or `<`.
static bool is_function_here(const Parser *p) {
  if (p->no_function) return false;
  uint32_t at = p->at;
  if (kind_at(p, at) == TOK_LESS) {
    at = il_parse_skip_type_parameters(p, at);
    if (at == 0 || kind_at(p, at) != TOK_OPEN_PAREN) return false;
  }
  at = skip_brackets(p, at);
  return at != 0 && il_parse_is_body_at(p, at);
}

static TreeNode *parse_function(Parser *p) {
  uint32_t start = start_here(p);
  TreeFunctionExpression *node =
      NEW_NODE(p, FunctionExpression, FUNCTION_EXPRESSION, start);
  TreeFunction *function = NEW_NODE(p, Function, FUNCTION, start);
  function->type_parameters = il_parse_type_parameters(p);
  function->parameters = il_parse_parameters(p, PARAMETERS_CLOSURE);
  FunctionBody body =
      il_parse_function_body(p, BODY_EXPRESSION, p->body.this_kind, false);
  function->async = body.async;
  function->is_arrow = body.is_arrow;
  function->body = body.body;
  FINISH(p, function);
  node->function = function;
  return FINISH(p, node);
}

// ---- Collections ----------------------------------------------------------

static TreeNode *parse_if_element(Parser *p, bool is_brace) {
  TreeIf *node = NEW_NODE(p, If, IF, start_here(p));
  advance(p);
  il_parse_if_head(p, node);
  node->then = il_parse_element(p, is_brace);
  if (accept(p, TOK_ELSE)) node->otherwise = il_parse_element(p, is_brace);
  return FINISH(p, node);
}

static TreeNode *parse_for_element(Parser *p, bool is_brace) {
  uint32_t start = start_here(p);
  bool is_await = is_here(p, TOK_AWAIT);
  if (is_await) {
    if (p->body.async != TREE_ASYNC && p->body.async != TREE_ASYNC_STAR) {
      report_here(p, DIAG_INVALID_AWAIT);
    }
    advance(p);
  }
  advance(p);
  TreeNode *node = il_parse_for_head(p, start, is_await);
  TreeNode *body = il_parse_element(p, is_brace);
  if (node->kind == TREE_FOR) {
    ((TreeFor *)node)->body = body;
  } else {
    ((TreeForIn *)node)->body = body;
  }
  return finish_node(p, node);
}

static TreeNode *parse_spread(Parser *p) {
  TreeSpread *node = NEW_NODE(p, Spread, SPREAD, start_here(p));
  node->is_null_aware = is_here(p, TOK_SPREAD_NULL);
  advance(p);
  node->value = il_parse_expression(p);
  return FINISH(p, node);
}

// At a `?` before a null-aware element, key or value.
static bool accept_null_aware(Parser *p) {
  if (!is_here(p, TOK_QUESTION) && !is_here(p, TOK_QUESTION_DOT)) return false;
  il_parse_require(p, p->at, IL_VERSION(3, 8), "A null-aware element");
  if (is_here(p, TOK_QUESTION_DOT)) {
    p->split_at = p->at;
  } else {
    advance(p);
  }
  return true;
}

static TreeNode *parse_plain_element(Parser *p, bool is_brace) {
  uint32_t start = start_here(p);
  bool is_null_aware = accept_null_aware(p);
  TreeNode *value = il_parse_expression(p);
  if (is_brace && is_here(p, TOK_COLON)) {
    TreeMapEntry *node = NEW_NODE(p, MapEntry, MAP_ENTRY, start);
    advance(p);
    node->key = value;
    node->is_key_null_aware = is_null_aware;
    node->is_value_null_aware = accept_null_aware(p);
    node->value = il_parse_expression(p);
    return FINISH(p, node);
  }
  if (!is_null_aware) return value;
  TreeNullAwareElement *node =
      NEW_NODE(p, NullAwareElement, NULL_AWARE_ELEMENT, start);
  node->value = value;
  return FINISH(p, node);
}

TreeNode *il_parse_element(Parser *p, bool is_brace) {
  if (!il_parse_enter(p)) return il_parse_error_node(p);
  TreeNode *node;
  switch (kind_here(p)) {
    case TOK_SPREAD:
    case TOK_SPREAD_NULL:
      node = parse_spread(p);
      break;
    case TOK_IF:
      node = parse_if_element(p, is_brace);
      break;
    case TOK_FOR:
      node = parse_for_element(p, is_brace);
      break;
    case TOK_AWAIT:
      if (kind_next(p) == TOK_FOR) {
        node = parse_for_element(p, is_brace);
        break;
      }
      IL_FALLTHROUGH;
    default:
      node = parse_plain_element(p, is_brace);
  }
  leave_level(p);
  return node;
}

static TreeList parse_elements(Parser *p, TokenKind close) {
  uint32_t partner = token_here(p)->value;
  advance(p);
  Brackets saved = enter_brackets(p);
  uint32_t mark = mark_nodes(p);
  while (!is_here(p, close) && !is_here(p, TOK_END)) {
    push_node(p, il_parse_element(p, close == TOK_CLOSE_BRACE));
    if (!accept(p, TOK_COMMA)) break;
  }
  if (!accept(p, close)) {
    il_parse_expect(p, close);
    if (partner != 0 && !p->is_aborted && p->at <= partner) {
      p->at = partner + 1;
    }
  }
  leave_brackets(p, saved);
  return il_parse_take_nodes(p, mark);
}

// At `[`, `{` or type arguments before one.
static TreeNode *parse_collection(Parser *p, bool is_const, uint32_t start) {
  uint32_t index = p->at;
  TreeList types = il_parse_type_arguments(p);
  if (is_here(p, TOK_OPEN_BRACKET)) {
    TreeListLiteral *node = NEW_NODE(p, ListLiteral, LIST_LITERAL, start);
    node->is_const = is_const;
    node->type_arguments = types;
    if (types.count > 1) {
      report_at(p, index, DIAG_AMBIGUOUS_COLLECTION,
                "A list has one type argument.");
    }
    node->elements = parse_elements(p, TOK_CLOSE_BRACKET);
    return FINISH(p, node);
  }
  if (!is_here(p, TOK_OPEN_BRACE)) {
    il_parse_report_found(p, DIAG_EXPECTED_EXPRESSION);
    return il_parse_error_node(p);
  }
  TreeSetOrMapLiteral *node =
      NEW_NODE(p, SetOrMapLiteral, SET_OR_MAP_LITERAL, start);
  node->is_const = is_const;
  node->type_arguments = types;
  if (types.count > 2) {
    report_at(p, index, DIAG_AMBIGUOUS_COLLECTION,
              "A set has one type argument, a map has two.");
  }
  node->elements = parse_elements(p, TOK_CLOSE_BRACE);
  return FINISH(p, node);
}

// ---- Creation -------------------------------------------------------------

TreeConstructorName *il_parse_constructor_name(Parser *p) {
  TreeConstructorName *node =
      NEW_NODE(p, ConstructorName, CONSTRUCTOR_NAME, start_here(p));
  uint32_t mark = mark_names(p);
  push_name(p, il_parse_identifier(p));
  for (;;) {
    uint32_t count = p->list_names.count - mark;
    if (is_here(p, TOK_LESS) && node->type_part_count == 0) {
      node->type_arguments = il_parse_type_arguments(p);
      node->type_part_count = count;
    } else if (is_here(p, TOK_DOT) && count < 3) {
      if (node->type_part_count != 0 && count > node->type_part_count) break;
      advance(p);
      if (is_here(p, TOK_NEW)) {
        il_parse_require(p, p->at, IL_VERSION(2, 15), "The name 'new'");
        push_name(p, il_parse_take_name(p));
        break;
      }
      push_name(p, il_parse_identifier(p));
    } else {
      break;
    }
  }
  node->names = il_parse_take_names(p, mark);
  FINISH(p, node);
  return node;
}

// Behind `new` or `const`.
static TreeNode *parse_creation(Parser *p, bool is_const, uint32_t start) {
  TreeNew *node = NEW_NODE(p, New, NEW, start);
  node->is_const = is_const;
  node->constructor = il_parse_constructor_name(p);
  node->arguments = il_parse_arguments(p);
  return FINISH(p, node);
}

static TreeNode *parse_new(Parser *p) {
  uint32_t start = start_here(p);
  advance(p);
  return parse_creation(p, false, start);
}

TreeNode *il_parse_const_expression(Parser *p) {
  uint32_t start = start_here(p);
  advance(p);
  switch (kind_here(p)) {
    case TOK_OPEN_BRACKET:
    case TOK_OPEN_BRACE:
    case TOK_LESS:
      return parse_collection(p, true, start);
    case TOK_OPEN_PAREN:
      return parse_parentheses(p, true, start);
    case TOK_DOT:
      return parse_dot_shorthand(p, true, start);
    default:
      return parse_creation(p, true, start);
  }
}

// ---- Switch expressions ---------------------------------------------------

static TreeNode *parse_arm(Parser *p) {
  TreeSwitchArm *node = NEW_NODE(p, SwitchArm, SWITCH_ARM, start_here(p));
  // An arrow up to here is the arm's, not that of a function.
  p->no_function = true;
  node->pattern = il_parse_pattern(p, PATTERN_MATCHING);
  node->guard = il_parse_guard(p);
  p->no_function = false;
  il_parse_expect(p, TOK_ARROW);
  node->value = il_parse_expression(p);
  return FINISH(p, node);
}

static TreeNode *parse_switch_expression(Parser *p) {
  TreeSwitchExpression *node =
      NEW_NODE(p, SwitchExpression, SWITCH_EXPRESSION, start_here(p));
  il_parse_require(p, p->at, IL_VERSION(3, 0), "A switch expression");
  advance(p);
  Brackets saved = enter_brackets(p);
  il_parse_expect(p, TOK_OPEN_PAREN);
  node->value = il_parse_expression(p);
  il_parse_expect(p, TOK_CLOSE_PAREN);
  uint32_t close = is_here(p, TOK_OPEN_BRACE) ? token_here(p)->value : 0;
  uint32_t mark = mark_nodes(p);
  if (il_parse_expect(p, TOK_OPEN_BRACE)) {
    while (!is_here(p, TOK_CLOSE_BRACE) && !is_here(p, TOK_END)) {
      push_node(p, parse_arm(p));
      if (!accept(p, TOK_COMMA)) break;
    }
    if (!accept(p, TOK_CLOSE_BRACE)) {
      il_parse_expect(p, TOK_CLOSE_BRACE);
      if (close != 0 && !p->is_aborted && p->at <= close) p->at = close + 1;
    }
  }
  node->arms = il_parse_take_nodes(p, mark);
  leave_brackets(p, saved);
  return FINISH(p, node);
}

// ---- Entry ----------------------------------------------------------------

static TreeNode *parse_null(Parser *p) {
  TreeNullLiteral *node = NEW_NODE(p, NullLiteral, NULL_LITERAL, start_here(p));
  advance(p);
  return FINISH(p, node);
}

static TreeNode *parse_bool(Parser *p) {
  TreeBoolLiteral *node = NEW_NODE(p, BoolLiteral, BOOL_LITERAL, start_here(p));
  node->value = is_here(p, TOK_TRUE);
  advance(p);
  return FINISH(p, node);
}

// Where no expression begins. Tokens that end something stay.
static TreeNode *parse_no_expression(Parser *p) {
  il_parse_report_found(p, DIAG_EXPECTED_EXPRESSION);
  TreeNode *node = il_parse_error_node(p);
  TokenKind kind = kind_here(p);
  bool is_stop = il_token_is_word(kind) || kind == TOK_CLOSE_PAREN ||
                 kind == TOK_CLOSE_BRACKET || kind == TOK_CLOSE_BRACE ||
                 kind == TOK_SEMICOLON || kind == TOK_COMMA ||
                 kind == TOK_COLON || kind == TOK_ASSIGN || kind == TOK_ARROW ||
                 kind == TOK_STRING_MIDDLE || kind == TOK_STRING_TAIL ||
                 kind == TOK_AT;
  if (!is_stop) advance(p);
  return finish_node(p, node);
}

TreeNode *il_parse_primary(Parser *p) {
  switch (kind_here(p)) {
    case TOK_INT:
    case TOK_HEX:
    case TOK_DOUBLE:
      return il_literal_number(p);
    case TOK_STRING:
    case TOK_STRING_HEAD:
      return il_parse_string(p);
    case TOK_NULL:
      return parse_null(p);
    case TOK_TRUE:
    case TOK_FALSE:
      return parse_bool(p);
    case TOK_HASH:
      return il_parse_symbol(p);
    case TOK_THIS:
      return parse_this(p);
    case TOK_SUPER:
      return parse_super(p);
    case TOK_NEW:
      return parse_new(p);
    case TOK_CONST:
      return il_parse_const_expression(p);
    case TOK_SWITCH:
      return parse_switch_expression(p);
    case TOK_DOT:
      return parse_dot_shorthand(p, false, start_here(p));
    case TOK_QUESTION_DOT:
      if (p->split_at != p->at) return parse_no_expression(p);
      return parse_dot_shorthand(p, false, start_here(p) + 1);
    case TOK_OPEN_PAREN:
      if (is_function_here(p)) return parse_function(p);
      return parse_parentheses(p, false, start_here(p));
    case TOK_LESS:
      if (is_function_here(p)) return parse_function(p);
      return parse_collection(p, false, start_here(p));
    case TOK_OPEN_BRACKET:
    case TOK_OPEN_BRACE:
      return parse_collection(p, false, start_here(p));
    default:
      if (is_identifier_at(p, p->at)) return parse_identifier_expression(p);
      return parse_no_expression(p);
  }
}
