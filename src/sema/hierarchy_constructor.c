// hierarchy_constructor.c: constructors and the fields that they must set.
//
// In order: fields and who sets them, const constructors, redirections. What a
// constructor's expressions mean is infer's; here only names are compared.
#include "sema/hierarchy.h"

static Text name_text(Sema *sema, Name name) {
  return il_sema_text(sema, name);
}

// The parameters and initialisers of a generative constructor's declaration.
static void read_constructor(const FunctionElement *f, TreeParameters **params,
                             TreeList *initializers) {
  *params = NULL;
  *initializers = (TreeList){0};
  const TreeNode *node = f->base.node;
  if (node == NULL) return;
  if (node->kind == TREE_CONSTRUCTOR) {
    *params = ((const TreeConstructor *)node)->parameters;
    *initializers = ((const TreeConstructor *)node)->initializers;
    return;
  }
  if (node->kind != TREE_PRIMARY_CONSTRUCTOR) return;
  *params = ((const TreePrimaryConstructor *)node)->parameters;
  const TreeNode *owner = f->owner->base.node;
  TreeList members = {0};
  if (owner->kind == TREE_CLASS) members = ((const TreeClass *)owner)->members;
  if (owner->kind == TREE_ENUM) members = ((const TreeEnum *)owner)->members;
  if (owner->kind == TREE_EXTENSION_TYPE) {
    members = ((const TreeExtensionType *)owner)->members;
  }
  for (uint32_t i = 0; i < members.count; i++) {
    if (members.items[i]->kind != TREE_PRIMARY_BODY) continue;
    *initializers = ((const TreePrimaryBody *)members.items[i])->initializers;
  }
}

static bool is_slot(const FieldElement *f) {
  return !(f->flags & (FIELD_IS_STATIC | FIELD_IS_ABSTRACT |
                       FIELD_IS_EXTERNAL));
}

// How often the constructor sets the field: by `this.x` or a declaring
// parameter, and by its initialiser list.
static uint32_t count_settings(Sema *sema, const FunctionElement *f,
                               const FieldElement *field, bool report) {
  TreeParameters *params;
  TreeList initializers;
  read_constructor(f, &params, &initializers);
  uint32_t count = 0;
  bool is_primary = f->base.node != NULL &&
                    f->base.node->kind == TREE_PRIMARY_CONSTRUCTOR;
  bool is_extension_type =
      f->owner->class_kind == CLASS_KIND_EXTENSION_TYPE && is_primary;
  for (uint32_t i = 0; params != NULL && i < params->items.count; i++) {
    TreeParameter *p = (TreeParameter *)params->items.items[i];
    bool sets = p->form == TREE_PARAMETER_THIS || p->is_declaring ||
                is_extension_type;
    if (!sets) continue;
    if (il_library_name(f->base.library, p->name.name) != field->base.name) {
      continue;
    }
    if (count++ > 0 && report) {
      il_sema_error(sema, f->base.unit, p, DIAG_DUPLICATE_DECLARATION,
                    name_text(sema, field->base.name));
    }
  }
  for (uint32_t i = 0; i < initializers.count; i++) {
    if (initializers.items[i]->kind != TREE_FIELD_INITIALIZER) continue;
    TreeFieldInitializer *init = (TreeFieldInitializer *)initializers.items[i];
    if (il_library_name(f->base.library, init->name.name) !=
        field->base.name) {
      continue;
    }
    if (count++ > 0 && report) {
      il_sema_error(sema, f->base.unit, init, DIAG_CONSTRUCTOR_RULE,
                    "The field is initialized twice.");
    }
  }
  return count;
}

static bool must_be_set(Sema *sema, FieldElement *field) {
  if (field->flags & (FIELD_IS_LATE | FIELD_HAS_INITIALIZER)) return false;
  if (field->flags & FIELD_IS_FINAL) return true;
  TypeId type = il_field_type(field);
  if (type == TYPE_ID_INVALID) return false;
  TypeId null = il_type_interface(sema->types, CLASS_NULL, NULL, 0);
  return !il_type_is_subtype(&sema->type_context, null, type);
}

// With a primary constructor a field is initialized in one place.
static void check_primary_initializer(Sema *sema, ClassElement *c,
                                      FieldElement *field) {
  for (uint32_t k = 0; k < c->constructors.count; k++) {
    FunctionElement *f = c->constructors.items[k];
    if (f->base.node == NULL ||
        f->base.node->kind != TREE_PRIMARY_CONSTRUCTOR) {
      continue;
    }
    if (count_settings(sema, f, field, false) == 0) continue;
    il_sema_error(sema, f->base.unit, field->base.node, DIAG_CONSTRUCTOR_RULE,
                  "The field is initialized twice.");
  }
}

static void check_fields(Sema *sema, ClassElement *c) {
  bool has_generative = false;
  for (uint32_t k = 0; k < c->constructors.count; k++) {
    FunctionElement *f = c->constructors.items[k];
    if (f->function_kind == FUNCTION_CONSTRUCTOR) has_generative = true;
  }
  for (uint32_t i = 0; i < c->fields.count; i++) {
    FieldElement *field = c->fields.items[i];
    if (!is_slot(field) || field->base.node == NULL) continue;
    bool must = must_be_set(sema, field);
    bool is_final_set = (field->flags & FIELD_IS_FINAL) &&
                        (field->flags & FIELD_HAS_INITIALIZER);
    for (uint32_t k = 0; k < c->constructors.count; k++) {
      FunctionElement *f = c->constructors.items[k];
      if (f->function_kind != FUNCTION_CONSTRUCTOR) continue;
      if (f->flags & (FUNCTION_IS_REDIRECTING | FUNCTION_IS_EXTERNAL)) continue;
      uint32_t count = count_settings(sema, f, field, true);
      const TreeNode *node =
          f->base.node != NULL ? f->base.node : field->base.node;
      if (must && count == 0) {
        il_sema_error(sema, c->base.unit, node, DIAG_MISSING_INITIALIZER,
                      (field->flags & FIELD_IS_FINAL) ? "final"
                                                      : "non-nullable",
                      name_text(sema, field->base.name));
      }
      if (is_final_set && count > 0) {
        il_sema_error(sema, c->base.unit, node, DIAG_CONSTRUCTOR_RULE,
                      "The final field is initialized where it is declared.");
      }
    }
    if (c->has_primary && (field->flags & FIELD_HAS_INITIALIZER)) {
      check_primary_initializer(sema, c, field);
    }
    bool is_mixin = c->class_kind == CLASS_KIND_MIXIN;
    if (must && (is_mixin || !has_generative)) {
      il_sema_error(sema, c->base.unit, field->base.node,
                    DIAG_MISSING_INITIALIZER,
                    (field->flags & FIELD_IS_FINAL) ? "final" : "non-nullable",
                    name_text(sema, field->base.name));
    }
  }
}

// ------------------------------------------------------- const constructors

static void check_const(Sema *sema, FunctionElement *f) {
  ClassElement *c = f->owner;
  if (f->flags & FUNCTION_IS_REDIRECTING) return;
  const TreeNode *node = f->base.node;
  if (node == NULL) return;
  for (uint32_t i = 0; i < c->fields.count; i++) {
    FieldElement *field = c->fields.items[i];
    if (!is_slot(field)) continue;
    bool is_late = (field->flags & FIELD_IS_LATE) != 0;
    if ((field->flags & FIELD_IS_FINAL) && !is_late) continue;
    il_sema_error(sema, f->base.unit, node, DIAG_CONST_FIELD,
                  name_text(sema, field->base.name));
    return;
  }
  if (c->class_kind == CLASS_KIND_ENUM ||
      c->class_kind == CLASS_KIND_EXTENSION_TYPE) {
    return;
  }
  // A superclass or mixin with fields that can be assigned.
  for (ClassElement *k = c->superclass; k != NULL; k = k->superclass) {
    if (k->class_kind != CLASS_KIND_MIXIN_APPLICATION) continue;
    if (k->asker != c) break;
    for (uint32_t i = 0; i < k->mixin->fields.count; i++) {
      if (!is_slot(k->mixin->fields.items[i])) continue;
      il_sema_error(sema, f->base.unit, node, DIAG_CONSTRUCTOR_RULE,
                    "A const constructor cannot stand in a class whose mixin "
                    "has fields.");
      return;
    }
  }
  FunctionElement *super = il_declare_super_constructor(sema, f);
  if (super == NULL || (super->flags & FUNCTION_IS_CONST)) return;
  if (super->owner->id == CLASS_OBJECT) return;
  il_sema_error(sema, f->base.unit, node, DIAG_CONSTRUCTOR_RULE,
                "A const constructor must call a const constructor of the "
                "superclass.");
}

// ------------------------------------------------------------- redirections

static FunctionElement *next_generative(FunctionElement *f) {
  if (f->base.node == NULL || f->base.node->kind != TREE_CONSTRUCTOR) {
    return NULL;
  }
  const TreeConstructor *node = (const TreeConstructor *)f->base.node;
  for (uint32_t i = 0; i < node->initializers.count; i++) {
    if (node->initializers.items[i]->kind != TREE_REDIRECT_INITIALIZER) continue;
    const TreeRedirectInitializer *init =
        (const TreeRedirectInitializer *)node->initializers.items[i];
    Name name = init->name.name == NAME_NONE
                    ? NAME_new
                    : il_library_name(f->base.library, init->name.name);
    return il_class_find_constructor(f->owner, name);
  }
  return NULL;
}

static void report_cycle(Sema *sema, FunctionElement *f) {
  il_sema_error(sema, f->base.unit, f->base.node, DIAG_CYCLIC_REDIRECTION,
                name_text(sema, f->owner->base.name));
}

static void check_generative_redirect(Sema *sema, FunctionElement *f) {
  FunctionElement *at = f;
  for (uint32_t steps = 0; steps <= f->owner->constructors.count; steps++) {
    at = next_generative(at);
    if (at == NULL) return;
    if (at == f) {
      report_cycle(sema, f);
      return;
    }
  }
}

static void check_factory_redirect(Sema *sema, FunctionElement *f) {
  TypeId type;
  uint32_t before = sema->diagnostics->count;
  FunctionElement *target = il_member_redirect(f, &type);
  if (target == NULL) {
    if (sema->diagnostics->count == before) report_cycle(sema, f);
    return;
  }
  FunctionElement *next = f->redirect;
  if (next->function_kind == FUNCTION_CONSTRUCTOR &&
      (next->owner->flags & ELEMENT_IS_ABSTRACT)) {
    il_sema_error(sema, f->base.unit, f->base.node, DIAG_CONSTRUCTOR_RULE,
                  "A factory cannot redirect to a constructor of an abstract "
                  "class.");
  }
  if (next->owner->class_kind == CLASS_KIND_ENUM &&
      next->function_kind == FUNCTION_CONSTRUCTOR) {
    il_sema_error(sema, f->base.unit, f->base.node, DIAG_ENUM_RULE,
                  "A constructor of an enum cannot be called.");
  }
  if ((f->flags & FUNCTION_IS_CONST) && !(next->flags & FUNCTION_IS_CONST)) {
    il_sema_error(sema, f->base.unit, f->base.node, DIAG_CONSTRUCTOR_RULE,
                  "A const factory must redirect to a const constructor.");
  }
  TypeId own = il_member_signature(f)->type;
  TypeId other = il_member_type(next, f->redirect_type);
  if (il_type_is_subtype(&sema->type_context, other, own)) return;
  il_sema_error(sema, f->base.unit, f->base.node, DIAG_REDIRECTION_TYPE,
                name_text(sema, f->owner->base.name),
                il_sema_type_text(sema, other), il_sema_type_text(sema, own));
}

static bool has_positional_super_arguments(TreeList initializers) {
  for (uint32_t i = 0; i < initializers.count; i++) {
    if (initializers.items[i]->kind != TREE_SUPER_INITIALIZER) continue;
    const TreeSuperInitializer *init =
        (const TreeSuperInitializer *)initializers.items[i];
    for (uint32_t k = 0; k < init->arguments->items.count; k++) {
      if (init->arguments->items.items[k]->kind != TREE_NAMED_ARGUMENT) {
        return true;
      }
    }
  }
  return false;
}

// `this.x` in what does not make the object; default values of redirecting
// factories.
static void check_formals(Sema *sema, FunctionElement *f) {
  TreeParameters *params;
  TreeList initializers;
  read_constructor(f, &params, &initializers);
  if (params == NULL) return;
  bool is_plain = f->function_kind == FUNCTION_CONSTRUCTOR &&
                  !(f->flags & FUNCTION_IS_REDIRECTING);
  bool is_redirecting_factory = f->function_kind == FUNCTION_FACTORY &&
                                (f->flags & FUNCTION_IS_REDIRECTING);
  for (uint32_t i = 0; i < params->items.count; i++) {
    TreeParameter *p = (TreeParameter *)params->items.items[i];
    if (!is_plain && p->form != TREE_PARAMETER_PLAIN) {
      il_sema_error(sema, f->base.unit, p, DIAG_INITIALIZING_FORMAL,
                    "'this.' and 'super.' parameters belong to generative "
                    "constructors that don't redirect.");
    }
    if (is_redirecting_factory && p->default_value != NULL) {
      il_sema_error(sema, f->base.unit, p, DIAG_INVALID_DEFAULT,
                    "A parameter of a redirecting factory");
    }
    if (p->form == TREE_PARAMETER_SUPER && p->kind != TREE_PARAMETER_NAMED &&
        has_positional_super_arguments(initializers)) {
      il_sema_error(sema, f->base.unit, p, DIAG_SUPER_PARAMETER,
                    "Positional 'super.' parameters cannot be combined with "
                    "positional arguments of 'super'.");
    }
    if (p->form == TREE_PARAMETER_SUPER && f->owner->superclass == NULL) {
      il_sema_error(sema, f->base.unit, p, DIAG_SUPER_PARAMETER,
                    "There is no superclass to take this parameter.");
    }
  }
}

void il_hierarchy_check_constructors(Sema *sema, ClassElement *c) {
  if (c->class_kind == CLASS_KIND_EXTENSION) return;
  bool is_alias = c->base.node->kind == TREE_CLASS &&
                  ((TreeClass *)c->base.node)->is_alias;
  if (!is_alias) check_fields(sema, c);
  for (uint32_t i = 0; i < c->constructors.count; i++) {
    FunctionElement *f = c->constructors.items[i];
    if (f->forward != NULL || f->base.node == NULL) continue;
    check_formals(sema, f);
    bool is_factory = f->function_kind == FUNCTION_FACTORY;
    if (!is_factory && (f->flags & FUNCTION_IS_CONST)) check_const(sema, f);
    if (!(f->flags & FUNCTION_IS_REDIRECTING)) continue;
    if (is_factory) {
      check_factory_redirect(sema, f);
    } else {
      check_generative_redirect(sema, f);
    }
  }
}
