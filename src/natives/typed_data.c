// typed_data.c: the bytes under typed data.
//
// A generator of accessors: each reads or writes one number at a byte offset
// that the library has checked, at any alignment, in the machine's order.

#include "heap/payload.h"
#include "natives/argument.h"

NATIVE(typed_data__TypedBytes_new) {
  uint64_t length = (uint64_t)ARG_INT(0);
  size_t size = il_object_round(sizeof(Bytes) + length);
  Bytes *b = il_heap_allocate(call->heap, size);
  if (!b) return NEED(size);
  b->header = il_header(CLASS_TYPED_DATA, 0);
  b->length = length;
  memset(b->bytes, 0, size - sizeof(Bytes));
  RETURN_VALUE(il_value_of(b));
}

NATIVE(typed_data__TypedBytes_length) {
  RETURN_VALUE(ARG(Bytes, 0)->length);
}

NATIVE(typed_data__TypedBytes_copy) {
  const Bytes *from = ARG(Bytes, 0);
  Bytes *to = ARG(Bytes, 1);
  memmove(to->bytes + ARG_INT(3), from->bytes + ARG_INT(2), (size_t)ARG_INT(4));
  RETURN_VALUE(VALUE_NULL);
}

// ---- the bytes of a TransferableTypedData, behind a ByteBuffer that has them as
// its only field

static Object *bytes_of(Value buffer) {
  return il_value_object(il_value_object(buffer)->words[0]);
}

// (buffer, length): the buffer's bytes are as many zeros, outside the heap.
NATIVE(isolate__allocateTransferable) {
  uint64_t length = (uint64_t)ARG_INT(1);
  size_t size = il_object_round(sizeof(Bytes) + length);
  Bytes *bytes = il_payload_new_bytes(call->heap, length);
  if (!bytes && size > HEAP_LARGE_BYTES) return NEED(size);
  if (!bytes) return il_throw_core_error(call, CORE_OUT_OF_MEMORY_ERROR, NULL, 0);
  Object *buffer = ARG(Object, 0);
  il_heap_store(call->heap, buffer, (Value *)&buffer->words[0],
                il_value_of(bytes));
  RETURN_VALUE(VALUE_NULL);
}

// (to, from, at, start, count)
NATIVE(isolate__fillTransferable) {
  Bytes *to = (Bytes *)(void *)bytes_of(call->args[0]);
  const Bytes *from = (const Bytes *)(void *)bytes_of(call->args[1]);
  memcpy(to->bytes + ARG_INT(2), from->bytes + ARG_INT(3), (size_t)ARG_INT(4));
  RETURN_VALUE(VALUE_NULL);
}

NATIVE(isolate__openTransferable) {
  il_payload_open(bytes_of(call->args[0]));
  RETURN_VALUE(VALUE_NULL);
}

#define INTEGER(name, type)                                           \
  NATIVE(typed_data__TypedBytes_get##name) {                          \
    type value;                                                       \
    memcpy(&value, ARG(Bytes, 0)->bytes + ARG_INT(1), sizeof value);  \
    RETURN_VALUE((int64_t)value);                                     \
  }                                                                   \
  NATIVE(typed_data__TypedBytes_set##name) {                          \
    type value = (type)ARG_INT(2);                                    \
    memcpy(ARG(Bytes, 0)->bytes + ARG_INT(1), &value, sizeof value);  \
    RETURN_VALUE(VALUE_NULL);                                         \
  }

#define FLOATING(name, type)                                          \
  NATIVE(typed_data__TypedBytes_get##name) {                          \
    type value;                                                       \
    memcpy(&value, ARG(Bytes, 0)->bytes + ARG_INT(1), sizeof value);  \
    il_native_return_double(call, (double)value);                     \
    return NATIVE_VALUE;                                              \
  }                                                                   \
  NATIVE(typed_data__TypedBytes_set##name) {                          \
    type value = (type)ARG_DOUBLE(2);                                 \
    memcpy(ARG(Bytes, 0)->bytes + ARG_INT(1), &value, sizeof value);  \
    RETURN_VALUE(VALUE_NULL);                                         \
  }

INTEGER(Int8, int8_t)
INTEGER(Uint8, uint8_t)
INTEGER(Int16, int16_t)
INTEGER(Uint16, uint16_t)
INTEGER(Int32, int32_t)
INTEGER(Uint32, uint32_t)
INTEGER(Int64, int64_t)
INTEGER(Uint64, uint64_t)
FLOATING(Float32, float)
FLOATING(Float64, double)

NATIVE(typed_data__TypedBytes_getUint8Clamped) {
  RETURN_VALUE(ARG(Bytes, 0)->bytes[ARG_INT(1)]);
}

NATIVE(typed_data__TypedBytes_setUint8Clamped) {
  int64_t value = ARG_INT(2);
  ARG(Bytes, 0)->bytes[ARG_INT(1)] =
      (uint8_t)(value < 0 ? 0 : value > 255 ? 255 : value);
  RETURN_VALUE(VALUE_NULL);
}
