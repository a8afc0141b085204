// parse_class.c: classes, mixins, enums, extensions and extension types. In
// order: bodies, headers, primary constructors, one function a kind.

#include "syntax/parse.h"

// ---- Bodies ---------------------------------------------------------------

typedef struct ClassScope {
  ClassKind kind;
  Name name;
} ClassScope;

static ClassScope enter_class(Parser *p, ClassKind kind, Name name) {
  ClassScope saved = {p->class_kind, p->class_name};
  p->class_kind = kind;
  p->class_name = name;
  return saved;
}

static void leave_class(Parser *p, ClassScope saved) {
  p->class_kind = saved.kind;
  p->class_name = saved.name;
}

// Members up to the closing brace, which stays.
static TreeList parse_members(Parser *p) {
  uint32_t mark = mark_nodes(p);
  while (!is_here(p, TOK_CLOSE_BRACE) && !is_here(p, TOK_END)) {
    uint32_t before = p->at;
    TreeNode *node = il_parse_member(p);
    if (node) push_node(p, node);
    if (p->at == before) {
      uint32_t next = is_here(p, TOK_OPEN_BRACE) ? skip_brackets(p, p->at) : 0;
      if (next != 0 && next < p->count) {
        p->at = next;
      } else {
        advance(p);
      }
    }
  }
  return il_parse_take_nodes(p, mark);
}

// { members } or, since 3.13, `;`.
static TreeList parse_body(Parser *p) {
  if (is_here(p, TOK_SEMICOLON)) {
    il_parse_require(p, p->at, IL_VERSION(3, 13), "A body that is ';'");
    advance(p);
    return (TreeList){0};
  }
  if (!il_parse_expect(p, TOK_OPEN_BRACE)) return (TreeList){0};
  TreeList members = parse_members(p);
  il_parse_expect(p, TOK_CLOSE_BRACE);
  return members;
}

// At most one PRIMARY_BODY, and only beside a primary constructor; then no
// other generative constructor unless it redirects.
static void check_primary(Parser *p, const TreePrimaryConstructor *primary,
                          TreeList members) {
  bool has_body = false;
  for (uint32_t i = 0; i < members.count; i++) {
    TreeNode *node = members.items[i];
    if (node->kind == TREE_PRIMARY_BODY) {
      const TreePrimaryBody *body = (TreePrimaryBody *)node;
      if (!primary) {
        report_node(p, node, DIAG_PRIMARY_BODY,
                    "There is no primary constructor in the header.");
      } else if (has_body) {
        report_node(p, node, DIAG_PRIMARY_BODY,
                    "The primary constructor has a body already.");
      } else if ((primary->modifiers & TREE_MOD_CONST) && body->body) {
        report_node(p, node, DIAG_PRIMARY_BODY,
                    "A constant constructor cannot have a body.");
      }
      has_body = true;
    }
    if (node->kind == TREE_CONSTRUCTOR && primary &&
        p->class_kind != CLASS_EXTENSION_TYPE) {
      const TreeConstructor *one = (TreeConstructor *)node;
      bool redirects =
          one->initializers.count > 0 &&
          one->initializers.items[0]->kind == TREE_REDIRECT_INITIALIZER;
      if (!(one->modifiers & TREE_MOD_FACTORY) && !redirects) {
        report_node(p, node, DIAG_PRIMARY_BODY,
                    "Beside a primary constructor others must redirect.");
      }
    }
  }
}

// ---- Headers --------------------------------------------------------------

// The clauses of a header, of which a kind of class takes some.
typedef enum Clause {
  CLAUSE_EXTENDS = 1,
  CLAUSE_ON = 2,
  CLAUSE_WITH = 4,
  CLAUSE_IMPLEMENTS = 8,
} Clause;

typedef struct Header {
  TreeNamedType *superclass;
  TreeList on_types;
  TreeList mixins;
  TreeList interfaces;
} Header;

static Clause clause_here(const Parser *p) {
  switch (kind_here(p)) {
    case TOK_EXTENDS:
      return CLAUSE_EXTENDS;
    case TOK_ON:
      return CLAUSE_ON;
    case TOK_WITH:
      return CLAUSE_WITH;
    case TOK_IMPLEMENTS:
      return CLAUSE_IMPLEMENTS;
    default:
      return 0;
  }
}

static const char *clause_text(uint32_t clause) {
  return clause & CLAUSE_IMPLEMENTS ? "implements"
         : clause & CLAUSE_WITH     ? "with"
         : clause & CLAUSE_ON       ? "on"
                                    : "extends";
}

static void check_clause(Parser *p, Clause clause, uint32_t seen,
                         uint32_t allowed, const char *what) {
  if (!(clause & allowed)) {
    report_here(p, DIAG_INVALID_CLAUSE, what, clause_text(clause));
  } else if (seen & clause) {
    report_here(p, DIAG_DUPLICATE_CLAUSE, clause_text(clause));
  } else if (seen > (uint32_t)clause) {
    report_here(p, DIAG_CLAUSE_ORDER, clause_text(clause), clause_text(seen));
  }
}

// All clauses, in whatever order, with errors for the wrong ones.
static Header parse_header(Parser *p, uint32_t allowed, const char *what) {
  Header header = {0};
  uint32_t seen = 0;
  for (;;) {
    Clause clause = clause_here(p);
    if (clause == 0) return header;
    check_clause(p, clause, seen, allowed, what);
    seen |= clause;
    advance(p);
    switch (clause) {
      case CLAUSE_EXTENDS: {
        TreeList types = il_parse_type_list(p);
        header.superclass = (TreeNamedType *)types.items[0];
        if (types.count > 1) {
          report_node(p, types.items[1], DIAG_DUPLICATE_CLAUSE, "extends");
        }
        break;
      }
      case CLAUSE_ON:
        header.on_types = il_parse_type_list(p);
        break;
      case CLAUSE_WITH:
        header.mixins = il_parse_type_list(p);
        break;
      case CLAUSE_IMPLEMENTS:
        header.interfaces = il_parse_type_list(p);
        break;
    }
  }
}

// ---- Primary constructors -------------------------------------------------

// `const` before the name of a class with a primary constructor.
static bool accept_const(Parser *p) { return accept(p, TOK_CONST); }

// .name? (parameters), behind the name and type parameters; NULL if there is
// none.
static TreePrimaryConstructor *parse_primary(Parser *p, uint32_t start,
                                             bool is_const,
                                             ParameterPlace place) {
  if (!is_here(p, TOK_DOT) && !is_here(p, TOK_OPEN_PAREN)) {
    if (is_const) report_here(p, DIAG_MISSING_PARAMETERS);
    return NULL;
  }
  if (place != PARAMETERS_EXTENSION_TYPE) {
    il_parse_require(p, p->at, IL_VERSION(3, 13), "A primary constructor");
  }
  TreePrimaryConstructor *node =
      NEW_NODE(p, PrimaryConstructor, PRIMARY_CONSTRUCTOR, start);
  if (is_const) node->modifiers = TREE_MOD_CONST;
  if (accept(p, TOK_DOT)) {
    if (is_here(p, TOK_NEW)) {
      advance(p);
    } else {
      node->name = il_parse_identifier(p);
    }
  }
  node->parameters = il_parse_parameters(p, place);
  FINISH(p, node);
  return node;
}

// ---- Classes --------------------------------------------------------------

static void check_mixin_class(Parser *p, TreeClass *node) {
  if (!(node->modifiers & TREE_MOD_MIXIN)) return;
  if (node->primary && node->primary->parameters->items.count > 0) {
    report_node(p, &node->primary->base, DIAG_CONSTRUCTOR_NOT_ALLOWED,
                "A mixin class");
  }
  for (uint32_t i = 0; i < node->members.count; i++) {
    TreeNode *member = node->members.items[i];
    if (member->kind == TREE_PRIMARY_BODY) {
      const TreePrimaryBody *body = (TreePrimaryBody *)member;
      if (body->initializers.count > 0 || body->body) {
        report_node(p, member, DIAG_CONSTRUCTOR_NOT_ALLOWED, "A mixin class");
      }
    }
    if (member->kind != TREE_CONSTRUCTOR) continue;
    const TreeConstructor *one = (TreeConstructor *)member;
    bool is_trivial =
        (one->modifiers & TREE_MOD_FACTORY) ||
        (one->parameters->items.count == 0 && one->initializers.count == 0 &&
         !one->body && !(one->modifiers & TREE_MOD_EXTERNAL));
    if (!is_trivial) {
      report_node(p, member, DIAG_CONSTRUCTOR_NOT_ALLOWED, "A mixin class");
    }
  }
}

// A mixin class has no mixins; one that is an alias has one. (That its
// superclass is Object is for sema to say, which knows what names stand for.)
static void check_mixin_clause(Parser *p, const TreeClass *node) {
  uint32_t allowed = node->is_alias ? 1 : 0;
  if ((node->modifiers & TREE_MOD_MIXIN) && node->mixins.count > allowed) {
    report_node(p, node->mixins.items[allowed], DIAG_INVALID_CLAUSE,
                "A mixin class", "with");
  }
}

// = B with C implements D;
static void parse_alias(Parser *p, TreeClass *node) {
  node->is_alias = true;
  if (node->primary) il_parse_report_found(p, DIAG_UNEXPECTED_TOKEN);
  advance(p);
  node->superclass = il_parse_named_type(p);
  if (!is_here(p, TOK_WITH)) il_parse_expect(p, TOK_WITH);
  Header header =
      parse_header(p, CLAUSE_WITH | CLAUSE_IMPLEMENTS, "A mixin application");
  node->mixins = header.mixins;
  node->interfaces = header.interfaces;
  il_parse_expect_semicolon(p);
}

TreeNode *il_parse_class(Parser *p, uint32_t start, TreeList metadata,
                         uint32_t modifiers) {
  TreeClass *node = NEW_NODE(p, Class, CLASS, start);
  node->metadata = metadata;
  node->modifiers = modifiers;
  advance(p);
  uint32_t primary_start = start_here(p);
  bool is_const = accept_const(p);
  node->name = il_parse_type_identifier(p);
  node->type_parameters = il_parse_type_parameters(p);
  node->primary = parse_primary(p, primary_start, is_const, PARAMETERS_PRIMARY);
  if (is_here(p, TOK_ASSIGN)) {
    parse_alias(p, node);
    check_mixin_clause(p, node);
    return FINISH(p, node);
  }
  Header header = parse_header(
      p, CLAUSE_EXTENDS | CLAUSE_WITH | CLAUSE_IMPLEMENTS, "A class");
  node->superclass = header.superclass;
  node->mixins = header.mixins;
  node->interfaces = header.interfaces;
  check_mixin_clause(p, node);
  ClassKind kind = modifiers & TREE_MOD_MIXIN ? CLASS_MIXIN_CLASS : CLASS_CLASS;
  ClassScope saved = enter_class(p, kind, node->name.name);
  node->members = parse_body(p);
  check_primary(p, node->primary, node->members);
  leave_class(p, saved);
  check_mixin_class(p, node);
  return FINISH(p, node);
}

// ---- Mixins ---------------------------------------------------------------

TreeNode *il_parse_mixin(Parser *p, uint32_t start, TreeList metadata,
                         uint32_t modifiers) {
  TreeMixin *node = NEW_NODE(p, Mixin, MIXIN, start);
  node->metadata = metadata;
  node->modifiers = modifiers;
  advance(p);
  node->name = il_parse_type_identifier(p);
  node->type_parameters = il_parse_type_parameters(p);
  if (is_here(p, TOK_OPEN_PAREN) || is_here(p, TOK_DOT)) {
    report_here(p, DIAG_CONSTRUCTOR_NOT_ALLOWED, "A mixin");
    TreePrimaryConstructor *primary =
        parse_primary(p, start_here(p), false, PARAMETERS_PRIMARY);
    (void)primary;
  }
  Header header = parse_header(p, CLAUSE_ON | CLAUSE_IMPLEMENTS, "A mixin");
  node->on_types = header.on_types;
  node->interfaces = header.interfaces;
  ClassScope saved = enter_class(p, CLASS_MIXIN, node->name.name);
  node->members = parse_body(p);
  check_primary(p, NULL, node->members);
  leave_class(p, saved);
  return FINISH(p, node);
}

// ---- Enums ----------------------------------------------------------------

static TreeNode *parse_enum_value(Parser *p) {
  TreeEnumValue *node = NEW_NODE(p, EnumValue, ENUM_VALUE, start_here(p));
  node->metadata = il_parse_metadata(p);
  uint32_t index = p->at;
  node->name = il_parse_identifier(p);
  uint32_t plain_end = p->at;
  node->type_arguments = il_parse_type_arguments(p);
  if (accept(p, TOK_DOT)) {
    if (!accept(p, TOK_NEW)) node->constructor = il_parse_identifier(p);
  }
  if (is_here(p, TOK_OPEN_PAREN)) {
    BodyContext saved = p->body;
    p->body = (BodyContext){.first_label = p->labels.count};
    node->arguments = il_parse_arguments(p);
    p->body = saved;
  } else if (p->at != plain_end) {
    if (node->constructor.name != NAME_NONE ||
        kind_at(p, p->at - 1) == TOK_NEW) {
      report_here(p, DIAG_EXPECTED_TOKEN, "(", il_parse_token_text(p, p->at));
    }
  }
  if (p->at != plain_end) {
    il_parse_require(p, index, IL_VERSION(2, 17), "An enhanced enum");
  }
  if (node->name.name == p->class_name && node->name.name != NAME_NONE) {
    report_name(p, node->name, DIAG_MEMBER_NAMED_AS_CLASS);
  }
  return FINISH(p, node);
}

static void parse_enum_values(Parser *p, TreeEnum *node) {
  uint32_t mark = mark_nodes(p);
  while (is_identifier_at(p, p->at) || is_here(p, TOK_AT)) {
    push_node(p, parse_enum_value(p));
    if (!accept(p, TOK_COMMA)) break;
  }
  node->values = il_parse_take_nodes(p, mark);
}

static void parse_enum_body(Parser *p, TreeEnum *node) {
  if (is_here(p, TOK_SEMICOLON)) {
    il_parse_require(p, p->at, IL_VERSION(3, 13), "A body that is ';'");
    report_name(p, node->name, DIAG_ENUM_EMPTY);
    advance(p);
    return;
  }
  if (!il_parse_expect(p, TOK_OPEN_BRACE)) return;
  parse_enum_values(p, node);
  if (node->values.count == 0) report_name(p, node->name, DIAG_ENUM_EMPTY);
  if (is_here(p, TOK_SEMICOLON)) {
    il_parse_require(p, p->at, IL_VERSION(2, 17), "An enhanced enum");
    advance(p);
    node->members = parse_members(p);
  } else if (!is_here(p, TOK_CLOSE_BRACE)) {
    il_parse_expect(p, TOK_CLOSE_BRACE);
    node->members = parse_members(p);
  }
  il_parse_expect(p, TOK_CLOSE_BRACE);
}

TreeNode *il_parse_enum(Parser *p, uint32_t start, TreeList metadata) {
  TreeEnum *node = NEW_NODE(p, Enum, ENUM, start);
  node->metadata = metadata;
  advance(p);
  uint32_t primary_start = start_here(p);
  bool is_const = accept_const(p);
  node->name = il_parse_type_identifier(p);
  if (is_here(p, TOK_LESS)) {
    il_parse_require(p, p->at, IL_VERSION(2, 17), "A generic enum");
  }
  node->type_parameters = il_parse_type_parameters(p);
  node->primary = parse_primary(p, primary_start, is_const, PARAMETERS_PRIMARY);
  if (node->primary) node->primary->modifiers |= TREE_MOD_CONST;
  if (clause_here(p)) {
    il_parse_require(p, p->at, IL_VERSION(2, 17), "An enhanced enum");
  }
  Header header = parse_header(p, CLAUSE_WITH | CLAUSE_IMPLEMENTS, "An enum");
  node->mixins = header.mixins;
  node->interfaces = header.interfaces;
  ClassScope saved = enter_class(p, CLASS_ENUM, node->name.name);
  parse_enum_body(p, node);
  check_primary(p, node->primary, node->members);
  leave_class(p, saved);
  return FINISH(p, node);
}

// ---- Extensions -----------------------------------------------------------

// Behind `extension type`.
static TreeNode *parse_extension_type(Parser *p, uint32_t start,
                                      TreeList metadata) {
  TreeExtensionType *node = NEW_NODE(p, ExtensionType, EXTENSION_TYPE, start);
  node->metadata = metadata;
  uint32_t primary_start = start_here(p);
  bool is_const = accept_const(p);
  node->name = il_parse_type_identifier(p);
  node->type_parameters = il_parse_type_parameters(p);
  node->primary =
      parse_primary(p, primary_start, is_const, PARAMETERS_EXTENSION_TYPE);
  if (!node->primary) {
    report_name(p, node->name, DIAG_EXTENSION_TYPE_PRIMARY);
    node->primary =
        NEW_NODE(p, PrimaryConstructor, PRIMARY_CONSTRUCTOR, primary_start);
    node->primary->parameters =
        NEW_NODE(p, Parameters, PARAMETERS, primary_start);
  } else if (node->primary->parameters->items.count != 1) {
    report_node(p, &node->primary->parameters->base,
                DIAG_EXTENSION_TYPE_PRIMARY);
  } else if (kind_at(p, p->at - 2) == TOK_COMMA) {
    il_parse_require(p, p->at - 2, IL_VERSION(3, 13),
                     "A comma behind the representation");
  }
  Header header = parse_header(p, CLAUSE_IMPLEMENTS, "An extension type");
  node->interfaces = header.interfaces;
  ClassScope saved = enter_class(p, CLASS_EXTENSION_TYPE, node->name.name);
  node->members = parse_body(p);
  check_primary(p, node->primary, node->members);
  leave_class(p, saved);
  return FINISH(p, node);
}

// `extension type E(...)`, not an extension that is named `type`.
static bool is_extension_type(const Parser *p) {
  if (!is_here(p, TOK_TYPE)) return false;
  TokenKind next = kind_next(p);
  if (next == TOK_CONST) return true;
  if (next == TOK_ON) {
    TokenKind after = kind_at(p, p->at + 2);
    return after == TOK_OPEN_PAREN || after == TOK_LESS || after == TOK_DOT;
  }
  return il_token_is_word(next);
}

TreeNode *il_parse_extension(Parser *p, uint32_t start, TreeList metadata) {
  advance(p);
  if (is_extension_type(p)) {
    il_parse_require(p, p->at, IL_VERSION(3, 3), "An extension type");
    advance(p);
    return parse_extension_type(p, start, metadata);
  }
  TreeExtension *node = NEW_NODE(p, Extension, EXTENSION, start);
  node->metadata = metadata;
  bool is_unnamed =
      is_here(p, TOK_LESS) || (is_here(p, TOK_ON) && kind_next(p) != TOK_ON &&
                               kind_next(p) != TOK_LESS);
  if (!is_unnamed && is_here(p, TOK_TYPE) && p->version >= IL_VERSION(3, 3)) {
    report_here(p, DIAG_EXTENSION_NAMED_TYPE);
  }
  if (!is_unnamed) node->name = il_parse_type_identifier(p);
  node->type_parameters = il_parse_type_parameters(p);
  il_parse_expect(p, TOK_ON);
  node->on_type = il_parse_type(p);
  while (clause_here(p)) {
    report_here(p, DIAG_INVALID_CLAUSE, "An extension",
                clause_text(clause_here(p)));
    advance(p);
    il_parse_type_list(p);
  }
  ClassScope saved = enter_class(p, CLASS_EXTENSION, node->name.name);
  node->members = parse_body(p);
  check_primary(p, NULL, node->members);
  leave_class(p, saved);
  return FINISH(p, node);
}
