// program.c: a stack of two segments, and the tables by global number.
#include "code/program.h"

#include "base/memory.h"
#include "code/image.h"
#include "code/verify.h"

struct Program {
  const Segment *core;
  Segment *user;
  NameTable names;
  TypeTable *core_types;      // reads the image in place
  ClassTable *core_classes;
  TypeContext types;
  ClassTable *classes;        // types.classes, writable
  uint32_t count[SECTION_COUNT];  // numbers in use, 0 too
  uint32_t capacity[SECTION_COUNT];
  const Function **functions;
  const ClassCode **class_codes;
  const FunctionId **rows;
  ProgramTables tables;
};

static void grow_table(Program *p, Section section, void *table) {
  const void ***at = table;
  uint32_t end = il_segment_end(p->user ? p->user : p->core, section);
  *at = il_memory_realloc((void *)(uintptr_t)*at,
                          p->capacity[section] * sizeof(void *),
                          end * sizeof(void *));
  for (uint32_t i = p->capacity[section]; i < end; i++) (*at)[i] = NULL;
  p->capacity[section] = end;
}

static void add_pointers(Program *p, const Segment *s) {
  uint32_t count, first;
  const Function *f = il_segment_section(s, SECTION_FUNCTION, &count);
  first = s->head->sections[SECTION_FUNCTION].first;
  for (uint32_t i = 0; i < count; i++) p->functions[first + i] = &f[i];
  const ClassCode *c = il_segment_section(s, SECTION_CLASS, &count);
  first = s->head->sections[SECTION_CLASS].first;
  for (uint32_t i = 0; i < count; i++) p->class_codes[first + i] = &c[i];
  const CodeRow *r = il_segment_section(s, SECTION_ROW, &count);
  const FunctionId *d = il_segment_section(s, SECTION_DISPATCH, NULL);
  for (uint32_t i = 0; i < count; i++) {
    uintptr_t at = (uintptr_t)(d + r[i].at);
    p->rows[r[i].selector] =
        (const FunctionId *)(at - r[i].first * sizeof(FunctionId));
  }
}

static void load_segment(Program *p, const Segment *s) {
  grow_table(p, SECTION_FUNCTION, &p->functions);
  grow_table(p, SECTION_CLASS, &p->class_codes);
  grow_table(p, SECTION_SELECTOR, &p->rows);
  for (uint32_t i = 0; i < SECTION_COUNT; i++) {
    p->count[i] = il_segment_end(s, (Section)i);
  }
  add_pointers(p, s);
  p->tables = (ProgramTables){(const Function *const *)p->functions,
                              (const ClassCode *const *)p->class_codes,
                              (const FunctionId *const *)p->rows};
}

Program *il_program_new(const Segment *core) {
  Program *p = il_memory_zalloc(sizeof *p);
  p->core = core;
  il_segment_names_init(core, &p->names);
  uint32_t size;
  const void *bytes = il_segment_section(core, SECTION_TYPES, &size);
  p->core_types = il_type_table_from_image(&p->names, bytes, size);
  bytes = il_segment_section(core, SECTION_TYPE_CLASSES, &size);
  p->core_classes = il_class_table_from_image(bytes, size);
  if (!p->core_types || !p->core_classes) {
    IL_FATAL("the core image holds no types");
  }
  p->types.types = il_type_table_new(&p->names, p->core_types);
  p->classes = il_class_table_new(p->core_classes);
  p->types.classes = p->classes;
  load_segment(p, core);
  return p;
}

void il_program_free(Program *p) {
  if (!p) return;
  il_segment_free(p->user);
  il_class_table_free(p->classes);
  il_type_table_free(p->types.types);
  il_class_table_free(p->core_classes);
  il_type_table_free(p->core_types);
  il_name_table_drop(&p->names);
  il_memory_free((void *)(uintptr_t)p->functions,
                 p->capacity[SECTION_FUNCTION] * sizeof(void *));
  il_memory_free((void *)(uintptr_t)p->class_codes,
                 p->capacity[SECTION_CLASS] * sizeof(void *));
  il_memory_free((void *)(uintptr_t)p->rows,
                 p->capacity[SECTION_SELECTOR] * sizeof(void *));
  il_memory_free(p, sizeof *p);
}

static Status add(Program *p, Segment *segment) {
  if (p->user) {
    il_segment_free(segment);
    return IL_EXISTS;
  }
  for (uint32_t i = SECTION_FUNCTION; i <= SECTION_STATIC; i++) {
    if (segment->head->sections[i].first !=
        il_segment_end(p->core, (Section)i)) {
      il_segment_free(segment);
      return IL_INVALID;
    }
  }
  p->user = segment;
  load_segment(p, segment);
  return IL_OK;
}

Status il_program_add_foreign(Program *p, Segment *segment) {
  VerifyFault fault;
  Status status = add(p, segment);
  return status == IL_OK ? il_verify_segment(p, segment, &fault) : status;
}

Status il_program_add(Program *p, Segment *segment) {
  Status status = add(p, segment);
  if (status != IL_OK) return status;
#if IL_DEBUG
  VerifyFault fault;
  if (il_verify_segment(p, segment, &fault) != IL_OK) {
    il_verify_print(p, &fault);
    return IL_INVALID;
  }
#endif
  return IL_OK;
}

uint32_t il_program_core_type_end(const Program *p) {
  return il_type_table_count(p->core_types);
}

const Segment *il_program_core(const Program *p) { return p->core; }
NameTable *il_program_names(const Program *p) {
  return (NameTable *)(uintptr_t)&p->names;
}
const TypeContext *il_program_types(const Program *p) { return &p->types; }
ClassTable *il_program_classes_edit(Program *p) { return p->classes; }
const ProgramTables *il_program_tables(const Program *p) { return &p->tables; }

// ---- by number

static const void *find_record(const Program *p, Section section, uint32_t id,
                               size_t item_bytes) {
  IL_ASSERT(id > 0 && id < p->count[section]);
  const Segment *s = p->core;
  if (id >= il_segment_end(s, section)) s = p->user;
  const char *items = il_segment_section(s, section, NULL);
  return items + (id - s->head->sections[section].first) * item_bytes;
}

const Function *il_program_function(const Program *p, FunctionId id) {
  IL_ASSERT(id > 0 && id < p->count[SECTION_FUNCTION]);
  return p->functions[id];
}
const ClassCode *il_program_class(const Program *p, ClassId id) {
  IL_ASSERT(id > 0 && id < p->count[SECTION_CLASS]);
  return p->class_codes[id];
}
const CodeShape *il_program_shape(const Program *p, ShapeId id) {
  return find_record(p, SECTION_SHAPE, id, sizeof(CodeShape));
}
const CodeSelector *il_program_selector(const Program *p, SelectorId id) {
  return find_record(p, SECTION_SELECTOR, id, sizeof(CodeSelector));
}
const CodeStatic *il_program_static(const Program *p, StaticId id) {
  return find_record(p, SECTION_STATIC, id, sizeof(CodeStatic));
}
const CodeConstant *il_program_constant(const Program *p, ConstantId id) {
  static const CodeConstant null = {0};
  if (id == 0) return &null;
  return find_record(p, SECTION_CONSTANT, id, sizeof(CodeConstant));
}

uint32_t il_program_function_count(const Program *p) {
  return p->count[SECTION_FUNCTION];
}
uint32_t il_program_class_count(const Program *p) {
  return p->count[SECTION_CLASS];
}
uint32_t il_program_selector_count(const Program *p) {
  return p->count[SECTION_SELECTOR];
}
uint32_t il_program_shape_count(const Program *p) {
  return p->count[SECTION_SHAPE];
}
uint32_t il_program_static_count(const Program *p) {
  return p->count[SECTION_STATIC];
}
uint32_t il_program_constant_count(const Program *p) {
  return p->count[SECTION_CONSTANT];
}

// ---- members

static FunctionId find_own_member(const ClassCode *c, Name name,
                                  MemberKind kind) {
  const CodeMember *m = IL_REL(const CodeMember, c->members);
  uint32_t low = 0, high = c->member_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (m[middle].name < name ||
        (m[middle].name == name && m[middle].member_kind < kind)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < c->member_count && m[low].name == name &&
                 m[low].member_kind == kind
             ? m[low].function
             : 0;
}

FunctionId il_program_find_member(const Program *p, ClassId c, Name name,
                                  MemberKind kind) {
  while (c) {
    const ClassCode *code = il_program_class(p, c);
    FunctionId f = find_own_member(code, name, kind);
    if (f && !(p->functions[f]->flags & CODE_IS_ABSTRACT)) return f;
    c = code->superclass;
  }
  return 0;
}

FunctionId il_program_dispatch(const Program *p, SelectorId s, ClassId c) {
  const CodeSelector *selector = il_program_selector(p, s);
  if (!p->rows[s] || !il_program_find_member(p, c, selector->name,
                                             selector->member_kind)) {
    return 0;
  }
  return p->rows[s][c];
}

FunctionId il_program_core_function(const Program *p, CoreFunction f) {
  return p->core->head->core_functions[f];
}

FunctionId il_program_main(const Program *p) {
  return p->user ? p->user->head->main : p->core->head->main;
}
