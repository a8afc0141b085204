// `super` reaches the next class of the chain: getters, setters, operators.
class Base {
  int n = 1;
  int get twice => n * 2;
  int operator [](int i) => i;
  void operator []=(int i, int v) => print('$i: $v');
  String who() => 'Base';
}

mixin Loud on Base {
  List<String> log = ['made'];
  int get twice => super.twice + 100;
  String who() => 'Loud ${super.who()}';
}

mixin Twice on Base {
  String who() => 'Twice ${super.who()} ${super.who()}';
}

class C extends Base with Loud, Twice {
  String who() => 'C ${super.who()}';
  void go() {
    super.n += 4;
    super[2] += 5;
    super[3]++;
    print(super.twice);
    final tear = super.who;
    print(tear());
  }
}

void main() {
  final c = C();
  c.go();
  print(c.who());
  print(c.log);
}

// expect: 2: 7
// expect: 3: 4
// expect: 110
// expect: Twice Loud Base Loud Base
// expect: C Twice Loud Base Loud Base
// expect: [made]
