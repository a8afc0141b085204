// infer_pattern.c: patterns to typed patterns. In order: schemas, variables,
// simple patterns, alternatives, collections, records and objects; the switch
// over kinds, at the end.
#include "sema/infer_pattern.h"

#define NEW_PATTERN(w, kind, Struct, node, matched)           \
  ((Struct *)new_pattern((w), PATTERN_##kind, sizeof(Struct), \
                         ((const TreeNode *)(node))->start, (matched)))

static TypedPattern *new_pattern(PatternWalk *w, PatternKind kind, size_t size,
                                 uint32_t offset, TypeId matched) {
  TypedPattern *p = il_arena_alloc(w->f->arena, size);
  p->kind = (uint8_t)kind;
  p->offset = offset;
  p->matched = matched;
  return p;
}

// --------------------------------------------------------------------- schemas

static TypeId glb(InferContext *f, TypeId a, TypeId b) {
  return il_type_lower_bound(f->type_context, a, b);
}

static TypeId list_schema(InferContext *f, TreeListPattern *node) {
  TypeId element = TYPE_ID_UNKNOWN;
  if (node->type_arguments.count == 1) {
    element = il_infer_type(f, node->type_arguments.items[0]);
    return il_infer_core_type1(f, CLASS_LIST, element);
  }
  for (uint32_t i = 0; i < node->elements.count; i++) {
    TreeNode *e = node->elements.items[i];
    if (e->kind != TREE_REST_PATTERN) {
      element = glb(f, element, il_pattern_schema(f, e));
      continue;
    }
    TreeNode *rest = ((TreeRestPattern *)e)->pattern;
    if (!rest) continue;
    TypeId part = il_infer_type_argument(f, il_pattern_schema(f, rest),
                                         CLASS_ITERABLE, 0);
    if (part != TYPE_ID_NONE) element = glb(f, element, part);
  }
  return il_infer_core_type1(f, CLASS_LIST, element);
}

static TypeId map_schema(InferContext *f, TreeMapPattern *node) {
  TypeId key = TYPE_ID_UNKNOWN, value = TYPE_ID_UNKNOWN;
  if (node->type_arguments.count == 2) {
    key = il_infer_type(f, node->type_arguments.items[0]);
    value = il_infer_type(f, node->type_arguments.items[1]);
  } else {
    for (uint32_t i = 0; i < node->entries.count; i++) {
      if (node->entries.items[i]->kind != TREE_MAP_PATTERN_ENTRY) continue;
      TreeMapPatternEntry *e = (TreeMapPatternEntry *)node->entries.items[i];
      value = glb(f, value, il_pattern_schema(f, e->pattern));
    }
  }
  return il_infer_core_type2(f, CLASS_MAP, key, value);
}

// The name of a field, as written or taken from the variable in it.
static Name field_name(const TreePatternField *field) {
  return field->is_named ? field->name.name : NAME_NONE;
}

// A record type of the pattern's shape; types come from `type_of`, by field.
typedef TypeId FieldType(PatternWalk *w, TreePatternField *field, uint32_t i,
                         void *data);

static TypeId record_type(PatternWalk *w, TreeRecordPattern *node,
                          FieldType *type_of, void *data) {
  uint32_t n = node->fields.count, positional = 0, named = 0;
  TypeId *types = IL_NEW_ARRAY(w->f->arena, TypeId, n + 1);
  TypeId *named_types = IL_NEW_ARRAY(w->f->arena, TypeId, n + 1);
  Name *names = IL_NEW_ARRAY(w->f->arena, Name, n + 1);
  for (uint32_t i = 0; i < n; i++) {
    TreePatternField *field = (TreePatternField *)node->fields.items[i];
    TypeId type = type_of(w, field, i, data);
    Name name = field_name(field);
    if (name == NAME_NONE) {
      types[positional++] = type;
    } else {
      names[named] = il_infer_name(w->f, name);
      named_types[named++] = type;
    }
  }
  return il_type_record(w->f->types, types, positional, names, named_types,
                        named);
}

static TypeId field_schema(PatternWalk *w, TreePatternField *field, uint32_t i,
                           void *data) {
  (void)i;
  (void)data;
  return field->pattern ? il_pattern_schema(w->f, field->pattern)
                        : TYPE_ID_UNKNOWN;
}

// Whether the type of an object pattern leaves out the arguments of a class.
static bool lacks_arguments(InferContext *f, TreeNamedType *node) {
  if (node->type_arguments.count > 0) return false;
  Name name = il_infer_name(f, node->name.name);
  Element *e;
  if (node->prefix.name) {
    Element *p =
        il_scope_find(f->scope, il_infer_name(f, node->prefix.name), false);
    if (!p || p->kind != ELEMENT_PREFIX) return false;
    e = il_library_find_prefixed((PrefixElement *)p, name, false, NULL);
  } else {
    e = il_scope_find(f->scope, name, false);
  }
  return e && e->kind == ELEMENT_CLASS &&
         ((ClassElement *)e)->type_params.count > 0;
}

static TypeId and_schema(InferContext *f, TreeAndPattern *node) {
  TypeId schema = TYPE_ID_UNKNOWN;
  for (uint32_t i = 0; i < node->items.count; i++) {
    schema = glb(f, schema, il_pattern_schema(f, node->items.items[i]));
  }
  return schema;
}

TypeId il_pattern_schema(InferContext *f, TreeNode *node) {
  switch (node->kind) {
    case TREE_VARIABLE_PATTERN: {
      TreeNode *type = ((TreeVariablePattern *)node)->type;
      return type ? il_infer_type(f, type) : TYPE_ID_UNKNOWN;
    }
    case TREE_ASSIGNED_PATTERN: {
      Place place = {0};
      il_infer_place_lexical(f, ((TreeAssignedPattern *)node)->name.name, node,
                             &place);
      return place.kind == PLACE_LOCAL ? il_infer_place_type(f, &place)
                                       : TYPE_ID_UNKNOWN;
    }
    case TREE_AND_PATTERN:
      return and_schema(f, (TreeAndPattern *)node);
    case TREE_NULL_CHECK_PATTERN: {
      TreeNode *sub = ((TreeNullCheckPattern *)node)->pattern;
      return il_type_with_nullable(f->types, il_pattern_schema(f, sub), true);
    }
    case TREE_NULL_ASSERT_PATTERN: {
      TreeNode *sub = ((TreeNullAssertPattern *)node)->pattern;
      return il_type_with_nullable(f->types, il_pattern_schema(f, sub), true);
    }
    case TREE_LIST_PATTERN:
      return list_schema(f, (TreeListPattern *)node);
    case TREE_MAP_PATTERN:
      return map_schema(f, (TreeMapPattern *)node);
    case TREE_RECORD_PATTERN: {
      PatternWalk w = {.f = f};
      return record_type(&w, (TreeRecordPattern *)node, field_schema, NULL);
    }
    case TREE_OBJECT_PATTERN: {
      TreeNamedType *type = ((TreeObjectPattern *)node)->type;
      return type ? il_infer_type(f, &type->base) : TYPE_ID_UNKNOWN;
    }
    default:
      return TYPE_ID_UNKNOWN;
  }
}

// ------------------------------------------------------------------- variables

static TypeId matched_type(PatternWalk *w, const FlowMatch *m) {
  return il_flow_match_type(w->f->flow, m);
}

// What must be tested for the value to be a `type`: NONE when nothing. In a
// pattern that cannot fail anything but a cast from dynamic is an error.
static TypeId require(PatternWalk *w, TypeId matched, TypeId type,
                      const TreeNode *node) {
  InferContext *f = w->f;
  if (matched == TYPE_ID_INVALID || type == TYPE_ID_INVALID) {
    return TYPE_ID_NONE;
  }
  if (il_infer_is_subtype(f, matched, type)) return TYPE_ID_NONE;
  if (w->mode != WALK_MATCH && matched != TYPE_ID_DYNAMIC) {
    il_infer_error(f, node, DIAG_PATTERN_TYPE, il_infer_type_text(f, matched),
                   il_infer_type_text(f, type));
  }
  il_infer_use_type(f, type);
  w->may_throw = true;
  return type;
}

static FlowMatchKind test_kind(const PatternWalk *w) {
  return w->mode == WALK_MATCH ? MATCH_EXACT : MATCH_ALWAYS;
}

static const PatternVar *find_var(const PatternVar *vars, uint32_t count,
                                  Name name) {
  for (uint32_t i = 0; i < count; i++) {
    if (vars[i].name.name == name) return &vars[i];
  }
  return NULL;
}

// The variable of this name and type: that of the other alternative if there
// is one, else a new one.
static LocalVar *make_variable(PatternWalk *w, const TreeName *name,
                               TypeId type, bool is_final) {
  InferContext *f = w->f;
  if (find_var(w->vars.items + w->first_own, w->vars.count - w->first_own,
               name->name)) {
    il_infer_error_name(f, *name, DIAG_DUPLICATE_DECLARATION,
                        il_infer_name_text(f, name->name));
  }
  const PatternVar *other = find_var(w->shared, w->shared_count, name->name);
  bool was_final = other && (other->local->flags & LOCAL_IS_FINAL);
  if (other && other->local->type == type && was_final == is_final) {
    return other->local;
  }
  if (other && w->is_alternative && type != TYPE_ID_INVALID &&
      other->local->type != TYPE_ID_INVALID) {
    bool same_type =
        il_type_is_equivalent(f->type_context, other->local->type, type);
    if (!same_type || was_final != is_final) {
      il_infer_error_name(f, *name, DIAG_PATTERN_OR_TYPE,
                          il_infer_name_text(f, name->name));
    }
    return other->local;
  }
  return il_infer_new_local(f, il_infer_name(f, name->name), type,
                            is_final ? LOCAL_IS_FINAL : 0);
}

static bool is_wildcard(PatternWalk *w, Name name) {
  (void)w;
  return name == NAME_wildcard || name == NAME_NONE;
}

static TypedPattern *infer_variable(PatternWalk *w, TreeVariablePattern *node,
                                    FlowMatch *m) {
  InferContext *f = w->f;
  TypeId matched = matched_type(w, m);
  TypeId type = node->type ? il_infer_type(f, node->type)
                           : il_infer_variable_type(f, matched);
  TypeId required = TYPE_ID_NONE;
  if (node->type) {
    required = require(w, matched, type, &node->base);
    il_flow_match_test(f->flow, m, type, test_kind(w));
  }
  if (is_wildcard(w, node->name.name)) {
    TypedPattern *p = NEW_PATTERN(w, WILDCARD, TypedPattern, node, matched);
    p->required = required;
    p->written = node->type ? type : TYPE_ID_NONE;
    return p;
  }
  bool is_final = w->mode == WALK_DECLARE
                      ? w->is_final
                      : (node->modifiers & TREE_MOD_FINAL) != 0;
  TypedVariablePattern *p =
      NEW_PATTERN(w, VARIABLE, TypedVariablePattern, node, matched);
  p->base.required = required;
  p->base.written = node->type ? type : TYPE_ID_NONE;
  p->local = make_variable(w, &node->name, type, is_final);
  if (p->local->declared_at == 0) p->local->declared_at = node->name.start;
  il_flow_match_declare(f->flow, m, p->local, !node->type);
  il_vec_push(&w->vars, (PatternVar){node->name, p->local});
  return &p->base;
}

static TypedPattern *infer_assigned(PatternWalk *w, TreeAssignedPattern *node,
                                    FlowMatch *m) {
  InferContext *f = w->f;
  TypeId matched = matched_type(w, m);
  Place place = {0};
  il_infer_place_lexical(f, node->name.name, &node->base, &place);
  LocalVar *local =
      place.kind == PLACE_LOCAL ? (LocalVar *)place.element : NULL;
  if (!local || local->constant || (local->flags & LOCAL_IS_FUNCTION)) {
    if (place.kind != PLACE_INVALID) {
      il_infer_error(f, node, DIAG_PATTERN_NOT_LOCAL,
                     il_infer_name_text(f, node->name.name));
    }
    return NEW_PATTERN(w, WILDCARD, TypedPattern, node, matched);
  }
  for (uint32_t i = 0; i < w->assigned.count; i++) {
    if (w->assigned.items[i]->local != local) continue;
    il_infer_error(f, node, DIAG_PATTERN_ASSIGNED_TWICE,
                   il_infer_name_text(f, node->name.name));
  }
  TypedAssignedPattern *p =
      NEW_PATTERN(w, ASSIGNED, TypedAssignedPattern, node, matched);
  p->base.required = require(w, matched, local->type, &node->base);
  p->local = local;
  il_vec_push(&w->assigned, p);
  local->flags |= LOCAL_IS_ASSIGNED;
  il_infer_use_local(f, local);
  il_flow_match_test(f->flow, m, local->type, MATCH_ALWAYS);
  il_flow_match_assign(f->flow, m, local, &node->base);
  return &p->base;
}

// ------------------------------------------------------------- simple patterns

static TypedPattern *infer_refutable(PatternWalk *w, const TreeNode *node,
                                     FlowMatch *m) {
  il_infer_error(w->f, node, DIAG_REFUTABLE_PATTERN);
  return NEW_PATTERN(w, WILDCARD, TypedPattern, node, matched_type(w, m));
}

// A constant expression inside a pattern, which is no constant context: what it
// creates must say `const`. INVALID after a report.
static TypedExpr *infer_constant(InferContext *f, TreeNode *node,
                                 TypeId context) {
  TypedExpr *e = il_infer_expr(f, node, context);
  return il_infer_fold(f, il_infer_used(f, e, node));
}

static FunctionElement *find_equals(InferContext *f, WellKnownClass id) {
  ClassElement *c = il_sema_class(f->sema, id);
  return c ? il_class_find_member(c, NAME_op_eq, false) : NULL;
}

// The == that a constant's class has; NULL when it is identity.
static FunctionElement *constant_equals(InferContext *f, const Constant *c) {
  FunctionElement *equals = NULL;
  switch ((ConstantKind)c->kind) {
    case CONSTANT_INT:
      equals = find_equals(f, CLASS_INT);
      break;
    case CONSTANT_DOUBLE:
      equals = find_equals(f, CLASS_DOUBLE);
      break;
    case CONSTANT_STRING:
      equals = find_equals(f, CLASS_STRING);
      break;
    case CONSTANT_TYPE:
      equals = find_equals(f, CLASS_TYPE_VALUE);
      break;
    case CONSTANT_SYMBOL:
      equals = find_equals(f, CLASS_SYMBOL_VALUE);
      break;
    case CONSTANT_RECORD:
      equals = find_equals(f, CLASS_RECORD_VALUE);
      break;
    case CONSTANT_FUNCTION:
      equals = find_equals(f, CLASS_CLOSURE);
      break;
    case CONSTANT_INSTANCE: {
      ClassElement *owner = il_infer_class_of(f, c->type);
      if (owner) equals = il_class_find_concrete(owner, NAME_op_eq, false);
      break;
    }
    default:
      break;
  }
  return equals && equals->owner && equals->owner->id != CLASS_OBJECT ? equals
                                                                      : NULL;
}

static TypedPattern *infer_constant_pattern(PatternWalk *w,
                                            TreeConstantPattern *node,
                                            FlowMatch *m) {
  InferContext *f = w->f;
  if (w->mode != WALK_MATCH) return infer_refutable(w, &node->base, m);
  TypeId matched = matched_type(w, m);
  TypedExpr *e = infer_constant(f, node->value, matched);
  const Type *t = il_type_get(f->types, e->type);
  if (t->kind == TYPE_FUNCTION &&
      il_type_get(f->types, matched)->kind == TYPE_FUNCTION) {
    // A generic function is instantiated as the context wants it.
    TypedExpr *coerced = il_infer_try_coerce(f, e, matched);
    if (coerced && coerced != e) e = il_infer_fold(f, coerced);
  }
  if (e->kind != EXPR_CONSTANT || il_infer_is_invalid(e)) {
    il_flow_match_may_fail(f->flow);
    return NEW_PATTERN(w, WILDCARD, TypedPattern, node, matched);
  }
  TypedConstantPattern *p =
      NEW_PATTERN(w, CONSTANT, TypedConstantPattern, node, matched);
  p->value = ((TypedConstant *)e)->value;
  p->equals = constant_equals(f, p->value);
  if (p->value->kind == CONSTANT_NULL) {
    il_flow_match_null(f->flow, m, true);
  } else {
    il_flow_match_may_fail(f->flow);
  }
  return &p->base;
}

static TypedExpr *relational_test(PatternWalk *w, TreeRelationalPattern *node,
                                  LocalVar *value, TypedExpr *operand) {
  InferContext *f = w->f;
  TypedExpr *left = il_infer_local_get(f, value, node->base.start);
  if (node->op == TOK_EQUAL || node->op == TOK_NOT_EQUAL) {
    return il_infer_equals(f, left, operand, node->op == TOK_NOT_EQUAL,
                           &node->base);
  }
  Name op = il_infer_operator_name(node->op);
  TypedExpr *test = il_infer_call_member(f, left, op, &operand, 1, &node->base);
  if (il_infer_is_invalid(test)) return test;
  if (test->type == TYPE_ID_DYNAMIC) {
    return il_infer_downcast(f, test, TYPE_ID_BOOL, AS_DOWNCAST);
  }
  if (!il_infer_is_subtype(f, test->type, TYPE_ID_BOOL)) {
    il_infer_error(f, &node->base, DIAG_RELATIONAL_RESULT,
                   il_infer_name_text(f, op),
                   il_infer_type_text(f, value->type));
    return il_infer_invalid(f, node->base.start);
  }
  return test;
}

static TypedPattern *infer_relational(PatternWalk *w,
                                      TreeRelationalPattern *node,
                                      FlowMatch *m) {
  InferContext *f = w->f;
  if (w->mode != WALK_MATCH) return infer_refutable(w, &node->base, m);
  TypeId matched = matched_type(w, m);
  bool is_equality = node->op == TOK_EQUAL || node->op == TOK_NOT_EQUAL;
  TypeId context =
      node->value->flags & TREE_FLAG_SHORTHAND ? matched
      : is_equality
          ? TYPE_ID_UNKNOWN
          : il_infer_operand_context(
                f, matched, il_infer_operator_name(node->op), TYPE_ID_UNKNOWN);
  TypedExpr *operand = infer_constant(f, node->value, context);
  TypedRelationalPattern *p =
      NEW_PATTERN(w, RELATIONAL, TypedRelationalPattern, node, matched);
  p->value = il_infer_new_temp(f, matched);
  p->test = il_infer_is_invalid(operand)
                ? operand
                : relational_test(w, node, p->value, operand);
  bool is_null = operand->kind == EXPR_CONSTANT &&
                 ((TypedConstant *)operand)->value->kind == CONSTANT_NULL &&
                 !il_infer_is_invalid(operand);
  if (is_equality && is_null) {
    il_flow_match_null(f->flow, m, node->op == TOK_EQUAL);
  } else {
    il_flow_match_may_fail(f->flow);
  }
  if (il_infer_is_invalid(p->test)) {
    return NEW_PATTERN(w, WILDCARD, TypedPattern, node, matched);
  }
  return &p->base;
}

static TypedPattern *infer_cast(PatternWalk *w, TreeCastPattern *node,
                                FlowMatch *m) {
  InferContext *f = w->f;
  TypeId matched = matched_type(w, m);
  TypeId type = il_infer_type(f, node->type);
  w->may_throw = true;
  TypedSubPattern *p = NEW_PATTERN(w, CAST, TypedSubPattern, node, matched);
  p->base.required = type;
  il_flow_match_test(f->flow, m, type, MATCH_ALWAYS);
  if (matched_type(w, m) == type) {
    p->sub = il_pattern_infer(w, node->pattern, m);
  } else {
    FlowMatch sub;
    il_flow_match_property(f->flow, &sub, m, NULL, type);
    p->sub = il_pattern_infer(w, node->pattern, &sub);
  }
  return &p->base;
}

// p? and p!
static TypedPattern *infer_null_pattern(PatternWalk *w, const TreeNode *node,
                                        TreeNode *inner, bool is_assert,
                                        FlowMatch *m) {
  InferContext *f = w->f;
  if (!is_assert && w->mode != WALK_MATCH) return infer_refutable(w, node, m);
  TypeId matched = matched_type(w, m);
  w->may_throw = true;
  TypedSubPattern *p = (TypedSubPattern *)new_pattern(
      w, is_assert ? PATTERN_NULL_ASSERT : PATTERN_NULL_CHECK,
      sizeof(TypedSubPattern), node->start, matched);
  TypeId type = il_type_non_null(f->types, matched);
  // Like a comparison with null, a failure does not promote to Null.
  bool can_fail = !is_assert && !il_infer_is_subtype(f, matched, type);
  il_flow_match_test(f->flow, m, type, can_fail ? MATCH_PARTIAL : MATCH_ALWAYS);
  if (il_infer_is_subtype(f, matched_type(w, m), type)) {
    p->sub = il_pattern_infer(w, inner, m);
  } else {
    FlowMatch sub;
    il_flow_match_property(f->flow, &sub, m, NULL, type);
    p->sub = il_pattern_infer(w, inner, &sub);
  }
  return &p->base;
}

// ---------------------------------------------------------------- alternatives

static TypedPattern *new_two(PatternWalk *w, PatternKind kind,
                             const TreeNode *node, TypeId matched,
                             TypedPattern *left, TypedPattern *right) {
  TypedTwoPattern *p = (TypedTwoPattern *)new_pattern(
      w, kind, sizeof(TypedTwoPattern), node->start, matched);
  p->left = left;
  p->right = right;
  return &p->base;
}

static void report_missing(PatternWalk *w, const PatternVar *vars,
                           uint32_t count, const PatternVar *others,
                           uint32_t other_count) {
  for (uint32_t i = 0; i < count; i++) {
    if (find_var(others, other_count, vars[i].name.name)) continue;
    il_infer_error_name(w->f, vars[i].name, DIAG_PATTERN_OR_VARIABLE,
                        il_infer_name_text(w->f, vars[i].name.name));
  }
}

// The right alternative, with the variables of the left; `from` is where the
// left's variables begin.
static TypedPattern *infer_alternative(PatternWalk *w, TreeNode *node,
                                       FlowMatch *m, uint32_t from) {
  uint32_t count = w->vars.count - from;
  PatternVar *left =
      il_arena_copy(w->f->arena, w->vars.items + from, count * sizeof *left);
  PatternWalk saved = *w;
  w->shared = left;
  w->shared_count = count;
  w->is_alternative = true;
  w->vars.count = from;
  w->first_own = from;
  TypedPattern *p = il_pattern_infer(w, node, m);
  report_missing(w, left, count, w->vars.items + from, w->vars.count - from);
  report_missing(w, w->vars.items + from, w->vars.count - from, left, count);
  w->shared = saved.shared;
  w->shared_count = saved.shared_count;
  w->is_alternative = saved.is_alternative;
  w->first_own = saved.first_own;
  w->vars.count = from;
  for (uint32_t i = 0; i < count; i++) il_vec_push(&w->vars, left[i]);
  return p;
}

static TypedPattern *infer_or(PatternWalk *w, TreeOrPattern *node,
                              FlowMatch *m) {
  InferContext *f = w->f;
  if (w->mode != WALK_MATCH) return infer_refutable(w, &node->base, m);
  TypeId matched = matched_type(w, m);
  uint32_t from = w->vars.count;
  FlowPattern saved;
  il_flow_pattern_begin(f->flow, &saved);
  TypedPattern *p = il_pattern_infer(w, node->items.items[0], m);
  FlowState success = il_flow_get(f->flow);
  FlowState failure = il_flow_pattern_end(f->flow, &saved);
  for (uint32_t i = 1; i < node->items.count; i++) {
    il_flow_set(f->flow, failure);
    il_flow_pattern_begin(f->flow, &saved);
    TypedPattern *right = infer_alternative(w, node->items.items[i], m, from);
    success = il_flow_join_states(f->flow, success, il_flow_get(f->flow));
    failure = il_flow_pattern_end(f->flow, &saved);
    p = new_two(w, PATTERN_OR, &node->base, matched, p, right);
  }
  il_flow_set(f->flow, success);
  il_flow_pattern_fail(f->flow, failure);
  return p;
}

static TypedPattern *infer_and(PatternWalk *w, TreeAndPattern *node,
                               FlowMatch *m) {
  TypeId matched = matched_type(w, m);
  TypedPattern *p = il_pattern_infer(w, node->items.items[0], m);
  for (uint32_t i = 1; i < node->items.count; i++) {
    TypedPattern *right = il_pattern_infer(w, node->items.items[i], m);
    p = new_two(w, PATTERN_AND, &node->base, matched, p, right);
  }
  return p;
}

// ----------------------------------------------------------------- collections

// A part of the matched value.
static TypedPattern *infer_part(PatternWalk *w, TreeNode *node, FlowMatch *of,
                                TypeId type) {
  FlowMatch part;
  il_flow_match_property(w->f->flow, &part, of, NULL, type);
  return il_pattern_infer(w, node, &part);
}

static FunctionElement *core_member(InferContext *f, WellKnownClass id,
                                    Name name) {
  return il_sema_core_member(f->sema, id, name, false);
}

// The type argument that the matched type gives: dynamic's is dynamic, that of
// no list or map Object?.
static TypeId argument_of(InferContext *f, TypeId matched, WellKnownClass id,
                          uint32_t i) {
  if (matched == TYPE_ID_DYNAMIC || matched == TYPE_ID_INVALID) {
    return TYPE_ID_DYNAMIC;
  }
  TypeId found = TYPE_ID_NONE;
  TypeId bound = il_infer_resolve_bound(f, matched);
  if (il_type_is_non_nullable(f->type_context, bound)) {
    found = il_infer_type_argument(f, bound, id, i);
  }
  return found != TYPE_ID_NONE ? found : TYPE_ID_OBJECT_NULLABLE;
}

typedef IL_VEC(TypedPattern *) Parts;

static TypedPatterns finish_parts(PatternWalk *w, Parts *parts) {
  TypedPatterns all = {il_vec_to_arena(parts, w->f->arena), parts->count};
  il_vec_drop(parts);
  return all;
}

static TypedPattern *infer_list(PatternWalk *w, TreeListPattern *node,
                                FlowMatch *m) {
  InferContext *f = w->f;
  TypeId matched = matched_type(w, m);
  w->may_throw = true;
  TypedListPattern *p = NEW_PATTERN(w, LIST, TypedListPattern, node, matched);
  p->element = node->type_arguments.count == 1
                   ? il_infer_type(f, node->type_arguments.items[0])
                   : argument_of(f, matched, CLASS_LIST, 0);
  TypeId list = il_infer_core_type1(f, CLASS_LIST, p->element);
  p->base.required = require(w, matched, list, &node->base);
  il_flow_match_test(f->flow, m, list, test_kind(w));
  p->length = core_member(f, CLASS_LIST, NAME_length);
  p->at = core_member(f, CLASS_LIST, NAME_op_index);
  p->sublist = core_member(f, CLASS_LIST,
                           il_name_intern(f->sema->names, TEXT("sublist")));
  Parts before = {0}, after = {0};
  for (uint32_t i = 0; i < node->elements.count; i++) {
    TreeNode *e = node->elements.items[i];
    if (e->kind == TREE_REST_PATTERN) {
      p->has_rest = true;
      TreeNode *rest = ((TreeRestPattern *)e)->pattern;
      if (rest) p->rest = infer_part(w, rest, m, list);
      continue;
    }
    TypedPattern *part = infer_part(w, e, m, p->element);
    if (p->has_rest) {
      il_vec_push(&after, part);
    } else {
      il_vec_push(&before, part);
    }
  }
  bool any_length = p->has_rest && before.count + after.count == 0;
  if (w->mode == WALK_MATCH && !any_length) il_flow_match_may_fail(f->flow);
  p->before = finish_parts(w, &before);
  p->after = finish_parts(w, &after);
  return &p->base;
}

static TypedPattern *infer_map(PatternWalk *w, TreeMapPattern *node,
                               FlowMatch *m) {
  InferContext *f = w->f;
  TypeId matched = matched_type(w, m);
  w->may_throw = true;
  TypedMapPattern *p = NEW_PATTERN(w, MAP, TypedMapPattern, node, matched);
  bool is_typed = node->type_arguments.count == 2;
  TypeId key = is_typed ? il_infer_type(f, node->type_arguments.items[0])
                        : argument_of(f, matched, CLASS_MAP, 0);
  p->value_type = is_typed ? il_infer_type(f, node->type_arguments.items[1])
                           : argument_of(f, matched, CLASS_MAP, 1);
  TypeId map = il_infer_core_type2(f, CLASS_MAP, key, p->value_type);
  p->base.required = require(w, matched, map, &node->base);
  il_flow_match_test(f->flow, m, map, test_kind(w));
  if (w->mode == WALK_MATCH) il_flow_match_may_fail(f->flow);
  p->at = core_member(f, CLASS_MAP, NAME_op_index);
  p->contains_key = core_member(f, CLASS_MAP, NAME_containsKey);
  p->keys = IL_NEW_ARRAY(f->arena, Constant *, node->entries.count + 1);
  if (node->entries.count == 0) {
    il_infer_error(f, node, DIAG_PATTERN_MAP_KEY,
                   "A map pattern must have at least one entry.");
  }
  Parts values = {0};
  for (uint32_t i = 0; i < node->entries.count; i++) {
    if (node->entries.items[i]->kind != TREE_MAP_PATTERN_ENTRY) {
      il_infer_error(f, node->entries.items[i], DIAG_PATTERN_MAP_KEY,
                     "A map pattern can't contain a rest pattern.");
      continue;
    }
    TreeMapPatternEntry *e = (TreeMapPatternEntry *)node->entries.items[i];
    TypedExpr *k = infer_constant(f, e->key, key);
    TypedPattern *value = infer_part(w, e->pattern, m, p->value_type);
    if (k->kind != EXPR_CONSTANT || il_infer_is_invalid(k)) continue;
    Constant *c = ((TypedConstant *)k)->value;
    for (uint32_t n = 0; n < values.count; n++) {
      if (p->keys[n] != c) continue;
      il_infer_error(f, e->key, DIAG_PATTERN_MAP_KEY,
                     "Two keys of a map pattern can't be equal.");
    }
    p->keys[values.count] = c;
    il_vec_push(&values, value);
  }
  p->values = finish_parts(w, &values);
  return &p->base;
}

// --------------------------------------------------------- records and objects

static void check_field_twice(PatternWalk *w, const TreeList *fields,
                              uint32_t i) {
  const TreePatternField *field = (TreePatternField *)fields->items[i];
  Name name = field_name(field);
  for (uint32_t k = 0; name != NAME_NONE && k < i; k++) {
    if (field_name((TreePatternField *)fields->items[k]) != name) continue;
    il_infer_error(w->f, field, DIAG_PATTERN_FIELD_TWICE,
                   il_infer_name_text(w->f, name));
    return;
  }
}

// A field of the record the value is known to be, else dynamic or Object?.
static TypeId field_of_matched(PatternWalk *w, TreePatternField *field,
                               uint32_t i, void *data) {
  (void)w;
  (void)field;
  return ((TypeId *)data)[i];
}

// The types of the fields by the type matched; false when it is no record of
// this shape.
static bool record_field_types(PatternWalk *w, TreeRecordPattern *node,
                               TypeId matched, TypeId *types) {
  InferContext *f = w->f;
  TypeId bound = il_infer_resolve_bound(f, matched);
  const Type *t = il_type_get(f->types, bound);
  TypeId other = matched == TYPE_ID_DYNAMIC || matched == TYPE_ID_INVALID
                     ? TYPE_ID_DYNAMIC
                     : TYPE_ID_OBJECT_NULLABLE;
  for (uint32_t i = 0; i < node->fields.count; i++) types[i] = other;
  if (t->kind != TYPE_RECORD || t->nullable || t->count != node->fields.count) {
    return false;
  }
  TypeId *found = IL_NEW_ARRAY(f->arena, TypeId, t->count + 1);
  uint32_t positional = 0;
  for (uint32_t i = 0; i < node->fields.count; i++) {
    TreePatternField *field = (TreePatternField *)node->fields.items[i];
    Name name = field_name(field);
    if (name == NAME_NONE) {
      if (positional >= t->head) return false;
      found[i] = t->items[positional++];
      continue;
    }
    int32_t at = il_type_record_find(f->types, bound, il_infer_name(f, name));
    if (at < (int32_t)t->head) return false;
    found[i] = t->items[at];
  }
  if (positional != t->head) return false;
  for (uint32_t i = 0; i < t->count; i++) types[i] = found[i];
  return true;
}

static TypedPattern *infer_record(PatternWalk *w, TreeRecordPattern *node,
                                  FlowMatch *m) {
  InferContext *f = w->f;
  TypeId matched = matched_type(w, m);
  uint32_t n = node->fields.count;
  TypeId *types = IL_NEW_ARRAY(f->arena, TypeId, n + 1);
  record_field_types(w, node, matched, types);
  TypeId record = record_type(w, node, field_of_matched, types);
  TypedObjectPattern *p =
      NEW_PATTERN(w, RECORD, TypedObjectPattern, node, matched);
  p->base.required = require(w, matched, record, &node->base);
  il_flow_match_test(f->flow, m, record, test_kind(w));
  p->value = il_infer_new_temp(f, record);
  p->gets = IL_NEW_ARRAY(f->arena, TypedExpr *, n + 1);
  Parts parts = {0};
  uint32_t positional = 0;
  for (uint32_t i = 0; i < n; i++) {
    TreePatternField *field = (TreePatternField *)node->fields.items[i];
    check_field_twice(w, &node->fields, i);
    Name name = field_name(field);
    int32_t at =
        name == NAME_NONE
            ? (int32_t)positional++
            : il_type_record_find(f->types, record, il_infer_name(f, name));
    TypedRecordGet *get =
        NEW_EXPR(f, RECORD_GET, TypedRecordGet, field->base.start, types[i]);
    get->record = il_infer_local_get(f, p->value, field->base.start);
    get->index = at < 0 ? 0 : (uint32_t)at;
    p->gets[i] = &get->base;
    if (!field->pattern) continue;
    il_vec_push(&parts, infer_part(w, field->pattern, m, types[i]));
  }
  p->fields = finish_parts(w, &parts);
  return &p->base;
}

// The type of an object pattern; arguments left out come from the type
// matched.
static TypeId object_type(InferContext *f, TreeNamedType *node,
                          TypeId matched) {
  TypeId type = il_infer_type(f, &node->base);
  const Type *t = il_type_get(f->types, type);
  if (t->kind != TYPE_INTERFACE || !lacks_arguments(f, node)) return type;
  const TypeClass *c = il_class_get(f->type_context->classes, t->head);
  uint32_t n = c->param_count;
  TypeParamId *params = IL_NEW_ARRAY(f->arena, TypeParamId, n + 1);
  TypeId *args = IL_NEW_ARRAY(f->arena, TypeId, n + 1);
  for (uint32_t i = 0; i < n; i++) params[i] = c->first_param + i;
  TypeConstraints *k = il_constraint_new(f->type_context, params, n);
  bool matches = il_constraint_match(k, c->this_type, matched);
  if (matches) il_constraint_solve(k, true, args);
  il_constraint_free(k);
  return matches ? il_type_interface(f->types, t->head, args, n) : type;
}

static TypedPattern *infer_object(PatternWalk *w, TreeObjectPattern *node,
                                  FlowMatch *m) {
  InferContext *f = w->f;
  TypeId matched = matched_type(w, m);
  TypeId type = object_type(f, node->type, matched);
  uint32_t n = node->fields.count;
  w->may_throw = true;
  TypedObjectPattern *p =
      NEW_PATTERN(w, OBJECT, TypedObjectPattern, node, matched);
  p->base.required = require(w, matched, type, &node->base);
  il_flow_match_test(f->flow, m, type, test_kind(w));
  p->value = il_infer_new_temp(f, type);
  p->gets = IL_NEW_ARRAY(f->arena, TypedExpr *, n + 1);
  Parts parts = {0};
  for (uint32_t i = 0; i < n; i++) {
    TreePatternField *field = (TreePatternField *)node->fields.items[i];
    Name name = field_name(field);
    if (name == NAME_NONE || !field->pattern) continue;
    check_field_twice(w, &node->fields, i);
    TypedExpr *value = il_infer_local_get(f, p->value, field->base.start);
    TypedExpr *get =
        type == TYPE_ID_INVALID
            ? il_infer_invalid(f, field->base.start)
            : il_infer_get(f, value, il_infer_name(f, name), &field->base);
    p->gets[parts.count] = get;
    il_vec_push(&parts, infer_part(w, field->pattern, m, get->type));
  }
  p->fields = finish_parts(w, &parts);
  return &p->base;
}

// -------------------------------------------------------------------- together

TypedPattern *il_pattern_infer(PatternWalk *w, TreeNode *node, FlowMatch *m) {
  switch (node->kind) {
    case TREE_VARIABLE_PATTERN:
      return infer_variable(w, (TreeVariablePattern *)node, m);
    case TREE_ASSIGNED_PATTERN:
      return infer_assigned(w, (TreeAssignedPattern *)node, m);
    case TREE_CONSTANT_PATTERN:
      return infer_constant_pattern(w, (TreeConstantPattern *)node, m);
    case TREE_RELATIONAL_PATTERN:
      return infer_relational(w, (TreeRelationalPattern *)node, m);
    case TREE_CAST_PATTERN:
      return infer_cast(w, (TreeCastPattern *)node, m);
    case TREE_NULL_CHECK_PATTERN:
      return infer_null_pattern(
          w, node, ((TreeNullCheckPattern *)node)->pattern, false, m);
    case TREE_NULL_ASSERT_PATTERN:
      return infer_null_pattern(
          w, node, ((TreeNullAssertPattern *)node)->pattern, true, m);
    case TREE_OR_PATTERN:
      return infer_or(w, (TreeOrPattern *)node, m);
    case TREE_AND_PATTERN:
      return infer_and(w, (TreeAndPattern *)node, m);
    case TREE_LIST_PATTERN:
      return infer_list(w, (TreeListPattern *)node, m);
    case TREE_MAP_PATTERN:
      return infer_map(w, (TreeMapPattern *)node, m);
    case TREE_RECORD_PATTERN:
      return infer_record(w, (TreeRecordPattern *)node, m);
    case TREE_OBJECT_PATTERN:
      return infer_object(w, (TreeObjectPattern *)node, m);
    default:
      // What the parser found no pattern for.
      return NEW_PATTERN(w, WILDCARD, TypedPattern, node, matched_type(w, m));
  }
}

void il_pattern_declare_vars(PatternWalk *w) {
  for (uint32_t i = 0; i < w->vars.count; i++) {
    il_infer_declare(w->f, w->vars.items[i].local, &w->vars.items[i].name);
  }
}

void il_pattern_drop(PatternWalk *w) {
  il_vec_drop(&w->vars);
  il_vec_drop(&w->assigned);
}
