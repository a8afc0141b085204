// match.c: matching. The variables of a pattern get their places before it is
// matched (il_match_declare), since alternatives bind the same ones.
#include "lower/lowering.h"

// ---------------------------------------------------------------- declaration

static void declare_many(Fn *f, const TypedPatterns *list) {
  for (uint32_t i = 0; i < list->count; i++) {
    il_match_declare(f, list->items[i]);
  }
}

void il_match_declare(Fn *f, TypedPattern *p) {
  if (!p) return;
  switch ((PatternKind)p->kind) {
    case PATTERN_VARIABLE:
      il_local_reserve(f, ((TypedVariablePattern *)p)->local);
      break;
    case PATTERN_CAST:
    case PATTERN_NULL_CHECK:
    case PATTERN_NULL_ASSERT:
      il_match_declare(f, ((TypedSubPattern *)p)->sub);
      break;
    case PATTERN_AND:
      il_match_declare(f, ((TypedTwoPattern *)p)->left);
      il_match_declare(f, ((TypedTwoPattern *)p)->right);
      break;
    case PATTERN_OR:
      il_match_declare(f, ((TypedTwoPattern *)p)->right);
      il_match_declare(f, ((TypedTwoPattern *)p)->left);
      break;
    case PATTERN_LIST:
      declare_many(f, &((TypedListPattern *)p)->before);
      il_match_declare(f, ((TypedListPattern *)p)->rest);
      declare_many(f, &((TypedListPattern *)p)->after);
      break;
    case PATTERN_MAP:
      declare_many(f, &((TypedMapPattern *)p)->values);
      break;
    case PATTERN_RECORD:
    case PATTERN_OBJECT:
      declare_many(f, &((TypedObjectPattern *)p)->fields);
      break;
    default:
      break;
  }
}

// ------------------------------------------------------------------- matching

// A value of another representation than the sub-pattern matches.
static void match_sub(Fn *f, TypedPattern *p, VReg v, Rep rep, Label fail) {
  Rep want = il_rep(f->l, p->matched);
  v = il_expr_convert(f, v, rep, want, VREG_ANY);
  il_match_pattern(f, p, v, want, fail);
}

static void match_constant(Fn *f, TypedConstantPattern *p, VReg v, Rep rep,
                           Label fail) {
  Constant *c = p->value;
  if (c->kind == CONSTANT_NULL) {
    if (rep == REP_REF) {
      il_emit_branch(f, OP_JUMP_NOT_NULL, v, 0, fail);
    } else {
      il_emit_jump(f, fail);
    }
    return;
  }
  bool is_raw = (rep == REP_INT && c->kind == CONSTANT_INT) ||
                (rep == REP_BOOL && c->kind == CONSTANT_BOOL) ||
                (rep == REP_DOUBLE && c->kind == CONSTANT_DOUBLE);
  if (is_raw && rep != REP_DOUBLE && c->integer >= INT16_MIN &&
      c->integer <= INT16_MAX) {
    il_emit_branch(f, OP_JUMP_NE_I64_K, v, (uint16_t)(int16_t)c->integer,
                   fail);
    return;
  }
  if (is_raw) {
    VReg k = il_constant_load(f, c, rep, VREG_ANY);
    il_emit_branch(f, rep == REP_DOUBLE ? OP_JUMP_NE_F64 : OP_JUMP_NE_I64, v,
                   k, fail);
    return;
  }
  v = il_expr_convert(f, v, rep, REP_REF, VREG_ANY);
  VReg k = il_constant_load(f, c, REP_REF, VREG_ANY);
  if (il_operator_is_identity(f, il_constant_type(f->l->sema, c))) {
    il_emit_branch(f, OP_JUMP_NE_REF, v, k, fail);
  } else if (!p->equals) {
    VReg b = il_frame_new(f, REP_BOOL);
    il_emit(f, OP_IDENTICAL, b, v, k);
    il_emit_branch(f, OP_JUMP_UNLESS, b, 0, fail);
  } else {
    il_emit_branch(f, OP_JUMP_NULL, v, 0, fail);
    VReg b = il_operator_call_equals(f, p->equals, k, v, VREG_ANY);
    il_emit_branch(f, OP_JUMP_UNLESS, b, 0, fail);
  }
}

static VReg list_at(Fn *f, const TypedListPattern *p, VReg list, VReg index) {
  Rep rep = REP_INT;
  return il_call_member(f, p->at, list, &index, &rep, 1, REP_REF, VREG_ANY);
}

// `_` without a type reads nothing.
static bool is_ignored(const TypedPattern *p) {
  return p->kind == PATTERN_WILDCARD && !p->required;
}

// The rules of the specification: what is not needed is not read.
static void match_list(Fn *f, TypedListPattern *p, VReg list, Label fail) {
  uint32_t before = p->before.count, after = p->after.count;
  uint32_t wanted = before + after;
  VReg length = VREG_NONE;
  if (!p->has_rest || wanted > 0) {
    length = il_call_member(f, p->length, list, NULL, NULL, 0, REP_INT,
                            VREG_ANY);
    Op op = p->has_rest   ? OP_JUMP_LT_I64_K
            : wanted == 0 ? OP_JUMP_GT_I64_K
                          : OP_JUMP_NE_I64_K;
    il_emit_branch(f, op, length, wanted, fail);
  }
  FrameMark mark = il_frame_mark(f);
  for (uint32_t i = 0; i < before; i++) {
    if (is_ignored(p->before.items[i])) continue;
    VReg index = il_frame_new(f, REP_INT);
    il_emit_int(f, index, i);
    match_sub(f, p->before.items[i], list_at(f, p, list, index), REP_REF,
              fail);
    il_frame_release(f, mark);
  }
  if (p->rest && !is_ignored(p->rest)) {
    VReg bounds[2] = {il_frame_new(f, REP_INT), il_frame_new(f, REP_INT)};
    Rep reps[2] = {REP_INT, REP_INT};
    il_emit_int(f, bounds[0], before);
    if (after > 0) {
      il_emit(f, OP_ADD_I64_K, bounds[1], length,
              (uint16_t)(int16_t)-(int)after);
    }
    VReg rest = il_call_member(f, p->sublist, list, bounds, reps,
                               after > 0 ? 2 : 1, REP_REF, VREG_ANY);
    match_sub(f, p->rest, rest, REP_REF, fail);
    il_frame_release(f, mark);
  }
  for (uint32_t i = 0; i < after; i++) {
    if (is_ignored(p->after.items[i])) continue;
    VReg index = il_frame_new(f, REP_INT);
    il_emit(f, OP_ADD_I64_K, index, length,
            (uint16_t)(int16_t)((int)i - (int)after));
    match_sub(f, p->after.items[i], list_at(f, p, list, index), REP_REF, fail);
    il_frame_release(f, mark);
  }
}

static void match_map(Fn *f, TypedMapPattern *p, VReg map, Label fail) {
  FrameMark mark = il_frame_mark(f);
  // No value is null: then a null says that the key is absent.
  bool is_plain = il_type_is_non_nullable(f->l->types, p->value_type);
  for (uint32_t i = 0; i < p->values.count; i++) {
    VReg key = il_constant_load(f, p->keys[i], REP_REF, VREG_ANY);
    Rep rep = REP_REF;
    VReg value = il_call_member(f, p->at, map, &key, &rep, 1, REP_REF,
                                VREG_ANY);
    if (is_plain) {
      il_emit_branch(f, OP_JUMP_NULL, value, 0, fail);
    } else {
      Label there = il_label_new(f);
      il_emit_branch(f, OP_JUMP_NOT_NULL, value, 0, there);
      VReg has = il_call_member(f, p->contains_key, map, &key, &rep, 1,
                                REP_BOOL, VREG_ANY);
      il_emit_branch(f, OP_JUMP_UNLESS, has, 0, fail);
      il_label_bind(f, there);
    }
    match_sub(f, p->values.items[i], value, REP_REF, fail);
    il_frame_release(f, mark);
  }
}

static void match_object(Fn *f, TypedObjectPattern *p, VReg v, Rep rep,
                         Label fail) {
  if (p->fields.count == 0) return;
  il_local_declare_reg(f, p->value, v, rep);
  FrameMark mark = il_frame_mark(f);
  for (uint32_t i = 0; i < p->fields.count; i++) {
    Rep own = il_expr_rep(f, p->gets[i]);
    VReg got = il_expr_any(f, p->gets[i], own);
    match_sub(f, p->fields.items[i], got, own, fail);
    il_frame_release(f, mark);
  }
}

// Tests the required type; afterwards the value is of that type.
static void require_type(Fn *f, const TypedPattern *p, VReg *v, Rep *rep,
                         Label fail, bool can_fail) {
  if (!p->required) return;
  Lower *l = f->l;
  TypeId required = il_erase(l, p->required), matched = il_erase(l, p->matched);
  if (il_is_raw(*rep)) {
    if (il_type_is_subtype(l->types, matched, required)) return;
    *v = il_expr_convert(f, *v, *rep, REP_REF, VREG_ANY);
    *rep = REP_REF;
  }
  if (!can_fail) {
    il_expr_cast(f, *v, matched, required, 1);
  } else {
    Label yes = il_label_new(f);
    il_expr_type_test(f, *v, matched, required, yes, fail, yes);
    il_label_bind(f, yes);
  }
  Rep now = il_rep(l, required);
  *v = il_expr_convert(f, *v, *rep, now, VREG_ANY);
  *rep = now;
}

static void match_or(Fn *f, TypedTwoPattern *p, VReg v, Rep rep, Label fail) {
  Label right = il_label_new(f), done = il_label_new(f);
  il_match_pattern(f, p->left, v, rep, right);
  il_emit_jump(f, done);
  il_label_bind(f, right);
  il_match_pattern(f, p->right, v, rep, fail);
  il_label_bind(f, done);
}

static void match_kind(Fn *f, TypedPattern *p, VReg v, Rep rep, Label fail,
                       bool can_fail) {
  switch ((PatternKind)p->kind) {
    case PATTERN_WILDCARD:
      break;
    case PATTERN_VARIABLE:
      il_local_bind(f, ((TypedVariablePattern *)p)->local, v, rep);
      break;
    case PATTERN_ASSIGNED:
      il_local_set(f, ((TypedAssignedPattern *)p)->local, v, rep);
      break;
    case PATTERN_CONSTANT:
      match_constant(f, (TypedConstantPattern *)p, v, rep, fail);
      break;
    case PATTERN_RELATIONAL: {
      TypedRelationalPattern *r = (TypedRelationalPattern *)p;
      Label yes = il_label_new(f);
      il_local_declare_reg(f, r->value, v, rep);
      il_expr_condition(f, r->test, yes, fail, yes);
      il_label_bind(f, yes);
      break;
    }
    case PATTERN_CAST: {
      TypedPattern *sub = ((TypedSubPattern *)p)->sub;
      if (il_is_raw(rep) && il_rep(f->l, p->required) != rep) {
        v = il_expr_convert(f, v, rep, REP_REF, VREG_ANY);
        rep = REP_REF;
      }
      if (rep == REP_REF) il_expr_cast(f, v, p->matched, p->required, 0);
      il_match_pattern(f, sub, v, rep, can_fail ? fail : LABEL_NONE);
      break;
    }
    case PATTERN_NULL_CHECK:
      if (rep == REP_REF) il_emit_branch(f, OP_JUMP_NULL, v, 0, fail);
      match_sub(f, ((TypedSubPattern *)p)->sub, v, rep, fail);
      break;
    case PATTERN_NULL_ASSERT:
      if (rep == REP_REF) il_emit_at(f, OP_CHECK_NOT_NULL, v, 0, 0);
      match_sub(f, ((TypedSubPattern *)p)->sub, v, rep,
                can_fail ? fail : LABEL_NONE);
      break;
    case PATTERN_AND:
      il_match_pattern(f, ((TypedTwoPattern *)p)->left, v, rep, fail);
      il_match_pattern(f, ((TypedTwoPattern *)p)->right, v, rep, fail);
      break;
    case PATTERN_OR:
      match_or(f, (TypedTwoPattern *)p, v, rep, fail);
      break;
    case PATTERN_LIST:
      match_list(f, (TypedListPattern *)p, v, fail);
      break;
    case PATTERN_MAP:
      match_map(f, (TypedMapPattern *)p, v, fail);
      break;
    case PATTERN_RECORD:
    case PATTERN_OBJECT:
      match_object(f, (TypedObjectPattern *)p, v, rep,
                   can_fail ? fail : LABEL_NONE);
      break;
    default:
      il_lower_error(f, "this pattern");
  }
}

void il_match_pattern(Fn *f, TypedPattern *p, VReg v, Rep rep, Label fail) {
  bool can_fail = fail != LABEL_NONE;
  Label wrong = can_fail ? fail : il_label_new(f);
  f->offset = p->offset;
  // What came as a reference may be known raw by its static type.
  Rep want = il_rep(f->l, p->matched);
  if (rep == REP_REF && il_is_raw(want)) {
    v = il_expr_convert(f, v, rep, want, VREG_ANY);
    rep = want;
  }
  if (p->kind != PATTERN_CAST) require_type(f, p, &v, &rep, wrong, can_fail);
  match_kind(f, p, v, rep, wrong, can_fail);
  if (can_fail || !f->label_used.items[wrong]) return;
  Label over = il_label_new(f);
  il_emit_jump(f, over);
  il_label_bind(f, wrong);
  il_statement_unreachable(f, CORE_PATTERN_ERROR);
  il_label_bind(f, over);
}
