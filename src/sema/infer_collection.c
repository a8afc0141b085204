// infer_collection.c: list, set, map and record literals.
//
// A literal without type arguments is inferred like a call of a generic
// constructor: the context tells what it can, the elements are inferred with
// that, then their types solve the rest.  Afterwards each element is coerced.
//
//   1. elements → items          with what the context says of E, or K and V
//   2. set or map?               when braces left it open
//   3. types of items → E        constraints, unless the context fixed it
//   4. items coerced to E

#include "sema/declare.h"
#include "sema/infer_internal.h"

#include "sema/flow.h"

typedef enum { LITERAL_LIST, LITERAL_SET, LITERAL_MAP, LITERAL_OPEN } Literal;

typedef struct {
  InferContext *f;
  uint8_t literal;  // Literal
  TypeId parts[2];  // contexts for elements, or keys and values
  bool has_value, has_entry;
  bool is_invalid;
} Builder;

typedef IL_VEC(TypedItem *) Items;

static void collect_element(Builder *b, TreeNode *node, Items *out);

// ----------------------------------------------------------------- 1: items

static TypedItem *new_item(Builder *b, ItemKind kind, const TreeNode *node) {
  TypedItem *item = IL_NEW(b->f->arena, TypedItem);
  item->kind = (uint8_t)kind;
  item->offset = node->start;
  return item;
}

// A value of type void may stand where the element type is void.
static TypedExpr *element_expr(Builder *b, TreeNode *node, TypeId context,
                               bool is_used) {
  TypedExpr *e = il_infer_expr(b->f, node, context);
  if (is_used) e = il_infer_used(b->f, e, node);
  if (il_infer_is_invalid(e)) b->is_invalid = true;
  return e;
}

static TypeId nullable(Builder *b, TypeId type) {
  if (!il_infer_has_context(type)) return type;
  return il_type_with_nullable(b->f->types, type, true);
}

static TypeId spread_context(Builder *b, bool is_null_aware) {
  InferContext *f = b->f;
  TypeId type = TYPE_ID_UNKNOWN;
  if (b->literal == LITERAL_MAP) {
    type = il_infer_core_type2(f, CLASS_MAP, b->parts[0], b->parts[1]);
  } else if (b->literal != LITERAL_OPEN) {
    type = il_infer_core_type1(f, CLASS_ITERABLE, b->parts[0]);
  }
  return is_null_aware ? nullable(b, type) : type;
}

static void collect_spread(Builder *b, TreeSpread *node, Items *out) {
  TypedItem *item = new_item(b, ITEM_SPREAD, &node->base);
  item->is_null_aware_value = node->is_null_aware;
  item->value = element_expr(b, node->value,
                             spread_context(b, node->is_null_aware), true);
  il_vec_push(out, item);
}

static void collect_entry(Builder *b, TreeMapEntry *node, Items *out) {
  TypedItem *item = new_item(b, ITEM_VALUE, &node->base);
  TypeId key = b->parts[0], value = b->parts[1];
  b->has_entry = true;
  item->is_null_aware_key = node->is_key_null_aware;
  item->is_null_aware_value = node->is_value_null_aware;
  item->key = element_expr(b, node->key,
                           node->is_key_null_aware ? nullable(b, key) : key,
                           node->is_key_null_aware);
  if (node->is_key_null_aware) il_flow_null_aware_begin(b->f->flow, item->key);
  item->value = element_expr(
      b, node->value, node->is_value_null_aware ? nullable(b, value) : value,
      node->is_value_null_aware);
  if (node->is_key_null_aware) il_flow_null_aware_end(b->f->flow);
  if (b->literal != LITERAL_MAP && b->literal != LITERAL_OPEN) {
    il_infer_error(b->f, &node->base, DIAG_AMBIGUOUS_COLLECTION,
                   "A map entry can only stand in a map.");
    b->is_invalid = true;
  }
  il_vec_push(out, item);
}

static void finish_branch(Builder *b, Items *items, TypedItem ***to,
                          uint32_t *count) {
  *count = items->count;
  *to = il_vec_to_arena(items, b->f->arena);
  il_vec_drop(items);
}

static void collect_if(Builder *b, TreeIf *node, Items *out) {
  InferContext *f = b->f;
  Items then = {0}, otherwise = {0};
  TypedItem *item =
      new_item(b, node->pattern ? ITEM_IF_CASE : ITEM_IF, &node->base);
  if (node->pattern) {
    InferCaseHead head;
    il_infer_case_begin(f, node, &head);
    item->condition = head.value;
    item->pattern = head.pattern;
    item->guard = head.guard;
    collect_element(b, node->then, &then);
    il_infer_case_else(f, &head);
    if (node->otherwise) collect_element(b, node->otherwise, &otherwise);
    il_infer_case_end(f, &head);
  } else {
    item->condition = il_infer_condition(f, node->condition);
    il_flow_then(f->flow, item->condition);
    collect_element(b, node->then, &then);
    il_flow_else(f->flow, NULL);
    if (node->otherwise) collect_element(b, node->otherwise, &otherwise);
    il_flow_join(f->flow, NULL, NULL);
  }
  if (il_infer_is_invalid(item->condition)) b->is_invalid = true;
  finish_branch(b, &then, &item->then_items, &item->then_count);
  finish_branch(b, &otherwise, &item->else_items, &item->else_count);
  il_vec_push(out, item);
}

typedef struct {
  Builder *b;
  Items items;
} LoopElement;

static TypedStmt *collect_loop_body(InferContext *f, TreeNode *body,
                                    void *data) {
  LoopElement *element = data;
  collect_element(element->b, body, &element->items);
  TypedBlock *block = NEW_STMT(f, BLOCK, TypedBlock, body->start);
  return &block->base;
}

static void collect_for(Builder *b, TreeNode *node, Items *out) {
  LoopElement element = {.b = b};
  TypedItem *item = new_item(b, ITEM_FOR, node);
  item->loop = il_infer_loop(b->f, node, collect_loop_body, &element);
  if (!item->loop) b->is_invalid = true;
  finish_branch(b, &element.items, &item->then_items, &item->then_count);
  il_vec_push(out, item);
}

static void collect_value(Builder *b, TreeNode *node, bool is_null_aware,
                          Items *out) {
  TypedItem *item =
      new_item(b, is_null_aware ? ITEM_NULL_AWARE : ITEM_VALUE, node);
  TypeId context = b->parts[0];
  b->has_value = true;
  if (is_null_aware) context = nullable(b, context);
  item->value = element_expr(b, node, context, is_null_aware);
  if (b->literal == LITERAL_MAP) {
    if (!il_infer_is_invalid(item->value)) {
      il_infer_error(b->f, node, DIAG_AMBIGUOUS_COLLECTION,
                     "A map has entries `key: value`.");
    }
    b->is_invalid = true;
  }
  il_vec_push(out, item);
}

static void collect_element(Builder *b, TreeNode *node, Items *out) {
  switch (node->kind) {
    case TREE_SPREAD:
      collect_spread(b, (TreeSpread *)node, out);
      return;
    case TREE_MAP_ENTRY:
      collect_entry(b, (TreeMapEntry *)node, out);
      return;
    case TREE_IF:
      collect_if(b, (TreeIf *)node, out);
      return;
    case TREE_FOR:
    case TREE_FOR_IN:
      collect_for(b, node, out);
      return;
    case TREE_NULL_AWARE_ELEMENT:
      collect_value(b, ((TreeNullAwareElement *)node)->value, true, out);
      return;
    default:
      collect_value(b, node, false, out);
  }
}

// ------------------------------------------------------------ 2: set or map?

// By what is spread when nothing else tells.
static void guess_by_spreads(Builder *b, TypedItem **items, uint32_t count,
                             bool *is_set, bool *is_map) {
  InferContext *f = b->f;
  for (uint32_t i = 0; i < count; i++) {
    TypedItem *item = items[i];
    guess_by_spreads(b, item->then_items, item->then_count, is_set, is_map);
    guess_by_spreads(b, item->else_items, item->else_count, is_set, is_map);
    if (item->kind != ITEM_SPREAD || il_infer_is_invalid(item->value)) {
      continue;
    }
    TypeId type = il_type_non_null(f->types, item->value->type);
    if (type == TYPE_ID_NEVER || type == TYPE_ID_DYNAMIC) continue;
    *is_map |= il_class_as_instance_of(f->type_context, type, CLASS_MAP) !=
               TYPE_ID_NONE;
    *is_set |= il_class_as_instance_of(f->type_context, type, CLASS_ITERABLE) !=
               TYPE_ID_NONE;
  }
}

static void decide_open(Builder *b, const Items *items, const TreeNode *node) {
  bool is_set = b->has_value, is_map = b->has_entry;
  if (!is_set && !is_map) {
    guess_by_spreads(b, items->items, items->count, &is_set, &is_map);
  }
  if (is_set == is_map && (is_set || items->count > 0) && !b->is_invalid) {
    il_infer_error(b->f, node, DIAG_AMBIGUOUS_COLLECTION,
                   is_set ? "This is neither a set nor a map: it has elements "
                            "of both."
                          : "It cannot be told whether this is a set or a "
                            "map.");
    b->is_invalid = true;
  }
  b->literal = is_set ? LITERAL_SET : LITERAL_MAP;
}

// --------------------------------------------------------- 3: types of items

// The types that a spread adds: elements, or keys and values.  False when the
// value cannot be spread.
static bool spread_types(Builder *b, const TypedItem *item, TypeId *types) {
  InferContext *f = b->f;
  TypeId type = item->value->type;
  if (item->is_null_aware_value) type = il_type_non_null(f->types, type);
  if (type == TYPE_ID_NEVER) {
    types[0] = types[1] = TYPE_ID_NEVER;
    return true;
  }
  if (type == TYPE_ID_DYNAMIC) {
    types[0] = types[1] = TYPE_ID_DYNAMIC;
    return true;
  }
  if (!il_type_is_non_nullable(f->type_context, type)) return false;
  WellKnownClass id = b->literal == LITERAL_MAP ? CLASS_MAP : CLASS_ITERABLE;
  types[0] = il_infer_type_argument(f, type, id, 0);
  types[1] =
      id == CLASS_MAP ? il_infer_type_argument(f, type, id, 1) : TYPE_ID_NONE;
  return types[0] != TYPE_ID_NONE;
}

static TypeId added_type(Builder *b, const TypedExpr *e, bool is_null_aware) {
  return is_null_aware ? il_type_non_null(b->f->types, e->type) : e->type;
}

static void constrain_items(Builder *b, TypedItem **items, uint32_t count,
                            TypeConstraints *k, const TypeId *params) {
  for (uint32_t i = 0; i < count; i++) {
    TypedItem *item = items[i];
    TypeId types[2] = {TYPE_ID_NONE, TYPE_ID_NONE};
    constrain_items(b, item->then_items, item->then_count, k, params);
    constrain_items(b, item->else_items, item->else_count, k, params);
    if (item->kind == ITEM_SPREAD) {
      if (!spread_types(b, item, types)) continue;
    } else if (item->kind == ITEM_NULL_AWARE) {
      types[0] = added_type(b, item->value, true);
    } else if (item->kind == ITEM_VALUE && item->key) {
      types[0] = added_type(b, item->key, item->is_null_aware_key);
      types[1] = added_type(b, item->value, item->is_null_aware_value);
    } else if (item->kind == ITEM_VALUE) {
      types[0] = item->value->type;
    }
    if (types[0] != TYPE_ID_NONE) il_constraint_match(k, types[0], params[0]);
    if (types[1] != TYPE_ID_NONE && params[1] != TYPE_ID_NONE) {
      il_constraint_match(k, types[1], params[1]);
    }
  }
}

// ------------------------------------------------------------------ 4: coerce

static TypedExpr *coerce_value(Builder *b, TypedExpr *e, TypeId to,
                               bool is_null_aware) {
  TreeNode at = {.start = e->offset, .end = e->offset + 1};
  if (is_null_aware) to = il_type_with_nullable(b->f->types, to, true);
  e = il_infer_coerce(b->f, e, to, &at);
  if (il_infer_is_invalid(e)) b->is_invalid = true;
  return e;
}

static void coerce_spread(Builder *b, TypedItem *item, const TypeId *to) {
  InferContext *f = b->f;
  TreeNode at = {.start = item->offset, .end = item->offset + 3};
  TypeId types[2];
  if (il_infer_is_invalid(item->value)) return;
  if (!spread_types(b, item, types)) {
    TypeId type = item->value->type;
    bool is_null = !item->is_null_aware_value &&
                   !il_type_is_non_nullable(f->type_context, type);
    if (is_null) {
      il_infer_error(f, &at, DIAG_NULLABLE_SPREAD);
    } else {
      il_infer_error(f, &at, DIAG_INVALID_SPREAD, il_infer_type_text(f, type));
    }
    b->is_invalid = true;
    return;
  }
  bool is_map = b->literal == LITERAL_MAP;
  if (item->value->type == TYPE_ID_DYNAMIC) {
    TypeId whole =
        is_map ? il_infer_core_type2(f, CLASS_MAP, TYPE_ID_DYNAMIC,
                                     TYPE_ID_DYNAMIC)
               : il_infer_core_type1(f, CLASS_ITERABLE, TYPE_ID_DYNAMIC);
    if (item->is_null_aware_value) {
      whole = il_type_with_nullable(f->types, whole, true);
    }
    item->value = il_infer_downcast(f, item->value, whole, AS_DOWNCAST);
  }
  for (int i = 0; i <= (int)is_map; i++) {
    if (il_infer_is_subtype(f, types[i], to[i])) continue;
    if (types[i] != TYPE_ID_DYNAMIC) {
      il_infer_error(f, &at, DIAG_NOT_ASSIGNABLE,
                     il_infer_type_text(f, types[i]),
                     il_infer_type_text(f, to[i]));
      b->is_invalid = true;
      return;
    }
    if (i == 0) item->spread_element = to[0];
    if (i == 1) item->spread_value = to[1];
    il_infer_use_type(f, to[i]);
  }
}

static void coerce_items(Builder *b, TypedItem **items, uint32_t count,
                         const TypeId *to) {
  for (uint32_t i = 0; i < count; i++) {
    TypedItem *item = items[i];
    coerce_items(b, item->then_items, item->then_count, to);
    coerce_items(b, item->else_items, item->else_count, to);
    switch (item->kind) {
      case ITEM_VALUE:
        if (item->key) {
          item->key =
              coerce_value(b, item->key, to[0], item->is_null_aware_key);
          item->value =
              coerce_value(b, item->value, to[1], item->is_null_aware_value);
        } else {
          item->value = coerce_value(b, item->value, to[0], false);
        }
        break;
      case ITEM_NULL_AWARE:
        item->value = coerce_value(b, item->value, to[0], true);
        break;
      case ITEM_SPREAD:
        coerce_spread(b, item, to);
        break;
      default:
        break;
    }
  }
}

// ------------------------------------------------------------------ together

static const TypeId *element_params(InferContext *f, TypeId *types) {
  static const Name names[2] = {NAME_e, NAME_value};
  for (int i = 0; i < 2; i++) {
    if (!f->element_params[i]) {
      f->element_params[i] = il_type_param_new(f->types, names[i], true, 0);
      il_type_param_set_bound(f->types, f->element_params[i],
                              TYPE_ID_OBJECT_NULLABLE);
      il_type_param_set_default(f->types, f->element_params[i],
                                TYPE_ID_DYNAMIC);
    }
    types[i] = il_type_param(f->types, f->element_params[i]);
  }
  return types;
}

static TypeId literal_type(InferContext *f, Literal literal,
                           const TypeId *parts) {
  switch (literal) {
    case LITERAL_LIST:
      return il_infer_core_type1(f, CLASS_LIST, parts[0]);
    case LITERAL_SET:
      return il_infer_core_type1(f, CLASS_SET, parts[0]);
    default:
      return il_infer_core_type2(f, CLASS_MAP, parts[0], parts[1]);
  }
}

// What the context says of the type arguments; _ elsewhere.
static void infer_downward(Builder *b, TypeId context) {
  InferContext *f = b->f;
  TypeId params[2];
  b->parts[0] = b->parts[1] = TYPE_ID_UNKNOWN;
  if (!il_infer_has_context(context) || b->literal == LITERAL_OPEN) return;
  element_params(f, params);
  uint32_t count = b->literal == LITERAL_MAP ? 2 : 1;
  TypeConstraints *k =
      il_constraint_new(f->type_context, f->element_params, count);
  if (il_constraint_match(k, literal_type(f, b->literal, params), context)) {
    il_constraint_solve(k, false, b->parts);
  }
  il_constraint_free(k);
}

static bool is_known(InferContext *f, TypeId type) {
  return !(il_type_get(f->types, type)->flags & TYPE_HAS_UNKNOWN);
}

static void infer_upward(Builder *b, const Items *items) {
  InferContext *f = b->f;
  TypeId params[2];
  uint32_t count = b->literal == LITERAL_MAP ? 2 : 1;
  bool is_all_known =
      is_known(f, b->parts[0]) && (count == 1 || is_known(f, b->parts[1]));
  if (is_all_known) return;
  element_params(f, params);
  if (count == 1) params[1] = TYPE_ID_NONE;
  TypeConstraints *k =
      il_constraint_new(f->type_context, f->element_params, count);
  constrain_items(b, items->items, items->count, k, params);
  TypeId solved[2] = {TYPE_ID_DYNAMIC, TYPE_ID_DYNAMIC};
  // What the context knows in part bounds the solution from above.
  for (uint32_t i = 0; i < count; i++) {
    if (b->parts[i] != TYPE_ID_UNKNOWN) {
      il_constraint_match(k, params[i], b->parts[i]);
    }
  }
  il_constraint_solve(k, true, solved);
  il_constraint_free(k);
  for (uint32_t i = 0; i < count; i++) {
    if (!is_known(f, b->parts[i])) b->parts[i] = solved[i];
  }
}

static TypedExpr *build(Builder *b, const TreeList *elements,
                        const TreeList *type_arguments, TypeId context,
                        const TreeNode *node) {
  InferContext *f = b->f;
  uint32_t count;
  TypeId *written = il_infer_type_list(f, type_arguments, &count);
  uint32_t wanted = b->literal == LITERAL_MAP ? 2 : 1;
  if (written && count != wanted) {
    il_infer_error(f, node, DIAG_TYPE_ARGUMENT_COUNT, (int)wanted);
    b->is_invalid = true;
    written = NULL;
  }
  infer_downward(b, written ? TYPE_ID_UNKNOWN : context);
  if (f->is_const && !written) {
    // A constant cannot hold type parameters of its context.
    for (uint32_t i = 0; i < 2; i++) {
      b->parts[i] = il_declare_eliminate_params(f->sema, b->parts[i]);
    }
  }
  if (written) {
    b->parts[0] = written[0];
    b->parts[1] = wanted == 2 ? written[1] : TYPE_ID_UNKNOWN;
  }
  Items items = {0};
  for (uint32_t i = 0; i < elements->count; i++) {
    collect_element(b, elements->items[i], &items);
  }
  if (b->literal == LITERAL_OPEN) decide_open(b, &items, node);
  TypedExpr *result = NULL;
  if (!b->is_invalid) {
    infer_upward(b, &items);
    coerce_items(b, items.items, items.count, b->parts);
  }
  if (!b->is_invalid) {
    ExprKind kind = b->literal == LITERAL_LIST  ? EXPR_LIST
                    : b->literal == LITERAL_SET ? EXPR_SET
                                                : EXPR_MAP;
    TypeId type = literal_type(f, b->literal, b->parts);
    TypedCollection *e = (TypedCollection *)il_infer_new_expr(
        f, kind, sizeof(TypedCollection), node->start, type);
    e->count = items.count;
    e->items = il_vec_to_arena(&items, f->arena);
    il_infer_use_type(f, type);
    result = &e->base;
  }
  il_vec_drop(&items);
  return result ? result : il_infer_invalid(f, node->start);
}

TypedExpr *il_infer_list(InferContext *f, TreeListLiteral *node,
                         TypeId context) {
  Builder b = {.f = f, .literal = LITERAL_LIST};
  return build(&b, &node->elements, &node->type_arguments, context,
               &node->base);
}

// What the context alone says of braces.
static Literal literal_by_context(InferContext *f, TypeId context) {
  if (!il_infer_has_context(context)) return LITERAL_OPEN;
  context = il_infer_strip_future_or(f, context);
  if (il_type_get(f->types, context)->kind != TYPE_INTERFACE) {
    return LITERAL_OPEN;
  }
  bool is_set = il_class_as_instance_of(f->type_context, context,
                                        CLASS_ITERABLE) != TYPE_ID_NONE;
  bool is_map = il_class_as_instance_of(f->type_context, context, CLASS_MAP) !=
                TYPE_ID_NONE;
  if (is_set == is_map) return LITERAL_OPEN;
  return is_set ? LITERAL_SET : LITERAL_MAP;
}

// What the elements say without being inferred: entries and expressions.
static Literal literal_by_elements(const TreeNode *node) {
  switch (node->kind) {
    case TREE_MAP_ENTRY:
      return LITERAL_MAP;
    case TREE_SPREAD:
      return LITERAL_OPEN;
    case TREE_IF: {
      const TreeIf *branch = (const TreeIf *)node;
      Literal then = literal_by_elements(branch->then);
      if (then != LITERAL_OPEN || !branch->otherwise) return then;
      return literal_by_elements(branch->otherwise);
    }
    case TREE_FOR:
      return literal_by_elements(((const TreeFor *)node)->body);
    case TREE_FOR_IN:
      return literal_by_elements(((const TreeForIn *)node)->body);
    default:
      return LITERAL_SET;
  }
}

TypedExpr *il_infer_set_or_map(InferContext *f, TreeSetOrMapLiteral *node,
                               TypeId context) {
  Builder b = {.f = f, .literal = LITERAL_OPEN};
  if (node->type_arguments.count > 0) {
    b.literal = node->type_arguments.count == 1 ? LITERAL_SET : LITERAL_MAP;
  } else {
    for (uint32_t i = 0; i < node->elements.count && b.literal == LITERAL_OPEN;
         i++) {
      b.literal = literal_by_elements(node->elements.items[i]);
    }
    if (b.literal == LITERAL_OPEN) b.literal = literal_by_context(f, context);
    if (b.literal == LITERAL_OPEN && node->elements.count == 0) {
      b.literal = LITERAL_MAP;
    }
  }
  return build(&b, &node->elements, &node->type_arguments, context,
               &node->base);
}

// -------------------------------------------------------------------- records

typedef struct {
  Name name;  // 0: positional
  TypedExpr *value;
  uint32_t order;  // as written
} RecordField;

// The field's context from the record type that is wanted.
static TypeId field_context(InferContext *f, TypeId wanted, Name name,
                            uint32_t position) {
  const Type *t = il_type_get(f->types, wanted);
  if (t->kind != TYPE_RECORD) return TYPE_ID_UNKNOWN;
  if (name == NAME_NONE) return t->items[position];
  int32_t index = il_type_record_find(f->types, wanted, name);
  return index < 0 ? TYPE_ID_UNKNOWN : t->items[index];
}

// The record type of that shape in the context, else UNKNOWN.
static TypeId record_context(InferContext *f, TypeId context,
                             const TreeRecordLiteral *node) {
  if (!il_infer_has_context(context)) return TYPE_ID_UNKNOWN;
  TypeId type = il_infer_strip_future_or(f, context);
  const Type *t = il_type_get(f->types, type);
  if (t->kind != TYPE_RECORD || t->count != node->fields.count) {
    return TYPE_ID_UNKNOWN;
  }
  uint32_t positional = 0;
  for (uint32_t i = 0; i < node->fields.count; i++) {
    TreeNode *field = node->fields.items[i];
    if (field->kind != TREE_NAMED_ARGUMENT) {
      positional++;
    } else if (il_type_record_find(
                   f->types, type,
                   il_infer_name(f, ((TreeNamedArgument *)field)->name.name)) <
               0) {
      return TYPE_ID_UNKNOWN;
    }
  }
  return positional == t->head ? type : TYPE_ID_UNKNOWN;
}

static TypedExpr *record_field(InferContext *f, TreeNode *node,
                               TypeId context) {
  TypedExpr *e = il_infer_expr(f, node, context);
  e = il_infer_used(f, e, node);
  if (!il_infer_has_context(context) || il_infer_is_invalid(e)) return e;
  TypeId to = il_type_greatest_closure(f->type_context, context);
  TypedExpr *coerced = il_infer_try_coerce(f, e, to);
  return coerced ? coerced : e;
}

static TypedExpr *make_record(InferContext *f, RecordField *fields,
                              uint32_t count, uint32_t positional,
                              uint32_t offset) {
  TypeId *types = IL_NEW_ARRAY(f->arena, TypeId, count + 1);
  Name *names = IL_NEW_ARRAY(f->arena, Name, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    types[i] = fields[i].value->type;
    if (i >= positional) names[i - positional] = fields[i].name;
  }
  TypeId type = il_type_record(f->types, types, positional, names,
                               types + positional, count - positional);
  TypedRecord *e = NEW_EXPR(f, RECORD, TypedRecord, offset, type);
  e->fields.count = count;
  e->fields.items = IL_NEW_ARRAY(f->arena, TypedExpr *, count + 1);
  uint32_t *order = IL_NEW_ARRAY(f->arena, uint32_t, count + 1);
  bool is_sorted = true;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t at = i;
    if (i >= positional) {
      int32_t found = il_type_record_find(f->types, type, fields[i].name);
      if (found >= 0) at = (uint32_t)found;
    }
    e->fields.items[at] = fields[i].value;
    order[fields[i].order] = at;
  }
  for (uint32_t i = 0; i < count; i++) is_sorted &= order[i] == i;
  if (!is_sorted) e->order = order;
  return count == 0 ? il_infer_try_fold(f, &e->base) : &e->base;
}

// Names that no field of a record can have; NULL for the others.
static const char *bad_field_name(InferContext *f, Name name,
                                  uint32_t positional) {
  if (name == NAME_hashCode || name == NAME_runtimeType ||
      name == NAME_noSuchMethod || name == NAME_toString) {
    return "A record has a member of this name already.";
  }
  Text text = il_infer_name_text(f, name);
  if (text.length > 0 && text.bytes[0] == '_') {
    return "The name of a record's field cannot be private.";
  }
  if (text.length < 2 || text.bytes[0] != '$' || text.bytes[1] == '0') {
    return NULL;
  }
  uint64_t number = 0;
  for (uint32_t i = 1; i < text.length && number <= UINT32_MAX; i++) {
    if (text.bytes[i] < '0' || text.bytes[i] > '9') return NULL;
    number = number * 10 + (uint64_t)(text.bytes[i] - '0');
  }
  return number <= positional ? "This is the name of a positional field."
                              : NULL;
}

static void check_field_names(InferContext *f, const TreeRecordLiteral *node,
                              uint32_t positional) {
  for (uint32_t i = 0; i < node->fields.count; i++) {
    if (node->fields.items[i]->kind != TREE_NAMED_ARGUMENT) continue;
    TreeNamedArgument *named = (TreeNamedArgument *)node->fields.items[i];
    const char *why = bad_field_name(f, named->name.name, positional);
    if (why) il_infer_error_name(f, named->name, DIAG_RECORD_FIELD, why);
  }
}

TypedExpr *il_infer_record(InferContext *f, TreeRecordLiteral *node,
                           TypeId context) {
  uint32_t count = node->fields.count;
  TypeId wanted = record_context(f, context, node);
  RecordField *all = IL_NEW_ARRAY(f->arena, RecordField, count + 1);
  RecordField *sorted = IL_NEW_ARRAY(f->arena, RecordField, count + 1);
  uint32_t positional = 0, at = 0;
  bool is_invalid = false;
  for (uint32_t i = 0; i < count; i++) {
    TreeNode *field = node->fields.items[i];
    RecordField *r = &all[i];
    r->order = i;
    if (field->kind == TREE_NAMED_ARGUMENT) {
      TreeNamedArgument *named = (TreeNamedArgument *)field;
      r->name = il_infer_name(f, named->name.name);
      r->value =
          record_field(f, named->value, field_context(f, wanted, r->name, 0));
      for (uint32_t j = 0; j < i; j++) {
        if (all[j].name == r->name && r->name) is_invalid = true;
      }
    } else {
      r->value = record_field(f, field,
                              field_context(f, wanted, NAME_NONE, positional));
      sorted[positional++] = *r;
    }
    is_invalid |= il_infer_is_invalid(r->value);
  }
  check_field_names(f, node, positional);
  if (is_invalid) return il_infer_invalid(f, node->base.start);
  at = positional;
  for (uint32_t i = 0; i < count; i++) {
    if (all[i].name) sorted[at++] = all[i];
  }
  return make_record(f, sorted, count, positional, node->base.start);
}
