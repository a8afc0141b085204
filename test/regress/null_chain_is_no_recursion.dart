// A chain of ?? evaluates from the left, stops at the first value, and keeps
// what it found in the representation that is wanted.
int? note(int? x) {
  print('note $x');
  return x;
}

void main() {
  int? none;
  String? text;
  print(note(none) ?? note(3) ?? note(4) ?? 7);
  // expect: note null
  // expect: note 3
  // expect: 3
  int sum = none ?? note(null) ?? 5;
  print(sum + 1);
  // expect: note null
  // expect: 6
  note(null) ?? note(null) ?? print('effect');
  // expect: note null
  // expect: note null
  // expect: effect
  Object found = none ?? text ?? 'end';
  print(found); // expect: end
  double half = (none ?? text ?? null) == null ? 0.5 : 1;
  print(half); // expect: 0.5
  int? x;
  x = x ?? none ?? (x = 9) ?? 10;
  print(x); // expect: 9
}
