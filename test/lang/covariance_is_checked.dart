// What is read or passed through a generic receiver is checked at run time.
class Cell<T> {
  T value;
  Cell(this.value);
  void put(T v) => value = v;
  T Function(T) get same => (x) => x;
}

void main() {
  Cell<num> cell = Cell<int>(1);
  for (final act in <void Function()>[
    () => cell.put(2),
    () => cell.put(2.5),
    () => cell.value = 1.5,
    () => cell.same,
    () => (cell as Cell<int>).same(3),
  ]) {
    try {
      act();
      print('fine');
    } on TypeError {
      print('TypeError');
    }
  }
}

// expect: fine
// expect: TypeError
// expect: TypeError
// expect: TypeError
// expect: fine
