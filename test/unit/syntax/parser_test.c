// parser_test.c: what is rejected and why, shapes of expressions, values of
// literals, depth. Most of the grammar is pinned by test/dump/trees.
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "syntax/parser.h"

typedef struct Parse {
  Arena arena;
  NameTable names;
  Diagnostics diagnostics;
  Source source;
  TreeUnit *unit;
} Parse;

static void parse(Parse *p, Text text) {
  *p = (Parse){0};
  il_name_table_init(&p->names);
  il_diagnostic_init(&p->diagnostics);
  il_source_init(&p->source, &p->arena, TEXT("a.dart"), text);
  p->unit = il_parser_parse(&p->arena, &p->names, &p->source, &p->diagnostics);
}

static void drop(Parse *p) {
  il_diagnostic_drop(&p->diagnostics);
  il_name_table_drop(&p->names);
  il_arena_drop(&p->arena);
}

// ---- Shapes ---------------------------------------------------------------

// Writes an expression fully parenthesized.
static void show(TextBuilder *out, const NameTable *names, TreeNode *node);

static void show_list(TextBuilder *out, const NameTable *names, TreeList list) {
  for (uint32_t i = 0; i < list.count; i++) {
    if (i > 0) il_text_append_char(out, ' ');
    show(out, names, list.items[i]);
  }
}

static void show_two(TextBuilder *out, const NameTable *names,
                     const char *label, TreeNode *a, TreeNode *b) {
  il_text_append_format(out, "(%s ", label);
  show(out, names, a);
  if (b) {
    il_text_append_char(out, ' ');
    show(out, names, b);
  }
  il_text_append_char(out, ')');
}

static void show_name(TextBuilder *out, const NameTable *names, TreeName name) {
  il_text_append(out, il_name_text(names, name.name));
}

// Each family shows its kinds and leaves any other to the next one.
static void show_chain(TextBuilder *out, const NameTable *names,
                       TreeNode *node) {
  switch (node->kind) {
    case TREE_PROPERTY:
      il_text_append(out, ((TreeProperty *)node)->is_null_aware ? TEXT("(?. ")
                                                                : TEXT("(. "));
      show(out, names, ((TreeProperty *)node)->target);
      il_text_append_char(out, ' ');
      show_name(out, names, ((TreeProperty *)node)->name);
      il_text_append_char(out, ')');
      break;
    case TREE_INDEX:
      show_two(out, names, ((TreeIndex *)node)->is_null_aware ? "?[]" : "[]",
               ((TreeIndex *)node)->target, ((TreeIndex *)node)->index);
      break;
    case TREE_CALL: {
      TreeCall *call = (TreeCall *)node;
      il_text_append(out, TEXT("(call "));
      show(out, names, call->target);
      if (call->type_arguments.count > 0) {
        il_text_append(out, TEXT(" <"));
        show_list(out, names, call->type_arguments);
        il_text_append_char(out, '>');
      }
      if (call->arguments->items.count > 0) il_text_append_char(out, ' ');
      show_list(out, names, call->arguments->items);
      il_text_append_char(out, ')');
      break;
    }
    case TREE_INSTANTIATION:
      il_text_append(out, TEXT("(inst "));
      show(out, names, ((TreeInstantiation *)node)->target);
      il_text_append_char(out, ' ');
      show_list(out, names, ((TreeInstantiation *)node)->type_arguments);
      il_text_append_char(out, ')');
      break;
    case TREE_NULL_SHORT:
      show_two(out, names, "short", ((TreeNullShort *)node)->expression, NULL);
      break;
    case TREE_NULL_CHECK:
      show_two(out, names, "!", ((TreeNullCheck *)node)->operand, NULL);
      break;
    case TREE_CASCADE:
      il_text_append(out, TEXT("(cascade "));
      show(out, names, ((TreeCascade *)node)->target);
      il_text_append_char(out, ' ');
      show_list(out, names, ((TreeCascade *)node)->sections);
      il_text_append_char(out, ')');
      break;
    case TREE_CASCADE_TARGET:
      il_text_append(out, TEXT("_"));
      break;
    default:
      il_text_append_string(out, il_tree_label(node->kind));
  }
}

static void show_operator(TextBuilder *out, const NameTable *names,
                          TreeNode *node) {
  switch (node->kind) {
    case TREE_PAREN:
      show_two(out, names, "paren", ((TreeParen *)node)->expression, NULL);
      break;
    case TREE_BINARY:
      show_two(out, names, il_token_text(((TreeBinary *)node)->op),
               ((TreeBinary *)node)->left, ((TreeBinary *)node)->right);
      break;
    case TREE_UNARY:
      show_two(out, names, il_token_text(((TreeUnary *)node)->op),
               ((TreeUnary *)node)->operand, NULL);
      break;
    case TREE_ASSIGN:
      show_two(out, names, "assign", ((TreeAssign *)node)->target,
               ((TreeAssign *)node)->value);
      break;
    case TREE_IS:
      show_two(out, names, ((TreeIs *)node)->is_not ? "is!" : "is",
               ((TreeIs *)node)->operand, ((TreeIs *)node)->type);
      break;
    case TREE_AS:
      show_two(out, names, "as", ((TreeAs *)node)->operand,
               ((TreeAs *)node)->type);
      break;
    case TREE_CONDITIONAL:
      il_text_append(out, TEXT("(? "));
      show(out, names, ((TreeConditional *)node)->condition);
      il_text_append_char(out, ' ');
      show(out, names, ((TreeConditional *)node)->then);
      il_text_append_char(out, ' ');
      show(out, names, ((TreeConditional *)node)->otherwise);
      il_text_append_char(out, ')');
      break;
    default:
      show_chain(out, names, node);
  }
}

static void show(TextBuilder *out, const NameTable *names, TreeNode *node) {
  switch (node->kind) {
    case TREE_IDENTIFIER:
      show_name(out, names, ((TreeIdentifier *)node)->name);
      break;
    case TREE_INT_LITERAL:
      il_text_append_format(
          out, "%llu", (unsigned long long)((TreeIntLiteral *)node)->value);
      break;
    case TREE_STRING_LITERAL:
      il_text_append_char(out, '"');
      il_text_append(out, ((TreeStringLiteral *)node)->value);
      il_text_append_char(out, '"');
      break;
    case TREE_NAMED_TYPE:
      show_name(out, names, ((TreeNamedType *)node)->name);
      if (((TreeNamedType *)node)->is_nullable) il_text_append_char(out, '?');
      break;
    case TREE_RECORD_LITERAL:
      il_text_append(out, TEXT("(record "));
      show_list(out, names, ((TreeRecordLiteral *)node)->fields);
      il_text_append_char(out, ')');
      break;
    case TREE_LIST_LITERAL:
      il_text_append_char(out, '[');
      show_list(out, names, ((TreeListLiteral *)node)->elements);
      il_text_append_char(out, ']');
      break;
    case TREE_SET_OR_MAP_LITERAL:
      il_text_append_char(out, '{');
      show_list(out, names, ((TreeSetOrMapLiteral *)node)->elements);
      il_text_append_char(out, '}');
      break;
    case TREE_MAP_ENTRY:
      show_two(out, names, ":", ((TreeMapEntry *)node)->key,
               ((TreeMapEntry *)node)->value);
      break;
    case TREE_FUNCTION_EXPRESSION:
      il_text_append(out, TEXT("fun"));
      break;
    default:
      show_operator(out, names, node);
  }
}

static TreeNode *initializer(const Parse *p) {
  assert_true(p->unit->declarations.count >= 1);
  TreeVariables *variables = (TreeVariables *)p->unit->declarations.items[0];
  assert_int_equal(variables->base.kind, TREE_VARIABLES);
  return ((TreeVariable *)variables->items.items[0])->initializer;
}

static void assert_shape(const char *expression, const char *shape) {
  TextBuilder text = {0}, out = {0};
  il_text_append_format(&text, "var x = %s;", expression);
  Parse p;
  parse(&p, il_text_builder_text(&text));
  show(&out, &p.names, initializer(&p));
  assert_string_equal(il_text_builder_string(&out), shape);
  assert_false(p.unit->has_errors);
  drop(&p);
  il_text_builder_drop(&text);
  il_text_builder_drop(&out);
}

static void operators_bind_as_in_dart(void **state) {
  (void)state;
  assert_shape("a + b * c - d", "(- (+ a (* b c)) d)");
  assert_shape("a ?? b || c && d == e", "(?? a (|| b (&& c (== d e))))");
  assert_shape("a < b == c >= d", "(== (< a b) (>= c d))");
  assert_shape("a | b ^ c & d << e", "(| a (^ b (& c (<< d e))))");
  assert_shape("a >> b >>> c", "(>>> (>> a b) c)");
  assert_shape("-a.b", "(- (. a b))");
  assert_shape("!a!", "(! (! a))");
  assert_shape("a ? b : c ? d : e", "(? a b (? c d e))");
  assert_shape("a = b = c", "(assign a (assign b c))");
  assert_shape("a is b && c is! d", "(&& (is a b) (is! c d))");
  assert_shape("a as b?", "(as a b?)");
  assert_shape("a is b ? c : d", "(? (is a b) c d)");
  assert_shape("a is b? ? c : d", "(? (is a b?) c d)");
}

static void type_arguments_or_comparison(void **state) {
  (void)state;
  assert_shape("a<b>(c)", "(call a <b> c)");
  assert_shape("a<b>", "(inst a b)");
  assert_shape("a<b>.c", "(. (inst a b) c)");
  assert_shape("a<b>.new", "(. (inst a b) new)");
  assert_shape("f(a<b, c>(d))", "(call f (call a <b c> d))");
  assert_shape("f(a<b, c>d)", "(call f (< a b) (> c d))");
  assert_shape("a<b<c<d>>>()", "(call a <b>)");
  assert_shape("(a < b)", "(paren (< a b))");
}

static void chains_and_null_shorting(void **state) {
  (void)state;
  assert_shape("a?.b.c", "(short (. (?. a b) c))");
  assert_shape("a?.b = c", "(short (assign (?. a b) c))");
  assert_shape("a?[b]", "(short (?[] a b))");
  assert_shape("a?[b]:c", "(? a [b] c)");
  assert_shape("(a ? b?[0] : c)", "(paren (? a (short (?[] b 0)) c))");
  assert_shape("{a?[b]:c}", "{(? a [b] c)}");
  assert_shape("a..b()..c = d",
               "(cascade a (call (. _ b)) (assign (. _ c) d))");
  assert_shape("a = b..c", "(assign a (cascade b (. _ c)))");
  assert_shape("a..b?.c", "(cascade a (short (?. (. _ b) c)))");
}

static void parentheses_records_and_functions(void **state) {
  (void)state;
  assert_shape("(a)", "(paren a)");
  assert_shape("(a,)", "(record a)");
  assert_shape("(a, b)", "(record a b)");
  assert_shape("()", "(record )");
  assert_shape("() => a", "fun");
  assert_shape("(a) async {}", "fun");
  assert_shape("<T>(a) => a", "fun");
  assert_shape("(a)(b)", "(call (paren a) b)");
  assert_shape("{a: b, c}", "{(: a b) c}");
}

// ---- Literals -------------------------------------------------------------

static void assert_string(const char *literal, Text value) {
  TextBuilder text = {0};
  il_text_append_format(&text, "var x = %s;", literal);
  Parse p;
  parse(&p, il_text_builder_text(&text));
  TreeStringLiteral *node = (TreeStringLiteral *)initializer(&p);
  assert_int_equal(node->base.kind, TREE_STRING_LITERAL);
  assert_true(il_text_equal(node->value, value));
  assert_false(p.unit->has_errors);
  drop(&p);
  il_text_builder_drop(&text);
}

static void strings_are_decoded(void **state) {
  (void)state;
  assert_string("'a' \"b\" r'\\n'", TEXT("ab\\n"));
  assert_string("'\\n\\t\\x41\\u0042\\u{1F600}\\q\\''",
                TEXT("\n\tAB\xF0\x9F\x98\x80q'"));
  assert_string("'\\uD83D\\uDE00'", TEXT("\xF0\x9F\x98\x80"));
  assert_string("'\\uD83D'", TEXT("\xED\xA0\xBD"));
  assert_string("'''\n a\n'''", TEXT(" a\n"));
  assert_string("'''  \\\n a'''", TEXT(" a"));
  assert_string("'''a\r\nb'''", TEXT("a\nb"));
  assert_string("''''a'''", TEXT("'a"));
}

static void integers_know_their_range(void **state) {
  (void)state;
  static const struct {
    const char *literal;
    uint64_t value;
    bool is_overflow;
    bool is_exact;
  } cases[] = {
      {"0", 0, false, true},
      {"1_000_000", 1000000, false, true},
      {"9223372036854775807", INT64_MAX, false, false},
      {"9223372036854775808", (uint64_t)1 << 63, false, true},
      {"18446744073709551616", 0, true, true},
      {"9007199254740993", 9007199254740993, false, false},
      {"0xFFFFFFFFFFFFFFFF", UINT64_MAX, false, false},
      {"0x8000000000000000", (uint64_t)1 << 63, false, true},
      {"0x10000000000000000", 0, true, false},
      {"00012", 12, false, true},
  };
  for (uint32_t i = 0; i < IL_COUNT_OF(cases); i++) {
    TextBuilder text = {0};
    il_text_append_format(&text, "var x = %s;", cases[i].literal);
    Parse p;
    parse(&p, il_text_builder_text(&text));
    TreeIntLiteral *node = (TreeIntLiteral *)initializer(&p);
    assert_int_equal(node->base.kind, TREE_INT_LITERAL);
    assert_true(node->value == cases[i].value);
    assert_int_equal(node->is_overflow, cases[i].is_overflow);
    assert_int_equal(node->is_exact_double, cases[i].is_exact);
    drop(&p);
    il_text_builder_drop(&text);
  }
}

static void assert_double(const char *literal, double value) {
  TextBuilder text = {0};
  il_text_append_format(&text, "var x = %s;", literal);
  Parse p;
  parse(&p, il_text_builder_text(&text));
  TreeDoubleLiteral *node = (TreeDoubleLiteral *)initializer(&p);
  assert_int_equal(node->base.kind, TREE_DOUBLE_LITERAL);
  assert_true(node->value == value);
  drop(&p);
  il_text_builder_drop(&text);
}

static void doubles_are_exact(void **state) {
  (void)state;
  assert_double("0.1", 0.1);
  assert_double(".5", 0.5);
  assert_double("1e3", 1000);
  assert_double("1.7976931348623157e308", 1.7976931348623157e308);
  assert_double("5e-324", 5e-324);
  assert_double("1e400", INFINITY);
  assert_double("1_0.2_5e0_1", 102.5);
  assert_double("0.000001", 0.000001);
}

// ---- Errors ---------------------------------------------------------------

typedef struct Case {
  const char *text;
  DiagnosticCode code;
} Case;

static void assert_code(const char *text, DiagnosticCode code) {
  Parse p;
  parse(&p, il_text_of(text));
  il_diagnostic_sort(&p.diagnostics);
  if (p.diagnostics.items.count == 0) {
    fail_msg("accepted: %s", text);
  } else if (p.diagnostics.items.items[0].code != code) {
    fail_msg("%s: %s", text,
             il_diagnostic_code_text(p.diagnostics.items.items[0].code));
  }
  assert_true(p.unit->has_errors);
  drop(&p);
}

static const Case cases[] = {
    {"main() { print(1) }", DIAG_EXPECTED_TOKEN},
    {"main() { var = 1; }", DIAG_EXPECTED_IDENTIFIER},
    {"main() { 1 = 2; }", DIAG_INVALID_ASSIGNMENT_TARGET},
    {"main() { a.b.c() = 2; }", DIAG_INVALID_ASSIGNMENT_TARGET},
    {"main() { (a)++; }", DIAG_INVALID_ASSIGNMENT_TARGET},
    {"main() { break; }", DIAG_INVALID_BREAK},
    {"main() { continue; }", DIAG_INVALID_BREAK},
    {"main() { for (;;) { () { break; }; } }", DIAG_INVALID_BREAK},
    {"main() { a: { continue a; } }", DIAG_UNKNOWN_LABEL},
    {"main() { while (x) { break a; } }", DIAG_UNKNOWN_LABEL},
    {"main() { rethrow; }", DIAG_INVALID_RETHROW},
    {"main() { await f(); }", DIAG_INVALID_AWAIT},
    {"main() { await f; }", DIAG_INVALID_AWAIT},
    {"main() { yield 1; }", DIAG_INVALID_YIELD},
    {"f() async { yield 1; }", DIAG_INVALID_YIELD},
    {"f() sync* { return 1; }", DIAG_RETURN_IN_GENERATOR},
    {"f() async { var await = 1; }", DIAG_ASYNC_WORD},
    {"f() sync* => 1;", DIAG_STAR_WITH_ARROW},
    {"f() { try {} }", DIAG_TRY_WITHOUT_CATCH},
    {"f(a, a) {}", DIAG_DUPLICATE_NAME},
    {"f(final a) {}", DIAG_INVALID_MODIFIER},
    {"f({required a = 1}) {}", DIAG_INVALID_DEFAULT},
    {"f(a = 1) {}", DIAG_INVALID_DEFAULT},
    {"f({_a}) {}", DIAG_PRIVATE_NAMED_PARAMETER},
    {"f(this.a) {}", DIAG_INVALID_PARAMETER},
    {"typedef F = void Function({int a = 1});", DIAG_INVALID_DEFAULT},
    {"const a;", DIAG_MISSING_INITIALIZER},
    {"final a;", DIAG_MISSING_INITIALIZER},
    {"var int a;", DIAG_VAR_WITH_TYPE},
    {"a;", DIAG_MISSING_TYPE_OR_VAR},
    {"final final a = 1;", DIAG_DUPLICATE_MODIFIER},
    {"final var a = 1;", DIAG_MODIFIER_CONFLICT},
    {"static f() {}", DIAG_INVALID_MODIFIER},
    {"f();", DIAG_MISSING_BODY},
    {"external f() {}", DIAG_EXTERNAL_BODY},
    {"class A { const A() {} }", DIAG_CONSTRUCTOR_BODY},
    {"class A { B() {} B.c() {} }", DIAG_WRONG_CONSTRUCTOR_NAME},
    {"class A { factory A(); }", DIAG_MISSING_BODY},
    {"class A { A() : this.b(), c = 1; }", DIAG_INVALID_INITIALIZERS},
    {"class A { A() : super(), c = 1; }", DIAG_INVALID_INITIALIZERS},
    {"class A { static const B() {} }", DIAG_INVALID_MODIFIER},
    {"class A { int A; }", DIAG_MEMBER_NAMED_AS_CLASS},
    {"class A { operator +(a, b) => 1; }", DIAG_OPERATOR_PARAMETERS},
    {"class A { operator ||(a) => 1; }", DIAG_INVALID_OPERATOR},
    {"class A { set a() {} }", DIAG_SETTER_PARAMETERS},
    {"class A { get a() {} }", DIAG_GETTER_PARAMETERS},
    {"class A { this {} }", DIAG_PRIMARY_BODY},
    {"class A(int x) { A.b(); }", DIAG_PRIMARY_BODY},
    {"class A { static f() => this; }", DIAG_INVALID_THIS},
    {"class A { var a = super.b; }", DIAG_INVALID_SUPER},
    {"class A implements B extends C {}", DIAG_CLAUSE_ORDER},
    {"sealed abstract class A {}", DIAG_MODIFIER_CONFLICT},
    {"class get {}", DIAG_BUILT_IN_TYPE_NAME},
    {"mixin A { A(); }", DIAG_CONSTRUCTOR_NOT_ALLOWED},
    {"enum E {}", DIAG_ENUM_EMPTY},
    {"extension E on int { int a = 1; }", DIAG_FIELD_NOT_ALLOWED},
    {"extension type E(int a, int b);", DIAG_EXTENSION_TYPE_PRIMARY},
    {"import 'a$b';", DIAG_URI_INTERPOLATION},
    {"import 'a' deferred;", DIAG_DEFERRED_WITHOUT_PREFIX},
    {"part 'a'; import 'b';", DIAG_DIRECTIVE_ORDER},
    {"f() {} import 'b';", DIAG_DIRECTIVE_ORDER},
    {"var a = 1 < 2 < 3;", DIAG_NOT_ASSOCIATIVE},
    {"var a = b..c?..d;", DIAG_NULL_AWARE_CASCADE},
    {"var a = (_b: 1);", DIAG_RECORD_FIELD},
    {"f(x) { var (a, 1) = x; }", DIAG_INVALID_PATTERN},
    {"f(x) { switch (x) { case 1 + 2: } }", DIAG_EXPECTED_TOKEN},
    {"f(x) { switch (x) { default: case 1: } }", DIAG_DEFAULT_NOT_LAST},
    {"var a = '\\u{110000}';", DIAG_INVALID_ESCAPE},
    {"f() { @a 1; }", DIAG_INVALID_METADATA},
    {"// @dart = 2.19\nvar a = (1, 2);", DIAG_LANGUAGE_VERSION},
    {"// @dart = 2.19\nsealed class A {}", DIAG_LANGUAGE_VERSION},
    {"// @dart = 3.2\nextension type E(int a) {}", DIAG_LANGUAGE_VERSION},
    {"// @dart = 3.5\nvar a = 1_0;", DIAG_LANGUAGE_VERSION},
    {"// @dart = 3.9\nint a = .b;", DIAG_LANGUAGE_VERSION},
    {"// @dart = 3.12\nclass A(int a);", DIAG_LANGUAGE_VERSION},
    {"// @dart = 1.0\n", DIAG_BAD_LANGUAGE_VERSION},
    {"// @dart = 9.9\n", DIAG_BAD_LANGUAGE_VERSION},
};

static void each_rule_has_its_code(void **state) {
  (void)state;
  for (uint32_t i = 0; i < IL_COUNT_OF(cases); i++) {
    assert_code(cases[i].text, cases[i].code);
  }
}

static void several_errors_are_found_in_a_run(void **state) {
  (void)state;
  Parse p;
  parse(&p, TEXT("f() { var a = ; g(1; }\n"
                 "class A { int x y; h() { return ) } }\n"
                 "k() { if (a { } b(); }\n"
                 "int m() => 1;\n"));
  assert_in_range(p.diagnostics.count, 4, 8);
  assert_int_equal(p.unit->declarations.count, 4);
  drop(&p);
}

// ---- Depth ----------------------------------------------------------------

static void repeat(TextBuilder *out, const char *text, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) il_text_append_string(out, text);
}

static void long_chains_are_flat(void **state) {
  (void)state;
  TextBuilder text = {0};
  il_text_append_string(&text, "var x = 1");
  repeat(&text, " + 1", 200000);
  il_text_append_char(&text, ';');
  Parse p;
  parse(&p, il_text_builder_text(&text));
  assert_false(p.unit->has_errors);
  TreeBinary *node = (TreeBinary *)initializer(&p);
  assert_int_equal(node->depth, 200000);
  assert_int_equal(il_tree_left_spine(node)->depth, 1);
  TreeBinary **spine = il_tree_spine_array(node, &p.arena);
  assert_ptr_equal(spine[199999], node);
  assert_ptr_equal(spine[0], il_tree_left_spine(node));
  TextBuilder out = {0};
  il_tree_dump(&out, p.unit, &p.names);
  il_text_builder_drop(&out);
  drop(&p);
  il_text_builder_drop(&text);
}

static void nesting_has_a_limit(void **state) {
  (void)state;
  static const struct {
    const char *before, *open, *middle, *close, *after;
  } forms[] = {
      {"var x = ", "(", "1", ")", ";"},
      {"var x = ", "[", "1", "]", ";"},
      {"var x = ", "!", "a", "", ";"},
      {"var x = ", "a = ", "1", "", ";"},
      {"var x = ", "a ? b : ", "c", "", ";"},
      {"var x = a", ".b()", "", "", ";"},
      {"f() {", "{", "", "}", "}"},
      {"f() {", "if (a) ", ";", "", "}"},
      {"f() {", "if (a) {} else ", ";", "", "}"},
      {"var x = ", "'${", "1", "}'", ";"},
      {"f(x) { if (x case ", "[", "_", "]", ") {} }"},
      {"var x = ", "() => ", "1", "", ";"},
      {"int", " Function()", " x;", "", ""},
  };
  for (uint32_t i = 0; i < IL_COUNT_OF(forms); i++) {
    for (uint32_t count = 60; count <= 60000; count *= 1000) {
      TextBuilder text = {0};
      il_text_append_string(&text, forms[i].before);
      repeat(&text, forms[i].open, count);
      il_text_append_string(&text, forms[i].middle);
      repeat(&text, forms[i].close, count);
      il_text_append_string(&text, forms[i].after);
      Parse p;
      parse(&p, il_text_builder_text(&text));
      if (count == 60) {
        if (p.unit->has_errors) fail_msg("rejected: %s", forms[i].open);
      } else {
        bool found = false;
        for (uint32_t d = 0; d < p.diagnostics.items.count; d++) {
          found |= p.diagnostics.items.items[d].code == DIAG_NESTED_TOO_DEEPLY;
        }
        if (!found) fail_msg("no limit: %s", forms[i].open);
      }
      drop(&p);
      il_text_builder_drop(&text);
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(operators_bind_as_in_dart),
      cmocka_unit_test(type_arguments_or_comparison),
      cmocka_unit_test(chains_and_null_shorting),
      cmocka_unit_test(parentheses_records_and_functions),
      cmocka_unit_test(strings_are_decoded),
      cmocka_unit_test(integers_know_their_range),
      cmocka_unit_test(doubles_are_exact),
      cmocka_unit_test(each_rule_has_its_code),
      cmocka_unit_test(several_errors_are_found_in_a_run),
      cmocka_unit_test(long_chains_are_flat),
      cmocka_unit_test(nesting_has_a_limit),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
