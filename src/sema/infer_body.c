// infer_body.c: the entry points: members, field initialisers, constants, and
// bodies that no source has.

#include "sema/infer_internal.h"

#include "sema/flow.h"

// ------------------------------------------------------------------- contexts

void il_infer_begin(InferContext *f, Sema *sema, Element *member,
                    ClassElement *owner, TreeNode *flow_root) {
  memset(f, 0, sizeof(*f));
  f->sema = sema;
  f->arena = sema->arena;
  f->types = sema->types;
  f->type_context = &sema->type_context;
  f->library = member->library;
  f->unit = member->unit;
  f->source = member->unit ? &member->unit->source : NULL;
  f->member = member;
  f->owner = owner;
  f->scope = il_declare_scope(sema, member);
  f->flow = il_flow_new(f, flow_root);
}

void il_infer_end(InferContext *f) { il_flow_free(f->flow); }

TypedBody *il_infer_new_body(InferContext *f, Signature *signature,
                             uint32_t offset) {
  TypedBody *body = IL_NEW(f->arena, TypedBody);
  body->parent = f->function ? f->function->body : NULL;
  body->library = f->library;
  body->unit = f->unit;
  body->offset = offset;
  body->signature = signature;
  return body;
}

// What a returned or yielded value must be, by the declared result.
static TypeId value_type(InferContext *f, TypeId result, TreeAsync async) {
  TypeId type;
  if (async == TREE_SYNC_STAR || async == TREE_ASYNC_STAR) {
    result = il_infer_strip_future_or(f, result);
  }
  switch (async) {
    case TREE_ASYNC:
      return il_type_future_value(f->type_context, result);
    case TREE_SYNC_STAR:
      type = il_infer_type_argument(f, result, CLASS_ITERABLE, 0);
      return type == TYPE_ID_NONE ? TYPE_ID_DYNAMIC : type;
    case TREE_ASYNC_STAR:
      type = il_infer_type_argument(f, result, CLASS_STREAM, 0);
      return type == TYPE_ID_NONE ? TYPE_ID_DYNAMIC : type;
    default:
      return result;
  }
}

void il_infer_enter_function(InferContext *f, InferFunction *function,
                             TypedBody *body, TypeId result, TreeAsync async) {
  memset(function, 0, sizeof(*function));
  function->outer = f->function;
  function->body = body;
  function->result = result;
  function->is_async = async == TREE_ASYNC || async == TREE_ASYNC_STAR;
  function->is_generator = async == TREE_SYNC_STAR || async == TREE_ASYNC_STAR;
  body->is_async = function->is_async;
  body->is_generator = function->is_generator;
  function->value_context = TYPE_ID_UNKNOWN;
  f->function = function;
  if (result == TYPE_ID_NONE) return;
  function->value_type = value_type(f, result, async);
  function->value_context = function->value_type;
  body->element_type = function->value_type;
  if (async == TREE_ASYNC && function->value_type != TYPE_ID_INVALID) {
    function->value_context = il_type_future_or(f->types, function->value_type);
  }
  if (async != TREE_SYNC) il_infer_use_type(f, function->value_type);
}

void il_infer_leave_function(InferContext *f) {
  f->function = f->function->outer;
}

// ----------------------------------------------------------------- parameters

// Parameters of instance members whose types narrow with the receiver's class
// are checked when the function is entered.
static bool is_checked(InferContext *f, const TypedBody *body,
                       const Parameter *p) {
  const FunctionElement *element = body->element;
  if (p->is_covariant) return true;
  if (!element || !element->owner) return false;
  if (element->flags & (FUNCTION_IS_STATIC | FUNCTION_IS_EXTENSION)) {
    return false;
  }
  if (element->function_kind == FUNCTION_CONSTRUCTOR ||
      element->function_kind == FUNCTION_FACTORY) {
    return false;
  }
  return il_infer_mentions(f, p->type, true);
}

void il_infer_make_parameters(InferContext *f, TypedBody *body) {
  Signature *s = body->signature;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  body->parameters = IL_NEW_ARRAY(f->arena, LocalVar *, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    uint16_t flags = LOCAL_IS_PARAMETER;
    Name name = p->name;
    if (p->node && p->node->kind == TREE_PARAMETER) {
      name = il_infer_name(f, ((TreeParameter *)p->node)->name.name);
    }
    if (p->is_final || p->field || p->is_super) flags |= LOCAL_IS_FINAL;
    if (is_checked(f, body, p)) flags |= LOCAL_IS_COVARIANT;
    TypeId type = p->type == TYPE_ID_NONE ? TYPE_ID_DYNAMIC : p->type;
    LocalVar *local = il_infer_new_local(f, name, type, flags);
    local->base.node = p->node;
    local->owner = body;
    body->parameters[i] = local;
    il_flow_declare(f->flow, local, true);
  }
}

void il_infer_declare_parameters(InferContext *f, TypedBody *body,
                                 bool only_plain) {
  Signature *s = body->signature;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    if (only_plain && (p->field || p->is_super)) continue;
    const TreeName *name = NULL;
    if (p->node && p->node->kind == TREE_PARAMETER) {
      name = &((TreeParameter *)p->node)->name;
    }
    il_infer_declare(f, body->parameters[i], only_plain ? NULL : name);
  }
}

// ----------------------------------------------------------------------- code

static TypedStmt *infer_arrow(InferContext *f, TreeNode *body) {
  InferFunction *function = f->function;
  TypedExpr *value;
  function->is_setter_or_arrow_void = true;
  bool is_setter = function->body->element &&
                   function->body->element->function_kind == FUNCTION_SETTER;
  if (is_setter || function->is_constructor) {
    value = il_infer_unused(f, body);
    return il_infer_expr_stmt(f, value);
  }
  value = il_infer_expr(f, body, il_infer_return_context(f));
  value = il_infer_return_value(f, value, body);
  TypedReturn *r = NEW_STMT(f, RETURN, TypedReturn, body->start);
  r->value = value;
  return &r->base;
}

static void check_completion(InferContext *f, TreeNode *body) {
  InferFunction *function = f->function;
  if (function->is_generator || function->is_constructor) return;
  TypeId type = function->value_type;
  if (type == TYPE_ID_NONE || type == TYPE_ID_INVALID) return;
  if (type == TYPE_ID_VOID || type == TYPE_ID_DYNAMIC) return;
  if (il_type_is_nullable(f->type_context, type)) return;
  if (!il_flow_is_reachable(f->flow)) return;
  TreeNode at = {.start = body->end > 0 ? body->end - 1 : 0, .end = body->end};
  il_infer_error(f, &at, DIAG_BODY_COMPLETES,
                 il_infer_type_text(f, function->result));
}

TypedStmt *il_infer_code(InferContext *f, TreeNode *body, bool is_arrow) {
  if (!body) return NULL;
  if (is_arrow) return infer_arrow(f, body);
  TypedStmt *code = il_infer_statement(f, body);
  check_completion(f, body);
  return code;
}

static TreeAsync async_of(const FunctionElement *element) {
  bool is_async = (element->flags & FUNCTION_IS_ASYNC) != 0;
  if (element->flags & FUNCTION_IS_GENERATOR) {
    return is_async ? TREE_ASYNC_STAR : TREE_SYNC_STAR;
  }
  return is_async ? TREE_ASYNC : TREE_SYNC;
}

// An async function must be able to return a Future, and so on.
static void check_async_result(InferContext *f, const TreeFunction *node,
                               TypeId result) {
  static const char *const words[] = {"", "async", "sync*", "async*"};
  static const WellKnownClass ids[] = {CLASS_NONE, CLASS_FUTURE, CLASS_ITERABLE,
                                       CLASS_STREAM};
  if (node->async == TREE_SYNC || result == TYPE_ID_INVALID) return;
  TypeId least = il_infer_core_type1(f, ids[node->async], TYPE_ID_NEVER);
  bool is_void = result == TYPE_ID_VOID && node->async != TREE_ASYNC;
  if (!is_void && il_infer_is_subtype(f, least, result)) return;
  const TreeNode *at = node->return_type ? node->return_type : &node->base;
  TypeId shown = il_infer_core_type1(f, ids[node->async], TYPE_ID_DYNAMIC);
  il_infer_error(f, at, DIAG_INVALID_ASYNC_RESULT, words[node->async],
                 il_infer_type_text(f, shown));
}

// ------------------------------------------------------------------ synthetic

static TypedExpr *symbol_of(InferContext *f, Name name, uint32_t offset) {
  Constant c = {.kind = CONSTANT_SYMBOL, .type = TYPE_ID_SYMBOL, .name = name};
  return il_infer_constant_expr(f, il_constant_intern(f->sema, &c),
                                TYPE_ID_SYMBOL, offset);
}

// The name that an Invocation tells: that of a setter ends with `=`.
static Name invocation_name(InferContext *f, const FunctionElement *element) {
  Text text = il_name_text(f->sema->names, element->base.name);
  if (element->function_kind != FUNCTION_SETTER) return element->base.name;
  text = il_arena_format(f->arena, "%.*s=", TEXT_ARG(text));
  return il_name_intern(f->sema->names, text);
}

static TypedItem *add_item(InferContext *f, TypedCollection *to,
                           uint32_t capacity) {
  if (!to->items) to->items = IL_NEW_ARRAY(f->arena, TypedItem *, capacity);
  TypedItem *item = IL_NEW(f->arena, TypedItem);
  to->items[to->count++] = item;
  return item;
}

// The Invocation that the forwarder passes on.
static TypedExpr *make_invocation(InferContext *f, FunctionElement *element,
                                  TypedBody *body, FunctionElement *ctor) {
  Signature *s = body->signature;
  uint32_t offset = body->offset;
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t all = positional + s->named_count;
  TypedInt *kind = NEW_EXPR(f, INT, TypedInt, offset, TYPE_ID_INT);
  kind->value = element->function_kind == FUNCTION_GETTER   ? 1
                : element->function_kind == FUNCTION_SETTER ? 2
                                                            : 0;
  TypedCollection *types =
      NEW_EXPR(f, LIST, TypedCollection, offset,
               il_infer_core_type1(f, CLASS_LIST, TYPE_ID_TYPE));
  TypedCollection *values =
      NEW_EXPR(f, LIST, TypedCollection, offset,
               il_infer_core_type1(f, CLASS_LIST, TYPE_ID_DYNAMIC));
  TypedCollection *named = NEW_EXPR(
      f, MAP, TypedCollection, offset,
      il_infer_core_type2(f, CLASS_MAP, TYPE_ID_SYMBOL, TYPE_ID_DYNAMIC));
  for (uint32_t i = 0; i < s->type_param_count; i++) {
    TypeId type = il_type_param(f->types, s->type_params[i]->id);
    add_item(f, types, s->type_param_count)->value =
        il_infer_type_literal(f, type, offset);
  }
  for (uint32_t i = 0; i < all; i++) {
    TypedItem *item = add_item(f, i < positional ? values : named, all);
    item->value = il_infer_local_get(f, body->parameters[i], offset);
    if (i >= positional)
      item->key = symbol_of(f, s->parameters[i].name, offset);
  }
  TypedNew *made = NEW_EXPR(f, NEW, TypedNew, offset,
                            il_declare_this_type(f->sema, ctor->owner));
  made->constructor = ctor;
  made->arguments.positional.items = IL_NEW_ARRAY(f->arena, TypedExpr *, 5);
  made->arguments.positional.count = 5;
  TypedExpr **args = made->arguments.positional.items;
  args[0] = symbol_of(f, invocation_name(f, element), offset);
  args[1] = &kind->base;
  args[2] = &types->base;
  args[3] = &values->base;
  args[4] = &named->base;
  return &made->base;
}

// Whether the member has a private name of another library than its class's.
// Nobody there could have meant its noSuchMethod to answer for it.
static bool is_foreign(InferContext *f, const FunctionElement *element) {
  Name name = element->base.name;
  if (!il_name_is_private(f->sema->names, name)) return false;
  Name plain = il_name_intern(f->sema->names,
                              il_name_public_text(f->sema->names, name));
  return il_library_name(element->owner->base.library, plain) != name;
}

// A member that is declared and not there: noSuchMethod is called.
static void infer_forwarder(InferContext *f, FunctionElement *element,
                            TypedBody *body) {
  Signature *s = body->signature;
  ClassElement *c = il_sema_class(f->sema, CLASS_INVOCATION_VALUE);
  FunctionElement *ctor = c ? il_class_find_constructor(c, NAME_new) : NULL;
  FunctionElement *target =
      il_class_find_member(element->owner, NAME_noSuchMethod, false);
  if (!ctor || !target) return;
  TypedInstanceCall *call = NEW_EXPR(f, INSTANCE_CALL, TypedInstanceCall,
                                     body->offset, TYPE_ID_DYNAMIC);
  call->receiver = il_infer_this(f, body->offset);
  call->target = target;
  if (is_foreign(f, element)) {
    call->target = il_sema_core_member(f->sema, CLASS_OBJECT,
                                       NAME_noSuchMethod, false);
    call->is_exact = true;
  }
  call->arguments.positional.items = IL_NEW_ARRAY(f->arena, TypedExpr *, 1);
  call->arguments.positional.items[0] = make_invocation(f, element, body, ctor);
  call->arguments.positional.count = 1;
  TypedReturn *r = NEW_STMT(f, RETURN, TypedReturn, body->offset);
  r->value = &call->base;
  if (s->result != TYPE_ID_VOID && s->result != TYPE_ID_DYNAMIC) {
    r->value = il_infer_downcast(f, r->value, s->result, AS_DOWNCAST);
  }
  body->code = &r->base;
}

// -------------------------------------------------------------------- members

static TypeId this_type_of(Sema *sema, ClassElement *owner) {
  if (owner->class_kind == CLASS_KIND_EXTENSION) {
    il_class_require(owner, STAGE_SUPERS);
    return owner->extended;
  }
  return il_declare_this_type(sema, owner);
}

static void infer_plain(InferContext *f, FunctionElement *element,
                        TypedBody *body) {
  TreeNode *node = element->base.node;
  if (!node || node->kind != TREE_FUNCTION) return;
  TreeFunction *function = (TreeFunction *)node;
  check_async_result(f, function, body->signature->result);
  il_infer_declare_parameters(f, body, false);
  if (element->flags & (FUNCTION_IS_ABSTRACT | FUNCTION_IS_EXTERNAL)) return;
  if (element->function_kind == FUNCTION_SETTER) {
    f->function->is_setter_or_arrow_void = true;
    if (f->function->value_type == TYPE_ID_DYNAMIC) {
      f->function->value_type = TYPE_ID_VOID;
    }
  }
  body->code = il_infer_code(f, function->body, function->is_arrow);
}

static void infer_factory(InferContext *f, FunctionElement *element,
                          TypedBody *body) {
  TreeNode *node = element->base.node;
  if (!node || node->kind != TREE_CONSTRUCTOR) return;
  TreeConstructor *factory = (TreeConstructor *)node;
  il_infer_declare_parameters(f, body, false);
  if (element->flags & FUNCTION_IS_EXTERNAL) return;
  if (element->flags & FUNCTION_IS_REDIRECTING) {
    TypeId type = TYPE_ID_NONE;
    FunctionElement *target = il_member_redirect(element, &type);
    if (!target) return;
    body->code = il_infer_redirecting_factory(f, body, target, type);
    return;
  }
  body->code = il_infer_code(f, factory->body, factory->is_arrow);
}

void il_infer_function(Sema *sema, FunctionElement *element) {
  if (element->body) return;
  Signature *signature = il_member_signature(element);
  ClassElement *owner = element->owner;
  InferContext context, *f = &context;
  il_infer_begin(f, sema, &element->base, owner, element->base.node);
  TreeNode *node = element->base.node;
  TypedBody *body = il_infer_new_body(f, signature, node ? node->start : 0);
  body->element = element;
  body->name = element->base.name;
  element->body = body;
  bool is_instance = owner && !(element->flags & FUNCTION_IS_STATIC) &&
                     element->function_kind != FUNCTION_FACTORY;
  if (owner && (element->flags & FUNCTION_IS_EXTENSION)) is_instance = true;
  if (element->function_kind == FUNCTION_CONSTRUCTOR) is_instance = true;
  InferFunction function;
  il_infer_enter_function(f, &function, body, signature->result,
                          async_of(element));
  if (is_instance) f->this_type = this_type_of(sema, owner);
  bool is_extension_type =
      owner && owner->class_kind == CLASS_KIND_EXTENSION_TYPE;
  if (is_instance &&
      ((element->flags & FUNCTION_IS_EXTENSION) ||
       (is_extension_type && element->function_kind == FUNCTION_CONSTRUCTOR))) {
    uint16_t flags = LOCAL_IS_FINAL;
    if (element->flags & FUNCTION_IS_EXTENSION) flags |= LOCAL_IS_PARAMETER;
    body->receiver = il_infer_new_local(f, NAME_this, f->this_type, flags);
    f->receiver = body->receiver;
    il_flow_declare(f->flow, body->receiver, true);
  }
  Scope *saved = il_infer_open_block(f, NULL);
  il_infer_make_parameters(f, body);
  if (element->flags & FUNCTION_IS_NO_SUCH_METHOD) {
    infer_forwarder(f, element, body);
  } else if (element->function_kind == FUNCTION_CONSTRUCTOR) {
    function.is_constructor = true;
    il_infer_constructor(f, element, body);
  } else if (element->function_kind == FUNCTION_FACTORY) {
    infer_factory(f, element, body);
  } else {
    infer_plain(f, element, body);
    il_infer_bind_supers(f, body);
  }
  il_infer_close_block(f, saved);
  il_infer_leave_function(f);
  il_infer_end(f);
}

// --------------------------------------------------------------------- fields

static TypedExpr *infer_enum_value(InferContext *f, FieldElement *field) {
  ClassElement *c = field->owner;
  TreeNode *node = field->base.node;
  if (!node || node->kind != TREE_ENUM_VALUE) return il_infer_invalid(f, 0);
  TreeEnumValue *value = (TreeEnumValue *)node;
  TypeId type = TYPE_ID_NONE;
  uint32_t count;
  TypeId *args = il_infer_type_list(f, &value->type_arguments, &count);
  if (args) {
    type = il_infer_class_apply(f, &c->base, args, count, node);
    if (type == TYPE_ID_INVALID) return il_infer_invalid(f, node->start);
  } else if (c->type_params.count == 0) {
    type = il_declare_this_type(f->sema, c);
  }
  Name name = NAME_new;
  if (value->constructor.name) {
    name = il_infer_name(f, value->constructor.name);
  }
  return il_infer_enum_instance(f, c, type, name, value->arguments, node);
}

// The initialiser's expression, coerced to `declared` when that is known.
static TypedExpr *infer_initializer(InferContext *f, FieldElement *field,
                                    TypeId declared) {
  f->is_const = (field->flags & (FIELD_IS_CONST | FIELD_IS_ENUM_VALUE)) != 0;
  if (field->flags & FIELD_IS_ENUM_VALUE) return infer_enum_value(f, field);
  TreeNode *node = field->initializer_node;
  TypedExpr *e = il_infer_expr(
      f, node, declared == TYPE_ID_NONE ? TYPE_ID_UNKNOWN : declared);
  if (declared == TYPE_ID_NONE) return e;
  return il_infer_coerce(f, e, declared, node);
}

static TypedBody *begin_field(InferContext *f, Sema *sema, FieldElement *field,
                              InferFunction *function) {
  TreeNode *node = field->initializer_node;
  il_infer_begin(f, sema, &field->base, field->owner, node);
  Signature *s = IL_NEW(f->arena, Signature);
  TypedBody *body = il_infer_new_body(f, s, node ? node->start : 0);
  body->name = field->base.name;
  il_infer_enter_function(f, function, body, TYPE_ID_DYNAMIC, TREE_SYNC);
  if (field->owner && !(field->flags & FIELD_IS_STATIC)) {
    f->this_type = this_type_of(sema, field->owner);
    f->is_initializer = !(field->flags & FIELD_IS_LATE);
  }
  return body;
}

void il_infer_field(Sema *sema, FieldElement *field) {
  if (field->initializer) return;
  if (!field->initializer_node && !(field->flags & FIELD_IS_ENUM_VALUE)) {
    return;
  }
  // An instance field's initialiser belongs to the constructors, where the
  // parameters of a primary one are in scope.
  bool is_constructors = field->owner && !(field->flags & FIELD_IS_STATIC) &&
                         !(field->flags & FIELD_IS_LATE);
  if (is_constructors && field->owner->has_primary) return;
  TypeId type = il_field_type(field);
  if (field->initializer) return;
  InferContext context;
  InferFunction function;
  TypedBody *body = begin_field(&context, sema, field, &function);
  body->value = infer_initializer(&context, field, type);
  il_infer_bind_supers(&context, body);
  body->signature->result = type;
  il_declare_signature_type(sema, body->signature);
  field->initializer = body;
  il_infer_leave_function(&context);
  il_infer_end(&context);
}

TypeId il_infer_field_type(Sema *sema, FieldElement *field) {
  InferContext context;
  InferFunction function;
  TypedBody *body = begin_field(&context, sema, field, &function);
  Scope *saved = context.scope;
  if (field->owner && field->owner->has_primary &&
      !(field->flags & (FIELD_IS_STATIC | FIELD_IS_LATE))) {
    il_infer_primary_scope(&context, body);
  }
  TypedExpr *e = infer_initializer(&context, field, TYPE_ID_NONE);
  il_infer_close_block(&context, saved);
  il_infer_leave_function(&context);
  il_infer_end(&context);
  return il_infer_is_invalid(e) ? TYPE_ID_INVALID
                                : il_infer_variable_type(&context, e->type);
}

TypedExpr *il_infer_constant(Sema *sema, Element *owner, TreeNode *expression,
                             TypeId context_type) {
  InferContext context, *f = &context;
  ClassElement *c = NULL;
  if (owner->kind == ELEMENT_CLASS) c = (ClassElement *)owner;
  if (owner->kind == ELEMENT_FUNCTION) c = ((FunctionElement *)owner)->owner;
  if (owner->kind == ELEMENT_FIELD) c = ((FieldElement *)owner)->owner;
  il_infer_begin(f, sema, owner, c, expression);
  Signature *s = IL_NEW(f->arena, Signature);
  TypedBody *body = il_infer_new_body(f, s, expression->start);
  InferFunction function;
  il_infer_enter_function(f, &function, body, TYPE_ID_DYNAMIC, TREE_SYNC);
  f->is_const = true;
  TypedExpr *e = il_infer_expr(f, expression, context_type);
  if (il_infer_has_context(context_type)) {
    e = il_infer_coerce(f, e, context_type, expression);
  }
  il_infer_leave_function(f);
  il_infer_end(f);
  return e;
}
