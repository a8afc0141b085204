// What a getter named `call` gives is no method of the object, when the object
// itself is called.
class Getter {
  int Function(int) get call => (n) => n;
}

class Forwarder {
  int Function(int) get call => (n) => -n;
  @override
  dynamic noSuchMethod(Invocation i) =>
      '${i.isMethod} ${i.positionalArguments}';
}

class Method {
  int call(int n) => n + 1;
}

void discard(int n) => n * 2;

void main() {
  final List<dynamic> all = [Getter(), (call: (int n) => n), Forwarder()];
  // expect: missing
  // expect: 4
  // expect: missing
  // expect: 4
  // expect: true [3]
  // expect: -4
  for (final each in all) {
    try {
      print(each(3));
    } on NoSuchMethodError {
      print('missing');
    }
    print(each.call(4));
  }
  final dynamic method = Method();
  print(method(5)); // expect: 6
  print(discard(21) as int); // expect: 42
}
