// snapshot.c: a compiled program as a file.
//
//   head | names, types, classes (type/tail.h) | exports | segment
//
// It stands on the core libraries of the very library that made it: a hash of
// their image is in the head, and any other is refused. A snapshot is checked
// (type/tail.c, code/check.c, code/verify.c) before it is used; what its code
// does is trusted.

#include "embed/snapshot.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/memory.h"
#include "code/check.h"
#include "sema/loader.h"

#define SNAPSHOT_MAGIC "islesnp\x1a"

typedef struct {
  char magic[8];
  uint64_t version;        // il_segment_version
  uint64_t core_hash;
  uint64_t hash;           // of all that follows the head
  uint64_t tail_bytes, export_bytes, segment_bytes;  // multiples of 8
} SnapshotHead;

static uint64_t hash_bytes(const void *bytes, size_t size) {
  const uint64_t *words = bytes;
  uint64_t hash = size;
  for (size_t i = 0; i < size / 8; i++)
    hash = il_common_mix(hash ^ words[i]) + 1;
  return hash;
}

// ---- writing -------------------------------------------------------------

static void pad(TextBuilder *out) {
  while (out->length % 8 != 0) il_text_append_char(out, 0);
}

static void append_word(TextBuilder *out, uint32_t word) {
  il_text_append(out, il_text_make((const char *)&word, sizeof word));
}

static void append_exports(const IsleProgram *p, TextBuilder *out) {
  append_word(out, p->export_count);
  for (uint32_t i = 0; i < p->export_count; i++) {
    append_word(out, p->exports[i].function);
    append_word(out, p->exports[i].name.length);
    il_text_append(out, p->exports[i].name);
    while (out->length % 4 != 0) il_text_append_char(out, 0);
  }
}

static void append_snapshot(const IsleProgram *p, TextBuilder *out) {
  SnapshotHead head = {.magic = SNAPSHOT_MAGIC,
                       .version = il_segment_version(),
                       .core_hash = p->runtime->core->head->hash};
  il_text_append(out, il_text_make((const char *)&head, sizeof head));
  il_tail_write(il_program_names(p->program),
                il_program_types(p->program)->types,
                il_program_types(p->program)->classes, &p->from, &p->to, out);
  pad(out);
  head.tail_bytes = out->length - sizeof head;
  uint32_t start = out->length;
  append_exports(p, out);
  pad(out);
  head.export_bytes = out->length - start;
  size_t segment_bytes;
  const void *segment = il_segment_bytes(p->segment, &segment_bytes);
  il_text_append(out, il_text_make(segment, segment_bytes));
  pad(out);
  head.segment_bytes = out->length - start - head.export_bytes;
  head.hash = hash_bytes(out->bytes + sizeof head, out->length - sizeof head);
  memcpy(out->bytes, &head, sizeof head);
}

// Whole or not at all: a file beside it takes its name.
static bool write_file(const char *path, Text contents) {
  TextBuilder beside;
  il_text_builder_init(&beside);
  il_text_append_format(&beside, "%s.%ld.part", path, (long)getpid());
  il_text_append_char(&beside, 0);
  const char *name = il_text_builder_text(&beside).bytes;
  bool went_well =
      il_file_write(name, contents) == IL_OK && rename(name, path) == 0;
  if (!went_well) remove(name);
  il_text_builder_drop(&beside);
  return went_well;
}

bool isle_program_save(const IsleProgram *program, const char *path,
                       IsleError **error) {
  if (!il_error_check(program, "program", error) ||
      !il_error_check(path, "path", error)) {
    return false;
  }
  if (program->options.native_count) {
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "Error: a program with natives cannot be saved.");
    return false;
  }
  TextBuilder out;
  il_text_builder_init(&out);
  append_snapshot(program, &out);
  bool went_well = write_file(path, il_text_builder_text(&out));
  il_text_builder_drop(&out);
  if (!went_well) {
    il_error_set(error, ISLE_ERROR_NOT_FOUND, "Error: cannot write '%s'.",
                 path);
  }
  return went_well;
}

// ---- reading -------------------------------------------------------------

// The path of a file given by path or URI.
static const char *path_of(Arena *arena, const char *path) {
  Text uri = il_loader_file_path(arena, il_text_of(path));
  return uri.length ? uri.bytes : path;
}

bool il_snapshot_is(const char *path) {
  Arena arena;
  il_arena_init(&arena);
  char magic[8] = "";
  FILE *file = fopen(path_of(&arena, path), "rb");
  bool is = file && fread(magic, 1, sizeof magic, file) == sizeof magic &&
            memcmp(magic, SNAPSHOT_MAGIC, sizeof magic) == 0;
  if (file) fclose(file);
  il_arena_drop(&arena);
  return is;
}

// Does the head fit the library and the bytes?
static const char *check_head(const IsleRuntime *r, const SnapshotHead *head,
                              size_t size) {
  if (size < sizeof *head || size % 8 != 0) return "is cut off";
  if (head->version != il_segment_version() ||
      head->core_hash != r->core->head->hash) {
    return "was made by another version of Isle";
  }
  uint64_t left = size - sizeof *head;
  if (head->tail_bytes % 8 != 0 || head->tail_bytes > left ||
      head->export_bytes % 8 != 0 ||
      head->export_bytes > left - head->tail_bytes ||
      head->segment_bytes != left - head->tail_bytes - head->export_bytes) {
    return "is cut off";
  }
  return head->hash == hash_bytes(head + 1, left) ? NULL : "is damaged";
}

// An own copy of the segment, checked against the program's tables.
static Segment *open_segment(const Program *program, const void *bytes,
                             size_t size) {
  void *copy = il_memory_alloc(size);
  memcpy(copy, bytes, size);
  Segment *segment = NULL;
  bool is_good = il_segment_open(copy, size, &segment) == IL_OK &&
                 segment->head->size == size &&
                 il_check_segment(program, segment);
  if (is_good) {
    segment->owns = true;
    return segment;
  }
  if (segment) il_segment_free(segment);
  il_memory_free(copy, size);
  return NULL;
}

// Adds the segment; false when it is not what a segment must be.
static bool add_segment(Compilation *c, const SnapshotHead *head) {
  const char *at = (const char *)(head + 1);
  if (!il_tail_read(c->tables.names, c->tables.types, c->tables.classes, at,
                    head->tail_bytes)) {
    return false;
  }
  at += head->tail_bytes + head->export_bytes;
  Segment *segment = open_segment(c->program, at, head->segment_bytes);
  if (!segment) return false;
  c->segment = segment;
  return il_program_add_foreign(c->program, segment) == IL_OK;
}

// False when the list is damaged.
static bool read_exports(IsleProgram *p, const SnapshotHead *head) {
  const uint32_t *at =
      (const uint32_t *)(const void *)((const char *)(head + 1) +
                                       head->tail_bytes);
  const uint32_t *end = at + head->export_bytes / 4;
  if (at == end) return false;
  uint32_t count = *at++;
  if (count > (uint64_t)(end - at)) return false;
  Export *exports = IL_NEW_ARRAY(&p->arena, Export, count);
  uint32_t function_end = il_program_function_count(p->program);
  for (uint32_t i = 0; i < count; i++) {
    if (end - at < 2) return false;
    FunctionId function = *at++;
    uint32_t length = *at++;
    uint64_t words = ((uint64_t)length + 3) / 4;
    if (function == 0 || function >= function_end ||
        words > (uint64_t)(end - at)) {
      return false;
    }
    Text name = il_text_make((const char *)at, length);
    exports[i] = (Export){il_arena_copy_text(&p->arena, name), function};
    at += words;
  }
  p->exports = exports;
  p->export_count = count;
  return true;
}

static IsleProgram *load_bytes(Compilation *c, const SnapshotHead *head,
                               const char **fault) {
  *fault = "is damaged";
  if (!add_segment(c, head)) return NULL;
  IsleProgram *p = il_compile_adopt(c, NULL);
  if (!p) {
    *fault = "does not fit into memory";
    return NULL;
  }
  if (read_exports(p, head)) return p;
  il_group_release(p->group);
  return NULL;
}

IsleProgram *il_snapshot_load(IsleRuntime *runtime, const char *path,
                              const IsleProgramOptions *options,
                              IsleError **error) {
  if (options->libraries) {
    il_error_set(error, ISLE_ERROR_ARGUMENT,
                 "Error: '%s' is compiled; where libraries are restricted only "
                 "source is taken.", path);
    return NULL;
  }
  Arena arena;
  il_arena_init(&arena);
  Text bytes;
  IsleProgram *program = NULL;
  const char *fault = "cannot be read";
  if (il_file_read(&arena, path_of(&arena, path), &bytes) == IL_OK) {
    const SnapshotHead *head = (const SnapshotHead *)(const void *)bytes.bytes;
    fault = check_head(runtime, head, bytes.length);
    Compilation c = {0};
    if (!fault && il_compile_begin(&c, runtime, options, error))
      program = load_bytes(&c, head, &fault);
    il_compile_end(&c);
  }
  il_arena_drop(&arena);
  if (!program) {
    il_error_set(error, ISLE_ERROR_COMPILE, "Error: The snapshot '%s' %s.",
                 path, fault);
  }
  return program;
}
