// The operand of a relational pattern is constant: what it creates says so.
extension type const Meters(int it) implements int {}

void main() {
  switch (3) {
    case > const Meters(2):
      print('far');
    case > Meters(1): // error: not_constant
      print('near');
  }
}
