// operator.c: operators of int, double and bool whose operands are statically
// so, and equality. In order: finding the instruction, values, conditions,
// equality.
#include "lower/lowering.h"

// ------------------------------------------------------- finding instructions

typedef struct {
  Name name;
  Op op, op_k;      // op_k OP_UNREACHABLE: none
} IntOperator;

static const IntOperator int_operators[] = {
    {NAME_op_add, OP_ADD_I64, OP_ADD_I64_K},
    {NAME_op_sub, OP_SUB_I64, OP_ADD_I64_K},
    {NAME_op_mul, OP_MUL_I64, OP_MUL_I64_K},
    {NAME_op_int_div, OP_DIV_I64, OP_DIV_I64_K},
    {NAME_op_mod, OP_MOD_I64, OP_MOD_I64_K},
    {NAME_op_and, OP_AND_I64, OP_AND_I64_K},
    {NAME_op_or, OP_OR_I64, OP_OR_I64_K},
    {NAME_op_xor, OP_XOR_I64, OP_XOR_I64_K},
    {NAME_op_shl, OP_SHL_I64, OP_SHL_I64_K},
    {NAME_op_shr, OP_SHR_I64, OP_SHR_I64_K},
    {NAME_op_ushr, OP_USHR_I64, OP_USHR_I64_K},
};

static const IntOperator double_operators[] = {
    {NAME_op_add, OP_ADD_F64, OP_UNREACHABLE},
    {NAME_op_sub, OP_SUB_F64, OP_UNREACHABLE},
    {NAME_op_mul, OP_MUL_F64, OP_UNREACHABLE},
    {NAME_op_div, OP_DIV_F64, OP_UNREACHABLE},
    {NAME_op_mod, OP_MOD_F64, OP_UNREACHABLE},
};

static bool constant_int(const TypedExpr *e, int64_t *value) {
  if (e->kind == EXPR_INT) {
    *value = ((const TypedInt *)e)->value;
    return true;
  }
  if (e->kind == EXPR_CONSTANT) {
    const Constant *c = ((const TypedConstant *)e)->value;
    if (c->kind != CONSTANT_INT) return false;
    *value = c->integer;
    return true;
  }
  return false;
}

// An integer literal that is compared with doubles as if it were one.
static bool is_exact_double(const TypedExpr *e) {
  int64_t k;
  return constant_int(e, &k) && k >= -((int64_t)1 << 53) &&
         k <= (int64_t)1 << 53;
}

static bool is_commutative(Name name) {
  return name == NAME_op_add || name == NAME_op_mul || name == NAME_op_and ||
         name == NAME_op_or || name == NAME_op_xor;
}

// Whether the constant fits the immediate form of the operator.
static bool fits(Name name, int64_t k, int16_t *out) {
  if (name == NAME_op_sub) {
    if (k == INT64_MIN) return false;
    k = -k;
  }
  if (k < INT16_MIN || k > INT16_MAX) return false;
  *out = (int16_t)k;
  switch (name) {
    case NAME_op_int_div:
    case NAME_op_mod:
      return k != 0;
    case NAME_op_shl:
    case NAME_op_shr:
    case NAME_op_ushr:
      return k >= 0 && k <= 63;
    default:
      return true;
  }
}

static bool find_compare(Name name, Rep rep, Operator *out) {
  bool is_int = rep == REP_INT;
  out->is_compare = true;
  out->result = REP_BOOL;
  switch (name) {
    case NAME_op_lt:
      out->op = is_int ? OP_JUMP_LT_I64 : OP_JUMP_LT_F64;
      out->op_k = is_int ? OP_JUMP_LT_I64_K : OP_UNREACHABLE;
      return true;
    case NAME_op_le:
      out->op = is_int ? OP_JUMP_LE_I64 : OP_JUMP_LE_F64;
      out->op_k = is_int ? OP_JUMP_LE_I64_K : OP_UNREACHABLE;
      return true;
    case NAME_op_gt:
      out->op = is_int ? OP_JUMP_LT_I64 : OP_JUMP_LT_F64;
      out->op_k = is_int ? OP_JUMP_GT_I64_K : OP_UNREACHABLE;
      out->flip = true;
      return true;
    case NAME_op_ge:
      out->op = is_int ? OP_JUMP_LE_I64 : OP_JUMP_LE_F64;
      out->op_k = is_int ? OP_JUMP_GE_I64_K : OP_UNREACHABLE;
      out->flip = true;
      return true;
    default:
      return false;
  }
}

static bool find_unary(Fn *f, Name name, Rep rep, Operator *out) {
  Lower *l = f->l;
  out->is_unary = true;
  out->operand = out->result = rep;
  if (rep == REP_INT) {
    if (name == NAME_op_neg) return out->op = OP_NEG_I64, true;
    if (name == NAME_op_not) return out->op = OP_NOT_I64, true;
    if (name == l->name_to_double) {
      out->result = REP_DOUBLE;
      return out->op = OP_INT_TO_F64, true;
    }
    return false;
  }
  if (name == NAME_op_neg) return out->op = OP_NEG_F64, true;
  if (name == l->name_abs) return out->op = OP_ABS_F64, true;
  if (name == l->name_floor_to_double) return out->op = OP_FLOOR_F64, true;
  if (name == l->name_to_int || name == l->name_truncate) {
    out->result = REP_INT;
    return out->op = OP_F64_TO_INT, true;
  }
  return false;
}

static bool find_parity(Fn *f, Name name, Operator *out) {
  Text text = il_name_text(f->l->names, name);
  out->is_unary = true;
  out->operand = REP_INT;
  out->result = REP_BOOL;
  out->op = il_text_equal(text, TEXT("isEven")) ? OP_IS_EVEN : OP_IS_ODD;
  return out->op == OP_IS_EVEN || il_text_equal(text, TEXT("isOdd"));
}

static bool find_int(Fn *f, const TypedInstanceCall *c, Name name,
                     Operator *out) {
  const TypedExpr *right = c->arguments.positional.items[0];
  int64_t k;
  out->operand = REP_INT;
  if (find_compare(name, REP_INT, out)) {
    out->has_k = constant_int(right, &k) && fits(NAME_op_add, k, &out->k);
    return true;
  }
  out->is_compare = false;
  out->result = REP_INT;
  out->op_k = OP_UNREACHABLE;
  if (name == f->l->name_remainder) return out->op = OP_REM_I64, true;
  if (name == NAME_op_div) {
    out->op = OP_DIV_F64;
    out->operand = out->result = REP_DOUBLE;
    return out->left_to_double = out->right_to_double = true;
  }
  for (uint32_t i = 0; i < IL_COUNT_OF(int_operators); i++) {
    if (int_operators[i].name != name) continue;
    out->op = int_operators[i].op;
    out->op_k = int_operators[i].op_k;
    if (constant_int(right, &k)) {
      out->has_k = fits(name, k, &out->k);
    } else if (is_commutative(name) && c->receiver->kind == EXPR_INT &&
               constant_int(c->receiver, &k)) {
      out->has_k = out->swap = fits(name, k, &out->k);
    }
    return true;
  }
  return false;
}

static bool find_double(Fn *f, const TypedInstanceCall *c, Name name, Rep left,
                        Rep right, Operator *out) {
  out->operand = REP_DOUBLE;
  out->op_k = OP_UNREACHABLE;
  out->left_to_double = left == REP_INT;
  out->right_to_double = right == REP_INT;
  bool is_exact = left == right || is_exact_double(c->receiver) ||
                  is_exact_double(c->arguments.positional.items[0]);
  if (is_exact && find_compare(name, REP_DOUBLE, out)) return true;
  out->is_compare = out->flip = false;
  out->result = REP_DOUBLE;
  if (name == f->l->name_remainder) return out->op = OP_REM_F64, true;
  for (uint32_t i = 0; i < IL_COUNT_OF(double_operators); i++) {
    if (double_operators[i].name != name) continue;
    return out->op = double_operators[i].op, true;
  }
  return false;
}

bool il_operator_find(Fn *f, const TypedInstanceCall *c, Operator *out) {
  uint32_t count = c->arguments.positional.count;
  if (count > 1 || c->arguments.named.count > 0) return false;
  Rep left = il_rep(f->l, c->receiver->type);
  if (left != REP_INT && left != REP_DOUBLE) return false;
  *out = (Operator){0};
  Name name = c->target->base.name;
  if (count == 0 && c->target->function_kind == FUNCTION_GETTER) {
    return left == REP_INT && find_parity(f, name, out);
  }
  if (count == 0) return find_unary(f, name, left, out);
  if (c->target->function_kind == FUNCTION_SETTER) return false;
  Rep right = il_rep(f->l, c->arguments.positional.items[0]->type);
  if (left == REP_INT && right == REP_INT) return find_int(f, c, name, out);
  if (right != REP_INT && right != REP_DOUBLE) return false;
  return find_double(f, c, name, left, right, out);
}

// --------------------------------------------------------------------- values

static VReg to_double(Fn *f, VReg v) {
  VReg d = il_frame_new(f, REP_DOUBLE);
  il_emit(f, OP_INT_TO_F64, d, v, 0);
  return d;
}

// An operand of a double instruction that is statically an int.
static VReg int_operand(Fn *f, TypedExpr *e) {
  int64_t k;
  if (!constant_int(e, &k)) return to_double(f, il_expr_any(f, e, REP_INT));
  double value = (double)k;
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  VReg d = il_frame_constant(f, bits);
  if (d != VREG_NONE) return d;
  d = il_frame_new(f, REP_DOUBLE);
  il_emit_x(f, OP_LOAD_WORD, d, 0, 0, bits);
  return d;
}

VReg il_operator_left(Fn *f, TypedInstanceCall *c, Operator *op) {
  if (!op->left_to_double) return il_expr_any(f, c->receiver, op->operand);
  op->left_to_double = false;
  return int_operand(f, c->receiver);
}

// The value instruction of a compare's jump.
static Op value_form(Op jump) {
  switch (jump) {
    case OP_JUMP_LT_I64: return OP_LT_I64;
    case OP_JUMP_LE_I64: return OP_LE_I64;
    case OP_JUMP_LT_F64: return OP_LT_F64;
    case OP_JUMP_LE_F64: return OP_LE_F64;
    default: IL_UNREACHABLE();
  }
}

static bool may_throw(Op op) {
  return op == OP_DIV_I64 || op == OP_MOD_I64 || op == OP_REM_I64 ||
         op == OP_SHL_I64 || op == OP_SHR_I64 || op == OP_USHR_I64 ||
         op == OP_F64_TO_INT;
}

bool il_operator_may_throw(const Operator *op) {
  bool is_constant = op->has_k && op->op_k != OP_UNREACHABLE;
  return !op->is_compare && !is_constant && may_throw(op->op);
}

VReg il_operator_lower(Fn *f, TypedInstanceCall *c, const Operator *op,
                       VReg left, Rep rep, VReg want) {
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, left);
  VReg right = VREG_NONE;
  if (op->left_to_double) left = to_double(f, left);
  bool use_k = op->has_k && op->op_k != OP_UNREACHABLE && !op->is_compare;
  if (!op->is_unary && !use_k) {
    TypedExpr *e = c->arguments.positional.items[0];
    right = op->right_to_double ? int_operand(f, e)
                                : il_expr_any(f, e, op->operand);
  }
  il_frame_release(f, mark);
  f->offset = c->base.offset;
  VReg d = il_expr_target(f, rep, want, op->result);
  if (use_k) {
    il_emit(f, op->op_k, d, left, (uint16_t)op->k);
  } else if (op->is_unary) {
    if (may_throw(op->op)) il_emit_line(f);
    il_emit(f, op->op, d, left, 0);
  } else if (op->is_compare) {
    if (op->flip) {
      VReg t = left;
      left = right;
      right = t;
    }
    il_emit(f, value_form(op->op), d, left, right);
  } else {
    if (may_throw(op->op)) il_emit_line(f);
    il_emit_binary(f, op->op, d, left, right);
  }
  return d == want ? d : il_expr_convert(f, d, op->result, rep, want);
}

// ----------------------------------------------------------------- conditions

void il_operator_condition(Fn *f, TypedInstanceCall *c, const Operator *op,
                           Label if_true, Label if_false, Label next) {
  FrameMark mark = il_frame_mark(f);
  TypedExpr *right_expr = c->arguments.positional.items[0];
  Operator own = *op;
  VReg left = il_operator_left(f, c, &own);
  if (op->has_k && op->op_k != OP_UNREACHABLE) {
    il_expr_branch_op(f, op->op_k, left, (uint16_t)op->k, if_true, if_false,
                      next);
    il_frame_release(f, mark);
    return;
  }
  left = il_expr_keep(f, left, op->operand,
                      il_effect(f, right_expr) & EFFECT_ASSIGNS);
  VReg right = op->right_to_double ? int_operand(f, right_expr)
                                   : il_expr_any(f, right_expr, op->operand);
  if (op->flip) {
    VReg t = left;
    left = right;
    right = t;
  }
  il_expr_branch_op(f, op->op, left, right, if_true, if_false, next);
  il_frame_release(f, mark);
}

// ------------------------------------------------------------------- equality

bool il_operator_is_identity(Fn *f, TypeId type) {
  const TypeContext *types = f->l->types;
  TypeId erased = il_type_non_null(types->types, il_erase(f->l, type));
  if (erased == TYPE_ID_BOOL) return true;
  const Type *t = il_type_get(types->types, erased);
  if (t->kind != TYPE_INTERFACE) return false;
  const TypeClass *c = il_class_get(types->classes, t->head);
  return (c->flags & CLASS_IS_ENUM) != 0;
}

static bool is_null(const TypedExpr *e) {
  return e->kind == EXPR_CONSTANT &&
         ((const TypedConstant *)e)->value->kind == CONSTANT_NULL;
}

static Rep raw_equals_rep(Fn *f, TypedEquals *e) {
  Rep left = il_rep(f->l, e->left->type), right = il_rep(f->l, e->right->type);
  if (left == REP_DOUBLE && is_exact_double(e->right)) return left;
  if (right == REP_DOUBLE && is_exact_double(e->left)) return right;
  return left == right ? left : REP_REF;
}

VReg il_operator_call_equals(Fn *f, FunctionElement *target, VReg left,
                             VReg right, VReg want) {
  Rep rep = REP_REF;
  return il_call_member(f, target, left, &right, &rep, 1, REP_BOOL, want);
}

static VReg equals_operand(Fn *f, TypedExpr *e, Rep rep) {
  int64_t k;
  if (rep == REP_DOUBLE && constant_int(e, &k)) return int_operand(f, e);
  return il_expr_any(f, e, rep);
}

static bool may_be_null(Fn *f, const TypedExpr *e) {
  return !il_type_is_non_nullable(f->l->types, il_erase(f->l, e->type));
}

static void equals_null(Fn *f, TypedEquals *e, Label if_true, Label if_false,
                        Label next) {
  TypedExpr *other = is_null(e->left) ? e->right : e->left;
  if (il_is_raw(il_expr_rep(f, other))) {
    il_expr_effect(f, other);
    if (next != if_false) il_emit_jump(f, if_false);
    return;
  }
  VReg v = il_expr_any(f, other, REP_REF);
  il_expr_branch_op(f, OP_JUMP_NULL, v, 0, if_true, if_false, next);
}

static void equals_raw(Fn *f, TypedEquals *e, Rep rep, Label if_true,
                       Label if_false, Label next) {
  TypedExpr *left = e->left, *right = e->right;
  int64_t k;
  if (constant_int(left, &k)) {
    left = e->right;
    right = e->left;
  }
  VReg a = equals_operand(f, left, rep);
  if (rep == REP_INT && constant_int(right, &k) && k >= INT16_MIN &&
      k <= INT16_MAX) {
    il_expr_branch_op(f, OP_JUMP_EQ_I64_K, a, (uint16_t)(int16_t)k, if_true,
                      if_false, next);
    return;
  }
  a = il_expr_keep(f, a, rep, il_effect(f, right) & EFFECT_ASSIGNS);
  VReg b = equals_operand(f, right, rep);
  il_expr_branch_op(f, rep == REP_DOUBLE ? OP_JUMP_EQ_F64 : OP_JUMP_EQ_I64, a,
                    b, if_true, if_false, next);
}

static void equals_general(Fn *f, TypedEquals *e, Label if_true,
                           Label if_false, Label next) {
  VReg a = il_expr_any(f, e->left, REP_REF);
  a = il_expr_keep(f, a, REP_REF, il_effect(f, e->right) & EFFECT_ASSIGNS);
  VReg b = il_expr_any(f, e->right, REP_REF);
  f->offset = e->base.offset;
  if (il_operator_is_identity(f, e->left->type) ||
      il_operator_is_identity(f, e->right->type)) {
    il_expr_branch_op(f, OP_JUMP_EQ_REF, a, b, if_true, if_false, next);
    return;
  }
  if (may_be_null(f, e->left)) {
    Label is_value = il_label_new(f);
    il_emit_branch(f, OP_JUMP_NOT_NULL, a, 0, is_value);
    il_emit_branch(f, OP_JUMP_NULL, b, 0, if_true);
    il_emit_jump(f, if_false);
    il_label_bind(f, is_value);
  }
  if (may_be_null(f, e->right)) {
    il_emit_branch(f, OP_JUMP_NULL, b, 0, if_false);
  }
  VReg d = il_operator_call_equals(f, e->target, a, b, VREG_ANY);
  il_expr_branch_on(f, d, if_true, if_false, next);
}

void il_operator_equals_condition(Fn *f, TypedEquals *e, Label if_true,
                                  Label if_false, Label next) {
  if (e->is_negated) {
    Label t = if_true;
    if_true = if_false;
    if_false = t;
  }
  FrameMark mark = il_frame_mark(f);
  Rep rep = raw_equals_rep(f, e);
  if (!e->target || is_null(e->left) || is_null(e->right)) {
    equals_null(f, e, if_true, if_false, next);
  } else if (il_is_raw(rep)) {
    equals_raw(f, e, rep, if_true, if_false, next);
  } else {
    equals_general(f, e, if_true, if_false, next);
  }
  il_frame_release(f, mark);
}

VReg il_operator_equals(Fn *f, TypedEquals *e, Rep rep, VReg want) {
  Rep operands = raw_equals_rep(f, e);
  if (!e->target || is_null(e->left) || is_null(e->right) ||
      !il_is_raw(operands)) {
    return il_expr_boolean(f, &e->base, rep, want);
  }
  FrameMark mark = il_frame_mark(f);
  VReg a = equals_operand(f, e->left, operands);
  a = il_expr_keep(f, a, operands, il_effect(f, e->right) & EFFECT_ASSIGNS);
  VReg b = equals_operand(f, e->right, operands);
  il_frame_release(f, mark);
  VReg d = il_expr_target(f, rep, want, REP_BOOL);
  Op eq = operands == REP_DOUBLE ? OP_EQ_F64 : OP_EQ_I64;
  Op ne = operands == REP_DOUBLE ? OP_NE_F64 : OP_NE_I64;
  il_emit(f, e->is_negated ? ne : eq, d, a, b);
  return d == want ? d : il_expr_convert(f, d, REP_BOOL, rep, want);
}
