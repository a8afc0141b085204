// message_test.c: graphs arrive whole: cycles, identity, hashes, weak
// references; small ones in the mail, large ones in a parcel; a copy that fails
// or is cancelled leaves the sender's objects as they were.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "heap/space.h"
#include "isolate/message.h"
#include "unit/exec/assemble.h"

typedef struct Post {
  Kit kit;
  Heap other;  // the receiver's
  Value roots[4];
  MessageSource source;
} Post;

static void visit_roots(void *roots, EdgeFn *visit, void *context) {
  Post *post = roots;
  for (int i = 0; i < 4; i++) visit(&post->roots[i], context);
}

static void set_layout(Kit *kit, ClassId class, Layout layout) {
  BuilderClass code = {.head = {.superclass = CLASS_OBJECT,
                                .layout = (uint8_t)layout,
                                .instance_words = 1,
                                .vector = TYPE_ID_EMPTY_VECTOR}};
  code.head.type = il_class_get(kit->classes, class)->this_type;
  il_builder_class_set(kit->builder, class, &code);
}

static void open_post(Post *post) {
  memset(post, 0, sizeof *post);
  kit_init(&post->kit);
  set_layout(&post->kit, CLASS_ARRAY, LAYOUT_ARRAY);
  set_layout(&post->kit, CLASS_ONE_BYTE_STRING, LAYOUT_STRING1);
  set_layout(&post->kit, CLASS_DOUBLE, LAYOUT_DOUBLE);
  set_layout(&post->kit, CLASS_WEAK_REFERENCE, LAYOUT_WEAK);
  set_layout(&post->kit, CLASS_EPHEMERON, LAYOUT_EPHEMERON);
  set_layout(&post->kit, CLASS_NULL, LAYOUT_NULL);
  set_layout(&post->kit, CLASS_BOOL, LAYOUT_BOOL);
  kit_finish(&post->kit, NULL);
  for (int i = 0; i < 4; i++) post->roots[i] = VALUE_NULL;
  il_heap_init(&post->other, post->kit.pool, post->kit.program,
               &post->kit.flags, visit_roots, post);
  post->source =
      (MessageSource){.heap = &post->kit.heap,
                      .program = post->kit.program,
                      .pool = post->kit.pool};
}

static void close_post(Post *post) {
  il_heap_drop(&post->other);
  kit_drop(&post->kit);
}

// The sender's heap collects nothing here: C holds its values.
static void make_room(Post *post) {
  Heap *heap = &post->kit.heap;
  if (heap->end - heap->top < 8192) il_collect_add_chunk(heap, 16384);
}

static Array *new_array(Post *post, uint64_t length) {
  size_t bytes = sizeof(Array) + length * 8;
  make_room(post);
  Array *array = il_heap_allocate(&post->kit.heap, bytes);
  array->header = il_header(CLASS_ARRAY, 0);
  array->length = length;
  for (uint64_t i = 0; i < length; i++) array->items[i] = VALUE_NULL;
  return array;
}

static Object *new_pair(Post *post, ClassId class, Value a, Value b) {
  size_t bytes = class == CLASS_DOUBLE ? 16 : 24;
  make_room(post);
  Object *object = il_heap_allocate(&post->kit.heap, bytes);
  object->header = il_header(class, 0);
  object->words[0] = a;
  if (bytes > 16) object->words[1] = b;
  return object;
}

static Array *array_of(Value value) { return (Array *)il_value_object(value); }

// Copies and takes; the slices are small.
static Value carry(Post *post, Value value, MailForm expected) {
  Mail *mail = NULL;
  MessageCopy *copy = NULL;
  Value culprit;
  MessageResult result =
      il_message_copy(&post->source, value, 1, &mail, &copy, &culprit);
  int slices = 0;
  while (result == MESSAGE_MORE) {
    result = il_message_continue(copy, 1000, &mail, &culprit);
    slices++;
  }
  assert_int_equal(result, MESSAGE_DONE);
  assert_int_equal(mail->form, expected);
  if (expected == MAIL_PARCEL) assert_true(slices > 0);
  size_t need = il_message_need_bytes(mail);
  assert_int_equal(il_heap_reserve(&post->other, need), IL_OK);
  Value taken;
  assert_true(il_message_take(NULL, &post->other, post->kit.program,
                              post->kit.pool, mail, &taken));
  return taken;
}

static void test_words(void **state) {
  (void)state;
  Post post;
  open_post(&post);
  assert_int_equal(carry(&post, il_value_small(-5), MAIL_WORD),
                   il_value_small(-5));
  assert_int_equal(carry(&post, VALUE_TRUE, MAIL_WORD), VALUE_TRUE);
  close_post(&post);
}

static void test_small_graph_with_a_cycle(void **state) {
  (void)state;
  Post post;
  open_post(&post);
  Array *a = new_array(&post, 3), *b = new_array(&post, 2);
  a->items[0] = a->items[1] = il_value_of(b);
  a->items[2] = il_value_small(9);
  b->items[0] = il_value_of(a);
  uint32_t hash = il_heap_hash(&post.kit.heap, (Object *)b);
  Header header = a->header;
  Value got = carry(&post, il_value_of(a), MAIL_INLINE);
  Array *c = array_of(got);
  assert_ptr_not_equal(c, a);
  assert_int_equal(c->length, 3);
  assert_int_equal(c->items[0], c->items[1]);
  assert_int_equal(c->items[2], il_value_small(9));
  assert_int_equal(array_of(c->items[0])->items[0], got);
  assert_int_equal(array_of(c->items[0])->items[1], VALUE_NULL);
  assert_int_equal(il_heap_hash(&post.other, il_value_object(c->items[0])),
                   hash);
  assert_int_equal(a->header, header);
  post.roots[0] = got;
  il_heap_collect(&post.other);
  assert_int_equal(array_of(post.roots[0])->length, 3);
  close_post(&post);
}

// A tree of arrays with one shared leaf.
static Value build_tree(Post *post, uint32_t width) {
  Array *top = new_array(post, width);
  Value leaf = il_value_of(new_array(post, 1));
  array_of(leaf)->items[0] = il_value_small(77);
  for (uint32_t i = 0; i < width; i++) {
    Array *item = new_array(post, 4);
    item->items[0] = il_value_of(top);
    item->items[1] = leaf;
    item->items[2] = il_value_small(i);
    top->items[i] = il_value_of(item);
  }
  return il_value_of(top);
}

static void check_tree(Value got, uint32_t width) {
  Array *top = array_of(got);
  assert_int_equal(top->length, width);
  Value leaf = array_of(top->items[0])->items[1];
  assert_int_equal(array_of(leaf)->items[0], il_value_small(77));
  for (uint32_t i = 0; i < width; i++) {
    Array *item = array_of(top->items[i]);
    assert_int_equal(item->items[0], got);
    assert_int_equal(item->items[1], leaf);
    assert_int_equal(item->items[2], il_value_small(i));
  }
}

static void test_large_graphs(void **state) {
  (void)state;
  Post post;
  open_post(&post);
  // A chunk's worth, a block's, several blocks'.
  const uint32_t widths[] = {10, 60, 900};
  for (int i = 0; i < 3; i++) {
    Value tree = build_tree(&post, widths[i]);
    check_tree(tree, widths[i]);
    post.roots[i] = carry(&post, tree, MAIL_PARCEL);
    check_tree(tree, widths[i]);
    check_tree(post.roots[i], widths[i]);
  }
  for (int round = 0; round < 3; round++) {
    il_heap_collect(&post.other);
    il_heap_audit(&post.other);
    for (int i = 0; i < 3; i++) check_tree(post.roots[i], widths[i]);
  }
  close_post(&post);
}

static void test_unsendable_changes_nothing(void **state) {
  (void)state;
  Post post;
  open_post(&post);
  for (uint32_t width = 2; width < 200; width += 97) {
    Value tree = build_tree(&post, width);
    Object *bad = new_pair(&post, CLASS_RECEIVE_PORT, VALUE_NULL, VALUE_NULL);
    array_of(array_of(tree)->items[width - 1])->items[3] = il_value_of(bad);
    Mail *mail = NULL;
    MessageCopy *copy = NULL;
    Value culprit = 0;
    MessageResult result =
        il_message_copy(&post.source, tree, 1, &mail, &copy, &culprit);
    while (result == MESSAGE_MORE) {
      result = il_message_continue(copy, 500, &mail, &culprit);
    }
    assert_int_equal(result, MESSAGE_UNSENDABLE);
    assert_int_equal(culprit, il_value_of(bad));
    check_tree(tree, width);
  }
  assert_true(il_pool_audit(post.kit.pool));
  close_post(&post);
}

static void test_cancelled_copy(void **state) {
  (void)state;
  Post post;
  open_post(&post);
  Value tree = build_tree(&post, 300);
  Mail *mail = NULL;
  MessageCopy *copy = NULL;
  Value culprit;
  MessageResult result =
      il_message_copy(&post.source, tree, 1, &mail, &copy, &culprit);
  assert_int_equal(result, MESSAGE_MORE);
  result = il_message_continue(copy, 1000, &mail, &culprit);
  assert_int_equal(result, MESSAGE_MORE);
  il_message_cancel(copy);
  check_tree(tree, 300);
  assert_true(il_pool_audit(post.kit.pool));
  close_post(&post);
}

// A weak reference follows what travels for another reason, else it is empty;
// an ephemeron's value travels when its key does.
static void test_weak(void **state) {
  (void)state;
  Post post;
  open_post(&post);
  Array *key = new_array(&post, 0), *absent = new_array(&post, 0);
  Array *value = new_array(&post, 1), *lost = new_array(&post, 1);
  value->items[0] = il_value_small(1);
  Array *top = new_array(&post, 5);
  top->items[0] =
      il_value_of(new_pair(&post, CLASS_WEAK_REFERENCE, 0, il_value_of(key)));
  top->items[1] = il_value_of(
      new_pair(&post, CLASS_WEAK_REFERENCE, 0, il_value_of(absent)));
  top->items[2] = il_value_of(
      new_pair(&post, CLASS_EPHEMERON, il_value_of(key), il_value_of(value)));
  top->items[3] = il_value_of(
      new_pair(&post, CLASS_EPHEMERON, il_value_of(absent), il_value_of(lost)));
  top->items[4] = il_value_of(key);
  Array *got = array_of(carry(&post, il_value_of(top), MAIL_INLINE));
  Object *items[4];
  for (int i = 0; i < 4; i++) items[i] = il_value_object(got->items[i]);
  assert_int_equal(items[0]->words[1], got->items[4]);
  assert_int_equal(items[1]->words[1], VALUE_NULL);
  assert_int_equal(items[2]->words[0], got->items[4]);
  assert_int_equal(array_of(items[2]->words[1])->items[0], il_value_small(1));
  assert_int_equal(items[3]->words[0], VALUE_NULL);
  assert_int_equal(items[3]->words[1], VALUE_NULL);
  close_post(&post);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_words),
      cmocka_unit_test(test_small_graph_with_a_cycle),
      cmocka_unit_test(test_large_graphs),
      cmocka_unit_test(test_unsendable_changes_nothing),
      cmocka_unit_test(test_cancelled_copy),
      cmocka_unit_test(test_weak),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
