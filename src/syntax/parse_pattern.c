// parse_pattern.c: patterns. In order: looking ahead, constants, variables,
// lists, maps, records and objects, postfix, operators, entries.

#include "syntax/parse.h"

static TreeNode *parse_pattern(Parser *p, PatternPlace place);

// ---- Looking ahead --------------------------------------------------------

uint32_t il_parse_skip_outer_pattern(const Parser *p, uint32_t index) {
  switch (kind_at(p, index)) {
    case TOK_OPEN_PAREN:
    case TOK_OPEN_BRACKET:
    case TOK_OPEN_BRACE:
      return skip_brackets(p, index);
    case TOK_LESS:
      index = il_parse_skip_type_arguments(p, index);
      if (index == 0) return 0;
      if (kind_at(p, index) != TOK_OPEN_BRACKET &&
          kind_at(p, index) != TOK_OPEN_BRACE) {
        return 0;
      }
      return skip_brackets(p, index);
    default:
      index = il_parse_skip_named_type(p, index);
      if (index == 0 || kind_at(p, index) != TOK_OPEN_PAREN) return 0;
      return skip_brackets(p, index);
  }
}

// ---- Constants ------------------------------------------------------------

static TreeNode *new_constant(Parser *p, TreeNode *value, PatternPlace place) {
  if (place != PATTERN_MATCHING) {
    report_node(p, value, DIAG_INVALID_PATTERN,
                "A constant cannot stand in this pattern, which must match.");
  }
  TreeConstantPattern *node =
      NEW_NODE(p, ConstantPattern, CONSTANT_PATTERN, value->start);
  node->value = value;
  return FINISH(p, node);
}

static TreeNode *parse_negative(Parser *p) {
  TreeUnary *node = NEW_NODE(p, Unary, UNARY, start_here(p));
  node->op = TOK_MINUS;
  advance(p);
  if (is_here(p, TOK_INT) || is_here(p, TOK_HEX) || is_here(p, TOK_DOUBLE)) {
    node->operand = il_literal_number(p);
  } else {
    il_parse_report_found(p, DIAG_EXPECTED_PATTERN);
    node->operand = il_parse_error_node(p);
  }
  return FINISH(p, node);
}

// `const (e)` stands for e; other constant expressions are as elsewhere.
static TreeNode *parse_const(Parser *p) {
  if (kind_next(p) != TOK_OPEN_PAREN) {
    return il_parse_const_expression(p);
  }
  uint32_t start = start_here(p);
  uint32_t at = p->at + 1;
  advance(p);
  TreeNode *node = il_parse_primary(p);
  if (node->kind == TREE_RECORD_LITERAL) {
    ((TreeRecordLiteral *)node)->is_const = true;
  } else if (node->kind != TREE_PAREN) {
    report_at(p, at, DIAG_EXPECTED_PATTERN, il_parse_token_text(p, at));
  }
  node->start = start;
  return node;
}

// a, a.b, a.b.c as an expression.
static TreeNode *parse_qualified_name(Parser *p) {
  TreeIdentifier *first = NEW_NODE(p, Identifier, IDENTIFIER, start_here(p));
  first->name = il_parse_identifier(p);
  TreeNode *node = FINISH(p, first);
  for (uint32_t i = 0; i < 2 && is_here(p, TOK_DOT); i++) {
    TreeProperty *property = NEW_NODE(p, Property, PROPERTY, node->start);
    advance(p);
    property->target = node;
    property->name = il_parse_identifier(p);
    node = FINISH(p, property);
  }
  return node;
}

static TreeNode *parse_shorthand(Parser *p) {
  il_parse_require(p, p->at, IL_VERSION(3, 10), "A dot shorthand");
  TreeDotShorthand *node =
      NEW_NODE(p, DotShorthand, DOT_SHORTHAND, start_here(p));
  node->base.flags |= TREE_FLAG_SHORTHAND;
  advance(p);
  node->name = il_parse_identifier(p);
  return FINISH(p, node);
}

// ---- Variables ------------------------------------------------------------

// `when` and `as` as names of variables would make guards unreadable.
static void check_variable_name(Parser *p) {
  if (is_here(p, TOK_WHEN) || is_here(p, TOK_AS)) {
    report_here(p, DIAG_INVALID_PATTERN,
                "A variable of a pattern cannot be named 'when' or 'as'.");
  }
}

static TreeName parse_variable_name(Parser *p) {
  check_variable_name(p);
  return il_parse_identifier(p);
}

// At `var`, `final` or a type with a name behind it.
static TreeNode *parse_variable(Parser *p, PatternPlace place) {
  TreeVariablePattern *node =
      NEW_NODE(p, VariablePattern, VARIABLE_PATTERN, start_here(p));
  uint32_t index = p->at;
  if (accept(p, TOK_VAR)) {
    node->modifiers = TREE_MOD_VAR;
  } else if (accept(p, TOK_FINAL)) {
    node->modifiers = TREE_MOD_FINAL;
  }
  if (node->modifiers && place != PATTERN_MATCHING) {
    report_at(p, index, DIAG_INVALID_PATTERN,
              place == PATTERN_DECLARATION
                  ? "The 'var' or 'final' before the pattern is enough."
                  : "A pattern assignment cannot declare variables.");
  }
  uint32_t after = il_parse_skip_type(p, p->at);
  if (after != 0 && is_identifier_at(p, after) &&
      kind_at(p, after) != TOK_WHEN && kind_at(p, after) != TOK_AS) {
    if (node->modifiers == TREE_MOD_VAR) report_here(p, DIAG_VAR_WITH_TYPE);
    node->type = il_parse_type(p);
  }
  node->name = parse_variable_name(p);
  if (place == PATTERN_ASSIGNMENT && !node->modifiers &&
      node->name.name != NAME_wildcard) {
    report_node(p, &node->base, DIAG_INVALID_PATTERN,
                "A pattern assignment cannot declare variables.");
  }
  return FINISH(p, node);
}

// A lone identifier: by its place a constant, a new variable or an assigned
// one; `_` is a wildcard everywhere.
static TreeNode *parse_lone_identifier(Parser *p, PatternPlace place) {
  uint32_t start = start_here(p);
  bool is_wildcard = token_here(p)->value == NAME_wildcard;
  if (place == PATTERN_MATCHING && !is_wildcard) {
    check_variable_name(p);
    return new_constant(p, parse_qualified_name(p), place);
  }
  if (place == PATTERN_ASSIGNMENT && !is_wildcard) {
    TreeAssignedPattern *node =
        NEW_NODE(p, AssignedPattern, ASSIGNED_PATTERN, start);
    node->name = parse_variable_name(p);
    return FINISH(p, node);
  }
  TreeVariablePattern *node =
      NEW_NODE(p, VariablePattern, VARIABLE_PATTERN, start);
  node->name = parse_variable_name(p);
  return FINISH(p, node);
}

// ---- Lists and maps -------------------------------------------------------

static TreeNode *parse_rest(Parser *p, PatternPlace place, bool is_map) {
  TreeRestPattern *node = NEW_NODE(p, RestPattern, REST_PATTERN, start_here(p));
  if (is_map) {
    report_here(p, DIAG_INVALID_PATTERN, "A map pattern has no rest element.");
  }
  advance(p);
  if (!is_here(p, TOK_COMMA) && !is_here(p, TOK_CLOSE_BRACKET) &&
      !is_here(p, TOK_CLOSE_BRACE)) {
    node->pattern = parse_pattern(p, place);
  }
  return FINISH(p, node);
}

static TreeNode *parse_list_element(Parser *p, PatternPlace place,
                                    bool *has_rest) {
  if (!is_here(p, TOK_SPREAD)) return parse_pattern(p, place);
  if (*has_rest) {
    report_here(p, DIAG_INVALID_PATTERN,
                "A list pattern has at most one rest element.");
  }
  *has_rest = true;
  return parse_rest(p, place, false);
}

// Goes behind the closing bracket at `close` (0: unknown) after an error.
static void close_brackets(Parser *p, TokenKind kind, uint32_t close) {
  if (accept(p, kind)) return;
  il_parse_expect(p, kind);
  if (close != 0 && !p->is_aborted && p->at <= close) p->at = close + 1;
}

static TreeNode *parse_list(Parser *p, PatternPlace place, TreeList types,
                            uint32_t start) {
  TreeListPattern *node = NEW_NODE(p, ListPattern, LIST_PATTERN, start);
  uint32_t close = token_here(p)->value;
  node->type_arguments = types;
  if (types.count > 1) {
    report_here(p, DIAG_INVALID_PATTERN,
                "A list pattern has one type argument.");
  }
  advance(p);
  uint32_t mark = mark_nodes(p);
  bool has_rest = false;
  while (!is_here(p, TOK_CLOSE_BRACKET) && !is_here(p, TOK_END)) {
    push_node(p, parse_list_element(p, place, &has_rest));
    if (!accept(p, TOK_COMMA)) break;
  }
  close_brackets(p, TOK_CLOSE_BRACKET, close);
  node->elements = il_parse_take_nodes(p, mark);
  return FINISH(p, node);
}

static TreeNode *parse_map_entry(Parser *p, PatternPlace place) {
  if (is_here(p, TOK_SPREAD)) return parse_rest(p, place, true);
  TreeMapPatternEntry *node =
      NEW_NODE(p, MapPatternEntry, MAP_PATTERN_ENTRY, start_here(p));
  node->key = il_parse_expression(p);
  il_parse_expect(p, TOK_COLON);
  node->pattern = parse_pattern(p, place);
  return FINISH(p, node);
}

static TreeNode *parse_map(Parser *p, PatternPlace place, TreeList types,
                           uint32_t start) {
  TreeMapPattern *node = NEW_NODE(p, MapPattern, MAP_PATTERN, start);
  uint32_t close = token_here(p)->value;
  node->type_arguments = types;
  if (types.count != 0 && types.count != 2) {
    report_here(p, DIAG_INVALID_PATTERN,
                "A map pattern has two type arguments.");
  }
  advance(p);
  if (is_here(p, TOK_CLOSE_BRACE)) {
    report_here(p, DIAG_INVALID_PATTERN, "A map pattern cannot be empty.");
  }
  uint32_t mark = mark_nodes(p);
  Brackets saved = enter_brackets(p);
  while (!is_here(p, TOK_CLOSE_BRACE) && !is_here(p, TOK_END)) {
    push_node(p, parse_map_entry(p, place));
    if (!accept(p, TOK_COMMA)) break;
  }
  leave_brackets(p, saved);
  close_brackets(p, TOK_CLOSE_BRACE, close);
  node->entries = il_parse_take_nodes(p, mark);
  return FINISH(p, node);
}

// ---- Records and objects --------------------------------------------------

// The name that `:pattern` stands for, or an absent one.
static TreeName infer_field_name(const TreeNode *pattern) {
  for (;;) {
    switch (pattern->kind) {
      case TREE_VARIABLE_PATTERN:
        return ((const TreeVariablePattern *)pattern)->name;
      case TREE_ASSIGNED_PATTERN:
        return ((const TreeAssignedPattern *)pattern)->name;
      case TREE_NULL_CHECK_PATTERN:
        pattern = ((const TreeNullCheckPattern *)pattern)->pattern;
        break;
      case TREE_NULL_ASSERT_PATTERN:
        pattern = ((const TreeNullAssertPattern *)pattern)->pattern;
        break;
      case TREE_CAST_PATTERN:
        pattern = ((const TreeCastPattern *)pattern)->pattern;
        break;
      default:
        return (TreeName){NAME_NONE, pattern->start, pattern->end};
    }
  }
}

static void check_field_name(Parser *p, uint32_t mark,
                             const TreePatternField *field) {
  if (field->name.name == NAME_NONE || field->name.name == NAME_wildcard) {
    report_node(p, &field->base, DIAG_INVALID_PATTERN,
                "The name of this field cannot be inferred from its pattern.");
    return;
  }
  for (uint32_t i = mark; i < p->nodes.count && i < mark + 300; i++) {
    TreePatternField *other = (TreePatternField *)p->nodes.items[i];
    if (other->is_named && other->name.name == field->name.name) {
      report_name(p, field->name, DIAG_DUPLICATE_NAME,
                  il_name_text(p->names, field->name.name));
      return;
    }
  }
}

static TreeNode *parse_field(Parser *p, PatternPlace place, uint32_t mark) {
  TreePatternField *node =
      NEW_NODE(p, PatternField, PATTERN_FIELD, start_here(p));
  if (is_identifier_at(p, p->at) && kind_next(p) == TOK_COLON) {
    node->is_named = true;
    node->name = il_parse_identifier(p);
    advance(p);
    node->pattern = parse_pattern(p, place);
    FINISH(p, node);
    if (node->name.name != NAME_wildcard) check_field_name(p, mark, node);
  } else if (accept(p, TOK_COLON)) {
    node->is_named = true;
    node->pattern = parse_pattern(p, place);
    node->name = infer_field_name(node->pattern);
    FINISH(p, node);
    check_field_name(p, mark, node);
  } else {
    node->pattern = parse_pattern(p, place);
  }
  return FINISH(p, node);
}

// At `(`: the fields, and whether a comma followed the last.
static TreeList parse_fields(Parser *p, PatternPlace place, bool *has_comma) {
  uint32_t close = token_here(p)->value;
  advance(p);
  uint32_t mark = mark_nodes(p);
  *has_comma = false;
  while (!is_here(p, TOK_CLOSE_PAREN) && !is_here(p, TOK_END)) {
    push_node(p, parse_field(p, place, mark));
    if (!accept(p, TOK_COMMA)) break;
    *has_comma = true;
  }
  close_brackets(p, TOK_CLOSE_PAREN, close);
  return il_parse_take_nodes(p, mark);
}

static TreeNode *parse_parentheses(Parser *p, PatternPlace place) {
  uint32_t start = start_here(p);
  bool has_comma;
  TreeList fields = parse_fields(p, place, &has_comma);
  if (fields.count == 1 && !has_comma) {
    TreePatternField *field = (TreePatternField *)fields.items[0];
    if (!field->is_named) return field->pattern;
  }
  if (fields.count == 0 && has_comma) {
    il_parse_report_found(p, DIAG_EXPECTED_PATTERN);
  }
  TreeRecordPattern *node = NEW_NODE(p, RecordPattern, RECORD_PATTERN, start);
  node->fields = fields;
  for (uint32_t i = 0; i < fields.count; i++) {
    TreePatternField *field = (TreePatternField *)fields.items[i];
    Text name = il_name_text(p->names, field->name.name);
    if (field->is_named && name.length > 0 && name.bytes[0] == '_') {
      report_name(p, field->name, DIAG_INVALID_PATTERN,
                  "A named field of a record cannot be private.");
    }
  }
  return FINISH(p, node);
}

static TreeNode *parse_object(Parser *p, PatternPlace place) {
  TreeObjectPattern *node =
      NEW_NODE(p, ObjectPattern, OBJECT_PATTERN, start_here(p));
  TreeNamedType *type = NEW_NODE(p, NamedType, NAMED_TYPE, start_here(p));
  type->name = il_parse_identifier(p);
  if (accept(p, TOK_DOT)) {
    type->prefix = type->name;
    type->name = il_parse_identifier(p);
  }
  type->type_arguments = il_parse_type_arguments(p);
  FINISH(p, type);
  node->type = type;
  bool has_comma;
  node->fields = parse_fields(p, place, &has_comma);
  for (uint32_t i = 0; i < node->fields.count; i++) {
    TreePatternField *field = (TreePatternField *)node->fields.items[i];
    if (!field->is_named) {
      report_node(p, &field->base, DIAG_INVALID_PATTERN,
                  "The fields of an object pattern are named.");
    }
  }
  return FINISH(p, node);
}

// ---- Primary patterns -----------------------------------------------------

// A type and a name: `int x`, `List<int>? x`, `(int, int) x`.
static bool is_typed_variable(const Parser *p) {
  uint32_t after = il_parse_skip_type(p, p->at);
  if (after == 0 || !is_identifier_at(p, after)) return false;
  TokenKind kind = kind_at(p, after);
  if (kind != TOK_WHEN && kind != TOK_AS) return true;
  // `case int when:`? The word is the name only if a guard cannot follow.
  return false;
}

static TreeNode *parse_collection(Parser *p, PatternPlace place) {
  uint32_t start = start_here(p);
  TreeList types = il_parse_type_arguments(p);
  if (is_here(p, TOK_OPEN_BRACKET)) return parse_list(p, place, types, start);
  if (is_here(p, TOK_OPEN_BRACE)) return parse_map(p, place, types, start);
  il_parse_report_found(p, DIAG_EXPECTED_PATTERN);
  return new_constant(p, il_parse_error_node(p), PATTERN_MATCHING);
}

static TreeNode *parse_named(Parser *p, PatternPlace place) {
  if (is_typed_variable(p)) return parse_variable(p, place);
  uint32_t after = il_parse_skip_named_type(p, p->at);
  if (after != 0 && kind_at(p, after) == TOK_OPEN_PAREN) {
    return parse_object(p, place);
  }
  if (kind_next(p) == TOK_DOT) {
    return new_constant(p, parse_qualified_name(p), place);
  }
  return parse_lone_identifier(p, place);
}

static TreeNode *parse_primary(Parser *p, PatternPlace place) {
  switch (kind_here(p)) {
    case TOK_VAR:
    case TOK_FINAL:
      return parse_variable(p, place);
    case TOK_OPEN_PAREN:
      if (is_typed_variable(p)) return parse_variable(p, place);
      return parse_parentheses(p, place);
    case TOK_VOID:
      return parse_variable(p, place);
    case TOK_OPEN_BRACKET:
    case TOK_OPEN_BRACE:
    case TOK_LESS:
      return parse_collection(p, place);
    case TOK_INT:
    case TOK_HEX:
    case TOK_DOUBLE:
      return new_constant(p, il_literal_number(p), place);
    case TOK_MINUS:
      return new_constant(p, parse_negative(p), place);
    case TOK_NULL:
    case TOK_TRUE:
    case TOK_FALSE:
    case TOK_STRING:
    case TOK_STRING_HEAD:
      return new_constant(p, il_parse_primary(p), place);
    case TOK_HASH:
      return new_constant(p, il_parse_symbol(p), place);
    case TOK_CONST:
      return new_constant(p, parse_const(p), place);
    case TOK_DOT:
      return new_constant(p, parse_shorthand(p), place);
    default:
      break;
  }
  if (is_identifier_at(p, p->at)) return parse_named(p, place);
  il_parse_report_found(p, DIAG_EXPECTED_PATTERN);
  return new_constant(p, il_parse_error_node(p), PATTERN_MATCHING);
}

// ---- Postfix and operators ------------------------------------------------

// One of `?`, `!`, `as T`; more than one needs parentheses.
static TreeNode *parse_postfix(Parser *p, PatternPlace place) {
  TreeNode *pattern = parse_primary(p, place);
  switch (kind_here(p)) {
    case TOK_QUESTION: {
      TreeNullCheckPattern *node =
          NEW_NODE(p, NullCheckPattern, NULL_CHECK_PATTERN, pattern->start);
      if (place != PATTERN_MATCHING) {
        report_here(p, DIAG_INVALID_PATTERN,
                    "A null check cannot stand in this pattern, which must "
                    "match.");
      }
      advance(p);
      node->pattern = pattern;
      return FINISH(p, node);
    }
    case TOK_NOT: {
      TreeNullAssertPattern *node =
          NEW_NODE(p, NullAssertPattern, NULL_ASSERT_PATTERN, pattern->start);
      advance(p);
      node->pattern = pattern;
      return FINISH(p, node);
    }
    case TOK_AS: {
      TreeCastPattern *node =
          NEW_NODE(p, CastPattern, CAST_PATTERN, pattern->start);
      advance(p);
      node->pattern = pattern;
      node->type = il_parse_type(p);
      return FINISH(p, node);
    }
    default:
      return pattern;
  }
}

static TreeNode *parse_relational(Parser *p, PatternPlace place) {
  uint32_t length;
  TokenKind op = il_parse_peek_operator(p, &length);
  bool is_relation = op == TOK_EQUAL || op == TOK_NOT_EQUAL ||
                     op == TOK_LESS_EQUAL || op == TOK_GREATER ||
                     op == TOK_GREATER_EQUAL;
  if (op == TOK_LESS) {
    // `<int>[...]` is a list pattern.
    is_relation = il_parse_skip_outer_pattern(p, p->at) == 0;
  }
  if (!is_relation) return parse_postfix(p, place);
  TreeRelationalPattern *node =
      NEW_NODE(p, RelationalPattern, RELATIONAL_PATTERN, start_here(p));
  if (place != PATTERN_MATCHING) {
    report_here(p, DIAG_INVALID_PATTERN,
                "A comparison cannot stand in this pattern, which must match.");
  }
  node->op = op;
  for (uint32_t i = 0; i < length; i++) advance(p);
  node->value = il_parse_bitwise_or(p);
  return FINISH(p, node);
}

static TreeNode *parse_and(Parser *p, PatternPlace place) {
  TreeNode *first = parse_relational(p, place);
  if (!is_here(p, TOK_AND_AND)) return first;
  TreeAndPattern *node = NEW_NODE(p, AndPattern, AND_PATTERN, first->start);
  uint32_t mark = mark_nodes(p);
  push_node(p, first);
  while (accept(p, TOK_AND_AND)) push_node(p, parse_relational(p, place));
  node->items = il_parse_take_nodes(p, mark);
  return FINISH(p, node);
}

static TreeNode *parse_or(Parser *p, PatternPlace place) {
  TreeNode *first = parse_and(p, place);
  if (!is_here(p, TOK_OR_OR)) return first;
  if (place != PATTERN_MATCHING) {
    report_here(p, DIAG_INVALID_PATTERN,
                "'||' cannot stand in this pattern, which must match.");
  }
  TreeOrPattern *node = NEW_NODE(p, OrPattern, OR_PATTERN, first->start);
  uint32_t mark = mark_nodes(p);
  push_node(p, first);
  while (accept(p, TOK_OR_OR)) push_node(p, parse_and(p, place));
  node->items = il_parse_take_nodes(p, mark);
  return FINISH(p, node);
}

static TreeNode *parse_pattern(Parser *p, PatternPlace place) {
  if (!il_parse_enter(p)) return il_parse_error_node(p);
  TreeNode *node = parse_or(p, place);
  leave_level(p);
  return node;
}

// ---- Entries --------------------------------------------------------------

TreeNode *il_parse_pattern(Parser *p, PatternPlace place) {
  return parse_pattern(p, place);
}

TreeNode *il_parse_outer_pattern(Parser *p, PatternPlace place) {
  if (!il_parse_enter(p)) return il_parse_error_node(p);
  TreeNode *node = parse_primary(p, place);
  leave_level(p);
  return node;
}
