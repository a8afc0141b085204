// A body that several cases share has variables of its own: what a guard has
// captured does not see them change.
void main() {
  final seen = <String Function()>[];
  bool keep(String Function() read) {
    seen.add(read);
    return true;
  }

  for (final list in [
    ['a'],
    ['b', 'c']
  ]) {
    switch (list) {
      case [String x] when keep(() => x):
      case [_, String x]:
        seen.add(() => x);
        x = '$x changed';
        print(x); // expect: a changed
      // expect: c changed
    }
  }
  print([for (final read in seen) read()]); // expect: [a, a changed, c changed]
}
