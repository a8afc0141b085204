// Strings made of constants alone, and the empty record, are constants
// wherever they stand.
const hello = 'hello';
const number = 4;

void main() {
  print(identical('$hello $number', 'hello 4')); // expect: true
  print(identical('$hello${1.5}${null}', 'hello1.5null')); // expect: true
  const nothing = ();
  print(identical((), nothing)); // expect: true
  final five = 5;
  print(identical('$hello$five', '${hello}5')); // expect: false
}
