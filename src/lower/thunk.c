// thunk.c: small functions made by lowering itself: adapters between a
// selector and a function of another shape, tear-offs in the closure ABI, the
// accessors of fields, and a mixin's functions in its applications.
#include "lower/lowering.h"

// ------------------------------------------------------------------- arguments

// One argument that a thunk passes on.
static void pass(Fn *f, VReg from, Rep rep, TypeId type, Name name, Rep to,
                 uint32_t slot) {
  FrameMark mark = il_frame_mark(f);
  if (rep == REP_REF && to != REP_REF) {
    // The caller knew the parameter by a wider type.
    il_expr_cast(f, from, TYPE_ID_OBJECT_NULLABLE, type, name << 2 | 1);
  }
  il_expr_convert(f, from, rep, to, il_out(f, slot));
  il_frame_release(f, mark);
}

// Slots of a callee by its parameter table.
typedef struct {
  uint32_t refs, raws, vector;
  uint16_t *slots;
} Callee;

static void callee_slots(Lower *l, const Function *head,
                         const CodeParameter *params, uint32_t receiver,
                         Callee *out) {
  uint32_t count = (uint32_t)head->required_count + head->optional_count +
                   head->named_count;
  out->slots = IL_NEW_ARRAY(&l->arena, uint16_t, count + 1);
  uint32_t refs = receiver, raws = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (params[i].rep == REP_REF) out->slots[i] = (uint16_t)refs++;
  }
  out->vector = refs;
  if (head->type_param_count > 0) raws++;
  for (uint32_t i = 0; i < count; i++) {
    if (params[i].rep != REP_REF) out->slots[i] = (uint16_t)(refs + raws++);
  }
  out->refs = refs;
  out->raws = raws;
}

static void load_default(Fn *f, const CodeParameter *p, uint32_t slot) {
  FrameMark mark = il_frame_mark(f);
  VReg c = il_constant_load_id(f, p->default_value, VREG_ANY);
  il_expr_convert(f, c, REP_REF, (Rep)p->rep, il_out(f, slot));
  il_frame_release(f, mark);
}

static void return_converted(Fn *f, FunctionId target, Rep natural) {
  VReg d = il_frame_new(f, natural);
  il_emit_at(f, OP_CALL, d, 0, target);
  VReg r = il_expr_convert(f, d, natural, f->result_rep, VREG_ANY);
  il_emit(f, OP_RETURN, r, 0, 0);
}

// ------------------------------------------------------------------- selectors

// Where each argument of a selector call lies.
typedef struct {
  BuilderSelector selector;
  VReg *regs;
  uint32_t count;
  VReg vector;      // VREG_NONE: none
} Incoming;

static void find_incoming(Fn *f, SelectorId id, Incoming *in) {
  Lower *l = f->l;
  il_builder_selector_get(l->builder, id, &in->selector);
  const CodeSelector *head = &in->selector.head;
  in->count = (uint32_t)head->positional_count + head->named_count;
  in->regs = IL_NEW_ARRAY(&l->arena, VReg, in->count + 1);
  uint32_t refs = 1, raws = 0;
  for (uint32_t i = 0; i < in->count; i++) {
    if (in->selector.reps[i] == REP_REF) {
      in->regs[i] = il_vreg(VREG_ARG, refs++);
    }
  }
  in->vector = VREG_NONE;
  if (head->type_arg_count > 0) in->vector = il_vreg(VREG_ARG, refs + raws++);
  for (uint32_t i = 0; i < in->count; i++) {
    if (in->selector.reps[i] != REP_REF) {
      in->regs[i] = il_vreg(VREG_ARG, refs + raws++);
    }
  }
  f->ref_args = refs;
  f->raw_args = raws;
}

// The index of a target's parameter among the arguments; -1: not given.
static int32_t find_given(const Incoming *in, const Function *target,
                          const CodeParameter *params, uint32_t i) {
  uint32_t positional = (uint32_t)target->required_count +
                        target->optional_count;
  const CodeSelector *head = &in->selector.head;
  if (i < positional) return i < head->positional_count ? (int32_t)i : -1;
  for (uint32_t k = 0; k < head->named_count; k++) {
    if (in->selector.names[k] == params[i].name) {
      return (int32_t)(head->positional_count + k);
    }
  }
  return -1;
}

FunctionId il_thunk_selector(void *context, SelectorId selector,
                             FunctionId target_id) {
  Lower *l = context;
  Function target = *il_builder_function_get(l->builder, target_id);
  uint32_t count = (uint32_t)target.required_count + target.optional_count +
                   target.named_count;
  CodeParameter *params = IL_NEW_ARRAY(&l->arena, CodeParameter, count + 1);
  const CodeParameter *own =
      il_builder_parameters_get(l->builder, target_id);
  if (count) memcpy(params, own, count * sizeof(CodeParameter));
  Fn fn, *f = &fn;
  il_function_init(f, l, NULL);
  f->id = il_builder_function_new(l->builder);
  Incoming in;
  find_incoming(f, selector, &in);
  f->out.head = (Function){.name = target.name, .holder = target.holder,
                           .flags = CODE_IS_THUNK, .type = target.type,
                           .member_kind = target.member_kind,
                           .result_type = target.result_type,
                           .uri = target.uri};
  f->result_rep = (Rep)in.selector.head.result_rep;
  f->class_vector = VREG_ANY;
  f->this_reg = il_vreg(VREG_ARG, 0);
  Callee callee;
  callee_slots(l, &target, params, 1, &callee);
  // Casts first: they use no outgoing slot but may throw.
  il_emit_move(f, il_out(f, 0), f->this_reg);
  if (target.type_param_count > 0) {
    VReg out = il_out(f, callee.vector);
    if (in.vector != VREG_NONE) {
      il_emit_move(f, out, in.vector);
    } else {
      TypeIds items = {0};
      for (uint32_t i = 0; i < target.type_param_count; i++) {
        il_vec_push(&items, TYPE_ID_DYNAMIC);
      }
      il_emit_int(f, out, il_type_vector(l->types->types, items.items,
                                         items.count));
      il_vec_drop(&items);
    }
  }
  // Boxing may collect, and the outgoing area dies then: boxed ones go to
  // registers first.
  VReg *boxed = IL_NEW_ARRAY(&l->arena, VReg, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    int32_t k = find_given(&in, &target, params, i);
    boxed[i] = VREG_NONE;
    if (k < 0 || in.selector.reps[k] == REP_REF ||
        params[i].rep != REP_REF) {
      continue;
    }
    boxed[i] = il_expr_convert(f, in.regs[k], (Rep)in.selector.reps[k],
                               REP_REF, VREG_ANY);
  }
  il_emit_move(f, il_out(f, 0), f->this_reg);
  for (uint32_t i = 0; i < count; i++) {
    int32_t k = find_given(&in, &target, params, i);
    if (boxed[i] != VREG_NONE) {
      il_emit_move(f, il_out(f, callee.slots[i]), boxed[i]);
    } else if (k < 0) {
      load_default(f, &params[i], callee.slots[i]);
    } else {
      pass(f, in.regs[k], (Rep)in.selector.reps[k], params[i].type,
           params[i].name, (Rep)params[i].rep, callee.slots[i]);
    }
  }
  return_converted(f, target_id, (Rep)target.result_rep);
  il_function_commit(f);
  return f->id;
}

// ------------------------------------------------------------------- tear-offs

static bool is_instance_maker(const FunctionElement *e) {
  return e->function_kind == FUNCTION_CONSTRUCTOR &&
         e->owner->class_kind != CLASS_KIND_EXTENSION_TYPE;
}

// The class's parameters as parameters of the closure.
static uint32_t tear_off_types(Lower *l, const FunctionElement *e) {
  if (e->function_kind == FUNCTION_CONSTRUCTOR ||
      e->function_kind == FUNCTION_FACTORY) {
    return e->owner->type_params.count;
  }
  (void)l;
  return il_member_signature((FunctionElement *)(uintptr_t)e)
      ->type_param_count;
}

static TypeId tear_off_type(Lower *l, const FunctionElement *e,
                            const Signature *s) {
  TypeTable *types = l->types->types;
  uint32_t n = tear_off_types(l, e);
  if (e->function_kind == FUNCTION_CONSTRUCTOR ||
      e->function_kind == FUNCTION_FACTORY) {
    const Type *t = il_type_get(types, s->type);
    const TypeShape *shape = il_type_shape_get(types, t);
    uint32_t positional = shape->required_count + shape->optional_count;
    TypeParamId *params = IL_NEW_ARRAY(&l->arena, TypeParamId, n + 1);
    for (uint32_t i = 0; i < n; i++) {
      params[i] = e->owner->type_params.items[i]->id;
    }
    Name *names = IL_NEW_ARRAY(&l->arena, Name, shape->named_count + 1);
    bool *required = IL_NEW_ARRAY(&l->arena, bool, shape->named_count + 1);
    for (uint32_t i = 0; i < shape->named_count; i++) {
      names[i] = shape->names[i] & ~TYPE_NAMED_REQUIRED;
      required[i] = (shape->names[i] & TYPE_NAMED_REQUIRED) != 0;
    }
    const TypeId *items = t->items + 1 + shape->type_param_count;
    TypeFunctionParts parts = {
        .result = il_class_get(l->types->classes, e->owner->id)->this_type,
        .type_params = params,
        .type_param_count = n,
        .positional = items,
        .required_count = shape->required_count,
        .optional_count = shape->optional_count,
        .names = names,
        .named = items + positional,
        .named_required = required,
        .named_count = shape->named_count};
    return il_erase(l, il_type_function(types, &parts));
  }
  return il_erase(l, s->type);
}

// The types of a constructor's parameters mention the parameters of its class;
// those of its tear-off, which are checked against its own type arguments,
// mention parameters of a function.
static void own_parameters(Lower *l, FunctionElement *target,
                           BuilderFunction *out, CodeParameter *params,
                           uint32_t count) {
  if (target->function_kind != FUNCTION_CONSTRUCTOR &&
      target->function_kind != FUNCTION_FACTORY) {
    return;
  }
  TypeTable *types = l->types->types;
  uint32_t n = target->owner->type_params.count;
  TypeParamId *from = IL_NEW_ARRAY(&l->arena, TypeParamId, n);
  TypeId *to = IL_NEW_ARRAY(&l->arena, TypeId, n);
  for (uint32_t i = 0; i < n; i++) {
    from[i] = target->owner->type_params.items[i]->id;
    Name name = target->owner->type_params.items[i]->base.name;
    to[i] = il_type_param(types, il_type_param_new(types, name, true, i));
  }
  for (uint32_t i = 0; i < count; i++) {
    params[i].type = il_type_substitute(types, params[i].type, from, to, n);
  }
  TypeId *bounds = IL_NEW_ARRAY(&l->arena, TypeId, n);
  for (uint32_t i = 0; i < n; i++) {
    bounds[i] = il_type_substitute(types, out->type_bounds[i], from, to, n);
  }
  out->type_bounds = bounds;
}

// Of a constructor those of its class.
static TypeId *tear_off_bounds(Lower *l, FunctionElement *target,
                               uint32_t count) {
  bool is_maker = target->function_kind == FUNCTION_CONSTRUCTOR ||
                  target->function_kind == FUNCTION_FACTORY;
  TypeId *bounds = IL_NEW_ARRAY(&l->arena, TypeId, count);
  for (uint32_t i = 0; i < count; i++) {
    TypeParamId p = is_maker
                        ? target->owner->type_params.items[i]->id
                        : il_member_signature(target)->type_params[i]->id;
    TypeId bound = il_type_param_get(l->types->types, p)->bound;
    bounds[i] = il_erase(l, bound ? bound : TYPE_ID_OBJECT_NULLABLE);
  }
  return bounds;
}

// A tear-off in the making: `in` is how it is called, in the closure ABI,
// `out` how it calls its target.
typedef struct {
  FunctionElement *target;
  Signature *signature;
  uint32_t type_count;  // type parameters of the closure
  Slots in, out;
  bool makes;           // allocates the instance that the target initialises
  bool has_vector;      // the target takes type arguments
} TearOff;

static void tear_off_head(Fn *f, const TearOff *t) {
  Lower *l = f->l;
  const Signature *s = t->signature;
  FunctionElement *target = t->target;
  Function *head = &f->out.head;
  head->name = il_name_intern(
      l->names, il_name_public_text(l->names, target->base.name));
  head->holder = target->owner ? target->owner->id : 0;
  head->flags = CODE_IS_CLOSURE | CODE_IS_THUNK;
  if (target->function_kind == FUNCTION_PLAIN) head->flags |= CODE_IS_STATIC;
  head->type = tear_off_type(l, target, s);
  head->result_type = TYPE_ID_OBJECT_NULLABLE;
  head->required_count = (uint16_t)s->required_count;
  head->optional_count = (uint16_t)s->optional_count;
  head->named_count = (uint16_t)s->named_count;
  head->type_param_count = (uint16_t)t->type_count;
  if (t->type_count > 0) {
    head->flags |= CODE_IS_GENERIC;
    f->out.type_bounds = tear_off_bounds(l, target, t->type_count);
  }
}

static void tear_off_parameters(Fn *f, const TearOff *t) {
  Lower *l = f->l;
  Signature *s = t->signature;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  il_vec_reserve(&f->parameters, count);
  f->parameters.count = count;
  CodeParameter *parameters = f->parameters.items;
  il_function_parameters(l, t->target, s, true, parameters);
  if (t->type_count > 0) {
    own_parameters(l, t->target, &f->out, parameters, count);
  }
  Function *head = &f->out.head;
  head->shape = il_closure_shape(l, s);
  if (t->type_count > 0 && head->shape) {
    Signature generic = *s;
    generic.type_param_count = t->type_count;
    head->shape = il_closure_shape(l, &generic);
  }
}

static void tear_off_code(Fn *f, const TearOff *t) {
  Lower *l = f->l;
  FunctionElement *target = t->target;
  VReg vector =
      t->type_count > 0 ? il_vreg(VREG_ARG, t->in.vector) : VREG_NONE;
  f->function_vector = VREG_NONE;
  f->class_vector = vector;
  VReg made = VREG_NONE;
  if (t->makes) {
    made = il_frame_new(f, REP_REF);
    il_constructor_allocate(
        f, il_class_get(l->types->classes, target->owner->id)->this_type,
        made);
    il_emit_move(f, il_out(f, 0), made);
  }
  for (uint32_t i = 0; i < f->parameters.count; i++) {
    il_expr_convert(f, il_vreg(VREG_ARG, t->in.slots[i]), REP_REF,
                    t->out.reps[i], il_out(f, t->out.slots[i]));
  }
  if (t->has_vector) il_emit_move(f, il_out(f, t->out.vector), vector);
  FunctionId callee = il_lower_function(l, target);
  if (callee == 0) {
    il_lower_fail(l, target->base.unit, 0, "a tear-off of what has no code");
  }
  if (t->makes) {
    il_emit_at(f, OP_CALL, il_out(f, 0), 0, callee);
    il_emit(f, OP_RETURN, made, 0, 0);
  } else {
    return_converted(f, callee, il_function_result_rep(l, target));
  }
}

FunctionId il_thunk_tear_off(Lower *l, FunctionElement *target) {
  uint64_t known;
  if (il_map_find(&l->tear_offs, il_map_key(target), &known)) {
    return (FunctionId)known;
  }
  FunctionId id = il_builder_function_new(l->builder);
  il_map_put(&l->tear_offs, il_map_key(target), id);
  TearOff t = {.target = target,
               .signature = il_lower_signature(l, target),
               .makes = is_instance_maker(target)};
  Fn fn, *f = &fn;
  il_function_init(f, l, NULL);
  f->id = id;
  f->is_closure = true;
  f->result_rep = REP_REF;
  t.type_count = tear_off_types(l, target);
  t.has_vector = il_function_has_vector(l, target);
  il_function_slots(l, t.signature, false, t.type_count > 0, true, &t.in);
  il_function_slots(l, t.signature, t.makes, t.has_vector, false, &t.out);
  f->ref_args = t.in.refs;
  f->raw_args = t.in.raws;
  tear_off_head(f, &t);
  tear_off_parameters(f, &t);
  tear_off_code(f, &t);
  il_function_commit(f);
  return id;
}

// ------------------------------------------------------------------- accessors

static void load_word(Fn *f, FieldElement *field, VReg d) {
  bool relative;
  uint32_t word = il_field_word(f, field, &relative);
  il_emit(f, relative ? OP_GET_FIELD_HOLDER : OP_GET_FIELD, d, f->this_reg,
          word);
}

static void throw_late(Fn *f, FieldElement *field, CoreFunction which) {
  VReg name = il_frame_new(f, REP_REF);
  Rep rep = REP_REF;
  il_constant_load_id(
      f, il_constant_string(f->l, il_name_public_text(f->l->names,
                                                      field->base.name)),
      name);
  il_call_core(f, which, TYPE_ID_NONE, &name, &rep, 1, REP_REF, VREG_NONE);
  il_emit(f, OP_UNREACHABLE, 0, 0, 0);
}

static void lower_late_getter(Fn *f, FieldElement *field) {
  VReg d = il_frame_new(f, REP_REF);
  il_frame_bind(f, d, true);
  Label unset = il_label_new(f), done = il_label_new(f);
  load_word(f, field, d);
  il_emit_branch(f, OP_JUMP_SENTINEL, d, 0, unset);
  il_emit_jump(f, done);
  il_label_bind(f, unset);
  if (field->initializer && field->initializer->value) {
    f->body = field->initializer;
    if (field->initializer->unit) f->unit = field->initializer->unit;
    il_expr(f, field->initializer->value, REP_REF, d);
    if (field->flags & FIELD_IS_FINAL) {
      VReg now = il_frame_new(f, REP_REF);
      Label fine = il_label_new(f);
      load_word(f, field, now);
      il_emit_branch(f, OP_JUMP_SENTINEL, now, 0, fine);
      throw_late(f, field, CORE_LATE_SELF_ASSIGNED_ERROR);
      il_label_bind(f, fine);
    }
    il_field_store(f, f->this_reg, field, d, REP_REF);
  } else {
    throw_late(f, field, CORE_LATE_FIELD_READ_ERROR);
  }
  il_label_bind(f, done);
  VReg r = il_expr_convert(f, d, REP_REF, f->result_rep, VREG_ANY);
  il_emit(f, OP_RETURN, r, 0, 0);
}

void il_thunk_accessor(Lower *l, FunctionElement *e) {
  Fn fn, *f = &fn;
  il_function_begin(f, l, e);
  FieldElement *field = e->field;
  Rep own = il_field_rep(l, field);
  bool is_late = (field->flags & FIELD_IS_LATE) != 0;
  if (e->flags & FUNCTION_IS_EXTENSION) {
    // The representation of an extension type is the receiver itself.
    Signature *s = il_lower_signature(l, e);
    Slots slots;
    il_function_slots(l, s, false, il_function_has_vector(l, e), false, &slots);
    il_emit(f, OP_RETURN, il_vreg(VREG_ARG, slots.slots[0]), 0, 0);
  } else if (e->function_kind == FUNCTION_GETTER && is_late) {
    lower_late_getter(f, field);
  } else if (e->function_kind == FUNCTION_GETTER) {
    VReg d = il_frame_new(f, own);
    load_word(f, field, d);
    VReg r = il_expr_convert(f, d, own, f->result_rep, VREG_ANY);
    il_emit(f, OP_RETURN, r, 0, 0);
  } else {
    Signature *s = il_lower_signature(l, e);
    Slots slots;
    il_function_slots(l, s, true, false, false, &slots);
    VReg v = il_vreg(VREG_ARG, slots.slots[0]);
    const Parameter *p = &s->parameters[0];
    if (slots.reps[0] == REP_REF &&
        (p->is_covariant || p->is_covariant_by_class)) {
      il_expr_cast(f, v, TYPE_ID_OBJECT_NULLABLE, p->type, p->name << 2 | 1);
    }
    if (is_late && (field->flags & FIELD_IS_FINAL)) {
      VReg now = il_frame_new(f, REP_REF);
      Label fine = il_label_new(f);
      load_word(f, field, now);
      il_emit_branch(f, OP_JUMP_SENTINEL, now, 0, fine);
      throw_late(f, field, CORE_LATE_FIELD_ASSIGNED_ERROR);
      il_label_bind(f, fine);
    }
    VReg c = il_expr_convert(f, v, slots.reps[0], own, VREG_ANY);
    il_field_store(f, f->this_reg, field, c, own);
    il_emit(f, OP_RETURN_NULL, 0, 0, 0);
  }
  if (f->is_holder_relative) f->mixed_key = e;
  il_function_commit(f);
}

// --------------------------------------------------------------- applications

FunctionId il_thunk_mixed(Lower *l, FunctionElement *target,
                          ClassElement *application) {
  if (target->flags & FUNCTION_IS_ABSTRACT) return 0;
  if (il_lower_function(l, target) == 0) return 0;
  MixedFunction m = {target, application,
                     il_builder_function_new(l->builder)};
  il_vec_push(&l->mixed, m);
  return m.id;
}
