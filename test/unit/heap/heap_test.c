// heap_test.c: heaps keep what is reachable, as it was, through all that they
// do: small and generational, while marking, under stress; weak things die when
// what they name does; memory comes back.
#include "unit/heap/heap_kit.h"

// ---- a random graph and its shadow ------------------------------------------

enum {
  NODE_EDGES = 6,
  MODEL_NODES = 60000,
  MODEL_ROOTS = 24,       // roots [0, 24): nodes
  MODEL_WEAK = 12,        // roots [24, 36): weak references
  MODEL_EPHEMERONS = 12,  // roots [36, 48): ephemerons
  FIRST_WEAK = MODEL_ROOTS,
  FIRST_EPHEMERON = FIRST_WEAK + MODEL_WEAK,
};

typedef struct Model {
  HeapKit kit;
  int32_t (*edges)[NODE_EDGES];      // node -> nodes; -1: none
  uint32_t *length;                  // items of each node
  Value *seen;                       // where it is, found by this check
  int32_t *todo;
  int32_t count;
  int32_t roots[MODEL_ROOTS];
  int32_t weak[MODEL_WEAK];
  int32_t keys[MODEL_EPHEMERONS], values[MODEL_EPHEMERONS];
  uint64_t random;
  uint32_t large_odds;
} Model;

static uint32_t choose(Model *m, uint32_t count) {
  m->random = m->random * UINT64_C(6364136223846793005) +
              UINT64_C(1442695040888963407);
  return (uint32_t)(m->random >> 33) % count;
}

static void open_model(Model *m, uint64_t seed) {
  memset(m, 0, sizeof *m);
  kit_open(&m->kit);
  m->kit.flags.audit_heap = false;  // check() audits, now and then
  m->edges = il_memory_zalloc(MODEL_NODES * sizeof *m->edges);
  m->length = il_memory_zalloc(MODEL_NODES * sizeof *m->length);
  m->seen = il_memory_zalloc(MODEL_NODES * sizeof *m->seen);
  m->todo = il_memory_zalloc(MODEL_NODES * sizeof *m->todo);
  memset(m->roots, -1, sizeof m->roots);
  memset(m->weak, -1, sizeof m->weak);
  memset(m->keys, -1, sizeof m->keys);
  m->random = seed;
  m->large_odds = 40;
}

static void close_model(Model *m) {
  kit_close(&m->kit);
  il_memory_free(m->edges, MODEL_NODES * sizeof *m->edges);
  il_memory_free(m->length, MODEL_NODES * sizeof *m->length);
  il_memory_free(m->seen, MODEL_NODES * sizeof *m->seen);
  il_memory_free(m->todo, MODEL_NODES * sizeof *m->todo);
}

static void meet(Model *m, int32_t *todo_count, Value v, int32_t node) {
  if (node < 0) {
    assert_true(v == VALUE_NULL);
    return;
  }
  assert_false(il_value_is_small(v));
  if (m->seen[node]) {
    assert_true(m->seen[node] == v);  // one object a node
    return;
  }
  assert_int_equal(kit_number(v), node);
  m->seen[node] = v;
  m->todo[(*todo_count)++] = node;
}

static void trace(Model *m, int32_t todo_count) {
  while (todo_count > 0) {
    int32_t node = m->todo[--todo_count];
    Array *a = kit_array(m->seen[node]);
    assert_int_equal(a->length, m->length[node]);
    for (uint32_t e = 0; e < NODE_EDGES; e++)
      meet(m, &todo_count, a->items[1 + e], m->edges[node][e]);
  }
}

static void check(Model *m) {
  il_heap_audit(&m->kit.heap);
  memset(m->seen, 0, MODEL_NODES * sizeof *m->seen);
  int32_t todo_count = 0;
  for (uint32_t i = 0; i < MODEL_ROOTS; i++)
    meet(m, &todo_count, m->kit.roots[i], m->roots[i]);
  trace(m, todo_count);
  for (uint32_t i = 0; i < MODEL_WEAK; i++) {
    if (m->weak[i] < 0) continue;
    Value target = kit_target(m->kit.roots[FIRST_WEAK + i]);
    if (m->seen[m->weak[i]]) assert_true(target == m->seen[m->weak[i]]);
    if (target == VALUE_NULL) continue;
    todo_count = 0;
    meet(m, &todo_count, target, m->weak[i]);
    trace(m, todo_count);
  }
  for (uint32_t i = 0; i < MODEL_EPHEMERONS; i++) {
    if (m->keys[i] < 0) continue;
    const Ephemeron *e = kit_pair(m->kit.roots[FIRST_EPHEMERON + i]);
    if (e->key == VALUE_NULL) {
      assert_true(e->value == VALUE_NULL);
      continue;
    }
    todo_count = 0;
    meet(m, &todo_count, e->key, m->keys[i]);
    meet(m, &todo_count, e->value, m->values[i]);
    trace(m, todo_count);
  }
}

// A node found by a walk from a random root; -1 when that root is empty.
static int32_t walk(Model *m, Value *v) {
  uint32_t r = choose(m, MODEL_ROOTS);
  int32_t node = m->roots[r];
  *v = m->kit.roots[r];
  for (uint32_t steps = choose(m, 12); node >= 0 && steps > 0; steps--) {
    uint32_t e = choose(m, NODE_EDGES);
    if (m->edges[node][e] < 0) continue;
    *v = kit_array(*v)->items[1 + e];
    node = m->edges[node][e];
  }
  return node;
}

static int32_t new_id(Model *m, uint32_t *length) {
  *length = 1 + NODE_EDGES + choose(m, 10);
  if (choose(m, m->large_odds) == 0) *length = 1100 + choose(m, 900);
  if (choose(m, 50) == 0) *length = 200 + choose(m, 700);
  int32_t id = m->count++;
  m->length[id] = *length;
  memset(m->edges[id], -1, sizeof m->edges[id]);
  return id;
}

static void do_new(Model *m) {
  uint32_t length, r = choose(m, MODEL_ROOTS);
  int32_t id = new_id(m, &length);
  Array *a = kit_node(&m->kit, length, id);
  // Filled without a barrier, as makers do.
  for (uint32_t e = 0; e < NODE_EDGES; e++) {
    Value v;
    int32_t to = choose(m, 2) ? -1 : walk(m, &v);
    if (to < 0) continue;
    a->items[1 + e] = v;
    m->edges[id][e] = to;
  }
  m->kit.roots[r] = il_value_of(a);
  m->roots[r] = id;
}

static void do_link(Model *m) {
  Value from, to;
  int32_t a = walk(m, &from), b = walk(m, &to);
  if (a < 0) return;
  uint32_t e = choose(m, NODE_EDGES);
  if (b < 0) to = VALUE_NULL;
  kit_link(&m->kit, from, 1 + e, to);
  m->edges[a][e] = b;
}

static void do_root(Model *m) {
  Value v;
  int32_t node = walk(m, &v);
  uint32_t r = choose(m, MODEL_ROOTS);
  m->roots[r] = node;
  m->kit.roots[r] = node < 0 ? VALUE_NULL : v;
}

static void do_make_weak(Model *m) {
  uint32_t r = choose(m, MODEL_ROOTS), w = choose(m, MODEL_WEAK);
  if (m->roots[r] < 0) return;
  m->kit.roots[FIRST_WEAK + w] = kit_weak(&m->kit, r);
  m->weak[w] = m->roots[r];
}

static void do_make_ephemeron(Model *m) {
  uint32_t k = choose(m, MODEL_ROOTS), v = choose(m, MODEL_ROOTS);
  uint32_t e = choose(m, MODEL_EPHEMERONS);
  if (m->roots[k] < 0 || m->roots[v] < 0) return;
  m->kit.roots[FIRST_EPHEMERON + e] = kit_ephemeron(&m->kit, k, v);
  m->keys[e] = m->roots[k];
  m->values[e] = m->roots[v];
}

// What was weakly held alone comes back.
static void do_load_weak(Model *m) {
  uint32_t r = choose(m, MODEL_ROOTS), w = choose(m, MODEL_WEAK);
  if (m->weak[w] >= 0) {
    Value v = kit_target(m->kit.roots[FIRST_WEAK + w]);
    v = il_heap_load_weak(&m->kit.heap, v);
    m->kit.roots[r] = v;
    m->roots[r] = v == VALUE_NULL ? -1 : m->weak[w];
  }
  uint32_t e = choose(m, MODEL_EPHEMERONS);
  if (m->keys[e] >= 0) {
    Value v = kit_pair(m->kit.roots[FIRST_EPHEMERON + e])->value;
    v = il_heap_load_weak(&m->kit.heap, v);
    r = choose(m, MODEL_ROOTS);
    m->kit.roots[r] = v;
    m->roots[r] = v == VALUE_NULL ? -1 : m->values[e];
  }
}

// A chain of new nodes arrives.
static void do_adopt(Model *m) {
  Parcel parcel;
  il_parcel_init(&parcel, m->kit.pool);
  Value last = VALUE_NULL;
  int32_t last_id = -1;
  for (uint32_t i = 1 + choose(m, 30); i > 0; i--) {
    uint32_t length;
    int32_t id = new_id(m, &length);
    void *p = il_parcel_allocate(&parcel, sizeof(Array) + length * 8);
    assert_non_null(p);
    Array *a = kit_fill(p, length, id);
    a->items[1] = last;
    m->edges[id][0] = last_id;
    last = il_value_of(a);
    last_id = id;
  }
  assert_true(il_pool_audit(m->kit.pool));
  if (choose(m, 4) == 0) {
    il_parcel_drop(&parcel);
    return;
  }
  il_heap_adopt(&m->kit.heap, &parcel);
  uint32_t r = choose(m, MODEL_ROOTS);
  m->kit.roots[r] = last;
  m->roots[r] = last_id;
}

// Begins or goes on with a cycle by small steps, with collections of the nursery
// between them, so that much happens while marking.
static void do_cycle(Model *m) {
  Heap *heap = &m->kit.heap;
  HeapSpace *s = heap->space;
  if (!s->is_generational) return;
  if (s->is_marking && choose(m, 4)) {
    il_old_mark_some(s, 1000);
    return;
  }
  il_collect_young(heap);
  if (!s->is_marking) il_old_start_marking(s);
  else if (choose(m, 8) == 0) il_old_finish_marking(s);
}

static void do_something(Model *m) {
  uint32_t what = choose(m, 1000);
  if (what < 330) do_new(m);
  else if (what < 700) do_link(m);
  else if (what < 860) do_root(m);
  else if (what < 890) do_make_weak(m);
  else if (what < 920) do_make_ephemeron(m);
  else if (what < 955) do_load_weak(m);
  else if (what < 962) do_adopt(m);
  else if (what < 990) do_cycle(m);
  else if (what < 992) il_heap_step(&m->kit.heap);
  else if (choose(m, 8) == 0) il_heap_collect(&m->kit.heap);
}

static void run_model(Model *m, uint32_t steps, uint32_t between) {
  for (uint32_t i = 1; i <= steps && m->count < MODEL_NODES - 40; i++) {
    do_something(m);
    if (i % between == 0) check(m);
  }
  check(m);
  assert_true(il_pool_audit(m->kit.pool));
}

static void test_random(void **state) {
  (void)state;
  for (uint64_t seed = 1; seed <= 6; seed++) {
    Model m;
    open_model(&m, seed);
    run_model(&m, 30000, 97);
    assert_true(m.kit.heap.space->is_generational);
    assert_true(m.kit.heap.space->cycle_count > 0);
    // Without roots nothing stays.
    for (uint32_t i = 0; i < KIT_ROOTS; i++) m.kit.roots[i] = VALUE_NULL;
    il_heap_collect(&m.kit.heap);
    assert_int_equal(il_heap_borrowed_bytes(&m.kit.heap), 0);
    close_model(&m);
  }
}

static void test_random_stress(void **state) {
  (void)state;
  Model m;
  open_model(&m, 77);
  m.kit.flags.gc_stress = true;
  run_model(&m, 6000, 31);
  close_model(&m);
}

// ---- one thing at a time ----------------------------------------------------

// Keeps more than a small heap does under a root.
static void grow_old(HeapKit *k, uint32_t root, uint32_t count) {
  k->roots[root] = VALUE_NULL;
  for (uint32_t i = 0; i < count; i++) {
    Array *a = kit_node(k, 30, i);
    a->items[1] = k->roots[root];
    k->roots[root] = il_value_of(a);
  }
  il_heap_collect(&k->heap);
}

static void test_weak_small(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  k.roots[0] = il_value_of(kit_node(&k, 4, 1));
  k.roots[1] = kit_weak(&k, 0);
  k.roots[2] = il_value_of(kit_node(&k, 4, 2));
  k.roots[3] = kit_ephemeron(&k, 0, 2);
  k.roots[2] = VALUE_NULL;
  il_heap_collect(&k.heap);
  assert_true(kit_target(k.roots[1]) == k.roots[0]);
  assert_int_equal(kit_number(kit_pair(k.roots[3])->value), 2);
  k.roots[0] = VALUE_NULL;
  il_heap_collect(&k.heap);
  assert_true(kit_target(k.roots[1]) == VALUE_NULL);
  assert_true(kit_pair(k.roots[3])->key == VALUE_NULL);
  assert_true(kit_pair(k.roots[3])->value == VALUE_NULL);
  kit_close(&k);
}

// A weak reference that marking met is settled by marking, whatever the
// collections of the nursery in between.
static void test_weak_while_marking(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  grow_old(&k, 0, 400);
  HeapSpace *s = k.heap.space;
  assert_true(s->is_generational);
  k.roots[1] = il_value_of(kit_node(&k, 4, 7));
  k.roots[2] = kit_weak(&k, 1);
  k.roots[4] = kit_ephemeron(&k, 1, 1);
  il_heap_collect(&k.heap);
  k.roots[1] = VALUE_NULL;
  il_old_start_marking(s);
  il_old_mark_some(s, SIZE_MAX);
  kit_node(&k, 4, 8);
  il_collect_young(&k.heap);
  assert_true(kit_target(k.roots[2]) != VALUE_NULL);
  il_old_finish_marking(s);
  assert_true(kit_target(k.roots[2]) == VALUE_NULL);
  assert_true(kit_pair(k.roots[4])->value == VALUE_NULL);
  kit_close(&k);
}

// What is got from a weak slot while marking stays.
static void test_load_while_marking(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  grow_old(&k, 0, 400);
  HeapSpace *s = k.heap.space;
  k.roots[1] = il_value_of(kit_node(&k, 4, 7));
  k.roots[2] = kit_weak(&k, 1);
  il_heap_collect(&k.heap);
  k.roots[1] = VALUE_NULL;
  il_old_start_marking(s);
  il_old_mark_some(s, SIZE_MAX);
  k.roots[1] = il_heap_load_weak(&k.heap, kit_target(k.roots[2]));
  il_old_finish_marking(s);
  il_heap_audit(&k.heap);
  assert_int_equal(kit_number(k.roots[1]), 7);
  assert_true(kit_target(k.roots[2]) == k.roots[1]);
  kit_close(&k);
}

// The first root is watched, the second the token.
static void watch(HeapKit *k) {
  k->roots[0] = il_value_of(kit_node(k, 4, 1));
  k->roots[1] = il_value_of(kit_node(k, 4, 2));
  FinalizerEntry *e = kit_allocate(k, sizeof *e);
  e->header = il_header(CLASS_FINALIZER_ENTRY, 0);
  e->value = k->roots[0];
  e->finalizer = e->token = k->roots[1];
  e->next = VALUE_NULL;
  il_heap_add_finalizer(&k->heap, (Object *)(void *)e);
}

// What was made and promoted while marking lives.
static void test_finalizer_while_marking(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  grow_old(&k, 9, 400);
  il_old_start_marking(k.heap.space);
  watch(&k);
  il_collect_young(&k.heap);
  il_old_finish_marking(k.heap.space);
  il_heap_audit(&k.heap);
  assert_true(il_heap_take_dead(&k.heap) == 0);
  kit_close(&k);
}

static void test_finalizer(void **state) {
  (void)state;
  for (int is_old = 0; is_old < 2; is_old++) {
    HeapKit k;
    kit_open(&k);
    if (is_old) grow_old(&k, 9, 400);
    watch(&k);
    k.roots[1] = VALUE_NULL;
    il_heap_collect(&k.heap);
    assert_true(il_heap_take_dead(&k.heap) == 0);
    k.roots[0] = VALUE_NULL;
    il_heap_collect(&k.heap);
    il_heap_collect(&k.heap);
    Value dead = il_heap_take_dead(&k.heap);
    assert_true(dead != 0);
    FinalizerEntry *e = (FinalizerEntry *)(void *)il_value_object(dead);
    assert_true(e->value == VALUE_NULL);
    assert_int_equal(kit_number(e->token), 2);
    assert_true(il_heap_take_dead(&k.heap) == 0);
    kit_close(&k);
  }
}

// A dying heap's memory, large objects too, becomes another's, whose barrier
// then works for it.
static void test_hand_over(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  k.roots[0] = il_value_of(kit_node(&k, 2000, 1));
  Value young = il_value_of(kit_node(&k, 4, 2));
  kit_link(&k, k.roots[0], 1, young);  // remembered
  k.roots[1] = il_value_of(kit_node(&k, 4, 3));
  Value weak = kit_weak(&k, 1);
  kit_link(&k, k.roots[0], 2, weak);
  kit_node(&k, 3000, 4);  // dies
  Value root = k.roots[0];
  Parcel parcel;
  assert_int_equal(il_heap_hand_over(&k.heap, &root, &parcel), IL_OK);
  il_heap_drop(&k.heap);
  assert_true(il_pool_audit(k.pool));
  kit_open_heap(&k);
  grow_old(&k, 5, 400);
  il_heap_adopt(&k.heap, &parcel);
  k.roots[0] = root;
  assert_true(kit_target(kit_array(root)->items[2]) == VALUE_NULL);
  il_heap_collect(&k.heap);
  kit_link(&k, k.roots[0], 3, il_value_of(kit_node(&k, 4, 5)));
  il_collect_young(&k.heap);
  il_heap_audit(&k.heap);
  assert_int_equal(kit_number(kit_array(k.roots[0])->items[1]), 2);
  assert_int_equal(kit_number(kit_array(k.roots[0])->items[3]), 5);
  kit_close(&k);
}

static void test_limit(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  k.flags.audit_heap = false;
  il_heap_set_limit(&k.heap, 1u << 20);
  uint32_t made = 0;
  for (Array *a; (a = kit_node(&k, 100, made)); made++) {
    a->items[1] = k.roots[0];
    k.roots[0] = il_value_of(a);
    assert_true(made < 2000);
  }
  assert_true(made > 500);
  assert_null(kit_node(&k, 1u << 20, 0));
  il_heap_audit(&k.heap);
  k.roots[0] = VALUE_NULL;
  assert_non_null(kit_node(&k, 100, 0));
  assert_true(il_heap_borrowed_bytes(&k.heap) < 1u << 17);
  kit_close(&k);
}

// Several large objects may be reserved at once.
static void test_reserve(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  k.flags.gc_stress = true;
  size_t size = sizeof(Array) + 2000 * 8;
  assert_int_equal(il_heap_reserve(&k.heap, 2 * size + 24), IL_OK);
  for (int i = 0; i < 2; i++) {
    void *p = il_heap_allocate(&k.heap, size);
    assert_non_null(p);
    kit_fill(p, 2000, i);
  }
  void *p = il_heap_allocate(&k.heap, 24);
  assert_non_null(p);
  kit_fill(p, 1, 2);
  assert_null(il_heap_allocate(&k.heap, size));
  kit_close(&k);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_weak_small),
      cmocka_unit_test(test_weak_while_marking),
      cmocka_unit_test(test_load_while_marking),
      cmocka_unit_test(test_finalizer),
      cmocka_unit_test(test_finalizer_while_marking),
      cmocka_unit_test(test_hand_over),
      cmocka_unit_test(test_limit),
      cmocka_unit_test(test_reserve),
      cmocka_unit_test(test_random),
      cmocka_unit_test(test_random_stress),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
