// Arguments are evaluated as they are written, named ones too.
int say(int x) {
  print(x);
  return x;
}

String f(int a, int b, {int c = 9, required int d}) => '$a $b $c $d';

void main() {
  print(f(d: say(1), say(2), c: say(3), say(4)));
  print(f(say(5), d: say(6), say(7)));
}

// expect: 1
// expect: 2
// expect: 3
// expect: 4
// expect: 2 4 3 1
// expect: 5
// expect: 6
// expect: 7
// expect: 5 7 9 6
