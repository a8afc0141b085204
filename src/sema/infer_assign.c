// infer_assign.c: assignments, compound assignments, ++ and --, and a[i].
//
// A target is resolved once; its receiver and index are held in temporaries
// where it is both read and written.  Where nobody uses the value (statements,
// updates of loops) none is kept.

#include "sema/infer_internal.h"

#include "sema/flow.h"

// --------------------------------------------------------------------- index

// The operator's function type on the place's receiver; NONE when missing.
static TypeId index_operator(InferContext *f, Place *place, Name op) {
  TypeId type = TYPE_ID_NONE;
  if (place->kind == PLACE_SUPER_INDEX) {
    FunctionElement *m = il_infer_super_member(f, op, false);
    if (m) type = il_member_type(m, f->this_type);
  } else if (place->kind == PLACE_APPLICATION_INDEX) {
    FunctionElement *m =
        il_class_find_declared(place->class_element, op, false);
    Member found = {0};
    if (m) il_infer_extension_member(f, m, place->vector, &found);
    type = found.type;
  } else if (place->receiver && !il_infer_is_invalid(place->receiver)) {
    Member m;
    il_infer_find_member(f, place->receiver->type, op, false, &m);
    if (m.kind == MEMBER_INSTANCE || m.kind == MEMBER_EXTENSION) type = m.type;
  }
  if (type == TYPE_ID_NONE) return type;
  return il_type_get(f->types, type)->kind == TYPE_FUNCTION ? type
                                                            : TYPE_ID_NONE;
}

static TypeId operator_parameter(InferContext *f, Place *place, Name op,
                                 uint32_t index) {
  TypeId type = index_operator(f, place, op);
  if (type == TYPE_ID_NONE ||
      il_type_function_positional_count(f->types, type) <= index) {
    return TYPE_ID_UNKNOWN;
  }
  return il_type_function_positional(f->types, type, index);
}

TypeId il_infer_index_context(InferContext *f, Place *place) {
  TypeId type = operator_parameter(f, place, NAME_op_index, 0);
  if (type != TYPE_ID_UNKNOWN) return type;
  return operator_parameter(f, place, NAME_op_index_set, 0);
}

TypeId il_infer_index_value_type(InferContext *f, Place *place) {
  return operator_parameter(f, place, NAME_op_index_set, 1);
}

static TypedExpr *call_index(InferContext *f, Place *place, Name op,
                             TypedExpr **args, uint32_t count) {
  if (place->kind == PLACE_INDEX) {
    return il_infer_call_member(f, place->receiver, op, args, count,
                                place->node);
  }
  Place target = *place;
  target.kind =
      place->kind == PLACE_SUPER_INDEX ? PLACE_SUPER_SELF : PLACE_APPLICATION;
  return il_infer_place_operator(f, &target, op, args, count, place->node);
}

TypedExpr *il_infer_index_read(InferContext *f, Place *place) {
  if (il_infer_is_invalid(place->index)) return place->index;
  TypedExpr *args[1] = {place->index};
  return call_index(f, place, NAME_op_index, args, 1);
}

TypedExpr *il_infer_index_write(InferContext *f, Place *place,
                                TypedExpr *value) {
  if (il_infer_is_invalid(place->index) || il_infer_is_invalid(value)) {
    return il_infer_invalid(f, place->node->start);
  }
  TypeId wanted = il_infer_index_value_type(f, place);
  value = il_infer_coerce(f, value, wanted, place->node);
  if (place->is_unused || il_infer_is_invalid(value)) {
    TypedExpr *args[2] = {place->index, value};
    return call_index(f, place, NAME_op_index_set, args, 2);
  }
  Place held = *place;
  LocalVar *lets[3] = {0};
  if (place->receiver) {
    held.receiver = il_infer_hold(f, place->receiver, &lets[0]);
  }
  held.index = il_infer_hold(f, place->index, &lets[1]);
  TypedExpr *kept = il_infer_hold(f, value, &lets[2]);
  TypedExpr *args[2] = {held.index, kept};
  TypedExpr *call = call_index(f, &held, NAME_op_index_set, args, 2);
  if (il_infer_is_invalid(call)) return call;
  TypedExpr *e = il_infer_after(f, call, kept);
  e = il_infer_release(f, lets[2], value, e);
  e = il_infer_release(f, lets[1], place->index, e);
  return il_infer_release(f, lets[0], place->receiver, e);
}

// ------------------------------------------------------------------ compound

typedef struct {
  Place place;  // with what is held
  LocalVar *lets[2];
  TypedExpr *values[2];  // receiver and index
} Held;

static void hold_place(InferContext *f, Held *h, Place *place) {
  memset(h, 0, sizeof(*h));
  h->place = *place;
  h->values[0] = place->receiver;
  h->values[1] = place->index;
  if (place->receiver && place->kind != PLACE_VALUE) {
    h->place.receiver = il_infer_hold(f, place->receiver, &h->lets[0]);
  }
  if (place->index) {
    h->place.index = il_infer_hold(f, place->index, &h->lets[1]);
  }
}

static TypedExpr *release_place(InferContext *f, Held *h, TypedExpr *e) {
  e = il_infer_release(f, h->lets[1], h->values[1], e);
  return il_infer_release(f, h->lets[0], h->values[0], e);
}

static TypedExpr *assign_if_null(InferContext *f, TreeAssign *node, Held *h,
                                 TypeId context) {
  TypedExpr *read = il_infer_place_read(f, &h->place);
  il_flow_if_null_begin(f->flow, read);
  TypeId wanted = il_infer_place_type(f, &h->place);
  TypedExpr *value = il_infer_expr(f, node->value, wanted);
  value = il_infer_used(f, value, node->value);
  TypedExpr *write = il_infer_place_write(f, &h->place, value);
  il_flow_if_null_end(f->flow);
  if (il_infer_is_invalid(read) || il_infer_is_invalid(write)) {
    return il_infer_invalid(f, node->base.start);
  }
  TypeId type = h->place.is_unused
                    ? TYPE_ID_OBJECT_NULLABLE
                    : il_infer_join(f, il_type_non_null(f->types, read->type),
                                    value->type, context);
  TypedBinary *e = NEW_EXPR(f, IF_NULL, TypedBinary, node->base.start, type);
  e->left = read;
  e->right = write;
  // An unused `a[i] ??= v` ends in a call that gives nothing.
  if (h->place.is_unused && write->type == TYPE_ID_VOID) {
    e->right = il_infer_after(f, write, il_infer_null(f, write->offset));
  }
  return &e->base;
}

static TypedExpr *assign_compound(InferContext *f, TreeAssign *node,
                                  Place *place, TypeId context) {
  Held h;
  hold_place(f, &h, place);
  TypedExpr *e;
  if (node->op == TOK_QUESTION_QUESTION) {
    e = assign_if_null(f, node, &h, context);
  } else {
    TypedExpr *read = il_infer_place_read(f, &h.place);
    Name op = il_infer_operator_name(node->op);
    TypeId wanted = TYPE_ID_UNKNOWN;
    if (!il_infer_is_invalid(read)) {
      TypeId target = il_infer_place_type(f, &h.place);
      wanted = il_infer_operand_context(f, read->type, op, target);
    }
    TypedExpr *value = il_infer_expr(f, node->value, wanted);
    TypedExpr *sum = il_infer_operator(f, read, op, value, &node->base);
    if (il_infer_is_invalid(sum)) return sum;
    e = il_infer_place_write(f, &h.place, sum);
  }
  if (il_infer_is_invalid(e)) return e;
  return release_place(f, &h, e);
}

TypedExpr *il_infer_assign(InferContext *f, TreeAssign *node, TypeId context) {
  bool is_unused = f->unused == &node->base;
  f->unused = NULL;
  Place place;
  if (node->target->kind == TREE_PAREN) {
    il_infer_error(f, node->target, DIAG_INVALID_ASSIGNMENT_TARGET);
    return il_infer_invalid(f, node->base.start);
  }
  il_infer_place(f, node->target, &place);
  place.is_unused = is_unused;
  if (place.kind == PLACE_VALUE) {
    if (!il_infer_is_invalid(place.receiver)) {
      il_infer_error(f, node->target, DIAG_INVALID_ASSIGNMENT_TARGET);
    }
    place.kind = PLACE_INVALID;
  }
  if (place.kind == PLACE_INVALID) {
    il_infer_expr(f, node->value, TYPE_ID_UNKNOWN);
    return il_infer_invalid(f, node->base.start);
  }
  if (node->op != TOK_ASSIGN) {
    return assign_compound(f, node, &place, context);
  }
  TypeId wanted = il_infer_place_type(f, &place);
  TypedExpr *value = il_infer_expr(f, node->value, wanted);
  if (value->type == TYPE_ID_VOID && wanted == TYPE_ID_UNKNOWN) {
    value = il_infer_used(f, value, node->value);
  }
  if (il_infer_is_invalid(value)) {
    // The variable still counts as assigned.
    if (place.kind == PLACE_LOCAL) il_infer_place_write(f, &place, value);
    return value;
  }
  bool is_dynamic = value->type == TYPE_ID_DYNAMIC;
  TypedExpr *e = il_infer_place_write(f, &place, value);
  if (is_dynamic && !is_unused && !il_infer_is_invalid(e) &&
      e->type != TYPE_ID_DYNAMIC) {
    // The value of an assignment has the type of what was assigned, before it
    // was checked.
    return il_infer_downcast(f, e, TYPE_ID_DYNAMIC, AS_UNCHECKED);
  }
  return e;
}

// ------------------------------------------------------------------ increment

static TypedExpr *one(InferContext *f, TypeId type, uint32_t offset) {
  if (type != TYPE_ID_NEVER && type != TYPE_ID_INVALID &&
      il_infer_is_subtype(f, type, TYPE_ID_DOUBLE)) {
    TypedDouble *e = NEW_EXPR(f, DOUBLE, TypedDouble, offset, TYPE_ID_DOUBLE);
    e->value = 1.0;
    return &e->base;
  }
  TypedInt *e = NEW_EXPR(f, INT, TypedInt, offset, TYPE_ID_INT);
  e->value = 1;
  return &e->base;
}

TypedExpr *il_infer_increment(InferContext *f, TreeIncrement *node) {
  bool is_unused = f->unused == &node->base;
  f->unused = NULL;
  uint32_t offset = node->base.start;
  if (!node->target) return il_infer_invalid(f, offset);
  Place place;
  il_infer_place(f, node->target, &place);
  if (place.kind == PLACE_INVALID) return il_infer_invalid(f, offset);
  if (place.kind == PLACE_VALUE) {
    if (!il_infer_is_invalid(place.receiver)) {
      il_infer_error(f, node->target, DIAG_INVALID_ASSIGNMENT_TARGET);
    }
    return il_infer_invalid(f, offset);
  }
  bool keeps_old = !node->is_prefix && !is_unused;
  place.is_unused = is_unused || keeps_old;
  Held h;
  hold_place(f, &h, &place);
  TypedExpr *read = il_infer_place_read(f, &h.place);
  if (il_infer_is_invalid(read)) return read;
  LocalVar *let = NULL;
  TypedExpr *old = read;
  if (keeps_old) old = il_infer_hold(f, read, &let);
  Name op = node->op == TOK_INCREMENT ? NAME_op_add : NAME_op_sub;
  TypedExpr *sum =
      il_infer_operator(f, old, op, one(f, read->type, offset), &node->base);
  if (il_infer_is_invalid(sum)) return sum;
  TypedExpr *e = il_infer_place_write(f, &h.place, sum);
  if (il_infer_is_invalid(e)) return e;
  if (keeps_old) {
    e = il_infer_release(f, let, read, il_infer_after(f, e, old));
  }
  return release_place(f, &h, e);
}
