// limit.c: keeping limits, measuring time, judging.
#include "isolate/limit.h"

#include "base/clock.h"
#include "base/memory.h"
#include "isolate/control.h"
#include "isolate/isolate.h"

struct LimitsNode {
  Limits limits;
  LimitsNode *next;
};

const Limits *il_limit_keep(Group *group, const Limits *limits) {
  const Limits *own = &group->limits;
  if (memcmp(own, limits, sizeof *own) == 0) return own;
  il_lock_take(&group->lock);
  LimitsNode *node = group->more_limits;
  while (node && memcmp(&node->limits, limits, sizeof *limits) != 0) {
    node = node->next;
  }
  if (!node) {
    node = il_memory_alloc(sizeof *node);
    node->limits = *limits;
    node->next = group->more_limits;
    group->more_limits = node;
  }
  il_lock_release(&group->lock);
  return &node->limits;
}

void il_limit_drop(Group *group) {
  while (group->more_limits) {
    LimitsNode *node = group->more_limits;
    group->more_limits = node->next;
    il_memory_free(node, sizeof *node);
  }
}

// Under a seed the clock is virtual, and so is the time that a run takes.
static uint64_t now_ns(const Isolate *isolate) {
  Sched *sched = isolate->group->realm->sched;
  if (il_sched_is_seeded(sched)) return il_sched_now_ns(sched);
  return (uint64_t)il_clock_thread_ns();
}

static void tell(Isolate *isolate, const char *format, uint64_t number) {
  Realm *realm = isolate->group->realm;
  if (!realm->hooks.report_error) return;
  TextBuilder text;
  il_text_builder_init(&text);
  il_text_append_format(&text, format, (unsigned long long)number);
  realm->hooks.report_error(realm->hooks.context, isolate,
                            il_text_builder_text(&text));
  il_text_builder_drop(&text);
}

static void check_time(Isolate *isolate) {
  const Limits *limits = isolate->limits;
  IsolateExtra *extra = il_isolate_extra(isolate);
  uint64_t now = now_ns(isolate);
  extra->cpu_ns += now - extra->cpu_since_ns;
  extra->cpu_since_ns = now;
  if (extra->cpu_ns <= limits->cpu_ns || isolate->is_ending) return;
  tell(isolate, "An isolate was ended: it has used its %llu ms of processor "
                "time.\n",
       limits->cpu_ns / 1000000);
  il_isolate_end_for(isolate, ISOLATE_END_CPU);
}

// What has been delivered is the heap's already, though the loop takes it from
// the slot's account for many at once.
static uint64_t waiting_bytes(const Isolate *isolate) {
  return atomic_load_explicit(&isolate->slot->waiting_bytes,
                              memory_order_relaxed) -
         isolate->delivered_bytes;
}

static void check_mail(Isolate *isolate) {
  const Limits *limits = isolate->limits;
  uint64_t waiting = waiting_bytes(isolate);
  if (waiting <= limits->mail_bytes || isolate->is_ending) return;
  tell(isolate, "An isolate was ended: the mail that waits for it exceeds "
                "%llu bytes.\n",
       limits->mail_bytes);
  il_isolate_end_for(isolate, ISOLATE_END_MAIL);
}

// The heap and the mail that waits for it stay within the isolate's limit, and
// with all that others have within that of the realm.
static bool is_full_of_mail(const Isolate *isolate) {
  uint64_t limit = isolate->limits->heap_bytes;
  uint64_t waiting = waiting_bytes(isolate);
  if (limit && waiting > limit / 2 &&
      waiting + il_heap_charged_bytes(&isolate->heap) > limit) {
    return true;
  }
  const Budget *budget = &isolate->group->realm->budget;
  return waiting > budget->limit_bytes / 16 &&
         il_budget_refuses(budget, 0, waiting, waiting);
}

// An isolate that takes no mail, because it is paused or waits for a request,
// is woken by each nonetheless.
static void check_flood(Isolate *isolate) {
  bool takes_mail = !isolate->request && !il_control_is_paused(isolate);
  if (isolate->is_ending || takes_mail || !is_full_of_mail(isolate)) return;
  tell(isolate, "An isolate was ended: the mail that waits for it leaves no "
                "memory.\n", 0);
  il_isolate_end_for(isolate, ISOLATE_END_MAIL);
}

void il_limit_begin(Isolate *isolate) {
  if (isolate->limits->cpu_ns) {
    il_isolate_extra(isolate)->cpu_since_ns = now_ns(isolate);
    check_time(isolate);
  }
  if (isolate->limits->mail_bytes) check_mail(isolate);
  check_flood(isolate);
}

void il_limit_end(Isolate *isolate) {
  if (isolate->limits->cpu_ns) check_time(isolate);
}

bool il_limit_check(Isolate *isolate) {
  if (isolate->limits->cpu_ns) check_time(isolate);
  if (isolate->limits->mail_bytes) check_mail(isolate);
  return is_full_of_mail(isolate);
}
