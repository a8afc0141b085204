// parser.c: any bytes go through the scanner and the parser. Whatever they are,
// there is a tree with sound spans, and tree and messages can be printed.
#include "syntax/parser.h"
#include "base/name.h"
#include "syntax/diagnostic.h"
#include "syntax/source.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Check {
  uint32_t limit;  // length of the source
  uint32_t depth;
} Check;

// Recurses as consumers may: along everything but the left spine of BINARY.
static void check_node(TreeNode *node, void *context) {
  Check *check = context;
  if (node->start > node->end || node->end > check->limit) {
    IL_FATAL("a span outside of the source");
  }
  if (++check->depth > 8 * IL_TREE_MAX_DEPTH) IL_FATAL("a tree too deep");
  if (node->kind == TREE_BINARY) {
    TreeBinary *binary = (TreeBinary *)node;
    for (uint64_t i = binary->depth; i > 0; i--) {
      check_node(binary->right, check);
      if (i == 1) check_node(binary->left, check);
      binary = (TreeBinary *)binary->left;
    }
  } else {
    il_tree_each_child(node, check_node, check);
  }
  check->depth--;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  Arena arena = {0};
  NameTable names;
  Diagnostics diagnostics;
  Source source;
  TextBuilder out = {0};
  il_name_table_init(&names);
  il_diagnostic_init(&diagnostics);
  // The parser must not count on a NUL after the text: copy it to its size.
  char *text = il_memory_alloc(size);
  if (size > 0) memcpy(text, data, size);
  il_source_init(&source, &arena, TEXT("fuzz.dart"), il_text_make(text, size));
  TreeUnit *unit = il_parser_parse(&arena, &names, &source, &diagnostics);
  if (!unit) IL_FATAL("no tree");
  Check check = {.limit = (uint32_t)size};
  check_node(&unit->base, &check);
  il_tree_dump(&out, unit, &names);
  il_diagnostic_print(&diagnostics, &out, true);
  il_text_builder_drop(&out);
  il_diagnostic_drop(&diagnostics);
  il_name_table_drop(&names);
  il_arena_drop(&arena);
  il_memory_free(text, size);
  return 0;
}
