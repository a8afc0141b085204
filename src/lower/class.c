// class.c: classes: who is there, the numbers of their members, how instances
// lie in the heap.
//
// The word after the header holds the type vector. A class without one whose
// subclass has one must leave that word free when it has fields: in a user's
// program the subclasses are known; in the core every class with fields that
// a program may extend leaves it.
#include "lower/lowering.h"

ClassElement *il_class_of(Lower *l, ClassId id) {
  return il_sema_class(l->sema, id);
}

const ClassCode *il_class_code(Lower *l, ClassId id) {
  return il_builder_class_get(l->builder, id);
}

bool il_class_is_subclass(const ClassElement *sub, const ClassElement *super) {
  for (; sub; sub = sub->superclass) {
    if (sub == super) return true;
  }
  return false;
}

static bool has_instances(const ClassElement *c) {
  return c->class_kind != CLASS_KIND_EXTENSION &&
         c->class_kind != CLASS_KIND_EXTENSION_TYPE;
}

void il_class_collect(Lower *l) {
  Sema *sema = l->sema;
  l->first_class = l->core ? il_segment_end(l->core, SECTION_CLASS) : 1;
  l->class_count = il_class_count(l->types->classes) + 1;
  l->classes = IL_NEW_ARRAY(&l->arena, ClassInfo, l->class_count);
  for (ClassId id = 1; id < l->class_count; id++) {
    ClassInfo *info = &l->classes[id];
    info->is_own = id >= l->first_class;
    if (id < sema->classes.count) info->element = sema->classes.items[id];
    if (info->is_own && !info->element) {
      info->element = il_sema_class(sema, id);
    }
  }
  for (ClassId id = 1; id < l->class_count; id++) {
    ClassElement *c = l->classes[id].element;
    if (!c) continue;
    if (l->classes[id].is_own) il_class_require(c, STAGE_MEMBERS);
    if (c->class_kind == CLASS_KIND_MIXIN || (c->flags & ELEMENT_IS_MIXIN)) {
      l->classes[id].is_mixin = true;
    }
    if (l->classes[id].is_own && c->mixin) {
      l->classes[c->mixin->id].is_mixin = true;
      l->classes[id].needs_row = true;
      if (c->superclass) l->classes[c->superclass->id].needs_row = true;
    }
  }
}

// -------------------------------------------------------------------- numbers

static bool is_slot(const FieldElement *field) {
  return !(field->flags &
           (FIELD_IS_STATIC | FIELD_IS_ABSTRACT | FIELD_IS_EXTERNAL));
}

bool il_static_is_lazy(Lower *l, FieldElement *field) {
  uint32_t first = l->core ? il_segment_end(l->core, SECTION_STATIC) : 1;
  if (field->code_index && field->code_index < first) {
    uint32_t count;
    const CodeStatic *all =
        il_segment_section(l->core, SECTION_STATIC, &count);
    uint32_t base = l->core->head->sections[SECTION_STATIC].first;
    return all[field->code_index - base].initializer != 0;
  }
  if (field->flags & (FIELD_IS_LATE | FIELD_IS_EXTERNAL)) return true;
  if (!field->initializer || !field->initializer->value) return false;
  const TypedExpr *e = field->initializer->value;
  return e->kind != EXPR_CONSTANT && e->kind != EXPR_INT &&
         e->kind != EXPR_DOUBLE;
}

static ConstantId literal_constant(Lower *l, TypedExpr *e) {
  if (e->kind == EXPR_CONSTANT) {
    return il_constant_id(l, ((TypedConstant *)e)->value);
  }
  if (e->kind == EXPR_INT) {
    return il_constant_int(l, ((TypedInt *)e)->value);
  }
  Constant c = {.kind = CONSTANT_DOUBLE, .type = TYPE_ID_DOUBLE,
                .real = ((TypedDouble *)e)->value};
  return il_constant_id(l, &c);
}

// Numbers now; initialisers and values once functions have numbers
// (il_class_statics).
static void number_static(Lower *l, FieldElement *field) {
  if (field->code_index || !(field->flags & FIELD_IS_STATIC)) return;
  if (field->flags & FIELD_IS_CONST) return;
  CodeStatic s = {.name = field->base.name,
                  .rep = (uint8_t)il_field_rep(l, field),
                  .type = il_erase(l, il_field_type(field))};
  field->code_index = il_builder_static_new(l->builder, &s);
}

void il_class_statics(Lower *l) {
  Fields *fields = &l->sema->fields;
  for (uint32_t i = 0; i < fields->count; i++) {
    FieldElement *field = fields->items[i];
    if (!(field->flags & FIELD_IS_STATIC) || !field->code_index) continue;
    bool is_lazy = il_static_is_lazy(l, field);
    FunctionId initializer = 0;
    ConstantId value = 0;
    if (is_lazy) {
      initializer = il_function_initializer(l, field);
    } else if (field->initializer && field->initializer->value) {
      value = literal_constant(l, field->initializer->value);
    }
    CodeStatic *s = il_builder_static_edit(l->builder, field->code_index);
    s->initializer = initializer;
    s->value = value;
  }
}

static void number_fields(ClassElement *c) {
  uint32_t index = 0;
  for (uint32_t i = 0; i < c->fields.count; i++) {
    if (is_slot(c->fields.items[i])) c->fields.items[i]->code_index = index++;
  }
}

void il_class_number(Lower *l) {
  for (ClassId id = l->first_class; id < l->class_count; id++) {
    ClassElement *c = l->classes[id].element;
    if (!c) continue;
    c->code_index = id;
    number_fields(c);
    for (uint32_t i = 0; i < c->functions.count; i++) {
      il_lower_function(l, c->functions.items[i]);
    }
    for (uint32_t i = 0; i < c->constructors.count; i++) {
      il_lower_function(l, c->constructors.items[i]);
    }
  }
  for (uint32_t i = 0; i < l->sema->functions.count; i++) {
    il_lower_function(l, l->sema->functions.items[i]);
  }
  for (uint32_t i = 0; i < l->sema->fields.count; i++) {
    number_static(l, l->sema->fields.items[i]);
  }
}

// --------------------------------------------------------------------- layout

static Layout layout_of(ClassId id) {
  switch (id) {
    case CLASS_INT: return LAYOUT_INT;
    case CLASS_DOUBLE: return LAYOUT_DOUBLE;
    case CLASS_BOOL: return LAYOUT_BOOL;
    case CLASS_NULL: return LAYOUT_NULL;
    case CLASS_ONE_BYTE_STRING: return LAYOUT_STRING1;
    case CLASS_TWO_BYTE_STRING: return LAYOUT_STRING2;
    case CLASS_CLOSURE: return LAYOUT_CLOSURE;
    case CLASS_RECORD_VALUE: return LAYOUT_RECORD;
    case CLASS_TYPE_VALUE: return LAYOUT_TYPE;
    case CLASS_SYMBOL_VALUE: return LAYOUT_SYMBOL;
    case CLASS_CELL: return LAYOUT_CELL;
    case CLASS_RAW_CELL: return LAYOUT_RAW_CELL;
    case CLASS_ARRAY: return LAYOUT_ARRAY;
    case CLASS_RAW_ARRAY: return LAYOUT_RAW_ARRAY;
    case CLASS_FIXED_LIST:
    case CLASS_CONST_LIST: return LAYOUT_LIST;
    case CLASS_FIXED_INT_LIST:
    case CLASS_FIXED_DOUBLE_LIST: return LAYOUT_RAW_LIST;
    case CLASS_STACK_TRACE_VALUE: return LAYOUT_STACK_TRACE;
    case CLASS_COROUTINE: return LAYOUT_COROUTINE;
    case CLASS_WEAK_REFERENCE: return LAYOUT_WEAK;
    case CLASS_FINALIZER_ENTRY: return LAYOUT_FINALIZER;
    case CLASS_EPHEMERON: return LAYOUT_EPHEMERON;
    case CLASS_SEND_PORT: return LAYOUT_PORT;
    case CLASS_CAPABILITY: return LAYOUT_CAPABILITY;
    case CLASS_TYPED_DATA: return LAYOUT_BYTES;
    default: return LAYOUT_INSTANCE;
  }
}

// The words of layouts that are no plain instances.
static uint32_t fixed_words(Layout layout) {
  switch (layout) {
    case LAYOUT_CELL:
    case LAYOUT_RAW_CELL: return 2;
    case LAYOUT_DOUBLE:
    case LAYOUT_INT: return 2;
    default: return 1;
  }
}

static bool may_be_extended(Lower *l, const ClassElement *c) {
  if (!l->is_core || c->class_kind == CLASS_KIND_ENUM) return false;
  if (c->class_kind == CLASS_KIND_MIXIN_APPLICATION) return true;
  if (c->flags & (ELEMENT_IS_FINAL | ELEMENT_IS_SEALED)) return false;
  return !il_name_is_private(l->names, c->base.name) ||
         c->id == CLASS_ENUM_VALUE;
}

// The type arguments of the superclass as c gives them, in terms of what c's
// vector is in terms of.
static void push_own_arguments(Lower *l, ClassElement *c, TypeIds *out) {
  TypeTable *types = l->types->types;
  if (c->class_kind == CLASS_KIND_MIXIN_APPLICATION) {
    const Type *t = il_type_get(types, c->mixin_type);
    for (uint32_t i = 0; i < t->count; i++) il_vec_push(out, t->items[i]);
    return;
  }
  for (uint32_t i = 0; i < c->type_params.count; i++) {
    il_vec_push(out, il_type_param(types, c->type_params.items[i]->id));
  }
}

// Replaces the parameters of class `of` in a vector of its by the arguments of
// `type`, an instantiation of it.
static TypeId substitute_vector(Lower *l, ClassElement *of, TypeId vector,
                                TypeId type) {
  TypeTable *types = l->types->types;
  const Type *t = il_type_get(types, type);
  uint32_t n = of->type_params.count;
  if (n == 0 || t->count != n) return vector;
  TypeParamId *params = il_memory_alloc(n * sizeof(TypeParamId));
  for (uint32_t i = 0; i < n; i++) params[i] = of->type_params.items[i]->id;
  TypeId result = il_type_substitute(types, vector, params, t->items, n);
  il_memory_free(params, n * sizeof(TypeParamId));
  return result;
}

TypeId il_class_vector(Lower *l, TypeId type) {
  const Type *t = il_type_get(l->types->types, type);
  const ClassCode *code = il_class_code(l, t->head);
  if (!code || code->vector_count == 0) return TYPE_ID_EMPTY_VECTOR;
  ClassElement *c = il_class_of(l, t->head);
  return il_erase(l, substitute_vector(l, c, code->vector, type));
}

static TypeId super_vector(Lower *l, ClassElement *c, const ClassCode *super) {
  if (!super || super->vector_count == 0) return TYPE_ID_EMPTY_VECTOR;
  if (c->superclass->class_kind == CLASS_KIND_MIXIN_APPLICATION) {
    return super->vector;  // in terms of our own parameters already
  }
  return substitute_vector(l, c->superclass, super->vector, c->supertype);
}

static bool has_slots(const ClassElement *c) {
  const ClassElement *d = c->mixin ? c->mixin : c;
  for (uint32_t i = 0; i < d->fields.count; i++) {
    if (is_slot(d->fields.items[i])) return true;
  }
  return false;
}

typedef struct {
  uint64_t *ref_map;
  Name *field_names;
  uint32_t words;
} LayoutBuffers;

static void add_fields(Lower *l, ClassElement *c, ClassCode *head,
                       LayoutBuffers *b) {
  ClassElement *d = c->mixin ? c->mixin : c;
  head->field_base = head->instance_words;
  for (uint32_t i = 0; i < d->fields.count; i++) {
    FieldElement *field = d->fields.items[i];
    if (!is_slot(field)) continue;
    uint32_t w = head->instance_words++;
    if (il_field_rep(l, field) == REP_REF) {
      b->ref_map[w / 64] |= UINT64_C(1) << (w % 64);
    }
    b->field_names[w] = field->base.name;
  }
}

static void copy_super(Lower *l, const ClassCode *super, LayoutBuffers *b) {
  uint32_t words = super->instance_words;
  const uint64_t *map = il_class_ref_map(l, super->id);
  if (map) memcpy(b->ref_map, map, (words + 63) / 64 * 8);
  const Name *names = il_class_field_names(l, super->id);
  uint32_t base = 1u + super->has_vector;
  if (names) {
    memcpy(b->field_names + base, names, (words - base) * sizeof(Name));
  }
}

static uint32_t count_fields(const ClassElement *c) {
  const ClassElement *d = c->mixin ? c->mixin : c;
  return d->fields.count;
}

static void add_member(Lower *l, IL_VEC_CodeMember *members,
                       FunctionElement *e, FunctionId id) {
  (void)l;
  MemberKind kind = e->function_kind == FUNCTION_GETTER   ? MEMBER_GETTER
                    : e->function_kind == FUNCTION_SETTER ? MEMBER_SETTER
                                                          : MEMBER_METHOD;
  CodeMember m = {.name = e->base.name, .member_kind = (uint8_t)kind,
                  .function = id};
  il_vec_push(members, m);
}

static bool is_member(const FunctionElement *e) {
  return !(e->flags & (FUNCTION_IS_STATIC | FUNCTION_IS_ABSTRACT |
                       FUNCTION_IS_EXTENSION));
}

static void add_members(Lower *l, ClassElement *c,
                        IL_VEC_CodeMember *members) {
  ClassElement *d = c->mixin ? c->mixin : c;
  if (c->mixin) il_class_require(d, STAGE_MEMBERS);
  for (uint32_t i = 0; i < d->functions.count; i++) {
    FunctionElement *e = d->functions.items[i];
    if (!is_member(e)) continue;
    FunctionId id = c->mixin ? il_thunk_mixed(l, e, c)
                             : il_lower_function(l, e);
    if (id) add_member(l, members, e, id);
  }
  // Forwarders to noSuchMethod of an application are its own.
  for (uint32_t i = 0; c->mixin && i < c->functions.count; i++) {
    FunctionElement *e = c->functions.items[i];
    FunctionId id = is_member(e) ? il_lower_function(l, e) : 0;
    if (id) add_member(l, members, e, id);
  }
}

static bool is_leaf(Lower *l, ClassElement *c) {
  if (may_be_extended(l, c) || !l->is_core) return false;
  if (c->class_kind == CLASS_KIND_MIXIN_APPLICATION) return false;
  for (ClassId id = 1; id < l->class_count; id++) {
    if (id == c->id || !l->classes[id].element) continue;
    const TypeClass *d = il_class_get(l->types->classes, id);
    for (uint32_t i = 0; i < d->super_count; i++) {
      if (d->super_ids[i] == c->id) return false;
    }
  }
  return true;
}

static void set_vector(Lower *l, ClassElement *c, const ClassCode *super,
                       ClassCode *head) {
  TypeTable *types = l->types->types;
  TypeIds items = {0};
  const Type *inherited = il_type_get(types, super_vector(l, c, super));
  for (uint32_t i = 0; i < inherited->count; i++) {
    il_vec_push(&items, inherited->items[i]);
  }
  head->vector_base = (uint16_t)items.count;
  push_own_arguments(l, c, &items);
  head->vector_count = (uint16_t)items.count;
  head->vector = il_erase(l, il_type_vector(types, items.items, items.count));
  head->has_vector = items.count > 0;
  il_vec_drop(&items);
}

static void layout_class(Lower *l, ClassElement *c) {
  const TypeClass *type = il_class_get(l->types->classes, c->id);
  const ClassCode *super =
      c->superclass ? il_class_code(l, c->superclass->id) : NULL;
  Layout layout = l->is_core ? layout_of(c->id) : LAYOUT_INSTANCE;
  ClassCode head = {.id = c->id,
                    .superclass = c->superclass ? c->superclass->id : 0,
                    .name = c->base.name,
                    .layout = (uint8_t)layout,
                    .is_abstract = (c->flags & ELEMENT_IS_ABSTRACT) &&
                                   !l->classes[c->id].needs_row,
                    .type = type->this_type};
  set_vector(l, c, super, &head);
  uint32_t super_words = super ? super->instance_words : 1;
  uint32_t words = super_words + 2 + count_fields(c);
  LayoutBuffers b = {
      .ref_map = IL_NEW_ARRAY(&l->arena, uint64_t, (words + 63) / 64 + 1),
      .field_names = IL_NEW_ARRAY(&l->arena, Name, words + 1)};
  if (super) copy_super(l, super, &b);
  head.instance_words = (uint16_t)super_words;
  bool wants_word =
      head.has_vector ||
      (has_slots(c) && (may_be_extended(l, c) ||
                        l->classes[c->id].needs_vector_word));
  if (super_words == 1 && wants_word) head.instance_words = 2;
  add_fields(l, c, &head, &b);
  if (layout != LAYOUT_INSTANCE) {
    head.instance_words = (uint16_t)fixed_words(layout);
    if (layout == LAYOUT_LIST || layout == LAYOUT_RAW_LIST) {
      head.instance_words = 3;
      head.has_vector = true;
    }
  }
  if (words >= UINT16_MAX) {
    il_lower_fail(l, c->base.unit, 0, "a class with so many fields");
  }
  IL_VEC_CodeMember members = {0};
  if (has_instances(c)) add_members(l, c, &members);
  if (is_leaf(l, c)) head.flags |= CLASS_CODE_IS_LEAF;
  // Deeply immutable: strings, numbers and the like are known by layout.
  uint32_t base = 1u + head.has_vector;
  BuilderClass out = {.head = head, .ref_map = b.ref_map,
                      .members = members.items,
                      .member_count = members.count,
                      .field_names = layout == LAYOUT_INSTANCE &&
                                             head.instance_words > base
                                         ? b.field_names + base
                                         : NULL};
  il_builder_class_set(l->builder, c->id, &out);
  il_vec_drop(&members);
  if (l->classes[c->id].element) {
    l->classes[c->id].ref_map = b.ref_map;
    l->classes[c->id].field_names = b.field_names + base;
  }
}

// Classes of the machine's own objects that lib/ need not declare: cells.
static void layout_undeclared(Lower *l) {
  for (ClassId id = 1; l->is_core && id < CLASS_WELL_KNOWN_COUNT; id++) {
    if (id < l->class_count && l->classes[id].element) continue;
    uint64_t map = id == CLASS_CELL ? 2 : 0;
    BuilderClass c = {
        .head = {.id = id,
                 .superclass = CLASS_OBJECT,
                 .layout = (uint8_t)layout_of(id),
                 .instance_words = (uint16_t)fixed_words(layout_of(id)),
                 .vector = TYPE_ID_EMPTY_VECTOR,
                 .type = il_type_interface(l->types->types, id, NULL, 0)},
        .ref_map = &map};
    il_builder_class_set(l->builder, id, &c);
  }
}

// Superclasses before subclasses; a chain is walked, not recursed into.
void il_class_layout(Lower *l) {
  for (ClassId id = l->first_class; id < l->class_count; id++) {
    ClassElement *c = l->classes[id].element;
    if (!c || !has_instances(c)) continue;
    const TypeClass *type = il_class_get(l->types->classes, id);
    (void)type;
    bool has_vector = c->type_params.count > 0 ||
                      (c->mixin && c->mixin->type_params.count > 0);
    for (ClassElement *d = c->superclass; has_vector && d;
         d = d->superclass) {
      l->classes[d->id].needs_vector_word = true;
    }
  }
  Classes chain = {0};
  for (ClassId id = l->first_class; id < l->class_count; id++) {
    for (ClassElement *c = l->classes[id].element;
         c && c->id >= l->first_class && !l->classes[c->id].is_laid_out;
         c = c->superclass) {
      l->classes[c->id].is_laid_out = true;
      il_vec_push(&chain, c);
    }
    while (chain.count > 0) layout_class(l, il_vec_pop(&chain));
  }
  il_vec_drop(&chain);
  layout_undeclared(l);
}

const uint64_t *il_class_ref_map(Lower *l, ClassId id) {
  if (l->classes[id].is_own) return l->classes[id].ref_map;
  const ClassCode *c = il_class_code(l, id);
  return c->ref_map ? IL_REL(const uint64_t, c->ref_map) : NULL;
}

const Name *il_class_field_names(Lower *l, ClassId id) {
  if (l->classes[id].is_own) return l->classes[id].field_names;
  const ClassCode *c = il_class_code(l, id);
  return c->field_names ? IL_REL(const Name, c->field_names) : NULL;
}
