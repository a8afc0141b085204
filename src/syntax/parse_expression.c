// parse_expression.c: operators around primary expressions. In order: the
// binary operators, arguments, selectors, unary operators, binary chains,
// conditionals, assignment, cascades, entries.

#include "syntax/parse.h"

static TreeNode *parse_expression(Parser *p, bool allow_cascade);
static TreeNode *parse_unary(Parser *p);

// ---- Operators ------------------------------------------------------------

enum {
  LEVEL_NONE,
  LEVEL_IF_NULL,
  LEVEL_OR,
  LEVEL_AND,
  LEVEL_EQUALITY,
  LEVEL_RELATIONAL,
  LEVEL_BIT_OR,
  LEVEL_BIT_XOR,
  LEVEL_BIT_AND,
  LEVEL_SHIFT,
  LEVEL_ADDITIVE,
  LEVEL_MULTIPLICATIVE,
};

static const uint8_t levels[TOK_COUNT] = {
    [TOK_QUESTION_QUESTION] = LEVEL_IF_NULL,
    [TOK_OR_OR] = LEVEL_OR,
    [TOK_AND_AND] = LEVEL_AND,
    [TOK_EQUAL] = LEVEL_EQUALITY,
    [TOK_NOT_EQUAL] = LEVEL_EQUALITY,
    [TOK_LESS] = LEVEL_RELATIONAL,
    [TOK_LESS_EQUAL] = LEVEL_RELATIONAL,
    [TOK_GREATER] = LEVEL_RELATIONAL,
    [TOK_GREATER_EQUAL] = LEVEL_RELATIONAL,
    [TOK_IS] = LEVEL_RELATIONAL,
    [TOK_AS] = LEVEL_RELATIONAL,
    [TOK_BAR] = LEVEL_BIT_OR,
    [TOK_CARET] = LEVEL_BIT_XOR,
    [TOK_AMPERSAND] = LEVEL_BIT_AND,
    [TOK_SHIFT_LEFT] = LEVEL_SHIFT,
    [TOK_SHIFT_RIGHT] = LEVEL_SHIFT,
    [TOK_SHIFT_RIGHT_UNSIGNED] = LEVEL_SHIFT,
    [TOK_PLUS] = LEVEL_ADDITIVE,
    [TOK_MINUS] = LEVEL_ADDITIVE,
    [TOK_STAR] = LEVEL_MULTIPLICATIVE,
    [TOK_SLASH] = LEVEL_MULTIPLICATIVE,
    [TOK_TILDE_SLASH] = LEVEL_MULTIPLICATIVE,
    [TOK_PERCENT] = LEVEL_MULTIPLICATIVE,
};

// The operator that `op=` applies; TOK_ASSIGN for `=`, TOK_END for others.
static TokenKind assigned_operator(TokenKind kind) {
  switch (kind) {
    case TOK_ASSIGN:
      return TOK_ASSIGN;
    case TOK_ASSIGN_PLUS:
      return TOK_PLUS;
    case TOK_ASSIGN_MINUS:
      return TOK_MINUS;
    case TOK_ASSIGN_STAR:
      return TOK_STAR;
    case TOK_ASSIGN_SLASH:
      return TOK_SLASH;
    case TOK_ASSIGN_TILDE_SLASH:
      return TOK_TILDE_SLASH;
    case TOK_ASSIGN_PERCENT:
      return TOK_PERCENT;
    case TOK_ASSIGN_SHIFT_LEFT:
      return TOK_SHIFT_LEFT;
    case TOK_ASSIGN_SHIFT_RIGHT:
      return TOK_SHIFT_RIGHT;
    case TOK_ASSIGN_SHIFT_RIGHT_UNSIGNED:
      return TOK_SHIFT_RIGHT_UNSIGNED;
    case TOK_ASSIGN_AMPERSAND:
      return TOK_AMPERSAND;
    case TOK_ASSIGN_BAR:
      return TOK_BAR;
    case TOK_ASSIGN_CARET:
      return TOK_CARET;
    case TOK_ASSIGN_QUESTION_QUESTION:
      return TOK_QUESTION_QUESTION;
    default:
      return TOK_END;
  }
}

TokenKind il_parse_peek_operator(const Parser *p, uint32_t *length) {
  TokenKind kind = kind_here(p);
  *length = 1;
  if (kind != TOK_GREATER || !is_adjacent(p, p->at)) return kind;
  if (kind_next(p) == TOK_ASSIGN) {
    *length = 2;
    return TOK_GREATER_EQUAL;
  }
  if (kind_next(p) != TOK_GREATER) return kind;
  *length = 2;
  TokenKind third = kind_at(p, p->at + 2);
  if (!is_adjacent(p, p->at + 1)) return TOK_SHIFT_RIGHT;
  if (third == TOK_ASSIGN) {
    *length = 3;
    return TOK_ASSIGN_SHIFT_RIGHT;
  }
  if (third != TOK_GREATER) return TOK_SHIFT_RIGHT;
  *length = 3;
  if (is_adjacent(p, p->at + 2) && kind_at(p, p->at + 3) == TOK_ASSIGN) {
    *length = 4;
    return TOK_ASSIGN_SHIFT_RIGHT_UNSIGNED;
  }
  return TOK_SHIFT_RIGHT_UNSIGNED;
}

static void advance_by(Parser *p, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) advance(p);
}

// ---- Arguments ------------------------------------------------------------

static void check_argument_name(Parser *p, uint32_t mark, TreeName name) {
  uint32_t from = p->nodes.count - mark > 300 ? p->nodes.count - 300 : mark;
  for (uint32_t i = from; i < p->nodes.count; i++) {
    TreeNamedArgument *other = (TreeNamedArgument *)p->nodes.items[i];
    if (other->base.kind == TREE_NAMED_ARGUMENT &&
        other->name.name == name.name) {
      report_name(p, name, DIAG_DUPLICATE_NAME,
                  il_name_text(p->names, name.name));
      return;
    }
  }
}

static TreeNode *parse_argument(Parser *p, uint32_t mark, bool *has_named) {
  if (is_identifier_at(p, p->at) && kind_next(p) == TOK_COLON) {
    TreeNamedArgument *node =
        NEW_NODE(p, NamedArgument, NAMED_ARGUMENT, start_here(p));
    node->name = il_parse_identifier(p);
    check_argument_name(p, mark, node->name);
    advance(p);
    node->value = il_parse_expression(p);
    *has_named = true;
    return FINISH(p, node);
  }
  if (*has_named) {
    il_parse_require(p, p->at, IL_VERSION(2, 17),
                     "A positional argument after named ones");
  }
  return il_parse_expression(p);
}

TreeArguments *il_parse_arguments(Parser *p) {
  TreeArguments *node = NEW_NODE(p, Arguments, ARGUMENTS, start_here(p));
  uint32_t close = token_here(p)->value;
  if (!il_parse_expect(p, TOK_OPEN_PAREN)) return node;
  Brackets saved = enter_brackets(p);
  uint32_t mark = mark_nodes(p);
  bool has_named = false;
  while (!is_here(p, TOK_CLOSE_PAREN) && !is_here(p, TOK_END)) {
    push_node(p, parse_argument(p, mark, &has_named));
    if (!accept(p, TOK_COMMA)) break;
  }
  node->items = il_parse_take_nodes(p, mark);
  if (!accept(p, TOK_CLOSE_PAREN)) {
    il_parse_expect(p, TOK_CLOSE_PAREN);
    if (close != 0 && !p->is_aborted && p->at <= close) p->at = close + 1;
  }
  leave_brackets(p, saved);
  FINISH(p, node);
  return node;
}

// ---- Selectors ------------------------------------------------------------

// Whether the token behind type arguments says that they were just that, and
// not a comparison.
static bool is_behind_type_arguments(const Parser *p, uint32_t index) {
  switch (kind_at(p, index)) {
    case TOK_OPEN_PAREN:
      return true;
    case TOK_DOT:
    case TOK_EQUAL:
    case TOK_NOT_EQUAL:
    case TOK_CLOSE_PAREN:
    case TOK_CLOSE_BRACKET:
    case TOK_CLOSE_BRACE:
    case TOK_SEMICOLON:
    case TOK_COLON:
    case TOK_COMMA:
    case TOK_STRING_MIDDLE:
    case TOK_STRING_TAIL:
      return p->version >= IL_VERSION(2, 15);
    default:
      return false;
  }
}

static bool is_type_arguments_here(const Parser *p) {
  uint32_t after = il_parse_skip_type_arguments(p, p->at);
  return after != 0 && is_behind_type_arguments(p, after);
}

// `?[` is an index unless it must be the begin of a conditional.
static bool is_null_aware_index(const Parser *p) {
  if (kind_next(p) != TOK_OPEN_BRACKET || !is_adjacent(p, p->at)) return false;
  uint32_t after = skip_brackets(p, p->at + 1);
  if (after == 0) return false;
  return !il_parse_has_colon(p, after, p->pending_colons);
}

static TreeNode *parse_property(Parser *p, TreeNode *target,
                                bool is_null_aware) {
  TreeProperty *node = NEW_NODE(p, Property, PROPERTY, target->start);
  node->target = target;
  node->is_null_aware = is_null_aware;
  advance(p);
  if (is_here(p, TOK_NEW)) {
    il_parse_require(p, p->at, IL_VERSION(2, 15), "A constructor tear-off");
    // Only what may name a class has an unnamed constructor.
    if (is_null_aware ||
        (target->kind != TREE_IDENTIFIER && target->kind != TREE_PROPERTY &&
         target->kind != TREE_INSTANTIATION)) {
      il_parse_report_found(p, DIAG_EXPECTED_IDENTIFIER);
    }
    node->name = il_parse_take_name(p);
  } else {
    node->name = il_parse_identifier(p);
  }
  return FINISH(p, node);
}

// At `[`, perhaps behind a `?`.
static TreeNode *parse_index(Parser *p, TreeNode *target, bool is_null_aware) {
  TreeIndex *node = NEW_NODE(p, Index, INDEX, target->start);
  node->target = target;
  node->is_null_aware = is_null_aware;
  advance(p);
  Brackets saved = enter_brackets(p);
  node->index = il_parse_expression(p);
  leave_brackets(p, saved);
  il_parse_expect(p, TOK_CLOSE_BRACKET);
  return FINISH(p, node);
}

// At `(` or type arguments.
static TreeNode *parse_call(Parser *p, TreeNode *target) {
  TreeList types = il_parse_type_arguments(p);
  if (is_here(p, TOK_OPEN_PAREN)) {
    TreeCall *node = NEW_NODE(p, Call, CALL, target->start);
    node->target = target;
    node->type_arguments = types;
    node->arguments = il_parse_arguments(p);
    return FINISH(p, node);
  }
  TreeInstantiation *node =
      NEW_NODE(p, Instantiation, INSTANTIATION, target->start);
  node->target = target;
  node->type_arguments = types;
  return FINISH(p, node);
}

static TreeNode *parse_selector(Parser *p, TreeNode *target, bool *is_short) {
  switch (kind_here(p)) {
    case TOK_NOT: {
      TreeNullCheck *node = NEW_NODE(p, NullCheck, NULL_CHECK, target->start);
      node->operand = target;
      advance(p);
      return FINISH(p, node);
    }
    case TOK_DOT:
      return parse_property(p, target, false);
    case TOK_QUESTION_DOT:
      *is_short = true;
      return parse_property(p, target, true);
    case TOK_OPEN_BRACKET:
      return parse_index(p, target, false);
    case TOK_QUESTION:
      if (!is_null_aware_index(p)) return NULL;
      *is_short = true;
      advance(p);
      return parse_index(p, target, true);
    case TOK_OPEN_PAREN:
      return parse_call(p, target);
    case TOK_LESS:
      return is_type_arguments_here(p) ? parse_call(p, target) : NULL;
    default:
      return NULL;
  }
}

// All selectors that follow. *is_short becomes true if one was null-aware.
static TreeNode *parse_selectors(Parser *p, TreeNode *node, bool *is_short) {
  for (;;) {
    TreeNode *next = parse_selector(p, node, is_short);
    if (!next) return node;
    next->flags |= node->flags & TREE_FLAG_SHORTHAND;
    node = next;
    if (!il_parse_deepen(p)) return node;
  }
}

static TreeNode *wrap_null_short(Parser *p, TreeNode *node) {
  TreeNullShort *wrapped = NEW_NODE(p, NullShort, NULL_SHORT, node->start);
  wrapped->expression = node;
  wrapped->base.flags = node->flags;
  return FINISH(p, wrapped);
}

// ---- Unary operators ------------------------------------------------------

// Checks that the node can be assigned to; *is_short is set and the inner node
// returned when the node is a null-shorting chain.
static TreeNode *take_target(Parser *p, TreeNode *node, bool *is_short) {
  if (node->kind == TREE_NULL_SHORT) {
    *is_short = true;
    node = ((TreeNullShort *)node)->expression;
  }
  switch (node->kind) {
    case TREE_IDENTIFIER:
    case TREE_PROPERTY:
    case TREE_INDEX:
    case TREE_ERROR:
      break;
    default:
      report_node(p, node, DIAG_INVALID_ASSIGNMENT_TARGET);
  }
  return node;
}

static TreeNode *parse_postfix(Parser *p) {
  uint32_t saved = p->deepest;
  p->deepest = p->depth;
  bool is_short = false;
  TreeNode *node = parse_selectors(p, il_parse_primary(p), &is_short);
  if (is_here(p, TOK_INCREMENT) || is_here(p, TOK_DECREMENT)) {
    TreeIncrement *step = NEW_NODE(p, Increment, INCREMENT, node->start);
    step->op = kind_here(p);
    step->target = take_target(p, node, &is_short);
    advance(p);
    node = FINISH(p, step);
  }
  if (is_short) node = wrap_null_short(p, node);
  if (saved > p->deepest) p->deepest = saved;
  return node;
}

bool il_parse_is_operand_only(TokenKind kind) {
  switch (kind) {
    case TOK_INT:
    case TOK_DOUBLE:
    case TOK_STRING:
    case TOK_STRING_HEAD:
    case TOK_NEW:
    case TOK_CONST:
    case TOK_THIS:
    case TOK_NULL:
    case TOK_TRUE:
    case TOK_FALSE:
      return true;
    default:
      return false;
  }
}

// Whether `await` here is the operator. Outside of async functions it is when
// an operand follows that could not follow an identifier.
static bool is_await_here(const Parser *p) {
  if (p->body.async != TREE_SYNC) return true;
  TokenKind next = kind_next(p);
  if (il_parse_is_operand_only(next)) return true;
  switch (next) {
    case TOK_AWAIT:
      return true;
    case TOK_AS:
    case TOK_WHEN:
    case TOK_ASYNC:
    case TOK_SYNC:
      return false;
    default:
      return il_token_is_identifier(next);
  }
}

static TreeNode *parse_await(Parser *p) {
  TreeAwait *node = NEW_NODE(p, Await, AWAIT, start_here(p));
  if (p->body.async != TREE_ASYNC && p->body.async != TREE_ASYNC_STAR) {
    report_here(p, DIAG_INVALID_AWAIT);
  }
  advance(p);
  node->operand = parse_unary(p);
  return FINISH(p, node);
}

static TreeNode *parse_prefix_increment(Parser *p) {
  TreeIncrement *node = NEW_NODE(p, Increment, INCREMENT, start_here(p));
  node->op = kind_here(p);
  node->is_prefix = true;
  advance(p);
  bool is_short = false;
  node->target = take_target(p, parse_unary(p), &is_short);
  TreeNode *result = FINISH(p, node);
  return is_short ? wrap_null_short(p, result) : result;
}

static TreeNode *parse_prefix(Parser *p) {
  TreeUnary *node = NEW_NODE(p, Unary, UNARY, start_here(p));
  node->op = kind_here(p);
  advance(p);
  if (node->op == TOK_NOT && is_here(p, TOK_SUPER) && kind_next(p) != TOK_DOT &&
      kind_next(p) != TOK_OPEN_BRACKET) {
    report_here(p, DIAG_INVALID_SUPER);
  }
  node->operand = parse_unary(p);
  return FINISH(p, node);
}

static TreeNode *parse_unary(Parser *p) {
  TreeNode *(*parse)(Parser *) = NULL;
  switch (kind_here(p)) {
    case TOK_MINUS:
    case TOK_NOT:
    case TOK_TILDE:
      parse = parse_prefix;
      break;
    case TOK_INCREMENT:
    case TOK_DECREMENT:
      parse = parse_prefix_increment;
      break;
    case TOK_AWAIT:
      if (is_await_here(p)) parse = parse_await;
      break;
    default:
      break;
  }
  if (!parse) return parse_postfix(p);
  if (!il_parse_enter(p)) return il_parse_error_node(p);
  TreeNode *node = parse(p);
  leave_level(p);
  return node;
}

// ---- Binary chains --------------------------------------------------------

static TreeNode *parse_tested_type(Parser *p) {
  if (is_here(p, TOK_VOID) && kind_next(p) != TOK_FUNCTION) {
    il_parse_report_found(p, DIAG_EXPECTED_TYPE);
  }
  return il_parse_type_in_expression(p);
}

static TreeNode *parse_type_test(Parser *p, TreeNode *operand) {
  if (accept(p, TOK_AS)) {
    TreeAs *node = NEW_NODE(p, As, AS, operand->start);
    node->operand = operand;
    node->type = parse_tested_type(p);
    return FINISH(p, node);
  }
  TreeIs *node = NEW_NODE(p, Is, IS, operand->start);
  advance(p);
  node->operand = operand;
  node->is_not = accept(p, TOK_NOT);
  node->type = parse_tested_type(p);
  return FINISH(p, node);
}

// Operators of at least `level`, which chain to the left in this loop; only
// tighter operands recurse, at most once a level.
static TreeNode *parse_binary(Parser *p, uint8_t level) {
  TreeNode *left = parse_unary(p);
  // The loosest level that has been closed: `a < b` is no operand of `<`.
  uint8_t closed = LEVEL_NONE;
  for (;;) {
    uint32_t length;
    TokenKind op = il_parse_peek_operator(p, &length);
    uint8_t found = levels[op];
    if (found == LEVEL_NONE || found < level) return left;
    if (found == closed) {
      report_here(p, DIAG_NOT_ASSOCIATIVE, il_parse_token_text(p, p->at));
    }
    closed = found == LEVEL_EQUALITY || found == LEVEL_RELATIONAL ? found
                                                                  : LEVEL_NONE;
    if (left->kind == TREE_SUPER &&
        (found < LEVEL_EQUALITY || op == TOK_IS || op == TOK_AS)) {
      report_node(p, left, DIAG_INVALID_SUPER);
    }
    if (op == TOK_IS || op == TOK_AS) {
      left = parse_type_test(p, left);
      // These nest to the left outside of BINARY.
      if (!il_parse_deepen(p)) return left;
      continue;
    }
    if (op == TOK_SHIFT_RIGHT_UNSIGNED) {
      il_parse_require(p, p->at, IL_VERSION(2, 14), "The operator '>>>'");
    }
    TreeBinary *node = NEW_NODE(p, Binary, BINARY, left->start);
    node->op = op;
    advance_by(p, length);
    node->left = left;
    node->right = parse_binary(p, found + 1);
    node->depth =
        left->kind == TREE_BINARY ? ((TreeBinary *)left)->depth + 1 : 1;
    left = FINISH(p, node);
  }
}

TreeNode *il_parse_bitwise_or(Parser *p) {
  if (!il_parse_enter(p)) return il_parse_error_node(p);
  TreeNode *node = parse_binary(p, LEVEL_BIT_OR);
  leave_level(p);
  return node;
}

// ---- Conditionals ---------------------------------------------------------

static TreeNode *parse_conditional(Parser *p) {
  TreeNode *condition = parse_binary(p, LEVEL_IF_NULL);
  if (!is_here(p, TOK_QUESTION)) return condition;
  TreeConditional *node =
      NEW_NODE(p, Conditional, CONDITIONAL, condition->start);
  advance(p);
  node->condition = condition;
  p->pending_colons++;
  node->then = parse_expression(p, false);
  p->pending_colons--;
  il_parse_expect(p, TOK_COLON);
  node->otherwise = parse_expression(p, false);
  return FINISH(p, node);
}

// ---- Assignment -----------------------------------------------------------

// At `op=`, of that many tokens.
static TreeNode *parse_assign(Parser *p, TreeNode *left, TokenKind op,
                              uint32_t length, bool allow_cascade) {
  TreeAssign *node = NEW_NODE(p, Assign, ASSIGN, left->start);
  bool is_short = false;
  node->op = op;
  node->target = take_target(p, left, &is_short);
  advance_by(p, length);
  node->value = parse_expression(p, allow_cascade);
  TreeNode *result = FINISH(p, node);
  return is_short ? wrap_null_short(p, result) : result;
}

// Whether an outer pattern and `=` stand here.
static bool is_pattern_assignment(const Parser *p) {
  switch (kind_here(p)) {
    case TOK_OPEN_PAREN:
    case TOK_OPEN_BRACKET:
    case TOK_OPEN_BRACE:
    case TOK_LESS:
      break;
    default:
      if (!is_identifier_at(p, p->at)) return false;
      if (kind_next(p) != TOK_OPEN_PAREN && kind_next(p) != TOK_LESS &&
          kind_next(p) != TOK_DOT) {
        return false;
      }
  }
  uint32_t after = il_parse_skip_outer_pattern(p, p->at);
  return after != 0 && kind_at(p, after) == TOK_ASSIGN;
}

static TreeNode *parse_pattern_assign(Parser *p, bool allow_cascade) {
  TreePatternAssign *node =
      NEW_NODE(p, PatternAssign, PATTERN_ASSIGN, start_here(p));
  il_parse_require(p, p->at, IL_VERSION(3, 0), "A pattern assignment");
  node->pattern = il_parse_outer_pattern(p, PATTERN_ASSIGNMENT);
  il_parse_expect(p, TOK_ASSIGN);
  node->value = parse_expression(p, allow_cascade);
  return FINISH(p, node);
}

static TreeNode *parse_throw(Parser *p, bool allow_cascade) {
  TreeThrow *node = NEW_NODE(p, Throw, THROW, start_here(p));
  advance(p);
  node->operand = parse_expression(p, allow_cascade);
  return FINISH(p, node);
}

// ---- Cascades -------------------------------------------------------------

// Behind `..`.
static TreeNode *parse_cascade_section(Parser *p) {
  uint32_t saved = p->deepest;
  p->deepest = p->depth;
  bool is_short = false;
  TreeCascadeTarget *target =
      NEW_NODE(p, CascadeTarget, CASCADE_TARGET, start_here(p));
  TreeNode *node = &target->base;
  if (is_here(p, TOK_OPEN_BRACKET)) {
    node = parse_index(p, node, false);
  } else {
    TreeProperty *property = NEW_NODE(p, Property, PROPERTY, start_here(p));
    property->target = node;
    property->name = il_parse_identifier(p);
    node = FINISH(p, property);
  }
  node = parse_selectors(p, node, &is_short);
  if (is_short) node = wrap_null_short(p, node);
  uint32_t length;
  TokenKind op = assigned_operator(il_parse_peek_operator(p, &length));
  if (op != TOK_END) node = parse_assign(p, node, op, length, false);
  if (saved > p->deepest) p->deepest = saved;
  return node;
}

static TreeNode *parse_cascade(Parser *p, TreeNode *target) {
  TreeCascade *node = NEW_NODE(p, Cascade, CASCADE, target->start);
  node->target = target;
  node->is_null_aware = is_here(p, TOK_QUESTION_DOT_DOT);
  if (target->kind == TREE_SUPER) report_node(p, target, DIAG_INVALID_SUPER);
  uint32_t mark = mark_nodes(p);
  while (is_here(p, TOK_DOT_DOT) || is_here(p, TOK_QUESTION_DOT_DOT)) {
    if (is_here(p, TOK_QUESTION_DOT_DOT) && p->nodes.count > mark) {
      report_here(p, DIAG_NULL_AWARE_CASCADE);
    }
    advance(p);
    push_node(p, parse_cascade_section(p));
  }
  node->sections = il_parse_take_nodes(p, mark);
  return FINISH(p, node);
}

// ---- Entries --------------------------------------------------------------

static TreeNode *parse_operation(Parser *p, bool allow_cascade) {
  if (is_here(p, TOK_THROW)) return parse_throw(p, allow_cascade);
  if (is_pattern_assignment(p)) return parse_pattern_assign(p, allow_cascade);
  TreeNode *node = parse_conditional(p);
  uint32_t length;
  TokenKind op = assigned_operator(il_parse_peek_operator(p, &length));
  if (op == TOK_END) return node;
  return parse_assign(p, node, op, length, allow_cascade);
}

static TreeNode *parse_expression(Parser *p, bool allow_cascade) {
  if (!il_parse_enter(p)) return il_parse_error_node(p);
  TreeNode *node = parse_operation(p, allow_cascade);
  if (allow_cascade &&
      (is_here(p, TOK_DOT_DOT) || is_here(p, TOK_QUESTION_DOT_DOT))) {
    node = parse_cascade(p, node);
  }
  leave_level(p);
  return node;
}

TreeNode *il_parse_expression(Parser *p) { return parse_expression(p, true); }

TreeNode *il_parse_constant_expression(Parser *p) {
  BodyContext saved = p->body;
  p->body =
      (BodyContext){.first_label = p->labels.count, .this_kind = THIS_NONE};
  TreeNode *node = il_parse_expression(p);
  p->body = saved;
  return node;
}
