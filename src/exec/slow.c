// slow.c: the slow halves of instructions: objects, numbers, types.
#include <math.h>
#include <stdio.h>

#include "code/disasm.h"

#include "exec/step.h"
#include "object/object.h"

// ---- boxing and numbers

Step il_slow_box(Machine *m, Instruction i) {
  uint64_t *p = il_heap_allocate(m->heap, 16);
  if (!p) return il_slow_collect(m, 16, 1);
  ClassId c = il_op(i) == OP_BOX_INT ? CLASS_INT : CLASS_DOUBLE;
  p[0] = il_header(c, 0);
  p[1] = m->fp[il_b(i)];
  m->fp[il_a(i)] = il_value_of(p);
  return STEP_GO;
}

static Step convert_double(Machine *m, Instruction i) {
  uint64_t bits = m->fp[il_b(i)];
  double d;
  memcpy(&d, &bits, sizeof d);
  if (isnan(d) || isinf(d)) {
    return il_throw_core(m, CORE_DOUBLE_TO_INT_ERROR, &bits, 1);
  }
  int64_t result = d >= 9223372036854775808.0   ? INT64_MAX
                   : d <= -9223372036854775808.0 ? INT64_MIN
                                                 : (int64_t)d;
  m->fp[il_a(i)] = (uint64_t)result;
  return STEP_GO;
}

Step il_slow_arithmetic(Machine *m, Instruction i) {
  switch (il_op(i)) {
    case OP_F64_TO_INT:
      return convert_double(m, i);
    case OP_SHL_I64:
    case OP_SHR_I64:
    case OP_USHR_I64:
      return il_throw_core(m, CORE_NEGATIVE_SHIFT_ERROR, &m->fp[il_c(i)], 1);
    default:
      return il_throw_core(m, CORE_DIVISION_BY_ZERO_ERROR, NULL, 0);
  }
}

bool il_slow_identical(Value a, Value b) {
  if (il_value_is_small(a) || il_value_is_small(b)) return false;
  const Object *x = il_value_object(a), *y = il_value_object(b);
  ClassId c = il_object_class(x);
  if (c != il_object_class(y)) return false;
  if (x->words[0] != y->words[0]) return false;
  // A symbol without a name is known by its text alone, which == looks at.
  return c == CLASS_INT || c == CLASS_DOUBLE || c == CLASS_TYPE_VALUE ||
         c == CLASS_SEND_PORT || c == CLASS_CAPABILITY ||
         (c == CLASS_SYMBOL_VALUE && x->words[0] != 0);
}

// ---- closures, records, lists

static Closure *new_closure(Machine *m, const Function *f, uint32_t refs,
                            uint32_t raws) {
  size_t size = sizeof(Closure) + ((size_t)refs + raws) * sizeof(uint64_t);
  Closure *c = il_heap_allocate(m->heap, size);
  if (!c) return NULL;
  c->header = il_header(CLASS_CLOSURE, 0);
  c->function = f->id;
  c->ref_count = (uint16_t)refs;
  c->raw_count = (uint16_t)raws;
  c->class_vector = c->function_vector = 0;
  c->instantiation = 0;
  for (uint32_t s = 0; s < refs; s++) c->slots[s] = VALUE_NULL;
  for (uint32_t s = 0; s < raws; s++) c->slots[refs + s] = 0;
  return c;
}

static size_t closure_bytes(uint32_t refs, uint32_t raws) {
  return sizeof(Closure) + ((size_t)refs + raws) * sizeof(uint64_t);
}

Step il_slow_new_closure(Machine *m, Instruction i) {
  const Function *f = m->world->tables.functions[(uint32_t)il_imm(i)];
  Closure *c = new_closure(m, f, f->closure_refs, f->closure_raws);
  if (!c) {
    return il_slow_collect(m, closure_bytes(f->closure_refs, f->closure_raws),
                           1);
  }
  m->fp[il_a(i)] = il_value_of(c);
  return STEP_GO;
}

Step il_slow_closure_copy(Machine *m, Instruction i) {
  const Closure *from = (const Closure *)il_value_object(m->fp[il_b(i)]);
  size_t size = closure_bytes(from->ref_count, from->raw_count);
  Closure *to = il_heap_allocate(m->heap, size);
  if (!to) return il_slow_collect(m, size, 1);
  memcpy(to, from, size);
  to->header = il_header(CLASS_CLOSURE, 0);
  m->fp[il_a(i)] = il_value_of(to);
  return STEP_GO;
}

// The method is found, for lowering saw it in the interface.
Step il_slow_tear_off(Machine *m, Instruction i) {
  Value receiver = m->fp[il_b(i)];
  Name name = (Name)*m->pc;
  MemberKind kind = MEMBER_METHOD;
  ClassId id = il_value_class(receiver);
  if (il_op(i) == OP_TEAR_OFF_SUPER) {
    kind = (MemberKind)(*m->pc >> 32);
    id = il_frame_function(m->fp)->holder;
    id = m->world->tables.classes[id]->superclass;
  } else if (id == CLASS_CLOSURE && name == NAME_call) {
    m->fp[il_a(i)] = receiver;
    m->pc++;
    return STEP_GO;
  }
  Value closure = il_invoke_tear_off(m, receiver, id, name, kind);
  if (closure == 0) return il_slow_collect(m, closure_bytes(1, 0), 1);
  m->fp[il_a(i)] = closure;
  m->pc++;
  return STEP_GO;
}

Value il_invoke_tear_off(Machine *m, Value receiver, ClassId id, Name name,
                         MemberKind kind) {
  FunctionId f = il_program_find_member(m->world->program, id, name, kind);
  if (f == 0) IL_FATAL("a tear-off of no method");
  Closure *c = new_closure(m, m->world->tables.functions[f], 1, 0);
  if (!c) return 0;
  c->slots[0] = receiver;
  return il_value_of(c);
}

Step il_slow_new_record(Machine *m, Instruction i) {
  const CodeShape *s = il_program_shape(m->world->program, (ShapeId)il_imm(i));
  uint32_t count = (uint32_t)s->positional_count + s->named_count;
  size_t size = sizeof(RecordValue) + count * sizeof(Value);
  RecordValue *r = il_heap_allocate(m->heap, size);
  if (!r) return il_slow_collect(m, size, 1);
  r->header = il_header(CLASS_RECORD_VALUE, 0);
  r->shape = (ShapeId)il_imm(i);
  r->count = count;
  for (uint32_t f = 0; f < count; f++) r->fields[f] = VALUE_NULL;
  m->fp[il_a(i)] = il_value_of(r);
  return STEP_GO;
}

Array *il_slow_array(Machine *m, uint64_t length) {
  Array *a = il_heap_allocate(m->heap, sizeof(Array) + length * 8);
  if (!a) return NULL;
  a->header = il_header(CLASS_ARRAY, 0);
  a->length = length;
  for (uint64_t k = 0; k < length; k++) a->items[k] = VALUE_NULL;
  return a;
}

Step il_slow_new_array(Machine *m, Instruction i) {
  uint64_t length = (uint32_t)il_imm(i);
  Array *a = il_slow_array(m, length);
  if (!a) return il_slow_collect(m, sizeof(Array) + length * 8, 1);
  m->fp[il_a(i)] = il_value_of(a);
  return STEP_GO;
}

// Lists of int and double hold words; the element type chooses the class.
static ClassId list_class(Machine *m, TypeId vector) {
  const Type *t = il_type_get(m->world->types->types, vector);
  TypeId item = t->count ? t->items[t->count - 1] : TYPE_ID_DYNAMIC;
  return item == TYPE_ID_INT      ? CLASS_GROWABLE_INT_LIST
         : item == TYPE_ID_DOUBLE ? CLASS_GROWABLE_DOUBLE_LIST
                                  : CLASS_GROWABLE_LIST;
}

Step il_slow_new_list(Machine *m, Instruction i) {
  TypeId vector = (TypeId)m->fp[il_b(i)];
  uint64_t capacity = *m->pc;
  ClassId id = list_class(m, vector);
  // The storage first, of one kind or the other: they are of one size.
  size_t size = sizeof(Array) + capacity * 8;
  size_t needed = size + sizeof(GrowableList);
  if ((size_t)(m->heap->end - m->heap->top) < needed && size <= 4096) {
    return il_slow_collect(m, needed, 1);
  }
  Array *storage = il_heap_allocate(m->heap, size);
  if (!storage) return il_slow_collect(m, needed, 1);
  bool is_raw = id != CLASS_GROWABLE_LIST;
  storage->header = il_header(is_raw ? CLASS_RAW_ARRAY : CLASS_ARRAY, 0);
  storage->length = capacity;
  for (uint64_t k = 0; k < capacity; k++) {
    storage->items[k] = is_raw ? 0 : VALUE_NULL;
  }
  GrowableList *list = il_heap_allocate(m->heap, sizeof *list);
  if (!list) return il_slow_collect(m, needed, 1);
  list->header = il_header(id, 0);
  list->vector = il_world_list_vector(m->world, id, vector);
  list->length = 0;
  list->storage = il_value_of(storage);
  m->fp[il_a(i)] = il_value_of(list);
  m->pc++;
  return STEP_GO;
}

Step il_slow_array_range(Machine *m, Value array, uint64_t index) {
  uint64_t args[2] = {index, il_value_object(array)->words[ARRAY_LENGTH]};
  return il_throw_core(m, CORE_RANGE_ERROR, args, 2);
}

// The word of an item of a growable or fixed list of that many words; NULL when
// the index is out of range.
static uint64_t *raw_item(Object *o, bool is_growable, uint64_t index) {
  if (index >= o->words[LIST_LENGTH]) return NULL;
  if (!is_growable) return &o->words[LIST_ITEMS + index];
  return &il_value_object(o->words[GROWABLE_STORAGE])
              ->words[ARRAY_ITEMS + index];
}

static bool box_double(Heap *heap, uint64_t bits, Value *item) {
  uint64_t *p = il_heap_allocate(heap, 16);
  if (!p) return false;
  p[0] = il_header(CLASS_DOUBLE, 0);
  p[1] = bits;
  *item = il_value_of(p);
  return true;
}

bool il_slow_list_get(Heap *heap, Value list, uint64_t index, Value *item) {
  Object *o = il_value_object(list);
  ClassId c = il_object_class(o);
  uint64_t word, *at;
  if (c == CLASS_GROWABLE_INT_LIST || c == CLASS_FIXED_INT_LIST) {
    at = raw_item(o, c == CLASS_GROWABLE_INT_LIST, index);
    if (!at || !il_value_fits_small((int64_t)*at)) return false;
    *item = il_value_small((int64_t)*at);
    return true;
  }
  if (c == CLASS_GROWABLE_DOUBLE_LIST || c == CLASS_FIXED_DOUBLE_LIST) {
    at = raw_item(o, c == CLASS_GROWABLE_DOUBLE_LIST, index);
    return at && box_double(heap, *at, item);
  }
  if (c < CLASS_INT8_LIST || c > CLASS_FLOAT64_LIST) return false;
  if (c >= CLASS_FLOAT32_LIST) {
    return il_typed_get_double(o, index, &word) &&
           box_double(heap, word, item);
  }
  if (!il_typed_get_int(o, index, &word) ||
      !il_value_fits_small((int64_t)word)) {
    return false;
  }
  *item = il_value_small((int64_t)word);
  return true;
}

bool il_slow_list_set(Value list, uint64_t index, Value item) {
  Object *o = il_value_object(list);
  ClassId c = il_object_class(o), of = il_value_class(item);
  uint64_t *at;
  if (of == CLASS_INT) {
    uint64_t word = il_value_is_small(item)
                        ? (uint64_t)il_value_small_get(item)
                        : il_value_object(item)->words[0];
    if (c != CLASS_GROWABLE_INT_LIST && c != CLASS_FIXED_INT_LIST) {
      return il_typed_set_int(o, index, word);
    }
    at = raw_item(o, c == CLASS_GROWABLE_INT_LIST, index);
    if (at) *at = word;
    return at != NULL;
  }
  if (of != CLASS_DOUBLE) return false;
  uint64_t bits = il_value_object(item)->words[0];
  if (c != CLASS_GROWABLE_DOUBLE_LIST && c != CLASS_FIXED_DOUBLE_LIST) {
    return il_typed_set_double(o, index, bits);
  }
  at = raw_item(o, c == CLASS_GROWABLE_DOUBLE_LIST, index);
  if (at) *at = bits;
  return at != NULL;
}

// A full list grows by half; a raw one gets the word in the value.
Step il_slow_list_add(Machine *m, Instruction i) {
  GrowableList *list = (GrowableList *)il_value_object(m->fp[il_a(i)]);
  Array *old = (Array *)il_value_object(list->storage);
  bool is_raw = il_object_class((Object *)list) != CLASS_GROWABLE_LIST;
  if ((uint64_t)list->length == old->length) {
    uint64_t length = old->length + old->length / 2 + 4;
    size_t size = sizeof(Array) + length * 8;
    Array *storage = il_heap_allocate(m->heap, size);
    if (!storage) return il_slow_collect(m, size, 1);
    storage->header = old->header & ~(Header)UINT32_MAX;
    storage->header =
        il_header(is_raw ? CLASS_RAW_ARRAY : CLASS_ARRAY, 0);
    storage->length = length;
    memcpy(storage->items, old->items, old->length * 8);
    for (uint64_t k = old->length; k < length; k++) {
      storage->items[k] = is_raw ? 0 : VALUE_NULL;
    }
    il_heap_store(m->heap, (Object *)list, &list->storage,
                  il_value_of(storage));
    old = storage;
  }
  Value v = m->fp[il_b(i)];
  Value *slot = &old->items[list->length++];
  if (!is_raw) {
    il_heap_store(m->heap, (Object *)old, slot, v);
  } else {
    *slot = il_value_is_small(v) ? (uint64_t)il_value_small_get(v)
                                 : il_value_object(v)->words[0];
  }
  return STEP_GO;
}

// ---- types

Value il_slow_type_object(Machine *m, TypeId type) {
  TypeValue *t = il_heap_allocate(m->heap, sizeof *t);
  if (!t) return 0;
  t->header = il_header(CLASS_TYPE_VALUE, 0);
  t->type = type;
  return il_value_of(t);
}

Step il_slow_type_value(Machine *m, Instruction i) {
  Value v = il_slow_type_object(m, (TypeId)m->fp[il_b(i)]);
  if (v == 0) return il_slow_collect(m, sizeof(TypeValue), 1);
  m->fp[il_a(i)] = v;
  return STEP_GO;
}

Step il_slow_instantiate(Machine *m, Instruction i) {
  uint64_t ext = *m->pc++;
  uint32_t base = (uint32_t)(ext >> 32);
  if (base == UINT32_MAX) {
    ClassId holder = il_frame_function(m->fp)->holder;
    base = m->world->tables.classes[holder]->vector_base;
  }
  Reg b = il_b(i), c = il_c(i);
  TypeId type = il_test_instantiate(
      m->world, (TypeId)ext, b == REG_NONE ? 0 : (TypeId)m->fp[b], base,
      c == REG_NONE ? 0 : (TypeId)m->fp[c]);
  if (type == TYPE_ID_INVALID) {
    return il_throw_core(m, CORE_STACK_OVERFLOW_ERROR, NULL, 0);
  }
  m->fp[il_a(i)] = type;
  return STEP_GO;
}

// A string for a name, or null for none.
Value il_slow_name_string(Machine *m, Name name) {
  if (name == 0) return VALUE_NULL;
  Text text = il_name_public_text(il_program_names(m->world->program), name);
  size_t size = il_string_size_bytes(text.length, false);
  String *s = il_heap_allocate(m->heap, size);
  if (!s) return 0;
  s->header = il_header(CLASS_ONE_BYTE_STRING, 0);
  memset((char *)s + size - 8, 0, 8);
  s->length = text.length;
  memcpy(s->bytes, text.bytes, text.length);
  return il_value_of(s);
}

// Makes a Type object and a string at once; false: collect this much first.
static bool make_type_and_name(Machine *m, TypeId type, Name name, Value *t,
                               Value *s, size_t *size_bytes) {
  Text text = il_name_public_text(il_program_names(m->world->program), name);
  *size_bytes = sizeof(TypeValue) + il_string_size_bytes(text.length, false);
  if ((size_t)(m->heap->end - m->heap->top) < *size_bytes) return false;
  *t = il_slow_type_object(m, type);
  *s = il_slow_name_string(m, name);
  return *t != 0 && *s != 0;
}

Step il_slow_as_type(Machine *m, Instruction i) {
  uint64_t ext = m->pc[-1];
  TypeId type = (TypeId)m->fp[il_b(i)];
  Name name = ext > 1 ? (Name)(ext >> 2) : 0;
  Value args[3];
  size_t size;
  if (!make_type_and_name(m, type, name, &args[1], &args[2], &size)) {
    return il_slow_collect(m, size, 2);
  }
  args[0] = m->fp[il_a(i)];
  CoreFunction f = ext == 0 ? CORE_CAST_ERROR : CORE_IMPLICIT_CAST_ERROR;
  return il_throw_core(m, f, args, 3);
}

Step il_slow_not_null(Machine *m, Instruction i) {
  (void)i;
  return il_throw_core(m, CORE_NULL_CHECK_ERROR, NULL, 0);
}

Step il_slow_check_bound(Machine *m, Instruction i) {
  Name name = (Name)m->pc[-1];
  Value args[3];
  size_t size;
  if (!make_type_and_name(m, (TypeId)m->fp[il_a(i)], name, &args[0], &args[2],
                          &size) ||
      !(args[1] = il_slow_type_object(m, (TypeId)m->fp[il_b(i)]))) {
    return il_slow_collect(m, size + sizeof(TypeValue), 2);
  }
  return il_throw_core(m, CORE_BOUND_ERROR, args, 3);
}

// Where the machine is, with the instructions of the frame, on stderr.
static void print_place(const Machine *m) {
  const Program *p = m->world->program;
  TextBuilder text;
  il_text_builder_init(&text);
  const uint64_t *fp = m->fp;
  const Instruction *pc = m->pc;
  for (int i = 0; i < 20; i++) {
    const Function *f = il_frame_function(fp);
    il_text_append_format(&text, "  %.*s at %td\n",
                          TEXT_ARG(il_name_text(il_program_names(p), f->name)),
                          pc - il_function_code(f) - 1);
    if (il_frame_is_base(fp)) break;
    pc = il_frame_return_pc(fp);
    fp -= il_frame_link(fp);
  }
  il_disasm_function(p, il_frame_function(m->fp), &text);
  fprintf(stderr, "%s", il_text_builder_string(&text));
  il_text_builder_drop(&text);
}

void il_slow_check_closure(Machine *m, Value v) {
  if (!il_value_is_small(v) && (v & 7) == 1 &&
      il_value_class(v) == CLASS_CLOSURE &&
      il_closure_function(il_value_object(v)) != 0) {
    return;
  }
  print_place(m);
  IL_FATAL("a closure call on no closure");
}

void il_slow_check_receiver(Machine *m, SelectorId selector, ClassId c) {
  const Program *p = m->world->program;
  if (m->world->tables.rows[selector] &&
      (!m->world->flags->check_types ||
       il_program_dispatch(p, selector, c) != 0)) {
    return;
  }
  const NameTable *names = il_program_names(p);
  const CodeSelector *s = il_program_selector(p, selector);
  fprintf(stderr, "selector %u (%.*s, kind %u) of class %.*s, in:\n", selector,
          TEXT_ARG(il_name_text(names, s->name)), s->member_kind,
          TEXT_ARG(il_name_text(names, m->world->tables.classes[c]->name)));
  print_place(m);
  IL_FATAL("a selector call on a class that does not understand it");
}

void il_slow_assert_failed(Machine *m, Instruction i) {
  TypeId wanted = (TypeId)m->fp[il_b(i)];
  TypeId type = il_test_type_of(m->world, m->fp[il_a(i)]);
  il_throw_report_type(m, type, wanted);
  IL_FATAL("--check-types: a value is not of its static type");
}
