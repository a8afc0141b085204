// declare_signature.c: the parameters and results of functions, the types of
// fields, and what members inherit from those that they override.
//
// In order: overridden members, parameters, override inference, covariance,
// accessors, constructors, entry points. Everything is resolved when first
// asked for; recursion follows the class hierarchy upwards, which has no
// cycles.
#include "sema/constant.h"
#include "sema/declare.h"
#include "sema/hierarchy.h"
#include "sema/infer.h"
#include "sema/outline.h"

enum { STATE_NEW, STATE_BUSY, STATE_DONE };

// ------------------------------------------------------- overridden members

typedef struct {
  FunctionElement *member;
  TypeId type;   // its function type, as seen from the overriding class
} Overridden;
typedef IL_VEC(Overridden) OverriddenList;

// The members with this name of all direct superinterfaces.
static void find_overridden(Sema *sema, ClassElement *c, Name name,
                            bool setter, OverriddenList *out) {
  TypeIds supers = {0};
  il_hierarchy_direct_supers(c, &supers);
  for (uint32_t i = 0; i < supers.count; i++) {
    const Type *type = il_type_get(sema->types, supers.items[i]);
    if (type->kind != TYPE_INTERFACE) continue;
    ClassElement *super = il_sema_class(sema, type->head);
    FunctionElement *f = il_class_find_member(super, name, setter);
    if (f == NULL || (f->flags & FUNCTION_IS_EXTENSION)) continue;
    Overridden found = {f, il_member_type(f, supers.items[i])};
    il_vec_push(out, found);
  }
  il_vec_drop(&supers);
}

// The one whose type is a subtype of all others'; NULL when there is none.
static const Overridden *combine(Sema *sema, const OverriddenList *list) {
  for (uint32_t i = 0; i < list->count; i++) {
    bool is_least = true;
    for (uint32_t k = 0; k < list->count && is_least; k++) {
      is_least = il_type_is_subtype(&sema->type_context, list->items[i].type,
                                    list->items[k].type);
    }
    if (is_least) return &list->items[i];
  }
  return NULL;
}

static void report_conflict(Sema *sema, FunctionElement *f) {
  if (f->base.node == NULL) return;
  il_sema_error(sema, f->base.unit, f->base.node, DIAG_INFERENCE_CONFLICT,
                il_sema_text(sema, f->base.name));
}

// --------------------------------------------------------------- parameters

static TreeParameters *parameters_of(const TreeNode *node) {
  if (node == NULL) return NULL;
  switch (node->kind) {
    case TREE_FUNCTION: return ((const TreeFunction *)node)->parameters;
    case TREE_CONSTRUCTOR: return ((const TreeConstructor *)node)->parameters;
    case TREE_PRIMARY_CONSTRUCTOR:
      return ((const TreePrimaryConstructor *)node)->parameters;
    default: return NULL;
  }
}

// Parameters with the types written; others are NONE.
static void read_parameters(Sema *sema, Scope *scope,
                            TreeParameters *parameters, Signature *s) {
  if (parameters == NULL) return;
  TreeList list = parameters->items;
  s->parameters = IL_NEW_ARRAY(sema->arena, Parameter, list.count);
  for (uint32_t i = 0; i < list.count; i++) {
    TreeParameter *node = (TreeParameter *)list.items[i];
    Parameter *p = &s->parameters[i];
    bool is_named = node->kind == TREE_PARAMETER_NAMED;
    p->name = il_scope_name(scope, node->name.name);
    if (is_named) {
      s->named_count++;
      Name written = node->argument_name ? node->argument_name
                                         : node->name.name;
      p->name = il_scope_name(scope, written);
    } else if (node->kind == TREE_PARAMETER_OPTIONAL) {
      s->optional_count++;
    } else {
      s->required_count++;
    }
    p->is_required_named = is_named && (node->modifiers & TREE_MOD_REQUIRED);
    p->is_covariant = (node->modifiers & TREE_MOD_COVARIANT) != 0;
    p->is_final = (node->modifiers & TREE_MOD_FINAL) != 0;
    p->has_default = node->default_value != NULL;
    p->is_super = node->form == TREE_PARAMETER_SUPER;
    if (p->is_super) p->is_final = true;
    p->node = &node->base;
    p->type = node->type == NULL ? TYPE_ID_NONE
                                 : il_declare_type(sema, scope, node->type);
  }
}

void il_declare_signature_type(Sema *sema, Signature *s) {
  uint32_t positional = s->required_count + s->optional_count;
  TypeId *types = IL_NEW_ARRAY(sema->arena, TypeId, positional);
  TypeId *named = IL_NEW_ARRAY(sema->arena, TypeId, s->named_count);
  Name *names = IL_NEW_ARRAY(sema->arena, Name, s->named_count);
  bool *required = IL_NEW_ARRAY(sema->arena, bool, s->named_count);
  TypeParamId *ids =
      IL_NEW_ARRAY(sema->arena, TypeParamId, s->type_param_count);
  for (uint32_t i = 0; i < s->type_param_count; i++) {
    ids[i] = s->type_params[i]->id;
  }
  for (uint32_t i = 0; i < positional + s->named_count; i++) {
    Parameter *p = &s->parameters[i];
    TypeId type = p->type == TYPE_ID_NONE ? TYPE_ID_DYNAMIC : p->type;
    if (i < positional) {
      types[i] = type;
      continue;
    }
    named[i - positional] = type;
    names[i - positional] = p->name;
    required[i - positional] = p->is_required_named;
  }
  TypeFunctionParts parts = {
      .result = s->result == TYPE_ID_NONE ? TYPE_ID_DYNAMIC : s->result,
      .type_params = ids,
      .type_param_count = s->type_param_count,
      .positional = types,
      .required_count = s->required_count,
      .optional_count = s->optional_count,
      .names = names,
      .named = named,
      .named_required = required,
      .named_count = s->named_count,
  };
  s->type = il_type_function(sema->types, &parts);
}

Signature *il_declare_local_signature(Sema *sema, Scope *scope,
                                      TreeFunction *node, Scope **inner) {
  Signature *s = IL_NEW(sema->arena, Signature);
  TypeParamElements made = {0};
  *inner =
      il_declare_type_params(sema, scope, node->type_parameters, &made);
  s->type_param_count = made.count;
  s->type_params = il_vec_to_arena(&made, sema->arena);
  il_vec_drop(&made);
  read_parameters(sema, *inner, node->parameters, s);
  if (node->return_type != NULL) {
    s->result = il_declare_type(sema, *inner, node->return_type);
  }
  return s;
}

// ------------------------------------------------------- override inference

// The parameter of an overridden member that corresponds to the i-th of s.
static Parameter *corresponding(const Signature *s, uint32_t index,
                                FunctionElement *member) {
  Signature *other = il_member_signature(member);
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t other_positional = other->required_count + other->optional_count;
  if (index < positional) {
    return index < other_positional ? &other->parameters[index] : NULL;
  }
  for (uint32_t i = 0; i < other->named_count; i++) {
    Parameter *p = &other->parameters[other_positional + i];
    if (p->name == s->parameters[index].name) return p;
  }
  return NULL;
}

// The same parameter's type in the type of the overridden member.
static TypeId corresponding_type(Sema *sema, const Signature *s,
                                 uint32_t index, TypeId type) {
  uint32_t positional = s->required_count + s->optional_count;
  if (index >= positional) {
    TypeId named = il_type_function_named(sema->types, type,
                                          s->parameters[index].name, NULL);
    return named == TYPE_ID_NONE ? TYPE_ID_DYNAMIC : named;
  }
  if (index >= il_type_function_positional_count(sema->types, type)) {
    return TYPE_ID_DYNAMIC;
  }
  return il_type_function_positional(sema->types, type, index);
}

// The overridden type with its own type parameters replaced by those of s;
// NONE when their counts differ.
static TypeId align_type_params(Sema *sema, const Signature *s, TypeId type) {
  const Type *t = il_type_get(sema->types, type);
  const TypeShape *shape = il_type_shape_get(sema->types, t);
  if (shape->type_param_count != s->type_param_count) return TYPE_ID_NONE;
  if (s->type_param_count == 0) return type;
  TypeId *args = IL_NEW_ARRAY(sema->arena, TypeId, s->type_param_count);
  for (uint32_t i = 0; i < s->type_param_count; i++) {
    args[i] = il_type_param(sema->types, s->type_params[i]->id);
  }
  return il_type_function_apply(sema->types, type, args, s->type_param_count);
}

static bool lacks_types(const Signature *s) {
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  if (s->result == TYPE_ID_NONE) return true;
  for (uint32_t i = 0; i < count; i++) {
    if (s->parameters[i].type == TYPE_ID_NONE) return true;
  }
  return false;
}

static void inherit_types(Sema *sema, FunctionElement *f, Signature *s,
                          const OverriddenList *list) {
  if (list->count == 0 || !lacks_types(s)) return;
  const Overridden *from = combine(sema, list);
  if (from == NULL) {
    report_conflict(sema, f);
    return;
  }
  const Type *kind = il_type_get(sema->types, from->type);
  if (kind->kind != TYPE_FUNCTION) return;
  TypeId type = align_type_params(sema, s, from->type);
  if (type == TYPE_ID_NONE) return;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    if (s->parameters[i].type != TYPE_ID_NONE) continue;
    s->parameters[i].type = corresponding_type(sema, s, i, type);
  }
  if (s->result == TYPE_ID_NONE) {
    s->result = il_type_function_result(sema->types, type);
  }
}

// Does a type parameter of the class occur covariantly in the type?  (As a
// parameter's type that narrows with the receiver's.)
static bool narrows_with_class(const TypeTable *types, TypeId id,
                               bool is_contra) {
  const Type *t = il_type_get(types, id);
  if (!(t->flags & TYPE_HAS_CLASS_PARAM)) return false;
  if (t->kind == TYPE_PARAM) return !is_contra;
  uint32_t bounds = 0;
  if (t->kind == TYPE_FUNCTION) {
    bounds = il_type_shape_get(types, t)->type_param_count;
  }
  for (uint32_t i = 0; i < t->count; i++) {
    bool flips = t->kind == TYPE_FUNCTION && i > 0;
    if (flips && i <= bounds) {
      if (il_type_get(types, t->items[i])->flags & TYPE_HAS_CLASS_PARAM) {
        return true;  // invariant
      }
      continue;
    }
    if (narrows_with_class(types, t->items[i], is_contra != flips)) return true;
  }
  return false;
}

// A tear-off takes anything for a covariant parameter and checks it on entry.
static void set_runtime_type(Sema *sema, Signature *s) {
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  bool has_any = false;
  for (uint32_t i = 0; i < count; i++) {
    has_any |= s->parameters[i].is_covariant ||
               s->parameters[i].is_covariant_by_class;
  }
  if (!has_any) return;
  Signature wide = *s;
  wide.parameters = il_arena_copy(sema->arena, s->parameters,
                                  sizeof(Parameter) * count);
  TypeId top = il_type_with_nullable(
      sema->types, il_type_interface(sema->types, CLASS_OBJECT, NULL, 0), true);
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &wide.parameters[i];
    if (p->is_covariant || p->is_covariant_by_class) p->type = top;
  }
  il_declare_signature_type(sema, &wide);
  s->runtime_type = wide.type;
}

static void inherit_covariance(Sema *sema, Signature *s,
                               const OverriddenList *list) {
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    if (p->type != TYPE_ID_NONE &&
        narrows_with_class(sema->types, p->type, false)) {
      p->is_covariant_by_class = true;
    }
    for (uint32_t k = 0; k < list->count; k++) {
      Parameter *other = corresponding(s, i, list->items[k].member);
      if (other == NULL) continue;
      if (other->is_covariant) p->is_covariant = true;
      if (other->is_covariant_by_class) p->is_covariant_by_class = true;
    }
  }
}

static void fill_missing(Signature *s) {
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    if (s->parameters[i].type == TYPE_ID_NONE) {
      s->parameters[i].type = TYPE_ID_DYNAMIC;
    }
  }
  if (s->result == TYPE_ID_NONE) s->result = TYPE_ID_DYNAMIC;
}

static bool is_instance(const FunctionElement *f) {
  return f->owner != NULL && !(f->flags & FUNCTION_IS_STATIC) &&
         !(f->flags & FUNCTION_IS_EXTENSION) &&
         f->function_kind != FUNCTION_CONSTRUCTOR &&
         f->function_kind != FUNCTION_FACTORY;
}

// ---------------------------------------------------------------- accessors

// The type that an accessor or field without one inherits: that of the getters
// overridden, or of the setters; for a setter the other way round.  NONE when
// nothing is overridden.
static TypeId inherit_accessor_type(Sema *sema, FunctionElement *f,
                                    ClassElement *owner, Name name,
                                    bool setter_first) {
  TypeId type = TYPE_ID_NONE;
  for (uint32_t round = 0; round < 2 && type == TYPE_ID_NONE; round++) {
    bool setter = (round == 0) == setter_first;
    OverriddenList list = {0};
    find_overridden(sema, owner, name, setter, &list);
    if (list.count > 0) {
      const Overridden *from = combine(sema, &list);
      if (from == NULL) {
        if (f != NULL) report_conflict(sema, f);
        type = TYPE_ID_DYNAMIC;
      } else if (!setter) {
        type = il_type_function_result(sema->types, from->type);
      } else if (il_type_function_positional_count(sema->types, from->type)) {
        type = il_type_function_positional(sema->types, from->type, 0);
      }
    }
    il_vec_drop(&list);
  }
  return type;
}

static Signature *accessor_signature(Sema *sema, FunctionElement *f) {
  Signature *s = IL_NEW(sema->arena, Signature);
  FieldElement *field = f->field;
  TypeId type = il_field_type(field);
  if (f->function_kind == FUNCTION_GETTER) {
    s->result = type;
  } else {
    s->result = TYPE_ID_VOID;
    s->required_count = 1;
    s->parameters = IL_NEW(sema->arena, Parameter);
    s->parameters->name = field->base.name;
    s->parameters->type = type;
    s->parameters->is_covariant = (field->flags & FIELD_IS_COVARIANT) != 0;
    if (is_instance(f)) {
      OverriddenList list = {0};
      find_overridden(sema, f->owner, f->base.name, true, &list);
      inherit_covariance(sema, s, &list);
      il_vec_drop(&list);
    }
  }
  il_declare_signature_type(sema, s);
  return s;
}

// -------------------------------------------------------------- constructors

static FieldElement *find_field(const ClassElement *c, Name name) {
  for (uint32_t i = 0; i < c->fields.count; i++) {
    FieldElement *field = c->fields.items[i];
    if (field->base.name == name) return field;
  }
  return NULL;
}

// The field that a parameter `this.x` or a declaring one sets.
static void bind_field(Sema *sema, FunctionElement *f, Parameter *p) {
  const TreeParameter *node = (const TreeParameter *)p->node;
  bool is_this = node->form == TREE_PARAMETER_THIS;
  bool is_extension_type =
      f->owner->class_kind == CLASS_KIND_EXTENSION_TYPE &&
      f->base.node->kind == TREE_PRIMARY_CONSTRUCTOR;
  if (!is_this && !node->is_declaring && !is_extension_type) return;
  Name name = il_library_name(f->base.library, node->name.name);
  p->field = find_field(f->owner, name);
  if (p->field != NULL && (p->field->flags & FIELD_IS_STATIC)) p->field = NULL;
  if (p->field == NULL) {
    if (is_this) {
      il_sema_error_name(sema, f->base.unit, node->name,
                         DIAG_INITIALIZING_FORMAL,
                         "A 'this.' parameter must name an instance field of "
                         "its class.");
    }
    if (p->type == TYPE_ID_NONE) p->type = TYPE_ID_INVALID;
    return;
  }
  if (p->type == TYPE_ID_NONE) {
    p->type = il_field_type(p->field);
  } else if (is_this && p->type != TYPE_ID_INVALID &&
             !il_type_is_subtype(&sema->type_context, p->type,
                                 il_field_type(p->field))) {
    il_sema_error_name(sema, f->base.unit, node->name,
                       DIAG_INITIALIZING_FORMAL,
                       "The type of a 'this.' parameter must be a subtype of "
                       "that of its field.");
  }
}

static const TreeSuperInitializer *super_initializer(const TreeNode *node,
                                                     const ClassElement *c) {
  TreeList list = {0};
  if (node->kind == TREE_CONSTRUCTOR) {
    list = ((const TreeConstructor *)node)->initializers;
  } else if (c->base.node != NULL) {
    TreeList members = {0};
    if (c->base.node->kind == TREE_CLASS) {
      members = ((const TreeClass *)c->base.node)->members;
    }
    for (uint32_t i = 0; i < members.count; i++) {
      if (members.items[i]->kind != TREE_PRIMARY_BODY) continue;
      list = ((const TreePrimaryBody *)members.items[i])->initializers;
    }
  }
  for (uint32_t i = 0; i < list.count; i++) {
    if (list.items[i]->kind == TREE_SUPER_INITIALIZER) {
      return (const TreeSuperInitializer *)list.items[i];
    }
  }
  return NULL;
}

FunctionElement *il_declare_super_constructor(Sema *sema, FunctionElement *f) {
  ClassElement *c = f->owner;
  il_class_require(c, STAGE_SUPERS);
  if (c->superclass == NULL) return NULL;
  Name name = NAME_new;
  if (f->base.node != NULL) {
    const TreeSuperInitializer *init = super_initializer(f->base.node, c);
    if (init != NULL && init->name.name != NAME_NONE) {
      name = il_library_name(f->base.library, init->name.name);
    }
  }
  (void)sema;
  return il_class_find_constructor(c->superclass, name);
}

static void report_super(Sema *sema, FunctionElement *f, Parameter *p,
                         const char *message) {
  const TreeParameter *node = (const TreeParameter *)p->node;
  il_sema_error_name(sema, f->base.unit, node->name, DIAG_SUPER_PARAMETER,
                     message);
}

// `super.x` parameters take their types and defaults from the constructor of
// the superclass.
static void bind_super_parameters(Sema *sema, FunctionElement *f,
                                  Signature *s) {
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t count = positional + s->named_count;
  bool has_any = false;
  for (uint32_t i = 0; i < count; i++) has_any |= s->parameters[i].is_super;
  if (!has_any) return;
  FunctionElement *super = il_declare_super_constructor(sema, f);
  if (super == NULL) return;
  Signature *other = il_member_signature(super);
  uint32_t other_positional = other->required_count + other->optional_count;
  uint32_t at = 0;
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    if (!p->is_super) continue;
    uint32_t index = UINT32_MAX;
    if (i < positional) {
      if (at < other_positional) index = at;
      at++;
    } else {
      for (uint32_t k = 0; k < other->named_count; k++) {
        if (other->parameters[other_positional + k].name == p->name) {
          index = other_positional + k;
        }
      }
    }
    if (index == UINT32_MAX) {
      report_super(sema, f, p,
                   "The superclass's constructor has no such parameter.");
      continue;
    }
    Parameter *from = &other->parameters[index];
    TypeId super_type = f->owner->superclass->class_kind ==
                                CLASS_KIND_MIXIN_APPLICATION
                            ? TYPE_ID_NONE
                            : f->owner->supertype;
    TypeId type = from->type;
    if (super_type != TYPE_ID_NONE) {
      type = il_member_substitute(super->owner, type, super_type);
    }
    if (p->type == TYPE_ID_NONE) {
      p->type = type;
    } else if (!il_type_is_subtype(&sema->type_context, p->type, type)) {
      report_super(sema, f, p,
                   "The type of a 'super.' parameter must be a subtype of "
                   "that of the superclass's parameter.");
    }
    if (!p->has_default && from->has_default &&
        (i >= s->required_count || i >= positional)) {
      p->has_default = !p->is_required_named;
      p->default_owner = super;
      p->default_index = index;
    }
  }
}

// A constructor that forwards everything to the superclass's.
static void copy_forwarded(Sema *sema, FunctionElement *f, Signature *s) {
  Signature *other = il_member_signature(f->forward);
  uint32_t count =
      other->required_count + other->optional_count + other->named_count;
  s->required_count = other->required_count;
  s->optional_count = other->optional_count;
  s->named_count = other->named_count;
  s->parameters = IL_NEW_ARRAY(sema->arena, Parameter, count);
  ClassElement *owner = f->owner;
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    *p = other->parameters[i];
    if (f->forward->owner->class_kind != CLASS_KIND_MIXIN_APPLICATION) {
      p->type = il_member_substitute(f->forward->owner, p->type,
                                     owner->supertype);
    }
    p->field = NULL;
    p->is_super = false;
    p->node = NULL;
    p->default_value = NULL;
    p->default_owner = f->forward;
    p->default_index = i;
  }
}

static void fill_constructor(Sema *sema, FunctionElement *f, Signature *s) {
  ClassElement *c = f->owner;
  s->result = c->class_kind == CLASS_KIND_MIXIN_APPLICATION
                  ? il_declare_this_type(sema, c->asker)
                  : il_declare_this_type(sema, c);
  if (f->forward != NULL) {
    copy_forwarded(sema, f, s);
    return;
  }
  if (f->base.node == NULL) return;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    if (s->parameters[i].node != NULL) bind_field(sema, f, &s->parameters[i]);
  }
  bind_super_parameters(sema, f, s);
}

// ------------------------------------------------------------- entry points

static Signature *resolve_signature(Sema *sema, FunctionElement *f) {
  if (f->field != NULL) return accessor_signature(sema, f);
  Signature *s = IL_NEW(sema->arena, Signature);
  TreeNode *node = f->base.node;
  bool is_constructor = f->function_kind == FUNCTION_CONSTRUCTOR ||
                        f->function_kind == FUNCTION_FACTORY;
  Scope *scope =
      f->base.unit != NULL ? il_declare_scope(sema, &f->base) : NULL;
  if (node != NULL) {
    if (node->kind == TREE_FUNCTION) {
      TreeFunction *function = (TreeFunction *)node;
      s->type_param_count = scope->param_count;
      s->type_params = scope->params;
      if (function->return_type != NULL) {
        s->result = il_declare_type(sema, scope, function->return_type);
      }
    }
    read_parameters(sema, scope, parameters_of(node), s);
  }
  if (is_constructor) {
    fill_constructor(sema, f, s);
  } else if (f->function_kind == FUNCTION_SETTER) {
    if (s->result == TYPE_ID_NONE) s->result = TYPE_ID_VOID;
    if (is_instance(f)) {
      if (s->required_count == 1 && s->parameters->type == TYPE_ID_NONE) {
        s->parameters->type =
            inherit_accessor_type(sema, f, f->owner, f->base.name, true);
      }
      OverriddenList list = {0};
      find_overridden(sema, f->owner, f->base.name, true, &list);
      inherit_covariance(sema, s, &list);
      il_vec_drop(&list);
    }
  } else if (f->function_kind == FUNCTION_GETTER) {
    if (s->result == TYPE_ID_NONE && is_instance(f)) {
      s->result =
          inherit_accessor_type(sema, f, f->owner, f->base.name, false);
    }
  } else if (is_instance(f)) {
    // `[]=` gives nothing back whatever it says.
    bool is_index_set = f->base.name == NAME_op_index_set;
    if (is_index_set && s->result == TYPE_ID_NONE) s->result = TYPE_ID_VOID;
    uint32_t count = s->required_count + s->optional_count + s->named_count;
    if (count > 0 || s->result == TYPE_ID_NONE) {
      OverriddenList list = {0};
      find_overridden(sema, f->owner, f->base.name, false, &list);
      inherit_types(sema, f, s, &list);
      inherit_covariance(sema, s, &list);
      il_vec_drop(&list);
    }
  }
  fill_missing(s);
  il_declare_signature_type(sema, s);
  if (is_instance(f)) set_runtime_type(sema, s);
  return s;
}

Signature *il_member_signature(FunctionElement *f) {
  if (f->signature != NULL) return f->signature;
  Sema *sema = f->base.library->sema;
  if (f->outline != 0) return f->signature = il_outline_signature(f);
  if (f->state == STATE_BUSY) {
    // Only through a field whose type depends on itself, which reports it.
    if (f->field != NULL) il_field_type(f->field);
    Signature *s = IL_NEW(sema->arena, Signature);
    s->result = TYPE_ID_INVALID;
    il_declare_signature_type(sema, s);
    return s;
  }
  f->state = STATE_BUSY;
  Signature *s = resolve_signature(sema, f);
  if (f->signature == NULL) f->signature = s;
  f->state = STATE_DONE;
  return f->signature;
}

static TypeId enum_values_type(Sema *sema, ClassElement *c) {
  TypeId element = il_declare_raw_type(sema, &c->base);
  return il_type_interface(sema->types, CLASS_LIST, &element, 1);
}

// A declaring parameter without a type has that of its default value.
static TypeId declaring_type(Sema *sema, FieldElement *field,
                             TreeParameter *node) {
  TypeId top = il_type_with_nullable(
      sema->types, il_type_interface(sema->types, CLASS_OBJECT, NULL, 0), true);
  if (node->default_value == NULL) return top;
  TypedExpr *value = il_infer_constant(sema, &field->owner->base,
                                       node->default_value, TYPE_ID_UNKNOWN);
  if (value == NULL) return top;
  const Type *type = il_type_get(sema->types, value->type);
  bool is_null = type->kind == TYPE_INTERFACE && type->head == CLASS_NULL;
  return is_null ? top : value->type;
}

static TypeId resolve_field_type(Sema *sema, FieldElement *field) {
  ClassElement *c = field->owner;
  TreeNode *node = field->base.node;
  if (c != NULL && c->class_kind == CLASS_KIND_ENUM && node == NULL) {
    return enum_values_type(sema, c);
  }
  if (field->flags & FIELD_IS_ENUM_VALUE) {
    if (c->type_params.count == 0) return il_declare_this_type(sema, c);
    return il_infer_field_type(sema, field);
  }
  if (field->type_node != NULL) {
    return il_declare_type(sema, il_declare_scope(sema, &field->base),
                           field->type_node);
  }
  bool is_inheriting = c != NULL && !(field->flags & FIELD_IS_STATIC) &&
                       c->class_kind != CLASS_KIND_EXTENSION_TYPE &&
                       c->class_kind != CLASS_KIND_EXTENSION;
  if (is_inheriting) {
    TypeId type = inherit_accessor_type(sema, field->getter, c,
                                        field->base.name, false);
    if (type != TYPE_ID_NONE) return type;
  }
  if (node != NULL && node->kind == TREE_PARAMETER) {
    return declaring_type(sema, field, (TreeParameter *)node);
  }
  if (field->initializer_node != NULL) return il_infer_field_type(sema, field);
  return TYPE_ID_DYNAMIC;
}

TypeId il_field_type(FieldElement *field) {
  if (field->type != TYPE_ID_NONE) return field->type;
  Sema *sema = field->base.library->sema;
  if (field->state == STATE_BUSY) {
    if (field->base.node != NULL) {
      il_sema_error(sema, field->base.unit, field->base.node,
                    DIAG_CYCLIC_INFERENCE,
                    il_sema_text(sema, field->base.name));
    }
    field->type = TYPE_ID_INVALID;
    return field->type;
  }
  if (!il_sema_enter(sema, &field->base)) return TYPE_ID_INVALID;
  field->state = STATE_BUSY;
  TypeId type = resolve_field_type(sema, field);
  if (field->type == TYPE_ID_NONE) field->type = type;
  il_sema_leave(sema);
  field->state = STATE_DONE;
  return field->type;
}

TypeId il_declare_tear_off_type(Sema *sema, FunctionElement *f) {
  Signature *s = il_member_signature(f);
  uint32_t count = f->owner->type_params.count;
  if (count == 0) return s->type;
  // Fresh function parameters stand for those of the class.
  TypeParamId *ids = IL_NEW_ARRAY(sema->arena, TypeParamId, count);
  TypeParamId *fresh = IL_NEW_ARRAY(sema->arena, TypeParamId, count);
  TypeId *args = IL_NEW_ARRAY(sema->arena, TypeId, count);
  for (uint32_t i = 0; i < count; i++) {
    TypeParamElement *p = f->owner->type_params.items[i];
    ids[i] = p->id;
    fresh[i] = il_type_param_new(sema->types, p->base.name, true, i);
    args[i] = il_type_param(sema->types, fresh[i]);
  }
  for (uint32_t i = 0; i < count; i++) {
    TypeId bound = il_type_param_get(sema->types, ids[i])->bound;
    il_type_param_set_bound(
        sema->types, fresh[i],
        il_type_substitute(sema->types, bound, ids, args, count));
  }
  TypeId plain = il_type_substitute(sema->types, s->type, ids, args, count);
  const Type *t = il_type_get(sema->types, plain);
  const TypeShape *shape = il_type_shape_get(sema->types, t);
  uint32_t positional = shape->required_count + shape->optional_count;
  Name *names = IL_NEW_ARRAY(sema->arena, Name, shape->named_count);
  bool *required = IL_NEW_ARRAY(sema->arena, bool, shape->named_count);
  for (uint32_t i = 0; i < shape->named_count; i++) {
    names[i] = shape->names[i] & ~TYPE_NAMED_REQUIRED;
    required[i] = (shape->names[i] & TYPE_NAMED_REQUIRED) != 0;
  }
  TypeFunctionParts parts = {
      .result = t->items[0],
      .type_params = fresh,
      .type_param_count = count,
      .positional = t->items + 1,
      .required_count = shape->required_count,
      .optional_count = shape->optional_count,
      .names = names,
      .named = t->items + 1 + positional,
      .named_required = required,
      .named_count = shape->named_count,
  };
  return il_type_function(sema->types, &parts);
}

TypeId il_member_substitute(ClassElement *owner, TypeId type,
                            TypeId receiver) {
  Sema *sema = owner->base.library->sema;
  uint32_t count = owner->type_params.count;
  if (count == 0 || receiver == TYPE_ID_NONE) return type;
  if (!(il_type_get(sema->types, type)->flags &
        (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM))) {
    return type;
  }
  TypeId seen =
      il_class_as_instance_of(&sema->type_context, receiver, owner->id);
  if (seen == TYPE_ID_NONE) return type;
  TypeParamId small[8];
  TypeParamId *ids = count <= 8 ? small
                                : IL_NEW_ARRAY(sema->arena, TypeParamId, count);
  for (uint32_t i = 0; i < count; i++) ids[i] = owner->type_params.items[i]->id;
  return il_type_substitute(sema->types, type, ids,
                            il_type_get(sema->types, seen)->items, count);
}

TypeId il_member_type(FunctionElement *f, TypeId receiver) {
  Signature *s = il_member_signature(f);
  if (f->owner == NULL) return s->type;
  return il_member_substitute(f->owner, s->type, receiver);
}

// ------------------------------------------------------------- redirections

// The target type with its parameters inferred from the type wanted. Fresh
// parameters stand for them: the wanted type may mention the same ones.
static TypeId infer_redirect(Sema *sema, const TypeParamElements *params,
                             TypeId target, TypeId wanted) {
  uint32_t count = params->count;
  TypeParamId *ids = IL_NEW_ARRAY(sema->arena, TypeParamId, count);
  TypeParamId *fresh = IL_NEW_ARRAY(sema->arena, TypeParamId, count);
  TypeId *args = IL_NEW_ARRAY(sema->arena, TypeId, count);
  for (uint32_t i = 0; i < count; i++) {
    ids[i] = params->items[i]->id;
    fresh[i] = il_type_param_new(sema->types, params->items[i]->base.name,
                                 true, i);
    args[i] = il_type_param(sema->types, fresh[i]);
  }
  for (uint32_t i = 0; i < count; i++) {
    TypeId bound = il_type_param_get(sema->types, ids[i])->bound;
    il_type_param_set_bound(
        sema->types, fresh[i],
        il_type_substitute(sema->types, bound, ids, args, count));
  }
  TypeId open = il_type_substitute(sema->types, target, ids, args, count);
  for (uint32_t i = 0; i < count; i++) args[i] = TYPE_ID_UNKNOWN;
  TypeConstraints *k = il_constraint_new(&sema->type_context, fresh, count);
  il_constraint_match(k, open, wanted);
  il_constraint_solve(k, true, args);
  il_constraint_free(k);
  return il_type_substitute(sema->types, open, fresh, args, count);
}

static FunctionElement *next_redirect(Sema *sema, FunctionElement *f) {
  if (f->redirect != NULL) return f->redirect;
  if (f->outline != 0) return il_outline_redirect(f);
  if (f->base.node == NULL) return NULL;
  if (f->base.node->kind != TREE_CONSTRUCTOR) return NULL;
  TreeConstructor *node = (TreeConstructor *)f->base.node;
  if (node->redirection == NULL || f->state == 3) return NULL;
  f->state = 3;
  Scope *scope = il_declare_scope(sema, &f->base);
  ConstructorRef ref;
  if (!il_declare_constructor_ref(sema, scope, node->redirection, &ref)) {
    return NULL;
  }
  if (ref.type == TYPE_ID_NONE) {
    // `factory C() = D` in C<T>: D's arguments are inferred from C<T>.
    TypeId this_type = il_declare_this_type(sema, f->owner);
    TypeId target = ref.element->kind == ELEMENT_CLASS
                        ? il_declare_this_type(sema, ref.owner)
                        : il_typedef_type((TypedefElement *)ref.element);
    TypeParamElements *params =
        ref.element->kind == ELEMENT_CLASS
            ? &ref.owner->type_params
            : &((TypedefElement *)ref.element)->type_params;
    ref.type = infer_redirect(sema, params, target, this_type);
  }
  FunctionElement *target =
      il_class_find_constructor(ref.owner, ref.constructor);
  if (target == NULL) {
    il_sema_error(sema, f->base.unit, node->redirection,
                  DIAG_UNDEFINED_CONSTRUCTOR,
                  il_sema_text(sema, ref.constructor));
    return NULL;
  }
  f->redirect = target;
  f->redirect_type = ref.type;
  return target;
}

FunctionElement *il_member_redirect(FunctionElement *f, TypeId *type) {
  Sema *sema = f->base.library->sema;
  TypeId seen = il_declare_this_type(sema, f->owner);
  FunctionElement *slow = f;
  for (uint32_t steps = 0;; steps++) {
    FunctionElement *next = next_redirect(sema, f);
    if (next == NULL) {
      bool is_open = f->function_kind == FUNCTION_FACTORY &&
                     (f->flags & FUNCTION_IS_REDIRECTING);
      *type = seen;
      return is_open ? NULL : f;
    }
    seen = il_member_substitute(f->owner, f->redirect_type, seen);
    f = next;
    if (steps % 2 == 1) slow = slow->redirect;
    if (slow == f) return NULL;  // reported by the checks
  }
}

// ----------------------------------------------------------- whole libraries

void il_declare_resolve(Sema *sema) {
  for (uint32_t i = 0; i < sema->functions.count; i++) {
    il_member_signature(sema->functions.items[i]);
  }
  for (uint32_t i = 0; i < sema->fields.count; i++) {
    il_field_type(sema->fields.items[i]);
  }
}
