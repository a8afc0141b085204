// snapshot.c: snapshots of real programs, damaged, are refused with an error or
// loaded and verified. They are not run: what their code does is trusted.
//
// A unit is no snapshot, for these fit one build only: it is the number of a
// program, and a list of changes to its snapshot, eight bytes each. The hash is
// mended after them, so that the reader does not stop there. Units are made by
// changes to this list; those of one build mean something in the next.
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/vec.h"
#include "code/disasm.h"
#include "code/image.h"
#include "code/line.h"
#include "embed/runtime.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t max_size);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed);

// From the project's root, where fuzzers run.
static const char *const scripts[] = {
    "test/lang/constants_are_one.dart",
    "test/lang/generator_pipeline.dart",
    "test/lang/records_taken_apart.dart",
    "test/lang/covariance_is_checked.dart",
    "test/lang/async_returns.dart",
    "test/lang/extension_members.dart",
    "test/lang/super_in_a_closure_of_a_mixin.dart",
    "test/lang/instantiations_are_equal.dart",
};

enum { SCRIPT_COUNT = IL_COUNT_OF(scripts), EDIT_LIMIT = 32 };

// The head of the format (embed/snapshot.c).
enum { HASH_AT = 24, LENGTHS_AT = 32, HEAD_BYTES = 56 };

// Where a change may be. The sections of the segment follow.
typedef enum {
  REGION_LENGTHS,
  REGION_TAIL,
  REGION_EXPORTS,
  REGION_SEGMENT_HEAD,
  REGION_CODE,           // instructions, wherever they lie in the data
  REGION_FIRST_SECTION,
  REGION_COUNT = REGION_FIRST_SECTION + SECTION_COUNT,
} Region;

typedef enum {
  EDIT_FLIP,
  EDIT_SET,
  EDIT_SET_HALF,
  EDIT_SET_BYTE,
  EDIT_SET_ODD,          // one of the numbers where things end
  EDIT_ADD,
  EDIT_MOVE_LINK,        // by a multiple of 8
  EDIT_SPLICE,           // words of the same region, or another program's
  EDIT_EXCHANGE,
  EDIT_OPERATION,        // of an instruction
  EDIT_RESIZE,           // words come or go
  EDIT_KINDS,
} EditKind;

typedef struct {
  uint8_t kind, region;
  uint16_t place;        // in 65536ths of the region
  uint32_t value;
} Edit;

// A word's offset for each word of each region.
typedef struct {
  uint8_t *bytes;
  size_t size;
  IL_VEC(uint32_t) words[REGION_COUNT];
} Donor;

static struct {
  IsleRuntime *runtime;
  Donor donors[SCRIPT_COUNT];
  uint64_t random;
  int fd;
  char path[40];
} fuzz;

static void stop_with(const char *what) {
  fprintf(stderr, "%s\n", what);
  abort();
}

static uint32_t word_at(const uint8_t *bytes, size_t at) {
  uint32_t word;
  memcpy(&word, bytes + at, sizeof word);
  return word;
}

static void put_word(uint8_t *bytes, size_t at, uint32_t word) {
  memcpy(bytes + at, &word, sizeof word);
}

static void mend_hash(uint8_t *bytes, size_t size) {
  uint64_t hash = size - HEAD_BYTES, word;
  for (size_t at = HEAD_BYTES; at + 8 <= size; at += 8) {
    memcpy(&word, bytes + at, 8);
    hash = il_common_mix(hash ^ word) + 1;
  }
  memcpy(bytes + HASH_AT, &hash, 8);
}

// ---- programs ------------------------------------------------------------

static void add_region(Donor *d, Region region, size_t start, size_t end) {
  for (size_t at = start; at + 4 <= end; at += 4)
    il_vec_push(&d->words[region], (uint32_t)at);
}

static void find_regions(Donor *d) {
  uint64_t tail, exports;
  memcpy(&tail, d->bytes + LENGTHS_AT, 8);
  memcpy(&exports, d->bytes + LENGTHS_AT + 8, 8);
  size_t at = HEAD_BYTES;
  add_region(d, REGION_LENGTHS, LENGTHS_AT, HEAD_BYTES);
  add_region(d, REGION_TAIL, at, at + tail);
  add_region(d, REGION_EXPORTS, at + tail, at + tail + exports);
  at += tail + exports;
  const SegmentHead *head =
      (const SegmentHead *)(const void *)(d->bytes + at);
  add_region(d, REGION_SEGMENT_HEAD, at, at + sizeof *head);
  const Segment segment = {.head = head};
  static const uint32_t item_bytes[SECTION_COUNT] = {
#define SECTION(name, type, what) sizeof(type),
      IL_SECTION_LIST(SECTION)
#undef SECTION
  };
  for (uint32_t i = 0; i < SECTION_COUNT; i++) {
    size_t start = at + head->sections[i].offset;
    add_region(d, (Region)(REGION_FIRST_SECTION + i), start,
               start + (size_t)head->sections[i].count * item_bytes[i]);
  }
  uint32_t count;
  const Function *f = il_segment_section(&segment, SECTION_FUNCTION, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (f[i].code == 0) continue;
    size_t code = (size_t)(IL_REL(const uint8_t, f[i].code) - d->bytes);
    add_region(d, REGION_CODE, code, code + (size_t)f[i].code_words * 8);
  }
}

static void make_donor(Donor *d, const char *script) {
  char path[64];
  snprintf(path, sizeof path, "/tmp/isle-fuzz-%ld.isle", (long)getpid());
  IsleProgram *program = isle_program_load(fuzz.runtime, script, NULL, NULL);
  if (!program || !isle_program_save(program, path, NULL)) stop_with(script);
  isle_program_free(program);
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) stop_with(path);
  d->size = (size_t)ftell(file);
  rewind(file);
  d->bytes = malloc(d->size);
  if (!d->bytes || fread(d->bytes, 1, d->size, file) != d->size)
    stop_with(path);
  fclose(file);
  remove(path);
  find_regions(d);
}

// ---- changes -------------------------------------------------------------

static size_t find_place(const Donor *d, uint32_t region, uint32_t place) {
  uint32_t count = d->words[region].count;
  return d->words[region].items[(uint64_t)(place & 0xffff) * count >> 16];
}

static uint32_t odd_number(uint32_t value) {
  static const uint32_t numbers[] = {
      0,          1,          2,          3,          7,          8,
      0x7f,       0xff,       0x100,      0x7fff,     0x8000,     0xfffe,
      0xffff,     0x10000,    0xffff0,    1 << 20,    0x3fffffff, 0x40000000,
      0x7fffffff, 0x80000000, 0xfffffff8, 0xfffffffe, 0xffffffff,
  };
  return numbers[value % IL_COUNT_OF(numbers)];
}

// `count` words from there to here; what would lie outside is left out.
static void splice_words(uint8_t *bytes, size_t size, size_t at,
                         const Donor *from, size_t from_at, size_t count) {
  size_t length = count * 4;
  if (length > size - at) length = size - at;
  if (length > from->size - from_at) length = from->size - from_at;
  memcpy(bytes + at, from->bytes + from_at, length);
}

// Takes words out of the first two parts, or puts zeros in; the length in the
// head is made right, half the times.
static size_t resize(uint8_t *bytes, size_t size, size_t at, const Edit *e) {
  enum { STEP = 8 };
  if (e->region % REGION_COUNT > REGION_EXPORTS || at < HEAD_BYTES) {
    return size;
  }
  size_t cut = size - at < STEP ? size - at : STEP;
  bool grows = e->value & 1;
  if (grows) {
    memmove(bytes + at + STEP, bytes + at, size - at);
    memset(bytes + at, 0, STEP);
  } else {
    memmove(bytes + at, bytes + at + cut, size - at - cut);
  }
  if (e->value & 2) {
    uint32_t *length =
        (uint32_t *)(void *)(bytes + LENGTHS_AT) +
        (e->region % REGION_COUNT == REGION_TAIL ? 0 : 2);
    *length += grows ? STEP : (uint32_t)-STEP;
  }
  return grows ? size + STEP : size - cut;
}

// Changes the bytes, which have room for 8 more; their new number.
static size_t apply_edit(const Donor *d, uint8_t *bytes, size_t size,
                         const Edit *e) {
  uint32_t region = e->region % REGION_COUNT, value = e->value;
  if (d->words[region].count == 0) region = REGION_SEGMENT_HEAD;
  size_t at = find_place(d, region, e->place);
  if (at + 8 > size) return size;
  uint32_t word = word_at(bytes, at);
  switch ((EditKind)(e->kind % EDIT_KINDS)) {
    case EDIT_FLIP: put_word(bytes, at, word ^ 1u << value % 32); break;
    case EDIT_SET: put_word(bytes, at, value); break;
    case EDIT_SET_HALF:
      memcpy(bytes + at + (value >> 30 & 2), &value, 2);
      break;
    case EDIT_SET_BYTE: bytes[at + (value >> 30)] = (uint8_t)value; break;
    case EDIT_SET_ODD: put_word(bytes, at, odd_number(value)); break;
    case EDIT_ADD: put_word(bytes, at, word + (uint32_t)(int8_t)value); break;
    case EDIT_MOVE_LINK:
      put_word(bytes, at, word + (uint32_t)((int8_t)value * 8));
      break;
    case EDIT_SPLICE: {
      const Donor *from = &fuzz.donors[(value >> 8) % SCRIPT_COUNT];
      if (from->words[region].count == 0) break;
      splice_words(bytes, size, at, from, find_place(from, region, value >> 16),
                   1 + value % 64);
      break;
    }
    case EDIT_EXCHANGE: {
      size_t other = find_place(d, region, value);
      if (other + 4 > size) break;
      put_word(bytes, at, word_at(bytes, other));
      put_word(bytes, other, word);
      break;
    }
    case EDIT_OPERATION:
      bytes[at & ~(size_t)7] = (uint8_t)(value % OP_COUNT);
      break;
    default: size = resize(bytes, size, at, e); break;
  }
  return size;
}

// ---- the fuzzer ----------------------------------------------------------

// Reads all that verification says may be read.
static void look_at(const Program *p) {
  TextBuilder text;
  il_text_builder_init(&text);
  CodeLine place;
  const Segment *core = il_program_core(p);
  const TypeContext *types = il_program_types(p);
  for (FunctionId id = il_segment_end(core, SECTION_FUNCTION);
       id < il_program_function_count(p); id++) {
    const Function *f = il_program_function(p, id);
    il_disasm_function(p, f, &text);
    il_line_find(f, f->code_words / 2, &place);
    il_class_print_type(types, il_program_names(p), f->type, &text);
    il_text_builder_clear(&text);
  }
  for (ClassId id = il_segment_end(core, SECTION_CLASS);
       id < il_program_class_count(p); id++) {
    if (il_program_class(p, id)->id)
      il_program_find_member(p, id, NAME_call, MEMBER_SETTER);
    il_text_append(&text, il_name_text(il_program_names(p),
                                       il_program_class(p, id)->name));
  }
  for (TypeId id = il_program_core_type_end(p);
       id < il_type_table_count(types->types); id++) {
    il_class_print_type(types, il_program_names(p), id, &text);
    il_text_builder_clear(&text);
  }
  il_text_builder_drop(&text);
}

static bool load(const uint8_t *bytes, size_t size) {
  if (ftruncate(fuzz.fd, 0) != 0 ||
      pwrite(fuzz.fd, bytes, size, 0) != (ssize_t)size) {
    stop_with("no room for the snapshot");
  }
  IsleError *error = NULL;
  IsleProgram *program =
      isle_program_load(fuzz.runtime, fuzz.path, NULL, &error);
  if (!program && !error) stop_with("neither a program nor an error");
  if (!program && !strstr(isle_error_message(error), "The snapshot"))
    stop_with(isle_error_message(error));
  if (program) look_at(program->program);
  isle_error_free(error);
  isle_program_free(program);
  return program != NULL;
}

int LLVMFuzzerInitialize(int *argc, char ***argv) {
  (void)argc;
  (void)argv;
  IsleOptions options = {.size = sizeof options};
  fuzz.runtime = isle_runtime_new(&options, NULL);
  if (!fuzz.runtime) return 1;
  for (uint32_t i = 0; i < SCRIPT_COUNT; i++)
    make_donor(&fuzz.donors[i], scripts[i]);
  fuzz.fd = memfd_create("snapshot", 0);
  snprintf(fuzz.path, sizeof fuzz.path, "/proc/self/fd/%d", fuzz.fd);
  for (uint32_t i = 0; i < SCRIPT_COUNT; i++) {
    if (!load(fuzz.donors[i].bytes, fuzz.donors[i].size))
      stop_with("a good snapshot is refused");
  }
  return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  if (size == 0) return 0;
  const Donor *d = &fuzz.donors[data[0] % SCRIPT_COUNT];
  size_t count = (size - 1) / sizeof(Edit), length = d->size;
  if (count > EDIT_LIMIT) count = EDIT_LIMIT;
  uint8_t *bytes = malloc(length + count * 8);
  if (!bytes) return 0;
  memcpy(bytes, d->bytes, length);
  for (size_t i = 0; i < count; i++) {
    Edit e;
    memcpy(&e, data + 1 + i * sizeof e, sizeof e);
    length = apply_edit(d, bytes, length, &e);
  }
  mend_hash(bytes, length);
  load(bytes, length);
  free(bytes);
  return 0;
}

static uint32_t draw(uint32_t limit) {
  fuzz.random ^= fuzz.random << 13;
  fuzz.random ^= fuzz.random >> 7;
  fuzz.random ^= fuzz.random << 17;
  return limit ? (uint32_t)(fuzz.random >> 20) % limit : 0;
}

static Edit draw_edit(void) {
  uint32_t value = draw(2) ? draw(256) : draw(1u << 31) << draw(2);
  return (Edit){(uint8_t)draw(EDIT_KINDS), (uint8_t)draw(REGION_COUNT),
                (uint16_t)draw(0x10000), value};
}

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t max_size,
                               unsigned seed) {
  fuzz.random = seed * 0x9E3779B97F4A7C15u + 1;
  if (size > 1 && draw(20) == 0) return LLVMFuzzerMutate(data, size, max_size);
  if (size == 0 || draw(20) == 0) data[0] = (uint8_t)draw(SCRIPT_COUNT);
  size_t count = size == 0 ? 0 : (size - 1) / sizeof(Edit), at;
  size_t limit = (max_size - 1) / sizeof(Edit);
  if (limit > EDIT_LIMIT) limit = EDIT_LIMIT;
  if (count > limit) count = limit;
  Edit e = draw_edit();
  if (count < limit && (count == 0 || draw(3) == 0)) {
    at = count++;
  } else if (count > 1 && draw(3) == 0) {
    at = draw((uint32_t)count);  // the last one takes its place
    memcpy(&e, data + 1 + --count * sizeof e, sizeof e);
  } else {
    at = draw((uint32_t)count);
    Edit old;
    memcpy(&old, data + 1 + at * sizeof old, sizeof old);
    if (draw(2)) e.region = old.region;
    if (draw(2)) e.kind = old.kind;
    if (draw(2)) e.place = (uint16_t)(old.place + draw(64));
    if (draw(3) == 0) e.value = old.value;
  }
  if (at < count) memcpy(data + 1 + at * sizeof e, &e, sizeof e);
  return 1 + count * sizeof e;
}
