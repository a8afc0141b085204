// infer_place.c: what identifiers and properties denote, and reading and
// writing them.
//
// A Place is resolved once and then read, written or called; compound
// assignments do two of these.  In order: lexical lookup, members of what a
// target denotes, resolution of trees, reading, writing.

#include "sema/infer_internal.h"

#include "sema/flow.h"

// ------------------------------------------------------------------- helpers

static const TreeNode *name_node(InferContext *f, TreeName name,
                                 const TreeNode *whole) {
  if (name.name == NAME_NONE || name.end <= name.start) return whole;
  TreeNode *n = IL_NEW(f->arena, TreeNode);
  n->start = name.start;
  n->end = name.end;
  return n;
}

TypedExpr *il_infer_this(InferContext *f, uint32_t offset) {
  if (f->receiver) return il_infer_local_get(f, f->receiver, offset);
  il_infer_use_this(f);
  return NEW_EXPR(f, THIS, TypedExpr, offset, f->this_type);
}

static bool has_this(InferContext *f) {
  return f->this_type != TYPE_ID_NONE && !f->is_initializer;
}

TypedExpr *il_infer_deferred(InferContext *f, PrefixElement *prefix,
                             TypedExpr *e) {
  if (!prefix || !prefix->is_deferred || il_infer_is_invalid(e)) return e;
  TypedLibraryUse *use =
      NEW_EXPR(f, CHECK_LIBRARY, TypedLibraryUse, e->offset, e->type);
  use->prefix = prefix;
  use->body = e;
  return &use->base;
}

TypedExpr *il_infer_guard(InferContext *f, TypedExpr *receiver,
                          const TreeNode *node) {
  if (!f->guards || il_infer_is_invalid(receiver)) return receiver;
  if (receiver->type == TYPE_ID_VOID) {
    return il_infer_used(f, receiver, node);
  }
  TypeId type = il_type_non_null(f->types, receiver->type);
  InferGuard *guard = IL_NEW(f->arena, InferGuard);
  guard->outer = *f->guards;
  guard->local = il_infer_new_temp(f, type);
  guard->value = receiver;
  guard->offset = node->start;
  *f->guards = guard;
  il_flow_null_aware_begin(f->flow, receiver);
  TypedExpr *get = il_infer_local_get(f, guard->local, node->start);
  il_flow_alias(f->flow, get, receiver);
  return get;
}

// ------------------------------------------------------------ lexical lookup

static void set_class(InferContext *f, Element *e, Place *place) {
  place->kind = PLACE_CLASS;
  place->element = e;
  place->type = TYPE_ID_NONE;
  if (e->kind == ELEMENT_TYPEDEF) {
    TypedefElement *t = (TypedefElement *)e;
    TypeId type = il_typedef_type(t);
    place->class_element = il_infer_class_of(f, type);
    if (t->type_params.count == 0) place->type = type;
    return;
  }
  ClassElement *c = (ClassElement *)e;
  place->class_element = c;
  il_class_require(c, STAGE_SUPERS);
  if (c->class_kind != CLASS_KIND_EXTENSION && c->type_params.count == 0) {
    place->type = il_declare_this_type(f->sema, c);
  }
}

static void set_this_member(InferContext *f, Place *place) {
  place->kind = PLACE_MEMBER;
  place->is_this = true;
  place->receiver = il_infer_this(f, place->node->start);
}

static ClassElement *element_owner(const Element *e) {
  if (e->kind == ELEMENT_FUNCTION) return ((const FunctionElement *)e)->owner;
  if (e->kind == ELEMENT_FIELD) return ((const FieldElement *)e)->owner;
  return NULL;
}

static bool is_instance(const Element *e) {
  if (e->kind == ELEMENT_FUNCTION) {
    const FunctionElement *function = (const FunctionElement *)e;
    return function->owner && !(function->flags & FUNCTION_IS_STATIC);
  }
  if (e->kind == ELEMENT_FIELD) {
    const FieldElement *field = (const FieldElement *)e;
    return field->owner && !(field->flags & FIELD_IS_STATIC);
  }
  return false;
}

// The parameters of an extension as a vector of themselves.
static TypeId own_vector(InferContext *f, ClassElement *c) {
  uint32_t count = c->type_params.count;
  if (count == 0) return TYPE_ID_NONE;
  TypeId *types = IL_NEW_ARRAY(f->arena, TypeId, count);
  for (uint32_t i = 0; i < count; i++) {
    types[i] = il_type_param(f->types, c->type_params.items[i]->id);
  }
  return il_infer_vector(f, types, count);
}

// A member of the enclosing class found without a target.
static void set_instance(InferContext *f, const Element *e, Place *place) {
  if (!has_this(f)) {
    il_infer_error(f, place->node, DIAG_THIS_NOT_AVAILABLE,
                   il_infer_name_text(f, place->name));
    place->kind = PLACE_INVALID;
    return;
  }
  ClassElement *owner = element_owner(e);
  if (owner && owner->class_kind == CLASS_KIND_EXTENSION) {
    place->kind = PLACE_APPLICATION;
    place->is_this = true;
    place->class_element = owner;
    place->vector = own_vector(f, owner);
    place->receiver = il_infer_this(f, place->node->start);
    return;
  }
  set_this_member(f, place);
}

static bool set_built_in_type(Place *place) {
  if (place->name == NAME_dynamic) {
    place->type = TYPE_ID_DYNAMIC;
  } else if (place->name == NAME_Never) {
    place->type = TYPE_ID_NEVER;
  } else {
    return false;
  }
  place->kind = PLACE_TYPE;
  return true;
}

// A class's type parameter, seen from a static member.
static bool is_out_of_reach(InferContext *f, const TypeParamElement *e) {
  bool is_own = false;
  for (uint32_t i = 0; f->owner && i < f->owner->type_params.count; i++) {
    is_own |= f->owner->type_params.items[i] == e;
  }
  if (!is_own) return false;
  if (f->member->kind == ELEMENT_FIELD) {
    return (((FieldElement *)f->member)->flags & FIELD_IS_STATIC) != 0;
  }
  if (f->member->kind != ELEMENT_FUNCTION) return false;
  const FunctionElement *function = (const FunctionElement *)f->member;
  return (function->flags & FUNCTION_IS_STATIC) &&
         !(function->flags & FUNCTION_IS_EXTENSION) &&
         (function->function_kind == FUNCTION_PLAIN ||
          function->function_kind == FUNCTION_GETTER ||
          function->function_kind == FUNCTION_SETTER);
}

static void set_element(InferContext *f, const ScopeHit *hit, Place *place) {
  Element *e = hit->element ? hit->element : hit->setter;
  place->element = hit->element;
  place->setter = hit->setter;
  switch (e->kind) {
    case ELEMENT_LOCAL:
      place->kind = PLACE_LOCAL;
      if (((LocalVar *)e)->type == TYPE_ID_NONE) {
        il_infer_error(f, place->node, DIAG_USED_BEFORE_DECLARED,
                       il_infer_name_text(f, place->name));
        place->kind = PLACE_INVALID;
      }
      return;
    case ELEMENT_CLASS:
    case ELEMENT_TYPEDEF:
      set_class(f, e, place);
      return;
    case ELEMENT_TYPE_PARAM:
      if (is_out_of_reach(f, (TypeParamElement *)e)) {
        il_infer_error(f, place->node, DIAG_TYPE_PARAMETER_STATIC,
                       il_infer_name_text(f, place->name));
        return;
      }
      place->kind = PLACE_TYPE;
      place->type = il_type_param(f->types, ((TypeParamElement *)e)->id);
      return;
    case ELEMENT_PREFIX:
      place->kind = PLACE_PREFIX;
      if (place->name == NAME_wildcard &&
          f->library->language_version >= IL_VERSION(3, 7)) {
        place->kind = PLACE_INVALID;
        il_infer_error(f, place->node, DIAG_UNDEFINED_NAME, TEXT("_"));
      }
      return;
    default:
      if (is_instance(e)) {
        set_instance(f, e, place);
      } else {
        place->kind = PLACE_STATIC;
      }
  }
}

void il_infer_place_lexical(InferContext *f, Name written, const TreeNode *node,
                            Place *place) {
  memset(place, 0, sizeof(*place));
  place->node = node;
  place->name = il_infer_name(f, written);
  if (written == NAME_NONE) return;
  ScopeHit hit = il_scope_lookup(f->scope, place->name);
  if (hit.is_ambiguous) {
    il_infer_error(f, node, DIAG_AMBIGUOUS_NAME,
                   il_infer_name_text(f, place->name));
    return;
  }
  if (hit.element || hit.setter) {
    set_element(f, &hit, place);
    return;
  }
  if (set_built_in_type(place)) return;
  if (has_this(f)) {
    set_this_member(f, place);
    return;
  }
  il_infer_error(f, node, DIAG_UNDEFINED_NAME,
                 il_infer_name_text(f, place->name));
}

// ------------------------------------------------------- members of a target

static void report_static(InferContext *f, Place *place) {
  il_infer_error(f, place->node, DIAG_UNDEFINED_STATIC,
                 il_infer_name_text(f, place->name));
  place->kind = PLACE_INVALID;
}

static void place_in_prefix(InferContext *f, Place *target, Place *place) {
  PrefixElement *prefix = (PrefixElement *)target->element;
  bool is_ambiguous = false;
  if (prefix->is_deferred) place->deferred = prefix;
  ScopeHit hit = {0};
  hit.element =
      il_library_find_prefixed(prefix, place->name, false, &is_ambiguous);
  hit.setter = il_library_find_prefixed(prefix, place->name, true, NULL);
  if (is_ambiguous) {
    il_infer_error(f, place->node, DIAG_AMBIGUOUS_NAME,
                   il_infer_name_text(f, place->name));
    place->kind = PLACE_INVALID;
  } else if (hit.element || hit.setter) {
    set_element(f, &hit, place);
  } else if (prefix->is_deferred && place->name == NAME_loadLibrary) {
    place->kind = PLACE_LOAD_LIBRARY;
    place->element = target->element;
    place->deferred = NULL;  // loads it
  } else {
    report_static(f, place);
  }
}

static void place_in_class(InferContext *f, Place *target, Place *place) {
  ClassElement *c = target->class_element;
  if (!c) {
    report_static(f, place);
    return;
  }
  place->deferred = target->deferred;
  il_class_require(c, STAGE_MEMBERS);
  ScopeHit hit = {0};
  hit.element = il_class_find_static(c, place->name, false);
  hit.setter = il_class_find_static(c, place->name, true);
  if (hit.element || hit.setter) {
    if (target->is_applied) {
      il_infer_error(f, place->node, DIAG_INVALID_INSTANTIATION);
      return;
    }
    place->element = hit.element;
    place->setter = hit.setter;
    place->kind = PLACE_STATIC;
    return;
  }
  FunctionElement *constructor = il_class_find_constructor(c, place->name);
  if (!constructor || c->class_kind == CLASS_KIND_EXTENSION) {
    report_static(f, place);
    return;
  }
  place->kind = PLACE_CONSTRUCTOR;
  place->element = target->element;
  place->class_element = c;
  place->type = target->type;
}

void il_infer_place_member(InferContext *f, Place *target, Name name,
                           const TreeNode *node, Place *place) {
  memset(place, 0, sizeof(*place));
  place->node = node;
  place->name = il_infer_name(f, name);
  switch (target->kind) {
    case PLACE_INVALID:
      return;
    case PLACE_PREFIX:
      place_in_prefix(f, target, place);
      return;
    case PLACE_CLASS:
      if (!target->class_element) break;
      place_in_class(f, target, place);
      return;
    case PLACE_SUPER_SELF:
      place->kind = PLACE_SUPER;
      return;
    case PLACE_APPLICATION:
      if (target->name == NAME_NONE) {
        place->kind = PLACE_APPLICATION;
        place->class_element = target->class_element;
        place->vector = target->vector;
        place->receiver = target->receiver;
        return;
      }
      break;
    default:
      break;
  }
  place->kind = PLACE_MEMBER;
  place->receiver = il_infer_place_read(f, target);
}

// --------------------------------------------------------- resolving of trees

// The extension that a call's target names, as in E(x).m; NULL otherwise.
static ClassElement *peek_extension(InferContext *f, TreeNode *node) {
  Element *e = NULL;
  if (node->kind == TREE_IDENTIFIER) {
    Name name = il_infer_name(f, ((TreeIdentifier *)node)->name.name);
    e = il_scope_lookup(f->scope, name).element;
  } else if (node->kind == TREE_PROPERTY) {
    TreeProperty *p = (TreeProperty *)node;
    if (!p->target || p->target->kind != TREE_IDENTIFIER) return NULL;
    Name name = il_infer_name(f, ((TreeIdentifier *)p->target)->name.name);
    Element *prefix = il_scope_lookup(f->scope, name).element;
    if (!prefix || prefix->kind != ELEMENT_PREFIX) return NULL;
    e = il_library_find_prefixed((PrefixElement *)prefix,
                                 il_infer_name(f, p->name.name), false, NULL);
  }
  if (!e || e->kind != ELEMENT_CLASS) return NULL;
  ClassElement *c = (ClassElement *)e;
  return c->class_kind == CLASS_KIND_EXTENSION ? c : NULL;
}

// The type of `E(x)`: a function of the on type, generic as E is.
static TypeId application_type(InferContext *f, ClassElement *c) {
  uint32_t count = c->type_params.count;
  TypeParamId *params = IL_NEW_ARRAY(f->arena, TypeParamId, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    params[i] = c->type_params.items[i]->id;
  }
  TypeFunctionParts parts = {.result = TYPE_ID_VOID,
                             .type_params = params,
                             .type_param_count = count,
                             .positional = &c->extended,
                             .required_count = 1};
  return il_type_function(f->types, &parts);
}

static void place_application(InferContext *f, TreeCall *node, ClassElement *c,
                              Place *place) {
  memset(place, 0, sizeof(*place));
  place->node = &node->base;
  il_class_require(c, STAGE_SUPERS);
  TreeArguments *arguments = node->arguments;
  if (!arguments || arguments->items.count != 1 ||
      arguments->items.items[0]->kind == TREE_NAMED_ARGUMENT) {
    il_infer_error(f, &node->base, DIAG_EXTENSION_ARGUMENT);
    il_infer_loose_arguments(f, arguments);
    return;
  }
  InferInvocation call = {.node = &node->base,
                          .function = application_type(f, c),
                          .source = arguments,
                          .context = TYPE_ID_UNKNOWN};
  call.type_args =
      il_infer_type_list(f, &node->type_arguments, &call.type_arg_count);
  il_infer_invoke(f, &call);
  if (call.is_invalid) return;
  place->kind = PLACE_APPLICATION;
  place->class_element = c;
  place->vector = call.arguments.vector;
  place->receiver = call.arguments.positional.items[0];
}

bool il_infer_application(InferContext *f, TreeNode *node, Place *place) {
  if (!node || node->kind != TREE_CALL) return false;
  TreeCall *call = (TreeCall *)node;
  ClassElement *c = call->target ? peek_extension(f, call->target) : NULL;
  if (!c) return false;
  place_application(f, call, c, place);
  return true;
}

// C<int>, f<int>: a class with arguments, or a value instantiated.
static void place_instantiation(InferContext *f, TreeInstantiation *node,
                                Place *place) {
  il_infer_place(f, node->target, place);
  if (place->kind == PLACE_INVALID) return;
  uint32_t count;
  TypeId *args = il_infer_type_list(f, &node->type_arguments, &count);
  if (place->kind == PLACE_CLASS && place->element) {
    place->type =
        il_infer_class_apply(f, place->element, args, count, &node->base);
    place->is_applied = true;
    if (place->type == TYPE_ID_INVALID) place->kind = PLACE_INVALID;
    return;
  }
  if (place->kind == PLACE_PREFIX || place->kind == PLACE_TYPE ||
      place->kind == PLACE_CONSTRUCTOR) {
    il_infer_error(f, &node->base, DIAG_INVALID_INSTANTIATION);
    place->kind = PLACE_INVALID;
    return;
  }
  TypedExpr *e = il_infer_place_read(f, place);
  if (e->kind == EXPR_CONSTRUCTOR_TEAR_OFF &&
      node->target->kind == TREE_DOT_SHORTHAND) {
    il_infer_error(f, &node->base, DIAG_INVALID_INSTANTIATION);
    place->kind = PLACE_INVALID;
    return;
  }
  place->kind = PLACE_VALUE;
  place->receiver =
      il_infer_instantiate_written(f, e, args, count, &node->base);
  place->node = &node->base;
}

// What stands left of a dot.
static void place_target(InferContext *f, TreeNode *node, Place *place) {
  if (il_infer_application(f, node, place)) return;
  il_infer_place(f, node, place);
}

static void place_property(InferContext *f, TreeProperty *node, Place *place) {
  Place target;
  place_target(f, node->target, &target);
  const TreeNode *at = name_node(f, node->name, &node->base);
  if (!node->is_null_aware || target.kind == PLACE_CLASS) {
    il_infer_place_member(f, &target, node->name.name, at, place);
    return;
  }
  if (target.kind == PLACE_SUPER_SELF || target.kind == PLACE_PREFIX) {
    il_infer_error(f, at, DIAG_NULL_AWARE_TARGET,
                   target.kind == PLACE_PREFIX ? "a prefix" : "'super'");
    memset(place, 0, sizeof(*place));
    place->node = at;
    return;
  }
  if (target.kind == PLACE_APPLICATION && target.name == NAME_NONE) {
    target.receiver = il_infer_guard(f, target.receiver, at);
    il_infer_place_member(f, &target, node->name.name, at, place);
    return;
  }
  Place value = {.kind = PLACE_VALUE, .node = at};
  value.receiver = il_infer_guard(f, il_infer_place_read(f, &target), at);
  il_infer_place_member(f, &value, node->name.name, at, place);
}

static void place_index(InferContext *f, TreeIndex *node, Place *place) {
  Place target;
  place_target(f, node->target, &target);
  memset(place, 0, sizeof(*place));
  place->node = &node->base;
  place->name = NAME_op_index;
  if (target.kind == PLACE_SUPER_SELF) {
    place->kind = PLACE_SUPER_INDEX;
  } else if (target.kind == PLACE_APPLICATION && target.name == NAME_NONE) {
    place->kind = PLACE_APPLICATION_INDEX;
    place->class_element = target.class_element;
    place->vector = target.vector;
    place->receiver = target.receiver;
  } else {
    place->kind = PLACE_INDEX;
    place->receiver = il_infer_place_read(f, &target);
    if (il_infer_is_invalid(place->receiver)) place->kind = PLACE_INVALID;
  }
  if (node->is_null_aware && place->receiver) {
    place->receiver = il_infer_guard(f, place->receiver, &node->base);
  }
  TypeId context = il_infer_index_context(f, place);
  place->index = il_infer_expr(f, node->index, context);
}

void il_infer_place(InferContext *f, TreeNode *node, Place *place) {
  switch (node->kind) {
    case TREE_IDENTIFIER:
      il_infer_place_lexical(f, ((TreeIdentifier *)node)->name.name, node,
                             place);
      return;
    case TREE_PROPERTY:
      place_property(f, (TreeProperty *)node, place);
      return;
    case TREE_INDEX:
      place_index(f, (TreeIndex *)node, place);
      return;
    case TREE_INSTANTIATION:
      place_instantiation(f, (TreeInstantiation *)node, place);
      return;
    default:
      break;
  }
  memset(place, 0, sizeof(*place));
  place->node = node;
  if (node->kind == TREE_SUPER) {
    place->kind = has_this(f) && f->owner ? PLACE_SUPER_SELF : PLACE_INVALID;
    if (place->kind == PLACE_INVALID) {
      il_infer_error(f, node, DIAG_NO_THIS, "super", "super");
    }
    return;
  }
  place->kind = PLACE_VALUE;
  place->receiver = il_infer_expr(f, node, TYPE_ID_UNKNOWN);
}

// ------------------------------------------------------------------- reading

TypedExpr *il_infer_type_literal(InferContext *f, TypeId type,
                                 uint32_t offset) {
  type = il_type_normalize(f->type_context, type);
  const Type *t = il_type_get(f->types, type);
  il_infer_use_type(f, type);
  if (!(t->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM))) {
    Constant c = {.kind = CONSTANT_TYPE, .type = type};
    return il_infer_constant_expr(f, il_constant_intern(f->sema, &c),
                                  TYPE_ID_TYPE, offset);
  }
  TypedTypeLiteral *e =
      NEW_EXPR(f, TYPE, TypedTypeLiteral, offset, TYPE_ID_TYPE);
  e->value = type;
  return &e->base;
}

static TypedExpr *read_field(InferContext *f, FieldElement *field,
                             uint32_t offset) {
  TypeId type = il_field_type(field);
  if (type == TYPE_ID_INVALID || type == TYPE_ID_NONE) {
    return il_infer_invalid(f, offset);
  }
  if (field->flags & FIELD_IS_CONST) {
    Constant *value = il_constant_of_field(field);
    if (!value) return il_infer_invalid(f, offset);
    return il_infer_constant_expr(f, value, type, offset);
  }
  TypedStaticGet *e = NEW_EXPR(f, STATIC_GET, TypedStaticGet, offset, type);
  e->field = field;
  return &e->base;
}

static TypedExpr *read_static(InferContext *f, Place *place) {
  uint32_t offset = place->node->start;
  if (!place->element) {
    il_infer_error(f, place->node, DIAG_UNDEFINED_NAME,
                   il_infer_name_text(f, place->name));
    return il_infer_invalid(f, offset);
  }
  if (place->element->kind == ELEMENT_FIELD) {
    return read_field(f, (FieldElement *)place->element, offset);
  }
  FunctionElement *function = (FunctionElement *)place->element;
  Signature *signature = il_member_signature(function);
  if (function->function_kind == FUNCTION_GETTER) {
    TypedStaticCall *e =
        NEW_EXPR(f, STATIC_CALL, TypedStaticCall, offset, signature->result);
    e->target = function;
    return &e->base;
  }
  TypedStaticTearOff *e =
      NEW_EXPR(f, STATIC_TEAR_OFF, TypedStaticTearOff, offset, signature->type);
  e->target = function;
  return &e->base;
}

static TypedExpr *read_member(InferContext *f, Place *place) {
  if (il_infer_is_invalid(place->receiver)) return place->receiver;
  Member m;
  il_infer_find_member(f, place->receiver->type, place->name, false, &m);
  if (m.kind == MEMBER_NONE && place->is_this) {
    il_infer_error(f, place->node, DIAG_UNDEFINED_GETTER,
                   il_infer_name_text(f, place->name),
                   il_infer_type_text(f, place->receiver->type));
    return il_infer_invalid(f, place->node->start);
  }
  TypedExpr *e =
      il_infer_get_member(f, place->receiver, &m, place->name, place->node);
  return il_flow_property_read(f->flow, place->receiver, &m, e);
}

FunctionElement *il_infer_super_member(InferContext *f, Name name,
                                       bool setter) {
  ClassElement *c = f->owner;
  if (!c) return NULL;
  if (c->class_kind != CLASS_KIND_MIXIN) {
    return c->superclass ? il_class_find_concrete(c->superclass, name, setter)
                         : NULL;
  }
  for (uint32_t i = 0; i < c->on.count; i++) {
    ClassElement *on = il_infer_class_of(f, c->on.items[i]);
    FunctionElement *m = on ? il_class_find_member(on, name, setter) : NULL;
    if (m) return m;
  }
  ClassElement *object = il_sema_class(f->sema, CLASS_OBJECT);
  return il_class_find_member(object, name, setter);
}

// The member's function type as `this` has it.
static TypeId super_type(InferContext *f, FunctionElement *m) {
  return il_member_type(m, f->this_type);
}

TypedExpr *il_infer_report_super(InferContext *f, Name name,
                                 const TreeNode *node) {
  il_infer_error(f, node, DIAG_UNDEFINED_SUPER, il_infer_name_text(f, name));
  return il_infer_invalid(f, node->start);
}

static TypedExpr *read_super(InferContext *f, Place *place) {
  FunctionElement *m = il_infer_super_member(f, place->name, false);
  if (!m) return il_infer_report_super(f, place->name, place->node);
  TypeId type = super_type(f, m);
  uint32_t offset = place->node->start;
  LocalVar *bound = il_infer_use_super(f, m);
  if (m->function_kind == FUNCTION_GETTER) {
    if (il_type_get(f->types, type)->kind == TYPE_FUNCTION) {
      type = il_type_function_result(f->types, type);
    }
    TypedSuperCall *e = NEW_EXPR(f, SUPER_CALL, TypedSuperCall, offset, type);
    e->target = m;
    e->bound = bound;
    Member member = {.kind = MEMBER_INSTANCE, .function = m, .type = type};
    return il_flow_property_read(f->flow, NULL, &member, &e->base);
  }
  TypedInstanceTearOff *e =
      NEW_EXPR(f, SUPER_TEAR_OFF, TypedInstanceTearOff, offset, type);
  e->target = m;
  e->bound = bound;
  return &e->base;
}

// A member of the extension applied; false after a report.
bool il_infer_application_member(InferContext *f, Place *place, Name name,
                                 bool setter, MemberUse use, Member *m) {
  memset(m, 0, sizeof(*m));
  FunctionElement *function =
      il_class_find_declared(place->class_element, name, setter);
  if (!function || (function->flags & FUNCTION_IS_STATIC &&
                    !(function->flags & FUNCTION_IS_EXTENSION))) {
    Text type = il_infer_name_text(f, place->class_element->base.name);
    il_infer_error(f, place->node,
                   use == USE_SETTER   ? DIAG_UNDEFINED_SETTER
                   : use == USE_GETTER ? DIAG_UNDEFINED_GETTER
                                       : DIAG_UNDEFINED_METHOD,
                   il_infer_name_text(f, name), type);
    return false;
  }
  il_infer_extension_member(f, function, place->vector, m);
  return true;
}

static TypedExpr *read_application(InferContext *f, Place *place) {
  if (place->name == NAME_NONE) {
    il_infer_error(f, place->node, DIAG_EXTENSION_USE);
    return il_infer_invalid(f, place->node->start);
  }
  Member m;
  if (!il_infer_application_member(f, place, place->name, false, USE_GETTER,
                                   &m)) {
    return il_infer_invalid(f, place->node->start);
  }
  return il_infer_get_member(f, place->receiver, &m, place->name, place->node);
}

static TypedExpr *read_class(InferContext *f, Place *place) {
  uint32_t offset = place->node->start;
  ClassElement *c = place->class_element;
  if (c && c->class_kind == CLASS_KIND_EXTENSION) {
    il_infer_error(f, place->node, DIAG_NOT_A_VALUE,
                   il_infer_name_text(f, c->base.name), "an extension");
    return il_infer_invalid(f, offset);
  }
  TypeId type = place->type;
  if (type == TYPE_ID_NONE) type = il_declare_raw_type(f->sema, place->element);
  if (type == TYPE_ID_INVALID) return il_infer_invalid(f, offset);
  if (f->is_const && place->deferred) {
    il_infer_error(f, place->node, DIAG_DEFERRED_CONST);
  }
  return il_infer_type_literal(f, type, offset);
}

TypedExpr *il_infer_local_read(InferContext *f, LocalVar *local,
                               const TreeNode *node) {
  if (local->constant) {
    return il_infer_constant_expr(f, local->constant, local->type, node->start);
  }
  if (local->flags & LOCAL_IS_FUNCTION) local->flags |= LOCAL_ESCAPES;
  TypedExpr *e = il_infer_local_get(f, local, node->start);
  return il_flow_read(f->flow, local, e, node);
}

static TypedExpr *read_place(InferContext *f, Place *place) {
  switch (place->kind) {
    case PLACE_INVALID:
      return il_infer_invalid(f, place->node->start);
    case PLACE_VALUE:
      return place->receiver;
    case PLACE_LOCAL:
      return il_infer_local_read(f, (LocalVar *)place->element, place->node);
    case PLACE_STATIC:
      return read_static(f, place);
    case PLACE_MEMBER:
      return read_member(f, place);
    case PLACE_SUPER:
      return read_super(f, place);
    case PLACE_APPLICATION:
      return read_application(f, place);
    case PLACE_INDEX:
    case PLACE_SUPER_INDEX:
    case PLACE_APPLICATION_INDEX:
      return il_infer_index_read(f, place);
    case PLACE_CLASS:
      return read_class(f, place);
    case PLACE_TYPE:
      il_infer_check_constant_type(f, place->type, place->node);
      return il_infer_type_literal(f, place->type, place->node->start);
    case PLACE_CONSTRUCTOR:
      return il_infer_constructor_tear_off(f, place);
    case PLACE_PREFIX:
      il_infer_error(f, place->node, DIAG_NOT_A_VALUE,
                     il_infer_name_text(f, place->name), "a prefix");
      return il_infer_invalid(f, place->node->start);
    case PLACE_LOAD_LIBRARY:
      return il_infer_load_library_tear_off(f, place);
    default:
      il_infer_error(f, place->node, DIAG_NOT_A_VALUE, TEXT("super"),
                     "a reserved word");
      return il_infer_invalid(f, place->node->start);
  }
}

TypedExpr *il_infer_place_read(InferContext *f, Place *place) {
  return il_infer_deferred(f, place->deferred, read_place(f, place));
}

// ------------------------------------------------------------------- writing

static TypedExpr *report_not_variable(InferContext *f, Place *place) {
  bool is_final = false;
  if (place->element && place->element->kind == ELEMENT_FIELD) {
    is_final = true;
  }
  il_infer_error(f, place->node,
                 is_final ? DIAG_ASSIGN_FINAL : DIAG_ASSIGN_NOT_VARIABLE,
                 il_infer_name_text(f, place->name));
  return il_infer_invalid(f, place->node->start);
}

static TypedExpr *write_static(InferContext *f, Place *place,
                               TypedExpr *value) {
  uint32_t offset = place->node->start;
  if (!place->setter) return report_not_variable(f, place);
  if (place->setter->kind == ELEMENT_FIELD) {
    FieldElement *field = (FieldElement *)place->setter;
    value = il_infer_coerce(f, value, il_field_type(field), place->node);
    TypedStaticSet *e =
        NEW_EXPR(f, STATIC_SET, TypedStaticSet, offset, value->type);
    e->field = field;
    e->value = value;
    return &e->base;
  }
  FunctionElement *setter = (FunctionElement *)place->setter;
  Signature *signature = il_member_signature(setter);
  if (setter->function_kind != FUNCTION_SETTER ||
      signature->required_count != 1) {
    return report_not_variable(f, place);
  }
  value = il_infer_coerce(f, value, signature->parameters[0].type, place->node);
  LocalVar *let;
  TypedExpr *held = il_infer_hold(f, value, &let);
  TypedStaticCall *e =
      NEW_EXPR(f, STATIC_CALL, TypedStaticCall, offset, TYPE_ID_VOID);
  e->target = setter;
  e->arguments.positional.items = IL_NEW_ARRAY(f->arena, TypedExpr *, 1);
  e->arguments.positional.items[0] = held;
  e->arguments.positional.count = 1;
  return il_infer_release(f, let, value, il_infer_after(f, &e->base, held));
}

static TypedExpr *write_local(InferContext *f, Place *place, TypedExpr *value) {
  LocalVar *local = (LocalVar *)place->element;
  if ((local->flags & LOCAL_IS_FUNCTION) || local->constant) {
    return report_not_variable(f, place);
  }
  value = il_infer_coerce(f, value, local->type, place->node);
  local->flags |= LOCAL_IS_ASSIGNED;
  il_infer_use_local(f, local);
  TypedLocalSet *e =
      NEW_EXPR(f, LOCAL_SET, TypedLocalSet, place->node->start, value->type);
  e->local = local;
  e->value = value;
  il_flow_assign(f->flow, local, value, place->node);
  return &e->base;
}

static TypedExpr *write_super(InferContext *f, Place *place, TypedExpr *value) {
  FunctionElement *m = il_infer_super_member(f, place->name, true);
  if (!m) return il_infer_report_super(f, place->name, place->node);
  TypeId type = super_type(f, m);
  if (il_type_get(f->types, type)->kind == TYPE_FUNCTION &&
      il_type_function_positional_count(f->types, type) == 1) {
    type = il_type_function_positional(f->types, type, 0);
  }
  value = il_infer_coerce(f, value, type, place->node);
  TypedSuperCall *e =
      NEW_EXPR(f, SUPER_CALL, TypedSuperCall, place->node->start, value->type);
  e->target = m;
  e->bound = il_infer_use_super(f, m);
  e->arguments.positional.items = IL_NEW_ARRAY(f->arena, TypedExpr *, 1);
  e->arguments.positional.items[0] = value;
  e->arguments.positional.count = 1;
  return &e->base;
}

static TypedExpr *write_member(InferContext *f, Place *place,
                               TypedExpr *value) {
  if (il_infer_is_invalid(place->receiver)) return place->receiver;
  Member m;
  TypeId type = place->receiver->type;
  il_infer_find_member(f, type, place->name, true, &m);
  if (m.kind == MEMBER_NONE) {
    Member getter;
    il_infer_find_member(f, type, place->name, false, &getter);
    if (getter.kind == MEMBER_INSTANCE && getter.function->field) {
      il_infer_error(f, place->node, DIAG_ASSIGN_FINAL,
                     il_infer_name_text(f, place->name));
      return il_infer_invalid(f, place->node->start);
    }
  }
  return il_infer_set_member(f, place->receiver, &m, place->name, value,
                             place->node);
}

static TypedExpr *write_place(InferContext *f, Place *place, TypedExpr *value) {
  switch (place->kind) {
    case PLACE_INVALID:
      return il_infer_invalid(f, place->node->start);
    case PLACE_LOCAL:
      return write_local(f, place, value);
    case PLACE_STATIC:
      return write_static(f, place, value);
    case PLACE_MEMBER:
      return write_member(f, place, value);
    case PLACE_SUPER:
      return write_super(f, place, value);
    case PLACE_APPLICATION: {
      Member m;
      if (!il_infer_application_member(f, place, place->name, true, USE_SETTER,
                                       &m)) {
        return il_infer_invalid(f, place->node->start);
      }
      return il_infer_set_member(f, place->receiver, &m, place->name, value,
                                 place->node);
    }
    case PLACE_INDEX:
    case PLACE_SUPER_INDEX:
    case PLACE_APPLICATION_INDEX:
      return il_infer_index_write(f, place, value);
    default:
      return report_not_variable(f, place);
  }
}

TypedExpr *il_infer_place_write(InferContext *f, Place *place,
                                TypedExpr *value) {
  return il_infer_deferred(f, place->deferred, write_place(f, place, value));
}

TypeId il_infer_place_type(InferContext *f, Place *place) {
  switch (place->kind) {
    case PLACE_LOCAL: {
      LocalVar *local = (LocalVar *)place->element;
      TypeId promoted = il_flow_promoted(f->flow, local);
      return promoted != TYPE_ID_NONE ? promoted : local->type;
    }
    case PLACE_STATIC:
      if (!place->setter) return TYPE_ID_UNKNOWN;
      if (place->setter->kind == ELEMENT_FIELD) {
        return il_field_type((FieldElement *)place->setter);
      } else {
        Signature *s = il_member_signature((FunctionElement *)place->setter);
        return s->required_count == 1 ? s->parameters[0].type : TYPE_ID_UNKNOWN;
      }
    case PLACE_MEMBER: {
      Member m;
      il_infer_find_member(f, place->receiver->type, place->name, true, &m);
      return m.kind == MEMBER_INSTANCE || m.kind == MEMBER_EXTENSION
                 ? m.type
                 : TYPE_ID_UNKNOWN;
    }
    case PLACE_SUPER: {
      FunctionElement *m = il_infer_super_member(f, place->name, true);
      TypeId type = m ? super_type(f, m) : TYPE_ID_NONE;
      if (type == TYPE_ID_NONE ||
          il_type_get(f->types, type)->kind != TYPE_FUNCTION ||
          il_type_function_positional_count(f->types, type) != 1) {
        return TYPE_ID_UNKNOWN;
      }
      return il_type_function_positional(f->types, type, 0);
    }
    case PLACE_APPLICATION: {
      FunctionElement *function =
          il_class_find_declared(place->class_element, place->name, true);
      if (!function) return TYPE_ID_UNKNOWN;
      Member m = {0};
      il_infer_extension_member(f, function, place->vector, &m);
      return m.type;
    }
    case PLACE_INDEX:
    case PLACE_SUPER_INDEX:
    case PLACE_APPLICATION_INDEX:
      return il_infer_index_value_type(f, place);
    default:
      return TYPE_ID_UNKNOWN;
  }
}
