// infer_statement.c: statements. In order: blocks, variables, branches, loops,
// jumps, try, the rest; the switch over kinds, at the end.
//
// A jump finds its target on a chain of InferTargets that lie on the C stack of
// the statements around it. What the parser has checked (labels that exist, a
// `break` inside a loop) is not reported again.
#include "sema/infer_internal.h"
#include "sema/infer_pattern.h"

#include "sema/flow.h"

typedef IL_VEC(TypedStmt *) Stmts;

static void append_statement(InferContext *f, TreeNode *node,
                             const TreeNames *labels, Stmts *out);

// ---------------------------------------------------------------------- blocks

static TypedStmts finish(InferContext *f, Stmts *list) {
  TypedStmts all = {il_vec_to_arena(list, f->arena), list->count};
  il_vec_drop(list);
  return all;
}

TypedStmts il_infer_statements(InferContext *f, const TreeList *list) {
  Stmts out = {0};
  for (uint32_t i = 0; i < list->count; i++) {
    il_flow_statement(f->flow);
    append_statement(f, list->items[i], NULL, &out);
  }
  return finish(f, &out);
}

static TypedStmt *new_block(InferContext *f, TypedStmts statements,
                            uint32_t offset) {
  TypedBlock *b = NEW_STMT(f, BLOCK, TypedBlock, offset);
  b->statements = statements;
  return &b->base;
}

static TypedStmt *infer_block(InferContext *f, TreeBlock *node) {
  Scope *saved = il_infer_open_block(f, &node->statements);
  TypedStmts statements = il_infer_statements(f, &node->statements);
  il_infer_close_block(f, saved);
  return new_block(f, statements, node->base.start);
}

// A statement with a scope of its own; never NULL.
static TypedStmt *infer_nested(InferContext *f, TreeNode *node) {
  if (node && node->kind == TREE_BLOCK) {
    return infer_block(f, (TreeBlock *)node);
  }
  Scope *saved = il_infer_open_block(f, NULL);
  Stmts out = {0};
  if (node) append_statement(f, node, NULL, &out);
  il_infer_close_block(f, saved);
  if (out.count == 1) {
    TypedStmt *only = out.items[0];
    il_vec_drop(&out);
    return only;
  }
  return new_block(f, finish(f, &out), node ? node->start : 0);
}

TypedStmt *il_infer_statement(InferContext *f, TreeNode *node) {
  Stmts out = {0};
  il_flow_statement(f->flow);
  append_statement(f, node, NULL, &out);
  if (out.count <= 1) {
    TypedStmt *only = out.count ? out.items[0] : NULL;
    il_vec_drop(&out);
    return only;
  }
  return new_block(f, finish(f, &out), node->start);
}

// ------------------------------------------------------------------- variables

static TypedStmt *new_var(InferContext *f, LocalVar *local, TypedExpr *value,
                          uint32_t offset) {
  TypedVarStmt *s = NEW_STMT(f, VAR, TypedVarStmt, offset);
  s->local = local;
  s->value = value;
  return &s->base;
}

static uint16_t flags_of(uint32_t modifiers) {
  uint16_t flags = 0;
  if (modifiers & (TREE_MOD_FINAL | TREE_MOD_CONST)) flags |= LOCAL_IS_FINAL;
  if (modifiers & TREE_MOD_LATE) flags |= LOCAL_IS_LATE;
  return flags;
}

static TypedExpr *infer_initializer(InferContext *f, TreeNode *node,
                                    TypeId declared) {
  if (declared != TYPE_ID_NONE) return il_infer_as(f, node, declared);
  return il_infer_expr(f, node, TYPE_ID_UNKNOWN);
}

static void declare_const(InferContext *f, LocalVar *local, TreeVariable *v,
                          TypeId declared) {
  bool saved = f->is_const;
  f->is_const = true;
  TypedExpr *value = infer_initializer(f, v->initializer, declared);
  value = il_infer_fold(f, value);
  f->is_const = saved;
  if (declared == TYPE_ID_NONE) {
    local->type = il_infer_variable_type(f, value->type);
  }
  if (value->kind == EXPR_CONSTANT && !il_infer_is_invalid(value)) {
    local->constant = ((TypedConstant *)value)->value;
  } else {
    local->type = TYPE_ID_INVALID;
  }
  il_infer_declare(f, local, &v->name);
}

// Reports an await that would run whenever the variable is first read.
static void check_await(TreeNode *node, void *context) {
  if (node->kind == TREE_FUNCTION) return;
  if (node->kind == TREE_AWAIT) {
    il_infer_error((InferContext *)context, node, DIAG_LATE_AWAIT);
  }
  while (node->kind == TREE_BINARY) {
    check_await(((TreeBinary *)node)->right, context);
    node = ((TreeBinary *)node)->left;
  }
  il_tree_each_child(node, check_await, context);
}

static void declare_late(InferContext *f, LocalVar *local, TreeVariable *v,
                         TypeId declared, Stmts *out) {
  TypedStmt *function;
  TypedExpr *value =
      il_infer_late_initializer(f, v->initializer, declared, &function);
  il_vec_push(out, function);
  if (declared == TYPE_ID_NONE) {
    local->type = il_infer_variable_type(f, value->type);
  }
  local->late_initializer = value;
  if (f->function->is_async) check_await(v->initializer, f);
  il_infer_declare(f, local, &v->name);
  il_flow_declare(f->flow, local, false);
  il_flow_initialize(f->flow, local, value, declared == TYPE_ID_NONE);
  il_vec_push(out, new_var(f, local, NULL, v->base.start));
}

static void declare_variable(InferContext *f, TreeVariables *node,
                             TreeVariable *v, TypeId declared, Stmts *out) {
  LocalVar *local = il_infer_new_local(f, il_infer_name(f, v->name.name),
                                       declared, flags_of(node->modifiers));
  if (!v->initializer) {
    if (declared == TYPE_ID_NONE) local->type = TYPE_ID_DYNAMIC;
    il_infer_declare(f, local, &v->name);
    il_flow_declare(f->flow, local, false);
    il_vec_push(out, new_var(f, local, NULL, v->base.start));
    return;
  }
  if (node->modifiers & TREE_MOD_CONST) {
    declare_const(f, local, v, declared);
    return;
  }
  if (node->modifiers & TREE_MOD_LATE) {
    declare_late(f, local, v, declared, out);
    return;
  }
  TypedExpr *value = infer_initializer(f, v->initializer, declared);
  bool is_inferred = declared == TYPE_ID_NONE;
  if (is_inferred) local->type = il_infer_variable_type(f, value->type);
  il_infer_declare(f, local, &v->name);
  il_flow_declare(f->flow, local, false);
  il_flow_initialize(f->flow, local, value, is_inferred);
  il_vec_push(out, new_var(f, local, value, v->base.start));
}

static void infer_variables(InferContext *f, TreeVariables *node, Stmts *out) {
  TypeId declared = node->type ? il_infer_type(f, node->type) : TYPE_ID_NONE;
  for (uint32_t i = 0; i < node->items.count; i++) {
    if (node->items.items[i]->kind != TREE_VARIABLE) continue;
    declare_variable(f, node, (TreeVariable *)node->items.items[i], declared,
                     out);
  }
}

// -------------------------------------------------------------------- branches

static TypedStmt *infer_if_case(InferContext *f, TreeIf *node) {
  InferCaseHead head;
  TypedIfCase *s = NEW_STMT(f, IF_CASE, TypedIfCase, node->base.start);
  il_infer_case_begin(f, node, &head);
  s->value = head.value;
  s->pattern = head.pattern;
  s->guard = head.guard;
  s->then = infer_nested(f, node->then);
  il_infer_case_else(f, &head);
  if (node->otherwise) s->otherwise = infer_nested(f, node->otherwise);
  il_infer_case_end(f, &head);
  return &s->base;
}

static TypedStmt *infer_if(InferContext *f, TreeIf *node) {
  if (node->pattern) return infer_if_case(f, node);
  TypedIf *s = NEW_STMT(f, IF, TypedIf, node->base.start);
  s->condition = il_infer_condition(f, node->condition);
  il_flow_then(f->flow, s->condition);
  s->then = infer_nested(f, node->then);
  il_flow_else(f->flow, NULL);
  if (node->otherwise) s->otherwise = infer_nested(f, node->otherwise);
  il_flow_join(f->flow, NULL, NULL);
  return &s->base;
}

// ----------------------------------------------------------------------- loops

// What jumps to a statement: the two halves and their place on the chain.
typedef struct {
  InferTarget link;
  FlowTarget flow;
} Jumps;

static TypedTarget *open_jumps(InferContext *f, Jumps *j,
                               const TreeNames *labels) {
  memset(j, 0, sizeof *j);
  j->link.outer = f->targets;
  j->link.target = IL_NEW(f->arena, TypedTarget);
  j->link.labels = labels;
  j->link.flow = &j->flow;
  f->targets = &j->link;
  return j->link.target;
}

static void close_jumps(InferContext *f, Jumps *j) {
  f->targets = j->link.outer;
}

static TypedStmt *infer_while(InferContext *f, TreeWhile *node,
                              const TreeNames *labels) {
  TypedWhile *s = NEW_STMT(f, WHILE, TypedWhile, node->base.start);
  Jumps j;
  s->target = open_jumps(f, &j, labels);
  j.link.is_loop = true;
  il_flow_loop_begin(f->flow, &j.flow, &node->base);
  s->condition = il_infer_condition(f, node->condition);
  il_flow_loop_condition(f->flow, &j.flow, s->condition);
  s->body = infer_nested(f, node->body);
  il_flow_loop_end(f->flow, &j.flow);
  close_jumps(f, &j);
  return &s->base;
}

static TypedStmt *infer_do(InferContext *f, TreeDo *node,
                           const TreeNames *labels) {
  TypedWhile *s = NEW_STMT(f, DO, TypedWhile, node->base.start);
  Jumps j;
  s->target = open_jumps(f, &j, labels);
  j.link.is_loop = true;
  il_flow_loop_begin(f->flow, &j.flow, &node->base);
  s->body = infer_nested(f, node->body);
  il_flow_loop_continue(f->flow, &j.flow);
  s->condition = il_infer_condition(f, node->condition);
  il_flow_do_end(f->flow, &j.flow, s->condition);
  close_jumps(f, &j);
  return &s->base;
}

static TypedStmt *infer_body(InferContext *f, TreeNode *body, void *data) {
  (void)data;
  return infer_nested(f, body);
}

static void check_late(InferContext *f, const TreeNode *node) {
  if (node->kind == TREE_VARIABLES &&
      (((const TreeVariables *)node)->modifiers & TREE_MOD_LATE)) {
    il_infer_error(f, node, DIAG_LATE_NOT_ALLOWED);
  }
}

static TypedStmt *infer_for(InferContext *f, TreeFor *node,
                            const TreeNames *labels, InferLoopBody *body,
                            void *data) {
  TypedFor *s = NEW_STMT(f, FOR, TypedFor, node->base.start);
  TreeList announced = {&node->init, node->init ? 1 : 0};
  Scope *saved = il_infer_open_block(f, &announced);
  Stmts init = {0};
  if (node->init) check_late(f, node->init);
  if (node->init && (node->init->kind == TREE_VARIABLES ||
                     node->init->kind == TREE_PATTERN_VARIABLES)) {
    append_statement(f, node->init, NULL, &init);
  } else if (node->init) {
    TypedExpr *e = il_infer_unused(f, node->init);
    il_vec_push(&init, il_infer_expr_stmt(f, e));
  }
  s->init = finish(f, &init);
  Jumps j;
  s->target = open_jumps(f, &j, labels);
  j.link.is_loop = true;
  il_flow_loop_begin(f->flow, &j.flow, &node->base);
  if (node->condition) s->condition = il_infer_condition(f, node->condition);
  il_flow_loop_condition(f->flow, &j.flow, s->condition);
  s->body = body(f, node->body, data);
  il_flow_loop_continue(f->flow, &j.flow);
  close_jumps(f, &j);
  s->update.count = node->updates.count;
  s->update.items = IL_NEW_ARRAY(f->arena, TypedExpr *, node->updates.count);
  for (uint32_t i = 0; i < node->updates.count; i++) {
    s->update.items[i] = il_infer_unused(f, node->updates.items[i]);
  }
  il_flow_loop_end(f->flow, &j.flow);
  il_infer_close_block(f, saved);
  return &s->base;
}

// The element type of what is iterated over; the iterable, cast when it is
// dynamic. INVALID after a report.
static TypeId element_of(InferContext *f, TypedExpr **iterable, bool is_await,
                         const TreeNode *node) {
  TypedExpr *e = il_infer_used(f, *iterable, node);
  *iterable = e;
  if (il_infer_is_invalid(e)) return TYPE_ID_INVALID;
  WellKnownClass id = is_await ? CLASS_STREAM : CLASS_ITERABLE;
  if (e->type == TYPE_ID_NEVER) return TYPE_ID_NEVER;
  TypeId type = il_infer_resolve_bound(f, e->type);
  if (type == TYPE_ID_DYNAMIC) {
    TypeId to = il_infer_core_type1(f, id, TYPE_ID_DYNAMIC);
    *iterable = il_infer_downcast(f, e, to, AS_DOWNCAST);
    return TYPE_ID_DYNAMIC;
  }
  TypeId element = TYPE_ID_NONE;
  if (il_type_is_non_nullable(f->type_context, type)) {
    element = il_infer_type_argument(f, type, id, 0);
  }
  if (element != TYPE_ID_NONE) return element;
  il_infer_error(f, node, DIAG_NOT_ITERABLE, il_infer_type_text(f, e->type),
                 is_await ? "Stream" : "Iterable");
  return TYPE_ID_INVALID;
}

static TypedExpr *infer_iterable(InferContext *f, TreeForIn *node,
                                 TypeId wanted, TypeId *element) {
  WellKnownClass id = node->is_await ? CLASS_STREAM : CLASS_ITERABLE;
  TypeId context = il_infer_core_type1(f, id, wanted);
  TypedExpr *e = il_infer_expr(f, node->iterable, context);
  *element = element_of(f, &e, node->is_await, node->iterable);
  if (e->type == TYPE_ID_NEVER) il_flow_exit(f->flow);
  return e;
}

// for (T x in ...): x is the loop's local when its type is the element's; else
// the element is held in a temporary and converted.
static void declare_element(InferContext *f, TypedForIn *s, TreeVariables *node,
                            TypeId declared) {
  if (node->items.count == 0 || node->items.items[0]->kind != TREE_VARIABLE) {
    s->local = il_infer_new_temp(f, s->element);
    return;
  }
  TreeVariable *v = (TreeVariable *)node->items.items[0];
  TypeId type = declared != TYPE_ID_NONE
                    ? declared
                    : il_infer_variable_type(f, s->element);
  // An element of type Null makes a variable of type Null here.
  if (declared == TYPE_ID_NONE && s->element == TYPE_ID_NULL) type = s->element;
  LocalVar *local = il_infer_new_local(f, il_infer_name(f, v->name.name), type,
                                       flags_of(node->modifiers));
  if (type == s->element) {
    s->local = local;
  } else {
    s->local = il_infer_new_temp(f, s->element);
    TypedExpr *value = il_infer_local_get(f, s->local, v->base.start);
    value = il_infer_coerce(f, value, type, &v->base);
    s->assign = new_var(f, local, value, v->base.start);
  }
  il_infer_declare(f, local, &v->name);
  il_flow_declare(f->flow, local, true);
}

static void assign_element(InferContext *f, TypedForIn *s, TreeNode *node) {
  Place place = {0};
  il_infer_place(f, node, &place);
  if (place.kind == PLACE_LOCAL &&
      (((LocalVar *)place.element)->flags & LOCAL_IS_FINAL)) {
    // The second round would assign it again.
    il_infer_error(f, node, DIAG_ASSIGN_FINAL,
                   il_infer_name_text(f, place.element->name));
  }
  s->local = il_infer_new_temp(f, s->element);
  TypedExpr *value = il_infer_local_get(f, s->local, node->start);
  s->assign = il_infer_expr_stmt(f, il_infer_place_write(f, &place, value));
}

// The type that elements should have, as context for the iterable.
static TypeId wanted_element(InferContext *f, TreeForIn *node,
                             TypeId *declared) {
  TreeNode *v = node->variable;
  *declared = TYPE_ID_NONE;
  if (!v) return TYPE_ID_UNKNOWN;
  if (v->kind == TREE_VARIABLES && ((TreeVariables *)v)->type) {
    *declared = il_infer_type(f, ((TreeVariables *)v)->type);
    return *declared;
  }
  if (v->kind == TREE_PATTERN_VARIABLES) {
    return il_pattern_schema(f, ((TreePatternVariables *)v)->pattern);
  }
  if (v->kind == TREE_IDENTIFIER) {
    Place place = {0};
    il_infer_place(f, v, &place);
    return il_infer_place_type(f, &place);
  }
  return TYPE_ID_UNKNOWN;
}

static TypedStmt *infer_for_in(InferContext *f, TreeForIn *node,
                               const TreeNames *labels, InferLoopBody *body,
                               void *data) {
  TypedForIn *s = NEW_STMT(f, FOR_IN, TypedForIn, node->base.start);
  TypeId declared;
  TypeId wanted = wanted_element(f, node, &declared);
  s->is_await = node->is_await;
  s->iterable = infer_iterable(f, node, wanted, &s->element);
  Scope *saved = il_infer_open_block(f, NULL);
  Jumps j;
  s->target = open_jumps(f, &j, labels);
  j.link.is_loop = true;
  il_flow_loop_begin(f->flow, &j.flow, &node->base);
  TreeNode *v = node->variable;
  if (v) check_late(f, v);
  if (v && v->kind == TREE_VARIABLES) {
    declare_element(f, s, (TreeVariables *)v, declared);
  } else if (v && v->kind == TREE_PATTERN_VARIABLES) {
    s->local = il_infer_new_temp(f, s->element);
    TypedExpr *value = il_infer_local_get(f, s->local, v->start);
    s->assign = il_pattern_declare(f, (TreePatternVariables *)v, value);
  } else if (v) {
    assign_element(f, s, v);
  }
  if (!s->local) s->local = il_infer_new_temp(f, s->element);
  s->body = body(f, node->body, data);
  il_flow_for_in_end(f->flow, &j.flow);
  close_jumps(f, &j);
  il_infer_close_block(f, saved);
  return &s->base;
}

TypedStmt *il_infer_loop(InferContext *f, TreeNode *loop, InferLoopBody *body,
                         void *data) {
  return loop->kind == TREE_FOR
             ? infer_for(f, (TreeFor *)loop, NULL, body, data)
             : infer_for_in(f, (TreeForIn *)loop, NULL, body, data);
}

// ----------------------------------------------------------------------- jumps

static bool has_label(const InferTarget *t, Name label) {
  for (uint32_t i = 0; t->labels && i < t->labels->count; i++) {
    if (t->labels->items[i].name == label) return true;
  }
  return false;
}

static InferTarget *find_target(InferContext *f, Name label, bool is_continue) {
  for (InferTarget *t = f->targets; t; t = t->outer) {
    if (label) {
      if (has_label(t, label) && (!is_continue || t->is_loop || t->is_case) &&
          (is_continue || !t->is_case)) {
        return t;
      }
    } else if (t->is_loop || (t->is_switch && !is_continue)) {
      return t;
    }
  }
  return NULL;
}

static TypedStmt *infer_jump(InferContext *f, const TreeNode *node,
                             const TreeName *label, bool is_continue) {
  InferTarget *t = find_target(f, label->name, is_continue);
  TypedJump *s = (TypedJump *)il_infer_new_stmt(
      f, is_continue ? STMT_CONTINUE : STMT_BREAK, sizeof(TypedJump),
      node->start);
  s->is_continue = is_continue;
  if (!t) {
    // The parser has said so, except across the edge of a closure.
    il_infer_error(f, node, DIAG_UNKNOWN_LABEL,
                   il_infer_name_text(f, label->name),
                   is_continue ? "continue" : "break");
    il_flow_exit(f->flow);
    return NULL;
  }
  s->target = t->target;
  if (is_continue) {
    t->target->is_continued = true;
    if (t->flow) {
      il_flow_continue(f->flow, t->flow);
    } else {
      il_flow_exit(f->flow);
    }
  } else {
    t->target->is_broken = true;
    il_flow_break(f->flow, t->flow);
  }
  return &s->base;
}

static TypedStmt *infer_return(InferContext *f, TreeReturn *node) {
  TypedReturn *s = NEW_STMT(f, RETURN, TypedReturn, node->base.start);
  TypedExpr *value = NULL;
  if (node->value) {
    value = il_infer_expr(f, node->value, il_infer_return_context(f));
  }
  s->value =
      il_infer_return_value(f, value, node->value ? node->value : &node->base);
  il_flow_exit(f->flow);
  return &s->base;
}

static TypedStmt *infer_rethrow(InferContext *f, TreeRethrow *node) {
  TypedRethrow *e =
      NEW_EXPR(f, RETHROW, TypedRethrow, node->base.start, TYPE_ID_NEVER);
  e->from = f->catch_clause;
  if (!e->from) {
    il_infer_error(f, node, DIAG_INVALID_RETHROW);
    return NULL;
  }
  il_flow_exit(f->flow);
  return il_infer_expr_stmt(f, &e->base);
}

static TypedStmt *infer_labeled(InferContext *f, TreeLabeled *node) {
  TreeNode *inner = node->statement;
  Stmts out = {0};
  // Labels of a loop or switch are its own.
  if (inner && (inner->kind == TREE_FOR || inner->kind == TREE_FOR_IN ||
                inner->kind == TREE_WHILE || inner->kind == TREE_DO ||
                inner->kind == TREE_SWITCH)) {
    append_statement(f, inner, &node->labels, &out);
    TypedStmt *only = out.count ? out.items[0] : NULL;
    il_vec_drop(&out);
    return only;
  }
  TypedBlock *b = NEW_STMT(f, BLOCK, TypedBlock, node->base.start);
  Jumps j;
  b->target = open_jumps(f, &j, &node->labels);
  il_flow_label_begin(f->flow, &j.flow);
  if (inner) append_statement(f, inner, NULL, &out);
  il_flow_label_end(f->flow, &j.flow);
  close_jumps(f, &j);
  b->statements = finish(f, &out);
  return &b->base;
}

// ------------------------------------------------------------------------- try

static LocalVar *declare_caught(InferContext *f, const TreeName *name,
                                TypeId type) {
  if (name->name == NAME_NONE) return NULL;
  LocalVar *local =
      il_infer_new_local(f, il_infer_name(f, name->name), type, LOCAL_IS_FINAL);
  il_infer_declare(f, local, name);
  il_flow_declare(f->flow, local, true);
  return local;
}

static TypedCatch *infer_catch(InferContext *f, TreeCatch *node) {
  TypedCatch *c = IL_NEW(f->arena, TypedCatch);
  c->offset = node->base.start;
  TypeId type = TYPE_ID_OBJECT;
  if (node->type) {
    type = il_infer_type(f, node->type);
    c->type = type;
  }
  Scope *saved = il_infer_open_block(f, NULL);
  c->exception = declare_caught(f, &node->exception, type);
  c->stack_trace = declare_caught(f, &node->stack_trace,
                                  il_infer_core_type(f, CLASS_STACK_TRACE));
  TypedCatch *outer = f->catch_clause;
  f->catch_clause = c;
  c->body = node->body ? infer_block(f, node->body)
                       : new_block(f, (TypedStmts){0}, node->base.start);
  f->catch_clause = outer;
  il_infer_close_block(f, saved);
  return c;
}

static TypedStmt *infer_try(InferContext *f, TreeTry *node) {
  TypedTry *s = NEW_STMT(f, TRY, TypedTry, node->base.start);
  FlowTry t;
  il_flow_try_begin(f->flow, &t, node);
  s->body = node->body ? infer_block(f, node->body)
                       : new_block(f, (TypedStmts){0}, node->base.start);
  il_flow_try_body_end(f->flow, &t);
  s->catches = IL_NEW_ARRAY(f->arena, TypedCatch *, node->catches.count);
  for (uint32_t i = 0; i < node->catches.count; i++) {
    if (node->catches.items[i]->kind != TREE_CATCH) continue;
    il_flow_catch_begin(f->flow, &t, node);
    s->catches[s->catch_count++] =
        infer_catch(f, (TreeCatch *)node->catches.items[i]);
    il_flow_catch_end(f->flow, &t);
  }
  il_flow_try_end(f->flow, &t, node);
  if (node->finally) {
    il_flow_finally_begin(f->flow, &t, node);
    s->finally = infer_block(f, node->finally);
    il_flow_finally_end(f->flow, &t);
  }
  return &s->base;
}

// ------------------------------------------------------------------------ rest

static TypedStmt *infer_assert(InferContext *f, TreeAssert *node) {
  TypedAssert *s = NEW_STMT(f, ASSERT, TypedAssert, node->base.start);
  s->start_offset =
      node->condition ? node->condition->start : node->base.start;
  s->end_offset = node->condition ? node->condition->end : node->base.end;
  FlowState before = f->flow ? il_flow_get(f->flow) : (FlowState){0};
  s->condition = il_infer_condition(f, node->condition);
  // When assertions are off nothing of it happens: the state after is what
  // both ways have in common.
  il_flow_then(f->flow, s->condition);
  il_flow_else(f->flow, NULL);
  if (node->message) {
    TypedExpr *message = il_infer_expr(f, node->message, TYPE_ID_UNKNOWN);
    s->message = il_infer_used(f, message, node->message);
  }
  il_flow_exit(f->flow);
  il_flow_join(f->flow, NULL, NULL);
  if (f->flow) {
    il_flow_set(f->flow,
                il_flow_join_states(f->flow, before, il_flow_get(f->flow)));
  }
  return &s->base;
}

static TypedStmt *infer_yield(InferContext *f, TreeYield *node) {
  TypedYield *s = NEW_STMT(f, YIELD, TypedYield, node->base.start);
  s->is_star = node->is_each;
  TypedExpr *value =
      il_infer_expr(f, node->value, il_infer_yield_context(f, node->is_each));
  s->value = il_infer_yield_value(f, value, node->is_each, node->value);
  return &s->base;
}

static TypedStmt *infer_one(InferContext *f, TreeNode *node,
                            const TreeNames *labels) {
  switch (node->kind) {
    case TREE_BLOCK:
      return infer_block(f, (TreeBlock *)node);
    case TREE_EXPRESSION_STATEMENT: {
      TreeNode *e = ((TreeExpressionStatement *)node)->expression;
      return e ? il_infer_expr_stmt(f, il_infer_unused(f, e)) : NULL;
    }
    case TREE_FUNCTION:
      return il_infer_local_function(f, (TreeFunction *)node);
    case TREE_PATTERN_VARIABLES: {
      TreePatternVariables *v = (TreePatternVariables *)node;
      return il_pattern_declare(f, v, NULL);
    }
    case TREE_IF:
      return infer_if(f, (TreeIf *)node);
    case TREE_FOR:
      return infer_for(f, (TreeFor *)node, labels, infer_body, NULL);
    case TREE_FOR_IN:
      return infer_for_in(f, (TreeForIn *)node, labels, infer_body, NULL);
    case TREE_WHILE:
      return infer_while(f, (TreeWhile *)node, labels);
    case TREE_DO:
      return infer_do(f, (TreeDo *)node, labels);
    case TREE_SWITCH:
      return il_pattern_switch_statement(f, (TreeSwitch *)node, labels);
    case TREE_BREAK:
      return infer_jump(f, node, &((TreeBreak *)node)->label, false);
    case TREE_CONTINUE:
      return infer_jump(f, node, &((TreeContinue *)node)->label, true);
    case TREE_RETURN:
      return infer_return(f, (TreeReturn *)node);
    case TREE_RETHROW:
      return infer_rethrow(f, (TreeRethrow *)node);
    case TREE_YIELD:
      return infer_yield(f, (TreeYield *)node);
    case TREE_TRY:
      return infer_try(f, (TreeTry *)node);
    case TREE_ASSERT:
      return infer_assert(f, (TreeAssert *)node);
    case TREE_LABELED:
      return infer_labeled(f, (TreeLabeled *)node);
    default:
      return NULL;  // EMPTY, or what the parser has reported
  }
}

static void append_statement(InferContext *f, TreeNode *node,
                             const TreeNames *labels, Stmts *out) {
  if (node->kind == TREE_VARIABLES) {
    infer_variables(f, (TreeVariables *)node, out);
    return;
  }
  TypedStmt *s = infer_one(f, node, labels);
  if (s) il_vec_push(out, s);
}
