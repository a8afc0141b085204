// collection.c: list, set, map and record literals; the guarded instructions
// on lists and typed data. In order: literals, records, guarded calls.
#include "lower/lowering.h"

// ------------------------------------------------------------------- literals

typedef enum { MAKE_LIST, MAKE_SET, MAKE_MAP } Make;
typedef struct {
  Make make;
  VReg target;
  FunctionElement *add;      // of Set, or []= of Map
  FunctionElement *add_all;  // of Set and Map
  TypedItem **items;         // of the loop being lowered
  uint32_t count;
} Maker;

static void add_items(Fn *f, const Maker *m, TypedItem **items,
                      uint32_t count);

static void add_value(Fn *f, const Maker *m, VReg value) {
  if (m->make == MAKE_LIST) {
    il_emit_at(f, OP_LIST_ADD_UNCHECKED, m->target, value, 0);
    return;
  }
  Rep rep = REP_REF;
  il_call_member(f, m->add, m->target, &value, &rep, 1, REP_BOOL, VREG_NONE);
}

static void add_entry(Fn *f, const Maker *m, VReg key, VReg value) {
  VReg args[2] = {key, value};
  Rep reps[2] = {REP_REF, REP_REF};
  il_call_member(f, m->add, m->target, args, reps, 2, REP_REF, VREG_NONE);
}

static void lower_value(Fn *f, const Maker *m, TypedItem *item) {
  Label skip = il_label_new(f);
  if (m->make == MAKE_MAP) {
    VReg key = il_expr_any(f, item->key, REP_REF);
    key = il_expr_keep(f, key, REP_REF,
                       il_effect(f, item->value) & EFFECT_ASSIGNS);
    if (item->is_null_aware_key) {
      il_emit_branch(f, OP_JUMP_NULL, key, 0, skip);
    }
    VReg value = il_expr_any(f, item->value, REP_REF);
    if (item->is_null_aware_value) {
      il_emit_branch(f, OP_JUMP_NULL, value, 0, skip);
    }
    f->offset = item->offset;
    add_entry(f, m, key, value);
  } else {
    VReg value = il_expr_any(f, item->value, REP_REF);
    if (item->kind == ITEM_NULL_AWARE) {
      il_emit_branch(f, OP_JUMP_NULL, value, 0, skip);
    }
    f->offset = item->offset;
    add_value(f, m, value);
  }
  il_label_bind(f, skip);
}

// for (x in source) add: with each one cast.
static void spread_checked(Fn *f, const Maker *m, TypedItem *item,
                           VReg source) {
  Sema *sema = f->l->sema;
  VReg it = il_frame_new(f, REP_REF);
  FunctionElement *key = NULL, *value = NULL;
  if (m->make == MAKE_MAP) {
    FunctionElement *entries =
        il_sema_core_member(sema, CLASS_MAP, NAME_entries, false);
    source = il_call_member(f, entries, source, NULL, NULL, 0, REP_REF, it);
    Element *e = il_library_find_exported(sema->core, NAME_MapEntry, false);
    ClassElement *entry = (ClassElement *)e;
    il_class_require(entry, STAGE_MEMBERS);
    key = il_class_find_member(entry, NAME_key, false);
    value = il_class_find_member(entry, NAME_value, false);
  }
  il_call_member(f, il_sema_core_member(sema, CLASS_ITERABLE, NAME_iterator,
                                        false),
                 source, NULL, NULL, 0, REP_REF, it);
  Label top = il_label_new(f), next = il_label_new(f);
  il_emit_jump(f, next);
  il_label_bind_loop(f, top);
  FrameMark mark = il_frame_mark(f);
  VReg v = il_call_member(
      f, il_sema_core_member(sema, CLASS_ITERATOR, NAME_current, false), it,
      NULL, NULL, 0, REP_REF, VREG_ANY);
  if (m->make == MAKE_MAP) {
    VReg k = il_call_member(f, key, v, NULL, NULL, 0, REP_REF, VREG_ANY);
    VReg x = il_call_member(f, value, v, NULL, NULL, 0, REP_REF, VREG_ANY);
    if (item->spread_element) {
      il_expr_cast(f, k, TYPE_ID_DYNAMIC, item->spread_element, 1);
    }
    if (item->spread_value) {
      il_expr_cast(f, x, TYPE_ID_DYNAMIC, item->spread_value, 1);
    }
    add_entry(f, m, k, x);
  } else {
    if (item->spread_element) {
      il_expr_cast(f, v, TYPE_ID_DYNAMIC, item->spread_element, 1);
    }
    add_value(f, m, v);
  }
  il_frame_release(f, mark);
  il_label_bind(f, next);
  VReg more = il_call_member(
      f, il_sema_core_member(sema, CLASS_ITERATOR, NAME_moveNext, false), it,
      NULL, NULL, 0, REP_BOOL, VREG_ANY);
  il_emit_branch(f, OP_JUMP_IF, more, 0, top);
}

static void lower_spread(Fn *f, const Maker *m, TypedItem *item) {
  Label skip = il_label_new(f);
  VReg source = il_expr_any(f, item->value, REP_REF);
  f->offset = item->offset;
  if (item->is_null_aware_value) {
    il_emit_branch(f, OP_JUMP_NULL, source, 0, skip);
  }
  if (item->spread_element || item->spread_value) {
    source = il_expr_keep(f, source, REP_REF, true);
    spread_checked(f, m, item, source);
  } else if (m->make == MAKE_LIST) {
    VReg args[2] = {m->target, source};
    Rep reps[2] = {REP_REF, REP_REF};
    il_call_core(f, CORE_SPREAD, TYPE_ID_NONE, args, reps, 2, REP_REF,
                 VREG_NONE);
  } else {
    Rep rep = REP_REF;
    il_call_member(f, m->add_all, m->target, &source, &rep, 1, REP_REF,
                   VREG_NONE);
  }
  il_label_bind(f, skip);
}

static void lower_if_item(Fn *f, const Maker *m, TypedItem *item) {
  Label then = il_label_new(f), otherwise = il_label_new(f);
  Label end = il_label_new(f);
  if (item->kind == ITEM_IF_CASE) {
    Rep rep = il_expr_rep(f, item->condition);
    il_match_declare(f, item->pattern);
    VReg v = il_expr_any(f, item->condition, rep);
    il_match_pattern(f, item->pattern, v, rep, otherwise);
    if (item->guard) {
      il_expr_condition(f, item->guard, then, otherwise, then);
    }
  } else {
    il_expr_condition(f, item->condition, then, otherwise, then);
  }
  il_label_bind(f, then);
  add_items(f, m, item->then_items, item->then_count);
  il_emit_jump(f, end);
  il_label_bind(f, otherwise);
  add_items(f, m, item->else_items, item->else_count);
  il_label_bind(f, end);
}

static void lower_loop_body(Fn *f, void *data) {
  const Maker *m = data;
  add_items(f, m, m->items, m->count);
}

static void add_items(Fn *f, const Maker *m, TypedItem **items,
                      uint32_t count) {
  for (uint32_t i = 0; i < count && !f->is_dead; i++) {
    TypedItem *item = items[i];
    FrameMark mark = il_frame_mark(f);
    switch ((ItemKind)item->kind) {
      case ITEM_VALUE:
      case ITEM_NULL_AWARE:
        lower_value(f, m, item);
        break;
      case ITEM_SPREAD:
        lower_spread(f, m, item);
        break;
      case ITEM_IF:
      case ITEM_IF_CASE:
        lower_if_item(f, m, item);
        break;
      case ITEM_FOR: {
        Maker inner = *m;
        inner.items = item->then_items;
        inner.count = item->then_count;
        il_statement_loop(f, item->loop, lower_loop_body, &inner);
        break;
      }
    }
    il_frame_release(f, mark);
  }
}

static TypeId arguments_of(Fn *f, TypeId type) {
  const Type *t = il_type_get(f->l->types->types, il_erase(f->l, type));
  return il_type_vector(f->l->types->types, t->items, t->count);
}

static uint32_t plain_count(const TypedCollection *e) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < e->count; i++) {
    if (e->items[i]->kind == ITEM_VALUE) n++;
  }
  return n;
}

static VReg finish(Fn *f, VReg d, Rep rep, VReg want) {
  if (want == VREG_NONE || d == want) return d;
  return il_expr_convert(f, d, REP_REF, rep, want);
}

VReg il_collection_list(Fn *f, TypedCollection *e, Rep rep, VReg want) {
  VReg d = il_frame_early(f, want, REP_REF);
  FrameMark mark = il_frame_mark(f);
  VReg t = il_expr_type(f, arguments_of(f, e->base.type), VREG_ANY);
  il_emit_line(f);
  il_emit_x(f, OP_NEW_LIST, d, t, 0, plain_count(e));
  il_frame_release(f, mark);
  Maker m = {.make = MAKE_LIST, .target = d};
  add_items(f, &m, e->items, e->count);
  return finish(f, d, rep, want);
}

static VReg lower_hashed(Fn *f, TypedCollection *e, Maker *m,
                         CoreFunction make, Rep rep, VReg want) {
  VReg d = il_frame_early(f, want, REP_REF);
  il_call_core(f, make, arguments_of(f, e->base.type), NULL, NULL, 0, REP_REF,
               d);
  m->target = d;
  add_items(f, m, e->items, e->count);
  return finish(f, d, rep, want);
}

VReg il_collection_set(Fn *f, TypedCollection *e, Rep rep, VReg want) {
  Sema *sema = f->l->sema;
  Maker m = {.make = MAKE_SET,
             .add = il_sema_core_member(sema, CLASS_SET, NAME_add, false),
             .add_all =
                 il_sema_core_member(sema, CLASS_SET, NAME_addAll, false)};
  return lower_hashed(f, e, &m, CORE_SET_NEW, rep, want);
}

VReg il_collection_map(Fn *f, TypedCollection *e, Rep rep, VReg want) {
  Sema *sema = f->l->sema;
  Maker m = {.make = MAKE_MAP,
             .add = il_sema_core_member(sema, CLASS_MAP, NAME_op_index_set,
                                        false),
             .add_all =
                 il_sema_core_member(sema, CLASS_MAP, NAME_addAll, false)};
  return lower_hashed(f, e, &m, CORE_MAP_NEW, rep, want);
}

// -------------------------------------------------------------------- records

VReg il_collection_record(Fn *f, TypedRecord *e, Rep rep, VReg want) {
  Lower *l = f->l;
  const Type *t =
      il_type_get(l->types->types, il_erase(l, e->base.type));
  uint32_t positional = t->head, named = t->count - t->head;
  const Name *names = t->items + t->count;
  ShapeId shape = il_builder_shape(l->builder, NAME_NONE, 0, 0,
                                   (uint16_t)positional, (uint16_t)named,
                                   names);
  VReg d = il_frame_early(f, want, REP_REF);
  if (e->fields.count + RECORD_FIRST_WORD > UINT16_MAX) {
    il_lower_error(f, "a record of so many fields");
    return d;
  }
  il_emit_at(f, OP_NEW_RECORD, d, 0, shape);
  for (uint32_t i = 0; i < e->fields.count; i++) {
    uint32_t k = e->order ? e->order[i] : i;
    FrameMark mark = il_frame_mark(f);
    VReg v = il_expr_any(f, e->fields.items[k], REP_REF);
    il_emit(f, OP_SET_FIELD_REF, d, RECORD_FIRST_WORD + k, v);
    il_frame_release(f, mark);
  }
  return finish(f, d, rep, want);
}

// -------------------------------------------------------------- guarded calls

typedef struct {
  Op get, set, add;
  Rep element;
  bool has_length;
} Guarded;

static bool find_typed_data(Fn *f, const TypeClass *c, Guarded *out) {
  Name name = c->name;
  switch (name) {
    case NAME_Uint8List:
    case NAME_Int8List:
    case NAME_Uint8ClampedList:
    case NAME_Uint16List:
    case NAME_Int16List:
    case NAME_Uint32List:
    case NAME_Int32List:
    case NAME_Uint64List:
    case NAME_Int64List:
      *out = (Guarded){OP_BYTES_GET, OP_BYTES_SET, OP_UNREACHABLE, REP_INT,
                       false};
      break;
    case NAME_Float32List:
    case NAME_Float64List:
      *out = (Guarded){OP_FLOATS_GET, OP_FLOATS_SET, OP_UNREACHABLE,
                       REP_DOUBLE, false};
      break;
    default:
      return false;
  }
  ClassElement *e = il_class_of(f->l, c->id);
  return e && e->base.library &&
         il_text_equal(e->base.library->uri, TEXT("dart:typed_data"));
}

static bool find_guarded(Fn *f, const TypedExpr *receiver, Guarded *out) {
  Lower *l = f->l;
  TypeId type = il_erase(l, receiver->type);
  const Type *t = il_type_get(l->types->types, type);
  if (t->kind == TYPE_INTERSECTION) {
    t = il_type_get(l->types->types, t->items[1]);
  }
  if (t->kind != TYPE_INTERFACE || t->nullable) return false;
  if (t->head == CLASS_LIST) {
    Rep rep = il_rep(l, t->items[0]);
    *out = rep == REP_INT
               ? (Guarded){OP_LIST_GET_I64, OP_LIST_SET_I64, OP_LIST_ADD_I64,
                           REP_INT, true}
           : rep == REP_DOUBLE
               ? (Guarded){OP_LIST_GET_F64, OP_LIST_SET_F64, OP_LIST_ADD_F64,
                           REP_DOUBLE, true}
               : (Guarded){OP_LIST_GET_REF, OP_LIST_SET_REF, OP_LIST_ADD_REF,
                           REP_REF, true};
    return true;
  }
  return find_typed_data(f, il_class_get(l->types->classes, t->head), out);
}

static void emit_slow_get(Fn *f, const Slow *s) {
  Rep rep = REP_INT;
  uint32_t count = s->index == VREG_NONE ? 0 : 1;
  il_call_member(f, s->target, s->receiver, &s->index, &rep, count, s->rep,
                 s->d);
}

static void emit_slow_set(Fn *f, const Slow *s) {
  VReg args[2] = {s->index, s->value};
  Rep reps[2] = {REP_INT, s->rep};
  il_call_member(f, s->target, s->receiver, args, reps, 2, REP_REF, VREG_NONE);
}

static void emit_slow_add(Fn *f, const Slow *s) {
  il_call_member(f, s->target, s->receiver, &s->value, &s->rep, 1, REP_REF,
                 VREG_NONE);
}

// Follows a guarded instruction: its general call is out of line.
static void push_slow(Fn *f, Slow *s) {
  if (f->is_dead) return;
  s->label = il_label_new(f);
  s->back = il_label_new(f);
  s->offset = f->offset;
  s->mark = il_frame_mark(f);
  il_emit_jump(f, s->label);
  il_label_bind_loop(f, s->back);
  il_vec_push(&f->slow, *s);
}

void il_collection_flush(Fn *f, uint32_t from) {
  if (f->slow.count <= from) return;
  FrameMark mark = il_frame_mark(f);
  uint32_t offset = f->offset;
  for (uint32_t i = from; i < f->slow.count; i++) {
    Slow s = f->slow.items[i];
    il_label_bind(f, s.label);
    f->offset = s.offset;
    f->raw_next = s.mark.raw;
    f->ref_next = s.mark.ref;
    il_frame_hold(f, s.d);
    il_frame_hold(f, s.receiver);
    il_frame_hold(f, s.index);
    il_frame_hold(f, s.value);
    s.emit(f, &s);
    il_emit_jump(f, s.back);
  }
  f->slow.count = from;
  il_frame_release(f, mark);
  f->offset = offset;
}

static bool is_getter(const TypedInstanceCall *c, Name name) {
  return c->target->function_kind == FUNCTION_GETTER &&
         c->target->base.name == name;
}

static VReg emit_get(Fn *f, TypedInstanceCall *c, Op op, Rep natural,
                     VReg receiver, TypedExpr *index, Rep rep, VReg want) {
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, receiver);
  VReg i = index ? il_expr_any(f, index, REP_INT) : VREG_NONE;
  f->offset = c->base.offset;
  il_frame_release(f, mark);
  VReg d = il_expr_target(f, rep, want == VREG_NONE ? VREG_ANY : want, natural);
  if (il_vreg_kind(d) == VREG_OUT) {
    // The general call uses the outgoing area, and comes back after it.
    VReg t = il_frame_new(f, natural);
    Slow s = {.emit = emit_slow_get, .d = t, .receiver = receiver, .index = i,
              .value = VREG_NONE, .rep = natural, .target = c->target};
    il_emit_at(f, op, t, receiver, index ? i : 0);
    push_slow(f, &s);
    il_emit_move(f, d, t);
    return d;
  }
  Slow s = {.emit = emit_slow_get, .d = d, .receiver = receiver, .index = i,
            .value = VREG_NONE, .rep = natural, .target = c->target};
  il_emit_at(f, op, d, receiver, index ? i : 0);
  push_slow(f, &s);
  return d == want ? d : il_expr_convert(f, d, natural, rep, want);
}

static VReg emit_set(Fn *f, TypedInstanceCall *c, const Guarded *g,
                     VReg receiver, Rep rep, VReg want) {
  TypedExpr *index = c->arguments.positional.items[0];
  TypedExpr *value = c->arguments.positional.items[1];
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, receiver);
  VReg i = il_expr_any(f, index, REP_INT);
  i = il_expr_keep(f, i, REP_INT, il_effect(f, value) & EFFECT_ASSIGNS);
  VReg v = il_expr_any(f, value, g->element);
  f->offset = c->base.offset;
  Slow s = {.emit = emit_slow_set, .d = VREG_NONE, .receiver = receiver,
            .index = i, .value = v, .rep = g->element, .target = c->target};
  il_emit_at(f, g->set, receiver, i, v);
  push_slow(f, &s);
  if (want == VREG_NONE) {
    il_frame_release(f, mark);
    return v;
  }
  return il_expr_convert(f, v, g->element, rep, want);
}

static VReg emit_add(Fn *f, TypedInstanceCall *c, const Guarded *g,
                     VReg receiver, Rep rep, VReg want) {
  FrameMark mark = il_frame_mark(f);
  il_frame_hold(f, receiver);
  VReg v = il_expr_any(f, c->arguments.positional.items[0], g->element);
  f->offset = c->base.offset;
  Slow s = {.emit = emit_slow_add, .d = VREG_NONE, .receiver = receiver,
            .index = VREG_NONE, .value = v, .rep = g->element,
            .target = c->target};
  il_emit_at(f, g->add, receiver, v, 0);
  push_slow(f, &s);
  il_frame_release(f, mark);
  if (want == VREG_NONE) return VREG_NONE;
  VReg none = il_expr_target(f, REP_REF, want, REP_REF);
  il_emit(f, OP_LOAD_NULL, none, 0, 0);
  return none == want ? none : il_expr_convert(f, none, REP_REF, rep, want);
}

// With result NULL it only tells whether an element is read by an instruction.
bool il_collection_call(Fn *f, TypedInstanceCall *c, VReg receiver, Rep rep,
                        VReg want, VReg *result) {
  Name name = c->target->base.name;
  uint32_t count = c->arguments.positional.count;
  Guarded g;
  if (name == f->l->name_code_unit_at && count == 1 &&
      il_erase(f->l, c->receiver->type) == TYPE_ID_STRING) {
    if (!result) return false;
    *result = emit_get(f, c, OP_STRING_UNIT, REP_INT, receiver,
                       c->arguments.positional.items[0], rep, want);
    return true;
  }
  bool is_get = name == NAME_op_index && count == 1;
  bool is_set = name == NAME_op_index_set && count == 2;
  bool is_length = is_getter(c, NAME_length);
  bool is_add = name == NAME_add && count == 1;
  if (!is_get && !is_set && !is_length && !is_add) return false;
  if (!find_guarded(f, c->receiver, &g)) return false;
  if ((is_length || is_add) && !g.has_length) return false;
  if (!result) return is_get;
  if (is_get) {
    *result = emit_get(f, c, g.get, g.element, receiver,
                       c->arguments.positional.items[0], rep, want);
  } else if (is_add) {
    *result = emit_add(f, c, &g, receiver, rep, want);
  } else if (is_length) {
    *result = emit_get(f, c, OP_LIST_LENGTH, REP_INT, receiver, NULL, rep,
                       want);
  } else {
    *result = emit_set(f, c, &g, receiver, rep, want);
  }
  return true;
}
