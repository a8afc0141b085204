// local.c: local variables: in registers, in cells when a closure shares them
// with later assignments, late ones with a sentinel.
#include "lower/lowering.h"

bool il_local_is_cell(const LocalVar *v) {
  if (!(v->flags & LOCAL_IS_CAPTURED)) return false;
  return (v->flags & (LOCAL_IS_ASSIGNED | LOCAL_IS_LATE)) != 0;
}

static void set_location(LocalVar *v, VReg r, LocKind kind) {
  v->lowered[0] = r;
  v->lowered[1] = kind;
}

static void emit_cell(Fn *f, VReg cell, VReg value, Rep rep) {
  il_emit_at(f, OP_NEW, cell, 0,
             rep == REP_REF ? CLASS_CELL : CLASS_RAW_CELL);
  if (value == VREG_NONE) return;
  il_emit(f, rep == REP_REF ? OP_SET_FIELD_REF : OP_SET_FIELD_RAW, cell,
          CELL_VALUE_WORD, value);
}

static void emit_unset(Fn *f, const LocalVar *v, VReg r, Rep rep) {
  if (v->flags & LOCAL_IS_LATE) {
    il_emit(f, OP_LOAD_SENTINEL, r, 0, 0);
  } else if (rep == REP_REF) {
    il_emit(f, OP_LOAD_NULL, r, 0, 0);
  }
}

// A captured variable without an initialiser is assigned later, though the
// analysis may call that its initialisation: it needs a cell too.
static bool declares_cell(const LocalVar *v, bool has_value) {
  return il_local_is_cell(v) ||
         ((v->flags & LOCAL_IS_CAPTURED) && !has_value);
}

void il_local_declare(Fn *f, LocalVar *v, TypedExpr *value) {
  Rep rep = il_local_rep(f->l, v);
  bool is_late = (v->flags & LOCAL_IS_LATE) != 0;
  if (v->late_initializer) value = NULL;
  if (declares_cell(v, value != NULL)) {
    VReg cell = il_frame_new(f, REP_REF);
    FrameMark mark = il_frame_mark(f);
    VReg r = VREG_NONE;
    if (value) {
      r = il_expr_any(f, value, rep);
    } else if (is_late || rep == REP_REF) {
      r = il_frame_new(f, REP_REF);
      emit_unset(f, v, r, rep);
    }
    emit_cell(f, cell, r, rep);
    il_frame_release(f, mark);
    il_frame_bind(f, cell, true);
    set_location(v, cell, LOC_CELL);
    return;
  }
  VReg r = il_frame_new(f, rep);
  FrameMark mark = il_frame_mark(f);
  if (value) {
    il_expr(f, value, rep, r);
  } else {
    emit_unset(f, v, r, rep);
  }
  il_frame_release(f, mark);
  il_frame_bind(f, r, true);
  set_location(v, r, LOC_REG);
}

void il_local_declare_reg(Fn *f, LocalVar *v, VReg value, Rep rep) {
  Rep own = il_local_rep(f->l, v);
  VReg r = il_frame_new(f, il_local_is_cell(v) ? REP_REF : own);
  FrameMark mark = il_frame_mark(f);
  if (il_local_is_cell(v)) {
    VReg raw = value == VREG_NONE
                   ? VREG_NONE
                   : il_expr_convert(f, value, rep, own, VREG_ANY);
    emit_cell(f, r, raw, own);
    set_location(v, r, LOC_CELL);
  } else {
    if (value != VREG_NONE) il_expr_convert(f, value, rep, own, r);
    set_location(v, r, LOC_REG);
  }
  il_frame_release(f, mark);
  il_frame_bind(f, r, true);
}

void il_local_reserve(Fn *f, LocalVar *v) {
  bool is_cell = il_local_is_cell(v);
  VReg r = il_frame_new(f, is_cell ? REP_REF : il_local_rep(f->l, v));
  il_frame_bind(f, r, true);
  set_location(v, r, is_cell ? LOC_CELL : LOC_REG);
}

void il_local_bind(Fn *f, LocalVar *v, VReg value, Rep rep) {
  Rep own = il_local_rep(f->l, v);
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, value);
  if (v->lowered[1] == LOC_CELL) {
    VReg raw = il_expr_convert(f, value, rep, own, VREG_ANY);
    emit_cell(f, v->lowered[0], raw, own);
  } else {
    il_expr_convert(f, value, rep, own, v->lowered[0]);
  }
  il_frame_release(f, mark);
}

void il_local_renew(Fn *f, LocalVar *v) {
  if (v->lowered[1] != LOC_CELL) return;
  Rep own = il_local_rep(f->l, v);
  FrameMark mark = il_frame_mark(f);
  VReg value = il_frame_new(f, own);
  il_emit(f, OP_GET_FIELD, value, v->lowered[0], CELL_VALUE_WORD);
  emit_cell(f, v->lowered[0], value, own);
  il_frame_release(f, mark);
}

static ConstantId local_name(Fn *f, const LocalVar *v) {
  return il_constant_string(f->l,
                            il_name_public_text(f->l->names, v->base.name));
}

static void emit_late_error(Fn *f, const LocalVar *v, CoreFunction which) {
  VReg name = il_frame_new(f, REP_REF);
  il_constant_load_id(f, local_name(f, v), name);
  Rep rep = REP_REF;
  il_call_core(f, which, TYPE_ID_NONE, &name, &rep, 1, REP_REF, VREG_NONE);
  il_emit(f, OP_UNREACHABLE, 0, 0, 0);
}

// Reads a late variable whose place is `r` (register or cell) into a
// reference.
static VReg get_late(Fn *f, LocalVar *v) {
  bool is_cell = v->lowered[1] == LOC_CELL;
  VReg value = is_cell ? il_frame_new(f, REP_REF) : v->lowered[0];
  if (is_cell) {
    il_emit(f, OP_GET_FIELD, value, v->lowered[0], CELL_VALUE_WORD);
  }
  if (!v->late_initializer && !(v->flags & LOCAL_NEEDS_UNASSIGNED_CHECK)) {
    return value;
  }
  FrameMark mark = il_frame_mark(f);
  Label unset = il_label_new(f), done = il_label_new(f);
  il_emit_branch(f, OP_JUMP_SENTINEL, value, 0, unset);
  il_emit_jump(f, done);
  il_label_bind(f, unset);
  if (!v->late_initializer) {
    emit_late_error(f, v, CORE_LATE_READ_ERROR);
  } else {
    VReg fresh = il_expr_any(f, v->late_initializer, REP_REF);
    if (!(v->flags & LOCAL_IS_ASSIGNED)) {
      VReg now = is_cell ? il_frame_new(f, REP_REF) : v->lowered[0];
      if (is_cell) {
        il_emit(f, OP_GET_FIELD, now, v->lowered[0], CELL_VALUE_WORD);
      }
      Label fine = il_label_new(f);
      il_emit_branch(f, OP_JUMP_SENTINEL, now, 0, fine);
      emit_late_error(f, v, CORE_LATE_SELF_ASSIGNED_ERROR);
      il_label_bind(f, fine);
    }
    il_emit_move(f, value, fresh);
    if (is_cell) {
      il_emit(f, OP_SET_FIELD_REF, v->lowered[0], CELL_VALUE_WORD, fresh);
    }
  }
  il_label_bind(f, done);
  il_frame_release(f, mark);
  return value;
}

VReg il_local_get(Fn *f, LocalVar *v, Rep rep, VReg want) {
  Rep own = il_local_rep(f->l, v);
  if (v->lowered[1] == LOC_NONE) {
    il_lower_error(f, "this use of a variable");
    return il_frame_new(f, rep);
  }
  if (v->flags & LOCAL_IS_LATE) {
    return il_expr_convert(f, get_late(f, v), own, rep, want);
  }
  if (v->lowered[1] == LOC_CELL) {
    VReg d = il_expr_target(f, rep, want, own);
    il_emit(f, OP_GET_FIELD, d, v->lowered[0], CELL_VALUE_WORD);
    return d == want ? d : il_expr_convert(f, d, own, rep, want);
  }
  return il_expr_convert(f, v->lowered[0], own, rep, want);
}

static void check_late_final(Fn *f, LocalVar *v) {
  if (!(v->flags & LOCAL_IS_LATE) || !(v->flags & LOCAL_IS_FINAL)) return;
  FrameMark mark = il_frame_mark(f);
  VReg now = v->lowered[0];
  if (v->lowered[1] == LOC_CELL) {
    now = il_frame_new(f, REP_REF);
    il_emit(f, OP_GET_FIELD, now, v->lowered[0], CELL_VALUE_WORD);
  }
  Label fine = il_label_new(f);
  il_emit_branch(f, OP_JUMP_SENTINEL, now, 0, fine);
  emit_late_error(f, v, CORE_LATE_ASSIGNED_ERROR);
  il_label_bind(f, fine);
  il_frame_release(f, mark);
}

void il_local_set(Fn *f, LocalVar *v, VReg value, Rep rep) {
  Rep own = il_local_rep(f->l, v);
  if (v->lowered[1] == LOC_NONE) {
    il_local_declare_reg(f, v, value, rep);
    return;
  }
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, value);
  check_late_final(f, v);
  if (v->lowered[1] == LOC_CELL) {
    VReg r = il_expr_convert(f, value, rep, own, VREG_ANY);
    il_emit(f, own == REP_REF ? OP_SET_FIELD_REF : OP_SET_FIELD_RAW,
            v->lowered[0], CELL_VALUE_WORD, r);
  } else {
    il_expr_convert(f, value, rep, own, v->lowered[0]);
  }
  il_frame_release(f, mark);
}

VReg il_local_assign(Fn *f, TypedLocalSet *e, Rep rep, VReg want) {
  LocalVar *v = e->local;
  Rep own = il_local_rep(f->l, v);
  if (v->lowered[1] == LOC_REG && !(v->flags & LOCAL_IS_LATE)) {
    FrameMark mark = il_frame_mark(f);
    il_expr(f, e->value, own, v->lowered[0]);
    il_frame_release(f, mark);
    return il_expr_convert(f, v->lowered[0], own, rep, want);
  }
  VReg value = il_expr_any(f, e->value, own);
  il_local_set(f, v, value, own);
  return il_expr_convert(f, value, own, rep, want);
}
