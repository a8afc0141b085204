// Only dynamic converts by itself.
abstract class A {}

int f(String s) => s; // error: return_not_assignable

int g(bool b) {
  if (b) return 1;
} // error: body_completes

class F {
  final int x;
  F(); // error: missing_initializer
}

void main() {
  int i = 'text'; // error: not_assignable
  double d = i; // error: not_assignable
  dynamic any = 1;
  String s = any;
  A(); // error: instantiate_abstract
  final fixed = 1;
  fixed = 2; // error: assign_final
  main = 3; // error: assign_not_variable
  [...5]; // error: invalid_spread
  var x = .shorthand; // error: shorthand_without_context
  const C = f('a'); // error: not_constant
}
