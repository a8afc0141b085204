// line.c: writing and reading the table of places.
#include "code/line.h"

enum { PLACE_BYTES = 3 * 5 };  // at most

static uint8_t *write_number(uint8_t *at, uint32_t number) {
  while (number >= 0x80) {
    *at++ = (uint8_t)(number | 0x80);
    number >>= 7;
  }
  *at++ = (uint8_t)number;
  return at;
}

static uint32_t fold_sign(int32_t n) {
  return ((uint32_t)n << 1) ^ (uint32_t)(n >> 31);
}

static int32_t unfold_sign(uint32_t n) {
  return (int32_t)(n >> 1) ^ -(int32_t)(n & 1);
}

const uint8_t *il_line_encode(Arena *arena, const CodeLine *places,
                              uint32_t count, uint32_t *size) {
  uint8_t *bytes = il_arena_alloc(arena, (size_t)count * PLACE_BYTES);
  uint8_t *at = bytes;
  CodeLine last = {0};
  for (uint32_t i = 0; i < count; i++) {
    at = write_number(at, places[i].pc - last.pc);
    at = write_number(at, fold_sign((int32_t)(places[i].line - last.line)));
    at = write_number(at, places[i].column);
    last = places[i];
  }
  *size = (uint32_t)(at - bytes);
  return bytes;
}

typedef struct {
  const uint8_t *at, *end;
} Reader;

static uint32_t read_number(Reader *r) {
  uint32_t number = 0;
  for (uint32_t shift = 0; r->at < r->end && shift < 32; shift += 7) {
    uint8_t byte = *r->at++;
    number |= (uint32_t)(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  return number;
}

bool il_line_find(const Function *f, uint32_t pc, CodeLine *place) {
  const uint8_t *bytes = IL_REL(const uint8_t, f->lines);
  Reader r = {bytes, bytes + f->line_bytes};
  CodeLine next = {0};
  bool is_found = false;
  while (r.at < r.end) {
    next.pc += read_number(&r);
    next.line += (uint32_t)unfold_sign(read_number(&r));
    next.column = read_number(&r);
    if (next.pc > pc) break;
    *place = next;
    is_found = true;
  }
  return is_found;
}
