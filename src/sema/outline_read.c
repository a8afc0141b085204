// outline_read.c: elements from the core image, when they are asked for.
//
// An element is made once: Sema.outline_elements remembers it by its reference
// (classes by their id). In order: records, libraries, functions, fields,
// classes and their members, typedefs, constants, bodies, lookups.
#include "sema/declare.h"
#include "sema/outline.h"
#include "sema/typed_part.h"

static const OutlineHeader *header_of(const OutlineImage *image) {
  return (const OutlineHeader *)image->words;
}

static const void *record_at(Sema *sema, uint32_t reference) {
  IL_ASSERT(reference < sema->image->word_count);
  return sema->image->words + reference;
}

bool il_outline_open(OutlineImage *image, const void *bytes,
                     size_t size_bytes) {
  image->words = bytes;
  image->word_count = (uint32_t)(size_bytes / sizeof(uint32_t));
  if (size_bytes < sizeof(OutlineHeader)) return false;
  const OutlineHeader *h = bytes;
  return h->magic == OUTLINE_MAGIC && h->word_count <= image->word_count;
}

uint32_t il_outline_library_count(const OutlineImage *image) {
  return header_of(image)->library_count;
}

static const OutlineLibrary *library_record(const OutlineImage *image,
                                            uint32_t number) {
  const OutlineHeader *h = header_of(image);
  return (const OutlineLibrary *)(image->words + h->libraries) + (number - 1);
}

// ---------------------------------------------------------------- libraries

Library *il_outline_library_at(Sema *sema, uint32_t number) {
  Library **slot = &sema->library_list.items[number - 1];
  if (*slot != NULL) return *slot;
  const OutlineLibrary *r = library_record(sema->image, number);
  if (r->uri == NAME_NONE) return NULL;
  Library *library = IL_NEW(sema->arena, Library);
  library->sema = sema;
  library->number = number;
  library->uri = il_name_text(sema->names, r->uri);
  library->is_core = true;
  library->language_version = (uint16_t)r->version;
  library->is_materialized = true;
  library->outline = r;
  *slot = library;
  il_map_put(&sema->libraries, r->uri, il_map_key(library));
  return library;
}

// The number of the library with this URI, or 0. There are a dozen.
static uint32_t find_library(Sema *sema, Text uri) {
  Name name = il_name_find(sema->names, uri);
  if (name == NAME_NONE) return 0;
  uint32_t count = il_outline_library_count(sema->image);
  for (uint32_t i = 1; i <= count; i++) {
    if (library_record(sema->image, i)->uri == name) return i;
  }
  return 0;
}

bool il_outline_has_library(Sema *sema, Text uri) {
  return find_library(sema, uri) != 0;
}

Library *il_outline_library(Sema *sema, Text uri) {
  uint32_t number = find_library(sema, uri);
  return number == 0 ? NULL : il_outline_library_at(sema, number);
}

// ------------------------------------------------------ functions and fields

static void init_element(Sema *sema, Element *e, ElementKind kind, Name name,
                         uint32_t library) {
  e->kind = (uint8_t)kind;
  e->name = name;
  e->library = il_outline_library_at(sema, library);
}

static void remember(Sema *sema, uint32_t reference, const void *element) {
  il_map_put(&sema->outline_elements, reference, il_map_key(element));
}

static FunctionElement *make_function(Sema *sema, uint32_t reference) {
  const OutlineFunction *r = record_at(sema, reference);
  FunctionElement *f = IL_NEW(sema->arena, FunctionElement);
  init_element(sema, &f->base, ELEMENT_FUNCTION, r->name, r->library);
  f->function_kind = (uint8_t)r->function_kind;
  f->flags = (uint16_t)r->flags;
  f->code_index = r->code_index;
  f->redirect_type = r->target_type;
  f->outline = reference;
  remember(sema, reference, f);
  return f;
}

static FieldElement *make_field(Sema *sema, uint32_t reference) {
  const OutlineField *r = record_at(sema, reference);
  FieldElement *field = IL_NEW(sema->arena, FieldElement);
  init_element(sema, &field->base, ELEMENT_FIELD, r->name, r->library);
  field->flags = (uint16_t)r->flags;
  field->type = r->type;
  field->code_index = r->code_index;
  field->outline_value = r->value;
  field->outline = reference;
  remember(sema, reference, field);
  return field;
}

// Elements for consecutive type parameters.
static void make_params(Sema *sema, Element *owner, uint32_t first,
                        uint32_t count, uint32_t bounds,
                        TypeParamElements *out) {
  for (uint32_t i = 0; i < count; i++) {
    TypeParamElement *p = IL_NEW(sema->arena, TypeParamElement);
    p->base.kind = ELEMENT_TYPE_PARAM;
    p->base.name = il_type_param_get(sema->types, first + i)->name;
    p->base.library = owner->library;
    p->id = first + i;
    p->has_bound = i >= 32 || (bounds >> i & 1);
    il_vec_push(out, p);
  }
}

Signature *il_outline_signature(FunctionElement *f) {
  Sema *sema = f->base.library->sema;
  const OutlineFunction *record = record_at(sema, f->outline);
  const OutlineSignature *r = record_at(sema, record->signature);
  const uint32_t *ids = (const uint32_t *)(r + 1);
  Signature *s = IL_NEW(sema->arena, Signature);
  s->type_param_count = r->type_param_count;
  s->required_count = r->required;
  s->optional_count = r->optional;
  s->named_count = r->named;
  s->result = r->result;
  s->type = r->type;
  if (r->type_param_count > 0) {
    s->type_params =
        IL_NEW_ARRAY(sema->arena, TypeParamElement *, r->type_param_count);
  }
  for (uint32_t i = 0; i < r->type_param_count; i++) {
    TypeParamElements one = {0};
    make_params(sema, &f->base, ids[i], 1, r->bounds >> i, &one);
    s->type_params[i] = one.items[0];
    il_vec_drop(&one);
  }
  uint32_t count = r->required + r->optional + r->named;
  const OutlineParameter *from =
      (const OutlineParameter *)(ids + r->type_param_count);
  s->parameters = IL_NEW_ARRAY(sema->arena, Parameter, count);
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    p->name = from[i].name;
    p->type = from[i].type;
    p->is_required_named = (from[i].flags & OUTLINE_REQUIRED) != 0;
    p->is_covariant = (from[i].flags & OUTLINE_COVARIANT) != 0;
    p->is_covariant_by_class =
        (from[i].flags & OUTLINE_COVARIANT_BY_CLASS) != 0;
    p->has_default = (from[i].flags & OUTLINE_DEFAULT) != 0;
    p->outline_default = from[i].value;
  }
  return s;
}

// ------------------------------------------------------------------ classes

static const uint32_t *take_run(const uint32_t *at, TypeIds *out) {
  il_vec_append(out, at + 1, at[0]);
  return at + 1 + at[0];
}

ClassElement *il_outline_class(Sema *sema, ClassId id) {
  const OutlineHeader *h = header_of(sema->image);
  if (id == CLASS_NONE || id > h->class_count) return NULL;
  if (sema->classes.items[id] != NULL) return sema->classes.items[id];
  uint32_t reference = sema->image->words[h->classes + id];
  if (reference == 0) return NULL;
  const OutlineClass *r = record_at(sema, reference);
  ClassElement *c = IL_NEW(sema->arena, ClassElement);
  init_element(sema, &c->base, ELEMENT_CLASS, r->name, r->library);
  sema->classes.items[id] = c;
  c->class_kind = (uint8_t)r->class_kind;
  c->id = id;
  c->code_index = id;
  c->flags = (uint16_t)r->flags;
  c->depth = (uint16_t)r->depth;
  c->stage = STAGE_SUPERS;
  c->outline = reference;
  c->supertype = r->supertype;
  c->mixin_type = r->mixin_type;
  c->extended = r->extended;
  make_params(sema, &c->base, r->first_param, r->param_count, r->bounds,
              &c->type_params);
  const uint32_t *at = sema->image->words + r->lists;
  at = take_run(at, &c->interfaces);
  at = take_run(at, &c->mixins);
  at = take_run(at, &c->on);
  // Superclass chains are short in the core.
  c->superclass = il_outline_class(sema, r->superclass);
  c->mixin = il_outline_class(sema, r->mixin);
  c->asker = il_outline_class(sema, r->asker);
  for (uint32_t i = 0; i < at[0]; i++) {
    ClassElement *sub = il_outline_class(sema, at[1 + i]);
    if (sub != NULL) il_vec_push(&c->direct_subclasses, sub);
  }
  return c;
}

static void enter_function(ClassElement *c, FunctionElement *f,
                           const OutlineFunction *r) {
  f->owner = c;
  bool setter = f->function_kind == FUNCTION_SETTER;
  if (r->field != 0) {
    f->field = c->fields.items[r->field - 1];
    if (setter) {
      f->field->setter = f;
    } else {
      f->field->getter = f;
    }
  }
  uint64_t key = (uint64_t)f->base.name * 2 + (setter ? 1 : 0);
  bool is_static = (f->flags & FUNCTION_IS_STATIC) != 0;
  il_map_put(is_static ? &c->static_members : &c->instance_members, key,
             is_static ? il_map_key(&f->base) : il_map_key(f));
}

static bool is_assignable(const FieldElement *field) {
  if (field->flags & FIELD_IS_CONST) return false;
  if (!(field->flags & FIELD_IS_FINAL)) return true;
  return (field->flags & FIELD_IS_LATE) &&
         !(field->flags & FIELD_HAS_INITIALIZER);
}

void il_outline_members(ClassElement *c) {
  if (c->stage == STAGE_MEMBERS) return;
  c->stage = STAGE_MEMBERS;
  Sema *sema = c->base.library->sema;
  const OutlineClass *r = record_at(sema, c->outline);
  for (uint32_t i = 0; i < r->field_count; i++) {
    uint32_t size = sizeof(OutlineField) / sizeof(uint32_t);
    FieldElement *field = make_field(sema, r->fields + i * size);
    field->owner = c;
    il_vec_push(&c->fields, field);
    if (!(field->flags & FIELD_IS_STATIC)) continue;
    uint64_t key = (uint64_t)field->base.name * 2;
    il_map_put(&c->static_members, key, il_map_key(&field->base));
    if (is_assignable(field)) {
      il_map_put(&c->static_members, key + 1, il_map_key(&field->base));
    }
  }
  uint32_t size = sizeof(OutlineFunction) / sizeof(uint32_t);
  for (uint32_t i = 0; i < r->function_count; i++) {
    uint32_t reference = r->functions + i * size;
    FunctionElement *f = make_function(sema, reference);
    il_vec_push(&c->functions, f);
    enter_function(c, f, record_at(sema, reference));
  }
  for (uint32_t i = 0; i < r->constructor_count; i++) {
    FunctionElement *f = make_function(sema, r->constructors + i * size);
    f->owner = c;
    il_vec_push(&c->constructors, f);
  }
  if (r->representation != 0) {
    c->representation = c->fields.items[r->representation - 1];
  }
  c->enum_value_count = r->enum_value_count;
  c->enum_values =
      IL_NEW_ARRAY(sema->arena, FieldElement *, r->enum_value_count);
  for (uint32_t i = 0; i < r->enum_value_count; i++) {
    uint32_t index = sema->image->words[r->enum_values + i];
    c->enum_values[i] = c->fields.items[index];
  }
}

static TypedefElement *make_typedef(Sema *sema, uint32_t reference) {
  const OutlineTypedef *r = record_at(sema, reference);
  TypedefElement *t = IL_NEW(sema->arena, TypedefElement);
  init_element(sema, &t->base, ELEMENT_TYPEDEF, r->name, r->library);
  t->type = r->type;
  t->outline = reference;
  make_params(sema, &t->base, r->first_param, r->param_count, r->bounds,
              &t->type_params);
  il_vec_push(&sema->outline_typedefs, t);
  remember(sema, reference, t);
  return t;
}

// The element of any reference; members come with their class.
static Element *make_element(Sema *sema, uint32_t reference) {
  if (reference == 0) return NULL;
  const uint32_t *kind = record_at(sema, reference);
  if (*kind == ELEMENT_CLASS) {
    return &il_outline_class(sema, ((const OutlineClass *)kind)->id)->base;
  }
  Element *known = il_map_find_pointer(&sema->outline_elements, reference);
  if (known != NULL) return known;
  switch ((ElementKind)*kind) {
    case ELEMENT_FUNCTION: {
      const OutlineFunction *r = (const OutlineFunction *)kind;
      if (r->owner == 0) return &make_function(sema, reference)->base;
      il_outline_members(il_outline_class(sema, r->owner));
      break;
    }
    case ELEMENT_FIELD: {
      const OutlineField *r = (const OutlineField *)kind;
      if (r->owner == 0) return &make_field(sema, reference)->base;
      il_outline_members(il_outline_class(sema, r->owner));
      break;
    }
    case ELEMENT_TYPEDEF: return &make_typedef(sema, reference)->base;
    default: return NULL;
  }
  return il_map_find_pointer(&sema->outline_elements, reference);
}

FunctionElement *il_outline_redirect(FunctionElement *f) {
  if (!(f->flags & FUNCTION_IS_REDIRECTING)) return NULL;
  Sema *sema = f->base.library->sema;
  const OutlineFunction *r = record_at(sema, f->outline);
  f->redirect = (FunctionElement *)make_element(sema, r->target);
  return f->redirect;
}

// ---------------------------------------------------------------- constants

Constant *il_outline_constant(Sema *sema, uint32_t reference) {
  Constant *known = il_map_find_pointer(&sema->outline_elements, reference);
  if (known != NULL) return known;
  const OutlineConstant *r = record_at(sema, reference);
  const uint32_t *items = (const uint32_t *)(r + 1);
  uint64_t bits = (uint64_t)r->high << 32 | r->low;
  Constant c = {.kind = (uint8_t)r->kind, .type = r->type, .name = r->name,
                .count = r->count};
  if (r->kind == CONSTANT_DOUBLE) {
    memcpy(&c.real, &bits, sizeof bits);
  } else {
    memcpy(&c.integer, &bits, sizeof bits);
  }
  c.function = (FunctionElement *)make_element(sema, r->function);
  if (r->count > 0) {
    c.items = IL_NEW_ARRAY(sema->arena, Constant *, r->count);
    for (uint32_t i = 0; i < r->count; i++) {
      c.items[i] = il_outline_constant(sema, items[i]);
    }
  }
  c.text = il_text_make((const char *)(items + r->count), r->text_bytes);
  Constant *made = il_constant_intern(sema, &c);
  if (made->code_index == 0) made->code_index = r->code_index;
  remember(sema, reference, made);
  return made;
}

// ------------------------------------------------------------------- bodies

typedef struct {
  Sema *sema;
  TypedBody *body;
} Reader;

static TypedExpr *read_expr(Reader *r, uint32_t reference);

static TypedArguments read_arguments(Reader *r, uint32_t reference) {
  const uint32_t *at = record_at(r->sema, reference);
  TypedArguments a = {.vector = at[0]};
  a.positional.count = at[1];
  a.named.count = at[2];
  a.positional.items = IL_NEW_ARRAY(r->sema->arena, TypedExpr *, at[1]);
  a.named.items = IL_NEW_ARRAY(r->sema->arena, TypedExpr *, at[2]);
  for (uint32_t i = 0; i < at[1]; i++) {
    a.positional.items[i] = read_expr(r, at[3 + i]);
  }
  for (uint32_t i = 0; i < at[2]; i++) {
    a.named.items[i] = read_expr(r, at[3 + at[1] + i]);
  }
  a.names = at + 3 + at[1] + at[2];
  return a;
}

static void read_collection(Reader *r, TypedCollection *n,
                            const uint32_t *at) {
  n->count = at[2];
  n->items = IL_NEW_ARRAY(r->sema->arena, TypedItem *, n->count);
  for (uint32_t i = 0; i < n->count; i++) {
    TypedItem *item = IL_NEW(r->sema->arena, TypedItem);
    item->kind = ITEM_VALUE;
    item->key = read_expr(r, at[3 + i * 2]);
    item->value = read_expr(r, at[4 + i * 2]);
    n->items[i] = item;
  }
}

static FunctionElement *read_function(Reader *r, uint32_t reference) {
  return (FunctionElement *)make_element(r->sema, reference);
}

static void read_bits(void *value, const uint32_t *at) {
  memcpy(value, at + 2, sizeof(uint64_t));
}

// What the words of a node say besides its kind, its type and its operands.
static void read_details(Reader *r, TypedExpr *e, const uint32_t *at) {
  switch ((ExprKind)e->kind) {
    case EXPR_INT: read_bits(&((TypedInt *)e)->value, at); break;
    case EXPR_DOUBLE: read_bits(&((TypedDouble *)e)->value, at); break;
    case EXPR_CONSTANT:
      ((TypedConstant *)e)->value = il_outline_constant(r->sema, at[2]);
      break;
    case EXPR_TYPE: ((TypedTypeLiteral *)e)->value = at[2]; break;
    case EXPR_LOCAL_GET:
      ((TypedLocalGet *)e)->local = r->body->parameters[at[2]];
      break;
    case EXPR_STATIC_GET:
      ((TypedStaticGet *)e)->field =
          (FieldElement *)make_element(r->sema, at[2]);
      break;
    case EXPR_NEW:
      ((TypedNew *)e)->constructor = read_function(r, at[2]);
      ((TypedNew *)e)->arguments = read_arguments(r, at[4]);
      break;
    case EXPR_STATIC_CALL:
      ((TypedStaticCall *)e)->target = read_function(r, at[2]);
      ((TypedStaticCall *)e)->arguments = read_arguments(r, at[4]);
      break;
    case EXPR_INSTANCE_CALL:
      ((TypedInstanceCall *)e)->target = read_function(r, at[2]);
      ((TypedInstanceCall *)e)->receiver = read_expr(r, at[3]);
      ((TypedInstanceCall *)e)->arguments = read_arguments(r, at[4]);
      break;
    case EXPR_EQUALS: ((TypedEquals *)e)->is_negated = at[5] != 0; break;
    case EXPR_IS: ((TypedIs *)e)->test = at[5]; break;
    case EXPR_AS: ((TypedAs *)e)->target = at[5]; break;
    case EXPR_LIST:
    case EXPR_SET:
    case EXPR_MAP: read_collection(r, (TypedCollection *)e, at); break;
    default: break;
  }
}

// Kinds whose operands are words of their own, the third to the fifth.
static bool has_operand_words(ExprKind kind) {
  switch (kind) {
    case EXPR_EQUALS:
    case EXPR_IDENTICAL:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_IF_NULL:
    case EXPR_NOT:
    case EXPR_CONDITIONAL:
    case EXPR_IS:
    case EXPR_AS: return true;
    default: return false;
  }
}

// As deep as the expression in the core's source.
static TypedExpr *read_expr(Reader *r, uint32_t reference) {
  if (reference == 0) return NULL;
  const uint32_t *at = record_at(r->sema, reference);
  IL_ASSERT(at[0] < EXPR_KIND_COUNT);
  ExprKind kind = (ExprKind)at[0];
  TypedExpr *e = il_arena_alloc(r->sema->arena, il_typed_part_size(kind));
  e->kind = (uint8_t)kind;
  e->type = at[1];
  if (has_operand_words(kind)) {
    for (uint32_t i = 0; i < il_typed_part_count(kind); i++) {
      il_typed_part_set_operand(e, i, read_expr(r, at[2 + i]));
    }
  }
  read_details(r, e, at);
  return e;
}

static TypedStmt *read_statement(Reader *r, uint32_t reference) {
  const uint32_t *at = record_at(r->sema, reference);
  Arena *arena = r->sema->arena;
  switch (at[0]) {
    case STMT_FIELD_INIT: {
      TypedFieldInit *s = IL_NEW(arena, TypedFieldInit);
      s->base.kind = STMT_FIELD_INIT;
      s->field = (FieldElement *)make_element(r->sema, at[1]);
      s->value = read_expr(r, at[2]);
      return &s->base;
    }
    case STMT_ASSERT: {
      TypedAssert *s = IL_NEW(arena, TypedAssert);
      s->base.kind = STMT_ASSERT;
      s->condition = read_expr(r, at[1]);
      return &s->base;
    }
    default: {
      TypedConstructorInvoke *s = IL_NEW(arena, TypedConstructorInvoke);
      s->base.kind = (uint8_t)at[0];
      s->constructor = (FunctionElement *)make_element(r->sema, at[1]);
      s->supertype = at[2];
      s->arguments = read_arguments(r, at[3]);
      return &s->base;
    }
  }
}

TypedBody *il_outline_body(FunctionElement *f) {
  Sema *sema = f->base.library->sema;
  const OutlineFunction *record = record_at(sema, f->outline);
  if (record->body == 0) return NULL;
  TypedBody *body = IL_NEW(sema->arena, TypedBody);
  body->element = f;
  body->library = f->base.library;
  body->signature = il_member_signature(f);
  Signature *s = body->signature;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  body->parameters = IL_NEW_ARRAY(sema->arena, LocalVar *, count);
  for (uint32_t i = 0; i < count; i++) {
    LocalVar *local = IL_NEW(sema->arena, LocalVar);
    local->base.kind = ELEMENT_LOCAL;
    local->base.name = s->parameters[i].name;
    local->type = s->parameters[i].type;
    local->flags = LOCAL_IS_PARAMETER;
    local->owner = body;
    body->parameters[i] = local;
  }
  Reader r = {sema, body};
  const uint32_t *at = record_at(sema, record->body);
  TypedBlock *block = IL_NEW(sema->arena, TypedBlock);
  block->base.kind = STMT_BLOCK;
  block->statements.count = at[0];
  block->statements.items = IL_NEW_ARRAY(sema->arena, TypedStmt *, at[0]);
  for (uint32_t i = 0; i < at[0]; i++) {
    block->statements.items[i] = read_statement(&r, at[1 + i]);
  }
  body->code = &block->base;
  return body;
}

// ------------------------------------------------------------------ lookups

// Binary search in a table of names.
static uint32_t find_entry(Sema *sema, uint32_t table, uint32_t count,
                           uint64_t key) {
  const uint32_t *pairs = sema->image->words + table;
  uint32_t low = 0, high = count;
  while (low < high) {
    uint32_t middle = low + (high - low) / 2;
    if (pairs[middle * 2] == key) return pairs[middle * 2 + 1];
    if (pairs[middle * 2] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return 0;
}

Element *il_outline_find_declared(Library *library, Name name, bool setter) {
  const OutlineLibrary *r = library->outline;
  uint64_t key = (uint64_t)name * 2 + (setter ? 1 : 0);
  return make_element(library->sema,
                      find_entry(library->sema, r->declared,
                                 r->declared_count, key));
}

Element *il_outline_find_exported(Library *library, Name name, bool setter) {
  const OutlineLibrary *r = library->outline;
  uint64_t key = (uint64_t)name * 2 + (setter ? 1 : 0);
  return make_element(library->sema,
                      find_entry(library->sema, r->exported,
                                 r->exported_count, key));
}

void il_outline_extensions(Library *library, bool exported, Classes *out) {
  Sema *sema = library->sema;
  const OutlineLibrary *r = library->outline;
  uint32_t at = exported ? r->all_extensions : r->own_extensions;
  uint32_t count =
      exported ? r->all_extension_count : r->own_extension_count;
  for (uint32_t i = 0; i < count; i++) {
    il_vec_push(out, il_outline_class(sema, sema->image->words[at + i]));
  }
}
