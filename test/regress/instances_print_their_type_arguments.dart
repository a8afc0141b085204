// An object without a toString of its own prints its whole type, and an error
// about a missing member prints a simple receiver as it is.
class Box<T> {
  Type get runtimeType => Null;
}

void check(dynamic f()) {
  try {
    f();
  } on NoSuchMethodError catch (e) {
    print('$e'.split('\n').take(2).join('; '));
  }
}

void main() {
  print(Box<List<int>>()); // expect: Instance of 'Box<List<int>>'
  print(Error.safeToString([1])); // expect: Instance of 'List<int>'
  print(Error.safeToString(['a'])); // expect: Instance of 'List<String>'
  dynamic d = 5;
  check(() => d.x); // expect: NoSuchMethodError: Class 'int' has no instance getter 'x'.; Receiver: 5
  d = 'te"xt';
  check(() => d.x()); // expect: NoSuchMethodError: Class 'String' has no instance method 'x'.; Receiver: "te\"xt"
  d = const ['a'];
  check(() => d.x()); // expect: NoSuchMethodError: Class 'List<String>' has no instance method 'x'.; Receiver: Instance of 'List<String>'
  d = Box<String>();
  check(() => d.x = 1); // expect: NoSuchMethodError: Class 'Box<String>' has no instance setter 'x'.; Receiver: Instance of 'Box<String>'
  d = (int a) => a;
  check(() => d.x); // expect: NoSuchMethodError: Class '(int) => int' has no instance getter 'x'.; Receiver: Closure: (int) => int
}
