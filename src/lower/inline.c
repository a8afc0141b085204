// inline.c: small functions in the place of their calls: getters, arithmetic on
// parameters, methods that set a field, constructors that fill in fields.
//
// Only what cannot throw, call or reach a safepoint is inlined, so that no
// stack trace misses a frame: operators on numbers that never fail, fields that
// are words of the object, conditions, and calls of what can be inlined itself.
// Nor does it look at types, so that it needs no environment but `this`. Each
// parameter is the register that its argument is in, a variable's own too: the
// body assigns none.
//
// What a function costs is the number of its nodes, those of the functions it
// calls included. While it is being counted it cannot be inlined, which leaves
// recursive functions out; so the depth of recursion here is bounded by the
// cost, and lowering meets no cycle.
#include "lower/lowering.h"

#define MAX_COST 24
#define MAX_PARAMETERS 8

// What a node cannot be part of costs this.
#define TOO_MUCH 1000u

static uint32_t cost_of_function(Fn *f, FunctionElement *e);

static bool is_plain_field(Fn *f, FieldElement *field) {
  return !(field->flags & (FIELD_IS_LATE | FIELD_IS_STATIC)) &&
         il_field_is_direct(f, field, false);
}

static bool is_plain_local(const LocalVar *v) {
  return !(v->flags & (LOCAL_IS_LATE | LOCAL_IS_CAPTURED | LOCAL_IS_ASSIGNED |
                       LOCAL_IS_FUNCTION | LOCAL_IS_COVARIANT));
}

static uint32_t cost_of(Fn *f, TypedExpr *e);

static uint32_t cost_of_arguments(Fn *f, const TypedArguments *a) {
  uint32_t cost = a->vector ? TOO_MUCH : 0;
  for (uint32_t i = 0; i < a->positional.count && cost < MAX_COST; i++) {
    cost += cost_of(f, a->positional.items[i]);
  }
  for (uint32_t i = 0; i < a->named.count && cost < MAX_COST; i++) {
    cost += cost_of(f, a->named.items[i]);
  }
  return cost;
}

static uint32_t cost_of_instance_call(Fn *f, TypedInstanceCall *c) {
  uint32_t cost = cost_of(f, c->receiver);
  if (cost >= MAX_COST) return cost;
  cost += cost_of_arguments(f, &c->arguments);
  Operator op;
  if (il_operator_find(f, c, &op)) {
    return il_operator_may_throw(&op) ? TOO_MUCH : cost + 1;
  }
  if (c->target->function_kind == FUNCTION_SETTER) return TOO_MUCH;
  FunctionElement *exact = il_call_exact(f, c->target, c->is_exact);
  if (!exact) return TOO_MUCH;
  FieldElement *field = il_call_field(exact);
  if (field) return is_plain_field(f, field) ? cost + 1 : TOO_MUCH;
  return cost + cost_of_function(f, exact);
}

static uint32_t cost_of_equals(Fn *f, TypedEquals *e) {
  Rep left = il_expr_rep(f, e->left), right = il_expr_rep(f, e->right);
  if (!il_is_raw(left) || left != right) return TOO_MUCH;
  return cost_of(f, e->left) + cost_of(f, e->right) + 1;
}

// Numbers that are wanted as references would have to be boxed.
static bool keeps_rep(Fn *f, TypedExpr *e, Rep rep) {
  return il_expr_rep(f, e) == rep;
}

static uint32_t cost_of_field_set(Fn *f, TypedFieldSet *s) {
  bool is_plain = is_plain_field(f, s->field) &&
                  !(s->field->flags & FIELD_IS_COVARIANT) &&
                  keeps_rep(f, s->value, il_field_rep(f->l, s->field));
  if (!is_plain) return TOO_MUCH;
  return cost_of(f, s->receiver) + cost_of(f, s->value) + 1;
}

static uint32_t cost_of(Fn *f, TypedExpr *e) {
  switch ((ExprKind)e->kind) {
    case EXPR_INT:
    case EXPR_DOUBLE:
    case EXPR_CONSTANT:
    case EXPR_THIS:
      return 1;
    case EXPR_LOCAL_GET:
      return is_plain_local(((TypedLocalGet *)e)->local) ? 1 : TOO_MUCH;
    case EXPR_FIELD_GET: {
      TypedFieldGet *g = (TypedFieldGet *)e;
      if (!is_plain_field(f, g->field)) return TOO_MUCH;
      return cost_of(f, g->receiver) + 1;
    }
    case EXPR_INSTANCE_CALL:
      return cost_of_instance_call(f, (TypedInstanceCall *)e);
    case EXPR_STATIC_CALL: {
      TypedStaticCall *c = (TypedStaticCall *)e;
      uint32_t cost = cost_of_arguments(f, &c->arguments);
      return cost >= MAX_COST ? cost : cost + cost_of_function(f, c->target);
    }
    case EXPR_EQUALS:
      return cost_of_equals(f, (TypedEquals *)e);
    case EXPR_NOT:
      return cost_of(f, ((TypedUnary *)e)->operand);
    case EXPR_AND:
    case EXPR_OR: {
      TypedBinary *b = (TypedBinary *)e;
      uint32_t cost = cost_of(f, b->left);
      return cost >= MAX_COST ? cost : cost + cost_of(f, b->right) + 1;
    }
    case EXPR_CONDITIONAL: {
      TypedConditional *c = (TypedConditional *)e;
      if (!keeps_rep(f, c->then, il_expr_rep(f, e)) ||
          !keeps_rep(f, c->otherwise, il_expr_rep(f, e))) {
        return TOO_MUCH;
      }
      return cost_of(f, c->condition) + cost_of(f, c->then) +
             cost_of(f, c->otherwise) + 1;
    }
    default:
      return TOO_MUCH;
  }
}

static uint32_t cost_of_statement(Fn *f, TypedStmt *s, Rep result) {
  switch ((StmtKind)s->kind) {
    case STMT_RETURN: {
      TypedExpr *value = ((TypedReturn *)s)->value;
      if (!value || !keeps_rep(f, value, result)) return TOO_MUCH;
      return cost_of(f, value);
    }
    case STMT_VAR: {
      TypedVarStmt *v = (TypedVarStmt *)s;
      if (!v->value || !is_plain_local(v->local) ||
          !keeps_rep(f, v->value, il_local_rep(f->l, v->local))) {
        return TOO_MUCH;
      }
      return cost_of(f, v->value);
    }
    case STMT_EXPRESSION: {
      TypedExpr *e = ((TypedExprStmt *)s)->expression;
      if (e->kind != EXPR_FIELD_SET) return TOO_MUCH;
      return cost_of_field_set(f, (TypedFieldSet *)e);
    }
    case STMT_FIELD_INIT: {
      TypedFieldInit *init = (TypedFieldInit *)s;
      Rep rep = il_field_rep(f->l, init->field);
      if (!is_plain_field(f, init->field)) return TOO_MUCH;
      if (!keeps_rep(f, init->value, rep) &&
          init->value->kind != EXPR_CONSTANT) {
        return TOO_MUCH;
      }
      return cost_of(f, init->value);
    }
    case STMT_SUPER_INIT: {
      TypedConstructorInvoke *i = (TypedConstructorInvoke *)s;
      return i->constructor->owner->id == CLASS_OBJECT ? 0 : TOO_MUCH;
    }
    default:
      return TOO_MUCH;
  }
}

// Only the last statement returns.
static uint32_t cost_of_code(Fn *f, TypedStmt *code, Rep result,
                             bool *returns) {
  TypedStmt *one[1] = {code};
  TypedStmts list = {one, 1};
  if (code->kind == STMT_BLOCK) {
    if (((TypedBlock *)code)->target) return TOO_MUCH;
    list = ((TypedBlock *)code)->statements;
  }
  uint32_t cost = 0;
  *returns = false;
  for (uint32_t i = 0; i < list.count && cost < MAX_COST; i++) {
    if (*returns) return TOO_MUCH;
    cost += cost_of_statement(f, list.items[i], result);
    *returns = list.items[i]->kind == STMT_RETURN;
  }
  return cost;
}

static bool has_plain_parameters(Fn *f, FunctionElement *e) {
  Lower *l = f->l;
  Signature *s = il_lower_signature(l, e);
  uint32_t shift = e->flags & FUNCTION_IS_EXTENSION ? 1 : 0;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  bool is_constructor = e->function_kind == FUNCTION_CONSTRUCTOR;
  if (count > MAX_PARAMETERS) return false;
  for (uint32_t i = 0; i < count; i++) {
    const Parameter *p = &s->parameters[i];
    LocalVar *v = i < shift ? e->body->receiver : e->body->parameters[i - shift];
    if (!v || !is_plain_local(v)) return false;
    if (il_local_rep(l, v) != il_rep(l, p->type)) return false;
    if (!is_constructor && (p->is_covariant || p->is_covariant_by_class)) {
      return false;
    }
  }
  return true;
}

static bool has_late_field(const ClassElement *c) {
  for (uint32_t i = 0; i < c->fields.count; i++) {
    const FieldElement *field = c->fields.items[i];
    if (!(field->flags & FIELD_IS_STATIC) && (field->flags & FIELD_IS_LATE)) {
      return true;
    }
  }
  return false;
}

static bool is_candidate(Fn *f, FunctionElement *e) {
  Lower *l = f->l;
  const TypedBody *body = e->body;
  if (!body || !body->code || body->is_async || body->is_generator) {
    return false;
  }
  if (e->flags & (FUNCTION_IS_EXTERNAL | FUNCTION_IS_ABSTRACT)) return false;
  if (il_function_has_vector(l, e)) return false;
  switch ((FunctionKind)e->function_kind) {
    case FUNCTION_CONSTRUCTOR:
      if (e->owner->mixin || has_late_field(e->owner) ||
          e->owner->class_kind == CLASS_KIND_EXTENSION_TYPE) {
        return false;
      }
      break;
    case FUNCTION_FACTORY:
    case FUNCTION_SETTER:
      return false;
    default:
      break;
  }
  if (e->owner && il_function_has_this(e) &&
      (e->owner->id >= l->class_count || l->classes[e->owner->id].is_mixin)) {
    return false;
  }
  return has_plain_parameters(f, e);
}

static uint32_t count_cost(Fn *f, FunctionElement *e) {
  if (!is_candidate(f, e)) return TOO_MUCH;
  bool returns = false;
  Rep result = il_function_result_rep(f->l, e);
  uint32_t cost = cost_of_code(f, e->body->code, result, &returns);
  bool is_constructor = e->function_kind == FUNCTION_CONSTRUCTOR;
  bool is_void = il_lower_signature(f->l, e)->result == TYPE_ID_VOID;
  return returns == (is_constructor || is_void) ? TOO_MUCH : cost;
}

static uint32_t cost_of_function(Fn *f, FunctionElement *e) {
  uint64_t known;
  Map *costs = &f->l->inline_costs;
  if (il_map_find(costs, il_map_key(e), &known)) return (uint32_t)known;
  il_map_put(costs, il_map_key(e), TOO_MUCH);
  uint32_t cost = count_cost(f, e);
  il_map_put(costs, il_map_key(e), cost);
  return cost;
}

static bool can_inline(Fn *f, FunctionElement *e, const TypedArguments *a) {
  return !a->vector && cost_of_function(f, e) <= MAX_COST;
}

bool il_inline_is_safe(Fn *f, FunctionElement *e, const TypedArguments *a) {
  if (!can_inline(f, e, a)) return false;
  Signature *s = il_lower_signature(f->l, e);
  for (uint32_t i = 0; i < a->positional.count + a->named.count; i++) {
    TypedExpr *value;
    uint32_t k = il_call_argument(s, a, i, &value);
    if (!keeps_rep(f, value, il_rep(f->l, s->parameters[k].type))) {
      return false;
    }
  }
  return true;
}

// ------------------------------------------------------------------- inlining

// The registers of the arguments, by parameter.
static void lower_arguments(Fn *f, FunctionElement *e, const TypedArguments *a,
                            VReg *regs) {
  Lower *l = f->l;
  Signature *s = il_lower_signature(l, e);
  uint32_t shift = e->flags & FUNCTION_IS_EXTENSION ? 1 : 0;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  uint32_t given = a->positional.count + a->named.count, assigned = 0;
  TypedExpr *value;
  for (uint32_t i = 0; i < given; i++) {
    il_call_argument(s, a, i, &value);
    if (il_effect(f, value) & EFFECT_ASSIGNS) assigned = i + 1;
  }
  for (uint32_t i = 0; i < count; i++) regs[i] = VREG_NONE;
  for (uint32_t i = 0; i < given; i++) {
    uint32_t k = il_call_argument(s, a, i, &value);
    Rep rep = il_rep(l, s->parameters[k].type);
    regs[k] = il_expr_any(f, value, rep);
    regs[k] = il_expr_keep(f, regs[k], rep, i + 1 < assigned);
  }
  for (uint32_t i = 0; i < count; i++) {
    if (regs[i] != VREG_NONE) continue;
    Parameter *p = &il_member_signature(e)->parameters[i - shift];
    Constant *c = il_constant_of_default(e, p);
    Rep rep = il_rep(l, s->parameters[i].type);
    if (c) {
      regs[i] = il_constant_load(f, c, rep, VREG_ANY);
    } else {
      regs[i] = il_frame_new(f, rep);
      il_emit(f, OP_LOAD_NULL, regs[i], 0, 0);
    }
  }
}

// They are read more than once, as variables are.
static void bind_parameters(Fn *f, FunctionElement *e, uint32_t count,
                            const VReg *regs) {
  uint32_t shift = e->flags & FUNCTION_IS_EXTENSION ? 1 : 0;
  for (uint32_t i = 0; i < count; i++) {
    LocalVar *v = i < shift ? e->body->receiver : e->body->parameters[i - shift];
    v->lowered[0] = regs[i];
    v->lowered[1] = LOC_REG;
    il_frame_bind(f, regs[i], true);
  }
}

static void lower_code(Fn *f, TypedStmt *code, Rep rep, VReg d) {
  TypedStmt *one[1] = {code};
  TypedStmts list = {one, 1};
  if (code->kind == STMT_BLOCK) list = ((TypedBlock *)code)->statements;
  for (uint32_t i = 0; i < list.count; i++) {
    TypedStmt *s = list.items[i];
    if (s->kind != STMT_RETURN) {
      il_statement(f, s);
    } else if (d == VREG_NONE) {
      il_expr_effect(f, ((TypedReturn *)s)->value);
    } else {
      il_expr(f, ((TypedReturn *)s)->value, rep, d);
    }
  }
}

bool il_inline_call(Fn *f, FunctionElement *e, VReg receiver,
                    const TypedArguments *a, Rep rep, VReg want,
                    VReg *result) {
  if (!can_inline(f, e, a)) return false;
  Signature *s = il_lower_signature(f->l, e);
  VReg d = want == VREG_ANY ? il_frame_new(f, rep) : want;
  FrameMark mark = il_frame_mark(f);
  VReg regs[MAX_PARAMETERS];
  uint32_t offset = f->offset;
  if (receiver != VREG_NONE) il_frame_hold(f, receiver);
  lower_arguments(f, e, a, regs);
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  bind_parameters(f, e, count, regs);
  if (receiver != VREG_NONE) il_frame_bind(f, receiver, true);
  // The environment of the callee: `this`, and no types.
  Fn caller = *f;
  f->owner = e->owner;
  f->this_reg = receiver;
  f->class_vector = f->function_vector = VREG_NONE;
  f->is_holder_relative = false;
  bool is_void = s->result == TYPE_ID_VOID ||
                 e->function_kind == FUNCTION_CONSTRUCTOR;
  lower_code(f, e->body->code, rep, is_void ? VREG_NONE : d);
  f->owner = caller.owner;
  f->this_reg = caller.this_reg;
  f->class_vector = caller.class_vector;
  f->function_vector = caller.function_vector;
  f->is_holder_relative = caller.is_holder_relative;
  f->offset = offset;
  il_frame_release(f, mark);
  if (is_void && il_vreg_is_real(d)) il_emit(f, OP_LOAD_NULL, d, 0, 0);
  *result = d;
  return true;
}
