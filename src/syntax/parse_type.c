// parse_type.c: types, type parameters and formal parameters. In order:
// looking ahead, type arguments, record types, function types, types, type
// parameters, parameters.

#include "syntax/parse.h"

// ---- Looking ahead --------------------------------------------------------
// The depth of these recursions is bounded by IL_TREE_MAX_DEPTH as well.

static uint32_t skip_type(const Parser *p, uint32_t at, uint32_t depth);

static uint32_t skip_type_arguments(const Parser *p, uint32_t at,
                                    uint32_t depth) {
  if (kind_at(p, at) != TOK_LESS) return 0;
  at++;
  for (;;) {
    at = il_parse_skip_metadata(p, at);
    at = skip_type(p, at, depth + 1);
    if (at == 0) return 0;
    if (kind_at(p, at) == TOK_GREATER) return at + 1;
    if (kind_at(p, at) != TOK_COMMA) return 0;
    at++;
  }
}

static uint32_t skip_type_parameters(const Parser *p, uint32_t at,
                                     uint32_t depth) {
  if (kind_at(p, at) != TOK_LESS) return 0;
  at++;
  for (;;) {
    at = il_parse_skip_metadata(p, at);
    if (!is_identifier_at(p, at)) return 0;
    at++;
    if (kind_at(p, at) == TOK_EXTENDS) {
      at = skip_type(p, at + 1, depth + 1);
      if (at == 0) return 0;
    }
    if (kind_at(p, at) == TOK_GREATER) return at + 1;
    if (kind_at(p, at) != TOK_COMMA) return 0;
    at++;
  }
}

// One `type name?` of a record type.
static uint32_t skip_record_field(const Parser *p, uint32_t at, bool is_named,
                                  uint32_t depth) {
  at = il_parse_skip_metadata(p, at);
  at = skip_type(p, at, depth + 1);
  if (at == 0) return 0;
  if (is_identifier_at(p, at)) return at + 1;
  return is_named ? 0 : at;
}

static uint32_t skip_record_fields(const Parser *p, uint32_t at, uint32_t close,
                                   bool is_named, uint32_t depth) {
  while (at < close) {
    if (!is_named && kind_at(p, at) == TOK_OPEN_BRACE) {
      uint32_t brace = p->tokens[at].value;
      if (brace == 0 || brace + 1 != close) return 0;
      return skip_record_fields(p, at + 1, brace, true, depth) ? close : 0;
    }
    at = skip_record_field(p, at, is_named, depth);
    if (at == 0) return 0;
    if (at == close) return close;
    if (kind_at(p, at) != TOK_COMMA) return 0;
    at++;
  }
  return at == close ? close : 0;
}

static uint32_t skip_record_type(const Parser *p, uint32_t at, uint32_t depth) {
  uint32_t close = p->tokens[at].value;
  if (close == 0) return 0;
  return skip_record_fields(p, at + 1, close, false, depth) ? close + 1 : 0;
}

// `Function` and its parameter list; 0 when it is a mere name.
static uint32_t skip_function_tail(const Parser *p, uint32_t at,
                                   uint32_t depth) {
  if (kind_at(p, at) != TOK_FUNCTION) return 0;
  at++;
  if (kind_at(p, at) == TOK_LESS) {
    at = skip_type_parameters(p, at, depth);
    if (at == 0) return 0;
  }
  return kind_at(p, at) == TOK_OPEN_PAREN ? skip_brackets(p, at) : 0;
}

static uint32_t skip_named_type(const Parser *p, uint32_t at, uint32_t depth) {
  if (!is_identifier_at(p, at)) return 0;
  at++;
  if (kind_at(p, at) == TOK_DOT && is_identifier_at(p, at + 1)) at += 2;
  if (kind_at(p, at) == TOK_LESS) {
    return skip_type_arguments(p, at, depth);
  }
  return at;
}

static uint32_t skip_type(const Parser *p, uint32_t at, uint32_t depth) {
  if (depth > IL_TREE_MAX_DEPTH) return 0;
  uint32_t tail = skip_function_tail(p, at, depth);
  if (tail == 0) {
    switch (kind_at(p, at)) {
      case TOK_VOID:
        at++;
        break;
      case TOK_OPEN_PAREN:
        at = skip_record_type(p, at, depth);
        break;
      default:
        at = skip_named_type(p, at, depth);
    }
    if (at == 0) return 0;
  } else {
    at = tail;
  }
  for (;;) {
    if (kind_at(p, at) == TOK_QUESTION) at++;
    tail = skip_function_tail(p, at, depth);
    if (tail == 0) return at;
    at = tail;
  }
}

uint32_t il_parse_skip_type(const Parser *p, uint32_t index) {
  return skip_type(p, index, 0);
}

uint32_t il_parse_skip_named_type(const Parser *p, uint32_t index) {
  return skip_named_type(p, index, 0);
}

uint32_t il_parse_skip_type_arguments(const Parser *p, uint32_t index) {
  return skip_type_arguments(p, index, 0);
}

uint32_t il_parse_skip_type_parameters(const Parser *p, uint32_t index) {
  return skip_type_parameters(p, index, 0);
}

// ---- Type arguments -------------------------------------------------------

TreeList il_parse_type_arguments(Parser *p) {
  uint32_t mark = mark_nodes(p);
  if (accept(p, TOK_LESS)) {
    do {
      // Metadata is allowed by the grammar of no type, but parsed for a
      // better message.
      if (is_here(p, TOK_AT)) {
        report_here(p, DIAG_INVALID_METADATA);
        il_parse_metadata(p);
      }
      push_node(p, il_parse_type(p));
    } while (accept(p, TOK_COMMA));
    il_parse_expect(p, TOK_GREATER);
  }
  return il_parse_take_nodes(p, mark);
}

// ---- Record types ---------------------------------------------------------

static TreeNode *parse_record_type_field(Parser *p, bool is_named) {
  TreeRecordTypeField *field =
      NEW_NODE(p, RecordTypeField, RECORD_TYPE_FIELD, start_here(p));
  field->metadata = il_parse_metadata(p);
  field->type = il_parse_type(p);
  if (is_named || is_identifier_at(p, p->at)) {
    field->name = il_parse_identifier(p);
  }
  return FINISH(p, field);
}

static TreeList parse_record_type_fields(Parser *p, bool is_named) {
  TokenKind close = is_named ? TOK_CLOSE_BRACE : TOK_CLOSE_PAREN;
  uint32_t mark = mark_nodes(p);
  while (!is_here(p, close) && !is_here(p, TOK_OPEN_BRACE)) {
    uint32_t before = p->at;
    push_node(p, parse_record_type_field(p, is_named));
    if (!accept(p, TOK_COMMA) || p->at == before) break;
  }
  return il_parse_take_nodes(p, mark);
}

static bool has_text_prefix(const Parser *p, Name name, char c) {
  Text text = il_name_text(p->names, name);
  return text.length > 0 && text.bytes[0] == c;
}

// Names of record fields: unique, public, not `$1` of a positional field.
static void check_record_type(Parser *p, const TreeRecordType *node) {
  TreeList lists[] = {node->positional, node->named};
  for (uint32_t l = 0; l < 2; l++) {
    for (uint32_t i = 0; i < lists[l].count; i++) {
      TreeRecordTypeField *field = (TreeRecordTypeField *)lists[l].items[i];
      if (field->name.name != NAME_NONE && l == 1 &&
          has_text_prefix(p, field->name.name, '_')) {
        report_name(p, field->name, DIAG_RECORD_FIELD,
                    "A named field of a record cannot be private.");
      }
    }
  }
}

static TreeNode *parse_record_type(Parser *p) {
  uint32_t index = p->at;
  TreeRecordType *node = NEW_NODE(p, RecordType, RECORD_TYPE, start_here(p));
  il_parse_require(p, index, IL_VERSION(3, 0), "A record type");
  advance(p);
  node->positional = parse_record_type_fields(p, false);
  bool has_comma = kind_at(p, p->at - 1) == TOK_COMMA;
  if (node->positional.count == 1 && !has_comma &&
      is_here(p, TOK_CLOSE_PAREN)) {
    report_here(p, DIAG_RECORD_FIELD,
                "A record type with one positional field needs a comma.");
  }
  if (is_here(p, TOK_OPEN_BRACE)) {
    if (node->positional.count > 0 && !has_comma) {
      il_parse_report_found(p, DIAG_UNEXPECTED_TOKEN);
    }
    advance(p);
    node->named = parse_record_type_fields(p, true);
    if (node->named.count == 0) {
      report_here(p, DIAG_RECORD_FIELD,
                  "The braces of a record type need at least one field.");
    }
    il_parse_expect(p, TOK_CLOSE_BRACE);
  }
  il_parse_expect(p, TOK_CLOSE_PAREN);
  check_record_type(p, node);
  return FINISH(p, node);
}

// ---- Function types and types ---------------------------------------------

// At `Function` with a parameter list.
static TreeNode *parse_function_type(Parser *p, TreeNode *return_type,
                                     uint32_t start) {
  TreeFunctionType *node = NEW_NODE(p, FunctionType, FUNCTION_TYPE, start);
  node->return_type = return_type;
  advance(p);
  node->type_parameters = il_parse_type_parameters(p);
  node->parameters = il_parse_parameters(p, PARAMETERS_TYPE);
  return FINISH(p, node);
}

static TreeNode *parse_simple_named_type(Parser *p) {
  TreeNamedType *node = NEW_NODE(p, NamedType, NAMED_TYPE, start_here(p));
  node->name = il_parse_identifier(p);
  if (is_here(p, TOK_DOT)) {
    advance(p);
    node->prefix = node->name;
    node->name = il_parse_identifier(p);
  }
  node->type_arguments = il_parse_type_arguments(p);
  return FINISH(p, node);
}

// Whether the `?` here ends a type in an expression, and does not begin a
// conditional: what follows decides, or the colon of the conditional.
static bool is_nullable_mark(const Parser *p) {
  if (!il_parse_is_conditional_at(p, p->at)) return true;
  return !il_parse_has_colon(p, p->at + 1, 0);
}

// Sets is_nullable if the type kind has it.
static void mark_nullable(Parser *p, TreeNode *type) {
  switch (type->kind) {
    case TREE_NAMED_TYPE:
      ((TreeNamedType *)type)->is_nullable = true;
      break;
    case TREE_FUNCTION_TYPE:
      ((TreeFunctionType *)type)->is_nullable = true;
      break;
    case TREE_RECORD_TYPE:
      ((TreeRecordType *)type)->is_nullable = true;
      break;
    default:
      report_here(p, DIAG_INVALID_NULLABLE);
  }
}

static bool is_function_tail_here(const Parser *p) {
  return skip_function_tail(p, p->at, 0) != 0;
}

static TreeNode *parse_primary_type(Parser *p) {
  uint32_t start = start_here(p);
  if (is_function_tail_here(p)) return parse_function_type(p, NULL, start);
  if (is_here(p, TOK_VOID)) {
    TreeVoidType *node = NEW_NODE(p, VoidType, VOID_TYPE, start);
    advance(p);
    return FINISH(p, node);
  }
  if (is_here(p, TOK_OPEN_PAREN)) return parse_record_type(p);
  if (is_identifier_at(p, p->at)) return parse_simple_named_type(p);
  il_parse_report_found(p, DIAG_EXPECTED_TYPE);
  TreeNamedType *node = NEW_NODE(p, NamedType, NAMED_TYPE, start);
  if (is_here(p, TOK_VAR) || is_here(p, TOK_FINAL)) advance(p);
  return &node->base;
}

static TreeNode *parse_type(Parser *p, bool is_in_expression) {
  if (!il_parse_enter(p)) return il_parse_error_node(p);
  uint32_t start = start_here(p);
  TreeNode *type = parse_primary_type(p);
  for (;;) {
    bool is_optional = is_in_expression && is_here(p, TOK_QUESTION) &&
                       skip_function_tail(p, p->at + 1, 0) == 0;
    if (is_here(p, TOK_QUESTION) && (!is_optional || is_nullable_mark(p))) {
      mark_nullable(p, type);
      advance(p);
      type->end = end_before(p);
    }
    if (!is_function_tail_here(p)) break;
    type = parse_function_type(p, type, start);
    if (!il_parse_deepen(p)) break;
  }
  leave_level(p);
  return type;
}

TreeNode *il_parse_type(Parser *p) { return parse_type(p, false); }

TreeNode *il_parse_type_in_expression(Parser *p) { return parse_type(p, true); }

TreeNamedType *il_parse_named_type(Parser *p) {
  uint32_t index = p->at;
  TreeNode *type = il_parse_type(p);
  if (type->kind != TREE_NAMED_TYPE) {
    report_at(p, index, DIAG_EXPECTED_TYPE, il_parse_token_text(p, index));
    return NEW_NODE(p, NamedType, NAMED_TYPE, type->start);
  }
  TreeNamedType *named = (TreeNamedType *)type;
  if (named->is_nullable) report_node(p, type, DIAG_INVALID_NULLABLE);
  return named;
}

TreeList il_parse_type_list(Parser *p) {
  uint32_t mark = mark_nodes(p);
  do {
    push_node(p, &il_parse_named_type(p)->base);
  } while (accept(p, TOK_COMMA));
  return il_parse_take_nodes(p, mark);
}

// ---- Type parameters ------------------------------------------------------

static void check_type_parameter_names(Parser *p, TreeList list) {
  for (uint32_t i = 0; i < list.count; i++) {
    TreeTypeParameter *one = (TreeTypeParameter *)list.items[i];
    bool is_wildcard =
        one->name.name == NAME_wildcard && p->version >= IL_VERSION(3, 7);
    for (uint32_t j = 0; j < i && i < 100 && !is_wildcard; j++) {
      TreeTypeParameter *other = (TreeTypeParameter *)list.items[j];
      if (other->name.name == one->name.name && one->name.name != NAME_NONE) {
        report_name(p, one->name, DIAG_DUPLICATE_NAME,
                    il_name_text(p->names, one->name.name));
        break;
      }
    }
  }
}

TreeList il_parse_type_parameters(Parser *p) {
  uint32_t mark = mark_nodes(p);
  if (!accept(p, TOK_LESS)) return il_parse_take_nodes(p, mark);
  do {
    TreeTypeParameter *node =
        NEW_NODE(p, TypeParameter, TYPE_PARAMETER, start_here(p));
    node->metadata = il_parse_metadata(p);
    node->name = il_parse_type_identifier(p);
    if (accept(p, TOK_EXTENDS)) node->bound = il_parse_type(p);
    push_node(p, FINISH(p, node));
  } while (accept(p, TOK_COMMA));
  il_parse_expect(p, TOK_GREATER);
  TreeList list = il_parse_take_nodes(p, mark);
  check_type_parameter_names(p, list);
  return list;
}

// ---- Parameters -----------------------------------------------------------

typedef struct ParameterWord {
  TokenKind token;
  TreeModifier modifier;
} ParameterWord;

static const ParameterWord parameter_words[] = {
    {TOK_REQUIRED, TREE_MOD_REQUIRED}, {TOK_COVARIANT, TREE_MOD_COVARIANT},
    {TOK_FINAL, TREE_MOD_FINAL},       {TOK_VAR, TREE_MOD_VAR},
    {TOK_CONST, TREE_MOD_CONST},       {TOK_LATE, TREE_MOD_LATE},
    {TOK_STATIC, TREE_MOD_STATIC},     {TOK_EXTERNAL, TREE_MOD_EXTERNAL},
    {TOK_ABSTRACT, TREE_MOD_ABSTRACT},
};

// Whether the word here modifies what follows, and is not the name or type of
// a parameter itself.
static bool is_parameter_modifier(const Parser *p) {
  if (il_token_class(kind_here(p)) == TOKEN_CLASS_RESERVED) return true;
  TokenKind next = kind_next(p);
  if (next == TOK_OPEN_PAREN) {
    uint32_t after = il_parse_skip_type(p, p->at + 1);
    return after != 0 &&
           (is_identifier_at(p, after) || kind_at(p, after) == TOK_THIS ||
            kind_at(p, after) == TOK_SUPER);
  }
  if (next == TOK_AT) return true;
  return il_token_is_word(next) && next != TOK_IN && next != TOK_IS;
}

static const ParameterWord *find_parameter_word(TokenKind kind) {
  for (uint32_t i = 0; i < IL_COUNT_OF(parameter_words); i++) {
    if (parameter_words[i].token == kind) return &parameter_words[i];
  }
  return NULL;
}

// The order is `required covariant final|var`; late, static, external and
// abstract are never right.
static void check_parameter_word(Parser *p, const ParameterWord *word,
                                 uint32_t before, ParameterPlace place) {
  Text text = il_parse_token_text(p, p->at);
  if (before & word->modifier) {
    report_here(p, DIAG_DUPLICATE_MODIFIER, text);
    return;
  }
  switch (word->modifier) {
    case TREE_MOD_REQUIRED:
      if (before) {
        report_here(p, DIAG_MODIFIER_ORDER, text,
                    before & TREE_MOD_COVARIANT ? "covariant" : "final");
      }
      break;
    case TREE_MOD_COVARIANT:
      if (before & (TREE_MOD_FINAL | TREE_MOD_VAR)) {
        report_here(p, DIAG_MODIFIER_ORDER, text, "final");
      } else if (place == PARAMETERS_TYPE) {
        report_here(p, DIAG_INVALID_MODIFIER, text);
      }
      break;
    case TREE_MOD_FINAL:
    case TREE_MOD_VAR:
      if (before & (TREE_MOD_FINAL | TREE_MOD_VAR)) {
        report_here(p, DIAG_MODIFIER_CONFLICT, text, "final' and 'var");
      } else if (place == PARAMETERS_TYPE) {
        report_here(p, DIAG_INVALID_MODIFIER, text);
      } else if (place == PARAMETERS_EXTENSION_TYPE &&
                 (word->modifier == TREE_MOD_VAR ||
                  p->version < IL_VERSION(3, 13))) {
        report_here(p, DIAG_INVALID_MODIFIER, text);
      } else if (place != PARAMETERS_PRIMARY &&
                 place != PARAMETERS_EXTENSION_TYPE &&
                 p->version >= IL_VERSION(3, 13)) {
        report_here(p, DIAG_INVALID_MODIFIER, text);
      }
      break;
    default:
      report_here(p, DIAG_INVALID_MODIFIER, text);
  }
}

static uint32_t parse_parameter_words(Parser *p, ParameterPlace place) {
  uint32_t modifiers = 0;
  for (;;) {
    const ParameterWord *word = find_parameter_word(kind_here(p));
    if (!word || !is_parameter_modifier(p)) return modifiers;
    check_parameter_word(p, word, modifiers, place);
    modifiers |= word->modifier;
    advance(p);
  }
}

// `int f<T>(T x)?`: the parameter's type becomes a function type.
static void parse_function_typed(Parser *p, TreeParameter *node) {
  if (!is_here(p, TOK_OPEN_PAREN) && !is_here(p, TOK_LESS)) return;
  TreeFunctionType *type =
      NEW_NODE(p, FunctionType, FUNCTION_TYPE, node->base.start);
  if (node->modifiers & (TREE_MOD_VAR | TREE_MOD_CONST)) {
    if (node->modifiers & TREE_MOD_CONST || !node->is_declaring) {
      report_here(p, DIAG_INVALID_PARAMETER,
                  "A function-typed parameter cannot be 'var' or 'const'.");
    }
  }
  type->return_type = node->type;
  type->type_parameters = il_parse_type_parameters(p);
  type->parameters = il_parse_parameters(p, PARAMETERS_OLD_TYPEDEF);
  type->is_nullable = accept(p, TOK_QUESTION);
  node->type = FINISH(p, type);
}

static bool is_constructor_place(ParameterPlace place) {
  return place == PARAMETERS_CONSTRUCTOR || place == PARAMETERS_PRIMARY ||
         place == PARAMETERS_EXTENSION_TYPE;
}

// At `this` or `super` before a dot.
static void parse_formal_prefix(Parser *p, TreeParameter *node,
                                ParameterPlace place) {
  bool is_this = is_here(p, TOK_THIS);
  if (is_this && !is_constructor_place(place)) {
    report_here(p, DIAG_INVALID_PARAMETER,
                "'this.' parameters belong to generative constructors only.");
  } else if (!is_this &&
             (!is_constructor_place(place) || p->class_kind == CLASS_ENUM ||
              p->class_kind == CLASS_EXTENSION_TYPE ||
              place == PARAMETERS_EXTENSION_TYPE)) {
    report_here(p, DIAG_INVALID_PARAMETER,
                "'super.' parameters belong to generative constructors only.");
  } else if (!is_this) {
    il_parse_require(p, p->at, IL_VERSION(2, 17), "A super parameter");
  }
  if (node->modifiers & TREE_MOD_COVARIANT) {
    report_here(p, DIAG_INVALID_MODIFIER, TEXT("covariant"));
  }
  if ((node->modifiers & TREE_MOD_VAR)) {
    report_here(p, DIAG_INVALID_MODIFIER, TEXT("var"));
  }
  if (node->modifiers & TREE_MOD_FINAL && place == PARAMETERS_PRIMARY) {
    report_here(p, DIAG_INVALID_MODIFIER, TEXT("final"));
  }
  node->form = is_this ? TREE_PARAMETER_THIS : TREE_PARAMETER_SUPER;
  advance(p);
  il_parse_expect(p, TOK_DOT);
}

// `int Function(int)`: a function-typed parameter that is named `Function`.
static bool is_function_parameter(const Parser *p) {
  uint32_t after =
      is_here(p, TOK_VOID) ? p->at + 1 : skip_named_type(p, p->at, 0);
  return after != 0 && skip_function_tail(p, after, 0) != 0;
}

// The type and the name of a parameter that is not in a function type.
static void parse_parameter_name(Parser *p, TreeParameter *node,
                                 ParameterPlace place) {
  uint32_t after = il_parse_skip_type(p, p->at);
  TokenKind next = kind_at(p, after);
  bool is_formal = (next == TOK_THIS || next == TOK_SUPER) &&
                   kind_at(p, after + 1) == TOK_DOT;
  if (after != 0 && (il_token_is_identifier(next) || is_formal)) {
    if ((node->modifiers & TREE_MOD_VAR) && !node->is_declaring) {
      report_here(p, DIAG_VAR_WITH_TYPE);
    }
    node->type = il_parse_type(p);
  } else if (is_function_parameter(p)) {
    node->type = parse_primary_type(p);
  } else if (is_here(p, TOK_VOID) || is_here(p, TOK_OPEN_PAREN)) {
    node->type = il_parse_type(p);
  }
  if ((is_here(p, TOK_THIS) || is_here(p, TOK_SUPER)) &&
      kind_next(p) == TOK_DOT) {
    parse_formal_prefix(p, node, place);
  }
  node->name = il_parse_identifier(p);
  parse_function_typed(p, node);
}

// In a function type the name may be absent, the type never.
static void parse_type_parameter_name(Parser *p, TreeParameter *node) {
  if (node->kind == TREE_PARAMETER_NAMED && is_identifier_at(p, p->at) &&
      (kind_next(p) == TOK_COMMA || kind_next(p) == TOK_CLOSE_BRACE ||
       kind_next(p) == TOK_ASSIGN)) {
    report_here(p, DIAG_EXPECTED_TYPE, il_parse_token_text(p, p->at));
    node->name = il_parse_identifier(p);
    return;
  }
  node->type = il_parse_type(p);
  if (node->kind == TREE_PARAMETER_NAMED || is_identifier_at(p, p->at)) {
    node->name = il_parse_identifier(p);
    if (is_here(p, TOK_OPEN_PAREN)) {
      il_parse_report_found(p, DIAG_UNEXPECTED_TOKEN);
      parse_function_typed(p, node);
    }
  } else if (is_here(p, TOK_THIS) || is_here(p, TOK_SUPER)) {
    report_here(p, DIAG_INVALID_PARAMETER,
                "'this.' parameters belong to generative constructors only.");
    advance(p);
    if (accept(p, TOK_DOT)) node->name = il_parse_identifier(p);
  }
}

static const char *forbids_default(const TreeParameter *node,
                                   ParameterPlace place) {
  if (place == PARAMETERS_TYPE) return "A parameter in a function type";
  if (place == PARAMETERS_OLD_TYPEDEF) return "A parameter of a function type";
  if (node->kind == TREE_PARAMETER_REQUIRED) {
    return "A required positional parameter";
  }
  if (node->modifiers & TREE_MOD_REQUIRED) return "A required parameter";
  if (place == PARAMETERS_REDIRECTING) {
    return "A parameter of a redirecting factory";
  }
  return NULL;
}

static void parse_default_value(Parser *p, TreeParameter *node,
                                ParameterPlace place) {
  bool is_colon = is_here(p, TOK_COLON);
  if (!is_here(p, TOK_ASSIGN) && !is_colon) return;
  if (is_colon &&
      (node->kind != TREE_PARAMETER_NAMED || p->version >= IL_VERSION(3, 0))) {
    il_parse_report_found(p, DIAG_UNEXPECTED_TOKEN);
  }
  const char *why = forbids_default(node, place);
  if (why) report_here(p, DIAG_INVALID_DEFAULT, why);
  advance(p);
  node->default_value = il_parse_constant_expression(p);
}

// What callers write for a named parameter. A private name needs a field to
// set, and a public name without the underscore.
static void set_argument_name(Parser *p, TreeParameter *node,
                              ParameterPlace place) {
  node->argument_name = node->name.name;
  Text text = il_name_text(p->names, node->name.name);
  if (text.length == 0 || text.bytes[0] != '_') return;
  if (place == PARAMETERS_TYPE) {
    report_name(p, node->name, DIAG_PRIVATE_NAMED_PARAMETER);
    return;
  }
  bool makes_field = node->form == TREE_PARAMETER_THIS || node->is_declaring;
  bool is_public = text.length > 1 && text.bytes[1] != '_' &&
                   (text.bytes[1] < '0' || text.bytes[1] > '9');
  if (!makes_field || !is_public || p->version < IL_VERSION(3, 12)) {
    report_name(p, node->name, DIAG_PRIVATE_NAMED_PARAMETER);
    return;
  }
  Text public_text = il_text_slice(text, 1, text.length);
  for (TokenKind kind = TOK_ASSERT; kind < TOK_IDENTIFIER; kind++) {
    if (il_text_equal(il_text_of(il_token_text(kind)), public_text)) {
      report_name(p, node->name, DIAG_PRIVATE_NAMED_PARAMETER);
      return;
    }
  }
  node->argument_name = il_name_intern(p->names, public_text);
}

static void check_parameter_modifiers(Parser *p, TreeParameter *node,
                                      ParameterPlace place) {
  uint32_t modifiers = node->modifiers;
  if (modifiers & TREE_MOD_REQUIRED && node->kind != TREE_PARAMETER_NAMED) {
    report_node(p, &node->base, DIAG_INVALID_MODIFIER, TEXT("required"));
  }
  bool is_field_place =
      place == PARAMETERS_PRIMARY || place == PARAMETERS_EXTENSION_TYPE;
  if (modifiers & TREE_MOD_COVARIANT && is_field_place &&
      node->form == TREE_PARAMETER_PLAIN && !(modifiers & TREE_MOD_VAR)) {
    report_node(p, &node->base, DIAG_INVALID_MODIFIER, TEXT("covariant"));
  }
  bool has_no_covariance =
      place == PARAMETERS_CLOSURE || place == PARAMETERS_FACTORY ||
      place == PARAMETERS_CONSTRUCTOR || place == PARAMETERS_REDIRECTING;
  if (modifiers & TREE_MOD_COVARIANT && has_no_covariance) {
    report_node(p, &node->base, DIAG_INVALID_MODIFIER, TEXT("covariant"));
  }
}

static TreeNode *parse_parameter(Parser *p, ParameterPlace place,
                                 TreeParameterKind kind) {
  TreeParameter *node = NEW_NODE(p, Parameter, PARAMETER, start_here(p));
  node->kind = kind;
  node->metadata = il_parse_metadata(p);
  node->modifiers = parse_parameter_words(p, place);
  if (is_here(p, TOK_AT)) {
    report_here(p, DIAG_INVALID_METADATA);
    il_parse_metadata(p);
  }
  node->is_declaring = (place == PARAMETERS_PRIMARY &&
                        (node->modifiers & (TREE_MOD_FINAL | TREE_MOD_VAR))) ||
                       place == PARAMETERS_EXTENSION_TYPE;
  if (place == PARAMETERS_TYPE) {
    parse_type_parameter_name(p, node);
  } else {
    parse_parameter_name(p, node, place);
  }
  if (node->form != TREE_PARAMETER_PLAIN) node->is_declaring = false;
  parse_default_value(p, node, place);
  FINISH(p, node);
  check_parameter_modifiers(p, node, place);
  if (kind == TREE_PARAMETER_NAMED) set_argument_name(p, node, place);
  return &node->base;
}

// Parameters up to the closing token, which stays.
static void parse_parameter_run(Parser *p, ParameterPlace place,
                                TreeParameterKind kind, TokenKind close) {
  while (!is_here(p, close) && !is_here(p, TOK_END)) {
    if (kind == TREE_PARAMETER_REQUIRED &&
        (is_here(p, TOK_OPEN_BRACKET) || is_here(p, TOK_OPEN_BRACE))) {
      return;
    }
    uint32_t before = p->at;
    push_node(p, parse_parameter(p, place, kind));
    if (is_here(p, close)) return;
    if (!il_parse_expect(p, TOK_COMMA)) {
      // Go on behind the next comma of this list, if the list has an end.
      if (p->at == before) advance(p);
      while (!is_here(p, TOK_COMMA) && !is_here(p, close) &&
             !is_here(p, TOK_END) && !is_here(p, TOK_SEMICOLON) &&
             !is_here(p, TOK_OPEN_BRACE) && !is_here(p, TOK_CLOSE_PAREN)) {
        advance(p);
      }
      if (!accept(p, TOK_COMMA)) return;
    }
  }
}

static void parse_optional_parameters(Parser *p, ParameterPlace place,
                                      TreeParameters *node) {
  bool is_named = is_here(p, TOK_OPEN_BRACE);
  TokenKind close = is_named ? TOK_CLOSE_BRACE : TOK_CLOSE_BRACKET;
  node->optional_kind =
      is_named ? TREE_PARAMETER_NAMED : TREE_PARAMETER_OPTIONAL;
  uint32_t before = p->nodes.count;
  if (p->at > 0 && kind_at(p, p->at - 1) != TOK_COMMA &&
      kind_at(p, p->at - 1) != TOK_OPEN_PAREN) {
    il_parse_report_found(p, DIAG_UNEXPECTED_TOKEN);
  }
  advance(p);
  parse_parameter_run(p, place, node->optional_kind, close);
  if (p->nodes.count == before) {
    il_parse_report_found(p, DIAG_EXPECTED_IDENTIFIER);
  }
  il_parse_expect(p, close);
}

// Names are few in hand-written lists; in generated ones of thousands only
// the first are compared.
void il_parse_check_parameter_names(Parser *p, const TreeParameters *list) {
  for (uint32_t i = 0; i < list->items.count && i < 300; i++) {
    TreeParameter *one = (TreeParameter *)list->items.items[i];
    if (one->name.name == NAME_NONE) continue;
    if (one->name.name == NAME_wildcard && p->version >= IL_VERSION(3, 7) &&
        one->kind != TREE_PARAMETER_NAMED) {
      continue;
    }
    for (uint32_t j = 0; j < i; j++) {
      TreeParameter *other = (TreeParameter *)list->items.items[j];
      if (other->name.name == one->name.name ||
          (one->argument_name == other->name.name &&
           one->argument_name != NAME_NONE) ||
          (other->argument_name == one->name.name)) {
        report_name(p, one->name, DIAG_DUPLICATE_NAME,
                    il_name_text(p->names, one->name.name));
        break;
      }
    }
  }
}

TreeParameters *il_parse_parameters(Parser *p, ParameterPlace place) {
  TreeParameters *node = NEW_NODE(p, Parameters, PARAMETERS, start_here(p));
  if (!is_here(p, TOK_OPEN_PAREN)) {
    report_here(p, DIAG_MISSING_PARAMETERS);
    return node;
  }
  if (!il_parse_enter(p)) return node;
  uint32_t close = token_here(p)->value;
  advance(p);
  uint32_t mark = mark_nodes(p);
  parse_parameter_run(p, place, TREE_PARAMETER_REQUIRED, TOK_CLOSE_PAREN);
  if (is_here(p, TOK_OPEN_BRACKET) || is_here(p, TOK_OPEN_BRACE)) {
    parse_optional_parameters(p, place, node);
  }
  if (!accept(p, TOK_CLOSE_PAREN)) {
    il_parse_expect(p, TOK_CLOSE_PAREN);
    if (close != 0 && !p->is_aborted && p->at <= close) p->at = close + 1;
  }
  node->items = il_parse_take_nodes(p, mark);
  FINISH(p, node);
  il_parse_check_parameter_names(p, node);
  leave_level(p);
  return node;
}
