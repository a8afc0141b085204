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
  return (IsleValue){.kind = ISLE_TEXT, .as.text = {text, strlen(text)}};
}
IsleValue isle_list(const IsleValue *items, size_t count) {
  return (IsleValue){.kind = ISLE_LIST, .as.list = {items, count}};
}

// Lists nest at most PLAIN_DEPTH deep: il_plain_to_mail refuses more, and so
// the recursion here is bounded on the way out; on the way in by the same.
static Plain to_plain(Arena *arena, const IsleValue *v, int depth) {
  switch (v->kind) {
    case ISLE_BOOL:
      return (Plain){.kind = PLAIN_BOOL, .as.truth = v->as.truth};
    case ISLE_INT:
      return (Plain){.kind = PLAIN_INT, .as.integer = v->as.integer};
    case ISLE_DOUBLE:
      return (Plain){.kind = PLAIN_DOUBLE, .as.number = v->as.number};
    case ISLE_TEXT:
      return (Plain){.kind = PLAIN_TEXT,
                     .as.text = {v->as.text.bytes,
                                 (uint32_t)v->as.text.length}};
    case ISLE_PORT: return (Plain){.kind = PLAIN_PORT, .as.port = v->as.port};
    case ISLE_LIST: {
      uint32_t count = depth > PLAIN_DEPTH ? 0 : (uint32_t)v->as.list.count;
      Plain *items = IL_NEW_ARRAY(arena, Plain, count);
      for (uint32_t i = 0; i < count; i++)
        items[i] = to_plain(arena, &v->as.list.items[i], depth + 1);
      return (Plain){.kind = PLAIN_LIST, .as.list = {items, count}};
    }
    case ISLE_NULL:
    case ISLE_OTHER: break;
  }
  return (Plain){.kind = PLAIN_NULL};
}

Plain il_embed_plain(Arena *arena, const IsleValue *value) {
  return to_plain(arena, value, 0);
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
