// A closure prints its type and, when it is torn off, what it was.
class A<T> {
  T method(T x) => x;
  static void make() {}
}

void top() {}
T generic<T>(T x) => x;

void main() {
  int local(int a, [String b = '']) => a;
  print(top); // expect: Closure: () => void from Function 'top': static.
  // expect: Closure: <Y0>(Y0) => Y0 from Function 'generic': static.
  print(generic);
  // expect: Closure: (int) => int from Function 'generic': static.
  print(generic<int>);
  print(local); // expect: Closure: (int, [String]) => int
  // expect: Closure: (Object?) => int from Function 'method':.
  print(A<int>().method);
  print(A.make); // expect: Closure: () => void from Function 'make': static.
  print(({required int x}) => x); // expect: Closure: ({required int x}) => int
}
