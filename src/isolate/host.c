// host.c: a slot whose mail goes to a C function.
#include "isolate/host.h"

#include "base/lock.h"
#include "base/memory.h"

struct HostPort {
  Realm *realm;
  Slot *slot;
  HostDeliverFn *deliver;
  void *context;
  PortId id;
  Lock lock;
  Condition delivered;
  bool is_closing;    // under the lock: nothing more is delivered
  bool is_delivering;
  bool is_closed;     // under the lock: the host is done with it
  pthread_t deliverer;
};

// May the task call the host now? If so the closing host waits for it.
static bool begin_delivery(HostPort *port) {
  il_lock_take(&port->lock);
  bool is_open = !port->is_closing;
  port->is_delivering = is_open;
  port->deliverer = pthread_self();
  il_lock_release(&port->lock);
  return is_open;
}

static void finish_delivery(HostPort *port) {
  il_lock_take(&port->lock);
  port->is_delivering = false;
  il_condition_wake_all(&port->delivered);
  il_lock_release(&port->lock);
}

static bool is_closed(HostPort *port) {
  il_lock_take(&port->lock);
  bool closed = port->is_closed;
  il_lock_release(&port->lock);
  return closed;
}

static void end(HostPort *port) {
  Slot *slot = port->slot;
  MailLink *link = il_mailbox_close(&slot->events);
  while (link) {
    Mail *mail = (Mail *)link;
    link = link->next;
    atomic_fetch_sub(&slot->waiting_bytes, il_mail_bytes(mail));
    il_mail_free(NULL, mail);
  }
  il_condition_drop(&port->delivered);
  il_lock_drop(&port->lock);
  il_memory_free(port, sizeof *port);
}

// The task of the slot; `isolate` of a host's slot holds the port.
static TaskOutcome run_host_port(Task *task, Worker *worker) {
  (void)worker;
  Slot *slot = (Slot *)task;
  HostPort *port = slot->host;
  MailLink *link = il_mailbox_take(&slot->events);
  while (link) {
    Mail *mail = (Mail *)link;
    link = link->next;
    atomic_fetch_sub(&slot->waiting_bytes, il_mail_bytes(mail));
    if (mail->port == port->id && begin_delivery(port)) {
      port->deliver(port->context, mail);
      finish_delivery(port);
    } else {
      il_mail_free(NULL, mail);
    }
  }
  if (!is_closed(port)) return TASK_WAIT;
  slot->host = NULL;
  end(port);
  return TASK_DONE;
}

HostPort *il_host_port_new(Realm *realm, HostDeliverFn *deliver,
                           void *context) {
  HostPort *port = il_memory_try_alloc(sizeof(HostPort));
  if (!port) return NULL;
  port->slot = il_port_new_slot(&realm->ports);
  if (!port->slot) {
    il_memory_free(port, sizeof *port);
    return NULL;
  }
  il_lock_init(&port->lock, RANK_PORT);
  il_condition_init(&port->delivered);
  port->realm = realm;
  port->deliver = deliver;
  port->context = context;
  port->id = il_port_make(port->slot, 1);
  port->slot->host = port;
  il_mailbox_open(&port->slot->events);
  il_task_init(&port->slot->task, realm->sched, run_host_port, NULL);
  return port;
}

PortId il_host_port_id(const HostPort *port) { return port->id; }

void il_host_port_close(HostPort *port) {
  // The task ends it, at once when a worker is free; a port that no worker gets
  // to before the scheduler stops is freed with the realm.
  Slot *slot = port->slot;
  il_lock_take(&port->lock);
  port->is_closing = true;
  while (port->is_delivering &&
         !pthread_equal(port->deliverer, pthread_self())) {
    il_condition_wait(&port->delivered, &port->lock);
  }
  port->is_closed = true;
  il_lock_release(&port->lock);
  il_task_wake(&slot->task);
}

void il_host_port_abandon(Slot *slot) {
  HostPort *port = slot->host;
  slot->host = NULL;
  end(port);
}
