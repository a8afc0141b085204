// parse_statement.c: statements and bodies of functions. In order: ends of
// statements, conditions, loops, switch, jumps, try, the rest, dispatch,
// blocks, bodies.

#include "syntax/parse.h"

static TreeNode *parse_statement(Parser *p);

// Behind an error in a statement: past the next `;` of this line or block, so
// that one mistake makes one message.
static void skip_to_statement_end(Parser *p) {
  while (!is_here(p, TOK_END)) {
    switch (kind_here(p)) {
      case TOK_SEMICOLON:
        advance(p);
        return;
      case TOK_CLOSE_BRACE:
      case TOK_OPEN_BRACE:
      case TOK_BREAK:
      case TOK_CASE:
      case TOK_CLASS:
      case TOK_CONST:
      case TOK_CONTINUE:
      case TOK_DEFAULT:
      case TOK_DO:
      case TOK_FINAL:
      case TOK_FOR:
      case TOK_IF:
      case TOK_RETHROW:
      case TOK_RETURN:
      case TOK_TRY:
      case TOK_VAR:
      case TOK_WHILE:
      case TOK_STRING_MIDDLE:
      case TOK_STRING_TAIL:
        return;
      case TOK_OPEN_PAREN:
      case TOK_OPEN_BRACKET: {
        uint32_t next = skip_brackets(p, p->at);
        if (next != 0 && next < p->count) {
          p->at = next;
          break;
        }
        IL_FALLTHROUGH;
      }
      default:
        advance(p);
    }
  }
}

static void expect_statement_end(Parser *p) {
  if (il_parse_expect_semicolon(p)) return;
  if (!il_parse_is_on_new_line(p)) skip_to_statement_end(p);
}

// ---- Conditions -----------------------------------------------------------

TreeNode *il_parse_guard(Parser *p) {
  return accept(p, TOK_WHEN) ? il_parse_expression(p) : NULL;
}

void il_parse_if_head(Parser *p, TreeIf *node) {
  il_parse_expect(p, TOK_OPEN_PAREN);
  Brackets saved = enter_brackets(p);
  node->condition = il_parse_expression(p);
  if (is_here(p, TOK_CASE)) {
    il_parse_require(p, p->at, IL_VERSION(3, 0), "A pattern");
    advance(p);
    node->pattern = il_parse_pattern(p, PATTERN_MATCHING);
    node->guard = il_parse_guard(p);
  }
  leave_brackets(p, saved);
  il_parse_expect(p, TOK_CLOSE_PAREN);
}

static TreeNode *parse_if(Parser *p) {
  TreeIf *node = NEW_NODE(p, If, IF, start_here(p));
  advance(p);
  il_parse_if_head(p, node);
  node->then = parse_statement(p);
  if (accept(p, TOK_ELSE)) node->otherwise = parse_statement(p);
  return FINISH(p, node);
}

static TreeNode *parse_condition(Parser *p) {
  il_parse_expect(p, TOK_OPEN_PAREN);
  Brackets saved = enter_brackets(p);
  TreeNode *node = il_parse_expression(p);
  leave_brackets(p, saved);
  il_parse_expect(p, TOK_CLOSE_PAREN);
  return node;
}

// ---- Loops ----------------------------------------------------------------

static TreeNode *parse_loop_body(Parser *p) {
  p->body.loop_depth++;
  p->body.break_depth++;
  TreeNode *node = parse_statement(p);
  p->body.loop_depth--;
  p->body.break_depth--;
  return node;
}

static TreeNode *parse_while(Parser *p) {
  TreeWhile *node = NEW_NODE(p, While, WHILE, start_here(p));
  advance(p);
  node->condition = parse_condition(p);
  node->body = parse_loop_body(p);
  return FINISH(p, node);
}

static TreeNode *parse_do(Parser *p) {
  TreeDo *node = NEW_NODE(p, Do, DO, start_here(p));
  advance(p);
  node->body = parse_loop_body(p);
  il_parse_expect(p, TOK_WHILE);
  node->condition = parse_condition(p);
  expect_statement_end(p);
  return FINISH(p, node);
}

// The first part of a for head: a declaration, an expression or nothing.
static TreeNode *parse_for_init(Parser *p) {
  uint32_t start = start_here(p);
  TreeList metadata = il_parse_metadata(p);
  if (is_here(p, TOK_SEMICOLON)) return NULL;
  if (is_identifier_at(p, p->at) && kind_next(p) == TOK_IN) {
    TreeIdentifier *node = NEW_NODE(p, Identifier, IDENTIFIER, start);
    node->name = il_parse_identifier(p);
    return FINISH(p, node);
  }
  uint32_t index = p->at;
  TreeNode *node = il_parse_local_declaration(p, start, metadata);
  if (!node) return il_parse_expression(p);
  if (node->kind == TREE_FUNCTION) {
    report_at(p, index, DIAG_UNEXPECTED_TOKEN, il_parse_token_text(p, index));
  }
  return node;
}

// Whether what stands before `in` can be the variable of a for-in.
static void check_for_in_variable(Parser *p, const TreeNode *node) {
  bool is_right = false;
  switch (node->kind) {
    case TREE_IDENTIFIER:
      is_right = true;
      break;
    case TREE_PATTERN_VARIABLES:
      is_right = !((const TreePatternVariables *)node)->value;
      break;
    case TREE_VARIABLES: {
      const TreeVariables *variables = (const TreeVariables *)node;
      const TreeVariable *one = (TreeVariable *)variables->items.items[0];
      is_right = variables->items.count == 1 && !one->initializer &&
                 !(variables->modifiers & TREE_MOD_LATE);
      break;
    }
    default:
      break;
  }
  if (!is_right) il_parse_report_found(p, DIAG_UNEXPECTED_TOKEN);
}

static TreeNode *parse_for_in(Parser *p, uint32_t start, bool is_await,
                              TreeNode *variable) {
  TreeForIn *node = NEW_NODE(p, ForIn, FOR_IN, start);
  node->is_await = is_await;
  check_for_in_variable(p, variable);
  // A constant would lack its value, which was reported already.
  node->variable = variable;
  advance(p);
  node->iterable = il_parse_expression(p);
  return FINISH(p, node);
}

static TreeNode *parse_for_parts(Parser *p, uint32_t start, bool is_await,
                                 TreeNode *init) {
  TreeFor *node = NEW_NODE(p, For, FOR, start);
  node->init = init;
  if (is_await) il_parse_report_found(p, DIAG_UNEXPECTED_TOKEN);
  il_parse_expect(p, TOK_SEMICOLON);
  if (!is_here(p, TOK_SEMICOLON)) node->condition = il_parse_expression(p);
  il_parse_expect(p, TOK_SEMICOLON);
  uint32_t mark = mark_nodes(p);
  if (!is_here(p, TOK_CLOSE_PAREN)) {
    do {
      push_node(p, il_parse_expression(p));
    } while (accept(p, TOK_COMMA));
  }
  node->updates = il_parse_take_nodes(p, mark);
  return FINISH(p, node);
}

TreeNode *il_parse_for_head(Parser *p, uint32_t start, bool is_await) {
  uint32_t close = is_here(p, TOK_OPEN_PAREN) ? token_here(p)->value : 0;
  il_parse_expect(p, TOK_OPEN_PAREN);
  Brackets saved = enter_brackets(p);
  TreeNode *init = parse_for_init(p);
  TreeNode *node = init && is_here(p, TOK_IN)
                       ? parse_for_in(p, start, is_await, init)
                       : parse_for_parts(p, start, is_await, init);
  leave_brackets(p, saved);
  if (!accept(p, TOK_CLOSE_PAREN)) {
    il_parse_expect(p, TOK_CLOSE_PAREN);
    if (close != 0 && !p->is_aborted && p->at <= close) p->at = close + 1;
  }
  return node;
}

static TreeNode *parse_for(Parser *p) {
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
  TreeNode *body = parse_loop_body(p);
  if (node->kind == TREE_FOR) {
    ((TreeFor *)node)->body = body;
  } else {
    ((TreeForIn *)node)->body = body;
  }
  return finish_node(p, node);
}

// ---- Switch ---------------------------------------------------------------

// A `continue` may go to a case further down, so the labels of all cases are
// known before the first one: names and colons before `case` or `default`.
static void push_case_labels(Parser *p, uint32_t open) {
  uint32_t close = p->tokens[open].value;
  for (uint32_t at = open + 1; at < close;) {
    TokenKind kind = kind_at(p, at);
    if (kind == TOK_OPEN_BRACE || kind == TOK_OPEN_PAREN ||
        kind == TOK_OPEN_BRACKET) {
      uint32_t next = skip_brackets(p, at);
      at = next != 0 ? next : at + 1;
      continue;
    }
    if (il_token_is_identifier(kind) && kind_at(p, at + 1) == TOK_COLON) {
      uint32_t after = at + 2;
      while (is_identifier_at(p, after) && kind_at(p, after + 1) == TOK_COLON) {
        after += 2;
      }
      if (kind_at(p, after) == TOK_CASE || kind_at(p, after) == TOK_DEFAULT) {
        for (; at < after; at += 2) {
          Label label = {.name = p->tokens[at].value, .is_case = true};
          il_vec_push(&p->labels, label);
        }
        continue;
      }
    }
    at++;
  }
}

static bool is_case_here(const Parser *p) {
  uint32_t at = p->at;
  while (is_identifier_at(p, at) && kind_at(p, at + 1) == TOK_COLON) at += 2;
  return kind_at(p, at) == TOK_CASE || kind_at(p, at) == TOK_DEFAULT;
}

static TreeNames parse_labels(Parser *p) {
  uint32_t mark = mark_names(p);
  while (is_identifier_at(p, p->at) && kind_next(p) == TOK_COLON) {
    push_name(p, il_parse_identifier(p));
    advance(p);
  }
  return il_parse_take_names(p, mark);
}

static void parse_case_pattern(Parser *p, TreeSwitchCase *node) {
  if (p->version >= IL_VERSION(3, 0)) {
    node->pattern = il_parse_pattern(p, PATTERN_MATCHING);
    node->guard = il_parse_guard(p);
    return;
  }
  TreeConstantPattern *pattern =
      NEW_NODE(p, ConstantPattern, CONSTANT_PATTERN, start_here(p));
  pattern->value = il_parse_expression(p);
  node->pattern = FINISH(p, pattern);
}

static TreeNode *parse_case(Parser *p, bool *has_default) {
  TreeSwitchCase *node = NEW_NODE(p, SwitchCase, SWITCH_CASE, start_here(p));
  node->labels = parse_labels(p);
  if (is_here(p, TOK_DEFAULT)) {
    if (*has_default) report_here(p, DIAG_DUPLICATE_DEFAULT);
    *has_default = true;
    advance(p);
  } else {
    if (*has_default) report_here(p, DIAG_DEFAULT_NOT_LAST);
    advance(p);
    parse_case_pattern(p, node);
  }
  il_parse_expect(p, TOK_COLON);
  uint32_t mark = mark_nodes(p);
  while (!is_here(p, TOK_CLOSE_BRACE) && !is_here(p, TOK_END) &&
         !is_case_here(p)) {
    uint32_t before = p->at;
    push_node(p, parse_statement(p));
    if (p->at == before) advance(p);
  }
  node->statements = il_parse_take_nodes(p, mark);
  return FINISH(p, node);
}

static TreeNode *parse_switch(Parser *p) {
  TreeSwitch *node = NEW_NODE(p, Switch, SWITCH, start_here(p));
  advance(p);
  node->value = parse_condition(p);
  uint32_t first_label = p->labels.count;
  if (is_here(p, TOK_OPEN_BRACE)) push_case_labels(p, p->at);
  uint32_t mark = mark_nodes(p);
  p->body.break_depth++;
  if (il_parse_expect(p, TOK_OPEN_BRACE)) {
    bool has_default = false;
    while (!is_here(p, TOK_CLOSE_BRACE) && !is_here(p, TOK_END)) {
      if (is_case_here(p)) {
        push_node(p, parse_case(p, &has_default));
        continue;
      }
      report_here(p, DIAG_EXPECTED_TOKEN, "case",
                  il_parse_token_text(p, p->at));
      uint32_t before = p->at;
      parse_statement(p);
      if (p->at == before) advance(p);
    }
    il_parse_expect(p, TOK_CLOSE_BRACE);
  }
  p->body.break_depth--;
  p->labels.count = first_label;
  node->cases = il_parse_take_nodes(p, mark);
  return FINISH(p, node);
}

// ---- Jumps ----------------------------------------------------------------

static const Label *find_label(const Parser *p, Name name) {
  for (uint32_t i = p->labels.count; i-- > p->body.first_label;) {
    if (p->labels.items[i].name == name) return &p->labels.items[i];
  }
  return NULL;
}

static TreeName parse_jump_label(Parser *p, bool is_continue) {
  const char *word = is_continue ? "continue" : "break";
  TreeName name = il_parse_identifier(p);
  if (name.name == NAME_NONE) return name;
  const Label *label = find_label(p, name.name);
  bool is_right = label && (is_continue ? label->is_loop || label->is_case
                                        : !label->is_case);
  if (!is_right) {
    report_name(p, name, DIAG_UNKNOWN_LABEL, il_name_text(p->names, name.name),
                word);
  }
  return name;
}

static TreeNode *parse_break(Parser *p) {
  TreeBreak *node = NEW_NODE(p, Break, BREAK, start_here(p));
  uint32_t index = p->at;
  advance(p);
  if (is_identifier_at(p, p->at)) {
    node->label = parse_jump_label(p, false);
  } else if (p->body.break_depth == 0) {
    report_at(p, index, DIAG_INVALID_BREAK, "break", "a loop or switch");
  }
  expect_statement_end(p);
  return FINISH(p, node);
}

static TreeNode *parse_continue(Parser *p) {
  TreeContinue *node = NEW_NODE(p, Continue, CONTINUE, start_here(p));
  uint32_t index = p->at;
  advance(p);
  if (is_identifier_at(p, p->at)) {
    node->label = parse_jump_label(p, true);
  } else if (p->body.loop_depth == 0) {
    report_at(p, index, DIAG_INVALID_BREAK, "continue", "a loop");
  }
  expect_statement_end(p);
  return FINISH(p, node);
}

static TreeNode *parse_return(Parser *p) {
  TreeReturn *node = NEW_NODE(p, Return, RETURN, start_here(p));
  advance(p);
  if (!is_here(p, TOK_SEMICOLON)) {
    uint32_t index = p->at;
    node->value = il_parse_expression(p);
    if (p->body.async == TREE_SYNC_STAR || p->body.async == TREE_ASYNC_STAR) {
      report_at(p, index, DIAG_RETURN_IN_GENERATOR);
    } else if (p->body.is_constructor) {
      report_at(p, index, DIAG_UNEXPECTED_TOKEN, il_parse_token_text(p, index));
    }
  }
  expect_statement_end(p);
  return FINISH(p, node);
}

static TreeNode *parse_rethrow(Parser *p) {
  if (p->body.catch_depth == 0) report_here(p, DIAG_INVALID_RETHROW);
  TreeRethrow *node = NEW_NODE(p, Rethrow, RETHROW, start_here(p));
  advance(p);
  expect_statement_end(p);
  return FINISH(p, node);
}

static bool is_generator(const Parser *p) {
  return p->body.async == TREE_SYNC_STAR || p->body.async == TREE_ASYNC_STAR;
}

// In a function that is no generator `yield` is an identifier, unless the next
// token cannot follow one.
static bool is_yield_here(const Parser *p) {
  if (p->body.async != TREE_SYNC) return true;
  TokenKind next = kind_next(p);
  if (il_parse_is_operand_only(next)) return true;
  return next != TOK_AS && il_token_is_identifier(next) &&
         kind_at(p, p->at + 2) == TOK_SEMICOLON;
}

static TreeNode *parse_yield(Parser *p) {
  TreeYield *node = NEW_NODE(p, Yield, YIELD, start_here(p));
  if (!is_generator(p)) report_here(p, DIAG_INVALID_YIELD);
  advance(p);
  node->is_each = accept(p, TOK_STAR);
  node->value = il_parse_expression(p);
  expect_statement_end(p);
  return FINISH(p, node);
}

// ---- Try ------------------------------------------------------------------

static TreeNode *parse_catch(Parser *p) {
  TreeCatch *node = NEW_NODE(p, Catch, CATCH, start_here(p));
  if (accept(p, TOK_ON)) node->type = il_parse_type(p);
  if (accept(p, TOK_CATCH)) {
    il_parse_expect(p, TOK_OPEN_PAREN);
    node->exception = il_parse_identifier(p);
    if (accept(p, TOK_COMMA) && !is_here(p, TOK_CLOSE_PAREN)) {
      node->stack_trace = il_parse_identifier(p);
      accept(p, TOK_COMMA);
      bool is_wildcard = node->exception.name == NAME_wildcard &&
                         p->version >= IL_VERSION(3, 7);
      if (node->stack_trace.name == node->exception.name && !is_wildcard) {
        report_name(p, node->stack_trace, DIAG_DUPLICATE_NAME,
                    il_name_text(p->names, node->stack_trace.name));
      }
    }
    il_parse_expect(p, TOK_CLOSE_PAREN);
  }
  p->body.catch_depth++;
  node->body = il_parse_block(p);
  p->body.catch_depth--;
  return FINISH(p, node);
}

static TreeNode *parse_try(Parser *p) {
  TreeTry *node = NEW_NODE(p, Try, TRY, start_here(p));
  uint32_t index = p->at;
  advance(p);
  node->body = il_parse_block(p);
  uint32_t mark = mark_nodes(p);
  while (is_here(p, TOK_CATCH) || is_here(p, TOK_ON)) {
    push_node(p, parse_catch(p));
  }
  node->catches = il_parse_take_nodes(p, mark);
  if (accept(p, TOK_FINALLY)) {
    node->finally = il_parse_block(p);
  } else if (node->catches.count == 0) {
    report_at(p, index, DIAG_TRY_WITHOUT_CATCH);
  }
  return FINISH(p, node);
}

// ---- The rest -------------------------------------------------------------

TreeNode *il_parse_assert(Parser *p) {
  TreeAssert *node = NEW_NODE(p, Assert, ASSERT, start_here(p));
  advance(p);
  il_parse_expect(p, TOK_OPEN_PAREN);
  Brackets saved = enter_brackets(p);
  node->condition = il_parse_expression(p);
  if (accept(p, TOK_COMMA) && !is_here(p, TOK_CLOSE_PAREN)) {
    node->message = il_parse_expression(p);
    accept(p, TOK_COMMA);
  }
  leave_brackets(p, saved);
  il_parse_expect(p, TOK_CLOSE_PAREN);
  return FINISH(p, node);
}

static bool is_loop_here(const Parser *p) {
  switch (kind_here(p)) {
    case TOK_FOR:
    case TOK_WHILE:
    case TOK_DO:
      return true;
    case TOK_AWAIT:
      return kind_next(p) == TOK_FOR;
    default:
      return false;
  }
}

static TreeNode *parse_labeled(Parser *p) {
  TreeLabeled *node = NEW_NODE(p, Labeled, LABELED, start_here(p));
  uint32_t first_label = p->labels.count;
  node->labels = parse_labels(p);
  bool is_loop = is_loop_here(p);
  for (uint32_t i = 0; i < node->labels.count; i++) {
    Label label = {.name = node->labels.items[i].name, .is_loop = is_loop};
    il_vec_push(&p->labels, label);
  }
  node->statement = parse_statement(p);
  p->labels.count = first_label;
  return FINISH(p, node);
}

static TreeNode *parse_expression_statement(Parser *p) {
  TreeExpressionStatement *node =
      NEW_NODE(p, ExpressionStatement, EXPRESSION_STATEMENT, start_here(p));
  // A keyword that begins no expression begins no statement either here.
  if (is_here(p, TOK_DOT)) il_parse_report_found(p, DIAG_EXPECTED_STATEMENT);
  node->expression = il_parse_expression(p);
  expect_statement_end(p);
  return FINISH(p, node);
}

static TreeNode *parse_declaration_or_expression(Parser *p) {
  uint32_t start = start_here(p);
  bool has_metadata = is_here(p, TOK_AT);
  TreeList metadata = il_parse_metadata(p);
  TreeNode *node = il_parse_local_declaration(p, start, metadata);
  if (!node) {
    if (has_metadata) report_here(p, DIAG_INVALID_METADATA);
    return parse_expression_statement(p);
  }
  if (node->kind != TREE_FUNCTION) expect_statement_end(p);
  return finish_node(p, node);
}

// ---- Dispatch -------------------------------------------------------------

// `{` begins a block, except as the map pattern of an assignment.
static TreeNode *parse_brace(Parser *p) {
  uint32_t after = skip_brackets(p, p->at);
  if (after != 0 && kind_at(p, after) == TOK_ASSIGN) {
    return parse_expression_statement(p);
  }
  return &il_parse_block(p)->base;
}

static TreeNode *parse_empty(Parser *p) {
  TreeEmpty *node = NEW_NODE(p, Empty, EMPTY, start_here(p));
  advance(p);
  return FINISH(p, node);
}

static TreeNode *parse_assert_statement(Parser *p) {
  TreeNode *node = il_parse_assert(p);
  expect_statement_end(p);
  return finish_node(p, node);
}

// `await x` is no declaration, though outside of async functions `await` might
// be a type: then what follows must look like one.
static bool is_await_statement(const Parser *p) {
  if (p->body.async != TREE_SYNC) return true;
  TokenKind behind = kind_at(p, p->at + 2);
  return is_identifier_at(p, p->at + 1) && kind_next(p) != TOK_AS &&
         behind != TOK_ASSIGN && behind != TOK_COMMA;
}

// Statements that begin with an identifier or anything without its own rule.
static TreeNode *parse_other(Parser *p) {
  if (is_identifier_at(p, p->at) && kind_next(p) == TOK_COLON) {
    return parse_labeled(p);
  }
  if (is_here(p, TOK_AWAIT) && kind_next(p) == TOK_FOR) return parse_for(p);
  if (is_here(p, TOK_YIELD) && is_yield_here(p)) return parse_yield(p);
  if (is_here(p, TOK_AWAIT) && is_await_statement(p)) {
    return parse_expression_statement(p);
  }
  return parse_declaration_or_expression(p);
}

static TreeNode *parse_any(Parser *p) {
  switch (kind_here(p)) {
    case TOK_OPEN_BRACE:
      return parse_brace(p);
    case TOK_SEMICOLON:
      return parse_empty(p);
    case TOK_ASSERT:
      return parse_assert_statement(p);
    case TOK_BREAK:
      return parse_break(p);
    case TOK_CONTINUE:
      return parse_continue(p);
    case TOK_DO:
      return parse_do(p);
    case TOK_FOR:
      return parse_for(p);
    case TOK_IF:
      return parse_if(p);
    case TOK_RETHROW:
      return parse_rethrow(p);
    case TOK_RETURN:
      return parse_return(p);
    case TOK_SWITCH:
      return parse_switch(p);
    case TOK_TRY:
      return parse_try(p);
    case TOK_WHILE:
      return parse_while(p);
    default:
      return parse_other(p);
  }
}

static TreeNode *parse_statement(Parser *p) {
  if (!il_parse_enter(p)) return il_parse_error_node(p);
  TreeNode *node = parse_any(p);
  leave_level(p);
  return node;
}

// ---- Blocks and bodies ----------------------------------------------------

TreeBlock *il_parse_block(Parser *p) {
  TreeBlock *node = NEW_NODE(p, Block, BLOCK, start_here(p));
  if (!il_parse_expect(p, TOK_OPEN_BRACE)) return node;
  Brackets saved = enter_brackets(p);
  uint32_t mark = mark_nodes(p);
  while (!is_here(p, TOK_CLOSE_BRACE) && !is_here(p, TOK_END)) {
    uint32_t before = p->at;
    push_node(p, parse_statement(p));
    if (p->at == before) {
      il_parse_report_found(p, DIAG_EXPECTED_STATEMENT);
      advance(p);
    }
  }
  node->statements = il_parse_take_nodes(p, mark);
  leave_brackets(p, saved);
  il_parse_expect(p, TOK_CLOSE_BRACE);
  FINISH(p, node);
  return node;
}

bool il_parse_is_body_at(const Parser *p, uint32_t index) {
  switch (kind_at(p, index)) {
    case TOK_ARROW:
    case TOK_OPEN_BRACE:
      return true;
    case TOK_ASYNC:
    case TOK_SYNC: {
      TokenKind next = kind_at(p, index + 1);
      return next == TOK_STAR || next == TOK_OPEN_BRACE || next == TOK_ARROW;
    }
    default:
      return false;
  }
}

// async, async*, sync*; the index of the word in *index.
static TreeAsync parse_async_mark(Parser *p) {
  if (accept(p, TOK_ASYNC)) {
    return accept(p, TOK_STAR) ? TREE_ASYNC_STAR : TREE_ASYNC;
  }
  if (!is_here(p, TOK_SYNC)) return TREE_SYNC;
  advance(p);
  if (!il_parse_expect(p, TOK_STAR)) return TREE_SYNC;
  return TREE_SYNC_STAR;
}

static TreeNode *parse_arrow_body(Parser *p, BodyForm form) {
  if (p->body.async == TREE_SYNC_STAR || p->body.async == TREE_ASYNC_STAR) {
    report_here(p, DIAG_STAR_WITH_ARROW);
  }
  advance(p);
  if (form == BODY_EXPRESSION) {
    return il_parse_expression(p);
  }
  Brackets saved = enter_brackets(p);
  TreeNode *node = il_parse_expression(p);
  leave_brackets(p, saved);
  expect_statement_end(p);
  return node;
}

static TreeNode *parse_missing_body(Parser *p, BodyForm form) {
  if (form != BODY_MAY_MISS) {
    il_parse_report_found(p, DIAG_EXPECTED_BODY);
    accept(p, TOK_SEMICOLON);
  } else if (!accept(p, TOK_SEMICOLON)) {
    il_parse_report_found(p, DIAG_EXPECTED_BODY);
    // `=` or words between the parameters and a body.
    if (is_here(p, TOK_ASSIGN)) skip_to_statement_end(p);
  }
  return NULL;
}

FunctionBody il_parse_function_body(Parser *p, BodyForm form, ThisKind kind,
                                    bool is_constructor) {
  FunctionBody result = {0};
  BodyContext saved = p->body;
  result.async = parse_async_mark(p);
  p->body = (BodyContext){.async = result.async,
                          .is_function = true,
                          .is_constructor = is_constructor,
                          .first_label = p->labels.count,
                          .this_kind = kind};
  if (is_here(p, TOK_OPEN_BRACE)) {
    TreeBlock *block = il_parse_block(p);
    result.body = &block->base;
  } else if (is_here(p, TOK_ARROW)) {
    result.is_arrow = true;
    result.body = parse_arrow_body(p, form);
  } else {
    result.body = parse_missing_body(p, form);
  }
  p->body = saved;
  return result;
}
