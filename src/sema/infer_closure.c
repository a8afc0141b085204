// infer_closure.c: function literals, local functions, and what functions
// return.
//
// A literal takes what its signature leaves out from the context: types of
// parameters, the type that its results should have.  Its own result type is
// joined from what is returned, once its body is inferred.

#include "sema/infer_internal.h"

#include "sema/flow.h"

// -------------------------------------------------------------------- return

// The value of `return e` in an async function: futures of the right type are
// awaited, as are values that turn out to be such.
static TypedExpr *await_returned(InferContext *f, TypedExpr *value,
                                 TypeId wanted) {
  TypeId type = value->type;
  if (type == TYPE_ID_VOID || type == TYPE_ID_NEVER ||
      il_infer_is_invalid(value)) {
    return value;
  }
  TypeId flat = il_type_flatten(f->type_context, type);
  TypeId known = il_infer_has_context(wanted) ? wanted : flat;
  TypeId future = il_infer_core_type1(f, CLASS_FUTURE, known);
  bool is_future = il_infer_is_subtype(f, type, future);
  TypeId either = il_type_future_or(f->types, known);
  if (is_future || (flat != type && il_infer_is_subtype(f, type, either) &&
                    !il_infer_is_subtype(f, type, known))) {
    TypedUnary *e = NEW_EXPR(f, AWAIT, TypedUnary, value->offset, flat);
    e->operand = value;
    return &e->base;
  }
  bool may_hide = il_type_is_top(f->type_context, type) ||
                  il_infer_is_subtype(f, type, known);
  if (!may_hide || !il_infer_is_subtype(f, future, type)) return value;
  // The value may be a future at run time.
  LocalVar *let;
  TypedExpr *held = il_infer_hold(f, value, &let);
  TypedIs *is = NEW_EXPR(f, IS, TypedIs, value->offset, TYPE_ID_BOOL);
  is->operand = held;
  is->test = future;
  il_infer_use_type(f, future);
  TypedUnary *await = NEW_EXPR(f, AWAIT, TypedUnary, value->offset, known);
  await->operand = il_infer_downcast(f, held, future, AS_UNCHECKED);
  bool is_top = il_type_is_top(f->type_context, type);
  TypeId result = is_top ? type : flat;
  TypedConditional *e =
      NEW_EXPR(f, CONDITIONAL, TypedConditional, value->offset, result);
  e->condition = &is->base;
  e->then = &await->base;
  e->otherwise = held;
  if (!is_top && flat != type) {
    e->otherwise = il_infer_downcast(f, held, flat, AS_UNCHECKED);
  }
  return il_infer_release(f, let, value, &e->base);
}

static bool is_voidish(TypeId type) {
  return type == TYPE_ID_VOID || type == TYPE_ID_DYNAMIC ||
         type == TYPE_ID_NULL;
}

// Where a literal may return a value of type void: the context knows of no
// other type.
static bool accepts_void(InferContext *f, TypeId type) {
  for (int i = 0; i < 8; i++) {
    const Type *t = il_type_get(f->types, type);
    if (t->kind == TYPE_FUTURE_OR) {
      type = t->items[0];
    } else {
      return is_voidish(type) || (t->flags & TYPE_HAS_UNKNOWN);
    }
  }
  return false;
}

static void note_type(InferContext *f, TypeId type) {
  InferFunction *function = f->function;
  if (type == TYPE_ID_INVALID) return;
  function->inferred =
      function->inferred == TYPE_ID_NONE
          ? type
          : il_type_upper_bound(f->type_context, function->inferred, type);
}

static TypedExpr *return_nothing(InferContext *f, const TreeNode *node) {
  InferFunction *function = f->function;
  if (function->value_type == TYPE_ID_NONE) {
    note_type(f, TYPE_ID_NULL);
    if (!function->empty_return) function->empty_return = node;
    return NULL;
  }
  TypeId type = function->value_type;
  if (!is_voidish(type) && type != TYPE_ID_INVALID) {
    il_infer_error(f, node, DIAG_MISSING_RETURN_VALUE,
                   il_infer_type_text(f, function->result));
  }
  return NULL;
}

TypedExpr *il_infer_return_value(InferContext *f, TypedExpr *value,
                                 const TreeNode *node) {
  InferFunction *function = f->function;
  if (function->is_constructor) {
    if (value) il_infer_error(f, node, DIAG_UNEXPECTED_RETURN_VALUE);
    if (!f->receiver) return NULL;
    return il_infer_local_get(f, f->receiver, node->start);
  }
  if (function->is_generator) return NULL;
  if (!value) return return_nothing(f, node);
  function->returns_value = true;
  TypeId wanted = function->value_type;
  if (il_infer_is_invalid(value)) return value;
  if (wanted == TYPE_ID_NONE) {
    TypeId context = function->value_context;
    if (function->is_async) {
      TypeId flat = TYPE_ID_UNKNOWN;
      value = await_returned(f, value, flat);
      if (il_infer_has_context(context)) {
        context = il_type_flatten(f->type_context, context);
      }
    }
    if (il_infer_has_context(context) && context != TYPE_ID_VOID) {
      TypeId to = il_type_greatest_closure(f->type_context, context);
      if (value->type == TYPE_ID_VOID && !accepts_void(f, context)) {
        value = il_infer_used(f, value, node);
      } else if (value->type != TYPE_ID_VOID) {
        value =
            il_infer_coerce_or(f, value, to, DIAG_RETURN_NOT_ASSIGNABLE, node);
      }
    }
    note_type(f, value->type);
    return value;
  }
  TypeId flat = value->type;
  if (function->is_async) flat = il_type_flatten(f->type_context, flat);
  if (il_type_non_null(f->types, flat) == TYPE_ID_VOID) flat = TYPE_ID_VOID;
  if (flat == TYPE_ID_VOID && wanted != TYPE_ID_VOID &&
      wanted != TYPE_ID_DYNAMIC) {
    if (!accepts_void(f, wanted) || wanted == TYPE_ID_NULL) {
      il_infer_error(f, node, DIAG_USE_OF_VOID);
      return il_infer_invalid(f, value->offset);
    }
  }
  if (value->type == TYPE_ID_VOID) return value;
  if (function->is_async) value = await_returned(f, value, wanted);
  if (wanted == TYPE_ID_VOID) {
    bool is_fine = function->is_setter_or_arrow_void || is_voidish(flat) ||
                   flat == TYPE_ID_NEVER;
    if (!is_fine) il_infer_error(f, node, DIAG_UNEXPECTED_RETURN_VALUE);
    return value;
  }
  if (value->type == TYPE_ID_VOID) return value;
  return il_infer_coerce_or(f, value, wanted, DIAG_RETURN_NOT_ASSIGNABLE, node);
}

TypeId il_infer_return_context(InferContext *f) {
  return f->function->value_context;
}

TypeId il_infer_yield_context(InferContext *f, bool is_each) {
  InferFunction *function = f->function;
  TypeId element = function->value_context;
  if (!is_each) return element;
  if (!il_infer_has_context(element)) element = TYPE_ID_UNKNOWN;
  return il_infer_core_type1(
      f, function->is_async ? CLASS_STREAM : CLASS_ITERABLE, element);
}

TypedExpr *il_infer_yield_value(InferContext *f, TypedExpr *value, bool is_each,
                                const TreeNode *node) {
  InferFunction *function = f->function;
  if (il_infer_is_invalid(value)) return value;
  value = il_infer_used(f, value, node);
  WellKnownClass id = function->is_async ? CLASS_STREAM : CLASS_ITERABLE;
  TypeId wanted = function->value_type;
  if (wanted == TYPE_ID_NONE) {
    TypeId type = value->type;
    if (is_each) {
      TypeId seen = il_infer_type_argument(f, type, id, 0);
      if (seen == TYPE_ID_NONE) {
        seen = TYPE_ID_DYNAMIC;
        value = il_infer_coerce_or(f, value, il_infer_core_type1(f, id, seen),
                                   DIAG_NOT_ASSIGNABLE, node);
      }
      type = seen;
    }
    note_type(f, type);
    return value;
  }
  if (is_each) wanted = il_infer_core_type1(f, id, wanted);
  return il_infer_coerce_or(f, value, wanted, DIAG_NOT_ASSIGNABLE, node);
}

// ------------------------------------------------------------------- bodies

static TypeId strip_context(InferContext *f, TypeId context) {
  if (!il_infer_has_context(context)) return TYPE_ID_UNKNOWN;
  context = il_infer_strip_future_or(f, context);
  return il_type_get(f->types, context)->kind == TYPE_FUNCTION
             ? context
             : TYPE_ID_UNKNOWN;
}

// The context's function type in terms of the literal's own type parameters;
// UNKNOWN when their counts differ.
static TypeId apply_own_params(InferContext *f, TypeId context,
                               const Signature *s) {
  if (context == TYPE_ID_UNKNOWN) return context;
  const Type *t = il_type_get(f->types, context);
  uint32_t count = il_type_shape_get(f->types, t)->type_param_count;
  if (count != s->type_param_count) return TYPE_ID_UNKNOWN;
  if (count == 0) return context;
  TypeId *args = IL_NEW_ARRAY(f->arena, TypeId, count);
  for (uint32_t i = 0; i < count; i++) {
    args[i] = il_type_param(f->types, s->type_params[i]->id);
  }
  return il_type_function_apply(f->types, context, args, count);
}

static void fill_parameter(InferContext *f, Parameter *p, TypeId wanted) {
  if (p->type != TYPE_ID_NONE) return;
  p->type = TYPE_ID_DYNAMIC;
  if (wanted == TYPE_ID_NONE) return;
  TypeId type = il_type_greatest_closure(f->type_context, wanted);
  // A parameter that could only be null may be anything.
  if (il_infer_is_subtype(f, type, TYPE_ID_NULL)) {
    type = TYPE_ID_OBJECT_NULLABLE;
  }
  p->type = il_infer_variable_type(f, type);
}

static void fill_parameters(InferContext *f, Signature *s, TypeId context) {
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t count = positional + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    TypeId wanted = TYPE_ID_NONE;
    if (context != TYPE_ID_UNKNOWN) {
      if (i >= positional) {
        wanted = il_type_function_named(f->types, context, p->name, NULL);
      } else if (i < il_type_function_positional_count(f->types, context)) {
        wanted = il_type_function_positional(f->types, context, i);
      }
    }
    bool is_inferred = p->type == TYPE_ID_NONE;
    fill_parameter(f, p, wanted);
    bool is_optional = i >= s->required_count && !p->is_required_named;
    if (is_inferred && is_optional && !p->has_default &&
        !il_type_is_nullable(f->type_context, p->type)) {
      p->type = il_type_with_nullable(f->types, p->type, true);
    }
  }
}

// Default values of a literal's or local function's parameters.
static void infer_defaults(InferContext *f, Signature *s) {
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    if (!p->node || p->node->kind != TREE_PARAMETER) continue;
    TreeNode *node = ((TreeParameter *)p->node)->default_value;
    if (!node) {
      bool is_optional = i >= s->required_count && !p->is_required_named;
      if (is_optional && p->type != TYPE_ID_INVALID &&
          !il_type_is_nullable(f->type_context, p->type)) {
        il_infer_error_name(f, ((TreeParameter *)p->node)->name,
                            DIAG_MISSING_DEFAULT,
                            il_infer_name_text(f, p->name));
      }
      continue;
    }
    bool was_const = f->is_const;
    f->is_const = true;
    TypedExpr *e = il_infer_as(f, node, p->type);
    f->is_const = was_const;
    e = il_infer_fold(f, e);
    if (!il_infer_is_invalid(e)) {
      p->default_value = ((TypedConstant *)e)->value;
    }
  }
}

// What the results' type is wrapped in.
static TypeId wrap_result(InferContext *f, const InferFunction *function,
                          TypeId value) {
  if (function->is_generator) {
    return il_infer_core_type1(
        f, function->is_async ? CLASS_STREAM : CLASS_ITERABLE, value);
  }
  if (!function->is_async) return value;
  return il_infer_core_type1(f, CLASS_FUTURE,
                             il_type_flatten(f->type_context, value));
}

// The result type from what was returned and the context for it.
static TypeId join_result(InferContext *f, const InferFunction *function,
                          TypeId wanted, bool completes) {
  TypeId type = function->inferred;
  if (type == TYPE_ID_NONE) {
    type = function->is_generator ? TYPE_ID_DYNAMIC
           : completes            ? TYPE_ID_NULL
                                  : TYPE_ID_NEVER;
    if (function->is_generator && il_infer_has_context(wanted)) {
      type = il_type_greatest_closure(f->type_context, wanted);
    }
  } else if (completes && !function->is_generator) {
    type = il_type_upper_bound(f->type_context, type, TYPE_ID_NULL);
  }
  const Type *t = il_type_get(f->types, type);
  if (t->kind == TYPE_INTERSECTION) type = t->items[0];
  if (!il_infer_has_context(wanted)) return type;
  TypeId limit = il_type_greatest_closure(f->type_context, wanted);
  if (limit == TYPE_ID_VOID) return TYPE_ID_VOID;
  if (function->is_async && !function->is_generator) {
    limit = il_type_flatten(f->type_context, limit);
    if (limit == TYPE_ID_VOID) return limit;
  }
  return il_infer_is_subtype(f, type, limit) ? type : limit;
}

typedef struct {
  InferTarget *targets;
  InferGuard **guards;
  TypedCatch *catch_clause;
  const TreeNode *unused;
  TypeId shorthand;
  bool is_const, in_late;
} SavedState;

static SavedState save_state(InferContext *f) {
  SavedState saved = {f->targets,   f->guards,   f->catch_clause, f->unused,
                      f->shorthand, f->is_const, f->in_late};
  f->targets = NULL;
  f->guards = NULL;
  f->catch_clause = NULL;
  f->unused = NULL;
  f->shorthand = TYPE_ID_NONE;
  f->is_const = false;
  f->in_late = false;
  return saved;
}

static void restore_state(InferContext *f, const SavedState *saved) {
  f->targets = saved->targets;
  f->guards = saved->guards;
  f->catch_clause = saved->catch_clause;
  f->unused = saved->unused;
  f->shorthand = saved->shorthand;
  f->is_const = saved->is_const;
  f->in_late = saved->in_late;
}

// The context for returned values when the result is not written.
static TypeId value_context(InferContext *f, TreeAsync async, TypeId result) {
  if (!il_infer_has_context(result)) return TYPE_ID_UNKNOWN;
  TypeId seen;
  switch (async) {
    case TREE_ASYNC: {
      const Type *t = il_type_get(f->types, result);
      if (t->kind == TYPE_FUTURE_OR || il_infer_class_of(f, result)) {
        return il_type_future_or(f->types,
                                 il_type_flatten(f->type_context, result));
      }
      return TYPE_ID_UNKNOWN;
    }
    case TREE_SYNC_STAR:
      seen = il_infer_type_argument(f, result, CLASS_ITERABLE, 0);
      return seen == TYPE_ID_NONE ? TYPE_ID_UNKNOWN : seen;
    case TREE_ASYNC_STAR:
      seen = il_infer_type_argument(f, result, CLASS_STREAM, 0);
      return seen == TYPE_ID_NONE ? TYPE_ID_UNKNOWN : seen;
    default:
      return result;
  }
}

// Infers the code of a literal or local function whose parameters are known.
static void infer_body(InferContext *f, TypedBody *body, TreeFunction *node,
                       TypeId result_context) {
  Signature *s = body->signature;
  InferFunction function;
  SavedState saved = save_state(f);
  il_infer_enter_function(f, &function, body, s->result, node->async);
  if (s->result == TYPE_ID_NONE) {
    function.value_context = value_context(f, node->async, result_context);
  }
  il_flow_closure_begin(f->flow, &node->base);
  Scope *scope = il_infer_open_block(f, NULL);
  il_infer_make_parameters(f, body);
  il_infer_declare_parameters(f, body, false);
  body->code = il_infer_code(f, node->body, node->is_arrow);
  bool completes = il_flow_is_reachable(f->flow) && !node->is_arrow;
  il_infer_close_block(f, scope);
  il_flow_closure_end(f->flow);
  if (s->result == TYPE_ID_NONE) {
    TypeId wanted = function.value_context;
    TypeId value = join_result(f, &function, wanted, completes);
    if (node->async == TREE_SYNC && result_context == TYPE_ID_VOID) {
      value = TYPE_ID_VOID;
    }
    if (function.empty_return && !is_voidish(value) &&
        !accepts_void(f, value)) {
      il_infer_error(f, function.empty_return, DIAG_MISSING_RETURN_VALUE,
                     il_infer_type_text(f, value));
    }
    body->element_type = function.is_async && !function.is_generator
                             ? il_type_flatten(f->type_context, value)
                             : value;
    s->result = wrap_result(f, &function, value);
  }
  il_infer_leave_function(f);
  restore_state(f, &saved);
}

TypedExpr *il_infer_closure(InferContext *f, TreeFunction *node,
                            TypeId context) {
  uint32_t offset = node->base.start;
  Scope *outer = f->scope;
  Scope *inner = outer;
  TypeId wanted = strip_context(f, context);
  if (!node->parameters) return il_infer_invalid(f, offset);
  Signature *s = il_declare_local_signature(f->sema, f->scope, node, &inner);
  wanted = apply_own_params(f, wanted, s);
  fill_parameters(f, s, wanted);
  f->scope = inner;
  infer_defaults(f, s);
  TypedBody *body = il_infer_new_body(f, s, offset);
  TypeId result = TYPE_ID_UNKNOWN;
  if (wanted != TYPE_ID_UNKNOWN) {
    result = il_type_function_result(f->types, wanted);
  }
  infer_body(f, body, node, result);
  f->scope = outer;
  il_declare_signature_type(f->sema, s);
  il_infer_use_type(f, s->type);
  if (f->is_const) {
    il_infer_error(f, &node->base, DIAG_CONST_EXPECTED);
    return il_infer_invalid(f, offset);
  }
  TypedClosure *e = NEW_EXPR(f, CLOSURE, TypedClosure, offset, s->type);
  e->body = body;
  return &e->base;
}

TypedStmt *il_infer_local_function(InferContext *f, TreeFunction *node) {
  Scope *outer = f->scope;
  Scope *inner = outer;
  Name name = il_infer_name(f, node->name.name);
  Signature *s = il_declare_local_signature(f->sema, f->scope, node, &inner);
  fill_parameters(f, s, TYPE_ID_UNKNOWN);
  il_declare_signature_type(f->sema, s);
  LocalVar *local =
      il_infer_new_local(f, name, s->type, LOCAL_IS_FUNCTION | LOCAL_IS_FINAL);
  local->base.node = &node->base;
  il_infer_declare(f, local, &node->name);
  il_flow_declare(f->flow, local, true);
  f->scope = inner;
  infer_defaults(f, s);
  TypedBody *body = il_infer_new_body(f, s, node->base.start);
  body->name = name;
  local->function = body;
  infer_body(f, body, node, TYPE_ID_UNKNOWN);
  f->scope = outer;
  il_declare_signature_type(f->sema, s);
  local->type = s->type;
  il_infer_use_type(f, s->type);
  TypedFunctionStmt *stmt =
      NEW_STMT(f, FUNCTION, TypedFunctionStmt, node->base.start);
  stmt->local = local;
  return &stmt->base;
}

// ----------------------------------------------------- late local variables

TypedExpr *il_infer_late_initializer(InferContext *f, TreeNode *initializer,
                                     TypeId declared, TypedStmt **function) {
  uint32_t offset = initializer->start;
  Signature *s = IL_NEW(f->arena, Signature);
  TypedBody *body = il_infer_new_body(f, s, offset);
  InferFunction inner;
  SavedState saved = save_state(f);
  f->in_late = true;
  il_infer_enter_function(f, &inner, body, declared, TREE_SYNC);
  il_flow_late_begin(f->flow, initializer);
  TypedReturn *code = NEW_STMT(f, RETURN, TypedReturn, offset);
  code->value = declared == TYPE_ID_NONE
                    ? il_infer_expr(f, initializer, TYPE_ID_UNKNOWN)
                    : il_infer_as(f, initializer, declared);
  body->code = &code->base;
  il_flow_late_end(f->flow);
  il_infer_leave_function(f);
  restore_state(f, &saved);
  s->result = code->value->type;  // the variable is promoted to it
  body->element_type = s->result;
  il_declare_signature_type(f->sema, s);
  LocalVar *local = il_infer_new_local(
      f, NAME_NONE, s->type,
      LOCAL_IS_FUNCTION | LOCAL_IS_FINAL | LOCAL_IS_SYNTHETIC);
  local->function = body;
  il_infer_use_type(f, s->type);
  TypedFunctionStmt *stmt = NEW_STMT(f, FUNCTION, TypedFunctionStmt, offset);
  stmt->local = local;
  *function = &stmt->base;
  TypedClosureCall *call =
      NEW_EXPR(f, CLOSURE_CALL, TypedClosureCall, offset, s->result);
  call->callee = il_infer_local_get(f, local, offset);
  return &call->base;
}

// ------------------------------------------------------- extension tear-offs

// The vector of all type arguments that the closure passes on.
static TypeId pass_vector(InferContext *f, TypeId vector, const Signature *s) {
  uint32_t first = 0;
  const Type *v = NULL;
  if (vector != TYPE_ID_NONE) {
    v = il_type_get(f->types, vector);
    first = v->count;
  }
  uint32_t count = first + s->type_param_count;
  if (count == 0) return TYPE_ID_NONE;
  TypeId *types = IL_NEW_ARRAY(f->arena, TypeId, count);
  for (uint32_t i = 0; i < first; i++) types[i] = v->items[i];
  for (uint32_t i = 0; i < s->type_param_count; i++) {
    types[first + i] = il_type_param(f->types, s->type_params[i]->id);
  }
  return il_infer_vector(f, types, count);
}

// The signature of the member with the extension's arguments put in.
static Signature *tear_off_signature(InferContext *f, const Member *m) {
  const Signature *from = il_member_signature(m->function);
  ClassElement *c = m->function->owner;
  Signature *s = IL_NEW(f->arena, Signature);
  *s = *from;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  s->parameters = IL_NEW_ARRAY(f->arena, Parameter, count + 1);
  uint32_t types = from->type_param_count;
  TypeParamId *own = IL_NEW_ARRAY(f->arena, TypeParamId, types + 1);
  TypeId *fresh = IL_NEW_ARRAY(f->arena, TypeId, types + 1);
  s->type_params = IL_NEW_ARRAY(f->arena, TypeParamElement *, types + 1);
  for (uint32_t i = 0; i < types; i++) {
    TypeParamElement *p = IL_NEW(f->arena, TypeParamElement);
    *p = *from->type_params[i];
    own[i] = p->id;
    p->id = il_type_param_new(f->types, p->base.name, true,
                              f->scope->function_param_count + i);
    fresh[i] = il_type_param(f->types, p->id);
    s->type_params[i] = p;
  }
  for (uint32_t i = 0; i < types; i++) {
    TypeId bound = il_type_param_get(f->types, own[i])->bound;
    bound = il_infer_apply_vector(f, c, bound, m->vector);
    bound = il_type_substitute(f->types, bound, own, fresh, types);
    il_type_param_set_bound(f->types, s->type_params[i]->id, bound);
    il_type_param_set_default(f->types, s->type_params[i]->id, bound);
  }
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    *p = from->parameters[i];
    p->type = il_infer_apply_vector(f, c, p->type, m->vector);
    p->type = il_type_substitute(f->types, p->type, own, fresh, types);
    p->default_owner = m->function;
    p->default_index = i;
    if (p->has_default) {
      p->default_value =
          il_constant_of_default(m->function, &from->parameters[i]);
    }
    p->node = NULL;
  }
  s->result = il_infer_apply_vector(f, c, s->result, m->vector);
  s->result = il_type_substitute(f->types, s->result, own, fresh, types);
  il_declare_signature_type(f->sema, s);
  return s;
}

static TypedStmt *forward_call(InferContext *f, TypedBody *body,
                               const Member *m, TypedExpr *receiver,
                               uint32_t offset) {
  Signature *s = body->signature;
  uint32_t positional = s->required_count + s->optional_count;
  TypedStaticCall *call =
      NEW_EXPR(f, STATIC_CALL, TypedStaticCall, offset, s->result);
  TypedArguments *a = &call->arguments;
  call->target = m->function;
  a->vector = pass_vector(f, m->vector, s);
  a->positional.count = positional + 1;
  a->positional.items = IL_NEW_ARRAY(f->arena, TypedExpr *, positional + 1);
  a->positional.items[0] = receiver;
  for (uint32_t i = 0; i < positional; i++) {
    a->positional.items[i + 1] =
        il_infer_local_get(f, body->parameters[i], offset);
  }
  a->named.count = s->named_count;
  a->named.items = IL_NEW_ARRAY(f->arena, TypedExpr *, s->named_count + 1);
  Name *names = IL_NEW_ARRAY(f->arena, Name, s->named_count + 1);
  for (uint32_t i = 0; i < s->named_count; i++) {
    names[i] = s->parameters[positional + i].name;
    a->named.items[i] =
        il_infer_local_get(f, body->parameters[positional + i], offset);
  }
  a->names = names;
  TypedReturn *r = NEW_STMT(f, RETURN, TypedReturn, offset);
  r->value = &call->base;
  return &r->base;
}

TypedExpr *il_infer_extension_tear_off(InferContext *f, TypedExpr *receiver,
                                       const Member *m, const TreeNode *node) {
  Signature *s = tear_off_signature(f, m);
  LocalVar *local = il_infer_new_temp(f, receiver->type);
  TypedBody *body = il_infer_new_body(f, s, node->start);
  body->name = m->function->base.name;
  InferFunction function;
  il_infer_enter_function(f, &function, body, s->result, TREE_SYNC);
  il_infer_make_parameters(f, body);
  TypedExpr *self = il_infer_local_get(f, local, node->start);
  TypedStmt *code = forward_call(f, body, m, self, node->start);
  body->code = code;
  il_infer_leave_function(f);
  il_infer_use_type(f, s->type);
  TypedClosure *e = NEW_EXPR(f, CLOSURE, TypedClosure, node->start, s->type);
  e->body = body;
  return il_infer_let(f, local, receiver, &e->base);
}
