// class.c: the records of classes, and a type seen as one of its superclasses.
#include "type/class.h"

#include "type/table.h"

// Records never move: they lie in the arena, and `own` points to them.
struct ClassTable {
  const ClassTable *base;
  ClassId first;  // the first own id
  Arena arena;
  IL_VEC(TypeClass *) own;
};

TypeClass *il_class_add(ClassTable *table) {
  TypeClass *c = IL_NEW(&table->arena, TypeClass);
  c->id = table->first + table->own.count;
  il_vec_push(&table->own, c);
  return c;
}

ClassTable *il_class_table_new(const ClassTable *base) {
  ClassTable *table = il_memory_zalloc(sizeof(ClassTable));
  table->base = base;
  il_arena_init(&table->arena);
  table->first = base ? il_class_count(base) + 1 : 1;
  if (!base) {
    for (int i = 1; i < CLASS_WELL_KNOWN_COUNT; i++) il_class_add(table);
  }
  return table;
}

void il_class_table_free(ClassTable *table) {
  if (!table) return;
  il_vec_drop(&table->own);
  il_arena_drop(&table->arena);
  il_memory_free(table, sizeof(ClassTable));
}

uint32_t il_class_count(const ClassTable *table) {
  return table->first - 1 + table->own.count;
}

const TypeClass *il_class_get(const ClassTable *table, ClassId id) {
  IL_ASSERT(id != CLASS_NONE && id <= il_class_count(table));
  while (id < table->first) table = table->base;
  return table->own.items[id - table->first];
}

TypeClass *il_class_edit(ClassTable *table, ClassId id) {
  IL_ASSERT(id >= table->first && id <= il_class_count(table));
  return table->own.items[id - table->first];
}

void il_class_set_supers(ClassTable *table, ClassId id, const ClassId *ids,
                         const TypeId *types, uint32_t count) {
  TypeClass *c = il_class_edit(table, id);
  c->super_count = count;
  c->super_ids = il_arena_copy(&table->arena, ids, count * sizeof *ids);
  c->super_types = il_arena_copy(&table->arena, types, count * sizeof *types);
}

// The superinterface of class c with this id, in terms of c's parameters.
static TypeId find_super(const TypeClass *c, ClassId target) {
  uint32_t low = 0, high = c->super_count;
  while (low < high) {
    uint32_t middle = (low + high) / 2;
    if (c->super_ids[middle] < target) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < c->super_count && c->super_ids[low] == target
             ? c->super_types[low]
             : TYPE_ID_NONE;
}

TypeId il_type_resolve_bound(const TypeContext *c, TypeId id) {
  // A cycle of bounds is an error that sema reports; 1000 steps end it here.
  for (int i = 0; i < IL_TYPE_MAX_DEPTH; i++) {
    const Type *t = il_type_get(c->types, id);
    TypeId next;
    if (t->kind == TYPE_INTERSECTION) {
      next = t->items[1];
    } else if (t->kind == TYPE_PARAM) {
      next = il_type_param_get(c->types, t->head)->bound;
      if (!next) next = TYPE_ID_OBJECT_NULLABLE;
    } else {
      return id;
    }
    id = t->nullable ? il_type_with_nullable(c->types, next, true) : next;
  }
  return TYPE_ID_OBJECT_NULLABLE;
}

TypeId il_class_as_instance_of(const TypeContext *c, TypeId id,
                               ClassId target) {
  id = il_type_resolve_bound(c, id);
  const Type *t = il_type_get(c->types, id);
  if (t->kind != TYPE_INTERFACE) return TYPE_ID_NONE;
  if (t->nullable) {
    id = il_type_with_nullable(c->types, id, false);
    t = il_type_get(c->types, id);
  }
  if (t->head == target) return id;
  const TypeClass *class = il_class_get(c->classes, t->head);
  TypeId found = find_super(class, target);
  if (found == TYPE_ID_NONE || t->count == 0) return found;
  return il_type_substitute_range(c->types, found, class->first_param, t->items,
                                  t->count);
}
