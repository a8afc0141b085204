// native.c: external members: natives (native.def) and single instructions
// (intrinsic.def), found by their mangled names. In order: mangling, tables,
// lookup, bodies.
#include "lower/lowering.h"

#define EXTERNAL_IS_OP 0x10000u

// ------------------------------------------------------------------- mangling

static const char *operator_word(Name name) {
  switch (name) {
    case NAME_op_add: return "add";
    case NAME_op_sub: return "sub";
    case NAME_op_mul: return "mul";
    case NAME_op_div: return "div";
    case NAME_op_int_div: return "tdiv";
    case NAME_op_mod: return "mod";
    case NAME_op_neg: return "neg";
    case NAME_op_and: return "and";
    case NAME_op_or: return "or";
    case NAME_op_xor: return "xor";
    case NAME_op_not: return "not";
    case NAME_op_shl: return "shl";
    case NAME_op_shr: return "shr";
    case NAME_op_ushr: return "ushr";
    case NAME_op_eq: return "eq";
    case NAME_op_lt: return "lt";
    case NAME_op_le: return "le";
    case NAME_op_gt: return "gt";
    case NAME_op_ge: return "ge";
    case NAME_op_index: return "at";
    case NAME_op_index_set: return "at_put";
    default: return NULL;
  }
}

static void mangle(Lower *l, const FunctionElement *e, TextBuilder *out) {
  Text uri = e->base.library->uri;
  if (il_text_starts_with(uri, TEXT("dart:"))) {
    uri = il_text_slice(uri, 5, uri.length);
  }
  il_text_append(out, uri);
  il_text_append_char(out, '_');
  if (e->owner) {
    il_text_append(out, il_name_public_text(l->names, e->owner->base.name));
    il_text_append_char(out, '_');
  }
  const char *word = operator_word(e->base.name);
  if (word) {
    il_text_append_string(out, word);
  } else {
    il_text_append(out, il_name_public_text(l->names, e->base.name));
  }
  if (e->function_kind == FUNCTION_SETTER) il_text_append_string(out, "_set");
}

// --------------------------------------------------------------------- tables

void il_native_init(Lower *l) {
  static const char *const natives[] = {
#define NATIVE(name) #name,
#include "code/native.def"
#undef NATIVE
      NULL};
  static const struct { const char *name; Op op; } intrinsics[] = {
#define INTRINSIC(name, op) {#name, OP_##op},
#include "code/intrinsic.def"
#undef INTRINSIC
  };
  if (!l->is_core) return;
  for (uint32_t i = 0; natives[i]; i++) {
    Name name = il_name_intern(l->names, il_text_of(natives[i]));
    il_map_put(&l->native_names, name, i);
  }
  for (uint32_t i = 0; i < IL_COUNT_OF(intrinsics); i++) {
    Name name = il_name_intern(l->names, il_text_of(intrinsics[i].name));
    il_map_put(&l->native_names, name,
               EXTERNAL_IS_OP | (uint32_t)intrinsics[i].op);
  }
}

// A user's program looks up only what it calls.
static bool find_intrinsic_text(Text text, Op *op) {
  static const struct { Text name; Op op; } intrinsics[] = {
#define INTRINSIC(name, op) {TEXT_INIT(#name), OP_##op},
#include "code/intrinsic.def"
#undef INTRINSIC
  };
  for (uint32_t i = 0; i < IL_COUNT_OF(intrinsics); i++) {
    if (!il_text_equal(intrinsics[i].name, text)) continue;
    *op = intrinsics[i].op;
    return true;
  }
  return false;
}

bool il_native_intrinsic(Lower *l, FunctionElement *e, Op *op) {
  if (!(e->flags & FUNCTION_IS_EXTERNAL) || !e->base.library->is_core) {
    return false;
  }
  uint64_t known;
  if (!il_map_find(&l->externals, il_map_key(e), &known)) {
    TextBuilder name = {0};
    Op found;
    mangle(l, e, &name);
    known = find_intrinsic_text(il_text_builder_text(&name), &found)
                ? EXTERNAL_IS_OP | (uint32_t)found
                : 0;
    il_map_put(&l->externals, il_map_key(e), known);
    il_text_builder_drop(&name);
  }
  if (!known) return false;
  *op = (Op)(known & 0xffff);
  return true;
}

// --------------------------------------------------------------------- bodies

static void lower_intrinsic(Fn *f, FunctionElement *e, Op op) {
  Lower *l = f->l;
  Signature *s = il_lower_signature(l, e);
  bool has_this = il_function_has_this(e);
  Slots slots;
  il_function_slots(l, s, has_this, false, false, &slots);
  VReg r[3] = {0, 0, 0};
  uint32_t n = 0;
  if (has_this) {
    VReg self = il_vreg(VREG_ARG, 0);
    Rep rep = il_rep(l, il_class_get(l->types->classes, e->owner->id)
                            ->this_type);
    r[n++] = il_expr_convert(f, self, REP_REF, rep, VREG_ANY);
  }
  for (uint32_t i = 0; i < s->required_count && n < 3; i++) {
    r[n++] = il_vreg(VREG_ARG, slots.slots[i]);
  }
  if (op == OP_ARRAY_SET || op == OP_RAW_ARRAY_SET) {
    il_emit_at(f, op, r[0], r[1], r[2]);
    il_emit(f, OP_RETURN_NULL, 0, 0, 0);
    return;
  }
  VReg d = il_frame_new(f, f->result_rep);
  il_emit_at(f, op, d, r[0], r[1]);
  il_emit(f, OP_RETURN, d, 0, 0);
}

// X.fromEnvironment is evaluated by the compiler, when it is constant.
static void throw_unsupported(Fn *f, Text name) {
  Lower *l = f->l;
  Text text = il_arena_format(
      &l->arena, "%.*s can only be used as a const constructor",
      TEXT_ARG(name));
  VReg r = il_frame_new(f, REP_REF);
  il_constant_load_id(f, il_constant_string(l, text), r);
  Rep rep = REP_REF;
  il_call_core(f, CORE_UNSUPPORTED_ERROR, TYPE_ID_NONE, &r, &rep, 1, REP_REF,
               r);
  il_emit_at(f, OP_THROW, r, 0, 0);
}

void il_native_missing(Fn *f, Name name, MemberKind kind) {
  Lower *l = f->l;
  Text text = il_name_text(l->names, name);
  if (kind == MEMBER_SETTER) {
    text = il_arena_format(&l->arena, "%.*s=", TEXT_ARG(text));
  }
  Constant symbol = {.kind = CONSTANT_SYMBOL, .type = TYPE_ID_SYMBOL,
                     .name = il_name_intern(l->names, text)};
  VReg args[6];
  Rep reps[6] = {REP_REF, REP_INT, REP_REF, REP_REF, REP_REF, REP_REF};
  for (uint32_t i = 0; i < 6; i++) args[i] = il_frame_new(f, reps[i]);
  il_constant_load(f, &symbol, REP_REF, args[0]);
  il_emit_int(f, args[1], kind == MEMBER_GETTER   ? 1
                          : kind == MEMBER_SETTER ? 2
                                                  : 0);
  for (uint32_t i = 2; i < 6; i++) il_emit_ai(f, OP_NEW_ARRAY, args[i], 0);
  VReg pair[2] = {il_frame_new(f, REP_REF), il_frame_new(f, REP_REF)};
  Rep refs[2] = {REP_REF, REP_REF};
  il_call_core(f, CORE_MAKE_INVOCATION, TYPE_ID_NONE, args, reps, 6, REP_REF,
               pair[1]);
  // A missing noSuchMethod must not be asked about itself.
  if (f->this_reg != VREG_NONE && name != NAME_noSuchMethod) {
    il_emit_move(f, pair[0], f->this_reg);
  } else {
    il_emit(f, OP_LOAD_NULL, pair[0], 0, 0);
  }
  il_call_core(f, CORE_NO_SUCH_METHOD, TYPE_ID_NONE, pair, refs, 2, REP_REF,
               pair[0]);
  il_emit(f, OP_UNREACHABLE, 0, 0, 0);
}

// The name that a host registers it by: "add", "C.add", "value=".
static Text host_name(Lower *l, const FunctionElement *e) {
  Text name = il_name_public_text(l->names, e->base.name);
  bool is_setter = e->function_kind == FUNCTION_SETTER;
  if (!e->owner) {
    return il_arena_format(&l->arena, "%.*s%s", TEXT_ARG(name),
                           is_setter ? "=" : "");
  }
  Text owner = il_name_public_text(l->names, e->owner->base.name);
  return il_arena_format(&l->arena, "%.*s.%.*s%s", TEXT_ARG(owner),
                         TEXT_ARG(name), is_setter ? "=" : "");
}

// An external member of a user's program, in a host that has natives.
static void lower_host_native(Fn *f, FunctionElement *e) {
  Lower *l = f->l;
  const SemaOptions *options = &l->sema->options;
  Text name = host_name(l, e);
  int32_t id = options->find_native(options->read_context,
                                    e->base.library->uri, name);
  bool has_form = !il_function_has_this(e) &&
                  e->function_kind != FUNCTION_FACTORY &&
                  il_member_signature(e)->type_param_count == 0;
  if (id < 0 || !has_form) {
    uint32_t start = e->base.node ? e->base.node->start : 0;
    uint32_t end = e->base.node ? e->base.node->end : 0;
    const Source *source = e->base.unit ? &e->base.unit->source : NULL;
    il_diagnostic_error(l->sema->diagnostics, source, start, end,
                        id < 0 ? DIAG_NATIVE_UNBOUND : DIAG_NATIVE_FORM, name);
    il_emit(f, OP_UNREACHABLE, 0, 0, 0);
    return;
  }
  f->out.head.flags |= CODE_IS_NATIVE;
  f->out.head.native = (NativeId)id;
  il_emit(f, OP_NATIVE, 0, 0, (uint32_t)id);
}

void il_native_lower(Lower *l, FunctionElement *e) {
  Fn fn, *f = &fn;
  il_function_begin(f, l, e);
  TextBuilder name = {0};
  mangle(l, e, &name);
  uint64_t known;
  Name mangled = il_name_find(l->names, il_text_builder_text(&name));
  bool is_constant_only = e->base.name == NAME_fromEnvironment ||
                          e->base.name == NAME_hasEnvironment;
  Text plain = il_name_public_text(l->names, e->base.name);
  bool is_closed = e->function_kind == FUNCTION_FACTORY &&
                   il_text_equal(plain, TEXT("_"));
  if (!l->is_core && l->sema->options.find_native) {
    lower_host_native(f, e);
  } else if (!l->is_core) {
    il_native_missing(f, e->base.name, (MemberKind)f->out.head.member_kind);
  } else if (is_constant_only) {
    throw_unsupported(f, plain);
  } else if (is_closed) {
    // It keeps others from making instances; nobody calls it.
    il_emit(f, OP_UNREACHABLE, 0, 0, 0);
  } else if (!mangled || !il_map_find(&l->native_names, mangled, &known)) {
    Text text = il_arena_copy_text(&l->arena, il_text_builder_text(&name));
    il_lower_fail(l, e->base.unit, e->base.node ? e->base.node->start : 0,
                  il_arena_format(&l->arena, "the external member %.*s",
                                  TEXT_ARG(text)).bytes);
  } else if (known & EXTERNAL_IS_OP) {
    lower_intrinsic(f, e, (Op)(known & 0xffff));
  } else {
    f->out.head.flags |= CODE_IS_NATIVE;
    f->out.head.native = (NativeId)known;
    il_emit(f, OP_NATIVE, 0, 0, (uint32_t)known);
  }
  il_text_builder_drop(&name);
  il_function_commit(f);
}
