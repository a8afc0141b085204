// infer_coerce.c: assignability, and the conversions it inserts.
//
// A value of type T goes where an S is wanted when T <: S; when T is dynamic
// (checked at run time); when T has a method `call` and S is a function type
// or Function (torn off); when T is a generic function type and S one that
// is not (instantiated).

#include "sema/infer_internal.h"

TypeId il_infer_strip_future_or(InferContext *f, TypeId type) {
  for (int i = 0; i < 8; i++) {
    const Type *t = il_type_get(f->types, type);
    if (t->nullable) {
      type = il_type_with_nullable(f->types, type, false);
    } else if (t->kind == TYPE_FUTURE_OR) {
      type = t->items[0];
    } else {
      break;
    }
  }
  return type;
}

static bool is_generic_function(InferContext *f, TypeId type) {
  const Type *t = il_type_get(f->types, type);
  if (t->kind != TYPE_FUNCTION || t->nullable) return false;
  return il_type_shape_get(f->types, t)->type_param_count > 0;
}

// A torn-off function with closed type arguments is a constant, so that two of
// them are identical.
TypedExpr *il_infer_fold_tear_off(InferContext *f, TypedExpr *e,
                                  TypeId vector) {
  if (f->is_const || vector == TYPE_ID_NONE) return e;
  const Type *v = il_type_get(f->types, vector);
  if (v->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM)) return e;
  Constant *c = il_constant_try(f->sema, f->unit, e);
  return c ? il_infer_constant_expr(f, c, e->type, e->offset) : e;
}

TypedExpr *il_infer_instantiate(InferContext *f, TypedExpr *e, TypeId vector,
                                TypeId type) {
  if (e->kind == EXPR_CONSTRUCTOR_TEAR_OFF) {
    TypedConstructorTearOff *t = (TypedConstructorTearOff *)e;
    if (t->class_vector == TYPE_ID_NONE &&
        t->constructor->owner->type_params.count > 0) {
      t->class_vector = vector;
      t->base.type = type;
      il_infer_use_type(f, vector);
      return il_infer_fold_tear_off(f, e, vector);
    }
  }
  TypedInstantiate *i =
      NEW_EXPR(f, INSTANTIATE, TypedInstantiate, e->offset, type);
  i->function = e;
  i->vector = vector;
  il_infer_use_type(f, vector);
  if (e->kind != EXPR_STATIC_TEAR_OFF && e->kind != EXPR_CONSTANT) {
    return &i->base;
  }
  // Of a static function with closed types: a constant, the same everywhere.
  Constant *c = il_constant_try(f->sema, NULL, &i->base);
  if (c == NULL) return &i->base;
  return il_infer_constant_expr(f, c, type, e->offset);
}

// A generic function where a function type without type parameters is
// wanted; NULL when no arguments make it fit.
static TypedExpr *instantiate_for(InferContext *f, TypedExpr *e, TypeId to) {
  TypeId wanted = il_infer_strip_future_or(f, to);
  const Type *w = il_type_get(f->types, wanted);
  if (w->kind != TYPE_FUNCTION ||
      il_type_shape_get(f->types, w)->type_param_count > 0) {
    return NULL;
  }
  const Type *t = il_type_get(f->types, e->type);
  uint32_t count = il_type_shape_get(f->types, t)->type_param_count;
  TypeParamId *params = IL_NEW_ARRAY(f->arena, TypeParamId, count);
  TypeId *args = IL_NEW_ARRAY(f->arena, TypeId, count);
  TypeId opened = il_type_function_open(f->types, e->type, params);
  TypeConstraints *k = il_constraint_new(f->type_context, params, count);
  bool matches = il_constraint_match(k, opened, wanted);
  if (matches) il_constraint_solve(k, true, args);
  il_constraint_free(k);
  if (!matches) return NULL;
  TypeId type = il_type_function_apply(f->types, e->type, args, count);
  for (uint32_t i = 0; i < count; i++) {
    TypeId bound = il_type_param_get(f->types, params[i])->bound;
    if (bound == TYPE_ID_NONE) continue;
    bound = il_type_substitute(f->types, bound, params, args, count);
    if (!il_infer_is_subtype(f, args[i], bound)) return NULL;
  }
  return il_infer_instantiate(f, e, il_type_vector(f->types, args, count),
                              type);
}

// The method `call` of an object where a function is wanted; NULL when it has
// none or none is wanted.
static TypedExpr *tear_off_call(InferContext *f, TypedExpr *e, TypeId to) {
  TypeId wanted = il_infer_strip_future_or(f, to);
  if (wanted != TYPE_ID_FUNCTION &&
      il_type_get(f->types, wanted)->kind != TYPE_FUNCTION) {
    return NULL;
  }
  TypeId type = il_infer_resolve_bound(f, e->type);
  const Type *t = il_type_get(f->types, type);
  if (t->kind != TYPE_INTERFACE || type == TYPE_ID_FUNCTION || t->nullable) {
    return NULL;
  }
  Member m;
  il_infer_find_member(f, e->type, NAME_call, false, &m);
  if (m.kind != MEMBER_INSTANCE && m.kind != MEMBER_EXTENSION) return NULL;
  if (m.function->function_kind == FUNCTION_GETTER) return NULL;
  ClassElement *owner = m.function->owner;
  if (owner && owner->class_kind == CLASS_KIND_EXTENSION) return NULL;
  TreeNode at = {.start = e->offset, .end = e->offset};
  return il_infer_get_member(f, e, &m, NAME_call, &at);
}

TypedExpr *il_infer_downcast(InferContext *f, TypedExpr *e, TypeId to,
                             AsKind kind) {
  TypedAs *as = NEW_EXPR(f, AS, TypedAs, e->offset, to);
  as->operand = e;
  as->target = to;
  as->as_kind = (uint8_t)kind;
  il_infer_use_type(f, to);
  return &as->base;
}

TypedExpr *il_infer_try_coerce(InferContext *f, TypedExpr *e, TypeId to) {
  if (!il_infer_has_context(to) || to == TYPE_ID_INVALID ||
      il_infer_is_invalid(e) || e->type == to) {
    return e;
  }
  const Type *t = il_type_get(f->types, to);
  if (t->flags & TYPE_HAS_UNKNOWN) {
    to = il_type_greatest_closure(f->type_context, to);
  }
  if (e->type == TYPE_ID_VOID) {
    return to == TYPE_ID_VOID || t->kind == TYPE_FUTURE_OR ? e : NULL;
  }
  if (e->type == TYPE_ID_DYNAMIC) {
    if (il_type_is_top(f->type_context, to)) return e;
    return il_infer_downcast(f, e, to, AS_DOWNCAST);
  }
  if (is_generic_function(f, e->type)) {
    TypedExpr *i = instantiate_for(f, e, to);
    if (i && il_infer_is_subtype(f, i->type, to)) return i;
  }
  if (il_infer_is_subtype(f, e->type, to)) return e;
  TypedExpr *call = tear_off_call(f, e, to);
  if (call) {
    if (is_generic_function(f, call->type)) {
      TypedExpr *i = instantiate_for(f, call, to);
      if (i) call = i;
    }
    if (il_infer_is_subtype(f, call->type, to)) return call;
  }
  return NULL;
}

TypedExpr *il_infer_coerce_or(InferContext *f, TypedExpr *e, TypeId to,
                              DiagnosticCode code, const TreeNode *node) {
  TypedExpr *made = il_infer_try_coerce(f, e, to);
  if (made) return made;
  if (e->type == TYPE_ID_VOID) {
    il_infer_error(f, node, DIAG_USE_OF_VOID);
  } else {
    il_infer_error(f, node, code, il_infer_type_text(f, e->type),
                   il_infer_type_text(f, to));
  }
  return il_infer_invalid(f, e->offset);
}

TypedExpr *il_infer_coerce(InferContext *f, TypedExpr *e, TypeId to,
                           const TreeNode *node) {
  return il_infer_coerce_or(f, e, to, DIAG_NOT_ASSIGNABLE, node);
}

TypedExpr *il_infer_used(InferContext *f, TypedExpr *e, const TreeNode *node) {
  if (e->type != TYPE_ID_VOID) return e;
  il_infer_error(f, node, DIAG_USE_OF_VOID);
  return il_infer_invalid(f, e->offset);
}

TypedExpr *il_infer_as(InferContext *f, TreeNode *node, TypeId type) {
  TypedExpr *e = il_infer_expr(f, node, type);
  return il_infer_coerce(f, e, type, node);
}

TypedExpr *il_infer_condition(InferContext *f, TreeNode *node) {
  return il_infer_as(f, node, TYPE_ID_BOOL);
}
