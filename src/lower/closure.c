// closure.c: function expressions, local functions, tear-offs. In order:
// captures, environments, closures, local functions that are only called,
// tear-offs.
//
// What a closure captures lies in its slots: references first (`this`, cells,
// copies of references), then copies of raw words. Its body copies them into
// registers on entry. A local function that is only called gets them as
// further arguments:
//
//   references: captured ones, [this], parameters
//   raw words:  [class vector], [function vector], captured ones, parameters
#include "lower/lowering.h"

// ------------------------------------------------------------------- captures

bool il_closure_is_direct(const LocalVar *v) {
  return (v->flags & LOCAL_IS_FUNCTION) && !(v->flags & LOCAL_ESCAPES) &&
         v->function;
}

static bool is_inside(const TypedBody *inner, const TypedBody *body) {
  for (; inner; inner = inner->parent) {
    if (inner == body) return true;
  }
  return false;
}

typedef struct {
  Lower *l;
  TypedBody *body;
  Captures *into;
  IL_VEC(LocalVar *) vars;
  Map seen;
} Capturing;

static void capture(Capturing *c, LocalVar *v) {
  uint64_t seen;
  if (il_map_find(&c->seen, il_map_key(v), &seen)) return;
  il_map_put(&c->seen, il_map_key(v), 1);
  if (v->function == c->body) return;  // its own name
  if (il_closure_is_direct(v)) {
    // What that function needs, so does who calls it.
    if (is_inside(v->function, c->body)) return;
    Captures *other = il_closure_captures(c->l, v->function);
    if (other->is_busy) return;
    c->into->uses_this |= other->uses_this;
    c->into->uses_types |= other->uses_types;
    for (uint32_t i = 0; i < other->count; i++) capture(c, other->vars[i]);
    return;
  }
  if (!v->owner || is_inside(v->owner, c->body)) return;
  il_vec_push(&c->vars, v);
}

static void use_local(Walk *w, LocalVar *v) { capture(w->data, v); }

Captures *il_closure_captures(Lower *l, TypedBody *body) {
  Captures *known = il_map_find_pointer(&l->captures, il_map_key(body));
  if (known) return known;
  Captures *k = IL_NEW(&l->arena, Captures);
  il_map_put(&l->captures, il_map_key(body), (uint64_t)(uintptr_t)k);
  k->is_busy = true;
  k->uses_this = body->uses_this;
  k->uses_types = body->uses_class_types;
  Capturing c = {.l = l, .body = body, .into = k};
  Walk w = {use_local, &c};
  il_walk_body(body, &w);
  k->count = c.vars.count;
  k->vars = il_vec_to_arena(&c.vars, &l->arena);
  k->is_busy = false;
  il_vec_drop(&c.vars);
  il_map_drop(&c.seen);
  return k;
}

// What a captured variable is in a slot: its cell, or its value.
static Rep captured_rep(Lower *l, const LocalVar *v) {
  return v->lowered[1] == LOC_CELL ? REP_REF : il_local_rep(l, v);
}

// --------------------------------------------------------------- environments

static uint32_t function_type_count(const Fn *f) {
  return (uint32_t)f->out.head.type_param_count +
         f->out.head.outer_type_count;
}

static uint32_t outer_type_count(const Fn *f) {
  if (f->function_vector == VREG_NONE) return 0;
  return function_type_count(f);
}

// The class's own type arguments as a vector, base 0.
static VReg own_class_vector(Fn *f, VReg want) {
  Lower *l = f->l;
  TypeTable *types = l->types->types;
  ClassElement *owner = f->owner && f->owner->asker ? f->owner->asker
                                                    : f->owner;
  TypeIds items = {0};
  for (uint32_t i = 0; i < owner->type_params.count; i++) {
    il_vec_push(&items,
                il_type_param(types, owner->type_params.items[i]->id));
  }
  TypeId vector = il_type_vector(types, items.items, items.count);
  il_vec_drop(&items);
  if (f->class_vector != VREG_ANY && f->class_base == 0) {
    return il_expr_convert(f, f->class_vector, REP_INT, REP_INT, want);
  }
  return il_expr_type(f, vector, want);
}

static bool has_class_types(const Fn *f) {
  if (f->class_vector == VREG_NONE || !f->owner) return false;
  const ClassElement *owner = f->owner->asker ? f->owner->asker : f->owner;
  return owner->type_params.count > 0;
}

static void begin_nested(Fn *g, Fn *f, TypedBody *body) {
  Lower *l = f->l;
  il_function_init(g, l, f);
  g->body = body;
  g->owner = f->owner;
  g->unit = body->unit ? body->unit : f->unit;
  g->is_holder_relative = f->is_holder_relative;
  g->offset = body->offset;
  Function *head = &g->out.head;
  Text name = body->name ? il_name_public_text(l->names, body->name)
                         : TEXT("<anonymous closure>");
  Text outer = il_name_text(l->names, f->out.head.name);
  head->name = il_name_intern(
      l->names, il_arena_format(&l->arena, "%.*s.%.*s", TEXT_ARG(outer),
                                TEXT_ARG(name)));
  head->holder = f->out.head.holder;
  head->outer = f->id;
  head->type = il_erase(l, body->signature->type);
  head->result_type = il_erase(l, body->signature->result);
  head->outer_type_count = (uint16_t)outer_type_count(f);
  head->type_param_count = (uint16_t)body->signature->type_param_count;
  if (head->type_param_count > 0) head->flags |= CODE_IS_GENERIC;
  head->required_count = (uint16_t)body->signature->required_count;
  head->optional_count = (uint16_t)body->signature->optional_count;
  head->named_count = (uint16_t)body->signature->named_count;
  if (g->unit) head->uri = il_function_uri(l, g->unit);
  uint32_t own = head->type_param_count;
  if (own > 0) {
    TypeId *bounds = IL_NEW_ARRAY(&l->arena, TypeId, own);
    for (uint32_t i = 0; i < own; i++) {
      TypeId bound = il_type_param_get(
          l->types->types, body->signature->type_params[i]->id)->bound;
      bounds[i] = il_erase(l, bound ? bound : TYPE_ID_OBJECT_NULLABLE);
    }
    g->out.type_bounds = bounds;
  }
  g->is_async = body->is_async;
  g->is_generator = body->is_generator;
  if (g->is_async) head->flags |= CODE_IS_ASYNC;
}

static void lower_nested_code(Fn *g) {
  TypedBody *body = g->body;
  if (body->code) il_statement(g, body->code);
  if (g->is_async || g->is_generator) {
    il_async_end(g);
  } else if (!g->is_dead) {
    il_function_return(g, VREG_NONE);
  }
  il_function_commit(g);
}

typedef struct { uint32_t a, b; } Saved;

static Saved *save_locations(Lower *l, const Captures *k) {
  Saved *saved = IL_NEW_ARRAY(&l->arena, Saved, k->count + 1);
  for (uint32_t i = 0; i < k->count; i++) {
    saved[i] = (Saved){k->vars[i]->lowered[0], k->vars[i]->lowered[1]};
  }
  return saved;
}

static void restore_locations(const Captures *k, const Saved *saved) {
  for (uint32_t i = 0; i < k->count; i++) {
    k->vars[i]->lowered[0] = saved[i].a;
    k->vars[i]->lowered[1] = saved[i].b;
  }
}

static void place_captured(Fn *g, LocalVar *v, VReg r, bool is_cell) {
  v->lowered[0] = r;
  v->lowered[1] = is_cell ? LOC_CELL : LOC_REG;
  il_frame_bind(g, r, true);
}

// ------------------------------------------------------------------- closures

// Copies what was captured into registers.
static void load_captured(Fn *g, const Captures *k, const Saved *outer,
                          uint32_t refs) {
  VReg self = il_vreg(VREG_ARG, 0);
  uint32_t ref = CLOSURE_FIRST_SLOT_WORD, raw = ref + refs;
  if (k->uses_this) {
    g->this_reg = il_frame_new(g, REP_REF);
    il_emit(g, OP_GET_FIELD, g->this_reg, self, ref++);
    il_frame_bind(g, g->this_reg, true);
  }
  for (uint32_t i = 0; i < k->count; i++) {
    LocalVar *v = k->vars[i];
    bool is_cell = outer[i].b == LOC_CELL;
    Rep rep = is_cell ? REP_REF : il_local_rep(g->l, v);
    VReg r = il_frame_new(g, rep);
    il_emit(g, OP_GET_FIELD, r, self, rep == REP_REF ? ref++ : raw++);
    place_captured(g, v, r, is_cell);
  }
}

static void load_types(Fn *g, Fn *f, const Captures *k, VReg own_vector) {
  VReg self = il_vreg(VREG_ARG, 0);
  if (k->uses_types && has_class_types(f)) {
    g->class_vector = il_frame_new(g, REP_INT);
    il_emit(g, OP_CLOSURE_GET_VECTOR, g->class_vector, self, 0);
    il_frame_bind(g, g->class_vector, true);
    g->class_base = 0;
  }
  g->function_vector = own_vector;
  if (g->out.head.outer_type_count == 0) return;
  VReg outer = il_frame_new(g, REP_INT);
  il_emit(g, OP_CLOSURE_GET_VECTOR, outer, self, 1);
  if (own_vector != VREG_NONE) {
    il_emit(g, OP_VECTOR_JOIN, outer, outer, own_vector);
  }
  il_frame_bind(g, outer, true);
  g->function_vector = outer;
}

static FunctionId lower_closure(Fn *f, TypedBody *body, const Captures *k,
                                const Saved *outer, uint32_t refs,
                                uint32_t raws, bool function_types,
                                LocalVar *self) {
  Lower *l = f->l;
  Fn fn, *g = &fn;
  begin_nested(g, f, body);
  if (!function_types) g->out.head.outer_type_count = 0;
  Signature *s = body->signature;
  Slots slots;
  bool is_generic = s->type_param_count > 0;
  il_function_slots(l, s, false, is_generic, true, &slots);
  g->id = il_builder_function_new(l->builder);
  g->ref_args = slots.refs;
  g->raw_args = slots.raws;
  g->is_closure = true;
  g->result_rep = REP_REF;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  Function *head = &g->out.head;
  head->flags |= CODE_IS_CLOSURE;
  head->closure_refs = (uint16_t)refs;
  head->closure_raws = (uint16_t)raws;
  il_vec_reserve(&g->parameters, count);
  g->parameters.count = count;
  il_function_parameters(l, NULL, s, true, g->parameters.items);
  head->shape = il_closure_shape(l, s);
  uint32_t saved_self[2] = {0, 0};
  if (self) {
    saved_self[0] = self->lowered[0];
    saved_self[1] = self->lowered[1];
    self->lowered[0] = il_vreg(VREG_ARG, 0);
    self->lowered[1] = LOC_REG;
  }
  load_types(g, f, k,
             is_generic ? il_vreg(VREG_ARG, slots.vector) : VREG_NONE);
  load_captured(g, k, outer, refs);
  if (g->is_async || g->is_generator) il_async_begin(g);
  for (uint32_t i = 0; i < count; i++) {
    il_function_declare_parameter(g, body->parameters[i],
                                  il_vreg(VREG_ARG, slots.slots[i]), REP_REF);
  }
  lower_nested_code(g);
  restore_locations(k, outer);
  if (self) {
    self->lowered[0] = saved_self[0];
    self->lowered[1] = saved_self[1];
  }
  return g->id;
}

ShapeId il_closure_shape(Lower *l, const Signature *s) {
  uint32_t positional = s->required_count + s->optional_count;
  Name *names = IL_NEW_ARRAY(&l->arena, Name, s->named_count + 1);
  for (uint32_t i = 0; i < s->named_count; i++) {
    names[i] = s->parameters[positional + i].name;
  }
  il_sort_names(l, names, NULL, s->named_count);
  return il_builder_shape(l->builder, NAME_NONE, DYNAMIC_CALL,
                          (uint16_t)s->type_param_count, (uint16_t)positional,
                          (uint16_t)s->named_count, names);
}

static bool mentions_params(Lower *l, TypeId type, uint8_t flags) {
  return (il_type_get(l->types->types, type)->flags & flags) != 0;
}

static VReg new_closure(Fn *f, TypedBody *body, LocalVar *self, Rep rep,
                        VReg want) {
  Lower *l = f->l;
  Captures *k = il_closure_captures(l, body);
  for (uint32_t i = 0; i < k->count; i++) {
    if (k->vars[i]->lowered[1] == LOC_NONE) {
      il_lower_error(f, "this captured variable");
      return il_frame_new(f, rep);
    }
  }
  if (f->this_reg == VREG_NONE) k->uses_this = false;
  Saved *outer = save_locations(l, k);
  uint32_t refs = k->uses_this ? 1 : 0, raws = 0;
  for (uint32_t i = 0; i < k->count; i++) {
    if (captured_rep(l, k->vars[i]) == REP_REF) refs++; else raws++;
  }
  TypeId type = il_erase(l, body->signature->type);
  bool class_types =
      has_class_types(f) &&
      (k->uses_types || mentions_params(l, type, TYPE_HAS_CLASS_PARAM));
  bool function_types =
      outer_type_count(f) > 0 &&
      (k->uses_types || body->signature->type_param_count > 0 ||
       mentions_params(l, type, TYPE_HAS_FUNCTION_PARAM));
  FunctionId id =
      lower_closure(f, body, k, outer, refs, raws, function_types, self);
  if (refs + raws == 0 && !class_types && !function_types) {
    if (want == VREG_NONE) return want;
    ConstantId constant = il_builder_constant(
        l->builder, CODE_CONSTANT_FUNCTION, TYPE_ID_NONE, id, NULL, 0);
    VReg c = il_constant_load_id(f, constant,
                                 rep == REP_REF ? want : VREG_ANY);
    return c;
  }
  VReg d = il_frame_early(f, want, REP_REF);
  FrameMark mark = il_frame_mark(f);
  il_emit_line(f);
  il_emit_ai(f, OP_NEW_CLOSURE, d, (int32_t)id);
  if (class_types) {
    VReg v = own_class_vector(f, VREG_ANY);
    il_emit(f, OP_CLOSURE_SET_VECTOR, d, v, 0);
  }
  if (function_types) {
    il_emit(f, OP_CLOSURE_SET_VECTOR, d, f->function_vector, 1);
  }
  uint32_t ref = CLOSURE_FIRST_SLOT_WORD, raw = ref + refs;
  if (k->uses_this) il_emit(f, OP_SET_FIELD_REF, d, ref++, f->this_reg);
  for (uint32_t i = 0; i < k->count; i++) {
    if (captured_rep(l, k->vars[i]) == REP_REF) {
      il_emit(f, OP_SET_FIELD_REF, d, ref++, k->vars[i]->lowered[0]);
    } else {
      il_emit(f, OP_SET_FIELD_RAW, d, raw++, k->vars[i]->lowered[0]);
    }
  }
  il_frame_release(f, mark);
  if (want == VREG_NONE || d == want) return d;
  return il_expr_convert(f, d, REP_REF, rep, want);
}

VReg il_closure_new(Fn *f, TypedBody *body, Rep rep, VReg want) {
  return new_closure(f, body, NULL, rep, want);
}

// --------------------------------------------- local functions that are called

// Lays out the arguments of a direct local function.
static void set_direct_slots(Fn *f, TypedBody *body, Captures *k,
                             bool has_vector, bool has_class) {
  Lower *l = f->l;
  Signature *s = body->signature;
  uint32_t refs = 0, raws = 0;
  k->class_slot = k->vector_slot = UINT32_MAX;
  k->slots = IL_NEW_ARRAY(&l->arena, uint32_t, k->count + 1);
  for (uint32_t i = 0; i < k->count; i++) {
    if (captured_rep(l, k->vars[i]) == REP_REF) k->slots[i] = refs++;
  }
  if (k->uses_this) k->this_slot = refs++;
  Slots *p = &k->params;
  il_function_slots(l, s, false, false, false, p);
  uint32_t param_refs = refs;
  refs += p->refs;
  if (has_class) k->class_slot = refs + raws++;
  if (has_vector) k->vector_slot = refs + raws++;
  for (uint32_t i = 0; i < k->count; i++) {
    if (captured_rep(l, k->vars[i]) != REP_REF) k->slots[i] = refs + raws++;
  }
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    if (p->reps[i] == REP_REF) {
      p->slots[i] = (uint16_t)(p->slots[i] + param_refs);
    } else {
      p->slots[i] = (uint16_t)(p->slots[i] - p->refs + refs + raws);
    }
  }
  p->raws += raws;
  p->refs = refs;
}

static bool needs_vector(const Fn *f, const TypedBody *body,
                         const Captures *k) {
  return body->signature->type_param_count > 0 ||
         (k->uses_types && f->function_vector != VREG_NONE);
}

static Rep direct_result_rep(Lower *l, const TypedBody *body) {
  if (body->is_async || body->is_generator) return REP_REF;
  return il_rep(l, body->signature->result);
}

void il_closure_local_function(Fn *f, LocalVar *v) {
  Lower *l = f->l;
  TypedBody *body = v->function;
  if (!il_closure_is_direct(v)) {
    VReg r = il_frame_new(f, REP_REF);
    new_closure(f, body, v, REP_REF, r);
    v->lowered[0] = r;
    v->lowered[1] = LOC_REG;
    il_frame_bind(f, r, true);
    return;
  }
  Captures *k = il_closure_captures(l, body);
  if (f->this_reg == VREG_NONE) k->uses_this = false;
  bool has_vector = needs_vector(f, body, k);
  bool has_class = k->uses_types && has_class_types(f);
  k->direct = il_builder_function_new(l->builder);
  set_direct_slots(f, body, k, has_vector, has_class);
  Saved *outer = save_locations(l, k);
  Fn fn, *g = &fn;
  begin_nested(g, f, body);
  g->id = k->direct;
  g->ref_args = k->params.refs;
  g->raw_args = k->params.raws;
  g->result_rep = direct_result_rep(l, body);
  g->out.head.flags |= CODE_IS_STATIC;
  g->out.head.flags &= (uint16_t)~CODE_IS_GENERIC;
  g->out.head.required_count = g->out.head.optional_count = 0;
  g->out.head.named_count = 0;
  if (k->uses_this) g->this_reg = il_vreg(VREG_ARG, k->this_slot);
  if (has_class) {
    g->class_vector = il_vreg(VREG_ARG, k->class_slot);
    g->class_base = 0;
  }
  if (has_vector) g->function_vector = il_vreg(VREG_ARG, k->vector_slot);
  v->lowered[1] = LOC_DIRECT;
  for (uint32_t i = 0; i < k->count; i++) {
    place_captured(g, k->vars[i], il_vreg(VREG_ARG, k->slots[i]),
                   outer[i].b == LOC_CELL);
  }
  if (g->is_async || g->is_generator) il_async_begin(g);
  Signature *s = body->signature;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    il_function_declare_parameter(g, body->parameters[i],
                                  il_vreg(VREG_ARG, k->params.slots[i]),
                                  k->params.reps[i]);
  }
  lower_nested_code(g);
  restore_locations(k, outer);
}

// Type parameters of the functions around a body, outermost first.
static void push_outer_params(Lower *l, const TypedBody *body, TypeIds *out) {
  IL_VEC(const TypedBody *) chain = {0};
  for (const TypedBody *b = body->parent; b; b = b->parent) {
    il_vec_push(&chain, b);
  }
  while (chain.count > 0) {
    const TypedBody *b = il_vec_pop(&chain);
    const FunctionElement *e = b->element;
    if (e && (e->flags & FUNCTION_IS_EXTENSION)) {
      for (uint32_t i = 0; i < e->owner->type_params.count; i++) {
        il_vec_push(out, il_type_param(l->types->types,
                                       e->owner->type_params.items[i]->id));
      }
    }
    for (uint32_t i = 0; b->signature && i < b->signature->type_param_count;
         i++) {
      il_vec_push(out, il_type_param(l->types->types,
                                     b->signature->type_params[i]->id));
    }
  }
  il_vec_drop(&chain);
}

static TypeId direct_vector(Lower *l, const TypedBody *body, TypeId given) {
  TypeIds items = {0};
  push_outer_params(l, body, &items);
  const Type *t = given ? il_type_get(l->types->types, given) : NULL;
  for (uint32_t i = 0; t && i < t->count; i++) {
    il_vec_push(&items, t->items[i]);
  }
  TypeId vector = il_type_vector(l->types->types, items.items, items.count);
  il_vec_drop(&items);
  return vector;
}

VReg il_closure_call_direct(Fn *f, LocalVar *v, const TypedArguments *a,
                            Rep rep, VReg want) {
  Lower *l = f->l;
  TypedBody *body = v->function;
  Captures *k = il_closure_captures(l, body);
  Signature *s = body->signature;
  uint32_t offset = f->offset;
  FrameMark mark = il_frame_mark(f);
  Args args = {0};
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t total = positional + s->named_count;
  uint32_t given = a->positional.count + a->named.count;
  bool *has = IL_NEW_ARRAY(&l->arena, bool, total + 1);
  for (uint32_t i = 0; i < given; i++) {
    uint32_t n = a->order ? a->order[i] : i;
    TypedExpr *e = n < a->positional.count
                       ? a->positional.items[n]
                       : a->named.items[n - a->positional.count];
    if (n >= a->positional.count) {
      Name name = a->names[n - a->positional.count];
      for (n = positional; n < total; n++) {
        if (s->parameters[n].name == name) break;
      }
    }
    has[n] = true;
    Arg arg = {.kind = ARG_EXPR, .rep = k->params.reps[n], .e = e,
               .slot = k->params.slots[n]};
    il_vec_push(&args, arg);
  }
  for (uint32_t i = 0; i < total; i++) {
    if (has[i]) continue;
    Arg arg = {.kind = ARG_CONSTANT, .rep = k->params.reps[i],
               .constant = s->parameters[i].default_value,
               .slot = k->params.slots[i]};
    il_vec_push(&args, arg);
  }
  for (uint32_t i = 0; i < k->count; i++) {
    Rep own = captured_rep(l, k->vars[i]);
    Arg arg = {.kind = ARG_REG, .rep = own, .from = own,
               .reg = k->vars[i]->lowered[0], .slot = k->slots[i]};
    il_vec_push(&args, arg);
  }
  if (k->uses_this) {
    Arg arg = {.kind = ARG_REG, .reg = f->this_reg, .slot = k->this_slot};
    il_vec_push(&args, arg);
  }
  if (k->class_slot != UINT32_MAX) {
    VReg c = own_class_vector(f, VREG_ANY);
    Arg arg = {.kind = ARG_REG, .rep = REP_INT, .from = REP_INT, .reg = c,
               .slot = k->class_slot};
    il_vec_push(&args, arg);
  }
  if (k->vector_slot != UINT32_MAX) {
    Arg arg = {.kind = ARG_VECTOR, .rep = REP_INT,
               .vector = direct_vector(l, body, a->vector),
               .slot = k->vector_slot};
    il_vec_push(&args, arg);
  }
  il_call_place(f, args.items, args.count);
  il_vec_drop(&args);
  il_frame_release(f, mark);
  f->offset = offset;
  Rep natural = direct_result_rep(l, body);
  if (want == VREG_NONE) {
    il_emit_at(f, OP_CALL, il_out(f, 0), 0, k->direct);
    return VREG_NONE;
  }
  VReg d = il_expr_target(f, rep, want, natural);
  il_emit_at(f, OP_CALL, d, 0, k->direct);
  return d == want ? d : il_expr_convert(f, d, natural, rep, want);
}

// ------------------------------------------------------------------ tear-offs

VReg il_closure_static_tear_off(Fn *f, FunctionElement *target, Rep rep,
                                VReg want) {
  if (want == VREG_NONE) return want;
  ConstantId id = il_builder_constant(
      f->l->builder, CODE_CONSTANT_FUNCTION, TYPE_ID_NONE,
      il_thunk_tear_off(f->l, target), NULL, 0);
  return il_constant_load_id(f, id, rep == REP_REF ? want : VREG_ANY);
}

static VReg instantiate(Fn *f, VReg function, TypeId vector, Rep rep,
                        VReg want) {
  il_frame_hold(f, function);
  VReg d = il_frame_early(f, want, REP_REF);
  FrameMark mark = il_frame_mark(f);
  VReg v = il_expr_type(f, vector, VREG_ANY);
  il_emit_at(f, OP_CLOSURE_COPY, d, function, 0);
  il_emit(f, OP_CLOSURE_SET_VECTOR, d, v, 2);
  il_frame_release(f, mark);
  if (want == VREG_NONE || d == want) return d;
  return il_expr_convert(f, d, REP_REF, rep, want);
}

VReg il_closure_constructor_tear_off(Fn *f, TypedConstructorTearOff *e,
                                     Rep rep, VReg want) {
  Lower *l = f->l;
  FunctionId id = il_thunk_tear_off(l, e->constructor);
  TypeId vector = e->class_vector ? il_erase(l, e->class_vector) : 0;
  const Type *t = vector ? il_type_get(l->types->types, vector) : NULL;
  bool is_closed = !t || !(t->flags & (TYPE_HAS_CLASS_PARAM |
                                       TYPE_HAS_FUNCTION_PARAM));
  ConstantId constant = il_builder_constant(
      l->builder, CODE_CONSTANT_FUNCTION,
      is_closed && t && t->count ? vector : TYPE_ID_NONE, id, NULL, 0);
  VReg c = il_constant_load_id(f, constant, is_closed && rep == REP_REF &&
                                                    want != VREG_NONE
                                                ? want
                                                : VREG_ANY);
  if (is_closed) return c;
  return instantiate(f, c, vector, rep, want);
}

VReg il_closure_instantiate(Fn *f, TypedInstantiate *e, Rep rep, VReg want) {
  FrameMark mark = il_frame_mark(f);
  VReg function = il_expr_any(f, e->function, REP_REF);
  f->offset = e->base.offset;
  il_frame_release(f, mark);
  return instantiate(f, function, e->vector, rep, want);
}
