// expression.c: expressions. In order: representations, conversions, types and
// tests, conditions, the kinds, spines, the families of kinds.
#include "lower/lowering.h"
#include "sema/typed_part.h"

// ----------------------------------------------------------- representations

TypeId il_erase(Lower *l, TypeId t) { return il_type_erase(l->types, t); }

Rep il_rep(Lower *l, TypeId type) { return il_type_rep(l->types, type); }

static Rep constant_rep(const Constant *c) {
  switch ((ConstantKind)c->kind) {
    case CONSTANT_BOOL: return REP_BOOL;
    case CONSTANT_INT: return REP_INT;
    case CONSTANT_DOUBLE: return REP_DOUBLE;
    default: return REP_REF;
  }
}

static bool is_representation(const FieldElement *field) {
  return field->owner && field->owner->class_kind == CLASS_KIND_EXTENSION_TYPE;
}

static bool is_guarded_element(Fn *f, TypedInstanceCall *c) {
  return c->target->base.name == NAME_op_index &&
         il_collection_call(f, c, VREG_NONE, REP_REF, VREG_NONE, NULL);
}

static Rep instance_call_rep(Fn *f, TypedInstanceCall *c) {
  Operator op;
  if (il_operator_find(f, c, &op)) return op.result;
  if (c->target->function_kind == FUNCTION_SETTER ||
      c->target->base.name == NAME_op_index_set) {
    return il_rep(f->l, c->base.type);
  }
  if (is_guarded_element(f, c)) return il_rep(f->l, c->base.type);
  return il_function_result_rep(f->l, c->target);
}

// The expression whose value, and so whose representation, is that of `e`;
// NULL when `e` makes a value of its own.
static TypedExpr *value_of(const TypedExpr *e) {
  switch ((ExprKind)e->kind) {
    case EXPR_FIELD_GET: {
      const TypedFieldGet *g = (const TypedFieldGet *)e;
      return is_representation(g->field) ? g->receiver : NULL;
    }
    case EXPR_CHECK_LIBRARY: return ((const TypedLibraryUse *)e)->body;
    case EXPR_LET: return ((const TypedLet *)e)->body;
    case EXPR_SEQUENCE: return ((const TypedSequence *)e)->value;
    case EXPR_PATTERN_ASSIGN: return ((const TypedPatternAssign *)e)->value;
    default: return NULL;
  }
}

static Rep super_call_rep(Fn *f, TypedSuperCall *c) {
  if (c->target->function_kind == FUNCTION_SETTER) {
    return il_rep(f->l, c->base.type);
  }
  return il_function_result_rep(f->l, c->target);
}

static Rep closure_call_rep(Fn *f, TypedClosureCall *c) {
  if (c->callee->kind != EXPR_LOCAL_GET) return REP_REF;
  LocalVar *v = ((TypedLocalGet *)c->callee)->local;
  if (!il_closure_is_direct(v)) return REP_REF;
  if (v->function->is_async || v->function->is_generator) return REP_REF;
  return il_rep(f->l, v->function->signature->result);
}

static Rep as_rep(Fn *f, TypedAs *as) {
  Rep target = il_rep(f->l, as->target);
  return target == il_expr_rep(f, as->operand) ? target : REP_REF;
}

Rep il_expr_rep(Fn *f, TypedExpr *e) {
  for (TypedExpr *value; (value = value_of(e)); e = value) {}
  switch ((ExprKind)e->kind) {
    case EXPR_INT: return REP_INT;
    case EXPR_DOUBLE: return REP_DOUBLE;
    case EXPR_CONSTANT: return constant_rep(((TypedConstant *)e)->value);
    case EXPR_LOCAL_GET:
      return il_local_rep(f->l, ((TypedLocalGet *)e)->local);
    case EXPR_LOCAL_SET:
      return il_local_rep(f->l, ((TypedLocalSet *)e)->local);
    case EXPR_STATIC_GET:
      return il_field_rep(f->l, ((TypedStaticGet *)e)->field);
    case EXPR_STATIC_SET:
      return il_field_rep(f->l, ((TypedStaticSet *)e)->field);
    case EXPR_FIELD_GET:
      return il_field_rep(f->l, ((TypedFieldGet *)e)->field);
    case EXPR_FIELD_SET:
      return il_field_rep(f->l, ((TypedFieldSet *)e)->field);
    case EXPR_STATIC_CALL:
      return il_function_result_rep(f->l, ((TypedStaticCall *)e)->target);
    case EXPR_INSTANCE_CALL:
      return instance_call_rep(f, (TypedInstanceCall *)e);
    case EXPR_SUPER_CALL: return super_call_rep(f, (TypedSuperCall *)e);
    case EXPR_CLOSURE_CALL: return closure_call_rep(f, (TypedClosureCall *)e);
    case EXPR_AS: return as_rep(f, (TypedAs *)e);
    case EXPR_THIS:
    case EXPR_DYNAMIC_CALL:
    case EXPR_AWAIT:
    case EXPR_RECORD_GET:
    case EXPR_NULL_CHECK:
      return REP_REF;
    default:
      return il_rep(f->l, e->type);
  }
}

// --------------------------------------------------------------- conversions

VReg il_expr_convert(Fn *f, VReg from, Rep natural, Rep rep, VReg want) {
  static const Op box[] = {[REP_INT] = OP_BOX_INT, [REP_DOUBLE] = OP_BOX_DOUBLE,
                           [REP_BOOL] = OP_BOX_BOOL};
  static const Op unbox[] = {[REP_INT] = OP_UNBOX_INT,
                             [REP_DOUBLE] = OP_UNBOX_DOUBLE,
                             [REP_BOOL] = OP_UNBOX_BOOL};
  if (want == VREG_NONE) return from;
  if (natural == rep || (il_is_raw(natural) && il_is_raw(rep))) {
    // Two different raw ones meet only in code that is never reached.
    if (want == VREG_ANY) return from;
    il_emit_move(f, want, from);
    return want;
  }
  VReg to = want == VREG_ANY ? il_frame_new(f, rep) : want;
  if (natural == REP_REF) {
    il_emit(f, unbox[rep], to, from, 0);
  } else {
    il_emit(f, box[natural], to, from, 0);
  }
  return to;
}

VReg il_expr_target(Fn *f, Rep rep, VReg want, Rep natural) {
  if (natural == rep && il_vreg_is_real(want)) return want;
  return il_frame_new(f, natural);
}

static VReg finish(Fn *f, VReg at, Rep natural, Rep rep, VReg want) {
  if (at == want) return at;
  return il_expr_convert(f, at, natural, rep, want);
}

VReg il_expr_keep(Fn *f, VReg r, Rep rep, bool later_assigns) {
  if (!later_assigns || !il_vreg_is_real(r) || !il_frame_is_bound(f, r) ||
      il_vreg_kind(r) == VREG_CONST) {
    return r;
  }
  VReg copy = il_frame_new(f, rep);
  il_emit_move(f, copy, r);
  return copy;
}

// ------------------------------------------------------------ types and tests

static bool is_function_vector(Fn *f, const Type *t) {
  if (t->kind != TYPE_VECTOR || t->count == 0) return false;
  for (uint32_t i = 0; i < t->count; i++) {
    const Type *item = il_type_get(f->l->types->types, t->items[i]);
    if (item->kind != TYPE_PARAM || item->nullable) return false;
    const TypeParam *p = il_type_param_get(f->l->types->types, item->head);
    if (!p->is_function || p->index != i) return false;
  }
  const Function *head = &f->out.head;
  return t->count == (uint32_t)head->type_param_count + head->outer_type_count;
}

static VReg class_vector(Fn *f) {
  if (f->class_vector != VREG_ANY) return f->class_vector;
  VReg v = il_frame_new(f, REP_INT);
  il_emit(f, OP_GET_VECTOR, v, f->this_reg, 0);
  return v;
}

VReg il_expr_type(Fn *f, TypeId type, VReg want) {
  TypeTable *types = f->l->types->types;
  TypeId t = il_erase(f->l, type);
  const Type *info = il_type_get(types, t);
  uint8_t needs = info->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM);
  if (needs && f->function_vector != VREG_NONE && is_function_vector(f, info)) {
    return il_expr_convert(f, f->function_vector, REP_INT, REP_INT, want);
  }
  if (!needs) {
    VReg d = want == VREG_ANY ? il_frame_new(f, REP_INT) : want;
    il_emit_int(f, d, t);
    return d;
  }
  FrameMark mark = il_frame_mark(f);
  uint32_t cv = REG_NONE, fv = REG_NONE, base = f->class_base;
  if (needs & TYPE_HAS_CLASS_PARAM) cv = class_vector(f);
  if (needs & TYPE_HAS_FUNCTION_PARAM) fv = f->function_vector;
  if (cv == VREG_NONE || fv == VREG_NONE) {
    il_lower_error(f, "type parameters here");
    cv = fv = REG_NONE;
  }
  il_frame_release(f, mark);
  VReg d = want == VREG_ANY ? il_frame_new(f, REP_INT) : want;
  if (info->kind == TYPE_PARAM && !info->nullable) {
    const TypeParam *p = il_type_param_get(types, info->head);
    if (p->is_function) {
      il_emit(f, OP_VECTOR_GET, d, fv, p->index);
      return d;
    }
    if (base != 0xffffffff) {
      il_emit(f, OP_VECTOR_GET, d, cv, base + p->index);
      return d;
    }
  }
  il_emit_x(f, OP_INSTANTIATE, d, cv, fv, (uint64_t)base << 32 | t);
  return d;
}

void il_expr_branch_on(Fn *f, VReg b, Label if_true, Label if_false,
                       Label next) {
  if (next == if_true) {
    il_emit_branch(f, OP_JUMP_UNLESS, b, 0, if_false);
  } else {
    il_emit_branch(f, OP_JUMP_IF, b, 0, if_true);
    if (next != if_false) il_emit_jump(f, if_false);
  }
}

void il_expr_branch_op(Fn *f, Op op, uint32_t a, uint32_t b, Label if_true,
                       Label if_false, Label next) {
  if (next == if_true) {
    op = il_emit_inverse(op, &a, &b);
    il_emit_branch(f, op, a, b, if_false);
  } else {
    il_emit_branch(f, op, a, b, if_true);
    if (next != if_false) il_emit_jump(f, if_false);
  }
}

static void jump_to(Fn *f, Label to, Label next) {
  if (to != next) il_emit_jump(f, to);
}

// A test that looking at the class settles: an interface type without type
// arguments, or with top types for all of them.
static bool is_class_test(Fn *f, TypeId test, ClassId *class_id) {
  const Type *t = il_type_get(f->l->types->types, test);
  if (t->kind != TYPE_INTERFACE || t->nullable) return false;
  if (t->head == CLASS_FUNCTION || t->head == CLASS_RECORD ||
      t->head == CLASS_NULL) {
    return false;
  }
  for (uint32_t i = 0; i < t->count; i++) {
    if (!il_type_is_top(f->l->types, t->items[i])) return false;
  }
  *class_id = t->head;
  return true;
}

// Whether all that can keep a value of type `from` from being a `test` is that
// it is null.
static bool is_null_test(Fn *f, TypeId from, TypeId test) {
  const TypeContext *types = f->l->types;
  TypeId some = il_type_non_null(types->types, from);
  return some != TYPE_ID_NEVER && il_type_is_non_nullable(types, test) &&
         il_type_is_subtype(types, some, test);
}

void il_expr_type_test(Fn *f, VReg v, TypeId from, TypeId test, Label if_true,
                       Label if_false, Label next) {
  Lower *l = f->l;
  TypeTable *types = l->types->types;
  test = il_erase(l, test);
  from = il_erase(l, from);
  if (il_type_is_top(l->types, test) ||
      il_type_is_subtype(l->types, from, test)) {
    jump_to(f, if_true, next);
    return;
  }
  if (test == TYPE_ID_NULL) {
    il_expr_branch_op(f, OP_JUMP_NULL, v, 0, if_true, if_false, next);
    return;
  }
  if (is_null_test(f, from, test)) {
    il_expr_branch_op(f, OP_JUMP_NOT_NULL, v, 0, if_true, if_false, next);
    return;
  }
  if (il_type_get(types, test)->nullable) {
    TypeId inner = il_type_with_nullable(types, test, false);
    ClassId unused;
    if (is_class_test(f, inner, &unused)) {
      il_emit_branch(f, OP_JUMP_NULL, v, 0, if_true);
      test = inner;
    }
  }
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, v);
  ClassId class_id;
  VReg b;
  if (is_class_test(f, test, &class_id)) {
    b = il_frame_new(f, REP_BOOL);
    il_emit_x(f, OP_IS_CLASS, b, v, 0, class_id);
  } else {
    VReg t = il_expr_type(f, test, VREG_ANY);
    il_frame_release(f, mark);
    il_frame_hold(f, v);
    b = il_frame_new(f, REP_BOOL);
    il_emit_at(f, OP_IS_TYPE, b, v, t);
  }
  il_expr_branch_on(f, b, if_true, if_false, next);
  il_frame_release(f, mark);
}

void il_expr_cast(Fn *f, VReg v, TypeId from, TypeId to, uint32_t how) {
  Lower *l = f->l;
  to = il_erase(l, to);
  from = il_erase(l, from);
  if (il_type_is_top(l->types, to) ||
      il_type_is_subtype(l->types, from, to)) {
    return;
  }
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, v);
  VReg t = il_expr_type(f, to, VREG_ANY);
  il_emit_line(f);
  il_emit_x(f, OP_AS_TYPE, v, t, 0, how);
  il_frame_release(f, mark);
}

void il_expr_assert(Fn *f, VReg v, TypeId type, Name name) {
  Lower *l = f->l;
  if (!l->sema->options.check_types) return;
  TypeId t = il_erase(l, type);
  const Type *info = il_type_get(l->types->types, t);
  uint8_t params = TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM;
  if ((info->flags & params) || il_type_is_top(l->types, t)) return;
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, v);
  VReg type_reg = il_frame_new(f, REP_INT);
  il_emit_int(f, type_reg, t);
  il_emit_line(f);
  il_emit_x(f, OP_ASSERT_TYPE, v, type_reg, 0, name);
  il_frame_release(f, mark);
}

// ----------------------------------------------------------------- conditions

// a && b && ...: the left spine, outermost last.
static void lower_logical(Fn *f, TypedExpr *e, Label if_true, Label if_false,
                          Label next) {
  ExprKind kind = (ExprKind)e->kind;
  IL_VEC(TypedExpr *) operands = {0};
  TypedExpr *at = e;
  for (; at->kind == kind; at = ((TypedBinary *)at)->left) {
    il_vec_push(&operands, ((TypedBinary *)at)->right);
  }
  il_vec_push(&operands, at);
  while (operands.count > 1) {
    TypedExpr *operand = il_vec_pop(&operands);
    Label more = il_label_new(f);
    if (kind == EXPR_AND) {
      il_expr_condition(f, operand, more, if_false, more);
    } else {
      il_expr_condition(f, operand, if_true, more, more);
    }
    il_label_bind(f, more);
  }
  TypedExpr *last = operands.items[0];
  il_vec_drop(&operands);
  il_expr_condition(f, last, if_true, if_false, next);
}

static void lower_is(Fn *f, TypedIs *e, Label if_true, Label if_false,
                     Label next) {
  FrameMark mark = il_frame_mark(f);
  Rep rep = il_expr_rep(f, e->operand);
  TypeId test = il_erase(f->l, e->test);
  if (il_is_raw(rep) &&
      (il_type_is_subtype(f->l->types, il_erase(f->l, e->operand->type),
                          test) ||
       il_rep(f->l, test) != REP_REF)) {
    bool is = il_type_is_subtype(f->l->types,
                                 il_erase(f->l, e->operand->type), test);
    il_expr_effect(f, e->operand);
    jump_to(f, is ? if_true : if_false, next);
  } else {
    VReg v = il_expr_any(f, e->operand, REP_REF);
    f->offset = e->base.offset;
    il_expr_type_test(f, v, e->operand->type, test, if_true, if_false, next);
  }
  il_frame_release(f, mark);
}

static void lower_identical(Fn *f, TypedBinary *e, Label if_true,
                            Label if_false, Label next) {
  FrameMark mark = il_frame_mark(f);
  Rep left = il_expr_rep(f, e->left), right = il_expr_rep(f, e->right);
  bool is_raw = left == right && (left == REP_INT || left == REP_BOOL);
  Rep rep = is_raw ? left : REP_REF;
  VReg a = il_expr_any(f, e->left, rep);
  a = il_expr_keep(f, a, rep, il_effect(f, e->right) & EFFECT_ASSIGNS);
  VReg b = il_expr_any(f, e->right, rep);
  if (is_raw) {
    il_expr_branch_op(f, OP_JUMP_EQ_I64, a, b, if_true, if_false, next);
  } else if (il_operator_is_identity(f, e->left->type) ||
             il_operator_is_identity(f, e->right->type)) {
    il_expr_branch_op(f, OP_JUMP_EQ_REF, a, b, if_true, if_false, next);
  } else {
    VReg d = il_frame_new(f, REP_BOOL);
    il_emit(f, OP_IDENTICAL, d, a, b);
    il_expr_branch_on(f, d, if_true, if_false, next);
  }
  il_frame_release(f, mark);
}

static void lower_conditional_condition(Fn *f, TypedConditional *e,
                                        Label if_true, Label if_false,
                                        Label next) {
  Label then = il_label_new(f), otherwise = il_label_new(f);
  il_expr_condition(f, e->condition, then, otherwise, then);
  il_label_bind(f, then);
  il_expr_condition(f, e->then, if_true, if_false, otherwise);
  il_label_bind(f, otherwise);
  il_expr_condition(f, e->otherwise, if_true, if_false, next);
}

void il_expr_condition(Fn *f, TypedExpr *e, Label if_true, Label if_false,
                       Label next) {
  switch ((ExprKind)e->kind) {
    case EXPR_CONSTANT: {
      const Constant *c = ((TypedConstant *)e)->value;
      if (c->kind != CONSTANT_BOOL) break;
      jump_to(f, c->integer ? if_true : if_false, next);
      return;
    }
    case EXPR_NOT:
      il_expr_condition(f, ((TypedUnary *)e)->operand, if_false, if_true,
                        next);
      return;
    case EXPR_AND:
    case EXPR_OR:
      lower_logical(f, e, if_true, if_false, next);
      return;
    case EXPR_EQUALS:
      il_operator_equals_condition(f, (TypedEquals *)e, if_true, if_false,
                                   next);
      return;
    case EXPR_IS:
      lower_is(f, (TypedIs *)e, if_true, if_false, next);
      return;
    case EXPR_IDENTICAL:
      lower_identical(f, (TypedBinary *)e, if_true, if_false, next);
      return;
    case EXPR_CONDITIONAL:
      lower_conditional_condition(f, (TypedConditional *)e, if_true, if_false,
                                  next);
      return;
    case EXPR_INSTANCE_CALL: {
      Operator op;
      if (!il_operator_find(f, (TypedInstanceCall *)e, &op) ||
          !op.is_compare) {
        break;
      }
      il_operator_condition(f, (TypedInstanceCall *)e, &op, if_true, if_false,
                            next);
      return;
    }
    default:
      break;
  }
  FrameMark mark = il_frame_mark(f);
  VReg b = il_expr_any(f, e, REP_BOOL);
  il_expr_branch_on(f, b, if_true, if_false, next);
  il_frame_release(f, mark);
}

// A condition as a value.
VReg il_expr_boolean(Fn *f, TypedExpr *e, Rep rep, VReg want) {
  Label yes = il_label_new(f), no = il_label_new(f), end = il_label_new(f);
  VReg d = il_expr_target(f, rep, want, REP_BOOL);
  FrameMark mark = il_frame_mark(f);
  il_expr_condition(f, e, yes, no, yes);
  il_label_bind(f, yes);
  il_emit_int(f, d, 1);
  il_emit_jump(f, end);
  il_label_bind(f, no);
  il_emit_int(f, d, 0);
  il_label_bind(f, end);
  il_frame_release(f, mark);
  return finish(f, d, REP_BOOL, rep, want);
}

// ------------------------------------------------------------------ the kinds

static VReg lower_is_value(Fn *f, TypedIs *e, Rep rep, VReg want) {
  // The instructions that give a bool need no jumps.
  TypeId test = il_erase(f->l, e->test);
  TypeId from = il_erase(f->l, e->operand->type);
  ClassId class_id;
  if (il_is_raw(il_expr_rep(f, e->operand)) ||
      il_type_is_top(f->l->types, test) || test == TYPE_ID_NULL ||
      il_type_is_subtype(f->l->types, from, test) ||
      is_null_test(f, from, test)) {
    return il_expr_boolean(f, &e->base, rep, want);
  }
  FrameMark mark = il_frame_mark(f);
  VReg v = il_expr_any(f, e->operand, REP_REF);
  f->offset = e->base.offset;
  if (is_class_test(f, test, &class_id)) {
    il_frame_release(f, mark);
    VReg d = il_expr_target(f, rep, want, REP_BOOL);
    il_emit_x(f, OP_IS_CLASS, d, v, 0, class_id);
    return finish(f, d, REP_BOOL, rep, want);
  }
  VReg t = il_expr_type(f, test, VREG_ANY);
  il_frame_release(f, mark);
  VReg d = il_expr_target(f, rep, want, REP_BOOL);
  il_emit_at(f, OP_IS_TYPE, d, v, t);
  return finish(f, d, REP_BOOL, rep, want);
}

static VReg lower_conditional(Fn *f, TypedConditional *e, Rep rep, VReg want) {
  bool is_effect = want == VREG_NONE;
  VReg d = VREG_NONE;
  if (!is_effect) d = want == VREG_ANY ? il_frame_new(f, rep) : want;
  Label then = il_label_new(f), otherwise = il_label_new(f);
  Label end = il_label_new(f);
  FrameMark mark = il_frame_mark(f);
  il_expr_condition(f, e->condition, then, otherwise, then);
  il_label_bind(f, then);
  if (is_effect) il_expr_effect(f, e->then); else il_expr(f, e->then, rep, d);
  il_frame_release(f, mark);
  il_emit_jump(f, end);
  il_label_bind(f, otherwise);
  if (is_effect) {
    il_expr_effect(f, e->otherwise);
  } else {
    il_expr(f, e->otherwise, rep, d);
  }
  il_label_bind(f, end);
  il_frame_release(f, mark);
  return d;
}

// The value of `e`, the left side of a ??, as a reference. A chain of ?? is as
// long as the source is, so its left spine is walked, not recursed into.
static VReg lower_if_null_left(Fn *f, TypedExpr *e, VReg want) {
  if (e->kind != EXPR_IF_NULL) return il_expr(f, e, REP_REF, want);
  IL_VEC(TypedExpr *) rest = {0};
  TypedExpr *at = e;
  for (; at->kind == EXPR_IF_NULL; at = ((TypedBinary *)at)->left) {
    il_vec_push(&rest, ((TypedBinary *)at)->right);
  }
  VReg v = il_frame_early(f, want, REP_REF);
  FrameMark mark = il_frame_mark(f);
  Label end = il_label_new(f);
  il_expr(f, at, REP_REF, v);
  while (rest.count > 0) {
    Label missing = il_label_new(f);
    il_emit_branch(f, OP_JUMP_NULL, v, 0, missing);
    il_emit_jump(f, end);
    il_label_bind(f, missing);
    il_frame_release(f, mark);
    il_expr(f, il_vec_pop(&rest), REP_REF, v);
  }
  il_label_bind(f, end);
  il_frame_release(f, mark);
  il_vec_drop(&rest);
  return v;
}

static VReg lower_if_null(Fn *f, TypedBinary *e, Rep rep, VReg want) {
  VReg d = want == VREG_NONE ? VREG_NONE : il_frame_early(f, want, rep);
  FrameMark mark = il_frame_mark(f);
  Label missing = il_label_new(f), end = il_label_new(f);
  if (il_is_raw(il_expr_rep(f, e->left))) {  // never null
    return il_expr(f, e->left, rep, want);
  }
  bool is_direct = rep == REP_REF && d != VREG_NONE;
  VReg v = lower_if_null_left(f, e->left, is_direct ? d : VREG_ANY);
  il_emit_branch(f, OP_JUMP_NULL, v, 0, missing);
  if (!is_direct && d != VREG_NONE) il_expr_convert(f, v, REP_REF, rep, d);
  il_emit_jump(f, end);
  il_label_bind(f, missing);
  il_frame_release(f, mark);
  if (d == VREG_NONE) {
    il_expr_effect(f, e->right);
  } else {
    il_expr(f, e->right, rep, d);
  }
  il_label_bind(f, end);
  il_frame_release(f, mark);
  if (il_vreg_is_real(want) && d != want) il_emit_move(f, want, d);
  return d;
}

static VReg lower_null_aware(Fn *f, TypedNullAware *e, Rep rep, VReg want) {
  VReg d = want == VREG_NONE ? VREG_NONE : il_frame_early(f, want, rep);
  FrameMark mark = il_frame_mark(f);
  Label missing = il_label_new(f), end = il_label_new(f);
  VReg v = il_expr_any(f, e->value, REP_REF);
  il_emit_branch(f, OP_JUMP_NULL, v, 0, missing);
  il_local_declare_reg(f, e->local, v, REP_REF);
  if (d == VREG_NONE) {
    il_expr_effect(f, e->body);
  } else {
    il_expr(f, e->body, rep, d);
    il_emit_jump(f, end);
  }
  il_label_bind(f, missing);
  if (d != VREG_NONE && rep == REP_REF) il_emit(f, OP_LOAD_NULL, d, 0, 0);
  il_label_bind(f, end);
  il_frame_release(f, mark);
  if (il_vreg_is_real(want) && d != want) il_emit_move(f, want, d);
  return d;
}

// Lowers the last part of a node into `want` before the registers of its
// locals are released; a variable's own register must not be given back.
static VReg lower_inner(Fn *f, TypedExpr *e, Rep rep, VReg want,
                        FrameMark outer) {
  VReg r = il_expr(f, e, rep, want);
  if (want != VREG_ANY) {
    il_frame_release(f, outer);
    return r;
  }
  il_frame_release(f, outer);
  uint32_t kind = il_vreg_kind(r), n = r & VREG_NUMBER;
  bool is_inner = (kind == VREG_RAW && n >= outer.raw) ||
                  (kind == VREG_REF && n >= outer.ref);
  if (!is_inner) return r;
  // The inner register is free again: the first one after the mark takes it.
  VReg d = il_frame_new(f, rep);
  il_emit_move(f, d, r);
  return d;
}

static VReg lower_let(Fn *f, TypedLet *e, Rep rep, VReg want) {
  FrameMark mark = il_frame_mark(f);
  il_local_declare(f, e->local, e->value);
  return lower_inner(f, e->body, rep, want, mark);
}

static VReg lower_sequence(Fn *f, TypedSequence *e, Rep rep, VReg want) {
  FrameMark mark = il_frame_mark(f);
  il_statement_list(f, &e->statements);
  return lower_inner(f, e->value, rep, want, mark);
}

// So many parts of an interpolation go into one array, whose words an operand
// of sixteen bits can name.
#define CONCAT_PARTS 32768

static VReg concat_part(Fn *f, const TypedConcat *e, uint32_t index,
                        uint32_t step) {
  if (step == 1) return il_expr_any(f, e->parts.items[index], REP_REF);
  TypedConcat *some = IL_NEW(&f->l->arena, TypedConcat);
  *some = *e;
  uint32_t first = index * step, left = e->parts.count - first;
  some->parts.items += first;
  some->parts.count = left < step ? left : step;
  return il_expr_any(f, &some->base, REP_REF);
}

static VReg lower_concat(Fn *f, TypedConcat *e, Rep rep, VReg want) {
  FrameMark mark = il_frame_mark(f);
  if (e->parts.count == 1) {
    VReg part = il_expr_any(f, e->parts.items[0], REP_REF);
    f->offset = e->base.offset;
    il_frame_release(f, mark);
    il_frame_hold(f, part);
    Rep from = REP_REF;
    VReg d = il_call_core(f, CORE_INTERPOLATE1, TYPE_ID_NONE, &part, &from, 1,
                          rep, want);
    return d;
  }
  uint32_t step = e->parts.count > CONCAT_PARTS ? CONCAT_PARTS : 1;
  uint32_t count = (e->parts.count + step - 1) / step;
  VReg array = il_frame_new(f, REP_REF);
  il_emit_at(f, OP_NEW_ARRAY, array, 0, count);
  for (uint32_t i = 0; i < count; i++) {
    FrameMark inner = il_frame_mark(f);
    VReg part = concat_part(f, e, i, step);
    il_emit(f, OP_SET_FIELD_REF, array, ARRAY_FIRST_WORD + i, part);
    il_frame_release(f, inner);
  }
  f->offset = e->base.offset;
  il_frame_release(f, mark);
  il_frame_hold(f, array);
  Rep from = REP_REF;
  return il_call_core(f, CORE_INTERPOLATE, TYPE_ID_NONE, &array, &from, 1, rep,
                      want);
}

static VReg lower_static_get(Fn *f, TypedStaticGet *e, Rep rep, VReg want) {
  FieldElement *field = e->field;
  Rep own = il_field_rep(f->l, field);
  if (field->flags & FIELD_IS_CONST) {
    Constant *c = il_constant_of_field(field);
    if (c) return il_constant_load(f, c, rep, want);
  }
  bool is_late = (field->flags & FIELD_IS_LATE) != 0;
  bool is_lazy = il_static_is_lazy(f->l, field);
  VReg d = il_expr_target(f, rep, want, own);
  if (is_late && il_vreg_is_real(want)) d = il_frame_early(f, want, own);
  f->offset = e->base.offset;
  il_emit_at(f, is_lazy ? OP_GET_STATIC_LAZY : OP_GET_STATIC, d, 0,
             field->code_index);
  if (is_late && !(field->flags & FIELD_HAS_INITIALIZER)) {
    Label unset = il_label_new(f), fine = il_label_new(f);
    il_emit_branch(f, OP_JUMP_SENTINEL, d, 0, unset);
    il_emit_jump(f, fine);
    il_label_bind(f, unset);
    FrameMark mark = il_frame_mark(f);
    VReg name = il_frame_new(f, REP_REF);
    il_constant_load_id(f, il_constant_string(
        f->l, il_name_public_text(f->l->names, field->base.name)), name);
    Rep from = REP_REF;
    il_call_core(f, CORE_LATE_FIELD_READ_ERROR, TYPE_ID_NONE, &name, &from, 1,
                 REP_REF, VREG_NONE);
    il_emit(f, OP_UNREACHABLE, 0, 0, 0);
    il_frame_release(f, mark);
    il_label_bind(f, fine);
  }
  return finish(f, d, own, rep, want);
}

static VReg lower_static_set(Fn *f, TypedStaticSet *e, Rep rep, VReg want) {
  FieldElement *field = e->field;
  Rep own = il_field_rep(f->l, field);
  VReg v = il_expr_any(f, e->value, own);
  f->offset = e->base.offset;
  if ((field->flags & FIELD_IS_LATE) && (field->flags & FIELD_IS_FINAL)) {
    FrameMark mark = il_frame_mark(f);
    VReg now = il_frame_new(f, REP_REF);
    Label fine = il_label_new(f);
    il_emit_at(f, OP_GET_STATIC_LAZY, now, 0, field->code_index);
    il_emit_branch(f, OP_JUMP_SENTINEL, now, 0, fine);
    il_constant_load_id(f, il_constant_string(
        f->l, il_name_public_text(f->l->names, field->base.name)), now);
    Rep from = REP_REF;
    il_call_core(f, CORE_LATE_FIELD_ASSIGNED_ERROR, TYPE_ID_NONE, &now, &from,
                 1, REP_REF, VREG_NONE);
    il_emit(f, OP_UNREACHABLE, 0, 0, 0);
    il_label_bind(f, fine);
    il_frame_release(f, mark);
  }
  if (field->flags & FIELD_IS_EXTERNAL) {
    il_native_missing(f, field->base.name, MEMBER_SETTER);
    return v;
  }
  il_emit(f, own == REP_REF ? OP_SET_STATIC_REF : OP_SET_STATIC_RAW, v, 0,
          field->code_index);
  return il_expr_convert(f, v, own, rep, want);
}

static VReg lower_field_set(Fn *f, TypedFieldSet *e, Rep rep, VReg want) {
  Rep own = il_field_rep(f->l, e->field);
  VReg object = il_expr_any(f, e->receiver, REP_REF);
  object = il_expr_keep(f, object, REP_REF,
                        il_effect(f, e->value) & EFFECT_ASSIGNS);
  VReg v = il_expr_any(f, e->value, own);
  f->offset = e->base.offset;
  if (il_field_is_direct(f, e->field, e->receiver->kind == EXPR_THIS) &&
      !(e->field->flags & FIELD_IS_LATE)) {
    il_field_store(f, object, e->field, v, own);
  } else {
    il_call_member(f, e->field->setter, object, &v, &own, 1, REP_REF,
                   VREG_NONE);
  }
  return il_expr_convert(f, v, own, rep, want);
}

static VReg lower_throw(Fn *f, TypedUnary *e, Rep rep, VReg want) {
  VReg v = il_expr_any(f, e->operand, REP_REF);
  f->offset = e->base.offset;
  il_emit_at(f, OP_THROW, v, 0, 0);
  return il_vreg_is_real(want) ? want : il_frame_new(f, rep);
}

static VReg lower_tear_off(Fn *f, VReg object, Op op, uint64_t name, Rep rep,
                           VReg want) {
  VReg d = il_expr_target(f, rep, want, REP_REF);
  il_emit_line(f);
  il_emit_x(f, op, d, object, 0, name);
  return finish(f, d, REP_REF, rep, want);
}

static VReg lower_super_tear_off(Fn *f, TypedInstanceTearOff *e, Rep rep,
                                 VReg want) {
  if (e->bound) return il_local_get(f, e->bound, rep, want);
  uint64_t kind = e->target->function_kind == FUNCTION_GETTER   ? MEMBER_GETTER
                  : e->target->function_kind == FUNCTION_SETTER ? MEMBER_SETTER
                                                                : MEMBER_METHOD;
  return lower_tear_off(f, f->this_reg, OP_TEAR_OFF_SUPER,
                        kind << 32 | e->target->base.name, rep, want);
}

// Everything is compiled at load; what has been loaded is remembered by
// number in dart:async.
static VReg lower_library_use(Fn *f, TypedLibraryUse *e, Rep rep, VReg want) {
  Lower *l = f->l;
  if (e->prefix->code_index == 0) e->prefix->code_index = ++l->prefix_count;
  FrameMark mark = il_frame_mark(f);
  VReg args[2] = {il_frame_new(f, REP_INT), VREG_NONE};
  Rep reps[2] = {REP_INT, REP_REF};
  il_emit_int(f, args[0], e->prefix->code_index);
  if (e->base.kind == EXPR_CHECK_LIBRARY) {
    args[1] = il_constant_load_id(
        f, il_constant_string(
               l, il_name_public_text(l->names, e->prefix->base.name)),
        VREG_ANY);
    il_call_core(f, CORE_CHECK_LOADED, TYPE_ID_NONE, args, reps, 2, REP_REF,
                 VREG_NONE);
    il_frame_release(f, mark);
    return il_expr(f, e->body, rep, want);
  }
  il_frame_release(f, mark);
  il_frame_hold(f, args[0]);
  return il_call_core(f, CORE_LOAD_LIBRARY, TYPE_ID_NONE, args, reps, 1, rep,
                      want);
}

static VReg lower_pattern_assign(Fn *f, TypedPatternAssign *e, Rep rep,
                                 VReg want) {
  if (want == VREG_NONE && il_match_record(f, e->pattern, e->value)) {
    return VREG_NONE;
  }
  Rep own = il_rep(f->l, e->value->type);
  VReg v = il_expr_any(f, e->value, own);
  v = il_expr_keep(f, v, own, true);
  il_match_pattern(f, e->pattern, v, own, LABEL_NONE);
  return il_expr_convert(f, v, own, rep, want);
}

// --------------------------------------------------------------------- spines

static TypedExpr *spine_of(const TypedExpr *e) {
  switch ((ExprKind)e->kind) {
    case EXPR_FIELD_GET: return ((const TypedFieldGet *)e)->receiver;
    case EXPR_INSTANCE_CALL: {
      TypedExpr *receiver = ((const TypedInstanceCall *)e)->receiver;
      return receiver->kind == EXPR_INT ? NULL : receiver;
    }
    case EXPR_CLOSURE_CALL: {
      TypedExpr *callee = ((const TypedClosureCall *)e)->callee;
      if (callee->kind == EXPR_LOCAL_GET &&
          il_closure_is_direct(((TypedLocalGet *)callee)->local)) {
        return NULL;
      }
      return callee;
    }
    case EXPR_DYNAMIC_CALL: return ((const TypedDynamicCall *)e)->receiver;
    case EXPR_RECORD_GET: return ((const TypedRecordGet *)e)->record;
    case EXPR_AS: return ((const TypedAs *)e)->operand;
    case EXPR_NULL_CHECK: return ((const TypedUnary *)e)->operand;
    case EXPR_INSTANCE_TEAR_OFF:
      return ((const TypedInstanceTearOff *)e)->receiver;
    default: return NULL;
  }
}

static VReg step_instance_call(Fn *f, TypedInstanceCall *e, VReg left,
                               Rep left_rep, Rep rep, VReg want) {
  Operator op;
  if (il_operator_find(f, e, &op)) {
    left = il_expr_convert(f, left, left_rep, op.operand, VREG_ANY);
    return il_operator_lower(f, e, &op, left, rep, want);
  }
  left = il_expr_convert(f, left, left_rep, REP_REF, VREG_ANY);
  VReg result;
  if (il_collection_call(f, e, left, rep, want, &result)) return result;
  return il_call_instance(f, e->target, left, &e->arguments, e->is_exact, rep,
                          want);
}

static VReg step_as(Fn *f, TypedAs *e, VReg left, Rep left_rep, Rep rep,
                    VReg want) {
  Rep target = il_rep(f->l, e->target);
  if (il_is_raw(left_rep) && left_rep == target) {
    return il_expr_convert(f, left, left_rep, rep, want);
  }
  VReg v = il_expr_convert(f, left, left_rep, REP_REF, VREG_ANY);
  if (e->as_kind < AS_UNCHECKED) {
    il_expr_cast(f, v, e->operand->type, e->target,
                 e->as_kind == AS_WRITTEN ? 0 : 1);
  }
  return il_expr_convert(f, v, REP_REF, rep, want);
}

static VReg step_null_check(Fn *f, VReg left, Rep left_rep, Rep rep,
                            VReg want) {
  if (left_rep == REP_REF) il_emit_at(f, OP_CHECK_NOT_NULL, left, 0, 0);
  return il_expr_convert(f, left, left_rep, rep, want);
}

static VReg step_record_get(Fn *f, TypedRecordGet *e, VReg left, Rep rep,
                            VReg want) {
  VReg d = il_expr_target(f, rep, want, REP_REF);
  il_emit(f, OP_GET_FIELD, d, left, RECORD_FIRST_WORD + e->index);
  return finish(f, d, REP_REF, rep, want);
}

static VReg step_field_get(Fn *f, TypedFieldGet *e, VReg left, Rep left_rep,
                           Rep rep, VReg want) {
  if (is_representation(e->field)) {
    return il_expr_convert(f, left, left_rep, rep, want);
  }
  return il_field_load(f, left, e->field, rep, want,
                       e->receiver->kind == EXPR_THIS);
}

// One node whose left operand is in `left`, which may stand above the frame's
// next register.
static VReg lower_step(Fn *f, TypedExpr *e, VReg left, Rep left_rep, Rep rep,
                       VReg want) {
  f->offset = e->offset;
  switch ((ExprKind)e->kind) {
    case EXPR_INSTANCE_CALL:
      return step_instance_call(f, (TypedInstanceCall *)e, left, left_rep, rep,
                                want);
    case EXPR_FIELD_GET:
      return step_field_get(f, (TypedFieldGet *)e, left, left_rep, rep, want);
    case EXPR_CLOSURE_CALL:
      return il_call_closure(f, (TypedClosureCall *)e, left, rep, want);
    case EXPR_DYNAMIC_CALL:
      left = il_expr_convert(f, left, left_rep, REP_REF, VREG_ANY);
      return il_call_dynamic(f, (TypedDynamicCall *)e, left, rep, want);
    case EXPR_RECORD_GET:
      return step_record_get(f, (TypedRecordGet *)e, left, rep, want);
    case EXPR_AS:
      return step_as(f, (TypedAs *)e, left, left_rep, rep, want);
    case EXPR_NULL_CHECK:
      return step_null_check(f, left, left_rep, rep, want);
    case EXPR_INSTANCE_TEAR_OFF:
      left = il_expr_convert(f, left, left_rep, REP_REF, VREG_ANY);
      return lower_tear_off(f, left, OP_TEAR_OFF,
                            ((TypedInstanceTearOff *)e)->target->base.name,
                            rep, want);
    default:
      IL_UNREACHABLE();
  }
}

// How the left operand of a step is wanted.
static Rep step_operand_rep(Fn *f, TypedExpr *e, TypedExpr *left) {
  switch ((ExprKind)e->kind) {
    case EXPR_INSTANCE_CALL: {
      Operator op;
      if (il_operator_find(f, (TypedInstanceCall *)e, &op)) {
        return op.left_to_double ? REP_INT : op.operand;
      }
      return REP_REF;
    }
    case EXPR_AS:
    case EXPR_NULL_CHECK:
      return il_expr_rep(f, left);
    case EXPR_FIELD_GET:
      return is_representation(((TypedFieldGet *)e)->field)
                 ? il_expr_rep(f, left)
                 : REP_REF;
    default:
      return REP_REF;
  }
}

// What is evaluated after the left operand of a step and may assign variables.
static bool step_assigns(Fn *f, const TypedExpr *e) {
  const TypedArguments *a = il_typed_part_arguments(e);
  if (!a) return false;
  for (uint32_t i = 0; i < a->positional.count; i++) {
    if (il_effect(f, a->positional.items[i]) & EFFECT_ASSIGNS) return true;
  }
  for (uint32_t i = 0; i < a->named.count; i++) {
    if (il_effect(f, a->named.items[i]) & EFFECT_ASSIGNS) return true;
  }
  return false;
}

static VReg lower_spine(Fn *f, TypedExpr *e, Rep rep, VReg want) {
  IL_VEC(TypedExpr *) spine = {0};
  TypedExpr *at = e;
  for (TypedExpr *left; (left = spine_of(at)); at = left) {
    il_vec_push(&spine, at);
  }
  FrameMark mark = il_frame_mark(f);
  Rep at_rep = step_operand_rep(f, il_vec_last(&spine), at);
  VReg r = il_expr_any(f, at, at_rep);
  while (spine.count > 0) {
    TypedExpr *node = il_vec_pop(&spine);
    r = il_expr_keep(f, r, at_rep, step_assigns(f, node));
    il_frame_release(f, mark);
    bool is_last = spine.count == 0;
    Rep node_rep =
        is_last ? rep : step_operand_rep(f, il_vec_last(&spine), node);
    r = lower_step(f, node, r, at_rep, node_rep, is_last ? want : VREG_ANY);
    at_rep = node_rep;
  }
  il_vec_drop(&spine);
  return r;
}

// ---------------------------------------------------------------- the families

static VReg load_raw(Fn *f, uint64_t bits, Rep natural, Rep rep, VReg want,
                     Constant *c) {
  if (rep == REP_REF && natural != REP_REF) {
    return il_constant_load(f, c, rep, want);
  }
  if (want == VREG_ANY) {
    VReg constant = il_frame_constant(f, bits);
    if (constant != VREG_NONE) return constant;
  }
  VReg d = want == VREG_ANY ? il_frame_new(f, natural) : want;
  if (natural == REP_DOUBLE) {
    il_emit_x(f, OP_LOAD_WORD, d, 0, 0, bits);
  } else {
    il_emit_int(f, d, (int64_t)bits);
  }
  return d;
}

static VReg lower_literal(Fn *f, TypedExpr *e, Rep rep, VReg want) {
  if (want == VREG_NONE) return VREG_NONE;
  if (e->kind == EXPR_CONSTANT) {
    return il_constant_load(f, ((TypedConstant *)e)->value, rep, want);
  }
  Constant c = {0};
  uint64_t bits;
  if (e->kind == EXPR_INT) {
    c.kind = CONSTANT_INT;
    c.type = TYPE_ID_INT;
    c.integer = ((TypedInt *)e)->value;
    bits = (uint64_t)c.integer;
    return load_raw(f, bits, REP_INT, rep, want, &c);
  }
  c.kind = CONSTANT_DOUBLE;
  c.type = TYPE_ID_DOUBLE;
  c.real = ((TypedDouble *)e)->value;
  memcpy(&bits, &c.real, sizeof bits);
  return load_raw(f, bits, REP_DOUBLE, rep, want, &c);
}

static VReg lower_type_value(Fn *f, TypedTypeLiteral *e, Rep rep, VReg want) {
  FrameMark mark = il_frame_mark(f);
  VReg t = il_expr_type(f, e->value, VREG_ANY);
  il_frame_release(f, mark);
  VReg d = il_expr_target(f, rep, want, REP_REF);
  il_emit_at(f, OP_TYPE_VALUE, d, t, 0);
  return finish(f, d, REP_REF, rep, want);
}

// An integer literal as the receiver: the operands may be swapped.
static VReg lower_call_on_literal(Fn *f, TypedInstanceCall *c, Rep rep,
                                  VReg want) {
  Operator op;
  FrameMark mark = il_frame_mark(f);
  if (!il_operator_find(f, c, &op)) {
    VReg r = il_expr_any(f, c->receiver, REP_REF);
    il_frame_release(f, mark);
    return lower_step(f, &c->base, r, REP_REF, rep, want);
  }
  VReg r = op.swap
               ? il_expr_any(f, c->arguments.positional.items[0], REP_INT)
               : il_operator_left(f, c, &op);
  il_frame_release(f, mark);
  return il_operator_lower(f, c, &op, r, rep, want);
}

static VReg lower_rethrow(Fn *f, TypedRethrow *e, Rep rep, VReg want) {
  il_exception_rethrow(f, e->from);
  return il_vreg_is_real(want) ? want : il_frame_new(f, rep);
}

static VReg lower_await(Fn *f, TypedUnary *e, Rep rep, VReg want) {
  FrameMark mark = il_frame_mark(f);
  VReg v = il_expr_any(f, e->operand, REP_REF);
  f->offset = e->base.offset;
  il_frame_release(f, mark);
  return il_async_await(f, v, rep, want);
}

// Each family lowers its kinds and leaves any other to the next one, in the
// order of typed.def.
static VReg lower_other(Fn *f, TypedExpr *e, Rep rep, VReg want) {
  switch ((ExprKind)e->kind) {
    case EXPR_LET: return lower_let(f, (TypedLet *)e, rep, want);
    case EXPR_SEQUENCE:
      return lower_sequence(f, (TypedSequence *)e, rep, want);
    case EXPR_NULL_AWARE:
      return lower_null_aware(f, (TypedNullAware *)e, rep, want);
    case EXPR_THROW: return lower_throw(f, (TypedUnary *)e, rep, want);
    case EXPR_RETHROW: return lower_rethrow(f, (TypedRethrow *)e, rep, want);
    case EXPR_AWAIT: return lower_await(f, (TypedUnary *)e, rep, want);
    case EXPR_SWITCH_EXPR:
      return il_statement_switch_expression(f, (TypedSwitch *)e, rep, want);
    case EXPR_PATTERN_ASSIGN:
      return lower_pattern_assign(f, (TypedPatternAssign *)e, rep, want);
    case EXPR_LOAD_LIBRARY:
    case EXPR_CHECK_LIBRARY:
      return lower_library_use(f, (TypedLibraryUse *)e, rep, want);
    default:
      il_lower_error(f, "this expression");
      return il_frame_new(f, rep);
  }
}

// Closures, collections and what joins two operands.
static VReg lower_made(Fn *f, TypedExpr *e, Rep rep, VReg want) {
  switch ((ExprKind)e->kind) {
    case EXPR_STATIC_TEAR_OFF:
      return il_closure_static_tear_off(
          f, ((TypedStaticTearOff *)e)->target, rep, want);
    case EXPR_SUPER_TEAR_OFF:
      return lower_super_tear_off(f, (TypedInstanceTearOff *)e, rep, want);
    case EXPR_CONSTRUCTOR_TEAR_OFF:
      return il_closure_constructor_tear_off(
          f, (TypedConstructorTearOff *)e, rep, want);
    case EXPR_INSTANTIATE:
      return il_closure_instantiate(f, (TypedInstantiate *)e, rep, want);
    case EXPR_CLOSURE:
      return il_closure_new(f, ((TypedClosure *)e)->body, rep, want);
    case EXPR_LIST:
      return il_collection_list(f, (TypedCollection *)e, rep, want);
    case EXPR_SET:
      return il_collection_set(f, (TypedCollection *)e, rep, want);
    case EXPR_MAP:
      return il_collection_map(f, (TypedCollection *)e, rep, want);
    case EXPR_RECORD:
      return il_collection_record(f, (TypedRecord *)e, rep, want);
    case EXPR_IS: return lower_is_value(f, (TypedIs *)e, rep, want);
    case EXPR_NOT:
    case EXPR_AND:
    case EXPR_OR:
      return il_expr_boolean(f, e, rep, want);
    case EXPR_CONDITIONAL:
      return lower_conditional(f, (TypedConditional *)e, rep, want);
    case EXPR_IF_NULL: return lower_if_null(f, (TypedBinary *)e, rep, want);
    default: return lower_other(f, e, rep, want);
  }
}

static VReg lower_call(Fn *f, TypedExpr *e, Rep rep, VReg want) {
  switch ((ExprKind)e->kind) {
    case EXPR_STATIC_CALL: {
      TypedStaticCall *c = (TypedStaticCall *)e;
      return il_call_static(f, c->target, &c->arguments, VREG_NONE, rep, want);
    }
    case EXPR_NEW: return il_constructor_new(f, (TypedNew *)e, rep, want);
    case EXPR_INSTANCE_CALL:
      return lower_call_on_literal(f, (TypedInstanceCall *)e, rep, want);
    case EXPR_SUPER_CALL:
      return il_call_super(f, (TypedSuperCall *)e, rep, want);
    case EXPR_CLOSURE_CALL: {
      TypedClosureCall *c = (TypedClosureCall *)e;
      return il_closure_call_direct(f, ((TypedLocalGet *)c->callee)->local,
                                    &c->arguments, rep, want);
    }
    case EXPR_EQUALS:
      return il_operator_equals(f, (TypedEquals *)e, rep, want);
    case EXPR_IDENTICAL: return il_expr_boolean(f, e, rep, want);
    default: return lower_made(f, e, rep, want);
  }
}

// Literals and variables come first.
static VReg lower_expr(Fn *f, TypedExpr *e, Rep rep, VReg want) {
  if (spine_of(e)) return lower_spine(f, e, rep, want);
  f->offset = e->offset;
  switch ((ExprKind)e->kind) {
    case EXPR_INT:
    case EXPR_DOUBLE:
    case EXPR_CONSTANT:
      return lower_literal(f, e, rep, want);
    case EXPR_TYPE:
      return lower_type_value(f, (TypedTypeLiteral *)e, rep, want);
    case EXPR_CONCAT: return lower_concat(f, (TypedConcat *)e, rep, want);
    case EXPR_THIS: return il_expr_convert(f, f->this_reg, REP_REF, rep, want);
    case EXPR_LOCAL_GET:
      return il_local_get(f, ((TypedLocalGet *)e)->local, rep, want);
    case EXPR_LOCAL_SET:
      return il_local_assign(f, (TypedLocalSet *)e, rep, want);
    case EXPR_STATIC_GET:
      return lower_static_get(f, (TypedStaticGet *)e, rep, want);
    case EXPR_STATIC_SET:
      return lower_static_set(f, (TypedStaticSet *)e, rep, want);
    case EXPR_FIELD_SET:
      return lower_field_set(f, (TypedFieldSet *)e, rep, want);
    default: return lower_call(f, e, rep, want);
  }
}

VReg il_expr(Fn *f, TypedExpr *e, Rep rep, VReg want) {
  VReg r = lower_expr(f, e, rep, want);
  il_frame_hold(f, r);
  return r;
}

void il_expr_effect(Fn *f, TypedExpr *e) {
  FrameMark mark = il_frame_mark(f);
  Rep rep = il_expr_rep(f, e);
  switch ((ExprKind)e->kind) {
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT: {
      Label end = il_label_new(f);
      il_expr_condition(f, e, end, end, end);
      il_label_bind(f, end);
      break;
    }
    default:
      il_expr(f, e, rep, VREG_NONE);
  }
  il_frame_release(f, mark);
}
