// world.h: the run-time side of a program, shared by all isolates of a group:
// constants as objects, initial statics, caches of type tests, natives.
//
// Caches are direct-mapped tables of words that any isolate reads and writes
// without a lock: an entry carries a check word made from its contents, so
// that one torn by a race reads as a miss.
//
// Owner:     the group; outlives its isolates. Program and natives are borrowed.
// Threads:   any after il_world_new.
// Allocates: memory.
// Fails:     never.
#ifndef ISLE_EXEC_WORLD_H
#define ISLE_EXEC_WORLD_H

#include <stdatomic.h>

#include "base/arena.h"
#include "base/flag.h"
#include "exec/native.h"

struct StaticPage;

typedef struct {
  _Atomic(uint64_t) words[4];
} CacheEntry;

#define IL_CACHE_SIZE 1024u

typedef struct World {
  const Program *program;
  ProgramTables tables;
  const TypeContext *types;
  NativeFn *const *natives;     // by NativeId
  const Flags *flags;
  Value *constants;             // by ConstantId, immortal objects
  struct StaticPage **static_pages;  // initial values (machine.h)
  uint32_t static_page_count;
  Arena arena;                  // of the constants
  _Atomic(uint64_t) subtype_cache[IL_CACHE_SIZE];
  _Atomic(uint64_t) subclass_cache[IL_CACHE_SIZE];
  _Atomic(uint64_t) store_cache[IL_CACHE_SIZE];
  CacheEntry type_cache[IL_CACHE_SIZE];         // of instances
  CacheEntry instantiate_cache[IL_CACHE_SIZE];
  CacheEntry member_cache[IL_CACHE_SIZE];       // of dynamic calls
} World;

// To be called once the program is complete.
World *il_world_new(const Program *program, NativeFn *const *natives,
                    const Flags *flags);
void il_world_free(World *world);

// The vector of an instance of a list class of the machine, from one that ends
// with the element type.
TypeId il_world_list_vector(World *w, ClassId list, TypeId vector);

// ---- test.c: types of values
// The run-time type of any value.
TypeId il_test_type_of(World *w, Value v);
// The same with lists and strings as the program knows them, however stored.
TypeId il_test_public_type_of(World *w, Value v);
bool il_test_is(World *w, Value v, TypeId type);
bool il_test_is_class(World *w, Value v, ClassId c);
bool il_test_is_subtype(World *w, TypeId sub, TypeId super);
TypeId il_test_instantiate(World *w, TypeId type, TypeId class_vector,
                           uint32_t class_base, TypeId function_vector);
// The items of one vector, then the other's; either may be TYPE_ID_NONE.
TypeId il_test_join(World *w, TypeId a, TypeId b);
// May v be an item of a list whose class has this type vector?
bool il_test_can_store_slow(World *w, TypeId vector, Value v);
static inline bool il_test_can_store(World *w, TypeId vector, Value v) {
  ClassId c = il_value_class(v);
  uint64_t key = (uint64_t)vector << 32 | c;
  _Atomic(uint64_t) *at =
      &w->store_cache[(vector * 31 + c) & (IL_CACHE_SIZE - 1)];
  return atomic_load_explicit(at, memory_order_relaxed) == key ||
         il_test_can_store_slow(w, vector, v);
}
// il_program_find_member, remembered.
FunctionId il_test_find_member(World *w, ClassId c, Name name,
                               MemberKind kind);
// The type vector of an instance, TYPE_ID_NONE when its class has none.
TypeId il_test_vector_of(const World *w, Value v);

#endif
