// infer.c: what all files of inference stand on: making nodes, types of core
// classes, local scopes, errors.  The entry points are in infer_body.c.

#include "sema/infer_internal.h"

#include "sema/flow.h"

// ------------------------------------------------------------------- errors

Text il_infer_type_text(InferContext *f, TypeId type) {
  return il_sema_type_text(f->sema, type);
}

Text il_infer_name_text(InferContext *f, Name name) {
  return il_name_public_text(f->sema->names, name);
}

TypedExpr *il_infer_unsupported(InferContext *f, const TreeNode *node,
                                const char *construct) {
  il_infer_error(f, node, DIAG_UNSUPPORTED, construct);
  return il_infer_invalid(f, node->start);
}

// -------------------------------------------------------------------- nodes

TypedExpr *il_infer_new_expr(InferContext *f, ExprKind kind, size_t size,
                             uint32_t offset, TypeId type) {
  TypedExpr *e = il_arena_alloc(f->arena, size);
  e->kind = (uint8_t)kind;
  e->offset = offset;
  e->type = type;
  return e;
}

TypedStmt *il_infer_new_stmt(InferContext *f, StmtKind kind, size_t size,
                             uint32_t offset) {
  TypedStmt *s = il_arena_alloc(f->arena, size);
  s->kind = (uint8_t)kind;
  s->offset = offset;
  return s;
}

TypedExpr *il_infer_constant_expr(InferContext *f, Constant *c, TypeId type,
                                  uint32_t offset) {
  TypedConstant *e = NEW_EXPR(f, CONSTANT, TypedConstant, offset, type);
  e->value = c;
  return &e->base;
}

TypedExpr *il_infer_invalid(InferContext *f, uint32_t offset) {
  TypedExpr *e = il_infer_null(f, offset);
  e->type = TYPE_ID_INVALID;
  return e;
}

TypedExpr *il_infer_null(InferContext *f, uint32_t offset) {
  Constant c = {.kind = CONSTANT_NULL, .type = TYPE_ID_NULL};
  return il_infer_constant_expr(f, il_constant_intern(f->sema, &c),
                                TYPE_ID_NULL, offset);
}

TypedExpr *il_infer_bool(InferContext *f, bool value, uint32_t offset) {
  Constant c = {.kind = CONSTANT_BOOL, .type = TYPE_ID_BOOL, .integer = value};
  return il_infer_constant_expr(f, il_constant_intern(f->sema, &c),
                                TYPE_ID_BOOL, offset);
}

TypedExpr *il_infer_string(InferContext *f, Text value, uint32_t offset) {
  Constant c = {.kind = CONSTANT_STRING, .type = TYPE_ID_STRING, .text = value};
  return il_infer_constant_expr(f, il_constant_intern(f->sema, &c),
                                TYPE_ID_STRING, offset);
}

TypedExpr *il_infer_sequence(InferContext *f, TypedStmt **statements,
                             uint32_t count, TypedExpr *value) {
  TypedSequence *s =
      NEW_EXPR(f, SEQUENCE, TypedSequence, value->offset, value->type);
  if (count > 0) {
    s->statements.items =
        il_arena_copy(f->arena, statements, sizeof(*statements) * count);
  }
  s->statements.count = count;
  s->value = value;
  return &s->base;
}

TypedStmt *il_infer_expr_stmt(InferContext *f, TypedExpr *e) {
  TypedExprStmt *s = NEW_STMT(f, EXPRESSION, TypedExprStmt, e->offset);
  s->expression = e;
  return &s->base;
}

TypedExpr *il_infer_after(InferContext *f, TypedExpr *first, TypedExpr *value) {
  TypedStmt *statement = il_infer_expr_stmt(f, first);
  return il_infer_sequence(f, &statement, 1, value);
}

// -------------------------------------------------------------------- types

TypeId il_infer_core_type(InferContext *f, WellKnownClass id) {
  return il_type_interface(f->types, id, NULL, 0);
}

TypeId il_infer_core_type1(InferContext *f, WellKnownClass id, TypeId arg) {
  return il_type_interface(f->types, id, &arg, 1);
}

TypeId il_infer_core_type2(InferContext *f, WellKnownClass id, TypeId a,
                           TypeId b) {
  TypeId args[2] = {a, b};
  return il_type_interface(f->types, id, args, 2);
}

bool il_infer_is_subtype(InferContext *f, TypeId sub, TypeId super) {
  if (sub == super || sub == TYPE_ID_INVALID || super == TYPE_ID_INVALID) {
    return true;
  }
  return il_type_is_subtype(f->type_context, sub, super);
}

TypeId il_infer_resolve_bound(InferContext *f, TypeId type) {
  return il_type_resolve_bound(f->type_context, type);
}

TypeId il_infer_type_argument(InferContext *f, TypeId type, WellKnownClass id,
                              uint32_t index) {
  TypeId seen = il_class_as_instance_of(f->type_context, type, id);
  if (seen == TYPE_ID_NONE) return TYPE_ID_NONE;
  const Type *t = il_type_get(f->types, seen);
  if (t->kind == TYPE_INVALID) return TYPE_ID_INVALID;
  return index < t->count ? t->items[index] : TYPE_ID_NONE;
}

ClassElement *il_infer_class_of(InferContext *f, TypeId type) {
  const Type *t = il_type_get(f->types, type);
  if (t->kind != TYPE_INTERFACE) return NULL;
  return il_sema_class(f->sema, t->head);
}

TypeId il_infer_type(InferContext *f, TreeNode *annotation) {
  TypeId type = il_declare_type(f->sema, f->scope, annotation);
  il_infer_use_type(f, type);
  return type;
}

void il_infer_use_type(InferContext *f, TypeId type) {
  if (type == TYPE_ID_NONE) return;
  const Type *t = il_type_get(f->types, type);
  if (!(t->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM))) return;
  for (TypedBody *b = f->function->body; b; b = b->parent) {
    b->uses_class_types = true;
  }
}

TypeId il_infer_variable_type(InferContext *f, TypeId initializer) {
  if (initializer == TYPE_ID_NULL) return TYPE_ID_DYNAMIC;
  const Type *t = il_type_get(f->types, initializer);
  if (t->kind == TYPE_INTERSECTION) return t->items[0];
  return initializer;
}

// ------------------------------------------------------------------- locals

Name il_infer_name(InferContext *f, Name name) {
  return il_library_name(f->library, name);
}

LocalVar *il_infer_new_local(InferContext *f, Name name, TypeId type,
                             uint16_t flags) {
  LocalVar *v = IL_NEW(f->arena, LocalVar);
  v->base.kind = ELEMENT_LOCAL;
  v->base.name = name;
  v->base.library = f->library;
  v->base.unit = f->unit;
  v->type = type;
  v->flags = flags;
  v->owner = f->function->body;
  return v;
}

LocalVar *il_infer_new_temp(InferContext *f, TypeId type) {
  return il_infer_new_local(f, NAME_NONE, type,
                            LOCAL_IS_FINAL | LOCAL_IS_SYNTHETIC);
}

// A name of a block that is declared further down; see il_infer_declare.
static bool is_announced(const Element *e) {
  return e->kind == ELEMENT_LOCAL && ((const LocalVar *)e)->type == 0;
}

static void announce_name(InferContext *f, const TreeName *written) {
  if (written->name == NAME_NONE || written->name == NAME_wildcard) return;
  Name name = il_infer_name(f, written->name);
  uint64_t found;
  if (il_map_find(&f->scope->names, name, &found)) return;
  LocalVar *v = il_infer_new_local(f, name, TYPE_ID_NONE, 0);
  il_map_put(&f->scope->names, name, il_map_key(v));
}

static void announce_pattern(TreeNode *node, void *context) {
  InferContext *f = context;
  if (node->kind == TREE_VARIABLE_PATTERN) {
    announce_name(f, &((TreeVariablePattern *)node)->name);
    return;
  }
  if (node->kind == TREE_NAMED_TYPE) return;
  il_tree_each_child(node, announce_pattern, f);
}

static void announce_statement(InferContext *f, TreeNode *node) {
  while (node->kind == TREE_LABELED && ((TreeLabeled *)node)->statement) {
    node = ((TreeLabeled *)node)->statement;
  }
  if (node->kind == TREE_VARIABLES) {
    TreeVariables *variables = (TreeVariables *)node;
    for (uint32_t i = 0; i < variables->items.count; i++) {
      TreeNode *item = variables->items.items[i];
      if (item->kind == TREE_VARIABLE) {
        announce_name(f, &((TreeVariable *)item)->name);
      }
    }
  } else if (node->kind == TREE_FUNCTION) {
    announce_name(f, &((TreeFunction *)node)->name);
  } else if (node->kind == TREE_PATTERN_VARIABLES) {
    TreePatternVariables *variables = (TreePatternVariables *)node;
    if (variables->pattern) announce_pattern(variables->pattern, f);
  }
}

Scope *il_infer_open_block(InferContext *f, const TreeList *statements) {
  Scope *saved = f->scope;
  f->scope = il_scope_new(f->sema, SCOPE_BLOCK, saved);
  for (uint32_t i = 0; statements && i < statements->count; i++) {
    announce_statement(f, statements->items[i]);
  }
  return saved;
}

void il_infer_close_block(InferContext *f, Scope *saved) {
  while (f->scope != saved) {
    Scope *scope = f->scope;
    f->scope = scope->parent;
    if (scope->kind == SCOPE_BLOCK) il_scope_drop(scope);
  }
}

void il_infer_declare(InferContext *f, LocalVar *local, const TreeName *name) {
  Name key = local->base.name;
  if (name) local->declared_at = name->start;
  if (key == NAME_NONE) return;
  if (key == NAME_wildcard &&
      f->library->language_version >= IL_VERSION(3, 7)) {
    return;
  }
  uint64_t found;
  if (il_map_find(&f->scope->names, key, &found)) {
    Element *old = (Element *)(uintptr_t)found;
    if (!is_announced(old) && name) {
      il_infer_error_name(f, *name, DIAG_DUPLICATE_DECLARATION,
                          il_infer_name_text(f, key));
    }
  }
  il_map_put(&f->scope->names, key, il_map_key(local));
}

void il_infer_use_local(InferContext *f, LocalVar *local) {
  if (local->owner != f->function->body) local->flags |= LOCAL_IS_CAPTURED;
}

void il_infer_use_this(InferContext *f) {
  for (TypedBody *b = f->function->body; b; b = b->parent) {
    b->uses_this = true;
  }
}

// Whether the class's members may be applied elsewhere as a mixin's.
static bool may_be_mixed_in(const InferContext *f) {
  if (!f->owner) return false;
  return (f->owner->flags & ELEMENT_IS_MIXIN) ||
         f->library->language_version < 0x300;
}

LocalVar *il_infer_use_super(InferContext *f, FunctionElement *target) {
  il_infer_use_this(f);
  TypedBody *member = f->function->body;
  if (!member->parent || !may_be_mixed_in(f)) return NULL;
  while (member->parent) member = member->parent;
  InferSuper *s = f->supers;
  while (s && s->target != target) s = s->next;
  if (!s) {
    s = IL_NEW(f->arena, InferSuper);
    *s = (InferSuper){f->supers, target, NULL};
    s->local = il_infer_new_local(f, NAME_NONE,
                                  il_infer_core_type(f, CLASS_FUNCTION),
                                  LOCAL_IS_FINAL);
    s->local->owner = member;
    f->supers = s;
  }
  il_infer_use_local(f, s->local);
  return s->local;
}

void il_infer_bind_supers(InferContext *f, TypedBody *body) {
  IL_VEC(TypedStmt *) statements = {0};
  for (InferSuper *s = f->supers; s; s = s->next) {
    TypedInstanceTearOff *e = NEW_EXPR(f, SUPER_TEAR_OFF, TypedInstanceTearOff,
                                       body->offset, s->local->type);
    e->target = s->target;
    if (!body->code) {
      body->value = il_infer_let(f, s->local, &e->base, body->value);
      continue;
    }
    TypedVarStmt *v = NEW_STMT(f, VAR, TypedVarStmt, body->offset);
    v->local = s->local;
    v->value = &e->base;
    il_vec_push(&statements, &v->base);
  }
  if (statements.count > 0) {
    TypedBlock *block = NEW_STMT(f, BLOCK, TypedBlock, body->code->offset);
    il_vec_push(&statements, body->code);
    block->statements.items = il_vec_to_arena(&statements, f->arena);
    block->statements.count = statements.count;
    body->code = &block->base;
  }
  il_vec_drop(&statements);
}

TypedExpr *il_infer_local_get(InferContext *f, LocalVar *local,
                              uint32_t offset) {
  TypedLocalGet *e = NEW_EXPR(f, LOCAL_GET, TypedLocalGet, offset, local->type);
  e->local = local;
  il_infer_use_local(f, local);
  return &e->base;
}

TypedExpr *il_infer_let(InferContext *f, LocalVar *local, TypedExpr *value,
                        TypedExpr *body) {
  TypedLet *e = NEW_EXPR(f, LET, TypedLet, value->offset, body->type);
  e->local = local;
  e->value = value;
  e->body = body;
  return &e->base;
}

// A value that is needed more than once: a temporary, unless reading it twice
// is the same.  `*let` gets the temporary or NULL.
TypedExpr *il_infer_hold(InferContext *f, TypedExpr *e, LocalVar **let) {
  *let = NULL;
  if (e->kind == EXPR_THIS || e->kind == EXPR_CONSTANT || e->kind == EXPR_INT ||
      e->kind == EXPR_DOUBLE || il_infer_is_invalid(e)) {
    return e;
  }
  if (e->kind == EXPR_LOCAL_GET) {
    LocalVar *local = ((TypedLocalGet *)e)->local;
    if (local->flags & LOCAL_IS_SYNTHETIC) return e;
    if ((local->flags & LOCAL_IS_FINAL) && !(local->flags & LOCAL_IS_LATE)) {
      return e;
    }
  }
  *let = il_infer_new_temp(f, e->type);
  return il_infer_local_get(f, *let, e->offset);
}

// body, inside the let of il_infer_hold when there is one.
TypedExpr *il_infer_release(InferContext *f, LocalVar *let, TypedExpr *value,
                            TypedExpr *body) {
  return let ? il_infer_let(f, let, value, body) : body;
}
