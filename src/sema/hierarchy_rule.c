// hierarchy_rule.c: what a declaration may extend, implement and mix in.
//
// In order: names of nodes, class modifiers, mixins, duplicates, variance,
// enums, extensions and extension types. Entry: il_hierarchy_check_rules.
#include "sema/hierarchy.h"

static Text name_text(Sema *sema, const ClassElement *c) {
  return il_sema_text(sema, c->base.name);
}

static void report(Sema *sema, const ClassElement *c, TreeNode *node,
                   DiagnosticCode code, const char *message) {
  il_sema_error(sema, c->base.unit, node == NULL ? c->base.node : node, code,
                message);
}

static ClassElement *class_of(Sema *sema, TypeId type) {
  const Type *t = il_type_get(sema->types, type);
  return t->kind == TYPE_INTERFACE ? il_sema_class(sema, t->head) : NULL;
}

// The nodes of the clauses of a declaration.
typedef struct {
  TreeNode *superclass;
  TreeList mixins, interfaces, on;
} Clauses;

static Clauses clauses_of(const TreeNode *node) {
  Clauses k = {0};
  switch (node->kind) {
    case TREE_CLASS: {
      const TreeClass *tree = (const TreeClass *)node;
      if (tree->superclass != NULL) k.superclass = &tree->superclass->base;
      k.mixins = tree->mixins;
      k.interfaces = tree->interfaces;
      break;
    }
    case TREE_MIXIN:
      k.on = ((const TreeMixin *)node)->on_types;
      k.interfaces = ((const TreeMixin *)node)->interfaces;
      break;
    case TREE_ENUM:
      k.mixins = ((const TreeEnum *)node)->mixins;
      k.interfaces = ((const TreeEnum *)node)->interfaces;
      break;
    case TREE_EXTENSION_TYPE:
      k.interfaces = ((const TreeExtensionType *)node)->interfaces;
      break;
    default: break;
  }
  return k;
}

// ---------------------------------------------------------- class modifiers

typedef enum { USE_EXTENDS, USE_IMPLEMENTS, USE_WITH, USE_ON } Use;

// Libraries before 3.0 may do with platform classes what they always could.
static bool is_exempt(const ClassElement *c, const ClassElement *super) {
  return super->base.library->is_core &&
         c->base.library->language_version < IL_VERSION(3, 0) &&
         c->base.library->language_version != 0;
}

static void modifier_error(Sema *sema, ClassElement *c, TreeNode *node,
                           const char *what, const ClassElement *super) {
  il_sema_error(sema, c->base.unit, node == NULL ? c->base.node : node,
                DIAG_CLASS_MODIFIER, what, name_text(sema, super));
}

// Is the class, or anything above it, base or final in another library?
static bool has_foreign_base(Sema *sema, const ClassElement *c,
                             const ClassElement *super) {
  if ((super->flags & (ELEMENT_IS_BASE | ELEMENT_IS_FINAL)) &&
      super->base.library != c->base.library && !is_exempt(c, super)) {
    return true;
  }
  const TypeClass *record = il_class_get(sema->class_table, super->id);
  for (uint32_t i = 0; i < record->super_count; i++) {
    ClassElement *k = il_sema_class(sema, record->super_ids[i]);
    if (k == NULL || is_exempt(c, k)) continue;
    if ((k->flags & (ELEMENT_IS_BASE | ELEMENT_IS_FINAL)) &&
        k->base.library != c->base.library) {
      return true;
    }
  }
  return false;
}

// Must what stands below this be base, final or sealed?
static bool demands_base(Sema *sema, const ClassElement *super) {
  if (super->class_kind == CLASS_KIND_ENUM) return false;
  if (super->flags & (ELEMENT_IS_BASE | ELEMENT_IS_FINAL)) return true;
  // A class of before 3.0 hands on what it ignores itself.
  uint16_t version = super->base.library->language_version;
  bool is_old = version != 0 && version < IL_VERSION(3, 0);
  if (!is_old && !(super->flags & ELEMENT_IS_SEALED)) return false;
  const TypeClass *record = il_class_get(sema->class_table, super->id);
  for (uint32_t i = 0; i < record->super_count; i++) {
    ClassElement *k = il_sema_class(sema, record->super_ids[i]);
    if (k != NULL && (k->flags & (ELEMENT_IS_BASE | ELEMENT_IS_FINAL))) {
      return true;
    }
  }
  return false;
}

static void check_use(Sema *sema, ClassElement *c, TreeNode *node,
                      TypeId type, Use use) {
  ClassElement *super = class_of(sema, type);
  if (super == NULL) return;
  if (super->class_kind == CLASS_KIND_EXTENSION_TYPE) return;
  bool is_same = super->base.library == c->base.library;
  uint32_t flags = super->flags;
  if (super->class_kind == CLASS_KIND_ENUM &&
      c->class_kind != CLASS_KIND_EXTENSION_TYPE) {
    modifier_error(sema, c, node, "An enum cannot be a supertype:", super);
    return;
  }
  if (use == USE_EXTENDS && super->class_kind == CLASS_KIND_MIXIN) {
    modifier_error(sema, c, node, "A class cannot extend the mixin", super);
    return;
  }
  if (c->class_kind == CLASS_KIND_EXTENSION_TYPE) return;
  if (super->id == CLASS_ENUM_VALUE || is_exempt(c, super)) return;
  if (!is_same && (flags & ELEMENT_IS_SEALED)) {
    modifier_error(sema, c, node,
                   "Outside its library nothing can be a direct subtype of "
                   "the sealed class",
                   super);
    return;
  }
  if (!is_same && (flags & ELEMENT_IS_FINAL) &&
      !(flags & ELEMENT_IS_SEALED)) {
    modifier_error(sema, c, node,
                   "Outside its library nothing can be a subtype of the final "
                   "class",
                   super);
    return;
  }
  if (!is_same && use == USE_EXTENDS && (flags & ELEMENT_IS_INTERFACE)) {
    modifier_error(sema, c, node,
                   "Outside its library nothing can extend the interface "
                   "class",
                   super);
    return;
  }
  if (use == USE_IMPLEMENTS && has_foreign_base(sema, c, super)) {
    modifier_error(sema, c, node,
                   "Outside its library nothing can implement the base class",
                   super);
    return;
  }
  if (c->class_kind == CLASS_KIND_ENUM) return;
  uint32_t closed = ELEMENT_IS_BASE | ELEMENT_IS_FINAL | ELEMENT_IS_SEALED;
  if (demands_base(sema, super) && !(c->flags & closed)) {
    modifier_error(sema, c, c->base.node,
                   "A subtype must be base, final or sealed, like", super);
  }
}

static void check_uses(Sema *sema, ClassElement *c) {
  Clauses k = clauses_of(c->base.node);
  if (k.superclass != NULL && c->supertype != TYPE_ID_NONE) {
    check_use(sema, c, k.superclass, c->supertype, USE_EXTENDS);
  }
  // Lists line up with their clauses unless something was wrong in them.
  for (uint32_t i = 0; i < c->mixins.count; i++) {
    TreeNode *node = i < k.mixins.count ? k.mixins.items[i] : NULL;
    check_use(sema, c, node, c->mixins.items[i], USE_WITH);
  }
  for (uint32_t i = 0; i < c->interfaces.count; i++) {
    TreeNode *node = i < k.interfaces.count ? k.interfaces.items[i] : NULL;
    check_use(sema, c, node, c->interfaces.items[i], USE_IMPLEMENTS);
  }
  for (uint32_t i = 0; i < c->on.count; i++) {
    TreeNode *node = i < k.on.count ? k.on.items[i] : NULL;
    check_use(sema, c, node, c->on.items[i], USE_ON);
  }
}

// ------------------------------------------------------------------- mixins

static bool is_trivial_constructor(const FunctionElement *f) {
  if (f->flags & FUNCTION_IS_SYNTHETIC) return true;
  if (f->function_kind == FUNCTION_FACTORY) return true;
  if (f->base.node == NULL) return true;
  if (f->base.node->kind == TREE_PRIMARY_CONSTRUCTOR) {
    const TreePrimaryConstructor *p =
        (const TreePrimaryConstructor *)f->base.node;
    return p->parameters == NULL || p->parameters->items.count == 0;
  }
  const TreeConstructor *node = (const TreeConstructor *)f->base.node;
  return node->initializers.count == 0 && node->body == NULL &&
         (node->parameters == NULL || node->parameters->items.count == 0) &&
         !(f->flags & (FUNCTION_IS_REDIRECTING | FUNCTION_IS_EXTERNAL));
}

static void check_mixin_class(Sema *sema, ClassElement *c) {
  if (c->class_kind != CLASS_KIND_CLASS || !(c->flags & ELEMENT_IS_MIXIN)) {
    return;
  }
  Clauses k = clauses_of(c->base.node);
  ClassElement *super = class_of(sema, c->supertype);
  bool is_alias = ((const TreeClass *)c->base.node)->is_alias;
  uint32_t allowed = is_alias ? 1 : 0;
  if (is_alias && k.mixins.count == 1) {
    // Of `mixin class A = Object with M` the constructors are forwarders.
    if (super != NULL && super->id == CLASS_OBJECT) return;
  }
  if (k.mixins.count > allowed || (super != NULL && super->id != CLASS_OBJECT)) {
    report(sema, c, NULL, DIAG_INVALID_MIXIN,
           "A mixin class has no superclass but Object and no mixins.");
  }
  for (uint32_t i = 0; i < c->constructors.count; i++) {
    FunctionElement *f = c->constructors.items[i];
    if (is_trivial_constructor(f)) continue;
    report(sema, c, f->base.node, DIAG_INVALID_MIXIN,
           "The constructors of a mixin class have no parameters, "
           "initializers or body.");
  }
}

static bool may_be_mixed_in(const ClassElement *c, const ClassElement *mixin) {
  if (mixin->class_kind == CLASS_KIND_MIXIN) return true;
  if (mixin->class_kind != CLASS_KIND_CLASS) return false;
  if (mixin->flags & ELEMENT_IS_MIXIN) return true;
  uint16_t version = mixin->base.library->language_version;
  bool is_old = version != 0 && version < IL_VERSION(3, 0);
  bool is_old_use = mixin->base.library->is_core &&
                    c->base.library->language_version < IL_VERSION(3, 0);
  if (!is_old && !is_old_use) return false;
  if (mixin->superclass == NULL || mixin->superclass->id != CLASS_OBJECT) {
    return false;
  }
  for (uint32_t i = 0; i < mixin->constructors.count; i++) {
    const FunctionElement *f = mixin->constructors.items[i];
    if (f->function_kind == FUNCTION_CONSTRUCTOR &&
        !(f->flags & FUNCTION_IS_SYNTHETIC)) {
      return false;
    }
  }
  return true;
}

// Checks that the superclass of an application is all the mixin asks for.
static void check_application(Sema *sema, ClassElement *c, ClassElement *a,
                              TreeNode *node) {
  ClassElement *mixin = a->mixin;
  if (!may_be_mixed_in(c, mixin)) {
    il_sema_error(sema, c->base.unit, node, DIAG_INVALID_SUPERTYPE,
                  name_text(sema, mixin), "a mixin");
    return;
  }
  ClassElement *below = a->superclass;
  for (uint32_t i = 0; i < mixin->on.count; i++) {
    TypeId wanted =
        il_member_substitute(mixin, mixin->on.items[i], a->mixin_type);
    ClassElement *want = class_of(sema, wanted);
    bool fits = false;
    if (below->class_kind == CLASS_KIND_MIXIN_APPLICATION &&
        below->asker == c) {
      const TypeClass *record = il_class_get(sema->class_table, below->id);
      for (uint32_t k = 0; k < record->super_count && !fits; k++) {
        fits = il_type_is_subtype(&sema->type_context, record->super_types[k],
                                  wanted);
      }
    } else {
      fits = il_type_is_subtype(&sema->type_context, c->supertype, wanted);
    }
    if (fits || want == NULL) continue;
    il_sema_error(sema, c->base.unit, node, DIAG_MIXIN_SUPERCLASS,
                  il_sema_type_text(sema, c->supertype),
                  il_sema_type_text(sema, wanted), name_text(sema, mixin));
  }
}

static void check_applications(Sema *sema, ClassElement *c) {
  Clauses k = clauses_of(c->base.node);
  ClassElement *a = c->superclass;
  uint32_t i = c->mixins.count;
  while (a != NULL && a->class_kind == CLASS_KIND_MIXIN_APPLICATION &&
         a->asker == c && i > 0) {
    i--;
    TreeNode *node = i < k.mixins.count ? k.mixins.items[i] : c->base.node;
    check_application(sema, c, a, node);
    a = a->superclass;
  }
}

// --------------------------------------------------------------- duplicates

static void check_duplicates(Sema *sema, ClassElement *c) {
  Clauses k = clauses_of(c->base.node);
  const TypeIds *lists[] = {&c->interfaces, &c->on};
  TreeList nodes[] = {k.interfaces, k.on};
  for (uint32_t l = 0; l < 2; l++) {
    for (uint32_t i = 0; i < lists[l]->count; i++) {
      ClassElement *super = class_of(sema, lists[l]->items[i]);
      TreeNode *node =
          i < nodes[l].count ? nodes[l].items[i] : c->base.node;
      bool is_twice = l == 0 && k.superclass != NULL &&
                      super == class_of(sema, c->supertype);
      for (uint32_t j = 0; j < i; j++) {
        if (class_of(sema, lists[l]->items[j]) == super) is_twice = true;
      }
      if (!is_twice) continue;
      il_sema_error(sema, c->base.unit, node, DIAG_DUPLICATE_SUPERTYPE,
                    name_text(sema, super));
    }
  }
}

// ----------------------------------------------------------------- variance

// Does the parameter occur in the type other than covariantly?
static bool occurs_badly(Sema *sema, TypeId id, TypeParamId param,
                         bool is_contra) {
  const Type *t = il_type_get(sema->types, id);
  if (t->kind == TYPE_PARAM) return t->head == param && is_contra;
  if (t->kind != TYPE_FUNCTION) {
    for (uint32_t i = 0; i < t->count; i++) {
      if (occurs_badly(sema, t->items[i], param, is_contra)) return true;
    }
    return false;
  }
  const TypeShape *shape = il_type_shape_get(sema->types, t);
  for (uint32_t i = 0; i < t->count; i++) {
    bool is_bound = i >= 1 && i < 1 + shape->type_param_count;
    bool is_result = i == 0;
    if (is_bound) {
      // Invariant: any occurrence is bad.
      if (occurs_badly(sema, t->items[i], param, true) ||
          occurs_badly(sema, t->items[i], param, false)) {
        return true;
      }
      continue;
    }
    if (occurs_badly(sema, t->items[i], param,
                     is_result ? is_contra : !is_contra)) {
      return true;
    }
  }
  return false;
}

static void check_variance(Sema *sema, ClassElement *c) {
  if (c->type_params.count == 0) return;
  TypeIds supers = {0};
  il_hierarchy_direct_supers(c, &supers);
  for (uint32_t i = 0; i < supers.count; i++) {
    for (uint32_t k = 0; k < c->type_params.count; k++) {
      TypeParamElement *p = c->type_params.items[k];
      if (!occurs_badly(sema, supers.items[i], p->id, false)) continue;
      il_sema_error(sema, c->base.unit, c->base.node, DIAG_VARIANCE,
                    il_sema_text(sema, p->base.name));
    }
  }
  il_vec_drop(&supers);
}

// -------------------------------------------------------------------- enums

// The raw type of a generic enum, which its values may have, must be fine.
static void check_enum_bounds(Sema *sema, ClassElement *c) {
  if (c->type_params.count == 0) return;
  BoundCheck check = {.unit = c->base.unit, .node = c->base.node,
                      .type = il_declare_raw_type(sema, &c->base),
                      .allow_super_bounded = true};
  il_vec_push(&sema->bound_checks, check);
}

static bool is_enum_name(Name name) {
  return name == NAME_index || name == NAME_hashCode || name == NAME_op_eq;
}

static void check_enum_values(Sema *sema, ClassElement *c) {
  for (uint32_t i = 0; i < c->enum_value_count; i++) {
    const TreeEnumValue *v =
        (const TreeEnumValue *)c->enum_values[i]->base.node;
    if (v->type_arguments.count > 0 && v->arguments == NULL) {
      report(sema, c, c->enum_values[i]->base.node, DIAG_ENUM_RULE,
             "Type arguments of an enum value need an argument list.");
    }
  }
}

static bool has_instance_field(const ClassElement *mixin) {
  for (uint32_t i = 0; i < mixin->fields.count; i++) {
    uint32_t flags = mixin->fields.items[i]->flags;
    if (!(flags & (FIELD_IS_STATIC | FIELD_IS_ABSTRACT | FIELD_IS_EXTERNAL))) {
      return true;
    }
  }
  return false;
}

static void check_enum_mixins(Sema *sema, ClassElement *c) {
  for (ClassElement *a = c->superclass;
       a != NULL && a->class_kind == CLASS_KIND_MIXIN_APPLICATION;
       a = a->superclass) {
    if (!has_instance_field(a->mixin)) continue;
    report(sema, c, NULL, DIAG_ENUM_RULE,
           "A mixin of an enum cannot have instance fields.");
  }
  static const Name inherited[] = {NAME_index, NAME_hashCode, NAME_op_eq};
  for (size_t i = 0; i < IL_COUNT_OF(inherited); i++) {
    if (c->superclass == NULL) break;
    FunctionElement *f =
        il_class_find_concrete(c->superclass, inherited[i], false);
    if (f == NULL || f->owner->base.library->is_core) continue;
    report(sema, c, NULL, DIAG_ENUM_RULE,
           "A mixin of an enum cannot declare index, hashCode or ==.");
  }
}

// A member that every enum has already.
static void check_enum_member(Sema *sema, ClassElement *c, const Element *e,
                              bool is_static) {
  if (e->name == NAME_values || (!is_static && is_enum_name(e->name))) {
    report(sema, c, e->node, DIAG_ENUM_RULE,
           "An enum cannot declare this member.");
  }
}

static void check_enum_functions(Sema *sema, ClassElement *c) {
  for (uint32_t i = 0; i < c->functions.count; i++) {
    FunctionElement *f = c->functions.items[i];
    if (f->base.node == NULL || f->field != NULL) continue;
    if (f->function_kind == FUNCTION_SETTER) continue;
    check_enum_member(sema, c, &f->base, (f->flags & FUNCTION_IS_STATIC) != 0);
  }
}

static void check_enum_fields(Sema *sema, ClassElement *c) {
  for (uint32_t i = 0; i < c->fields.count; i++) {
    FieldElement *f = c->fields.items[i];
    if (f->base.node == NULL) continue;
    bool is_static = (f->flags & FIELD_IS_STATIC) != 0;
    check_enum_member(sema, c, &f->base, is_static);
    if (!is_static && !(f->flags & (FIELD_IS_FINAL | FIELD_IS_ABSTRACT |
                                    FIELD_IS_EXTERNAL))) {
      report(sema, c, f->base.node, DIAG_ENUM_RULE,
             "The instance fields of an enum must be final.");
    }
    if ((f->flags & FIELD_IS_ENUM_VALUE) && f->base.name == c->base.name) {
      report(sema, c, f->base.node, DIAG_ENUM_RULE,
             "A value cannot have the name of its enum.");
    }
  }
}

static void check_enum_constructors(Sema *sema, ClassElement *c) {
  for (uint32_t i = 0; i < c->constructors.count; i++) {
    FunctionElement *f = c->constructors.items[i];
    if (f->function_kind != FUNCTION_CONSTRUCTOR || f->base.node == NULL) {
      continue;
    }
    if (f->base.node->kind != TREE_CONSTRUCTOR) continue;
    const TreeConstructor *node = (const TreeConstructor *)f->base.node;
    for (uint32_t k = 0; k < node->initializers.count; k++) {
      if (node->initializers.items[k]->kind != TREE_SUPER_INITIALIZER) continue;
      report(sema, c, node->initializers.items[k], DIAG_ENUM_RULE,
             "A constructor of an enum cannot call the superclass's.");
    }
  }
}

static void check_enum(Sema *sema, ClassElement *c) {
  if (c->base.name == NAME_values) {
    report(sema, c, NULL, DIAG_ENUM_RULE, "An enum cannot be named 'values'.");
  }
  check_enum_bounds(sema, c);
  check_enum_values(sema, c);
  check_enum_mixins(sema, c);
  check_enum_functions(sema, c);
  check_enum_fields(sema, c);
  check_enum_constructors(sema, c);
}

// A class that implements Enum without being one.
static void check_enum_like(Sema *sema, ClassElement *c) {
  if (c->class_kind == CLASS_KIND_ENUM || c->base.library->is_core) return;
  TypeId this_type = il_class_get(sema->class_table, c->id)->this_type;
  if (il_class_as_instance_of(&sema->type_context, this_type, CLASS_ENUM) ==
      TYPE_ID_NONE) {
    return;
  }
  bool is_mixin = c->class_kind == CLASS_KIND_MIXIN;
  if (!(c->flags & ELEMENT_IS_ABSTRACT) && !is_mixin) {
    report(sema, c, NULL, DIAG_ENUM_RULE,
           "Only an enum or an abstract class can implement Enum.");
  }
  for (uint32_t i = 0; i < c->functions.count; i++) {
    FunctionElement *f = c->functions.items[i];
    if (f->flags & FUNCTION_IS_STATIC) continue;
    bool is_values = f->base.name == NAME_values;
    bool is_taken = is_enum_name(f->base.name) &&
                    f->function_kind != FUNCTION_SETTER &&
                    il_hierarchy_is_concrete(f);
    if (!is_values && !is_taken) continue;
    report(sema, c, f->base.node, DIAG_ENUM_RULE,
           "A subtype of Enum cannot declare this member.");
  }
}

// ------------------------------------------------ extensions, extension types

static bool is_object_member(Sema *sema, Name name) {
  ClassElement *object = il_sema_class(sema, CLASS_OBJECT);
  return il_class_find_declared(object, name, false) != NULL;
}

static void check_extension_members(Sema *sema, ClassElement *c) {
  bool is_type = c->class_kind == CLASS_KIND_EXTENSION_TYPE;
  DiagnosticCode code =
      is_type ? DIAG_EXTENSION_TYPE_RULE : DIAG_EXTENSION_RULE;
  for (uint32_t i = 0; i < c->functions.count; i++) {
    FunctionElement *f = c->functions.items[i];
    if (is_object_member(sema, f->base.name)) {
      report(sema, c, f->base.node, code,
             "A member cannot have the name of a member of Object here.");
    }
    if ((f->flags & FUNCTION_IS_ABSTRACT) && f->field == NULL) {
      report(sema, c, f->base.node, code, "This member must have a body.");
    }
    if (f->base.node == NULL || f->base.node->kind != TREE_FUNCTION) continue;
    const TreeParameters *p = ((TreeFunction *)f->base.node)->parameters;
    for (uint32_t k = 0; p != NULL && k < p->items.count; k++) {
      const TreeParameter *item = (const TreeParameter *)p->items.items[k];
      if (!(item->modifiers & TREE_MOD_COVARIANT)) continue;
      report(sema, c, p->items.items[k], code,
             "A parameter cannot be covariant here.");
    }
  }
  for (uint32_t i = 0; i < c->fields.count; i++) {
    FieldElement *f = c->fields.items[i];
    if (!(f->flags & FIELD_IS_STATIC)) continue;
    if (is_object_member(sema, f->base.name)) {
      report(sema, c, f->base.node, code,
             "A member cannot have the name of a member of Object here.");
    }
  }
}

// Does the representation lead back to this extension type?
static bool representation_reaches(Sema *sema, TypeId id, ClassId target,
                                   uint32_t depth) {
  if (depth > 60) return true;
  const Type *t = il_type_get(sema->types, id);
  if (t->kind == TYPE_INTERFACE) {
    if (t->head == target) return true;
    const TypeClass *record = il_class_get(sema->class_table, t->head);
    if ((record->flags & CLASS_IS_EXTENSION_TYPE) &&
        representation_reaches(sema, record->representation, target,
                               depth + 1)) {
      return true;
    }
  }
  for (uint32_t i = 0; i < t->count; i++) {
    if (representation_reaches(sema, t->items[i], target, depth + 1)) {
      return true;
    }
  }
  return false;
}

static void check_extension_type(Sema *sema, ClassElement *c) {
  if (c->representation != NULL && c->representation->base.node != NULL) {
    const TreeParameter *p =
        (const TreeParameter *)c->representation->base.node;
    if (p->kind != TREE_PARAMETER_REQUIRED &&
        c->base.library->language_version < IL_VERSION(3, 13)) {
      report(sema, c, c->representation->base.node, DIAG_EXTENSION_TYPE_RULE,
             "The representation parameter must be a required positional "
             "one.");
    }
  }
  if (c->extended == TYPE_ID_INVALID) return;
  if (il_type_is_subtype(&sema->type_context, c->extended, TYPE_ID_NEVER)) {
    report(sema, c, NULL, DIAG_EXTENSION_TYPE_RULE,
           "The representation type of an extension type cannot be Never.");
  }
  if (representation_reaches(sema, c->extended, c->id, 0)) {
    report(sema, c, NULL, DIAG_EXTENSION_TYPE_RULE,
           "The representation type of an extension type cannot depend on "
           "itself.");
    il_class_edit(sema->class_table, c->id)->representation =
        il_type_with_nullable(
            sema->types,
            il_type_interface(sema->types, CLASS_OBJECT, NULL, 0), true);
    return;
  }
  for (uint32_t k = 0; k < c->type_params.count; k++) {
    TypeParamElement *p = c->type_params.items[k];
    if (!occurs_badly(sema, c->extended, p->id, false)) continue;
    il_sema_error(sema, c->base.unit, c->base.node, DIAG_VARIANCE,
                  il_sema_text(sema, p->base.name));
  }
  for (uint32_t i = 0; i < c->interfaces.count; i++) {
    TypeId type = c->interfaces.items[i];
    ClassElement *super = class_of(sema, type);
    if (super == NULL) continue;
    TypeId target = type;
    if (super->class_kind == CLASS_KIND_EXTENSION_TYPE) {
      // Its representation type must be a supertype of ours.
      target = il_member_substitute(super, super->extended, type);
      if (il_type_is_subtype(&sema->type_context, c->extended, type)) continue;
    }
    if (il_type_is_subtype(&sema->type_context, c->extended, target)) continue;
    il_sema_error(sema, c->base.unit, c->base.node, DIAG_INVALID_SUPERTYPE,
                  il_sema_type_text(sema, type),
                  "a supertype: the representation type is no subtype");
  }
}

void il_hierarchy_check_rules(Sema *sema, ClassElement *c) {
  switch ((ClassKind)c->class_kind) {
    case CLASS_KIND_EXTENSION:
      check_extension_members(sema, c);
      return;
    case CLASS_KIND_EXTENSION_TYPE:
      check_uses(sema, c);
      check_duplicates(sema, c);
      check_variance(sema, c);
      check_extension_members(sema, c);
      check_extension_type(sema, c);
      return;
    case CLASS_KIND_MIXIN_APPLICATION: return;
    default: break;
  }
  check_uses(sema, c);
  check_duplicates(sema, c);
  check_mixin_class(sema, c);
  check_applications(sema, c);
  check_variance(sema, c);
  if (c->class_kind == CLASS_KIND_ENUM) check_enum(sema, c);
  check_enum_like(sema, c);
}
