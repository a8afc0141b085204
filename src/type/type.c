// type.c: the table of interned types.  In order: segments, the index, lookup,
// interning, the table's life, type parameters, constructors, views.
#include "type/type.h"

#include <stdlib.h>

#include "type/table.h"

// ------------------------------------------------------------------ segments

static size_t segment_bytes(uint32_t k, size_t item_bytes) {
  return ((size_t)1 << (k + SEGMENT_BITS)) * item_bytes;
}

// The place of entry n, its segment made when it is the first.
static void *make_entry(Segments *s, uint32_t n, size_t item_bytes) {
  uint32_t offset, k = il_type_segment_of(n, &offset);
  if (k >= SEGMENT_COUNT) il_memory_exhausted(segment_bytes(k, item_bytes));
  if (!s->segments[k]) {
    s->segments[k] = il_memory_zalloc(segment_bytes(k, item_bytes));
  }
  return (char *)s->segments[k] + offset * item_bytes;
}

static void *entry_at(const Segments *s, uint32_t n, size_t item_bytes) {
  uint32_t offset, k = il_type_segment_of(n, &offset);
  return (char *)s->segments[k] + offset * item_bytes;
}

static void drop_segments(Segments *s, size_t item_bytes) {
  for (uint32_t k = 0; k < SEGMENT_COUNT; k++) {
    if (s->segments[k]) {
      il_memory_free(s->segments[k], segment_bytes(k, item_bytes));
    }
  }
}

// -------------------------------------------------------------------- lookup

const Type *il_type_get(const TypeTable *table, TypeId id) {
  while (id < table->first_type) table = table->base;
  IL_ASSERT(id <
            atomic_load_explicit(&table->type_count, memory_order_relaxed));
  if (table->image) {
    return (const Type *)(const void *)(table->image + table->image_types[id]);
  }
  return *(const Type **)entry_at(&table->types, id - table->first_type,
                                  sizeof(Type *));
}

const TypeParam *il_type_param_get(const TypeTable *table, TypeParamId id) {
  while (id < table->first_param) table = table->base;
  IL_ASSERT(id != 0 && id < table->param_count);
  if (table->image) return &table->image_params[id];
  return entry_at(&table->params, id - table->first_param, sizeof(TypeParam));
}

const TypeShape *il_type_shape_at(const TypeTable *table, uint32_t number) {
  while (number < table->first_shape) table = table->base;
  if (table->image) {
    return (const TypeShape *)(const void *)(table->image +
                                             table->image_shapes[number]);
  }
  return *(const TypeShape **)entry_at(
      &table->shapes, number - table->first_shape, sizeof(TypeShape *));
}

const TypeShape *il_type_shape_get(const TypeTable *table, const Type *type) {
  IL_ASSERT(type->kind == TYPE_FUNCTION);
  return il_type_shape_at(table, type->head);
}

uint32_t il_type_table_count(const TypeTable *table) {
  return table->type_count;
}

bool il_type_table_is_overflowed(const TypeTable *table) {
  return table->is_overflowed;
}

// --------------------------------------------------------------------- index

// What is looked for: the parts of a type.
typedef struct {
  TypeKind kind;
  bool nullable;
  uint32_t hash, head, count, name_count;
  const uint32_t *items;
  const Name *names;
} Probe;

static uint32_t hash_words(uint32_t h, const uint32_t *words, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    h = (h ^ words[i]) * 0x9E3779B1u;
    h ^= h >> 15;
  }
  return h;
}

static uint32_t hash_probe(const Probe *p) {
  uint32_t parts[4] = {(uint32_t)p->kind | (p->nullable ? 0x100u : 0), p->head,
                       p->count, p->name_count};
  uint32_t h = hash_words(0x811C9DC5u, parts, 4);
  h = hash_words(h, p->items, p->count);
  return hash_words(h, p->names, p->name_count);
}

static bool type_matches(const Type *t, const Probe *p) {
  return t->hash == p->hash && t->kind == p->kind &&
         t->nullable == p->nullable && t->head == p->head &&
         t->count == p->count &&
         (p->count == 0 ||
          memcmp(t->items, p->items, p->count * sizeof(uint32_t)) == 0) &&
         (p->name_count == 0 || memcmp(t->items + p->count, p->names,
                                       p->name_count * sizeof(uint32_t)) == 0);
}

static TypeId find_own(const TypeTable *table, const Probe *p) {
  if (table->image) {
    uint32_t mask = table->image_index_capacity - 1;
    for (uint32_t i = p->hash & mask;; i = (i + 1) & mask) {
      TypeId id = table->image_index[i];
      if (id == 0) return TYPE_ID_NONE;
      if (type_matches(il_type_get(table, id), p)) return id;
    }
  }
  TypeIndex *index = atomic_load_explicit(
      &((TypeTable *)(uintptr_t)table)->type_index, memory_order_acquire);
  if (!index) return TYPE_ID_NONE;
  uint32_t mask = index->capacity - 1;
  for (uint32_t i = p->hash & mask;; i = (i + 1) & mask) {
    TypeId id = atomic_load_explicit(&index->slots[i], memory_order_acquire);
    if (id == 0) return TYPE_ID_NONE;
    if (type_matches(il_type_get(table, id), p)) return id;
  }
}

// A RECORD's names and a type with equal items but no names never share a hash
// by accident: head tells the positional count.
static TypeId find_type(const TypeTable *table, const Probe *p) {
  for (; table; table = table->base) {
    TypeId id = find_own(table, p);
    if (id != TYPE_ID_NONE) return id;
  }
  return TYPE_ID_NONE;
}

static void put_slot(TypeIndex *index, uint32_t hash, uint32_t id) {
  uint32_t mask = index->capacity - 1, i = hash & mask;
  while (atomic_load_explicit(&index->slots[i], memory_order_relaxed) != 0) {
    i = (i + 1) & mask;
  }
  atomic_store_explicit(&index->slots[i], id, memory_order_release);
}

static size_t index_bytes(uint32_t capacity) {
  return sizeof(TypeIndex) + capacity * sizeof(uint32_t);
}

// The index with room for one more than `used`; `hash_of` gives the hash of an
// id for filling a larger one.
static TypeIndex *make_room(const TypeTable *table, _Atomic(TypeIndex *) *place,
                            uint32_t used,
                            uint32_t (*hash_of)(const TypeTable *, uint32_t)) {
  TypeIndex *index = atomic_load_explicit(place, memory_order_relaxed);
  if (index && used * 2 < index->capacity) return index;
  uint32_t capacity = index ? index->capacity * 2 : 256;
  TypeIndex *larger = il_memory_zalloc(index_bytes(capacity));
  larger->older = index;
  larger->capacity = capacity;
  for (uint32_t i = 0; index && i < index->capacity; i++) {
    uint32_t id = atomic_load_explicit(&index->slots[i], memory_order_relaxed);
    if (id != 0) put_slot(larger, hash_of(table, id), id);
  }
  atomic_store_explicit(place, larger, memory_order_release);
  return larger;
}

static void drop_index(TypeIndex *index) {
  while (index) {
    TypeIndex *older = index->older;
    il_memory_free(index, index_bytes(index->capacity));
    index = older;
  }
}

// ----------------------------------------------------------------- interning

static uint32_t type_hash(const TypeTable *table, TypeId id) {
  return il_type_get(table, id)->hash;
}

// Fills in flags, depth and binders from the items.  False when too deep.
static bool compute_facts(const TypeTable *table, Type *t) {
  uint32_t flags = 0, depth = 0, binders = 0;
  switch ((TypeKind)t->kind) {
    case TYPE_PARAM:
      flags = il_type_param_get(table, t->head)->is_function
                  ? TYPE_HAS_FUNCTION_PARAM
                  : TYPE_HAS_CLASS_PARAM;
      break;
    case TYPE_UNKNOWN:
      flags = TYPE_HAS_UNKNOWN;
      break;
    case TYPE_BOUND:
      flags = TYPE_HAS_BOUND;
      binders = t->head >> 16;
      break;
    default:
      for (uint32_t i = 0; i < t->count; i++) {
        const Type *item = il_type_get(table, t->items[i]);
        flags |= item->flags;
        if (item->depth > depth) depth = item->depth;
        if (item->binders > binders) binders = item->binders;
      }
      if (t->kind == TYPE_FUNCTION && binders > 0 &&
          il_type_shape_at(table, t->head)->type_param_count > 0) {
        binders--;
      }
      if (binders == 0) flags &= ~(uint32_t)TYPE_HAS_BOUND;
  }
  t->flags = (uint8_t)flags;
  t->depth = (uint16_t)(depth + 1);
  t->binders = (uint16_t)binders;
  return depth < IL_TYPE_MAX_DEPTH;
}

static TypeId intern_probe(TypeTable *table, Probe *p) {
  p->hash = hash_probe(p);
  TypeId found = find_type(table, p);
  if (found != TYPE_ID_NONE) return found;
  IL_ASSERT(!table->image);
  il_lock_take(&table->lock);
  found = find_own(table, p);
  if (found == TYPE_ID_NONE) {
    uint32_t words = p->count + p->name_count;
    Type *t =
        il_arena_alloc(&table->arena, sizeof(Type) + words * sizeof(uint32_t));
    t->kind = (uint8_t)p->kind;
    t->nullable = p->nullable;
    t->hash = p->hash;
    t->head = p->head;
    t->count = p->count;
    if (p->count) memcpy(t->items, p->items, p->count * sizeof(uint32_t));
    if (p->name_count) {
      memcpy(t->items + p->count, p->names, p->name_count * sizeof(uint32_t));
    }
    if (!compute_facts(table, t)) {
      table->is_overflowed = true;
      found = TYPE_ID_INVALID;
    } else {
      found = atomic_load_explicit(&table->type_count, memory_order_relaxed);
      *(Type **)make_entry(&table->types, found - table->first_type,
                           sizeof(Type *)) = t;
      atomic_store_explicit(&table->type_count, found + 1,
                            memory_order_release);
      TypeIndex *index = make_room(table, &table->type_index,
                                   found - table->first_type, type_hash);
      put_slot(index, p->hash, found);
    }
  }
  il_lock_release(&table->lock);
  return found;
}

TypeId il_type_intern(TypeTable *table, TypeKind kind, bool nullable,
                      uint32_t head, const uint32_t *items, uint32_t count,
                      const Name *names, uint32_t name_count) {
  Probe p = {.kind = kind,
             .nullable = nullable,
             .head = head,
             .count = count,
             .name_count = name_count,
             .items = items,
             .names = names};
  return intern_probe(table, &p);
}

static uint32_t hash_shape(const TypeShape *s, const uint32_t *names) {
  uint32_t parts[4] = {s->type_param_count, s->required_count,
                       s->optional_count, s->named_count};
  return hash_words(hash_words(0x811C9DC5u, parts, 4), names, s->named_count);
}

uint32_t il_type_shape_hash(const TypeTable *table, uint32_t number) {
  const TypeShape *s = il_type_shape_at(table, number);
  return hash_shape(s, s->names);
}

static bool shape_matches(const TypeShape *a, const TypeShape *b,
                          const uint32_t *names) {
  return a->type_param_count == b->type_param_count &&
         a->required_count == b->required_count &&
         a->optional_count == b->optional_count &&
         a->named_count == b->named_count &&
         (a->named_count == 0 ||
          memcmp(a->names, names, a->named_count * sizeof(uint32_t)) == 0);
}

static uint32_t find_own_shape(const TypeTable *table, const TypeShape *s,
                               const uint32_t *names, uint32_t hash) {
  if (table->image) {
    uint32_t mask = table->image_shape_index_capacity - 1;
    for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
      uint32_t id = table->image_shape_index[i];
      if (id == 0) return 0;
      if (shape_matches(il_type_shape_at(table, id), s, names)) return id;
    }
  }
  TypeIndex *index = atomic_load_explicit(
      &((TypeTable *)(uintptr_t)table)->shape_index, memory_order_acquire);
  if (!index) return 0;
  uint32_t mask = index->capacity - 1;
  for (uint32_t i = hash & mask;; i = (i + 1) & mask) {
    uint32_t id = atomic_load_explicit(&index->slots[i], memory_order_acquire);
    if (id == 0) return 0;
    if (shape_matches(il_type_shape_at(table, id), s, names)) return id;
  }
}

static uint32_t find_shape(const TypeTable *table, const TypeShape *s,
                           const uint32_t *names) {
  uint32_t hash = hash_shape(s, names);
  for (; table; table = table->base) {
    uint32_t id = find_own_shape(table, s, names, hash);
    if (id != 0) return id;
  }
  return 0;
}

uint32_t il_type_intern_shape(TypeTable *table, uint32_t type_param_count,
                              uint32_t required, uint32_t optional,
                              const uint32_t *names, uint32_t named) {
  TypeShape probe = {type_param_count, required, optional, named};
  uint32_t found = find_shape(table, &probe, names);
  if (found != 0) return found;
  IL_ASSERT(!table->image);
  il_lock_take(&table->lock);
  found = find_shape(table, &probe, names);
  if (found == 0) {
    TypeShape *s = il_arena_alloc(&table->arena,
                                  sizeof(TypeShape) + named * sizeof(uint32_t));
    *s = probe;
    if (named) memcpy(s->names, names, named * sizeof(uint32_t));
    found = table->shape_count;
    *(TypeShape **)make_entry(&table->shapes, found - table->first_shape,
                              sizeof(TypeShape *)) = s;
    table->shape_count = found + 1;
    put_slot(make_room(table, &table->shape_index, found - table->first_shape,
                       il_type_shape_hash),
             hash_shape(s, s->names), found);
  }
  il_lock_release(&table->lock);
  return found;
}

// ---------------------------------------------------------- life of the table

// The types whose ids are the same in every table, in the order of type.h.
static void make_fixed(TypeTable *table) {
  static const TypeKind kinds[] = {TYPE_NONE,    TYPE_INVALID, TYPE_UNKNOWN,
                                   TYPE_DYNAMIC, TYPE_VOID,    TYPE_NEVER,
                                   TYPE_VECTOR};
  static const struct {
    ClassId id;
    bool nullable;
  } classes[] = {
      {CLASS_OBJECT, false}, {CLASS_OBJECT, true},  {CLASS_NULL, false},
      {CLASS_BOOL, false},   {CLASS_NUM, false},    {CLASS_INT, false},
      {CLASS_DOUBLE, false}, {CLASS_STRING, false}, {CLASS_FUNCTION, false},
      {CLASS_RECORD, false}, {CLASS_TYPE, false},   {CLASS_SYMBOL, false}};
  // Slot 0 of an index means empty, so id 0 is made but cannot be found; only
  // TYPE_NONE's probe could look for it.
  for (uint32_t i = 0; i < IL_COUNT_OF(kinds); i++) {
    TypeId id = il_type_intern(table, kinds[i], false, 0, NULL, 0, NULL, 0);
    IL_ASSERT(id == i);
    (void)id;
  }
  for (uint32_t i = 0; i < IL_COUNT_OF(classes); i++) {
    TypeId id = il_type_intern(table, TYPE_INTERFACE, classes[i].nullable,
                               classes[i].id, NULL, 0, NULL, 0);
    IL_ASSERT(id == TYPE_ID_OBJECT + i);
    (void)id;
  }
}

TypeTable *il_type_table_new(NameTable *names, const TypeTable *base) {
  TypeTable *table = il_memory_zalloc(sizeof(TypeTable));
  table->names = names;
  table->base = base;
  il_lock_init(&table->lock, RANK_TYPES);
  il_arena_init(&table->arena);
  if (base) {
    table->type_count = table->first_type = base->type_count;
    table->param_count = table->first_param = base->param_count;
    table->shape_count = table->first_shape = base->shape_count;
  } else {
    // Param 0 and shape 0 are "none".
    table->param_count = 1;
    table->shape_count = 1;
    make_entry(&table->params, 0, sizeof(TypeParam));
    make_entry(&table->shapes, 0, sizeof(TypeShape *));
    make_fixed(table);
  }
  return table;
}

void il_type_table_free(TypeTable *table) {
  if (!table) return;
  drop_segments(&table->types, sizeof(Type *));
  drop_segments(&table->params, sizeof(TypeParam));
  drop_segments(&table->shapes, sizeof(TypeShape *));
  drop_index(table->type_index);
  drop_index(table->shape_index);
  il_arena_drop(&table->arena);
  il_lock_drop(&table->lock);
  il_memory_free(table, sizeof(TypeTable));
}

void il_type_buffer_init(TypeBuffer *b, uint32_t count) {
  b->count = count;
  b->items = count <= IL_COUNT_OF(b->small)
                 ? b->small
                 : il_memory_alloc(count * sizeof(TypeId));
}

void il_type_buffer_drop(TypeBuffer *b) {
  if (b->items != b->small) il_memory_free(b->items, b->count * sizeof(TypeId));
}

// ----------------------------------------------------------- type parameters

TypeParamId il_type_param_new(TypeTable *table, Name name, bool is_function,
                              uint32_t index) {
  il_lock_take(&table->lock);
  TypeParamId id = table->param_count;
  TypeParam *p =
      make_entry(&table->params, id - table->first_param, sizeof(TypeParam));
  p->name = name;
  p->is_function = is_function;
  p->index = (uint16_t)index;
  table->param_count = id + 1;
  il_lock_release(&table->lock);
  return id;
}

static TypeParam *edit_param(TypeTable *table, TypeParamId id) {
  IL_ASSERT(id >= table->first_param && id < table->param_count);
  return entry_at(&table->params, id - table->first_param, sizeof(TypeParam));
}

void il_type_param_set_bound(TypeTable *table, TypeParamId id, TypeId bound) {
  edit_param(table, id)->bound = bound;
}

void il_type_param_set_default(TypeTable *table, TypeParamId id, TypeId type) {
  edit_param(table, id)->default_type = type;
}

// -------------------------------------------------------------- constructors

TypeId il_type_interface(TypeTable *table, ClassId class_id, const TypeId *args,
                         uint32_t count) {
  return il_type_intern(table, TYPE_INTERFACE, false, class_id, args, count,
                        NULL, 0);
}

TypeId il_type_future_or(TypeTable *table, TypeId of) {
  return il_type_intern(table, TYPE_FUTURE_OR, false, 0, &of, 1, NULL, 0);
}

TypeId il_type_param(TypeTable *table, TypeParamId param) {
  return il_type_intern(table, TYPE_PARAM, false, param, NULL, 0, NULL, 0);
}

TypeId il_type_bound(TypeTable *table, uint32_t index, uint32_t distance) {
  IL_ASSERT(distance < UINT16_MAX);
  Probe p = {.kind = TYPE_BOUND, .head = index | (distance + 1) << 16};
  IL_ASSERT(index <= UINT16_MAX);
  return intern_probe(table, &p);
}

TypeId il_type_intersection(TypeTable *table, TypeId param, TypeId promoted) {
  const Type *p = il_type_get(table, param);
  if (p->kind == TYPE_INTERSECTION) param = p->items[0];
  const Type *t = il_type_get(table, promoted);
  if (t->kind == TYPE_INTERSECTION && t->items[0] == param) {
    promoted = t->items[1];
  }
  if (param == promoted) return param;
  TypeId items[2] = {param, promoted};
  return il_type_intern(table, TYPE_INTERSECTION, false, 0, items, 2, NULL, 0);
}

TypeId il_type_vector(TypeTable *table, const TypeId *items, uint32_t count) {
  return il_type_intern(table, TYPE_VECTOR, false, 0, items, count, NULL, 0);
}

// Fills `order` with 0 .. count-1 in the order of the names' texts.  Insertion
// is enough for the usual few; many are sorted by merging runs of insertion.
static void order_names(const TypeTable *table, const Name *names,
                        uint32_t count, uint32_t *order) {
  for (uint32_t i = 0; i < count; i++) order[i] = i;
  uint32_t *spare = il_memory_alloc((size_t)count * sizeof(uint32_t));
  for (uint32_t width = 1; width < count; width *= 2) {
    for (uint32_t from = 0; from < count; from += 2 * width) {
      uint32_t middle = from + width < count ? from + width : count;
      uint32_t end = from + 2 * width < count ? from + 2 * width : count;
      uint32_t a = from, b = middle, out = from;
      while (a < middle || b < end) {
        bool take_a =
            b >= end ||
            (a < middle &&
             il_text_compare(il_name_text(table->names, names[order[a]]),
                             il_name_text(table->names, names[order[b]])) <= 0);
        spare[out++] = take_a ? order[a++] : order[b++];
      }
    }
    memcpy(order, spare, (size_t)count * sizeof(uint32_t));
  }
  il_memory_free(spare, (size_t)count * sizeof(uint32_t));
}

TypeId il_type_record(TypeTable *table, const TypeId *positional,
                      uint32_t positional_count, const Name *names,
                      const TypeId *named, uint32_t named_count) {
  TypeBuffer items, order, sorted;
  uint32_t count = positional_count + named_count;
  il_type_buffer_init(&items, count);
  il_type_buffer_init(&order, named_count);
  il_type_buffer_init(&sorted, named_count);
  if (named_count) order_names(table, names, named_count, order.items);
  for (uint32_t i = 0; i < positional_count; i++)
    items.items[i] = positional[i];
  for (uint32_t i = 0; i < named_count; i++) {
    items.items[positional_count + i] = named[order.items[i]];
    sorted.items[i] = names[order.items[i]];
  }
  TypeId id = il_type_intern(table, TYPE_RECORD, false, positional_count,
                             items.items, count, sorted.items, named_count);
  il_type_buffer_drop(&items);
  il_type_buffer_drop(&order);
  il_type_buffer_drop(&sorted);
  return id;
}

TypeId il_type_function(TypeTable *table, const TypeFunctionParts *parts) {
  uint32_t bounds = parts->type_param_count;
  uint32_t positional = parts->required_count + parts->optional_count;
  uint32_t count = 1 + bounds + positional + parts->named_count;
  TypeBuffer items, order, names;
  il_type_buffer_init(&items, count);
  il_type_buffer_init(&order, parts->named_count);
  il_type_buffer_init(&names, parts->named_count);
  uint32_t n = 0;
  items.items[n++] = parts->result;
  for (uint32_t i = 0; i < bounds; i++) {
    TypeId bound = il_type_param_get(table, parts->type_params[i])->bound;
    items.items[n++] = bound ? bound : TYPE_ID_OBJECT_NULLABLE;
  }
  for (uint32_t i = 0; i < positional; i++) {
    items.items[n++] = parts->positional[i];
  }
  if (parts->named_count) {
    order_names(table, parts->names, parts->named_count, order.items);
  }
  for (uint32_t i = 0; i < parts->named_count; i++) {
    uint32_t k = order.items[i];
    items.items[n++] = parts->named[k];
    bool required = parts->named_required && parts->named_required[k];
    names.items[i] = parts->names[k] | (required ? TYPE_NAMED_REQUIRED : 0);
  }
  if (bounds > 0) {
    for (uint32_t i = 0; i < n; i++) {
      items.items[i] =
          il_type_close(table, items.items[i], parts->type_params, bounds);
    }
  }
  uint32_t shape = il_type_intern_shape(table, bounds, parts->required_count,
                                        parts->optional_count, names.items,
                                        parts->named_count);
  TypeId id = il_type_intern(table, TYPE_FUNCTION, false, shape, items.items,
                             count, NULL, 0);
  il_type_buffer_drop(&items);
  il_type_buffer_drop(&order);
  il_type_buffer_drop(&names);
  return id;
}

TypeId il_type_with_nullable(TypeTable *table, TypeId id, bool nullable) {
  const Type *t = il_type_get(table, id);
  switch ((TypeKind)t->kind) {
    case TYPE_NONE:
    case TYPE_INVALID:
    case TYPE_UNKNOWN:
    case TYPE_DYNAMIC:
    case TYPE_VOID:
    case TYPE_VECTOR:
      return id;
    case TYPE_NEVER:
      return nullable ? TYPE_ID_NULL : id;
    case TYPE_INTERSECTION:
      return nullable ? il_type_with_nullable(table, t->items[0], true) : id;
    default:
      break;
  }
  if (id == TYPE_ID_NULL || t->nullable == nullable) return id;
  uint32_t name_count = t->kind == TYPE_RECORD ? t->count - t->head : 0;
  Probe p = {.kind = (TypeKind)t->kind,
             .nullable = nullable,
             .head = t->head,
             .count = t->count,
             .name_count = name_count,
             .items = t->items,
             .names = t->items + t->count};
  return intern_probe(table, &p);
}

TypeId il_type_non_null(TypeTable *table, TypeId id) {
  const Type *t = il_type_get(table, id);
  if (id == TYPE_ID_NULL) return TYPE_ID_NEVER;
  if (t->kind == TYPE_INTERSECTION) {
    TypeId promoted = il_type_non_null(table, t->items[1]);
    return il_type_intersection(table, t->items[0], promoted);
  }
  if (t->nullable) {
    return il_type_non_null(table, il_type_with_nullable(table, id, false));
  }
  if (t->kind == TYPE_PARAM) {
    TypeId bound = il_type_param_get(table, t->head)->bound;
    if (!bound) bound = TYPE_ID_OBJECT_NULLABLE;
    TypeId promoted = il_type_non_null(table, bound);
    // A bound that is not nullable leaves the parameter as it is.
    return promoted == bound ? id : il_type_intersection(table, id, promoted);
  }
  return id;
}

// --------------------------------------------------------------------- views

TypeId il_type_function_result(const TypeTable *t, TypeId function) {
  return il_type_get(t, function)->items[0];
}

uint32_t il_type_function_positional_count(const TypeTable *t, TypeId f) {
  const TypeShape *s = il_type_shape_get(t, il_type_get(t, f));
  return s->required_count + s->optional_count;
}

TypeId il_type_function_positional(const TypeTable *t, TypeId f, uint32_t i) {
  const Type *type = il_type_get(t, f);
  const TypeShape *s = il_type_shape_get(t, type);
  IL_ASSERT(i < s->required_count + s->optional_count);
  return type->items[1 + s->type_param_count + i];
}

TypeId il_type_function_named(const TypeTable *t, TypeId f, Name name,
                              bool *required) {
  const Type *type = il_type_get(t, f);
  const TypeShape *s = il_type_shape_get(t, type);
  uint32_t first =
      1 + s->type_param_count + s->required_count + s->optional_count;
  for (uint32_t i = 0; i < s->named_count; i++) {
    if ((s->names[i] & ~TYPE_NAMED_REQUIRED) != name) continue;
    if (required) *required = (s->names[i] & TYPE_NAMED_REQUIRED) != 0;
    return type->items[first + i];
  }
  return TYPE_ID_NONE;
}

int32_t il_type_record_find(const TypeTable *t, TypeId record, Name name) {
  const Type *type = il_type_get(t, record);
  for (uint32_t i = type->head; i < type->count; i++) {
    if (type->items[type->count + i - type->head] == name) return (int32_t)i;
  }
  Text text = il_name_text(t->names, name);
  if (text.length < 2 || text.length > 9 || text.bytes[0] != '$' ||
      text.bytes[1] == '0') {
    return -1;
  }
  uint32_t number = 0;
  for (uint32_t i = 1; i < text.length; i++) {
    if (text.bytes[i] < '0' || text.bytes[i] > '9') return -1;
    number = number * 10 + (uint32_t)(text.bytes[i] - '0');
  }
  return number <= type->head ? (int32_t)number - 1 : -1;
}
