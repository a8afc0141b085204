// tree.c: what tree.def gives for nothing: labels, children, dumps. In order:
// labels, the left spine, children, dump.

#include "syntax/tree.h"

static const char *const labels[] = {
#define NODE(kind, type, label, fields) label,
#include "syntax/tree.def"
};

const char *il_tree_label(TreeKind kind) {
  IL_ASSERT(kind < TREE_COUNT);
  return labels[kind];
}

// ---- The left spine -------------------------------------------------------

TreeBinary *il_tree_left_spine(TreeBinary *node) {
  while (node->left->kind == TREE_BINARY) node = (TreeBinary *)node->left;
  return node;
}

TreeBinary **il_tree_spine_array(TreeBinary *node, Arena *arena) {
  uint32_t count = (uint32_t)node->depth;
  TreeBinary **array = IL_NEW_ARRAY(arena, TreeBinary *, count);
  for (uint32_t i = count; i-- > 0;) {
    array[i] = node;
    IL_ASSERT(i == 0 || node->left->kind == TREE_BINARY);
    node = (TreeBinary *)node->left;
  }
  return array;
}

// ---- Children -------------------------------------------------------------

static void visit_list(TreeList list, TreeVisitFn *visit, void *context) {
  for (uint32_t i = 0; i < list.count; i++) visit(list.items[i], context);
}

void il_tree_each_child(TreeNode *node, TreeVisitFn *visit, void *context) {
  switch ((TreeKind)node->kind) {
#define ANY(name) \
  if (n->name) visit(n->name, context);
#define CHILD(type, name) \
  if (n->name) visit(&n->name->base, context);
#define LIST(name) visit_list(n->name, visit, context);
#define NAME(name)
#define NAMES(name)
#define BOOL(name)
#define BITS(name)
#define TOKEN(name)
#define CHOICE(type, name)
#define WORD(name)
#define FLOAT(name)
#define STRING(name)
#define NODE(kind, type, label, fields) \
  case TREE_##kind: {                   \
    Tree##type *n = (Tree##type *)node; \
    (void)n;                            \
    fields break;                       \
  }
#include "syntax/tree.def"
    case TREE_COUNT:
      IL_UNREACHABLE();
  }
}

// ---- Dump -----------------------------------------------------------------
// One line a node: its label, its names and flags; the children below it,
// indented, with the names of their fields.

typedef struct Dumper {
  TextBuilder *out;
  const NameTable *names;
  uint32_t indent;
} Dumper;

static const char *const modifier_texts[] = {
    "abstract", "base",    "interface", "final", "sealed",   "mixin",
    "external", "static",  "const",     "var",   "late",     "covariant",
    "required", "factory", "get",       "set",   "operator",
};

static void dump_node(Dumper *d, const char *field, const TreeNode *node);

static void begin_line(Dumper *d, const char *field) {
  il_text_append_char(d->out, '\n');
  for (uint32_t i = 0; i < d->indent; i++) {
    il_text_append(d->out, TEXT("  "));
  }
  if (field) il_text_append_format(d->out, "%s: ", field);
}

static void dump_label(Dumper *d, const char *field) {
  il_text_append_char(d->out, ' ');
  if (strcmp(field, "name") != 0 && strcmp(field, "value") != 0) {
    il_text_append_format(d->out, "%s=", field);
  }
}

static void dump_name(Dumper *d, const char *field, Name name) {
  if (name == NAME_NONE) return;
  dump_label(d, field);
  il_text_append(d->out, il_name_text(d->names, name));
}

static void dump_names(Dumper *d, const char *field, TreeNames names) {
  if (names.count == 0) return;
  il_text_append_format(d->out, " %s=", field);
  for (uint32_t i = 0; i < names.count; i++) {
    if (i > 0) il_text_append_char(d->out, ',');
    il_text_append(d->out, il_name_text(d->names, names.items[i].name));
  }
}

static void dump_modifiers(Dumper *d, uint32_t bits) {
  for (uint32_t i = 0; i < IL_COUNT_OF(modifier_texts); i++) {
    if (bits & (1u << i)) {
      il_text_append_format(d->out, " %s", modifier_texts[i]);
    }
  }
}

static void dump_string(Dumper *d, Text text) {
  il_text_append(d->out, TEXT(" \""));
  for (uint32_t i = 0; i < text.length; i++) {
    uint8_t c = (uint8_t)text.bytes[i];
    if (c == '"' || c == '\\') il_text_append_char(d->out, '\\');
    if (c == '\n') {
      il_text_append(d->out, TEXT("\\n"));
    } else if (c < 0x20 || c == 0x7F) {
      il_text_append_format(d->out, "\\x%02x", c);
    } else {
      il_text_append_char(d->out, (char)c);
    }
  }
  il_text_append_char(d->out, '"');
}

static void dump_choice_TreeAsync(Dumper *d, const char *field,
                                  TreeAsync async) {
  static const char *const texts[] = {"", " async", " sync*", " async*"};
  (void)field;
  il_text_append_string(d->out, texts[async]);
}

static void dump_choice_TreeParameterKind(Dumper *d, const char *field,
                                          TreeParameterKind kind) {
  static const char *const texts[] = {"", " optional", " named"};
  if (strcmp(field, "kind") == 0) il_text_append_string(d->out, texts[kind]);
}

static void dump_choice_TreeParameterForm(Dumper *d, const char *field,
                                          TreeParameterForm form) {
  static const char *const texts[] = {"", " this.", " super."};
  (void)field;
  il_text_append_string(d->out, texts[form]);
}

static void dump_choice_Name(Dumper *d, const char *field, Name name) {
  dump_name(d, field, name);
}

static void dump_list(Dumper *d, const char *field, TreeList list) {
  for (uint32_t i = 0; i < list.count; i++) {
    dump_node(d, field, list.items[i]);
  }
}

// First what stands on the node's own line, then the children.
static void dump_scalars(Dumper *d, const TreeNode *node) {
  switch ((TreeKind)node->kind) {
#define ANY(name)
#define CHILD(type, name)
#define LIST(name)
#define NAME(field) dump_name(d, #field, n->field.name);
#define NAMES(field) dump_names(d, #field, n->field);
#define BOOL(field) \
  if (n->field) il_text_append_string(d->out, " " #field);
#define BITS(field) dump_modifiers(d, n->field);
#define TOKEN(field) \
  il_text_append_format(d->out, " %s", il_token_text(n->field));
#define CHOICE(type, field) dump_choice_##type(d, #field, n->field);
#define WORD(field)      \
  dump_label(d, #field); \
  il_text_append_format(d->out, "%llu", (unsigned long long)n->field);
#define FLOAT(field)                                   \
  if (node->kind == TREE_DOUBLE_LITERAL) {             \
    il_text_append_format(d->out, " %.17g", n->field); \
  }
#define STRING(field) dump_string(d, n->field);
#define NODE(kind, type, label, fields)             \
  case TREE_##kind: {                               \
    const Tree##type *n = (const Tree##type *)node; \
    (void)n;                                        \
    fields break;                                   \
  }
#include "syntax/tree.def"
    case TREE_COUNT:
      IL_UNREACHABLE();
  }
}

static void dump_children(Dumper *d, const TreeNode *node) {
  switch ((TreeKind)node->kind) {
#define ANY(field) \
  if (n->field) dump_node(d, #field, n->field);
#define CHILD(type, field) \
  if (n->field) dump_node(d, #field, &n->field->base);
#define LIST(field) dump_list(d, #field, n->field);
#define NAME(field)
#define NAMES(field)
#define BOOL(field)
#define BITS(field)
#define TOKEN(field)
#define CHOICE(type, field)
#define WORD(field)
#define FLOAT(field)
#define STRING(field)
#define NODE(kind, type, label, fields)             \
  case TREE_##kind: {                               \
    const Tree##type *n = (const Tree##type *)node; \
    (void)n;                                        \
    fields break;                                   \
  }
#include "syntax/tree.def"
    case TREE_COUNT:
      IL_UNREACHABLE();
  }
}

// A chain of operators as one list: the first operand, then a line each for
// an operator with its right operand.
static void dump_binary(Dumper *d, TreeBinary *node) {
  Arena arena;
  il_arena_init(&arena);
  TreeBinary **spine = il_tree_spine_array(node, &arena);
  dump_node(d, NULL, spine[0]->left);
  for (uint64_t i = 0; i < node->depth; i++) {
    dump_node(d, il_token_text(spine[i]->op), spine[i]->right);
  }
  il_arena_drop(&arena);
}

static void dump_node(Dumper *d, const char *field, const TreeNode *node) {
  begin_line(d, field);
  il_text_append_format(d->out, "(%s", labels[node->kind]);
  d->indent++;
  if (node->kind == TREE_BINARY) {
    dump_binary(d, (TreeBinary *)node);
  } else {
    dump_scalars(d, node);
    dump_children(d, node);
  }
  d->indent--;
  il_text_append_char(d->out, ')');
}

void il_tree_dump(TextBuilder *out, const TreeUnit *unit,
                  const NameTable *names) {
  Dumper d = {.out = out, .names = names, .indent = 1};
  il_text_append_format(out, "(unit version=%u.%u",
                        (unsigned)(unit->version >> 8),
                        (unsigned)(unit->version & 0xFF));
  dump_children(&d, &unit->base);
  il_text_append(out, TEXT(")\n"));
}
