// payload_test.c: payloads live as long as a heap or a message holds them, and
// no longer, through copying, marking, and bulk release.
#include "unit/heap/heap_kit.h"

typedef struct Two {
  HeapKit kit;
  Budget budget;
  Heap other;
  Value roots[4];
} Two;

static void visit_other(void *roots, EdgeFn *visit, void *context) {
  Two *two = roots;
  for (int i = 0; i < 4; i++) visit(&two->roots[i], context);
}

static void open_two(Two *two) {
  memset(two, 0, sizeof *two);
  kit_open(&two->kit);
  il_heap_drop(&two->kit.heap);
  two->kit.pool->budget = &two->budget;
  kit_open_heap(&two->kit);
  for (int i = 0; i < 4; i++) two->roots[i] = VALUE_NULL;
  il_heap_init(&two->other, two->kit.pool, two->kit.program, &two->kit.flags,
               visit_other, two);
}

static void close_two(Two *two) {
  il_heap_drop(&two->other);
  il_heap_drop(&two->kit.heap);
  assert_int_equal(two->kit.pool->payload_bytes, 0);
  kit_open_heap(&two->kit);
  kit_close(&two->kit);
  assert_int_equal(two->budget.payload_count, 0);
  assert_int_equal(two->budget.payload_bytes, 0);
  assert_int_equal(two->budget.used_bytes, 0);
}

static String *new_string(HeapKit *k, uint64_t length) {
  size_t size_bytes = il_string_size_bytes(length, false);
  String *s = kit_allocate(k, size_bytes);
  memset(s, 0, size_bytes);
  s->header = il_header(CLASS_ONE_BYTE_STRING, 0);
  s->length = length;
  memset(s->bytes, 'a', length);
  return s;
}

static Payload *payload_of(Value v) {
  return il_payload_of(il_value_object(v));
}

// Shares the string of root 0; root 1 is what messages name then.
static Payload *share(HeapKit *k) {
  String *s = (String *)(void *)il_value_object(k->roots[0]);
  Object *shared = il_payload_share(&k->heap, s);
  assert_non_null(shared);
  k->roots[1] = il_value_of(shared);
  return il_payload_of(shared);
}

static void send(Two *two, Value v, int root) {
  Parcel parcel;
  il_parcel_init(&parcel, two->kit.pool);
  il_payload_hold(&parcel.payloads, payload_of(v), 0);
  il_heap_adopt(&two->other, &parcel);
  two->roots[root] = v;
}

// A small string is copied once, a large one is turned into a payload.
static void test_share(void **state) {
  (void)state;
  Two two;
  open_two(&two);
  HeapKit *k = &two.kit;
  const uint64_t lengths[] = {STRING_LONG_BYTES, 5000, 100000};
  for (uint32_t i = 0; i < 3; i++) {
    k->roots[0] = il_value_of(new_string(k, lengths[i]));
    uint32_t hash =
        il_string_hash((String *)(void *)il_value_object(k->roots[0]));
    Payload *p = share(k);
    assert_int_equal(p->holders, 1);
    assert_int_equal(p->is_run, lengths[i] > HEAP_LARGE_BYTES);
    assert_true((k->roots[0] == k->roots[1]) == p->is_run);
    String *shared = (String *)(void *)il_value_object(k->roots[1]);
    assert_int_equal(il_string_hash(shared), hash);
    assert_true(share(k) == p);
    il_heap_collect(&k->heap);
    assert_int_equal(p->holders, 1);
    // The twin holds it for the next time.
    k->roots[1] = VALUE_NULL;
    il_heap_collect(&k->heap);
    assert_true(share(k) == p);
    k->roots[0] = k->roots[1] = VALUE_NULL;
    il_heap_collect(&k->heap);
    assert_int_equal(two.budget.payload_count, 0);
  }
  close_two(&two);
}

// A hash that is made later is the same wherever it is asked for.
static void test_late_hash(void **state) {
  (void)state;
  Two two;
  open_two(&two);
  HeapKit *k = &two.kit;
  k->roots[0] = il_value_of(new_string(k, 3000));
  share(k);
  String *s = (String *)(void *)il_value_object(k->roots[1]);
  Header before = s->header;
  uint32_t hash = il_string_hash(s);
  assert_true(hash != 0 && s->header == before);
  assert_int_equal(il_string_hash(s), hash);
  String *own = (String *)(void *)il_value_object(k->roots[0]);
  assert_int_equal(il_string_hash(own), hash);
  close_two(&two);
}

static void test_two_heaps(void **state) {
  (void)state;
  Two two;
  open_two(&two);
  HeapKit *k = &two.kit;
  k->roots[0] = il_value_of(new_string(k, 50000));
  Payload *p = share(k);
  Value v = k->roots[1];
  send(&two, v, 0);
  send(&two, v, 1);
  assert_int_equal(p->holders, 2);
  assert_int_equal(k->pool->payload_bytes, 2 * p->size_bytes);
  assert_int_equal(two.budget.payload_bytes, p->size_bytes);
  assert_true(il_heap_charged_bytes(&two.other) >= 50000);
  assert_true(il_heap_charged_bytes(&k->heap) >= 50000);
  k->roots[0] = k->roots[1] = VALUE_NULL;
  il_heap_collect(&k->heap);
  assert_int_equal(p->holders, 1);
  two.roots[0] = VALUE_NULL;
  il_heap_collect(&two.other);
  assert_int_equal(two.budget.payload_count, 1);
  two.roots[1] = VALUE_NULL;
  il_heap_collect(&two.other);
  assert_int_equal(two.budget.payload_count, 0);
  close_two(&two);
}

// Mail that nobody takes, and a heap that is dropped with what it holds.
static void test_bulk_release(void **state) {
  (void)state;
  Two two;
  open_two(&two);
  HeapKit *k = &two.kit;
  Parcel parcel;
  il_parcel_init(&parcel, k->pool);
  for (int i = 0; i < 20; i++) {
    k->roots[0] = il_value_of(new_string(k, (uint64_t)(1000 + 1000 * i)));
    if (i == 0) continue;
    Payload *p = share(k);
    il_payload_hold(&parcel.payloads, p, 0);
    il_payload_hold(&parcel.payloads, p, 0);
    if (i % 2) send(&two, k->roots[1], 0);
  }
  k->roots[0] = k->roots[1] = VALUE_NULL;
  il_heap_collect(&k->heap);
  assert_int_equal(two.budget.payload_count, 19);
  il_parcel_drop(&parcel);
  assert_int_equal(two.budget.payload_count, 10);
  close_two(&two);
}

// While the old space is marked: what is overwritten, taken from a weak slot or
// comes with a message stays, what died does not.
static void test_while_marking(void **state) {
  (void)state;
  Two two;
  open_two(&two);
  HeapKit *k = &two.kit;
  // Much that lives, so that the heap has an old space.
  k->roots[2] = il_value_of(kit_node(k, 1000, 1));
  for (uint32_t i = 1; i < 1000; i++) {
    Value node = il_value_of(kit_node(k, 60, i));
    kit_link(k, k->roots[2], i, node);
  }
  k->roots[0] = il_value_of(new_string(k, 9000));
  Payload *kept = share(k);
  kit_link(k, kit_array(k->roots[2])->items[7], 3, k->roots[1]);
  k->roots[0] = k->roots[1] = VALUE_NULL;
  il_heap_collect(&k->heap);
  il_heap_collect(&k->heap);
  HeapSpace *s = k->heap.space;
  assert_true(s->is_generational && !s->is_marking);
  assert_int_equal(kept->holders, 1);

  il_old_start_marking(s);
  Value holder = kit_array(k->roots[2])->items[7];
  k->roots[3] = kit_array(holder)->items[3];
  kit_link(k, holder, 3, VALUE_NULL);
  k->roots[0] = il_value_of(new_string(k, 9000));
  Payload *fresh = share(k);
  il_heap_collect(&k->heap);
  assert_int_equal(kept->holders, 1);
  assert_int_equal(fresh->holders, 1);
  assert_int_equal(two.budget.payload_count, 2);
  k->roots[0] = k->roots[1] = k->roots[3] = VALUE_NULL;
  il_heap_collect(&k->heap);
  assert_int_equal(two.budget.payload_count, 0);
  close_two(&two);
}

// A heap that is sent much and allocates little collects nonetheless.
static void test_pressure(void **state) {
  (void)state;
  Two two;
  open_two(&two);
  HeapKit *k = &two.kit;
  for (int i = 0; i < 200; i++) {
    k->roots[0] = il_value_of(new_string(k, 200000));
    share(k);
    send(&two, k->roots[1], 0);
    k->roots[0] = k->roots[1] = VALUE_NULL;
    if (!il_heap_allocate(&two.other, 64))
      assert_int_equal(il_heap_reserve(&two.other, 64), IL_OK);
    assert_true(two.budget.payload_bytes < (40u << 20));
  }
  assert_true(il_heap_collection_count(&two.other) > 2);
  close_two(&two);
}

// Sealed bytes have one holder, and leave at once.
static void test_bytes_leave(void **state) {
  (void)state;
  Two two;
  open_two(&two);
  HeapKit *k = &two.kit;
  const size_t lengths[] = {0, 100, 5000, 100000};
  for (int i = 0; i < 4; i++) {
    Bytes *bytes = il_payload_new_bytes(&k->heap, lengths[i]);
    if (!bytes) {
      assert_int_equal(il_heap_reserve(&k->heap, lengths[i] + 64), IL_OK);
      bytes = il_payload_new_bytes(&k->heap, lengths[i]);
    }
    Object *o = (Object *)(void *)bytes;
    Payload *p = il_payload_of(o);
    assert_true(il_payload_travels(o) && bytes->length == lengths[i]);
    send(&two, il_value_of(o), i);
    assert_int_equal(p->holders, 2);
    il_payload_leave(&k->heap, o);
    assert_int_equal(p->holders, 1);
    il_payload_open(o);
    assert_false(il_payload_travels(o));
    // Its one holder may write its header.
    uint32_t hash = il_heap_hash(&two.other, o);
    il_heap_collect(&two.other);
    assert_int_equal(il_heap_hash(&two.other, o), hash);
  }
  close_two(&two);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_share),
      cmocka_unit_test(test_late_hash),
      cmocka_unit_test(test_two_heaps),
      cmocka_unit_test(test_bulk_release),
      cmocka_unit_test(test_while_marking),
      cmocka_unit_test(test_pressure),
      cmocka_unit_test(test_bytes_leave),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
