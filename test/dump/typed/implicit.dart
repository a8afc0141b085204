// Everything that source leaves unsaid is a node of the typed tree.
class Box<T> {
  Box(this.value);
  T value;
  R map<R>(R Function(T) change) => change(value);
}

extension on int {
  int get twice => this * 2;
}

num area(num? width, {double height = 1}) {
  if (width == null) return 0;
  return width * height;
}

String describe(Object o) => switch (o) {
      int n when n > 0 => 'positive ${n.twice}',
      (int a, name: String b) => '$a$b',
      [_, ...] => 'list',
      _ => 'other',
    };

void main() {
  dynamic anything = Box(3);
  Box<int> box = anything;
  final double half = 2;
  final lengths = ['a', 'bb'].map((s) => s.length).toList();
  box.value += lengths.first;
  final text = box.map((v) => '$v');
  int Function(int Function(int)) f = box.map;
  f((v) => v);
  text.isEmpty ? area(half) : area(null, height: 3);
}
