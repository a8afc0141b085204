// exhaustive.c: coverage of values by patterns. In order: spaces, spaces of
// patterns, kinds of values and their parts, the check.
#include "sema/exhaustive.h"

#include "sema/constant.h"

#define MAX_STEPS 1000000u
#define MAX_SINGLES 4096u

typedef struct Space Space;

// What a property is: a field of a record, a getter, an element of a list from
// its start or its end.
typedef enum { PROP_FIELD, PROP_GETTER, PROP_HEAD, PROP_TAIL } PropKind;

typedef struct {
  uint8_t kind;
  uint32_t number;  // index, or the Name of a getter
  TypeId type;      // as the pattern saw it
  const Space *space;
} Prop;

// All of these must hold of a value.
typedef struct {
  uint32_t type_count, prop_count;
  const TypeId *types;
  const Prop *props;
  const Constant *value;   // of bool or an enum; NULL: any
  bool is_list, has_rest;  // length is `length`, or at least that
  uint32_t length;
} Single;

// A union; NULL stands for everything.
struct Space {
  uint32_t count;
  const Single *singles;
};

typedef struct {
  InferContext *f;
  Arena arena;
  uint32_t steps;
} Checker;

// ---------------------------------------------------------------------- spaces

static const Space *make_space(Checker *k, const Single *singles,
                               uint32_t count) {
  Space *s = IL_NEW(&k->arena, Space);
  s->count = count;
  s->singles = singles;
  return s;
}

static const Space *nothing(Checker *k) { return make_space(k, NULL, 0); }

static const Space *single_type(Checker *k, TypeId type) {
  TypeId *types = IL_NEW(&k->arena, TypeId);
  types[0] = il_type_erase(k->f->type_context, type);
  Single *s = IL_NEW(&k->arena, Single);
  s->type_count = 1;
  s->types = types;
  return make_space(k, s, 1);
}

static const Space *join_spaces(Checker *k, const Space *a, const Space *b) {
  if (!a || !b) return NULL;
  if (a->count + b->count > MAX_SINGLES) return a;
  Single *all = IL_NEW_ARRAY(&k->arena, Single, a->count + b->count + 1);
  if (a->count) memcpy(all, a->singles, a->count * sizeof(Single));
  if (b->count) memcpy(all + a->count, b->singles, b->count * sizeof(Single));
  return make_space(k, all, a->count + b->count);
}

static const Space *meet_spaces(Checker *k, const Space *a, const Space *b);

static const Prop *find_prop(const Single *s, uint8_t kind, uint32_t number) {
  for (uint32_t i = 0; i < s->prop_count; i++) {
    if (s->props[i].kind == kind && s->props[i].number == number) {
      return &s->props[i];
    }
  }
  return NULL;
}

// False when nothing is in both.
static bool meet_singles(Checker *k, const Single *a, const Single *b,
                         Single *out) {
  if (a->value && b->value && a->value != b->value) return false;
  if (a->is_list && b->is_list &&
      (a->length != b->length || a->has_rest != b->has_rest)) {
    return false;  // too rare to be worth more: taken as empty, which is safe
  }
  *out = *a;
  if (!a->value) out->value = b->value;
  if (b->is_list) {
    out->is_list = true;
    out->has_rest = b->has_rest;
    out->length = b->length;
  }
  TypeId *types =
      IL_NEW_ARRAY(&k->arena, TypeId, a->type_count + b->type_count + 1);
  memcpy(types, a->types, a->type_count * sizeof(TypeId));
  memcpy(types + a->type_count, b->types, b->type_count * sizeof(TypeId));
  out->types = types;
  out->type_count = a->type_count + b->type_count;
  Prop *props =
      IL_NEW_ARRAY(&k->arena, Prop, a->prop_count + b->prop_count + 1);
  uint32_t n = 0;
  for (uint32_t i = 0; i < a->prop_count; i++) {
    props[n] = a->props[i];
    const Prop *other = find_prop(b, a->props[i].kind, a->props[i].number);
    if (other) props[n].space = meet_spaces(k, props[n].space, other->space);
    n++;
  }
  for (uint32_t i = 0; i < b->prop_count; i++) {
    if (find_prop(a, b->props[i].kind, b->props[i].number)) continue;
    props[n++] = b->props[i];
  }
  out->props = props;
  out->prop_count = n;
  return true;
}

static const Space *meet_spaces(Checker *k, const Space *a, const Space *b) {
  if (!a) return b;
  if (!b) return a;
  if (a->count * (uint64_t)b->count > MAX_SINGLES) return nothing(k);
  Single *all = IL_NEW_ARRAY(&k->arena, Single, a->count * b->count + 1);
  uint32_t n = 0;
  for (uint32_t i = 0; i < a->count; i++) {
    for (uint32_t j = 0; j < b->count; j++) {
      if (meet_singles(k, &a->singles[i], &b->singles[j], &all[n])) n++;
    }
  }
  return make_space(k, all, n);
}

// ---------------------------------------------------------- spaces of patterns

static const Space *space_of(Checker *k, const TypedPattern *p);

static const Space *space_of_constant(Checker *k, const Constant *c) {
  if (c->kind == CONSTANT_NULL) return single_type(k, TYPE_ID_NULL);
  bool is_enum = false;
  if (c->kind == CONSTANT_INSTANCE) {
    ClassElement *owner = il_infer_class_of(k->f, c->type);
    is_enum = owner && owner->class_kind == CLASS_KIND_ENUM;
  }
  if (c->kind != CONSTANT_BOOL && !is_enum) return nothing(k);
  const Space *s =
      single_type(k, c->kind == CONSTANT_BOOL ? TYPE_ID_BOOL : c->type);
  ((Single *)(uintptr_t)s->singles)->value = c;
  return s;
}

// A space of one single with a required type, to which properties are added.
static Single *structured(Checker *k, TypeId required, TypeId matched,
                          uint32_t props, const Space **space) {
  *space = single_type(k, required != TYPE_ID_NONE ? required : matched);
  Single *s = (Single *)(uintptr_t)(*space)->singles;
  s->props = IL_NEW_ARRAY(&k->arena, Prop, props + 1);
  return s;
}

static void add_prop(Single *s, PropKind kind, uint32_t number, TypeId type,
                     const Space *space) {
  ((Prop *)(uintptr_t)s->props)[s->prop_count++] =
      (Prop){(uint8_t)kind, number, type, space};
}

static const Space *space_of_list(Checker *k, const TypedListPattern *p) {
  // What is asked of the elements in the middle is beyond this analysis.
  if (p->rest && space_of(k, p->rest)) return nothing(k);
  const Space *space;
  TypeId list = il_infer_core_type1(k->f, CLASS_LIST, p->element);
  Single *s =
      structured(k, list, list, p->before.count + p->after.count, &space);
  s->is_list = true;
  s->has_rest = p->has_rest;
  s->length = p->before.count + p->after.count;
  if (p->has_rest && s->length == 0) s->is_list = false;
  for (uint32_t i = 0; i < p->before.count; i++) {
    add_prop(s, PROP_HEAD, i, p->element, space_of(k, p->before.items[i]));
  }
  for (uint32_t i = 0; i < p->after.count; i++) {
    add_prop(s, PROP_TAIL, p->after.count - 1 - i, p->element,
             space_of(k, p->after.items[i]));
  }
  return space;
}

// The getter that reads a field of an object pattern; NONE when it is none.
static Name getter_name(const TypedExpr *get) {
  while (get->kind == EXPR_AS) get = ((const TypedAs *)get)->operand;
  switch (get->kind) {
    case EXPR_INSTANCE_CALL:
      return ((const TypedInstanceCall *)get)->target->base.name;
    case EXPR_INSTANCE_TEAR_OFF:
      return ((const TypedInstanceTearOff *)get)->target->base.name;
    case EXPR_FIELD_GET:
      return ((const TypedFieldGet *)get)->field->base.name;
    case EXPR_STATIC_CALL:
      return ((const TypedStaticCall *)get)->target->base.name;
    case EXPR_DYNAMIC_CALL:
      return ((const TypedDynamicCall *)get)->name;
    default:
      return NAME_NONE;
  }
}

static const Space *space_of_object(Checker *k, const TypedObjectPattern *p) {
  const Space *space;
  TypeId type = p->value->type;
  Single *s = structured(k, type, type, p->fields.count, &space);
  for (uint32_t i = 0; i < p->fields.count; i++) {
    const Space *part = space_of(k, p->fields.items[i]);
    const TypedExpr *get = p->gets[i];
    if (p->base.kind == PATTERN_RECORD || get->kind == EXPR_RECORD_GET) {
      add_prop(s, PROP_FIELD, ((const TypedRecordGet *)get)->index, get->type,
               part);
      continue;
    }
    Name name = getter_name(get);
    // An unknown way to read: only what takes anything is sure.
    if (name == NAME_NONE) {
      if (part) return nothing(k);
      continue;
    }
    // Extension members are apart from instance members of that name.
    uint32_t number = name;
    if (get->kind == EXPR_STATIC_CALL) number |= 0x80000000u;
    add_prop(s, PROP_GETTER, number, get->type, part);
  }
  return space;
}

static const Space *space_of_sub(Checker *k, const TypedSubPattern *p) {
  const Space *sub = space_of(k, p->sub);
  InferContext *f = k->f;
  switch (p->base.kind) {
    case PATTERN_NULL_CHECK:
      return meet_spaces(
          k, single_type(k, il_type_non_null(f->types, p->base.matched)), sub);
    case PATTERN_NULL_ASSERT:
      return join_spaces(k, single_type(k, TYPE_ID_NULL), sub);
    default:
      break;
  }
  // A cast throws for what is not of its type: so those values are dealt with
  // if all of the type are.
  if (!sub) return NULL;
  TypeId type = il_type_erase(f->type_context, p->base.required);
  for (uint32_t i = 0; i < sub->count; i++) {
    const Single *s = &sub->singles[i];
    bool covers = s->prop_count == 0 && !s->value && !s->is_list;
    for (uint32_t t = 0; covers && t < s->type_count; t++) {
      covers = il_type_is_subtype(f->type_context, type, s->types[t]);
    }
    if (covers) return NULL;
  }
  return sub;
}

static const Space *space_of(Checker *k, const TypedPattern *p) {
  switch ((PatternKind)p->kind) {
    case PATTERN_WILDCARD:
    case PATTERN_VARIABLE:
    case PATTERN_ASSIGNED:
      return p->written == TYPE_ID_NONE ? NULL : single_type(k, p->written);
    case PATTERN_CONSTANT:
      return space_of_constant(k, ((const TypedConstantPattern *)p)->value);
    case PATTERN_CAST:
    case PATTERN_NULL_CHECK:
    case PATTERN_NULL_ASSERT:
      return space_of_sub(k, (const TypedSubPattern *)p);
    case PATTERN_AND: {
      const TypedTwoPattern *two = (const TypedTwoPattern *)p;
      return meet_spaces(k, space_of(k, two->left), space_of(k, two->right));
    }
    case PATTERN_OR: {
      const TypedTwoPattern *two = (const TypedTwoPattern *)p;
      return join_spaces(k, space_of(k, two->left), space_of(k, two->right));
    }
    case PATTERN_LIST:
      return space_of_list(k, (const TypedListPattern *)p);
    case PATTERN_RECORD:
    case PATTERN_OBJECT:
      return space_of_object(k, (const TypedObjectPattern *)p);
    default:
      // Relational and map patterns never cover anything for sure.
      return nothing(k);
  }
}

// ------------------------------------------------------------- kinds of values

// A kind of value still to be covered.
typedef struct {
  TypeId type;
  const Constant *value;  // a certain bool or enum value
  int32_t length;         // of a list; -1: any
} Kind;

typedef IL_VEC(Kind) Kinds;

static Kind kind_of(TypeId type) { return (Kind){type, NULL, -1}; }

static bool covers(const Checker *k, const Single *s, const Kind *v) {
  for (uint32_t i = 0; i < s->type_count; i++) {
    if (!il_type_is_subtype(k->f->type_context, v->type, s->types[i])) {
      return false;
    }
  }
  if (s->value && s->value != v->value) return false;
  if (!s->is_list) return true;
  if (v->length < 0) return false;
  return s->has_rest ? (uint32_t)v->length >= s->length
                     : (uint32_t)v->length == s->length;
}

// A class of a core library whose subclasses are private is not known to be
// sealed outside of it.
static bool is_sealed(InferContext *f, const ClassElement *c) {
  if (!(c->flags & ELEMENT_IS_SEALED)) return false;
  if (!c->base.library || !c->base.library->is_core) return true;
  for (uint32_t i = 0; i < c->direct_subclasses.count; i++) {
    Name name = c->direct_subclasses.items[i]->base.name;
    if (il_name_is_private(f->sema->names, name)) return false;
  }
  return true;
}

static void expand_enum(Checker *k, const Kind *v, ClassElement *c,
                        Kinds *out) {
  for (uint32_t i = 0; i < c->enum_value_count; i++) {
    const Constant *value = il_constant_of_field(c->enum_values[i]);
    if (!value) continue;
    TypeId type = il_type_erase(k->f->type_context, value->type);
    if (!il_type_is_subtype(k->f->type_context, type, v->type)) continue;
    il_vec_push(out, (Kind){type, value, -1});
  }
}

// The direct subclasses of a sealed class that can be a `type`, instantiated.
static void expand_sealed(Checker *k, TypeId type, ClassElement *c,
                          Kinds *out) {
  InferContext *f = k->f;
  for (uint32_t i = 0; i < c->direct_subclasses.count; i++) {
    ClassElement *sub = c->direct_subclasses.items[i];
    if (sub->class_kind == CLASS_KIND_MIXIN_APPLICATION ||
        sub->class_kind == CLASS_KIND_EXTENSION_TYPE) {
      continue;
    }
    const TypeClass *record = il_class_get(f->type_context->classes, sub->id);
    uint32_t n = record->param_count;
    if (n == 0) {
      TypeId this_type = il_type_interface(f->types, sub->id, NULL, 0);
      if (il_type_is_subtype(f->type_context, this_type, type)) {
        il_vec_push(out, kind_of(this_type));
      }
      continue;
    }
    TypeParamId *params = IL_NEW_ARRAY(&k->arena, TypeParamId, n);
    TypeId *args = IL_NEW_ARRAY(&k->arena, TypeId, n);
    for (uint32_t a = 0; a < n; a++) {
      params[a] = record->first_param + a;
      args[a] = il_type_param(f->types, params[a]);
    }
    TypeId this_type = il_type_interface(f->types, sub->id, args, n);
    TypeConstraints *solver = il_constraint_new(f->type_context, params, n);
    if (il_constraint_match(solver, this_type, type)) {
      il_constraint_solve(solver, true, args);
      il_vec_push(out, kind_of(il_type_interface(f->types, sub->id, args, n)));
    }
    il_constraint_free(solver);
  }
}

// Takes a kind apart; false when it has no parts.
static bool expand_type(Checker *k, const Kind *v, Kinds *out) {
  InferContext *f = k->f;
  if (v->value || v->length >= 0 || v->type == TYPE_ID_NULL) return false;
  if (v->type == TYPE_ID_DYNAMIC || v->type == TYPE_ID_VOID) {
    il_vec_push(out, kind_of(TYPE_ID_OBJECT));
    il_vec_push(out, kind_of(TYPE_ID_NULL));
    return true;
  }
  const Type *t = il_type_get(f->types, v->type);
  if (t->nullable) {
    il_vec_push(out, kind_of(il_type_with_nullable(f->types, v->type, false)));
    il_vec_push(out, kind_of(TYPE_ID_NULL));
    return true;
  }
  if (t->kind == TYPE_PARAM || t->kind == TYPE_INTERSECTION) {
    TypeId bound = il_type_resolve_bound(f->type_context, v->type);
    il_vec_push(out, kind_of(il_type_erase(f->type_context, bound)));
    return true;
  }
  if (t->kind == TYPE_FUTURE_OR) {
    TypeId of = t->items[0];
    il_vec_push(out, kind_of(of));
    il_vec_push(out, kind_of(il_infer_core_type1(f, CLASS_FUTURE, of)));
    return true;
  }
  if (t->kind != TYPE_INTERFACE) return false;
  if (t->head == CLASS_BOOL) {
    for (int i = 0; i < 2; i++) {
      Constant c = {.kind = CONSTANT_BOOL, .type = TYPE_ID_BOOL, .integer = i};
      il_vec_push(out,
                  (Kind){TYPE_ID_BOOL, il_constant_intern(f->sema, &c), -1});
    }
    return true;
  }
  ClassElement *c = il_infer_class_of(f, v->type);
  if (!c) return false;
  il_class_require(c, STAGE_SUPERS);
  if (c->class_kind == CLASS_KIND_ENUM) {
    il_class_require(c, STAGE_MEMBERS);
    expand_enum(k, v, c, out);
    return true;
  }
  if (!is_sealed(f, c)) return false;
  expand_sealed(k, v->type, c, out);
  return true;
}

// ------------------------------------------------------------------- the check

typedef struct {
  const Space **cells;  // one for each value; NULL: anything
} Row;

typedef struct {
  Kind *values;
  uint32_t count;
  Row *rows;
  uint32_t row_count;
} Matrix;

static bool is_covered(Checker *k, Matrix m);

// Lists by length: all lengths that the rows tell apart, and one more that
// stands for the longer ones.
static bool expand_lists(Checker *k, const Matrix *m, Kinds *out) {
  const Kind *v = &m->values[0];
  if (v->length >= 0) return false;
  const Type *t = il_type_get(k->f->types, v->type);
  if (t->kind != TYPE_INTERFACE || t->nullable ||
      !il_class_as_instance_of(k->f->type_context, v->type, CLASS_LIST)) {
    return false;
  }
  uint32_t longest = 0;
  bool has_lists = false;
  for (uint32_t i = 0; i < m->row_count; i++) {
    const Space *s = m->rows[i].cells[0];
    for (uint32_t n = 0; s && n < s->count; n++) {
      if (!s->singles[n].is_list) continue;
      has_lists = true;
      if (s->singles[n].length > longest) longest = s->singles[n].length;
    }
  }
  if (!has_lists || longest > 1000) return false;
  for (uint32_t n = 0; n <= longest + 1; n++) {
    il_vec_push(out, (Kind){v->type, NULL, (int32_t)n});
  }
  return true;
}

typedef struct {
  uint8_t kind;
  uint32_t number;
  TypeId type;
} Column;

// A property as a column of the value: list elements by their place.
static Column column_of(const Kind *v, const Prop *p) {
  if (p->kind == PROP_TAIL) {
    return (Column){PROP_HEAD, (uint32_t)v->length - 1 - p->number, p->type};
  }
  return (Column){p->kind, p->number, p->type};
}

static TypeId type_of_column(Checker *k, const Kind *v, const Column *c) {
  InferContext *f = k->f;
  const Type *t = il_type_get(f->types, v->type);
  TypeId type = c->type;
  if (c->kind == PROP_FIELD && t->kind == TYPE_RECORD && c->number < t->count) {
    type = t->items[c->number];
  } else if (c->kind == PROP_HEAD) {
    TypeId element = il_infer_type_argument(f, v->type, CLASS_LIST, 0);
    if (element != TYPE_ID_NONE) type = element;
  } else if (c->kind == PROP_GETTER && !(c->number & 0x80000000u)) {
    Member m;
    il_infer_find_member(f, v->type, c->number, false, &m);
    if (m.kind == MEMBER_INSTANCE && m.type != TYPE_ID_INVALID) type = m.type;
  }
  if (type == TYPE_ID_INVALID) type = TYPE_ID_DYNAMIC;
  return il_type_erase(f->type_context, type);
}

typedef IL_VEC(Column) Columns;

static uint32_t column_index(Columns *columns, Column c) {
  for (uint32_t i = 0; i < columns->count; i++) {
    if (columns->items[i].kind == c.kind &&
        columns->items[i].number == c.number) {
      return i;
    }
  }
  il_vec_push(columns, c);
  return columns->count - 1;
}

// The first value is of a kind without parts: the rows that cover it go on with
// its properties in its place.
static bool check_kind(Checker *k, const Matrix *m) {
  const Kind *v = &m->values[0];
  Columns columns = {0};
  uint32_t kept = 0;
  for (uint32_t i = 0; i < m->row_count; i++) {
    const Space *s = m->rows[i].cells[0];
    if (!s) {
      kept++;
      continue;
    }
    for (uint32_t n = 0; n < s->count; n++) {
      const Single *one = &s->singles[n];
      if (!covers(k, one, v)) continue;
      kept++;
      for (uint32_t p = 0; p < one->prop_count; p++) {
        column_index(&columns, column_of(v, &one->props[p]));
      }
    }
  }
  uint32_t added = columns.count, rest = m->count - 1;
  Matrix next = {.count = added + rest};
  next.values = IL_NEW_ARRAY(&k->arena, Kind, next.count + 1);
  next.rows = IL_NEW_ARRAY(&k->arena, Row, kept + 1);
  for (uint32_t i = 0; i < added; i++) {
    next.values[i] = kind_of(type_of_column(k, v, &columns.items[i]));
  }
  memcpy(next.values + added, m->values + 1, rest * sizeof(Kind));
  for (uint32_t i = 0; i < m->row_count; i++) {
    const Space *s = m->rows[i].cells[0];
    uint32_t count = s ? s->count : 1;
    for (uint32_t n = 0; n < count; n++) {
      const Single *one = s ? &s->singles[n] : NULL;
      if (one && !covers(k, one, v)) continue;
      const Space **cells =
          IL_NEW_ARRAY(&k->arena, const Space *, next.count + 1);
      for (uint32_t p = 0; one && p < one->prop_count; p++) {
        cells[column_index(&columns, column_of(v, &one->props[p]))] =
            one->props[p].space;
      }
      memcpy(cells + added, m->rows[i].cells + 1, rest * sizeof(Space *));
      next.rows[next.row_count++].cells = cells;
    }
  }
  il_vec_drop(&columns);
  return is_covered(k, next);
}

// Whether some row tells parts of the first value's kind apart.
static bool tells_apart(Checker *k, const Matrix *m) {
  for (uint32_t i = 0; i < m->row_count; i++) {
    const Space *s = m->rows[i].cells[0];
    for (uint32_t n = 0; s && n < s->count; n++) {
      if (!covers(k, &s->singles[n], &m->values[0])) return true;
    }
  }
  return false;
}

// A row that takes everything settles the matter.
static bool has_catch_all(const Matrix *m) {
  for (uint32_t i = 0; i < m->row_count; i++) {
    uint32_t n = 0;
    while (n < m->count && !m->rows[i].cells[n]) n++;
    if (n == m->count) return true;
  }
  return false;
}

static bool is_covered(Checker *k, Matrix m) {
  if (++k->steps > MAX_STEPS) return false;
  for (uint32_t i = 0; i < m.count; i++) {
    if (il_type_is_bottom(k->f->type_context, m.values[i].type)) return true;
  }
  if (has_catch_all(&m)) return true;
  if (m.count == 0) return false;
  ArenaMark mark = il_arena_mark(&k->arena);
  Kinds parts = {0};
  bool result = true;
  // Without any row only a kind without values is covered, such as a sealed
  // class without subclasses.
  if ((tells_apart(k, &m) || m.row_count == 0) &&
      (expand_type(k, &m.values[0], &parts) || expand_lists(k, &m, &parts))) {
    for (uint32_t i = 0; result && i < parts.count; i++) {
      Matrix part = m;
      part.values = il_arena_copy(&k->arena, m.values, m.count * sizeof(Kind));
      part.values[0] = parts.items[i];
      result = is_covered(k, part);
    }
  } else {
    result = m.row_count > 0 && check_kind(k, &m);
  }
  il_vec_drop(&parts);
  il_arena_rewind(&k->arena, mark);
  return result;
}

bool il_exhaustive_check(InferContext *f, TypeId type, TypedPattern **patterns,
                         uint32_t count) {
  Checker k = {.f = f};
  il_arena_init(&k.arena);
  Kind value = kind_of(il_type_erase(f->type_context, type));
  Matrix m = {.values = &value, .count = 1};
  m.rows = IL_NEW_ARRAY(&k.arena, Row, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    m.rows[i].cells = IL_NEW_ARRAY(&k.arena, const Space *, 1);
    m.rows[i].cells[0] = space_of(&k, patterns[i]);
  }
  m.row_count = count;
  bool result = is_covered(&k, m);
  il_arena_drop(&k.arena);
  return result;
}

static bool is_required(InferContext *f, TypeId type, uint32_t depth) {
  if (depth > 100) return false;
  type = il_type_resolve_bound(f->type_context, type);
  const Type *t = il_type_get(f->types, type);
  if (type == TYPE_ID_NULL || type == TYPE_ID_NEVER) return true;
  switch ((TypeKind)t->kind) {
    case TYPE_FUTURE_OR:
      return is_required(f, t->items[0], depth + 1);
    case TYPE_RECORD:
      for (uint32_t i = 0; i < t->count; i++) {
        if (!is_required(f, t->items[i], depth + 1)) return false;
      }
      return true;
    case TYPE_INTERFACE: {
      if (t->head == CLASS_BOOL) return true;
      ClassElement *c = il_infer_class_of(f, type);
      if (!c) return false;
      il_class_require(c, STAGE_SUPERS);
      return c->class_kind == CLASS_KIND_ENUM || is_sealed(f, c);
    }
    default:
      return false;
  }
}

bool il_exhaustive_is_required(InferContext *f, TypeId type) {
  if (type == TYPE_ID_INVALID) return false;
  return is_required(f, il_type_erase(f->type_context, type), 0);
}
