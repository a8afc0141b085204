// parse_member.c: functions, methods, fields and constructors, of classes and
// of the top level. In order: modifiers, checks, fields, functions,
// initializers, constructors, dispatch. Entry: il_parse_member, at the end.

#include "syntax/parse.h"

// What was parsed of a member before its kind is known.
typedef struct Member {
  uint32_t start;
  uint32_t index;  // of the first token behind the metadata
  TreeList metadata;
  uint32_t modifiers;
  uint32_t modifier_end;  // index behind the modifiers
  TreeNode *type;
} Member;

// ---- Modifiers ------------------------------------------------------------

typedef struct ModifierWord {
  TokenKind token;
  TreeModifier modifier;
  uint8_t rank;  // modifiers stand in the order of their ranks
} ModifierWord;

static const ModifierWord modifier_words[] = {
    {TOK_EXTERNAL, TREE_MOD_EXTERNAL, 1},
    {TOK_STATIC, TREE_MOD_STATIC, 2},
    {TOK_ABSTRACT, TREE_MOD_ABSTRACT, 2},
    {TOK_COVARIANT, TREE_MOD_COVARIANT, 3},
    {TOK_LATE, TREE_MOD_LATE, 4},
    {TOK_FINAL, TREE_MOD_FINAL, 5},
    {TOK_CONST, TREE_MOD_CONST, 5},
    {TOK_VAR, TREE_MOD_VAR, 5},
};

static const ModifierWord *find_modifier(TokenKind kind) {
  for (uint32_t i = 0; i < IL_COUNT_OF(modifier_words); i++) {
    if (modifier_words[i].token == kind) return &modifier_words[i];
  }
  return NULL;
}

// The word of the first modifier in the set.
static const char *modifier_text(uint32_t modifiers) {
  for (uint32_t i = 0; i < IL_COUNT_OF(modifier_words); i++) {
    if (modifier_words[i].modifier & modifiers) {
      return il_token_text(modifier_words[i].token);
    }
  }
  return "";
}

// Whether the word here modifies what follows; built-in identifiers may also
// be the name of a member.
static bool is_modifier_here(const Parser *p) {
  if (il_token_class(kind_here(p)) == TOKEN_CLASS_RESERVED) return true;
  TokenKind next = kind_next(p);
  if (next == TOK_OPEN_PAREN) {
    uint32_t after = il_parse_skip_type(p, p->at + 1);
    return after != 0 && is_identifier_at(p, after) &&
           !il_parse_is_body_at(p, after);
  }
  return il_token_is_word(next);
}

static void check_modifier(Parser *p, const ModifierWord *word,
                           uint32_t before) {
  Text text = il_parse_token_text(p, p->at);
  const uint32_t kinds = TREE_MOD_FINAL | TREE_MOD_CONST | TREE_MOD_VAR;
  if (before & word->modifier) {
    report_here(p, DIAG_DUPLICATE_MODIFIER, text);
  } else if ((word->modifier & kinds) && (before & kinds)) {
    report_here(p, DIAG_MODIFIER_CONFLICT, text, modifier_text(before & kinds));
  } else if (word->modifier == TREE_MOD_CONST && (before & TREE_MOD_LATE)) {
    report_here(p, DIAG_MODIFIER_CONFLICT, text, "late");
  } else if ((word->modifier == TREE_MOD_STATIC &&
              (before & TREE_MOD_COVARIANT)) ||
             (word->modifier == TREE_MOD_COVARIANT &&
              (before & TREE_MOD_STATIC))) {
    report_here(p, DIAG_MODIFIER_CONFLICT, text,
                modifier_text(before & (TREE_MOD_STATIC | TREE_MOD_COVARIANT)));
  } else if ((word->modifier == TREE_MOD_STATIC &&
              (before & TREE_MOD_ABSTRACT)) ||
             (word->modifier == TREE_MOD_ABSTRACT &&
              (before & (TREE_MOD_STATIC | TREE_MOD_EXTERNAL)))) {
    report_here(p, DIAG_MODIFIER_CONFLICT, text, modifier_text(before));
  } else {
    for (uint32_t i = 0; i < IL_COUNT_OF(modifier_words); i++) {
      if ((before & modifier_words[i].modifier) &&
          modifier_words[i].rank > word->rank) {
        report_here(p, DIAG_MODIFIER_ORDER, text,
                    il_token_text(modifier_words[i].token));
        return;
      }
    }
  }
}

static void parse_modifiers(Parser *p, Member *m) {
  for (;;) {
    const ModifierWord *word = find_modifier(kind_here(p));
    if (!word || !is_modifier_here(p)) break;
    check_modifier(p, word, m->modifiers);
    if (p->class_kind == CLASS_NONE && (word->modifier == TREE_MOD_STATIC ||
                                        word->modifier == TREE_MOD_ABSTRACT ||
                                        word->modifier == TREE_MOD_COVARIANT)) {
      report_here(p, DIAG_INVALID_MODIFIER, il_parse_token_text(p, p->at));
    }
    m->modifiers |= word->modifier;
    advance(p);
  }
  m->modifier_end = p->at;
}

// Reports those modifiers of the member that are not allowed.
static void forbid_modifiers(Parser *p, const Member *m, uint32_t allowed) {
  if (!(m->modifiers & ~allowed)) return;
  for (uint32_t i = m->index; i < m->modifier_end; i++) {
    const ModifierWord *word = find_modifier(kind_at(p, i));
    if (word && !(word->modifier & allowed)) {
      report_at(p, i, DIAG_INVALID_MODIFIER, il_parse_token_text(p, i));
      return;
    }
  }
}

// ---- Checks ---------------------------------------------------------------

// How messages begin that say what a kind of class cannot have.
static const char *class_kind_text(const Parser *p) {
  switch (p->class_kind) {
    case CLASS_MIXIN:
      return "A mixin";
    case CLASS_ENUM:
      return "An enum";
    case CLASS_EXTENSION:
      return "An extension";
    case CLASS_EXTENSION_TYPE:
      return "An extension type";
    default:
      return "A class";
  }
}

static bool is_class_name(const Parser *p, Name name) {
  return p->class_kind != CLASS_NONE && p->class_kind != CLASS_EXTENSION &&
         name == p->class_name && name != NAME_NONE;
}

static void check_member_name(Parser *p, TreeName name) {
  if (is_class_name(p, name.name)) {
    report_name(p, name, DIAG_MEMBER_NAMED_AS_CLASS);
  }
}

static ThisKind member_this_kind(const Parser *p, uint32_t modifiers) {
  if (p->class_kind == CLASS_NONE || (modifiers & TREE_MOD_STATIC)) {
    return THIS_NONE;
  }
  return THIS_INSTANCE;
}

// ---- Fields ---------------------------------------------------------------

static void check_field_modifiers(Parser *p, const Member *m) {
  uint32_t modifiers = m->modifiers;
  bool is_instance =
      p->class_kind != CLASS_NONE && !(modifiers & TREE_MOD_STATIC);
  const uint32_t kinds = TREE_MOD_FINAL | TREE_MOD_CONST | TREE_MOD_VAR;
  if (!(modifiers & kinds) && !m->type) {
    report_here(p, DIAG_MISSING_TYPE_OR_VAR);
  }
  if ((modifiers & TREE_MOD_VAR) && m->type) {
    report_node(p, m->type, DIAG_VAR_WITH_TYPE);
  }
  if (is_instance && (modifiers & TREE_MOD_CONST)) {
    report_at(p, m->index, DIAG_INVALID_MODIFIER, TEXT("const"));
  }
  if ((modifiers & TREE_MOD_COVARIANT) && (modifiers & TREE_MOD_FINAL) &&
      !(modifiers & TREE_MOD_LATE)) {
    report_at(p, m->index, DIAG_MODIFIER_CONFLICT, TEXT("covariant"), "final");
  }
  if (modifiers & TREE_MOD_ABSTRACT) {
    forbid_modifiers(
        p, m,
        TREE_MOD_ABSTRACT | TREE_MOD_COVARIANT | TREE_MOD_FINAL | TREE_MOD_VAR);
  }
  if (modifiers & TREE_MOD_EXTERNAL) {
    forbid_modifiers(p, m,
                     TREE_MOD_EXTERNAL | TREE_MOD_STATIC | TREE_MOD_COVARIANT |
                         TREE_MOD_FINAL | TREE_MOD_VAR);
  }
  bool has_no_fields =
      p->class_kind == CLASS_EXTENSION || p->class_kind == CLASS_EXTENSION_TYPE;
  if (is_instance && has_no_fields && !(modifiers & TREE_MOD_EXTERNAL)) {
    report_here(p, DIAG_FIELD_NOT_ALLOWED, class_kind_text(p));
  }
  if (has_no_fields && (modifiers & TREE_MOD_ABSTRACT)) {
    report_here(p, DIAG_FIELD_NOT_ALLOWED, class_kind_text(p));
  }
}

// `static final` and top-level `final` need a value like `const`, unless late
// or external; abstract and external ones must have none.
static void check_field_values(Parser *p, const Member *m, TreeList items) {
  uint32_t modifiers = m->modifiers;
  bool is_static = p->class_kind == CLASS_NONE || (modifiers & TREE_MOD_STATIC);
  bool has_none = modifiers & (TREE_MOD_ABSTRACT | TREE_MOD_EXTERNAL);
  bool needs_value = !has_none && ((modifiers & TREE_MOD_CONST) ||
                                   ((modifiers & TREE_MOD_FINAL) && is_static &&
                                    !(modifiers & TREE_MOD_LATE)));
  for (uint32_t i = 0; i < items.count; i++) {
    TreeVariable *one = (TreeVariable *)items.items[i];
    check_member_name(p, one->name);
    if (one->initializer && has_none) {
      report_node(p, one->initializer, DIAG_INVALID_INITIALIZER,
                  modifiers & TREE_MOD_ABSTRACT ? "An abstract field"
                                                : "An external variable");
    }
    if (!one->initializer && needs_value && one->name.name != NAME_NONE) {
      report_name(p, one->name, DIAG_MISSING_INITIALIZER,
                  modifiers & TREE_MOD_CONST ? "constant" : "final",
                  il_name_text(p->names, one->name.name));
    }
  }
}

// Behind an error in a field: to its `;`, or to where the next member begins.
static void skip_field_end(Parser *p) {
  while (!is_here(p, TOK_END) && !is_here(p, TOK_CLOSE_BRACE)) {
    if (accept(p, TOK_SEMICOLON)) return;
    uint32_t next = is_here(p, TOK_OPEN_BRACE) || is_here(p, TOK_OPEN_PAREN) ||
                            is_here(p, TOK_OPEN_BRACKET)
                        ? skip_brackets(p, p->at)
                        : 0;
    bool was_brace = is_here(p, TOK_OPEN_BRACE);
    if (next == 0) {
      advance(p);
    } else {
      p->at = next < p->count ? next : p->count - 1;
    }
    if (was_brace) return;
  }
}

// At the name of the first variable.
static TreeNode *parse_fields(Parser *p, Member *m) {
  TreeVariables *node = NEW_NODE(p, Variables, VARIABLES, m->start);
  node->metadata = m->metadata;
  node->modifiers = m->modifiers;
  node->type = m->type;
  check_field_modifiers(p, m);
  BodyContext saved = p->body;
  p->body = (BodyContext){.first_label = p->labels.count};
  p->body.this_kind = member_this_kind(p, m->modifiers);
  if (p->body.this_kind == THIS_INSTANCE && !(m->modifiers & TREE_MOD_LATE)) {
    p->body.this_kind = THIS_INITIALIZER;
  }
  node->items = il_parse_variable_list(p);
  p->body = saved;
  check_field_values(p, m, node->items);
  if (!il_parse_expect_semicolon(p) && !il_parse_is_on_new_line(p)) {
    skip_field_end(p);
  }
  return FINISH(p, node);
}

// ---- Functions ------------------------------------------------------------

static uint32_t count_required(const TreeParameters *list) {
  uint32_t count = 0;
  for (uint32_t i = 0; i < list->items.count; i++) {
    TreeParameter *one = (TreeParameter *)list->items.items[i];
    if (one->kind == TREE_PARAMETER_REQUIRED) count++;
  }
  return count;
}

// Operators take exact numbers of required positional parameters.
static void check_operator(Parser *p, TreeFunction *node) {
  uint32_t count = node->parameters->items.count;
  bool is_plain = count_required(node->parameters) == count;
  Name name = node->name.name;
  uint32_t wanted = 1;
  const char *words = "exactly one parameter";
  if (name == NAME_op_index_set) {
    wanted = 2;
    words = "exactly two parameters";
  } else if (name == NAME_op_not) {
    wanted = 0;
    words = "no parameters";
  } else if (name == NAME_op_sub) {
    wanted = count == 0 ? 0 : 1;
    words = "at most one parameter";
  }
  if (count != wanted || !is_plain) {
    report_name(p, node->name, DIAG_OPERATOR_PARAMETERS,
                il_name_text(p->names, name), words);
  }
  if (name == NAME_op_sub && count == 0) node->name.name = NAME_op_neg;
}

static void check_setter(Parser *p, const TreeFunction *node) {
  if (node->return_type && node->return_type->kind != TREE_VOID_TYPE) {
    report_node(p, node->return_type, DIAG_SETTER_RETURN_TYPE);
  }
  if (!node->parameters) return;
  if (node->parameters->items.count != 1 ||
      count_required(node->parameters) != 1) {
    report_name(p, node->name, DIAG_SETTER_PARAMETERS);
  }
}

// The modifiers of a function and the type parameters of its kind.
static void check_function_head(Parser *p, const Member *m,
                                const TreeFunction *node) {
  uint32_t kind = node->modifiers;
  uint32_t allowed = TREE_MOD_EXTERNAL | TREE_MOD_STATIC;
  if (kind & TREE_MOD_OPERATOR) allowed &= ~(uint32_t)TREE_MOD_STATIC;
  forbid_modifiers(p, m, allowed);
  if (node->type_parameters.count > 0 &&
      (kind & (TREE_MOD_OPERATOR | TREE_MOD_GETTER | TREE_MOD_SETTER))) {
    report_node(p, node->type_parameters.items[0],
                DIAG_OPERATOR_TYPE_PARAMETERS,
                kind & TREE_MOD_OPERATOR ? "An operator"
                : kind & TREE_MOD_GETTER ? "A getter"
                                         : "A setter");
  }
  if ((kind & TREE_MOD_OPERATOR) && p->class_kind == CLASS_NONE) {
    report_name(p, node->name, DIAG_INVALID_OPERATOR,
                il_name_text(p->names, node->name.name));
  }
}

// Which bodies a function may, must or cannot have.
static void check_function_body(Parser *p, TreeFunction *node) {
  uint32_t kind = node->modifiers;
  if (node->async != TREE_SYNC && (kind & TREE_MOD_SETTER)) {
    report_name(p, node->name, DIAG_INVALID_ASYNC, "A setter", "async");
  }
  if (node->async != TREE_SYNC && node->name.name == NAME_op_index_set) {
    report_name(p, node->name, DIAG_INVALID_ASYNC, "The operator '[]='",
                "async");
  }
  if (node->body) {
    if (kind & TREE_MOD_EXTERNAL) {
      report_node(p, node->body, DIAG_EXTERNAL_BODY);
    }
    return;
  }
  if (kind & TREE_MOD_EXTERNAL) return;
  bool may_be_abstract =
      p->class_kind == CLASS_CLASS || p->class_kind == CLASS_MIXIN ||
      p->class_kind == CLASS_MIXIN_CLASS || p->class_kind == CLASS_ENUM;
  if (!may_be_abstract || (kind & TREE_MOD_STATIC)) {
    report_name(p, node->name, DIAG_MISSING_BODY,
                kind & TREE_MOD_STATIC ? "A static method" : "This function");
  } else {
    node->modifiers |= TREE_MOD_ABSTRACT;
  }
  if (node->async != TREE_SYNC) {
    report_name(p, node->name, DIAG_INVALID_ASYNC, "What has no body", "async");
  }
}

// Behind the name: type parameters, parameters, body.
static TreeNode *parse_function_rest(Parser *p, Member *m, TreeFunction *node) {
  node->type_parameters = il_parse_type_parameters(p);
  if (node->modifiers & TREE_MOD_GETTER) {
    if (is_here(p, TOK_OPEN_PAREN)) {
      report_here(p, DIAG_GETTER_PARAMETERS);
      il_parse_parameters(p, PARAMETERS_FUNCTION);
    }
  } else {
    node->parameters = il_parse_parameters(p, PARAMETERS_FUNCTION);
  }
  check_function_head(p, m, node);
  if (node->modifiers & TREE_MOD_OPERATOR) check_operator(p, node);
  if (node->modifiers & TREE_MOD_SETTER) check_setter(p, node);
  if (is_here(p, TOK_COLON)) {
    report_here(p, DIAG_INITIALIZERS_NOT_ALLOWED, "A function");
    il_parse_initializers(p);
  }
  FunctionBody body = il_parse_function_body(
      p, BODY_MAY_MISS, member_this_kind(p, m->modifiers), false);
  node->async = body.async;
  node->is_arrow = body.is_arrow;
  node->body = body.body;
  check_function_body(p, node);
  return FINISH(p, node);
}

static TreeFunction *new_function(Parser *p, const Member *m,
                                  uint32_t modifiers) {
  TreeFunction *node = NEW_NODE(p, Function, FUNCTION, m->start);
  node->metadata = m->metadata;
  node->modifiers = m->modifiers | modifiers;
  node->return_type = m->type;
  return node;
}

// At `get` or `set`.
static TreeNode *parse_accessor(Parser *p, Member *m) {
  bool is_getter = is_here(p, TOK_GET);
  TreeFunction *node =
      new_function(p, m, is_getter ? TREE_MOD_GETTER : TREE_MOD_SETTER);
  advance(p);
  node->name = il_parse_identifier(p);
  check_member_name(p, node->name);
  return parse_function_rest(p, m, node);
}

// At `operator`.
static TreeNode *parse_operator(Parser *p, Member *m) {
  TreeFunction *node = new_function(p, m, TREE_MOD_OPERATOR);
  advance(p);
  node->name.start = start_here(p);
  node->name.name = il_parse_operator_name(p);
  if (node->name.name == NAME_NONE) {
    il_parse_report_found(p, DIAG_INVALID_OPERATOR);
    if (!is_here(p, TOK_OPEN_PAREN)) advance(p);
  }
  node->name.end = end_before(p);
  return parse_function_rest(p, m, node);
}

static TreeNode *parse_method(Parser *p, Member *m) {
  TreeFunction *node = new_function(p, m, 0);
  node->name = il_parse_identifier(p);
  check_member_name(p, node->name);
  return parse_function_rest(p, m, node);
}

// ---- Initializers ---------------------------------------------------------

// Behind `super` or `this`: .name(arguments).
static TreeArguments *parse_constructor_call(Parser *p, TreeName *name) {
  if (accept(p, TOK_DOT)) {
    if (is_here(p, TOK_NEW)) {
      il_parse_require(p, p->at, IL_VERSION(2, 15), "The name 'new'");
      advance(p);
    } else {
      *name = il_parse_identifier(p);
    }
  }
  return il_parse_arguments(p);
}

static TreeNode *parse_field_initializer(Parser *p) {
  TreeFieldInitializer *node =
      NEW_NODE(p, FieldInitializer, FIELD_INITIALIZER, start_here(p));
  if (accept(p, TOK_THIS)) il_parse_expect(p, TOK_DOT);
  node->name = il_parse_identifier(p);
  il_parse_expect(p, TOK_ASSIGN);
  node->value = il_parse_expression(p);
  return FINISH(p, node);
}

static TreeNode *parse_initializer(Parser *p) {
  uint32_t start = start_here(p);
  bool is_field = is_here(p, TOK_THIS) && kind_next(p) == TOK_DOT &&
                  kind_at(p, p->at + 3) == TOK_ASSIGN;
  if (is_here(p, TOK_SUPER)) {
    TreeSuperInitializer *node =
        NEW_NODE(p, SuperInitializer, SUPER_INITIALIZER, start);
    advance(p);
    node->arguments = parse_constructor_call(p, &node->name);
    return FINISH(p, node);
  }
  if (is_here(p, TOK_THIS) && !is_field) {
    TreeRedirectInitializer *node =
        NEW_NODE(p, RedirectInitializer, REDIRECT_INITIALIZER, start);
    advance(p);
    node->arguments = parse_constructor_call(p, &node->name);
    return FINISH(p, node);
  }
  if (is_here(p, TOK_ASSERT)) return il_parse_assert(p);
  return parse_field_initializer(p);
}

TreeList il_parse_initializers(Parser *p) {
  uint32_t mark = mark_nodes(p);
  if (!accept(p, TOK_COLON)) return il_parse_take_nodes(p, mark);
  BodyContext saved = p->body;
  bool no_function = p->no_function;
  p->body = (BodyContext){.first_label = p->labels.count,
                          .this_kind = THIS_INITIALIZER};
  // `(a) {` ends the list: the brace is the constructor's.
  p->no_function = true;
  do {
    push_node(p, parse_initializer(p));
  } while (accept(p, TOK_COMMA));
  p->no_function = no_function;
  p->body = saved;
  return il_parse_take_nodes(p, mark);
}

// A redirection stands alone; super() comes last and once.
static void check_initializers(Parser *p, TreeList list) {
  for (uint32_t i = 0; i < list.count; i++) {
    TreeNode *node = list.items[i];
    if (node->kind == TREE_REDIRECT_INITIALIZER && list.count > 1) {
      report_node(p, node, DIAG_INVALID_INITIALIZERS,
                  "A redirecting constructor has no other initializers.");
    }
    if (node->kind == TREE_SUPER_INITIALIZER && i + 1 < list.count) {
      report_node(p, node, DIAG_INVALID_INITIALIZERS,
                  "The call of the super constructor must be the last.");
    }
    if (node->kind == TREE_SUPER_INITIALIZER &&
        (p->class_kind == CLASS_ENUM ||
         p->class_kind == CLASS_EXTENSION_TYPE)) {
      report_node(p, node, DIAG_INVALID_SUPER);
    }
    if (node->kind != TREE_FIELD_INITIALIZER) continue;
    TreeFieldInitializer *one = (TreeFieldInitializer *)node;
    for (uint32_t j = 0; j < i && j < 300; j++) {
      TreeFieldInitializer *other = (TreeFieldInitializer *)list.items[j];
      if (other->base.kind == TREE_FIELD_INITIALIZER &&
          other->name.name == one->name.name && one->name.name != NAME_NONE) {
        report_name(p, one->name, DIAG_DUPLICATE_NAME,
                    il_name_text(p->names, one->name.name));
        break;
      }
    }
  }
}

static bool is_redirecting(TreeList initializers) {
  for (uint32_t i = 0; i < initializers.count; i++) {
    if (initializers.items[i]->kind == TREE_REDIRECT_INITIALIZER) return true;
  }
  return false;
}

// ---- Constructors ---------------------------------------------------------

// Which parameters an initializing constructor's redirecting form forbids.
static void check_formals(Parser *p, const TreeConstructor *node) {
  bool redirects = is_redirecting(node->initializers);
  bool is_external = node->modifiers & TREE_MOD_EXTERNAL;
  if (!redirects && !is_external) return;
  for (uint32_t i = 0; i < node->parameters->items.count; i++) {
    TreeParameter *one = (TreeParameter *)node->parameters->items.items[i];
    if (one->form == TREE_PARAMETER_PLAIN) continue;
    if (is_external && one->form == TREE_PARAMETER_SUPER) continue;
    report_node(p, &one->base, DIAG_INVALID_PARAMETER,
                redirects ? "A redirecting constructor sets no fields."
                          : "An external constructor sets no fields.");
  }
}

static void check_generative(Parser *p, const TreeConstructor *node) {
  bool is_const = node->modifiers & TREE_MOD_CONST;
  check_initializers(p, node->initializers);
  check_formals(p, node);
  if (node->body && is_const) {
    report_node(p, node->body, DIAG_CONSTRUCTOR_BODY, "A constant constructor");
  } else if (node->body && is_redirecting(node->initializers)) {
    report_node(p, node->body, DIAG_CONSTRUCTOR_BODY,
                "A redirecting constructor");
  } else if (node->body && node->is_arrow) {
    report_node(p, node->body, DIAG_CONSTRUCTOR_BODY,
                "A constructor that is no factory and has '=>'");
  }
  if (p->class_kind == CLASS_ENUM && !is_const &&
      p->version < IL_VERSION(3, 13)) {
    report_node(p, &node->base, DIAG_CONSTRUCTOR_NOT_ALLOWED,
                "An enum, which needs 'const',");
  }
  if (node->redirection) {
    report_node(p, &node->redirection->base, DIAG_INVALID_INITIALIZERS,
                "Only a factory can redirect with '='.");
  }
}

static void check_factory(Parser *p, const TreeConstructor *node) {
  if (node->initializers.count > 0) {
    report_node(p, node->initializers.items[0], DIAG_INITIALIZERS_NOT_ALLOWED,
                "A factory");
  }
  if ((node->modifiers & TREE_MOD_CONST) && !node->redirection &&
      !(node->modifiers & TREE_MOD_EXTERNAL)) {
    report_node(p, &node->base, DIAG_CONSTRUCTOR_BODY,
                "A constant factory that does not redirect");
  } else if (!node->body && !node->redirection &&
             !(node->modifiers & TREE_MOD_EXTERNAL)) {
    report_node(p, &node->base, DIAG_MISSING_BODY, "A factory");
  }
}

static void check_constructor(Parser *p, const TreeConstructor *node) {
  bool is_external = node->modifiers & TREE_MOD_EXTERNAL;
  if (p->class_kind == CLASS_MIXIN || p->class_kind == CLASS_EXTENSION) {
    report_node(p, &node->base, DIAG_CONSTRUCTOR_NOT_ALLOWED,
                class_kind_text(p));
  }
  bool is_short = node->class_name.name == NAME_NONE;
  if (!is_short && node->class_name.name != p->class_name &&
      p->class_kind != CLASS_MIXIN && p->class_kind != CLASS_EXTENSION) {
    report_name(p, node->class_name, DIAG_WRONG_CONSTRUCTOR_NAME);
  }
  if (node->async != TREE_SYNC) {
    report_node(p, &node->base, DIAG_INVALID_ASYNC, "A constructor", "async");
  }
  if (is_external && (node->body || node->redirection)) {
    report_node(p, node->body ? node->body : &node->redirection->base,
                DIAG_EXTERNAL_BODY);
  }
  if (is_external && node->initializers.count > 0) {
    report_node(p, node->initializers.items[0], DIAG_INITIALIZERS_NOT_ALLOWED,
                "An external constructor");
  }
  if (node->modifiers & TREE_MOD_FACTORY) {
    check_factory(p, node);
  } else {
    check_generative(p, node);
  }
}

// Whether `= D...` follows the parameters at index.
static bool is_redirecting_factory(const Parser *p, uint32_t index) {
  if (kind_at(p, index) != TOK_OPEN_PAREN) return false;
  uint32_t after = skip_brackets(p, index);
  return after != 0 && kind_at(p, after) == TOK_ASSIGN;
}

// Behind the name.
static TreeNode *parse_constructor_rest(Parser *p, Member *m,
                                        TreeConstructor *node) {
  forbid_modifiers(p, m, TREE_MOD_EXTERNAL | TREE_MOD_CONST);
  bool is_factory = node->modifiers & TREE_MOD_FACTORY;
  if (m->type) report_node(p, m->type, DIAG_CONSTRUCTOR_WITH_TYPE);
  if (is_here(p, TOK_LESS)) {
    report_here(p, DIAG_CONSTRUCTOR_WITH_TYPE);
    il_parse_type_parameters(p);
  }
  ParameterPlace place = PARAMETERS_CONSTRUCTOR;
  if (is_factory) {
    place = is_redirecting_factory(p, p->at) ? PARAMETERS_REDIRECTING
                                             : PARAMETERS_FACTORY;
  }
  node->parameters = il_parse_parameters(p, place);
  node->initializers = il_parse_initializers(p);
  if (accept(p, TOK_ASSIGN)) {
    node->redirection = il_parse_constructor_name(p);
    il_parse_expect_semicolon(p);
  } else {
    FunctionBody body = il_parse_function_body(
        p, BODY_MAY_MISS, is_factory ? THIS_NONE : THIS_INSTANCE, !is_factory);
    node->async = body.async;
    node->is_arrow = body.is_arrow;
    node->body = body.body;
  }
  FINISH(p, node);
  check_constructor(p, node);
  return &node->base;
}

static TreeConstructor *new_constructor(Parser *p, const Member *m,
                                        uint32_t modifiers) {
  TreeConstructor *node = NEW_NODE(p, Constructor, CONSTRUCTOR, m->start);
  node->metadata = m->metadata;
  node->modifiers = m->modifiers | modifiers;
  return node;
}

// .name or .new, behind the name of the class.
static void parse_constructor_suffix(Parser *p, TreeConstructor *node) {
  if (!accept(p, TOK_DOT)) return;
  if (is_here(p, TOK_NEW)) {
    il_parse_require(p, p->at, IL_VERSION(2, 15), "The name 'new'");
    advance(p);
  } else {
    node->name = il_parse_identifier(p);
  }
}

// At the name of the class.
static TreeNode *parse_constructor(Parser *p, Member *m) {
  TreeConstructor *node = new_constructor(p, m, 0);
  node->class_name = il_parse_identifier(p);
  parse_constructor_suffix(p, node);
  return parse_constructor_rest(p, m, node);
}

// At `new`: new(...), new name(...).
static TreeNode *parse_new_constructor(Parser *p, Member *m) {
  il_parse_require(p, p->at, IL_VERSION(3, 13), "A constructor named 'new'");
  TreeConstructor *node = new_constructor(p, m, 0);
  advance(p);
  if (!is_here(p, TOK_OPEN_PAREN)) node->name = il_parse_identifier(p);
  return parse_constructor_rest(p, m, node);
}

// At `factory`: factory C(...), factory C.name(...), factory(...), factory
// name(...). The last form with the name of the class is the first.
static TreeNode *parse_factory(Parser *p, Member *m) {
  uint32_t index = p->at;
  TreeConstructor *node = new_constructor(p, m, TREE_MOD_FACTORY);
  advance(p);
  if (is_here(p, TOK_OPEN_PAREN)) {
    il_parse_require(p, index, IL_VERSION(3, 13), "A factory without a name");
    return parse_constructor_rest(p, m, node);
  }
  TreeName name = il_parse_identifier(p);
  if (is_here(p, TOK_DOT) || name.name == p->class_name) {
    node->class_name = name;
    parse_constructor_suffix(p, node);
  } else if (p->version >= IL_VERSION(3, 13)) {
    node->name = name;
  } else {
    node->class_name = name;
  }
  return parse_constructor_rest(p, m, node);
}

// At `this`: the rest of a primary constructor.
static TreeNode *parse_primary_body(Parser *p, Member *m) {
  il_parse_require(p, p->at, IL_VERSION(3, 13), "A primary constructor");
  TreePrimaryBody *node = NEW_NODE(p, PrimaryBody, PRIMARY_BODY, m->start);
  node->metadata = m->metadata;
  forbid_modifiers(p, m, 0);
  uint32_t index = p->at;
  advance(p);
  if (is_here(p, TOK_OPEN_PAREN)) {
    report_here(p, DIAG_PRIMARY_BODY,
                "The parameters of a primary constructor stand in the header.");
    il_parse_parameters(p, PARAMETERS_PRIMARY);
  }
  node->initializers = il_parse_initializers(p);
  FunctionBody body =
      il_parse_function_body(p, BODY_MAY_MISS, THIS_INSTANCE, true);
  node->is_arrow = body.is_arrow;
  node->body = body.body;
  if (body.is_arrow || body.async != TREE_SYNC) {
    report_at(p, index, DIAG_PRIMARY_BODY,
              "The body of a primary constructor is a plain block.");
  }
  if (is_redirecting(node->initializers)) {
    report_at(p, index, DIAG_PRIMARY_BODY,
              "A primary constructor cannot redirect.");
  }
  check_initializers(p, node->initializers);
  return FINISH(p, node);
}

// ---- Dispatch -------------------------------------------------------------

static bool is_operator_here(const Parser *p) {
  if (!is_here(p, TOK_OPERATOR)) return false;
  switch (kind_next(p)) {
    case TOK_LESS:
      // operator<T>() is a method of that name, operator<(x) is not.
      return kind_at(p, p->at + 2) == TOK_OPEN_PAREN;
    case TOK_OPEN_PAREN:
    case TOK_ASSIGN:
    case TOK_SEMICOLON:
    case TOK_COMMA:
    case TOK_OPEN_BRACE:
    case TOK_ARROW:
    case TOK_DOT:
    case TOK_QUESTION:
    case TOK_END:
      return false;
    default:
      return true;
  }
}

static bool is_accessor_here(const Parser *p) {
  if (!is_here(p, TOK_GET) && !is_here(p, TOK_SET)) return false;
  TokenKind next = kind_next(p);
  if (!il_token_is_word(next)) return false;
  return !il_parse_is_body_at(p, p->at + 1);
}

// Whether what stands here names a constructor: C(, C.name(, C.new(.
static bool is_constructor_here(const Parser *p) {
  if (p->class_kind == CLASS_NONE || !is_identifier_at(p, p->at)) return false;
  bool is_own =
      token_here(p)->value == p->class_name && p->class_name != NAME_NONE;
  switch (kind_next(p)) {
    case TOK_OPEN_PAREN:
      return is_own;
    case TOK_LESS: {
      uint32_t after = il_parse_skip_type_parameters(p, p->at + 1);
      return is_own && after != 0 && kind_at(p, after) == TOK_OPEN_PAREN;
    }
    case TOK_DOT: {
      TokenKind name = kind_at(p, p->at + 2);
      TokenKind after = kind_at(p, p->at + 3);
      return (il_token_is_identifier(name) || name == TOK_NEW) &&
             (after == TOK_OPEN_PAREN || after == TOK_LESS) &&
             (after == TOK_OPEN_PAREN || is_own);
    }
    default:
      return false;
  }
}

// `factory` behind a type or other modifiers is the name of a method.
static bool is_factory_here(const Parser *p, const Member *m) {
  if (!is_here(p, TOK_FACTORY) || p->class_kind == CLASS_NONE) return false;
  const uint32_t allowed = TREE_MOD_CONST | TREE_MOD_EXTERNAL;
  if (m->type || (m->modifiers & ~allowed)) return false;
  if (p->version >= IL_VERSION(3, 13)) return true;
  return is_identifier_at(p, p->at + 1) &&
         (kind_at(p, p->at + 2) == TOK_OPEN_PAREN ||
          kind_at(p, p->at + 2) == TOK_DOT ||
          kind_at(p, p->at + 2) == TOK_LESS);
}

// Whether a type and the begin of a member's name stand here.
static bool has_type_here(const Parser *p) {
  if (is_here(p, TOK_VOID)) return true;
  uint32_t after = il_parse_skip_type(p, p->at);
  return after != 0 && is_identifier_at(p, after) &&
         !il_parse_is_body_at(p, after);
}

// Members that begin with a word of their own.
static TreeNode *parse_special(Parser *p, Member *m, bool *is_special) {
  *is_special = true;
  if (is_operator_here(p)) return parse_operator(p, m);
  if (is_accessor_here(p)) return parse_accessor(p, m);
  if (is_factory_here(p, m)) return parse_factory(p, m);
  if (p->class_kind != CLASS_NONE) {
    if (is_here(p, TOK_NEW)) return parse_new_constructor(p, m);
    if (is_here(p, TOK_THIS)) return parse_primary_body(p, m);
  }
  if (is_constructor_here(p)) return parse_constructor(p, m);
  *is_special = false;
  return NULL;
}

// At the name of a method or of the first field.
static TreeNode *parse_named(Parser *p, Member *m) {
  if (!is_identifier_at(p, p->at)) {
    TokenKind kind = kind_here(p);
    TokenKind next = kind_next(p);
    bool is_name = il_token_is_word(kind) &&
                   (next == TOK_OPEN_PAREN || next == TOK_ASSIGN ||
                    next == TOK_SEMICOLON || next == TOK_COMMA);
    if (!is_name) {
      il_parse_report_found(p, p->class_kind == CLASS_NONE
                                   ? DIAG_EXPECTED_DECLARATION
                                   : DIAG_EXPECTED_MEMBER);
      return NULL;
    }
  }
  switch (kind_next(p)) {
    case TOK_OPEN_PAREN:
    case TOK_LESS:
    case TOK_OPEN_BRACE:
    case TOK_ARROW:
      return parse_method(p, m);
    case TOK_ASYNC:
    case TOK_SYNC:
      if (il_parse_is_body_at(p, p->at + 1)) return parse_method(p, m);
      IL_FALLTHROUGH;
    default:
      return parse_fields(p, m);
  }
}

TreeNode *il_parse_member(Parser *p) {
  Member m = {.start = start_here(p)};
  m.metadata = il_parse_metadata(p);
  m.index = p->at;
  parse_modifiers(p, &m);
  bool is_special;
  TreeNode *node = parse_special(p, &m, &is_special);
  if (is_special) return node;
  if (has_type_here(p)) {
    m.type = il_parse_type(p);
    node = parse_special(p, &m, &is_special);
    if (is_special) return node;
  }
  return parse_named(p, &m);
}
