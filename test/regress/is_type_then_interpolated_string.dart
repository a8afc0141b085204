// After `is T ?` an interpolated string begins the conditional's branch.
void main() {
  Object value = 3;
  print(value is int ? '$value!' : 'no'); // expect: 3!
  print(value is String ? 'no' : '${value}?'); // expect: 3?
}
