// object.h: how the objects of each layout lie in memory.
//
// One struct a layout of code/layout.def, after the header; what is a
// reference is declared Value, all else is raw. Sizes are multiples of 8.
// The one visitor of edges is il_object_each_edge: collector, copier, audit
// and dump see objects through it alone. It passes by what is weak: the target
// of a WEAK, key and value of an EPHEMERON, the value of a FINALIZER: those are
// the collector's (heap/weak.c).
//
//   Instance   [vector] fields; ClassCode.ref_map
//   Double     value            Integer  value
//   String     length, then bytes (STRING1) or code units (STRING2); a long
//              one ends in a reference to its twin among the payloads, or 0
//   Array      length, references         RawArray length, words
//   List       vector, length, references RawList  vector, length, words
//   Bytes      length, bytes
//   Closure    function | refs | raws, vectors, instantiation, refs, raws
//   Record     shape | count, references
//   Coroutine  function, pc, state, three references, a frame (exec/coroutine.h)
//
// Owner:     a heap, a parcel, or the program's constants.
// Threads:   the isolate's worker.
// Allocates: nothing.
// Fails:     never.
#ifndef ISLE_OBJECT_OBJECT_H
#define ISLE_OBJECT_OBJECT_H

#include <stdatomic.h>

#include "object/value.h"

typedef struct { Header header; double value; } Double;
typedef struct { Header header; int64_t value; } Integer;

typedef struct {
  Header header;
  uint64_t length;     // code units
  uint8_t bytes[];     // STRING1; STRING2: uint16_t units
} String;

typedef struct { Header header; uint64_t length; Value items[]; } Array;
typedef struct { Header header; uint64_t length; uint64_t words[]; } RawArray;

typedef struct {
  Header header;
  uint64_t vector;     // TypeId
  uint64_t length;
  Value items[];
} List;

typedef struct {
  Header header;
  uint64_t vector;
  uint64_t length;
  uint64_t words[];
} RawList;

// _GrowableList and its kin: instances that the machine knows.
typedef struct {
  Header header;
  uint64_t vector;
  int64_t length;
  Value storage;       // Array or RawArray
} GrowableList;

typedef struct { Header header; uint64_t length; uint8_t bytes[]; } Bytes;

typedef struct {
  Header header;
  uint32_t function;       // FunctionId
  uint16_t ref_count, raw_count;
  uint32_t class_vector, function_vector;
  uint64_t instantiation;  // TypeId
  uint64_t slots[];        // references, then raw words
} Closure;

typedef struct {
  Header header;
  uint32_t shape;          // ShapeId of the names
  uint32_t count;
  Value fields[];
} RecordValue;

typedef struct { Header header; uint64_t type; } TypeValue;
// A symbol made at run time whose text is no name of the program has name 0.
typedef struct { Header header; uint64_t name; Value text; } SymbolValue;
typedef struct { Header header; uint64_t id; } PortValue;        // and
typedef struct { Header header; uint64_t number; } CapabilityValue;
typedef struct {
  Header header;
  uint64_t vector;
  Value target;            // weak
} Weak;
typedef struct { Header header; Value key, value; } Ephemeron;   // weak key
typedef struct {
  Header header;
  Value value;             // weak; null once dead or cleared
  Value finalizer, token;  // references
  Value next;              // in the heap's list of dead entries
} FinalizerEntry;

typedef struct {
  Header header;
  uint64_t count;
  uint64_t points[];       // function id << 32 | pc
} StackTraceValue;

// The trace of what is thrown when there is no memory for one: immortal, empty.
extern const StackTraceValue il_no_trace_object;
#define VALUE_NO_TRACE il_value_of(&il_no_trace_object)

// A suspended frame: of its words, those in the function's two ranges of
// references (program.h) are references, whatever the state.
typedef struct {
  Header header;
  uint32_t function;       // FunctionId
  uint32_t pc;             // word of the code to go on at
  uint32_t state;          // of exec/coroutine.h
  uint32_t frame_words;    // as the function's
  Value future, current, attachment;
  uint64_t frame[];
} Coroutine;

// Visits one edge; the visitor may overwrite *slot with where the object went.
typedef void EdgeFn(Value *slot, void *context);

Layout il_object_layout(const Program *program, const Object *object);
size_t il_object_size_bytes(const Program *program, const Object *object);
void il_object_each_edge(const Program *program, Object *object, EdgeFn *visit,
                         void *context);
// The items of an ARRAY or LIST, NULL for any other object: all its references.
Value *il_object_items(const Program *program, Object *object, uint64_t *count);
// WEAK or EPHEMERON: not all that it names is visited.
bool il_object_is_weak(const Program *program, const Object *object);

static inline bool il_string_is_wide(const String *s) {
  return (ClassId)(s->header >> HEADER_CLASS_SHIFT & HEADER_CLASS_MASK) ==
         CLASS_TWO_BYTE_STRING;
}
static inline uint16_t *il_string_units(String *s) {
  return (uint16_t *)(void *)s->bytes;
}
static inline uint16_t il_string_unit(const String *s, uint64_t i) {
  return il_string_is_wide(s) ? ((const uint16_t *)(const void *)s->bytes)[i]
                              : s->bytes[i];
}
static inline size_t il_object_round(size_t size_bytes) {
  return (size_bytes + 7) & ~(size_t)7;
}

// The content hash, FNV-1a over the code units in 30 bits, never 0; kept in the
// header once made, or before a payload's. Constants have theirs from the start.
uint32_t il_string_hash(String *s);
bool il_string_equal(const String *a, const String *b);

// Strings of at least that many bytes may be shared between isolates.
#define STRING_LONG_BYTES 1024

static inline size_t il_string_size_bytes(uint64_t length, bool wide) {
  size_t bytes = length << wide;
  return il_object_round(sizeof(String) + bytes) +
         (bytes >= STRING_LONG_BYTES ? sizeof(Value) : 0);
}
static inline bool il_string_is_long(const String *s) {
  return s->length << il_string_is_wide(s) >= STRING_LONG_BYTES;
}
// The payload that stands for a long string in messages; 0 for none. Whoever
// makes a long string clears it, being the last word.
static inline Value *il_string_twin(String *s) {
  size_t size_bytes = il_string_size_bytes(s->length, il_string_is_wide(s));
  return (Value *)(void *)((char *)s + size_bytes) - 1;
}
// Where the content hash of a payload is kept: before its object.
static inline _Atomic(uint32_t) *il_object_counted_hash(Object *o) {
  return (_Atomic(uint32_t) *)(void *)o - 1;
}

#endif
