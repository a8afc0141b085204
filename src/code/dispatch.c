// dispatch.c: makes the rows of the selectors.
//
// A row is filled for every class that can have instances, and for the
// superclasses of mixin applications, where CALL_SUPER looks. For each such
// class its members are visited, the most derived first; each goes into the
// rows of all selectors of its name and kind: the function itself when its
// frame is what the selector's callers lay out, else a thunk. Then rows are
// displaced: laid over each other in one array so that each fills the others'
// holes. A core selector that the user's classes add to gets a new row that
// begins with a copy of the core's.
#include "code/build.h"

typedef struct {
  SelectorId selector;
  ClassId class_id;
  FunctionId function;
} Entry;

typedef struct {
  SelectorId selector;
  uint32_t start, count;   // of entries
} Row;

typedef struct {
  Builder *b;
  BuilderThunk *thunk;
  void *context;
  Map thunks;              // selector << 32 | target -> thunk
  Map seen;                // of the class at hand: name << 2 | kind
  IL_VEC(Entry) entries;
} Dispatch;

static uint64_t member_key(Name name, uint8_t kind) {
  return (uint64_t)name << 2 | kind;
}

static uint64_t selector_key(const Builder *b, SelectorId id) {
  const Name *names;
  const uint8_t *reps;
  const CodeSelector *s = il_build_selector(b, id, &names, &reps);
  return member_key(s->name, s->member_kind);
}

static uint32_t selector_end(const Builder *b) {
  return b->first[SECTION_SELECTOR] + b->selectors.count;
}

// Own selectors by name and kind; shell sort on a key kept beside each.
static void order_selectors(Builder *b) {
  uint32_t count = b->selectors.count;
  uint64_t *keys = il_memory_alloc((count + 1) * sizeof *keys);
  il_vec_clear(&b->order);
  for (uint32_t i = 0; i < count; i++) {
    SelectorId id = b->first[SECTION_SELECTOR] + i;
    keys[i] = selector_key(b, id);
    il_vec_push(&b->order, id);
  }
  SelectorId *ids = b->order.items;
  for (uint32_t gap = count / 2; gap > 0; gap /= 2) {
    for (uint32_t i = gap; i < count; i++) {
      SelectorId id = ids[i];
      uint64_t key = keys[i];
      uint32_t k = i;
      for (; k >= gap && keys[k - gap] > key; k -= gap) {
        ids[k] = ids[k - gap];
        keys[k] = keys[k - gap];
      }
      ids[k] = id;
      keys[k] = key;
    }
  }
  il_memory_free(keys, (count + 1) * sizeof *keys);
}

// Where the selectors of the key begin in an order.
static uint32_t find_first(const Builder *b, const SelectorId *ids,
                           uint32_t count, uint64_t key) {
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (selector_key(b, ids[middle]) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Does a call by the selector lay out the frame that the function expects?
static bool has_shape(const Builder *b, SelectorId id, FunctionId target) {
  const Name *names;
  const uint8_t *reps;
  const CodeSelector *s = il_build_selector(b, id, &names, &reps);
  const Function *f = il_builder_function_get(b, target);
  uint32_t positional = (uint32_t)f->required_count + f->optional_count;
  if (s->positional_count != positional || s->named_count != f->named_count ||
      s->type_arg_count != f->type_param_count ||
      s->result_rep != f->result_rep) {
    return false;
  }
  const CodeParameter *p = il_builder_parameters_get(b, target);
  for (uint32_t i = 0; i < positional + s->named_count; i++) {
    if (p[i].rep != reps[i]) return false;
    if (i >= positional && p[i].name != names[i - positional]) return false;
  }
  return true;
}

static FunctionId find_body(Dispatch *d, SelectorId id, FunctionId target) {
  if (has_shape(d->b, id, target)) return target;
  bool is_new;
  uint64_t key = (uint64_t)id << 32 | target;
  uint64_t made = 0;
  if (il_map_find(&d->thunks, key, &made)) return (FunctionId)made;
  made = d->thunk ? d->thunk(d->context, id, target) : 0;
  *il_map_at(&d->thunks, key, &is_new) = made;
  return (FunctionId)made;
}

// What the core's rows say of a class of the core that has instances.
static FunctionId look_in_core(const Builder *b, SelectorId id, ClassId c) {
  uint32_t count;
  const CodeRow *rows = il_segment_section(b->core, SECTION_ROW, &count);
  const FunctionId *all = il_segment_section(b->core, SECTION_DISPATCH, NULL);
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (rows[middle].selector < id) low = middle + 1;
    else high = middle;
  }
  if (low == count || rows[low].selector != id) return 0;
  const CodeRow *row = &rows[low];
  if (c < row->first || c - row->first >= row->count) return 0;
  return all[row->at + c - row->first];
}

// Enters a member into the rows of all selectors of an order that it answers.
static void add_to_rows(Dispatch *d, const SelectorId *ids, uint32_t count,
                        ClassId c, ClassId owner, const CodeMember *m) {
  Builder *b = d->b;
  uint64_t key = member_key(m->name, m->member_kind);
  // A core class that has instances has its rows already.
  bool ask_core = owner < b->first[SECTION_CLASS] &&
                  !il_build_class(b, owner)->is_abstract;
  uint32_t i = find_first(b, ids, count, key);
  for (; i < count && selector_key(b, ids[i]) == key; i++) {
    FunctionId body = ask_core && ids[i] < b->first[SECTION_SELECTOR]
                          ? look_in_core(b, ids[i], owner)
                          : find_body(d, ids[i], m->function);
    il_vec_push(&d->entries, (Entry){ids[i], c, body});
  }
}

static void add_member(Dispatch *d, ClassId c, ClassId owner,
                       const CodeMember *m) {
  Builder *b = d->b;
  const Function *f = il_builder_function_get(b, m->function);
  if (f->flags & (CODE_IS_ABSTRACT | CODE_IS_STATIC)) return;
  bool is_new;
  il_map_at(&d->seen, member_key(m->name, m->member_kind), &is_new);
  if (!is_new) return;
  if (b->core) {
    uint32_t count;
    const SelectorId *ids =
        il_segment_section(b->core, SECTION_SELECTOR_ORDER, &count);
    add_to_rows(d, ids, count, c, owner, m);
  }
  add_to_rows(d, b->order.items, b->order.count, c, owner, m);
}

static void add_class(Dispatch *d, ClassId c) {
  il_map_clear(&d->seen);
  const ClassCode *code;
  for (ClassId owner = c; owner; owner = code->superclass) {
    code = il_build_class(d->b, owner);
    if (!code) return;
    uint32_t count;
    const CodeMember *m = il_build_members(d->b, owner, &count);
    for (uint32_t i = 0; i < count; i++) add_member(d, c, owner, &m[i]);
  }
}

static bool has_mixin_body(const Builder *b, ClassId c) {
  uint32_t count;
  const CodeMember *m = il_build_members(b, c, &count);
  for (uint32_t i = 0; i < count; i++) {
    const Function *f = il_builder_function_get(b, m[i].function);
    if (f->flags & CODE_IS_HOLDER_RELATIVE) return true;
  }
  return false;
}

static void add_classes(Dispatch *d) {
  Builder *b = d->b;
  uint32_t first = b->first[SECTION_CLASS];
  Map supers;
  il_map_init(&supers);
  for (uint32_t i = 0; i < b->classes.count; i++) {
    const ClassCode *c = &b->classes.items[i].head;
    if (c->id == 0) continue;
    if (!c->is_abstract) add_class(d, c->id);
    // Bodies of a mixin, and of what extends a mixin class, look there.
    if (c->superclass == 0 ||
        (!has_mixin_body(b, c->id) && !has_mixin_body(b, c->superclass))) {
      continue;
    }
    const ClassCode *super = il_build_class(b, c->superclass);
    bool is_new;
    il_map_at(&supers, c->superclass, &is_new);
    if (is_new && super->is_abstract) add_class(d, super->id);
  }
  (void)first;
  il_map_drop(&supers);
}

// ---- classes of the core for selectors that the core does not use

// The core's classes that declare a member of interest, and who extends whom.
typedef struct {
  ClassId class_id;
  uint64_t key;
  FunctionId function;
} Declaration;

typedef struct {
  Map wanted;              // keys of own selectors
  uint64_t filter[64];     // bits of a hash of their names: most names miss
  Map declared;            // key << 24 | class
  IL_VEC(Declaration) declarations;
  ClassId *first_child, *next_sibling;
} CoreScan;

static bool is_wanted(const CoreScan *s, const CodeMember *m) {
  uint32_t bit = m->name & 4095;
  uint64_t value;
  return (s->filter[bit >> 6] >> (bit & 63) & 1) &&
         il_map_find(&s->wanted, member_key(m->name, m->member_kind), &value);
}

static void scan_core_class(Dispatch *d, CoreScan *s, ClassId c) {
  const ClassCode *code = il_build_class(d->b, c);
  if (code->id == 0) return;
  if (code->superclass) {
    s->next_sibling[c] = s->first_child[code->superclass];
    s->first_child[code->superclass] = c;
  }
  uint32_t count;
  const CodeMember *m = il_build_members(d->b, c, &count);
  for (uint32_t i = 0; i < count; i++) {
    if (!is_wanted(s, &m[i])) continue;
    const Function *f = il_builder_function_get(d->b, m[i].function);
    if (f->flags & (CODE_IS_ABSTRACT | CODE_IS_STATIC)) continue;
    uint64_t key = member_key(m[i].name, m[i].member_kind);
    il_map_put(&s->declared, key << 24 | c, 1);
    il_vec_push(&s->declarations, (Declaration){c, key, m[i].function});
  }
}

// The declaration holds for the class and all below it up to the next one.
static void add_declaration(Dispatch *d, const CoreScan *s,
                            const Declaration *x, ClassId *stack) {
  Builder *b = d->b;
  uint32_t depth = 0;
  stack[depth++] = x->class_id;
  uint32_t first = find_first(b, b->order.items, b->order.count, x->key);
  while (depth > 0) {
    ClassId c = stack[--depth];
    bool has_instances = !il_build_class(b, c)->is_abstract;
    for (uint32_t i = first; has_instances && i < b->order.count; i++) {
      if (selector_key(b, b->order.items[i]) != x->key) break;
      FunctionId body = find_body(d, b->order.items[i], x->function);
      il_vec_push(&d->entries, (Entry){b->order.items[i], c, body});
    }
    for (ClassId k = s->first_child[c]; k; k = s->next_sibling[k]) {
      uint64_t value;
      if (!il_map_find(&s->declared, x->key << 24 | k, &value)) {
        stack[depth++] = k;
      }
    }
  }
}

static void add_core_classes(Dispatch *d) {
  Builder *b = d->b;
  uint32_t end = b->first[SECTION_CLASS];
  if (!b->core || b->order.count == 0) return;
  CoreScan s = {0};
  il_map_init(&s.wanted);
  il_map_init(&s.declared);
  size_t bytes = end * sizeof(ClassId);
  s.first_child = il_memory_zalloc(bytes);
  s.next_sibling = il_memory_zalloc(bytes);
  for (uint32_t i = 0; i < b->order.count; i++) {
    uint64_t key = selector_key(b, b->order.items[i]);
    uint32_t bit = (uint32_t)(key >> 2) & 4095;
    s.filter[bit >> 6] |= UINT64_C(1) << (bit & 63);
    il_map_put(&s.wanted, key, 1);
  }
  for (ClassId c = 1; c < end; c++) scan_core_class(d, &s, c);
  ClassId *stack = il_memory_alloc(bytes);
  for (uint32_t i = 0; i < s.declarations.count; i++) {
    add_declaration(d, &s, &s.declarations.items[i], stack);
  }
  il_memory_free(stack, bytes);
  il_memory_free(s.first_child, bytes);
  il_memory_free(s.next_sibling, bytes);
  il_vec_drop(&s.declarations);
  il_map_drop(&s.wanted);
  il_map_drop(&s.declared);
}

// Groups the entries by selector, keeping the order of classes.
static Entry *sort_entries(Dispatch *d, Row *rows) {
  uint32_t end = selector_end(d->b);
  for (uint32_t i = 0; i < d->entries.count; i++) {
    rows[d->entries.items[i].selector].count++;
  }
  uint32_t at = 0;
  for (SelectorId s = 0; s < end; s++) {
    rows[s].selector = s;
    rows[s].start = at;
    at += rows[s].count;
    rows[s].count = 0;
  }
  Entry *sorted = IL_NEW_ARRAY(&d->b->arena, Entry, d->entries.count + 1);
  for (uint32_t i = 0; i < d->entries.count; i++) {
    Row *r = &rows[d->entries.items[i].selector];
    sorted[r->start + r->count++] = d->entries.items[i];
  }
  return sorted;
}

static void extend_dispatch(Builder *b, uint32_t end) {
  uint32_t count = b->dispatch.count;
  if (end <= count) return;
  if (end > b->dispatch.capacity) il_vec_reserve(&b->dispatch, end + end / 2);
  memset(b->dispatch.items + count, 0, (end - count) * sizeof(FunctionId));
  b->dispatch.count = end;
}

static void range_of(const Entry *e, uint32_t count, ClassId *first,
                     ClassId *last) {
  *first = UINT32_MAX;
  *last = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (e[i].class_id < *first) *first = e[i].class_id;
    if (e[i].class_id > *last) *last = e[i].class_id;
  }
}

static const CodeRow *core_row(const Builder *b, SelectorId id) {
  if (!b->core) return NULL;
  uint32_t count;
  const CodeRow *rows = il_segment_section(b->core, SECTION_ROW, &count);
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (rows[middle].selector < id) low = middle + 1;
    else high = middle;
  }
  return low < count && rows[low].selector == id ? &rows[low] : NULL;
}

// The core's row, holes and all, with the entries over it.
static void put_over_core(Builder *b, const CodeRow *core, SelectorId id,
                          const Entry *e, uint32_t count) {
  ClassId first, last;
  range_of(e, count, &first, &last);
  if (core->first < first) first = core->first;
  if (core->first + core->count - 1 > last) {
    last = core->first + core->count - 1;
  }
  uint32_t at = b->dispatch.count;
  extend_dispatch(b, at + last - first + 1);
  const FunctionId *all = il_segment_section(b->core, SECTION_DISPATCH, NULL);
  memcpy(&b->dispatch.items[at + core->first - first], &all[core->at],
         core->count * sizeof(FunctionId));
  for (uint32_t i = 0; i < count; i++) {
    b->dispatch.items[at + e[i].class_id - first] = e[i].function;
  }
  il_vec_push(&b->rows, (CodeRow){id, at, first, last - first + 1});
}

static bool fits(const Builder *b, uint32_t at, ClassId first, const Entry *e,
                 uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    uint32_t slot = at + e[i].class_id - first;
    if (slot < b->dispatch.count && b->dispatch.items[slot]) return false;
  }
  return true;
}

// First fit, given up after some tries.
static void displace(Builder *b, SelectorId id, const Entry *e, uint32_t count,
                     uint32_t *lowest_free) {
  ClassId first, last;
  range_of(e, count, &first, &last);
  uint32_t at = *lowest_free;
  while (at < b->dispatch.count && b->dispatch.items[at]) at++;
  *lowest_free = at;
  for (uint32_t tries = 0; !fits(b, at, first, e, count); at++) {
    if (++tries > 2000) {
      at = b->dispatch.count;
      break;
    }
  }
  extend_dispatch(b, at + last - first + 1);
  for (uint32_t i = 0; i < count; i++) {
    // 0 would be taken for free; 1 is never called from here.
    FunctionId f = e[i].function ? e[i].function : 1;
    b->dispatch.items[at + e[i].class_id - first] = f;
  }
  il_vec_push(&b->rows, (CodeRow){id, at, first, last - first + 1});
}

// Lays out the longest first: a pass for each size class of four entries down.
static void put_rows(Dispatch *d, const Row *rows, const Entry *sorted) {
  Builder *b = d->b;
  uint32_t end = selector_end(b), lowest_free = 0;
  IL_VEC(Row) todo = {0};
  for (SelectorId s = 1; s < end; s++) {
    const Row *r = &rows[s];
    if (r->count == 0) continue;
    const CodeRow *core = core_row(b, s);
    if (core) put_over_core(b, core, s, &sorted[r->start], r->count);
    else il_vec_push(&todo, *r);
  }
  for (uint32_t gap = todo.count / 2; gap > 0; gap /= 2) {
    for (uint32_t i = gap; i < todo.count; i++) {
      Row x = todo.items[i];
      uint32_t k = i;
      for (; k >= gap && todo.items[k - gap].count < x.count; k -= gap) {
        todo.items[k] = todo.items[k - gap];
      }
      todo.items[k] = x;
    }
  }
  for (uint32_t i = 0; i < todo.count; i++) {
    const Row *r = &todo.items[i];
    displace(b, r->selector, &sorted[r->start], r->count, &lowest_free);
  }
  il_vec_drop(&todo);
}

// By selector, for binary search; again shell sort.
static void sort_rows(Builder *b) {
  CodeRow *r = b->rows.items;
  for (uint32_t gap = b->rows.count / 2; gap > 0; gap /= 2) {
    for (uint32_t i = gap; i < b->rows.count; i++) {
      CodeRow x = r[i];
      uint32_t k = i;
      for (; k >= gap && r[k - gap].selector > x.selector; k -= gap) {
        r[k] = r[k - gap];
      }
      r[k] = x;
    }
  }
}

void il_dispatch_build(Builder *b, BuilderThunk *thunk, void *context) {
  Dispatch d = {.b = b, .thunk = thunk, .context = context};
  il_map_init(&d.thunks);
  il_map_init(&d.seen);
  order_selectors(b);
  add_classes(&d);
  add_core_classes(&d);
  uint32_t end = selector_end(b);
  Row *rows = IL_NEW_ARRAY(&b->arena, Row, end + 1);
  Entry *sorted = sort_entries(&d, rows);
  put_rows(&d, rows, sorted);
  sort_rows(b);
  il_map_drop(&d.thunks);
  il_map_drop(&d.seen);
  il_vec_drop(&d.entries);
}
