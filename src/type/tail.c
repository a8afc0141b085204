// tail.c: writing, then reading, one kind after the other.
#include "type/tail.h"

#include "type/table.h"

TailCounts il_tail_counts(const NameTable *names, const TypeTable *types,
                          const ClassTable *classes) {
  return (TailCounts){names->count, types->param_count, types->shape_count,
                      types->type_count, il_class_count(classes)};
}

// ---- writing -------------------------------------------------------------

static void put(TextBuilder *out, uint32_t word) {
  il_text_append(out, il_text_make((const char *)&word, sizeof word));
}

static void put_all(TextBuilder *out, const uint32_t *words, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) put(out, words[i]);
}

static void write_names(const NameTable *names, uint32_t from, uint32_t to,
                        TextBuilder *out) {
  put(out, to - from);
  for (Name n = from; n < to; n++) {
    Text text = il_name_text(names, n);
    put(out, text.length);
    il_text_append(out, text);
    for (uint32_t i = text.length; i % 4 != 0; i++)
      il_text_append_char(out, 0);
  }
}

static void write_params(const TypeTable *types, uint32_t from, uint32_t to,
                         TextBuilder *out) {
  put(out, to - from);
  for (TypeParamId id = from; id < to; id++) {
    const TypeParam *p = il_type_param_get(types, id);
    const uint32_t words[] = {p->name, p->is_function, p->index, p->bound,
                              p->default_type};
    put_all(out, words, IL_COUNT_OF(words));
  }
}

static void write_shapes(const TypeTable *types, uint32_t from, uint32_t to,
                         TextBuilder *out) {
  put(out, to - from);
  for (uint32_t id = from; id < to; id++) {
    const TypeShape *s = il_type_shape_at(types, id);
    const uint32_t words[] = {s->type_param_count, s->required_count,
                              s->optional_count, s->named_count};
    put_all(out, words, IL_COUNT_OF(words));
    put_all(out, s->names, s->named_count);
  }
}

static void write_types(const TypeTable *types, uint32_t from, uint32_t to,
                        TextBuilder *out) {
  put(out, to - from);
  for (TypeId id = from; id < to; id++) {
    const Type *t = il_type_get(types, id);
    put(out, t->kind | (uint32_t)t->nullable << 8);
    put(out, t->head);
    put(out, t->count);
    uint32_t names = t->kind == TYPE_RECORD ? t->count - t->head : 0;
    put_all(out, t->items, t->count + names);
  }
}

static void write_classes(const ClassTable *classes, uint32_t from, uint32_t to,
                          TextBuilder *out) {
  put(out, to - from);
  for (ClassId id = from + 1; id <= to; id++) {
    const TypeClass *c = il_class_get(classes, id);
    const uint32_t words[] = {c->name,        c->flags,     c->param_count,
                              c->first_param, c->this_type, c->representation,
                              c->super_count};
    put_all(out, words, IL_COUNT_OF(words));
    put_all(out, c->super_ids, c->super_count);
    put_all(out, c->super_types, c->super_count);
  }
}

void il_tail_write(const NameTable *names, const TypeTable *types,
                   const ClassTable *classes, const TailCounts *from,
                   const TailCounts *to, TextBuilder *out) {
  put(out, to->classes - from->classes);
  write_names(names, from->names, to->names, out);
  write_params(types, from->params, to->params, out);
  write_shapes(types, from->shapes, to->shapes, out);
  write_types(types, from->types, to->types, out);
  write_classes(classes, from->classes, to->classes, out);
}

// ---- reading -------------------------------------------------------------

typedef struct {
  const uint32_t *at, *end;
  NameTable *names;
  TypeTable *types;
  ClassTable *classes;
  uint32_t class_end;   // numbers there will be: 1 .. class_end
  uint32_t param_end, type_end;
} TailReader;

// The next words; NULL when there are not that many.
static const uint32_t *take(TailReader *r, uint64_t count) {
  if (count > (uint64_t)(r->end - r->at)) return NULL;
  const uint32_t *words = r->at;
  r->at += count;
  return words;
}

static bool take_count(TailReader *r, uint32_t *count) {
  const uint32_t *word = take(r, 1);
  if (!word) return false;
  *count = *word;
  return *count <= (uint64_t)(r->end - r->at);  // at least a word each
}

static bool are_below(const uint32_t *words, uint32_t count, uint32_t limit) {
  for (uint32_t i = 0; i < count; i++)
    if (words[i] >= limit) return false;
  return true;
}

static bool read_names(TailReader *r) {
  uint32_t count;
  if (!take_count(r, &count)) return false;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t *length = take(r, 1);
    const uint32_t *bytes =
        length ? take(r, ((uint64_t)*length + 3) / 4) : NULL;
    if (!bytes) return false;
    Name expected = r->names->count;
    Text text = il_text_make((const char *)bytes, *length);
    if (il_name_intern(r->names, text) != expected) return false;
  }
  return true;
}

// Bounds are types, which come later: kept for the end.
static bool read_params(TailReader *r, const uint32_t **words,
                        uint32_t *first) {
  uint32_t count;
  if (!take_count(r, &count)) return false;
  *first = r->types->param_count;
  *words = take(r, (uint64_t)count * 5);
  if (!*words) return false;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t *p = *words + i * 5;
    if (p[0] >= r->names->count || p[1] > 1 || p[2] > UINT16_MAX) return false;
    il_type_param_new(r->types, p[0], p[1] != 0, p[2]);
  }
  r->param_end = *first + count;
  return r->types->param_count == r->param_end;
}

static bool set_bounds(TailReader *r, const uint32_t *words, uint32_t first) {
  for (uint32_t id = first; id < r->param_end; id++, words += 5) {
    if (!are_below(words + 3, 2, r->type_end)) return false;
    il_type_param_set_bound(r->types, id, words[3]);
    il_type_param_set_default(r->types, id, words[4]);
  }
  return true;
}

static bool read_shapes(TailReader *r) {
  uint32_t count;
  if (!take_count(r, &count)) return false;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t *w = take(r, 4);
    const uint32_t *names = w ? take(r, w[3]) : NULL;
    if (!names || !are_below(w, 3, UINT16_MAX)) return false;
    for (uint32_t k = 0; k < w[3]; k++) {
      if ((names[k] & ~TYPE_NAMED_REQUIRED) >= r->names->count) return false;
    }
    uint32_t expected = r->types->shape_count;
    if (il_type_intern_shape(r->types, w[0], w[1], w[2], names, w[3]) !=
        expected) {
      return false;
    }
  }
  return true;
}

// Is the head one that the kind may have, with so many items?
static bool is_head(const TailReader *r, uint32_t kind, uint32_t head,
                    uint32_t count) {
  switch ((TypeKind)kind) {
    case TYPE_INTERFACE: return head > 0 && head <= r->class_end;
    case TYPE_FUTURE_OR: return count == 1;
    case TYPE_INTERSECTION: return count == 2;
    case TYPE_PARAM: return head > 0 && head < r->param_end && count == 0;
    case TYPE_RECORD: return head <= count;
    case TYPE_FUNCTION: {
      if (head == 0 || head >= r->types->shape_count) return false;
      const TypeShape *s = il_type_shape_at(r->types, head);
      return count == 1 + s->type_param_count + s->required_count +
                          s->optional_count + s->named_count;
    }
    case TYPE_VECTOR: return true;
    case TYPE_BOUND: return head >> 16 > 0 && count == 0;
    default: return kind < TYPE_KIND_COUNT && count == 0;
  }
}

static bool read_types(TailReader *r) {
  uint32_t count;
  if (!take_count(r, &count)) return false;
  for (uint32_t i = 0; i < count; i++) {
    TypeId expected = r->types->type_count;
    const uint32_t *w = take(r, 3);
    const uint32_t *items = w ? take(r, w[2]) : NULL;
    uint32_t kind = w ? w[0] & 0xff : 0;
    if (!items || w[0] >> 9 || w[2] > UINT16_MAX ||
        !are_below(items, w[2], expected) || !is_head(r, kind, w[1], w[2])) {
      return false;
    }
    uint32_t name_count = kind == TYPE_RECORD ? w[2] - w[1] : 0;
    const uint32_t *names = take(r, name_count);
    if (!names || !are_below(names, name_count, r->names->count)) return false;
    if (il_type_intern(r->types, (TypeKind)kind, w[0] >> 8 != 0, w[1], items,
                       w[2], names, name_count) != expected) {
      return false;
    }
  }
  r->type_end = r->types->type_count;
  return true;
}

static bool read_class(TailReader *r) {
  const uint32_t *w = take(r, 7);
  const uint32_t *ids = w ? take(r, w[6]) : NULL;
  const uint32_t *types = ids ? take(r, w[6]) : NULL;
  if (!types || w[0] >= r->names->count || w[2] > r->param_end ||
      w[3] > r->param_end - w[2] || w[4] >= r->type_end ||
      w[5] >= r->type_end || !are_below(ids, w[6], r->class_end + 1) ||
      !are_below(types, w[6], r->type_end)) {
    return false;
  }
  TypeClass *c = il_class_add(r->classes);
  c->name = w[0];
  c->flags = w[1];
  c->param_count = w[2];
  c->first_param = w[3];
  c->this_type = w[4];
  c->representation = w[5];
  il_class_set_supers(r->classes, c->id, ids, types, w[6]);
  return true;
}

static bool read_classes(TailReader *r) {
  uint32_t count;
  if (!take_count(r, &count)) return false;
  for (uint32_t i = 0; i < count; i++)
    if (!read_class(r)) return false;
  return true;
}

// The number of arguments is the class's, which is only known at the end.
static bool check_interfaces(const TailReader *r, TypeId first) {
  for (TypeId id = first; id < r->type_end; id++) {
    const Type *t = il_type_get(r->types, id);
    if (t->kind != TYPE_INTERFACE) continue;
    const TypeClass *c = il_class_get(r->classes, t->head);
    if (t->count != c->param_count) return false;
  }
  return true;
}

bool il_tail_read(NameTable *names, TypeTable *types, ClassTable *classes,
                  const void *bytes, size_t size) {
  const uint32_t *words = bytes;
  if (size < 4 || size % 4 != 0) return false;
  TailReader r = {.at = words + 1,
                  .end = words + size / 4,
                  .names = names,
                  .types = types,
                  .classes = classes};
  // The first word says how many classes there will be.
  uint32_t own = words[0], before = il_class_count(classes);
  if (own > size / 4) return false;
  r.class_end = before + own;
  const uint32_t *params;
  uint32_t first_param;
  TypeId first_type = types->type_count;
  return read_names(&r) && read_params(&r, &params, &first_param) &&
         read_shapes(&r) && read_types(&r) &&
         set_bounds(&r, params, first_param) && read_classes(&r) &&
         il_class_count(classes) == r.class_end && r.end - r.at <= 1 &&
         check_interfaces(&r, first_type);
}
