// infer_tear_off.c: constructors torn off through generic typedefs.
//
// `typedef A<T> = C<List<T>>; A.new` is a function generic as A is, which no
// constructor is.  It becomes a static function of its own, made once for each
// typedef and constructor, so that its tear-offs are identical and constant.

#include "sema/infer_internal.h"

#include "sema/flow.h"

// The signature: the typedef's parameters, the constructor's names.
static Signature *make_signature(InferContext *f, const TypedefElement *t,
                                 FunctionElement *ctor, TypeId generic) {
  Signature *from = il_member_signature(ctor);
  Signature *s = IL_NEW(f->arena, Signature);
  *s = *from;
  uint32_t count = t->type_params.count;
  uint32_t all = s->required_count + s->optional_count + s->named_count;
  uint32_t positional = s->required_count + s->optional_count;
  TypeParamId *own = IL_NEW_ARRAY(f->arena, TypeParamId, count + 1);
  TypeId *fresh = IL_NEW_ARRAY(f->arena, TypeId, count + 1);
  s->type_param_count = count;
  s->type_params = IL_NEW_ARRAY(f->arena, TypeParamElement *, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    TypeParamElement *p = IL_NEW(f->arena, TypeParamElement);
    *p = *t->type_params.items[i];
    own[i] = p->id;
    p->id = il_type_param_new(f->types, p->base.name, true, i);
    fresh[i] = il_type_param(f->types, p->id);
    s->type_params[i] = p;
  }
  for (uint32_t i = 0; i < count; i++) {
    TypeId bound = il_type_param_get(f->types, own[i])->bound;
    bound = il_type_substitute(f->types, bound, own, fresh, count);
    il_type_param_set_bound(f->types, s->type_params[i]->id, bound);
    il_type_param_set_default(f->types, s->type_params[i]->id, bound);
  }
  TypeId applied = il_type_function_apply(f->types, generic, fresh, count);
  s->parameters = IL_NEW_ARRAY(f->arena, Parameter, all + 1);
  for (uint32_t i = 0; i < all; i++) {
    Parameter *p = &s->parameters[i];
    *p = from->parameters[i];
    p->type = i < positional
                  ? il_type_function_positional(f->types, applied, i)
                  : il_type_function_named(f->types, applied, p->name, NULL);
    p->default_owner = ctor;
    p->default_index = i;
    p->node = NULL;
    p->field = NULL;
    p->is_super = false;
  }
  s->result = il_type_function_result(f->types, applied);
  il_declare_signature_type(f->sema, s);
  return s;
}

static TypedStmt *make_code(InferContext *f, TypedBody *body,
                            FunctionElement *ctor) {
  Signature *s = body->signature;
  uint32_t positional = s->required_count + s->optional_count;
  TypedArguments a = {0};
  a.positional.count = positional;
  a.positional.items = IL_NEW_ARRAY(f->arena, TypedExpr *, positional + 1);
  a.named.count = s->named_count;
  a.named.items = IL_NEW_ARRAY(f->arena, TypedExpr *, s->named_count + 1);
  Name *names = IL_NEW_ARRAY(f->arena, Name, s->named_count + 1);
  a.names = names;
  for (uint32_t i = 0; i < positional + s->named_count; i++) {
    TypedExpr *value = il_infer_local_get(f, body->parameters[i], body->offset);
    if (i < positional) {
      a.positional.items[i] = value;
    } else {
      a.named.items[i - positional] = value;
      names[i - positional] = s->parameters[i].name;
    }
  }
  TypedReturn *r = NEW_STMT(f, RETURN, TypedReturn, body->offset);
  r->value = il_infer_make_object(f, ctor, s->result, a, body->offset);
  return &r->base;
}

static FunctionElement *make_function(InferContext *f, TypedefElement *t,
                                      FunctionElement *ctor, TypeId generic,
                                      uint32_t offset) {
  FunctionElement *made = IL_NEW(f->arena, FunctionElement);
  made->base = t->base;
  made->base.kind = ELEMENT_FUNCTION;
  made->base.node = NULL;
  made->function_kind = FUNCTION_PLAIN;
  made->flags = FUNCTION_IS_STATIC | FUNCTION_IS_SYNTHETIC;
  made->signature = make_signature(f, t, ctor, generic);
  TypedBody *body = il_infer_new_body(f, made->signature, offset);
  body->parent = NULL;
  body->element = made;
  body->name = made->base.name;
  made->body = body;
  InferFunction function;
  il_infer_enter_function(f, &function, body, made->signature->result,
                          TREE_SYNC);
  il_infer_make_parameters(f, body);
  body->code = make_code(f, body, ctor);
  il_infer_leave_function(f);
  return made;
}

FunctionElement *il_infer_typedef_constructor(InferContext *f,
                                              TypedefElement *t,
                                              FunctionElement *ctor,
                                              TypeId generic, uint32_t offset) {
  Sema *sema = f->sema;
  for (uint32_t i = 0; i < sema->typedef_constructors.count; i++) {
    TypedefConstructor *known = &sema->typedef_constructors.items[i];
    if (known->alias == t && known->constructor == ctor) {
      return known->function;
    }
  }
  FunctionElement *made = make_function(f, t, ctor, generic, offset);
  TypedefConstructor entry = {t, ctor, made};
  il_vec_push(&sema->typedef_constructors, entry);
  il_vec_push(&sema->functions, made);
  return made;
}
