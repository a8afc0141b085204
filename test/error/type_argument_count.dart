// A generic class takes as many type arguments as it declares.
List<int, int>? f() => null; // error: type_argument_count
void main() {}
