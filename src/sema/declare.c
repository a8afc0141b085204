// declare.c: an element for each declaration.
//
// In order: type parameters, duplicates, fields with their accessors,
// functions, constructors, enum values, classes, top-level declarations. No
// type is resolved here; that waits until it is asked for (declare_type.c,
// declare_signature.c). Entry: il_declare_library, at the end.
#include "sema/declare.h"

static uint64_t member_key(Name name, bool setter) {
  return (uint64_t)name * 2 + (setter ? 1 : 0);
}

static void init_element(Element *e, ElementKind kind, Name name, Unit *unit,
                         TreeNode *node) {
  e->kind = (uint8_t)kind;
  e->name = name;
  e->library = unit->library;
  e->unit = unit;
  e->node = node;
}

// ---------------------------------------------------------- type parameters

static TypeId object_or_null(Sema *sema) {
  TypeId object = il_type_interface(sema->types, CLASS_OBJECT, NULL, 0);
  return il_type_with_nullable(sema->types, object, true);
}

// Elements for type parameters with consecutive ids; bounds are set later.
static void declare_params(Sema *sema, Unit *unit, TreeList list,
                           bool is_function, uint32_t first_index,
                           TypeParamElements *made) {
  for (uint32_t i = 0; i < list.count; i++) {
    TreeTypeParameter *node = (TreeTypeParameter *)list.items[i];
    TypeParamElement *p = IL_NEW(sema->arena, TypeParamElement);
    Name name = il_library_name(unit->library, node->name.name);
    init_element(&p->base, ELEMENT_TYPE_PARAM, name, unit, &node->base);
    p->id = il_type_param_new(sema->types, name, is_function, first_index + i);
    p->has_bound = node->bound != NULL;
    if (node->name.name == NAME_Function) {
      il_sema_error_name(sema, unit, node->name, DIAG_BUILT_IN_TYPE_NAME,
                         TEXT("Function"));
    }
    il_type_param_set_bound(sema->types, p->id, object_or_null(sema));
    for (uint32_t k = 0; k < made->count; k++) {
      if (made->items[k]->base.name != name || name == NAME_wildcard) continue;
      il_sema_error_name(sema, unit, node->name, DIAG_DUPLICATE_DECLARATION,
                         il_sema_text(sema, name));
    }
    il_vec_push(made, p);
  }
}

// Sets the bounds of parameters within the scope that they are in.
static void resolve_bounds(Sema *sema, Scope *scope) {
  for (uint32_t i = 0; i < scope->param_count; i++) {
    TypeParamElement *p = scope->params[i];
    const TreeTypeParameter *node = (const TreeTypeParameter *)p->base.node;
    if (node == NULL || node->bound == NULL) continue;
    if (node->bound->kind == TREE_VOID_TYPE) {
      il_sema_error(sema, scope->unit, node->bound, DIAG_NOT_A_TYPE,
                    TEXT("void"));
    }
    il_declare_check_simple(sema, scope, node->bound);
    TypeId bound = il_declare_type(sema, scope, node->bound);
    il_type_param_set_bound(sema->types, p->id, bound);
    // A bound that is written is what inference falls back on; without one it
    // is dynamic, though the bound is Object? all the same.
    if (bound == TYPE_ID_OBJECT_NULLABLE &&
        il_type_param_get(sema->types, p->id)->is_function) {
      il_type_param_set_default(sema->types, p->id, bound);
    }
  }
}

// A bound that is the parameter itself, perhaps by way of others.
static void check_bound_cycles(Sema *sema, Scope *scope) {
  for (uint32_t i = 0; i < scope->param_count; i++) {
    TypeParamElement *p = scope->params[i];
    TypeParamId at = p->id;
    for (uint32_t steps = 0; steps <= scope->param_count; steps++) {
      TypeId bound = il_type_param_get(sema->types, at)->bound;
      // An extension type counts as what it represents.
      if (sema->has_bounds) bound = il_type_erase(&sema->type_context, bound);
      const Type *type = il_type_get(sema->types, bound);
      if (type->kind != TYPE_PARAM) break;
      at = type->head;
      if (at != p->id) continue;
      il_sema_error(sema, scope->unit, p->base.node, DIAG_CYCLIC_BOUND,
                    il_sema_text(sema, p->base.name));
      for (uint32_t k = 0; k < scope->param_count; k++) {
        il_type_param_set_bound(sema->types, scope->params[k]->id,
                                TYPE_ID_INVALID);
      }
      return;
    }
  }
}

Scope *il_declare_type_params(Sema *sema, Scope *scope, TreeList params,
                              TypeParamElements *made) {
  if (params.count == 0) return scope;
  Scope *inner = il_scope_new(sema, SCOPE_TYPE_PARAMS, scope);
  declare_params(sema, scope->unit, params, true, scope->function_param_count,
                 made);
  inner->params = il_vec_to_arena(made, sema->arena);
  inner->param_count = made->count;
  inner->function_param_count += made->count;
  resolve_bounds(sema, inner);
  check_bound_cycles(sema, inner);
  return inner;
}

// ----------------------------------------------------------------- classes'
// members

static void report_duplicate(Sema *sema, Element *e, Name name) {
  if (e->node == NULL) return;
  il_sema_error(sema, e->unit, e->node, DIAG_DUPLICATE_DECLARATION,
                il_sema_text(sema, name));
}

static bool is_setter(const FunctionElement *f) {
  return f->function_kind == FUNCTION_SETTER;
}

// Enters an instance member under its name.
static void enter_instance(Sema *sema, FunctionElement *f) {
  ClassElement *c = f->owner;
  Name name = f->base.name;
  bool setter = is_setter(f);
  uint64_t *slot =
      il_map_at(&c->instance_members, member_key(name, setter), NULL);
  if (*slot != 0) {
    if (f->field == NULL || !setter) report_duplicate(sema, &f->base, name);
    return;
  }
  *slot = il_map_key(f);
  FunctionElement *other = il_map_find_pointer(&c->instance_members,
                                               member_key(name, !setter));
  // A setter goes with a getter or a field only.
  if (other != NULL && other->function_kind != FUNCTION_GETTER &&
      other->function_kind != FUNCTION_SETTER) {
    report_duplicate(sema, &f->base, name);
  } else if (other != NULL && f->function_kind != FUNCTION_GETTER && !setter) {
    report_duplicate(sema, &f->base, name);
  }
}

static bool is_method(const Element *e) {
  if (e->kind != ELEMENT_FUNCTION) return false;
  uint8_t kind = ((const FunctionElement *)e)->function_kind;
  return kind == FUNCTION_PLAIN || kind == FUNCTION_OPERATOR;
}

// Enters a static member or a top-level declaration; `setter`: as one that can
// be assigned.
static void enter_static(Sema *sema, Map *map, Element *e, bool setter) {
  uint64_t *slot = il_map_at(map, member_key(e->name, setter), NULL);
  if (*slot != 0) {
    report_duplicate(sema, e, e->name);
    return;
  }
  *slot = il_map_key(e);
  Element *other =
      il_map_find_pointer(map, member_key(e->name, !setter));
  if (other == NULL || other == e) return;
  bool fits = setter ? other->kind == ELEMENT_FUNCTION && !is_method(other)
                     : e->kind == ELEMENT_FUNCTION && !is_method(e);
  if (other->kind == ELEMENT_FIELD || e->kind == ELEMENT_FIELD) {
    // A final variable beside an explicit setter.
    const FieldElement *field =
        (const FieldElement *)(e->kind == ELEMENT_FIELD ? e : other);
    fits = (field->flags & (FIELD_IS_FINAL | FIELD_IS_CONST)) != 0;
  }
  if (!fits) report_duplicate(sema, e, e->name);
}

static FunctionElement *new_function(Sema *sema, ClassElement *owner,
                                     FunctionKind kind, uint32_t flags,
                                     Name name, Unit *unit, TreeNode *node) {
  FunctionElement *f = IL_NEW(sema->arena, FunctionElement);
  init_element(&f->base, ELEMENT_FUNCTION, name, unit, node);
  f->function_kind = (uint8_t)kind;
  f->flags = (uint16_t)flags;
  f->owner = owner;
  il_vec_push(&sema->functions, f);
  if (owner == NULL) return f;
  if (kind == FUNCTION_CONSTRUCTOR || kind == FUNCTION_FACTORY) {
    il_vec_push(&owner->constructors, f);
  } else {
    il_vec_push(&owner->functions, f);
  }
  return f;
}

static bool has_extension_members(const ClassElement *c) {
  return c->class_kind == CLASS_KIND_EXTENSION ||
         c->class_kind == CLASS_KIND_EXTENSION_TYPE;
}

static bool is_assignable_field(const FieldElement *field) {
  if (field->flags & FIELD_IS_CONST) return false;
  if (!(field->flags & FIELD_IS_FINAL)) return true;
  return (field->flags & FIELD_IS_LATE) &&
         !(field->flags & FIELD_HAS_INITIALIZER);
}

static void add_accessors(Sema *sema, FieldElement *field) {
  ClassElement *c = field->owner;
  uint32_t flags = FUNCTION_IS_SYNTHETIC;
  if (field->flags & FIELD_IS_ABSTRACT) flags |= FUNCTION_IS_ABSTRACT;
  if (field->flags & FIELD_IS_EXTERNAL) flags |= FUNCTION_IS_EXTERNAL;
  if (has_extension_members(c)) flags |= FUNCTION_IS_EXTENSION;
  field->getter = new_function(sema, c, FUNCTION_GETTER, flags,
                               field->base.name, field->base.unit,
                               field->base.node);
  field->getter->field = field;
  enter_instance(sema, field->getter);
  if (!is_assignable_field(field)) return;
  field->setter = new_function(sema, c, FUNCTION_SETTER, flags,
                               field->base.name, field->base.unit,
                               field->base.node);
  field->setter->field = field;
  enter_instance(sema, field->setter);
}

static uint32_t field_flags(uint32_t modifiers, bool has_initializer) {
  uint32_t flags = 0;
  if (modifiers & TREE_MOD_STATIC) flags |= FIELD_IS_STATIC;
  if (modifiers & TREE_MOD_FINAL) flags |= FIELD_IS_FINAL;
  if (modifiers & TREE_MOD_CONST) flags |= FIELD_IS_CONST | FIELD_IS_FINAL;
  if (modifiers & TREE_MOD_LATE) flags |= FIELD_IS_LATE;
  if (modifiers & TREE_MOD_COVARIANT) flags |= FIELD_IS_COVARIANT;
  if (modifiers & TREE_MOD_ABSTRACT) flags |= FIELD_IS_ABSTRACT;
  if (modifiers & TREE_MOD_EXTERNAL) flags |= FIELD_IS_EXTERNAL;
  if (has_initializer) flags |= FIELD_HAS_INITIALIZER;
  return flags;
}

static FieldElement *new_field(Sema *sema, ClassElement *owner, uint32_t flags,
                               Name name, Unit *unit, TreeNode *node) {
  FieldElement *field = IL_NEW(sema->arena, FieldElement);
  init_element(&field->base, ELEMENT_FIELD, name, unit, node);
  field->flags = (uint16_t)flags;
  field->owner = owner;
  il_vec_push(&sema->fields, field);
  if (owner != NULL) il_vec_push(&owner->fields, field);
  return field;
}

static void declare_variables(Sema *sema, Unit *unit, ClassElement *owner,
                              TreeVariables *node) {
  for (uint32_t i = 0; i < node->items.count; i++) {
    TreeVariable *v = (TreeVariable *)node->items.items[i];
    uint32_t flags = field_flags(node->modifiers, v->initializer != NULL);
    if (owner == NULL) flags |= FIELD_IS_STATIC;
    Name name = il_library_name(unit->library, v->name.name);
    FieldElement *field = new_field(sema, owner, flags, name, unit, &v->base);
    field->initializer_node = v->initializer;
    field->type_node = node->type;
    if (!(flags & FIELD_IS_STATIC)) {
      add_accessors(sema, field);
      continue;
    }
    Map *map = owner == NULL ? &unit->library->declared : &owner->static_members;
    enter_static(sema, map, &field->base, false);
    if (is_assignable_field(field)) enter_static(sema, map, &field->base, true);
  }
}

static void declare_function(Sema *sema, Unit *unit, ClassElement *owner,
                             TreeFunction *node) {
  uint32_t flags = 0;
  uint32_t modifiers = node->modifiers;
  FunctionKind kind = FUNCTION_PLAIN;
  Name name = il_library_name(unit->library, node->name.name);
  if (modifiers & TREE_MOD_GETTER) kind = FUNCTION_GETTER;
  if (modifiers & TREE_MOD_SETTER) kind = FUNCTION_SETTER;
  if (modifiers & TREE_MOD_OPERATOR) {
    kind = FUNCTION_OPERATOR;
    bool is_unary = node->parameters != NULL &&
                    node->parameters->items.count == 0;
    if (name == NAME_op_sub && is_unary) name = NAME_op_neg;
  }
  if (modifiers & TREE_MOD_EXTERNAL) flags |= FUNCTION_IS_EXTERNAL;
  if (modifiers & TREE_MOD_STATIC || owner == NULL) flags |= FUNCTION_IS_STATIC;
  bool is_instance = !(flags & FUNCTION_IS_STATIC);
  if (node->body == NULL && !(flags & FUNCTION_IS_EXTERNAL)) {
    flags |= FUNCTION_IS_ABSTRACT;
  }
  if (node->async == TREE_ASYNC || node->async == TREE_ASYNC_STAR) {
    flags |= FUNCTION_IS_ASYNC;
  }
  if (node->async == TREE_SYNC_STAR || node->async == TREE_ASYNC_STAR) {
    flags |= FUNCTION_IS_GENERATOR;
  }
  if (is_instance && has_extension_members(owner)) {
    flags |= FUNCTION_IS_EXTENSION;
  }
  FunctionElement *f =
      new_function(sema, owner, kind, flags, name, unit, &node->base);
  if (is_instance) {
    enter_instance(sema, f);
    return;
  }
  Map *map = owner == NULL ? &unit->library->declared : &owner->static_members;
  enter_static(sema, map, &f->base, kind == FUNCTION_SETTER);
}

// ------------------------------------------------------------- constructors

static FunctionElement *find_constructor(const ClassElement *c, Name name) {
  for (uint32_t i = 0; i < c->constructors.count; i++) {
    if (c->constructors.items[i]->base.name == name) {
      return c->constructors.items[i];
    }
  }
  return NULL;
}

static void declare_constructor(Sema *sema, Unit *unit, ClassElement *owner,
                                TreeConstructor *node) {
  Name written = node->name.name;
  if (written == NAME_NONE || written == NAME_empty) written = NAME_new;
  Name name = il_library_name(unit->library, written);
  bool is_factory = (node->modifiers & TREE_MOD_FACTORY) != 0;
  uint32_t flags = 0;
  if (node->modifiers & TREE_MOD_CONST) flags |= FUNCTION_IS_CONST;
  // Those of an enum are const whether they say so or not.
  if (owner->class_kind == CLASS_KIND_ENUM && !is_factory) {
    flags |= FUNCTION_IS_CONST;
  }
  if (node->modifiers & TREE_MOD_EXTERNAL) flags |= FUNCTION_IS_EXTERNAL;
  if (node->redirection != NULL) flags |= FUNCTION_IS_REDIRECTING;
  for (uint32_t i = 0; i < node->initializers.count; i++) {
    if (node->initializers.items[i]->kind == TREE_REDIRECT_INITIALIZER) {
      flags |= FUNCTION_IS_REDIRECTING;
    }
  }
  if (find_constructor(owner, name) != NULL) {
    il_sema_error(sema, unit, node, DIAG_DUPLICATE_DECLARATION,
                  il_sema_text(sema, name));
  }
  new_function(sema, owner,
               is_factory ? FUNCTION_FACTORY : FUNCTION_CONSTRUCTOR, flags,
               name, unit, &node->base);
}

// A primary constructor: its declaring parameters make fields.
static void declare_primary(Sema *sema, Unit *unit, ClassElement *c,
                            TreePrimaryConstructor *node) {
  Name written = node->name.name == NAME_NONE ? NAME_new : node->name.name;
  Name name = il_library_name(unit->library, written);
  uint32_t flags = (node->modifiers & TREE_MOD_CONST) ? FUNCTION_IS_CONST : 0;
  if (c->class_kind == CLASS_KIND_ENUM) flags |= FUNCTION_IS_CONST;
  c->has_primary = true;
  new_function(sema, c, FUNCTION_CONSTRUCTOR, flags, name, unit, &node->base);
  if (node->parameters == NULL) return;
  bool is_extension_type = c->class_kind == CLASS_KIND_EXTENSION_TYPE;
  for (uint32_t i = 0; i < node->parameters->items.count; i++) {
    TreeParameter *p = (TreeParameter *)node->parameters->items.items[i];
    if (!p->is_declaring && !is_extension_type) continue;
    uint32_t field_bits = field_flags(p->modifiers, false);
    if (is_extension_type) field_bits |= FIELD_IS_FINAL;
    Name field_name = il_library_name(unit->library, p->name.name);
    FieldElement *field =
        new_field(sema, c, field_bits, field_name, unit, &p->base);
    field->type_node = p->type;
    add_accessors(sema, field);
    if (is_extension_type && c->representation == NULL) {
      c->representation = field;
    }
  }
}

static void add_default_constructor(Sema *sema, ClassElement *c) {
  if (c->constructors.count > 0) return;
  uint32_t flags = FUNCTION_IS_SYNTHETIC;
  if (c->class_kind == CLASS_KIND_ENUM) flags |= FUNCTION_IS_CONST;
  new_function(sema, c, FUNCTION_CONSTRUCTOR, flags, NAME_new, c->base.unit,
               NULL);
}

static void declare_members(Sema *sema, Unit *unit, ClassElement *c,
                            TreeList members) {
  for (uint32_t i = 0; i < members.count; i++) {
    TreeNode *node = members.items[i];
    switch (node->kind) {
      case TREE_FUNCTION:
        declare_function(sema, unit, c, (TreeFunction *)node);
        break;
      case TREE_VARIABLES:
        declare_variables(sema, unit, c, (TreeVariables *)node);
        break;
      case TREE_CONSTRUCTOR:
        declare_constructor(sema, unit, c, (TreeConstructor *)node);
        break;
      default: break;  // PRIMARY_BODY belongs to the primary constructor
    }
  }
}

// ------------------------------------------------------------------ classes

static void check_type_name(Sema *sema, Unit *unit, TreeName name) {
  if (name.name != NAME_Function || unit->library->is_core) return;
  il_sema_error_name(sema, unit, name, DIAG_BUILT_IN_TYPE_NAME,
                     TEXT("Function"));
}

// The fixed id of a class that the language knows, or CLASS_NONE.
static ClassId well_known_id(Sema *sema, Library *library, Name name) {
  static const struct {
    const char *library, *name;
  } table[] = {
      {"", ""},
#define WELL_KNOWN(id, library, name) {library, name},
#include "type/well_known.def"
#undef WELL_KNOWN
  };
  if (!library->is_core) return CLASS_NONE;
  Text text = il_name_public_text(sema->names, name);
  for (ClassId id = 1; id < CLASS_WELL_KNOWN_COUNT; id++) {
    if (il_text_equal(text, il_text_of(table[id].name)) &&
        il_text_equal(library->uri, il_text_of(table[id].library))) {
      return id;
    }
  }
  return CLASS_NONE;
}

ClassElement *il_declare_new_class(Sema *sema, ClassKind kind, Name name,
                                   Unit *unit, TreeNode *node) {
  ClassElement *c = IL_NEW(sema->arena, ClassElement);
  init_element(&c->base, ELEMENT_CLASS, name, unit, node);
  c->class_kind = (uint8_t)kind;
  c->id = kind == CLASS_KIND_MIXIN_APPLICATION
              ? CLASS_NONE
              : well_known_id(sema, unit->library, name);
  if (c->id != CLASS_NONE && sema->classes.items[c->id] != NULL) {
    c->id = CLASS_NONE;  // declared twice, which is reported
  }
  TypeClass *record;
  if (c->id == CLASS_NONE) {
    record = il_class_add(sema->class_table);
    c->id = record->id;
  } else {
    record = il_class_edit(sema->class_table, c->id);
  }
  record->name = name;
  while (sema->classes.count <= c->id) il_vec_push(&sema->classes, NULL);
  sema->classes.items[c->id] = c;
  c->code_index = c->id;
  return c;
}

static void declare_enum_values(Sema *sema, Unit *unit, ClassElement *c,
                                TreeEnum *node) {
  c->enum_value_count = node->values.count;
  c->enum_values = IL_NEW_ARRAY(sema->arena, FieldElement *,
                                node->values.count);
  uint32_t flags = FIELD_IS_STATIC | FIELD_IS_FINAL | FIELD_IS_CONST |
                   FIELD_HAS_INITIALIZER;
  for (uint32_t i = 0; i < node->values.count; i++) {
    TreeEnumValue *v = (TreeEnumValue *)node->values.items[i];
    Name name = il_library_name(unit->library, v->name.name);
    FieldElement *field = new_field(sema, c, flags | FIELD_IS_ENUM_VALUE, name,
                                    unit, &v->base);
    c->enum_values[i] = field;
    enter_static(sema, &c->static_members, &field->base, false);
  }
  FieldElement *values = new_field(sema, c, flags, NAME_values, unit, NULL);
  enter_static(sema, &c->static_members, &values->base, false);
}

// Fills in what all kinds of classes have.
static ClassElement *declare_class(Sema *sema, Unit *unit, TreeNode *node,
                                   ClassKind kind, TreeName name,
                                   TreeList params, uint32_t modifiers) {
  Name own = il_library_name(unit->library, name.name);
  check_type_name(sema, unit, name);
  ClassElement *c = il_declare_new_class(sema, kind, own, unit, node);
  uint32_t flags = 0;
  uint32_t type_flags = 0;
  if (modifiers & TREE_MOD_ABSTRACT) flags |= ELEMENT_IS_ABSTRACT;
  if (modifiers & TREE_MOD_BASE) flags |= ELEMENT_IS_BASE;
  if (modifiers & TREE_MOD_INTERFACE) flags |= ELEMENT_IS_INTERFACE;
  if (modifiers & TREE_MOD_FINAL) flags |= ELEMENT_IS_FINAL;
  if (modifiers & TREE_MOD_SEALED) flags |= ELEMENT_IS_SEALED;
  if (modifiers & TREE_MOD_MIXIN) flags |= ELEMENT_IS_MIXIN;
  if (flags & ELEMENT_IS_SEALED) flags |= ELEMENT_IS_ABSTRACT;
  if (kind == CLASS_KIND_MIXIN) flags |= ELEMENT_IS_MIXIN | ELEMENT_IS_ABSTRACT;
  if (flags & ELEMENT_IS_ABSTRACT) type_flags |= CLASS_IS_ABSTRACT;
  if (flags & ELEMENT_IS_SEALED) type_flags |= CLASS_IS_SEALED;
  if (flags & ELEMENT_IS_FINAL) type_flags |= CLASS_IS_FINAL;
  if (kind == CLASS_KIND_MIXIN) type_flags |= CLASS_IS_MIXIN;
  if (kind == CLASS_KIND_ENUM) type_flags |= CLASS_IS_ENUM;
  if (kind == CLASS_KIND_EXTENSION_TYPE) type_flags |= CLASS_IS_EXTENSION_TYPE;
  c->flags = (uint16_t)flags;
  bool is_static = has_extension_members(c);
  declare_params(sema, unit, params, is_static, 0, &c->type_params);
  for (uint32_t i = 0; i < params.count; i++) {
    if (c->type_params.items[i]->base.name == own) {
      il_sema_error(sema, unit, params.items[i], DIAG_TYPE_PARAMETER_NAME,
                    il_sema_text(sema, own));
    }
  }
  TypeClass *record = il_class_edit(sema->class_table, c->id);
  record->flags = type_flags;
  record->param_count = params.count;
  record->first_param = params.count ? c->type_params.items[0]->id : 0;
  if (kind != CLASS_KIND_EXTENSION) {
    record->this_type = il_declare_this_type(sema, c);
  }
  if (own == NAME_NONE) {
    il_vec_push(&unit->library->extensions, c);
  } else {
    enter_static(sema, &unit->library->declared, &c->base, false);
  }
  return c;
}

static void declare_plain_class(Sema *sema, Unit *unit, TreeClass *node) {
  ClassElement *c =
      declare_class(sema, unit, &node->base, CLASS_KIND_CLASS, node->name,
                    node->type_parameters, node->modifiers);
  if (node->primary != NULL) declare_primary(sema, unit, c, node->primary);
  declare_members(sema, unit, c, node->members);
  // The constructors of `class A = B with C` are made with its superclass.
  if (!node->is_alias) add_default_constructor(sema, c);
}

static void declare_enum(Sema *sema, Unit *unit, TreeEnum *node) {
  ClassElement *c = declare_class(sema, unit, &node->base, CLASS_KIND_ENUM,
                                  node->name, node->type_parameters, 0);
  declare_enum_values(sema, unit, c, node);
  if (node->primary != NULL) declare_primary(sema, unit, c, node->primary);
  declare_members(sema, unit, c, node->members);
  bool has_generative = false;
  for (uint32_t i = 0; i < c->constructors.count; i++) {
    if (c->constructors.items[i]->function_kind == FUNCTION_CONSTRUCTOR) {
      has_generative = true;
    }
  }
  if (!has_generative && find_constructor(c, NAME_new) == NULL) {
    new_function(sema, c, FUNCTION_CONSTRUCTOR,
                 FUNCTION_IS_SYNTHETIC | FUNCTION_IS_CONST, NAME_new, unit,
                 NULL);
  }
}

static void declare_typedef(Sema *sema, Unit *unit, TreeTypedef *node) {
  TypedefElement *t = IL_NEW(sema->arena, TypedefElement);
  Name name = il_library_name(unit->library, node->name.name);
  check_type_name(sema, unit, node->name);
  init_element(&t->base, ELEMENT_TYPEDEF, name, unit, &node->base);
  declare_params(sema, unit, node->type_parameters, false, 0, &t->type_params);
  Map *declared = &unit->library->declared;
  enter_static(sema, declared, &t->base, false);
  // The library's end frees what it has declared: not one of two.
  if (il_map_find_pointer(declared, member_key(name, false)) != &t->base) {
    il_vec_drop(&t->type_params);
  }
}

static void declare_one(Sema *sema, Unit *unit, TreeNode *node) {
  switch (node->kind) {
    case TREE_CLASS:
      declare_plain_class(sema, unit, (TreeClass *)node);
      break;
    case TREE_MIXIN: {
      TreeMixin *mixin = (TreeMixin *)node;
      ClassElement *c =
          declare_class(sema, unit, node, CLASS_KIND_MIXIN, mixin->name,
                        mixin->type_parameters, mixin->modifiers);
      declare_members(sema, unit, c, mixin->members);
      break;
    }
    case TREE_ENUM: declare_enum(sema, unit, (TreeEnum *)node); break;
    case TREE_EXTENSION: {
      TreeExtension *extension = (TreeExtension *)node;
      ClassElement *c =
          declare_class(sema, unit, node, CLASS_KIND_EXTENSION,
                        extension->name, extension->type_parameters, 0);
      declare_members(sema, unit, c, extension->members);
      break;
    }
    case TREE_EXTENSION_TYPE: {
      TreeExtensionType *type = (TreeExtensionType *)node;
      ClassElement *c =
          declare_class(sema, unit, node, CLASS_KIND_EXTENSION_TYPE,
                        type->name, type->type_parameters, 0);
      if (type->primary != NULL) declare_primary(sema, unit, c, type->primary);
      declare_members(sema, unit, c, type->members);
      break;
    }
    case TREE_TYPEDEF: declare_typedef(sema, unit, (TreeTypedef *)node); break;
    case TREE_FUNCTION:
      declare_function(sema, unit, NULL, (TreeFunction *)node);
      break;
    case TREE_VARIABLES:
      declare_variables(sema, unit, NULL, (TreeVariables *)node);
      break;
    default: break;
  }
}

// ------------------------------------------------------------------- scopes

static Scope *make_class_scope(Sema *sema, ClassElement *c) {
  if (c->scope != NULL) return c->scope;
  Scope *params = il_scope_new(sema, SCOPE_TYPE_PARAMS, c->base.unit->scope);
  params->class_element = c;
  params->is_class_params = true;
  params->params = c->type_params.items;
  params->param_count = c->type_params.count;
  if (has_extension_members(c)) {
    params->function_param_count = c->type_params.count;
  }
  c->scope = il_scope_new(sema, SCOPE_CLASS, params);
  return c->scope;
}

Scope *il_declare_scope(Sema *sema, Element *e) {
  IL_ASSERT(e->unit != NULL);
  if (e->kind == ELEMENT_CLASS) {
    return make_class_scope(sema, (ClassElement *)e);
  }
  if (e->kind == ELEMENT_TYPEDEF) {
    TypedefElement *t = (TypedefElement *)e;
    Scope *scope = il_scope_new(sema, SCOPE_TYPE_PARAMS, e->unit->scope);
    scope->params = t->type_params.items;
    scope->param_count = t->type_params.count;
    return scope;
  }
  if (e->kind == ELEMENT_FIELD) {
    FieldElement *field = (FieldElement *)e;
    if (field->owner == NULL) return e->unit->scope;
    Scope *outer = make_class_scope(sema, field->owner);
    if (!(field->flags & FIELD_IS_STATIC)) return outer;
    Scope *scope = il_scope_new(sema, SCOPE_TYPE_PARAMS, outer);
    scope->is_static = true;
    scope->function_param_count = 0;
    return scope;
  }
  IL_ASSERT(e->kind == ELEMENT_FUNCTION);
  FunctionElement *f = (FunctionElement *)e;
  if (f->scope != NULL) return f->scope;
  Scope *outer =
      f->owner == NULL ? e->unit->scope : make_class_scope(sema, f->owner);
  Scope *scope = il_scope_new(sema, SCOPE_TYPE_PARAMS, outer);
  f->scope = scope;
  if (f->owner != NULL && (f->flags & FUNCTION_IS_STATIC)) {
    scope->is_static = true;
    scope->function_param_count = 0;
  }
  if (e->node == NULL || e->node->kind != TREE_FUNCTION) return scope;
  TypeParamElements made = {0};
  declare_params(sema, e->unit, ((TreeFunction *)e->node)->type_parameters,
                 true, scope->function_param_count, &made);
  scope->params = il_vec_to_arena(&made, sema->arena);
  scope->param_count = made.count;
  scope->function_param_count += made.count;
  il_vec_drop(&made);
  resolve_bounds(sema, scope);
  check_bound_cycles(sema, scope);
  return scope;
}

void il_declare_bounds(Sema *sema, Element *e) {
  Scope *scope = il_declare_scope(sema, e);
  if (e->kind == ELEMENT_CLASS) scope = scope->parent;
  resolve_bounds(sema, scope);
  check_bound_cycles(sema, scope);
}

void il_declare_library(Sema *sema, Library *library) {
  for (uint32_t i = 0; i < library->units.count; i++) {
    Unit *unit = library->units.items[i];
    unit->scope = il_scope_new(sema, SCOPE_LIBRARY, NULL);
    unit->scope->library = library;
    unit->scope->unit = unit;
  }
  for (uint32_t i = 0; i < library->units.count; i++) {
    Unit *unit = library->units.items[i];
    TreeList list = unit->tree->declarations;
    for (uint32_t k = 0; k < list.count; k++) {
      declare_one(sema, unit, list.items[k]);
    }
  }
}
