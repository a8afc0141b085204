// image.c: opening a segment in place.
#include "code/image.h"

#include "base/memory.h"

// A number that changes with the form of anything that a segment holds.
uint64_t il_segment_version(void) {
  uint64_t h = OP_COUNT;
  for (uint32_t op = 0; op < OP_COUNT; op++) {
    const char *name = il_instruction_name((Op)op);
    for (; *name; name++) h = (h ^ (uint8_t)*name) * UINT64_C(0x100000001b3);
    h = il_common_mix(h + (uint64_t)il_instruction_format((Op)op));
  }
  const uint64_t sizes[] = {
      sizeof(SegmentHead), LAYOUT_COUNT, CORE_FUNCTION_COUNT,
      CLASS_WELL_KNOWN_COUNT,
#define SECTION(name, type, what) sizeof(type),
      IL_SECTION_LIST(SECTION)
#undef SECTION
  };
  for (uint32_t i = 0; i < IL_COUNT_OF(sizes); i++) {
    h = il_common_mix(h ^ sizes[i]);
  }
  return h;
}

static const uint32_t item_bytes[SECTION_COUNT] = {
#define SECTION(name, type, what) sizeof(type),
    IL_SECTION_LIST(SECTION)
#undef SECTION
};

Status il_segment_open(const void *bytes, size_t size, Segment **segment) {
  const SegmentHead *head = bytes;
  if (size < sizeof *head || ((uintptr_t)bytes & 7) != 0 ||
      memcmp(head->magic, SEGMENT_MAGIC, 8) != 0 ||
      head->version != il_segment_version() || head->size > size) {
    return IL_INVALID;
  }
  for (uint32_t i = 0; i < SECTION_COUNT; i++) {
    uint64_t offset = head->sections[i].offset;
    uint64_t need = (uint64_t)head->sections[i].count * item_bytes[i];
    if ((offset & 7) != 0 || offset < sizeof *head || offset > head->size ||
        head->size - offset < need) {
      return IL_INVALID;
    }
  }
  Segment *s = il_memory_zalloc(sizeof *s);
  s->head = head;
  *segment = s;
  return IL_OK;
}

void il_segment_free(Segment *segment) {
  if (!segment) return;
  if (segment->owns) {
    il_memory_free((void *)(uintptr_t)segment->head, segment->head->size);
  }
  il_memory_free(segment, sizeof *segment);
}

const void *il_segment_bytes(const Segment *segment, size_t *size) {
  *size = segment->head->size;
  return segment->head;
}

const void *il_segment_section(const Segment *s, Section section,
                               uint32_t *count) {
  if (count) *count = s->head->sections[section].count;
  return (const char *)s->head + s->head->sections[section].offset;
}

uint32_t il_segment_end(const Segment *s, Section section) {
  return s->head->sections[section].first + s->head->sections[section].count;
}

const void *il_segment_outline(const Segment *segment, size_t *size) {
  uint32_t count;
  const void *bytes = il_segment_section(segment, SECTION_OUTLINE, &count);
  *size = count;
  return count ? bytes : NULL;
}

void il_segment_names_init(const Segment *core, NameTable *names) {
  NameImage image;
  image.ends = il_segment_section(core, SECTION_NAME, &image.count);
  image.bytes = il_segment_section(core, SECTION_NAME_BYTES, NULL);
  image.index =
      il_segment_section(core, SECTION_NAME_INDEX, &image.index_capacity);
  il_name_table_init_over(names, &image);
}
