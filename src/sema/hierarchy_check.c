// hierarchy_check.c: the members of a class against one another and against
// those that they override or must implement.
//
// In order: conflicts of names in one class, overrides, mixin applications,
// missing implementations and forwarders to noSuchMethod, extension types,
// libraries.
#include "sema/hierarchy.h"

static Text name_text(Sema *sema, Name name) {
  return il_sema_text(sema, name);
}

static ClassElement *class_of(Sema *sema, TypeId type) {
  const Type *t = il_type_get(sema->types, type);
  return t->kind == TYPE_INTERFACE ? il_sema_class(sema, t->head) : NULL;
}

static TypeId self_type(Sema *sema, const ClassElement *c) {
  return il_class_get(sema->class_table, c->id)->this_type;
}

static bool is_accessor(const FunctionElement *f) {
  return f->function_kind == FUNCTION_GETTER ||
         f->function_kind == FUNCTION_SETTER;
}

// Where to report something about a member as seen in class c.
static const TreeNode *place_of(const ClassElement *c,
                                const FunctionElement *f) {
  if (f->owner == c && f->base.node != NULL) return f->base.node;
  return c->base.node;
}

// ------------------------------------------------------- conflicts of names

static void check_names(Sema *sema, ClassElement *c) {
  uint32_t cursor = 0;
  uint64_t key, value;
  while (il_map_next(&c->static_members, &cursor, &key, &value)) {
    Element *e = (Element *)(uintptr_t)value;
    FunctionElement *get = il_class_find_declared(c, e->name, false);
    FunctionElement *set = il_class_find_declared(c, e->name, true);
    const FunctionElement *other = get != NULL ? get : set;
    if (other == NULL) continue;
    const Element *at = e->node != NULL ? e : &other->base;
    il_sema_error(sema, at->unit, at->node, DIAG_STATIC_CONFLICT,
                  name_text(sema, e->name));
  }
  for (uint32_t i = 0; i < c->constructors.count; i++) {
    FunctionElement *f = c->constructors.items[i];
    if (f->base.node == NULL || f->base.name == NAME_new) continue;
    if (il_class_find_static(c, f->base.name, false) == NULL &&
        il_class_find_static(c, f->base.name, true) == NULL) {
      continue;
    }
    il_sema_error(sema, f->base.unit, f->base.node, DIAG_CONSTRUCTOR_CONFLICT,
                  name_text(sema, f->base.name));
  }
  for (uint32_t i = 0; i < c->type_params.count; i++) {
    Name name = c->type_params.items[i]->base.name;
    if (name == NAME_wildcard) continue;
    bool is_taken = il_class_find_declared(c, name, false) != NULL ||
                    il_class_find_declared(c, name, true) != NULL ||
                    il_class_find_static(c, name, false) != NULL ||
                    il_class_find_static(c, name, true) != NULL;
    for (uint32_t k = 0; k < c->constructors.count; k++) {
      if (c->constructors.items[k]->base.name == name) is_taken = true;
    }
    if (!is_taken) continue;
    il_sema_error(sema, c->base.unit, c->type_params.items[i]->base.node,
                  DIAG_TYPE_PARAMETER_NAME, name_text(sema, name));
  }
}

// ---------------------------------------------------------------- overrides

// The overriding member's type with its covariant parameters widened, after
// checking those against the overridden type; NONE when one is unrelated.
static TypeId widen_covariant(Sema *sema, FunctionElement *m, TypeId overridden,
                              TypeId self) {
  Signature *s = il_member_signature(m);
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t count = positional + s->named_count;
  bool has_any = false;
  for (uint32_t i = 0; i < count; i++) has_any |= s->parameters[i].is_covariant;
  if (!has_any) return il_member_type(m, self);
  Signature copy = *s;
  copy.parameters = il_arena_copy(sema->arena, s->parameters,
                                  sizeof(Parameter) * count);
  TypeId top = il_type_with_nullable(
      sema->types, il_type_interface(sema->types, CLASS_OBJECT, NULL, 0), true);
  for (uint32_t i = 0; i < count; i++) {
    if (!s->parameters[i].is_covariant) continue;
    copy.parameters[i].type = top;
    TypeId own =
        il_member_substitute(m->owner, s->parameters[i].type, self);
    TypeId other = TYPE_ID_NONE;
    if (i >= positional) {
      other = il_type_function_named(sema->types, overridden,
                                     s->parameters[i].name, NULL);
    } else if (i < il_type_function_positional_count(sema->types,
                                                     overridden)) {
      other = il_type_function_positional(sema->types, overridden, i);
    }
    if (other == TYPE_ID_NONE || s->type_param_count > 0) continue;
    if (!il_type_is_subtype(&sema->type_context, own, other) &&
        !il_type_is_subtype(&sema->type_context, other, own)) {
      return TYPE_ID_NONE;
    }
  }
  il_declare_signature_type(sema, &copy);
  return il_member_substitute(m->owner, copy.type, self);
}

// Reports when m, as a member of c, is no override of n.
static bool check_override(Sema *sema, ClassElement *c, FunctionElement *m,
                           FunctionElement *n) {
  if (m == n || (n->flags & FUNCTION_IS_EXTENSION)) return true;
  TypeId self = self_type(sema, c);
  if (is_accessor(m) != is_accessor(n)) {
    il_sema_error(sema, c->base.unit, place_of(c, m), DIAG_MEMBER_CONFLICT,
                  name_text(sema, m->base.name));
    return false;
  }
  TypeId wanted = il_member_type(n, self);
  TypeId type = widen_covariant(sema, m, wanted, self);
  if (type != TYPE_ID_NONE &&
      il_type_is_subtype(&sema->type_context, type, wanted)) {
    return true;
  }
  const Signature *s = il_member_signature(m);
  if (s->result == TYPE_ID_INVALID) return true;
  for (uint32_t i = 0;
       i < s->required_count + s->optional_count + s->named_count; i++) {
    if (s->parameters[i].type == TYPE_ID_INVALID) return true;
  }
  il_sema_error(sema, c->base.unit, place_of(c, m), DIAG_INVALID_OVERRIDE,
                name_text(sema, m->base.name),
                n->owner == NULL ? TEXT("")
                                 : name_text(sema, n->owner->base.name),
                il_sema_type_text(sema, il_member_type(m, self)),
                il_sema_type_text(sema, wanted));
  return false;
}

// Is a private name of another library.
static bool is_foreign(Sema *sema, const ClassElement *c, Name name,
                       const FunctionElement *f) {
  return il_name_is_private(sema->names, name) &&
         f->base.library != c->base.library;
}

static void check_declared(Sema *sema, ClassElement *c) {
  TypeIds supers = {0};
  il_hierarchy_direct_supers(c, &supers);
  for (uint32_t i = 0; i < c->functions.count; i++) {
    FunctionElement *m = c->functions.items[i];
    bool is_static = (m->flags & FUNCTION_IS_STATIC) != 0;
    bool setter = m->function_kind == FUNCTION_SETTER;
    for (uint32_t k = 0; k < supers.count; k++) {
      ClassElement *super = class_of(sema, supers.items[k]);
      if (super == NULL) continue;
      FunctionElement *n = il_class_find_member(super, m->base.name, setter);
      FunctionElement *other =
          il_class_find_member(super, m->base.name, !setter);
      if (is_static) {
        if (n == NULL && other == NULL) continue;
        il_sema_error(sema, m->base.unit, m->base.node, DIAG_STATIC_CONFLICT,
                      name_text(sema, m->base.name));
        break;
      }
      if (n != NULL && !check_override(sema, c, m, n)) break;
      // A method hides no setter, nor a setter a method.
      if (other != NULL && is_accessor(m) != is_accessor(other)) {
        il_sema_error(sema, m->base.unit, m->base.node, DIAG_MEMBER_CONFLICT,
                      name_text(sema, m->base.name));
        break;
      }
    }
  }
  for (uint32_t i = 0; i < c->fields.count; i++) {
    FieldElement *field = c->fields.items[i];
    if (!(field->flags & FIELD_IS_STATIC) || field->base.node == NULL) continue;
    for (uint32_t k = 0; k < supers.count; k++) {
      ClassElement *super = class_of(sema, supers.items[k]);
      if (super == NULL) continue;
      if (il_class_find_member(super, field->base.name, false) == NULL &&
          il_class_find_member(super, field->base.name, true) == NULL) {
        continue;
      }
      il_sema_error(sema, field->base.unit, field->base.node,
                    DIAG_STATIC_CONFLICT, name_text(sema, field->base.name));
      break;
    }
  }
  il_vec_drop(&supers);
}

// ------------------------------------------------------- mixin applications

// What a mixin calls on `super`.
typedef struct {
  Sema *sema;
  ClassElement *c;      // that applies it
  ClassElement *below;  // the superclass of the application
  ClassElement *mixin;
  bool has_failed;
} SuperCalls;

static void need_super_member(SuperCalls *k, Name written, bool setter) {
  if (k->has_failed) return;
  Name name = il_library_name(k->mixin->base.library, written);
  if (il_class_find_concrete(k->below, name, setter) != NULL) return;
  // Only what the interface has; the rest is an error in the mixin itself.
  if (il_class_find_member(k->mixin, name, setter) == NULL) return;
  FunctionElement *nsm =
      il_class_find_concrete(k->below, NAME_noSuchMethod, false);
  if (nsm != NULL && nsm->owner->id != CLASS_OBJECT) return;
  k->has_failed = true;
  il_sema_error(k->sema, k->c->base.unit, k->c->base.node,
                DIAG_MIXIN_SUPER_MEMBER, name_text(k->sema, name));
}

static Name operator_name(TokenKind op) {
  switch (op) {
    case TOK_PLUS: return NAME_op_add;
    case TOK_MINUS: return NAME_op_sub;
    case TOK_STAR: return NAME_op_mul;
    case TOK_SLASH: return NAME_op_div;
    case TOK_TILDE_SLASH: return NAME_op_int_div;
    case TOK_PERCENT: return NAME_op_mod;
    case TOK_AMPERSAND: return NAME_op_and;
    case TOK_BAR: return NAME_op_or;
    case TOK_CARET: return NAME_op_xor;
    case TOK_SHIFT_LEFT: return NAME_op_shl;
    case TOK_SHIFT_RIGHT: return NAME_op_shr;
    case TOK_SHIFT_RIGHT_UNSIGNED: return NAME_op_ushr;
    case TOK_LESS: return NAME_op_lt;
    case TOK_LESS_EQUAL: return NAME_op_le;
    case TOK_GREATER: return NAME_op_gt;
    case TOK_GREATER_EQUAL: return NAME_op_ge;
    default: return NAME_NONE;
  }
}

static bool is_super(const TreeNode *node) {
  return node != NULL && node->kind == TREE_SUPER;
}

// Depth is that of the tree, which the parser bounds, but for the left side of
// BINARY, which is walked.
static void visit_super_calls(TreeNode *node, void *context) {
  SuperCalls *k = context;
  while (node->kind == TREE_BINARY) {
    TreeBinary *binary = (TreeBinary *)node;
    Name name = operator_name(binary->op);
    if (is_super(binary->left) && name != NAME_NONE) {
      need_super_member(k, name, false);
    }
    visit_super_calls(binary->right, k);
    node = binary->left;
  }
  if (node->kind == TREE_PROPERTY &&
      is_super(((TreeProperty *)node)->target)) {
    need_super_member(k, ((TreeProperty *)node)->name.name, false);
  } else if (node->kind == TREE_INDEX &&
             is_super(((TreeIndex *)node)->target)) {
    need_super_member(k, NAME_op_index, false);
  } else if (node->kind == TREE_ASSIGN) {
    TreeAssign *assign = (TreeAssign *)node;
    TreeNode *target = assign->target;
    if (target->kind == TREE_PROPERTY &&
        is_super(((TreeProperty *)target)->target)) {
      need_super_member(k, ((TreeProperty *)target)->name.name, true);
      if (assign->op == TOK_ASSIGN) {
        visit_super_calls(assign->value, k);
        return;
      }
    } else if (target->kind == TREE_INDEX &&
               is_super(((TreeIndex *)target)->target)) {
      need_super_member(k, NAME_op_index_set, false);
      if (assign->op == TOK_ASSIGN) {
        visit_super_calls(((TreeIndex *)target)->index, k);
        visit_super_calls(assign->value, k);
        return;
      }
    }
  }
  il_tree_each_child(node, visit_super_calls, k);
}

static void check_application(Sema *sema, ClassElement *c, ClassElement *a) {
  ClassElement *mixin = a->mixin;
  uint32_t cursor = 0;
  uint64_t key, value;
  while (il_map_next(&mixin->instance_members, &cursor, &key, &value)) {
    FunctionElement *m = (FunctionElement *)(uintptr_t)value;
    Name name = (Name)(key / 2);
    bool setter = key & 1;
    FunctionElement *n = il_class_find_member(a->superclass, name, setter);
    if (n != NULL && !check_override(sema, c, m, n)) return;
    n = il_class_find_member(a->superclass, name, !setter);
    if (n != NULL && is_accessor(n) != is_accessor(m)) {
      il_sema_error(sema, c->base.unit, c->base.node, DIAG_MEMBER_CONFLICT,
                    name_text(sema, name));
    }
  }
  if (mixin->base.node == NULL || mixin->on.count == 0) return;
  SuperCalls k = {sema, c, a->superclass, mixin, false};
  TreeList members = ((TreeMixin *)mixin->base.node)->members;
  if (mixin->base.node->kind != TREE_MIXIN) return;
  for (uint32_t i = 0; i < members.count; i++) {
    visit_super_calls(members.items[i], &k);
  }
}

// -------------------------------------------------- missing implementations

static void add_forwarder(Sema *sema, ClassElement *c, FunctionElement *like,
                          uint64_t key) {
  FunctionElement *f = IL_NEW(sema->arena, FunctionElement);
  f->base = c->base;
  f->base.kind = ELEMENT_FUNCTION;
  f->base.name = like->base.name;
  f->base.node = NULL;
  f->function_kind = like->function_kind;
  f->flags = FUNCTION_IS_SYNTHETIC | FUNCTION_IS_NO_SUCH_METHOD;
  f->owner = c;
  Signature *from = il_member_signature(like);
  Signature *s = il_arena_copy(sema->arena, from, sizeof *from);
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  s->parameters = IL_NEW_ARRAY(sema->arena, Parameter, count);
  TypeId self = self_type(sema, c);
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    *p = from->parameters[i];
    p->type = il_member_substitute(like->owner, p->type, self);
    p->default_owner = like;
    p->default_index = i;
    p->default_value = NULL;
    p->node = NULL;
    p->field = NULL;
  }
  s->result = il_member_substitute(like->owner, s->result, self);
  il_declare_signature_type(sema, s);
  f->signature = s;
  il_vec_push(&c->functions, f);
  il_vec_push(&sema->functions, f);
  // An abstract declaration of the class itself gives way.
  il_map_put(&c->instance_members, key, il_map_key(f));
}

static void report_missing(Sema *sema, ClassElement *c, FunctionElement *f) {
  il_sema_error(sema, c->base.unit, c->base.node, DIAG_MISSING_IMPLEMENTATION,
                name_text(sema, c->base.name), name_text(sema, f->base.name));
}

static void check_implemented(Sema *sema, ClassElement *c, uint64_t key,
                              bool has_handler) {
  Name name = (Name)(key / 2);
  bool setter = key & 1;
  FunctionElement *f = il_class_find_member(c, name, setter);
  if (f == NULL || (f->flags & FUNCTION_IS_EXTENSION)) return;
  FunctionElement *body = il_class_find_concrete(c, name, setter);
  if (body == NULL) {
    if (has_handler || is_foreign(sema, c, name, f)) {
      add_forwarder(sema, c, f, key);
    } else {
      report_missing(sema, c, f);
    }
    return;
  }
  if (body == f || body->owner == c) return;
  // An inherited body stands for a member that something else declares.
  if (has_handler) {
    TypeId self = self_type(sema, c);
    if (!il_type_is_subtype(&sema->type_context, il_member_type(body, self),
                            il_member_type(f, self)) &&
        f->owner == c) {
      add_forwarder(sema, c, f, key);
      return;
    }
  }
  check_override(sema, c, body, f);
}

static void check_inherited(Sema *sema, ClassElement *c) {
  MemberKeys keys = {0};
  il_hierarchy_all_members(c, &keys);
  bool is_concrete = !(c->flags & ELEMENT_IS_ABSTRACT) &&
                     c->class_kind != CLASS_KIND_MIXIN;
  FunctionElement *handler =
      il_class_find_concrete(c, NAME_noSuchMethod, false);
  bool has_handler = handler != NULL && handler->owner->id != CLASS_OBJECT;
  for (uint32_t i = 0; i < keys.count; i++) {
    Name name = (Name)(keys.items[i] / 2);
    bool setter = keys.items[i] & 1;
    if (il_class_find_declared(c, name, setter) == NULL) {
      Functions list = {0};
      bool agree;
      il_hierarchy_candidates(c, name, setter, &list);
      il_hierarchy_choose(c, &list, &agree);
      if (!agree) {
        il_sema_error(sema, c->base.unit, c->base.node,
                      DIAG_INCONSISTENT_INHERITANCE,
                      name_text(sema, c->base.name), name_text(sema, name));
      }
      il_vec_drop(&list);
      if (!agree) break;
    }
    if (is_concrete) {
      check_implemented(sema, c, keys.items[i], has_handler);
    }
    // A method from one side and a setter from the other.
    if (setter && il_class_find_declared(c, name, true) == NULL) {
      FunctionElement *other = il_class_find_member(c, name, false);
      if (other != NULL && !is_accessor(other) &&
          il_class_find_declared(c, name, false) == NULL) {
        il_sema_error(sema, c->base.unit, c->base.node, DIAG_MEMBER_CONFLICT,
                      name_text(sema, name));
      }
    }
  }
  il_vec_drop(&keys);
}

// ---------------------------------------------------------- extension types

// Two supertypes that give different members to a name not declared here, or
// a static member with the name of an inherited one.
static void check_extension_type(Sema *sema, ClassElement *c) {
  Map seen = {0};
  for (uint32_t i = 0; i < c->interfaces.count; i++) {
    ClassElement *super = class_of(sema, c->interfaces.items[i]);
    if (super == NULL) continue;
    MemberKeys keys = {0};
    il_hierarchy_all_members(super, &keys);
    for (uint32_t k = 0; k < keys.count; k++) {
      Name name = (Name)(keys.items[k] / 2);
      bool setter = keys.items[k] & 1;
      FunctionElement *f = il_class_find_member(super, name, setter);
      if (f == NULL || f->owner->id == CLASS_OBJECT) continue;
      Element *own = il_class_find_static(c, name, false);
      if (own == NULL) own = il_class_find_static(c, name, true);
      if (own != NULL && own->node != NULL) {
        il_sema_error(sema, own->unit, own->node, DIAG_STATIC_CONFLICT,
                      name_text(sema, name));
      }
      // A getter and a setter go together in this.
      if (il_class_find_declared(c, name, setter) != NULL ||
          il_class_find_declared(c, name, !setter) != NULL) {
        continue;
      }
      bool is_new;
      uint64_t *slot = il_map_at(&seen, keys.items[k], &is_new);
      FunctionElement *other = (FunctionElement *)(uintptr_t)*slot;
      *slot = il_map_key(f);
      if (is_new || other == f) continue;
      bool has_extension =
          ((f->flags | other->flags) & FUNCTION_IS_EXTENSION) != 0;
      bool agree = !has_extension;
      if (agree) {
        Functions list = {0};
        il_hierarchy_candidates(c, name, setter, &list);
        il_hierarchy_choose(c, &list, &agree);
        il_vec_drop(&list);
      }
      if (agree) continue;
      il_sema_error(sema, c->base.unit, c->base.node,
                    DIAG_INCONSISTENT_INHERITANCE,
                    name_text(sema, c->base.name), name_text(sema, name));
    }
    il_vec_drop(&keys);
  }
  il_map_drop(&seen);
}

// `[]=` gives nothing back.
static void check_results(Sema *sema, ClassElement *c) {
  for (uint32_t i = 0; i < c->functions.count; i++) {
    FunctionElement *f = c->functions.items[i];
    if (f->base.name != NAME_op_index_set || f->base.node == NULL) continue;
    TypeId result = il_member_signature(f)->result;
    if (result == TYPE_ID_VOID || result == TYPE_ID_INVALID) continue;
    il_sema_error(sema, f->base.unit, f->base.node, DIAG_OPERATOR_PARAMETERS,
                  TEXT("[]="), "the return type void");
  }
}

void il_hierarchy_check_members(Sema *sema, ClassElement *c) {
  check_names(sema, c);
  check_results(sema, c);
  if (c->class_kind == CLASS_KIND_EXTENSION) return;
  if (c->class_kind == CLASS_KIND_EXTENSION_TYPE) {
    check_extension_type(sema, c);
    return;
  }
  check_declared(sema, c);
  for (ClassElement *a = c->superclass;
       a != NULL && a->class_kind == CLASS_KIND_MIXIN_APPLICATION &&
       a->asker == c;
       a = a->superclass) {
    check_application(sema, c, a);
  }
  check_inherited(sema, c);
}

// ---------------------------------------------------------------- libraries

static bool is_public(Sema *sema, Name name) {
  Text text = il_name_text(sema->names, name);
  return text.length == 0 || text.bytes[0] != '_';
}

// Two exports of one name that the library does not declare itself.
static void check_exports(Sema *sema, Library *library) {
  for (uint32_t i = 1; i < library->exports.count; i++) {
    const Import *export = &library->exports.items[i];
    Library *target = export->library;
    if (target->outline != NULL) continue;
    uint32_t cursor = 0;
    uint64_t key, value;
    while (il_map_next(&target->declared, &cursor, &key, &value)) {
      Element *e = (Element *)(uintptr_t)value;
      if (e->kind == ELEMENT_PREFIX || !is_public(sema, e->name)) continue;
      bool setter = key & 1;
      Element *chosen = il_library_find_exported(library, e->name, setter);
      if (chosen == NULL || chosen == e || chosen->library == library) continue;
      bool is_hidden = false;
      for (uint32_t k = 0; k < export->combinator_count; k++) {
        const Combinator *c = &export->combinators[k];
        bool is_listed = false;
        for (uint32_t n = 0; n < c->count; n++) {
          if (c->names[n] == e->name) is_listed = true;
        }
        if (is_listed == c->is_hide) is_hidden = true;
      }
      if (is_hidden || chosen->library->is_core != e->library->is_core) {
        continue;
      }
      il_sema_error(sema, export->unit, export->node, DIAG_AMBIGUOUS_EXPORT,
                    name_text(sema, e->name));
      break;
    }
  }
}

// Optional parameters whose type does not allow null need a default.
static void check_defaults(Sema *sema, FunctionElement *f) {
  if (f->base.node == NULL || f->field != NULL) return;
  if (f->flags & (FUNCTION_IS_ABSTRACT | FUNCTION_IS_EXTERNAL)) return;
  if (f->function_kind == FUNCTION_FACTORY &&
      (f->flags & FUNCTION_IS_REDIRECTING)) {
    return;
  }
  Signature *s = il_member_signature(f);
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = s->required_count; i < count; i++) {
    Parameter *p = &s->parameters[i];
    if (p->is_required_named || p->has_default || p->node == NULL) continue;
    if (p->type == TYPE_ID_INVALID) continue;
    if (!il_type_is_subtype(
            &sema->type_context,
            il_type_interface(sema->types, CLASS_NULL, NULL, 0), p->type)) {
      il_sema_error(sema, f->base.unit, p->node, DIAG_MISSING_DEFAULT,
                    name_text(sema, p->name));
    }
  }
}

// Top-level and static variables whose type does not allow null.
static void check_variables(Sema *sema, Library *library) {
  TypeId null = il_type_interface(sema->types, CLASS_NULL, NULL, 0);
  uint32_t done = FIELD_IS_LATE | FIELD_IS_EXTERNAL | FIELD_IS_CONST |
                  FIELD_HAS_INITIALIZER;
  for (uint32_t i = 0; i < sema->fields.count; i++) {
    FieldElement *f = sema->fields.items[i];
    if (f->base.library != library || f->base.node == NULL) continue;
    if (!(f->flags & FIELD_IS_STATIC) || (f->flags & done)) continue;
    TypeId type = il_field_type(f);
    if (type == TYPE_ID_INVALID ||
        il_type_is_subtype(&sema->type_context, null, type)) {
      continue;
    }
    il_sema_error(sema, f->base.unit, f->base.node, DIAG_MISSING_INITIALIZER,
                  "non-nullable", name_text(sema, f->base.name));
  }
}

void il_hierarchy_check_library(Sema *sema, Library *library) {
  check_variables(sema, library);
  check_exports(sema, library);
  for (uint32_t i = 0; i < sema->functions.count; i++) {
    FunctionElement *f = sema->functions.items[i];
    if (f->base.library == library) check_defaults(sema, f);
  }
}
