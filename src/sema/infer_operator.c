// infer_operator.c: operators.
//
// A chain of binary operators is as long as the source is, so it is walked
// along its left spine: contexts from the outermost operator inwards, then
// operands and results from the innermost outwards.

#include "sema/infer_internal.h"

#include "sema/flow.h"

// -------------------------------------------------------------------- tables

Name il_infer_operator_name(TokenKind op) {
  switch (op) {
    case TOK_PLUS:
      return NAME_op_add;
    case TOK_MINUS:
      return NAME_op_sub;
    case TOK_STAR:
      return NAME_op_mul;
    case TOK_SLASH:
      return NAME_op_div;
    case TOK_TILDE_SLASH:
      return NAME_op_int_div;
    case TOK_PERCENT:
      return NAME_op_mod;
    case TOK_SHIFT_LEFT:
      return NAME_op_shl;
    case TOK_SHIFT_RIGHT:
      return NAME_op_shr;
    case TOK_SHIFT_RIGHT_UNSIGNED:
      return NAME_op_ushr;
    case TOK_AMPERSAND:
      return NAME_op_and;
    case TOK_BAR:
      return NAME_op_or;
    case TOK_CARET:
      return NAME_op_xor;
    case TOK_LESS:
      return NAME_op_lt;
    case TOK_LESS_EQUAL:
      return NAME_op_le;
    case TOK_GREATER:
      return NAME_op_gt;
    case TOK_GREATER_EQUAL:
      return NAME_op_ge;
    case TOK_TILDE:
      return NAME_op_not;
    default:
      return NAME_NONE;
  }
}

static bool is_number_operator(Name op) {
  return op == NAME_op_add || op == NAME_op_sub || op == NAME_op_mul ||
         op == NAME_op_mod;
}

// ------------------------------------------------------------------- numbers

static bool is_number(InferContext *f, TypeId type) {
  return type != TYPE_ID_NEVER && type != TYPE_ID_INVALID &&
         il_infer_is_subtype(f, type, TYPE_ID_NUM);
}

TypeId il_infer_operand_context(InferContext *f, TypeId left, Name op,
                                TypeId context) {
  Member m;
  il_infer_find_member(f, left, op, false, &m);
  if (is_number_operator(op) && is_number(f, left) &&
      m.kind == MEMBER_INSTANCE) {
    if (!il_infer_has_context(context) ||
        il_infer_is_subtype(f, TYPE_ID_NUM, context) ||
        !il_infer_is_subtype(f, left, TYPE_ID_INT)) {
      return TYPE_ID_NUM;
    }
    if (il_infer_is_subtype(f, TYPE_ID_INT, context)) return TYPE_ID_INT;
    if (il_infer_is_subtype(f, TYPE_ID_DOUBLE, context)) return TYPE_ID_DOUBLE;
    return TYPE_ID_NUM;
  }
  if (m.kind != MEMBER_INSTANCE && m.kind != MEMBER_EXTENSION) {
    return TYPE_ID_UNKNOWN;
  }
  if (il_type_get(f->types, m.type)->kind != TYPE_FUNCTION ||
      il_type_function_positional_count(f->types, m.type) == 0) {
    return TYPE_ID_UNKNOWN;
  }
  return il_type_function_positional(f->types, m.type, 0);
}

// The special static types of arithmetic.  Where both sides are held raw the
// call itself has the type (lowering makes the instruction); elsewhere the
// operator gives a num.
static TypedExpr *refine_arithmetic(InferContext *f, TypedExpr *left,
                                    TypedExpr *right, Name op, TypedExpr *e) {
  if (!is_number_operator(op) || e->kind != EXPR_INSTANCE_CALL) return e;
  TypeId type = il_infer_number_type(f, left->type, right->type);
  if (type == TYPE_ID_NONE || type == TYPE_ID_NUM || type == e->type) return e;
  Rep l = il_type_rep(f->type_context, left->type);
  Rep r = il_type_rep(f->type_context, right->type);
  if ((l == REP_INT || l == REP_DOUBLE) && (r == REP_INT || r == REP_DOUBLE)) {
    e->type = type;
    return e;
  }
  return il_infer_downcast(f, e, type, AS_UNCHECKED);
}

TypedExpr *il_infer_operator(InferContext *f, TypedExpr *left, Name op,
                             TypedExpr *right, const TreeNode *node) {
  if (il_infer_is_invalid(left) || il_infer_is_invalid(right)) {
    return il_infer_invalid(f, node->start);
  }
  TypedExpr *args[1] = {right};
  TypedExpr *e = il_infer_call_member(f, left, op, args, 1, node);
  return refine_arithmetic(f, left, args[0], op, e);
}

TypedExpr *il_infer_place_operator(InferContext *f, Place *place, Name op,
                                   TypedExpr **args, uint32_t count,
                                   const TreeNode *node) {
  for (uint32_t i = 0; i < count; i++) {
    if (il_infer_is_invalid(args[i])) return args[i];
  }
  if (place->kind == PLACE_APPLICATION) {
    Member m;
    if (!il_infer_application_member(f, place, op, false, USE_OPERATOR, &m)) {
      return il_infer_invalid(f, node->start);
    }
    return il_infer_apply_member(f, place->receiver, &m, op, args, count, node);
  }
  FunctionElement *target = il_infer_super_member(f, op, false);
  if (!target) return il_infer_report_super(f, op, node);
  TypeId type = il_member_type(target, f->this_type);
  if (il_type_get(f->types, type)->kind != TYPE_FUNCTION ||
      il_type_function_positional_count(f->types, type) != count) {
    return il_infer_invalid(f, node->start);
  }
  for (uint32_t i = 0; i < count; i++) {
    args[i] = il_infer_coerce_or(f, args[i],
                                 il_type_function_positional(f->types, type, i),
                                 DIAG_ARGUMENT_NOT_ASSIGNABLE, node);
  }
  TypedSuperCall *e = NEW_EXPR(f, SUPER_CALL, TypedSuperCall, node->start,
                               il_type_function_result(f->types, type));
  e->target = target;
  e->bound = il_infer_use_super(f, target);
  e->arguments.positional.items = il_infer_copy_args(f, args, count);
  e->arguments.positional.count = count;
  return &e->base;
}

// ------------------------------------------------------------------ equality

static bool is_null_literal(const TypedExpr *e) {
  return e->kind == EXPR_CONSTANT &&
         ((const TypedConstant *)e)->value->kind == CONSTANT_NULL &&
         e->type == TYPE_ID_NULL;
}

TypedExpr *il_infer_equals(InferContext *f, TypedExpr *left, TypedExpr *right,
                           bool is_negated, const TreeNode *node) {
  left = il_infer_used(f, left, node);
  right = il_infer_used(f, right, node);
  if (il_infer_is_invalid(left) || il_infer_is_invalid(right)) {
    return il_infer_invalid(f, node->start);
  }
  TypedEquals *e = NEW_EXPR(f, EQUALS, TypedEquals, node->start, TYPE_ID_BOOL);
  e->left = left;
  e->is_negated = is_negated;
  if (!is_null_literal(left) && !is_null_literal(right)) {
    Member m;
    TypeId type = il_type_non_null(f->types, left->type);
    il_infer_find_member(f, type, NAME_op_eq, false, &m);
    if (m.kind != MEMBER_INSTANCE) {
      il_infer_find_member(f, TYPE_ID_OBJECT, NAME_op_eq, false, &m);
    }
    e->target = m.function;
    if (m.kind == MEMBER_INSTANCE &&
        il_type_get(f->types, m.type)->kind == TYPE_FUNCTION &&
        il_type_function_positional_count(f->types, m.type) == 1) {
      TypeId param = il_type_function_positional(f->types, m.type, 0);
      param = il_type_with_nullable(f->types, param, true);
      right = il_infer_coerce_or(f, right, param, DIAG_ARGUMENT_NOT_ASSIGNABLE,
                                 node);
      if (il_infer_is_invalid(right)) return right;
    }
  }
  e->right = right;
  il_flow_equals(f->flow, left, right, is_negated, &e->base);
  return &e->base;
}

static TypedExpr *place_equals(InferContext *f, Place *place, TypedExpr *right,
                               bool is_negated, const TreeNode *node) {
  TypedExpr *args[1] = {right};
  if (place->kind == PLACE_SUPER_SELF && !il_infer_is_invalid(right)) {
    // The operator itself is never called with null.
    TypedExpr *null = il_infer_null(f, right->offset);
    LocalVar *let;
    args[0] = il_infer_hold(f, right, &let);
    TypedExpr *held = args[0];
    TypeId present = il_type_non_null(f->types, right->type);
    if (present != right->type && right->type != TYPE_ID_DYNAMIC) {
      args[0] = il_infer_downcast(f, held, present, AS_UNCHECKED);
    }
    TypedExpr *call =
        il_infer_place_operator(f, place, NAME_op_eq, args, 1, node);
    if (il_infer_is_invalid(call)) return call;
    if (il_type_is_non_nullable(f->type_context, right->type)) {
      call = il_infer_release(f, let, right, call);
    } else {
      TypedEquals *test =
          NEW_EXPR(f, EQUALS, TypedEquals, node->start, TYPE_ID_BOOL);
      test->left = held;
      test->right = null;
      test->is_negated = true;
      TypedBinary *both =
          NEW_EXPR(f, AND, TypedBinary, node->start, TYPE_ID_BOOL);
      both->left = &test->base;
      both->right = call;
      call = il_infer_release(f, let, right, &both->base);
    }
    if (!is_negated) return call;
    TypedUnary *not = NEW_EXPR(f, NOT, TypedUnary, node->start, TYPE_ID_BOOL);
    not ->operand = call;
    return &not ->base;
  }
  return il_infer_place_operator(f, place, NAME_op_eq, args, 1, node);
}

// ------------------------------------------------------------- joined values

TypeId il_infer_join(InferContext *f, TypeId a, TypeId b, TypeId context) {
  if (a == TYPE_ID_INVALID || b == TYPE_ID_INVALID) return TYPE_ID_INVALID;
  TypeId joined = il_type_upper_bound(f->type_context, a, b);
  if (!il_infer_has_context(context)) return joined;
  TypeId wanted = il_type_greatest_closure(f->type_context, context);
  if (il_infer_is_subtype(f, joined, wanted)) return joined;
  if (il_infer_is_subtype(f, a, wanted) && il_infer_is_subtype(f, b, wanted)) {
    return wanted;
  }
  return joined;
}

static TypedExpr *infer_if_null(InferContext *f, TypedExpr *left,
                                TreeNode *right_node, TypeId context,
                                const TreeNode *node) {
  left = il_infer_used(f, left, node);
  il_flow_if_null_begin(f->flow, left);
  TypeId wanted = context;
  if (!il_infer_has_context(context) && !il_infer_is_invalid(left)) {
    wanted = left->type;
  }
  TypedExpr *right = il_infer_expr(f, right_node, wanted);
  il_flow_if_null_end(f->flow);
  if (il_infer_is_invalid(left) || il_infer_is_invalid(right)) {
    return il_infer_invalid(f, node->start);
  }
  TypeId type = TYPE_ID_VOID;
  if (right->type != TYPE_ID_VOID) {
    type = il_infer_join(f, il_type_non_null(f->types, left->type), right->type,
                         context);
  }
  TypedBinary *e = NEW_EXPR(f, IF_NULL, TypedBinary, node->start, type);
  e->left = left;
  e->right = right;
  return &e->base;
}

static TypedExpr *infer_logical(InferContext *f, TypedExpr *left,
                                const TreeBinary *node) {
  bool is_and = node->op == TOK_AND_AND;
  left = il_infer_coerce(f, left, TYPE_ID_BOOL, node->left);
  il_flow_logical_begin(f->flow, left, is_and);
  TypedExpr *right = il_infer_condition(f, node->right);
  TypedBinary *e = (TypedBinary *)il_infer_new_expr(
      f, is_and ? EXPR_AND : EXPR_OR, sizeof(TypedBinary), node->base.start,
      TYPE_ID_BOOL);
  e->left = left;
  e->right = right;
  il_flow_logical_end(f->flow, right, &e->base, is_and);
  if (il_infer_is_invalid(left) || il_infer_is_invalid(right)) {
    return il_infer_invalid(f, node->base.start);
  }
  return &e->base;
}

// -------------------------------------------------------------------- binary

// The span of an operator's message: the whole expression would begin far to
// the left in a chain.
static const TreeNode *operator_node(InferContext *f, const TreeBinary *node) {
  TreeNode *n = IL_NEW(f->arena, TreeNode);
  n->start = node->left->end;
  n->end = node->right->start;
  const Source *s = f->source;
  while (s && n->start < n->end && n->start < s->text.length &&
         (s->text.bytes[n->start] == ' ' || s->text.bytes[n->start] == '\n')) {
    n->start++;
  }
  if (n->end <= n->start) n->end = n->start + 1;
  return n;
}

// The type of the operator's parameter where left is super or an extension.
static TypeId place_parameter(InferContext *f, Place *place, Name op) {
  TypeId type = TYPE_ID_NONE;
  if (place->kind == PLACE_APPLICATION) {
    FunctionElement *m =
        il_class_find_declared(place->class_element, op, false);
    Member found = {0};
    if (m) il_infer_extension_member(f, m, place->vector, &found);
    type = found.type;
  } else {
    FunctionElement *m = il_infer_super_member(f, op, false);
    if (m) type = il_member_type(m, f->this_type);
  }
  if (type == TYPE_ID_NONE ||
      il_type_get(f->types, type)->kind != TYPE_FUNCTION ||
      il_type_function_positional_count(f->types, type) == 0) {
    return TYPE_ID_UNKNOWN;
  }
  return il_type_function_positional(f->types, type, 0);
}

static TypedExpr *apply_binary(InferContext *f, TypedExpr *left, Place *place,
                               const TreeBinary *node, TypeId context) {
  if (place && (node->op == TOK_AND_AND || node->op == TOK_OR_OR ||
                node->op == TOK_QUESTION_QUESTION)) {
    left = il_infer_place_read(f, place);
  }
  switch (node->op) {
    case TOK_AND_AND:
    case TOK_OR_OR:
      return infer_logical(f, left, node);
    case TOK_QUESTION_QUESTION:
      return infer_if_null(f, left, node->right, context, &node->base);
    default:
      break;
  }
  const TreeNode *at = operator_node(f, node);
  if (node->op == TOK_EQUAL || node->op == TOK_NOT_EQUAL) {
    bool is_negated = node->op == TOK_NOT_EQUAL;
    // A dot shorthand on the right takes its context from the left side.
    TypeId wanted = TYPE_ID_UNKNOWN;
    if ((node->right->flags & TREE_FLAG_SHORTHAND) && !place) {
      wanted = left->type;
    }
    TypedExpr *right = il_infer_expr(f, node->right, wanted);
    if (place) return place_equals(f, place, right, is_negated, at);
    return il_infer_equals(f, left, right, is_negated, at);
  }
  Name op = il_infer_operator_name(node->op);
  if (place) {
    TypeId param = place_parameter(f, place, op);
    TypedExpr *args[1] = {il_infer_expr(f, node->right, param)};
    return il_infer_place_operator(f, place, op, args, 1, at);
  }
  TypeId wanted = TYPE_ID_UNKNOWN;
  if (!il_infer_is_invalid(left)) {
    wanted = il_infer_operand_context(f, left->type, op, context);
  }
  TypedExpr *right = il_infer_expr(f, node->right, wanted);
  return il_infer_operator(f, left, op, right, at);
}

// The context of what stands left of an operator in that context.
static TypeId left_context(InferContext *f, TokenKind op, TypeId context) {
  if (op == TOK_AND_AND || op == TOK_OR_OR) return TYPE_ID_BOOL;
  if (op != TOK_QUESTION_QUESTION || !il_infer_has_context(context)) {
    return TYPE_ID_UNKNOWN;
  }
  return il_type_with_nullable(f->types, context, true);
}

TypedExpr *il_infer_binary(InferContext *f, TreeBinary *node, TypeId context) {
  uint32_t depth = (uint32_t)node->depth;
  TreeBinary **spine = il_tree_spine_array(node, f->arena);
  TypeId *contexts = IL_NEW_ARRAY(f->arena, TypeId, depth);
  for (uint32_t i = depth; i-- > 0;) {
    contexts[i] = context;
    context = left_context(f, spine[i]->op, context);
  }
  TreeNode *first = spine[0]->left;
  Place place;
  TypedExpr *left = NULL;
  bool has_place = il_infer_application(f, first, &place);
  if (!has_place && first->kind == TREE_SUPER) {
    il_infer_place(f, first, &place);
    has_place = true;
  }
  if (has_place && place.kind == PLACE_INVALID) {
    has_place = false;
    left = il_infer_invalid(f, first->start);
  }
  if (!has_place && !left) left = il_infer_expr(f, first, context);
  for (uint32_t i = 0; i < depth; i++) {
    left =
        apply_binary(f, left, has_place ? &place : NULL, spine[i], contexts[i]);
    has_place = false;
    if (left->type == TYPE_ID_NEVER) il_flow_exit(f->flow);
  }
  return left;
}

// --------------------------------------------------------------------- unary

static TypedExpr *infer_not(InferContext *f, TreeUnary *node) {
  TypedExpr *operand = il_infer_condition(f, node->operand);
  if (il_infer_is_invalid(operand)) return operand;
  TypedUnary *e = NEW_EXPR(f, NOT, TypedUnary, node->base.start, TYPE_ID_BOOL);
  e->operand = operand;
  il_flow_not(f->flow, operand, &e->base);
  return &e->base;
}

TypedExpr *il_infer_unary(InferContext *f, TreeUnary *node, TypeId context) {
  if (node->op == TOK_NOT) return infer_not(f, node);
  if (node->op == TOK_MINUS && node->operand->kind == TREE_INT_LITERAL) {
    return il_infer_int(f, (TreeIntLiteral *)node->operand, true, context);
  }
  Name op = node->op == TOK_MINUS ? NAME_op_neg : NAME_op_not;
  Place place;
  bool has_place = il_infer_application(f, node->operand, &place);
  if (!has_place && node->operand->kind == TREE_SUPER) {
    il_infer_place(f, node->operand, &place);
    has_place = true;
  }
  if (has_place) {
    if (place.kind == PLACE_INVALID) {
      return il_infer_invalid(f, node->base.start);
    }
    return il_infer_place_operator(f, &place, op, NULL, 0, &node->base);
  }
  TypeId wanted = TYPE_ID_UNKNOWN;
  if (op == NAME_op_neg && node->operand->kind == TREE_DOUBLE_LITERAL) {
    wanted = context;
  }
  TypedExpr *operand = il_infer_expr(f, node->operand, wanted);
  return il_infer_call_member(f, operand, op, NULL, 0, &node->base);
}
