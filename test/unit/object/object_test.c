// object_test.c: values, sizes and edges by layout, strings of both widths.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "code/builder.h"
#include "code/image.h"
#include "object/object.h"

typedef struct World {
  NameTable names;
  TypeTable *types;
  ClassTable *classes;
  Builder *builder;
  Segment *core;
  Program *program;
} World;

static Layout layout_of(ClassId c) {
  switch (c) {
    case CLASS_ARRAY: return LAYOUT_ARRAY;
    case CLASS_ONE_BYTE_STRING: return LAYOUT_STRING1;
    case CLASS_TWO_BYTE_STRING: return LAYOUT_STRING2;
    case CLASS_TYPED_DATA: return LAYOUT_BYTES;
    case CLASS_WEAK_REFERENCE: return LAYOUT_WEAK;
    case CLASS_EPHEMERON: return LAYOUT_EPHEMERON;
    case CLASS_FINALIZER_ENTRY: return LAYOUT_FINALIZER;
    default: return LAYOUT_INSTANCE;
  }
}

static int open_world(void **state) {
  static World world;
  World *w = &world;
  memset(w, 0, sizeof *w);
  il_name_table_init(&w->names);
  w->types = il_type_table_new(&w->names, NULL);
  w->classes = il_class_table_new(NULL);
  w->builder =
      il_builder_new(&w->names, (TypeContext){w->types, w->classes}, NULL);
  for (ClassId c = 1; c < CLASS_WELL_KNOWN_COUNT; c++) {
    TypeClass *t = il_class_edit(w->classes, c);
    t->id = c;
    t->this_type = il_type_interface(w->types, c, NULL, 0);
    BuilderClass code = {
        .head = {.superclass = c == CLASS_OBJECT ? 0 : CLASS_OBJECT,
                 .layout = (uint8_t)layout_of(c),
                 .instance_words = 1,
                 .vector = TYPE_ID_EMPTY_VECTOR,
                 .type = t->this_type}};
    il_builder_class_set(w->builder, c, &code);
  }
  w->core = il_builder_finish(w->builder, NULL, NULL, NULL, 0);
  w->program = il_program_new(w->core);
  *state = w;
  return w->program ? 0 : -1;
}

static int close_world(void **state) {
  World *w = *state;
  il_program_free(w->program);
  il_segment_free(w->core);
  il_builder_free(w->builder);
  il_class_table_free(w->classes);
  il_type_table_free(w->types);
  il_name_table_drop(&w->names);
  return 0;
}

typedef struct Seen {
  Value *slots[16];
  uint32_t count;
} Seen;

static void see(Value *slot, void *context) {
  Seen *seen = context;
  seen->slots[seen->count++] = slot;
}

static Seen edges_of(World *w, void *object) {
  Seen seen = {0};
  il_object_each_edge(w->program, object, see, &seen);
  return seen;
}

static void test_small_integers_keep_their_sign(void **state) {
  (void)state;
  const int64_t some[] = {0, 1, -1, SMALL_INT_MAX, SMALL_INT_MIN};
  for (size_t i = 0; i < IL_COUNT_OF(some); i++) {
    assert_true(il_value_fits_small(some[i]));
    Value v = il_value_small(some[i]);
    assert_true(il_value_is_small(v));
    assert_true(il_value_small_get(v) == some[i]);
  }
  assert_false(il_value_fits_small(SMALL_INT_MAX + 1));
  assert_false(il_value_fits_small(SMALL_INT_MIN - 1));
  assert_false(il_value_is_small(VALUE_NULL));
}

static void test_an_array_has_its_items_for_edges(void **state) {
  uint64_t words[5] = {il_header(CLASS_ARRAY, 0), 3};
  Seen seen = edges_of(*state, words);
  assert_int_equal(seen.count, 3);
  assert_ptr_equal(seen.slots[0], &words[2]);
  assert_ptr_equal(seen.slots[2], &words[4]);
  World *w = *state;
  assert_int_equal(il_object_size_bytes(w->program, (Object *)words), 40);
}

static void test_what_is_weak_is_no_edge(void **state) {
  World *w = *state;
  Weak weak = {.header = il_header(CLASS_WEAK_REFERENCE, 0)};
  assert_int_equal(edges_of(w, &weak).count, 0);
  assert_true(il_object_is_weak(w->program, (Object *)(void *)&weak));
  Ephemeron pair = {.header = il_header(CLASS_EPHEMERON, 0)};
  assert_int_equal(edges_of(w, &pair).count, 0);
  FinalizerEntry entry = {.header = il_header(CLASS_FINALIZER_ENTRY, 0)};
  Seen seen = edges_of(w, &entry);
  for (uint32_t i = 0; i < seen.count; i++) {
    assert_ptr_not_equal(seen.slots[i], &entry.value);
  }
  uint64_t array[2] = {il_header(CLASS_ARRAY, 0), 0};
  assert_false(il_object_is_weak(w->program, (Object *)array));
}

static void test_bytes_are_rounded_up(void **state) {
  World *w = *state;
  uint64_t words[4] = {il_header(CLASS_TYPED_DATA, 0), 9};
  assert_int_equal(il_object_size_bytes(w->program, (Object *)words), 32);
  assert_int_equal(edges_of(w, words).count, 0);
}

// A string on the test's own memory.
static String *make_string(uint64_t *words, const uint16_t *units,
                           uint32_t length, bool wide) {
  String *s = (String *)words;
  s->header =
      il_header(wide ? CLASS_TWO_BYTE_STRING : CLASS_ONE_BYTE_STRING, 0);
  s->length = length;
  for (uint32_t i = 0; i < length; i++) {
    if (wide) il_string_units(s)[i] = units[i];
    if (!wide) s->bytes[i] = (uint8_t)units[i];
  }
  return s;
}

static void test_strings_hash_by_content(void **state) {
  (void)state;
  uint64_t a[8], b[8], c[8], d[8];
  const uint16_t narrow[] = {'i', 's', 0xff}, wide[] = {'i', 's', 0x100};
  String *first = make_string(a, narrow, 3, false);
  String *second = make_string(b, narrow, 3, false);
  String *third = make_string(c, wide, 3, true);
  String *shorter = make_string(d, narrow, 2, false);
  assert_true(il_string_equal(first, second));
  assert_false(il_string_equal(first, third));
  assert_false(il_string_equal(first, shorter));
  uint32_t hash = il_string_hash(first);
  assert_int_not_equal(hash, 0);
  assert_int_equal(hash, il_string_hash(second));
  assert_int_equal(hash, first->header >> HEADER_HASH_SHIFT);
  assert_int_not_equal(hash, il_string_hash(third));
  assert_int_equal(il_string_unit(third, 2), 0x100);
  assert_int_equal(il_string_unit(first, 2), 0xff);
}

static void test_a_long_string_ends_in_its_twin(void **state) {
  World *w = *state;
  static uint64_t words[STRING_LONG_BYTES / 8 + 4];
  String *s = (String *)words;
  s->header = il_header(CLASS_ONE_BYTE_STRING, 0);
  s->length = STRING_LONG_BYTES - 1;
  assert_false(il_string_is_long(s));
  assert_int_equal(edges_of(w, s).count, 0);
  s->length = STRING_LONG_BYTES;
  assert_true(il_string_is_long(s));
  size_t size = il_object_size_bytes(w->program, (Object *)(void *)s);
  assert_int_equal(size, sizeof(String) + STRING_LONG_BYTES + 8);
  Seen seen = edges_of(w, s);
  assert_int_equal(seen.count, 1);
  assert_ptr_equal(seen.slots[0], (char *)s + size - 8);
  s->header = il_header(CLASS_TWO_BYTE_STRING, 0);
  s->length = STRING_LONG_BYTES / 2;
  assert_true(il_string_is_long(s));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_small_integers_keep_their_sign),
      cmocka_unit_test(test_an_array_has_its_items_for_edges),
      cmocka_unit_test(test_what_is_weak_is_no_edge),
      cmocka_unit_test(test_bytes_are_rounded_up),
      cmocka_unit_test(test_strings_hash_by_content),
      cmocka_unit_test(test_a_long_string_ends_in_its_twin),
  };
  return cmocka_run_group_tests(tests, open_world, close_world);
}
