// parse_declaration.c: units, directives and the declarations of the top
// level. In order: metadata, names, directives, typedefs, class modifiers,
// dispatch, the unit.

#include "syntax/parse.h"

// ---- Metadata -------------------------------------------------------------

// Past a.b.c<T>(...), behind the `@`.
static uint32_t skip_annotation(const Parser *p, uint32_t at) {
  if (!is_identifier_at(p, at)) return at;
  at++;
  for (;;) {
    if (kind_at(p, at) == TOK_DOT &&
        (is_identifier_at(p, at + 1) || kind_at(p, at + 1) == TOK_NEW)) {
      at += 2;
    } else if (kind_at(p, at) == TOK_LESS) {
      uint32_t after = il_parse_skip_type_arguments(p, at);
      if (after == 0) return at;
      at = after;
    } else {
      break;
    }
  }
  if (kind_at(p, at) == TOK_OPEN_PAREN && is_adjacent(p, at - 1)) {
    uint32_t after = skip_brackets(p, at);
    if (after != 0) return after;
  }
  return at;
}

uint32_t il_parse_skip_metadata(const Parser *p, uint32_t index) {
  while (kind_at(p, index) == TOK_AT) index = skip_annotation(p, index + 1);
  return index;
}

static TreeNode *parse_annotation(Parser *p) {
  TreeAnnotation *node = NEW_NODE(p, Annotation, ANNOTATION, start_here(p));
  advance(p);
  BodyContext saved = p->body;
  p->body = (BodyContext){.first_label = p->labels.count};
  if (is_here(p, TOK_CONST)) il_parse_report_found(p, DIAG_EXPECTED_IDENTIFIER);
  node->name = il_parse_constructor_name(p);
  if (node->name->type_arguments.count > 0) {
    il_parse_require(p, p->at - 1, IL_VERSION(2, 14), "Generic metadata");
  }
  // Arguments touch the name: `@a (int, int) f()` has a record type.
  bool is_touching = p->at > 0 && is_adjacent(p, p->at - 1);
  if (is_here(p, TOK_OPEN_PAREN) && is_touching) {
    node->arguments = il_parse_arguments(p);
  }
  p->body = saved;
  return FINISH(p, node);
}

TreeList il_parse_metadata(Parser *p) {
  if (!is_here(p, TOK_AT)) return (TreeList){0};
  uint32_t mark = mark_nodes(p);
  while (is_here(p, TOK_AT)) push_node(p, parse_annotation(p));
  return il_parse_take_nodes(p, mark);
}

// ---- Directives -----------------------------------------------------------

// How far the directives of a unit have come; each kind allows no earlier one.
typedef enum Stage {
  STAGE_START,
  STAGE_LIBRARY,
  STAGE_IMPORTS,
  STAGE_PARTS,
  STAGE_DECLARATIONS,
} Stage;

// Behind an error in a directive: past its `;`, on the same line.
static void expect_directive_end(Parser *p) {
  if (il_parse_expect_semicolon(p)) return;
  while (!is_here(p, TOK_END) && !is_here(p, TOK_OPEN_BRACE)) {
    if (il_parse_is_on_new_line(p)) return;
    if (accept(p, TOK_SEMICOLON)) return;
    advance(p);
  }
}

static TreeNode *parse_configuration(Parser *p) {
  TreeConfiguration *node =
      NEW_NODE(p, Configuration, CONFIGURATION, start_here(p));
  advance(p);
  il_parse_expect(p, TOK_OPEN_PAREN);
  node->names = il_parse_dotted_names(p);
  if (accept(p, TOK_EQUAL)) node->value = il_parse_uri(p);
  il_parse_expect(p, TOK_CLOSE_PAREN);
  node->uri = il_parse_uri(p);
  return FINISH(p, node);
}

static TreeList parse_configurations(Parser *p) {
  uint32_t mark = mark_nodes(p);
  while (is_here(p, TOK_IF)) push_node(p, parse_configuration(p));
  return il_parse_take_nodes(p, mark);
}

static TreeList parse_combinators(Parser *p) {
  uint32_t mark = mark_nodes(p);
  while (is_here(p, TOK_SHOW) || is_here(p, TOK_HIDE)) {
    TreeCombinator *node = NEW_NODE(p, Combinator, COMBINATOR, start_here(p));
    node->is_hide = is_here(p, TOK_HIDE);
    advance(p);
    uint32_t names = mark_names(p);
    do {
      push_name(p, il_parse_identifier(p));
    } while (accept(p, TOK_COMMA));
    node->names = il_parse_take_names(p, names);
    push_node(p, FINISH(p, node));
  }
  return il_parse_take_nodes(p, mark);
}

static TreeNode *parse_import(Parser *p, uint32_t start, TreeList metadata) {
  TreeImport *node = NEW_NODE(p, Import, IMPORT, start);
  node->metadata = metadata;
  advance(p);
  node->uri = il_parse_uri(p);
  node->configurations = parse_configurations(p);
  uint32_t index = p->at;
  node->is_deferred = accept(p, TOK_DEFERRED);
  if (accept(p, TOK_AS)) {
    node->prefix = il_parse_type_identifier(p);
  } else if (node->is_deferred) {
    report_at(p, index, DIAG_DEFERRED_WITHOUT_PREFIX);
  }
  node->combinators = parse_combinators(p);
  expect_directive_end(p);
  return FINISH(p, node);
}

static TreeNode *parse_export(Parser *p, uint32_t start, TreeList metadata) {
  TreeExport *node = NEW_NODE(p, Export, EXPORT, start);
  node->metadata = metadata;
  advance(p);
  node->uri = il_parse_uri(p);
  node->configurations = parse_configurations(p);
  node->combinators = parse_combinators(p);
  expect_directive_end(p);
  return FINISH(p, node);
}

static TreeNode *parse_part(Parser *p, uint32_t start, TreeList metadata) {
  TreePart *node = NEW_NODE(p, Part, PART, start);
  node->metadata = metadata;
  advance(p);
  node->uri = il_parse_uri(p);
  expect_directive_end(p);
  return FINISH(p, node);
}

// dart:core alone may declare a class named `Function`.
static void note_core(Parser *p, TreeNames names) {
  p->is_core =
      names.count == 2 &&
      il_text_equal(il_name_text(p->names, names.items[0].name),
                    TEXT("dart")) &&
      il_text_equal(il_name_text(p->names, names.items[1].name), TEXT("core"));
}

static TreeNode *parse_part_of(Parser *p, uint32_t start, TreeList metadata) {
  TreePartOf *node = NEW_NODE(p, PartOf, PART_OF, start);
  node->metadata = metadata;
  advance(p);
  advance(p);
  if (is_here(p, TOK_STRING) || is_here(p, TOK_STRING_HEAD)) {
    node->uri = il_parse_uri(p);
  } else {
    node->names = il_parse_dotted_names(p);
    note_core(p, node->names);
  }
  expect_directive_end(p);
  return FINISH(p, node);
}

static TreeNode *parse_library(Parser *p, uint32_t start, TreeList metadata) {
  TreeLibrary *node = NEW_NODE(p, Library, LIBRARY, start);
  node->metadata = metadata;
  uint32_t index = p->at;
  advance(p);
  if (is_here(p, TOK_SEMICOLON)) {
    il_parse_require(p, index, IL_VERSION(2, 19), "A library without a name");
  } else {
    node->names = il_parse_dotted_names(p);
    note_core(p, node->names);
  }
  expect_directive_end(p);
  return FINISH(p, node);
}

// Whether the built-in identifier at index begins a directive and is not the
// name or (wrongly) the type of a declaration.
static bool is_directive_at(const Parser *p, uint32_t index) {
  TokenKind next = kind_at(p, index + 1);
  switch (kind_at(p, index)) {
    case TOK_IMPORT:
    case TOK_EXPORT:
      return next == TOK_STRING || next == TOK_STRING_HEAD;
    case TOK_PART:
      return next == TOK_STRING || next == TOK_STRING_HEAD || next == TOK_OF;
    case TOK_LIBRARY:
      return il_token_is_identifier(next) || next == TOK_SEMICOLON;
    default:
      return false;
  }
}

typedef struct UnitState {
  Stage stage;
  bool has_part_of;
} UnitState;

static void check_directive(Parser *p, UnitState *state, TokenKind kind,
                            bool is_part_of) {
  Stage stage = kind == TOK_LIBRARY ? STAGE_LIBRARY
                : kind == TOK_PART  ? STAGE_PARTS
                                    : STAGE_IMPORTS;
  if (is_part_of) stage = STAGE_START;
  if (is_part_of && state->stage != STAGE_START) {
    report_here(p, DIAG_DIRECTIVE_ORDER, "all other directives");
  } else if (is_part_of && state->has_part_of) {
    report_here(p, DIAG_INVALID_PART_DIRECTIVE,
                "A file can be part of one library only.");
  } else if (!is_part_of && state->has_part_of) {
    report_here(p, DIAG_INVALID_PART_DIRECTIVE,
                "A part has no directives of its own.");
  } else if (kind == TOK_LIBRARY && state->stage != STAGE_START) {
    report_here(p, DIAG_DIRECTIVE_ORDER, "all other directives");
  } else if (stage < state->stage) {
    report_here(p, DIAG_DIRECTIVE_ORDER,
                state->stage == STAGE_DECLARATIONS ? "all declarations"
                                                   : "all part directives");
  }
  if (stage > state->stage) state->stage = stage;
  if (is_part_of) state->has_part_of = true;
}

static TreeNode *parse_directive(Parser *p, UnitState *state) {
  uint32_t start = start_here(p);
  TreeList metadata = il_parse_metadata(p);
  TokenKind kind = kind_here(p);
  bool is_part_of = kind == TOK_PART && kind_next(p) == TOK_OF;
  check_directive(p, state, kind, is_part_of);
  if (is_part_of) return parse_part_of(p, start, metadata);
  switch (kind) {
    case TOK_IMPORT:
      return parse_import(p, start, metadata);
    case TOK_EXPORT:
      return parse_export(p, start, metadata);
    case TOK_PART:
      return parse_part(p, start, metadata);
    default:
      return parse_library(p, start, metadata);
  }
}

// ---- Typedefs -------------------------------------------------------------

// typedef F<T> = type;
static TreeNode *parse_new_typedef(Parser *p, TreeTypedef *node) {
  node->name = il_parse_type_identifier(p);
  node->type_parameters = il_parse_type_parameters(p);
  il_parse_expect(p, TOK_ASSIGN);
  uint32_t index = p->at;
  node->type = il_parse_type(p);
  if (node->type->kind != TREE_FUNCTION_TYPE) {
    il_parse_require(p, index, IL_VERSION(2, 13),
                     "A type alias of other than functions");
  } else if (((TreeFunctionType *)node->type)->is_nullable) {
    il_parse_require(p, index, IL_VERSION(2, 13),
                     "A type alias of other than functions");
  }
  il_parse_expect_semicolon(p);
  return FINISH(p, node);
}

// typedef int F<T>(T x);
static TreeNode *parse_old_typedef(Parser *p, TreeTypedef *node) {
  node->is_old_form = true;
  TreeFunctionType *type =
      NEW_NODE(p, FunctionType, FUNCTION_TYPE, start_here(p));
  uint32_t after = il_parse_skip_type(p, p->at);
  if (after != 0 && is_identifier_at(p, after)) {
    type->return_type = il_parse_type(p);
  } else if (is_here(p, TOK_VOID)) {
    type->return_type = il_parse_type(p);
  }
  node->name = il_parse_type_identifier(p);
  node->type_parameters = il_parse_type_parameters(p);
  type->parameters = il_parse_parameters(p, PARAMETERS_OLD_TYPEDEF);
  node->type = FINISH(p, type);
  il_parse_expect_semicolon(p);
  return FINISH(p, node);
}

static TreeNode *parse_typedef(Parser *p, uint32_t start, TreeList metadata) {
  TreeTypedef *node = NEW_NODE(p, Typedef, TYPEDEF, start);
  node->metadata = metadata;
  advance(p);
  uint32_t after = p->at + 1;
  if (kind_at(p, after) == TOK_LESS) {
    after = il_parse_skip_type_parameters(p, after);
  }
  if (after != 0 && kind_at(p, after) == TOK_ASSIGN) {
    return parse_new_typedef(p, node);
  }
  return parse_old_typedef(p, node);
}

// ---- Class modifiers ------------------------------------------------------

static uint32_t class_modifier(TokenKind kind) {
  switch (kind) {
    case TOK_ABSTRACT:
      return TREE_MOD_ABSTRACT;
    case TOK_BASE:
      return TREE_MOD_BASE;
    case TOK_INTERFACE:
      return TREE_MOD_INTERFACE;
    case TOK_FINAL:
      return TREE_MOD_FINAL;
    case TOK_SEALED:
      return TREE_MOD_SEALED;
    case TOK_MIXIN:
      return TREE_MOD_MIXIN;
    default:
      return 0;
  }
}

// The index of `class`, or of the `mixin` of a mixin, behind class modifiers
// at index; NO_CLASS if that is not what stands there.
#define NO_CLASS UINT32_MAX

static uint32_t find_class(const Parser *p, uint32_t index) {
  uint32_t at = index;
  while (class_modifier(kind_at(p, at)) != 0) at++;
  if (kind_at(p, at) == TOK_CLASS || kind_at(p, at) == TOK_ENUM) return at;
  if (at > index && kind_at(p, at - 1) == TOK_MIXIN &&
      is_identifier_at(p, at)) {
    return at - 1;
  }
  // `mixin base {}`, a mixin of that name.
  if (at > index + 1 && kind_at(p, at - 2) == TOK_MIXIN) return at - 2;
  return NO_CLASS;
}

// The modifiers up to `end`. Legal are: abstract? (base | interface | final |
// base? mixin)? or sealed, each once and in this order.
static uint32_t parse_class_modifiers(Parser *p, uint32_t end, bool is_mixin) {
  uint32_t modifiers = 0;
  for (; p->at < end; advance(p)) {
    uint32_t bit = class_modifier(kind_here(p));
    Text text = il_parse_token_text(p, p->at);
    const uint32_t kinds = TREE_MOD_BASE | TREE_MOD_INTERFACE | TREE_MOD_FINAL |
                           TREE_MOD_SEALED | TREE_MOD_MIXIN;
    if (bit != TREE_MOD_ABSTRACT) {
      il_parse_require(p, p->at, IL_VERSION(3, 0), "A class modifier");
    }
    if (modifiers & bit) {
      report_here(p, DIAG_DUPLICATE_MODIFIER, text);
    } else if (is_mixin && bit != TREE_MOD_BASE) {
      report_here(p, DIAG_INVALID_MODIFIER, text);
    } else if (bit == TREE_MOD_ABSTRACT && (modifiers & TREE_MOD_SEALED)) {
      report_here(p, DIAG_MODIFIER_CONFLICT, text, "sealed");
    } else if (bit == TREE_MOD_ABSTRACT && modifiers) {
      report_here(p, DIAG_MODIFIER_ORDER, text, "base' or 'mixin");
    } else if (bit == TREE_MOD_SEALED && (modifiers & TREE_MOD_ABSTRACT)) {
      report_here(p, DIAG_MODIFIER_CONFLICT, text, "abstract");
    } else if (bit == TREE_MOD_MIXIN &&
               (modifiers & kinds & ~(uint32_t)TREE_MOD_BASE)) {
      report_here(p, DIAG_MODIFIER_CONFLICT, text,
                  "interface', 'final' or 'sealed");
    } else if (bit == TREE_MOD_BASE && (modifiers & TREE_MOD_MIXIN)) {
      report_here(p, DIAG_MODIFIER_ORDER, text, "mixin");
    } else if (bit != TREE_MOD_ABSTRACT && bit != TREE_MOD_MIXIN &&
               (modifiers & kinds)) {
      report_here(p, DIAG_MODIFIER_CONFLICT, text, "others");
    }
    modifiers |= bit;
  }
  return modifiers;
}

// ---- Dispatch -------------------------------------------------------------

static TreeNode *parse_class_like(Parser *p, uint32_t start, TreeList metadata,
                                  uint32_t keyword) {
  TokenKind kind = kind_at(p, keyword);
  uint32_t modifiers = parse_class_modifiers(p, keyword, kind == TOK_MIXIN);
  if (kind == TOK_CLASS) {
    return il_parse_class(p, start, metadata, modifiers);
  }
  if (kind == TOK_MIXIN) return il_parse_mixin(p, start, metadata, modifiers);
  if (modifiers) {
    report_at(p, keyword - 1, DIAG_INVALID_MODIFIER,
              il_parse_token_text(p, keyword - 1));
  }
  return il_parse_enum(p, start, metadata);
}

// Whether a built-in identifier at index is the keyword of its declaration and
// not the name of a function or variable.
static bool is_keyword_at(const Parser *p, uint32_t index) {
  TokenKind next = kind_at(p, index + 1);
  switch (kind_at(p, index)) {
    case TOK_EXTENSION:
      return il_token_is_word(next) || next == TOK_LESS;
    case TOK_TYPEDEF:
      return il_token_is_word(next) || next == TOK_OPEN_PAREN;
    default:
      return false;
  }
}

static TreeNode *parse_declaration(Parser *p) {
  uint32_t behind = il_parse_skip_metadata(p, p->at);
  uint32_t keyword = find_class(p, behind);
  bool is_keyword = is_keyword_at(p, behind);
  if (keyword == NO_CLASS && !is_keyword) return il_parse_member(p);
  uint32_t start = start_here(p);
  TreeList metadata = il_parse_metadata(p);
  // What follows an error in the metadata may be something else.
  if (p->at != behind) return NULL;
  if (keyword != NO_CLASS) return parse_class_like(p, start, metadata, keyword);
  if (is_here(p, TOK_EXTENSION)) {
    return il_parse_extension(p, start, metadata);
  }
  return parse_typedef(p, start, metadata);
}

// ---- The unit -------------------------------------------------------------

static void parse_unit_item(Parser *p, UnitState *state, NodeVec *directives) {
  uint32_t behind = il_parse_skip_metadata(p, p->at);
  if (is_directive_at(p, behind)) {
    il_vec_push(directives, parse_directive(p, state));
    return;
  }
  TreeNode *node = parse_declaration(p);
  if (node) push_node(p, node);
  state->stage = STAGE_DECLARATIONS;
}

TreeUnit *il_parse_unit(Parser *p) {
  TreeUnit *unit = NEW_NODE(p, Unit, UNIT, 0);
  UnitState state = {0};
  NodeVec directives = {0};
  uint32_t mark = mark_nodes(p);
  accept(p, TOK_SCRIPT_TAG);
  while (!is_here(p, TOK_END)) {
    uint32_t before = p->at;
    parse_unit_item(p, &state, &directives);
    if (p->at == before) {
      il_parse_report_found(p, DIAG_EXPECTED_DECLARATION);
      uint32_t next = is_here(p, TOK_OPEN_BRACE) ? skip_brackets(p, p->at) : 0;
      if (next != 0 && next < p->count) {
        p->at = next;
      } else {
        advance(p);
      }
    }
  }
  unit->declarations = il_parse_take_nodes(p, mark);
  unit->directives.count = directives.count;
  unit->directives.items = il_vec_to_arena(&directives, p->arena);
  il_vec_drop(&directives);
  unit->base.end = p->source->text.length;
  return unit;
}
