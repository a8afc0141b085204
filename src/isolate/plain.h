// plain.h: plain data between C and isolates.
//
// A Plain is a value as a C program sees it: null, bool, int, double, text,
// bytes, a port, a list of such. It becomes a mail, and a mail becomes a Plain
// again; no heap is involved, so that any thread may do it. What a mail holds
// beyond that is PLAIN_OTHER. On the isolate's own worker a Plain may also
// become a value of its heap, and a value a Plain.
//
// Owner:     a Plain made from a mail lives in the arena given.
// Threads:   any.
// Allocates: the mail, its parcel, the arena.
// Fails:     il_plain_to_mail returns NULL when memory is short, or for lists
//            nested deeper than PLAIN_DEPTH.
#ifndef IL_ISOLATE_PLAIN_H
#define IL_ISOLATE_PLAIN_H

#include "base/arena.h"
#include "isolate/group.h"

enum { PLAIN_DEPTH = 100 };

typedef enum PlainKind {
  PLAIN_NULL,
  PLAIN_BOOL,
  PLAIN_INT,
  PLAIN_DOUBLE,
  PLAIN_TEXT,   // UTF-8; what is no UTF-8 becomes U+FFFD
  PLAIN_BYTES,  // a Uint8List; in `text`
  PLAIN_PORT,
  PLAIN_CAPABILITY,  // its number is in `port`
  PLAIN_LIST,        // a growable List<dynamic>
  PLAIN_TEXTS,       // the same as List<String>; only to a mail
  PLAIN_ARRAY,       // the machine's own _Array: a start mail; only to a mail
  PLAIN_FUNCTION,    // a static function, as an object; only to a mail
  PLAIN_OTHER,       // only from a mail
} PlainKind;

typedef struct Plain Plain;
struct Plain {
  PlainKind kind;
  union {
    bool truth;
    int64_t integer;
    double number;
    Text text;
    PortId port;
    struct {
      const Plain *items;
      uint32_t count;
      TypeId item;  // declared; TYPE_ID_NONE: dynamic
    } list;
    FunctionId function;
  } as;
};

// A new mail for `port`, for an isolate of the group.
Mail *il_plain_to_mail(Group *group, PortId port, const Plain *plain);

// The contents of a mail; the mail stays the caller's.
Plain il_plain_from_mail(Group *group, const Mail *mail, Arena *arena);

// Fits it to a declared type, for a mail or value that a function takes: an int
// becomes a double, lists get their item types. Nothing is refused. Its lists
// must be in memory that may be written.
void il_plain_declare(Group *group, Plain *plain, TypeId type);

// A value of a running isolate; small ones need MAIL_INLINE_BYTES of room to
// lie in the chunk that it fills. No collection happens. False when memory is
// short.
bool il_plain_to_value(Group *group, Heap *heap, const Plain *plain,
                       Value *value);
Plain il_plain_from_value(Group *group, Value value, Arena *arena);

#endif
