// The scope of the parameters, opened to infer the field's type, was not freed.
class Box(int width, int height, int depth) {
  final volume = width * height * depth;
  var half = width / 2;
}

void main() {
  final box = Box(2, 3, 4);
  print(box.volume); // expect: 24
  print(box.half); // expect: 1.0
}
