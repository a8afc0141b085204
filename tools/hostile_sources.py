"""Sources too large or too strange to store, for the mode `hostile`.

Each case is made when it is needed. It says how the program must end: with
output, or with an error in the source that names what is wrong. Whatever it is,
the process must not crash, hang or take memory without bound.
"""

import random

DEEP = 100_000
CODES = {"output": 0, "error": 254, "throw": 255}


class Case:
    """A source, how it ends, and words that its output must have."""

    def __init__(self, name, end, words, source, flags=()):
        self.name, self.end, self.words = name, end, words
        self.source, self.flags = source, list(flags)

    def exit_code(self):
        return CODES[self.end]

    def bytes(self):
        text = self.source()
        return text if isinstance(text, bytes) else text.encode()


def main_of(body):
    return "void main() { " + body + " }\n"


def show(expression):
    return main_of(f"print({expression});")


def many(count, form, separator=" "):
    return separator.join(form.replace("#", str(i)) for i in range(count))


def random_bytes(seed):
    choices = random.Random(seed)
    return bytes(choices.randrange(256) for _ in range(50_000))


def random_tokens(seed):
    words = ("class extends ( ) { } [ ] < > , ; : . .. ?. => = == + - * / ~/ "
             "'a' '${ } \"\"\" 1 2.5 0x var final const void int a b async "
             "await yield switch case when default if else for in while do "
             "try catch on finally enum mixin extension type @ # ! ? ?? ... "
             "operator get set static late required covariant is as").split()
    choices = random.Random(seed)
    return " ".join(choices.choice(words) for _ in range(20_000))


NESTED = "nested too deeply"


def too_deep():
    pairs = {
        "parentheses": show("(" * DEEP + "1" + ")" * DEEP),
        "parentheses_open": "void main() { print(" + "(" * DEEP,
        "lists": show("[" * DEEP + "]" * DEEP),
        "blocks": main_of("{" * DEEP + "}" * DEEP),
        "ifs": main_of("if (true) " * DEEP + ";"),
        "negations": show("!" * DEEP + "true"),
        "assignments": main_of("var a = 0; " + "a = " * DEEP + "1;"),
        "conditions": main_of("var a = 1 > 0; print("
                              + "a ? 1 : " * DEEP + "2);"),
        "closures": main_of("(() { " * DEEP + "})();" * DEEP),
        "functions": main_of(many(DEEP, "void f#() {") + "}" * DEEP),
        "tries": main_of("try { " * DEEP + "} finally {}" * DEEP),
        "interpolations": show("'${" * DEEP + "1" + "}'" * DEEP),
        "patterns": main_of("switch (1) { case " + "(" * DEEP + "1"
                            + ")" * DEEP + ": print(1); }"),
        "arrows": "var f = " + "() => " * DEEP + "1;\n" + main_of(""),
        "switches": show("switch (1) { _ => " * DEEP + "1" + "}" * DEEP),
        "null_checks": main_of("int? a = 1; print(a" + "!" * DEEP + ");"),
        "else_ifs": main_of("var a = 0; if (a == 1) {} "
                            + many(DEEP, "else if (a == #) {}")),
    }
    for name, text in pairs.items():
        yield Case(f"nested_{name}", "error", NESTED, lambda text=text: text)


def long_and_flat():
    ones = main_of("var one = 1; print(" + " + ".join(["one"] * 200_001)
                   + ");")
    yield Case("additions", "output", "200001", lambda: ones)
    yield Case("constant_additions", "output", "200001",
               lambda: "const x = " + " + ".join(["1"] * 200_001) + ";\n"
               + show("x"))
    yield Case("conjunctions", "output", "true", lambda: main_of(
        "var a = true; print(" + " && ".join(["a"] * 200_000) + ");"))
    yield Case("if_nulls", "output", "7", lambda: main_of(
        "int? a; print(" + "a ?? " * 200_000 + "7);"))
    yield Case("list_literal", "output", "1000000 999999", lambda: main_of(
        "var l = [" + many(1_000_000, "#", ",")
        + "]; print('${l.length} ${l.last}');"))
    yield Case("constant_list", "output", "1000000 999999", lambda: main_of(
        "const l = [" + many(1_000_000, "#", ",")
        + "]; print('${l.length} ${l.last}');"))
    yield Case("map_literal", "output", "100000 v99999", lambda: main_of(
        "var m = {" + many(100_000, "#: 'v#'", ",")
        + "}; print('${m.length} ${m[99999]}');"))
    yield Case("interpolation", "output", "100000 true", lambda: main_of(
        "var a = 1; var s = '" + "$a" * 100_000
        + "'; print('${s.length} ${s == '1' * 100000}');"))
    yield Case("adjacent_strings", "output", "200000", lambda: show(
        "(" + "'a' " * 200_000 + ").length"))
    yield Case("cascades", "output", "100000", lambda: main_of(
        "var l = <int>[]; l" + "..add(1)" * 100_000 + "; print(l.length);"))
    yield Case("cases", "output", "19999", lambda: main_of(
        "var a = 19999; switch (a) { " + many(20_000, "case #: print(#);")
        + " }"))
    yield Case("methods", "output", "60000", lambda: "class A { "
               + many(70_000, "int f#() => #;") + " } "
               + show("A().f60000()"))
    yield Case("comments", "output", "1", lambda:
               "/*" * DEEP + "*/" * DEEP + show("1"))
    yield Case("line", "output", "5000000", lambda:
               show("'" + "a" * 5_000_000 + "'.length"))
    yield Case("identifier", "output", "3", lambda: main_of(
        "var " + "x" * 1_000_000 + " = 3; print(" + "x" * 1_000_000 + ");"))
    yield Case("record", "error", "record of so many fields", lambda:
               show("(" + "1, " * 70_000 + ")"))
    yield Case("fields", "error", "so many fields", lambda: "class A { "
               + many(70_000, "int f# = #;") + " } " + show("A().f1"))
    yield Case("parameters", "error", "so many variables", lambda: "int f("
               + many(70_000, "int a#", ",") + ") => a0;\n" + show("1"))
    yield Case("variables", "error", "function of this size", lambda: main_of(
        many(100_000, "var v# = #;") + " print(v1);"))


def bytes_and_ends():
    for seed in range(8):
        yield Case(f"random_bytes_{seed}", "error", "Error",
                   lambda seed=seed: random_bytes(seed))
        yield Case(f"random_tokens_{seed}", "error", "Error",
                   lambda seed=seed: random_tokens(seed))
    yield Case("empty", "error", "main", lambda: "")
    yield Case("nul_in_string", "output", "3", lambda: show("'a\0b'.length"))
    yield Case("nul_in_code", "error", "U+0000", lambda: main_of("\0"))
    yield Case("byte_order_mark", "output", "1", lambda:
               b"\xef\xbb\xbf" + show("1").encode())
    yield Case("not_utf8", "error", "UTF-8", lambda:
               b"\xc3\x28 " + show("1").encode())
    yield Case("carriage_returns", "output", "3 2", lambda: main_of(
        "\r\n  print('''a\r\nb'''.length.toString()\r\n // end\r\n"
        " + ' 2');\r\n"))
    yield Case("string_without_end", "error", "no closing quote", lambda:
               main_of("print('abc);"))
    yield Case("long_string_without_end", "error", "no closing quote", lambda:
               main_of("print('''abc);"))
    yield Case("comment_without_end", "error", "comment has no end", lambda:
               main_of("/* /* */ print(1);"))
    yield Case("interpolation_without_end", "error", "no closing quote",
               lambda: "void main() { print('${'${'${")
    yield Case("braces_without_end", "error", "Expected '}'", lambda:
               "void main() {{{{")
    yield Case("escapes", "error", "escape", lambda:
               show(r"'\u{110000} \u{ \x4'"))


def while_running():
    yield Case("nodes_without_end", "throw", "Out of Memory", lambda:
               "class N { N(this.n); N? n; }\n"
               + main_of("N? n; while (true) { n = N(n); }"),
               ["--heap-limit=64m"])
    yield Case("exhaustion_caught", "output", "caught 3", lambda:
               "class N { N(this.n); N? n; }\n"
               + main_of("var caught = 0; for (var i = 0; i < 3; i++) {"
                         "try { N? n; while (true) { n = N(n); } }"
                         "on OutOfMemoryError { caught++; } }"
                         "print('caught $caught');"), ["--memory-limit=96m"])
    yield Case("exhaustion_of_one_isolate", "output", "Out of Memory, alive",
               lambda: "import 'dart:isolate';\n"
               "void hog(_) { var l = []; while (true) { l.add([]); } }\n"
               "void main() async { final port = ReceivePort();"
               "await Isolate.spawn(hog, null, onError: port.sendPort);"
               "final e = (await port.first as List).first;"
               "print('$e, ${List.filled(1000, 'alive').last}'); }\n",
               ["--heap-limit=32m"])
    yield Case("overflow_caught", "output", "caught 3", lambda:
               "int f(int n) => f(n + 1) + 1;\n"
               + main_of("var caught = 0; for (var i = 0; i < 3; i++) {"
                         "try { f(0); } on StackOverflowError { caught++; } }"
                         "print('caught $caught');"))
    yield Case("list_without_end", "throw", "Out of Memory", lambda:
               main_of("var l = []; while (true) { l.add(l.length); }"),
               ["--heap-limit=64m"])
    yield Case("recursion_without_end", "throw", "Stack Overflow", lambda:
               "int f(int n) => f(n + 1) + 1;\n" + show("f(0)"))
    yield Case("million_messages", "output", "1000000 499999500000", lambda:
               "import 'dart:isolate';\n" + main_of(
                   "var n = 0, sum = 0; final port = RawReceivePort();"
                   "port.handler = (m) { sum += m as int;"
                   "if (++n == 1000000) { print('$n $sum'); port.close(); }};"
                   "for (var i = 0; i < 1000000; i++) {"
                   "port.sendPort.send(i); }"))
    yield Case("million_microtasks", "output", "1000000", lambda:
               "import 'dart:async';\n" + main_of(
                   "var n = 0; for (var i = 0; i < 1000000; i++) {"
                   "scheduleMicrotask(() { if (++n == 1000000) print(n); });"
                   "}"))
    yield Case("awaits_100000_deep", "output", "100000", lambda:
               "Future<int> f(int n) async { await null;"
               "return n == 0 ? 0 : 1 + await f(n - 1); }\n"
               "void main() async { print(await f(100000)); }\n")
    yield Case("json_100000_deep", "output", "200000 FormatException", lambda:
               "import 'dart:convert';\n" + main_of(
                   "final t = '[' * 100000 + ']' * 100000;"
                   "print('${jsonEncode(jsonDecode(t)).length} '"
                   "'${attempt(() => jsonDecode('[' * 100000))}');")
               + "Object attempt(void f()) { try { f(); return 'no error'; }"
                 "catch (e) { return e.runtimeType; } }")
    yield Case("records_1000000_deep", "output", "true false", lambda:
               main_of("Object r = 0; for (var i = 0; i < 1000000; i++) {"
                       "r = (r,); } print('${r is (Object,)} ${r is (int,)}');"))
    yield Case("long_string", "output", "3000000 1000000", lambda:
               main_of("final s = 'ab ' * 1000000;"
                       "print('${s.length} ${s.trim().split(' ').length}');"))


def cases():
    for group in (too_deep, long_and_flat, bytes_and_ends, while_running):
        yield from group()
