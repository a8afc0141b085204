// typed_dump.c: typed trees as s-expressions, an indented line for each node.
//
// In order: lines, arguments, expressions, patterns, statements, bodies,
// libraries. Every node shows its label, what it names and its static type.
// Depth is that of the tree, but for left spines of calls and CONCATs, which
// come flat: a dump of a chain of 200,000 operators is refused past a depth.
#include "sema/typed_dump.h"

#include "sema/typed_part.h"

#define DUMP_DEPTH_LIMIT 2000

typedef struct {
  Sema *sema;
  TextBuilder *out;
  uint32_t depth;
} Dump;

static const char *const expr_labels[] = {
#define EXPR(kind, type) #kind,
#define STMT(kind, type)
#define PATTERN(kind, type)
#include "sema/typed.def"
#undef EXPR
#undef STMT
#undef PATTERN
};

static const char *const stmt_labels[] = {
#define EXPR(kind, type)
#define STMT(kind, type) #kind,
#define PATTERN(kind, type)
#include "sema/typed.def"
#undef EXPR
#undef STMT
#undef PATTERN
};

static const char *const pattern_labels[] = {
#define EXPR(kind, type)
#define STMT(kind, type)
#define PATTERN(kind, type) #kind,
#include "sema/typed.def"
#undef EXPR
#undef STMT
#undef PATTERN
};

static void dump_expr(Dump *d, const TypedExpr *e);
static void dump_stmt(Dump *d, const TypedStmt *s);
static void dump_body(Dump *d, const TypedBody *body);

// -------------------------------------------------------------------- lines

static void begin(Dump *d, const char *label) {
  for (uint32_t i = 0; i < d->depth; i++) il_text_append(d->out, TEXT("  "));
  for (const char *c = label; *c; c++) {
    char lower = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    il_text_append_char(d->out, lower == '_' ? '-' : lower);
  }
}

static void end(Dump *d) { il_text_append_char(d->out, '\n'); }

static void put_type(Dump *d, TypeId type) {
  if (type == TYPE_ID_NONE) return;
  il_text_append_char(d->out, ' ');
  il_class_print_type(&d->sema->type_context, d->sema->names, type, d->out);
}

static void put_name(Dump *d, Name name) {
  il_text_append_char(d->out, ' ');
  il_text_append(d->out, il_sema_text(d->sema, name));
}

static void put_element(Dump *d, const Element *e, const ClassElement *owner) {
  if (e == NULL) return;
  il_text_append_char(d->out, ' ');
  if (owner != NULL) {
    il_text_append(d->out, il_sema_text(d->sema, owner->base.name));
    il_text_append_char(d->out, '.');
  }
  il_text_append(d->out, il_sema_text(d->sema, e->name));
}

static void put_function(Dump *d, const FunctionElement *f) {
  if (f != NULL) put_element(d, &f->base, f->owner);
}

static void put_field(Dump *d, const FieldElement *f) {
  if (f != NULL) put_element(d, &f->base, f->owner);
}

static void put_local(Dump *d, const LocalVar *local) {
  if (local == NULL) return;
  Text name = il_sema_text(d->sema, local->base.name);
  il_text_append_char(d->out, ' ');
  il_text_append(d->out, name.length > 0 ? name : TEXT("#"));
}

static void put_constant(Dump *d, const Constant *c) {
  static const char *const kinds[] = {
      "null", "bool", "int",    "double",   "string", "symbol",  "type",
      "list", "set",  "map",    "record",   "instance", "function"};
  il_text_append_format(d->out, " %s", kinds[c->kind]);
  switch ((ConstantKind)c->kind) {
    case CONSTANT_BOOL:
    case CONSTANT_INT:
      il_text_append_format(d->out, " %lld", (long long)c->integer);
      break;
    case CONSTANT_DOUBLE:
      il_text_append_format(d->out, " %.17g", c->real);
      break;
    case CONSTANT_STRING:
      il_text_append_format(d->out, " \"%.*s\"", TEXT_ARG(c->text));
      break;
    case CONSTANT_SYMBOL: put_name(d, c->name); break;
    case CONSTANT_FUNCTION: put_function(d, c->function); break;
    case CONSTANT_NULL: break;
    default: put_type(d, c->type);
  }
}

// A line with a label and, below it, an expression.
static void dump_child(Dump *d, const char *label, const TypedExpr *e) {
  if (e == NULL) return;
  begin(d, label);
  end(d);
  d->depth++;
  dump_expr(d, e);
  d->depth--;
}

static void dump_exprs(Dump *d, const TypedExprs *list) {
  for (uint32_t i = 0; i < list->count; i++) dump_expr(d, list->items[i]);
}

static void dump_arguments(Dump *d, const TypedArguments *a) {
  if (a->vector != TYPE_ID_NONE) {
    begin(d, "types");
    put_type(d, a->vector);
    end(d);
  }
  dump_exprs(d, &a->positional);
  for (uint32_t i = 0; i < a->named.count; i++) {
    begin(d, "named");
    put_name(d, a->names[i]);
    end(d);
    d->depth++;
    dump_expr(d, a->named.items[i]);
    d->depth--;
  }
}

// ----------------------------------------------------------------- patterns

static void dump_pattern(Dump *d, const TypedPattern *p);

static void dump_patterns(Dump *d, const TypedPatterns *list) {
  for (uint32_t i = 0; i < list->count; i++) dump_pattern(d, list->items[i]);
}

static void dump_pattern(Dump *d, const TypedPattern *p) {
  if (p == NULL) return;
  begin(d, "pattern-");
  begin(&(Dump){d->sema, d->out, 0}, pattern_labels[p->kind]);
  switch ((PatternKind)p->kind) {
    case PATTERN_VARIABLE:
      put_local(d, ((const TypedVariablePattern *)p)->local);
      break;
    case PATTERN_ASSIGNED:
      put_local(d, ((const TypedAssignedPattern *)p)->local);
      break;
    case PATTERN_CONSTANT:
      put_constant(d, ((const TypedConstantPattern *)p)->value);
      break;
    default: break;
  }
  put_type(d, p->required);
  end(d);
  d->depth++;
  switch ((PatternKind)p->kind) {
    case PATTERN_RELATIONAL:
      dump_expr(d, ((const TypedRelationalPattern *)p)->test);
      break;
    case PATTERN_CAST:
    case PATTERN_NULL_CHECK:
    case PATTERN_NULL_ASSERT:
      dump_pattern(d, ((const TypedSubPattern *)p)->sub);
      break;
    case PATTERN_AND:
    case PATTERN_OR:
      dump_pattern(d, ((const TypedTwoPattern *)p)->left);
      dump_pattern(d, ((const TypedTwoPattern *)p)->right);
      break;
    case PATTERN_LIST: {
      const TypedListPattern *list = (const TypedListPattern *)p;
      dump_patterns(d, &list->before);
      dump_pattern(d, list->rest);
      dump_patterns(d, &list->after);
      break;
    }
    case PATTERN_MAP:
      dump_patterns(d, &((const TypedMapPattern *)p)->values);
      break;
    case PATTERN_RECORD:
    case PATTERN_OBJECT: {
      const TypedObjectPattern *o = (const TypedObjectPattern *)p;
      for (uint32_t i = 0; i < o->fields.count; i++) {
        dump_child(d, "get", o->gets[i]);
        dump_pattern(d, o->fields.items[i]);
      }
      break;
    }
    default: break;
  }
  d->depth--;
}

// -------------------------------------------------------------- expressions

static void dump_items(Dump *d, TypedItem **items, uint32_t count) {
  static const char *const labels[] = {"value", "null-aware", "spread",
                                       "if",    "if-case",    "for"};
  for (uint32_t i = 0; i < count; i++) {
    const TypedItem *item = items[i];
    begin(d, labels[item->kind]);
    end(d);
    d->depth++;
    if (item->condition) dump_expr(d, item->condition);
    if (item->pattern) dump_pattern(d, item->pattern);
    if (item->guard) dump_expr(d, item->guard);
    if (item->loop) dump_stmt(d, item->loop);
    if (item->key) dump_expr(d, item->key);
    if (item->value) dump_expr(d, item->value);
    dump_items(d, item->then_items, item->then_count);
    if (item->else_count > 0) {
      begin(d, "else");
      end(d);
      dump_items(d, item->else_items, item->else_count);
    }
    d->depth--;
  }
}

static void dump_stmts(Dump *d, const TypedStmts *list) {
  for (uint32_t i = 0; i < list->count; i++) dump_stmt(d, list->items[i]);
}

static void dump_cases(Dump *d, TypedCase **cases, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const TypedCase *c = cases[i];
    begin(d, "case");
    end(d);
    d->depth++;
    for (uint32_t k = 0; k < c->pattern_count; k++) {
      if (c->patterns[k]) {
        dump_pattern(d, c->patterns[k]);
      } else {
        begin(d, "default");
        end(d);
      }
      if (c->guards && c->guards[k]) dump_child(d, "when", c->guards[k]);
    }
    dump_stmts(d, &c->body);
    if (c->value) dump_expr(d, c->value);
    d->depth--;
  }
}

// What a node's line says besides its label and type.
// What the line of one that reads or writes a variable says of it.
static void put_variable(Dump *d, const TypedExpr *e) {
  switch ((ExprKind)e->kind) {
    case EXPR_LOCAL_GET: put_local(d, ((const TypedLocalGet *)e)->local); break;
    case EXPR_LOCAL_SET: put_local(d, ((const TypedLocalSet *)e)->local); break;
    case EXPR_LET: put_local(d, ((const TypedLet *)e)->local); break;
    case EXPR_NULL_AWARE:
      put_local(d, ((const TypedNullAware *)e)->local);
      break;
    case EXPR_STATIC_GET:
      put_field(d, ((const TypedStaticGet *)e)->field);
      break;
    case EXPR_STATIC_SET:
      put_field(d, ((const TypedStaticSet *)e)->field);
      break;
    case EXPR_FIELD_GET: put_field(d, ((const TypedFieldGet *)e)->field); break;
    case EXPR_FIELD_SET: put_field(d, ((const TypedFieldSet *)e)->field); break;
    default: break;
  }
}

// What the line of one that calls a function or tears it off says of it.
static void put_callee(Dump *d, const TypedExpr *e) {
  switch ((ExprKind)e->kind) {
    case EXPR_STATIC_CALL:
      put_function(d, ((const TypedStaticCall *)e)->target);
      break;
    case EXPR_NEW: put_function(d, ((const TypedNew *)e)->constructor); break;
    case EXPR_INSTANCE_CALL: {
      const TypedInstanceCall *call = (const TypedInstanceCall *)e;
      put_function(d, call->target);
      if (call->is_exact) il_text_append(d->out, TEXT(" exact"));
      break;
    }
    case EXPR_SUPER_CALL:
      put_function(d, ((const TypedSuperCall *)e)->target);
      break;
    case EXPR_DYNAMIC_CALL:
      put_name(d, ((const TypedDynamicCall *)e)->name);
      break;
    case EXPR_STATIC_TEAR_OFF:
      put_function(d, ((const TypedStaticTearOff *)e)->target);
      break;
    case EXPR_INSTANCE_TEAR_OFF:
    case EXPR_SUPER_TEAR_OFF:
      put_function(d, ((const TypedInstanceTearOff *)e)->target);
      break;
    case EXPR_CONSTRUCTOR_TEAR_OFF:
      put_function(d, ((const TypedConstructorTearOff *)e)->constructor);
      break;
    default: break;
  }
}

// What a node's line says besides its label and type.
static void put_details(Dump *d, const TypedExpr *e) {
  static const char *const casts[] = {" written", " downcast", " unchecked",
                                      " made"};
  switch ((ExprKind)e->kind) {
    case EXPR_INT:
      il_text_append_format(d->out, " %lld",
                            (long long)((const TypedInt *)e)->value);
      break;
    case EXPR_DOUBLE:
      il_text_append_format(d->out, " %.17g",
                            ((const TypedDouble *)e)->value);
      break;
    case EXPR_CONSTANT:
      put_constant(d, ((const TypedConstant *)e)->value);
      break;
    case EXPR_TYPE: put_type(d, ((const TypedTypeLiteral *)e)->value); break;
    case EXPR_EQUALS:
      if (((const TypedEquals *)e)->is_negated) {
        il_text_append(d->out, TEXT(" not"));
      }
      break;
    case EXPR_INSTANTIATE:
      put_type(d, ((const TypedInstantiate *)e)->vector);
      break;
    case EXPR_RECORD_GET:
      il_text_append_format(d->out, " %u",
                            ((const TypedRecordGet *)e)->index);
      break;
    case EXPR_IS: put_type(d, ((const TypedIs *)e)->test); break;
    case EXPR_AS:
      il_text_append_string(d->out, casts[((const TypedAs *)e)->as_kind]);
      break;
    default:
      put_variable(d, e);
      put_callee(d, e);
  }
}

static void dump_parts(Dump *d, const TypedExpr *e) {
  ExprKind kind = (ExprKind)e->kind;
  if (kind == EXPR_SEQUENCE) {
    dump_stmts(d, &((const TypedSequence *)e)->statements);
  } else if (kind == EXPR_PATTERN_ASSIGN) {
    dump_pattern(d, ((const TypedPatternAssign *)e)->pattern);
  }
  for (uint32_t i = 0; i < il_typed_part_count(kind); i++) {
    dump_expr(d, il_typed_part_operand(e, i));
  }
  const TypedArguments *arguments = il_typed_part_arguments(e);
  if (arguments != NULL) dump_arguments(d, arguments);
  const TypedExprs *list = il_typed_part_list(e);
  if (list != NULL) dump_exprs(d, list);
  switch (kind) {
    case EXPR_CLOSURE: dump_body(d, ((const TypedClosure *)e)->body); break;
    case EXPR_LIST:
    case EXPR_SET:
    case EXPR_MAP:
      dump_items(d, ((const TypedCollection *)e)->items,
                 ((const TypedCollection *)e)->count);
      break;
    case EXPR_SWITCH_EXPR:
      dump_cases(d, ((const TypedSwitch *)e)->cases,
                 ((const TypedSwitch *)e)->case_count);
      break;
    default: break;
  }
}

static void dump_expr(Dump *d, const TypedExpr *e) {
  if (e == NULL) return;
  if (d->depth > DUMP_DEPTH_LIMIT) {
    begin(d, "...");
    end(d);
    return;
  }
  begin(d, expr_labels[e->kind]);
  put_details(d, e);
  il_text_append(d->out, TEXT(" :"));
  put_type(d, e->type);
  end(d);
  d->depth++;
  dump_parts(d, e);
  d->depth--;
}

// --------------------------------------------------------------- statements

static void dump_loop(Dump *d, const TypedStmt *s) {
  if (s->kind == STMT_FOR) {
    const TypedFor *loop = (const TypedFor *)s;
    dump_stmts(d, &loop->init);
    dump_expr(d, loop->condition);
    dump_exprs(d, &loop->update);
    dump_stmt(d, loop->body);
  } else if (s->kind == STMT_FOR_IN) {
    const TypedForIn *loop = (const TypedForIn *)s;
    dump_expr(d, loop->iterable);
    dump_stmt(d, loop->assign);
    dump_stmt(d, loop->body);
  } else {
    const TypedWhile *loop = (const TypedWhile *)s;
    dump_expr(d, loop->condition);
    dump_stmt(d, loop->body);
  }
}

static void dump_try(Dump *d, const TypedTry *s) {
  dump_stmt(d, s->body);
  for (uint32_t i = 0; i < s->catch_count; i++) {
    const TypedCatch *c = s->catches[i];
    begin(d, "catch");
    put_local(d, c->exception);
    put_local(d, c->stack_trace);
    put_type(d, c->type);
    end(d);
    d->depth++;
    dump_stmt(d, c->body);
    d->depth--;
  }
  if (s->finally == NULL) return;
  begin(d, "finally");
  end(d);
  d->depth++;
  dump_stmt(d, s->finally);
  d->depth--;
}

static void put_stmt_details(Dump *d, const TypedStmt *s) {
  const LocalVar *local = NULL;
  if (s->kind == STMT_VAR) local = ((const TypedVarStmt *)s)->local;
  if (s->kind == STMT_FUNCTION) local = ((const TypedFunctionStmt *)s)->local;
  if (s->kind == STMT_FOR_IN) local = ((const TypedForIn *)s)->local;
  if (local != NULL) {
    put_local(d, local);
    il_text_append(d->out, TEXT(" :"));
    put_type(d, local->type);
  }
  if (s->kind == STMT_FIELD_INIT) {
    put_field(d, ((const TypedFieldInit *)s)->field);
  }
  if (s->kind == STMT_SUPER_INIT || s->kind == STMT_THIS_INIT) {
    put_function(d, ((const TypedConstructorInvoke *)s)->constructor);
  }
}

static void dump_stmt_parts(Dump *d, const TypedStmt *s) {
  switch ((StmtKind)s->kind) {
    case STMT_BLOCK: dump_stmts(d, &((const TypedBlock *)s)->statements); break;
    case STMT_EXPRESSION:
      dump_expr(d, ((const TypedExprStmt *)s)->expression);
      break;
    case STMT_VAR: {
      const TypedVarStmt *v = (const TypedVarStmt *)s;
      dump_expr(d, v->value != NULL ? v->value : v->local->late_initializer);
      break;
    }
    case STMT_FUNCTION:
      dump_body(d, ((const TypedFunctionStmt *)s)->local->function);
      break;
    case STMT_PATTERN_VAR:
      dump_pattern(d, ((const TypedPatternVar *)s)->pattern);
      dump_expr(d, ((const TypedPatternVar *)s)->value);
      break;
    case STMT_IF:
      dump_expr(d, ((const TypedIf *)s)->condition);
      dump_stmt(d, ((const TypedIf *)s)->then);
      dump_stmt(d, ((const TypedIf *)s)->otherwise);
      break;
    case STMT_IF_CASE: {
      const TypedIfCase *c = (const TypedIfCase *)s;
      dump_expr(d, c->value);
      dump_pattern(d, c->pattern);
      if (c->guard) dump_child(d, "when", c->guard);
      dump_stmt(d, c->then);
      dump_stmt(d, c->otherwise);
      break;
    }
    case STMT_WHILE:
    case STMT_DO:
    case STMT_FOR:
    case STMT_FOR_IN: dump_loop(d, s); break;
    case STMT_SWITCH:
      dump_expr(d, ((const TypedSwitchStmt *)s)->subject);
      dump_cases(d, ((const TypedSwitchStmt *)s)->cases,
                 ((const TypedSwitchStmt *)s)->case_count);
      break;
    case STMT_RETURN: dump_expr(d, ((const TypedReturn *)s)->value); break;
    case STMT_TRY: dump_try(d, (const TypedTry *)s); break;
    case STMT_ASSERT:
      dump_expr(d, ((const TypedAssert *)s)->condition);
      dump_expr(d, ((const TypedAssert *)s)->message);
      break;
    case STMT_YIELD: dump_expr(d, ((const TypedYield *)s)->value); break;
    case STMT_SUPER_INIT:
    case STMT_THIS_INIT:
      dump_arguments(d, &((const TypedConstructorInvoke *)s)->arguments);
      break;
    case STMT_FIELD_INIT: dump_expr(d, ((const TypedFieldInit *)s)->value);
      break;
    default: break;
  }
}

static void dump_stmt(Dump *d, const TypedStmt *s) {
  if (s == NULL) return;
  begin(d, stmt_labels[s->kind]);
  put_stmt_details(d, s);
  end(d);
  d->depth++;
  dump_stmt_parts(d, s);
  d->depth--;
}

// ------------------------------------------------------- bodies, libraries

static void dump_body(Dump *d, const TypedBody *body) {
  if (body == NULL) return;
  const Signature *s = body->signature;
  begin(d, body->element == NULL ? "closure-body" : "function");
  if (body->element != NULL) put_function(d, body->element);
  if (s != NULL) {
    il_text_append(d->out, TEXT(" :"));
    put_type(d, s->type);
  }
  end(d);
  d->depth++;
  if (body->value != NULL) dump_expr(d, body->value);
  dump_stmt(d, body->code);
  d->depth--;
}

void il_typed_dump_library(Sema *sema, Library *library, TextBuilder *out) {
  Dump d = {sema, out, 0};
  if (library == NULL) return;
  for (uint32_t i = 0; i < sema->fields.count; i++) {
    const FieldElement *field = sema->fields.items[i];
    if (field->base.library != library || field->initializer == NULL) continue;
    begin(&d, "field");
    put_field(&d, field);
    il_text_append(d.out, TEXT(" :"));
    put_type(&d, field->type);
    end(&d);
    d.depth++;
    dump_expr(&d, field->initializer->value);
    d.depth--;
  }
  for (uint32_t i = 0; i < sema->functions.count; i++) {
    const FunctionElement *f = sema->functions.items[i];
    if (f->base.library == library) dump_body(&d, f->body);
  }
}
