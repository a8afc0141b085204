// A class with noSuchMethod may leave out members; calls tell what was wanted.
abstract class Api {
  int add(int a, {int b});
  int get size;
  set size(int v);
}

class Fake implements Api {
  dynamic noSuchMethod(Invocation i) {
    print('${i.memberName} ${i.positionalArguments} ${i.namedArguments}');
    return 7;
  }
}

void main() {
  Api api = Fake();
  print(api.add(1, b: 2));
  print(api.size);
  api.size = 3;
  dynamic d = api;
  print(d.other('x'));
}

// expect: Symbol("add") [1] {Symbol("b"): 2}
// expect: 7
// expect: Symbol("size") [] {}
// expect: 7
// expect: Symbol("size=") [3] {}
// expect: Symbol("other") [x] {}
// expect: 7
