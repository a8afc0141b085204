// What a type does not have cannot be named on it.
class C {
  int get g => 1;
  static int s = 2;
}

void main() {
  final c = C();
  c.nothing; // error: undefined_getter
  c.nothing(); // error: undefined_method
  c.nothing = 1; // error: undefined_setter
  c.g = 2; // error: undefined_setter
  c + c; // error: undefined_operator
  C.other; // error: undefined_static
  other; // error: undefined_name
  int? n;
  n.isEven; // error: nullable_receiver
  n.abs(); // error: nullable_call
  int Function()? call;
  call(); // error: nullable_callee
  5(); // error: not_callable
}
