// match.c: matching. The variables of a pattern get their places before it is
// matched (il_match_declare), since alternatives bind the same ones.
#include "lower/lowering.h"

// ---------------------------------------------------------------- declaration

typedef void VariableAct(Fn *f, LocalVar *v);

static void each_variable(Fn *f, TypedPattern *p, VariableAct *act);

static void each_of_many(Fn *f, const TypedPatterns *list, VariableAct *act) {
  for (uint32_t i = 0; i < list->count; i++) {
    each_variable(f, list->items[i], act);
  }
}

static void each_variable(Fn *f, TypedPattern *p, VariableAct *act) {
  if (!p) return;
  switch ((PatternKind)p->kind) {
    case PATTERN_VARIABLE:
      act(f, ((TypedVariablePattern *)p)->local);
      break;
    case PATTERN_CAST:
    case PATTERN_NULL_CHECK:
    case PATTERN_NULL_ASSERT:
      each_variable(f, ((TypedSubPattern *)p)->sub, act);
      break;
    case PATTERN_AND:
      each_variable(f, ((TypedTwoPattern *)p)->left, act);
      each_variable(f, ((TypedTwoPattern *)p)->right, act);
      break;
    case PATTERN_OR:
      each_variable(f, ((TypedTwoPattern *)p)->right, act);
      each_variable(f, ((TypedTwoPattern *)p)->left, act);
      break;
    case PATTERN_LIST:
      each_of_many(f, &((TypedListPattern *)p)->before, act);
      each_variable(f, ((TypedListPattern *)p)->rest, act);
      each_of_many(f, &((TypedListPattern *)p)->after, act);
      break;
    case PATTERN_MAP:
      each_of_many(f, &((TypedMapPattern *)p)->values, act);
      break;
    case PATTERN_RECORD:
    case PATTERN_OBJECT:
      each_of_many(f, &((TypedObjectPattern *)p)->fields, act);
      break;
    default:
      break;
  }
}

void il_match_declare(Fn *f, TypedPattern *p) {
  each_variable(f, p, il_local_reserve);
}

void il_match_renew(Fn *f, TypedPattern *p) {
  each_variable(f, p, il_local_renew);
}

// ------------------------------------------------------------------- matching

static void match(MatchKeys *m, uint32_t key, TypedPattern *p, VReg v, Rep rep,
                  Label fail);

// A value of another representation than the sub-pattern matches.
static void match_sub(MatchKeys *m, uint32_t key, TypedPattern *p, VReg v,
                      Rep rep, Label fail) {
  Rep want = il_rep(m->f->l, p->matched);
  v = il_expr_convert(m->f, v, rep, want, VREG_ANY);
  match(m, key, p, v, want, fail);
}

// A member of a core class on registers, or its value from an earlier case.
static VReg match_call(MatchKeys *m, uint32_t key, FunctionElement *member,
                       VReg receiver, const VReg *args, const Rep *reps,
                       uint32_t count, Rep own) {
  MatchSite site = il_match_site_open(m, key);
  bool is_same = il_match_site_is_kept(&site) && site.rep == own;
  Rep rep = own;
  VReg got = il_call_member(m->f, member, receiver, args, reps, count, own,
                            is_same ? site.value : VREG_ANY);
  got = il_match_site_close(m->f, &site, got, &rep);
  return il_expr_convert(m->f, got, rep, own, VREG_ANY);
}

// The == of a constant that a program's class declares.
static void match_equals(MatchKeys *m, uint32_t key, TypedConstantPattern *p,
                         VReg v, VReg k, Label fail) {
  Fn *f = m->f;
  il_emit_branch(f, OP_JUMP_NULL, v, 0, fail);
  MatchSite site = il_match_site_open(m, il_match_key_constant(m, key, p));
  Rep rep = REP_BOOL;
  VReg b = il_operator_call_equals(f, p->equals, k, v, VREG_ANY);
  b = il_match_site_close(f, &site, b, &rep);
  il_emit_branch(f, OP_JUMP_UNLESS, b, 0, fail);
}

static void match_constant(MatchKeys *m, uint32_t key, TypedConstantPattern *p,
                           VReg v, Rep rep, Label fail) {
  Fn *f = m->f;
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
    match_equals(m, key, p, v, k, fail);
  }
}

// An element; is_tail: `at` counts from the end, from 1.
static void match_element(MatchKeys *m, uint32_t key, TypedListPattern *p,
                          TypedPattern *part, VReg list, VReg length,
                          uint32_t at, bool is_tail, Label fail) {
  Fn *f = m->f;
  if (il_match_is_ignored(part)) return;
  FrameMark mark = il_frame_mark(f);
  VReg index = il_frame_new(f, REP_INT);
  uint32_t own = il_match_key_at(m, key, at, is_tail);
  if (is_tail) {
    il_emit(f, OP_ADD_I64_K, index, length, (uint16_t)(int16_t)-(int)at);
  } else {
    il_emit_int(f, index, at);
  }
  Rep rep = REP_INT;
  VReg got = match_call(m, own, p->at, list, &index, &rep, 1, REP_REF);
  match_sub(m, own, part, got, REP_REF, fail);
  il_frame_release(f, mark);
}

static void match_rest(MatchKeys *m, uint32_t key, TypedListPattern *p,
                       VReg list, VReg length, Label fail) {
  Fn *f = m->f;
  if (!p->rest || il_match_is_ignored(p->rest)) return;
  uint32_t after = p->after.count;
  FrameMark mark = il_frame_mark(f);
  VReg bounds[2] = {il_frame_new(f, REP_INT), il_frame_new(f, REP_INT)};
  Rep reps[2] = {REP_INT, REP_INT};
  il_emit_int(f, bounds[0], p->before.count);
  if (after > 0) {
    il_emit(f, OP_ADD_I64_K, bounds[1], length,
            (uint16_t)(int16_t)-(int)after);
  }
  uint32_t own = il_match_key_rest(m, key, p);
  VReg rest = match_call(m, own, p->sublist, list, bounds, reps,
                         after > 0 ? 2 : 1, REP_REF);
  match_sub(m, own, p->rest, rest, REP_REF, fail);
  il_frame_release(f, mark);
}

// The rules of the specification: what is not needed is not read.
static void match_list(MatchKeys *m, uint32_t key, TypedListPattern *p,
                       VReg list, Label fail) {
  Fn *f = m->f;
  uint32_t before = p->before.count, after = p->after.count;
  uint32_t wanted = before + after;
  VReg length = VREG_NONE;
  if (!p->has_rest || wanted > 0) {
    length = match_call(m, il_match_key_length(m, key), p->length, list, NULL,
                        NULL, 0, REP_INT);
    Op op = p->has_rest   ? OP_JUMP_LT_I64_K
            : wanted == 0 ? OP_JUMP_GT_I64_K
                          : OP_JUMP_NE_I64_K;
    il_emit_branch(f, op, length, wanted, fail);
  }
  for (uint32_t i = 0; i < before; i++) {
    match_element(m, key, p, p->before.items[i], list, length, i, false, fail);
  }
  match_rest(m, key, p, list, length, fail);
  for (uint32_t i = 0; i < after; i++) {
    match_element(m, key, p, p->after.items[i], list, length, after - i, true,
                  fail);
  }
}

static void match_map(MatchKeys *m, uint32_t key, TypedMapPattern *p, VReg map,
                      Label fail) {
  Fn *f = m->f;
  FrameMark mark = il_frame_mark(f);
  // No value is null: then a null says that the key is absent.
  bool is_plain = il_type_is_non_nullable(f->l->types, p->value_type);
  for (uint32_t i = 0; i < p->values.count; i++) {
    VReg name = il_constant_load(f, p->keys[i], REP_REF, VREG_ANY);
    Rep rep = REP_REF;
    uint32_t at = il_match_key_entry(m, key, p->keys[i], false);
    VReg value = match_call(m, at, p->at, map, &name, &rep, 1, REP_REF);
    if (is_plain) {
      il_emit_branch(f, OP_JUMP_NULL, value, 0, fail);
    } else {
      Label there = il_label_new(f);
      il_emit_branch(f, OP_JUMP_NOT_NULL, value, 0, there);
      VReg has = match_call(m, il_match_key_entry(m, key, p->keys[i], true),
                            p->contains_key, map, &name, &rep, 1, REP_BOOL);
      il_emit_branch(f, OP_JUMP_UNLESS, has, 0, fail);
      il_label_bind(f, there);
    }
    match_sub(m, at, p->values.items[i], value, REP_REF, fail);
    il_frame_release(f, mark);
  }
}

// The casts around a call whose value is kept: the types they check are those
// of this place. (Casts around a getter are one or two.)
static VReg cast_kept(Fn *f, TypedExpr *e, const TypedExpr *call, VReg v,
                      Rep *rep) {
  if (e == call) return v;
  TypedAs *as = (TypedAs *)e;
  v = cast_kept(f, as->operand, call, v, rep);
  v = il_expr_convert(f, v, *rep, REP_REF, VREG_ANY);
  *rep = REP_REF;
  if (as->as_kind < AS_UNCHECKED) {
    il_expr_cast(f, v, as->operand->type, as->target,
                 as->as_kind == AS_WRITTEN ? 0 : 1);
  }
  return v;
}

// The value of an expression on the matched value; *rep is how it comes.
static VReg match_expr(MatchKeys *m, uint32_t key, TypedExpr *e, Rep *rep) {
  Fn *f = m->f;
  MatchSite site = il_match_site_open(m, key);
  if (!il_match_site_is_kept(&site)) {
    *rep = il_expr_rep(f, e);
    return il_expr_any(f, e, *rep);
  }
  TypedExpr *call = il_match_key_call(e);
  *rep = il_expr_rep(f, call);
  VReg got = il_expr(f, call, *rep,
                     *rep == site.rep ? site.value : VREG_ANY);
  got = il_match_site_close(f, &site, got, rep);
  return cast_kept(f, e, call, got, rep);
}

static void match_object(MatchKeys *m, uint32_t key, TypedObjectPattern *p,
                         VReg v, Rep rep, Label fail) {
  Fn *f = m->f;
  if (p->fields.count == 0) return;
  il_local_declare_reg(f, p->value, v, rep);
  FrameMark mark = il_frame_mark(f);
  for (uint32_t i = 0; i < p->fields.count; i++) {
    Rep own;
    uint32_t at = il_match_key_get(m, key, p->gets[i]);
    VReg got = match_expr(m, at, p->gets[i], &own);
    match_sub(m, at, p->fields.items[i], got, own, fail);
    il_frame_release(f, mark);
  }
}

static void match_relational(MatchKeys *m, uint32_t key,
                             TypedRelationalPattern *p, VReg v, Rep rep,
                             Label fail) {
  Fn *f = m->f;
  Label yes = il_label_new(f);
  il_local_declare_reg(f, p->value, v, rep);
  uint32_t own = il_match_key_test(m, key, p->test);
  if (!il_match_key_is_kept(m, own)) {
    il_expr_condition(f, p->test, yes, fail, yes);
    il_label_bind(f, yes);
    return;
  }
  // `!=` asks what `==` says.
  TypedExpr *test = p->test;
  bool is_negated = false;
  if (test->kind == EXPR_EQUALS && ((TypedEquals *)test)->is_negated) {
    TypedEquals *e = IL_NEW(&f->l->arena, TypedEquals);
    *e = *(TypedEquals *)test;
    e->is_negated = false;
    is_negated = true;
    test = &e->base;
  }
  Rep got_rep;
  VReg got = match_expr(m, own, test, &got_rep);
  got = il_expr_convert(f, got, got_rep, REP_BOOL, VREG_ANY);
  il_emit_branch(f, is_negated ? OP_JUMP_IF : OP_JUMP_UNLESS, got, 0, fail);
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

static void match_or(MatchKeys *m, uint32_t key, TypedTwoPattern *p, VReg v,
                     Rep rep, Label fail) {
  Fn *f = m->f;
  Label right = il_label_new(f), done = il_label_new(f);
  match(m, key, p->left, v, rep, right);
  il_emit_jump(f, done);
  il_label_bind(f, right);
  match(m, key, p->right, v, rep, fail);
  il_label_bind(f, done);
}

static void match_kind(MatchKeys *m, uint32_t key, TypedPattern *p, VReg v,
                       Rep rep, Label fail, bool can_fail) {
  Fn *f = m->f;
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
      match_constant(m, key, (TypedConstantPattern *)p, v, rep, fail);
      break;
    case PATTERN_RELATIONAL:
      match_relational(m, key, (TypedRelationalPattern *)p, v, rep, fail);
      break;
    case PATTERN_CAST: {
      TypedPattern *sub = ((TypedSubPattern *)p)->sub;
      if (il_is_raw(rep) && il_rep(f->l, p->required) != rep) {
        v = il_expr_convert(f, v, rep, REP_REF, VREG_ANY);
        rep = REP_REF;
      }
      if (rep == REP_REF) il_expr_cast(f, v, p->matched, p->required, 0);
      match(m, key, sub, v, rep, can_fail ? fail : LABEL_NONE);
      break;
    }
    case PATTERN_NULL_CHECK:
      if (rep == REP_REF) il_emit_branch(f, OP_JUMP_NULL, v, 0, fail);
      match_sub(m, key, ((TypedSubPattern *)p)->sub, v, rep, fail);
      break;
    case PATTERN_NULL_ASSERT:
      if (rep == REP_REF) il_emit_at(f, OP_CHECK_NOT_NULL, v, 0, 0);
      match_sub(m, key, ((TypedSubPattern *)p)->sub, v, rep,
                can_fail ? fail : LABEL_NONE);
      break;
    case PATTERN_AND:
      match(m, key, ((TypedTwoPattern *)p)->left, v, rep, fail);
      match(m, key, ((TypedTwoPattern *)p)->right, v, rep, fail);
      break;
    case PATTERN_OR:
      match_or(m, key, (TypedTwoPattern *)p, v, rep, fail);
      break;
    case PATTERN_LIST:
      match_list(m, key, (TypedListPattern *)p, v, fail);
      break;
    case PATTERN_MAP:
      match_map(m, key, (TypedMapPattern *)p, v, fail);
      break;
    case PATTERN_RECORD:
    case PATTERN_OBJECT:
      match_object(m, key, (TypedObjectPattern *)p, v, rep,
                   can_fail ? fail : LABEL_NONE);
      break;
    default:
      il_lower_error(f, "this pattern");
  }
}

static void match(MatchKeys *m, uint32_t key, TypedPattern *p, VReg v, Rep rep,
                  Label fail) {
  Fn *f = m->f;
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
  match_kind(m, key, p, v, rep, wrong, can_fail);
  if (can_fail || !f->label_used.items[wrong]) return;
  Label over = il_label_new(f);
  il_emit_jump(f, over);
  il_label_bind(f, wrong);
  il_statement_unreachable(f, CORE_PATTERN_ERROR);
  il_label_bind(f, over);
}

void il_match_keyed(MatchKeys *m, TypedPattern *p, VReg v, Rep rep,
                    Label fail) {
  match(m, MATCH_ROOT, p, v, rep, fail);
}

void il_match_pattern(Fn *f, TypedPattern *p, VReg v, Rep rep, Label fail) {
  MatchKeys keys;
  il_match_keys_init(&keys, f);
  il_match_keys_collect(&keys, p);
  il_match_keys_reserve(&keys);
  il_match_keyed(&keys, p, v, rep, fail);
  il_match_keys_drop(&keys);
}

// ------------------------------------------------------- records taken apart

#define MAX_PARTS 8

static bool is_plain_part(const TypedObjectPattern *p, uint32_t i) {
  const TypedPattern *sub = p->fields.items[i];
  const TypedExpr *get = p->gets[i];
  if (sub->required || get->kind != EXPR_RECORD_GET) return false;
  const TypedExpr *of = ((const TypedRecordGet *)get)->record;
  if (of->kind != EXPR_LOCAL_GET ||
      ((const TypedLocalGet *)of)->local != p->value) {
    return false;
  }
  return sub->kind == PATTERN_WILDCARD || sub->kind == PATTERN_VARIABLE ||
         sub->kind == PATTERN_ASSIGNED;
}

bool il_match_record(Fn *f, TypedPattern *p, TypedExpr *value) {
  if (p->kind != PATTERN_RECORD || value->kind != EXPR_RECORD || p->required) {
    return false;
  }
  TypedObjectPattern *parts = (TypedObjectPattern *)p;
  TypedRecord *record = (TypedRecord *)value;
  uint32_t count = record->fields.count;
  if (count > MAX_PARTS) return false;
  for (uint32_t i = 0; i < parts->fields.count; i++) {
    if (!is_plain_part(parts, i)) return false;
  }
  VReg regs[MAX_PARTS];
  Rep reps[MAX_PARTS];
  FrameMark mark = il_frame_mark(f);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t k = record->order ? record->order[i] : i;
    TypedExpr *e = record->fields.items[k];
    reps[k] = il_expr_rep(f, e);
    regs[k] = il_expr_any(f, e, reps[k]);
    // Others are assigned before it is read.
    regs[k] = il_expr_keep(f, regs[k], reps[k], true);
  }
  for (uint32_t i = 0; i < parts->fields.count; i++) {
    uint32_t k = ((TypedRecordGet *)parts->gets[i])->index;
    il_match_pattern(f, parts->fields.items[i], regs[k], reps[k], LABEL_NONE);
  }
  il_frame_release(f, mark);
  return true;
}
