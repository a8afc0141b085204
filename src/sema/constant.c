// constant.c: the table of constants, their types, and where constants come
// from: const variables, enum values, defaults of parameters. The evaluator is
// constant_eval.c.
#include "sema/constant.h"

#include <math.h>

#include "sema/constant_eval.h"
#include "sema/declare.h"
#include "sema/infer.h"
#include "sema/outline.h"

enum { STATE_NEW, STATE_BUSY, STATE_DONE };
// Evaluation states, beside those of declare_signature.c.
enum { VALUE_BUSY = 0x100, VALUE_DONE = 0x200 };

// ---------------------------------------------------------------- the table

struct ConstantTable {
  Constant **slots;
  uint32_t *hashes;
  uint32_t capacity, count;
};

static uint64_t real_bits(double real) {
  if (real != real) return UINT64_C(0x7ff8000000000000);
  uint64_t bits;
  memcpy(&bits, &real, sizeof bits);
  return bits;
}

static uint32_t hash_constant(const Constant *c) {
  uint64_t h = c->kind;
  h = il_common_mix(h * 31 + c->type);
  h = il_common_mix(h * 31 + (uint64_t)c->integer);
  h = il_common_mix(h * 31 + real_bits(c->real));
  h = il_common_mix(h * 31 + il_text_hash(c->text));
  h = il_common_mix(h * 31 + c->name);
  h = il_common_mix(h * 31 + il_map_key(c->function));
  for (uint32_t i = 0; i < c->count; i++) {
    h = il_common_mix(h * 31 + il_map_key(c->items[i]));
  }
  return (uint32_t)h;
}

static bool is_equal(const Constant *a, const Constant *b) {
  if (a->kind != b->kind || a->type != b->type || a->integer != b->integer ||
      real_bits(a->real) != real_bits(b->real) || a->name != b->name ||
      a->function != b->function || a->count != b->count ||
      !il_text_equal(a->text, b->text)) {
    return false;
  }
  for (uint32_t i = 0; i < a->count; i++) {
    if (a->items[i] != b->items[i]) return false;
  }
  return true;
}

static uint32_t find_slot(const ConstantTable *table, const Constant *c,
                          uint32_t hash) {
  uint32_t mask = table->capacity - 1;
  uint32_t slot = hash & mask;
  while (table->slots[slot] != NULL &&
         !(table->hashes[slot] == hash && is_equal(table->slots[slot], c))) {
    slot = (slot + 1) & mask;
  }
  return slot;
}

static void grow_table(ConstantTable *table) {
  ConstantTable old = *table;
  table->capacity = old.capacity == 0 ? 256 : old.capacity * 2;
  table->slots = il_memory_zalloc(table->capacity * sizeof(Constant *));
  table->hashes = il_memory_zalloc(table->capacity * sizeof(uint32_t));
  for (uint32_t i = 0; i < old.capacity; i++) {
    if (old.slots[i] == NULL) continue;
    uint32_t slot = find_slot(table, old.slots[i], old.hashes[i]);
    table->slots[slot] = old.slots[i];
    table->hashes[slot] = old.hashes[i];
  }
  il_memory_free(old.slots, old.capacity * sizeof(Constant *));
  il_memory_free(old.hashes, old.capacity * sizeof(uint32_t));
}

static TypeId core_type(Sema *sema, ClassId id) {
  return il_type_interface(sema->types, id, NULL, 0);
}

// The type of a constant whose kind says it, whoever made it.
static TypeId kind_type(Sema *sema, const Constant *c) {
  switch ((ConstantKind)c->kind) {
    case CONSTANT_NULL: return core_type(sema, CLASS_NULL);
    case CONSTANT_BOOL: return core_type(sema, CLASS_BOOL);
    case CONSTANT_INT: return core_type(sema, CLASS_INT);
    case CONSTANT_DOUBLE: return core_type(sema, CLASS_DOUBLE);
    case CONSTANT_STRING: return core_type(sema, CLASS_STRING);
    case CONSTANT_SYMBOL: return core_type(sema, CLASS_SYMBOL);
    default: break;
  }
  // What is compared is what the run time sees.
  if (c->type == TYPE_ID_NONE) return TYPE_ID_NONE;
  return il_type_normalize(&sema->type_context,
                           il_type_erase(&sema->type_context, c->type));
}

Constant *il_constant_intern(Sema *sema, const Constant *given) {
  Constant own = *given;
  own.type = kind_type(sema, given);
  const Constant *c = &own;
  if (sema->constants == NULL) {
    sema->constants = IL_NEW(sema->arena, ConstantTable);
  }
  ConstantTable *table = sema->constants;
  if ((table->count + 1) * 2 > table->capacity) grow_table(table);
  uint32_t hash = hash_constant(c);
  uint32_t slot = find_slot(table, c, hash);
  if (table->slots[slot] != NULL) return table->slots[slot];
  Constant *made = IL_NEW(sema->arena, Constant);
  *made = *c;
  made->code_index = 0;
  made->text = il_arena_copy_text(sema->arena, c->text);
  if (c->count > 0) {
    made->items = il_arena_copy(sema->arena, c->items,
                                sizeof(Constant *) * c->count);
  }
  table->slots[slot] = made;
  table->hashes[slot] = hash;
  table->count++;
  return made;
}

void il_constant_drop(Sema *sema) {
  ConstantTable *table = sema->constants;
  if (table == NULL) return;
  il_memory_free(table->slots, table->capacity * sizeof(Constant *));
  il_memory_free(table->hashes, table->capacity * sizeof(uint32_t));
  sema->constants = NULL;
}

// -------------------------------------------------------------------- types

static TypeId function_type(Sema *sema, const Constant *c) {
  FunctionElement *f = c->function;
  TypeId type = il_member_signature(f)->type;
  bool is_constructor = f->function_kind == FUNCTION_CONSTRUCTOR ||
                        f->function_kind == FUNCTION_FACTORY;
  if (!is_constructor) {
    if (c->type == TYPE_ID_NONE) return type;
    const Type *vector = il_type_get(sema->types, c->type);
    return il_type_function_apply(sema->types, type, vector->items,
                                  vector->count);
  }
  uint32_t count = f->owner->type_params.count;
  if (count == 0) return type;
  if (c->type == TYPE_ID_NONE) {
    // Generic in the parameters of the class.
    return il_declare_tear_off_type(sema, f);
  }
  TypeParamId *ids = IL_NEW_ARRAY(sema->arena, TypeParamId, count);
  for (uint32_t i = 0; i < count; i++) {
    ids[i] = f->owner->type_params.items[i]->id;
  }
  return il_type_substitute(sema->types, type, ids,
                            il_type_get(sema->types, c->type)->items, count);
}

TypeId il_constant_type(Sema *sema, const Constant *c) {
  switch ((ConstantKind)c->kind) {
    case CONSTANT_NULL:
    case CONSTANT_BOOL:
    case CONSTANT_INT:
    case CONSTANT_DOUBLE:
    case CONSTANT_STRING:
    case CONSTANT_SYMBOL: return kind_type(sema, c);
    case CONSTANT_TYPE: return core_type(sema, CLASS_TYPE);
    case CONSTANT_LIST:
      return il_type_interface(sema->types, CLASS_LIST, &c->type, 1);
    case CONSTANT_SET:
      return il_type_interface(sema->types, CLASS_SET, &c->type, 1);
    case CONSTANT_MAP:
    case CONSTANT_RECORD:
    case CONSTANT_INSTANCE: return c->type;
    case CONSTANT_FUNCTION: return function_type(sema, c);
  }
  return TYPE_ID_INVALID;
}

// ------------------------------------------------------------------ sources

static Constant *enum_values(Sema *sema, FieldElement *field) {
  ClassElement *c = field->owner;
  Constant **items =
      IL_NEW_ARRAY(sema->arena, Constant *, c->enum_value_count);
  for (uint32_t i = 0; i < c->enum_value_count; i++) {
    items[i] = il_constant_of_field(c->enum_values[i]);
    if (items[i] == NULL) return NULL;
  }
  TypeId list = il_field_type(field);
  Constant value = {
      .kind = CONSTANT_LIST,
      .type = il_type_get(sema->types, list)->items[0],
      .items = items,
      .count = c->enum_value_count,
  };
  return il_constant_intern(sema, &value);
}

static Constant *evaluate_field(Sema *sema, FieldElement *field) {
  ClassElement *c = field->owner;
  if (c != NULL && c->class_kind == CLASS_KIND_ENUM &&
      field->base.node == NULL) {
    return enum_values(sema, field);
  }
  if (field->initializer == NULL) il_infer_field(sema, field);
  if (field->initializer == NULL || field->initializer->value == NULL) {
    return NULL;
  }
  if (field->flags & FIELD_IS_ENUM_VALUE) {
    return il_constant_evaluate_enum(sema, field);
  }
  return il_constant_evaluate(sema, field->base.unit,
                              field->initializer->value);
}

Constant *il_constant_of_field(FieldElement *field) {
  if (field->constant != NULL) return field->constant;
  if (field->state & VALUE_DONE) return NULL;
  Sema *sema = field->base.library->sema;
  if (field->outline != 0) {
    if (field->outline_value != 0) {
      field->constant = il_outline_constant(sema, field->outline_value);
    }
    return field->constant;
  }
  if (field->state & VALUE_BUSY) {
    if (field->base.node != NULL) {
      il_sema_error(sema, field->base.unit, field->base.node,
                    DIAG_CONSTANT_CYCLE);
    }
    return NULL;
  }
  if (!il_sema_enter(sema, &field->base)) return NULL;
  field->state |= VALUE_BUSY;
  field->constant = evaluate_field(sema, field);
  field->state |= VALUE_DONE;
  il_sema_leave(sema);
  return field->constant;
}

Constant *il_constant_of_default(FunctionElement *f, Parameter *p) {
  if (p->default_value != NULL || !p->has_default) return p->default_value;
  Sema *sema = f->base.library->sema;
  if (p->default_owner != NULL) {
    Signature *s = il_member_signature(p->default_owner);
    p->default_value =
        il_constant_of_default(p->default_owner,
                               &s->parameters[p->default_index]);
    return p->default_value;
  }
  if (p->outline_default != 0) {
    p->default_value = il_outline_constant(sema, p->outline_default);
    return p->default_value;
  }
  if (p->node == NULL) return NULL;
  TreeNode *node = ((TreeParameter *)p->node)->default_value;
  if (node == NULL || p->is_evaluating) {
    if (p->is_evaluating) {
      il_sema_error(sema, f->base.unit, p->node, DIAG_CONSTANT_CYCLE);
    }
    return NULL;
  }
  p->is_evaluating = true;
  TypedExpr *value = il_infer_constant(sema, &f->base, node, p->type);
  if (value != NULL && value->type != TYPE_ID_INVALID) {
    p->default_value = il_constant_evaluate(sema, f->base.unit, value);
  }
  if (p->default_value == NULL) p->has_default = false;
  p->is_evaluating = false;
  return p->default_value;
}
