// parse_local.c: variables and functions inside of functions, and how they are
// told from expressions. In order: variables, patterns, functions, entry.

#include "syntax/parse.h"

// ---- Variables ------------------------------------------------------------

TreeList il_parse_variable_list(Parser *p) {
  uint32_t mark = mark_nodes(p);
  do {
    TreeVariable *node = NEW_NODE(p, Variable, VARIABLE, start_here(p));
    node->name = il_parse_identifier(p);
    if (accept(p, TOK_ASSIGN)) node->initializer = il_parse_expression(p);
    push_node(p, FINISH(p, node));
  } while (accept(p, TOK_COMMA));
  return il_parse_take_nodes(p, mark);
}

void il_parse_check_constants(Parser *p, uint32_t modifiers, TreeList items) {
  if (!(modifiers & TREE_MOD_CONST)) return;
  for (uint32_t i = 0; i < items.count; i++) {
    TreeVariable *one = (TreeVariable *)items.items[i];
    if (one->initializer || one->name.name == NAME_NONE) continue;
    report_name(p, one->name, DIAG_MISSING_INITIALIZER, "constant",
                il_name_text(p->names, one->name.name));
  }
}

// `late`, then one of `var`, `final`, `const`. Only modifiers that modify are
// taken: `late` may be a name.
static uint32_t parse_variable_modifiers(Parser *p) {
  uint32_t modifiers = 0;
  for (;;) {
    uint32_t bit;
    switch (kind_here(p)) {
      case TOK_LATE:
        bit = TREE_MOD_LATE;
        break;
      case TOK_VAR:
        bit = TREE_MOD_VAR;
        break;
      case TOK_FINAL:
        bit = TREE_MOD_FINAL;
        break;
      case TOK_CONST:
        bit = TREE_MOD_CONST;
        break;
      default:
        return modifiers;
    }
    if (bit == TREE_MOD_LATE && !il_token_is_word(kind_next(p)) &&
        kind_next(p) != TOK_OPEN_PAREN) {
      return modifiers;
    }
    Text text = il_parse_token_text(p, p->at);
    const uint32_t kinds = TREE_MOD_VAR | TREE_MOD_FINAL | TREE_MOD_CONST;
    if (modifiers & bit) {
      report_here(p, DIAG_DUPLICATE_MODIFIER, text);
    } else if (bit != TREE_MOD_LATE && (modifiers & kinds)) {
      report_here(p, DIAG_MODIFIER_CONFLICT, text, "var', 'final' or 'const");
    } else if (bit == TREE_MOD_LATE && (modifiers & kinds)) {
      report_here(p, DIAG_MODIFIER_ORDER, text, "var' or 'final");
    } else if (bit == TREE_MOD_CONST && (modifiers & TREE_MOD_LATE)) {
      report_here(p, DIAG_MODIFIER_CONFLICT, text, "late");
    }
    modifiers |= bit;
    advance(p);
  }
}

// A type here, if a name follows it.
static TreeNode *parse_optional_type(Parser *p, uint32_t modifiers) {
  uint32_t after = il_parse_skip_type(p, p->at);
  if (after == 0 || !is_identifier_at(p, after)) {
    if (!is_here(p, TOK_VOID)) return NULL;
  }
  if (modifiers & TREE_MOD_VAR) report_here(p, DIAG_VAR_WITH_TYPE);
  return il_parse_type(p);
}

// From the modifiers up to, without, the `;`.
static TreeNode *parse_variables(Parser *p, uint32_t start, TreeList metadata) {
  TreeVariables *node = NEW_NODE(p, Variables, VARIABLES, start);
  node->metadata = metadata;
  node->modifiers = parse_variable_modifiers(p);
  node->type = parse_optional_type(p, node->modifiers);
  node->items = il_parse_variable_list(p);
  il_parse_check_constants(p, node->modifiers, node->items);
  return FINISH(p, node);
}

// Whether `var` or `final` at index begins a pattern: an outer pattern and `=`
// or `in`.
static bool is_pattern_declaration(const Parser *p, uint32_t index) {
  if (kind_at(p, index) != TOK_VAR && kind_at(p, index) != TOK_FINAL) {
    return false;
  }
  uint32_t after = il_parse_skip_outer_pattern(p, index + 1);
  if (after == 0) return false;
  if (kind_at(p, after) == TOK_ASSIGN || kind_at(p, after) == TOK_IN) {
    return true;
  }
  TokenKind first = kind_at(p, index + 1);
  return first == TOK_OPEN_BRACKET || first == TOK_OPEN_BRACE;
}

// At `var` or `final`; without a value in the head of a for-in.
static TreeNode *parse_pattern_variables(Parser *p, uint32_t start,
                                         TreeList metadata) {
  TreePatternVariables *node =
      NEW_NODE(p, PatternVariables, PATTERN_VARIABLES, start);
  node->metadata = metadata;
  node->modifiers = is_here(p, TOK_VAR) ? TREE_MOD_VAR : TREE_MOD_FINAL;
  advance(p);
  il_parse_require(p, p->at, IL_VERSION(3, 0), "A pattern");
  node->pattern = il_parse_outer_pattern(p, PATTERN_DECLARATION);
  if (!is_here(p, TOK_IN)) {
    il_parse_expect(p, TOK_ASSIGN);
    node->value = il_parse_expression(p);
  }
  return FINISH(p, node);
}

// ---- Local declarations ---------------------------------------------------

// Whether a function begins at its name at index.
static bool is_function_name(const Parser *p, uint32_t index) {
  if (!is_identifier_at(p, index)) return false;
  index++;
  if (kind_at(p, index) == TOK_LESS) {
    index = il_parse_skip_type_parameters(p, index);
    if (index == 0) return false;
  }
  if (kind_at(p, index) != TOK_OPEN_PAREN) return false;
  index = skip_brackets(p, index);
  return index != 0 && il_parse_is_body_at(p, index);
}

// Whether the name at index ends a declaration's head; `is_nullable` when the
// type before it ended in `?`.
static bool is_declared_name(const Parser *p, uint32_t index,
                             bool is_nullable) {
  if (!is_identifier_at(p, index)) return false;
  TokenKind next = kind_at(p, index + 1);
  if (kind_at(p, index) == TOK_AS) {
    return next == TOK_ASSIGN || next == TOK_SEMICOLON || next == TOK_COMMA ||
           is_function_name(p, index);
  }
  // `() async {...}` is a function expression.
  if (il_parse_is_body_at(p, index)) return false;
  if (!is_nullable) return true;
  switch (next) {
    case TOK_SEMICOLON:
    case TOK_COMMA:
    case TOK_IN:
      return true;
    // A conditional has its colon before the statement ends.
    case TOK_ASSIGN:
      return !il_parse_has_colon(p, index + 2, 0);
    case TOK_OPEN_PAREN: {
      uint32_t after = skip_brackets(p, index + 1);
      return after != 0 && il_parse_is_body_at(p, after);
    }
    case TOK_LESS: {
      uint32_t after = il_parse_skip_type_parameters(p, index + 1);
      return after != 0 && kind_at(p, after) == TOK_OPEN_PAREN;
    }
    default:
      return false;
  }
}

// The index of the name of a declaration with a type here, or 0.
static uint32_t find_declared_name(const Parser *p) {
  if (!is_identifier_at(p, p->at) && !is_here(p, TOK_VOID) &&
      !is_here(p, TOK_OPEN_PAREN)) {
    return 0;
  }
  uint32_t after = il_parse_skip_type(p, p->at);
  if (after == 0) return 0;
  bool is_nullable = kind_at(p, after - 1) == TOK_QUESTION;
  return is_declared_name(p, after, is_nullable) ? after : 0;
}

static TreeNode *parse_local_function(Parser *p, uint32_t start,
                                      TreeList metadata, bool has_type) {
  TreeFunction *node = NEW_NODE(p, Function, FUNCTION, start);
  node->metadata = metadata;
  if (has_type) node->return_type = il_parse_type(p);
  node->name = il_parse_identifier(p);
  node->type_parameters = il_parse_type_parameters(p);
  node->parameters = il_parse_parameters(p, PARAMETERS_CLOSURE);
  FunctionBody body =
      il_parse_function_body(p, BODY_NEEDED, p->body.this_kind, false);
  node->async = body.async;
  node->is_arrow = body.is_arrow;
  node->body = body.body;
  return FINISH(p, node);
}

// Whether `const` here declares a variable and does not begin an expression.
static bool is_const_declaration(const Parser *p) {
  uint32_t at = p->at + 1;
  if (is_identifier_at(p, at) && (kind_at(p, at + 1) == TOK_ASSIGN ||
                                  kind_at(p, at + 1) == TOK_SEMICOLON ||
                                  kind_at(p, at + 1) == TOK_COMMA)) {
    return true;
  }
  uint32_t after = il_parse_skip_type(p, at);
  return after != 0 && is_identifier_at(p, after) &&
         kind_at(p, after) != TOK_AS;
}

static bool is_late_declaration(const Parser *p) {
  TokenKind next = kind_next(p);
  if (next == TOK_VAR || next == TOK_FINAL || next == TOK_CONST) return true;
  uint32_t after = il_parse_skip_type(p, p->at + 1);
  return after != 0 && is_identifier_at(p, after) &&
         kind_at(p, after) != TOK_AS;
}

TreeNode *il_parse_local_declaration(Parser *p, uint32_t start,
                                     TreeList metadata) {
  TokenKind kind = kind_here(p);
  if (is_pattern_declaration(p, p->at)) {
    return parse_pattern_variables(p, start, metadata);
  }
  if (kind == TOK_VAR || kind == TOK_FINAL ||
      (kind == TOK_CONST && is_const_declaration(p)) ||
      (kind == TOK_LATE && is_late_declaration(p))) {
    return parse_variables(p, start, metadata);
  }
  uint32_t name = find_declared_name(p);
  if (name != 0) {
    TokenKind next = kind_at(p, name + 1);
    if (next == TOK_OPEN_PAREN || next == TOK_LESS) {
      return parse_local_function(p, start, metadata, true);
    }
    if (kind_at(p, name) == TOK_GET && is_identifier_at(p, name + 1)) {
      p->at = name;
      il_parse_report_found(p, DIAG_UNEXPECTED_TOKEN);
    }
    return parse_variables(p, start, metadata);
  }
  if (is_function_name(p, p->at)) {
    return parse_local_function(p, start, metadata, false);
  }
  return NULL;
}
