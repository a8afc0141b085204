// outline.c: writes the outline of the core libraries.
//
// Words are appended; a reference to something that may come later is a fixup:
// the place and the thing, patched at the end. In order: words and fixups,
// constants, typed bodies of const constructors, signatures, functions, fields,
// classes, typedefs, libraries.
#include "sema/outline.h"

#include <stdlib.h>

#include "sema/declare.h"
#include "sema/hierarchy.h"
#include "sema/typed_part.h"

typedef struct {
  uint32_t at;
  const void *target;
} Fixup;

typedef IL_VEC(const Constant *) ConstantQueue;

typedef struct {
  Sema *sema;
  IL_VEC(uint32_t) words;
  IL_VEC(Fixup) fixups;
  Map places;               // thing → reference
  ConstantQueue constants;  // referred to, to be written
  bool is_unsupported;      // in the body being written
  const TypedBody *body;
} Writer;

// ---------------------------------------------------------- words and fixups

static uint32_t put(Writer *w, uint32_t word) {
  il_vec_push(&w->words, word);
  return w->words.count - 1;
}

// Room for a record; its reference.
static uint32_t reserve(Writer *w, size_t bytes) {
  uint32_t at = w->words.count;
  for (size_t i = 0; i < bytes / sizeof(uint32_t); i++) put(w, 0);
  return at;
}

static void store(Writer *w, uint32_t at, const void *record, size_t bytes) {
  memcpy(w->words.items + at, record, bytes);
}

// The word at `at` will be the reference of the thing.
static void refer(Writer *w, uint32_t at, const void *target) {
  if (target == NULL) return;
  il_vec_push(&w->fixups, (Fixup){at, target});
}

static void refer_constant(Writer *w, uint32_t at, const Constant *c) {
  if (c == NULL) return;
  refer(w, at, c);
  bool is_new;
  il_map_at(&w->places, il_map_key(c), &is_new);
  if (is_new) il_vec_push(&w->constants, c);
}

static void place(Writer *w, const void *thing, uint32_t at) {
  il_map_put(&w->places, il_map_key(thing), at);
}

#define FIELD_AT(record, Struct, field) \
  ((record) + (uint32_t)(offsetof(Struct, field) / sizeof(uint32_t)))

// ---------------------------------------------------------------- constants

static void write_constant(Writer *w, const Constant *c) {
  uint32_t at = reserve(w, sizeof(OutlineConstant));
  place(w, c, at);
  OutlineConstant r = {
      .kind = c->kind,
      .type = c->type,
      .low = (uint32_t)(uint64_t)c->integer,
      .high = (uint32_t)((uint64_t)c->integer >> 32),
      .name = c->name,
      .code_index = c->code_index,
      .count = c->count,
      .text_bytes = c->text.length,
  };
  if (c->kind == CONSTANT_DOUBLE) {
    uint64_t bits;
    memcpy(&bits, &c->real, sizeof bits);
    r.low = (uint32_t)bits;
    r.high = (uint32_t)(bits >> 32);
  }
  store(w, at, &r, sizeof r);
  refer(w, FIELD_AT(at, OutlineConstant, function), c->function);
  for (uint32_t i = 0; i < c->count; i++) {
    refer_constant(w, put(w, 0), c->items[i]);
  }
  for (uint32_t i = 0; i < c->text.length; i += 4) {
    uint32_t word = 0;
    uint32_t size = c->text.length - i < 4 ? c->text.length - i : 4;
    memcpy(&word, c->text.bytes + i, size);
    put(w, word);
  }
}

static void write_constants(Writer *w) {
  for (uint32_t i = 0; i < w->constants.count; i++) {
    write_constant(w, w->constants.items[i]);
  }
  il_vec_clear(&w->constants);
}

// ------------------------------------------------------------- typed bodies

static uint32_t write_expr(Writer *w, const TypedExpr *e);

static uint32_t begin_node(Writer *w, const TypedExpr *e) {
  uint32_t at = put(w, e->kind);
  put(w, e->type);
  return at;
}

// Children are written first, so their references are known.
static void write_exprs(Writer *w, const TypedExprs *list, uint32_t *refs) {
  for (uint32_t i = 0; i < list->count; i++) {
    refs[i] = write_expr(w, list->items[i]);
  }
}

// vector, counts, positional, named, names.
static uint32_t write_arguments(Writer *w, const TypedArguments *a) {
  uint32_t count = a->positional.count + a->named.count;
  uint32_t *refs = IL_NEW_ARRAY(w->sema->arena, uint32_t, count);
  write_exprs(w, &a->positional, refs);
  write_exprs(w, &a->named, refs + a->positional.count);
  uint32_t at = put(w, a->vector);
  put(w, a->positional.count);
  put(w, a->named.count);
  for (uint32_t i = 0; i < count; i++) put(w, refs[i]);
  for (uint32_t i = 0; i < a->named.count; i++) put(w, a->names[i]);
  return at;
}

static uint32_t write_call(Writer *w, const TypedExpr *e,
                           const FunctionElement *target, uint32_t receiver,
                           const TypedArguments *arguments) {
  uint32_t args = write_arguments(w, arguments);
  uint32_t at = begin_node(w, e);
  refer(w, put(w, 0), target);
  put(w, receiver);
  put(w, args);
  return at;
}

// Three words for the operands, then one for what else the node says.
static uint32_t write_operands(Writer *w, const TypedExpr *e) {
  uint32_t refs[3] = {0};
  for (uint32_t i = 0; i < il_typed_part_count((ExprKind)e->kind); i++) {
    refs[i] = write_expr(w, il_typed_part_operand(e, i));
  }
  uint32_t at = begin_node(w, e);
  for (uint32_t i = 0; i < 3; i++) put(w, refs[i]);
  if (e->kind == EXPR_EQUALS) put(w, ((const TypedEquals *)e)->is_negated);
  if (e->kind == EXPR_IS) put(w, ((const TypedIs *)e)->test);
  if (e->kind == EXPR_AS) put(w, ((const TypedAs *)e)->target);
  return at;
}

static uint32_t write_local(Writer *w, const TypedLocalGet *e) {
  const Signature *s = w->body->signature;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    if (w->body->parameters[i] != e->local) continue;
    uint32_t at = begin_node(w, &e->base);
    put(w, i);
    return at;
  }
  w->is_unsupported = true;
  return 0;
}

static uint32_t write_collection(Writer *w, const TypedCollection *e) {
  uint32_t *refs = IL_NEW_ARRAY(w->sema->arena, uint32_t, e->count * 2);
  for (uint32_t i = 0; i < e->count; i++) {
    if (e->items[i]->kind != ITEM_VALUE) {
      w->is_unsupported = true;
      return 0;
    }
    refs[i * 2] = e->items[i]->key ? write_expr(w, e->items[i]->key) : 0;
    refs[i * 2 + 1] = write_expr(w, e->items[i]->value);
  }
  uint32_t at = begin_node(w, &e->base);
  put(w, e->count);
  for (uint32_t i = 0; i < e->count * 2; i++) put(w, refs[i]);
  return at;
}

static uint32_t write_bits(Writer *w, const TypedExpr *e, const void *value) {
  uint64_t bits;
  memcpy(&bits, value, sizeof bits);
  uint32_t at = begin_node(w, e);
  put(w, (uint32_t)bits);
  put(w, (uint32_t)(bits >> 32));
  return at;
}

// Those without parts.
static uint32_t write_leaf(Writer *w, const TypedExpr *e) {
  switch ((ExprKind)e->kind) {
    case EXPR_INT: return write_bits(w, e, &((const TypedInt *)e)->value);
    case EXPR_DOUBLE:
      return write_bits(w, e, &((const TypedDouble *)e)->value);
    case EXPR_LOCAL_GET: return write_local(w, (const TypedLocalGet *)e);
    case EXPR_CONSTANT: {
      uint32_t at = begin_node(w, e);
      refer_constant(w, put(w, 0), ((const TypedConstant *)e)->value);
      return at;
    }
    case EXPR_TYPE: {
      uint32_t at = begin_node(w, e);
      put(w, ((const TypedTypeLiteral *)e)->value);
      return at;
    }
    case EXPR_STATIC_GET: {
      uint32_t at = begin_node(w, e);
      refer(w, put(w, 0), ((const TypedStaticGet *)e)->field);
      return at;
    }
    default: w->is_unsupported = true; return 0;
  }
}

static uint32_t write_expr(Writer *w, const TypedExpr *e) {
  switch ((ExprKind)e->kind) {
    case EXPR_NEW: {
      const TypedNew *n = (const TypedNew *)e;
      return write_call(w, e, n->constructor, 0, &n->arguments);
    }
    case EXPR_STATIC_CALL: {
      const TypedStaticCall *n = (const TypedStaticCall *)e;
      return write_call(w, e, n->target, 0, &n->arguments);
    }
    case EXPR_INSTANCE_CALL: {
      const TypedInstanceCall *n = (const TypedInstanceCall *)e;
      uint32_t receiver = write_expr(w, n->receiver);
      return write_call(w, e, n->target, receiver, &n->arguments);
    }
    case EXPR_EQUALS:
    case EXPR_IDENTICAL:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_IF_NULL:
    case EXPR_NOT:
    case EXPR_CONDITIONAL:
    case EXPR_IS:
    case EXPR_AS: return write_operands(w, e);
    case EXPR_LIST:
    case EXPR_SET:
    case EXPR_MAP: return write_collection(w, (const TypedCollection *)e);
    default: return write_leaf(w, e);
  }
}

typedef IL_VEC(uint32_t) Refs;

// Statements that a const constructor consists of; blocks are flattened.
static void write_statements(Writer *w, const TypedStmt *s, Refs *refs) {
  switch (s->kind) {
    case STMT_BLOCK: {
      const TypedBlock *block = (const TypedBlock *)s;
      for (uint32_t i = 0; i < block->statements.count; i++) {
        write_statements(w, block->statements.items[i], refs);
      }
      return;
    }
    case STMT_FIELD_INIT: {
      const TypedFieldInit *init = (const TypedFieldInit *)s;
      uint32_t value = write_expr(w, init->value);
      uint32_t at = put(w, s->kind);
      refer(w, put(w, 0), init->field);
      put(w, value);
      il_vec_push(refs, at);
      return;
    }
    case STMT_SUPER_INIT:
    case STMT_THIS_INIT: {
      const TypedConstructorInvoke *init = (const TypedConstructorInvoke *)s;
      uint32_t args = write_arguments(w, &init->arguments);
      uint32_t at = put(w, s->kind);
      refer(w, put(w, 0), init->constructor);
      put(w, init->supertype);
      put(w, args);
      il_vec_push(refs, at);
      return;
    }
    case STMT_ASSERT: {
      // Asserts in core constructors guard users of the core too.
      const TypedAssert *a = (const TypedAssert *)s;
      uint32_t condition = write_expr(w, a->condition);
      uint32_t at = put(w, s->kind);
      put(w, condition);
      il_vec_push(refs, at);
      return;
    }
    default: return;
  }
}

// The reference of a const constructor's statements, or 0.
static uint32_t write_body(Writer *w, const FunctionElement *f) {
  bool is_wanted = f->function_kind == FUNCTION_CONSTRUCTOR &&
                   (f->flags & FUNCTION_IS_CONST) && f->body != NULL &&
                   f->body->code != NULL;
  if (!is_wanted) return 0;
  Refs refs = {0};
  uint32_t start = w->words.count;
  uint32_t fixups = w->fixups.count;
  w->is_unsupported = false;
  w->body = f->body;
  write_statements(w, f->body->code, &refs);
  uint32_t at = 0;
  if (w->is_unsupported) {
    w->words.count = start;
    w->fixups.count = fixups;
  } else {
    at = put(w, refs.count);
    for (uint32_t i = 0; i < refs.count; i++) put(w, refs.items[i]);
  }
  il_vec_drop(&refs);
  return at;
}

// --------------------------------------------------------------- signatures

static uint32_t write_signature(Writer *w, FunctionElement *f) {
  Signature *s = il_member_signature(f);
  uint32_t at = reserve(w, sizeof(OutlineSignature));
  OutlineSignature r = {
      .type_param_count = s->type_param_count,
      .required = s->required_count,
      .optional = s->optional_count,
      .named = s->named_count,
      .result = s->result,
      .type = s->type,
  };
  for (uint32_t i = 0; i < s->type_param_count; i++) {
    if (s->type_params[i]->has_bound && i < 32) r.bounds |= 1u << i;
    put(w, s->type_params[i]->id);
  }
  store(w, at, &r, sizeof r);
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    uint32_t flags = 0;
    if (p->is_required_named) flags |= OUTLINE_REQUIRED;
    if (p->is_covariant) flags |= OUTLINE_COVARIANT;
    if (p->is_covariant_by_class) flags |= OUTLINE_COVARIANT_BY_CLASS;
    if (p->has_default) flags |= OUTLINE_DEFAULT;
    put(w, p->name);
    put(w, p->type);
    put(w, flags);
    uint32_t value = put(w, 0);
    if (p->has_default) refer_constant(w, value, il_constant_of_default(f, p));
  }
  return at;
}

// ------------------------------------------------------ functions and fields

static uint32_t field_index(const FunctionElement *f) {
  if (f->field == NULL || f->owner == NULL) return 0;
  for (uint32_t i = 0; i < f->owner->fields.count; i++) {
    if (f->owner->fields.items[i] == f->field) return i + 1;
  }
  return 0;
}

// Fills in a record that has been reserved.
static void write_function(Writer *w, FunctionElement *f, uint32_t at) {
  place(w, f, at);
  OutlineFunction r = {
      .kind = ELEMENT_FUNCTION,
      .library = f->base.library->number,
      .name = f->base.name,
      .function_kind = f->function_kind,
      .flags = f->flags,
      .owner = f->owner == NULL ? 0 : f->owner->id,
      .code_index = f->code_index,
      .field = field_index(f),
  };
  r.signature = write_signature(w, f);
  r.body = write_body(w, f);
  r.target_type = f->redirect_type;
  store(w, at, &r, sizeof r);
  const FunctionElement *target = f->redirect ? f->redirect : f->forward;
  refer(w, FIELD_AT(at, OutlineFunction, target), target);
}

static void write_functions(Writer *w, const Functions *list, uint32_t *at,
                            uint32_t *count) {
  *count = list->count;
  *at = reserve(w, sizeof(OutlineFunction) * list->count);
  for (uint32_t i = 0; i < list->count; i++) {
    uint32_t size = sizeof(OutlineFunction) / sizeof(uint32_t);
    write_function(w, list->items[i], *at + i * size);
  }
}

static void write_field(Writer *w, FieldElement *field, uint32_t at) {
  place(w, field, at);
  OutlineField r = {
      .kind = ELEMENT_FIELD,
      .library = field->base.library->number,
      .name = field->base.name,
      .flags = field->flags,
      .owner = field->owner == NULL ? 0 : field->owner->id,
      .type = il_field_type(field),
      .code_index = field->code_index,
  };
  store(w, at, &r, sizeof r);
  if (field->flags & FIELD_IS_CONST) {
    refer_constant(w, FIELD_AT(at, OutlineField, value),
                   il_constant_of_field(field));
  }
}

// ------------------------------------------------------------------ classes

static void put_run(Writer *w, const TypeIds *list) {
  put(w, list->count);
  for (uint32_t i = 0; i < list->count; i++) put(w, list->items[i]);
}

static uint32_t write_lists(Writer *w, const ClassElement *c) {
  uint32_t at = w->words.count;
  put_run(w, &c->interfaces);
  put_run(w, &c->mixins);
  put_run(w, &c->on);
  put(w, c->direct_subclasses.count);
  for (uint32_t i = 0; i < c->direct_subclasses.count; i++) {
    put(w, c->direct_subclasses.items[i]->id);
  }
  return at;
}

static uint32_t bounds_of(const TypeParamElements *params) {
  uint32_t bits = 0;
  for (uint32_t i = 0; i < params->count && i < 32; i++) {
    if (params->items[i]->has_bound) bits |= 1u << i;
  }
  return bits;
}

static uint32_t id_of(const ClassElement *c) { return c == NULL ? 0 : c->id; }

static uint32_t write_class(Writer *w, ClassElement *c) {
  uint32_t at = reserve(w, sizeof(OutlineClass));
  place(w, c, at);
  OutlineClass r = {
      .kind = ELEMENT_CLASS,
      .library = c->base.library->number,
      .name = c->base.name,
      .class_kind = c->class_kind,
      .id = c->id,
      .flags = c->flags,
      .depth = c->depth,
      .supertype = c->supertype,
      .superclass = id_of(c->superclass),
      .mixin = id_of(c->mixin),
      .mixin_type = c->mixin_type,
      .asker = id_of(c->asker),
      .extended = c->extended,
      .param_count = c->type_params.count,
      .bounds = bounds_of(&c->type_params),
  };
  if (r.param_count > 0) r.first_param = c->type_params.items[0]->id;
  r.lists = write_lists(w, c);
  r.field_count = c->fields.count;
  r.fields = reserve(w, sizeof(OutlineField) * c->fields.count);
  for (uint32_t i = 0; i < c->fields.count; i++) {
    uint32_t size = sizeof(OutlineField) / sizeof(uint32_t);
    write_field(w, c->fields.items[i], r.fields + i * size);
    if (c->fields.items[i] == c->representation) r.representation = i + 1;
  }
  write_functions(w, &c->functions, &r.functions, &r.function_count);
  write_functions(w, &c->constructors, &r.constructors,
                  &r.constructor_count);
  r.enum_values = w->words.count;
  r.enum_value_count = c->enum_value_count;
  for (uint32_t i = 0; i < c->enum_value_count; i++) {
    for (uint32_t k = 0; k < c->fields.count; k++) {
      if (c->fields.items[k] == c->enum_values[i]) put(w, k);
    }
  }
  store(w, at, &r, sizeof r);
  write_constants(w);
  return at;
}

static void write_typedef(Writer *w, TypedefElement *t) {
  uint32_t at = reserve(w, sizeof(OutlineTypedef));
  place(w, t, at);
  OutlineTypedef r = {
      .kind = ELEMENT_TYPEDEF,
      .library = t->base.library->number,
      .name = t->base.name,
      .type = il_typedef_type(t),
      .param_count = t->type_params.count,
      .bounds = bounds_of(&t->type_params),
  };
  if (r.param_count > 0) r.first_param = t->type_params.items[0]->id;
  store(w, at, &r, sizeof r);
}

// ---------------------------------------------------------------- libraries

typedef struct {
  uint64_t key;
  Element *element;
} Entry;
typedef IL_VEC(Entry) Entries;

static int compare_entries(const void *a, const void *b) {
  uint64_t x = ((const Entry *)a)->key, y = ((const Entry *)b)->key;
  return x < y ? -1 : x > y;
}

static uint32_t write_entries(Writer *w, Entries *list) {
  if (list->count > 1) {
    qsort(list->items, list->count, sizeof(Entry), compare_entries);
  }
  uint32_t at = w->words.count;
  for (uint32_t i = 0; i < list->count; i++) {
    put(w, (uint32_t)list->items[i].key);
    refer(w, put(w, 0), list->items[i].element);
  }
  return at;
}

// Adds the exported element of every name that the library or what it exports
// declares.
static void collect_exported(Library *library, Library *from, Map *seen,
                             Map *visited, Entries *out) {
  bool is_new;
  il_map_at(visited, il_map_key(from), &is_new);
  if (!is_new) return;
  uint32_t cursor = 0;
  uint64_t key, value;
  while (il_map_next(&from->declared, &cursor, &key, &value)) {
    il_map_at(seen, key, &is_new);
    if (!is_new) continue;
    Element *e = il_library_find_exported(library, (Name)(key / 2), key & 1);
    if (e != NULL) il_vec_push(out, (Entry){key, e});
  }
  for (uint32_t i = 0; i < from->exports.count; i++) {
    collect_exported(library, from->exports.items[i].library, seen, visited,
                     out);
  }
}

static uint32_t write_extensions(Writer *w, const Entries *list,
                                 uint32_t *count) {
  uint32_t at = w->words.count;
  *count = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    const ClassElement *c = (const ClassElement *)list->items[i].element;
    if (c->base.kind != ELEMENT_CLASS ||
        c->class_kind != CLASS_KIND_EXTENSION) {
      continue;
    }
    put(w, c->id);
    (*count)++;
  }
  return at;
}

static void write_top_level(Writer *w, Element *e) {
  uint32_t at;
  switch ((ElementKind)e->kind) {
    case ELEMENT_FUNCTION:
      at = reserve(w, sizeof(OutlineFunction));
      write_function(w, (FunctionElement *)e, at);
      break;
    case ELEMENT_FIELD:
      at = reserve(w, sizeof(OutlineField));
      write_field(w, (FieldElement *)e, at);
      break;
    case ELEMENT_TYPEDEF: write_typedef(w, (TypedefElement *)e); break;
    default: break;
  }
}

static void write_library(Writer *w, Library *library, uint32_t at) {
  OutlineLibrary r = {
      .uri = il_name_intern(w->sema->names, library->uri),
      .version = library->language_version,
  };
  Entries declared = {0}, exported = {0};
  uint32_t cursor = 0;
  uint64_t key, value;
  while (il_map_next(&library->declared, &cursor, &key, &value)) {
    Element *e = (Element *)(uintptr_t)value;
    if (e->kind == ELEMENT_PREFIX) continue;
    il_vec_push(&declared, (Entry){key, e});
    bool is_second = (key & 1) && e->kind == ELEMENT_FIELD;
    if (!is_second) write_top_level(w, e);
  }
  r.declared = write_entries(w, &declared);
  r.declared_count = declared.count;
  Map seen = {0}, visited = {0};
  collect_exported(library, library, &seen, &visited, &exported);
  il_map_drop(&seen);
  il_map_drop(&visited);
  r.exported = write_entries(w, &exported);
  r.exported_count = exported.count;
  // Unnamed extensions stand in no table; they are in the library's list.
  Entries own = {0};
  const Classes *extensions = il_library_extensions(library);
  for (uint32_t i = 0; i < extensions->count; i++) {
    ClassElement *c = extensions->items[i];
    if (c->base.library == library) {
      il_vec_push(&own, (Entry){0, &c->base});
    }
  }
  r.own_extensions = write_extensions(w, &own, &r.own_extension_count);
  r.all_extensions = write_extensions(w, &exported, &r.all_extension_count);
  il_vec_drop(&own);
  il_vec_drop(&declared);
  il_vec_drop(&exported);
  store(w, at, &r, sizeof r);
  write_constants(w);
}

static void patch(Writer *w) {
  for (uint32_t i = 0; i < w->fixups.count; i++) {
    Fixup f = w->fixups.items[i];
    uint64_t at = 0;
    il_map_find(&w->places, il_map_key(f.target), &at);
    w->words.items[f.at] = (uint32_t)at;
  }
}

Text il_outline_write(Sema *sema, Arena *arena) {
  Writer w = {.sema = sema};
  OutlineHeader h = {
      .magic = OUTLINE_MAGIC,
      .library_count = sema->library_list.count,
      .class_count = il_class_count(sema->class_table),
  };
  reserve(&w, sizeof h);
  h.libraries = reserve(&w, sizeof(OutlineLibrary) * h.library_count);
  h.classes = reserve(&w, sizeof(uint32_t) * (h.class_count + 1));
  for (uint32_t i = 1; i < sema->classes.count; i++) {
    ClassElement *c = sema->classes.items[i];
    if (c == NULL || !c->base.library->is_core) continue;
    uint32_t at = write_class(&w, c);
    w.words.items[h.classes + i] = at;
  }
  for (uint32_t i = 0; i < h.library_count; i++) {
    Library *library = sema->library_list.items[i];
    if (!library->is_core) continue;
    uint32_t size = sizeof(OutlineLibrary) / sizeof(uint32_t);
    write_library(&w, library, h.libraries + i * size);
  }
  write_constants(&w);
  patch(&w);
  h.word_count = w.words.count;
  store(&w, 0, &h, sizeof h);
  Text result = {il_vec_to_arena(&w.words, arena),
                 (uint32_t)(w.words.count * sizeof(uint32_t))};
  il_vec_drop(&w.words);
  il_vec_drop(&w.fixups);
  il_vec_drop(&w.constants);
  il_map_drop(&w.places);
  return result;
}
