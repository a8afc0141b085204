// tree.h: the syntax tree of one unit (one file of Dart).
//
// Every node begins with a TreeNode: its kind, flags and span. tree.def lists
// the kinds with their fields; from it come one enumerator and one struct
// each. A consumer switches on `kind` and casts:
//
//   switch (node->kind) {
//   case TREE_CALL: return infer_call(f, (TreeCall *)node);
//   case TREE_IF:   return infer_if(f, (TreeIf *)node);
//
// The tree is what the source says, no more: names are not resolved, `a.b` is
// a PROPERTY whatever `a` is, parentheses stay as PAREN nodes in expressions.
// The parser has checked the grammar and everything else that can be known
// from the text of the unit alone (see parser.h); a unit with `has_errors`
// must not be run, but its tree is complete enough to be inspected: absent
// expressions are ERROR nodes, absent names have name.name == 0.
//
// Depth: no path from the root is longer than 8 * IL_TREE_MAX_DEPTH nodes,
// except through BINARY.left; that of nested targets (a.b().c()...) is at most
// 2 * IL_TREE_MAX_DEPTH. A consumer may recurse over everything
// but walks the left spine of BINARY iteratively:
//
//   const TreeBinary *inner = il_tree_left_spine(node);   // deepest BINARY
//   value = infer(inner->left);
//   for each BINARY from inner outwards (il_tree_spine_array gives them)...
//
// Owner:     the arena given to the parser; nodes are never freed singly.
// Threads:   immutable once parsed; any thread may read.
// Allocates: nothing here, except il_tree_spine_array from the given arena.
// Fails:     never.

#ifndef IL_SYNTAX_TREE_H
#define IL_SYNTAX_TREE_H

#include "base/arena.h"
#include "base/common.h"
#include "base/name.h"
#include "base/text.h"
#include "syntax/source.h"
#include "syntax/token.h"

// Levels of nesting of expressions, statements, types and patterns; more is
// the error `nested_too_deeply`.
#define IL_TREE_MAX_DEPTH 500

// A language version as one comparable number.
#define IL_VERSION(major, minor) (((major) << 8) | (minor))
#define IL_VERSION_CURRENT IL_VERSION(3, 13)

typedef enum TreeKind {
#define NODE(kind, type, label, fields) TREE_##kind,
#include "syntax/tree.def"
  TREE_COUNT
} TreeKind;

// Bits of TreeNode.flags.
enum {
  TREE_FLAG_SHORTHAND = 1,  // an expression that begins with a DOT_SHORTHAND
};

typedef struct TreeNode {
  uint16_t kind;  // a TreeKind
  uint16_t flags;
  uint32_t start;  // the span: offsets into the source, end exclusive
  uint32_t end;
} TreeNode;

typedef struct TreeList {
  TreeNode **items;
  uint32_t count;
} TreeList;

// A name as written, with its span.
typedef struct TreeName {
  Name name;  // 0: absent
  uint32_t start;
  uint32_t end;
} TreeName;

typedef struct TreeNames {
  TreeName *items;
  uint32_t count;
} TreeNames;

// Modifiers as written (ABSTRACT also on a bodiless member).
typedef enum TreeModifier {
  TREE_MOD_ABSTRACT = 1 << 0,
  TREE_MOD_BASE = 1 << 1,
  TREE_MOD_INTERFACE = 1 << 2,
  TREE_MOD_FINAL = 1 << 3,
  TREE_MOD_SEALED = 1 << 4,
  TREE_MOD_MIXIN = 1 << 5,
  TREE_MOD_EXTERNAL = 1 << 6,
  TREE_MOD_STATIC = 1 << 7,
  TREE_MOD_CONST = 1 << 8,
  TREE_MOD_VAR = 1 << 9,
  TREE_MOD_LATE = 1 << 10,
  TREE_MOD_COVARIANT = 1 << 11,
  TREE_MOD_REQUIRED = 1 << 12,
  TREE_MOD_FACTORY = 1 << 13,
  TREE_MOD_GETTER = 1 << 14,
  TREE_MOD_SETTER = 1 << 15,
  TREE_MOD_OPERATOR = 1 << 16,
} TreeModifier;

typedef enum TreeAsync {
  TREE_SYNC,
  TREE_ASYNC,
  TREE_SYNC_STAR,
  TREE_ASYNC_STAR,
} TreeAsync;

typedef enum TreeParameterKind {
  TREE_PARAMETER_REQUIRED,  // positional
  TREE_PARAMETER_OPTIONAL,  // positional, in [ ]
  TREE_PARAMETER_NAMED,     // in { }, with or without `required`
} TreeParameterKind;

typedef enum TreeParameterForm {
  TREE_PARAMETER_PLAIN,
  TREE_PARAMETER_THIS,   // this.x
  TREE_PARAMETER_SUPER,  // super.x
} TreeParameterForm;

#define NODE(kind, type, label, fields) typedef struct Tree##type Tree##type;
#include "syntax/tree.def"

#define ANY(name) TreeNode *name;
#define CHILD(type, name) Tree##type *name;
#define LIST(name) TreeList name;
#define NAME(name) TreeName name;
#define NAMES(name) TreeNames name;
#define BOOL(name) bool name;
#define BITS(name) uint32_t name;
#define TOKEN(name) TokenKind name;
#define CHOICE(type, name) type name;
#define WORD(name) uint64_t name;
#define FLOAT(name) double name;
#define STRING(name) Text name;
#define NODE(kind, type, label, fields) \
  struct Tree##type {                   \
    TreeNode base;                      \
    fields                              \
  };
#include "syntax/tree.def"

// The label of a kind in dumps.
const char *il_tree_label(TreeKind kind);

// The innermost BINARY on the left spine of node: follows `left` while it is a
// BINARY. Its own `left` is not a BINARY.
TreeBinary *il_tree_left_spine(TreeBinary *node);

// The BINARY nodes of the left spine, innermost first, node itself last; as
// many as node->depth. Owned by the arena.
TreeBinary **il_tree_spine_array(TreeBinary *node, Arena *arena);

// Calls visit for each child node, in source order, NULL ones left out. Does
// not recurse.
typedef void TreeVisitFn(TreeNode *child, void *context);
void il_tree_each_child(TreeNode *node, TreeVisitFn *visit, void *context);

// Appends the tree as one s-expression per line, indented.
void il_tree_dump(TextBuilder *out, const TreeUnit *unit,
                  const NameTable *names);

#endif
