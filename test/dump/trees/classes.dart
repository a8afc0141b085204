abstract base class A<T extends num> extends B<T> with C, p.D implements E {
  static const int a = 1, b = 2;
  late final String? c;
  covariant num d;
  abstract int e;
  external static int f;
  A(this.c, {required this._g, super.h, int i = 0}) : d = 1, super.named(i);
  const A.named();
  factory A.make() = F<int>.new;
  factory short(int x) => F();
  new([int x = 1]) : this.named();
  T operator +(T other) => other;
  operator -() => this;
  void operator []=(int i, int v) {}
  int get g => 1;
  set g(int v) {}
  Future<void> m<R>(R f(int x)?, void Function(int) g) async {}
  Stream n() async* {}
}

class P<T>.named(var int x, final y, {required this.z}) extends Q;

class R(int x) {
  int y = x;
  this : assert(x > 0), y = 2 {
    print(x);
  }
}

mixin M on A, B implements C {}
class Alias = A with M;
sealed class S {}
mixin class MC {}

enum E<T>(int x) with M implements I {
  @a
  one<int>(1),
  two.named(2);

  factory E.f() => one;
}

extension on int {}
extension X<T> on List<T> {
  T get first2 => this[0];
}
extension type const ET<T>._(int id) implements int {}

typedef F<T> = T Function(int, {required String s});
typedef int Old(int x);
typedef Rec = (int, String s, {bool b})?;
