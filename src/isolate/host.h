// host.h: a port of the host program.
//
// Isolates send to it as to any other. It has a slot of its own and is a task
// like an isolate, but what its run function does is to give each mail to the
// host, in order, on whatever worker runs it.
//
// Owner:     the host, until il_host_port_close.
// Threads:   making and closing: any thread of the host; `deliver` is called by
//            one worker at a time.
// Allocates: a slot.
// Fails:     il_host_port_new returns NULL when memory is short.
#ifndef IL_ISOLATE_HOST_H
#define IL_ISOLATE_HOST_H

#include "isolate/group.h"

typedef struct HostPort HostPort;

// Takes the mail over (il_mail_free). Must not block.
typedef void HostDeliverFn(void *context, Mail *mail);

HostPort *il_host_port_new(Realm *realm, HostDeliverFn *deliver, void *context);

PortId il_host_port_id(const HostPort *port);

// Mail that comes later is dropped; a call of `deliver` under way on another
// thread is waited for; none comes after. The struct is freed when no worker
// uses it.
void il_host_port_close(HostPort *port);

// Frees the port of a slot when no worker runs any more; for the realm.
void il_host_port_abandon(Slot *slot);

#endif
