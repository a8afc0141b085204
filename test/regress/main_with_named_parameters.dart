// Their defaults are not forgotten.
void main(List<String> arguments, {int number = 5, double real = 2.5}) {
  print('$number $real'); // expect: 5 2.5
}
