// Numbers, strings, bools and records have no identity to hold on to.
void main() {
  final finalizer = Finalizer<int>((_) {});
  for (final Object value in [1, 1.5, 'text', true, (1, 2)]) {
    var errors = 0;
    for (final use in <void Function()>[
      () => WeakReference(value),
      () => finalizer.attach(value, 0),
      () => finalizer.attach(Object(), 0, detach: value),
      () => Expando<int>()[value] = 1,
    ]) {
      try {
        use();
      } on ArgumentError {
        errors++;
      }
    }
    print(errors);
  }
  // expect: 4
  // expect: 4
  // expect: 4
  // expect: 4
  // expect: 4
  final target = [1];
  print(WeakReference(target).target); // expect: [1]
}
