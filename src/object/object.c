// object.c: sizes and edges, by layout.

#include "object/object.h"

const StackTraceValue il_no_trace_object = {
    .header = HEADER_IS_HEADER | HEADER_SHARED | HEADER_CANONICAL |
              (Header)CLASS_STACK_TRACE_VALUE << HEADER_CLASS_SHIFT |
              (Header)1009 << HEADER_HASH_SHIFT};

Layout il_object_layout(const Program *program, const Object *object) {
  return (Layout)il_program_class(program, il_object_class(object))->layout;
}

static size_t coroutine_size_bytes(const Program *program, const Coroutine *c) {
  const Function *f = il_program_function(program, c->function);
  return sizeof(Coroutine) + (size_t)f->frame_words * 8;
}

size_t il_object_size_bytes(const Program *program, const Object *object) {
  const ClassCode *c = il_program_class(program, il_object_class(object));
  const uint64_t *w = object->words;
  switch ((Layout)c->layout) {
    case LAYOUT_INSTANCE: return (size_t)c->instance_words * 8;
    case LAYOUT_INT:
    case LAYOUT_DOUBLE: return sizeof(Double);
    case LAYOUT_BOOL:
    case LAYOUT_NULL: return sizeof(Object);
    case LAYOUT_STRING1: return il_string_size_bytes(w[0], false);
    case LAYOUT_STRING2: return il_string_size_bytes(w[0], true);
    case LAYOUT_ARRAY:
    case LAYOUT_RAW_ARRAY: return sizeof(Array) + w[0] * 8;
    case LAYOUT_LIST:
    case LAYOUT_RAW_LIST: return sizeof(List) + w[1] * 8;
    case LAYOUT_BYTES: return il_object_round(sizeof(Bytes) + w[0]);
    case LAYOUT_CLOSURE: {
      const Closure *k = (const Closure *)(const void *)object;
      return sizeof(Closure) + (size_t)(k->ref_count + k->raw_count) * 8;
    }
    case LAYOUT_RECORD:
      return sizeof(RecordValue) +
             ((const RecordValue *)(const void *)object)->count * sizeof(Value);
    case LAYOUT_CELL:
    case LAYOUT_RAW_CELL:
    case LAYOUT_TYPE:
    case LAYOUT_PORT:
    case LAYOUT_CAPABILITY: return 2 * sizeof(uint64_t);
    case LAYOUT_WEAK: return sizeof(Weak);
    case LAYOUT_SYMBOL: return sizeof(SymbolValue);
    case LAYOUT_COROUTINE:
      return coroutine_size_bytes(program,
                                  (const Coroutine *)(const void *)object);
    case LAYOUT_STACK_TRACE: return sizeof(StackTraceValue) + w[0] * 8;
    case LAYOUT_EPHEMERON: return sizeof(Ephemeron);
    case LAYOUT_FINALIZER: return sizeof(FinalizerEntry);
    case LAYOUT_COUNT: break;
  }
  IL_UNREACHABLE();
}

static void visit_range(Value *slot, uint64_t count, EdgeFn *visit,
                        void *context) {
  for (uint64_t i = 0; i < count; i++) visit(slot + i, context);
}

// Bit w of the map stands for word w with the header, which is word 0.
static void visit_instance(const ClassCode *c, Object *object, EdgeFn *visit,
                           void *context) {
  if (!c->ref_map) return;
  const uint64_t *map = IL_REL(const uint64_t, c->ref_map);
  for (uint32_t base = 0; base < c->instance_words; base += 64) {
    for (uint64_t bits = map[base / 64]; bits; bits &= bits - 1) {
      uint32_t w = base + (uint32_t)__builtin_ctzll(bits);
      visit((Value *)&object->words[w - 1], context);
    }
  }
}

static void visit_coroutine(const Program *program, Coroutine *c,
                            EdgeFn *visit, void *context) {
  const Function *f = il_program_function(program, c->function);
  visit(&c->future, context);
  visit(&c->current, context);
  visit(&c->attachment, context);
  visit_range(c->frame, f->ref_arg_count, visit, context);
  visit_range(c->frame + f->ref_local_start,
              (uint64_t)(f->frame_words - f->ref_local_start), visit, context);
}

static Value *items_of(Layout layout, Object *object, uint64_t *count) {
  if (layout == LAYOUT_ARRAY) {
    Array *a = (Array *)(void *)object;
    *count = a->length;
    return a->items;
  }
  *count = 0;
  if (layout != LAYOUT_LIST) return NULL;
  List *l = (List *)(void *)object;
  *count = l->length;
  return l->items;
}

void il_object_each_edge(const Program *program, Object *object, EdgeFn *visit,
                         void *context) {
  const ClassCode *c = il_program_class(program, il_object_class(object));
  switch ((Layout)c->layout) {
    case LAYOUT_INSTANCE: visit_instance(c, object, visit, context); break;
    case LAYOUT_ARRAY:
    case LAYOUT_LIST: {
      uint64_t count;
      Value *items = items_of(c->layout, object, &count);
      visit_range(items, count, visit, context);
      break;
    }
    case LAYOUT_CLOSURE: {
      Closure *k = (Closure *)(void *)object;
      visit_range(k->slots, k->ref_count, visit, context);
      break;
    }
    case LAYOUT_RECORD: {
      RecordValue *r = (RecordValue *)(void *)object;
      visit_range(r->fields, r->count, visit, context);
      break;
    }
    case LAYOUT_CELL: visit((Value *)&object->words[0], context); break;
    case LAYOUT_SYMBOL:
      visit(&((SymbolValue *)(void *)object)->text, context);
      break;
    case LAYOUT_COROUTINE:
      visit_coroutine(program, (Coroutine *)(void *)object, visit, context);
      break;
    case LAYOUT_STRING1:
    case LAYOUT_STRING2: {
      String *s = (String *)(void *)object;
      if (il_string_is_long(s)) visit(il_string_twin(s), context);
      break;
    }
    case LAYOUT_FINALIZER: {
      FinalizerEntry *e = (FinalizerEntry *)(void *)object;
      visit(&e->finalizer, context);
      visit(&e->token, context);
      break;
    }
    default: break;  // nothing, or weak edges only
  }
}

Value *il_object_items(const Program *program, Object *object,
                       uint64_t *count) {
  return items_of(il_object_layout(program, object), object, count);
}

bool il_object_is_weak(const Program *program, const Object *object) {
  Layout layout = il_object_layout(program, object);
  return layout == LAYOUT_WEAK || layout == LAYOUT_EPHEMERON;
}
