// infer_constructor.c: generative constructors and redirecting ones.
//
// Dart's order: initialisers of fields as declared, `this.x`, the initialiser
// list, the superclass's constructor, the body.  All but the body see the
// parameters and no `this`; the body sees neither `this.x` nor `super.x`.
//
// Fields' initialisers are inferred anew for each constructor, because closures
// in them belong to the constructor's body.
//
// A constructor of an extension type makes its `receiver`: a FIELD_INIT of the
// representation sets that local, and the function returns it.

#include "sema/infer_internal.h"

#include "sema/flow.h"

typedef IL_VEC(TypedStmt *) Stmts;

typedef struct {
  InferContext *f;
  FunctionElement *ctor;
  ClassElement *owner;
  TypedBody *body;
  Stmts code;
  Map initialized;  // FieldElement* → 1
  const TreeList *initializers;
  TreeNode *block;  // the body; NULL when none
  bool is_arrow;
  bool has_super;
  const TreeNode *node;
} Maker;

// -------------------------------------------------------------------- fields

static void push_field(Maker *m, FieldElement *field, TypedExpr *value) {
  TypedFieldInit *init =
      NEW_STMT(m->f, FIELD_INIT, TypedFieldInit, value->offset);
  init->field = field;
  init->value = value;
  il_vec_push(&m->code, &init->base);
  il_map_put(&m->initialized, il_map_key(field), 1);
}

static bool is_slot(const FieldElement *field) {
  return !(field->flags &
           (FIELD_IS_STATIC | FIELD_IS_ABSTRACT | FIELD_IS_EXTERNAL));
}

// `x = e` where x is declared.
static void infer_declared(Maker *m, FieldElement *field) {
  InferContext *f = m->f;
  TypeId type = il_field_type(field);
  Flow *saved_flow = f->flow;
  Scope *saved = f->scope;
  Unit *unit = f->unit;
  bool is_primary = m->ctor->base.node &&
                    m->ctor->base.node->kind == TREE_PRIMARY_CONSTRUCTOR;
  if (!is_primary) {
    f->scope = il_declare_scope(f->sema, &field->base);
    f->flow = il_flow_new(f, field->initializer_node);
  }
  f->unit = field->base.unit;
  f->source = f->unit ? &f->unit->source : NULL;
  TypedExpr *e = il_infer_as(f, field->initializer_node, type);
  f->unit = unit;
  f->source = unit ? &unit->source : NULL;
  if (!is_primary) {
    il_flow_free(f->flow);
    f->flow = saved_flow;
    f->scope = saved;
  }
  push_field(m, field, e);
}

static void infer_declared_fields(Maker *m) {
  for (uint32_t i = 0; i < m->owner->fields.count; i++) {
    FieldElement *field = m->owner->fields.items[i];
    if (!is_slot(field) || (field->flags & FIELD_IS_LATE)) continue;
    if (field->initializer_node) infer_declared(m, field);
  }
}

static void check_twice(Maker *m, FieldElement *field, const TreeNode *node) {
  uint64_t found;
  if (!il_map_find(&m->initialized, il_map_key(field), &found)) return;
  bool is_declared = field->initializer_node != NULL;
  if (is_declared && !(field->flags & FIELD_IS_FINAL)) return;
  il_infer_error(m->f, node, DIAG_FIELD_INITIALIZED_TWICE,
                 il_infer_name_text(m->f, field->base.name));
}

static void infer_formals(Maker *m) {
  InferContext *f = m->f;
  Signature *s = m->body->signature;
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    if (!p->field) continue;
    const TreeNode *node = p->node ? p->node : m->node;
    check_twice(m, p->field, node);
    TypedExpr *value =
        il_infer_local_get(f, m->body->parameters[i], node->start);
    value = il_infer_coerce(f, value, il_field_type(p->field), node);
    push_field(m, p->field, value);
  }
}

static FieldElement *find_field(Maker *m, Name name) {
  for (uint32_t i = 0; i < m->owner->fields.count; i++) {
    FieldElement *field = m->owner->fields.items[i];
    if (field->base.name == name && !(field->flags & FIELD_IS_STATIC)) {
      return field;
    }
  }
  return NULL;
}

static void infer_field_initializer(Maker *m, TreeFieldInitializer *node) {
  InferContext *f = m->f;
  Name name = il_infer_name(f, node->name.name);
  FieldElement *field = find_field(m, name);
  if (!field) {
    il_infer_error_name(f, node->name, DIAG_NOT_A_FIELD,
                        il_infer_name_text(f, name));
    if (node->value) il_infer_expr(f, node->value, TYPE_ID_UNKNOWN);
    return;
  }
  check_twice(m, field, &node->base);
  bool is_late_set = (field->flags & FIELD_IS_LATE) && field->initializer_node;
  if (is_late_set && (field->flags & FIELD_IS_FINAL)) {
    il_infer_error(f, &node->base, DIAG_FIELD_INITIALIZED_TWICE,
                   il_infer_name_text(f, name));
  }
  if (!is_slot(field)) {
    il_infer_error_name(f, node->name, DIAG_NOT_A_FIELD,
                        il_infer_name_text(f, name));
  }
  if (!node->value) return;
  push_field(m, field, il_infer_as(f, node->value, il_field_type(field)));
}

// What nobody initialises and cannot be null.
static void check_initialized(Maker *m) {
  InferContext *f = m->f;
  for (uint32_t i = 0; i < m->owner->fields.count; i++) {
    FieldElement *field = m->owner->fields.items[i];
    uint64_t found;
    if (!is_slot(field) || (field->flags & FIELD_IS_LATE)) continue;
    if (il_map_find(&m->initialized, il_map_key(field), &found)) continue;
    TypeId type = il_field_type(field);
    if (type == TYPE_ID_INVALID) continue;
    if (!(field->flags & FIELD_IS_FINAL) &&
        il_type_is_nullable(f->type_context, type)) {
      continue;
    }
    const TreeNode *node = m->node;
    if ((m->ctor->flags & FUNCTION_IS_SYNTHETIC) && field->base.node) {
      node = field->base.node;
    }
    il_infer_error(f, node, DIAG_FIELD_NOT_INITIALIZED,
                   il_infer_name_text(f, field->base.name),
                   il_infer_type_text(f, type));
  }
}

// ------------------------------------------------------------- other calls

// The type of which the constructor's class is a superclass, seen from ours.
static TypeId invoked_type(Maker *m, ClassElement *c) {
  InferContext *f = m->f;
  if (c == m->owner) return il_declare_this_type(f->sema, c);
  if (c->class_kind == CLASS_KIND_MIXIN_APPLICATION) {
    return il_class_get(f->sema->class_table, c->id)->this_type;
  }
  TypeId type = il_class_as_instance_of(
      f->type_context, il_declare_this_type(f->sema, m->owner), c->id);
  return type == TYPE_ID_NONE ? il_declare_this_type(f->sema, c) : type;
}

// The parameters that go on as `super.x`.
static void add_super_parameters(Maker *m, InferInvocation *call) {
  InferContext *f = m->f;
  Signature *s = m->body->signature;
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t count = positional + s->named_count;
  TypedExpr **values = IL_NEW_ARRAY(f->arena, TypedExpr *, count + 1);
  Name *names = IL_NEW_ARRAY(f->arena, Name, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    Parameter *p = &s->parameters[i];
    if (!p->is_super) continue;
    if (i < positional && call->source) {
      for (uint32_t k = 0; k < call->source->items.count; k++) {
        if (call->source->items.items[k]->kind == TREE_NAMED_ARGUMENT) continue;
        il_infer_error(f, call->source->items.items[k], DIAG_SUPER_PARAMETER,
                       "Positional super parameters cannot be combined with "
                       "positional arguments of `super`.");
        break;
      }
    }
    uint32_t at = call->extra_count++;
    LocalVar *local = m->body->parameters[i];
    values[at] =
        il_infer_local_get(f, local, p->node ? p->node->start : m->node->start);
    names[at] = i < positional ? NAME_NONE : p->name;
  }
  call->extra = values;
  call->extra_names = names;
}

static FunctionElement *check_target(Maker *m, FunctionElement *target,
                                     ClassElement *c, Name name,
                                     const TreeNode *node) {
  InferContext *f = m->f;
  if (!target) {
    Text text = il_infer_name_text(f, c->base.name);
    if (c->class_kind == CLASS_KIND_MIXIN_APPLICATION) text = TEXT("super");
    if (name != NAME_new) {
      text = il_arena_format(f->arena, "%.*s.%.*s", TEXT_ARG(text),
                             TEXT_ARG(il_infer_name_text(f, name)));
    }
    il_infer_error(f, node, DIAG_UNDEFINED_CONSTRUCTOR, text);
    return NULL;
  }
  if (target->function_kind != FUNCTION_CONSTRUCTOR) {
    il_infer_error(f, node, DIAG_FACTORY_SUPER, il_infer_name_text(f, name));
    return NULL;
  }
  if ((m->ctor->flags & FUNCTION_IS_CONST) &&
      !(target->flags & FUNCTION_IS_CONST) && target->owner != m->owner &&
      c->id != CLASS_OBJECT) {
    il_infer_error(f, node, DIAG_NOT_CONST_CONSTRUCTOR);
    return NULL;
  }
  return target;
}

static void infer_invoke(Maker *m, ClassElement *c, Name name,
                         TreeArguments *arguments, const TreeNode *node) {
  InferContext *f = m->f;
  bool is_super = c != m->owner;
  il_class_require(c, STAGE_MEMBERS);
  FunctionElement *target =
      check_target(m, il_class_find_constructor(c, name), c, name, node);
  if (!target) {
    il_infer_loose_arguments(f, arguments);
    return;
  }
  TypeId type = invoked_type(m, c);
  InferInvocation call = {
      .node = node, .source = arguments, .context = TYPE_ID_UNKNOWN};
  if (is_super) add_super_parameters(m, &call);
  call.function = il_infer_constructor_type(f, target);
  const Type *t = il_type_get(f->types, type);
  if (c->type_params.count > 0 && t->count == c->type_params.count) {
    call.function =
        il_type_function_apply(f->types, call.function, t->items, t->count);
  }
  il_infer_invoke(f, &call);
  TypedConstructorInvoke *invoke = (TypedConstructorInvoke *)il_infer_new_stmt(
      f, is_super ? STMT_SUPER_INIT : STMT_THIS_INIT,
      sizeof(TypedConstructorInvoke), node->start);
  invoke->constructor = target;
  invoke->supertype = type;
  invoke->arguments = call.arguments;
  il_infer_use_type(f, type);
  il_vec_push(&m->code, &invoke->base);
}

// ----------------------------------------------------------------- together

static void infer_assert(Maker *m, TreeNode *node) {
  TypedStmt *s = il_infer_statement(m->f, node);
  if (s) il_vec_push(&m->code, s);
}

static void infer_initializers(Maker *m) {
  InferContext *f = m->f;
  uint32_t count = m->initializers ? m->initializers->count : 0;
  for (uint32_t i = 0; i < count; i++) {
    TreeNode *node = m->initializers->items[i];
    switch (node->kind) {
      case TREE_FIELD_INITIALIZER:
        infer_field_initializer(m, (TreeFieldInitializer *)node);
        break;
      case TREE_SUPER_INITIALIZER: {
        TreeSuperInitializer *super = (TreeSuperInitializer *)node;
        Name name =
            super->name.name ? il_infer_name(f, super->name.name) : NAME_new;
        m->has_super = true;
        if (m->owner->superclass) {
          infer_invoke(m, m->owner->superclass, name, super->arguments, node);
        }
        break;
      }
      case TREE_REDIRECT_INITIALIZER: {
        TreeRedirectInitializer *redirect = (TreeRedirectInitializer *)node;
        Name name = redirect->name.name ? il_infer_name(f, redirect->name.name)
                                        : NAME_new;
        infer_invoke(m, m->owner, name, redirect->arguments, node);
        break;
      }
      case TREE_ASSERT:
        infer_assert(m, node);
        break;
      default:
        break;
    }
  }
}

static bool is_redirecting(const Maker *m) {
  for (uint32_t i = 0; m->initializers && i < m->initializers->count; i++) {
    if (m->initializers->items[i]->kind == TREE_REDIRECT_INITIALIZER) {
      return true;
    }
  }
  return false;
}

// Where the source of a constructor is.
static void find_source(Maker *m) {
  TreeNode *node = m->ctor->base.node;
  m->node = node;
  if (!node) return;
  if (node->kind == TREE_CONSTRUCTOR) {
    TreeConstructor *c = (TreeConstructor *)node;
    m->initializers = &c->initializers;
    m->block = c->body;
    m->is_arrow = c->is_arrow;
    return;
  }
  if (node->kind != TREE_PRIMARY_CONSTRUCTOR || !m->owner->base.node) return;
  const TreeList *members = NULL;
  TreeNode *owner = m->owner->base.node;
  if (owner->kind == TREE_CLASS) members = &((TreeClass *)owner)->members;
  if (owner->kind == TREE_ENUM) members = &((TreeEnum *)owner)->members;
  if (owner->kind == TREE_EXTENSION_TYPE) {
    members = &((TreeExtensionType *)owner)->members;
  }
  for (uint32_t i = 0; members && i < members->count; i++) {
    if (members->items[i]->kind != TREE_PRIMARY_BODY) continue;
    TreePrimaryBody *body = (TreePrimaryBody *)members->items[i];
    m->initializers = &body->initializers;
    m->block = body->body;
    m->is_arrow = body->is_arrow;
  }
}

// `class A = B with C` and mixin applications: all arguments go on.
static void infer_forwarding(Maker *m) {
  InferContext *f = m->f;
  Signature *s = m->body->signature;
  uint32_t positional = s->required_count + s->optional_count;
  FunctionElement *target = m->ctor->forward;
  TypedConstructorInvoke *invoke =
      NEW_STMT(f, SUPER_INIT, TypedConstructorInvoke, 0);
  TypedArguments *a = &invoke->arguments;
  invoke->constructor = target;
  invoke->supertype = invoked_type(m, target->owner);
  a->positional.count = positional;
  a->positional.items = IL_NEW_ARRAY(f->arena, TypedExpr *, positional + 1);
  a->named.count = s->named_count;
  a->named.items = IL_NEW_ARRAY(f->arena, TypedExpr *, s->named_count + 1);
  Name *names = IL_NEW_ARRAY(f->arena, Name, s->named_count + 1);
  a->names = names;
  for (uint32_t i = 0; i < positional + s->named_count; i++) {
    TypedExpr *value = il_infer_local_get(f, m->body->parameters[i], 0);
    if (i < positional) {
      a->positional.items[i] = value;
    } else {
      a->named.items[i - positional] = value;
      names[i - positional] = s->parameters[i].name;
    }
  }
  il_vec_push(&m->code, &invoke->base);
}

static void infer_block(Maker *m, Scope *outer) {
  InferContext *f = m->f;
  if (!m->block) return;
  f->is_initializer = false;
  Scope *initializers = f->scope;
  f->scope = outer;
  Scope *saved = il_infer_open_block(f, NULL);
  il_infer_declare_parameters(f, m->body, true);
  TypedStmt *code = il_infer_code(f, m->block, m->is_arrow);
  if (code) il_vec_push(&m->code, code);
  il_infer_close_block(f, saved);
  f->scope = initializers;
}

static void finish(Maker *m) {
  InferContext *f = m->f;
  if (m->body->receiver) {
    TypedReturn *r = NEW_STMT(f, RETURN, TypedReturn, m->body->offset);
    r->value = il_infer_local_get(f, m->body->receiver, m->body->offset);
    il_vec_push(&m->code, &r->base);
  }
  TypedBlock *block = NEW_STMT(f, BLOCK, TypedBlock, m->body->offset);
  block->statements.count = m->code.count;
  block->statements.items = il_vec_to_arena(&m->code, f->arena);
  m->body->code = &block->base;
  il_vec_drop(&m->code);
  il_map_drop(&m->initialized);
}

void il_infer_constructor(InferContext *f, FunctionElement *ctor,
                          TypedBody *body) {
  Maker maker = {.f = f, .ctor = ctor, .owner = ctor->owner, .body = body};
  Maker *m = &maker;
  TreeNode none = {.start = body->offset, .end = body->offset + 1};
  find_source(m);
  if (!m->node) {
    m->node = &none;
    if (m->owner->base.node) {
      none.start = m->owner->base.node->start;
      none.end = m->owner->base.node->end;
    }
  }
  // The scope that the body's own parameters stand in: that of the type
  // parameters, outside the block of all parameters.
  Scope *outer = f->scope->parent;
  f->is_initializer = true;
  il_infer_declare_parameters(f, body, false);
  if (ctor->flags & FUNCTION_IS_EXTERNAL) {
    il_vec_drop(&m->code);
    return;
  }
  if (ctor->forward) {
    infer_forwarding(m);
  } else if (is_redirecting(m)) {
    infer_initializers(m);
  } else {
    infer_declared_fields(m);
    infer_formals(m);
    infer_initializers(m);
    check_initialized(m);
    // The superclass of an enum sets nothing: its fields are the constant's.
    bool is_plain = m->owner->class_kind == CLASS_KIND_CLASS;
    if (!m->has_super && m->owner->superclass && is_plain) {
      infer_invoke(m, m->owner->superclass, NAME_new, NULL, m->node);
    }
    infer_block(m, outer);
  }
  finish(m);
  f->is_initializer = false;
}

// ------------------------------------------------------------------ factories

// A redirecting factory as a function of its own, for tear-offs: calls are
// resolved where they are.
TypedStmt *il_infer_redirecting_factory(InferContext *f, TypedBody *body,
                                        FunctionElement *target, TypeId type) {
  Signature *s = body->signature;
  Signature *other = il_member_signature(target);
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t other_positional = other->required_count + other->optional_count;
  TypedArguments a = {0};
  a.positional.items = IL_NEW_ARRAY(f->arena, TypedExpr *, positional + 1);
  a.positional.count = positional;
  a.named.items = IL_NEW_ARRAY(f->arena, TypedExpr *, s->named_count + 1);
  a.named.count = s->named_count;
  Name *names = IL_NEW_ARRAY(f->arena, Name, s->named_count + 1);
  a.names = names;
  for (uint32_t i = 0; i < positional + s->named_count; i++) {
    Parameter *p = &s->parameters[i];
    TypedExpr *value = il_infer_local_get(f, body->parameters[i], 0);
    uint32_t at = i;
    if (i < positional) {
      a.positional.items[i] = value;
    } else {
      a.named.items[i - positional] = value;
      names[i - positional] = p->name;
      for (at = other_positional; at < other_positional + other->named_count;
           at++) {
        if (other->parameters[at].name == p->name) break;
      }
    }
    // What is left out takes the default of what is finally called.
    if (at < other_positional + other->named_count && !p->default_owner) {
      p->default_owner = target;
      p->default_index = at;
      p->has_default = other->parameters[at].has_default;
    }
  }
  TypedReturn *r = NEW_STMT(f, RETURN, TypedReturn, body->offset);
  r->value = il_infer_make_object(f, target, type, a, body->offset);
  return &r->base;
}

// The parameters of a primary constructor, where a field's initialiser sees
// them.
void il_infer_primary_scope(InferContext *f, TypedBody *body) {
  ClassElement *c = f->owner;
  for (uint32_t i = 0; i < c->constructors.count; i++) {
    FunctionElement *ctor = c->constructors.items[i];
    if (!ctor->base.node || ctor->base.node->kind != TREE_PRIMARY_CONSTRUCTOR) {
      continue;
    }
    // Types of `this.x` parameters come from their fields: do not ask for that
    // of the field being inferred.
    body->signature = il_member_signature(ctor);
    il_infer_open_block(f, NULL);
    il_infer_make_parameters(f, body);
    il_infer_declare_parameters(f, body, false);
    return;
  }
}
