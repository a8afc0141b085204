// A function literal that writes all its parameter types does not wait for the
// other arguments: what they say is no context for its body.
void main() {
  final list = [1, 2, 3];
  final sum = list.fold(0, (num a, num b) => a + b / 2);
  print(sum); // expect: 3.0
  double halves = list.fold(0, (double a, int b) => a + b / 2);
  print(halves); // expect: 3.0
  final text = list.fold('', (a, b) => '$a$b');
  print(text.length); // expect: 3
  final map = list.fold(<int, int>{}, (Map<int, int> m, n) => m..[n] = n * n);
  print(map[3]!.isOdd); // expect: true
}
