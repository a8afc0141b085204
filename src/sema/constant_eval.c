// constant_eval.c: evaluates typed constant expressions.
//
// A walk over the typed tree with an environment of parameters. Constructors
// are run on their typed bodies: field initialisers, the super or this call,
// asserts. Type parameters of the class being made are replaced by its
// arguments. What is not a constant is reported where it stands and gives NULL.
//
// In order: helpers, operators, collections, constructors, the switch, entry
// points. Depth is bounded by a counter, because constants may refer to
// constants without end.
#include "sema/constant_eval.h"

#include "sema/declare.h"
#include "sema/hierarchy.h"
#include "sema/infer.h"
#include "sema/outline.h"

#define EVAL_DEPTH_LIMIT 1200

typedef struct {
  Sema *sema;
  Unit *unit;
  bool is_silent;
  bool has_failed;             // something was reported, or is in error
  uint32_t depth;
  // The constructor being run.
  const TypedBody *body;
  Constant **arguments;        // of its parameters
  const TypeParamId *params;   // of its class
  const TypeId *args;
  uint32_t param_count;
  IL_VEC(LocalVar *) locals;   // bound by LET
  IL_VEC(Constant *) values;
} Eval;

// An instance being made.
typedef struct {
  ClassElement *owner;
  Constant **items;
  uint32_t count;
} Instance;

static Constant *eval(Eval *v, const TypedExpr *e);

// ------------------------------------------------------------------ helpers

static void fail(Eval *v, uint32_t offset, DiagnosticCode code,
                 const char *message) {
  if (!v->is_silent && !v->has_failed && v->unit != NULL) {
    il_diagnostic_error(v->sema->diagnostics, &v->unit->source, offset,
                        offset + 1, code, message);
  }
  v->has_failed = true;
}

static Constant *not_constant(Eval *v, const TypedExpr *e) {
  if (!v->is_silent && !v->has_failed && v->unit != NULL) {
    il_diagnostic_error(v->sema->diagnostics, &v->unit->source, e->offset,
                        e->offset + 1, DIAG_NOT_CONSTANT);
  }
  v->has_failed = true;
  return NULL;
}

static Constant *intern(Eval *v, Constant c) {
  return il_constant_intern(v->sema, &c);
}

static Constant *make_bool(Eval *v, bool value) {
  return intern(v, (Constant){.kind = CONSTANT_BOOL, .integer = value});
}

static Constant *make_null(Eval *v) {
  return intern(v, (Constant){.kind = CONSTANT_NULL});
}

// A type with the class's parameters replaced, and closed; NONE otherwise.
static TypeId close_type(Eval *v, TypeId type) {
  if (type == TYPE_ID_NONE) return TYPE_ID_NONE;
  if (v->param_count > 0) {
    type = il_type_substitute(v->sema->types, type, v->params, v->args,
                              v->param_count);
  }
  const Type *t = il_type_get(v->sema->types, type);
  if (t->flags & (TYPE_HAS_CLASS_PARAM | TYPE_HAS_FUNCTION_PARAM)) {
    return TYPE_ID_NONE;
  }
  return il_type_erase(&v->sema->type_context, type);
}

static bool is_kind(const Constant *c, ConstantKind kind) {
  return c != NULL && c->kind == kind;
}

static bool has_type(Eval *v, const Constant *c, TypeId type) {
  return il_type_is_subtype(&v->sema->type_context,
                            il_constant_type(v->sema, c), type);
}

// Does nobody override == (and hashCode) of this value?
static bool has_primitive_equality(Eval *v, const Constant *c) {
  switch ((ConstantKind)c->kind) {
    case CONSTANT_DOUBLE: return false;
    case CONSTANT_INSTANCE: {
      ClassId id = il_type_get(v->sema->types, c->type)->head;
      ClassElement *k = il_sema_class(v->sema, id);
      FunctionElement *equals = il_class_find_concrete(k, NAME_op_eq, false);
      FunctionElement *hash = il_class_find_concrete(k, NAME_hashCode, false);
      return (equals == NULL || equals->owner->id == CLASS_OBJECT) &&
             (hash == NULL || hash->owner->id == CLASS_OBJECT);
    }
    case CONSTANT_RECORD:
      for (uint32_t i = 0; i < c->count; i++) {
        if (!has_primitive_equality(v, c->items[i])) return false;
      }
      return true;
    default: return true;
  }
}

// ---------------------------------------------------------------- operators

static Constant *eval_equals(Eval *v, const TypedEquals *e) {
  Constant *a = eval(v, e->left);
  Constant *b = eval(v, e->right);
  if (a == NULL || b == NULL) return NULL;
  bool is_equal = a == b;
  if (a->kind == CONSTANT_DOUBLE || b->kind == CONSTANT_DOUBLE) {
    double x = a->kind == CONSTANT_INT ? (double)a->integer : a->real;
    double y = b->kind == CONSTANT_INT ? (double)b->integer : b->real;
    bool are_numbers =
        (a->kind == CONSTANT_DOUBLE || a->kind == CONSTANT_INT) &&
        (b->kind == CONSTANT_DOUBLE || b->kind == CONSTANT_INT);
    is_equal = are_numbers && x == y;
  } else if (a->kind != CONSTANT_NULL && b->kind != CONSTANT_NULL &&
             !has_primitive_equality(v, a)) {
    fail(v, e->base.offset, DIAG_CONSTANT_ERROR,
         "'==' of this value is not constant.");
    return NULL;
  }
  return make_bool(v, is_equal != e->is_negated);
}

// A call of an operator or of String.length.
static Constant *eval_instance_call(Eval *v, const TypedInstanceCall *e) {
  // Chains of operators are deep on their left side only.
  IL_VEC(const TypedInstanceCall *) spine = {0};
  const TypedExpr *at = &e->base;
  while (at->kind == EXPR_INSTANCE_CALL) {
    il_vec_push(&spine, (const TypedInstanceCall *)at);
    at = ((const TypedInstanceCall *)at)->receiver;
  }
  Constant *left = eval(v, at);
  while (left != NULL && spine.count > 0) {
    const TypedInstanceCall *call = il_vec_pop(&spine);
    Constant *right = NULL;
    if (call->arguments.positional.count > 1 || call->arguments.named.count) {
      left = not_constant(v, &call->base);
      break;
    }
    if (call->arguments.positional.count == 1) {
      right = eval(v, call->arguments.positional.items[0]);
      if (right == NULL) {
        left = NULL;
        break;
      }
    }
    const char *error = NULL;
    left = il_constant_fold(v->sema, call->target->base.name, left, right,
                            &error);
    if (left != NULL) continue;
    if (error != NULL) {
      fail(v, call->base.offset, DIAG_CONSTANT_ERROR, error);
    } else {
      not_constant(v, &call->base);
    }
  }
  il_vec_drop(&spine);
  return left;
}

// An operator on a parameter of type dynamic.
static Constant *eval_dynamic(Eval *v, const TypedDynamicCall *e) {
  bool is_length = e->dynamic_kind == DYNAMIC_GETTER && e->name == NAME_length;
  if ((e->dynamic_kind != DYNAMIC_OPERATOR && !is_length) ||
      e->arguments.positional.count > 1) {
    return not_constant(v, &e->base);
  }
  Constant *left = eval(v, e->receiver);
  if (left == NULL) return NULL;
  Constant *right = NULL;
  if (e->arguments.positional.count == 1) {
    right = eval(v, e->arguments.positional.items[0]);
    if (right == NULL) return NULL;
  }
  const char *error = NULL;
  Constant *c = il_constant_fold(v->sema, e->name, left, right, &error);
  if (c != NULL) return c;
  fail(v, e->base.offset, DIAG_CONSTANT_ERROR,
       error != NULL ? error : "The operands don't have this operator.");
  return NULL;
}

// What is not evaluated must be potentially constant all the same.
static bool check_skipped(Eval *v, const TypedExpr *e) {
  if (il_constant_is_potential(e, v->body == NULL)) return true;
  not_constant(v, e);
  return false;
}

static Constant *eval_logic(Eval *v, const TypedBinary *e) {
  Constant *a = eval(v, e->left);
  if (a == NULL) return NULL;
  if (e->base.kind == EXPR_IF_NULL) {
    if (a->kind == CONSTANT_NULL) return eval(v, e->right);
    return check_skipped(v, e->right) ? a : NULL;
  }
  if (!is_kind(a, CONSTANT_BOOL)) return not_constant(v, &e->base);
  if ((a->integer != 0) == (e->base.kind == EXPR_OR)) {
    return check_skipped(v, e->right) ? a : NULL;
  }
  Constant *b = eval(v, e->right);
  if (b == NULL) return NULL;
  return is_kind(b, CONSTANT_BOOL) ? b : not_constant(v, &e->base);
}

static Constant *eval_concat(Eval *v, const TypedConcat *e) {
  TextBuilder out = {0};
  Constant *result = NULL;
  bool is_fine = true;
  for (uint32_t i = 0; i < e->parts.count && is_fine; i++) {
    Constant *part = eval(v, e->parts.items[i]);
    is_fine = part != NULL && il_constant_append(&out, part);
    if (!is_fine && part != NULL) not_constant(v, e->parts.items[i]);
  }
  if (is_fine) {
    result = intern(v, (Constant){.kind = CONSTANT_STRING,
                                  .text = il_text_builder_text(&out)});
  }
  il_text_builder_drop(&out);
  return result;
}

static Constant *eval_cast(Eval *v, const TypedAs *e) {
  if (e->as_kind == AS_MADE) return not_constant(v, &e->base);
  Constant *c = eval(v, e->operand);
  if (c == NULL) return NULL;
  TypeId target = close_type(v, e->target);
  if (target == TYPE_ID_NONE) return not_constant(v, &e->base);
  if (has_type(v, c, target)) return c;
  fail(v, e->base.offset, DIAG_CONSTANT_ERROR,
       "The constant doesn't have the type that it is cast to.");
  return NULL;
}

// -------------------------------------------------------------- collections

typedef IL_VEC(Constant *) Constants;

static bool check_new_key(Eval *v, const Constants *items, uint32_t step,
                          Constant *key, uint32_t offset) {
  if (!has_primitive_equality(v, key)) {
    fail(v, offset, DIAG_CONSTANT_EQUALITY, NULL);
    return false;
  }
  for (uint32_t i = 0; i < items->count; i += step) {
    if (items->items[i] != key) continue;
    fail(v, offset, DIAG_CONSTANT_DUPLICATE, step == 2 ? "key" : "value");
    return false;
  }
  return true;
}

static bool add_item(Eval *v, uint8_t kind, Constants *out, Constant *key,
                     Constant *value, uint32_t offset) {
  if (kind == EXPR_MAP) {
    if (!check_new_key(v, out, 2, key, offset)) return false;
    il_vec_push(out, key);
  } else if (kind == EXPR_SET) {
    if (!check_new_key(v, out, 1, value, offset)) return false;
  }
  il_vec_push(out, value);
  return true;
}

static bool eval_items(Eval *v, uint8_t kind, TypedItem **items,
                       uint32_t count, Constants *out);

static bool eval_spread(Eval *v, uint8_t kind, const TypedItem *item,
                        Constants *out) {
  Constant *c = eval(v, item->value);
  if (c == NULL) return false;
  if (c->kind == CONSTANT_NULL && item->is_null_aware_value) return true;
  bool is_map = c->kind == CONSTANT_MAP;
  bool fits = kind == EXPR_MAP ? is_map
                               : c->kind == CONSTANT_LIST ||
                                     c->kind == CONSTANT_SET;
  if (!fits) {
    not_constant(v, item->value);
    return false;
  }
  for (uint32_t i = 0; i < c->count; i += is_map ? 2 : 1) {
    Constant *value = is_map ? c->items[i + 1] : c->items[i];
    if (!add_item(v, kind, out, c->items[i], value, item->offset)) return false;
  }
  return true;
}

static bool eval_item(Eval *v, uint8_t kind, const TypedItem *item,
                      Constants *out) {
  switch ((ItemKind)item->kind) {
    case ITEM_VALUE:
    case ITEM_NULL_AWARE: {
      Constant *key = NULL;
      if (item->key != NULL) {
        key = eval(v, item->key);
        if (key == NULL) return false;
        if (item->is_null_aware_key && key->kind == CONSTANT_NULL) return true;
      }
      Constant *value = eval(v, item->value);
      if (value == NULL) return false;
      bool may_skip = item->is_null_aware_value ||
                      (item->kind == ITEM_NULL_AWARE && item->key == NULL);
      if (may_skip && value->kind == CONSTANT_NULL) return true;
      return add_item(v, kind, out, key, value, item->offset);
    }
    case ITEM_SPREAD: return eval_spread(v, kind, item, out);
    case ITEM_IF: {
      Constant *c = eval(v, item->condition);
      if (c == NULL) return false;
      if (!is_kind(c, CONSTANT_BOOL)) {
        not_constant(v, item->condition);
        return false;
      }
      if (c->integer) {
        return eval_items(v, kind, item->then_items, item->then_count, out);
      }
      return eval_items(v, kind, item->else_items, item->else_count, out);
    }
    default:
      fail(v, item->offset, DIAG_NOT_CONSTANT, NULL);
      return false;
  }
}

static bool eval_items(Eval *v, uint8_t kind, TypedItem **items,
                       uint32_t count, Constants *out) {
  for (uint32_t i = 0; i < count; i++) {
    if (!eval_item(v, kind, items[i], out)) return false;
  }
  return true;
}

static Constant *eval_collection(Eval *v, const TypedCollection *e) {
  TypeId type = close_type(v, e->base.type);
  if (type == TYPE_ID_NONE) return not_constant(v, &e->base);
  Constants items = {0};
  Constant *result = NULL;
  if (eval_items(v, e->base.kind, e->items, e->count, &items)) {
    Constant c = {.items = items.items, .count = items.count};
    const Type *t = il_type_get(v->sema->types, type);
    c.kind = e->base.kind == EXPR_LIST  ? CONSTANT_LIST
             : e->base.kind == EXPR_SET ? CONSTANT_SET
                                        : CONSTANT_MAP;
    c.type = c.kind == CONSTANT_MAP ? type : t->items[0];
    result = intern(v, c);
  }
  il_vec_drop(&items);
  return result;
}

static Constant *eval_record(Eval *v, const TypedRecord *e) {
  Constants items = {0};
  Constant *result = NULL;
  uint32_t i = 0;
  for (; i < e->fields.count; i++) {
    Constant *c = eval(v, e->fields.items[i]);
    if (c == NULL) break;
    il_vec_push(&items, c);
  }
  if (i == e->fields.count) {
    // A record's type is made of those of its values.
    const Type *t = il_type_get(v->sema->types, e->base.type);
    TypeId *types = IL_NEW_ARRAY(v->sema->arena, TypeId, items.count);
    for (uint32_t k = 0; k < items.count; k++) {
      types[k] = il_constant_type(v->sema, items.items[k]);
    }
    uint32_t named = t->count - t->head;
    TypeId type = il_type_record(v->sema->types, types, t->head,
                                 t->items + t->count, types + t->head, named);
    result = intern(v, (Constant){.kind = CONSTANT_RECORD,
                                  .type = type,
                                  .items = items.items,
                                  .count = items.count});
  }
  il_vec_drop(&items);
  return result;
}

// ------------------------------------------------------------- constructors

static bool is_slot(const FieldElement *f) {
  return !(f->flags & (FIELD_IS_STATIC | FIELD_IS_ABSTRACT |
                       FIELD_IS_EXTERNAL));
}

static const Fields *fields_of(ClassElement *c) {
  il_class_require(c, STAGE_MEMBERS);
  return c->class_kind == CLASS_KIND_MIXIN_APPLICATION ? &c->mixin->fields
                                                       : &c->fields;
}

// How many slots the class and all above it have.
static uint32_t count_slots(ClassElement *c) {
  uint32_t count = 0;
  for (; c != NULL; c = c->superclass) {
    const Fields *fields = fields_of(c);
    for (uint32_t i = 0; i < fields->count; i++) {
      if (is_slot(fields->items[i])) count++;
    }
  }
  return count;
}

// The slot of a field declared by level (or its mixin).
static uint32_t slot_of(ClassElement *level, const FieldElement *field) {
  uint32_t at = level->superclass == NULL ? 0 : count_slots(level->superclass);
  const Fields *fields = fields_of(level);
  for (uint32_t i = 0; i < fields->count; i++) {
    if (fields->items[i] == field) return at;
    if (is_slot(fields->items[i])) at++;
  }
  return UINT32_MAX;
}

// Evaluates arguments into the order of the parameters, defaults filled in.
static Constant **bind_arguments(Eval *v, FunctionElement *target,
                                 const TypedArguments *arguments) {
  Signature *s = il_member_signature(target);
  uint32_t positional = s->required_count + s->optional_count;
  uint32_t count = positional + s->named_count;
  Constant **values = IL_NEW_ARRAY(v->sema->arena, Constant *, count);
  for (uint32_t i = 0; i < arguments->positional.count && i < count; i++) {
    values[i] = eval(v, arguments->positional.items[i]);
    if (values[i] == NULL) return NULL;
  }
  for (uint32_t i = 0; i < arguments->named.count; i++) {
    Constant *value = eval(v, arguments->named.items[i]);
    if (value == NULL) return NULL;
    for (uint32_t k = positional; k < count; k++) {
      if (s->parameters[k].name == arguments->names[i]) values[k] = value;
    }
  }
  for (uint32_t i = 0; i < count; i++) {
    if (values[i] != NULL) continue;
    if (s->parameters[i].has_default) {
      values[i] = il_constant_of_default(target, &s->parameters[i]);
    }
    if (values[i] == NULL) values[i] = make_null(v);
  }
  return values;
}

static bool run_constructor(Eval *v, FunctionElement *f, TypeId type,
                            Constant **arguments, Instance *instance);

// A super or this call, in the environment of the caller.
static bool run_invoke(Eval *v, const TypedConstructorInvoke *s,
                       Instance *instance) {
  if (s->constructor == NULL) return true;
  Constant **arguments = bind_arguments(v, s->constructor, &s->arguments);
  if (arguments == NULL) return false;
  TypeId type = close_type(v, s->supertype);
  return run_constructor(v, s->constructor, type, arguments, instance);
}

static bool run_assert(Eval *v, const TypedAssert *s) {
  if (!v->sema->options.enable_asserts && v->is_silent) return true;
  Constant *c = eval(v, s->condition);
  if (c == NULL) return false;
  if (is_kind(c, CONSTANT_BOOL) && c->integer) return true;
  Text words = TEXT("");
  if (s->message != NULL) {
    Constant *message = eval(v, s->message);
    if (is_kind(message, CONSTANT_STRING)) {
      words = il_arena_format(v->sema->arena, ": %.*s",
                              TEXT_ARG(message->text));
    }
  }
  if (!v->is_silent && !v->has_failed && v->unit != NULL) {
    il_diagnostic_error(v->sema->diagnostics, &v->unit->source,
                        s->base.offset, s->base.offset + 1,
                        DIAG_CONSTANT_ASSERT, words);
  }
  v->has_failed = true;
  return false;
}

static bool run_statement(Eval *v, FunctionElement *f, const TypedStmt *stmt,
                          Instance *instance) {
  switch (stmt->kind) {
    case STMT_BLOCK: {
      const TypedStmts *list = &((const TypedBlock *)stmt)->statements;
      for (uint32_t i = 0; i < list->count; i++) {
        if (!run_statement(v, f, list->items[i], instance)) return false;
      }
      return true;
    }
    case STMT_FIELD_INIT: {
      const TypedFieldInit *init = (const TypedFieldInit *)stmt;
      Constant *value = eval(v, init->value);
      if (value == NULL) return false;
      TypeId type = close_type(v, il_field_type(init->field));
      if (type != TYPE_ID_NONE && !has_type(v, value, type)) {
        fail(v, stmt->offset, DIAG_CONSTANT_ERROR,
             "The constant doesn't have the type of the field.");
        return false;
      }
      uint32_t slot = slot_of(f->owner, init->field);
      if (slot < instance->count) instance->items[slot] = value;
      return true;
    }
    case STMT_SUPER_INIT:
    case STMT_THIS_INIT:
      return run_invoke(v, (const TypedConstructorInvoke *)stmt, instance);
    case STMT_ASSERT: return run_assert(v, (const TypedAssert *)stmt);
    default: return true;
  }
}

// Runs a constructor in an environment of its own.
static bool run_constructor(Eval *v, FunctionElement *f, TypeId type,
                            Constant **arguments, Instance *instance) {
  if (f->owner->id == CLASS_OBJECT || f->owner->id == CLASS_ENUM_VALUE) {
    return true;
  }
  if (++v->depth > EVAL_DEPTH_LIMIT) {
    fail(v, 0, DIAG_CONSTANT_ERROR, "The constant is nested too deeply.");
    return false;
  }
  if (f->forward != NULL) {
    // Same arguments; the type as seen from the class that was named.
    bool is_fine = run_constructor(v, f->forward, type, arguments, instance);
    v->depth--;
    return is_fine;
  }
  if (f->body == NULL && f->outline != 0) f->body = il_outline_body(f);
  if (f->body == NULL && f->outline == 0) il_infer_function(v->sema, f);
  Eval saved = *v;
  v->body = f->body;
  v->arguments = arguments;
  v->param_count = f->owner->type_params.count;
  TypeId seen = type == TYPE_ID_NONE || v->param_count == 0
                    ? TYPE_ID_NONE
                    : il_class_as_instance_of(&v->sema->type_context, type,
                                              f->owner->id);
  if (seen == TYPE_ID_NONE) {
    v->param_count = 0;
  } else {
    TypeParamId *params =
        IL_NEW_ARRAY(v->sema->arena, TypeParamId, v->param_count);
    for (uint32_t i = 0; i < v->param_count; i++) {
      params[i] = f->owner->type_params.items[i]->id;
    }
    v->params = params;
    v->args = il_type_get(v->sema->types, seen)->items;
  }
  if (f->body != NULL && f->body->unit != NULL) v->unit = f->body->unit;
  bool is_fine = true;
  if (f->body != NULL && f->body->code != NULL) {
    is_fine = run_statement(v, f, f->body->code, instance);
  }
  v->body = saved.body;
  v->arguments = saved.arguments;
  v->params = saved.params;
  v->args = saved.args;
  v->param_count = saved.param_count;
  v->unit = saved.unit;
  v->depth--;
  return is_fine;
}

// `value`: the enum value being made, or NULL.
static Constant *make_instance(Eval *v, const TypedNew *e,
                               const FieldElement *value) {
  FunctionElement *f = e->constructor;
  if (!(f->flags & FUNCTION_IS_CONST)) return not_constant(v, &e->base);
  TypeId type = close_type(v, e->base.type);
  if (type == TYPE_ID_NONE) return not_constant(v, &e->base);
  Constant **arguments = bind_arguments(v, f, &e->arguments);
  if (arguments == NULL) return NULL;
  Instance instance = {f->owner, NULL, count_slots(f->owner)};
  instance.items =
      IL_NEW_ARRAY(v->sema->arena, Constant *, instance.count + 1);
  bool is_extension_type = f->owner->class_kind == CLASS_KIND_EXTENSION_TYPE;
  TypeId made = is_extension_type ? e->base.type : type;
  if (!run_constructor(v, f, made, arguments, &instance)) {
    if (!v->has_failed) not_constant(v, &e->base);
    return NULL;
  }
  if (is_extension_type) return instance.items[0];
  for (uint32_t i = 0; i < instance.count; i++) {
    if (instance.items[i] == NULL) instance.items[i] = make_null(v);
  }
  if (value != NULL && instance.count >= 3) {
    int64_t index = 0;
    while (f->owner->enum_values[index] != value) index++;
    instance.items[0] =
        intern(v, (Constant){.kind = CONSTANT_INT, .integer = index});
    instance.items[1] = intern(
        v, (Constant){.kind = CONSTANT_STRING,
                      .text = il_sema_text(v->sema, value->base.name)});
    instance.items[2] = intern(
        v, (Constant){.kind = CONSTANT_STRING,
                      .text = il_sema_text(v->sema, f->owner->base.name)});
  }
  return intern(v, (Constant){.kind = CONSTANT_INSTANCE,
                              .type = type,
                              .items = instance.items,
                              .count = instance.count});
}

// `-Dname=value` read by bool.fromEnvironment and its kin.
static Constant *eval_environment(Eval *v, const TypedStaticCall *e) {
  FunctionElement *f = e->target;
  Constant **arguments = bind_arguments(v, f, &e->arguments);
  if (arguments == NULL || !is_kind(arguments[0], CONSTANT_STRING)) return NULL;
  const SemaOptions *options = &v->sema->options;
  const Text *value = NULL;
  for (uint32_t i = 0; i < options->define_count; i++) {
    if (il_text_equal(options->defines[i].name, arguments[0]->text)) {
      value = &options->defines[i].value;
    }
  }
  if (f->base.name == NAME_hasEnvironment) return make_bool(v, value != NULL);
  Signature *s = il_member_signature(f);
  uint32_t count = s->required_count + s->optional_count + s->named_count;
  Constant *otherwise = count > 1 ? arguments[1] : make_null(v);
  if (value == NULL) return otherwise;
  switch (f->owner->id) {
    case CLASS_BOOL:
      if (il_text_equal(*value, TEXT("true"))) return make_bool(v, true);
      if (il_text_equal(*value, TEXT("false"))) return make_bool(v, false);
      return otherwise;
    case CLASS_STRING:
      return intern(v, (Constant){.kind = CONSTANT_STRING, .text = *value});
    case CLASS_INT: {
      int64_t number = 0;
      bool is_negative = value->length > 1 && value->bytes[0] == '-';
      for (uint32_t i = is_negative; i < value->length; i++) {
        if (value->bytes[i] < '0' || value->bytes[i] > '9') return otherwise;
        number = number * 10 + (value->bytes[i] - '0');
      }
      if (value->length == 0) return otherwise;
      return intern(v, (Constant){.kind = CONSTANT_INT,
                                  .integer = is_negative ? -number : number});
    }
    default: return otherwise;
  }
}

static Constant *eval_static_call(Eval *v, const TypedStaticCall *e) {
  FunctionElement *f = e->target;
  if (f->owner == NULL) {
    bool is_identical = f->base.name == NAME_identical &&
                        f->base.library == v->sema->core &&
                        e->arguments.positional.count == 2;
    if (!is_identical) return not_constant(v, &e->base);
    Constant *a = eval(v, e->arguments.positional.items[0]);
    Constant *b = eval(v, e->arguments.positional.items[1]);
    if (a == NULL || b == NULL) return NULL;
    return make_bool(v, a == b);
  }
  if (f->function_kind == FUNCTION_CONSTRUCTOR &&
      (f->flags & FUNCTION_IS_CONST)) {
    TypedNew made = {.base = e->base, .constructor = f,
                     .arguments = e->arguments};
    return make_instance(v, &made, NULL);
  }
  if (f->function_kind != FUNCTION_FACTORY ||
      !(f->flags & FUNCTION_IS_CONST)) {
    return not_constant(v, &e->base);
  }
  if (f->base.name == NAME_fromEnvironment ||
      f->base.name == NAME_hasEnvironment) {
    Constant *c = eval_environment(v, e);
    return c != NULL ? c : not_constant(v, &e->base);
  }
  if ((f->owner->id == CLASS_SYMBOL || f->owner->id == CLASS_SYMBOL_VALUE) &&
      e->arguments.positional.count == 1) {
    Constant *name = eval(v, e->arguments.positional.items[0]);
    if (!is_kind(name, CONSTANT_STRING)) return not_constant(v, &e->base);
    return intern(v, (Constant){.kind = CONSTANT_SYMBOL,
                                .name = il_name_intern(v->sema->names,
                                                       name->text)});
  }
  return not_constant(v, &e->base);
}

// --------------------------------------------------------------- the switch

static Constant *eval_local(Eval *v, const TypedLocalGet *e) {
  for (uint32_t i = v->locals.count; i-- > 0;) {
    if (v->locals.items[i] == e->local) return v->values.items[i];
  }
  if (v->body != NULL) {
    Signature *s = v->body->signature;
    uint32_t count = s->required_count + s->optional_count + s->named_count;
    for (uint32_t i = 0; i < count; i++) {
      if (v->body->parameters[i] == e->local) return v->arguments[i];
    }
  }
  return not_constant(v, &e->base);
}

static Constant *eval_let(Eval *v, const TypedLet *e) {
  Constant *value = eval(v, e->value);
  if (value == NULL) return NULL;
  il_vec_push(&v->locals, e->local);
  il_vec_push(&v->values, value);
  Constant *result = eval(v, e->body);
  v->locals.count--;
  v->values.count--;
  return result;
}

// e?.length
static Constant *eval_null_aware(Eval *v, const TypedNullAware *e) {
  Constant *value = eval(v, e->value);
  if (value == NULL || value->kind == CONSTANT_NULL) return value;
  TypedLet let = {e->base, e->local, e->value, e->body};
  return eval_let(v, &let);
}

static Constant *eval_static_get(Eval *v, const TypedStaticGet *e) {
  if (!(e->field->flags & FIELD_IS_CONST)) return not_constant(v, &e->base);
  Constant *c = il_constant_of_field(e->field);
  if (c == NULL) v->has_failed = true;
  return c;
}

static Constant *eval_function(Eval *v, FunctionElement *f, TypeId vector,
                               const TypedExpr *e) {
  TypeId type = TYPE_ID_NONE;
  if (vector != TYPE_ID_NONE) {
    type = close_type(v, vector);
    if (type == TYPE_ID_NONE) return not_constant(v, e);
  }
  return intern(v, (Constant){.kind = CONSTANT_FUNCTION,
                              .type = type,
                              .function = f});
}

static Constant *eval_instantiate(Eval *v, const TypedInstantiate *e) {
  Constant *c = eval(v, e->function);
  if (c == NULL) return NULL;
  if (c->kind != CONSTANT_FUNCTION || c->type != TYPE_ID_NONE) {
    return not_constant(v, &e->base);
  }
  return eval_function(v, c->function, e->vector, &e->base);
}

static Constant *eval_type(Eval *v, const TypedTypeLiteral *e) {
  TypeId type = close_type(v, e->value);
  if (type == TYPE_ID_NONE) return not_constant(v, &e->base);
  return intern(v, (Constant){.kind = CONSTANT_TYPE, .type = type});
}

static Constant *eval_identical(Eval *v, const TypedBinary *e) {
  Constant *a = eval(v, e->left);
  Constant *b = eval(v, e->right);
  return a == NULL || b == NULL ? NULL : make_bool(v, a == b);
}

static Constant *eval_is(Eval *v, const TypedIs *e) {
  Constant *c = eval(v, e->operand);
  TypeId type = close_type(v, e->test);
  if (type == TYPE_ID_NONE) return not_constant(v, &e->base);
  return c == NULL ? NULL : make_bool(v, has_type(v, c, type));
}

static Constant *eval_not(Eval *v, const TypedUnary *e) {
  Constant *c = eval(v, e->operand);
  if (c == NULL) return NULL;
  if (!is_kind(c, CONSTANT_BOOL)) return not_constant(v, &e->base);
  return make_bool(v, !c->integer);
}

static Constant *eval_conditional(Eval *v, const TypedConditional *e) {
  Constant *c = eval(v, e->condition);
  if (c == NULL) return NULL;
  if (!is_kind(c, CONSTANT_BOOL)) return not_constant(v, &e->base);
  if (!check_skipped(v, c->integer ? e->otherwise : e->then)) return NULL;
  return eval(v, c->integer ? e->then : e->otherwise);
}

static Constant *eval_node(Eval *v, const TypedExpr *e) {
  switch ((ExprKind)e->kind) {
    case EXPR_INT:
      return intern(v, (Constant){.kind = CONSTANT_INT,
                                  .integer = ((const TypedInt *)e)->value});
    case EXPR_DOUBLE:
      return intern(v, (Constant){.kind = CONSTANT_DOUBLE,
                                  .real = ((const TypedDouble *)e)->value});
    case EXPR_CONSTANT: return ((const TypedConstant *)e)->value;
    case EXPR_TYPE: return eval_type(v, (const TypedTypeLiteral *)e);
    case EXPR_CONCAT: return eval_concat(v, (const TypedConcat *)e);
    case EXPR_LOCAL_GET: return eval_local(v, (const TypedLocalGet *)e);
    case EXPR_STATIC_GET:
      return eval_static_get(v, (const TypedStaticGet *)e);
    case EXPR_NEW: return make_instance(v, (const TypedNew *)e, NULL);
    case EXPR_STATIC_CALL:
      return eval_static_call(v, (const TypedStaticCall *)e);
    case EXPR_INSTANCE_CALL:
      return eval_instance_call(v, (const TypedInstanceCall *)e);
    case EXPR_DYNAMIC_CALL:
      return eval_dynamic(v, (const TypedDynamicCall *)e);
    case EXPR_EQUALS: return eval_equals(v, (const TypedEquals *)e);
    case EXPR_IDENTICAL: return eval_identical(v, (const TypedBinary *)e);
    case EXPR_STATIC_TEAR_OFF:
      return eval_function(v, ((const TypedStaticTearOff *)e)->target,
                           TYPE_ID_NONE, e);
    case EXPR_CONSTRUCTOR_TEAR_OFF: {
      const TypedConstructorTearOff *t = (const TypedConstructorTearOff *)e;
      return eval_function(v, t->constructor, t->class_vector, e);
    }
    case EXPR_INSTANTIATE:
      return eval_instantiate(v, (const TypedInstantiate *)e);
    case EXPR_LIST:
    case EXPR_SET:
    case EXPR_MAP: return eval_collection(v, (const TypedCollection *)e);
    case EXPR_RECORD: return eval_record(v, (const TypedRecord *)e);
    case EXPR_IS: return eval_is(v, (const TypedIs *)e);
    case EXPR_AS: return eval_cast(v, (const TypedAs *)e);
    case EXPR_NOT: return eval_not(v, (const TypedUnary *)e);
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_IF_NULL: return eval_logic(v, (const TypedBinary *)e);
    case EXPR_CONDITIONAL:
      return eval_conditional(v, (const TypedConditional *)e);
    case EXPR_LET: return eval_let(v, (const TypedLet *)e);
    case EXPR_NULL_AWARE:
      return eval_null_aware(v, (const TypedNullAware *)e);
    default: return not_constant(v, e);
  }
}

static Constant *eval(Eval *v, const TypedExpr *e) {
  if (e == NULL || e->type == TYPE_ID_INVALID) {
    v->has_failed = true;  // reported already
    return NULL;
  }
  if (++v->depth > EVAL_DEPTH_LIMIT) {
    fail(v, e->offset, DIAG_CONSTANT_ERROR,
         "The constant is nested too deeply.");
    v->depth--;
    return NULL;
  }
  Constant *c = eval_node(v, e);
  v->depth--;
  return c;
}

// ------------------------------------------------------------- entry points

static Constant *evaluate(Sema *sema, Unit *unit, const TypedExpr *e,
                          bool is_silent, const FieldElement *value) {
  Eval v = {.sema = sema, .unit = unit, .is_silent = is_silent};
  Constant *c;
  if (value != NULL && e->kind == EXPR_NEW) {
    c = make_instance(&v, (const TypedNew *)e, value);
  } else {
    c = eval(&v, e);
  }
  il_vec_drop(&v.locals);
  il_vec_drop(&v.values);
  return c;
}

Constant *il_constant_evaluate(Sema *sema, Unit *unit, const TypedExpr *e) {
  return evaluate(sema, unit, e, false, NULL);
}

Constant *il_constant_try(Sema *sema, Unit *unit, const TypedExpr *e) {
  return evaluate(sema, unit, e, true, NULL);
}

Constant *il_constant_evaluate_enum(Sema *sema, FieldElement *value) {
  return evaluate(sema, value->base.unit, value->initializer->value, false,
                  value);
}
