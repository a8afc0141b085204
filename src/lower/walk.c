// walk.c: every use of a local variable in a body, nested functions included.
// A worklist, not recursion: chains may be long on their left.
#include "lower/lowering.h"
#include "sema/typed_part.h"

typedef enum { WORK_EXPR, WORK_STMT, WORK_PATTERN, WORK_ITEM, WORK_BODY } Kind;
typedef struct {
  Kind kind;
  void *node;
} Work;

typedef struct {
  Walk *walk;
  IL_VEC(Work) list;
  Map late;        // late variables whose initialisers were walked
} Walker;

static void add(Walker *w, Kind kind, void *node) {
  if (node) il_vec_push(&w->list, (Work){kind, node});
}
#define EXPR(e) add(w, WORK_EXPR, (e))
#define STMT(s) add(w, WORK_STMT, (s))
#define PATTERN(p) add(w, WORK_PATTERN, (p))

static void add_exprs(Walker *w, const TypedExprs *list) {
  for (uint32_t i = 0; i < list->count; i++) EXPR(list->items[i]);
}

static void add_stmts(Walker *w, const TypedStmts *list) {
  for (uint32_t i = 0; i < list->count; i++) STMT(list->items[i]);
}

static void add_patterns(Walker *w, const TypedPatterns *list) {
  for (uint32_t i = 0; i < list->count; i++) PATTERN(list->items[i]);
}

static void add_arguments(Walker *w, const TypedArguments *a) {
  add_exprs(w, &a->positional);
  add_exprs(w, &a->named);
}

static void use(Walker *w, LocalVar *v) {
  if (!v) return;
  w->walk->use(w->walk, v);
  uint64_t seen;
  if (v->late_initializer &&
      !il_map_find(&w->late, il_map_key(v), &seen)) {
    il_map_put(&w->late, il_map_key(v), 1);
    EXPR(v->late_initializer);
  }
}

static void add_cases(Walker *w, TypedCase **cases, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    TypedCase *c = cases[i];
    for (uint32_t k = 0; k < c->pattern_count; k++) {
      PATTERN(c->patterns[k]);
      if (c->guards) EXPR(c->guards[k]);
    }
    add_stmts(w, &c->body);
    EXPR(c->value);
  }
}

static void walk_item(Walker *w, TypedItem *item) {
  EXPR(item->key);
  EXPR(item->value);
  EXPR(item->condition);
  PATTERN(item->pattern);
  EXPR(item->guard);
  STMT(item->loop);
  for (uint32_t i = 0; i < item->then_count; i++) {
    add(w, WORK_ITEM, item->then_items[i]);
  }
  for (uint32_t i = 0; i < item->else_count; i++) {
    add(w, WORK_ITEM, item->else_items[i]);
  }
}

// Operands come last: what is added last is walked first.
static void walk_parts(Walker *w, const TypedExpr *e) {
  const TypedArguments *arguments = il_typed_part_arguments(e);
  if (arguments) add_arguments(w, arguments);
  const TypedExprs *list = il_typed_part_list(e);
  if (list) add_exprs(w, list);
  uint32_t count = il_typed_part_count((ExprKind)e->kind);
  for (uint32_t i = 0; i < count; i++) EXPR(il_typed_part_operand(e, i));
}

static void walk_expr(Walker *w, TypedExpr *e) {
  switch ((ExprKind)e->kind) {
    case EXPR_LOCAL_GET: use(w, ((TypedLocalGet *)e)->local); break;
    case EXPR_LOCAL_SET: use(w, ((TypedLocalSet *)e)->local); break;
    case EXPR_SUPER_CALL: use(w, ((TypedSuperCall *)e)->bound); break;
    case EXPR_SUPER_TEAR_OFF:
      use(w, ((TypedInstanceTearOff *)e)->bound);
      break;
    case EXPR_CLOSURE: add(w, WORK_BODY, ((TypedClosure *)e)->body); break;
    case EXPR_LIST:
    case EXPR_SET:
    case EXPR_MAP: {
      TypedCollection *c = (TypedCollection *)e;
      for (uint32_t i = 0; i < c->count; i++) add(w, WORK_ITEM, c->items[i]);
      break;
    }
    case EXPR_SEQUENCE: add_stmts(w, &((TypedSequence *)e)->statements); break;
    case EXPR_PATTERN_ASSIGN:
      PATTERN(((TypedPatternAssign *)e)->pattern);
      break;
    default: break;
  }
  walk_parts(w, e);
  if (e->kind == EXPR_SWITCH_EXPR) {
    TypedSwitch *s = (TypedSwitch *)e;
    add_cases(w, s->cases, s->case_count);
  }
}

static void walk_pattern(Walker *w, TypedPattern *p) {
  switch ((PatternKind)p->kind) {
    case PATTERN_ASSIGNED: use(w, ((TypedAssignedPattern *)p)->local); break;
    case PATTERN_RELATIONAL: EXPR(((TypedRelationalPattern *)p)->test); break;
    case PATTERN_CAST:
    case PATTERN_NULL_CHECK:
    case PATTERN_NULL_ASSERT:
      PATTERN(((TypedSubPattern *)p)->sub);
      break;
    case PATTERN_AND:
    case PATTERN_OR:
      PATTERN(((TypedTwoPattern *)p)->left);
      PATTERN(((TypedTwoPattern *)p)->right);
      break;
    case PATTERN_LIST:
      add_patterns(w, &((TypedListPattern *)p)->before);
      add_patterns(w, &((TypedListPattern *)p)->after);
      PATTERN(((TypedListPattern *)p)->rest);
      break;
    case PATTERN_MAP:
      add_patterns(w, &((TypedMapPattern *)p)->values);
      break;
    case PATTERN_RECORD:
    case PATTERN_OBJECT: {
      TypedObjectPattern *o = (TypedObjectPattern *)p;
      add_patterns(w, &o->fields);
      for (uint32_t i = 0; i < o->fields.count; i++) EXPR(o->gets[i]);
      break;
    }
    default:
      break;
  }
}

static void walk_loop(Walker *w, TypedStmt *s) {
  if (s->kind == STMT_FOR) {
    TypedFor *loop = (TypedFor *)s;
    add_stmts(w, &loop->init);
    EXPR(loop->condition);
    add_exprs(w, &loop->update);
    STMT(loop->body);
  } else if (s->kind == STMT_FOR_IN) {
    TypedForIn *loop = (TypedForIn *)s;
    EXPR(loop->iterable);
    STMT(loop->assign);
    STMT(loop->body);
  } else {
    TypedWhile *loop = (TypedWhile *)s;
    EXPR(loop->condition);
    STMT(loop->body);
  }
}

static void walk_stmt(Walker *w, TypedStmt *s) {
  switch ((StmtKind)s->kind) {
    case STMT_BLOCK: add_stmts(w, &((TypedBlock *)s)->statements); break;
    case STMT_EXPRESSION: EXPR(((TypedExprStmt *)s)->expression); break;
    case STMT_VAR: EXPR(((TypedVarStmt *)s)->value); break;
    case STMT_FUNCTION:
      add(w, WORK_BODY, ((TypedFunctionStmt *)s)->local->function);
      break;
    case STMT_PATTERN_VAR:
      PATTERN(((TypedPatternVar *)s)->pattern);
      EXPR(((TypedPatternVar *)s)->value);
      break;
    case STMT_IF:
      EXPR(((TypedIf *)s)->condition);
      STMT(((TypedIf *)s)->then);
      STMT(((TypedIf *)s)->otherwise);
      break;
    case STMT_IF_CASE: {
      TypedIfCase *c = (TypedIfCase *)s;
      EXPR(c->value);
      PATTERN(c->pattern);
      EXPR(c->guard);
      STMT(c->then);
      STMT(c->otherwise);
      break;
    }
    case STMT_WHILE:
    case STMT_DO:
    case STMT_FOR:
    case STMT_FOR_IN:
      walk_loop(w, s);
      break;
    case STMT_SWITCH: {
      TypedSwitchStmt *sw = (TypedSwitchStmt *)s;
      EXPR(sw->subject);
      add_cases(w, sw->cases, sw->case_count);
      break;
    }
    case STMT_RETURN: EXPR(((TypedReturn *)s)->value); break;
    case STMT_TRY: {
      TypedTry *t = (TypedTry *)s;
      STMT(t->body);
      for (uint32_t i = 0; i < t->catch_count; i++) STMT(t->catches[i]->body);
      STMT(t->finally);
      break;
    }
    case STMT_ASSERT:
      EXPR(((TypedAssert *)s)->condition);
      EXPR(((TypedAssert *)s)->message);
      break;
    case STMT_YIELD: EXPR(((TypedYield *)s)->value); break;
    case STMT_SUPER_INIT:
    case STMT_THIS_INIT:
      add_arguments(w, &((TypedConstructorInvoke *)s)->arguments);
      break;
    case STMT_FIELD_INIT: EXPR(((TypedFieldInit *)s)->value); break;
    default:
      break;
  }
}

void il_walk_body(TypedBody *body, Walk *walk) {
  Walker walker = {.walk = walk}, *w = &walker;
  add(w, WORK_BODY, body);
  while (w->list.count > 0) {
    Work work = il_vec_pop(&w->list);
    switch (work.kind) {
      case WORK_EXPR: walk_expr(w, work.node); break;
      case WORK_STMT: walk_stmt(w, work.node); break;
      case WORK_PATTERN: walk_pattern(w, work.node); break;
      case WORK_ITEM: walk_item(w, work.node); break;
      case WORK_BODY: {
        TypedBody *b = work.node;
        STMT(b->code);
        EXPR(b->value);
        break;
      }
    }
  }
  il_vec_drop(&w->list);
  il_map_drop(&w->late);
}
