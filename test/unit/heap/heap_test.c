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
  uint32_t handed_over_count;
  uint64_t evacuated_count;
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
  bool is_large = choose(m, 2);
  if (is_large) il_parcel_init_large(&parcel, m->kit.pool);
  else il_parcel_init(&parcel, m->kit.pool);
  Value last = VALUE_NULL;
  int32_t last_id = -1;
  for (uint32_t i = 1 + choose(m, is_large ? 90 : 30); i > 0; i--) {
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

static bool all_leave(const Program *program, const Object *object) {
  (void)program;
  (void)object;
  return true;
}
static bool few_leave(const Program *program, const Object *object) {
  (void)program;
  return kit_number(il_value_of(object)) % 512 != 0;
}

static void forget_roots(Model *m) {
  memset(m->roots, -1, sizeof m->roots);
  memset(m->weak, -1, sizeof m->weak);
  memset(m->keys, -1, sizeof m->keys);
}

// A heap in some state, for the memory of another.
static void open_receiver(Model *m) {
  kit_open_heap(&m->kit);
  forget_roots(m);
  for (uint32_t i = choose(m, 3) * 150; i > 0; i--) do_new(m);
  HeapSpace *s = m->kit.heap.space;
  if (choose(m, 2)) il_heap_collect(&m->kit.heap);
  if (!s->is_generational || choose(m, 3) == 0) return;
  il_collect_young(&m->kit.heap);
  if (!s->is_marking) il_old_start_marking(s);
  il_old_mark_some(s, choose(m, 20000));
}

// The heap dies and what a root names goes on in another.
static void do_hand_over(Model *m) {
  uint32_t r = choose(m, MODEL_ROOTS);
  int32_t node = m->roots[r];
  if (node < 0) return;
  LeavesFn *leaves = choose(m, 2) ? all_leave : few_leave;
  Parcel parcel;
  Value culprit;
  HandoverResult result;
  il_handover_begin(&m->kit.heap, &m->kit.roots[r], leaves);
  do {
    result =
        il_handover_continue(&m->kit.heap, choose(m, 30000), &parcel, &culprit);
  } while (result == HANDOVER_MORE);
  if (result == HANDOVER_BOUND) {
    assert_true(leaves == few_leave && kit_number(culprit) % 512 == 0);
  }
  if (result != HANDOVER_DONE) {
    check(m);  // all is as it was
    return;
  }
  Value root = m->kit.roots[r];
  m->evacuated_count += m->kit.heap.space->evacuated_count;
  il_heap_drop(&m->kit.heap);
  assert_true(il_pool_audit(m->kit.pool));
  assert_int_equal(il_pool_held_bytes(m->kit.pool), parcel.borrowed_bytes);
  open_receiver(m);
  il_heap_adopt(&m->kit.heap, &parcel);
  r = choose(m, MODEL_ROOTS);
  m->kit.roots[r] = root;
  m->roots[r] = node;
  m->handed_over_count++;
  check(m);
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
  else if (what < 993) il_heap_idle(&m->kit.heap);
  else if (choose(m, 8) == 0) il_heap_collect(&m->kit.heap);
  else if (choose(m, 12) == 0) do_hand_over(m);
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
  uint64_t handed_over = 0, evacuated = 0, cycles = 0;
  for (uint64_t seed = 1; seed <= 8; seed++) {
    Model m;
    open_model(&m, seed);
    run_model(&m, 30000, 97);
    handed_over += m.handed_over_count;
    evacuated += m.evacuated_count + m.kit.heap.space->evacuated_count;
    cycles += m.kit.heap.space->cycle_count;
    // Without roots nothing stays.
    for (uint32_t i = 0; i < KIT_ROOTS; i++) m.kit.roots[i] = VALUE_NULL;
    il_heap_collect(&m.kit.heap);
    assert_int_equal(il_heap_borrowed_bytes(&m.kit.heap), 0);
    close_model(&m);
  }
  assert_true(handed_over > 20);
  assert_true(evacuated > 1000);
  assert_true(cycles > 20);
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

static HandoverResult hand_over(HeapKit *k, uint32_t root, LeavesFn *leaves,
                                Parcel *parcel, Value *culprit) {
  HandoverResult result;
  il_handover_begin(&k->heap, &k->roots[root], leaves);
  do {
    result = il_handover_continue(&k->heap, 1000, parcel, culprit);
  } while (result == HANDOVER_MORE);
  return result;
}

// What is weak in a message is settled by what the message holds; memory,
// large objects too, becomes another heap's, whose barrier then works for it.
static void test_hand_over(void **state) {
  (void)state;
  for (int is_marking = 0; is_marking < 2; is_marking++) {
    HeapKit k;
    kit_open(&k);
    grow_old(&k, 5, 400);
    k.roots[0] = il_value_of(kit_node(&k, 2000, 1));
    kit_link(&k, k.roots[0], 1, k.roots[5]);
    k.roots[1] = il_value_of(kit_node(&k, 4, 3));
    k.roots[2] = kit_weak(&k, 1);         // names what does not go along
    k.roots[3] = kit_weak(&k, 5);         // and what does
    k.roots[4] = kit_ephemeron(&k, 5, 1);  // whose value then does too
    for (uint32_t i = 2; i <= 4; i++) kit_link(&k, k.roots[0], i, k.roots[i]);
    kit_node(&k, 3000, 4);  // dies
    Value culprit;
    Parcel parcel;
    assert_int_equal(hand_over(&k, 0, all_leave, &parcel, &culprit),
                     HANDOVER_DONE);
    Value root = k.roots[0];
    il_heap_drop(&k.heap);
    assert_true(il_pool_audit(k.pool));
    kit_open_heap(&k);
    grow_old(&k, 5, 400);
    if (is_marking) il_old_start_marking(k.heap.space);
    il_heap_adopt(&k.heap, &parcel);
    k.roots[0] = root;
    Array *a = kit_array(root);
    assert_true(kit_target(a->items[2]) != VALUE_NULL);  // by the ephemeron
    assert_true(kit_target(a->items[3]) == a->items[1]);
    assert_int_equal(kit_number(kit_pair(a->items[4])->value), 3);
    if (is_marking) il_old_finish_marking(k.heap.space);
    il_heap_collect(&k.heap);
    kit_link(&k, k.roots[0], 5, il_value_of(kit_node(&k, 4, 5)));
    il_collect_young(&k.heap);
    il_heap_audit(&k.heap);
    assert_int_equal(kit_number(kit_array(k.roots[0])->items[1]), 399);
    assert_int_equal(kit_number(kit_array(k.roots[0])->items[5]), 5);
    kit_close(&k);
  }
}

static bool no_threes(const Program *program, const Object *object) {
  (void)program;
  return il_object_class(object) != CLASS_ARRAY ||
         kit_number(il_value_of(object)) != 3;
}

// What may not leave is found behind an ephemeron too, and weak things are then
// as they were.
static void test_hand_over_bound(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  grow_old(&k, 5, 400);
  kit_array(k.roots[5])->items[0] = il_value_small(1000);
  k.roots[0] = il_value_of(kit_node(&k, 2000, 1));
  kit_link(&k, k.roots[0], 1, k.roots[5]);
  k.roots[1] = il_value_of(kit_node(&k, 4, 3));
  k.roots[6] = il_value_of(kit_node(&k, 4, 6));
  k.roots[2] = kit_weak(&k, 6);
  k.roots[4] = kit_ephemeron(&k, 0, 1);
  kit_link(&k, k.roots[0], 2, k.roots[2]);
  kit_link(&k, k.roots[0], 4, k.roots[4]);
  Value culprit = 0;
  Parcel parcel;
  assert_int_equal(hand_over(&k, 0, no_threes, &parcel, &culprit),
                   HANDOVER_BOUND);
  assert_int_equal(kit_number(culprit), 3);
  il_heap_collect(&k.heap);
  assert_true(kit_target(k.roots[2]) == k.roots[6]);
  assert_true(kit_pair(k.roots[4])->value == k.roots[1]);
  // Little of the heap is named: nothing is done.
  assert_int_equal(hand_over(&k, 6, all_leave, &parcel, &culprit),
                   HANDOVER_POOR);
  il_heap_collect(&k.heap);
  assert_int_equal(kit_number(k.roots[6]), 6);
  kit_close(&k);
}

// Memory of a large message is old at once: no collection copies it, and a
// cycle that runs meanwhile finds it alive.
static void test_adopt_large(void **state) {
  (void)state;
  for (int mode = 0; mode < 3; mode++) {
    HeapKit k;
    kit_open(&k);
    if (mode > 0) grow_old(&k, 5, 400);
    if (mode > 1) il_old_start_marking(k.heap.space);
    Parcel parcel;
    il_parcel_init_large(&parcel, k.pool);
    Value last = VALUE_NULL;
    for (int i = 0; i < 500; i++) {
      uint64_t length = i % 100 ? 30 : 2000;
      void *p = il_parcel_allocate(&parcel, sizeof(Array) + length * 8);
      Array *a = kit_fill(p, length, i);
      a->items[1] = last;
      last = il_value_of(a);
    }
    il_heap_adopt(&k.heap, &parcel);
    k.roots[0] = last;
    k.roots[1] = il_value_of(kit_node(&k, 4, 7));
    kit_link(&k, last, 2, k.roots[1]);
    il_collect_young(&k.heap);
    assert_true(k.roots[0] == last);  // it has not moved
    assert_true(k.heap.space->promoted_bytes < 64u << 10);
    if (mode > 1) il_old_finish_marking(k.heap.space);
    il_heap_collect(&k.heap);
    assert_int_equal(kit_number(kit_array(k.roots[0])->items[2]), 7);
    k.roots[0] = k.roots[5] = VALUE_NULL;
    il_heap_collect(&k.heap);
    assert_true(il_heap_borrowed_bytes(&k.heap) < 100u << 10);
    kit_close(&k);
  }
}

// A heap that lives by messages alone collects what it drops.
static void test_adopting_collects(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  k.flags.audit_heap = false;
  for (int i = 0; i < 500; i++) {
    Parcel parcel;
    il_parcel_init_large(&parcel, k.pool);
    for (int j = 0; j < 200; j++)
      kit_fill(il_parcel_allocate(&parcel, sizeof(Array) + 80), 10, j);
    il_parcel_allocate(&parcel, sizeof(Array));
    il_heap_adopt(&k.heap, &parcel);
    kit_node(&k, 1, i);
    assert_true(il_heap_borrowed_bytes(&k.heap) < 3u << 20);
  }
  kit_close(&k);
}

// Blocks in which little lives are emptied by the next cycle; whoever named
// what was in them names where it is now.
static void test_evacuate(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  grow_old(&k, 0, 6000);
  HeapSpace *s = k.heap.space;
  // One node in a hundred stays, held by a list and weakly by others.
  k.roots[1] = il_value_of(kit_node(&k, 70, 1));
  Value v = k.roots[0];
  for (uint32_t i = 0; i < 6000; i++, v = kit_array(v)->items[1])
    if (i % 100 == 0) kit_link(&k, k.roots[1], 1 + i / 100, v);
  for (uint32_t i = 1; i <= 60; i++) {
    k.roots[2] = kit_array(k.roots[1])->items[i];
    kit_link(&k, k.roots[2], 1, VALUE_NULL);
    kit_link(&k, k.roots[2], 2, kit_weak(&k, 2));
  }
  k.roots[0] = VALUE_NULL;
  il_heap_collect(&k.heap);  // finds the sparse blocks
  size_t before = s->old_bytes;
  uint32_t sparse = s->sparse.count;
  assert_true(sparse > 10);
  il_heap_collect(&k.heap);  // empties them
  assert_true(s->old_bytes < before - (sparse - 3) * BLOCK_BYTES);
  assert_true(s->evacuated_count > 0);
  for (uint32_t i = 1; i <= 60; i++) {
    Array *a = kit_array(kit_array(k.roots[1])->items[i]);
    assert_int_equal(il_value_small_get(a->items[0]), 5999 - (i - 1) * 100);
    assert_true(kit_target(a->items[2]) == il_value_of(a));
  }
  kit_close(&k);
}

// A heap that goes idle gives back what it does not need: young garbage, and old
// after a cycle that idleness begins and ends.
static void test_idle(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  for (int i = 0; i < 40; i++) kit_node(&k, 20, i);
  assert_true(il_heap_borrowed_bytes(&k.heap) > 5000);
  assert_false(il_heap_idle(&k.heap));
  assert_true(il_heap_borrowed_bytes(&k.heap) <= CHUNK_SMALL_BYTES);
  grow_old(&k, 0, 2000);
  size_t before = il_heap_borrowed_bytes(&k.heap);
  k.roots[0] = VALUE_NULL;
  grow_old(&k, 0, 10);
  k.heap.space->old_limit = before;
  Value last = VALUE_NULL;
  for (int i = 0; i < 2200; i++) {
    Array *a = kit_node(&k, 30, i);
    a->items[1] = last;
    last = k.roots[0] = il_value_of(a);
  }
  k.roots[0] = VALUE_NULL;
  uint32_t turns = 0;
  while (il_heap_idle(&k.heap)) turns++;
  assert_true(turns > 0);
  assert_true(il_heap_borrowed_bytes(&k.heap) < before / 4);
  kit_close(&k);
}

// A huge list is marked piece by piece.
static void test_huge_list(void **state) {
  (void)state;
  HeapKit k;
  kit_open(&k);
  k.flags.audit_heap = false;
  enum { ITEMS = 50000 };
  k.roots[0] = il_value_of(kit_node(&k, ITEMS, 1));
  for (uint32_t i = 1; i < ITEMS; i++) {
    Value v = il_value_of(kit_node(&k, 1, i));
    kit_link(&k, k.roots[0], i, v);
  }
  il_heap_collect(&k.heap);
  HeapSpace *s = k.heap.space;
  il_old_start_marking(s);
  uint32_t slices = 0;
  while (!il_old_mark_some(s, 20000)) {
    slices++;
    assert_true(s->marks.count < 4000);
    // The mutator goes on in parts not yet seen.
    if (slices == 3) kit_link(&k, k.roots[0], ITEMS - 1, k.roots[0]);
  }
  assert_true(slices > 40);
  il_old_finish_marking(s);
  il_heap_audit(&k.heap);
  for (uint32_t i = 1; i < ITEMS - 1; i++)
    assert_int_equal(kit_number(kit_array(k.roots[0])->items[i]), i);
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
      cmocka_unit_test(test_hand_over_bound),
      cmocka_unit_test(test_adopt_large),
      cmocka_unit_test(test_adopting_collects),
      cmocka_unit_test(test_evacuate),
      cmocka_unit_test(test_huge_list),
      cmocka_unit_test(test_idle),
      cmocka_unit_test(test_limit),
      cmocka_unit_test(test_reserve),
      cmocka_unit_test(test_random),
      cmocka_unit_test(test_random_stress),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
