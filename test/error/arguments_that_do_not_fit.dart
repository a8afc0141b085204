// Counts, names and types of arguments are checked.
int f(int a, [int b = 0]) => a;
int g(int a, {required int b, int c = 0}) => a;

void main() {
  f(); // error: too_few_arguments
  f(1, 2, 3); // error: too_many_arguments
  f('x'); // error: argument_not_assignable
  g(1); // error: missing_named_argument
  g(1, b: 2, d: 3); // error: unknown_named_argument
  g(1, b: 2, b: 3); // error: duplicate_name
  f<int>(1); // error: type_argument_count
}
