// loop_test.c: isolates live, talk, wait, are killed, paused and pinned, and
// leave nothing behind. Their code is natives of this file: a message is a
// number, and an isolate's handler is the port it passes numbers on to.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "base/clock.h"
#include "isolate/control.h"
#include "isolate/host.h"
#include "isolate/isolate.h"
#include "isolate/limit.h"
#include "isolate/plain.h"
#include "unit/exec/assemble.h"

// What main's first argument asks for.
enum { ROLE_END, ROLE_FORWARD, ROLE_THROW, ROLE_SPIN, ROLE_TIMER, ROLE_BLOCK };

// A number above this sets the port to pass on to.
static const int64_t SET_PEER = INT64_C(1) << 60;

static FunctionId spin_function;

static void send_number(NativeCall *call, PortId port, int64_t number) {
  MessageSource source = {.heap = call->heap,
                          .program = call->program,
                          .pool = call->isolate->group->pool,
                          .cache = &il_isolate_cache(call->isolate)->mail};
  Mail *mail = NULL;
  Value culprit;
  MessageCopy *copy;
  assert_int_equal(il_message_copy(&source, il_value_small(number), port, &mail,
                                   &copy, &culprit),
                   MESSAGE_DONE);
  il_mail_send(&call->isolate->group->realm->ports, source.cache,
               call->isolate->worker, mail);
}

static uint32_t open_port(NativeCall *call, PortId peer) {
  uint32_t number;
  assert_true(il_event_open_port(&call->isolate->ports,
                                 il_value_small((int64_t)peer), &number));
  return number;
}

typedef struct Sleep {
  Request request;
} Sleep;
static void sleep_work(Request *request) {
  (void)request;
  usleep(20000);
}
static void sleep_free(Request *request) {
  il_memory_free(request, sizeof(Sleep));
}

static NativeOutcome block(NativeCall *call) {
  Isolate *isolate = call->isolate;
  if (call->stage == 0) {
    Sleep *sleep = il_memory_zalloc(sizeof(Sleep));
    sleep->request.work = sleep_work;
    sleep->request.free = sleep_free;
    assert_int_equal(il_request_submit(isolate, &sleep->request), IL_OK);
    return NATIVE_BLOCKED;
  }
  Request *request = il_request_take(isolate);
  if (!request) return NATIVE_BLOCKED;
  request->free(request);
  send_number(call, (PortId)il_value_small_get(call->args[1]), 99);
  RETURN_VALUE(VALUE_NULL);
}

// main(role, peer)
static NativeOutcome native_main(NativeCall *call) {
  PortId peer = call->args[1] == VALUE_NULL
                    ? 0
                    : (PortId)il_value_small_get(call->args[1]);
  Isolate *isolate = call->isolate;
  uint32_t place;
  switch (il_value_small_get(call->args[0])) {
    case ROLE_END:
      break;
    case ROLE_FORWARD: {
      uint32_t number = open_port(call, peer);
      send_number(call, peer, (int64_t)il_port_make(isolate->slot, number));
      break;
    }
    case ROLE_THROW:
      call->result = il_value_small(13);
      return NATIVE_THROW;
    case ROLE_SPIN:
      send_number(call, peer, 1);
      return il_native_tail(call, spin_function);
    case ROLE_TIMER:
      il_event_add_timer(
          &isolate->timers,
          il_sched_now_ns(isolate->group->realm->sched) + 3000000,
          call->args[1], &place);
      break;
    case ROLE_BLOCK:
      return block(call);
  }
  RETURN_VALUE(VALUE_NULL);
}

// _runMain(main, role, peer)
static NativeOutcome native_run_main(NativeCall *call) {
  if (call->stage == 0) {
    call->args[0] = call->args[1];
    call->args[1] = call->args[2];
  }
  return native_main(call);
}

// _handleMessage(handler, message)
static NativeOutcome native_message(NativeCall *call) {
  PortId peer = (PortId)il_value_small_get(call->args[0]);
  int64_t number = il_value_small_get(call->args[1]);
  PortEntry *entry = &call->isolate->ports.entries[0];
  if (number >= SET_PEER) {
    entry->handler = il_value_small(number - SET_PEER);
  } else if (number < 0) {
    il_event_close_port(&call->isolate->ports, entry->number);
    send_number(call, peer, number);
  } else {
    send_number(call, peer, number ? number - 1 : -1);
  }
  RETURN_VALUE(VALUE_NULL);
}

// _uncaught(error, trace)
static NativeOutcome native_uncaught(NativeCall *call) {
  assert_int_equal(call->args[0], il_value_small(13));
  il_isolate_end_soon(call->isolate, true);
  il_machine_stop(call->machine);
  return NATIVE_BLOCKED;
}

// _handleTimer(timer)
static NativeOutcome native_timer(NativeCall *call) {
  send_number(call, (PortId)il_value_small_get(call->args[0]), 42);
  RETURN_VALUE(VALUE_NULL);
}

static NativeFn *const natives[] = {native_main, native_message,
                                    native_uncaught, native_timer,
                                    native_run_main};

// ---- a world with a host port --------------------------------------------

typedef struct Town {
  Kit kit;
  Realm *realm;
  Group *group;
  HostPort *host;
  Arena arena;
  Lock lock;
  int64_t got[4096];
  uint32_t got_count;
  _Atomic(uint32_t) ended, failed;
  uint32_t awaited_got, awaited_ended;
} Town;

static void receive(void *context, Mail *mail) {
  Town *town = context;
  il_lock_take(&town->lock);
  town->got[town->got_count++ % 4096] = il_value_small_get(mail->root);
  il_lock_release(&town->lock);
  il_mail_free(NULL, mail);
  il_sched_notify(town->realm->sched);
}

static void note_end(void *context, PortId control, int end) {
  (void)control;
  Town *town = context;
  atomic_fetch_add(&town->ended, 1);
  if (end == ISOLATE_END_UNCAUGHT) atomic_fetch_add(&town->failed, 1);
  il_sched_notify(town->realm->sched);
}

static void set_layout(Kit *kit, ClassId class, Layout layout) {
  BuilderClass code = {.head = {.superclass = CLASS_OBJECT,
                                .layout = (uint8_t)layout,
                                .instance_words = 1,
                                .vector = TYPE_ID_EMPTY_VECTOR}};
  code.head.type = il_class_get(kit->classes, class)->this_type;
  il_builder_class_set(kit->builder, class, &code);
}

static FunctionId add_native(Kit *kit, const char *name, uint16_t native,
                             uint16_t refs) {
  FunctionId id = il_builder_function_new(kit->builder);
  kit_set(kit, id,
          (Shape){.refs = refs,
                  .flags = CODE_IS_NATIVE | CODE_IS_STATIC,
                  .native = native,
                  .name = name},
          NULL, 0);
  return id;
}

static void open_town(Town *town, int64_t workers, int64_t seed) {
  memset(town, 0, sizeof *town);
  Kit *kit = &town->kit;
  kit_init(kit);
  kit->natives = natives;
  set_layout(kit, CLASS_ARRAY, LAYOUT_ARRAY);
  set_layout(kit, CLASS_NULL, LAYOUT_NULL);
  set_layout(kit, CLASS_CLOSURE, LAYOUT_CLOSURE);
  set_layout(kit, CLASS_STACK_TRACE_VALUE, LAYOUT_STACK_TRACE);
  FunctionId spin = spin_function = il_builder_function_new(kit->builder);
  KIT_SET(kit, spin,
          ((Shape){.refs = 2, .flags = CODE_IS_STATIC, .name = "spin"}),
          II(LOOP, 0, -1), I0(RETURN_NULL));
  il_builder_main(kit->builder, add_native(kit, "main", 0, 2));
  Builder *builder = kit->builder;
  il_builder_core_function(builder, CORE_RUN_MAIN,
                           add_native(kit, "run_main", 4, 3));
  il_builder_core_function(builder, CORE_HANDLE_MESSAGE,
                           add_native(kit, "message", 1, 2));
  il_builder_core_function(builder, CORE_UNCAUGHT,
                           add_native(kit, "uncaught", 2, 2));
  il_builder_core_function(builder, CORE_HANDLE_TIMER,
                           add_native(kit, "timer", 3, 1));
  kit_finish(kit, NULL);
  il_lock_init(&town->lock, RANK_MEMORY);
  kit->flags.workers = workers;
  kit->flags.seed = seed;
  town->realm = il_realm_new(
      &kit->flags, &(RealmHooks){.context = town, .isolate_ended = note_end});
  town->group = il_group_new(town->realm, kit->pool, kit->world);
  town->host = il_host_port_new(town->realm, receive, town);
}

static void close_town(Town *town) {
  if (town->host) il_host_port_close(town->host);
  il_realm_stop(town->realm);
  assert_int_equal(il_pool_held_bytes(town->kit.pool), 0);
  assert_true(il_pool_audit(town->kit.pool));
  il_group_release(town->group);
  kit_drop(&town->kit);  // its pool is on the realm's account
  il_realm_free(town->realm);
  il_lock_drop(&town->lock);
}

static bool is_reached(void *context) {
  Town *town = context;
  il_lock_take(&town->lock);
  bool reached = town->got_count >= town->awaited_got &&
                 atomic_load(&town->ended) >= town->awaited_ended;
  il_lock_release(&town->lock);
  return reached;
}

static void wait_for(Town *town, uint32_t got, uint32_t ended) {
  town->awaited_got = got;
  town->awaited_ended = ended;
  assert_true(il_sched_run_until(town->realm->sched, is_reached, town));
}

static Spawned spawn(Town *town, int64_t role, PortId peer, bool paused,
                     Worker *pin) {
  const Plain items[] = {{.kind = PLAIN_INT, .as.integer = role},
                         {.kind = PLAIN_INT, .as.integer = (int64_t)peer}};
  Plain start = {.kind = PLAIN_ARRAY, .as.list = {items, 2}};
  Mail *mail = il_plain_to_mail(town->group, 0, &start);
  Spawned spawned;
  SpawnOptions options = {
      .errors_fatal = true, .is_paused = paused, .pin = pin};
  assert_int_equal(
      il_isolate_spawn(town->group, SPAWN_MAIN, mail, &options, &spawned),
      IL_OK);
  return spawned;
}

static void send(Town *town, PortId port, int64_t number) {
  Plain plain = {.kind = PLAIN_INT, .as.integer = number};
  il_realm_send(town->realm, il_plain_to_mail(town->group, port, &plain));
}

static PortId host_id(Town *town) { return il_host_port_id(town->host); }

// ---- tests ---------------------------------------------------------------

static void live_and_end(int64_t seed) {
  Town town;
  open_town(&town, 2, seed);
  for (int i = 0; i < 1000; i++) spawn(&town, ROLE_END, 0, false, NULL);
  wait_for(&town, 0, 1000);
  assert_int_equal(town.failed, 0);
  close_town(&town);
}

static void test_a_thousand_lives(void **state) {
  (void)state;
  live_and_end(0);
  live_and_end(3);
}

// A ring of isolates passes a number on until it is used up.
static void pass_round(int64_t workers, int64_t seed, int count,
                       int64_t number) {
  Town town;
  open_town(&town, workers, seed);
  for (int i = 0; i < count; i++) {
    spawn(&town, ROLE_FORWARD, host_id(&town), false, NULL);
  }
  wait_for(&town, (uint32_t)count, 0);
  for (int i = 0; i + 1 < count; i++) {
    send(&town, (PortId)town.got[i], SET_PEER + town.got[i + 1]);
  }
  uint64_t start = (uint64_t)il_clock_now_ns();
  send(&town, (PortId)town.got[0], number);
  wait_for(&town, (uint32_t)count + 1, 0);
  // The last still has the host as its peer: close the ring and go on.
  send(&town, (PortId)town.got[count - 1], SET_PEER + town.got[0]);
  start = (uint64_t)il_clock_now_ns();
  send(&town, (PortId)town.got[0], number);
  wait_for(&town, (uint32_t)count + 1, (uint32_t)count - 1);
  uint64_t spent = (uint64_t)il_clock_now_ns() - start;
  printf("  ring of %d: %.0f ns a hop\n", count, (double)spent / number);
  close_town(&town);
}

static void test_ring(void **state) {
  (void)state;
  pass_round(1, 0, 10, 200000);
  pass_round(2, 0, 100, 100000);
  pass_round(0, 11, 10, 1000);
}

static void test_uncaught_error_ends_one(void **state) {
  (void)state;
  Town town;
  open_town(&town, 2, 0);
  spawn(&town, ROLE_THROW, host_id(&town), false, NULL);
  spawn(&town, ROLE_END, 0, false, NULL);
  wait_for(&town, 0, 2);
  assert_int_equal(town.failed, 1);
  close_town(&town);
}

static void control(Town *town, MailKind kind, Spawned whom, uint64_t token) {
  uint64_t capability =
      kind == MAIL_KILL ? whom.terminate_capability : whom.pause_capability;
  ControlRequest request = {.kind = kind,
                            .isolate = whom.control,
                            .capability = capability,
                            .token = token};
  assert_int_equal(il_control_send(town->realm, NULL, NULL, &request), IL_OK);
}

static void kill_spinning(int64_t seed) {
  Town town;
  open_town(&town, 1, seed);
  Spawned spinning[5];
  for (int i = 0; i < 5; i++) {
    spinning[i] = spawn(&town, ROLE_SPIN, host_id(&town), false, NULL);
  }
  wait_for(&town, 5, 0);
  // Others have their turn beside five endless loops on one worker.
  spawn(&town, ROLE_TIMER, host_id(&town), false, NULL);
  wait_for(&town, 6, 1);
  // The wrong capability does nothing.
  Spawned stranger = spinning[0];
  stranger.terminate_capability = 1;
  control(&town, MAIL_KILL, stranger, 0);
  for (int i = 1; i < 5; i++) control(&town, MAIL_KILL, spinning[i], 0);
  wait_for(&town, 6, 5);
  control(&town, MAIL_KILL, spinning[0], 0);
  wait_for(&town, 6, 6);
  close_town(&town);
}

static void test_kill(void **state) {
  (void)state;
  kill_spinning(0);
  kill_spinning(4);
}

static void test_pause(void **state) {
  (void)state;
  Town town;
  open_town(&town, 2, 0);
  Spawned one = spawn(&town, ROLE_FORWARD, host_id(&town), true, NULL);
  Mail *response = il_mail_new(NULL, MAIL_MESSAGE, 0);
  response->port = host_id(&town);
  response->root = il_value_small(7);
  ControlRequest ping = {
      .kind = MAIL_PING, .isolate = one.control, .response = response};
  il_control_send(town.realm, NULL, NULL, &ping);
  wait_for(&town, 1, 0);
  assert_int_equal(town.got[0], 7);  // it has not begun, but answers
  control(&town, MAIL_RESUME, one, one.pause_capability);
  wait_for(&town, 2, 0);
  PortId port = (PortId)town.got[1];
  control(&town, MAIL_PAUSE, one, 1234);
  control(&town, MAIL_PAUSE, one, 1234);
  usleep(2000);
  send(&town, port, 5);
  usleep(2000);
  assert_int_equal(town.got_count, 2);
  control(&town, MAIL_RESUME, one, 1234);
  wait_for(&town, 3, 0);
  assert_int_equal(town.got[2], 4);
  send(&town, port, -1);
  wait_for(&town, 4, 1);
  close_town(&town);
}

static void test_blocked(void **state) {
  (void)state;
  Town town;
  open_town(&town, 2, 0);
  spawn(&town, ROLE_BLOCK, host_id(&town), false, NULL);
  wait_for(&town, 1, 1);
  assert_int_equal(town.got[0], 99);
  // Killed while blocked: the request is left to its thread.
  Spawned blocked = spawn(&town, ROLE_BLOCK, host_id(&town), false, NULL);
  usleep(5000);
  control(&town, MAIL_KILL, blocked, 0);
  wait_for(&town, 1, 2);
  close_town(&town);
  open_town(&town, 1, 5);
  spawn(&town, ROLE_BLOCK, host_id(&town), false, NULL);
  wait_for(&town, 1, 1);
  close_town(&town);
}

static void note_wake(void *context) {
  atomic_fetch_add((_Atomic(uint32_t) *)context, 1);
}

static void test_pinned(void **state) {
  (void)state;
  Town town;
  open_town(&town, 2, 0);
  _Atomic(uint32_t) wakes = 0;
  Worker *pin = il_worker_new_pinned(town.realm->sched, note_wake, &wakes);
  spawn(&town, ROLE_FORWARD, host_id(&town), false, pin);
  usleep(1000);
  assert_int_equal(town.got_count, 0);
  while (il_worker_step(pin)) {
  }
  wait_for(&town, 1, 0);
  send(&town, (PortId)town.got[0], -1);
  while (atomic_load(&town.ended) == 0) il_worker_step(pin);
  assert_true(atomic_load(&wakes) >= 2);
  il_worker_free_pinned(pin);
  close_town(&town);
}

// A realm that stops ends whoever is left, in whatever state.
static void test_stop_ends_all(void **state) {
  (void)state;
  Town town;
  open_town(&town, 2, 0);
  spawn(&town, ROLE_SPIN, host_id(&town), false, NULL);
  spawn(&town, ROLE_FORWARD, host_id(&town), false, NULL);
  wait_for(&town, 2, 0);
  spawn(&town, ROLE_FORWARD, host_id(&town), true, NULL);
  for (int i = 0; i < 100; i++) send(&town, (PortId)town.got[1], 0);
  close_town(&town);
  assert_int_equal(town.ended, 3);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_a_thousand_lives),
      cmocka_unit_test(test_ring),
      cmocka_unit_test(test_uncaught_error_ends_one),
      cmocka_unit_test(test_kill),
      cmocka_unit_test(test_pause),
      cmocka_unit_test(test_blocked),
      cmocka_unit_test(test_pinned),
      cmocka_unit_test(test_stop_ends_all),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
