// frame.c: the registers of a function being lowered: two stacks, raw and
// reference, and which of their registers belong to variables.
#include "lower/lowering.h"

FrameMark il_frame_mark(const Fn *f) {
  return (FrameMark){f->raw_next, f->ref_next};
}

void il_frame_release(Fn *f, FrameMark mark) {
  f->raw_next = mark.raw;
  f->ref_next = mark.ref;
}

VReg il_frame_new(Fn *f, Rep rep) {
  if (rep == REP_REF) {
    VReg r = il_vreg(VREG_REF, f->ref_next++);
    if (f->ref_next > f->ref_max) f->ref_max = f->ref_next;
    il_frame_bind(f, r, false);
    return r;
  }
  VReg r = il_vreg(VREG_RAW, f->raw_next++);
  if (f->raw_next > f->raw_max) f->raw_max = f->raw_next;
  il_frame_bind(f, r, false);
  return r;
}

void il_frame_hold(Fn *f, VReg r) {
  uint32_t kind = il_vreg_kind(r), n = r & VREG_NUMBER;
  if (!il_vreg_is_real(r)) return;
  if (kind == VREG_RAW && n >= f->raw_next) f->raw_next = n + 1;
  if (kind == VREG_REF && n >= f->ref_next) f->ref_next = n + 1;
}

void il_frame_bind(Fn *f, VReg r, bool is_bound) {
  uint32_t kind = il_vreg_kind(r), n = r & VREG_NUMBER, word = n / 64;
  if (kind != VREG_RAW && kind != VREG_REF) return;
  uint64_t bit = UINT64_C(1) << (n % 64);
  if (kind == VREG_RAW) {
    while (f->bound_raw.count <= word) il_vec_push(&f->bound_raw, 0);
    uint64_t *w = &f->bound_raw.items[word];
    *w = is_bound ? *w | bit : *w & ~bit;
  } else {
    while (f->bound_ref.count <= word) il_vec_push(&f->bound_ref, 0);
    uint64_t *w = &f->bound_ref.items[word];
    *w = is_bound ? *w | bit : *w & ~bit;
  }
}

bool il_frame_is_bound(const Fn *f, VReg r) {
  uint32_t kind = il_vreg_kind(r), n = r & VREG_NUMBER, word = n / 64;
  uint64_t bit = UINT64_C(1) << (n % 64);
  switch (kind) {
    case VREG_RAW:
      return word < f->bound_raw.count && (f->bound_raw.items[word] & bit);
    case VREG_REF:
      return word < f->bound_ref.count && (f->bound_ref.items[word] & bit);
    default:
      return true;
  }
}

VReg il_frame_constant(Fn *f, uint64_t bits) {
  if (f->loop_depth == 0 || f->is_async || f->is_generator) return VREG_NONE;
  uint32_t i = 0;
  while (i < f->constant_count && f->constants[i] != bits) i++;
  if (i == MAX_CONSTANTS) return VREG_NONE;
  if (i == f->constant_count) f->constants[f->constant_count++] = bits;
  return il_vreg(VREG_CONST, i);
}

VReg il_frame_early(Fn *f, VReg want, Rep rep) {
  if (il_vreg_is_real(want) && il_vreg_kind(want) == il_rep_kind(rep) &&
      !il_frame_is_bound(f, want)) {
    return want;
  }
  return il_frame_new(f, rep);
}
