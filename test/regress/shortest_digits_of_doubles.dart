// A double prints the fewest digits that read back as it, also where numbers
// are less dense above than below, and where they have few bits left.
void main() {
  print(5e-324); // expect: 5e-324
  print(double.minPositive * 3); // expect: 1.5e-323
  print(2.2250738585072014e-308); // expect: 2.2250738585072014e-308
  print(7.120236347223045e-307); // expect: 7.120236347223045e-307
  print(-7.120236347223045e-307); // expect: -7.120236347223045e-307
  print(5.858190679279809e-244); // expect: 5.858190679279809e-244
  print(9007199254740992.0); // expect: 9007199254740992.0
  print(0.1 + 0.2); // expect: 0.30000000000000004
  print(1 / 3); // expect: 0.3333333333333333
  print(double.maxFinite); // expect: 1.7976931348623157e+308
  var isFine = true;
  for (var d = double.minPositive; d.isFinite; d *= 2) {
    isFine &= double.parse('$d') == d && '$d'.length <= 23;
  }
  print(isFine); // expect: true
}
