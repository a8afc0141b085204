// mailbox_test.c: mail stays in order and is lost or doubled by nobody; a
// closed box refuses; a slot's old ids are dead.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "isolate/port.h"

enum { SENDER_COUNT = 3, MAIL_COUNT = 50000 };

typedef struct Letter {
  MailLink link;
  uint32_t sender, number;
} Letter;

typedef struct Post {
  Mailbox *box;
  Letter *letters;
  uint32_t sender;
} Post;

static void *post(void *context) {
  Post *mine = context;
  for (uint32_t i = 0; i < MAIL_COUNT; i++) {
    mine->letters[i].sender = mine->sender;
    mine->letters[i].number = i;
    il_mailbox_push(mine->box, &mine->letters[i].link);
  }
  return NULL;
}

static void test_each_sender_in_order(void **state) {
  (void)state;
  Mailbox box;
  Post posts[SENDER_COUNT];
  pthread_t threads[SENDER_COUNT];
  il_mailbox_open(&box);
  for (uint32_t i = 0; i < SENDER_COUNT; i++) {
    posts[i] = (Post){&box, calloc(MAIL_COUNT, sizeof(Letter)), i};
    pthread_create(&threads[i], NULL, post, &posts[i]);
  }
  uint32_t next[SENDER_COUNT] = {0};
  for (uint32_t count = 0; count < SENDER_COUNT * MAIL_COUNT;) {
    for (MailLink *mail = il_mailbox_take(&box); mail; mail = mail->next) {
      Letter *letter = (Letter *)mail;
      assert_int_equal(letter->number, next[letter->sender]++);
      count++;
    }
  }
  for (uint32_t i = 0; i < SENDER_COUNT; i++) {
    pthread_join(threads[i], NULL);
    free(posts[i].letters);
  }
  assert_false(il_mailbox_has_mail(&box));
}

static void test_closed_box_refuses(void **state) {
  (void)state;
  Mailbox box;
  Letter letters[3] = {{.number = 1}, {.number = 2}, {.number = 3}};
  il_mailbox_open(&box);
  assert_true(il_mailbox_push(&box, &letters[0].link));
  assert_true(il_mailbox_push(&box, &letters[1].link));
  assert_ptr_equal(il_mailbox_close(&box), &letters[0].link);
  assert_ptr_equal(letters[0].link.next, &letters[1].link);
  assert_false(il_mailbox_push(&box, &letters[2].link));
  assert_false(il_mailbox_has_mail(&box));
  assert_null(il_mailbox_take(&box));
  assert_null(il_mailbox_close(&box));
  il_mailbox_open(&box);
  assert_true(il_mailbox_push(&box, &letters[2].link));
}

static void test_ids_of_the_dead_name_nothing(void **state) {
  (void)state;
  PortTable *table = il_memory_alloc(sizeof(PortTable));
  il_port_table_init(table);
  assert_null(il_port_find(table, 0));
  assert_null(il_port_find(table, UINT64_MAX));
  Slot *slot = il_port_new_slot(table);
  PortId port = il_port_make(slot, 7);
  assert_int_equal(il_port_number(port), 7);
  assert_ptr_equal(il_port_find(table, port), slot);
  il_task_wake(&slot->task);  // dead: nothing happens
  il_port_free_slot(table, slot);
  assert_null(il_port_find(table, port));
  // The slot comes round after all the others.
  Slot *again;
  uint32_t count = 0;
  do {
    again = il_port_new_slot(table);
    il_port_free_slot(table, again);
    count++;
  } while (again != slot);
  assert_int_equal(count, SLOT_BLOCK_SIZE - 1);
  assert_int_not_equal(il_port_make(again, 7), port);
  assert_int_equal(table->live_count, 0);
  il_port_table_drop(table);
  il_memory_free(table, sizeof(PortTable));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_each_sender_in_order),
      cmocka_unit_test(test_closed_box_refuses),
      cmocka_unit_test(test_ids_of_the_dead_name_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
