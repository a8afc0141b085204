// infer_create.c: making objects, tear-offs of constructors, classes with type
// arguments, dot shorthands.
//
// A constructor is a generic function of its class's type parameters, so that
// inference of its type arguments is that of any call.  Redirecting factories
// are followed here; the value keeps the static type that was asked for.
//
// A generative constructor of an extension type is a static function that
// gives the representation; a primary one without body is its argument.

#include "sema/infer_internal.h"

#include "sema/flow.h"

// ------------------------------------------------------------------ the type

TypeId il_infer_constructor_type(InferContext *f, FunctionElement *ctor) {
  ClassElement *c = ctor->owner;
  Signature *s = il_member_signature(ctor);
  uint32_t count = c->type_params.count;
  uint32_t all = s->required_count + s->optional_count + s->named_count;
  uint32_t positional = s->required_count + s->optional_count;
  TypeParamId *params = IL_NEW_ARRAY(f->arena, TypeParamId, count + 1);
  TypeId *types = IL_NEW_ARRAY(f->arena, TypeId, all + 1);
  Name *names = IL_NEW_ARRAY(f->arena, Name, s->named_count + 1);
  bool *required = IL_NEW_ARRAY(f->arena, bool, s->named_count + 1);
  for (uint32_t i = 0; i < count; i++) {
    params[i] = c->type_params.items[i]->id;
  }
  for (uint32_t i = 0; i < all; i++) {
    types[i] = s->parameters[i].type;
    if (i < positional) continue;
    names[i - positional] = s->parameters[i].name;
    required[i - positional] = s->parameters[i].is_required_named;
  }
  TypeFunctionParts parts = {
      .result = il_declare_this_type(f->sema, c),
      .type_params = params,
      .type_param_count = count,
      .positional = types,
      .required_count = s->required_count,
      .optional_count = s->optional_count,
      .names = names,
      .named = types + positional,
      .named_required = required,
      .named_count = s->named_count,
  };
  return il_type_function(f->types, &parts);
}

// A constructor called through a generic typedef is generic over that.
static TypeId typedef_constructor_type(InferContext *f, TypedefElement *t,
                                       FunctionElement *ctor) {
  TypeId generic = il_infer_constructor_type(f, ctor);
  const Type *target = il_type_get(f->types, il_typedef_type(t));
  TypeId applied = generic;
  if (target->count > 0) {
    applied =
        il_type_function_apply(f->types, generic, target->items, target->count);
  }
  uint32_t count = t->type_params.count;
  TypeParamId *params = IL_NEW_ARRAY(f->arena, TypeParamId, count + 1);
  for (uint32_t i = 0; i < count; i++) params[i] = t->type_params.items[i]->id;
  const Type *type = il_type_get(f->types, applied);
  const TypeShape *shape = il_type_shape_get(f->types, type);
  uint32_t positional = shape->required_count + shape->optional_count;
  TypeId *types =
      IL_NEW_ARRAY(f->arena, TypeId, positional + shape->named_count + 1);
  Name *names = IL_NEW_ARRAY(f->arena, Name, shape->named_count + 1);
  bool *required = IL_NEW_ARRAY(f->arena, bool, shape->named_count + 1);
  for (uint32_t i = 0; i < positional; i++) {
    types[i] = il_type_function_positional(f->types, applied, i);
  }
  for (uint32_t i = 0; i < shape->named_count; i++) {
    names[i] = shape->names[i] & ~TYPE_NAMED_REQUIRED;
    types[positional + i] =
        il_type_function_named(f->types, applied, names[i], &required[i]);
  }
  TypeFunctionParts parts = {
      .result = il_type_function_result(f->types, applied),
      .type_params = params,
      .type_param_count = count,
      .positional = types,
      .required_count = shape->required_count,
      .optional_count = shape->optional_count,
      .names = names,
      .named = types + positional,
      .named_required = required,
      .named_count = shape->named_count,
  };
  return il_type_function(f->types, &parts);
}

TypeId il_infer_class_apply(InferContext *f, Element *element,
                            const TypeId *args, uint32_t count,
                            const TreeNode *node) {
  TypeParamElements *params = element->kind == ELEMENT_TYPEDEF
                                  ? &((TypedefElement *)element)->type_params
                                  : &((ClassElement *)element)->type_params;
  if (element->kind == ELEMENT_CLASS) {
    il_class_require((ClassElement *)element, STAGE_SUPERS);
  }
  if (params->count != count) {
    il_infer_error(f, node, DIAG_TYPE_ARGUMENT_COUNT, (int)params->count);
    return TYPE_ID_INVALID;
  }
  TypeParamId *ids = IL_NEW_ARRAY(f->arena, TypeParamId, count + 1);
  for (uint32_t i = 0; i < count; i++) ids[i] = params->items[i]->id;
  for (uint32_t i = 0; i < count; i++) {
    const TypeParam *p = il_type_param_get(f->types, ids[i]);
    TypeId bound = il_type_substitute(f->types, p->bound, ids, args, count);
    if (il_infer_is_subtype(f, args[i], bound)) continue;
    Name name = il_type_param_get(f->types, ids[i])->name;
    il_infer_error(f, node, DIAG_BOUND_NOT_KEPT, il_infer_type_text(f, args[i]),
                   il_infer_type_text(f, bound), il_infer_name_text(f, name));
    return TYPE_ID_INVALID;
  }
  TypeId type = element->kind == ELEMENT_TYPEDEF
                    ? il_typedef_type((TypedefElement *)element)
                    : il_declare_this_type(f->sema, (ClassElement *)element);
  il_infer_vector(f, args, count);
  if (element->name == NAME_FutureOr && element->library == f->sema->async) {
    return il_type_future_or(f->types, args[0]);
  }
  return il_type_substitute(f->types, type, ids, args, count);
}

// ------------------------------------------------------------------- making

static Text constructor_text(InferContext *f, ClassElement *c, Name name) {
  Text class_text = il_infer_name_text(f, c->base.name);
  if (name == NAME_new) return class_text;
  return il_arena_format(f->arena, "%.*s.%.*s", TEXT_ARG(class_text),
                         TEXT_ARG(il_infer_name_text(f, name)));
}

// NULL after a report when objects cannot be made this way.
static FunctionElement *find_constructor(InferContext *f, ClassElement *c,
                                         Name name, bool is_const,
                                         const TreeNode *node) {
  il_class_require(c, STAGE_MEMBERS);
  FunctionElement *ctor = il_class_find_constructor(c, name);
  if (!ctor || c->class_kind == CLASS_KIND_EXTENSION) {
    il_infer_error(f, node, DIAG_UNDEFINED_CONSTRUCTOR,
                   constructor_text(f, c, name));
    return NULL;
  }
  if (ctor->function_kind == FUNCTION_CONSTRUCTOR) {
    if (c->class_kind == CLASS_KIND_ENUM) {
      il_infer_error(f, node, DIAG_INSTANTIATE_ENUM);
      return NULL;
    }
    if ((c->flags & ELEMENT_IS_ABSTRACT) || (c->flags & ELEMENT_IS_SEALED) ||
        c->class_kind == CLASS_KIND_MIXIN) {
      il_infer_error(f, node, DIAG_INSTANTIATE_ABSTRACT,
                     il_infer_name_text(f, c->base.name));
      return NULL;
    }
  }
  if (is_const && !(ctor->flags & FUNCTION_IS_CONST)) {
    il_infer_error(f, node, DIAG_NOT_CONST_CONSTRUCTOR);
    return NULL;
  }
  return ctor;
}

static TypeId class_vector(InferContext *f, TypeId type) {
  const Type *t = il_type_get(f->types, type);
  if (t->kind != TYPE_INTERFACE || t->count == 0) return TYPE_ID_NONE;
  return il_infer_vector(f, t->items, t->count);
}

static TypedExpr *make_new(InferContext *f, FunctionElement *ctor, TypeId type,
                           TypedArguments arguments, uint32_t offset) {
  il_infer_use_type(f, type);
  TypedNew *e = NEW_EXPR(f, NEW, TypedNew, offset, type);
  e->constructor = ctor;
  e->arguments = arguments;
  e->arguments.vector = TYPE_ID_NONE;
  return &e->base;
}

static TypedExpr *make_static(InferContext *f, FunctionElement *ctor,
                              TypeId type, TypedArguments arguments,
                              uint32_t offset) {
  TypedStaticCall *e = NEW_EXPR(f, STATIC_CALL, TypedStaticCall, offset, type);
  e->target = ctor;
  e->arguments = arguments;
  e->arguments.vector = class_vector(f, type);
  return &e->base;
}

// Whether the constructor of an extension type does nothing but hold its
// argument.
static bool is_plain_representation(const FunctionElement *ctor) {
  const ClassElement *c = ctor->owner;
  const Signature *s = ctor->signature;
  if (ctor->function_kind != FUNCTION_CONSTRUCTOR) return false;
  if (!ctor->base.node || ctor->base.node->kind != TREE_PRIMARY_CONSTRUCTOR) {
    return !ctor->base.node && s->required_count == 1 &&
           s->parameters[0].field == c->representation;
  }
  if (!c->base.node || c->base.node->kind != TREE_EXTENSION_TYPE) return false;
  const TreeList *members = &((TreeExtensionType *)c->base.node)->members;
  for (uint32_t i = 0; i < members->count; i++) {
    if (members->items[i]->kind == TREE_PRIMARY_BODY) return false;
  }
  return s->required_count == 1 && s->optional_count + s->named_count == 0;
}

static TypedExpr *make_extension_type(InferContext *f, FunctionElement *ctor,
                                      TypeId type, TypedArguments arguments,
                                      uint32_t offset) {
  if (is_plain_representation(ctor)) {
    // A factory that redirects to it may take nothing, which is an error.
    if (!arguments.positional.count) return il_infer_invalid(f, offset);
    TypedExpr *e = il_infer_downcast(f, arguments.positional.items[0], type,
                                     f->is_const ? AS_UNCHECKED : AS_MADE);
    e->offset = offset;
    return e;
  }
  return make_static(f, ctor, type, arguments, offset);
}

TypedExpr *il_infer_make_object(InferContext *f, FunctionElement *ctor,
                                TypeId type, TypedArguments arguments,
                                uint32_t offset) {
  TypeId made = type;
  FunctionElement *target = ctor;
  if (ctor->function_kind == FUNCTION_FACTORY &&
      (ctor->flags & FUNCTION_IS_REDIRECTING)) {
    TypeId redirected = TYPE_ID_NONE;
    target = il_member_redirect(ctor, &redirected);
    if (!target) return il_infer_invalid(f, offset);
    made = il_infer_apply_vector(f, ctor->owner, redirected,
                                 class_vector(f, type));
  }
  TypedExpr *e;
  if (target->function_kind == FUNCTION_FACTORY) {
    e = make_static(f, target, made, arguments, offset);
  } else if (target->owner->class_kind == CLASS_KIND_EXTENSION_TYPE) {
    e = make_extension_type(f, target, made, arguments, offset);
  } else {
    e = make_new(f, target, made, arguments, offset);
  }
  if (made != type) e = il_infer_downcast(f, e, type, AS_UNCHECKED);
  return e;
}

TypedExpr *il_infer_create_at(InferContext *f, Element *named, ClassElement *c,
                              TypeId type, Name constructor,
                              TreeArguments *arguments, bool is_const,
                              TypeId context, const TreeNode *node) {
  FunctionElement *ctor = find_constructor(f, c, constructor, is_const, node);
  if (!ctor) {
    il_infer_loose_arguments(f, arguments);
    return il_infer_invalid(f, node->start);
  }
  InferInvocation call = {
      .node = node, .source = arguments, .context = context};
  if (type != TYPE_ID_NONE) {
    const Type *t = il_type_get(f->types, type);
    call.function = il_infer_constructor_type(f, ctor);
    if (t->count > 0) {
      call.function =
          il_type_function_apply(f->types, call.function, t->items, t->count);
    }
  } else if (named && named->kind == ELEMENT_TYPEDEF) {
    call.function = typedef_constructor_type(f, (TypedefElement *)named, ctor);
  } else {
    call.function = il_infer_constructor_type(f, ctor);
  }
  il_infer_invoke(f, &call);
  if (call.is_invalid) return il_infer_invalid(f, node->start);
  return il_infer_make_object(f, ctor, call.result, call.arguments,
                              node->start);
}

TypedExpr *il_infer_enum_instance(InferContext *f, ClassElement *c, TypeId type,
                                  Name constructor, TreeArguments *arguments,
                                  const TreeNode *node) {
  il_class_require(c, STAGE_MEMBERS);
  FunctionElement *ctor = il_class_find_constructor(c, constructor);
  if (!ctor || ctor->function_kind != FUNCTION_CONSTRUCTOR ||
      !(ctor->flags & FUNCTION_IS_CONST)) {
    il_infer_error(f, node, DIAG_UNDEFINED_CONSTRUCTOR,
                   constructor_text(f, c, constructor));
    return il_infer_invalid(f, node->start);
  }
  InferInvocation call = {.node = node,
                          .function = il_infer_constructor_type(f, ctor),
                          .source = arguments,
                          .context = TYPE_ID_UNKNOWN};
  if (type != TYPE_ID_NONE) {
    const Type *t = il_type_get(f->types, type);
    if (t->count > 0) {
      call.function =
          il_type_function_apply(f->types, call.function, t->items, t->count);
    }
  }
  il_infer_invoke(f, &call);
  if (call.is_invalid) return il_infer_invalid(f, node->start);
  return make_new(f, ctor, call.result, call.arguments, node->start);
}

TypedExpr *il_infer_new(InferContext *f, TreeNew *node, TypeId context) {
  if (f->is_const && !node->is_const) {
    il_infer_error(f, &node->base, DIAG_CONST_EXPECTED);
  }
  ConstructorRef ref;
  if (!node->constructor ||
      !il_declare_constructor_ref(f->sema, f->scope, node->constructor, &ref)) {
    bool was_const = f->is_const;
    f->is_const = false;
    il_infer_loose_arguments(f, node->arguments);
    f->is_const = was_const;
    return il_infer_invalid(f, node->base.start);
  }
  if (ref.type != TYPE_ID_NONE) il_infer_use_type(f, ref.type);
  if (f->is_const && ref.prefix && ref.prefix->is_deferred) {
    il_infer_error(f, &node->base, DIAG_DEFERRED_CONST);
  }
  TypedExpr *e =
      il_infer_create_at(f, ref.element, ref.owner, ref.type, ref.constructor,
                         node->arguments, f->is_const, context, &node->base);
  return il_infer_deferred(f, ref.prefix, e);
}

// ------------------------------------------------------------------ tear-offs

TypedExpr *il_infer_constructor_tear_off(InferContext *f, Place *place) {
  ClassElement *c = place->class_element;
  FunctionElement *ctor =
      find_constructor(f, c, place->name, false, place->node);
  if (!ctor) return il_infer_invalid(f, place->node->start);
  TypeId type = il_infer_constructor_type(f, ctor);
  TypeId vector = TYPE_ID_NONE;
  if (place->type != TYPE_ID_NONE) {
    const Type *t = il_type_get(f->types, place->type);
    if (t->count > 0) {
      type = il_type_function_apply(f->types, type, t->items, t->count);
      vector = class_vector(f, place->type);
    }
  } else if (place->element && place->element->kind == ELEMENT_TYPEDEF) {
    TypedefElement *t = (TypedefElement *)place->element;
    const Type *target = il_type_get(f->types, il_typedef_type(t));
    bool is_rename = target->count == t->type_params.count;
    for (uint32_t i = 0; is_rename && i < target->count; i++) {
      is_rename = target->items[i] ==
                  il_type_param(f->types, t->type_params.items[i]->id);
    }
    if (!is_rename) {
      TypeId generic = typedef_constructor_type(f, t, ctor);
      TypedStaticTearOff *e = NEW_EXPR(f, STATIC_TEAR_OFF, TypedStaticTearOff,
                                       place->node->start, generic);
      e->target =
          il_infer_typedef_constructor(f, t, ctor, generic, place->node->start);
      return &e->base;
    }
  }
  TypedConstructorTearOff *e =
      NEW_EXPR(f, CONSTRUCTOR_TEAR_OFF, TypedConstructorTearOff,
               place->node->start, type);
  e->constructor = ctor;
  e->class_vector = vector;
  return il_infer_fold_tear_off(f, &e->base, vector);
}

TypedExpr *il_infer_instantiate_written(InferContext *f, TypedExpr *e,
                                        const TypeId *args, uint32_t count,
                                        const TreeNode *node) {
  if (il_infer_is_invalid(e)) return e;
  TypeId type = il_infer_resolve_bound(f, e->type);
  const Type *t = il_type_get(f->types, type);
  if (t->kind == TYPE_INTERFACE && !t->nullable) {
    Member m;
    il_infer_find_member(f, e->type, NAME_call, false, &m);
    if (m.kind == MEMBER_INSTANCE || m.kind == MEMBER_EXTENSION) {
      e = il_infer_get_member(f, e, &m, NAME_call, node);
      type = e->type;
      t = il_type_get(f->types, type);
    }
  }
  if (t->kind != TYPE_FUNCTION || t->nullable) {
    il_infer_error(f, node, DIAG_INVALID_INSTANTIATION);
    return il_infer_invalid(f, node->start);
  }
  uint32_t wanted = il_type_shape_get(f->types, t)->type_param_count;
  if (wanted == 0 || wanted != count) {
    if (wanted == 0) {
      il_infer_error(f, node, DIAG_INVALID_INSTANTIATION);
    } else {
      il_infer_error(f, node, DIAG_TYPE_ARGUMENT_COUNT, (int)wanted);
    }
    return il_infer_invalid(f, node->start);
  }
  TypeParamId *params = IL_NEW_ARRAY(f->arena, TypeParamId, count);
  il_type_function_open(f->types, type, params);
  for (uint32_t i = 0; i < count; i++) {
    const TypeParam *p = il_type_param_get(f->types, params[i]);
    TypeId bound = il_type_substitute(f->types, p->bound, params, args, count);
    if (il_infer_is_subtype(f, args[i], bound)) continue;
    Name name = il_type_param_get(f->types, params[i])->name;
    il_infer_error(f, node, DIAG_BOUND_NOT_KEPT, il_infer_type_text(f, args[i]),
                   il_infer_type_text(f, bound), il_infer_name_text(f, name));
    return il_infer_invalid(f, node->start);
  }
  return il_infer_instantiate(
      f, e, il_type_vector(f->types, args, count),
      il_type_function_apply(f->types, type, args, count));
}

// ------------------------------------------------------------- dot shorthands

// The class that the context names: looks through ? and FutureOr.
static ClassElement *shorthand_class(InferContext *f, TypeId context) {
  if (!il_infer_has_context(context)) return NULL;
  context = il_infer_strip_future_or(f, context);
  return il_infer_class_of(f, context);
}

TypedExpr *il_infer_shorthand(InferContext *f, TreeDotShorthand *node,
                              TreeCall *call, TypeId context) {
  TypeId wanted = f->shorthand;
  f->shorthand = TYPE_ID_NONE;
  ClassElement *c = shorthand_class(f, wanted);
  Name name = il_infer_name(f, node->name.name);
  if (c && c->base.library != f->library &&
      il_name_is_private(f->sema->names, c->base.name)) {
    c = NULL;
  }
  if (!c) {
    if (wanted != TYPE_ID_INVALID) {
      il_infer_error(f, &node->base, DIAG_SHORTHAND_CONTEXT,
                     il_infer_name_text(f, name));
    }
    if (call) il_infer_loose_arguments(f, call->arguments);
    return il_infer_invalid(f, node->base.start);
  }
  Place target = {.kind = PLACE_CLASS,
                  .node = &node->base,
                  .element = &c->base,
                  .class_element = c};
  Place place;
  il_infer_place_member(f, &target, node->name.name, &node->base, &place);
  if (!call) return il_infer_place_read(f, &place);
  return il_infer_place_call(f, &place, call, context);
}
