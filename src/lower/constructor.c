// constructor.c: making instances: new, the phases of a generative
// constructor, fields, and the fields of mixins.
//
// `new C(...)` is NEW, the type vector, then a call of the constructor's code
// with the instance as `this`. The fields of a mixin are set by a function of
// the mixin, "<fields>", which the constructors of its applications call.
#include "lower/lowering.h"

// --------------------------------------------------------------------- fields

static bool is_late(const FieldElement *field) {
  return (field->flags & FIELD_IS_LATE) != 0;
}

Rep il_field_rep(Lower *l, FieldElement *field) {
  bool has_sentinel =
      is_late(field) && (!(field->flags & FIELD_IS_STATIC) ||
                         !(field->flags & FIELD_HAS_INITIALIZER));
  return has_sentinel ? REP_REF : il_rep(l, il_field_type(field));
}

bool il_field_is_direct(Fn *f, FieldElement *field, bool receiver_is_this) {
  ClassElement *owner = field->owner;
  if (field->flags & (FIELD_IS_ABSTRACT | FIELD_IS_EXTERNAL)) return false;
  if (!owner || owner->id >= f->l->class_count) return false;
  if (!f->l->classes[owner->id].is_mixin) return true;
  return receiver_is_this && f->is_holder_relative && f->owner == owner &&
         !f->outer;
}

uint32_t il_field_word(Fn *f, FieldElement *field, bool *relative) {
  Lower *l = f->l;
  *relative = l->classes[field->owner->id].is_mixin;
  if (*relative) return field->code_index;
  const ClassCode *code = il_class_code(l, field->owner->id);
  return code->field_base - 1u + field->code_index;
}

void il_field_store(Fn *f, VReg object, FieldElement *field, VReg value,
                    Rep rep) {
  bool relative;
  uint32_t word = il_field_word(f, field, &relative);
  bool is_ref = rep == REP_REF;
  Op op = relative ? (is_ref ? OP_SET_FIELD_HOLDER_REF
                             : OP_SET_FIELD_HOLDER_RAW)
                   : (is_ref ? OP_SET_FIELD_REF : OP_SET_FIELD_RAW);
  il_emit(f, op, object, word, value);
}

VReg il_field_load(Fn *f, VReg object, FieldElement *field, Rep rep, VReg want,
                   bool is_this) {
  if (!il_field_is_direct(f, field, is_this)) {
    return il_call_member(f, field->getter, object, NULL, NULL, 0, rep, want);
  }
  Rep own = il_field_rep(f->l, field);
  bool relative;
  uint32_t word = il_field_word(f, field, &relative);
  Op op = relative ? OP_GET_FIELD_HOLDER : OP_GET_FIELD;
  if (!is_late(field)) {
    VReg d = il_expr_target(f, rep, want, own);
    il_emit(f, op, d, object, word);
    if (own == REP_REF) {
      il_expr_assert(f, d, il_field_type(field), field->base.name);
    }
    return d == want ? d : il_expr_convert(f, d, own, rep, want);
  }
  il_frame_hold(f, object);
  FrameMark mark = il_frame_mark(f);
  VReg d = il_frame_new(f, REP_REF);
  Label unset = il_label_new(f), done = il_label_new(f);
  il_emit(f, op, d, object, word);
  il_emit_branch(f, OP_JUMP_SENTINEL, d, 0, unset);
  il_emit_jump(f, done);
  il_label_bind(f, unset);
  il_call_member(f, field->getter, object, NULL, NULL, 0, REP_REF, d);
  il_label_bind(f, done);
  il_frame_release(f, mark);
  il_frame_hold(f, d);
  return il_expr_convert(f, d, REP_REF, rep, want);
}

// ------------------------------------------------------------------------ new

void il_constructor_allocate(Fn *f, TypeId type, VReg d) {
  Lower *l = f->l;
  TypeId erased = il_erase(l, type);
  ClassId id = il_type_get(l->types->types, erased)->head;
  const ClassCode *code = il_class_code(l, id);
  il_emit_line(f);
  il_emit_ai(f, OP_NEW, d, (int32_t)id);
  if (!code || code->vector_count == 0) return;
  FrameMark mark = il_frame_mark(f);
  VReg v = il_expr_type(f, il_class_vector(l, erased), VREG_ANY);
  il_emit(f, OP_SET_VECTOR, d, v, 0);
  il_frame_release(f, mark);
}

// The arguments of an instance's type as those of its class, for extension
// types: their constructors take the type arguments.
static TypeId type_arguments(Lower *l, TypeId type) {
  const Type *t = il_type_get(l->types->types, type);
  if (t->count == 0) return TYPE_ID_NONE;
  return il_type_vector(l->types->types, t->items, t->count);
}

VReg il_constructor_new(Fn *f, TypedNew *e, Rep rep, VReg want) {
  Lower *l = f->l;
  FunctionElement *ctor = e->constructor;
  if (ctor->owner->class_kind == CLASS_KIND_EXTENSION_TYPE) {
    TypedArguments a = e->arguments;
    a.vector = type_arguments(l, e->base.type);
    return il_call_direct(f, ctor, VREG_NONE, &a, rep, want);
  }
  VReg d = il_frame_early(f, rep == REP_REF ? want : VREG_ANY, REP_REF);
  FrameMark mark = il_frame_mark(f);
  il_constructor_allocate(f, e->base.type, d);
  f->offset = e->base.offset;
  il_call_direct(f, ctor, d, &e->arguments, REP_REF, VREG_NONE);
  il_frame_release(f, mark);
  if (want == VREG_NONE || d == want) return d;
  return il_expr_convert(f, d, REP_REF, rep, want);
}

// ------------------------------------------------------------ field functions

static bool is_own_slot(const FieldElement *field) {
  return !(field->flags &
           (FIELD_IS_STATIC | FIELD_IS_ABSTRACT | FIELD_IS_EXTERNAL));
}

static void set_late_fields(Fn *f, ClassElement *c) {
  for (uint32_t i = 0; i < c->fields.count; i++) {
    FieldElement *field = c->fields.items[i];
    if (!is_own_slot(field) || !is_late(field)) continue;
    FrameMark mark = il_frame_mark(f);
    VReg r = il_frame_new(f, REP_REF);
    il_emit(f, OP_LOAD_SENTINEL, r, 0, 0);
    il_field_store(f, f->this_reg, field, r, REP_REF);
    il_frame_release(f, mark);
  }
}

static bool needs_init(const ClassElement *mixin) {
  for (uint32_t i = 0; i < mixin->fields.count; i++) {
    const FieldElement *field = mixin->fields.items[i];
    if (!is_own_slot(field)) continue;
    if (is_late(field) || (field->flags & FIELD_HAS_INITIALIZER)) return true;
  }
  return false;
}

static Name fields_name(Lower *l) {
  return il_name_intern(l->names, TEXT("<fields>"));
}

// In a core class's table of members.
static FunctionId find_core_init(Lower *l, ClassElement *mixin) {
  const ClassCode *code = il_class_code(l, mixin->id);
  if (!code || !code->members) return 0;
  const CodeMember *members = IL_REL(const CodeMember, code->members);
  Name name = fields_name(l);
  for (uint32_t i = 0; i < code->member_count; i++) {
    if (members[i].name == name) return members[i].function;
  }
  return 0;
}

FunctionId il_constructor_mixin_init(Lower *l, ClassElement *c) {
  ClassElement *mixin = c->mixin ? c->mixin : c;
  uint64_t known;
  if (il_map_find(&l->mixin_inits, il_map_key(c), &known)) {
    return (FunctionId)known;
  }
  FunctionId id = 0;
  if (!l->classes[mixin->id].is_own) {
    if (!c->mixin) return find_core_init(l, mixin);
    if (find_core_init(l, mixin)) id = il_builder_function_new(l->builder);
  } else if (needs_init(mixin)) {
    id = il_builder_function_new(l->builder);
  }
  if (id && c->mixin) {
    MixedFunction m = {NULL, c, id};
    il_vec_push(&l->mixed, m);
  }
  il_map_put(&l->mixin_inits, il_map_key(c), id);
  return id;
}

void il_constructor_lower_mixin_init(Lower *l, ClassElement *mixin) {
  FunctionId id = il_constructor_mixin_init(l, mixin);
  if (!id) return;
  Fn fn, *f = &fn;
  il_function_init(f, l, NULL);
  f->id = id;
  f->owner = mixin;
  f->unit = mixin->base.unit;
  f->ref_args = 1;
  f->this_reg = il_vreg(VREG_ARG, 0);
  f->class_vector = VREG_ANY;
  f->class_base = 0xffffffff;
  f->is_holder_relative = true;
  f->out.head.flags = CODE_IS_HOLDER_RELATIVE | CODE_IS_INVISIBLE;
  f->out.head.name = fields_name(l);
  f->out.head.holder = mixin->id;
  f->out.head.type = TYPE_ID_FUNCTION;
  f->out.head.result_type = TYPE_ID_VOID;
  set_late_fields(f, mixin);
  for (uint32_t i = 0; i < mixin->fields.count; i++) {
    FieldElement *field = mixin->fields.items[i];
    if (!is_own_slot(field) || is_late(field)) continue;
    if (!field->initializer || !field->initializer->value) continue;
    FrameMark mark = il_frame_mark(f);
    Rep rep = il_field_rep(l, field);
    f->body = field->initializer;
    VReg v = il_expr_any(f, field->initializer->value, rep);
    il_field_store(f, f->this_reg, field, v, rep);
    il_frame_release(f, mark);
  }
  f->body = NULL;
  il_emit(f, OP_RETURN_NULL, 0, 0, 0);
  f->mixed_key = mixin;
  il_function_commit(f);
}

// ---------------------------------------------------------------- constructors

void il_constructor_prologue(Fn *f) {
  ClassElement *c = f->owner;
  if (c->mixin) {
    FunctionId id = il_constructor_mixin_init(f->l, c);
    if (id) {
      il_emit_move(f, il_out(f, 0), f->this_reg);
      il_emit_at(f, OP_CALL, il_out(f, 0), 0, id);
    }
    return;
  }
  set_late_fields(f, c);
}

// Object's constructor, and others without code, need no call.
static bool is_empty(Lower *l, const FunctionElement *ctor) {
  (void)l;
  return ctor->owner->id == CLASS_OBJECT;
}

void il_constructor_invoke(Fn *f, TypedConstructorInvoke *s) {
  Lower *l = f->l;
  if (s->constructor->owner->class_kind == CLASS_KIND_EXTENSION_TYPE) {
    TypedArguments a = s->arguments;
    a.vector = type_arguments(l, s->supertype);
    FrameMark mark = il_frame_mark(f);
    Rep rep = il_function_result_rep(l, s->constructor);
    VReg v = il_call_direct(f, s->constructor, VREG_NONE, &a, rep, VREG_ANY);
    il_local_bind(f, f->body->receiver, v, rep);
    il_frame_release(f, mark);
    return;
  }
  if (is_empty(l, s->constructor)) return;
  FrameMark mark = il_frame_mark(f);
  il_call_direct(f, s->constructor, f->this_reg, &s->arguments, REP_REF,
                 VREG_NONE);
  il_frame_release(f, mark);
}

void il_constructor_field_init(Fn *f, TypedFieldInit *s) {
  FrameMark mark = il_frame_mark(f);
  FieldElement *field = s->field;
  if (field->owner->class_kind == CLASS_KIND_EXTENSION_TYPE) {
    LocalVar *v = f->body->receiver;
    Rep rep = il_local_rep(f->l, v);
    VReg value = il_expr_any(f, s->value, rep);
    il_local_bind(f, v, value, rep);
  } else {
    Rep rep = il_field_rep(f->l, field);
    VReg value = il_expr_any(f, s->value, rep);
    f->offset = s->base.offset;
    il_field_store(f, f->this_reg, field, value, rep);
  }
  il_frame_release(f, mark);
}
