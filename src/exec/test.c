// test.c: types of values, type tests and instantiation, with the group's
// caches. In order: caches, instantiation, types of values, tests.
#include "base/memory.h"
#include "exec/access.h"
#include "exec/step.h"

// IL_CACHE_SIZE is 1 << 10.
static uint32_t slot_of(uint64_t key) {
  return (uint32_t)(key * UINT64_C(0x9e3779b97f4a7c15) >> 54);
}

// ---- caches of a yes or no: one word, key << 1 | answer

static uint64_t pair_key(uint32_t a, uint32_t b) {
  return (uint64_t)a << 33 | (uint64_t)b << 1;
}

// 0, 1, or -1 when it is not known.
static int find_answer(_Atomic(uint64_t) *cache, uint64_t key) {
  uint64_t e = atomic_load_explicit(&cache[slot_of(key)],
                                    memory_order_relaxed);
  return (e & ~UINT64_C(1)) == key ? (int)(e & 1) : -1;
}

static void put_answer(_Atomic(uint64_t) *cache, uint64_t key, bool answer) {
  atomic_store_explicit(&cache[slot_of(key)], key | answer,
                        memory_order_relaxed);
}

// ---- caches of a number by two words, with a check word

static uint64_t check_word(uint64_t a, uint64_t b, uint64_t value) {
  uint64_t x = (a + value * UINT64_C(0xd6e8feb86659fd93)) *
               UINT64_C(0x9e3779b97f4a7c15);
  uint64_t y = (b ^ value) * UINT64_C(0xc2b2ae3d27d4eb4f);
  return (x ^ y >> 29 ^ y) | 1;
}

static uint32_t entry_of(uint64_t a, uint64_t b) {
  return (uint32_t)((a * UINT64_C(0x9e3779b97f4a7c15) ^
                     b * UINT64_C(0xc2b2ae3d27d4eb4f)) >> 54);
}

static bool find_entry(CacheEntry *cache, uint64_t a, uint64_t b,
                       uint32_t *value) {
  CacheEntry *e = &cache[entry_of(a, b)];
  uint64_t w[4];
  for (int i = 0; i < 4; i++) {
    w[i] = atomic_load_explicit(&e->words[i], memory_order_relaxed);
  }
  if (w[0] != a || w[1] != b || w[3] != check_word(a, b, w[2])) return false;
  *value = (uint32_t)w[2];
  return true;
}

static void put_entry(CacheEntry *cache, uint64_t a, uint64_t b,
                      uint32_t value) {
  CacheEntry *e = &cache[entry_of(a, b)];
  const uint64_t w[4] = {a, b, value, check_word(a, b, value)};
  for (int i = 0; i < 4; i++) {
    atomic_store_explicit(&e->words[i], w[i], memory_order_relaxed);
  }
}

// ---- instantiation

TypeId il_test_instantiate(World *w, TypeId type, TypeId class_vector,
                           uint32_t class_base, TypeId function_vector) {
  const Type *t = il_type_get(w->types->types, type);
  if (!(t->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM))) {
    return type;
  }
  uint64_t a = (uint64_t)type << 32 | class_vector;
  uint64_t b = (uint64_t)function_vector << 32 | class_base;
  uint32_t result;
  if (find_entry(w->instantiate_cache, a, b, &result)) return result;
  result = il_type_instantiate(w->types->types, type, class_vector,
                               class_base, function_vector);
  put_entry(w->instantiate_cache, a, b, result);
  return result;
}

TypeId il_test_join(World *w, TypeId a, TypeId b) {
  TypeTable *types = w->types->types;
  if (a == TYPE_ID_NONE || a == TYPE_ID_EMPTY_VECTOR) return b;
  if (b == TYPE_ID_NONE || b == TYPE_ID_EMPTY_VECTOR) return a;
  const Type *x = il_type_get(types, a), *y = il_type_get(types, b);
  uint32_t small[32], count = x->count + y->count;
  uint32_t *items = count <= IL_COUNT_OF(small)
                        ? small
                        : il_memory_alloc(count * sizeof *items);
  memcpy(items, x->items, x->count * sizeof *items);
  memcpy(items + x->count, y->items, y->count * sizeof *items);
  TypeId joined = il_type_vector(types, items, count);
  if (items != small) il_memory_free(items, count * sizeof *items);
  return joined;
}

// ---- members of dynamic calls

FunctionId il_test_find_member(World *w, ClassId c, Name name,
                               MemberKind kind) {
  uint64_t key = (uint64_t)c << 32 | name;
  uint32_t found;
  if (find_entry(w->member_cache, key, kind, &found)) return found;
  found = il_program_find_member(w->program, c, name, kind);
  put_entry(w->member_cache, key, kind, found);
  return found;
}

// ---- types of values

TypeId il_test_vector_of(const World *w, Value v) {
  ClassId id = il_value_class(v);
  const ClassCode *c = w->tables.classes[id];
  if (c->has_vector) return (TypeId)il_value_object(v)->words[INSTANCE_VECTOR];
  return c->vector;
}

static TypeId type_of_closure(World *w, const Object *o) {
  const Function *f = w->tables.functions[il_closure_function(o)];
  TypeId class_vector = il_closure_class_vector(o);
  uint32_t base = 0;
  if (il_closure_is_tear_off(f)) {
    Value receiver = o->words[CLOSURE_CAPTURES];
    class_vector = il_test_vector_of(w, receiver);
    base = f->holder ? w->tables.classes[f->holder]->vector_base : 0;
  }
  TypeId type = il_test_instantiate(w, f->type, class_vector, base,
                                    il_closure_function_vector(o));
  TypeId own = il_closure_instantiation(o);
  if (own == TYPE_ID_NONE) return type;
  const Type *args = il_type_get(w->types->types, own);
  return il_type_function_apply(w->types->types, type, args->items,
                                args->count);
}

static TypeId type_of_record(World *w, const Object *o, uint32_t depth);

// The type of a record's field: strings and lists have classes of the run time
// by how they are stored, which no type of the program's shows.
static TypeId type_of_field(World *w, Value v, uint32_t depth) {
  ClassId id = il_value_class(v);
  if (id == CLASS_RECORD_VALUE) {
    return type_of_record(w, il_value_object(v), depth);
  }
  TypeId type = il_test_type_of(w, v), element;
  switch (id) {
    case CLASS_ONE_BYTE_STRING:
    case CLASS_TWO_BYTE_STRING: return TYPE_ID_STRING;
    case CLASS_TYPE_VALUE: return w->tables.classes[CLASS_TYPE]->type;
    case CLASS_SYMBOL_VALUE: return w->tables.classes[CLASS_SYMBOL]->type;
    case CLASS_FIXED_INT_LIST:
    case CLASS_GROWABLE_INT_LIST: element = TYPE_ID_INT; break;
    case CLASS_FIXED_DOUBLE_LIST:
    case CLASS_GROWABLE_DOUBLE_LIST: element = TYPE_ID_DOUBLE; break;
    case CLASS_FIXED_LIST:
    case CLASS_GROWABLE_LIST:
    case CLASS_CONST_LIST:
      element = il_type_get(w->types->types, type)->items[0];
      break;
    default: return type;
  }
  return il_type_interface(w->types->types, CLASS_LIST, &element, 1);
}

// Records nest as deep as the program makes them; the type of one that lies
// deeper than types can is Record.
static TypeId type_of_record(World *w, const Object *o, uint32_t depth) {
  if (depth > IL_TYPE_MAX_DEPTH / 2) {
    return w->tables.classes[CLASS_RECORD]->type;
  }
  const Program *p = w->program;
  const CodeShape *shape =
      il_program_shape(p, (ShapeId)o->words[RECORD_SHAPE]);
  uint32_t positional = shape->positional_count;
  uint32_t count = positional + shape->named_count;
  TypeId small[16], *items = small;
  if (count > 16) items = il_memory_alloc(count * sizeof *items);
  for (uint32_t i = 0; i < count; i++) {
    items[i] = type_of_field(w, o->words[RECORD_FIELDS + i], depth + 1);
  }
  TypeId type = il_type_record(w->types->types, items, positional,
                               IL_REL(const Name, shape->names),
                               items + positional, shape->named_count);
  if (items != small) il_memory_free(items, count * sizeof *items);
  return type;
}

TypeId il_test_type_of(World *w, Value v) {
  if (il_value_is_small(v)) return TYPE_ID_INT;
  const Object *o = il_value_object(v);
  ClassId id = il_object_class(o);
  if (id == CLASS_CLOSURE) return type_of_closure(w, o);
  if (id == CLASS_RECORD_VALUE) return type_of_record(w, o, 0);
  const ClassCode *c = w->tables.classes[id];
  if (!c->has_vector) return c->type;
  TypeId vector = (TypeId)o->words[INSTANCE_VECTOR];
  uint64_t key = (uint64_t)id << 32 | vector;
  uint32_t type;
  if (find_entry(w->type_cache, key, 0, &type)) return type;
  type = il_type_instantiate(w->types->types, c->type, vector, c->vector_base,
                             TYPE_ID_NONE);
  put_entry(w->type_cache, key, 0, type);
  return type;
}

TypeId il_test_public_type_of(World *w, Value v) {
  return type_of_field(w, v, 0);
}

// ---- tests

bool il_test_is_subtype(World *w, TypeId sub, TypeId super) {
  if (sub == super) return true;
  uint64_t key = pair_key(sub, super);
  int known = find_answer(w->subtype_cache, key);
  if (known >= 0) return known;
  bool answer = il_type_is_subtype(w->types, sub, super);
  put_answer(w->subtype_cache, key, answer);
  return answer;
}

bool il_test_is(World *w, Value v, TypeId type) {
  if (type == TYPE_ID_OBJECT_NULLABLE || type == TYPE_ID_DYNAMIC ||
      type == TYPE_ID_VOID) {
    return true;
  }
  return il_test_is_subtype(w, il_test_type_of(w, v), type);
}

static bool has_superclass(const TypeClass *c, ClassId wanted) {
  uint32_t low = 0, high = c->super_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (c->super_ids[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low < c->super_count && c->super_ids[low] == wanted;
}

bool il_test_is_class(World *w, Value v, ClassId wanted) {
  ClassId id = il_value_class(v);
  if (id == wanted) return true;
  uint64_t key = pair_key(id, wanted);
  int known = find_answer(w->subclass_cache, key);
  if (known >= 0) return known;
  bool answer = has_superclass(il_class_get(w->types->classes, id), wanted);
  put_answer(w->subclass_cache, key, answer);
  return answer;
}

// A yes for one instance of a class without a vector is one for all; only those
// are remembered.
bool il_test_can_store_slow(World *w, TypeId vector, Value v) {
  const Type *t = il_type_get(w->types->types, vector);
  if (t->count == 0) return false;
  TypeId item = t->items[t->count - 1];
  if (!il_test_is(w, v, item)) return false;
  ClassId c = il_value_class(v);
  bool is_plain = !w->tables.classes[c]->has_vector && c != CLASS_CLOSURE &&
                  c != CLASS_RECORD_VALUE;
  if (is_plain || item == TYPE_ID_OBJECT_NULLABLE || item == TYPE_ID_DYNAMIC) {
    atomic_store_explicit(
        &w->store_cache[(vector * 31 + c) & (IL_CACHE_SIZE - 1)],
        (uint64_t)vector << 32 | c, memory_order_relaxed);
  }
  return true;
}
