// function.c: functions: signatures and slots, the environment of a body,
// parameters, members, initialisers of statics, handing over to the builder.
#include "lower/lowering.h"
#include "sema/infer.h"

Name il_function_uri(Lower *l, const Unit *unit) {
  Text uri = unit->uri;
  if (!unit->library->is_core || il_text_starts_with(uri, TEXT("dart:")))
    return il_name_intern(l->names, uri);
  // A part of a core library was read from a file, whose place says nothing.
  uint32_t slash = uri.length;
  while (slash > 0 && uri.bytes[slash - 1] != '/') slash--;
  TextBuilder out;
  il_text_builder_init(&out);
  il_text_append(&out, unit->library->uri);
  il_text_append_char(&out, '/');
  il_text_append(&out, il_text_slice(uri, slash, uri.length));
  Name name = il_name_intern(l->names, il_text_builder_text(&out));
  il_text_builder_drop(&out);
  return name;
}

// --------------------------------------------------------------------- errors

void il_lower_fail(Lower *l, Unit *unit, uint32_t offset, const char *what) {
  const Source *source = unit ? &unit->source : NULL;
  il_diagnostic_error(l->sema->diagnostics, source, offset, offset + 1,
                      DIAG_UNSUPPORTED, what);
}

void il_lower_error(Fn *f, const char *what) {
  if (f->is_dead && f->has_failed) return;
  f->has_failed = true;
  il_lower_fail(f->l, f->unit, f->offset, what);
}

// ----------------------------------------------------------------- signatures

static bool is_extension_type(const ClassElement *c) {
  return c && c->class_kind == CLASS_KIND_EXTENSION_TYPE;
}

bool il_function_has_this(const FunctionElement *e) {
  if (e->flags & (FUNCTION_IS_STATIC | FUNCTION_IS_EXTENSION)) return false;
  if (!e->owner || e->function_kind == FUNCTION_FACTORY) return false;
  if (e->function_kind == FUNCTION_FIELD_INIT) return false;
  return !(e->function_kind == FUNCTION_CONSTRUCTOR &&
           is_extension_type(e->owner));
}

static uint32_t own_type_count(const FunctionElement *e) {
  uint32_t own = il_member_signature((FunctionElement *)(uintptr_t)e)
                     ->type_param_count;
  if (e->function_kind == FUNCTION_FACTORY ||
      (e->function_kind == FUNCTION_CONSTRUCTOR &&
       is_extension_type(e->owner))) {
    return e->owner->type_params.count;
  }
  if (e->function_kind == FUNCTION_CONSTRUCTOR) return 0;
  if (e->flags & FUNCTION_IS_EXTENSION) {
    return own + e->owner->type_params.count;
  }
  return own;
}

bool il_function_has_vector(Lower *l, const FunctionElement *e) {
  (void)l;
  return own_type_count(e) > 0;
}

Signature *il_lower_signature(Lower *l, const FunctionElement *e) {
  FunctionElement *element = (FunctionElement *)(uintptr_t)e;
  Signature *s = il_member_signature(element);
  if (!(e->flags & FUNCTION_IS_EXTENSION) || !e->owner) return s;
  Signature *made = il_map_find_pointer(&l->signatures, il_map_key(e));
  if (made) return made;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  made = IL_NEW(&l->arena, Signature);
  *made = *s;
  made->required_count++;
  made->parameters = IL_NEW_ARRAY(&l->arena, Parameter, count + 1);
  ClassElement *c = e->owner;
  il_class_require(c, STAGE_SUPERS);
  made->parameters[0].name = NAME_this;
  made->parameters[0].type =
      c->class_kind == CLASS_KIND_EXTENSION
          ? c->extended
          : il_class_get(l->types->classes, c->id)->this_type;
  if (count) {
    memcpy(made->parameters + 1, s->parameters, count * sizeof(Parameter));
  }
  il_map_put(&l->signatures, il_map_key(e), (uint64_t)(uintptr_t)made);
  return made;
}

Rep il_function_result_rep(Lower *l, const FunctionElement *e) {
  if (e->flags & (FUNCTION_IS_ASYNC | FUNCTION_IS_GENERATOR)) return REP_REF;
  switch ((FunctionKind)e->function_kind) {
    case FUNCTION_SETTER:
      return REP_REF;
    case FUNCTION_CONSTRUCTOR:
      if (!is_extension_type(e->owner)) return REP_REF;
      return il_rep(l, il_class_get(l->types->classes, e->owner->id)
                           ->this_type);
    default:
      return il_rep(
          l, il_member_signature((FunctionElement *)(uintptr_t)e)->result);
  }
}

void il_function_slots(Lower *l, const Signature *s, bool has_receiver,
                       bool has_vector, bool is_closure, Slots *out) {
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t count = positional + s->named_count;
  *out = (Slots){.has_vector = has_vector};
  out->slots = IL_NEW_ARRAY(&l->arena, uint16_t, count + 1);
  out->reps = IL_NEW_ARRAY(&l->arena, Rep, count + 1);
  uint32_t refs = has_receiver || is_closure ? 1 : 0, raws = 0;
  if (is_closure) {
    Name *names = IL_NEW_ARRAY(&l->arena, Name, s->named_count + 1);
    uint32_t *order = IL_NEW_ARRAY(&l->arena, uint32_t, s->named_count + 1);
    for (uint32_t i = 0; i < s->named_count; i++) {
      names[i] = s->parameters[positional + i].name;
    }
    il_sort_names(l, names, order, s->named_count);
    for (uint32_t i = 0; i < positional; i++) {
      out->slots[i] = (uint16_t)(refs + i);
    }
    for (uint32_t i = 0; i < s->named_count; i++) {
      out->slots[positional + order[i]] = (uint16_t)(refs + positional + i);
    }
    out->refs = refs + count;
    out->vector = out->refs;
    out->raws = has_vector ? 1 : 0;
    return;
  }
  for (uint32_t i = 0; i < count; i++) {
    out->reps[i] = il_rep(l, s->parameters[i].type);
    if (out->reps[i] == REP_REF) out->slots[i] = (uint16_t)refs++;
  }
  out->vector = refs;
  if (has_vector) raws++;
  for (uint32_t i = 0; i < count; i++) {
    if (out->reps[i] != REP_REF) out->slots[i] = (uint16_t)(refs + raws++);
  }
  out->refs = refs;
  out->raws = raws;
}

void il_function_parameters(Lower *l, const FunctionElement *e,
                            const Signature *s, bool is_closure,
                            CodeParameter *out) {
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t count = positional + s->named_count;
  uint32_t shift = e && (e->flags & FUNCTION_IS_EXTENSION) ? 1 : 0;
  Signature *own =
      e ? il_member_signature((FunctionElement *)(uintptr_t)e) : NULL;
  Slots slots;
  il_function_slots(l, s, false, false, is_closure, &slots);
  for (uint32_t i = 0; i < count; i++) {
    const Parameter *p = &s->parameters[i];
    uint32_t at = i;
    if (is_closure) at = slots.slots[i] - 1u;
    Constant *value = NULL;
    if (i >= s->required_count && !p->is_required_named) {
      if (e && i >= shift) {
        value = il_constant_of_default((FunctionElement *)(uintptr_t)e,
                                       &own->parameters[i - shift]);
      } else if (!e) {
        value = p->default_value;
      }
    }
    out[at] = (CodeParameter){
        .name = p->name,
        .type = il_erase(l, p->type),
        .default_value = il_constant_id(l, value),
        .rep = (uint8_t)(is_closure ? REP_REF : slots.reps[i]),
        .is_required = p->is_required_named,
        .is_covariant = p->is_covariant || p->is_covariant_by_class};
  }
}

// -------------------------------------------------------------------- numbers

FunctionId il_lower_function(Lower *l, FunctionElement *e) {
  if (e->code_index) return e->code_index;
  if (e->flags & FUNCTION_IS_ABSTRACT) return 0;
  if (e->base.library && e->base.library->is_core && !l->is_core) return 0;
  if (e->field && (e->field->flags & FIELD_IS_ABSTRACT)) return 0;
  if (!e->field && !e->body && !(e->flags & FUNCTION_IS_EXTERNAL)) {
    il_infer_function(l->sema, e);
  }
  e->code_index = il_builder_function_new(l->builder);
  il_vec_push(&l->pending, e);
  return e->code_index;
}

// ------------------------------------------------------------- the life of a Fn

void il_function_init(Fn *f, Lower *l, Fn *outer) {
  *f = (Fn){.l = l,
            .outer = outer,
            .this_reg = VREG_NONE,
            .class_vector = VREG_NONE,
            .function_vector = VREG_NONE,
            .result = VREG_NONE,
            .coroutine = VREG_NONE,
            .future = VREG_NONE};
}

static void drop(Fn *f) {
  il_vec_drop(&f->items);
  il_vec_drop(&f->labels);
  il_vec_drop(&f->label_used);
  il_vec_drop(&f->handlers);
  il_vec_drop(&f->lines);
  il_vec_drop(&f->slow);
  il_vec_drop(&f->targets);
  il_vec_drop(&f->parameters);
  il_vec_drop(&f->bound_raw);
  il_vec_drop(&f->bound_ref);
}

void il_function_return(Fn *f, VReg value) {
  if (value != VREG_NONE) {
    il_emit(f, OP_RETURN, value, 0, 0);
  } else if (f->result_rep == REP_REF) {
    il_emit(f, OP_RETURN_NULL, 0, 0, 0);
  } else if (!f->is_dead) {
    VReg r = il_frame_new(f, f->result_rep);
    il_emit_int(f, r, 0);
    il_emit(f, OP_RETURN, r, 0, 0);
  }
}

void il_function_commit(Fn *f) {
  il_collection_flush(f, 0);
  f->out.head.id = f->id;
  f->out.head.result_rep = (uint8_t)f->result_rep;
  f->out.parameters = il_vec_to_arena(&f->parameters, &f->l->arena);
  il_emit_finish(f);
  il_builder_function_set(f->l->builder, f->id, &f->out);
  if (f->mixed_key) {  // it is set again for each application
    BuilderFunction *copy = IL_NEW(&f->l->arena, BuilderFunction);
    *copy = f->out;
    il_map_put(&f->l->bodies, il_map_key(f->mixed_key),
               (uint64_t)(uintptr_t)copy);
  }
  drop(f);
}

// ----------------------------------------------------------------- parameters

void il_function_declare_parameter(Fn *f, LocalVar *v, VReg at, Rep rep) {
  Rep own = il_local_rep(f->l, v);
  if (rep == REP_REF) il_expr_assert(f, at, v->type, v->base.name);
  if (il_local_is_cell(v) || own != rep) {
    il_local_declare_reg(f, v, at, rep);
    return;
  }
  v->lowered[0] = at;
  v->lowered[1] = LOC_REG;
}

// Whether a value of the type that suits a superclass's view may not suit the
// class: its type parameters stand where they are given out, or in both ways.
// In a callback's parameters they do no harm.
static bool needs_check(const TypeTable *types, TypeId type, bool positive) {
  const Type *t = il_type_get(types, type);
  if (!(t->flags & TYPE_HAS_CLASS_PARAM)) return false;
  if (t->kind == TYPE_PARAM) return positive;
  if (t->kind != TYPE_FUNCTION) {
    for (uint32_t i = 0; i < t->count; i++) {
      if (needs_check(types, t->items[i], positive)) return true;
    }
    return false;
  }
  if (needs_check(types, t->items[0], positive)) return true;
  uint32_t bounds = il_type_shape_get(types, t)->type_param_count;
  for (uint32_t i = 1; i < t->count; i++) {
    if (i <= bounds) {
      if (il_type_get(types, t->items[i])->flags & TYPE_HAS_CLASS_PARAM) {
        return true;
      }
    } else if (needs_check(types, t->items[i], !positive)) {
      return true;
    }
  }
  return false;
}

// Type arguments that a caller may know by a wider bound are checked on entry.
static void check_bounds(Fn *f, const FunctionElement *e, const Signature *s) {
  if (e->function_kind == FUNCTION_CONSTRUCTOR) return;
  TypeTable *types = f->l->types->types;
  for (uint32_t i = 0; i < s->type_param_count; i++) {
    TypeParamId id = s->type_params[i]->id;
    TypeId bound = il_type_param_get(types, id)->bound;
    if (!bound || !needs_check(types, il_erase(f->l, bound), true)) continue;
    f->offset = f->body ? f->body->offset : 0;
    FrameMark mark = il_frame_mark(f);
    VReg given = il_expr_type(f, il_type_param(types, id), VREG_ANY);
    VReg allowed = il_expr_type(f, bound, VREG_ANY);
    il_emit_line(f);
    il_emit_x(f, OP_CHECK_BOUND, given, allowed, 0, e->base.name);
    il_frame_release(f, mark);
  }
}

// Parameters that a caller may know by a wider type are checked on entry.
static void check_parameters(Fn *f, const Signature *s, const Slots *slots,
                             uint32_t from) {
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = from; i < count; i++) {
    const Parameter *p = &s->parameters[i];
    if (!p->is_covariant && !p->is_covariant_by_class) continue;
    if (slots->reps[i] != REP_REF) continue;
    if (!p->is_covariant &&
        (il_type_get(f->l->types->types, p->type)->flags &
         TYPE_HAS_CLASS_PARAM) &&
        !needs_check(f->l->types->types, p->type, true)) {
      continue;
    }
    f->offset = f->body ? f->body->offset : 0;
    il_expr_cast(f, il_vreg(VREG_ARG, slots->slots[i]),
                 TYPE_ID_OBJECT_NULLABLE, p->type, p->name << 2 | 1);
  }
}

static void declare_parameters(Fn *f, const Signature *s, const Slots *slots,
                               uint32_t shift) {
  TypedBody *body = f->body;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    LocalVar *v = i < shift ? body->receiver : body->parameters[i - shift];
    il_function_declare_parameter(f, v, il_vreg(VREG_ARG, slots->slots[i]),
                                  slots->reps[i]);
  }
}

// -------------------------------------------------------------------- members

static Name display_name(Lower *l, const FunctionElement *e) {
  Text name = il_name_public_text(l->names, e->base.name);
  Text made;
  const char *suffix = e->function_kind == FUNCTION_SETTER ? "=" : "";
  if (!e->owner) {
    if (!*suffix) return il_name_intern(l->names, name);
    made = il_arena_format(&l->arena, "%.*s=", TEXT_ARG(name));
  } else {
    Text owner = il_name_public_text(l->names, e->owner->base.name);
    if (e->base.name == NAME_new) {
      made = il_arena_format(&l->arena, "new %.*s", TEXT_ARG(owner));
    } else if (e->function_kind == FUNCTION_CONSTRUCTOR ||
               e->function_kind == FUNCTION_FACTORY) {
      made = il_arena_format(&l->arena, "new %.*s.%.*s", TEXT_ARG(owner),
                             TEXT_ARG(name));
    } else {
      made = il_arena_format(&l->arena, "%.*s.%.*s%s", TEXT_ARG(owner),
                             TEXT_ARG(name), suffix);
    }
  }
  return il_name_intern(l->names, made);
}

static void set_bounds(Fn *f, const FunctionElement *e, const Signature *s) {
  Lower *l = f->l;
  uint32_t count = own_type_count(e);
  f->out.head.type_param_count = (uint16_t)count;
  if (count == 0) return;
  f->out.head.flags |= CODE_IS_GENERIC;
  TypeId *bounds = IL_NEW_ARRAY(&l->arena, TypeId, count);
  uint32_t class_count = count;
  if (e->function_kind != FUNCTION_FACTORY &&
      e->function_kind != FUNCTION_CONSTRUCTOR) {
    class_count = count - s->type_param_count;
  }
  for (uint32_t i = 0; i < count; i++) {
    TypeParamId id = i < class_count
                         ? e->owner->type_params.items[i]->id
                         : s->type_params[i - class_count]->id;
    TypeId bound = il_type_param_get(l->types->types, id)->bound;
    bounds[i] = il_erase(l, bound ? bound : TYPE_ID_OBJECT_NULLABLE);
  }
  f->out.type_bounds = bounds;
}

static void set_environment(Fn *f, FunctionElement *e, const Slots *slots) {
  Lower *l = f->l;
  ClassElement *owner = e->owner;
  if (slots->has_vector) {
    // A factory's vector is that of its class.
    VReg vector = il_vreg(VREG_ARG, slots->vector);
    if (e->function_kind == FUNCTION_FACTORY && !is_extension_type(owner)) {
      f->class_vector = vector;
    } else {
      f->function_vector = vector;
    }
  }
  if (!il_function_has_this(e)) return;
  f->this_reg = il_vreg(VREG_ARG, 0);
  f->class_vector = VREG_ANY;
  f->is_holder_relative = l->classes[owner->id].is_mixin;
  if (f->is_holder_relative) {
    f->class_base = 0xffffffff;
    f->out.head.flags |= CODE_IS_HOLDER_RELATIVE;
    return;
  }
  ClassElement *of = owner->asker ? owner->asker : owner;
  const ClassCode *code = il_class_code(l, of->id);
  f->class_base = code ? code->vector_base : 0;
}

void il_function_begin(Fn *f, Lower *l, FunctionElement *e) {
  il_function_init(f, l, NULL);
  Signature *s = il_lower_signature(l, e);
  Slots slots;
  il_function_slots(l, s, il_function_has_this(e),
                    il_function_has_vector(l, e), false, &slots);
  f->element = e;
  f->body = e->body;
  f->owner = e->owner;
  f->unit = e->body && e->body->unit ? e->body->unit : e->base.unit;
  f->id = e->code_index;
  f->ref_args = slots.refs;
  f->raw_args = slots.raws;
  f->result_rep = il_function_result_rep(l, e);
  Function *head = &f->out.head;
  head->name = display_name(l, e);
  head->holder = e->owner ? e->owner->id : 0;
  head->type = il_erase(l, s->runtime_type ? s->runtime_type : s->type);
  head->result_type = il_erase(l, s->result);
  head->required_count = (uint16_t)s->required_count;
  head->optional_count = (uint16_t)s->optional_count;
  head->named_count = (uint16_t)s->named_count;
  head->member_kind =
      e->function_kind == FUNCTION_GETTER   ? MEMBER_GETTER
      : e->function_kind == FUNCTION_SETTER ? MEMBER_SETTER
                                            : MEMBER_METHOD;
  if (!il_function_has_this(e)) head->flags |= CODE_IS_STATIC;
  if (e->function_kind == FUNCTION_CONSTRUCTOR && il_function_has_this(e)) {
    head->flags |= CODE_IS_CONSTRUCTOR;
  }
  if (f->unit) head->uri = il_function_uri(l, f->unit);
  set_bounds(f, e, il_member_signature(e));
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  il_vec_reserve(&f->parameters, count);
  f->parameters.count = count;
  il_function_parameters(l, e, s, false, f->parameters.items);
  set_environment(f, e, &slots);
}

static bool has_this_init(const TypedBody *body) {
  if (!body->code || body->code->kind != STMT_BLOCK) return false;
  const TypedStmts *list = &((TypedBlock *)body->code)->statements;
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->items[i]->kind == STMT_THIS_INIT) return true;
  }
  return false;
}

void il_function_lower(Lower *l, FunctionElement *e) {
  if (il_call_field(e)) {
    il_thunk_accessor(l, e);
    return;
  }
  if (e->flags & FUNCTION_IS_EXTERNAL) {
    il_native_lower(l, e);
    return;
  }
  TypedBody *body = e->body;
  if (!body || !body->code) {
    bool is_constructor = e->function_kind == FUNCTION_CONSTRUCTOR;
    if (!body || !is_constructor) {
      il_lower_fail(l, e->base.unit, e->base.node ? e->base.node->start : 0,
                    il_arena_format(&l->arena, "a member without code, %.*s",
                                    TEXT_ARG(il_name_public_text(
                                        l->names, e->base.name))).bytes);
      return;
    }
  }
  Fn fn, *f = &fn;
  il_function_begin(f, l, e);
  Signature *s = il_lower_signature(l, e);
  Slots slots;
  bool has_this = il_function_has_this(e);
  il_function_slots(l, s, has_this, il_function_has_vector(l, e), false,
                    &slots);
  uint32_t shift = e->flags & FUNCTION_IS_EXTENSION ? 1 : 0;
  f->is_async = body->is_async;
  f->is_generator = body->is_generator;
  if (f->is_async) f->out.head.flags |= CODE_IS_ASYNC;
  if (has_this) {
    check_bounds(f, e, s);
    check_parameters(f, s, &slots, shift);
  }
  if (f->is_async || f->is_generator) il_async_begin(f);
  declare_parameters(f, s, &slots, shift);
  if (body->receiver && !shift) il_local_reserve(f, body->receiver);
  bool is_constructor =
      e->function_kind == FUNCTION_CONSTRUCTOR && has_this;
  if (is_constructor && !has_this_init(body)) il_constructor_prologue(f);
  if (body->code) il_statement(f, body->code);
  if (f->is_async || f->is_generator) {
    il_async_end(f);
  } else if (!f->is_dead) {
    il_function_return(f, VREG_NONE);
  }
  if (f->is_holder_relative) f->mixed_key = e;
  il_function_commit(f);
}

// --------------------------------------------------------------- initialisers

// A late static without an initialiser is initialised to the sentinel.
static FunctionId sentinel_initializer(Lower *l) {
  if (l->late_initializer) return l->late_initializer;
  Fn fn, *f = &fn;
  il_function_init(f, l, NULL);
  f->id = l->late_initializer = il_builder_function_new(l->builder);
  f->out.head.name = il_name_intern(l->names, TEXT("<late>"));
  f->out.head.flags = CODE_IS_STATIC | CODE_IS_INVISIBLE;
  f->out.head.type = f->out.head.result_type = TYPE_ID_OBJECT_NULLABLE;
  VReg r = il_frame_new(f, REP_REF);
  il_emit(f, OP_LOAD_SENTINEL, r, 0, 0);
  il_emit(f, OP_RETURN, r, 0, 0);
  il_function_commit(f);
  return l->late_initializer;
}

// The initialiser of a final static may have read it, and so set it: that is
// an error of the outer one.
static void check_still_unset(Fn *f, FieldElement *field, VReg value) {
  if (f->is_dead || f->l->is_core) return;
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, value);
  Label fine = il_label_new(f);
  VReg is_set = il_frame_new(f, REP_BOOL);
  il_emit(f, OP_HAS_STATIC, is_set, 0, field->code_index);
  il_emit_branch(f, OP_JUMP_UNLESS, is_set, 0, fine);
  VReg name = il_constant_load_id(
      f,
      il_constant_string(f->l,
                         il_name_public_text(f->l->names, field->base.name)),
      VREG_ANY);
  Rep rep = REP_REF;
  il_call_core(f, CORE_LATE_SELF_ASSIGNED_ERROR, TYPE_ID_NONE, &name, &rep, 1,
               REP_REF, VREG_NONE);
  il_emit(f, OP_UNREACHABLE, 0, 0, 0);
  il_label_bind(f, fine);
  il_frame_release(f, mark);
}

FunctionId il_function_initializer(Lower *l, FieldElement *field) {
  TypedBody *body = field->initializer;
  bool is_external = (field->flags & FIELD_IS_EXTERNAL) != 0;
  if (!is_external && (!body || !body->value)) return sentinel_initializer(l);
  Fn fn, *f = &fn;
  il_function_init(f, l, NULL);
  f->id = il_builder_function_new(l->builder);
  f->body = body;
  f->owner = field->owner;
  f->unit = body && body->unit ? body->unit : field->base.unit;
  f->result_rep = il_field_rep(l, field);
  Function *head = &f->out.head;
  head->name = il_name_intern(
      l->names, il_name_public_text(l->names, field->base.name));
  head->holder = field->owner ? field->owner->id : 0;
  head->flags = CODE_IS_STATIC;
  head->type = head->result_type = il_erase(l, il_field_type(field));
  if (f->unit) head->uri = il_function_uri(l, f->unit);
  if (is_external) {
    il_native_missing(f, field->base.name, MEMBER_GETTER);
  } else {
    VReg v = il_expr_any(f, body->value, f->result_rep);
    if (field->flags & FIELD_IS_FINAL) check_still_unset(f, field, v);
    il_emit(f, OP_RETURN, v, 0, 0);
  }
  il_function_commit(f);
  return f->id;
}
