// flow_scan.c: which variables a stretch of source assigns.
//
// One walk over the tree of a member before it is inferred. Names are resolved
// lexically, to the place of their declaration; what is not declared within the
// member is of no interest. Regions are loops, switches, closures, the parts of
// try statements and late initialisers; a region gets every variable declared
// outside and assigned inside of it.
//
// The walk recurses as deep as the parser allows nesting; chains of binary
// operators are followed iteratively.
#include "sema/flow_state.h"

typedef struct {
  Name name;
  uint32_t place;     // of the declaration
  uint32_t shadowed;  // entry + 1 that had the name before
  uint32_t depth;     // of functions around the declaration
  bool is_written, is_captured;
} Declared;

typedef struct {
  FlowRegion *region;
  uint32_t first;  // entries from here on are declared inside
  uint32_t depth;
} OpenRegion;

typedef struct {
  Flow *flow;
  IL_VEC(Declared) entries;
  Map visible;  // Name → entry + 1
  IL_VEC(OpenRegion) open;
  uint32_t depth;
} Scan;

static void visit(Scan *s, TreeNode *node);

// ---------------------------------------------------------------- declarations

static void declare_at(Scan *s, const TreeName *name) {
  if (name->name == NAME_NONE || name->name == NAME_wildcard) return;
  bool is_new;
  uint64_t *top = il_map_at(&s->visible, name->name, &is_new);
  Declared d = {.name = name->name,
                .place = name->start,
                .shadowed = (uint32_t)*top,
                .depth = s->depth};
  il_vec_push(&s->entries, d);
  *top = s->entries.count;
}

// As declare_at, unless the name is declared since `mark`: alternatives of an
// or-pattern and cases with one body share their variables.
static void declare_shared(Scan *s, const TreeName *name, uint32_t mark) {
  uint64_t top;
  if (il_map_find(&s->visible, name->name, &top) && top > mark) return;
  declare_at(s, name);
}

static void close_scope(Scan *s, uint32_t mark) {
  while (s->entries.count > mark) {
    Declared d = il_vec_pop(&s->entries);
    il_map_put(&s->visible, d.name, d.shadowed);
  }
}

typedef struct {
  Scan *s;
  uint32_t mark;
} PatternWalk;

static void declare_pattern(TreeNode *node, void *context) {
  PatternWalk *w = context;
  if (node->kind == TREE_VARIABLE_PATTERN) {
    declare_shared(w->s, &((TreeVariablePattern *)node)->name, w->mark);
  } else if (node->kind != TREE_NAMED_TYPE) {
    il_tree_each_child(node, declare_pattern, w);
  }
}

static void declare_variables(Scan *s, TreeNode *node) {
  PatternWalk walk = {s, s->entries.count};
  if (node->kind == TREE_VARIABLES) {
    TreeVariables *v = (TreeVariables *)node;
    for (uint32_t i = 0; i < v->items.count; i++) {
      if (v->items.items[i]->kind != TREE_VARIABLE) continue;
      declare_at(s, &((TreeVariable *)v->items.items[i])->name);
    }
  } else if (node->kind == TREE_PATTERN_VARIABLES) {
    TreePatternVariables *v = (TreePatternVariables *)node;
    if (v->pattern) declare_pattern(v->pattern, &walk);
  } else if (node->kind == TREE_FUNCTION) {
    declare_at(s, &((TreeFunction *)node)->name);
  }
}

static void declare_statements(Scan *s, const TreeList *list) {
  for (uint32_t i = 0; i < list->count; i++) {
    TreeNode *node = list->items[i];
    while (node->kind == TREE_LABELED && ((TreeLabeled *)node)->statement) {
      node = ((TreeLabeled *)node)->statement;
    }
    declare_variables(s, node);
  }
}

static void declare_parameters(Scan *s, TreeParameters *parameters) {
  for (uint32_t i = 0; parameters && i < parameters->items.count; i++) {
    TreeNode *node = parameters->items.items[i];
    if (node->kind == TREE_PARAMETER) {
      declare_at(s, &((TreeParameter *)node)->name);
    }
  }
}

// --------------------------------------------------------------------- regions

static void open_region(Scan *s, const void *node) {
  FlowRegion *region = IL_NEW(&s->flow->arena, FlowRegion);
  il_map_put(&s->flow->regions, il_map_key(node), il_map_key(region));
  il_vec_push(&s->open, (OpenRegion){region, s->entries.count, s->depth});
}

static void close_region(Scan *s) { (void)il_vec_pop(&s->open); }

#define add_place(list, place)                                \
  do {                                                        \
    if ((list)->count == 0 || il_vec_last(list) != (place)) { \
      il_vec_push((list), (place));                           \
    }                                                         \
  } while (0)

static void assign(Scan *s, Name name) {
  uint64_t top;
  if (!il_map_find(&s->visible, name, &top) || top == 0) return;
  uint32_t entry = (uint32_t)top - 1;
  Declared *d = &s->entries.items[entry];
  if (!d->is_written) il_vec_push(&s->flow->everywhere.written, d->place);
  d->is_written = true;
  if (s->depth > d->depth) {
    if (!d->is_captured) il_vec_push(&s->flow->everywhere.captured, d->place);
    d->is_captured = true;
  }
  for (uint32_t i = s->open.count; i > 0; i--) {
    OpenRegion *open = &s->open.items[i - 1];
    if (entry >= open->first) break;
    add_place(&open->region->written, d->place);
    if (s->depth > open->depth) add_place(&open->region->captured, d->place);
  }
}

static void assign_pattern(TreeNode *node, void *context) {
  Scan *s = context;
  if (node->kind == TREE_ASSIGNED_PATTERN) {
    assign(s, ((TreeAssignedPattern *)node)->name.name);
  } else {
    il_tree_each_child(node, assign_pattern, s);
  }
}

// ------------------------------------------------------------------ constructs

static void visit_any(Scan *s, TreeNode *node) {
  if (node) visit(s, node);
}

static void visit_child(TreeNode *node, void *context) { visit(context, node); }

static void visit_list(Scan *s, const TreeList *list) {
  for (uint32_t i = 0; i < list->count; i++) visit(s, list->items[i]);
}

static void visit_block(Scan *s, const TreeList *statements) {
  uint32_t mark = s->entries.count;
  declare_statements(s, statements);
  visit_list(s, statements);
  close_scope(s, mark);
}

static void visit_function(Scan *s, TreeFunction *node) {
  uint32_t mark = s->entries.count;
  open_region(s, node);
  il_vec_last(&s->open).depth = ++s->depth;
  declare_parameters(s, node->parameters);
  visit_any(s, node->body);
  close_scope(s, mark);
  s->depth--;
  close_region(s);
}

static void visit_variables(Scan *s, TreeVariables *node) {
  for (uint32_t i = 0; i < node->items.count; i++) {
    if (node->items.items[i]->kind != TREE_VARIABLE) continue;
    TreeNode *value = ((TreeVariable *)node->items.items[i])->initializer;
    if (!value) continue;
    bool is_late = (node->modifiers & TREE_MOD_LATE) != 0;
    if (is_late) {
      open_region(s, value);
      il_vec_last(&s->open).depth = ++s->depth;
    }
    visit(s, value);
    if (is_late) {
      s->depth--;
      close_region(s);
    }
  }
}

static void visit_if(Scan *s, TreeIf *node) {
  visit_any(s, node->condition);
  uint32_t mark = s->entries.count;
  if (node->pattern) {
    PatternWalk walk = {s, mark};
    declare_pattern(node->pattern, &walk);
    visit_any(s, node->guard);
  }
  visit_any(s, node->then);
  close_scope(s, mark);
  visit_any(s, node->otherwise);
}

static void visit_for(Scan *s, TreeFor *node) {
  uint32_t mark = s->entries.count;
  if (node->init) {
    declare_variables(s, node->init);
    visit(s, node->init);
  }
  open_region(s, node);
  visit_any(s, node->condition);
  visit_any(s, node->body);
  visit_list(s, &node->updates);
  close_region(s);
  close_scope(s, mark);
}

static void visit_for_in(Scan *s, TreeForIn *node) {
  visit_any(s, node->iterable);
  uint32_t mark = s->entries.count;
  TreeNode *variable = node->variable;
  if (variable && variable->kind == TREE_IDENTIFIER) {
    // Each round begins by writing it: the loop itself does not count.
    assign(s, ((TreeIdentifier *)variable)->name.name);
  }
  open_region(s, node);
  if (variable && variable->kind != TREE_IDENTIFIER) {
    declare_variables(s, variable);
  }
  visit_any(s, node->body);
  close_region(s);
  close_scope(s, mark);
}

static void visit_switch(Scan *s, TreeSwitch *node) {
  visit_any(s, node->value);
  open_region(s, node);
  uint32_t mark = s->entries.count;
  for (uint32_t i = 0; i < node->cases.count; i++) {
    if (node->cases.items[i]->kind != TREE_SWITCH_CASE) continue;
    TreeSwitchCase *c = (TreeSwitchCase *)node->cases.items[i];
    PatternWalk walk = {s, mark};
    if (c->pattern) declare_pattern(c->pattern, &walk);
    visit_any(s, c->guard);
    if (c->statements.count == 0) continue;
    visit_block(s, &c->statements);
    close_scope(s, mark);
  }
  close_scope(s, mark);
  close_region(s);
}

static void visit_arm(Scan *s, TreeSwitchArm *arm) {
  PatternWalk walk = {s, s->entries.count};
  if (arm->pattern) declare_pattern(arm->pattern, &walk);
  visit_any(s, arm->guard);
  visit_any(s, arm->value);
  close_scope(s, walk.mark);
}

static void visit_try(Scan *s, TreeTry *node) {
  open_region(s, node);
  if (node->body) {
    open_region(s, node->body);
    visit_block(s, &node->body->statements);
    close_region(s);
  }
  for (uint32_t i = 0; i < node->catches.count; i++) {
    if (node->catches.items[i]->kind != TREE_CATCH) continue;
    TreeCatch *c = (TreeCatch *)node->catches.items[i];
    uint32_t mark = s->entries.count;
    declare_at(s, &c->exception);
    declare_at(s, &c->stack_trace);
    if (c->body) visit_block(s, &c->body->statements);
    close_scope(s, mark);
  }
  close_region(s);
  if (node->finally) {
    open_region(s, node->finally);
    visit_block(s, &node->finally->statements);
    close_region(s);
  }
}

static void visit_target(Scan *s, TreeNode *target) {
  if (target && target->kind == TREE_IDENTIFIER) {
    assign(s, ((TreeIdentifier *)target)->name.name);
  } else {
    visit_any(s, target);
  }
}

static void visit_binary(Scan *s, TreeBinary *node) {
  Arena scratch = {0};
  uint32_t depth = (uint32_t)node->depth;
  TreeBinary **spine = il_tree_spine_array(node, &scratch);
  if (depth > 0) visit_any(s, spine[0]->left);
  for (uint32_t i = 0; i < depth; i++) visit_any(s, spine[i]->right);
  il_arena_drop(&scratch);
}

static void visit_constructor(Scan *s, TreeParameters *parameters,
                              const TreeList *initializers, TreeNode *body) {
  uint32_t mark = s->entries.count;
  declare_parameters(s, parameters);
  if (initializers) visit_list(s, initializers);
  visit_any(s, body);
  close_scope(s, mark);
}

static void visit_pattern_assign(Scan *s, TreePatternAssign *node) {
  visit_any(s, node->value);
  if (node->pattern) assign_pattern(node->pattern, s);
}

static void visit(Scan *s, TreeNode *node) {
  switch (node->kind) {
    case TREE_BLOCK: visit_block(s, &((TreeBlock *)node)->statements); break;
    case TREE_FUNCTION: visit_function(s, (TreeFunction *)node); break;
    case TREE_VARIABLES: visit_variables(s, (TreeVariables *)node); break;
    case TREE_PATTERN_VARIABLES:
      visit_any(s, ((TreePatternVariables *)node)->value);
      break;
    case TREE_IF: visit_if(s, (TreeIf *)node); break;
    case TREE_FOR: visit_for(s, (TreeFor *)node); break;
    case TREE_FOR_IN: visit_for_in(s, (TreeForIn *)node); break;
    case TREE_WHILE:
    case TREE_DO:
      open_region(s, node);
      il_tree_each_child(node, visit_child, s);
      close_region(s);
      break;
    case TREE_SWITCH: visit_switch(s, (TreeSwitch *)node); break;
    case TREE_SWITCH_ARM: visit_arm(s, (TreeSwitchArm *)node); break;
    case TREE_TRY: visit_try(s, (TreeTry *)node); break;
    case TREE_ASSIGN:
      visit_any(s, ((TreeAssign *)node)->value);
      visit_target(s, ((TreeAssign *)node)->target);
      break;
    case TREE_INCREMENT:
      visit_target(s, ((TreeIncrement *)node)->target);
      break;
    case TREE_PATTERN_ASSIGN:
      visit_pattern_assign(s, (TreePatternAssign *)node);
      break;
    case TREE_BINARY: visit_binary(s, (TreeBinary *)node); break;
    case TREE_NAMED_TYPE:
    case TREE_FUNCTION_TYPE:
    case TREE_RECORD_TYPE: break;
    default: il_tree_each_child(node, visit_child, s);
  }
}

static void visit_root(Scan *s, TreeNode *root) {
  if (root->kind == TREE_CONSTRUCTOR) {
    TreeConstructor *c = (TreeConstructor *)root;
    visit_constructor(s, c->parameters, &c->initializers, c->body);
  } else if (root->kind == TREE_FUNCTION) {
    // The member itself is no closure.
    TreeFunction *f = (TreeFunction *)root;
    visit_constructor(s, f->parameters, NULL, f->body);
  } else if (root->kind == TREE_CLASS || root->kind == TREE_ENUM ||
             root->kind == TREE_EXTENSION_TYPE) {
    // A class stands for its primary constructor: its parameters and the
    // PRIMARY_BODY among its members.
    TreePrimaryConstructor *primary =
        root->kind == TREE_CLASS  ? ((TreeClass *)root)->primary
        : root->kind == TREE_ENUM ? ((TreeEnum *)root)->primary
                                  : ((TreeExtensionType *)root)->primary;
    TreeList *members = root->kind == TREE_CLASS ? &((TreeClass *)root)->members
                        : root->kind == TREE_ENUM
                            ? &((TreeEnum *)root)->members
                            : &((TreeExtensionType *)root)->members;
    if (primary) declare_parameters(s, primary->parameters);
    for (uint32_t i = 0; i < members->count; i++) {
      if (members->items[i]->kind != TREE_PRIMARY_BODY) continue;
      TreePrimaryBody *b = (TreePrimaryBody *)members->items[i];
      visit_constructor(s, NULL, &b->initializers, b->body);
    }
  } else if (root->kind == TREE_VARIABLE) {
    visit_any(s, ((TreeVariable *)root)->initializer);
  } else {
    visit(s, root);
  }
}

void il_flow_scan(Flow *flow, TreeNode *root) {
  if (!root) return;
  Scan s = {.flow = flow};
  visit_root(&s, root);
  il_vec_drop(&s.entries);
  il_vec_drop(&s.open);
  il_map_drop(&s.visible);
}

const FlowRegion *il_flow_region(const Flow *flow, const TreeNode *node) {
  return il_map_find_pointer(&flow->regions, il_map_key(node));
}
