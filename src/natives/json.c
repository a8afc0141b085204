// json.c: what dart:convert's JSON does for each value. In order: writing,
// reading.
//
// The writer fills a Uint8List with Latin-1 and the reader goes over a string;
// both do the values that are simple, and what is not (other objects, wide text,
// escapes, long numbers, whatever is wrong) they leave to Dart, having done
// nothing. Containers are Dart's.

#include "exec/access.h"
#include "natives/argument.h"
#include "natives/number.h"

// ------------------------------------------------------------------- writing

enum {
  WRITE_NO_ROOM = -1,
  WRITE_FOR_DART = -2,
  LEAD_RAW = -1,  // the value is text that stands for itself
};

typedef struct {
  uint8_t *at, *end;
} Out;

static bool has_room(const Out *out, size_t bytes) {
  return (size_t)(out->end - out->at) >= bytes;
}

static bool put_bytes(Out *out, const void *bytes, size_t length) {
  if (!has_room(out, length)) return false;
  memcpy(out->at, bytes, length);
  out->at += length;
  return true;
}

static bool put_escape(Out *out, uint8_t unit) {
  static const char names[] = "btn\0fr";  // from 8 on
  char text[8] = "\\";
  if (unit == '"' || unit == '\\') {
    text[1] = (char)unit;
  } else if (unit >= 8 && unit <= 13 && names[unit - 8]) {
    text[1] = names[unit - 8];
  } else {
    memcpy(text + 1, "u00", 3);
    text[4] = (char)('0' + (unit >> 4));
    text[5] = "0123456789abcdef"[unit & 15];
  }
  return put_bytes(out, text, text[1] == 'u' ? 6 : 2);
}

static int64_t put_string(Out *out, const String *s) {
  if (il_string_is_wide(s)) return WRITE_FOR_DART;
  // The commonest string has no escapes: its room is asked for once.
  if (!has_room(out, s->length + 2)) return WRITE_NO_ROOM;
  *out->at++ = '"';
  for (uint64_t i = 0; i < s->length; i++) {
    uint8_t unit = s->bytes[i];
    if (IL_LIKELY(unit >= 0x20 && unit != '"' && unit != '\\')) {
      if (!has_room(out, 1)) return WRITE_NO_ROOM;
      *out->at++ = unit;
    } else if (!put_escape(out, unit)) {
      return WRITE_NO_ROOM;
    }
  }
  return put_bytes(out, "\"", 1) ? 0 : WRITE_NO_ROOM;
}

static int64_t put_text(Out *out, const char *text) {
  return put_bytes(out, text, strlen(text)) ? 0 : WRITE_NO_ROOM;
}

// 0, or why not.
static int64_t put_value(Out *out, Value v) {
  char text[IL_NUMBER_TEXT];
  if (v == VALUE_NULL) return put_text(out, "null");
  if (v == VALUE_TRUE) return put_text(out, "true");
  if (v == VALUE_FALSE) return put_text(out, "false");
  switch (il_value_class(v)) {
    case CLASS_ONE_BYTE_STRING:
      return put_string(out, (const String *)(void *)il_value_object(v));
    case CLASS_INT: {
      int64_t i = il_value_is_small(v)
                      ? il_value_small_get(v)
                      : (int64_t)il_value_object(v)->words[0];
      size_t length = il_number_print_int(i, text);
      return put_bytes(out, text, length) ? 0 : WRITE_NO_ROOM;
    }
    case CLASS_DOUBLE: {
      double d = ((const Double *)(void *)il_value_object(v))->value;
      if (d - d != 0) return WRITE_FOR_DART;  // not finite
      size_t length = il_number_print_double(d, text);
      return put_bytes(out, text, length) ? 0 : WRITE_NO_ROOM;
    }
    default:
      return WRITE_FOR_DART;
  }
}

static Out out_of(NativeCall *call, int64_t at) {
  Object *list = ARG(Object, 0);
  return (Out){il_typed_item(list, (uint64_t)at, 1),
               il_typed_item(list, list->words[TYPED_LENGTH], 1)};
}

// int _jsonPut(Uint8List bytes, Object? value, int at, int lead)
NATIVE(convert__jsonPut) {
  int64_t at = ARG_INT(2), lead = ARG_INT(3), result;
  Out out = out_of(call, at);
  const uint8_t *start = out.at;
  if (lead == LEAD_RAW) {
    const String *s = ARG(String, 1);
    result = il_string_is_wide(s) ? WRITE_FOR_DART
             : put_bytes(&out, s->bytes, s->length) ? 0
                                                    : WRITE_NO_ROOM;
  } else {
    if (lead && !has_room(&out, 1)) RETURN_VALUE(WRITE_NO_ROOM);
    if (lead) *out.at++ = (uint8_t)lead;
    result = put_value(&out, call->args[1]);
  }
  RETURN_VALUE(result ? result : at + (out.at - start));
}

// int _jsonPutEntry(Uint8List bytes, String key, Object? value, int at,
//                   int lead)
NATIVE(convert__jsonPutEntry) {
  int64_t at = ARG_INT(3), lead = ARG_INT(4);
  Out out = out_of(call, at);
  const uint8_t *start = out.at;
  if (!has_room(&out, 1)) RETURN_VALUE(WRITE_NO_ROOM);
  if (lead) *out.at++ = (uint8_t)lead;
  int64_t result = put_string(&out, ARG(String, 1));
  if (result == 0 && !put_bytes(&out, ":", 1)) result = WRITE_NO_ROOM;
  if (result == 0) result = put_value(&out, call->args[2]);
  RETURN_VALUE(result ? result : at + (out.at - start));
}

// String _jsonText(Uint8List bytes, int count)
NATIVE(convert__jsonText) {
  uint64_t count = (uint64_t)ARG_INT(1);
  String *s = il_new_string(call, count, false);
  if (!s) return NATIVE_NEED;
  memcpy(s->bytes, il_typed_item(ARG(Object, 0), 0, 1), count);
  RETURN_VALUE(il_value_of(s));
}

// ------------------------------------------------------------------- reading

// Results: where to go on, and in the low byte what was found; what a value or
// key is stands in slots[0]. The other slots remember keys.
enum {
  READ_FOR_DART = 0,
  READ_VALUE = 1,  // or key, or comma
  READ_END = 2,
  KEY_SLOTS = 64,
  SCAN_LIMIT = 1 << 16,
};

typedef struct {
  const String *source;
  uint64_t at, length;
} Reader;

static uint32_t unit_at(const Reader *r, uint64_t at) {
  return at < r->length ? il_string_unit(r->source, at) : 0;
}

// A text of nothing but spaces is read in slices: then Dart goes on.
static bool skip_space(Reader *r) {
  uint64_t limit = r->at + SCAN_LIMIT;
  for (; r->at < r->length && r->at < limit; r->at++) {
    uint32_t unit = il_string_unit(r->source, r->at);
    if (unit != ' ' && unit != '\n' && unit != '\r' && unit != '\t') {
      return true;
    }
  }
  return false;
}

static Reader reader_of(NativeCall *call) {
  const String *source = ARG(String, 0);
  return (Reader){source, (uint64_t)ARG_INT(2), source->length};
}

static void set_slot(NativeCall *call, uint64_t index, Value v) {
  il_heap_store(call->heap, ARG(Object, 1), &ARG(List, 1)->items[index], v);
}

#define RETURN_READ(kind, at) RETURN_VALUE((uint64_t)(at) << 8 | (kind))

// The end of the plain string that begins at `start`, after the quote; `start`
// - 1 when it is not plain, or not soon at its end.
static uint64_t end_of_string(const Reader *r, uint64_t start) {
  uint64_t limit = start + SCAN_LIMIT;
  if (limit > r->length) limit = r->length;
  for (uint64_t i = start; i < limit; i++) {
    uint32_t unit = il_string_unit(r->source, i);
    if (unit == '"') return i;
    if (unit == '\\' || unit < 0x20) break;
  }
  return start - 1;
}

static String *new_part(NativeCall *call, const String *source, uint64_t start,
                        uint64_t length) {
  const uint16_t *units = (const uint16_t *)(const void *)source->bytes;
  bool wide = false;
  if (il_string_is_wide(source)) {
    uint32_t all = 0;
    for (uint64_t i = 0; i < length; i++) all |= units[start + i];
    wide = all > 0xff;
  }
  String *s = il_new_string(call, length, wide);
  if (!s) return NULL;
  if (wide) {
    memcpy(s->bytes, units + start, length * 2);
  } else if (il_string_is_wide(source)) {
    for (uint64_t i = 0; i < length; i++) s->bytes[i] = (uint8_t)units[start + i];
  } else {
    memcpy(s->bytes, source->bytes + start, length);
  }
  return s;
}

// At a quote.
static NativeOutcome read_string(NativeCall *call, const Reader *r) {
  uint64_t start = r->at + 1, end = end_of_string(r, start);
  if (end < start) RETURN_READ(READ_FOR_DART, r->at);
  String *s = new_part(call, r->source, start, end - start);
  if (!s) return NATIVE_NEED;
  set_slot(call, 0, il_value_of(s));
  RETURN_READ(READ_VALUE, end + 1);
}

static bool is_part(const String *s, const String *source, uint64_t start,
                    uint64_t length) {
  return s->length == length && !il_string_is_wide(s) &&
         memcmp(s->bytes, source->bytes + start, length) == 0;
}

// A key and its colon, at the first unit of which `r` may be. Keys come again:
// each that was met is kept.
static NativeOutcome read_key(NativeCall *call, Reader *r) {
  uint64_t first = r->at;
  if (!skip_space(r) || unit_at(r, r->at) != '"') {
    RETURN_READ(READ_FOR_DART, first);
  }
  uint64_t start = r->at + 1, end = end_of_string(r, start);
  if (end < start) RETURN_READ(READ_FOR_DART, first);
  r->at = end + 1;
  if (!skip_space(r) || unit_at(r, r->at) != ':') {
    RETURN_READ(READ_FOR_DART, first);
  }
  uint64_t slot = (unit_at(r, start) * 7 + unit_at(r, end - 1) * 13 + end -
                   start) % KEY_SLOTS + 1;
  Value known = ARG(List, 1)->items[slot];
  bool is_narrow = !il_string_is_wide(r->source);
  if (known == VALUE_NULL || !is_narrow ||
      !is_part((const String *)(void *)il_value_object(known), r->source, start,
               end - start)) {
    String *s = new_part(call, r->source, start, end - start);
    if (!s) return NATIVE_NEED;
    known = il_value_of(s);
    if (is_narrow) set_slot(call, slot, known);
  }
  set_slot(call, 0, known);
  RETURN_READ(READ_VALUE, r->at + 1);
}

static uint64_t count_digits(const Reader *r, uint64_t at, uint64_t *value) {
  uint64_t start = at;
  for (;; at++) {
    uint32_t digit = unit_at(r, at) - '0';
    if (digit > 9 || at - start > 18) return at - start;
    *value = *value * 10 + digit;
  }
}

// The power of ten of an exponent, if there is one; *at passes it. False when
// Dart must say.
static bool read_exponent(const Reader *r, uint64_t *at, int64_t *power) {
  if ((unit_at(r, *at) | 32) != 'e') return true;
  uint32_t sign = unit_at(r, ++*at);
  if (sign == '+' || sign == '-') ++*at;
  uint64_t value = 0, count = count_digits(r, *at, &value);
  if (count == 0 || count > 4) return false;
  *at += count;
  *power += sign == '-' ? -(int64_t)value : (int64_t)value;
  return true;
}

// Integers of up to 18 digits, and doubles whose digits and power of ten are
// exact as doubles, so that one operation rounds them rightly.
static NativeOutcome read_number(NativeCall *call, const Reader *r) {
  static const double powers[] = {
      1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
      1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
  bool is_negative = unit_at(r, r->at) == '-', is_double = false;
  uint64_t at = r->at + is_negative, value = 0;
  uint64_t count = count_digits(r, at, &value);
  if (count == 0 || count > 18 || (count > 1 && unit_at(r, at) == '0') ||
      (is_negative && value == 0)) {
    RETURN_READ(READ_FOR_DART, r->at);
  }
  at += count;
  int64_t power = 0;
  uint32_t next = unit_at(r, at);
  if (next == '.') {
    uint64_t fraction = count_digits(r, at + 1, &value);
    if (fraction == 0 || count + fraction > 18) {
      RETURN_READ(READ_FOR_DART, r->at);
    }
    at += 1 + fraction;
    power = -(int64_t)fraction;
    is_double = true;
  }
  if ((unit_at(r, at) | 32) == 'e') is_double = true;
  if (!read_exponent(r, &at, &power)) RETURN_READ(READ_FOR_DART, r->at);
  if (!is_double) {
    int64_t i = is_negative ? -(int64_t)value : (int64_t)value;
    set_slot(call, 0, il_value_small(i));
    RETURN_READ(READ_VALUE, at);
  }
  if (value >> 53 || power < -22 || power > 22) {
    RETURN_READ(READ_FOR_DART, r->at);
  }
  double d = power < 0 ? (double)value / powers[-power]
                       : (double)value * powers[power];
  Value made = il_new_double(call, is_negative ? -d : d);
  if (!made) return NATIVE_NEED;
  set_slot(call, 0, made);
  RETURN_READ(READ_VALUE, at);
}

static NativeOutcome read_word(NativeCall *call, const Reader *r,
                               const char *word, Value v) {
  uint64_t i = 0;
  for (; word[i]; i++) {
    if (unit_at(r, r->at + i) != (uint8_t)word[i]) {
      RETURN_READ(READ_FOR_DART, r->at);
    }
  }
  set_slot(call, 0, v);
  RETURN_READ(READ_VALUE, r->at + i);
}

// int _jsonRead(String source, List slots, int at): also '{' or '[' for what has
// been opened, '}' or ']' for a container that has nothing in it.
NATIVE(convert__jsonRead) {
  Reader r = reader_of(call);
  if (!skip_space(&r)) RETURN_READ(READ_FOR_DART, r.at);
  uint32_t unit = unit_at(&r, r.at);
  switch (unit) {
    case '"':
      return read_string(call, &r);
    case '{':
    case '[': {
      uint64_t at = r.at++;
      if (skip_space(&r)) {
        bool is_empty = unit_at(&r, r.at) == unit + 2;
        RETURN_READ(unit + is_empty * 2, r.at + is_empty);
      }
      RETURN_READ(READ_FOR_DART, at);
    }
    case 't':
      return read_word(call, &r, "true", VALUE_TRUE);
    case 'f':
      return read_word(call, &r, "false", VALUE_FALSE);
    case 'n':
      return read_word(call, &r, "null", VALUE_NULL);
    default:
      return read_number(call, &r);
  }
}

// int _jsonReadKey(String source, List slots, int at)
NATIVE(convert__jsonReadKey) {
  Reader r = reader_of(call);
  return read_key(call, &r);
}

// int _jsonReadNext(String source, List slots, int at, bool isMap): the end of
// the container, or a comma and in a map the next key.
NATIVE(convert__jsonReadNext) {
  Reader r = reader_of(call);
  bool is_map = call->args[3];
  if (!skip_space(&r)) RETURN_READ(READ_FOR_DART, r.at);
  uint64_t at = r.at++;
  uint32_t unit = unit_at(&r, at);
  if (unit == (is_map ? '}' : ']')) RETURN_READ(READ_END, at + 1);
  if (unit != ',') RETURN_READ(READ_FOR_DART, at);
  if (!is_map) RETURN_READ(READ_VALUE, at + 1);
  NativeOutcome outcome = read_key(call, &r);
  if (outcome == NATIVE_VALUE && (call->result & 255) == READ_FOR_DART) {
    RETURN_READ(READ_FOR_DART, at);
  }
  return outcome;
}

// int _jsonPlainEnd(String text, int start): where the first quote, backslash
// or control character is, or the end; -1 - where to go on when it is far.
NATIVE(convert__jsonPlainEnd) {
  const String *s = ARG(String, 0);
  uint64_t i = (uint64_t)ARG_INT(1), limit = i + SCAN_LIMIT;
  for (; i < s->length; i++) {
    uint16_t c = il_string_unit(s, i);
    if (c == '"' || c == '\\' || c < 0x20) break;
    if (i == limit) RETURN_VALUE(-1 - (int64_t)i);
  }
  RETURN_VALUE(i);
}

// int _jsonEscapeAt(String text, int start): the same for what must be escaped,
// surrogates without their other half also.
NATIVE(convert__jsonEscapeAt) {
  const String *s = ARG(String, 0);
  uint64_t i = (uint64_t)ARG_INT(1), limit = i + SCAN_LIMIT;
  for (; i < s->length; i++) {
    uint16_t c = il_string_unit(s, i);
    if (c == '"' || c == '\\' || c < 0x20) break;
    if (i >= limit) RETURN_VALUE(-1 - (int64_t)i);
    if ((c & 0xf800) != 0xd800) continue;
    bool is_pair = c < 0xdc00 && i + 1 < s->length &&
                   (il_string_unit(s, i + 1) & 0xfc00) == 0xdc00;
    if (!is_pair) break;
    i++;
  }
  RETURN_VALUE(i);
}
