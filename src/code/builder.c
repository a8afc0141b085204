// builder.c: collects what a segment will hold. In order: hashing and indices,
// constants, selectors, shapes, functions, classes. Rows are made by
// dispatch.c, the block by segment.c.
#include "code/build.h"

static uint32_t hash_bytes(uint32_t h, const void *bytes, size_t size) {
  const uint8_t *p = bytes;
  uint64_t x = h ^ (size * UINT64_C(0x9e3779b97f4a7c15));
  for (; size >= 8; size -= 8, p += 8) {
    uint64_t word;
    memcpy(&word, p, 8);
    x = il_common_mix(x ^ word);
  }
  for (; size > 0; size--, p++) x = (x ^ *p) * UINT64_C(0x100000001b3);
  return (uint32_t)il_common_mix(x);
}

static void add_to_index(BuildIndex *index, uint32_t id, uint32_t hash) {
  uint32_t mask = index->capacity - 1;
  uint32_t at = hash & mask;
  while (index->slots[at]) at = (at + 1) & mask;
  index->slots[at] = id;
  index->count++;
}

static void drop_index(BuildIndex *index) {
  il_memory_free(index->slots, index->capacity * sizeof(uint32_t));
}

// Doubles the index when it is half full; hash_at gives the hash of an own id.
typedef uint32_t HashAt(const Builder *b, uint32_t id);

static void grow_index(Builder *b, BuildIndex *index, HashAt *hash_at) {
  if (index->count * 2 < index->capacity) return;
  BuildIndex old = *index;
  index->capacity = old.capacity ? old.capacity * 2 : 256;
  index->count = 0;
  index->slots = il_memory_zalloc(index->capacity * sizeof(uint32_t));
  for (uint32_t i = 0; i < old.capacity; i++) {
    if (old.slots[i]) add_to_index(index, old.slots[i],
                                   hash_at(b, old.slots[i]));
  }
  drop_index(&old);
}

void il_build_fail(Builder *b, const char *error) {
  if (!b->error) b->error = error;
}

const char *il_builder_error(const Builder *b) { return b->error; }

static void set_firsts(Builder *b) {
  static const Section numbered[] = {
      SECTION_FUNCTION, SECTION_CLASS,  SECTION_CONSTANT,
      SECTION_SELECTOR, SECTION_SHAPE,  SECTION_STATIC,
  };
  for (uint32_t i = 0; i < IL_COUNT_OF(numbered); i++) {
    Section s = numbered[i];
    b->first[s] = b->core ? il_segment_end(b->core, s) : 1;
  }
}

Builder *il_builder_new(NameTable *names, TypeContext types,
                        const Segment *core) {
  Builder *b = il_memory_zalloc(sizeof *b);
  b->names = names;
  b->types = types;
  b->core = core;
  il_arena_init(&b->arena);
  set_firsts(b);
  for (uint32_t op = 0; op < OP_COUNT; op++) {
    b->operands[op] = il_instruction_operands((Op)op);
  }
  return b;
}

void il_builder_free(Builder *b) {
  if (!b) return;
  il_vec_drop(&b->functions);
  il_vec_drop(&b->classes);
  il_vec_drop(&b->constants);
  il_vec_drop(&b->selectors);
  il_vec_drop(&b->shapes);
  il_vec_drop(&b->statics);
  il_vec_drop(&b->rows);
  il_vec_drop(&b->dispatch);
  il_vec_drop(&b->order);
  drop_index(&b->constant_index);
  drop_index(&b->selector_index);
  drop_index(&b->shape_index);
  il_arena_drop(&b->arena);
  il_memory_free(b, sizeof *b);
}

// ------------------------------------------------------------------ constants

static size_t constant_data_bytes(const CodeConstant *c) {
  // A string's data are bytes; everything else's are numbers of constants.
  return c->kind == CODE_CONSTANT_STRING ? c->count
                                         : c->count * sizeof(ConstantId);
}

static bool constants_equal(const CodeConstant *a, const void *a_data,
                            const CodeConstant *b, const void *b_data) {
  return a->kind == b->kind && a->type == b->type && a->bits == b->bits &&
         a->count == b->count &&
         (a->count == 0 || memcmp(a_data, b_data, constant_data_bytes(a)) == 0);
}

static uint32_t constant_hash_at(const Builder *b, uint32_t id) {
  return b->constants.items[id - b->first[SECTION_CONSTANT]].hash;
}

static ConstantId find_core_constant(const Builder *b, const CodeConstant *c,
                                     const void *data, uint32_t hash) {
  if (!b->core) return 0;
  uint32_t capacity, first = b->core->head->sections[SECTION_CONSTANT].first;
  const uint32_t *slots =
      il_segment_section(b->core, SECTION_CONSTANT_INDEX, &capacity);
  const CodeConstant *items =
      il_segment_section(b->core, SECTION_CONSTANT, NULL);
  for (uint32_t at = hash; capacity; at++) {
    uint32_t id = slots[at & (capacity - 1)];
    if (!id) break;
    const CodeConstant *other = &items[id - first];
    if (constants_equal(other, IL_REL(const char, other->data), c, data)) {
      return id;
    }
  }
  return 0;
}

ConstantId il_builder_constant(Builder *b, uint8_t kind, TypeId type,
                               uint64_t bits, const void *data,
                               uint32_t count) {
  if (kind == CODE_CONSTANT_NULL) return 0;
  CodeConstant head = {.kind = kind, .type = type, .bits = bits,
                       .count = count};
  uint32_t hash = hash_bytes(kind * 31u + type, &bits, sizeof bits);
  if (count) hash = hash_bytes(hash, data, constant_data_bytes(&head));
  ConstantId id = find_core_constant(b, &head, data, hash);
  if (id) return id;
  grow_index(b, &b->constant_index, constant_hash_at);
  const BuildIndex *index = &b->constant_index;
  for (uint32_t at = hash;; at++) {
    id = index->slots[at & (index->capacity - 1)];
    if (!id) break;
    BuildConstant *c =
        &b->constants.items[id - b->first[SECTION_CONSTANT]];
    if (c->hash == hash && constants_equal(&c->head, c->data, &head, data)) {
      return id;
    }
  }
  BuildConstant made = {.head = head, .hash = hash};
  if (count) {
    made.data = il_arena_copy(&b->arena, data, constant_data_bytes(&head));
  }
  id = b->first[SECTION_CONSTANT] + b->constants.count;
  il_vec_push(&b->constants, made);
  add_to_index(&b->constant_index, id, hash);
  return id;
}

// ------------------------------------------------------- selectors and shapes

static uint32_t selector_hash_at(const Builder *b, uint32_t id) {
  return b->selectors.items[id - b->first[SECTION_SELECTOR]].hash;
}

static bool selectors_equal(const CodeSelector *a, const Name *a_names,
                            const uint8_t *a_reps, const CodeSelector *b,
                            const Name *b_names, const uint8_t *b_reps) {
  uint32_t n = a->positional_count + a->named_count;
  return a->name == b->name && a->member_kind == b->member_kind &&
         a->result_rep == b->result_rep &&
         a->type_arg_count == b->type_arg_count &&
         a->positional_count == b->positional_count &&
         a->named_count == b->named_count &&
         (!a->named_count ||
          memcmp(a_names, b_names, a->named_count * sizeof(Name)) == 0) &&
         (n == 0 || memcmp(a_reps, b_reps, n) == 0);
}

const CodeSelector *il_build_selector(const Builder *b, SelectorId id,
                                      const Name **names,
                                      const uint8_t **reps) {
  uint32_t first = b->first[SECTION_SELECTOR];
  if (id >= first) {
    const BuildSelector *s = &b->selectors.items[id - first];
    *names = s->names;
    *reps = s->reps;
    return &s->head;
  }
  const CodeSelector *all = il_segment_section(b->core, SECTION_SELECTOR, NULL);
  const CodeSelector *s = &all[id - 1];
  *names = IL_REL(const Name, s->names);
  *reps = IL_REL(const uint8_t, s->reps);
  return s;
}

SelectorId il_builder_selector(Builder *b, Name name, MemberKind kind,
                               uint16_t type_args, uint16_t positional,
                               uint16_t named, const Name *names,
                               const uint8_t *reps, uint8_t result_rep) {
  CodeSelector head = {.name = name,
                       .member_kind = (uint8_t)kind,
                       .result_rep = result_rep,
                       .type_arg_count = type_args,
                       .positional_count = positional,
                       .named_count = named};
  uint32_t hash = hash_bytes(17, &head, sizeof head);
  hash = hash_bytes(hash, names, named * sizeof(Name));
  hash = hash_bytes(hash, reps, (size_t)positional + named);
  const Name *other_names;
  const uint8_t *other_reps;
  if (b->core) {
    uint32_t capacity;
    const uint32_t *slots =
        il_segment_section(b->core, SECTION_SELECTOR_INDEX, &capacity);
    for (uint32_t at = hash; capacity; at++) {
      SelectorId id = slots[at & (capacity - 1)];
      if (!id) break;
      const CodeSelector *s =
          il_build_selector(b, id, &other_names, &other_reps);
      if (selectors_equal(s, other_names, other_reps, &head, names, reps)) {
        return id;
      }
    }
  }
  grow_index(b, &b->selector_index, selector_hash_at);
  const BuildIndex *index = &b->selector_index;
  for (uint32_t at = hash;; at++) {
    SelectorId id = index->slots[at & (index->capacity - 1)];
    if (!id) break;
    const CodeSelector *s = il_build_selector(b, id, &other_names, &other_reps);
    if (selectors_equal(s, other_names, other_reps, &head, names, reps)) {
      return id;
    }
  }
  BuildSelector made = {.head = head, .hash = hash};
  if (named) {
    made.names = il_arena_copy(&b->arena, names, named * sizeof(Name));
  }
  if (positional + named) {
    made.reps = il_arena_copy(&b->arena, reps, (size_t)positional + named);
  }
  SelectorId id = b->first[SECTION_SELECTOR] + b->selectors.count;
  il_vec_push(&b->selectors, made);
  add_to_index(&b->selector_index, id, hash);
  return id;
}

static uint32_t shape_hash_at(const Builder *b, uint32_t id) {
  return b->shapes.items[id - b->first[SECTION_SHAPE]].hash;
}

static bool shapes_equal(const CodeShape *a, const Name *a_names,
                         const CodeShape *b, const Name *b_names) {
  return a->name == b->name && a->dynamic_kind == b->dynamic_kind &&
         a->type_arg_count == b->type_arg_count &&
         a->positional_count == b->positional_count &&
         a->named_count == b->named_count &&
         (!a->named_count ||
          memcmp(a_names, b_names, a->named_count * sizeof(Name)) == 0);
}

ShapeId il_builder_shape(Builder *b, Name name, uint8_t dynamic_kind,
                         uint16_t type_args, uint16_t positional,
                         uint16_t named, const Name *names) {
  CodeShape head = {.name = name,
                    .dynamic_kind = dynamic_kind,
                    .type_arg_count = type_args,
                    .positional_count = positional,
                    .named_count = named};
  uint32_t hash = hash_bytes(23, &head, sizeof head);
  hash = hash_bytes(hash, names, named * sizeof(Name));
  if (b->core) {
    uint32_t capacity;
    const uint32_t *slots =
        il_segment_section(b->core, SECTION_SHAPE_INDEX, &capacity);
    const CodeShape *all = il_segment_section(b->core, SECTION_SHAPE, NULL);
    for (uint32_t at = hash; capacity; at++) {
      ShapeId id = slots[at & (capacity - 1)];
      if (!id) break;
      const CodeShape *s = &all[id - 1];
      if (shapes_equal(s, IL_REL(const Name, s->names), &head, names)) {
        return id;
      }
    }
  }
  grow_index(b, &b->shape_index, shape_hash_at);
  const BuildIndex *index = &b->shape_index;
  for (uint32_t at = hash;; at++) {
    ShapeId id = index->slots[at & (index->capacity - 1)];
    if (!id) break;
    const BuildShape *s = &b->shapes.items[id - b->first[SECTION_SHAPE]];
    if (shapes_equal(&s->head, s->names, &head, names)) return id;
  }
  BuildShape made = {.head = head, .hash = hash};
  if (named) {
    made.names = il_arena_copy(&b->arena, names, named * sizeof(Name));
  }
  ShapeId id = b->first[SECTION_SHAPE] + b->shapes.count;
  il_vec_push(&b->shapes, made);
  add_to_index(&b->shape_index, id, hash);
  return id;
}

// ------------------------------------------------------------------ functions

FunctionId il_builder_function_new(Builder *b) {
  FunctionId id = b->first[SECTION_FUNCTION] + b->functions.count;
  il_vec_push(&b->functions, (BuilderFunction){.head = {.id = id}});
  return id;
}

StaticId il_builder_static_new(Builder *b, const CodeStatic *s) {
  StaticId id = b->first[SECTION_STATIC] + b->statics.count;
  il_vec_push(&b->statics, *s);
  return id;
}

CodeStatic *il_builder_static_edit(Builder *b, StaticId id) {
  return &b->statics.items[id - b->first[SECTION_STATIC]];
}

// The slots that the code uses, the outgoing area's too.
static uint32_t count_slots(Builder *b, const BuilderFunction *f) {
  uint32_t top = f->head.frame_words;
  for (uint32_t pc = 0; pc < f->head.code_words;) {
    Instruction i = f->code[pc];
    Op op = il_op(i);
    if (op >= OP_COUNT) {
      il_build_fail(b, "unknown instruction");
      return top;
    }
    Operands o = b->operands[op];
    if (o.a && il_a(i) != REG_NONE && il_a(i) >= top) top = il_a(i) + 1u;
    if (o.b && il_b(i) != REG_NONE && il_b(i) >= top) top = il_b(i) + 1u;
    if (o.c && il_c(i) != REG_NONE && il_c(i) >= top) top = il_c(i) + 1u;
    pc += il_instruction_words(op);
    if (op == OP_SWITCH_I64) pc += (uint32_t)(f->code[pc - 1] >> 32);
  }
  return top;
}

static void *copy_array(Builder *b, const void *items, size_t size) {
  return size ? il_arena_copy(&b->arena, items, size) : NULL;
}

// GET_FIELD of `this`, RETURN: selector calls read the field without a frame.
static uint16_t find_field_word(const BuilderFunction *f) {
  if (f->head.code_words != 2 || f->head.ref_arg_count != 1 ||
      f->head.raw_arg_count != 0 || (f->head.flags & CODE_IS_CLOSURE)) {
    return 0;
  }
  Instruction get = f->code[0], back = f->code[1];
  bool is_getter = il_op(get) == OP_GET_FIELD && il_b(get) == 0 &&
                   il_op(back) == OP_RETURN && il_a(back) == il_a(get);
  return is_getter ? (uint16_t)(il_c(get) + 1) : 0;
}

// The native; then where what it calls returns to: the word before says into
// which scratch slot the result goes, the one for references or the raw one.
static const Instruction *native_code(Builder *b, const Function *h) {
  Reg ref = (Reg)(h->frame_words - 1), raw = (Reg)(h->ref_local_start - 1);
  Instruction code[NATIVE_CODE_WORDS] = {
      il_instruction_ai(OP_NATIVE, 0, h->native),
      il_instruction_ai(OP_UNREACHABLE, ref, 0),
      il_instruction_ai(OP_NATIVE_RESUME, ref, 0),
      il_instruction_ai(OP_UNREACHABLE, raw, 0),
      il_instruction_ai(OP_NATIVE_RESUME, raw, 0),
  };
  return il_arena_copy(&b->arena, code, sizeof code);
}

void il_builder_function_set(Builder *b, FunctionId id,
                             const BuilderFunction *f) {
  BuilderFunction *to = &b->functions.items[id - b->first[SECTION_FUNCTION]];
  *to = *f;
  Function *h = &to->head;
  h->id = id;
  uint32_t parameters =
      (uint32_t)h->required_count + h->optional_count + h->named_count;
  to->parameters = copy_array(b, f->parameters,
                              parameters * sizeof(CodeParameter));
  to->type_bounds = copy_array(b, f->type_bounds,
                               h->type_param_count * sizeof(TypeId));
  to->handlers = copy_array(b, f->handlers,
                            h->handler_count * sizeof(CodeHandler));
  to->lines = copy_array(b, f->lines, h->line_bytes);
  if (h->flags & CODE_IS_NATIVE) {
    h->ref_local_start = (uint16_t)(h->ref_arg_count + h->raw_arg_count +
                                    NATIVE_RAW_SCRATCH);
    h->frame_words = (uint16_t)(h->ref_local_start + NATIVE_REF_SCRATCH);
    h->code_words = NATIVE_CODE_WORDS;
    to->code = native_code(b, h);
  } else {
    to->code = copy_array(b, f->code, h->code_words * sizeof(Instruction));
  }
  uint32_t top = count_slots(b, to);
  if (h->flags & CODE_IS_NATIVE) top += NATIVE_OUTGOING;
  if (top > 60000) il_build_fail(b, "a function needs over 60,000 registers");
  h->top_words = top + FRAME_HEADER_WORDS;
  h->field_word = h->flags & CODE_IS_NATIVE ? 0 : find_field_word(to);
}

const Function *il_builder_function_get(const Builder *b, FunctionId id) {
  uint32_t first = b->first[SECTION_FUNCTION];
  if (id >= first) return &b->functions.items[id - first].head;
  const Function *all = il_segment_section(b->core, SECTION_FUNCTION, NULL);
  return &all[id - 1];
}

const CodeParameter *il_builder_parameters_get(const Builder *b,
                                               FunctionId id) {
  uint32_t first = b->first[SECTION_FUNCTION];
  if (id >= first) return b->functions.items[id - first].parameters;
  const Function *f = il_builder_function_get(b, id);
  return IL_REL(const CodeParameter, f->parameters);
}

void il_builder_body_get(const Builder *b, FunctionId id,
                         BuilderFunction *out) {
  uint32_t first = b->first[SECTION_FUNCTION];
  if (id >= first) {
    *out = b->functions.items[id - first];
    return;
  }
  const Function *f = il_builder_function_get(b, id);
  *out = (BuilderFunction){
      .head = *f,
      .parameters = IL_REL(const CodeParameter, f->parameters),
      .type_bounds = IL_REL(const TypeId, f->type_bounds),
      .code = IL_REL(const Instruction, f->code),
      .handlers = IL_REL(const CodeHandler, f->handlers),
      .lines = IL_REL(const uint8_t, f->lines)};
}

void il_builder_selector_get(const Builder *b, SelectorId id,
                             BuilderSelector *out) {
  out->head = *il_build_selector(b, id, &out->names, &out->reps);
}

const ClassCode *il_builder_class_get(const Builder *b, ClassId id) {
  const ClassCode *c = il_build_class(b, id);
  return c && c->id ? c : NULL;
}

// -------------------------------------------------------------------- classes

static bool comes_before(const CodeMember *a, const CodeMember *b) {
  return a->name != b->name ? a->name < b->name
                            : a->member_kind < b->member_kind;
}

// By name then kind; shell sort, for the arrays are short.
static void sort_members(CodeMember *m, uint32_t count) {
  for (uint32_t gap = count / 2; gap > 0; gap /= 2) {
    for (uint32_t i = gap; i < count; i++) {
      CodeMember x = m[i];
      uint32_t k = i;
      for (; k >= gap && comes_before(&x, &m[k - gap]); k -= gap) {
        m[k] = m[k - gap];
      }
      m[k] = x;
    }
  }
}

void il_builder_class_set(Builder *b, ClassId id, const BuilderClass *c) {
  uint32_t first = b->first[SECTION_CLASS];
  IL_ASSERT(id >= first);
  while (b->classes.count <= id - first) {
    il_vec_push(&b->classes, (BuilderClass){0});
  }
  BuilderClass *to = &b->classes.items[id - first];
  *to = *c;
  to->head.id = id;
  to->head.member_count = c->member_count;
  uint32_t words = c->head.instance_words;
  to->ref_map = c->ref_map
                    ? copy_array(b, c->ref_map, (words + 63) / 64 * 8)
                    : NULL;
  CodeMember *members =
      copy_array(b, c->members, c->member_count * sizeof(CodeMember));
  if (members) sort_members(members, c->member_count);
  to->members = members;
  if (c->field_names) {
    uint32_t base = 1u + c->head.has_vector;
    to->field_names =
        copy_array(b, c->field_names,
                   (words > base ? words - base : 0) * sizeof(Name));
  }
}

const ClassCode *il_build_class(const Builder *b, ClassId id) {
  uint32_t first = b->first[SECTION_CLASS];
  if (id >= first) {
    return id - first < b->classes.count ? &b->classes.items[id - first].head
                                         : NULL;
  }
  const ClassCode *all = il_segment_section(b->core, SECTION_CLASS, NULL);
  return id ? &all[id - 1] : NULL;
}

const CodeMember *il_build_members(const Builder *b, ClassId id,
                                   uint32_t *count) {
  const ClassCode *c = il_build_class(b, id);
  *count = c ? c->member_count : 0;
  if (id >= b->first[SECTION_CLASS]) {
    return c ? b->classes.items[id - b->first[SECTION_CLASS]].members : NULL;
  }
  return c ? IL_REL(const CodeMember, c->members) : NULL;
}

// ------------------------------------------------------------------------ end

void il_builder_core_function(Builder *b, CoreFunction f, FunctionId id) {
  b->core_functions[f] = id;
}

void il_builder_main(Builder *b, FunctionId id) { b->main = id; }

Segment *il_builder_finish(Builder *b, BuilderThunk *thunk, void *context,
                           const void *outline, size_t outline_size) {
  // Every class number is taken, also those of extensions, which have no code.
  uint32_t classes = il_class_count(b->types.classes) + 1;
  while (b->first[SECTION_CLASS] + b->classes.count < classes) {
    il_vec_push(&b->classes, (BuilderClass){0});
  }
  il_dispatch_build(b, thunk, context);
  if (b->error) return NULL;
  return il_segment_build(b, outline, outline_size);
}
