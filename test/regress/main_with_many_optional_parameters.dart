// They have their own defaults, however many there are.
void main([List<String>? arguments, message, a, b, c, d, e, f, g, h = 9]) {
  print('$arguments $message $h'); // expect: [] null 9
}
