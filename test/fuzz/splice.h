// splice.h: a mutator for Dart source, which works on tokens.
//
// Noise in bytes rarely comes past the parser. What finds faults behind it is
// source that is nearly right: so pieces of one program (a token, a few of them,
// a bracketed group, what stands in it, a statement) are replaced by pieces of
// another, moved, doubled or left out, and names are exchanged. The programs
// that pieces come from are the Dart files below the folder that the environment
// variable ISLE_FUZZ_DONORS names; without it each program is its own donor.
//
// To be included by one file of a fuzzer.
#ifndef ISLE_FUZZ_SPLICE_H
#define ISLE_FUZZ_SPLICE_H

#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "syntax/scanner.h"

size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed);
int LLVMFuzzerInitialize(int *argc, char ***argv);

// A source and its tokens.
typedef struct {
  Text text;
  TokenVec tokens;
} Scanned;

// Tokens first up to, not including, last.
typedef struct {
  uint32_t first, last;
} Piece;

typedef enum {
  PIECE_TOKEN,
  PIECE_RUN,
  PIECE_GROUP,
  PIECE_INSIDE,
  PIECE_STATEMENT,
  PIECE_KINDS,
} PieceKind;

static struct {
  Arena arena;
  IL_VEC(Text) paths;
  uint64_t random;
} splice;

static uint32_t draw(uint32_t limit) {
  splice.random ^= splice.random << 13;
  splice.random ^= splice.random >> 7;
  splice.random ^= splice.random << 17;
  return limit ? (uint32_t)(splice.random >> 20) % limit : 0;
}

static void scan_text(Scanned *s, Text text) {
  Arena arena = {0};
  NameTable names;
  Diagnostics diagnostics;
  Source source;
  ScannerResult result;
  il_name_table_init(&names);
  il_diagnostic_init(&diagnostics);
  il_source_init(&source, &arena, TEXT("fuzz.dart"), text);
  il_scanner_scan(&result, &names, &source, &diagnostics);
  s->text = text;
  s->tokens = result.tokens;
  il_diagnostic_drop(&diagnostics);
  il_name_table_drop(&names);
  il_arena_drop(&arena);
}

static uint32_t token_count(const Scanned *s) { return s->tokens.count - 1; }

static bool is_open(const Token *t) {
  return (t->kind == TOK_OPEN_PAREN || t->kind == TOK_OPEN_BRACKET ||
          t->kind == TOK_OPEN_BRACE) &&
         t->value > 0;
}

static bool ends_statement(const Token *t) {
  return t->kind == TOK_SEMICOLON || t->kind == TOK_OPEN_BRACE ||
         t->kind == TOK_CLOSE_BRACE;
}

// A piece at or soon after a random place; a token if there is no other.
static Piece pick_piece(const Scanned *s, PieceKind kind) {
  uint32_t count = token_count(s);
  if (count == 0) return (Piece){0, 0};
  uint32_t at = draw(count);
  const Token *tokens = s->tokens.items;
  switch (kind) {
    case PIECE_RUN: {
      uint32_t last = at + 1 + draw(8);
      return (Piece){at, last > count ? count : last};
    }
    case PIECE_GROUP:
    case PIECE_INSIDE:
      for (uint32_t i = at; i < count && i < at + 50; i++) {
        if (!is_open(&tokens[i]) || tokens[i].value >= count) continue;
        if (kind == PIECE_INSIDE) return (Piece){i + 1, tokens[i].value};
        return (Piece){i, tokens[i].value + 1};
      }
      break;
    case PIECE_STATEMENT: {
      uint32_t first = at;
      while (first > 0 && !ends_statement(&tokens[first - 1])) first--;
      uint32_t last = first;
      while (last < count && tokens[last].kind != TOK_SEMICOLON) {
        bool is_body = tokens[last].kind == TOK_OPEN_BRACE;
        if (tokens[last].kind == TOK_CLOSE_BRACE) break;
        if (is_open(&tokens[last])) last = tokens[last].value;
        if (is_body || last >= count) break;
        last++;
      }
      if (last < count && tokens[last].kind != TOK_CLOSE_BRACE) last++;
      if (last > count) last = count;
      return (Piece){first, last > first ? last : first};
    }
    default:
      break;
  }
  return (Piece){at, at + 1};
}

static Text piece_text(const Scanned *s, Piece p) {
  if (p.first >= p.last) return TEXT("");
  uint32_t start = s->tokens.items[p.first].start;
  uint32_t end = s->tokens.items[p.last - 1].end;
  return il_text_make(s->text.bytes + start, end - start);
}

// The text with this piece exchanged for other text.
static void write_exchanged(const Scanned *s, Piece p, Text with,
                            TextBuilder *out) {
  uint32_t cut = s->tokens.items[p.first].start;
  uint32_t resume = p.first < p.last ? s->tokens.items[p.last - 1].end : cut;
  il_text_append(out, il_text_make(s->text.bytes, cut));
  il_text_append_char(out, ' ');
  il_text_append(out, with);
  il_text_append_char(out, ' ');
  il_text_append(out, il_text_make(s->text.bytes + resume,
                                   s->text.length - resume));
}

static Text random_word(const Scanned *s) {
  uint32_t count = token_count(s);
  for (int i = 0; i < 50 && count > 0; i++) {
    uint32_t at = draw(count);
    if (s->tokens.items[at].kind == TOK_IDENTIFIER)
      return piece_text(s, (Piece){at, at + 1});
  }
  return TEXT("x");
}

static Piece pick_word(const Scanned *s) {
  uint32_t count = token_count(s);
  for (int i = 0; i < 50 && count > 0; i++) {
    uint32_t at = draw(count);
    if (s->tokens.items[at].kind == TOK_IDENTIFIER) return (Piece){at, at + 1};
  }
  return pick_piece(s, PIECE_TOKEN);
}

static Text random_kind_text(void) {
  for (;;) {
    TokenKind kind = (TokenKind)draw(TOK_COUNT);
    if (il_token_class(kind) != TOKEN_CLASS_SPECIAL)
      return il_text_of(il_token_text(kind));
  }
}

// One change of `s`, with pieces of `donor`.
static void splice_once(const Scanned *s, const Scanned *donor,
                        TextBuilder *out) {
  PieceKind kind = (PieceKind)draw(PIECE_KINDS);
  Piece here = pick_piece(s, kind);
  switch (draw(8)) {
    case 0:  // leave out
      write_exchanged(s, here, TEXT(""), out);
      break;
    case 1:  // double
      here.last = here.first;
      write_exchanged(s, here, piece_text(s, pick_piece(s, kind)), out);
      break;
    case 2:  // insert what the donor has
      here.last = here.first;
      write_exchanged(s, here, piece_text(donor, pick_piece(donor, kind)), out);
      break;
    case 3:  // another name of this program
    case 4:
      write_exchanged(s, pick_word(s), random_word(s), out);
      break;
    case 5:
      write_exchanged(s, pick_piece(s, PIECE_TOKEN), random_kind_text(), out);
      break;
    case 6:  // one piece of this program for another
      write_exchanged(s, here, piece_text(s, pick_piece(s, kind)), out);
      break;
    default:
      write_exchanged(s, here, piece_text(donor, pick_piece(donor, kind)), out);
      break;
  }
}

// Programs that pieces come from.

static void find_donor(void *context, Text name, bool is_directory);

static void find_donors(Text folder) {
  if (il_file_list(folder.bytes, find_donor, &folder) != IL_OK)
    fprintf(stderr, "no folder %s\n", folder.bytes);
}

static void find_donor(void *context, Text name, bool is_directory) {
  const Text *folder = context;
  if (is_directory || !il_text_ends_with(name, TEXT(".dart"))) return;
  uint32_t length = folder->length + 1 + name.length;
  char *path = il_arena_alloc(&splice.arena, length + 1);
  memcpy(path, folder->bytes, folder->length);
  path[folder->length] = '/';
  memcpy(path + folder->length + 1, name.bytes, name.length);
  il_vec_push(&splice.paths, il_text_make(path, length));
}

static Text read_donor(Arena *arena, Text otherwise) {
  Text text;
  if (splice.paths.count == 0) return otherwise;
  Text path = splice.paths.items[draw(splice.paths.count)];
  return il_file_read(arena, path.bytes, &text) == IL_OK ? text : otherwise;
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed) {
  splice.random = seed * 0x9E3779B97F4A7C15u + 1;
  if (draw(40) == 0) return LLVMFuzzerMutate(data, size, max_size);
  Arena arena = {0};
  Scanned donor = {0};
  Text text = il_text_make((const char *)data, size);
  scan_text(&donor, read_donor(&arena, text));
  TextBuilder current, next;
  il_text_builder_init(&current);
  il_text_append(&current, text);
  for (uint32_t rounds = 1 + draw(3); rounds > 0; rounds--) {
    Scanned scanned = {0};
    scan_text(&scanned, il_text_builder_text(&current));
    il_text_builder_init(&next);
    splice_once(&scanned, &donor, &next);
    il_vec_drop(&scanned.tokens);
    il_text_builder_drop(&current);
    current = next;
  }
  Text made = il_text_builder_text(&current);
  size_t length = made.length < max_size ? made.length : max_size;
  if (length > 0) memcpy(data, made.bytes, length);
  il_text_builder_drop(&current);
  il_vec_drop(&donor.tokens);
  il_arena_drop(&arena);
  return length;
}

static void splice_begin(void) {
  const char *folder = getenv("ISLE_FUZZ_DONORS");
  if (folder) find_donors(il_text_of(folder));
}

#endif
