class Point {
  Point(this.x, this.y);
  final int x, y;
  Point operator +(Point other) => Point(x + other.x, y + other.y);
}

abstract class Shape {
  double get area;
}

class Square implements Shape {
  Square(this.side);
  final double side;
  double get area => side * side;
}

class Circle implements Shape {
  Circle(this.radius);
  final double radius;
  double get area => 3 * radius * radius;
}

double both(Shape a, Shape b) => a.area + b.area;

int Function() counter() {
  var n = 0;
  return () => ++n;
}

void main() {
  Point(1, 2) + Point(3, 4);
  both(Square(2), Circle(1));
  counter()();
}
