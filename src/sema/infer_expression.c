// infer_expression.c: the switch over expressions, and those that need no
// file of their own: literals, strings, conditionals, tests, await, throw,
// cascades, null shorting.

#include "sema/infer_internal.h"

#include "sema/flow.h"

// ------------------------------------------------------------------ literals

static bool wants_double(InferContext *f, TypeId context) {
  if (!il_infer_has_context(context)) return false;
  TypeId wanted = il_type_greatest_closure(f->type_context, context);
  return !il_infer_is_subtype(f, TYPE_ID_INT, wanted) &&
         il_infer_is_subtype(f, TYPE_ID_DOUBLE, wanted);
}

TypedExpr *il_infer_int(InferContext *f, TreeIntLiteral *node, bool is_negated,
                        TypeId context) {
  uint32_t offset = node->base.start;
  if (wants_double(f, context)) {
    if (!node->is_exact_double) {
      il_infer_error(f, &node->base, DIAG_INT_AS_DOUBLE);
    }
    TypedDouble *e = NEW_EXPR(f, DOUBLE, TypedDouble, offset, TYPE_ID_DOUBLE);
    e->value = is_negated ? -node->double_value : node->double_value;
    return &e->base;
  }
  uint64_t limit = (uint64_t)INT64_MAX + (is_negated ? 1 : 0);
  if (node->is_overflow || (!node->is_hex && node->value > limit)) {
    il_infer_error(f, &node->base, DIAG_INT_LITERAL_RANGE);
    return il_infer_invalid(f, offset);
  }
  TypedInt *e = NEW_EXPR(f, INT, TypedInt, offset, TYPE_ID_INT);
  e->value = (int64_t)(is_negated ? 0 - node->value : node->value);
  return &e->base;
}

static TypedExpr *infer_double(InferContext *f, TreeDoubleLiteral *node) {
  TypedDouble *e =
      NEW_EXPR(f, DOUBLE, TypedDouble, node->base.start, TYPE_ID_DOUBLE);
  e->value = node->value;
  return &e->base;
}

static TypedExpr *infer_interpolation(InferContext *f,
                                      TreeInterpolation *node) {
  TypedConcat *e =
      NEW_EXPR(f, CONCAT, TypedConcat, node->base.start, TYPE_ID_STRING);
  e->parts.items = IL_NEW_ARRAY(f->arena, TypedExpr *, node->parts.count + 1);
  bool is_invalid = false, is_constant = true;
  for (uint32_t i = 0; i < node->parts.count; i++) {
    TreeNode *part = node->parts.items[i];
    if (part->kind == TREE_STRING_LITERAL &&
        ((TreeStringLiteral *)part)->value.length == 0) {
      continue;
    }
    TypedExpr *value = il_infer_expr(f, part, TYPE_ID_UNKNOWN);
    value = il_infer_used(f, value, part);
    is_invalid |= il_infer_is_invalid(value);
    is_constant &= value->kind == EXPR_CONSTANT || value->kind == EXPR_INT ||
                   value->kind == EXPR_DOUBLE;
    e->parts.items[e->parts.count++] = value;
  }
  if (is_invalid) return il_infer_invalid(f, node->base.start);
  // Of constants it is one, and so the same string everywhere.
  return is_constant ? il_infer_try_fold(f, &e->base) : &e->base;
}

static TypedExpr *infer_symbol(InferContext *f, TreeSymbolLiteral *node) {
  Constant c = {.kind = CONSTANT_SYMBOL,
                .type = TYPE_ID_SYMBOL,
                .name = il_infer_name(f, node->name.name)};
  return il_infer_constant_expr(f, il_constant_intern(f->sema, &c),
                                TYPE_ID_SYMBOL, node->base.start);
}

TypedExpr *il_infer_try_fold(InferContext *f, TypedExpr *e) {
  Constant *c = il_constant_try(f->sema, f->unit, e);
  return c ? il_infer_constant_expr(f, c, e->type, e->offset) : e;
}

TypedExpr *il_infer_fold(InferContext *f, TypedExpr *e) {
  if (il_infer_is_invalid(e) || e->kind == EXPR_CONSTANT) return e;
  Constant *c = il_constant_evaluate(f->sema, f->unit, e);
  if (!c) return il_infer_invalid(f, e->offset);
  return il_infer_constant_expr(f, c, e->type, e->offset);
}

// --------------------------------------------------------- tests, conditions

static TypedExpr *infer_conditional(InferContext *f, TreeConditional *node,
                                    TypeId context) {
  TypedExpr *condition = il_infer_condition(f, node->condition);
  il_flow_then(f->flow, condition);
  TypedExpr *then = il_infer_expr(f, node->then, context);
  il_flow_else(f->flow, then);
  TypedExpr *otherwise = il_infer_expr(f, node->otherwise, context);
  TypeId type;
  if (then->type == TYPE_ID_VOID || otherwise->type == TYPE_ID_VOID) {
    type = TYPE_ID_VOID;
  } else {
    type = il_infer_join(f, then->type, otherwise->type, context);
  }
  TypedConditional *e =
      NEW_EXPR(f, CONDITIONAL, TypedConditional, node->base.start, type);
  e->condition = condition;
  e->then = then;
  e->otherwise = otherwise;
  il_flow_join(f->flow, otherwise, &e->base);
  if (il_infer_is_invalid(condition)) {
    return il_infer_invalid(f, node->base.start);
  }
  return &e->base;
}

static TypedExpr *infer_is(InferContext *f, TreeIs *node) {
  TypedExpr *operand = il_infer_expr(f, node->operand, TYPE_ID_UNKNOWN);
  operand = il_infer_used(f, operand, node->operand);
  TypeId type = il_infer_type(f, node->type);
  if (il_infer_is_invalid(operand) || type == TYPE_ID_INVALID) {
    return il_infer_invalid(f, node->base.start);
  }
  TypedIs *is = NEW_EXPR(f, IS, TypedIs, node->base.start, TYPE_ID_BOOL);
  is->operand = operand;
  is->test = type;
  TypedExpr *e = &is->base;
  if (node->is_not) {
    TypedUnary *not =
        NEW_EXPR(f, NOT, TypedUnary, node->base.start, TYPE_ID_BOOL);
    not ->operand = e;
    e = &not ->base;
  }
  il_flow_is_test(f->flow, operand, type, node->is_not, e);
  return e;
}

static TypedExpr *infer_as(InferContext *f, TreeAs *node) {
  TypedExpr *operand = il_infer_expr(f, node->operand, TYPE_ID_UNKNOWN);
  TypeId type = il_infer_type(f, node->type);
  if (il_infer_is_invalid(operand) || type == TYPE_ID_INVALID) {
    return il_infer_invalid(f, node->base.start);
  }
  bool holds = operand->type != TYPE_ID_DYNAMIC &&
               il_infer_is_subtype(f, operand->type, type);
  TypedExpr *e =
      il_infer_downcast(f, operand, type, holds ? AS_UNCHECKED : AS_WRITTEN);
  e->offset = node->base.start;
  il_flow_as(f->flow, operand, type);
  return e;
}

static TypedExpr *infer_null_check(InferContext *f, TreeNullCheck *node,
                                   TypeId context) {
  TypeId wanted = context;
  if (il_infer_has_context(context)) {
    wanted = il_type_with_nullable(f->types, context, true);
  }
  TypedExpr *operand = il_infer_expr(f, node->operand, wanted);
  operand = il_infer_used(f, operand, node->operand);
  if (il_infer_is_invalid(operand)) return operand;
  TypedUnary *e = NEW_EXPR(f, NULL_CHECK, TypedUnary, node->base.start,
                           il_type_non_null(f->types, operand->type));
  e->operand = operand;
  il_flow_null_check(f->flow, operand);
  return &e->base;
}

// --------------------------------------------------------------- await, throw

// An extension type that is no Future cannot be awaited.
static bool is_awaitable(InferContext *f, TypeId type) {
  TypeId t = il_type_non_null(f->types, il_infer_resolve_bound(f, type));
  const Type *seen = il_type_get(f->types, t);
  if (seen->kind != TYPE_INTERFACE) return true;
  const TypeClass *c = il_class_get(f->sema->class_table, seen->head);
  if (!(c->flags & CLASS_IS_EXTENSION_TYPE)) return true;
  return il_class_as_instance_of(f->type_context, t, CLASS_FUTURE) !=
         TYPE_ID_NONE;
}

static TypedExpr *infer_await(InferContext *f, TreeAwait *node,
                              TypeId context) {
  TypeId wanted = TYPE_ID_UNKNOWN;
  if (il_infer_has_context(context)) {
    wanted = il_type_future_or(f->types, context);
  }
  TypedExpr *operand = il_infer_expr(f, node->operand, wanted);
  operand = il_infer_used(f, operand, node->operand);
  if (f->in_late) {
    il_infer_error(f, &node->base, DIAG_INVALID_AWAIT);
    return il_infer_invalid(f, node->base.start);
  }
  if (il_infer_is_invalid(operand)) return operand;
  if (!is_awaitable(f, operand->type)) {
    il_infer_error(f, &node->base, DIAG_INVALID_AWAIT_TYPE,
                   il_infer_type_text(f, operand->type));
    return il_infer_invalid(f, node->base.start);
  }
  TypedUnary *e = NEW_EXPR(f, AWAIT, TypedUnary, node->base.start,
                           il_type_flatten(f->type_context, operand->type));
  e->operand = operand;
  return &e->base;
}

static TypedExpr *infer_throw(InferContext *f, TreeThrow *node) {
  TypedExpr *operand = il_infer_expr(f, node->operand, TYPE_ID_OBJECT);
  operand = il_infer_coerce(f, operand, TYPE_ID_OBJECT, node->operand);
  TypedUnary *e =
      NEW_EXPR(f, THROW, TypedUnary, node->base.start, TYPE_ID_NEVER);
  e->operand = operand;
  return &e->base;
}

static TypedExpr *infer_rethrow(InferContext *f, TreeNode *node) {
  TypedRethrow *e =
      NEW_EXPR(f, RETHROW, TypedRethrow, node->start, TYPE_ID_NEVER);
  e->from = f->catch_clause;
  if (!f->catch_clause) {
    il_infer_error(f, node, DIAG_INVALID_RETHROW);
    return il_infer_invalid(f, node->start);
  }
  return &e->base;
}

static TypedExpr *infer_this(InferContext *f, TreeNode *node) {
  if (f->this_type == TYPE_ID_NONE || f->is_initializer) {
    il_infer_error(f, node, DIAG_NO_THIS, "this", "this");
    return il_infer_invalid(f, node->start);
  }
  return il_infer_this(f, node->start);
}

// ------------------------------------------------------ null shorting, cascade

static TypedExpr *infer_null_short(InferContext *f, TreeNullShort *node,
                                   TypeId context) {
  InferGuard **saved = f->guards;
  InferGuard *top = NULL;
  f->guards = &top;
  TypedExpr *e = il_infer_expr(f, node->expression, context);
  f->guards = saved;
  const Type *made = il_type_get(f->types, e->type);
  if (made->kind == TYPE_FUNCTION && il_infer_has_context(context)) {
    // A generic function is instantiated inside, where it is not null.
    TypedExpr *coerced = il_infer_try_coerce(f, e, context);
    if (coerced) e = coerced;
  }
  for (InferGuard *g = top; g; g = g->outer) {
    il_flow_null_aware_end(f->flow);
    if (il_infer_is_invalid(e)) continue;
    TypeId type = e->type;
    if (type != TYPE_ID_VOID) {
      type = il_type_with_nullable(f->types, type, true);
    }
    TypedNullAware *aware =
        NEW_EXPR(f, NULL_AWARE, TypedNullAware, g->offset, type);
    aware->local = g->local;
    aware->value = g->value;
    aware->body = e;
    e = &aware->base;
  }
  return e;
}

static TypedExpr *copy_simple(InferContext *f, const TypedExpr *e) {
  switch (e->kind) {
    case EXPR_LOCAL_GET:
      return il_arena_copy(f->arena, e, sizeof(TypedLocalGet));
    case EXPR_CONSTANT:
      return il_arena_copy(f->arena, e, sizeof(TypedConstant));
    case EXPR_INT:
      return il_arena_copy(f->arena, e, sizeof(TypedInt));
    case EXPR_DOUBLE:
      return il_arena_copy(f->arena, e, sizeof(TypedDouble));
    default:
      return il_arena_copy(f->arena, e, sizeof(TypedExpr));
  }
}

static TypedExpr *cascade_target(InferContext *f, TreeNode *node) {
  if (!f->cascade) return il_infer_invalid(f, node->start);
  TypedExpr *e = copy_simple(f, f->cascade);
  if (e->kind == EXPR_LOCAL_GET) {
    il_infer_use_local(f, ((TypedLocalGet *)e)->local);
  }
  return e;
}

static TypedExpr *infer_sections(InferContext *f, TreeCascade *node,
                                 TypedExpr *target) {
  TypedExpr *saved = f->cascade;
  f->cascade = target;
  uint32_t count = node->sections.count;
  TypedStmt **statements = IL_NEW_ARRAY(f->arena, TypedStmt *, count + 1);
  bool is_invalid = false;
  for (uint32_t i = 0; i < count; i++) {
    TypedExpr *section = il_infer_unused(f, node->sections.items[i]);
    is_invalid |= il_infer_is_invalid(section);
    statements[i] = il_infer_expr_stmt(f, section);
  }
  f->cascade = saved;
  if (is_invalid) return il_infer_invalid(f, node->base.start);
  return il_infer_sequence(f, statements, count, copy_simple(f, target));
}

static TypedExpr *infer_cascade(InferContext *f, TreeCascade *node,
                                TypeId context) {
  TypedExpr *target = il_infer_expr(f, node->target, context);
  target = il_infer_used(f, target, node->target);
  uint32_t offset = node->base.start;
  if (il_infer_is_invalid(target)) {
    infer_sections(f, node, target);
    return target;
  }
  if (!node->is_null_aware) {
    LocalVar *let;
    TypedExpr *held = il_infer_hold(f, target, &let);
    TypedExpr *e = infer_sections(f, node, held);
    if (il_infer_is_invalid(e)) return e;
    return il_infer_release(f, let, target, e);
  }
  LocalVar *local =
      il_infer_new_temp(f, il_type_non_null(f->types, target->type));
  il_flow_null_aware_begin(f->flow, target);
  TypedExpr *e = infer_sections(f, node, il_infer_local_get(f, local, offset));
  il_flow_null_aware_end(f->flow);
  if (il_infer_is_invalid(e)) return e;
  TypedNullAware *aware =
      NEW_EXPR(f, NULL_AWARE, TypedNullAware, offset,
               il_type_with_nullable(f->types, e->type, true));
  aware->local = local;
  aware->value = target;
  aware->body = e;
  return &aware->base;
}

// ----------------------------------------------------------------- the switch

static TypedExpr *infer_place(InferContext *f, TreeNode *node) {
  Place place;
  il_infer_place(f, node, &place);
  TypedExpr *e = il_infer_place_read(f, &place);
  return e;
}

static void collect_params(InferContext *f, TypeId type, Map *found) {
  const Type *t = il_type_get(f->types, type);
  if (!(t->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM))) return;
  if (t->kind == TYPE_PARAM) {
    il_map_put(found, t->head, 1);
    return;
  }
  for (uint32_t i = 0; i < t->count; i++) {
    collect_params(f, t->items[i], found);
  }
}

void il_infer_check_constant_type(InferContext *f, TypeId type,
                                  const TreeNode *node) {
  const Type *t = il_type_get(f->types, type);
  if (f->is_const &&
      (t->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM))) {
    il_infer_error(f, node, DIAG_PRIMITIVE_CONST);
  }
}

TypeId il_infer_constant_context(InferContext *f, TypeId context) {
  if (!il_infer_has_context(context)) return context;
  Map found = {0};
  collect_params(f, context, &found);
  uint32_t count = 0, cursor = 0;
  TypeParamId *params =
      IL_NEW_ARRAY(f->arena, TypeParamId, il_map_count(&found) + 1);
  uint64_t key, value;
  while (il_map_next(&found, &cursor, &key, &value)) {
    params[count++] = (TypeParamId)key;
  }
  il_map_drop(&found);
  if (count == 0) return context;
  return il_type_least_closure_of_params(f->type_context, context, params,
                                         count);
}

// Runs the inference of something marked `const`, then folds it.
static TypedExpr *infer_in_const(InferContext *f, TreeNode *node,
                                 TypeId context,
                                 TypedExpr *infer(InferContext *, TreeNode *,
                                                  TypeId)) {
  f->is_const = true;
  TypedExpr *e = infer(f, node, context);
  f->is_const = false;
  return il_infer_fold(f, e);
}

static TypedExpr *infer_kind(InferContext *f, TreeNode *node, TypeId context);

static bool is_marked_const(const TreeNode *node) {
  switch (node->kind) {
    case TREE_LIST_LITERAL:
      return ((const TreeListLiteral *)node)->is_const;
    case TREE_SET_OR_MAP_LITERAL:
      return ((const TreeSetOrMapLiteral *)node)->is_const;
    case TREE_RECORD_LITERAL:
      return ((const TreeRecordLiteral *)node)->is_const;
    case TREE_NEW:
      return ((const TreeNew *)node)->is_const;
    case TREE_CALL: {
      const TreeNode *target = ((const TreeCall *)node)->target;
      return target->kind == TREE_DOT_SHORTHAND &&
             ((const TreeDotShorthand *)target)->is_const;
    }
    default:
      return false;
  }
}

// Each family infers its kinds and leaves any other to the next one.
static TypedExpr *infer_operation(InferContext *f, TreeNode *node,
                                  TypeId context) {
  switch ((TreeKind)node->kind) {
    case TREE_UNARY:
      return il_infer_unary(f, (TreeUnary *)node, context);
    case TREE_INCREMENT:
      return il_infer_increment(f, (TreeIncrement *)node);
    case TREE_BINARY:
      return il_infer_binary(f, (TreeBinary *)node, context);
    case TREE_CONDITIONAL:
      return infer_conditional(f, (TreeConditional *)node, context);
    case TREE_ASSIGN:
      return il_infer_assign(f, (TreeAssign *)node, context);
    case TREE_PATTERN_ASSIGN:
      return il_infer_pattern_assign(f, (TreePatternAssign *)node, context);
    case TREE_IS:
      return infer_is(f, (TreeIs *)node);
    case TREE_AS:
      return infer_as(f, (TreeAs *)node);
    case TREE_AWAIT:
      return infer_await(f, (TreeAwait *)node, context);
    case TREE_THROW:
      return infer_throw(f, (TreeThrow *)node);
    case TREE_RETHROW:
      return infer_rethrow(f, node);
    case TREE_SWITCH_EXPRESSION:
      return il_infer_switch_expression(f, (TreeSwitchExpression *)node,
                                        context);
    case TREE_ERROR:
      return il_infer_invalid(f, node->start);
    default:
      return il_infer_unsupported(f, node, il_tree_label(node->kind));
  }
}

static TypedExpr *infer_literal(InferContext *f, TreeNode *node,
                                TypeId context) {
  switch ((TreeKind)node->kind) {
    case TREE_NULL_LITERAL:
      return il_infer_null(f, node->start);
    case TREE_BOOL_LITERAL: {
      bool value = ((TreeBoolLiteral *)node)->value;
      TypedExpr *e = il_infer_bool(f, value, node->start);
      il_flow_bool(f->flow, e, value);
      return e;
    }
    case TREE_INT_LITERAL:
      return il_infer_int(f, (TreeIntLiteral *)node, false, context);
    case TREE_DOUBLE_LITERAL:
      return infer_double(f, (TreeDoubleLiteral *)node);
    case TREE_STRING_LITERAL:
      return il_infer_string(f, ((TreeStringLiteral *)node)->value,
                             node->start);
    case TREE_INTERPOLATION:
      return infer_interpolation(f, (TreeInterpolation *)node);
    case TREE_SYMBOL_LITERAL:
      return infer_symbol(f, (TreeSymbolLiteral *)node);
    case TREE_LIST_LITERAL:
      return il_infer_list(f, (TreeListLiteral *)node, context);
    case TREE_SET_OR_MAP_LITERAL:
      return il_infer_set_or_map(f, (TreeSetOrMapLiteral *)node, context);
    case TREE_RECORD_LITERAL:
      return il_infer_record(f, (TreeRecordLiteral *)node, context);
    default:
      return infer_operation(f, node, context);
  }
}

// Names, calls and chains of them come first.
static TypedExpr *infer_kind(InferContext *f, TreeNode *node, TypeId context) {
  switch ((TreeKind)node->kind) {
    case TREE_IDENTIFIER:
    case TREE_PROPERTY:
    case TREE_INDEX:
    case TREE_INSTANTIATION:
    case TREE_SUPER:
      return infer_place(f, node);
    case TREE_THIS:
      return infer_this(f, node);
    case TREE_PAREN:
      return il_infer_expr(f, ((TreeParen *)node)->expression, context);
    case TREE_FUNCTION_EXPRESSION:
      return il_infer_closure(f, ((TreeFunctionExpression *)node)->function,
                              context);
    case TREE_CALL:
      return il_infer_call(f, (TreeCall *)node, context);
    case TREE_NULL_CHECK:
      return infer_null_check(f, (TreeNullCheck *)node, context);
    case TREE_NULL_SHORT:
      return infer_null_short(f, (TreeNullShort *)node, context);
    case TREE_NEW:
      return il_infer_new(f, (TreeNew *)node, context);
    case TREE_CASCADE:
      return infer_cascade(f, (TreeCascade *)node, context);
    case TREE_CASCADE_TARGET:
      return cascade_target(f, node);
    case TREE_DOT_SHORTHAND:
      return il_infer_shorthand(f, (TreeDotShorthand *)node, NULL, context);
    default:
      return infer_literal(f, node, context);
  }
}

TypedExpr *il_infer_expr(InferContext *f, TreeNode *node, TypeId context) {
  if (!node) return il_infer_invalid(f, 0);
  if (context == TYPE_ID_NONE || context == TYPE_ID_INVALID) {
    context = TYPE_ID_UNKNOWN;
  }
  TypeId saved = f->shorthand;
  bool is_shorthand = (node->flags & TREE_FLAG_SHORTHAND) != 0;
  if (is_shorthand && saved == TYPE_ID_NONE) f->shorthand = context;
  if (!is_shorthand) f->shorthand = TYPE_ID_NONE;
  TypedExpr *e;
  if (!f->is_const && is_marked_const(node)) {
    context = il_infer_constant_context(f, context);
    e = infer_in_const(f, node, context, infer_kind);
  } else {
    e = infer_kind(f, node, context);
  }
  // The head of a chain is met once; what follows it has a context of its own.
  f->shorthand = is_shorthand ? TYPE_ID_NONE : saved;
  if (e->type == TYPE_ID_NEVER) il_flow_exit(f->flow);
  return e;
}

TypedExpr *il_infer_unused(InferContext *f, TreeNode *node) {
  if (!node) return il_infer_invalid(f, 0);
  const TreeNode *inner = node;
  for (;;) {
    if (inner->kind == TREE_PAREN) {
      inner = ((const TreeParen *)inner)->expression;
    } else if (inner->kind == TREE_NULL_SHORT) {
      inner = ((const TreeNullShort *)inner)->expression;
    } else {
      break;
    }
  }
  f->unused = inner;
  TypedExpr *e = il_infer_expr(f, node, TYPE_ID_UNKNOWN);
  f->unused = NULL;
  return e;
}
