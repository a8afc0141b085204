part of dart.math;

class Point<T extends num> {
  const Point(T x, T y)
      : this.x = x,
        this.y = y;

  final T x, y;

  String toString() => 'Point($x, $y)';
  bool operator ==(Object other) =>
      other is Point && x == other.x && y == other.y;
  int get hashCode => Object.hash(x, y);

  Point<T> operator +(Point<T> other) =>
      Point<T>(x + other.x as T, y + other.y as T);
  Point<T> operator -(Point<T> other) =>
      Point<T>(x - other.x as T, y - other.y as T);
  Point<T> operator *(num factor) =>
      Point<T>(x * factor as T, y * factor as T);

  double get magnitude => sqrt(x * x + y * y);
  double distanceTo(Point<T> other) => sqrt(squaredDistanceTo(other));
  T squaredDistanceTo(Point<T> other) {
    final dx = x - other.x, dy = y - other.y;
    return dx * dx + dy * dy as T;
  }
}
