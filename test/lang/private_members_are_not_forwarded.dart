// A private member of another library is not answered by noSuchMethod.
import 'private_members_lib.dart';

class C extends Base {
  String _secret();
  @override
  dynamic noSuchMethod(Invocation i) => 'C';
}

class D2<T extends num> {
  static Type of<X>() => X;
  static Type bounded<X extends num>() => X;
}

void main() {
  print(C()._secret()); // expect: C
  try {
    print(C().tell());
  } on NoSuchMethodError {
    print('missing'); // expect: missing
  }
  print(Base2().tell()); // expect: Base2

  // The type arguments that a dynamic call leaves out.
  dynamic f = D2.of;
  print(f()); // expect: dynamic
  f = D2.bounded;
  print(f()); // expect: num
}
