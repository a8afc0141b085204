// check.c: one kind of record after the other.
#include "code/check.h"

typedef struct {
  const Segment *core, *s;
  const TypeContext *types;
  uint32_t names, type_end, class_end;
  uint32_t end[SECTION_COUNT];  // numbers of each kind are below
  uintptr_t data, data_end;
} Checker;

// A link to `count` items inside the data; none for no items.
static bool is_link(const Checker *k, const Rel *field, uint64_t count,
                    size_t item_bytes) {
  if (*field == 0) return count == 0;
  uintptr_t at = (uintptr_t)field + (uintptr_t)(intptr_t)*field;
  bool is_aligned = item_bytes == 1 || at % 8 == 0;
  return at >= k->data && at <= k->data_end && is_aligned &&
         count <= (k->data_end - at) / item_bytes;
}

static bool is_function(const Checker *k, FunctionId id) {
  return id < k->end[SECTION_FUNCTION];
}
static bool is_constant(const Checker *k, ConstantId id) {
  return id < k->end[SECTION_CONSTANT];
}
static bool is_type(const Checker *k, TypeId id) { return id < k->type_end; }
static bool is_class(const Checker *k, ClassId id) { return id < k->class_end; }
static bool is_name(const Checker *k, Name name) { return name < k->names; }

static bool are_names(const Checker *k, const Rel *field, uint32_t count) {
  if (!is_link(k, field, count, sizeof(Name))) return false;
  const Name *names = IL_REL(const Name, *field);
  for (uint32_t i = 0; i < count; i++)
    if (!is_name(k, names[i])) return false;
  return true;
}

// ---- functions -----------------------------------------------------------

static bool check_parameters(const Checker *k, const Function *f) {
  uint32_t count =
      (uint32_t)f->required_count + f->optional_count + f->named_count;
  if (!is_link(k, &f->parameters, count, sizeof(CodeParameter))) return false;
  const CodeParameter *p = IL_REL(const CodeParameter, f->parameters);
  for (uint32_t i = 0; i < count; i++) {
    if (!is_name(k, p[i].name) || !is_type(k, p[i].type) ||
        !is_constant(k, p[i].default_value) || p[i].rep > REP_BOOL) {
      return false;
    }
  }
  if (!is_link(k, &f->type_bounds, f->type_param_count, sizeof(TypeId))) {
    return false;
  }
  const TypeId *bounds = IL_REL(const TypeId, f->type_bounds);
  for (uint32_t i = 0; i < f->type_param_count; i++)
    if (!is_type(k, bounds[i])) return false;
  return true;
}

// A user's program has no natives of its own, or they are the host's.
static bool check_function(const Checker *k, const Function *f, uint32_t id) {
  return f->id == id && is_name(k, f->name) && is_class(k, f->holder) &&
         is_function(k, f->outer) && is_type(k, f->type) &&
         is_type(k, f->result_type) && is_name(k, f->uri) &&
         f->result_rep <= REP_BOOL && f->member_kind <= MEMBER_SETTER &&
         !(f->flags & CODE_IS_NATIVE) && f->shape < k->end[SECTION_SHAPE] &&
         f->top_words < (1u << 20) && check_parameters(k, f) &&
         is_link(k, &f->code, f->code_words, sizeof(Instruction)) &&
         is_link(k, &f->handlers, f->handler_count, sizeof(CodeHandler)) &&
         is_link(k, &f->lines, f->line_bytes, 1);
}

static bool check_functions(const Checker *k) {
  uint32_t count, first = k->s->head->sections[SECTION_FUNCTION].first;
  const Function *f = il_segment_section(k->s, SECTION_FUNCTION, &count);
  for (uint32_t i = 0; i < count; i++)
    if (!check_function(k, &f[i], first + i)) return false;
  return true;
}

// ---- classes -------------------------------------------------------------

static bool check_members(const Checker *k, const ClassCode *c) {
  if (!is_link(k, &c->members, c->member_count, sizeof(CodeMember))) {
    return false;
  }
  const CodeMember *m = IL_REL(const CodeMember, c->members);
  for (uint32_t i = 0; i < c->member_count; i++) {
    if (!is_name(k, m[i].name) || !is_function(k, m[i].function)) return false;
  }
  return true;
}

// A class of the core, or one of the segment's own.
static const ClassCode *class_code(const Checker *k, ClassId id) {
  uint32_t first = k->s->head->sections[SECTION_CLASS].first;
  const Segment *s = id < first ? k->core : k->s;
  const ClassCode *codes = il_segment_section(s, SECTION_CLASS, NULL);
  return &codes[id - s->head->sections[SECTION_CLASS].first];
}

// Superclasses have code, and they end: in the core, or where there is none, as
// with a mixin.
static bool check_superclasses(const Checker *k, const ClassCode *c) {
  uint32_t first = k->s->head->sections[SECTION_CLASS].first;
  uint32_t left = k->class_end - first;
  for (; c->id >= first && c->superclass; left--) {
    if (left == 0 || !is_class(k, c->superclass)) return false;
    const ClassCode *super = class_code(k, c->superclass);
    if (super->id != c->superclass) return false;
    c = super;
  }
  return true;
}

static bool check_class(const Checker *k, const ClassCode *c, uint32_t id) {
  if (c->id == 0) {  // a number without code, as of an extension
    static const ClassCode none = {0};
    return memcmp(c, &none, sizeof none) == 0;
  }
  uint32_t base = 1u + c->has_vector, words = c->instance_words;
  uint32_t map_words = c->ref_map ? (words + 63) / 64 : 0;
  uint32_t field_count = c->field_names && words > base ? words - base : 0;
  return c->id == id && is_class(k, c->superclass) && is_name(k, c->name) &&
         c->layout < LAYOUT_COUNT && c->has_vector <= 1 &&
         c->field_base <= words + 1u && is_type(k, c->vector) &&
         is_type(k, c->type) &&
         is_link(k, &c->ref_map, map_words, sizeof(uint64_t)) &&
         check_members(k, c) && are_names(k, &c->field_names, field_count) &&
         check_superclasses(k, c);
}

static bool check_classes(const Checker *k) {
  uint32_t count, first = k->s->head->sections[SECTION_CLASS].first;
  const ClassCode *c = il_segment_section(k->s, SECTION_CLASS, &count);
  for (uint32_t i = 0; i < count; i++)
    if (!check_class(k, &c[i], first + i)) return false;
  return true;
}

// ---- constants and the rest ----------------------------------------------

// The type's arguments, of which a list and a set need one and a map two.
static bool has_arguments(const Checker *k, TypeId id, uint32_t count) {
  return il_type_get(k->types->types, id)->count == count;
}

// Is the type made of a class's first `count` parameters at most? *budget is of
// steps: items may be shared, and shared again.
static bool is_of_params(const Checker *k, TypeId id, uint32_t count,
                         uint32_t *budget) {
  const Type *t = il_type_get(k->types->types, id);
  if (!(t->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM)))
    return true;
  if (t->kind == TYPE_PARAM) {
    const TypeParam *p = il_type_param_get(k->types->types, t->head);
    return !p->is_function && p->index < count;
  }
  for (uint32_t i = 0; i < t->count; i++) {
    if (*budget == 0 || !is_of_params(k, t->items[i], count, budget))
      return false;
    --*budget;
  }
  return true;
}

static bool check_instance(const Checker *k, const CodeConstant *c) {
  const Type *type = il_type_get(k->types->types, c->type);
  if (type->kind != TYPE_INTERFACE || !is_class(k, type->head)) return false;
  const ClassCode *code = class_code(k, type->head);
  uint32_t budget = 1 << 20;
  return code->id == type->head && code->layout == LAYOUT_INSTANCE &&
         c->count + 1u + code->has_vector <= code->instance_words &&
         is_of_params(k, code->vector, type->count, &budget);
}

static bool check_kind(const Checker *k, const CodeConstant *c) {
  switch ((CodeConstantKind)c->kind) {
    case CODE_CONSTANT_SYMBOL: return c->bits < k->names;
    case CODE_CONSTANT_LIST:
    case CODE_CONSTANT_SET: return has_arguments(k, c->type, 1);
    case CODE_CONSTANT_MAP:
      return has_arguments(k, c->type, 2) && c->count % 2 == 0;
    case CODE_CONSTANT_RECORD: return c->bits < k->end[SECTION_SHAPE];
    case CODE_CONSTANT_INSTANCE: return check_instance(k, c);
    case CODE_CONSTANT_FUNCTION:
      return c->bits < k->end[SECTION_FUNCTION];
    default: return c->kind <= CODE_CONSTANT_FUNCTION;
  }
}

static bool check_constant(const Checker *k, const CodeConstant *c,
                           uint32_t id) {
  if (!is_type(k, c->type) || !check_kind(k, c)) return false;
  if (c->kind == CODE_CONSTANT_STRING)
    return is_link(k, &c->data, c->count, 1) || c->count == 0;
  if (!is_link(k, &c->data, c->count, sizeof(ConstantId))) return false;
  const ConstantId *items = IL_REL(const ConstantId, c->data);
  for (uint32_t i = 0; i < c->count; i++)
    if (items[i] >= id) return false;
  return true;
}

static bool check_constants(const Checker *k) {
  uint32_t count, first = k->s->head->sections[SECTION_CONSTANT].first;
  const CodeConstant *c = il_segment_section(k->s, SECTION_CONSTANT, &count);
  for (uint32_t i = 0; i < count; i++)
    if (!check_constant(k, &c[i], first + i)) return false;
  return true;
}

static bool check_statics(const Checker *k) {
  uint32_t count;
  const CodeStatic *s = il_segment_section(k->s, SECTION_STATIC, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (!is_name(k, s[i].name) || s[i].rep > REP_BOOL ||
        !is_function(k, s[i].initializer) || !is_type(k, s[i].type) ||
        !is_constant(k, s[i].value)) {
      return false;
    }
  }
  return true;
}

static bool check_selectors(const Checker *k) {
  uint32_t count;
  const CodeSelector *s = il_segment_section(k->s, SECTION_SELECTOR, &count);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t reps = (uint32_t)s[i].positional_count + s[i].named_count;
    if (!is_name(k, s[i].name) || s[i].result_rep > REP_BOOL ||
        !are_names(k, &s[i].names, s[i].named_count) ||
        !is_link(k, &s[i].reps, reps, 1)) {
      return false;
    }
  }
  const CodeShape *shapes = il_segment_section(k->s, SECTION_SHAPE, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (!is_name(k, shapes[i].name) ||
        !are_names(k, &shapes[i].names, shapes[i].named_count)) {
      return false;
    }
  }
  return true;
}

static bool check_rows(const Checker *k) {
  uint32_t count, dispatch_count;
  const CodeRow *r = il_segment_section(k->s, SECTION_ROW, &count);
  const FunctionId *d =
      il_segment_section(k->s, SECTION_DISPATCH, &dispatch_count);
  for (uint32_t i = 0; i < count; i++) {
    if (r[i].selector >= k->end[SECTION_SELECTOR] ||
        (uint64_t)r[i].at + r[i].count > dispatch_count ||
        (uint64_t)r[i].first + r[i].count > k->class_end) {
      return false;
    }
  }
  for (uint32_t i = 0; i < dispatch_count; i++)
    if (!is_function(k, d[i])) return false;
  return true;
}

bool il_check_segment(const Program *program, const Segment *segment) {
  const Segment *core = il_program_core(program);
  const SegmentHead *head = segment->head;
  Checker k = {.core = core,
               .s = segment,
               .types = il_program_types(program),
               .names = il_program_names(program)->count};
  k.type_end = il_type_table_count(k.types->types);
  k.class_end = il_class_count(k.types->classes) + 1;
  for (uint32_t i = SECTION_FUNCTION; i <= SECTION_STATIC; i++) {
    k.end[i] = il_segment_end(segment, (Section)i);
    if (head->sections[i].first != il_segment_end(core, (Section)i) ||
        k.end[i] < head->sections[i].first) {
      return false;
    }
  }
  k.data = (uintptr_t)il_segment_section(segment, SECTION_DATA, NULL);
  k.data_end = k.data + head->sections[SECTION_DATA].count;
  return k.end[SECTION_CLASS] == k.class_end && is_function(&k, head->main) &&
         check_functions(&k) && check_classes(&k) && check_constants(&k) &&
         check_statics(&k) && check_selectors(&k) && check_rows(&k);
}
