// infer_generic.c: arguments meet parameters, and type arguments are inferred.
//
// The order of inference is not that of evaluation: the context of the call
// first tells what it can (downward), then all arguments that are no function
// literals are inferred, then function literals in stages: a literal waits for
// those whose results fix type variables that its parameters mention.  At the
// end every type variable is solved and each argument is coerced.
//
// What the downward phase fixes completely stays so.

#include "sema/infer_internal.h"

typedef struct {
  TreeNode *node;         // the value
  Name name;              // 0: positional
  uint32_t position;      // among the positional or the named ones
  TypeId param;           // in terms of the opened parameters; NONE: none fits
  TreeFunction *literal;  // a function literal to be deferred
  bool is_done;
  TypedExpr *value;
} Argument;

typedef struct {
  InferContext *f;
  InferInvocation *call;
  Argument *items;
  uint32_t count, positional_count, named_count;
  TypeId opened;        // the function type without type parameters of its own
  TypeParamId *params;  // stand for them
  uint32_t param_count;
  TypeConstraints *constraints;  // NULL: nothing to infer
  TypeId *partial;               // what is known so far; _ elsewhere
  bool *is_fixed;
} Matching;

// ---------------------------------------------------------------- collecting

static TreeFunction *function_literal(TreeNode *node) {
  while (node->kind == TREE_PAREN) node = ((TreeParen *)node)->expression;
  if (node->kind != TREE_FUNCTION_EXPRESSION) return NULL;
  return ((TreeFunctionExpression *)node)->function;
}

static void collect_arguments(Matching *m) {
  TreeArguments *source = m->call->source;
  uint32_t count = source ? source->items.count : 0;
  uint32_t extra = m->call->extra_count;
  m->items = IL_NEW_ARRAY(m->f->arena, Argument, count + extra + 1);
  for (uint32_t i = 0; i < extra; i++) {
    Argument *a = &m->items[m->count++];
    TreeNode *at = IL_NEW(m->f->arena, TreeNode);
    at->start = m->call->extra[i]->offset;
    at->end = at->start + 1;
    a->node = at;
    a->name = m->call->extra_names[i];
    a->position = a->name ? m->named_count++ : m->positional_count++;
    a->value = m->call->extra[i];
  }
  for (uint32_t i = 0; i < count; i++) {
    TreeNode *item = source->items.items[i];
    Argument *a = &m->items[m->count++];
    a->node = item;
    if (item->kind == TREE_NAMED_ARGUMENT) {
      TreeNamedArgument *named = (TreeNamedArgument *)item;
      a->node = named->value;
      a->name = named->name.name;
      a->position = m->named_count++;
      for (uint32_t j = 0; j + 1 < m->count; j++) {
        if (m->items[j].name == a->name && a->name != NAME_NONE) {
          il_infer_error_name(m->f, named->name, DIAG_DUPLICATE_NAMED_ARGUMENT,
                              il_infer_name_text(m->f, a->name));
          m->call->is_invalid = true;
        }
      }
    } else {
      a->position = m->positional_count++;
    }
    a->literal = function_literal(a->node);
  }
}

static void check_counts(Matching *m, const TypeShape *shape) {
  InferContext *f = m->f;
  const TreeNode *at = m->call->node;
  if (m->call->source) at = &m->call->source->base;
  uint32_t allowed = shape->required_count + shape->optional_count;
  if (m->positional_count < shape->required_count) {
    il_infer_error(f, at, DIAG_TOO_FEW_ARGUMENTS, (int)shape->required_count,
                   (int)m->positional_count);
    m->call->is_invalid = true;
  } else if (m->positional_count > allowed) {
    il_infer_error(f, at, DIAG_TOO_MANY_ARGUMENTS, (int)allowed,
                   (int)m->positional_count);
    m->call->is_invalid = true;
  }
  for (uint32_t i = 0; i < shape->named_count; i++) {
    if (!(shape->names[i] & TYPE_NAMED_REQUIRED)) continue;
    Name name = shape->names[i] & ~TYPE_NAMED_REQUIRED;
    bool is_given = false;
    for (uint32_t j = 0; j < m->count; j++) {
      if (m->items[j].name == name) is_given = true;
    }
    if (is_given) continue;
    il_infer_error(f, at, DIAG_MISSING_NAMED_ARGUMENT,
                   il_infer_name_text(f, name));
    m->call->is_invalid = true;
  }
}

// Gives each argument its parameter's type.
static void match_parameters(Matching *m) {
  InferContext *f = m->f;
  const Type *type = il_type_get(f->types, m->opened);
  check_counts(m, il_type_shape_get(f->types, type));
  uint32_t positional = il_type_function_positional_count(f->types, m->opened);
  for (uint32_t i = 0; i < m->count; i++) {
    Argument *a = &m->items[i];
    if (a->name != NAME_NONE) {
      a->param = il_type_function_named(f->types, m->opened, a->name, NULL);
      if (a->param == TYPE_ID_NONE) {
        il_infer_error(f, a->node, DIAG_UNKNOWN_NAMED_ARGUMENT,
                       il_infer_name_text(f, a->name));
        m->call->is_invalid = true;
      }
    } else if (a->position < positional) {
      a->param = il_type_function_positional(f->types, m->opened, a->position);
    }
  }
}

// ------------------------------------------------------------------ inferring

static TypeId argument_context(Matching *m, const Argument *a) {
  if (a->param == TYPE_ID_NONE) return TYPE_ID_UNKNOWN;
  if (!m->constraints) return a->param;
  return il_type_substitute(m->f->types, a->param, m->params, m->partial,
                            m->param_count);
}

static void infer_argument(Matching *m, Argument *a) {
  InferContext *f = m->f;
  if (!a->value) a->value = il_infer_expr(f, a->node, argument_context(m, a));
  a->is_done = true;
  if (m->constraints && a->param != TYPE_ID_NONE &&
      !il_infer_is_invalid(a->value)) {
    il_constraint_match(m->constraints, a->value->type, a->param);
  }
}

// Solves with what is known, keeping what was fixed before.
static void solve(Matching *m, bool final) {
  TypeId *solved = IL_NEW_ARRAY(m->f->arena, TypeId, m->param_count);
  il_constraint_solve(m->constraints, final, solved);
  for (uint32_t i = 0; i < m->param_count; i++) {
    if (!m->is_fixed[i]) m->partial[i] = solved[i];
  }
}

// A context of dynamic or void asks for nothing.
static bool asks_nothing(InferContext *f, TypeId context) {
  if (!il_infer_has_context(context)) return true;
  for (int i = 0; i < 8; i++) {
    const Type *t = il_type_get(f->types, context);
    if (t->kind != TYPE_FUTURE_OR) break;
    context = t->items[0];
  }
  return context == TYPE_ID_DYNAMIC || context == TYPE_ID_VOID;
}

static void solve_downward(Matching *m) {
  InferContext *f = m->f;
  for (uint32_t i = 0; i < m->param_count; i++) {
    m->partial[i] = TYPE_ID_UNKNOWN;
  }
  if (asks_nothing(f, m->call->context)) return;
  TypeId result = il_type_function_result(f->types, m->opened);
  if (!il_constraint_match(m->constraints, result, m->call->context)) return;
  solve(m, false);
  for (uint32_t i = 0; i < m->param_count; i++) {
    const Type *t = il_type_get(f->types, m->partial[i]);
    m->is_fixed[i] = !(t->flags & TYPE_HAS_UNKNOWN);
  }
}

static bool mentions_param(Matching *m, TypeId type, uint32_t index) {
  TypeId other = TYPE_ID_NEVER;
  if (!(il_type_get(m->f->types, type)->flags & TYPE_HAS_FUNCTION_PARAM)) {
    return false;
  }
  return il_type_substitute(m->f->types, type, &m->params[index], &other, 1) !=
         type;
}

// The parameter's type as a function type; NONE when it is none.
static TypeId parameter_function(Matching *m, const Argument *a) {
  if (a->param == TYPE_ID_NONE) return TYPE_ID_NONE;
  TypeId type = a->param;
  const Type *t = il_type_get(m->f->types, type);
  if (t->nullable) {
    type = il_type_with_nullable(m->f->types, type, false);
    t = il_type_get(m->f->types, type);
  }
  return t->kind == TYPE_FUNCTION ? type : TYPE_ID_NONE;
}

// Whether a parameter of the literal without a written type gets one that
// mentions the type variable.
static bool needs_param(Matching *m, const Argument *a, uint32_t index) {
  TypeId type = parameter_function(m, a);
  if (type == TYPE_ID_NONE || !a->literal->parameters) return false;
  const TreeList *items = &a->literal->parameters->items;
  uint32_t positional = il_type_function_positional_count(m->f->types, type);
  uint32_t at = 0;
  for (uint32_t i = 0; i < items->count; i++) {
    if (items->items[i]->kind != TREE_PARAMETER) continue;
    TreeParameter *p = (TreeParameter *)items->items[i];
    TypeId wanted = TYPE_ID_NONE;
    if (p->kind == TREE_PARAMETER_NAMED) {
      Name name = p->argument_name ? p->argument_name : p->name.name;
      wanted = il_type_function_named(m->f->types, type, name, NULL);
    } else if (at < positional) {
      wanted = il_type_function_positional(m->f->types, type, at++);
    }
    if (p->type || wanted == TYPE_ID_NONE) continue;
    if (mentions_param(m, wanted, index)) return true;
  }
  return false;
}

static bool gives_param(Matching *m, const Argument *a, uint32_t index) {
  TypeId type = parameter_function(m, a);
  if (type == TYPE_ID_NONE) return false;
  return mentions_param(m, il_type_function_result(m->f->types, type), index);
}

// Whether one literal waits for another.
static bool waits_for(Matching *m, const Argument *a, const Argument *other) {
  if (other == a || !a->literal || !other->literal) return false;
  for (uint32_t p = 0; p < m->param_count; p++) {
    if (needs_param(m, a, p) && gives_param(m, other, p)) return true;
  }
  return false;
}

// The literals, of those not inferred yet, that wait for none but such as wait
// for them in turn.  `reach` is count * count.
static void choose_stage(Matching *m, bool *reach, bool *is_chosen) {
  uint32_t n = m->count;
  for (uint32_t i = 0; i < n * n; i++) {
    const Argument *a = &m->items[i / n], *b = &m->items[i % n];
    reach[i] = !a->is_done && !b->is_done && waits_for(m, a, b);
  }
  for (uint32_t k = 0; k < n; k++) {
    for (uint32_t i = 0; i < n * n; i++) {
      if (reach[i / n * n + k] && reach[k * n + i % n]) reach[i] = true;
    }
  }
  for (uint32_t i = 0; i < n; i++) {
    is_chosen[i] = !m->items[i].is_done;
    for (uint32_t j = 0; j < n; j++) {
      if (reach[i * n + j] && !reach[j * n + i]) is_chosen[i] = false;
    }
  }
}

// Literals whose parameters need nothing of the type variables are inferred
// with the plain arguments: what those say does not reach into them.
static void infer_independent(Matching *m) {
  for (uint32_t i = 0; i < m->count; i++) {
    Argument *a = &m->items[i];
    bool needs = a->is_done;
    for (uint32_t p = 0; p < m->param_count && !needs; p++) {
      needs = needs_param(m, a, p);
    }
    if (!needs) infer_argument(m, a);
  }
}

static void infer_literals(Matching *m) {
  uint32_t left = 0;
  for (uint32_t i = 0; i < m->count; i++) left += !m->items[i].is_done;
  if (left == 0) return;
  // A call with more arguments than anyone writes is inferred in one stage.
  bool is_staged = left > 1 && m->count <= 64;
  bool *is_chosen = IL_NEW_ARRAY(m->f->arena, bool, m->count);
  bool *reach =
      IL_NEW_ARRAY(m->f->arena, bool, is_staged ? m->count * m->count : 1);
  while (left > 0) {
    solve(m, false);
    if (is_staged) choose_stage(m, reach, is_chosen);
    for (uint32_t i = 0; i < m->count; i++) {
      if (m->items[i].is_done || (is_staged && !is_chosen[i])) continue;
      infer_argument(m, &m->items[i]);
      left--;
    }
  }
}

static void check_bounds(Matching *m, const TypeId *args) {
  InferContext *f = m->f;
  for (uint32_t i = 0; i < m->param_count; i++) {
    const TypeParam *p = il_type_param_get(f->types, m->params[i]);
    if (p->bound == TYPE_ID_NONE || p->bound == TYPE_ID_OBJECT_NULLABLE) {
      continue;
    }
    TypeId bound =
        il_type_substitute(f->types, p->bound, m->params, args, m->param_count);
    if (il_infer_is_subtype(f, args[i], bound)) continue;
    Name name = il_type_param_get(f->types, m->params[i])->name;
    il_infer_error(f, m->call->node, DIAG_BOUND_NOT_KEPT,
                   il_infer_type_text(f, args[i]), il_infer_type_text(f, bound),
                   il_infer_name_text(f, name));
    m->call->is_invalid = true;
    return;
  }
}

// ------------------------------------------------------------------ finishing

static void fill_arguments(Matching *m, TypedArguments *out) {
  InferContext *f = m->f;
  out->positional.count = m->positional_count;
  out->named.count = m->named_count;
  out->positional.items =
      IL_NEW_ARRAY(f->arena, TypedExpr *, m->positional_count + 1);
  out->named.items = IL_NEW_ARRAY(f->arena, TypedExpr *, m->named_count + 1);
  Name *names = IL_NEW_ARRAY(f->arena, Name, m->named_count + 1);
  out->names = names;
  bool is_mixed = false, saw_named = false;
  for (uint32_t i = 0; i < m->count; i++) {
    Argument *a = &m->items[i];
    if (a->name != NAME_NONE) {
      saw_named = true;
      names[a->position] = a->name;
      out->named.items[a->position] = a->value;
    } else {
      is_mixed |= saw_named;
      out->positional.items[a->position] = a->value;
    }
  }
  if (!is_mixed) return;
  uint32_t *order = IL_NEW_ARRAY(f->arena, uint32_t, m->count);
  for (uint32_t i = 0; i < m->count; i++) {
    Argument *a = &m->items[i];
    order[i] = a->position + (a->name ? m->positional_count : 0);
  }
  out->order = order;
}

static void coerce_arguments(Matching *m) {
  InferContext *f = m->f;
  TypeId type = m->call->instantiated;
  for (uint32_t i = 0; i < m->count; i++) {
    Argument *a = &m->items[i];
    if (a->param == TYPE_ID_NONE) continue;
    TypeId param =
        a->name ? il_type_function_named(f->types, type, a->name, NULL)
                : il_type_function_positional(f->types, type, a->position);
    a->value = il_infer_coerce_or(f, a->value, param,
                                  DIAG_ARGUMENT_NOT_ASSIGNABLE, a->node);
    if (il_infer_is_invalid(a->value)) m->call->is_invalid = true;
  }
}

TypeId il_infer_vector(InferContext *f, const TypeId *types, uint32_t count) {
  if (count == 0) return TYPE_ID_NONE;
  TypeId vector = il_type_vector(f->types, types, count);
  il_infer_use_type(f, vector);
  return vector;
}

// Takes the written type arguments, when there are as many as wanted.
static void apply_written(Matching *m, uint32_t wanted) {
  InferContext *f = m->f;
  InferInvocation *call = m->call;
  if (call->type_arg_count != wanted) {
    il_infer_error(f, call->node, DIAG_TYPE_ARGUMENT_COUNT, (int)wanted);
    call->is_invalid = true;
    TypeId *args = IL_NEW_ARRAY(f->arena, TypeId, wanted + 1);
    for (uint32_t i = 0; i < wanted; i++) args[i] = TYPE_ID_INVALID;
    if (wanted > 0) {
      m->opened =
          il_type_function_apply(f->types, call->function, args, wanted);
    }
    return;
  }
  m->params = IL_NEW_ARRAY(f->arena, TypeParamId, wanted);
  m->param_count = wanted;
  il_type_function_open(f->types, call->function, m->params);
  check_bounds(m, call->type_args);
  m->param_count = 0;
  m->opened =
      il_type_function_apply(f->types, call->function, call->type_args, wanted);
  call->arguments.vector = il_infer_vector(f, call->type_args, wanted);
}

static void finish(Matching *m) {
  InferContext *f = m->f;
  InferInvocation *call = m->call;
  call->instantiated = m->opened;
  if (m->constraints) {
    solve(m, true);
    il_constraint_free(m->constraints);
    check_bounds(m, m->partial);
    call->instantiated = il_type_function_apply(f->types, call->function,
                                                m->partial, m->param_count);
    call->arguments.vector = il_infer_vector(f, m->partial, m->param_count);
  }
  coerce_arguments(m);
  fill_arguments(m, &call->arguments);
  call->result = il_type_function_result(f->types, call->instantiated);
}

void il_infer_invoke(InferContext *f, InferInvocation *call) {
  Matching m = {.f = f, .call = call, .opened = call->function};
  memset(&call->arguments, 0, sizeof(call->arguments));
  call->is_invalid = false;
  const Type *type = il_type_get(f->types, call->function);
  uint32_t wanted = il_type_shape_get(f->types, type)->type_param_count;
  collect_arguments(&m);
  if (call->type_args) {
    apply_written(&m, wanted);
  } else if (wanted > 0) {
    m.params = IL_NEW_ARRAY(f->arena, TypeParamId, wanted);
    m.partial = IL_NEW_ARRAY(f->arena, TypeId, wanted);
    m.is_fixed = IL_NEW_ARRAY(f->arena, bool, wanted);
    m.param_count = wanted;
    m.opened = il_type_function_open(f->types, call->function, m.params);
    m.constraints = il_constraint_new(f->type_context, m.params, wanted);
    solve_downward(&m);
  }
  match_parameters(&m);
  for (uint32_t i = 0; i < m.count; i++) {
    if (m.constraints && m.items[i].literal) continue;
    infer_argument(&m, &m.items[i]);
  }
  if (m.constraints) {
    infer_independent(&m);
    infer_literals(&m);
  }
  finish(&m);
}

TypedArguments il_infer_loose_arguments(InferContext *f,
                                        TreeArguments *source) {
  InferInvocation call = {.node = NULL, .source = source};
  Matching m = {.f = f, .call = &call};
  collect_arguments(&m);
  for (uint32_t i = 0; i < m.count; i++) {
    Argument *a = &m.items[i];
    a->value = il_infer_expr(f, a->node, TYPE_ID_UNKNOWN);
    a->value = il_infer_used(f, a->value, a->node);
  }
  TypedArguments out = {0};
  fill_arguments(&m, &out);
  return out;
}

TypeId *il_infer_type_list(InferContext *f, const TreeList *list,
                           uint32_t *count) {
  *count = list->count;
  if (list->count == 0) return NULL;
  TypeId *types = IL_NEW_ARRAY(f->arena, TypeId, list->count);
  for (uint32_t i = 0; i < list->count; i++) {
    types[i] = il_infer_type(f, list->items[i]);
    il_infer_check_constant_type(f, types[i], list->items[i]);
  }
  return types;
}
