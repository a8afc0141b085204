// value.c: IsleValue and Plain, which say the same.

#include <string.h>

#include "embed/runtime.h"

const char *isle_version(void) { return ISLE_VERSION; }

IsleValue isle_null(void) { return (IsleValue){.kind = ISLE_NULL}; }
IsleValue isle_bool(bool truth) {
  return (IsleValue){.kind = ISLE_BOOL, .as.truth = truth};
}
IsleValue isle_int(int64_t integer) {
  return (IsleValue){.kind = ISLE_INT, .as.integer = integer};
}
IsleValue isle_double(double number) {
  return (IsleValue){.kind = ISLE_DOUBLE, .as.number = number};
}
IsleValue isle_text(const char *text) {
  if (!text) return isle_null();
  return (IsleValue){.kind = ISLE_TEXT, .as.text = {text, strlen(text)}};
}
IsleValue isle_bytes(const void *items, size_t count) {
  return (IsleValue){.kind = ISLE_BYTES, .as.bytes = {items, count}};
}
IsleValue isle_list(const IsleValue *items, size_t count) {
  return (IsleValue){.kind = ISLE_LIST, .as.list = {items, count}};
}

// How much of anything one value may have.
enum { COUNT_LIMIT = 1 << 30 };

// Lists nest at most PLAIN_DEPTH deep, which bounds the recursion here and in
// what follows.
static bool to_plain(Arena *arena, const IsleValue *v, Plain *plain,
                     uint32_t depth) {
  switch (v->kind) {
    case ISLE_NULL:
    case ISLE_OTHER: *plain = (Plain){.kind = PLAIN_NULL}; return true;
    case ISLE_BOOL:
      *plain = (Plain){.kind = PLAIN_BOOL, .as.truth = v->as.truth};
      return true;
    case ISLE_INT:
      *plain = (Plain){.kind = PLAIN_INT, .as.integer = v->as.integer};
      return true;
    case ISLE_DOUBLE:
      *plain = (Plain){.kind = PLAIN_DOUBLE, .as.number = v->as.number};
      return true;
    case ISLE_PORT:
      *plain = (Plain){.kind = PLAIN_PORT, .as.port = v->as.port};
      return true;
    case ISLE_TEXT:
    case ISLE_BYTES: {
      // The two members of the union lie alike.
      size_t length = v->as.text.length;
      if (length > COUNT_LIMIT || (length && !v->as.text.bytes)) return false;
      *plain = (Plain){
          .kind = v->kind == ISLE_TEXT ? PLAIN_TEXT : PLAIN_BYTES,
          .as.text = {length ? v->as.text.bytes : "", (uint32_t)length}};
      return true;
    }
    case ISLE_LIST: {
      size_t count = v->as.list.count;
      if (depth >= PLAIN_DEPTH || count > COUNT_LIMIT ||
          (count && !v->as.list.items)) {
        return false;
      }
      Plain *items = IL_NEW_ARRAY(arena, Plain, count);
      *plain = (Plain){.kind = PLAIN_LIST,
                       .as.list = {items, (uint32_t)count, TYPE_ID_NONE}};
      for (size_t i = 0; i < count; i++) {
        if (!to_plain(arena, &v->as.list.items[i], &items[i], depth + 1))
          return false;
      }
      return true;
    }
  }
  return false;
}

bool il_embed_plain(Arena *arena, const IsleValue *value, Plain *plain) {
  return to_plain(arena, value, plain, 0);
}

void il_embed_bad_value(IsleError **error) {
  il_error_set(error, ISLE_ERROR_ARGUMENT,
               "Error: a value is of no known kind, nested too deeply, or "
               "too large.");
}

IsleValue il_embed_value(Arena *arena, const Plain *p) {
  switch (p->kind) {
    case PLAIN_NULL: return isle_null();
    case PLAIN_BOOL: return isle_bool(p->as.truth);
    case PLAIN_INT: return isle_int(p->as.integer);
    case PLAIN_DOUBLE: return isle_double(p->as.number);
    case PLAIN_TEXT:
      return (IsleValue){.kind = ISLE_TEXT,
                         .as.text = {p->as.text.bytes, p->as.text.length}};
    case PLAIN_BYTES:
      return isle_bytes(p->as.text.bytes, p->as.text.length);
    case PLAIN_PORT:
      return (IsleValue){.kind = ISLE_PORT, .as.port = p->as.port};
    case PLAIN_LIST: {
      IsleValue *items = IL_NEW_ARRAY(arena, IsleValue, p->as.list.count);
      for (uint32_t i = 0; i < p->as.list.count; i++)
        items[i] = il_embed_value(arena, &p->as.list.items[i]);
      return isle_list(items, p->as.list.count);
    }
    default: return (IsleValue){.kind = ISLE_OTHER};
  }
}

Plain il_embed_copy(Arena *arena, const Plain *p) {
  Plain copy = *p;
  if (p->kind == PLAIN_TEXT || p->kind == PLAIN_BYTES) {
    char *bytes = il_arena_alloc(arena, (size_t)p->as.text.length + 1);
    memcpy(bytes, p->as.text.bytes, p->as.text.length);
    copy.as.text.bytes = bytes;
  } else if (p->kind == PLAIN_LIST) {
    Plain *items = IL_NEW_ARRAY(arena, Plain, p->as.list.count);
    for (uint32_t i = 0; i < p->as.list.count; i++)
      items[i] = il_embed_copy(arena, &p->as.list.items[i]);
    copy.as.list.items = items;
  }
  return copy;
}
