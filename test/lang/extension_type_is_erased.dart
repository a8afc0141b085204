// An extension type costs nothing and has members of its own.
extension type Meters(int value) {
  Meters.half(int v) : value = v ~/ 2 {
    print('half of $v');
  }
  factory Meters.from(String s) => Meters(int.parse(s));
  Meters operator +(Meters o) => Meters(value + o.value);
  bool operator >(Meters o) => value > o.value;
  static Meters zero = Meters(0);
  String get text => '$value m';
}

extension type Id._(int n) implements int {
  Id(this.n);
  int next() => this + 1;
}

void main() {
  final sum = Meters(3) + Meters.half(9);
  print(sum.text);
  print(sum > Meters.zero);
  print(Meters.from('12').value);
  final Object? o = sum;
  print(o is int);
  print(Id(4).next());
  print(Id(4) + 1);
  print(Id(4).isEven);
  final text = sum;
  print([text].runtimeType == <int>[].runtimeType);
}

// expect: half of 9
// expect: 7 m
// expect: true
// expect: 12
// expect: true
// expect: 5
// expect: 5
// expect: true
// expect: true
