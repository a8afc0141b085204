// infer_call.c: calls.
//
// What the target denotes decides the node: a STATIC_CALL, INSTANCE_CALL,
// SUPER_CALL, NEW, CLOSURE_CALL or DYNAMIC_CALL.  In order: functions known,
// members, values, operators with typed arguments, the entry.

#include "sema/infer_internal.h"

#include "sema/flow.h"

static void take_call(InferContext *f, const TreeCall *node, TypeId context,
                      InferInvocation *call) {
  memset(call, 0, sizeof(*call));
  call->node = &node->base;
  call->source = node->arguments;
  call->context = context;
  call->type_args =
      il_infer_type_list(f, &node->type_arguments, &call->type_arg_count);
}

static TypedExpr *loose_invalid(InferContext *f, TreeCall *node) {
  il_infer_loose_arguments(f, node->arguments);
  return il_infer_invalid(f, node->base.start);
}

// Two type vectors joined; either may be NONE.
static TypeId join_vectors(InferContext *f, TypeId a, TypeId b) {
  if (a == TYPE_ID_NONE) return b;
  if (b == TYPE_ID_NONE) return a;
  const Type *first = il_type_get(f->types, a);
  const Type *second = il_type_get(f->types, b);
  uint32_t count = first->count + second->count;
  TypeId *types = IL_NEW_ARRAY(f->arena, TypeId, count);
  memcpy(types, first->items, first->count * sizeof(TypeId));
  memcpy(types + first->count, second->items, second->count * sizeof(TypeId));
  return il_type_vector(f->types, types, count);
}

// The receiver before all other arguments.
static void prepend(InferContext *f, TypedArguments *arguments,
                    TypedExpr *receiver) {
  uint32_t count = arguments->positional.count;
  TypedExpr **items = IL_NEW_ARRAY(f->arena, TypedExpr *, count + 1);
  items[0] = receiver;
  for (uint32_t i = 0; i < count; i++) {
    items[i + 1] = arguments->positional.items[i];
  }
  arguments->positional.items = items;
  arguments->positional.count = count + 1;
  if (!arguments->order) return;
  uint32_t all = count + arguments->named.count;
  uint32_t *order = IL_NEW_ARRAY(f->arena, uint32_t, all + 1);
  for (uint32_t i = 0; i < all; i++) order[i + 1] = arguments->order[i] + 1;
  arguments->order = order;
}

// ----------------------------------------------------------- known functions

static TypedExpr *call_identical(InferContext *f, InferInvocation *call,
                                 uint32_t offset) {
  TypedBinary *e = NEW_EXPR(f, IDENTICAL, TypedBinary, offset, TYPE_ID_BOOL);
  e->left = call->arguments.positional.items[0];
  e->right = call->arguments.positional.items[1];
  return &e->base;
}

static TypedExpr *call_static(InferContext *f, Place *place, TreeCall *node,
                              TypeId context) {
  FunctionElement *target = (FunctionElement *)place->element;
  Signature *signature = il_member_signature(target);
  InferInvocation call;
  take_call(f, node, context, &call);
  call.function = signature->type;
  il_infer_invoke(f, &call);
  if (call.is_invalid) return il_infer_invalid(f, node->base.start);
  uint32_t offset = place->node->start;
  if (target->base.name == NAME_identical && target->base.library->is_core &&
      !target->owner && call.arguments.positional.count == 2) {
    return call_identical(f, &call, offset);
  }
  TypedStaticCall *e =
      NEW_EXPR(f, STATIC_CALL, TypedStaticCall, offset, call.result);
  e->target = target;
  e->arguments = call.arguments;
  return &e->base;
}

// ------------------------------------------------------------------- members

static TypedExpr *call_dynamic(InferContext *f, TypedExpr *receiver,
                               DynamicKind kind, Name name, TreeCall *node) {
  TypedDynamicCall *e = NEW_EXPR(f, DYNAMIC_CALL, TypedDynamicCall,
                                 node->base.start, TYPE_ID_DYNAMIC);
  uint32_t count;
  TypeId *types = il_infer_type_list(f, &node->type_arguments, &count);
  e->receiver = receiver;
  e->dynamic_kind = (uint8_t)kind;
  e->name = name;
  e->arguments = il_infer_loose_arguments(f, node->arguments);
  e->arguments.vector = il_infer_vector(f, types, count);
  return &e->base;
}

TypeId il_infer_number_type(InferContext *f, TypeId left, TypeId right) {
  if (!il_infer_is_subtype(f, left, TYPE_ID_NUM) || left == TYPE_ID_NEVER ||
      left == TYPE_ID_INVALID) {
    return TYPE_ID_NONE;
  }
  if (!il_infer_is_subtype(f, right, TYPE_ID_NUM)) return TYPE_ID_NONE;
  if (il_infer_is_subtype(f, left, TYPE_ID_DOUBLE)) return TYPE_ID_DOUBLE;
  if (right == TYPE_ID_NEVER) return TYPE_ID_NUM;
  if (il_infer_is_subtype(f, right, TYPE_ID_DOUBLE)) return TYPE_ID_DOUBLE;
  if (il_infer_is_subtype(f, left, TYPE_ID_INT) &&
      il_infer_is_subtype(f, right, TYPE_ID_INT)) {
    return TYPE_ID_INT;
  }
  return TYPE_ID_NUM;
}

// The special types of num.remainder and num.clamp.
static TypedExpr *refine_number(InferContext *f, TypedExpr *receiver, Name name,
                                TypedExpr *e) {
  if (e->kind != EXPR_INSTANCE_CALL || e->type != TYPE_ID_NUM) return e;
  TypedExprs *args = &((TypedInstanceCall *)e)->arguments.positional;
  TypeId type = TYPE_ID_NONE;
  Text text = il_infer_name_text(f, name);
  if (args->count == 1 && il_text_equal(text, TEXT("remainder"))) {
    type = il_infer_number_type(f, receiver->type, args->items[0]->type);
  } else if (args->count == 2 && il_text_equal(text, TEXT("clamp"))) {
    TypeId wanted = TYPE_ID_NONE;
    if (il_infer_is_subtype(f, receiver->type, TYPE_ID_INT)) {
      wanted = TYPE_ID_INT;
    } else if (il_infer_is_subtype(f, receiver->type, TYPE_ID_DOUBLE)) {
      wanted = TYPE_ID_DOUBLE;
    }
    if (wanted != TYPE_ID_NONE &&
        il_infer_is_subtype(f, args->items[0]->type, wanted) &&
        il_infer_is_subtype(f, args->items[1]->type, wanted)) {
      type = wanted;
    }
  }
  if (type == TYPE_ID_NONE || type == TYPE_ID_NUM) return e;
  return il_infer_downcast(f, e, type, AS_UNCHECKED);
}

static TypedExpr *call_instance(InferContext *f, TypedExpr *receiver,
                                const Member *m, const TreeNode *at,
                                TreeCall *node, TypeId context) {
  InferInvocation call;
  take_call(f, node, context, &call);
  call.function = m->type;
  il_infer_invoke(f, &call);
  if (call.is_invalid) return il_infer_invalid(f, at->start);
  TypedInstanceCall *e =
      NEW_EXPR(f, INSTANCE_CALL, TypedInstanceCall, at->start, call.result);
  e->receiver = receiver;
  e->target = m->function;
  e->arguments = call.arguments;
  if (receiver->kind == EXPR_THIS) return &e->base;
  TypedExpr *checked = il_infer_check_covariant(f, &e->base, m->function);
  return refine_number(f, receiver, m->function->base.name, checked);
}

static TypedExpr *call_extension(InferContext *f, TypedExpr *receiver,
                                 const Member *m, const TreeNode *at,
                                 TreeCall *node, TypeId context) {
  InferInvocation call;
  take_call(f, node, context, &call);
  call.function = m->type;
  il_infer_invoke(f, &call);
  if (call.is_invalid) return il_infer_invalid(f, at->start);
  TypedStaticCall *e =
      NEW_EXPR(f, STATIC_CALL, TypedStaticCall, at->start, call.result);
  e->target = m->function;
  e->arguments = call.arguments;
  e->arguments.vector = join_vectors(f, m->vector, call.arguments.vector);
  il_infer_use_type(f, e->arguments.vector);
  prepend(f, &e->arguments, receiver);
  return &e->base;
}

// Whether a method of Object can be called on a dynamic value as the call is
// written; otherwise the call is dynamic.
static bool fits_object_method(InferContext *f, const Member *m,
                               const TreeCall *node) {
  uint32_t count = node->arguments ? node->arguments->items.count : 0;
  for (uint32_t i = 0; i < count; i++) {
    if (node->arguments->items.items[i]->kind == TREE_NAMED_ARGUMENT) {
      return false;
    }
  }
  if (node->type_arguments.count > 0) return false;
  if (il_type_get(f->types, m->type)->kind != TYPE_FUNCTION) return false;
  return il_type_function_positional_count(f->types, m->type) == count;
}

static TypedExpr *call_found(InferContext *f, TypedExpr *receiver,
                             const Member *m, Name name, const TreeNode *at,
                             TreeCall *node, TypeId context) {
  bool is_method = m->function &&
                   m->function->function_kind != FUNCTION_GETTER &&
                   m->function->function_kind != FUNCTION_SETTER;
  switch (m->kind) {
    case MEMBER_INSTANCE:
      if (!is_method) break;
      if (receiver->type == TYPE_ID_DYNAMIC &&
          !fits_object_method(f, m, node)) {
        return call_dynamic(f, receiver, DYNAMIC_METHOD, name, node);
      }
      return call_instance(f, receiver, m, at, node, context);
    case MEMBER_EXTENSION:
      if (!is_method) break;
      return call_extension(f, receiver, m, at, node, context);
    case MEMBER_CALL:
      if (m->type == TYPE_ID_NONE) {
        return call_dynamic(f, receiver, DYNAMIC_CALL, NAME_call, node);
      }
      return il_infer_call_value(f, receiver, node, context);
    case MEMBER_DYNAMIC:
      return call_dynamic(f, receiver, DYNAMIC_METHOD, name, node);
    case MEMBER_NEVER:
      il_infer_loose_arguments(f, node->arguments);
      return receiver;
    case MEMBER_RECORD:
    case MEMBER_REPRESENTATION:
      break;
    default:
      il_infer_loose_arguments(f, node->arguments);
      return il_infer_report_member(f, m, receiver->type, name, USE_METHOD, at);
  }
  TypedExpr *callee = il_infer_get_member(f, receiver, m, name, at);
  callee = il_flow_property_read(f->flow, receiver, m, callee);
  return il_infer_call_value(f, callee, node, context);
}

static TypedExpr *call_member(InferContext *f, Place *place, TreeCall *node,
                              TypeId context) {
  TypedExpr *receiver = place->receiver;
  if (il_infer_is_invalid(receiver)) return loose_invalid(f, node);
  Member m;
  il_infer_find_member(f, receiver->type, place->name, false, &m);
  return call_found(f, receiver, &m, place->name, place->node, node, context);
}

static TypedExpr *call_super(InferContext *f, Place *place, TreeCall *node,
                             TypeId context) {
  FunctionElement *target = il_infer_super_member(f, place->name, false);
  if (!target) {
    il_infer_loose_arguments(f, node->arguments);
    return il_infer_report_super(f, place->name, place->node);
  }
  if (target->function_kind == FUNCTION_GETTER) {
    TypedExpr *callee = il_infer_place_read(f, place);
    return il_infer_call_value(f, callee, node, context);
  }
  InferInvocation call;
  take_call(f, node, context, &call);
  call.function = il_member_type(target, f->this_type);
  if (il_type_get(f->types, call.function)->kind != TYPE_FUNCTION) {
    return loose_invalid(f, node);
  }
  il_infer_invoke(f, &call);
  LocalVar *bound = il_infer_use_super(f, target);
  if (call.is_invalid) return il_infer_invalid(f, place->node->start);
  TypedSuperCall *e =
      NEW_EXPR(f, SUPER_CALL, TypedSuperCall, place->node->start, call.result);
  e->target = target;
  e->bound = bound;
  e->arguments = call.arguments;
  return &e->base;
}

static TypedExpr *call_application(InferContext *f, Place *place,
                                   TreeCall *node, TypeId context) {
  Name name = place->name ? place->name : NAME_call;
  Member m;
  if (!il_infer_application_member(f, place, name, false, USE_METHOD, &m)) {
    return loose_invalid(f, node);
  }
  return call_found(f, place->receiver, &m, name, place->node, node, context);
}

// -------------------------------------------------------------------- values

TypedExpr *il_infer_call_value(InferContext *f, TypedExpr *callee,
                               TreeCall *node, TypeId context) {
  if (il_infer_is_invalid(callee)) return loose_invalid(f, node);
  TypeId type = il_infer_resolve_bound(f, callee->type);
  const Type *t = il_type_get(f->types, type);
  if (type == TYPE_ID_DYNAMIC || type == TYPE_ID_FUNCTION) {
    return call_dynamic(f, callee, DYNAMIC_CALL, NAME_call, node);
  }
  if (type == TYPE_ID_NEVER) {
    il_infer_loose_arguments(f, node->arguments);
    return callee;
  }
  if (t->kind == TYPE_FUNCTION && !t->nullable) {
    InferInvocation call;
    take_call(f, node, context, &call);
    call.function = type;
    il_infer_invoke(f, &call);
    if (call.is_invalid) return il_infer_invalid(f, node->base.start);
    TypedClosureCall *e = NEW_EXPR(f, CLOSURE_CALL, TypedClosureCall,
                                   node->base.start, call.result);
    e->callee = callee;
    e->arguments = call.arguments;
    return &e->base;
  }
  Member m;
  il_infer_find_member(f, callee->type, NAME_call, false, &m);
  bool is_method = m.function && m.function->function_kind == FUNCTION_PLAIN;
  if ((m.kind == MEMBER_INSTANCE || m.kind == MEMBER_EXTENSION) && is_method) {
    return call_found(f, callee, &m, NAME_call, &node->base, node, context);
  }
  il_infer_loose_arguments(f, node->arguments);
  if (type == TYPE_ID_VOID) {
    il_infer_error(f, &node->base, DIAG_USE_OF_VOID);
  } else {
    il_infer_error(
        f, &node->base,
        m.kind == MEMBER_NULLABLE ? DIAG_NULLABLE_CALLEE : DIAG_NOT_CALLABLE,
        il_infer_type_text(f, callee->type));
  }
  return il_infer_invalid(f, node->base.start);
}

// p.loadLibrary as a value: a function that calls it.
TypedExpr *il_infer_load_library_tear_off(InferContext *f, Place *place) {
  uint32_t offset = place->node->start;
  TypeId type = il_infer_core_type1(f, CLASS_FUTURE, TYPE_ID_DYNAMIC);
  Signature *s = IL_NEW(f->arena, Signature);
  s->result = type;
  il_declare_signature_type(f->sema, s);
  TypedBody *body = il_infer_new_body(f, s, offset);
  body->name = NAME_loadLibrary;
  TypedLibraryUse *use =
      NEW_EXPR(f, LOAD_LIBRARY, TypedLibraryUse, offset, type);
  use->prefix = (PrefixElement *)place->element;
  TypedReturn *r = NEW_STMT(f, RETURN, TypedReturn, offset);
  r->value = &use->base;
  body->code = &r->base;
  TypedClosure *e = NEW_EXPR(f, CLOSURE, TypedClosure, offset, s->type);
  e->body = body;
  return &e->base;
}

static TypedExpr *call_load_library(InferContext *f, Place *place,
                                    TreeCall *node) {
  TypeId type = il_infer_core_type1(f, CLASS_FUTURE, TYPE_ID_DYNAMIC);
  TypedLibraryUse *e =
      NEW_EXPR(f, LOAD_LIBRARY, TypedLibraryUse, node->base.start, type);
  e->prefix = (PrefixElement *)place->element;
  if (node->arguments && node->arguments->items.count > 0) {
    il_infer_error(f, &node->base, DIAG_TOO_MANY_ARGUMENTS, 0,
                   (int)node->arguments->items.count);
  }
  return &e->base;
}

static TypedExpr *call_local(InferContext *f, Place *place, TreeCall *node,
                             TypeId context) {
  LocalVar *local = (LocalVar *)place->element;
  TypedExpr *callee;
  if ((local->flags & LOCAL_IS_FUNCTION) && !local->constant) {
    callee = il_infer_local_get(f, local, place->node->start);
    callee = il_flow_read(f->flow, local, callee, place->node);
  } else {
    callee = il_infer_place_read(f, place);
  }
  return il_infer_call_value(f, callee, node, context);
}

static TypedExpr *call_class(InferContext *f, Place *place, TreeCall *node,
                             TypeId context) {
  ClassElement *c = place->class_element;
  if (place->kind == PLACE_CLASS && c &&
      c->class_kind == CLASS_KIND_EXTENSION) {
    il_infer_error(f, &node->base, DIAG_EXTENSION_USE);
    return loose_invalid(f, node);
  }
  if (!c) {
    il_infer_error(f, place->node, DIAG_NOT_CALLABLE, TEXT("Type"));
    return loose_invalid(f, node);
  }
  Name name = place->kind == PLACE_CONSTRUCTOR ? place->name : NAME_new;
  TypeId type = place->type;
  if (node->type_arguments.count > 0) {
    uint32_t count;
    TypeId *args = il_infer_type_list(f, &node->type_arguments, &count);
    if (place->kind == PLACE_CONSTRUCTOR) {
      il_infer_error(f, &node->base, DIAG_INVALID_INSTANTIATION);
      return loose_invalid(f, node);
    }
    type = il_infer_class_apply(f, place->element, args, count, place->node);
    if (type == TYPE_ID_INVALID) return loose_invalid(f, node);
  }
  if (place->deferred && f->is_const) {
    il_infer_error(f, place->node, DIAG_DEFERRED_CONST);
  }
  return il_infer_create_at(f, place->element, c, type, name, node->arguments,
                            f->is_const, context, place->node);
}

static TypedExpr *call_place(InferContext *f, Place *place, TreeCall *node,
                             TypeId context) {
  switch (place->kind) {
    case PLACE_INVALID:
      return loose_invalid(f, node);
    case PLACE_LOCAL:
      return call_local(f, place, node, context);
    case PLACE_STATIC:
      if (place->element && place->element->kind == ELEMENT_FUNCTION &&
          ((FunctionElement *)place->element)->function_kind ==
              FUNCTION_PLAIN) {
        return call_static(f, place, node, context);
      }
      break;
    case PLACE_MEMBER:
      return call_member(f, place, node, context);
    case PLACE_SUPER:
      return call_super(f, place, node, context);
    case PLACE_SUPER_SELF:
      place->kind = PLACE_SUPER;
      place->name = NAME_call;
      return call_super(f, place, node, context);
    case PLACE_APPLICATION:
      return call_application(f, place, node, context);
    case PLACE_CLASS:
    case PLACE_CONSTRUCTOR:
      return call_class(f, place, node, context);
    case PLACE_LOAD_LIBRARY:
      return call_load_library(f, place, node);
    default:
      break;
  }
  TypedExpr *callee = il_infer_place_read(f, place);
  return il_infer_call_value(f, callee, node, context);
}

TypedExpr *il_infer_place_call(InferContext *f, Place *place, TreeCall *node,
                               TypeId context) {
  TypedExpr *e = call_place(f, place, node, context);
  return il_infer_deferred(f, place->deferred, e);
}

TypedExpr *il_infer_call(InferContext *f, TreeCall *node, TypeId context) {
  Place place;
  if (node->target->kind == TREE_DOT_SHORTHAND) {
    return il_infer_shorthand(f, (TreeDotShorthand *)node->target, node,
                              context);
  }
  if (il_infer_application(f, &node->base, &place)) {
    il_infer_error(f, &node->base, DIAG_EXTENSION_USE);
    return il_infer_invalid(f, node->base.start);
  }
  if (!il_infer_application(f, node->target, &place)) {
    il_infer_place(f, node->target, &place);
  }
  return il_infer_place_call(f, &place, node, context);
}

// --------------------------------------------------- with arguments inferred

static bool coerce_operands(InferContext *f, TypeId function, TypedExpr **args,
                            uint32_t count, const TreeNode *node) {
  uint32_t wanted = il_type_function_positional_count(f->types, function);
  const TypeShape *shape =
      il_type_shape_get(f->types, il_type_get(f->types, function));
  if (count > wanted || count < shape->required_count) return false;
  for (uint32_t i = 0; i < count; i++) {
    TypeId param = il_type_function_positional(f->types, function, i);
    args[i] = il_infer_coerce_or(f, args[i], param,
                                 DIAG_ARGUMENT_NOT_ASSIGNABLE, node);
    if (il_infer_is_invalid(args[i])) return false;
  }
  return true;
}

TypedExpr *il_infer_apply_member(InferContext *f, TypedExpr *receiver,
                                 const Member *m, Name name, TypedExpr **args,
                                 uint32_t count, const TreeNode *node) {
  uint32_t offset = node->start;
  TypedArguments arguments = {0};
  arguments.positional.count = count;
  if (m->kind == MEMBER_NEVER) return receiver;
  if (m->kind == MEMBER_DYNAMIC) {
    TypedDynamicCall *e =
        NEW_EXPR(f, DYNAMIC_CALL, TypedDynamicCall, offset, TYPE_ID_DYNAMIC);
    for (uint32_t i = 0; i < count; i++) {
      args[i] = il_infer_used(f, args[i], node);
    }
    arguments.positional.items = il_infer_copy_args(f, args, count);
    e->receiver = receiver;
    e->dynamic_kind = DYNAMIC_OPERATOR;
    e->name = name;
    e->arguments = arguments;
    return &e->base;
  }
  if (m->kind != MEMBER_INSTANCE && m->kind != MEMBER_EXTENSION) {
    return il_infer_report_member(f, m, receiver->type, name, USE_OPERATOR,
                                  node);
  }
  if (il_type_get(f->types, m->type)->kind != TYPE_FUNCTION ||
      !coerce_operands(f, m->type, args, count, node)) {
    return il_infer_invalid(f, offset);
  }
  TypeId result = il_type_function_result(f->types, m->type);
  arguments.positional.items = il_infer_copy_args(f, args, count);
  if (m->kind == MEMBER_INSTANCE) {
    TypedInstanceCall *e =
        NEW_EXPR(f, INSTANCE_CALL, TypedInstanceCall, offset, result);
    e->receiver = receiver;
    e->target = m->function;
    e->arguments = arguments;
    if (receiver->kind == EXPR_THIS) return &e->base;
    return il_infer_check_covariant(f, &e->base, m->function);
  }
  TypedStaticCall *e =
      NEW_EXPR(f, STATIC_CALL, TypedStaticCall, offset, result);
  e->target = m->function;
  e->arguments = arguments;
  e->arguments.vector = m->vector;
  il_infer_use_type(f, m->vector);
  prepend(f, &e->arguments, receiver);
  return &e->base;
}

TypedExpr *il_infer_call_member(InferContext *f, TypedExpr *receiver, Name name,
                                TypedExpr **args, uint32_t count,
                                const TreeNode *node) {
  if (il_infer_is_invalid(receiver)) return receiver;
  Member m;
  il_infer_find_member(f, receiver->type, name, false, &m);
  return il_infer_apply_member(f, receiver, &m, name, args, count, node);
}
