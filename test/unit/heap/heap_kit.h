// heap_kit.h: a program of nothing but layouts, and a heap of it.
#ifndef ISLE_TEST_HEAP_KIT_H
#define ISLE_TEST_HEAP_KIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "code/builder.h"
#include "code/image.h"
#include "heap/handover.h"
#include "heap/space.h"

#define KIT_ROOTS 64u

typedef struct HeapKit {
  NameTable names;
  TypeTable *types;
  ClassTable *classes;
  Builder *builder;
  Segment *core;
  Program *program;
  Flags flags;
  Pool *pool;
  Heap heap;
  Value roots[KIT_ROOTS];
} HeapKit;

static inline void kit_visit_roots(void *roots, EdgeFn *visit, void *context) {
  HeapKit *k = roots;
  for (uint32_t i = 0; i < KIT_ROOTS; i++) visit(&k->roots[i], context);
}

static inline Layout kit_layout(ClassId c) {
  switch (c) {
    case CLASS_ARRAY: return LAYOUT_ARRAY;
    case CLASS_WEAK_REFERENCE: return LAYOUT_WEAK;
    case CLASS_EPHEMERON: return LAYOUT_EPHEMERON;
    case CLASS_FINALIZER_ENTRY: return LAYOUT_FINALIZER;
    case CLASS_ONE_BYTE_STRING: return LAYOUT_STRING1;
    case CLASS_TYPED_DATA: return LAYOUT_BYTES;
    case CLASS_NULL: return LAYOUT_NULL;
    case CLASS_BOOL: return LAYOUT_BOOL;
    default: return LAYOUT_INSTANCE;
  }
}

static inline void kit_open_heap(HeapKit *k) {
  for (uint32_t i = 0; i < KIT_ROOTS; i++) k->roots[i] = VALUE_NULL;
  il_heap_init(&k->heap, k->pool, k->program, &k->flags, kit_visit_roots, k);
}

static inline void kit_open(HeapKit *k) {
  memset(k, 0, sizeof *k);
  il_name_table_init(&k->names);
  k->types = il_type_table_new(&k->names, NULL);
  k->classes = il_class_table_new(NULL);
  il_flag_init(&k->flags);
  k->flags.audit_heap = true;
  k->builder =
      il_builder_new(&k->names, (TypeContext){k->types, k->classes}, NULL);
  for (ClassId c = 1; c < CLASS_WELL_KNOWN_COUNT; c++) {
    TypeClass *t = il_class_edit(k->classes, c);
    t->id = c;
    t->this_type = il_type_interface(k->types, c, NULL, 0);
    BuilderClass code = {
        .head = {.superclass = c == CLASS_OBJECT ? 0 : CLASS_OBJECT,
                 .layout = (uint8_t)kit_layout(c),
                 .instance_words = 1,
                 .vector = TYPE_ID_EMPTY_VECTOR,
                 .type = t->this_type}};
    il_builder_class_set(k->builder, c, &code);
  }
  k->core = il_builder_finish(k->builder, NULL, NULL, NULL, 0);
  assert_non_null(k->core);
  k->program = il_program_new(k->core);
  k->pool = il_pool_new(0);
  kit_open_heap(k);
}

// All memory must have come back.
static inline void kit_close(HeapKit *k) {
  il_heap_drop(&k->heap);
  assert_true(il_pool_audit(k->pool));
  assert_int_equal(il_pool_held_bytes(k->pool), 0);
  il_pool_free(k->pool);
  il_program_free(k->program);
  il_segment_free(k->core);
  il_builder_free(k->builder);
  il_class_table_free(k->classes);
  il_type_table_free(k->types);
  il_name_table_drop(&k->names);
}

// As the machine does: what does not fit is reserved for, and tried once more.
static inline void *kit_allocate(HeapKit *k, size_t size_bytes) {
  void *p = il_heap_allocate(&k->heap, size_bytes);
  if (p) return p;
  if (il_heap_reserve(&k->heap, size_bytes) != IL_OK) return NULL;
  p = il_heap_allocate(&k->heap, size_bytes);
  assert_non_null(p);
  return p;
}

// A node: an array whose first item is a number, the rest null.
static inline Array *kit_fill(void *p, uint64_t length, int64_t number) {
  Array *a = p;
  a->header = il_header(CLASS_ARRAY, 0);
  a->length = length;
  for (uint64_t i = 0; i < length; i++) a->items[i] = VALUE_NULL;
  a->items[0] = il_value_small(number);
  return a;
}
static inline Array *kit_node(HeapKit *k, uint64_t length, int64_t number) {
  void *p = kit_allocate(k, sizeof(Array) + length * 8);
  return p ? kit_fill(p, length, number) : NULL;
}
static inline Array *kit_array(Value v) {
  return (Array *)(void *)il_value_object(v);
}
static inline int64_t kit_number(Value v) {
  return il_value_small_get(kit_array(v)->items[0]);
}
static inline void kit_link(HeapKit *k, Value from, uint32_t item, Value to) {
  Array *a = kit_array(from);
  il_heap_store(&k->heap, (Object *)(void *)a, &a->items[item], to);
}

// Weak things: of the roots, since making them may collect.
static inline Value kit_weak(HeapKit *k, uint32_t target_root) {
  Weak *w = kit_allocate(k, sizeof *w);
  w->header = il_header(CLASS_WEAK_REFERENCE, 0);
  w->vector = TYPE_ID_EMPTY_VECTOR;
  w->target = k->roots[target_root];
  return il_value_of(w);
}
static inline Value kit_ephemeron(HeapKit *k, uint32_t key, uint32_t value) {
  Ephemeron *e = kit_allocate(k, sizeof *e);
  e->header = il_header(CLASS_EPHEMERON, 0);
  e->key = k->roots[key];
  e->value = k->roots[value];
  return il_value_of(e);
}
static inline Value kit_target(Value weak) {
  return ((Weak *)(void *)il_value_object(weak))->target;
}
static inline Ephemeron *kit_pair(Value v) {
  return (Ephemeron *)(void *)il_value_object(v);
}

#endif
