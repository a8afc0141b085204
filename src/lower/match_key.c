// match_key.c: the invocation keys of the patterns of one match. In order: the
// table, keys of members, collecting from patterns, sites.
#include "lower/lowering.h"

typedef enum {
  KEY_ROOT,
  KEY_GET,        // a member: its name
  KEY_EXTENSION,  // an extension's member: the element, its type vector
  KEY_FIELD,      // a record's: its index
  KEY_AT,         // a list's [index]
  KEY_TAIL,       // [length - distance]
  KEY_REST,       // sublist: elements before, elements after
  KEY_ENTRY,      // a map's [key]
  KEY_HAS,        // containsKey(key)
  KEY_CONSTANT,   // constant ==
  KEY_TEST,       // an operator: its name, or element, and the operand
  KEY_OTHER,      // an expression, shared with none
} KeyKind;

struct MatchKey {
  uint32_t parent;
  uint8_t kind;
  bool is_used;       // its value may be known from here on
  Rep rep;
  uint32_t uses;
  uint64_t what, with;
  VReg value;         // VREG_NONE: not kept
  VReg known;         // of an int or double: whether there is a value
};

// A bool's third value.
enum { BOOL_UNKNOWN = 2 };

// ------------------------------------------------------------------ the table

static bool is_same_key(const MatchKey *a, const MatchKey *b) {
  return a->parent == b->parent && a->kind == b->kind && a->what == b->what &&
         a->with == b->with;
}

static uint32_t find_key(MatchKeys *m, MatchKey key) {
  uint64_t hash = key.parent * UINT64_C(0x9e3779b97f4a7c15) + key.kind;
  hash = (hash ^ key.what) * UINT64_C(0xff51afd7ed558ccd);
  hash = (hash ^ key.with) * UINT64_C(0xc4ceb9fe1a85ec53);
  for (;; hash++) {
    bool is_new;
    uint64_t *at = il_map_at(&m->index, hash, &is_new);
    if (is_new) {
      *at = m->keys.count;
      key.value = key.known = VREG_NONE;
      il_vec_push(&m->keys, key);
    }
    if (is_new || is_same_key(&m->keys.items[*at], &key)) return (uint32_t)*at;
  }
}

// A use of a key by a call that gives a value in this representation.
static void use_key(MatchKeys *m, uint32_t key, Rep rep) {
  MatchKey *k = &m->keys.items[key];
  if (k->uses++ == 0) {
    k->rep = rep;
    return;
  }
  if (k->rep != rep) k->rep = REP_REF;
  m->is_shared = true;
}

static uint32_t make_key(MatchKeys *m, uint32_t parent, KeyKind kind,
                         uint64_t what, uint64_t with) {
  if (!m->is_active) return MATCH_ROOT;
  return find_key(m, (MatchKey){.parent = parent, .kind = (uint8_t)kind,
                                .what = what, .with = with});
}

// ------------------------------------------------------------ keys of members

TypedExpr *il_match_key_call(TypedExpr *e) {
  while (e->kind == EXPR_AS) e = ((TypedAs *)e)->operand;
  return e;
}

static uint64_t address(const void *p) { return (uint64_t)(uintptr_t)p; }

uint32_t il_match_key_get(MatchKeys *m, uint32_t parent, TypedExpr *get) {
  if (!m->is_active) return MATCH_ROOT;
  get = il_match_key_call(get);
  switch (get->kind) {
    case EXPR_INSTANCE_CALL: {
      TypedInstanceCall *call = (TypedInstanceCall *)get;
      return make_key(m, parent, KEY_GET, call->target->base.name, 0);
    }
    case EXPR_INSTANCE_TEAR_OFF: {
      TypedInstanceTearOff *tear = (TypedInstanceTearOff *)get;
      return make_key(m, parent, KEY_GET, tear->target->base.name, 0);
    }
    case EXPR_DYNAMIC_CALL:
      return make_key(m, parent, KEY_GET, ((TypedDynamicCall *)get)->name, 0);
    case EXPR_FIELD_GET: {
      FieldElement *field = ((TypedFieldGet *)get)->field;
      return make_key(m, parent, KEY_GET, field->base.name, 0);
    }
    case EXPR_RECORD_GET:
      return make_key(m, parent, KEY_FIELD, ((TypedRecordGet *)get)->index, 0);
    case EXPR_STATIC_CALL: {
      TypedStaticCall *call = (TypedStaticCall *)get;
      return make_key(m, parent, KEY_EXTENSION, address(call->target),
                      call->arguments.vector);
    }
    default:
      return make_key(m, parent, KEY_OTHER, address(get), 0);
  }
}

// Whether reading again shows nothing and costs nothing: no need to keep it.
static bool is_plain_get(Fn *f, TypedExpr *get) {
  FieldElement *field = NULL;
  if (get->kind == EXPR_RECORD_GET) return true;
  if (get->kind == EXPR_FIELD_GET) {
    field = ((TypedFieldGet *)get)->field;
  } else if (get->kind == EXPR_INSTANCE_CALL) {
    TypedInstanceCall *call = (TypedInstanceCall *)get;
    FunctionElement *exact = il_call_exact(f, call->target, call->is_exact);
    field = exact ? il_call_field(exact) : NULL;
  }
  uint16_t plain = field ? field->flags & (FIELD_IS_FINAL | FIELD_IS_LATE) : 0;
  return plain == FIELD_IS_FINAL;
}

uint32_t il_match_key_at(MatchKeys *m, uint32_t parent, uint32_t index,
                         bool is_tail) {
  return make_key(m, parent, is_tail ? KEY_TAIL : KEY_AT, index, 0);
}

uint32_t il_match_key_length(MatchKeys *m, uint32_t parent) {
  return make_key(m, parent, KEY_GET, NAME_length, 0);
}

uint32_t il_match_key_rest(MatchKeys *m, uint32_t parent,
                           const TypedListPattern *p) {
  return make_key(m, parent, KEY_REST, p->before.count, p->after.count);
}

uint32_t il_match_key_entry(MatchKeys *m, uint32_t parent, const Constant *key,
                            bool is_test) {
  return make_key(m, parent, is_test ? KEY_HAS : KEY_ENTRY, address(key), 0);
}

uint32_t il_match_key_constant(MatchKeys *m, uint32_t parent,
                               const TypedConstantPattern *p) {
  return make_key(m, parent, KEY_CONSTANT, address(p->value), 0);
}

// A comparison of numbers, strings and the like, which shows nothing.
static bool is_plain_type(Fn *f, TypeId type) {
  type = il_type_non_null(f->l->types->types, il_erase(f->l, type));
  const Type *t = il_type_get(f->l->types->types, type);
  if (t->kind != TYPE_INTERFACE) return false;
  return t->head == CLASS_INT || t->head == CLASS_DOUBLE ||
         t->head == CLASS_NUM || t->head == CLASS_STRING ||
         t->head == CLASS_BOOL || t->head == CLASS_NULL;
}

static uint64_t operand_of(const TypedExpr *e) {
  if (e->kind == EXPR_CONSTANT) return address(((TypedConstant *)e)->value);
  if (e->kind == EXPR_INT) return (uint64_t)((TypedInt *)e)->value * 2 + 1;
  return address(e);
}

uint32_t il_match_key_test(MatchKeys *m, uint32_t parent, TypedExpr *test) {
  if (!m->is_active) return MATCH_ROOT;
  test = il_match_key_call(test);
  if (test->kind == EXPR_EQUALS) {
    TypedEquals *e = (TypedEquals *)test;
    return make_key(m, parent, KEY_TEST, NAME_op_eq, operand_of(e->right));
  }
  if (test->kind == EXPR_INSTANCE_CALL) {
    TypedInstanceCall *call = (TypedInstanceCall *)test;
    if (call->arguments.positional.count == 1) {
      return make_key(m, parent, KEY_TEST, call->target->base.name,
                      operand_of(call->arguments.positional.items[0]));
    }
  }
  if (test->kind == EXPR_DYNAMIC_CALL) {
    TypedDynamicCall *call = (TypedDynamicCall *)test;
    if (call->arguments.positional.count == 1) {
      return make_key(m, parent, KEY_TEST, call->name,
                      operand_of(call->arguments.positional.items[0]));
    }
  }
  if (test->kind == EXPR_STATIC_CALL) {
    TypedStaticCall *call = (TypedStaticCall *)test;
    if (call->arguments.positional.count == 2) {
      return make_key(m, make_key(m, parent, KEY_EXTENSION,
                                  address(call->target),
                                  call->arguments.vector),
                      KEY_TEST, 0,
                      operand_of(call->arguments.positional.items[1]));
    }
  }
  return make_key(m, parent, KEY_OTHER, address(test), 0);
}

// ----------------------------------------------------------------- collecting

static void collect(MatchKeys *m, uint32_t parent, TypedPattern *p);

bool il_match_is_ignored(const TypedPattern *p) {
  return p->kind == PATTERN_WILDCARD && !p->required;
}

static void collect_list(MatchKeys *m, uint32_t parent,
                         const TypedListPattern *p) {
  uint32_t before = p->before.count, after = p->after.count;
  if (!p->has_rest || before + after > 0) {
    use_key(m, il_match_key_length(m, parent), REP_INT);
  }
  for (uint32_t i = 0; i < before + after; i++) {
    bool is_tail = i >= before;
    TypedPattern *part =
        is_tail ? p->after.items[i - before] : p->before.items[i];
    if (il_match_is_ignored(part)) continue;
    uint32_t at = il_match_key_at(m, parent, is_tail ? before + after - i : i,
                                  is_tail);
    use_key(m, at, REP_REF);
    collect(m, at, part);
  }
  if (!p->rest || il_match_is_ignored(p->rest)) return;
  uint32_t rest = il_match_key_rest(m, parent, p);
  use_key(m, rest, REP_REF);
  collect(m, rest, p->rest);
}

static void collect_map(MatchKeys *m, uint32_t parent,
                        const TypedMapPattern *p) {
  for (uint32_t i = 0; i < p->values.count; i++) {
    uint32_t at = il_match_key_entry(m, parent, p->keys[i], false);
    use_key(m, at, REP_REF);
    use_key(m, il_match_key_entry(m, parent, p->keys[i], true), REP_BOOL);
    collect(m, at, p->values.items[i]);
  }
}

static void collect_object(MatchKeys *m, uint32_t parent,
                           const TypedObjectPattern *p) {
  for (uint32_t i = 0; i < p->fields.count; i++) {
    TypedExpr *get = il_match_key_call(p->gets[i]);
    uint32_t key = il_match_key_get(m, parent, get);
    if (!is_plain_get(m->f, get)) use_key(m, key, il_expr_rep(m->f, get));
    collect(m, key, p->fields.items[i]);
  }
}

static void collect(MatchKeys *m, uint32_t parent, TypedPattern *p) {
  switch ((PatternKind)p->kind) {
    case PATTERN_CONSTANT: {
      // The == of core classes shows nothing.
      TypedConstantPattern *c = (TypedConstantPattern *)p;
      if (c->equals && (c->value->kind == CONSTANT_INSTANCE ||
                        c->value->kind == CONSTANT_RECORD)) {
        use_key(m, il_match_key_constant(m, parent, c), REP_BOOL);
      }
      break;
    }
    case PATTERN_RELATIONAL: {
      TypedExpr *test = ((TypedRelationalPattern *)p)->test;
      if (is_plain_type(m->f, p->matched)) break;
      use_key(m, il_match_key_test(m, parent, test),
              il_expr_rep(m->f, il_match_key_call(test)));
      break;
    }
    case PATTERN_CAST:
    case PATTERN_NULL_CHECK:
    case PATTERN_NULL_ASSERT:
      collect(m, parent, ((TypedSubPattern *)p)->sub);
      break;
    case PATTERN_AND:
    case PATTERN_OR:
      collect(m, parent, ((TypedTwoPattern *)p)->left);
      collect(m, parent, ((TypedTwoPattern *)p)->right);
      break;
    case PATTERN_LIST:
      collect_list(m, parent, (TypedListPattern *)p);
      break;
    case PATTERN_MAP:
      collect_map(m, parent, (TypedMapPattern *)p);
      break;
    case PATTERN_RECORD:
    case PATTERN_OBJECT:
      collect_object(m, parent, (TypedObjectPattern *)p);
      break;
    default:
      break;
  }
}

void il_match_keys_init(MatchKeys *m, Fn *f) {
  *m = (MatchKeys){.f = f, .is_active = true};
  il_vec_push(&m->keys, ((MatchKey){.kind = KEY_ROOT}));
}

void il_match_keys_drop(MatchKeys *m) {
  il_vec_drop(&m->keys);
  il_map_drop(&m->index);
}

void il_match_keys_collect(MatchKeys *m, TypedPattern *p) {
  if (p) collect(m, MATCH_ROOT, p);
}

static void reserve(Fn *f, MatchKey *k) {
  k->value = il_frame_new(f, k->rep);
  il_frame_bind(f, k->value, true);
  if (k->rep == REP_REF) {
    il_emit(f, OP_LOAD_SENTINEL, k->value, 0, 0);
  } else if (k->rep == REP_BOOL) {
    il_emit_int(f, k->value, BOOL_UNKNOWN);
  } else {
    k->known = il_frame_new(f, REP_BOOL);
    il_frame_bind(f, k->known, true);
    il_emit_int(f, k->known, 0);
  }
}

void il_match_keys_reserve(MatchKeys *m) {
  m->is_active = m->is_shared;
  if (!m->is_active) return;
  for (uint32_t i = 0; i < m->keys.count; i++) {
    if (m->keys.items[i].uses > 1) reserve(m->f, &m->keys.items[i]);
  }
}

// ---------------------------------------------------------------------- sites

bool il_match_key_is_kept(const MatchKeys *m, uint32_t key) {
  return m->is_active && m->keys.items[key].value != VREG_NONE;
}

MatchSite il_match_site_open(MatchKeys *m, uint32_t key) {
  MatchSite site = {REP_REF, VREG_ANY, VREG_NONE, LABEL_NONE};
  if (!il_match_key_is_kept(m, key)) return site;
  Fn *f = m->f;
  MatchKey *k = &m->keys.items[key];
  site = (MatchSite){k->rep, k->value, k->known, il_label_new(f)};
  // Matching goes forward only: before its first call there is no value.
  if (!k->is_used) {
    k->is_used = true;
    return site;
  }
  if (k->known != VREG_NONE) {
    il_emit_branch(f, OP_JUMP_IF, k->known, 0, site.done);
  } else if (k->rep == REP_BOOL) {
    il_emit_branch(f, OP_JUMP_NE_I64_K, k->value, BOOL_UNKNOWN, site.done);
  } else {
    Label unknown = il_label_new(f);
    il_emit_branch(f, OP_JUMP_SENTINEL, k->value, 0, unknown);
    il_emit_jump(f, site.done);
    il_label_bind(f, unknown);
  }
  return site;
}

VReg il_match_site_close(Fn *f, const MatchSite *site, VReg got, Rep *rep) {
  if (!il_match_site_is_kept(site)) return got;
  il_expr_convert(f, got, *rep, site->rep, site->value);
  if (site->known != VREG_NONE) il_emit_int(f, site->known, 1);
  il_label_bind(f, site->done);
  *rep = site->rep;
  return site->value;
}
