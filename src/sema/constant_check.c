// constant_check.c: what must be constant without being evaluated yet: the
// initialisers of const constructors, which are constant but for their
// parameters, and annotations.
#include "sema/constant_eval.h"
#include "sema/declare.h"
#include "sema/infer.h"
#include "sema/typed_part.h"

// --------------------------------------------------- potentially constant

// `is_const`: in a constant context, where collections and creations are
// constant too; elsewhere those that are have been folded.
static bool is_potential(const TypedExpr *e, bool is_const);

static bool are_potential(const TypedExprs *list, bool is_const) {
  for (uint32_t i = 0; i < list->count; i++) {
    if (!is_potential(list->items[i], is_const)) return false;
  }
  return true;
}

static bool is_operator(Name name) {
  return (name >= NAME_op_eq && name <= NAME_op_ushr &&
          name != NAME_op_index && name != NAME_op_index_set) ||
         name == NAME_length;
}

// The classes whose operators are constant.
static bool has_constant_operators(const FunctionElement *f) {
  if (f->owner == NULL) return false;
  switch (f->owner->id) {
    case CLASS_OBJECT:
    case CLASS_NUM:
    case CLASS_INT:
    case CLASS_DOUBLE:
    case CLASS_BOOL:
    case CLASS_STRING: return true;
    default: return false;
  }
}

static bool is_potential_call(const TypedExpr *e, bool is_const) {
  const TypedInstanceCall *call = (const TypedInstanceCall *)e;
  // Chains are deep on their left only.
  while (is_operator(call->target->base.name) &&
         has_constant_operators(call->target) &&
         are_potential(&call->arguments.positional, is_const)) {
    if (call->receiver->kind != EXPR_INSTANCE_CALL) {
      return is_potential(call->receiver, is_const);
    }
    call = (const TypedInstanceCall *)call->receiver;
  }
  return false;
}

static bool is_potential_dynamic(const TypedDynamicCall *call, bool is_const) {
  bool is_fine = call->dynamic_kind == DYNAMIC_OPERATOR ||
                 (call->dynamic_kind == DYNAMIC_GETTER &&
                  call->name == NAME_length);
  return is_fine && is_operator(call->name) &&
         is_potential(call->receiver, is_const) &&
         are_potential(&call->arguments.positional, is_const);
}

// Of the functions `identical` alone.
static bool is_potential_static(const TypedStaticCall *call, bool is_const) {
  return call->target->owner == NULL &&
         call->target->base.name == NAME_identical &&
         call->target->base.library->is_core &&
         are_potential(&call->arguments.positional, is_const);
}

static bool has_potential_parts(const TypedExpr *e, bool is_const) {
  for (uint32_t i = 0; i < il_typed_part_count((ExprKind)e->kind); i++) {
    if (!is_potential(il_typed_part_operand(e, i), is_const)) return false;
  }
  const TypedExprs *list = il_typed_part_list(e);
  return list == NULL || are_potential(list, is_const);
}

static bool is_potential(const TypedExpr *e, bool is_const) {
  if (e == NULL || e->type == TYPE_ID_INVALID) return true;
  switch ((ExprKind)e->kind) {
    case EXPR_INT:
    case EXPR_DOUBLE:
    case EXPR_CONSTANT:
    case EXPR_TYPE:
    case EXPR_STATIC_TEAR_OFF:
    case EXPR_CONSTRUCTOR_TEAR_OFF: return true;
    case EXPR_LOCAL_GET: {
      uint32_t flags = ((const TypedLocalGet *)e)->local->flags;
      return (flags & (LOCAL_IS_PARAMETER | LOCAL_IS_SYNTHETIC)) != 0;
    }
    case EXPR_STATIC_GET:
      return (((const TypedStaticGet *)e)->field->flags & FIELD_IS_CONST) != 0;
    case EXPR_INSTANCE_CALL: return is_potential_call(e, is_const);
    case EXPR_DYNAMIC_CALL:
      return is_potential_dynamic((const TypedDynamicCall *)e, is_const);
    case EXPR_STATIC_CALL:
      return is_potential_static((const TypedStaticCall *)e, is_const);
    case EXPR_AS:
      if (((const TypedAs *)e)->as_kind == AS_MADE) return false;
      return has_potential_parts(e, is_const);
    case EXPR_CONCAT:
    case EXPR_EQUALS:
    case EXPR_IDENTICAL:
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_IF_NULL:
    case EXPR_NOT:
    case EXPR_CONDITIONAL:
    case EXPR_IS:
    case EXPR_RECORD:
    case EXPR_INSTANTIATE:
    case EXPR_LET:
    case EXPR_NULL_AWARE: return has_potential_parts(e, is_const);
    case EXPR_LIST:
    case EXPR_SET:
    case EXPR_MAP:
    case EXPR_NEW: return is_const;
    default: return false;
  }
}

bool il_constant_is_potential(const TypedExpr *e, bool is_const) {
  return is_potential(e, is_const);
}

static void check_expr(Sema *sema, Unit *unit, const TypedExpr *e) {
  if (is_potential(e, false)) return;
  il_diagnostic_error(sema->diagnostics, &unit->source, e->offset,
                      e->offset + 1, DIAG_NOT_CONSTANT);
}

static void check_arguments(Sema *sema, Unit *unit, const TypedArguments *a) {
  for (uint32_t i = 0; i < a->positional.count; i++) {
    check_expr(sema, unit, a->positional.items[i]);
  }
  for (uint32_t i = 0; i < a->named.count; i++) {
    check_expr(sema, unit, a->named.items[i]);
  }
}

static void check_statement(Sema *sema, Unit *unit, const TypedStmt *s) {
  switch (s->kind) {
    case STMT_BLOCK: {
      const TypedStmts *list = &((const TypedBlock *)s)->statements;
      for (uint32_t i = 0; i < list->count; i++) {
        check_statement(sema, unit, list->items[i]);
      }
      return;
    }
    case STMT_FIELD_INIT:
      check_expr(sema, unit, ((const TypedFieldInit *)s)->value);
      return;
    case STMT_SUPER_INIT:
    case STMT_THIS_INIT:
      check_arguments(sema, unit,
                      &((const TypedConstructorInvoke *)s)->arguments);
      return;
    case STMT_ASSERT:
      check_expr(sema, unit, ((const TypedAssert *)s)->condition);
      if (((const TypedAssert *)s)->message != NULL) {
        check_expr(sema, unit, ((const TypedAssert *)s)->message);
      }
      return;
    default: return;
  }
}

void il_constant_check(Sema *sema) {
  for (uint32_t i = 0; i < sema->functions.count; i++) {
    FunctionElement *f = sema->functions.items[i];
    if (f->function_kind != FUNCTION_CONSTRUCTOR || f->forward != NULL) {
      continue;
    }
    if (!(f->flags & FUNCTION_IS_CONST) || f->base.library->is_core) continue;
    if (f->body == NULL || f->body->code == NULL || f->base.unit == NULL) {
      continue;
    }
    check_statement(sema, f->base.unit, f->body->code);
  }
}

// -------------------------------------------------------------- annotations

typedef struct {
  Sema *sema;
  Unit *unit;
  Element *owner;   // in whose scope the annotations stand
} AnnotationWalk;

static TreeNode *name_node(Sema *sema, const TreeConstructorName *name) {
  TreeNode *node = NULL;
  for (uint32_t i = 0; i < name->names.count; i++) {
    TreeName n = name->names.items[i];
    if (node == NULL) {
      TreeIdentifier *id = IL_NEW(sema->arena, TreeIdentifier);
      id->base = (TreeNode){TREE_IDENTIFIER, 0, n.start, n.end};
      id->name = n;
      node = &id->base;
    } else {
      TreeProperty *p = IL_NEW(sema->arena, TreeProperty);
      p->base = (TreeNode){TREE_PROPERTY, 0, node->start, n.end};
      p->target = node;
      p->name = n;
      node = &p->base;
    }
  }
  return node;
}

// The annotation as the constant expression that it stands for.
static void check_annotation(AnnotationWalk *w, TreeAnnotation *a) {
  Sema *sema = w->sema;
  if (a->name == NULL || a->name->names.count == 0) return;
  TreeNode *expression;
  if (a->arguments == NULL) {
    expression = name_node(sema, a->name);
  } else {
    TreeNew *made = IL_NEW(sema->arena, TreeNew);
    made->base = (TreeNode){TREE_NEW, 0, a->base.start, a->base.end};
    made->is_const = true;
    made->constructor = a->name;
    made->arguments = a->arguments;
    expression = &made->base;
  }
  uint32_t before = sema->diagnostics->count;
  TypedExpr *e = il_infer_constant(sema, w->owner, expression,
                                   TYPE_ID_UNKNOWN);
  if (sema->diagnostics->count > before || e == NULL) return;
  bool is_wrong = e->kind == EXPR_TYPE;
  if (a->arguments == NULL && e->kind == EXPR_CONSTANT) {
    uint8_t kind = ((TypedConstant *)e)->value->kind;
    is_wrong = kind == CONSTANT_TYPE || kind == CONSTANT_FUNCTION;
  }
  if (!is_wrong && il_constant_evaluate(sema, w->unit, e) != NULL) return;
  if (sema->diagnostics->count > before) return;
  il_sema_error(sema, w->unit, a, DIAG_INVALID_ANNOTATION);
}

// The tree's depth is bounded, but for the left side of BINARY.
static void visit(TreeNode *node, void *context) {
  AnnotationWalk *w = context;
  while (node->kind == TREE_BINARY) {
    visit(((TreeBinary *)node)->right, w);
    node = ((TreeBinary *)node)->left;
  }
  if (node->kind == TREE_ANNOTATION) {
    check_annotation(w, (TreeAnnotation *)node);
    return;
  }
  il_tree_each_child(node, visit, w);
}

// The class that a declaration makes, or NULL.
static ClassElement *class_of_node(Library *library, const TreeNode *node) {
  TreeName name;
  switch (node->kind) {
    case TREE_CLASS: name = ((const TreeClass *)node)->name; break;
    case TREE_MIXIN: name = ((const TreeMixin *)node)->name; break;
    case TREE_ENUM: name = ((const TreeEnum *)node)->name; break;
    case TREE_EXTENSION: name = ((const TreeExtension *)node)->name; break;
    case TREE_EXTENSION_TYPE:
      name = ((const TreeExtensionType *)node)->name;
      break;
    default: return NULL;
  }
  Name own = il_library_name(library, name.name);
  Element *e = il_map_find_pointer(&library->declared, (uint64_t)own * 2);
  if (name.name == NAME_NONE) {
    const Classes *list = &library->extensions;
    for (uint32_t i = 0; i < list->count; i++) {
      if (list->items[i]->base.node == node) e = &list->items[i]->base;
    }
  }
  return e != NULL && e->node == node ? (ClassElement *)e : NULL;
}

typedef struct {
  AnnotationWalk *walk;
  Element *outside, *inside;
} ClassWalk;

// The class's own annotations stand outside of it, all others inside.
static void visit_class_child(TreeNode *node, void *context) {
  ClassWalk *k = context;
  k->walk->owner = node->kind == TREE_ANNOTATION ? k->outside : k->inside;
  visit(node, k->walk);
}

static void visit_class(AnnotationWalk *w, ClassElement *c, TreeNode *node,
                        Element *outside) {
  ClassWalk k = {w, outside, &c->base};
  il_tree_each_child(node, visit_class_child, &k);
}

void il_annotation_check(Sema *sema) {
  for (uint32_t i = 0; i < sema->library_list.count; i++) {
    Library *library = sema->library_list.items[i];
    if (library == NULL || library->is_core) continue;
    for (uint32_t k = 0; k < library->units.count; k++) {
      Unit *unit = library->units.items[k];
      // A stand-in for what is at top level.
      FieldElement *top = IL_NEW(sema->arena, FieldElement);
      top->base.kind = ELEMENT_FIELD;
      top->base.library = library;
      top->base.unit = unit;
      top->flags = FIELD_IS_STATIC | FIELD_IS_CONST;
      AnnotationWalk w = {sema, unit, &top->base};
      TreeList lists[] = {unit->tree->directives, unit->tree->declarations};
      for (uint32_t l = 0; l < 2; l++) {
        for (uint32_t n = 0; n < lists[l].count; n++) {
          TreeNode *node = lists[l].items[n];
          w.owner = &top->base;
          ClassElement *c = class_of_node(library, node);
          if (c == NULL) {
            visit(node, &w);
            continue;
          }
          visit_class(&w, c, node, &top->base);
        }
      }
    }
  }
}
