// effect.c: what evaluating an expression may do to what was evaluated before
// it: reach a safepoint, where the outgoing area dies, or assign a variable.
// Computed once and kept in the node; left spines iteratively.
#include "lower/lowering.h"
#include "sema/typed_part.h"

#define ALL (EFFECT_SAFEPOINT | EFFECT_ASSIGNS)

static uint8_t of_many(Fn *f, const TypedExprs *list) {
  uint8_t effects = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    effects |= il_effect(f, list->items[i]);
  }
  return effects;
}

static uint8_t of_arguments(Fn *f, const TypedArguments *a) {
  return of_many(f, &a->positional) | of_many(f, &a->named);
}

// Everything that is evaluated for a node and has a place in typed_part.c.
static uint8_t of_parts(Fn *f, const TypedExpr *e) {
  uint8_t effects = 0;
  for (uint32_t i = 0; i < il_typed_part_count((ExprKind)e->kind); i++) {
    TypedExpr *operand = il_typed_part_operand(e, i);
    if (operand) effects |= il_effect(f, operand);
  }
  const TypedArguments *arguments = il_typed_part_arguments(e);
  if (arguments) effects |= of_arguments(f, arguments);
  const TypedExprs *list = il_typed_part_list(e);
  if (list) effects |= of_many(f, list);
  return effects;
}

// An operand that is wanted as a reference but computed raw is boxed.
static uint8_t boxes(Fn *f, TypedExpr *operand) {
  return il_is_raw(il_expr_rep(f, operand)) ? EFFECT_SAFEPOINT : 0;
}

static uint8_t boxes_parts(Fn *f, TypedExpr *e) {
  return il_is_raw(il_rep(f->l, e->type)) ? 0 : EFFECT_SAFEPOINT;
}

static uint8_t of_static_get(Fn *f, TypedStaticGet *g) {
  return il_static_is_lazy(f->l, g->field) ? EFFECT_SAFEPOINT : 0;
}

// A sum of a boxed operand reads it, no more: boxing is counted by whoever
// wants a reference (call.c).
static uint8_t of_instance_call(Fn *f, TypedInstanceCall *c, uint8_t left) {
  uint8_t effects = left | of_arguments(f, &c->arguments);
  Operator op;
  if (il_operator_find(f, c, &op)) return effects;
  if (c->target->function_kind == FUNCTION_SETTER) {
    return effects | EFFECT_SAFEPOINT;
  }
  FunctionElement *exact = il_call_exact(f, c->target, c->is_exact);
  if (exact && il_inline_is_safe(f, exact, &c->arguments)) return effects;
  return effects | EFFECT_SAFEPOINT;
}

static uint8_t of_equals(Fn *f, TypedEquals *e) {
  uint8_t effects = il_effect(f, e->left) | il_effect(f, e->right);
  if (!e->target) return effects;
  if (il_is_raw(il_expr_rep(f, e->left)) &&
      il_expr_rep(f, e->left) == il_expr_rep(f, e->right)) {
    return effects;
  }
  return effects | EFFECT_SAFEPOINT;
}

// The effects of one node; those of its left operand are given.
static uint8_t of_field_get(Fn *f, TypedFieldGet *g, uint8_t left) {
  bool is_late = g->field->base.kind == ELEMENT_FIELD &&
                 (g->field->flags & FIELD_IS_LATE);
  if (!is_late && il_field_is_direct(f, g->field, true)) return left;
  return left | EFFECT_SAFEPOINT;
}

static uint8_t of_static_call(Fn *f, TypedStaticCall *c) {
  uint8_t effects = of_arguments(f, &c->arguments);
  Op op;
  if (il_native_intrinsic(f->l, c->target, &op)) return effects;
  if (il_inline_is_safe(f, c->target, &c->arguments)) return effects;
  return effects | EFFECT_SAFEPOINT;
}

// Those whose own step does nothing, boxes, or depends on what is read.
static uint8_t of_reader(Fn *f, TypedExpr *e, uint8_t left) {
  switch ((ExprKind)e->kind) {
    case EXPR_LOCAL_GET: {
      uint16_t flags = ((TypedLocalGet *)e)->local->flags;
      return flags & (LOCAL_IS_LATE | LOCAL_IS_FUNCTION) ? EFFECT_SAFEPOINT
                                                         : 0;
    }
    case EXPR_STATIC_GET: return of_static_get(f, (TypedStaticGet *)e);
    case EXPR_FIELD_GET: return of_field_get(f, (TypedFieldGet *)e, left);
    case EXPR_IDENTICAL:
      return of_parts(f, e) | boxes(f, ((TypedBinary *)e)->left) |
             boxes(f, ((TypedBinary *)e)->right);
    case EXPR_IS: return left | boxes(f, ((TypedIs *)e)->operand);
    case EXPR_AS: return left | boxes(f, ((TypedAs *)e)->operand);
    case EXPR_IF_NULL:
    case EXPR_CONDITIONAL: return of_parts(f, e) | boxes_parts(f, e);
    default: return of_parts(f, e);
  }
}

// The effects of one node; those of its left operand are given.
static uint8_t of_node(Fn *f, TypedExpr *e, uint8_t left) {
  switch ((ExprKind)e->kind) {
    case EXPR_INT:
    case EXPR_DOUBLE:
    case EXPR_CONSTANT:
    case EXPR_THIS:
    case EXPR_LOCAL_GET:
    case EXPR_STATIC_GET:
    case EXPR_FIELD_GET:
    case EXPR_RECORD_GET:
    case EXPR_IDENTICAL:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
    case EXPR_IF_NULL:
    case EXPR_CONDITIONAL:
    case EXPR_NULL_CHECK:
    case EXPR_IS:
    case EXPR_AS:
    case EXPR_LET:
      return of_reader(f, e, left);
    case EXPR_EQUALS: return of_equals(f, (TypedEquals *)e);
    case EXPR_INSTANCE_CALL:
      return of_instance_call(f, (TypedInstanceCall *)e, left);
    case EXPR_STATIC_CALL: return of_static_call(f, (TypedStaticCall *)e);
    case EXPR_NEW:
    case EXPR_SUPER_CALL:
    case EXPR_CLOSURE_CALL:
    case EXPR_DYNAMIC_CALL:
    case EXPR_STATIC_SET:
    case EXPR_FIELD_SET:
    case EXPR_CONCAT:
    case EXPR_RECORD:
    case EXPR_TYPE:
    case EXPR_CLOSURE:
    case EXPR_STATIC_TEAR_OFF:
    case EXPR_CONSTRUCTOR_TEAR_OFF:
    case EXPR_INSTANCE_TEAR_OFF:
    case EXPR_SUPER_TEAR_OFF:
    case EXPR_INSTANTIATE:
    case EXPR_NULL_AWARE:
    case EXPR_THROW:
      return of_parts(f, e) | EFFECT_SAFEPOINT;
    default:
      return ALL;
  }
}

// The operand evaluated first of nodes that may stand in long chains.
static TypedExpr *left_of(TypedExpr *e) {
  switch ((ExprKind)e->kind) {
    case EXPR_FIELD_GET: return ((TypedFieldGet *)e)->receiver;
    case EXPR_INSTANCE_CALL: return ((TypedInstanceCall *)e)->receiver;
    case EXPR_CLOSURE_CALL: return ((TypedClosureCall *)e)->callee;
    case EXPR_DYNAMIC_CALL: return ((TypedDynamicCall *)e)->receiver;
    case EXPR_INSTANCE_TEAR_OFF: return ((TypedInstanceTearOff *)e)->receiver;
    case EXPR_INSTANTIATE: return ((TypedInstantiate *)e)->function;
    case EXPR_RECORD_GET: return ((TypedRecordGet *)e)->record;
    case EXPR_IS: return ((TypedIs *)e)->operand;
    case EXPR_AS: return ((TypedAs *)e)->operand;
    case EXPR_NULL_CHECK:
    case EXPR_NOT:
    case EXPR_THROW: return ((TypedUnary *)e)->operand;
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_IF_NULL:
    case EXPR_IDENTICAL: return ((TypedBinary *)e)->left;
    default: return NULL;
  }
}

uint8_t il_effect(Fn *f, TypedExpr *e) {
  if (e->effects & EFFECT_KNOWN) return e->effects;
  IL_VEC(TypedExpr *) spine = {0};
  for (TypedExpr *at = e; at && !(at->effects & EFFECT_KNOWN);
       at = left_of(at)) {
    il_vec_push(&spine, at);
  }
  while (spine.count > 0) {
    TypedExpr *at = il_vec_pop(&spine);
    TypedExpr *left = left_of(at);
    at->effects = of_node(f, at, left ? left->effects : 0) | EFFECT_KNOWN;
  }
  il_vec_drop(&spine);
  return e->effects;
}
