// static.c: static fields.
//
// Their initial values are pages of the world. An isolate that writes gets a
// table and a page of its own, so one that never does costs nothing.
#include "base/memory.h"
#include "exec/step.h"

static StaticPage *own_page(Machine *m, uint32_t index) {
  if (!m->owns_statics) {
    size_t bytes = m->world->static_page_count * sizeof *m->statics;
    StaticPage **table = il_memory_alloc(bytes);
    memcpy(table, m->statics, bytes);
    m->statics = table;
    m->owns_statics = 1;
  }
  StaticPage *page = m->statics[index];
  if (!page->is_own) {
    StaticPage *own = il_memory_alloc(sizeof *own);
    memcpy(own, page, sizeof *own);
    own->is_own = true;
    m->statics[index] = page = own;
  }
  return page;
}

void il_static_set(Machine *m, StaticId id, uint64_t word) {
  StaticPage *page = m->statics[id / STATIC_PAGE_SLOTS];
  if (IL_UNLIKELY(!page->is_own)) page = own_page(m, id / STATIC_PAGE_SLOTS);
  page->slots[id % STATIC_PAGE_SLOTS] = word;
  page->initialized |= 1u << id % STATIC_PAGE_SLOTS;
}

bool il_static_is_initialized(const Machine *m, StaticId id) {
  return m->statics[id / STATIC_PAGE_SLOTS]->initialized >>
             id % STATIC_PAGE_SLOTS & 1;
}

// An initialiser that reads its own static runs again: that ends as runaway
// recursion does.
Step il_slow_static(Machine *m, StaticId id) {
  const CodeStatic *s = il_program_static(m->world->program, id);
  const Function *f = m->world->tables.functions[s->initializer];
  Stub stub = f->result_rep == REP_REF ? STUB_STATIC_REF : STUB_STATIC_RAW;
  if (!il_stack_push_stub(m, stub, id)) return il_stack_overflow(m);
  return il_stack_enter(m, f);
}

Step il_slow_static_done(Machine *m, Instruction i) {
  uint64_t word = m->fp[il_a(i)];
  il_static_set(m, (StaticId)m->fp[il_b(i)], word);
  il_stack_return(m, word);
  return STEP_GO;
}
