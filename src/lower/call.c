// call.c: calls. In order: placing arguments, what is called, building argument
// lists, direct calls, selector calls, closures and dynamic calls.
//
// The outgoing area is dead at every safepoint but the call itself. So the
// arguments up to the last one that may reach a safepoint are kept in registers
// (or evaluated later, when they are constants and variables that nobody
// assigns), and all from there on go straight into their slots.
#include "lower/lowering.h"

// ---------------------------------------------------------- placing arguments

static bool boxes(Rep from, Rep to) {
  return to == REP_REF && (from == REP_INT || from == REP_DOUBLE);
}

static bool is_literal(const TypedExpr *e) {
  return e->kind == EXPR_INT || e->kind == EXPR_DOUBLE ||
         e->kind == EXPR_CONSTANT;
}

static bool reaches_safepoint(Fn *f, const Arg *a) {
  switch ((ArgKind)a->kind) {
    case ARG_EXPR:
      if (is_literal(a->e)) return false;
      return (il_effect(f, a->e) & EFFECT_SAFEPOINT) ||
             boxes(il_expr_rep(f, a->e), a->rep);
    case ARG_REG:
      return boxes(a->from, a->rep);
    default:
      return false;
  }
}

static bool assigns(Fn *f, const Arg *a) {
  return a->kind == ARG_EXPR && (il_effect(f, a->e) & EFFECT_ASSIGNS);
}

// Can wait until the others are done.
static bool is_stable(Fn *f, const Arg *a, bool later_assigns) {
  if (a->kind == ARG_REG) return !boxes(a->from, a->rep);
  if (a->kind != ARG_EXPR || is_literal(a->e)) return true;
  if (a->e->kind == EXPR_THIS) return true;
  if (a->e->kind != EXPR_LOCAL_GET || later_assigns) return false;
  LocalVar *v = ((TypedLocalGet *)a->e)->local;
  return v->lowered[1] == LOC_REG && !(v->flags & LOCAL_IS_LATE) &&
         !boxes(il_local_rep(f->l, v), a->rep);
}

static void put(Fn *f, const Arg *a) {
  VReg out = il_out(f, a->slot);
  switch ((ArgKind)a->kind) {
    case ARG_EXPR:
      il_expr(f, a->e, a->rep, out);
      break;
    case ARG_REG:
      il_expr_convert(f, a->reg, a->from, a->rep, out);
      break;
    case ARG_CONSTANT:
      if (a->constant) {
        il_constant_load(f, a->constant, a->rep, out);
      } else {
        il_emit(f, OP_LOAD_NULL, out, 0, 0);
      }
      break;
    case ARG_VECTOR:
      il_expr_type(f, a->vector, out);
      break;
  }
}

void il_call_place(Fn *f, Arg *args, uint32_t count) {
  uint32_t last = 0;  // one past the last that may reach a safepoint
  uint32_t last_assign = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (args[i].kind == ARG_REG) il_frame_hold(f, args[i].reg);
    if (reaches_safepoint(f, &args[i])) last = i + 1;
    if (assigns(f, &args[i])) last_assign = i + 1;
  }
  for (uint32_t i = 0; i + 1 < last; i++) {
    Arg *a = &args[i];
    a->held = VREG_NONE;
    if (is_stable(f, a, i + 1 < last_assign)) continue;
    if (a->kind == ARG_REG) {
      a->held = il_expr_convert(f, a->reg, a->from, a->rep, VREG_ANY);
    } else {
      a->held = il_expr_any(f, a->e, a->rep);
      a->held = il_expr_keep(f, a->held, a->rep, i + 1 < last_assign);
    }
  }
  for (uint32_t i = last ? last - 1 : 0; i < count; i++) {
    FrameMark mark = il_frame_mark(f);
    put(f, &args[i]);
    il_frame_release(f, mark);
  }
  for (uint32_t i = 0; i + 1 < last; i++) {
    Arg *a = &args[i];
    if (a->held != VREG_NONE) {
      il_emit_move(f, il_out(f, a->slot), a->held);
    } else {
      FrameMark mark = il_frame_mark(f);
      put(f, a);
      il_frame_release(f, mark);
    }
  }
}

// ------------------------------------------------------------- what is called

FieldElement *il_call_field(FunctionElement *target) {
  if (!target->field || (target->flags & FUNCTION_IS_STATIC)) return NULL;
  if (target->function_kind != FUNCTION_GETTER &&
      target->function_kind != FUNCTION_SETTER) {
    return NULL;
  }
  if (target->field->flags & (FIELD_IS_ABSTRACT | FIELD_IS_EXTERNAL)) {
    return NULL;
  }
  return target->field;
}

static bool is_concrete(const FunctionElement *e) {
  return !(e->flags & FUNCTION_IS_ABSTRACT) && e->code_index != 0;
}

static bool is_subtype_class(Lower *l, ClassId sub, ClassId super) {
  const TypeClass *c = il_class_get(l->types->classes, sub);
  uint32_t low = 0, high = c->super_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (c->super_ids[middle] < super) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < c->super_count && c->super_ids[low] == super;
}

// Nobody outside of what is compiled now can extend or implement the class.
static bool is_closed(Lower *l, ClassElement *c) {
  if (!l->is_core) return l->classes[c->id].is_own;
  bool is_private = il_name_is_private(l->names, c->base.name);
  return (c->flags & ELEMENT_IS_FINAL) || is_private ||
         c->class_kind == CLASS_KIND_ENUM ||
         c->class_kind == CLASS_KIND_MIXIN_APPLICATION;
}

static bool has_other(Lower *l, FunctionElement *target) {
  ClassElement *owner = target->owner;
  bool setter = target->function_kind == FUNCTION_SETTER;
  for (ClassId id = l->first_class; id < l->class_count; id++) {
    ClassElement *d = l->classes[id].element;
    if (!d || d == owner || !l->classes[id].is_own) continue;
    if (d->class_kind == CLASS_KIND_EXTENSION ||
        d->class_kind == CLASS_KIND_EXTENSION_TYPE) {
      continue;
    }
    if (!is_subtype_class(l, id, owner->id)) continue;
    if (!is_closed(l, d) || !il_class_is_subclass(d, owner)) return true;
    ClassElement *declares = d->mixin ? d->mixin : d;
    FunctionElement *other =
        il_class_find_declared(declares, target->base.name, setter);
    if (other && !(other->flags & FUNCTION_IS_ABSTRACT)) return true;
  }
  return false;
}

FunctionElement *il_call_exact(Fn *f, FunctionElement *target, bool is_exact) {
  Lower *l = f->l;
  ClassElement *owner = target->owner;
  if (!owner || !is_concrete(target)) return NULL;
  if (owner->id >= l->class_count || l->classes[owner->id].is_mixin) {
    return NULL;
  }
  if (!l->classes[owner->id].is_own) {
    const ClassCode *code = il_class_code(l, owner->id);
    bool is_leaf = code && (code->flags & CLASS_CODE_IS_LEAF);
    return is_exact || is_leaf ? target : NULL;
  }
  if (!is_closed(l, owner)) return NULL;
  uint64_t known;
  if (!il_map_find(&l->declared, il_map_key(target), &known)) {
    known = has_other(l, target);
    il_map_put(&l->declared, il_map_key(target), known);
  }
  return known ? NULL : target;
}

// ----------------------------------------------------- building argument lists

void il_sort_names(Lower *l, Name *names, uint32_t *order, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    uint32_t k = i;
    Name name = names[i];
    while (k > 0 && il_text_compare(il_name_text(l->names, names[k - 1]),
                                    il_name_text(l->names, name)) > 0) {
      names[k] = names[k - 1];
      if (order) order[k] = order[k - 1];
      k--;
    }
    names[k] = name;
    if (order) order[k] = i;
  }
}

static uint32_t find_named(const Signature *s, Name name) {
  uint32_t first = s->required_count + s->optional_count;
  for (uint32_t i = 0; i < s->named_count; i++) {
    if (s->parameters[first + i].name == name) return first + i;
  }
  IL_UNREACHABLE();
}

// The argument evaluated i-th.
static TypedExpr *nth(const TypedArguments *a, uint32_t i, uint32_t *index) {
  uint32_t k = a->order ? a->order[i] : i;
  *index = k;
  return k < a->positional.count ? a->positional.items[k]
                                 : a->named.items[k - a->positional.count];
}

uint32_t il_call_argument(const Signature *s, const TypedArguments *a,
                          uint32_t i, TypedExpr **value) {
  uint32_t k;
  *value = nth(a, i, &k);
  return k < a->positional.count
             ? k
             : find_named(s, a->names[k - a->positional.count]);
}

static void push_expr(Args *args, TypedExpr *e, Rep rep, uint32_t slot) {
  Arg a = {.kind = ARG_EXPR, .rep = rep, .e = e, .slot = slot};
  il_vec_push(args, a);
}

static void push_reg(Args *args, VReg reg, Rep from, Rep rep, uint32_t slot) {
  Arg a = {.kind = ARG_REG, .rep = rep, .from = from, .reg = reg,
           .slot = slot};
  il_vec_push(args, a);
}

static void push_vector(Args *args, TypeId vector, uint32_t slot) {
  Arg a = {.kind = ARG_VECTOR, .rep = REP_INT, .vector = vector, .slot = slot};
  il_vec_push(args, a);
}

static VReg emit_call(Fn *f, Op op, uint32_t imm, Rep natural, Rep rep,
                      VReg want) {
  if (want == VREG_NONE) {
    il_emit_at(f, op, il_out(f, 0), 0, imm);
    return VREG_NONE;
  }
  VReg d = il_expr_target(f, rep, want, natural);
  il_emit_at(f, op, d, 0, imm);
  return d == want ? d : il_expr_convert(f, d, natural, rep, want);
}

// --------------------------------------------------------------- direct calls

// The type vector a static call passes; NONE: nothing.
static TypeId given_vector(Lower *l, FunctionElement *target, TypeId vector) {
  if (!il_function_has_vector(l, target)) return TYPE_ID_NONE;
  return vector ? vector : TYPE_ID_EMPTY_VECTOR;
}

static VReg call_direct(Fn *f, FunctionElement *target, VReg receiver,
                        const TypedArguments *a, Rep rep, VReg want) {
  Lower *l = f->l;
  uint32_t offset = f->offset;
  Signature *s = il_lower_signature(l, target);
  FunctionId id = il_lower_function(l, target);
  if (id == 0) {
    il_lower_error(f, "a call of a member that has no code");
    return il_frame_new(f, rep);
  }
  Slots slots;
  il_function_slots(l, s, receiver != VREG_NONE,
                    il_function_has_vector(l, target), false, &slots);
  FrameMark mark = il_frame_mark(f);
  Args args = {0};
  if (receiver != VREG_NONE) push_reg(&args, receiver, REP_REF, REP_REF, 0);
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t given = a->positional.count + a->named.count;
  uint32_t total = positional + s->named_count;
  bool *has = IL_NEW_ARRAY(&l->arena, bool, total + 1);
  for (uint32_t i = 0; i < given; i++) {
    TypedExpr *e;
    uint32_t k = il_call_argument(s, a, i, &e);
    has[k] = true;
    push_expr(&args, e, slots.reps[k], slots.slots[k]);
  }
  for (uint32_t i = 0; i < total; i++) {
    if (has[i]) continue;
    uint32_t shift = target->flags & FUNCTION_IS_EXTENSION ? 1 : 0;
    Parameter *p = &il_member_signature(target)->parameters[i - shift];
    Constant *c = il_constant_of_default(target, p);
    Arg d = {.kind = ARG_CONSTANT, .rep = slots.reps[i], .constant = c,
             .slot = slots.slots[i]};
    il_vec_push(&args, d);
  }
  TypeId vector = given_vector(l, target, a->vector);
  if (vector) push_vector(&args, vector, slots.vector);
  il_call_place(f, args.items, args.count);
  il_vec_drop(&args);
  il_frame_release(f, mark);
  f->offset = offset;
  return emit_call(f, OP_CALL, id, il_function_result_rep(l, target), rep,
                   want);
}

static VReg call_intrinsic(Fn *f, FunctionElement *target, Op op,
                           const TypedArguments *a, Rep rep, VReg want) {
  Signature *s = il_lower_signature(f->l, target);
  FrameMark mark = il_frame_mark(f);
  uint32_t offset = f->offset;
  VReg r[2] = {0, 0};
  for (uint32_t i = 0; i < a->positional.count && i < 2; i++) {
    Rep want_rep = il_rep(f->l, s->parameters[i].type);
    r[i] = il_expr_any(f, a->positional.items[i], want_rep);
    bool later = i == 0 && a->positional.count > 1 &&
                 (il_effect(f, a->positional.items[1]) & EFFECT_ASSIGNS);
    r[i] = il_expr_keep(f, r[i], want_rep, later);
  }
  il_frame_release(f, mark);
  f->offset = offset;
  Rep natural = il_rep(f->l, s->result);
  VReg d = il_expr_target(f, rep, want, natural);
  if (op != OP_MOVE || d != r[0]) il_emit_at(f, op, d, r[0], r[1]);
  return d == want ? d : il_expr_convert(f, d, natural, rep, want);
}

// sqrt of what is statically a double or an int.
static bool is_sqrt(Fn *f, const FunctionElement *target,
                    const TypedArguments *a) {
  return a->positional.count == 1 &&
         il_is_raw(il_rep(f->l, a->positional.items[0]->type)) &&
         il_text_equal(il_name_text(f->l->names, target->base.name),
                       TEXT("sqrt")) &&
         il_text_equal(target->base.library->uri, TEXT("dart:math"));
}

static VReg call_sqrt(Fn *f, TypedExpr *e, Rep rep, VReg want) {
  FrameMark mark = il_frame_mark(f);
  bool is_int = il_rep(f->l, e->type) == REP_INT;
  VReg v = il_expr_any(f, e, is_int ? REP_INT : REP_DOUBLE);
  if (is_int) {
    VReg d = il_frame_new(f, REP_DOUBLE);
    il_emit(f, OP_INT_TO_F64, d, v, 0);
    v = d;
  }
  il_frame_release(f, mark);
  VReg d = il_expr_target(f, rep, want, REP_DOUBLE);
  il_emit(f, OP_SQRT_F64, d, v, 0);
  return d == want ? d : il_expr_convert(f, d, REP_DOUBLE, rep, want);
}

VReg il_call_direct(Fn *f, FunctionElement *target, VReg receiver,
                    const TypedArguments *a, Rep rep, VReg want) {
  VReg result;
  if (il_inline_call(f, target, receiver, a, rep, want, &result)) {
    return result;
  }
  return call_direct(f, target, receiver, a, rep, want);
}

VReg il_call_static(Fn *f, FunctionElement *target, const TypedArguments *a,
                    VReg receiver, Rep rep, VReg want) {
  Op op;
  if (receiver == VREG_NONE && il_native_intrinsic(f->l, target, &op)) {
    return call_intrinsic(f, target, op, a, rep, want);
  }
  if (receiver == VREG_NONE && is_sqrt(f, target, a)) {
    return call_sqrt(f, a->positional.items[0], rep, want);
  }
  return il_call_direct(f, target, receiver, a, rep, want);
}

VReg il_call_core(Fn *f, CoreFunction which, TypeId vector, const VReg *args,
                  const Rep *reps, uint32_t count, Rep rep, VReg want) {
  static const struct { const char *library, *name; } names[] = {
#define CORE_FUNCTION(id, library, name) {library, name},
#include "code/core_function.def"
#undef CORE_FUNCTION
  };
  Lower *l = f->l;
  FunctionElement *target = l->core_functions[which];
  if (!target) {
    target = il_sema_core_function(l->sema, names[which].library,
                                   names[which].name);
    l->core_functions[which] = target;
  }
  if (!target) {
    il_lower_error(f, names[which].name);
    return il_frame_new(f, rep);
  }
  Signature *s = il_lower_signature(l, target);
  Slots slots;
  il_function_slots(l, s, false, il_function_has_vector(l, target), false,
                    &slots);
  FrameMark mark = il_frame_mark(f);
  Args list = {0};
  for (uint32_t i = 0; i < count; i++) {
    push_reg(&list, args[i], reps[i], slots.reps[i], slots.slots[i]);
  }
  if (vector) push_vector(&list, vector, slots.vector);
  il_call_place(f, list.items, list.count);
  il_vec_drop(&list);
  il_frame_release(f, mark);
  return emit_call(f, OP_CALL, il_lower_function(l, target),
                   il_function_result_rep(l, target), rep, want);
}

// ------------------------------------------------------------- selector calls

static MemberKind kind_of(const FunctionElement *e) {
  switch ((FunctionKind)e->function_kind) {
    case FUNCTION_GETTER: return MEMBER_GETTER;
    case FUNCTION_SETTER: return MEMBER_SETTER;
    default: return MEMBER_METHOD;
  }
}

SelectorId il_call_selector(Lower *l, FunctionElement *target,
                            uint32_t positional, const Name *names,
                            uint32_t named, bool has_types) {
  Signature *s = il_lower_signature(l, target);
  uint8_t *reps = il_memory_alloc(positional + named + 1);
  for (uint32_t i = 0; i < positional; i++) {
    reps[i] = (uint8_t)il_rep(l, s->parameters[i].type);
  }
  for (uint32_t i = 0; i < named; i++) {
    uint32_t k = find_named(s, names[i]);
    reps[positional + i] = (uint8_t)il_rep(l, s->parameters[k].type);
  }
  SelectorId id = il_builder_selector(
      l->builder, target->base.name, kind_of(target),
      (uint16_t)(has_types ? s->type_param_count : 0), (uint16_t)positional,
      (uint16_t)named, names, reps,
      (uint8_t)il_function_result_rep(l, target));
  il_memory_free(reps, positional + named + 1);
  return id;
}

// Slots of a call through a selector: references first.
typedef struct {
  Rep *reps;         // positional, then named by sorted name
  uint32_t *slots;
  uint32_t vector;
  Name *names;       // sorted
  uint32_t *order;   // order[i]: index of the i-th sorted name as written
} SelectorSlots;

static void selector_slots(Lower *l, const Signature *s,
                           const TypedArguments *a, SelectorSlots *out) {
  uint32_t p = a->positional.count, n = a->named.count;
  out->reps = IL_NEW_ARRAY(&l->arena, Rep, p + n + 1);
  out->slots = IL_NEW_ARRAY(&l->arena, uint32_t, p + n + 1);
  out->names = IL_NEW_ARRAY(&l->arena, Name, n + 1);
  out->order = IL_NEW_ARRAY(&l->arena, uint32_t, n + 1);
  if (n) memcpy(out->names, a->names, n * sizeof(Name));
  il_sort_names(l, out->names, out->order, n);
  uint32_t refs = 1, raws = 0;
  for (uint32_t i = 0; i < p + n; i++) {
    uint32_t k = i < p ? i : find_named(s, out->names[i - p]);
    out->reps[i] = il_rep(l, s->parameters[k].type);
    if (out->reps[i] == REP_REF) refs++;
  }
  uint32_t ref = 1;
  out->vector = refs;
  if (a->vector) raws++;
  for (uint32_t i = 0; i < p + n; i++) {
    out->slots[i] = out->reps[i] == REP_REF ? ref++ : refs + raws++;
  }
}

static uint32_t sorted_index(const SelectorSlots *s, uint32_t written,
                             uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (s->order[i] == written) return i;
  }
  IL_UNREACHABLE();
}

static VReg call_selector(Fn *f, Op op, FunctionElement *target, VReg receiver,
                          const TypedArguments *a, Rep rep, VReg want) {
  Lower *l = f->l;
  uint32_t offset = f->offset;
  SelectorSlots slots;
  selector_slots(l, il_lower_signature(l, target), a, &slots);
  FrameMark mark = il_frame_mark(f);
  Args args = {0};
  push_reg(&args, receiver, REP_REF, REP_REF, 0);
  for (uint32_t i = 0; i < a->positional.count + a->named.count; i++) {
    uint32_t k;
    TypedExpr *e = nth(a, i, &k);
    if (k >= a->positional.count) {
      k = a->positional.count +
          sorted_index(&slots, k - a->positional.count, a->named.count);
    }
    push_expr(&args, e, slots.reps[k], slots.slots[k]);
  }
  if (a->vector) push_vector(&args, a->vector, slots.vector);
  il_call_place(f, args.items, args.count);
  il_vec_drop(&args);
  il_frame_release(f, mark);
  f->offset = offset;
  SelectorId id =
      il_call_selector(l, target, a->positional.count, slots.names,
                       a->named.count, a->vector != TYPE_ID_NONE);
  return emit_call(f, op, id, il_function_result_rep(l, target), rep, want);
}

// A setter's value is its argument.
static VReg call_setter(Fn *f, FunctionElement *target, VReg receiver,
                        const TypedArguments *a, bool is_exact, Rep rep,
                        VReg want) {
  Signature *s = il_lower_signature(f->l, target);
  TypedExpr *e = a->positional.items[0];
  Rep own = il_rep(f->l, s->parameters[0].type);
  Rep natural = il_expr_rep(f, e);
  il_frame_hold(f, receiver);
  uint32_t offset = f->offset;
  // Kept raw when it is, so that the value need not be unboxed again.
  VReg v = il_expr_any(f, e, natural);
  f->offset = offset;
  FieldElement *field = il_call_field(target);
  FunctionElement *exact = il_call_exact(f, target, is_exact);
  if (field && exact && !(field->flags & (FIELD_IS_LATE | FIELD_IS_COVARIANT)) &&
      !s->parameters[0].is_covariant &&
      // The type arguments of `this` are what the class's own code sees.
      (!s->parameters[0].is_covariant_by_class ||
       (receiver == f->this_reg && f->this_reg != VREG_NONE)) &&
      il_field_is_direct(f, field, false)) {
    VReg c = il_expr_convert(f, v, natural, own, VREG_ANY);
    il_field_store(f, receiver, field, c, own);
  } else {
    il_call_member(f, exact ? exact : target, receiver, &v, &natural, 1,
                   REP_REF, VREG_NONE);
  }
  return want == VREG_NONE ? v : il_expr_convert(f, v, natural, rep, want);
}

// Instructions on _Array and _RawArray: receiver, index, value.
static VReg call_array(Fn *f, FunctionElement *target, Op op, VReg receiver,
                       const TypedArguments *a, Rep rep, VReg want) {
  Signature *s = il_lower_signature(f->l, target);
  FrameMark mark = il_frame_mark(f);
  uint32_t offset = f->offset, count = a->positional.count;
  uint8_t later[3] = {0, 0, 0};
  for (uint32_t i = count; i > 0; i--) {
    later[i - 1] = later[i] | il_effect(f, a->positional.items[i - 1]);
  }
  VReg r[3] = {0, 0, 0};
  il_frame_hold(f, receiver);
  r[0] = il_expr_keep(f, receiver, REP_REF, later[0] & EFFECT_ASSIGNS);
  for (uint32_t i = 0; i < count; i++) {
    Rep own = il_rep(f->l, s->parameters[i].type);
    r[i + 1] = il_expr_any(f, a->positional.items[i], own);
    r[i + 1] = il_expr_keep(f, r[i + 1], own, later[i + 1] & EFFECT_ASSIGNS);
  }
  il_frame_release(f, mark);
  f->offset = offset;
  if (op == OP_ARRAY_SET || op == OP_RAW_ARRAY_SET) {
    il_emit_at(f, op, r[0], r[1], r[2]);
    if (want == VREG_NONE) return VREG_NONE;
    VReg none = il_expr_target(f, REP_REF, want, REP_REF);
    il_emit(f, OP_LOAD_NULL, none, 0, 0);
    return none;
  }
  Rep natural = il_function_result_rep(f->l, target);
  VReg d = il_expr_target(f, rep, want, natural);
  il_emit_at(f, op, d, r[0], r[1]);
  return d == want ? d : il_expr_convert(f, d, natural, rep, want);
}

VReg il_call_instance(Fn *f, FunctionElement *target, VReg receiver,
                      const TypedArguments *a, bool is_exact, Rep rep,
                      VReg want) {
  if (target->function_kind == FUNCTION_SETTER) {
    return call_setter(f, target, receiver, a, is_exact, rep, want);
  }
  Op op;
  if (target->owner && target->owner->id == CLASS_STRING &&
      a->positional.count == 0 && il_native_intrinsic(f->l, target, &op)) {
    Rep natural = il_function_result_rep(f->l, target);
    VReg d = il_expr_target(f, rep, want == VREG_NONE ? VREG_ANY : want,
                            natural);
    il_emit_at(f, op, d, receiver, 0);
    return d == want ? d : il_expr_convert(f, d, natural, rep, want);
  }
  FunctionElement *exact = il_call_exact(f, target, is_exact);
  if (!exact) {
    return call_selector(f, OP_CALL_SELECTOR, target, receiver, a, rep, want);
  }
  FieldElement *field = il_call_field(exact);
  if (field && il_field_is_direct(f, field, false)) {
    return il_field_load(f, receiver, field, rep, want, false);
  }
  bool is_intrinsic = il_native_intrinsic(f->l, exact, &op);
  if (is_intrinsic && op >= OP_ARRAY_LENGTH && op <= OP_RAW_ARRAY_SET) {
    return call_array(f, exact, op, receiver, a, rep, want);
  }
  return il_call_direct(f, exact, receiver, a, rep, want);
}

VReg il_call_member(Fn *f, FunctionElement *target, VReg receiver,
                    const VReg *regs, const Rep *reps, uint32_t count, Rep rep,
                    VReg want) {
  Lower *l = f->l;
  Signature *s = il_lower_signature(l, target);
  FrameMark mark = il_frame_mark(f);
  FunctionElement *exact = il_call_exact(f, target, false);
  if (exact && s->required_count + s->optional_count == count &&
      s->named_count == 0 && !il_function_has_vector(l, exact)) {
    Slots slots;
    il_function_slots(l, s, true, false, false, &slots);
    Args args = {0};
    push_reg(&args, receiver, REP_REF, REP_REF, 0);
    for (uint32_t i = 0; i < count; i++) {
      push_reg(&args, regs[i], reps[i], slots.reps[i], slots.slots[i]);
    }
    il_call_place(f, args.items, args.count);
    il_vec_drop(&args);
    il_frame_release(f, mark);
    return emit_call(f, OP_CALL, il_lower_function(l, exact),
                     il_function_result_rep(l, exact), rep, want);
  }
  Args args = {0};
  uint32_t refs = 1, ref = 1, raw = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (il_rep(l, s->parameters[i].type) == REP_REF) refs++;
  }
  push_reg(&args, receiver, REP_REF, REP_REF, 0);
  for (uint32_t i = 0; i < count; i++) {
    Rep own = il_rep(l, s->parameters[i].type);
    push_reg(&args, regs[i], reps[i], own,
             own == REP_REF ? ref++ : refs + raw++);
  }
  il_call_place(f, args.items, args.count);
  il_vec_drop(&args);
  il_frame_release(f, mark);
  SelectorId id = il_call_selector(l, target, count, NULL, 0, false);
  return emit_call(f, OP_CALL_SELECTOR, id, il_function_result_rep(l, target),
                   rep, want);
}

// -------------------------------------------------- closures and dynamic calls

// All references: receiver, positional, named by sorted name, then the vector.
static VReg call_loose(Fn *f, Op op, Name name, DynamicKind kind, VReg receiver,
                       const TypedArguments *a, Rep rep, VReg want) {
  Lower *l = f->l;
  uint32_t offset = f->offset;
  uint32_t p = a->positional.count, n = a->named.count;
  Name *names = IL_NEW_ARRAY(&l->arena, Name, n + 1);
  uint32_t *order = IL_NEW_ARRAY(&l->arena, uint32_t, n + 1);
  if (n) memcpy(names, a->names, n * sizeof(Name));
  il_sort_names(l, names, order, n);
  SelectorSlots slots = {.order = order};
  FrameMark mark = il_frame_mark(f);
  Args args = {0};
  push_reg(&args, receiver, REP_REF, REP_REF, 0);
  for (uint32_t i = 0; i < p + n; i++) {
    uint32_t k;
    TypedExpr *e = nth(a, i, &k);
    if (k >= p) k = p + sorted_index(&slots, k - p, n);
    push_expr(&args, e, REP_REF, 1 + k);
  }
  uint32_t types = 0;
  if (a->vector) {
    types = il_type_get(l->types->types, a->vector)->count;
    push_vector(&args, a->vector, 1 + p + n);
  }
  il_call_place(f, args.items, args.count);
  il_vec_drop(&args);
  il_frame_release(f, mark);
  f->offset = offset;
  ShapeId shape = il_builder_shape(l->builder, name, (uint8_t)kind,
                                   (uint16_t)types, (uint16_t)p, (uint16_t)n,
                                   names);
  return emit_call(f, op, shape, REP_REF, rep, want);
}

VReg il_call_closure(Fn *f, TypedClosureCall *e, VReg callee, Rep rep,
                     VReg want) {
  return call_loose(f, OP_CALL_CLOSURE, NAME_NONE, DYNAMIC_CALL, callee,
                    &e->arguments, rep, want);
}

// A setter, whose value is that of the expression.
static VReg call_loose_setter(Fn *f, Op op, Name name, DynamicKind kind,
                              VReg receiver, TypedExpr *value, Rep rep,
                              VReg want) {
  il_frame_hold(f, receiver);
  uint32_t offset = f->offset;
  VReg v = il_expr_any(f, value, REP_REF);
  f->offset = offset;
  FrameMark mark = il_frame_mark(f);
  Args args = {0};
  push_reg(&args, receiver, REP_REF, REP_REF, 0);
  push_reg(&args, v, REP_REF, REP_REF, 1);
  il_call_place(f, args.items, args.count);
  il_vec_drop(&args);
  il_frame_release(f, mark);
  ShapeId shape =
      il_builder_shape(f->l->builder, name, (uint8_t)kind, 0, 1, 0, NULL);
  emit_call(f, op, shape, REP_REF, REP_REF, VREG_NONE);
  if (want == VREG_NONE) return v;
  return il_expr_convert(f, v, REP_REF, rep, want);
}

VReg il_call_dynamic(Fn *f, TypedDynamicCall *e, VReg receiver, Rep rep,
                     VReg want) {
  DynamicKind kind = (DynamicKind)e->dynamic_kind;
  if (kind == DYNAMIC_SETTER && want != VREG_NONE) {
    return call_loose_setter(f, OP_CALL_DYNAMIC, e->name, kind, receiver,
                             e->arguments.positional.items[0], rep, want);
  }
  return call_loose(f, OP_CALL_DYNAMIC, e->name, kind, receiver, &e->arguments,
                    rep, want);
}

// A superclass's member in a closure of a mixin: by the member's variable.
static VReg call_bound(Fn *f, TypedSuperCall *e, Rep rep, VReg want) {
  VReg callee = il_local_get(f, e->bound, REP_REF, VREG_ANY);
  if (e->target->function_kind == FUNCTION_SETTER) {
    return call_loose_setter(f, OP_CALL_CLOSURE, NAME_NONE, DYNAMIC_CALL,
                             callee, e->arguments.positional.items[0], rep,
                             want);
  }
  return call_loose(f, OP_CALL_CLOSURE, NAME_NONE, DYNAMIC_CALL, callee,
                    &e->arguments, rep, want);
}

VReg il_call_super(Fn *f, TypedSuperCall *e, Rep rep, VReg want) {
  Lower *l = f->l;
  FunctionElement *target = e->target;
  if (e->bound) return call_bound(f, e, rep, want);
  ClassElement *owner = target->owner;
  bool is_direct = is_concrete(target) && !f->is_holder_relative &&
                   owner->id < l->class_count &&
                   !l->classes[owner->id].is_mixin;
  if (target->function_kind == FUNCTION_SETTER) {
    TypedExpr *value = e->arguments.positional.items[0];
    Rep natural = il_expr_rep(f, value);
    VReg v = il_expr_any(f, value, natural);
    f->offset = e->base.offset;
    Rep own = il_rep(l, il_lower_signature(l, target)->parameters[0].type);
    FrameMark mark = il_frame_mark(f);
    Args args = {0};
    push_reg(&args, f->this_reg, REP_REF, REP_REF, 0);
    push_reg(&args, v, natural, own, 1);
    il_call_place(f, args.items, args.count);
    il_vec_drop(&args);
    il_frame_release(f, mark);
    uint32_t imm = is_direct ? il_lower_function(l, target)
                             : il_call_selector(l, target, 1, NULL, 0, false);
    il_emit_at(f, is_direct ? OP_CALL : OP_CALL_SUPER, il_out(f, 0), 0, imm);
    return want == VREG_NONE ? v : il_expr_convert(f, v, natural, rep, want);
  }
  if (is_direct) {
    return call_direct(f, target, f->this_reg, &e->arguments, rep, want);
  }
  return call_selector(f, OP_CALL_SUPER, target, f->this_reg, &e->arguments,
                       rep, want);
}
