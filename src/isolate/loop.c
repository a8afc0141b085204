// loop.c: the event loop. In order: the start, events, errors, the machine, the
// choice of what is next, and the run function that the scheduler calls.
#include "isolate/control.h"
#include "isolate/farewell.h"
#include "isolate/isolate.h"
#include "isolate/limit.h"
#include "object/object.h"

enum {
  // Safepoints between two looks at the world; about 20 microseconds.
  SLICE_BUDGET = 3000,
  SEEDED_BUDGET = 500,
  // What an event costs of the budget beside its own safepoints.
  EVENT_COST = 20,
  // With --kill-stress, one poll in so many kills the isolate.
  KILL_STRESS_ODDS = 40,
  // Bytes of a large message copied between two looks.
  COPY_SLICE_BYTES = 64 << 10,
};

// What came of one step of the loop.
typedef enum Step {
  STEP_AGAIN,  // there is more to do
  STEP_POLL,   // the budget is used up: look round
  STEP_BLOCK,  // a native waits for a request
  STEP_WAIT,   // nothing to do
  STEP_PAUSE,
  STEP_END,
} Step;

static const Program *program_of(const Isolate *isolate) {
  return isolate->group->world->program;
}

static FunctionId core_function(const Isolate *isolate, CoreFunction id) {
  return il_program_core_function(program_of(isolate), id);
}

// ---- errors --------------------------------------------------------------

// Hands an error to _uncaught, which tells the listeners, or prints it. null, which
// nobody can throw, stands for memory that could not be had.
static Step start_uncaught(Isolate *isolate, Value error, Value trace) {
  if (isolate->phase == PHASE_UNCAUGHT) {  // not even that works
    il_isolate_end_soon(isolate, true);
    return STEP_AGAIN;
  }
  isolate->phase = PHASE_UNCAUGHT;
  const uint64_t args[] = {error, trace ? trace : VALUE_NULL};
  il_machine_call(&isolate->machine, core_function(isolate, CORE_UNCAUGHT),
                  args, 2);
  return STEP_AGAIN;
}

// ---- events --------------------------------------------------------------

static bool has_room(const Heap *heap, size_t bytes) {
  return (size_t)(heap->end - heap->top) >= bytes;
}

// Moves a message to the heap; false when there is no room for it. The mail is
// freed in either case.
static bool take_message(Isolate *isolate, Mail *mail, Value *value) {
  MailCache *cache = &il_isolate_cache(isolate)->mail;
  Heap *heap = &isolate->heap;
  size_t need = il_message_need_bytes(mail);
  if (!has_room(heap, need) && il_heap_reserve(heap, need) != IL_OK) {
    il_mail_free(cache, mail);
    return false;
  }
  return il_message_take(cache, heap, program_of(isolate), isolate->group->pool,
                         mail, value);
}

// The oldest mail; looks into the box when all that was taken is used up.
static Mail *next_mail(Isolate *isolate) {
  if (!isolate->mail) {
    isolate->mail = (Mail *)il_mailbox_take(&isolate->slot->events);
    if (isolate->delivered_bytes) {
      atomic_fetch_sub_explicit(&isolate->slot->waiting_bytes,
                                isolate->delivered_bytes, memory_order_relaxed);
      isolate->delivered_bytes = 0;
    }
  }
  return isolate->mail;
}

static Mail *take_mail(Isolate *isolate) {
  Mail *mail = isolate->mail;
  isolate->mail = (Mail *)mail->link.next;
  isolate->delivered_bytes += il_mail_bytes(mail);
  return mail;
}

// Items of the start mail's _Array.
enum { START_FIRST, START_SECOND, START_NAME, START_MAIN, START_REPLIES };

// The main function as an object: dart:isolate sees how many arguments it takes,
// and passes them with checks, for nothing is known of the message. It stands in
// a root until the start mail has been taken.
static bool make_main(Isolate *isolate) {
  Heap *heap = &isolate->heap;
  if (!has_room(heap, sizeof(Closure)) &&
      il_heap_reserve(heap, sizeof(Closure)) != IL_OK) {
    return false;
  }
  Closure *main = il_heap_allocate(heap, sizeof(Closure));
  memset(main, 0, sizeof *main);
  main->header = il_header(CLASS_CLOSURE, 0);
  main->function = il_program_main(program_of(isolate));
  isolate->name = il_value_of(main);
  return true;
}

static void call_main(Isolate *isolate, Value main, const Value *items) {
  const uint64_t args[] = {main, items[START_FIRST], items[START_SECOND]};
  il_machine_call(&isolate->machine, core_function(isolate, CORE_RUN_MAIN),
                  args, 3);
}

static void call_hosted(Isolate *isolate, const Value *items) {
  const uint64_t args[] = {items[START_MAIN], items[START_FIRST],
                           items[START_SECOND], items[START_REPLIES]};
  il_machine_call(&isolate->machine, core_function(isolate, CORE_RUN_HOSTED),
                  args, 4);
}

static Step start_first(Isolate *isolate) {
  Value start;
  isolate->phase = PHASE_EVENT;
  if (isolate->spawn_kind == SPAWN_MAIN && !make_main(isolate)) {
    return start_uncaught(isolate, VALUE_NULL, 0);
  }
  bool has_taken = take_message(isolate, take_mail(isolate), &start);
  Value main = isolate->name;
  isolate->name = VALUE_NULL;
  if (!has_taken) return start_uncaught(isolate, VALUE_NULL, 0);
  const Array *array = (const Array *)il_value_object(start);
  const Value *items = array->items;
  if (array->length > START_NAME) isolate->name = items[START_NAME];
  if (isolate->spawn_kind == SPAWN_MAIN) {
    call_main(isolate, main, items);
  } else if (isolate->spawn_kind == SPAWN_HOSTED) {
    call_hosted(isolate, items);
  } else {
    il_machine_call_closure(&isolate->machine, items[START_FIRST],
                            &items[START_SECOND], 1, false);
  }
  return STEP_AGAIN;
}

// Gives a message to its port's handler; mail for a closed port is dropped.
static Step deliver(Isolate *isolate, Mail *mail) {
  uint32_t number = il_port_number(mail->port);
  uint32_t generation = il_port_generation(mail->port);
  if (generation != atomic_load_explicit(&isolate->slot->generation,
                                         memory_order_relaxed) ||
      !il_event_find_port(&isolate->ports, number)) {
    il_mail_free(&il_isolate_cache(isolate)->mail, mail);
    return STEP_AGAIN;
  }
  isolate->took_timer = false;
  isolate->phase = PHASE_EVENT;
  Value value;
  if (!take_message(isolate, mail, &value)) {
    return start_uncaught(isolate, VALUE_NULL, 0);
  }
  // Only now, for making room may have moved the handler.
  Value handler = il_event_find_port(&isolate->ports, number)->handler;
  if (il_value_class(handler) == CLASS_CLOSURE) {
    il_machine_call_closure(&isolate->machine, handler, &value, 1, true);
  } else {
    const uint64_t args[] = {handler, value};
    il_machine_call(&isolate->machine,
                    core_function(isolate, CORE_HANDLE_MESSAGE), args, 2);
  }
  return STEP_AGAIN;
}

static Step fire_timer(Isolate *isolate, Value timer) {
  const uint64_t args[] = {timer};
  isolate->took_timer = true;
  isolate->phase = PHASE_EVENT;
  il_machine_call(&isolate->machine, core_function(isolate, CORE_HANDLE_TIMER),
                  args, 1);
  return STEP_AGAIN;
}

// Mail and timers take turns when both are there.
static Step start_event(Isolate *isolate) {
  Sched *sched = isolate->group->realm->sched;
  Mail *mail = next_mail(isolate);
  if (isolate->timers.count && !(mail && isolate->took_timer)) {
    Value timer = il_event_take_timer(&isolate->timers, il_sched_now_ns(sched));
    if (timer) return fire_timer(isolate, timer);
  }
  if (mail) return deliver(isolate, take_mail(isolate));
  if (!isolate->ports.keep_count && !isolate->timers.count) {
    isolate->is_ending = true;
    return STEP_END;
  }
  // Mail may have had its turn while a timer was due.
  if (isolate->took_timer && isolate->timers.count) {
    isolate->took_timer = false;
    return STEP_AGAIN;
  }
  if (il_timer_set(&isolate->slot->task,
                   il_event_next_due_ns(&isolate->timers)) != IL_OK) {
    return start_uncaught(isolate, VALUE_NULL, 0);
  }
  return STEP_WAIT;
}

// ---- the machine ---------------------------------------------------------

static Step finish_call(Isolate *isolate) {
  // Whatever ran is over, and what it left counts as the next event's.
  if (isolate->phase == PHASE_UNCAUGHT && isolate->errors_fatal) {
    il_isolate_end_soon(isolate, true);
  }
  isolate->phase = PHASE_IDLE;
  return STEP_AGAIN;
}

static Step run_machine(Isolate *isolate, int64_t *budget) {
  Machine *machine = &isolate->machine;
  MachineOutcome outcome = il_machine_run(machine, *budget);
  *budget = machine->budget - EVENT_COST;
  switch (outcome) {
    case MACHINE_DONE:
      return finish_call(isolate);
    case MACHINE_THREW:
      return start_uncaught(isolate, machine->error, machine->trace);
    case MACHINE_PREEMPTED:
      *budget = 0;
      return STEP_POLL;
    case MACHINE_BLOCKED:
      return il_isolate_is_copying(isolate) ? STEP_AGAIN : STEP_BLOCK;
    case MACHINE_STOPPED:
      isolate->is_ending = true;
      return STEP_AGAIN;
  }
  IL_UNREACHABLE();
}

// Copies a slice of a large message; the native that began it runs again when
// it is whole.
static Step continue_copy(Isolate *isolate) {
  IsolateExtra *extra = isolate->extra;
  if (extra->farewell) {
    return il_farewell_continue(isolate, COPY_SLICE_BYTES) ? STEP_AGAIN
                                                           : STEP_POLL;
  }
  extra->copy_result = il_message_continue(
      extra->copy, COPY_SLICE_BYTES, &extra->copy_mail, &extra->copy_culprit);
  if (extra->copy_result == MESSAGE_MORE) return STEP_POLL;
  extra->copy = NULL;
  return STEP_AGAIN;
}

// ---- what is next --------------------------------------------------------

static Step start_microtasks(Isolate *isolate) {
  isolate->phase = PHASE_MICROTASKS;
  il_machine_call(&isolate->machine,
                  core_function(isolate, CORE_RUN_MICROTASKS), NULL, 0);
  return STEP_AGAIN;
}

static Step start_finalizer(Isolate *isolate, Value entry) {
  const uint64_t args[] = {entry};
  isolate->phase = PHASE_EVENT;
  il_machine_call(&isolate->machine, core_function(isolate, CORE_FINALIZE),
                  args, 1);
  return STEP_AGAIN;
}

// Nothing runs: the place between two events.
static Step choose_event(Isolate *isolate) {
  if (isolate->phase != PHASE_START && isolate->microtasks.count) {
    return start_microtasks(isolate);
  }
  il_control_handle_later(isolate);
  if (isolate->is_ending) return STEP_END;
  if (il_control_is_paused(isolate)) return STEP_PAUSE;
  if (isolate->phase == PHASE_START) return start_first(isolate);
  Value dead = il_heap_take_dead(&isolate->heap);
  return dead ? start_finalizer(isolate, dead) : start_event(isolate);
}

static Step take_step(Isolate *isolate, int64_t *budget) {
  if (il_mailbox_has_mail(&isolate->slot->controls)) {
    il_control_handle_all(isolate);
  }
  if (isolate->is_ending) return STEP_END;
  if (il_isolate_is_copying(isolate)) return continue_copy(isolate);
  if (*budget <= 0) return STEP_POLL;
  if (il_machine_is_running(&isolate->machine)) {
    return run_machine(isolate, budget);
  }
  return choose_event(isolate);
}

static int64_t new_budget(Isolate *isolate) {
  const Realm *realm = isolate->group->realm;
  if (realm->flags->preempt_stress) return 1;
  if (!il_sched_is_seeded(realm->sched) && !realm->flags->kill_stress) {
    return SLICE_BUDGET;
  }
  return 1 + il_worker_random(isolate->worker, SEEDED_BUDGET);
}

// The adversary's: ends an isolate where it is, but for the main ones.
static void kill_at_random(Isolate *isolate) {
  Realm *realm = isolate->group->realm;
  if (!realm->flags->kill_stress || isolate->is_ending ||
      isolate->spawn_kind != SPAWN_ENTRY ||
      il_worker_random(isolate->worker, KILL_STRESS_ODDS) != 0) {
    return;
  }
  atomic_fetch_add_explicit(&realm->kill_count, 1, memory_order_relaxed);
  il_isolate_end_soon(isolate, false);
}

// True when the isolate shall let others run.
static bool poll(Isolate *isolate, int64_t *budget) {
  *budget = new_budget(isolate);
  if (!il_isolate_is_copying(isolate)) il_heap_step(&isolate->heap);
  kill_at_random(isolate);
  if (il_limit_check(isolate) && isolate->phase != PHASE_UNCAUGHT) {
    // Its own code cannot help: what fills the memory is not yet its own.
    il_machine_reset(&isolate->machine);
    isolate->errors_fatal = true;
    start_uncaught(isolate, VALUE_NULL, 0);
  }
  return il_sched_should_yield(isolate->worker);
}

static TaskOutcome run_steps(Isolate *isolate, Task *task) {
  int64_t budget = new_budget(isolate);
  for (;;) {
    switch (take_step(isolate, &budget)) {
      case STEP_AGAIN:
        break;
      case STEP_POLL:
        if (!poll(isolate, &budget)) break;
        il_lifecycle_move(&isolate->life, MOVE_PREEMPT);
        return TASK_YIELD;
      case STEP_BLOCK:
        il_lifecycle_move(&isolate->life, MOVE_BLOCK);
        return TASK_WAIT;
      case STEP_WAIT:
        if (il_heap_idle(&isolate->heap)) {
          il_lifecycle_move(&isolate->life, MOVE_PREEMPT);
          return TASK_YIELD;
        }
        il_isolate_return_stack(isolate);
        il_lifecycle_move(&isolate->life, MOVE_WAIT);
        return TASK_WAIT;
      case STEP_PAUSE:
        il_timer_set(task, IL_NEVER);
        il_lifecycle_move(&isolate->life, MOVE_PAUSE);
        return TASK_WAIT;
      case STEP_END:
        il_isolate_end(isolate, MOVE_END);
        return TASK_DONE;
    }
  }
}

TaskOutcome il_isolate_run(Task *task, Worker *worker) {
  Slot *slot = (Slot *)task;
  Isolate *isolate = slot->isolate;
  isolate->worker = worker;
  il_lifecycle_move(&isolate->life, MOVE_BEGIN);
  il_isolate_borrow_stack(isolate);
  il_limit_begin(isolate);
  TaskOutcome outcome = run_steps(isolate, task);
  if (outcome == TASK_DONE) return outcome;  // it is gone
  il_limit_end(isolate);
  il_isolate_flush_counts(isolate);
  return outcome;
}
