// scope.c: the chain of scopes and lookups in it.
#include "sema/scope.h"

Scope *il_scope_new(Sema *sema, ScopeKind kind, Scope *parent) {
  Scope *scope = IL_NEW(sema->arena, Scope);
  il_scope_init_block(scope, parent);
  scope->kind = (uint8_t)kind;
  return scope;
}

void il_scope_init_block(Scope *scope, Scope *parent) {
  memset(scope, 0, sizeof *scope);
  scope->kind = SCOPE_BLOCK;
  scope->parent = parent;
  if (parent == NULL) return;
  scope->library = parent->library;
  scope->unit = parent->unit;
  scope->class_element = parent->class_element;
  scope->function_param_count = parent->function_param_count;
}

void il_scope_drop(Scope *scope) { il_map_drop(&scope->names); }

Name il_scope_name(const Scope *scope, Name written) {
  return il_library_name(scope->library, written);
}

static bool look_in_params(const Scope *scope, Name name, ScopeHit *hit) {
  if (name == NAME_wildcard) return false;
  for (uint32_t i = 0; i < scope->param_count; i++) {
    if (scope->params[i]->base.name != name) continue;
    hit->element = &scope->params[i]->base;
    return true;
  }
  return false;
}

static bool look_in_class(const Scope *scope, Name name, ScopeHit *hit) {
  ClassElement *c = scope->class_element;
  hit->element = il_class_find_static(c, name, false);
  hit->setter = il_class_find_static(c, name, true);
  FunctionElement *get = il_class_find_declared(c, name, false);
  FunctionElement *set = il_class_find_declared(c, name, true);
  if (hit->element == NULL && get != NULL) hit->element = &get->base;
  if (hit->setter == NULL && set != NULL) hit->setter = &set->base;
  return hit->element != NULL || hit->setter != NULL;
}

static bool look_in_library(const Scope *scope, Name name, ScopeHit *hit) {
  bool get_clash, set_clash;
  hit->element = il_library_find(scope->library, name, false, &get_clash);
  hit->setter = il_library_find(scope->library, name, true, &set_clash);
  hit->is_ambiguous = get_clash || set_clash;
  return hit->element != NULL || hit->setter != NULL;
}

ScopeHit il_scope_lookup(const Scope *scope, Name name) {
  ScopeHit hit = {0};
  for (const Scope *s = scope; s != NULL; s = s->parent) {
    bool found = false;
    switch ((ScopeKind)s->kind) {
      case SCOPE_BLOCK: {
        Element *e = il_map_find_pointer(&s->names, name);
        if (e == NULL) break;
        hit.element = hit.setter = e;
        found = true;
        break;
      }
      case SCOPE_TYPE_PARAMS: found = look_in_params(s, name, &hit); break;
      case SCOPE_CLASS: found = look_in_class(s, name, &hit); break;
      case SCOPE_LIBRARY: found = look_in_library(s, name, &hit); break;
    }
    if (found) {
      hit.scope = s;
      return hit;
    }
  }
  return hit;
}

Element *il_scope_find(const Scope *scope, Name name, bool setter) {
  ScopeHit hit = il_scope_lookup(scope, name);
  return setter ? hit.setter : hit.element;
}
