// hierarchy.c: superclasses, mixin applications, interfaces, and lookups.
//
// In order: supertypes as written, the table of all superinterfaces, mixin
// applications with their constructors, the stage machine, lookups, lists.
#include "sema/hierarchy.h"

#include "sema/outline.h"

// How many superclasses a class may have.
#define HIERARCHY_DEPTH_LIMIT 1500

enum { SUPERS_BUSY = 0x1000, SUPERS_FAILED = 0x2000 };

static Sema *sema_of(const ClassElement *c) { return c->base.library->sema; }

// ------------------------------------------------------ supertypes, written

// The class of an interface type; NULL for all else.
static ClassElement *class_of_type(Sema *sema, TypeId type) {
  const Type *t = il_type_get(sema->types, type);
  if (t->kind != TYPE_INTERFACE) return NULL;
  return il_sema_class(sema, t->head);
}

static void report_supertype(Sema *sema, ClassElement *c, TreeNode *node,
                             const char *use) {
  Text text = TEXT("this type");
  if (node->kind == TREE_NAMED_TYPE) {
    text = il_name_text(sema->names, ((TreeNamedType *)node)->name.name);
  }
  il_sema_error(sema, c->base.unit, node, DIAG_INVALID_SUPERTYPE, text, use);
}

// A type after extends, with, implements or on; NONE after an error.
static TypeId resolve_supertype(Sema *sema, ClassElement *c, TreeNode *node,
                                const char *use) {
  if (node == NULL) return TYPE_ID_NONE;
  Scope *scope = il_declare_scope(sema, &c->base)->parent;
  uint32_t first_check = sema->bound_checks.count;
  TypeId type = il_declare_type(sema, scope, node);
  if (type == TYPE_ID_INVALID) return TYPE_ID_NONE;
  const Type *t = il_type_get(sema->types, type);
  ClassElement *super = class_of_type(sema, type);
  bool is_forbidden = super == NULL || t->nullable;
  uint16_t version = c->base.library->language_version;
  if (super != NULL && super->id == CLASS_FUNCTION && version != 0 &&
      version < IL_VERSION(3, 0)) {
    return TYPE_ID_NONE;  // could stand here then, and meant nothing
  }
  if (super != NULL && c->class_kind != CLASS_KIND_EXTENSION_TYPE &&
      super->class_kind == CLASS_KIND_EXTENSION_TYPE) {
    is_forbidden = true;
  }
  if (super != NULL && !c->base.library->is_core) {
    switch (super->id) {
      case CLASS_NULL:
      case CLASS_BOOL:
      case CLASS_NUM:
      case CLASS_INT:
      case CLASS_DOUBLE:
      case CLASS_STRING:
      case CLASS_RECORD:
      case CLASS_FUNCTION:
        // An extension type may implement all but these.
        is_forbidden |= c->class_kind != CLASS_KIND_EXTENSION_TYPE ||
                        super->id == CLASS_NULL ||
                        super->id == CLASS_FUNCTION ||
                        super->id == CLASS_RECORD;
        break;
      default: break;
    }
  }
  if (is_forbidden) {
    report_supertype(sema, c, node, use);
    return TYPE_ID_NONE;
  }
  // The arguments must keep their bounds, tops are no excuse here.
  for (uint32_t i = first_check; i < sema->bound_checks.count; i++) {
    BoundCheck *check = &sema->bound_checks.items[i];
    if (check->node == node && il_type_get(sema->types, check->type)->count) {
      check->allow_super_bounded = false;
    }
  }
  return type;
}

static void resolve_list(Sema *sema, ClassElement *c, TreeList list,
                         const char *use, TypeIds *out) {
  for (uint32_t i = 0; i < list.count; i++) {
    TypeId type = resolve_supertype(sema, c, list.items[i], use);
    if (type != TYPE_ID_NONE) il_vec_push(out, type);
  }
}

static TypeId object_type(Sema *sema) {
  return il_type_interface(sema->types, CLASS_OBJECT, NULL, 0);
}

static void resolve_written(Sema *sema, ClassElement *c) {
  TreeNode *node = c->base.node;
  switch (node->kind) {
    case TREE_CLASS: {
      TreeClass *tree = (TreeClass *)node;
      TreeNode *super =
          tree->superclass == NULL ? NULL : &tree->superclass->base;
      c->supertype = resolve_supertype(sema, c, super, "a superclass");
      resolve_list(sema, c, tree->mixins, "a mixin", &c->mixins);
      resolve_list(sema, c, tree->interfaces, "an interface", &c->interfaces);
      if (c->supertype == TYPE_ID_NONE && c->id != CLASS_OBJECT) {
        c->supertype = object_type(sema);
      }
      break;
    }
    case TREE_MIXIN: {
      TreeMixin *tree = (TreeMixin *)node;
      resolve_list(sema, c, tree->on_types, "a superclass constraint", &c->on);
      resolve_list(sema, c, tree->interfaces, "an interface", &c->interfaces);
      break;
    }
    case TREE_ENUM: {
      TreeEnum *tree = (TreeEnum *)node;
      resolve_list(sema, c, tree->mixins, "a mixin", &c->mixins);
      resolve_list(sema, c, tree->interfaces, "an interface", &c->interfaces);
      c->supertype = il_type_interface(sema->types, CLASS_ENUM_VALUE, NULL, 0);
      break;
    }
    case TREE_EXTENSION: {
      TreeExtension *tree = (TreeExtension *)node;
      Scope *scope = il_declare_scope(sema, &c->base)->parent;
      c->extended = il_declare_type(sema, scope, tree->on_type);
      break;
    }
    case TREE_EXTENSION_TYPE: {
      TreeExtensionType *tree = (TreeExtensionType *)node;
      c->extended = c->representation == NULL
                        ? TYPE_ID_INVALID
                        : il_field_type(c->representation);
      resolve_list(sema, c, tree->interfaces, "an interface", &c->interfaces);
      break;
    }
    default: break;
  }
}

// ------------------------------------------------------ all superinterfaces

typedef struct {
  ClassId id;
  TypeId type;
} Super;
typedef IL_VEC(Super) Supers;

static void add_super(Sema *sema, ClassElement *c, Supers *list, TypeId type) {
  ClassId id = il_type_get(sema->types, type)->head;
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->items[i].id != id) continue;
    TypeId other = list->items[i].type;
    if (other == type) return;
    // Types that differ in their top types alone are one.
    if (il_type_normalize(&sema->type_context, type) ==
        il_type_normalize(&sema->type_context, other)) {
      return;
    }
    bool is_application = c->class_kind == CLASS_KIND_MIXIN_APPLICATION;
    if (c->base.node != NULL && !is_application) {
      il_sema_error(sema, c->base.unit, c->base.node,
                    DIAG_CONFLICTING_SUPERTYPES,
                    il_sema_text(sema, c->base.name),
                    il_sema_type_text(sema, other),
                    il_sema_type_text(sema, type));
    }
    return;
  }
  il_vec_push(list, (Super){id, type});
}

// A supertype and all its own superinterfaces.
static void add_supers_of(Sema *sema, ClassElement *c, Supers *list,
                          TypeId type) {
  const Type *t = il_type_get(sema->types, type);
  if (t->kind != TYPE_INTERFACE) return;
  add_super(sema, c, list, type);
  const TypeClass *record = il_class_get(sema->class_table, t->head);
  TypeParamId ids[16];
  TypeParamId *params = t->count <= 16 ? ids
                                       : IL_NEW_ARRAY(sema->arena, TypeParamId,
                                                      t->count);
  for (uint32_t i = 0; i < t->count; i++) params[i] = record->first_param + i;
  for (uint32_t i = 0; i < record->super_count; i++) {
    TypeId super = record->super_types[i];
    if (t->count > 0) {
      super = il_type_substitute(sema->types, super, params, t->items,
                                 t->count);
    }
    add_super(sema, c, list, super);
  }
}

static void write_supers(Sema *sema, ClassElement *c, Supers *list) {
  for (uint32_t i = 1; i < list->count; i++) {
    Super item = list->items[i];
    uint32_t k = i;
    while (k > 0 && list->items[k - 1].id > item.id) {
      list->items[k] = list->items[k - 1];
      k--;
    }
    list->items[k] = item;
  }
  ClassId *ids = IL_NEW_ARRAY(sema->arena, ClassId, list->count);
  TypeId *types = IL_NEW_ARRAY(sema->arena, TypeId, list->count);
  for (uint32_t i = 0; i < list->count; i++) {
    ids[i] = list->items[i].id;
    types[i] = list->items[i].type;
  }
  TypeClass *record = il_class_edit(sema->class_table, c->id);
  il_class_set_supers(sema->class_table, c->id, ids, types, list->count);
  if (c->class_kind == CLASS_KIND_EXTENSION_TYPE) {
    record->representation = c->extended;
  }
}

static void note_subclass(Sema *sema, ClassElement *c, TypeId type) {
  ClassElement *super = class_of_type(sema, type);
  if (super == NULL || !(super->flags & ELEMENT_IS_SEALED)) return;
  for (uint32_t i = 0; i < super->direct_subclasses.count; i++) {
    if (super->direct_subclasses.items[i] == c) return;
  }
  il_vec_push(&super->direct_subclasses, c);
}

static void collect_supers(Sema *sema, ClassElement *c) {
  Supers list = {0};
  bool is_type = c->class_kind == CLASS_KIND_EXTENSION_TYPE;
  if (c->supertype != TYPE_ID_NONE) {
    add_supers_of(sema, c, &list, c->supertype);
    note_subclass(sema, c, c->supertype);
  }
  TypeIds *lists[] = {&c->mixins, &c->interfaces, &c->on};
  for (uint32_t k = 0; k < IL_COUNT_OF(lists); k++) {
    for (uint32_t i = 0; i < lists[k]->count; i++) {
      add_supers_of(sema, c, &list, lists[k]->items[i]);
      note_subclass(sema, c, lists[k]->items[i]);
    }
  }
  if (c->class_kind == CLASS_KIND_MIXIN && c->on.count == 0) {
    add_supers_of(sema, c, &list, object_type(sema));
  }
  if (!is_type || c->interfaces.count > 0) {
    if (c->id != CLASS_OBJECT) add_super(sema, c, &list, object_type(sema));
  }
  write_supers(sema, c, &list);
  il_vec_drop(&list);
}

// ------------------------------------------------------- mixin applications

static bool has_instance_fields(const ClassElement *c) {
  for (uint32_t i = 0; i < c->fields.count; i++) {
    const FieldElement *f = c->fields.items[i];
    if (!(f->flags & (FIELD_IS_STATIC | FIELD_IS_ABSTRACT |
                      FIELD_IS_EXTERNAL))) {
      return true;
    }
  }
  return false;
}

static bool is_accessible(Sema *sema, const ClassElement *from,
                          const FunctionElement *f) {
  return !il_name_is_private(sema->names, f->base.name) ||
         f->base.library == from->base.library;
}

// Constructors that hand all their arguments to those of the superclass.
static void add_forwarders(Sema *sema, ClassElement *c, bool may_be_const) {
  if (c->superclass == NULL) return;
  il_class_require(c->superclass, STAGE_MEMBERS);
  Functions *from = &c->superclass->constructors;
  for (uint32_t i = 0; i < from->count; i++) {
    FunctionElement *target = from->items[i];
    if (target->function_kind != FUNCTION_CONSTRUCTOR) continue;
    if (!is_accessible(sema, c, target)) continue;
    FunctionElement *f = IL_NEW(sema->arena, FunctionElement);
    f->base = c->base;
    f->base.kind = ELEMENT_FUNCTION;
    f->base.name = target->base.name;
    f->base.node = NULL;
    f->function_kind = FUNCTION_CONSTRUCTOR;
    f->flags = FUNCTION_IS_SYNTHETIC;
    if (may_be_const) f->flags |= target->flags & FUNCTION_IS_CONST;
    f->owner = c;
    f->forward = target;
    il_vec_push(&c->constructors, f);
    il_vec_push(&sema->functions, f);
  }
}

static ClassElement *apply_mixin(Sema *sema, ClassElement *c,
                                 ClassElement *super, TypeId mixin_type) {
  ClassElement *mixin = class_of_type(sema, mixin_type);
  il_class_require(mixin, STAGE_MEMBERS);
  Text name = il_arena_format(
      sema->arena, "%.*s&%.*s", TEXT_ARG(il_sema_text(sema, super->base.name)),
      TEXT_ARG(il_sema_text(sema, mixin->base.name)));
  ClassElement *a =
      il_declare_new_class(sema, CLASS_KIND_MIXIN_APPLICATION,
                           il_name_intern(sema->names, name), c->base.unit,
                           NULL);
  a->flags = ELEMENT_IS_ABSTRACT;
  a->asker = c;
  a->supertype = c->supertype;
  a->superclass = super;
  a->depth = (uint16_t)(super->depth + 1);
  a->mixin = mixin;
  a->mixin_type = mixin_type;
  a->stage = STAGE_MEMBERS;
  il_class_edit(sema->class_table, a->id)->flags = CLASS_IS_ABSTRACT;
  Supers list = {0};
  add_supers_of(sema, a, &list, c->supertype);
  for (ClassElement *k = a; k->class_kind == CLASS_KIND_MIXIN_APPLICATION;
       k = k->superclass) {
    add_supers_of(sema, a, &list, k->mixin_type);
    if (k->superclass->asker != c) break;
  }
  write_supers(sema, a, &list);
  il_vec_drop(&list);
  add_forwarders(sema, a, !has_instance_fields(mixin));
  return a;
}

static void chain_superclass(Sema *sema, ClassElement *c) {
  if (c->supertype == TYPE_ID_NONE) return;
  ClassElement *super = class_of_type(sema, c->supertype);
  for (uint32_t i = 0; i < c->mixins.count; i++) {
    super = apply_mixin(sema, c, super, c->mixins.items[i]);
  }
  c->superclass = super;
  c->depth = (uint16_t)(super->depth + 1);
  if (c->base.node->kind == TREE_CLASS &&
      ((TreeClass *)c->base.node)->is_alias) {
    add_forwarders(sema, c, true);
  }
}

// ------------------------------------------------------------------- stages

static bool require_supers_of(Sema *sema, ClassElement *c) {
  TypeIds direct = {0};
  il_hierarchy_direct_supers(c, &direct);
  bool is_cyclic = false;
  for (uint32_t i = 0; i < direct.count; i++) {
    ClassElement *super = class_of_type(sema, direct.items[i]);
    if (super == NULL) continue;
    if (super->stage == STAGE_NAMED && (super->state & SUPERS_BUSY)) {
      is_cyclic = true;
      continue;
    }
    il_class_require(super, STAGE_SUPERS);
    if (super->state & SUPERS_FAILED) is_cyclic = true;
  }
  il_vec_drop(&direct);
  return !is_cyclic;
}

// Breaks a cycle: the class is left with Object alone.
static void cut_supers(Sema *sema, ClassElement *c, DiagnosticCode code) {
  if (!(c->state & SUPERS_FAILED)) {
    il_sema_error(sema, c->base.unit, c->base.node, code,
                  il_sema_text(sema, c->base.name));
  }
  c->state |= SUPERS_FAILED;
  il_vec_clear(&c->mixins);
  il_vec_clear(&c->interfaces);
  il_vec_clear(&c->on);
  bool has_super = c->class_kind == CLASS_KIND_CLASS ||
                   c->class_kind == CLASS_KIND_ENUM;
  if (has_super && c->id != CLASS_OBJECT) c->supertype = object_type(sema);
  if (has_super) il_class_require(il_sema_class(sema, CLASS_OBJECT),
                                  STAGE_SUPERS);
}

static void resolve_supers(Sema *sema, ClassElement *c) {
  c->state |= SUPERS_BUSY;
  resolve_written(sema, c);
  bool is_deep = sema->hierarchy_depth >= HIERARCHY_DEPTH_LIMIT;
  sema->hierarchy_depth++;
  if (is_deep) {
    cut_supers(sema, c, DIAG_NESTED_TOO_DEEPLY);
  } else if (!require_supers_of(sema, c)) {
    cut_supers(sema, c, DIAG_CYCLIC_HIERARCHY);
  }
  sema->hierarchy_depth--;
  if (c->stage != STAGE_NAMED) return;
  chain_superclass(sema, c);
  if (c->depth > HIERARCHY_DEPTH_LIMIT) {
    cut_supers(sema, c, DIAG_NESTED_TOO_DEEPLY);
  }
  if (c->class_kind != CLASS_KIND_EXTENSION) collect_supers(sema, c);
  c->stage = STAGE_MEMBERS;
  c->state &= ~(uint32_t)SUPERS_BUSY;
}

void il_class_require(ClassElement *c, ClassStage stage) {
  if (c->stage >= stage) return;
  if (c->outline != 0) {
    il_outline_members(c);
    c->stage = STAGE_MEMBERS;
    return;
  }
  if (c->base.node == NULL || (c->state & SUPERS_BUSY)) return;
  resolve_supers(sema_of(c), c);
}

// ------------------------------------------------------------------ lookups

static uint64_t member_key(Name name, bool setter) {
  return (uint64_t)name * 2 + (setter ? 1 : 0);
}

FunctionElement *il_class_find_declared(ClassElement *c, Name name,
                                        bool setter) {
  if (c->outline != 0) il_class_require(c, STAGE_MEMBERS);
  return il_map_find_pointer(&c->instance_members, member_key(name, setter));
}

Element *il_class_find_static(ClassElement *c, Name name, bool setter) {
  if (c->outline != 0) il_class_require(c, STAGE_MEMBERS);
  return il_map_find_pointer(&c->static_members, member_key(name, setter));
}

FunctionElement *il_class_find_constructor(ClassElement *c, Name name) {
  il_class_require(c, STAGE_MEMBERS);
  for (uint32_t i = 0; i < c->constructors.count; i++) {
    if (c->constructors.items[i]->base.name == name) {
      return c->constructors.items[i];
    }
  }
  return NULL;
}

bool il_hierarchy_is_concrete(const FunctionElement *f) {
  return !(f->flags & FUNCTION_IS_ABSTRACT);
}

FunctionElement *il_class_find_concrete(ClassElement *c, Name name,
                                        bool setter) {
  for (ClassElement *k = c; k != NULL; k = k->superclass) {
    il_class_require(k, STAGE_MEMBERS);
    ClassElement *from =
        k->class_kind == CLASS_KIND_MIXIN_APPLICATION ? k->mixin : k;
    FunctionElement *f = il_class_find_declared(from, name, setter);
    // A mixin's forwarders to noSuchMethod are not mixed in.
    bool is_own = from == k || (f != NULL &&
                                !(f->flags & FUNCTION_IS_NO_SUCH_METHOD));
    if (f != NULL && is_own && il_hierarchy_is_concrete(f)) return f;
    if (from != k) {
      // A forwarder to noSuchMethod made for the application.
      f = il_map_find_pointer(&k->instance_members, member_key(name, setter));
      if (f != NULL) return f;
    }
  }
  return NULL;
}

// The type that a class's members are seen from.
static TypeId self_type(ClassElement *c) {
  Sema *sema = sema_of(c);
  ClassElement *k =
      c->class_kind == CLASS_KIND_MIXIN_APPLICATION ? c->asker : c;
  return il_class_get(sema->class_table, k->id)->this_type;
}

// The one whose type is a subtype of all others', the first when none is.
FunctionElement *il_hierarchy_choose(ClassElement *c, const Functions *list,
                                     bool *agree) {
  if (agree != NULL) *agree = true;
  if (list->count == 0) return NULL;
  if (list->count == 1) return list->items[0];
  Sema *sema = sema_of(c);
  TypeId self = self_type(c);
  for (uint32_t i = 0; i < list->count; i++) {
    bool is_least = true;
    TypeId type = il_member_type(list->items[i], self);
    for (uint32_t k = 0; k < list->count && is_least; k++) {
      TypeId other = il_member_type(list->items[k], self);
      is_least = il_type_is_subtype(&sema->type_context, type, other) &&
                 list->items[i]->function_kind ==
                     list->items[k]->function_kind;
    }
    if (is_least) return list->items[i];
  }
  if (agree != NULL) *agree = false;
  return list->items[0];
}

static void add_candidate(Functions *list, FunctionElement *f) {
  if (f == NULL) return;
  for (uint32_t i = 0; i < list->count; i++) {
    if (list->items[i] == f) return;
  }
  il_vec_push(list, f);
}

static void add_candidates_of(Sema *sema, const TypeIds *types, Name name,
                              bool setter, Functions *out) {
  for (uint32_t i = 0; i < types->count; i++) {
    ClassElement *super = class_of_type(sema, types->items[i]);
    if (super != NULL) {
      add_candidate(out, il_class_find_member(super, name, setter));
    }
  }
}

// A method of an extension type hides an inherited setter of that name, and a
// setter an inherited method.
static void leave_out_precluded(ClassElement *c, Name name, bool setter,
                                Functions *list) {
  const FunctionElement *own = il_class_find_declared(c, name, !setter);
  if (own == NULL || (own->flags & FUNCTION_IS_STATIC &&
                      !(own->flags & FUNCTION_IS_EXTENSION))) {
    return;
  }
  uint32_t kept = 0;
  for (uint32_t i = 0; i < list->count; i++) {
    const FunctionElement *method = setter ? own : list->items[i];
    if (method->function_kind == FUNCTION_PLAIN) continue;
    list->items[kept++] = list->items[i];
  }
  list->count = kept;
}

void il_hierarchy_candidates(ClassElement *c, Name name, bool setter,
                             Functions *out) {
  Sema *sema = sema_of(c);
  if (c->superclass != NULL) {
    add_candidate(out, il_class_find_member(c->superclass, name, setter));
  }
  if (c->class_kind == CLASS_KIND_MIXIN_APPLICATION) {
    add_candidate(out, il_class_find_member(c->mixin, name, setter));
    return;
  }
  add_candidates_of(sema, &c->on, name, setter, out);
  if (c->class_kind == CLASS_KIND_EXTENSION_TYPE) {
    // Extension type members hide those of classes.
    add_candidates_of(sema, &c->interfaces, name, setter, out);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < out->count; i++) {
      if (out->items[i]->flags & FUNCTION_IS_EXTENSION) {
        out->items[kept++] = out->items[i];
      }
    }
    if (kept > 0) out->count = kept;
    leave_out_precluded(c, name, setter, out);
  } else {
    add_candidates_of(sema, &c->interfaces, name, setter, out);
  }
  if (out->count == 0 && c->superclass == NULL && c->id != CLASS_OBJECT) {
    ClassElement *object = il_sema_class(sema, CLASS_OBJECT);
    add_candidate(out, il_class_find_declared(object, name, setter));
  }
}

FunctionElement *il_class_find_member(ClassElement *c, Name name,
                                      bool setter) {
  il_class_require(c, STAGE_MEMBERS);
  ClassElement *from =
      c->class_kind == CLASS_KIND_MIXIN_APPLICATION ? c->mixin : c;
  FunctionElement *f = il_class_find_declared(from, name, setter);
  if (f != NULL) return f;
  uint64_t key = member_key(name, setter);
  uint64_t cached;
  if (il_map_find(&c->interface_cache, key, &cached)) {
    return (FunctionElement *)(uintptr_t)cached;
  }
  Functions list = {0};
  il_hierarchy_candidates(c, name, setter, &list);
  f = il_hierarchy_choose(c, &list, NULL);
  il_vec_drop(&list);
  // While a hierarchy is being put together the answer may still change.
  if (c->stage == STAGE_MEMBERS) {
    il_map_put(&c->interface_cache, key, il_map_key(f));
  }
  return f;
}

// -------------------------------------------------------------------- lists

void il_hierarchy_direct_supers(ClassElement *c, TypeIds *out) {
  Sema *sema = sema_of(c);
  if (c->supertype != TYPE_ID_NONE) il_vec_push(out, c->supertype);
  il_vec_append(out, c->mixins.items, c->mixins.count);
  il_vec_append(out, c->on.items, c->on.count);
  il_vec_append(out, c->interfaces.items, c->interfaces.count);
  if (out->count == 0 && c->id != CLASS_OBJECT &&
      c->class_kind == CLASS_KIND_MIXIN) {
    il_vec_push(out, object_type(sema));
  }
}

static void add_keys(const ClassElement *c, Map *seen, MemberKeys *out) {
  uint32_t cursor = 0;
  uint64_t key, value;
  while (il_map_next(&c->instance_members, &cursor, &key, &value)) {
    bool is_new;
    il_map_at(seen, key, &is_new);
    if (is_new) il_vec_push(out, key);
  }
}

void il_hierarchy_all_members(ClassElement *c, MemberKeys *out) {
  Sema *sema = sema_of(c);
  Map seen = {0};
  il_class_require(c, STAGE_MEMBERS);
  add_keys(c, &seen, out);
  const TypeClass *record = il_class_get(sema->class_table, c->id);
  for (uint32_t i = 0; i < record->super_count; i++) {
    ClassElement *super = il_sema_class(sema, record->super_ids[i]);
    il_class_require(super, STAGE_MEMBERS);
    add_keys(super, &seen, out);
  }
  il_map_drop(&seen);
}
