// message.c: in order: what may be sent, payloads, one object, following
// references, read-only views, the small copy, the large one, the receiver's
// side.
#include "isolate/message.h"

#include "base/memory.h"
#include "base/vec.h"
#include "exec/access.h"
#include "isolate/foreign.h"
#include "object/object.h"

enum {
  // The flags that belong to the source's heap and not to the copy.
  HEADER_HEAP_FLAGS = HEADER_REMEMBERED | HEADER_SHARED | HEADER_COUNTED,
  // The most objects that fit in a mail: a header and one word each.
  SMALL_LOG_COUNT = MAIL_INLINE_BYTES / 8,
};

// Copies of read-only lists of typed data.
typedef IL_VEC(Object *) Views;

// A copy under way, small or large.
typedef struct Copier {
  MessageSource source;
  MessageResult result;  // MESSAGE_DONE while all goes well
  Value culprit;
  // Where copies go: a mail's data, or the parcel when `top` is NULL.
  char *top, *end;
  Parcel *parcel;
  // The log.
  Object **log;
  uint32_t copied, scanned, log_capacity;
  bool has_weak, has_transfer;
  size_t copied_bytes;
  Views views;  // whose bytes are still the source's
} Copier;

struct MessageCopy {
  Copier copier;
  PortId port;
  Value root;
  Parcel parcel;
};

// ---- what may be sent ----------------------------------------------------

// Suspended frames, ports that receive, and finalizers belong to their isolate.
static bool is_bound(ClassId class, Layout layout) {
  return layout == LAYOUT_COROUTINE || layout == LAYOUT_FINALIZER ||
         class == CLASS_FINALIZER || class == CLASS_RAW_RECEIVE_PORT ||
         class == CLASS_RECEIVE_PORT;
}

bool il_message_may_leave(const Program *program, const Object *object) {
  ClassId class = il_object_class(object);
  Layout layout = (Layout)il_program_class(program, class)->layout;
  return !is_bound(class, layout) && !il_message_is_empty(object);
}

// ---- payloads ------------------------------------------------------------

Object *il_message_share(const MessageSource *source, Value value) {
  if (il_value_is_small(value)) return NULL;
  Object *object = il_value_object(value);
  ClassId class = il_object_class(object);
  String *string = (String *)(void *)object;
  if ((class != CLASS_ONE_BYTE_STRING && class != CLASS_TWO_BYTE_STRING) ||
      !il_string_is_long(string)) {
    return NULL;
  }
  bool is_constant = (object->header & (HEADER_SHARED | HEADER_COUNTED)) ==
                     HEADER_SHARED;
  return is_constant ? NULL : il_payload_share(source->heap, string);
}

// The mail holds it, too. A small mail holds nothing: the copy begins again.
static bool hold(Copier *copier, Object *object) {
  if (copier->top) {
    copier->result = MESSAGE_MORE;
    return false;
  }
  il_payload_hold(&copier->parcel->payloads, il_payload_of(object), 0);
  return true;
}

// ---- one object ----------------------------------------------------------

static bool grow_log(Copier *copier) {
  uint32_t before = copier->log_capacity;
  if (copier->top) return false;  // the small log is of one size
  uint32_t wanted = before * 2;
  Object **grown = il_memory_try_realloc(copier->log, before * sizeof(Object *),
                                         wanted * sizeof(Object *));
  if (!grown) return false;
  copier->log = grown;
  copier->log_capacity = wanted;
  return true;
}

static void *take_room(Copier *copier, size_t size_bytes) {
  if (!copier->top) return il_parcel_allocate(copier->parcel, size_bytes);
  if ((size_t)(copier->end - copier->top) < size_bytes) return NULL;
  void *room = copier->top;
  copier->top += size_bytes;
  return room;
}

// Returns the copy of an object not copied before; NULL when it cannot be.
static Object *copy_object(Copier *copier, Object *object) {
  const Program *program = copier->source.program;
  ClassId class = il_object_class(object);
  Layout layout = (Layout)il_program_class(program, class)->layout;
  if (layout == LAYOUT_STRING1 || layout == LAYOUT_STRING2) {
    Object *shared = il_message_share(&copier->source, il_value_of(object));
    if (shared) return hold(copier, shared) ? shared : NULL;
  }
  if (is_bound(class, layout) || il_message_is_empty(object)) {
    copier->result = MESSAGE_UNSENDABLE;
    copier->culprit = il_value_of(object);
    return NULL;
  }
  size_t size_bytes = il_object_size_bytes(program, object);
  void *room = NULL;
  if (copier->copied < copier->log_capacity || grow_log(copier)) {
    room = take_room(copier, size_bytes);
  }
  if (!room) {
    // A small copy begins again as a large one.
    copier->result = copier->top ? MESSAGE_MORE : MESSAGE_NO_MEMORY;
    return NULL;
  }
  memcpy(room, object, size_bytes);
  Object *copy = room;
  if (layout == LAYOUT_WEAK || layout == LAYOUT_EPHEMERON) {
    copier->has_weak = true;
  }
  if (class == CLASS_TRANSFERABLE) copier->has_transfer = true;
  copier->copied_bytes += size_bytes;
  copier->log[copier->copied++] = object;
  object->header = (Header)(uintptr_t)copy;
  return copy;
}

static bool is_copied(const Object *object) {
  return !(object->header & HEADER_IS_HEADER);
}

static Object *copy_of(const Object *object) {
  return (Object *)(uintptr_t)object->header;
}

// Shared objects and constants are the same for all isolates of the group.
static bool is_everywhere(const Object *object) {
  return object->header & (HEADER_SHARED | HEADER_CANONICAL);
}

static bool is_object(Value value) { return !il_value_is_small(value); }

// The log marks settled weak objects, and copies that are payloads.
enum { LOG_SETTLED = 1, LOG_PAYLOAD = 2 };

static Object *log_object(const Copier *copier, uint32_t index) {
  return (Object *)((uintptr_t)copier->log[index] & ~(uintptr_t)3);
}
static void mark_log(Copier *copier, uint32_t index, int mark) {
  copier->log[index] =
      (Object *)((uintptr_t)copier->log[index] | (uintptr_t)mark);
}
static bool is_log_marked(const Copier *copier, uint32_t index, int mark) {
  return (uintptr_t)copier->log[index] & (uintptr_t)mark;
}

// An EdgeFn: the slot is in a copy and holds what the source held.
static void copy_edge(Value *slot, void *context) {
  Copier *copier = context;
  Value value = *slot;
  if (il_value_is_small(value) || copier->result != MESSAGE_DONE) return;
  Object *object = il_value_object(value);
  if (is_copied(object)) {
    *slot = il_value_of(copy_of(object));
    return;
  }
  if (object->header & HEADER_COUNTED) {
    if (il_payload_travels(object)) {
      hold(copier, object);
      return;
    }
  } else if (is_everywhere(object)) {
    return;
  }
  Object *copy = copy_object(copier, object);
  if (copy) *slot = il_value_of(copy);
}

// ---- following references ------------------------------------------------

// A read-only list of many bytes that have not been copied: nothing is done
// about them before all else is, see settle_views.
static bool is_long_view(const Object *copy) {
  ClassId class = il_object_class(copy);
  if (class < CLASS_INT8_LIST || class > CLASS_FLOAT64_LIST ||
      !copy->words[TYPED_READ_ONLY]) {
    return false;
  }
  const Object *bytes = il_value_object(copy->words[TYPED_BYTES]);
  return !is_copied(bytes) && !(bytes->header & HEADER_CANONICAL) &&
         bytes->words[BYTES_LENGTH] >= STRING_LONG_BYTES;
}

// Follows the references of copies in the order in which they were made, until
// there is none left or about `budget_bytes` more have been copied.
static void scan(Copier *copier, size_t budget_bytes) {
  size_t goal_bytes = copier->copied_bytes + budget_bytes;
  while (copier->scanned < copier->copied && copier->result == MESSAGE_DONE &&
         copier->copied_bytes < goal_bytes) {
    Object *copy = copy_of(copier->log[copier->scanned++]);
    if (!is_long_view(copy))
      il_object_each_edge(copier->source.program, copy, copy_edge, copier);
    else if (copier->top)
      copier->result = MESSAGE_MORE;
    else
      il_vec_push(&copier->views, copy);
  }
}

// Weak references in copies still name sources. One follows its target when
// that was copied for another reason, and the value of an ephemeron is copied
// when its key was, which may bring further targets: so go round until nothing
// changes. What is left then names nothing. Settled ones have a mark in the
// log.
static bool settle_weak(Copier *copier, uint32_t index, bool is_last) {
  const Program *program = copier->source.program;
  Object *copy = copy_of(log_object(copier, index));
  Layout layout = il_object_layout(program, copy);
  if (layout != LAYOUT_WEAK && layout != LAYOUT_EPHEMERON) return false;
  Value *target = layout == LAYOUT_WEAK ? &((Weak *)copy)->target
                                        : &((Ephemeron *)copy)->key;
  bool is_copied_now =
      is_object(*target) && is_copied(il_value_object(*target));
  if (is_copied_now) {
    *target = il_value_of(copy_of(il_value_object(*target)));
  } else if (is_object(*target) && !is_everywhere(il_value_object(*target))) {
    if (!is_last) return false;
    *target = VALUE_NULL;
    if (layout == LAYOUT_EPHEMERON) ((Ephemeron *)copy)->value = VALUE_NULL;
    return true;
  }
  mark_log(copier, index, LOG_SETTLED);
  if (layout == LAYOUT_EPHEMERON) {
    copy_edge(&((Ephemeron *)copy)->value, copier);
  }
  return true;
}

static void settle_all_weak(Copier *copier) {
  for (bool has_changed = true; has_changed;) {
    has_changed = false;
    for (uint32_t i = 0; i < copier->copied; i++) {
      if (!is_log_marked(copier, i, LOG_SETTLED))
        has_changed |= settle_weak(copier, i, false);
    }
    scan(copier, SIZE_MAX / 2);
    if (copier->result != MESSAGE_DONE) return;
  }
  for (uint32_t i = 0; i < copier->copied; i++) {
    if (!is_log_marked(copier, i, LOG_SETTLED)) settle_weak(copier, i, true);
  }
}

// ---- read-only views -----------------------------------------------------

// Copies bytes that nobody in the message may write to a payload, which the
// mail alone holds.
static Object *copy_to_payload(Copier *copier, Object *bytes) {
  Pool *pool = copier->source.pool;
  size_t size_bytes = il_object_size_bytes(copier->source.program, bytes);
  Payload *payload = NULL;
  if ((copier->copied < copier->log_capacity || grow_log(copier)) &&
      !il_pool_refuses(pool, 0, size_bytes)) {
    payload = il_payload_new(pool->budget, size_bytes);
  }
  if (!payload) {
    copier->result = MESSAGE_NO_MEMORY;
    return NULL;
  }
  Object *copy = il_payload_object(payload);
  memcpy(copy, bytes, size_bytes);
  copier->log[copier->copied] = bytes;
  mark_log(copier, copier->copied++, LOG_PAYLOAD);
  bytes->header = (Header)(uintptr_t)copy;
  il_payload_take(&copier->parcel->payloads, payload, 0);
  return copy;
}

// Here all else has been copied: bytes that have not are named by read-only
// views alone, and so they will be for the receiver, through which nobody gets
// at anything that could write. They are its first immutable ones: forwarded,
// they are not copied again.
static void settle_views(Copier *copier) {
  for (uint32_t i = 0; i < copier->views.count; i++) {
    Object *view = copier->views.items[i];
    Object *bytes = il_value_object(view->words[TYPED_BYTES]);
    Object *copy = is_copied(bytes) ? copy_of(bytes)
                                    : copy_to_payload(copier, bytes);
    if (!copy) return;
    view->words[TYPED_BYTES] = il_value_of(copy);
  }
}

// ---- the ends of a copy --------------------------------------------------

// Puts the headers back: each copy holds its source's, as it was.
static void restore_headers(Copier *copier) {
  for (uint32_t i = 0; i < copier->copied; i++) {
    Object *object = log_object(copier, i);
    Object *copy = copy_of(object);
    object->header = copy->header;
    copy->header &= ~(Header)HEADER_HEAP_FLAGS;
    if (is_log_marked(copier, i, LOG_PAYLOAD))
      copy->header |= HEADER_SHARED | HEADER_COUNTED | HEADER_CANONICAL;
  }
}

// What was to be handed over is the receiver's alone: the sender's objects give
// it up. Nothing names the bytes but the transferable's buffer, and nothing
// that but the transferable: so marking need not see them go, and never will again.
void il_message_empty(Heap *heap, Object *object) {
  if (il_object_class(object) != CLASS_TRANSFERABLE) return;
  Object *buffer = il_value_object(object->words[0]);
  Object *bytes = il_value_object(buffer->words[0]);
  buffer->words[0] = VALUE_NULL;
  object->words[0] = VALUE_NULL;
  il_payload_leave(heap, bytes);
}

static void empty_transferred(Copier *copier) {
  for (uint32_t i = 0; i < copier->copied; i++)
    il_message_empty(copier->source.heap, log_object(copier, i));
}

static void finish(Copier *copier) {
  if (copier->has_weak && copier->result == MESSAGE_DONE) {
    settle_all_weak(copier);
  }
  if (copier->result == MESSAGE_DONE) settle_views(copier);
  restore_headers(copier);
}

// ---- the small copy ------------------------------------------------------

// Fails with MESSAGE_MORE when the graph is too large.
static MessageResult copy_small(const MessageSource *source, Value value,
                                PortId port, Mail **mail, Value *culprit) {
  uint64_t room[MAIL_INLINE_BYTES / 8];
  Object *log[SMALL_LOG_COUNT];
  Copier copier = {.source = *source,
                   .top = (char *)room,
                   .end = (char *)room + sizeof room,
                   .log = log,
                   .log_capacity = SMALL_LOG_COUNT};
  Value root = value;
  copy_edge(&root, &copier);  // the root is an edge like the others
  scan(&copier, SIZE_MAX / 2);
  finish(&copier);
  if (copier.result != MESSAGE_DONE) {
    *culprit = copier.culprit;
    return copier.result;
  }
  uint32_t used = (uint32_t)copier.copied_bytes;
  Mail *made = il_mail_new(source->cache, MAIL_MESSAGE, used);
  if (!made) return MESSAGE_NO_MEMORY;
  made->port = port;
  made->root = root;
  if (used > 0) {
    made->form = MAIL_INLINE;
    made->data_bytes = used;
    made->as.small.origin = (uint64_t)(uintptr_t)room;
    memcpy(made->as.small.data, room, used);
  }
  *mail = made;
  return MESSAGE_DONE;
}

// ---- the large copy ------------------------------------------------------

enum { FIRST_LOG_COUNT = 1024 };

static void free_copy(MessageCopy *copy) {
  il_memory_free(copy->copier.log,
                 copy->copier.log_capacity * sizeof(Object *));
  il_vec_drop(&copy->copier.views);
  il_memory_free(copy, sizeof *copy);
}

static MessageCopy *begin_large(const MessageSource *source, Value value,
                                PortId port) {
  MessageCopy *copy = il_memory_try_alloc(sizeof(MessageCopy));
  if (!copy) return NULL;
  copy->copier = (Copier){.source = *source,
                          .parcel = &copy->parcel,
                          .log_capacity = FIRST_LOG_COUNT};
  copy->copier.log = il_memory_try_alloc(FIRST_LOG_COUNT * sizeof(Object *));
  if (!copy->copier.log) {
    il_memory_free(copy, sizeof *copy);
    return NULL;
  }
  // It may end on another worker.
  copy->copier.source.cache = NULL;
  copy->port = port;
  copy->root = value;
  il_parcel_init(&copy->parcel, source->pool);
  copy_edge(&copy->root, &copy->copier);
  return copy;
}

void il_message_cancel(MessageCopy *copy) {
  restore_headers(&copy->copier);
  il_parcel_drop(&copy->parcel);
  free_copy(copy);
}

// From the start, in whole blocks.
static void begin_again(MessageCopy *copy) {
  Copier *copier = &copy->copier;
  restore_headers(copier);
  copy->root = il_value_of(log_object(copier, 0));
  copier->copied = copier->scanned = 0;
  copier->copied_bytes = 0;
  copier->views.count = 0;
  copier->has_weak = copier->has_transfer = false;
  il_vec_clear(&copier->views);
  il_parcel_drop(&copy->parcel);
  il_parcel_init_large(&copy->parcel, copier->source.pool);
  copy_edge(&copy->root, copier);
}

MessageResult il_message_continue(MessageCopy *copy, size_t budget_bytes,
                                  Mail **mail, Value *culprit) {
  Copier *copier = &copy->copier;
  scan(copier, budget_bytes);
  if (copier->result == MESSAGE_DONE && copier->scanned < copier->copied) {
    if (il_parcel_has_outgrown(&copy->parcel)) begin_again(copy);
    return MESSAGE_MORE;
  }
  finish(copier);
  MessageResult result = copier->result;
  Mail *made = NULL;
  if (result == MESSAGE_DONE) {
    made = il_mail_new(copier->source.cache, MAIL_MESSAGE, 0);
    if (!made) result = MESSAGE_NO_MEMORY;
  }
  if (result == MESSAGE_DONE) {
    made->port = copy->port;
    made->form = MAIL_PARCEL;
    made->root = copy->root;
    made->as.parcel = copy->parcel;
    *mail = made;
    if (copier->has_transfer) empty_transferred(copier);
  } else {
    if (result == MESSAGE_UNSENDABLE) *culprit = copier->culprit;
    il_parcel_drop(&copy->parcel);
  }
  free_copy(copy);
  return result;
}

// A long string alone, the most frequent of large messages.
static Mail *new_string_mail(const MessageSource *source, Object *string,
                             PortId port) {
  Mail *mail = il_mail_new(source->cache, MAIL_MESSAGE, 0);
  if (!mail) return NULL;
  mail->port = port;
  mail->form = MAIL_PARCEL;
  mail->root = il_value_of(string);
  il_parcel_init(&mail->as.parcel, source->pool);
  il_payload_hold(&mail->as.parcel.payloads, il_payload_of(string), 0);
  return mail;
}

MessageResult il_message_copy(const MessageSource *source, Value value,
                              PortId port, Mail **mail, MessageCopy **copy,
                              Value *culprit) {
  if (source->to_other_group) {
    return il_foreign_copy(source, value, port, mail, culprit);
  }
  Object *string = il_message_share(source, value);
  if (string) {
    *mail = new_string_mail(source, string, port);
    return *mail ? MESSAGE_DONE : MESSAGE_NO_MEMORY;
  }
  MessageResult result = copy_small(source, value, port, mail, culprit);
  if (result != MESSAGE_MORE) return result;
  *copy = begin_large(source, value, port);
  return *copy ? MESSAGE_MORE : MESSAGE_NO_MEMORY;
}

// ---- the receiver's side -------------------------------------------------

typedef struct Removal {
  uint64_t from, size_bytes, distance;  // added to what points into the range
} Removal;

// An EdgeFn.
static void move_edge(Value *slot, void *context) {
  const Removal *removal = context;
  // One comparison: an object's tag does not lead out of the range.
  if (is_object(*slot) && *slot - removal->from < removal->size_bytes) {
    *slot += removal->distance;
  }
}

static void move_weak(const Program *program, Object *object,
                      Removal *removal) {
  if (il_object_layout(program, object) == LAYOUT_WEAK) {
    move_edge(&((Weak *)object)->target, removal);
    return;
  }
  move_edge(&((Ephemeron *)object)->key, removal);
  move_edge(&((Ephemeron *)object)->value, removal);
}

static Value take_small(Heap *heap, const Program *program, Mail *mail) {
  char *room = il_heap_allocate(heap, mail->data_bytes);
  IL_ASSERT(room);
  memcpy(room, mail->as.small.data, mail->data_bytes);
  Removal removal = {mail->as.small.origin, mail->data_bytes,
                     (uint64_t)(uintptr_t)room - mail->as.small.origin};
  Value root = mail->root;
  move_edge(&root, &removal);
  for (char *at = room; at < room + mail->data_bytes;) {
    Object *object = (Object *)at;
    il_object_each_edge(program, object, move_edge, &removal);
    if (il_object_is_weak(program, object)) {
      move_weak(program, object, &removal);
    }
    at += il_object_size_bytes(program, object);
  }
  return root;
}

bool il_message_take(MailCache *cache, Heap *heap, const Program *program,
                     Pool *pool, Mail *mail, Value *taken) {
  Value value = mail->root;
  if (mail->form == MAIL_FOREIGN) {
    bool went_well = il_foreign_take(heap, program, pool, mail, taken);
    il_mail_free(cache, mail);
    return went_well;
  }
  if (mail->form == MAIL_INLINE) {
    value = take_small(heap, program, mail);
  } else if (mail->form == MAIL_PARCEL) {
    il_heap_adopt(heap, &mail->as.parcel);
  }
  il_mail_free_block(cache, mail);
  *taken = value;
  return true;
}
