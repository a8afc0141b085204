// Records that are taken apart at once: all parts are read, in order, before any
// variable is assigned.
int fibonacci(int n) {
  var a = 0, b = 1;
  for (var i = 0; i < n; i++) {
    (a, b) = (b, a + b);
  }
  return a;
}

int note(int v) {
  print('note $v');
  return v;
}

void main() {
  print(fibonacci(50)); // expect: 12586269025
  var x = 1, y = 2.5, z = 'z';
  Object o = 3;
  (x, o, :z) = (x + 1, x, z: '$z!');
  print('$x $o $z'); // expect: 2 1 z!
  num n;
  (n, _) = (x, y);
  print(n); // expect: 2
  var (p, q) = (x, y);
  print('$p $q'); // expect: 2 2.5
  var (b: r, a: s) = (a: note(1), b: note(2));
  // expect: note 1
  // expect: note 2
  print('$r $s'); // expect: 2 1
  dynamic d = 4;
  int i;
  double e;
  (i, e) = (d, 2);
  print('$i $e'); // expect: 4 2.0
  var c = 1;
  void swap() {
    (c, x) = (x, c);
  }
  swap();
  print('$c $x'); // expect: 2 1
  try {
    (i, x) = ('a' as dynamic, 9);
  } on TypeError {
    print('$i $x'); // expect: 4 1
  }
}
