// infer_member.c: what `receiver.name` means, and reading and writing it.
//
// Lookup goes by the receiver's static type: its interface first, then the
// extensions in scope.  An interface that has a member of the same basename (a
// getter for a setter, too) hides all extensions.

#include "sema/infer_internal.h"

// ------------------------------------------------------------------- lookup

TypeId il_infer_apply_vector(InferContext *f, ClassElement *c, TypeId type,
                             TypeId vector) {
  uint32_t count = c->type_params.count;
  if (count == 0 || vector == TYPE_ID_NONE) return type;
  const Type *v = il_type_get(f->types, vector);
  TypeParamId *params = IL_NEW_ARRAY(f->arena, TypeParamId, count);
  TypeId *args = IL_NEW_ARRAY(f->arena, TypeId, count);
  for (uint32_t i = 0; i < count; i++) {
    params[i] = c->type_params.items[i]->id;
    args[i] = i < v->count ? v->items[i] : TYPE_ID_DYNAMIC;
  }
  return il_type_substitute(f->types, type, params, args, count);
}

// The value's, argument's or function's type of a member whose function type
// is given.
static TypeId use_type(InferContext *f, FunctionElement *function,
                       TypeId type) {
  if (il_type_get(f->types, type)->kind != TYPE_FUNCTION) return type;
  if (function->function_kind == FUNCTION_GETTER) {
    return il_type_function_result(f->types, type);
  }
  if (function->function_kind == FUNCTION_SETTER) {
    if (il_type_function_positional_count(f->types, type) == 0) {
      return TYPE_ID_INVALID;
    }
    return il_type_function_positional(f->types, type, 0);
  }
  return type;
}

void il_infer_extension_member(InferContext *f, FunctionElement *function,
                               TypeId vector, Member *out) {
  ClassElement *c = function->owner;
  out->kind = MEMBER_EXTENSION;
  out->function = function;
  out->vector = vector;
  out->receiver = TYPE_ID_NONE;
  TypeId type = il_member_signature(function)->type;
  type = il_infer_apply_vector(f, c, type, vector);
  out->type = use_type(f, function, type);
  if (c->class_kind == CLASS_KIND_EXTENSION_TYPE && c->representation &&
      function == c->representation->getter) {
    out->kind = MEMBER_REPRESENTATION;
  }
}

// The type arguments of an interface type as a vector, NONE when it has none.
static TypeId vector_of(InferContext *f, TypeId interface) {
  const Type *t = il_type_get(f->types, interface);
  if (t->kind != TYPE_INTERFACE || t->count == 0) return TYPE_ID_NONE;
  return il_type_vector(f->types, t->items, t->count);
}

static bool find_in_class(InferContext *f, TypeId type, Name name, bool setter,
                          Member *out) {
  ClassElement *c = il_infer_class_of(f, type);
  if (!c) return false;
  FunctionElement *function = il_class_find_member(c, name, setter);
  if (!function) return false;
  if (function->owner && (function->flags & FUNCTION_IS_EXTENSION)) {
    TypeId seen = type;
    if (function->owner != c) {
      seen =
          il_class_as_instance_of(f->type_context, type, function->owner->id);
    }
    il_infer_extension_member(f, function, vector_of(f, seen), out);
    out->receiver = seen;
    return true;
  }
  out->kind = MEMBER_INSTANCE;
  out->function = function;
  out->receiver = type;
  out->type = use_type(f, function, il_member_type(function, type));
  return true;
}

static bool find_in_object(InferContext *f, Name name, bool setter,
                           Member *out) {
  return find_in_class(f, TYPE_ID_OBJECT, name, setter, out);
}

static bool find_in_record(InferContext *f, TypeId type, Name name,
                           Member *out) {
  int32_t index = il_type_record_find(f->types, type, name);
  if (index < 0) return false;
  out->kind = MEMBER_RECORD;
  out->index = (uint32_t)index;
  out->type = il_type_get(f->types, type)->items[index];
  out->receiver = type;
  return true;
}

// A member of the interface of a type that is not nullable.
static bool find_in_interface(InferContext *f, TypeId type, Name name,
                              bool setter, Member *out) {
  type = il_infer_resolve_bound(f, type);
  const Type *t = il_type_get(f->types, type);
  switch (t->kind) {
    case TYPE_INTERFACE:
      if (type == TYPE_ID_FUNCTION && name == NAME_call && !setter) {
        out->kind = MEMBER_CALL;
        out->type = TYPE_ID_NONE;
        return true;
      }
      return find_in_class(f, type, name, setter, out);
    case TYPE_FUNCTION:
      if (name == NAME_call && !setter) {
        out->kind = MEMBER_CALL;
        out->type = type;
        return true;
      }
      return find_in_class(f, TYPE_ID_FUNCTION, name, setter, out);
    case TYPE_RECORD:
      if (!setter && find_in_record(f, type, name, out)) return true;
      return find_in_class(f, TYPE_ID_RECORD, name, setter, out);
    case TYPE_FUTURE_OR:
      return find_in_object(f, name, setter, out);
    default:
      return false;
  }
}

// --------------------------------------------------------------- extensions

bool il_infer_match_extension(InferContext *f, ClassElement *extension,
                              TypeId type, TypeId *vector, TypeId *on) {
  il_class_require(extension, STAGE_SUPERS);
  uint32_t count = extension->type_params.count;
  *vector = TYPE_ID_NONE;
  *on = extension->extended;
  if (*on == TYPE_ID_INVALID || *on == TYPE_ID_NONE) return false;
  if (count == 0) return il_infer_is_subtype(f, type, *on);
  TypeParamId *params = IL_NEW_ARRAY(f->arena, TypeParamId, count);
  TypeParamId *own = IL_NEW_ARRAY(f->arena, TypeParamId, count);
  for (uint32_t i = 0; i < count; i++) {
    own[i] = params[i] = extension->type_params.items[i]->id;
  }
  // Inside the extension itself the receiver may mention its parameters.
  if (il_type_get(f->types, type)->flags & TYPE_HAS_FUNCTION_PARAM) {
    TypeFunctionParts parts = {
        .result = *on, .type_params = own, .type_param_count = count};
    TypeId opened = il_type_function(f->types, &parts);
    opened = il_type_function_open(f->types, opened, params);
    *on = il_type_function_result(f->types, opened);
  }
  TypeConstraints *k = il_constraint_new(f->type_context, params, count);
  TypeId *args = IL_NEW_ARRAY(f->arena, TypeId, count);
  bool matches = il_constraint_match(k, type, *on);
  if (matches) il_constraint_solve(k, true, args);
  il_constraint_free(k);
  if (!matches) return false;
  *vector = il_type_vector(f->types, args, count);
  *on = il_infer_apply_vector(f, extension, extension->extended, *vector);
  for (uint32_t i = 0; i < count; i++) {
    TypeId bound = il_type_param_get(f->types, own[i])->bound;
    if (bound == TYPE_ID_NONE) continue;
    bound = il_infer_apply_vector(f, extension, bound, *vector);
    if (!il_infer_is_subtype(f, args[i], bound)) return false;
  }
  return il_infer_is_subtype(f, type, *on);
}

// The on type with the extension's parameters at their bounds.
static TypeId on_at_bounds(InferContext *f, ClassElement *extension) {
  uint32_t count = extension->type_params.count;
  if (count == 0) return extension->extended;
  TypeId *args = IL_NEW_ARRAY(f->arena, TypeId, count);
  for (uint32_t i = 0; i < count; i++) {
    const TypeParam *p =
        il_type_param_get(f->types, extension->type_params.items[i]->id);
    args[i] = p->default_type;
    if (args[i] != TYPE_ID_NONE) continue;
    args[i] = p->bound;
    if (args[i] == TYPE_ID_NONE || args[i] == TYPE_ID_OBJECT_NULLABLE) {
      args[i] = TYPE_ID_DYNAMIC;
    }
  }
  TypeId *dynamic = IL_NEW_ARRAY(f->arena, TypeId, count);
  for (uint32_t i = 0; i < count; i++) dynamic[i] = TYPE_ID_DYNAMIC;
  TypeId none = il_type_vector(f->types, dynamic, count);
  for (uint32_t i = 0; i < count; i++) {
    args[i] = il_infer_apply_vector(f, extension, args[i], none);
  }
  return il_infer_apply_vector(f, extension, extension->extended,
                               il_type_vector(f->types, args, count));
}

typedef struct {
  ClassElement *extension;
  FunctionElement *function;
  TypeId vector, on;
} Candidate;

static bool is_more_specific(InferContext *f, const Candidate *a,
                             const Candidate *b) {
  bool a_core = a->extension->base.library->is_core;
  bool b_core = b->extension->base.library->is_core;
  if (a_core != b_core) return b_core;
  if (!il_infer_is_subtype(f, a->on, b->on)) return false;
  if (!il_infer_is_subtype(f, b->on, a->on)) return true;
  TypeId a_bound = on_at_bounds(f, a->extension);
  TypeId b_bound = on_at_bounds(f, b->extension);
  return il_infer_is_subtype(f, a_bound, b_bound) &&
         !il_infer_is_subtype(f, b_bound, a_bound);
}

static bool find_in_extensions(InferContext *f, TypeId type, Name name,
                               bool setter, Member *out) {
  const Classes *extensions = il_library_extensions(f->library);
  IL_VEC(Candidate) found = {0};
  for (uint32_t i = 0; i < extensions->count; i++) {
    ClassElement *e = extensions->items[i];
    FunctionElement *function = il_class_find_declared(e, name, setter);
    FunctionElement *other = il_class_find_declared(e, name, !setter);
    if (!function && !other) continue;
    Candidate c = {.extension = e, .function = function};
    if (!il_infer_match_extension(f, e, type, &c.vector, &c.on)) continue;
    il_vec_push(&found, c);
  }
  const Candidate *best = NULL;
  for (uint32_t i = 0; i < found.count && !best; i++) {
    best = &found.items[i];
    for (uint32_t j = 0; j < found.count && best; j++) {
      if (j != i && !is_more_specific(f, best, &found.items[j])) best = NULL;
    }
  }
  bool any = found.count > 0;
  if (best && best->function) {
    il_infer_extension_member(f, best->function, best->vector, out);
  } else if (best) {
    any = false;
  } else if (any) {
    out->kind = MEMBER_AMBIGUOUS;
  }
  il_vec_drop(&found);
  return any;
}

// ------------------------------------------------------------------ entries

// Whether the interface declares the name in the other direction, which hides
// extensions.
static bool has_basename(InferContext *f, TypeId type, Name name, bool setter) {
  Member m = {0};
  return find_in_interface(f, type, name, !setter, &m);
}

void il_infer_find_member(InferContext *f, TypeId type, Name name, bool setter,
                          Member *out) {
  memset(out, 0, sizeof(*out));
  // Extensions see the type as it is written, members that of its bound.
  TypeId written = type;
  type = il_infer_resolve_bound(f, type);
  switch (il_type_get(f->types, type)->kind) {
    case TYPE_INVALID:
    case TYPE_NONE:
    case TYPE_UNKNOWN:
      out->kind = MEMBER_INVALID;
      return;
    case TYPE_NEVER:
      if (find_in_object(f, name, setter, out)) return;
      out->kind = MEMBER_NEVER;
      out->type = TYPE_ID_NEVER;
      return;
    case TYPE_DYNAMIC:
      if (find_in_object(f, name, setter, out)) return;
      out->kind = MEMBER_DYNAMIC;
      out->type = TYPE_ID_DYNAMIC;
      return;
    case TYPE_VOID:
      return;
    default:
      break;
  }
  bool is_nullable = !il_type_is_non_nullable(f->type_context, type);
  if (is_nullable) {
    const Type *t = il_type_get(f->types, type);
    bool is_extension_type = false;
    if (t->kind == TYPE_INTERFACE && !t->nullable) {
      is_extension_type = (il_class_get(f->sema->class_table, t->head)->flags &
                           CLASS_IS_EXTENSION_TYPE) != 0;
    }
    if (is_extension_type) {
      if (find_in_class(f, type, name, setter, out)) return;
    }
    if (find_in_object(f, name, setter, out)) return;
    if (find_in_extensions(f, written, name, setter, out)) return;
    Member inner;
    TypeId non_null = il_type_non_null(f->types, type);
    if (is_extension_type || non_null == type) return;
    il_infer_find_member(f, non_null, name, setter, &inner);
    if (inner.kind != MEMBER_NONE && inner.kind != MEMBER_NEVER) {
      *out = inner;
      out->kind = MEMBER_NULLABLE;
    }
    return;
  }
  if (find_in_interface(f, type, name, setter, out)) return;
  if (has_basename(f, type, name, setter)) return;
  find_in_extensions(f, written, name, setter, out);
}

TypedExpr *il_infer_report_member(InferContext *f, const Member *m, TypeId type,
                                  Name name, MemberUse use,
                                  const TreeNode *node) {
  static const DiagnosticCode missing[] = {
      DIAG_UNDEFINED_GETTER, DIAG_UNDEFINED_SETTER, DIAG_UNDEFINED_METHOD,
      DIAG_UNDEFINED_OPERATOR};
  if (m->kind == MEMBER_INVALID || type == TYPE_ID_INVALID) {
    return il_infer_invalid(f, node->start);
  }
  Text text = il_infer_name_text(f, name);
  if (name == NAME_op_neg) text = TEXT("-");
  Text type_text = il_infer_type_text(f, type);
  if (type == TYPE_ID_VOID) {
    il_infer_error(f, node, DIAG_USE_OF_VOID);
  } else if (m->kind == MEMBER_AMBIGUOUS) {
    il_infer_error(f, node, DIAG_AMBIGUOUS_EXTENSION, text, type_text);
  } else if (m->kind == MEMBER_NULLABLE) {
    bool is_call = use == USE_METHOD || use == USE_OPERATOR;
    il_infer_error(f, node, is_call ? DIAG_NULLABLE_CALL : DIAG_NULLABLE_GET,
                   text, type_text);
  } else {
    il_infer_error(f, node, missing[use], text, type_text);
  }
  return il_infer_invalid(f, node->start);
}

// --------------------------------------------------------- covariance checks

// Whether a class's type parameter is mentioned in `type` at a place that is
// not covariant.  Types nest to a bounded depth.
bool il_infer_mentions(InferContext *f, TypeId type, bool is_contra) {
  const Type *t = il_type_get(f->types, type);
  if (!(t->flags & TYPE_HAS_CLASS_PARAM)) return false;
  if (t->kind == TYPE_PARAM) return is_contra;
  if (t->kind != TYPE_FUNCTION) {
    for (uint32_t i = 0; i < t->count; i++) {
      if (il_infer_mentions(f, t->items[i], is_contra)) return true;
    }
    return false;
  }
  const TypeShape *shape = il_type_shape_get(f->types, t);
  if (il_infer_mentions(f, t->items[0], is_contra)) return true;
  for (uint32_t i = 1; i < t->count; i++) {
    if (i <= shape->type_param_count) {
      // Bounds are invariant: any mention counts.
      const Type *bound = il_type_get(f->types, t->items[i]);
      if (bound->flags & TYPE_HAS_CLASS_PARAM) return true;
    } else if (il_infer_mentions(f, t->items[i], !is_contra)) {
      return true;
    }
  }
  return false;
}

// The value's type is only hoped for: what the member gives is any object.
static TypedExpr *check_value(InferContext *f, TypedExpr *value) {
  TypeId type = value->type;
  value->type = TYPE_ID_OBJECT_NULLABLE;
  return il_infer_downcast(f, value, type, AS_DOWNCAST);
}

TypedExpr *il_infer_check_covariant(InferContext *f, TypedExpr *value,
                                    FunctionElement *member) {
  ClassElement *c = member->owner;
  if (!c || c->type_params.count == 0) return value;
  if (member->flags & (FUNCTION_IS_STATIC | FUNCTION_IS_EXTENSION)) {
    return value;
  }
  TypeId declared = il_member_signature(member)->result;
  if (declared == TYPE_ID_NONE || !il_infer_mentions(f, declared, false)) {
    return value;
  }
  return check_value(f, value);
}

// A method torn off whose type parameters are bounded by those of its class:
// a subclass's type arguments may make the bounds others.
static TypedExpr *check_bounds(InferContext *f, TypedExpr *value,
                               FunctionElement *member) {
  const Signature *s = il_member_signature(member);
  for (uint32_t i = 0; i < s->type_param_count; i++) {
    TypeId bound = il_type_param_get(f->types, s->type_params[i]->id)->bound;
    if (il_type_get(f->types, bound)->flags & TYPE_HAS_CLASS_PARAM) {
      return check_value(f, value);
    }
  }
  return il_infer_check_covariant(f, value, member);
}

// --------------------------------------------------------- reading, writing

static TypedArguments one_argument(InferContext *f, TypedExpr *e) {
  TypedArguments arguments = {0};
  arguments.positional.items = IL_NEW_ARRAY(f->arena, TypedExpr *, 1);
  arguments.positional.items[0] = e;
  arguments.positional.count = 1;
  return arguments;
}

static TypedExpr *get_instance(InferContext *f, TypedExpr *receiver,
                               const Member *m, const TreeNode *node) {
  if (m->function->function_kind != FUNCTION_GETTER) {
    TypedInstanceTearOff *e = NEW_EXPR(
        f, INSTANCE_TEAR_OFF, TypedInstanceTearOff, node->start, m->type);
    e->receiver = receiver;
    e->target = m->function;
    if (receiver->kind == EXPR_THIS) return &e->base;
    return check_bounds(f, &e->base, m->function);
  }
  TypedInstanceCall *e =
      NEW_EXPR(f, INSTANCE_CALL, TypedInstanceCall, node->start, m->type);
  e->receiver = receiver;
  e->target = m->function;
  if (receiver->kind == EXPR_THIS) return &e->base;
  return il_infer_check_covariant(f, &e->base, m->function);
}

static TypedExpr *get_extension(InferContext *f, TypedExpr *receiver,
                                const Member *m, const TreeNode *node) {
  if (m->function->function_kind != FUNCTION_GETTER) {
    return il_infer_extension_tear_off(f, receiver, m, node);
  }
  TypedStaticCall *e =
      NEW_EXPR(f, STATIC_CALL, TypedStaticCall, node->start, m->type);
  e->target = m->function;
  e->arguments = one_argument(f, receiver);
  e->arguments.vector = m->vector;
  il_infer_use_type(f, m->vector);
  return &e->base;
}

TypedExpr *il_infer_get_member(InferContext *f, TypedExpr *receiver,
                               const Member *m, Name name,
                               const TreeNode *node) {
  switch (m->kind) {
    case MEMBER_INSTANCE:
      return get_instance(f, receiver, m, node);
    case MEMBER_EXTENSION:
      return get_extension(f, receiver, m, node);
    case MEMBER_NEVER:
      return receiver;
    case MEMBER_CALL:
      return receiver;
    case MEMBER_RECORD: {
      TypedRecordGet *e =
          NEW_EXPR(f, RECORD_GET, TypedRecordGet, node->start, m->type);
      e->record = receiver;
      e->index = m->index;
      return &e->base;
    }
    case MEMBER_REPRESENTATION: {
      TypedFieldGet *e =
          NEW_EXPR(f, FIELD_GET, TypedFieldGet, node->start, m->type);
      e->receiver = receiver;
      e->field = m->function->owner->representation;
      return &e->base;
    }
    case MEMBER_DYNAMIC: {
      TypedDynamicCall *e = NEW_EXPR(f, DYNAMIC_CALL, TypedDynamicCall,
                                     node->start, TYPE_ID_DYNAMIC);
      e->receiver = receiver;
      e->dynamic_kind = DYNAMIC_GETTER;
      e->name = name;
      return &e->base;
    }
    default:
      return il_infer_report_member(f, m, receiver->type, name, USE_GETTER,
                                    node);
  }
}

TypedExpr *il_infer_get(InferContext *f, TypedExpr *receiver, Name name,
                        const TreeNode *node) {
  Member m;
  il_infer_find_member(f, receiver->type, name, false, &m);
  return il_infer_get_member(f, receiver, &m, name, node);
}

// A static setter call whose value is the argument.
static TypedExpr *set_extension(InferContext *f, TypedExpr *receiver,
                                const Member *m, TypedExpr *value,
                                const TreeNode *node) {
  LocalVar *first, *second;
  TypedExpr *held = il_infer_hold(f, receiver, &first);
  TypedExpr *held_value = il_infer_hold(f, value, &second);
  TypedStaticCall *e =
      NEW_EXPR(f, STATIC_CALL, TypedStaticCall, node->start, TYPE_ID_VOID);
  e->target = m->function;
  e->arguments.positional.items = IL_NEW_ARRAY(f->arena, TypedExpr *, 2);
  e->arguments.positional.items[0] = held;
  e->arguments.positional.items[1] = held_value;
  e->arguments.positional.count = 2;
  e->arguments.vector = m->vector;
  il_infer_use_type(f, m->vector);
  TypedExpr *after = il_infer_after(f, &e->base, held_value);
  after = il_infer_release(f, second, value, after);
  return il_infer_release(f, first, receiver, after);
}

TypedExpr *il_infer_set_member(InferContext *f, TypedExpr *receiver,
                               const Member *m, Name name, TypedExpr *value,
                               const TreeNode *node) {
  switch (m->kind) {
    case MEMBER_INSTANCE: {
      value = il_infer_coerce(f, value, m->type, node);
      TypedInstanceCall *e = NEW_EXPR(f, INSTANCE_CALL, TypedInstanceCall,
                                      node->start, value->type);
      e->receiver = receiver;
      e->target = m->function;
      e->arguments = one_argument(f, value);
      return &e->base;
    }
    case MEMBER_EXTENSION:
      value = il_infer_coerce(f, value, m->type, node);
      return set_extension(f, receiver, m, value, node);
    case MEMBER_NEVER:
      return il_infer_after(f, receiver, value);
    case MEMBER_DYNAMIC: {
      TypedDynamicCall *e =
          NEW_EXPR(f, DYNAMIC_CALL, TypedDynamicCall, node->start, value->type);
      e->receiver = receiver;
      e->dynamic_kind = DYNAMIC_SETTER;
      e->name = name;
      e->arguments = one_argument(f, value);
      return &e->base;
    }
    default:
      return il_infer_report_member(f, m, receiver->type, name, USE_SETTER,
                                    node);
  }
}
