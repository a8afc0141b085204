part of dart.math;

abstract class _RectangleBase<T extends num> {
  const _RectangleBase();

  T get left;
  T get top;
  T get width;
  T get height;

  T get right => left + width as T;
  T get bottom => top + height as T;

  String toString() => 'Rectangle ($left, $top) $width x $height';
  bool operator ==(Object other) =>
      other is Rectangle &&
      left == other.left &&
      top == other.top &&
      right == other.right &&
      bottom == other.bottom;
  int get hashCode => Object.hash(left, top, right, bottom);

  Rectangle<T>? intersection(Rectangle<T> other) {
    final x0 = max(left, other.left), x1 = min(right, other.right);
    if (x0 > x1) return null;
    final y0 = max(top, other.top), y1 = min(bottom, other.bottom);
    if (y0 > y1) return null;
    return Rectangle<T>(x0, y0, x1 - x0 as T, y1 - y0 as T);
  }

  bool intersects(Rectangle<num> other) =>
      left <= other.left + other.width &&
      other.left <= right &&
      top <= other.top + other.height &&
      other.top <= bottom;

  Rectangle<T> boundingBox(Rectangle<T> other) {
    final x0 = min(left, other.left), y0 = min(top, other.top);
    return Rectangle<T>(x0, y0, max(right, other.right) - x0 as T,
        max(bottom, other.bottom) - y0 as T);
  }

  bool containsRectangle(Rectangle<num> another) =>
      left <= another.left &&
      right >= another.left + another.width &&
      top <= another.top &&
      bottom >= another.top + another.height;

  bool containsPoint(Point<num> another) =>
      another.x >= left &&
      another.x <= right &&
      another.y >= top &&
      another.y <= bottom;

  Point<T> get topLeft => Point<T>(left, top);
  Point<T> get topRight => Point<T>(right, top);
  Point<T> get bottomRight => Point<T>(right, bottom);
  Point<T> get bottomLeft => Point<T>(left, bottom);
}

T _notNegative<T extends num>(T value) =>
    value < 0 ? (value is int ? 0 : 0.0) as T : value;

class Rectangle<T extends num> extends _RectangleBase<T> {
  const Rectangle(this.left, this.top, T width, T height)
      : width = width < 0 ? (width is int ? 0 : 0.0) as T : width,
        height = height < 0 ? (height is int ? 0 : 0.0) as T : height;

  factory Rectangle.fromPoints(Point<T> a, Point<T> b) {
    final left = min(a.x, b.x), top = min(a.y, b.y);
    return Rectangle<T>(left, top, max(a.x, b.x) - left as T,
        max(a.y, b.y) - top as T);
  }

  final T left, top, width, height;
}

class MutableRectangle<T extends num> extends _RectangleBase<T>
    implements Rectangle<T> {
  MutableRectangle(this.left, this.top, T width, T height)
      : _width = _notNegative(width),
        _height = _notNegative(height);

  factory MutableRectangle.fromPoints(Point<T> a, Point<T> b) {
    final left = min(a.x, b.x), top = min(a.y, b.y);
    return MutableRectangle<T>(left, top, max(a.x, b.x) - left as T,
        max(a.y, b.y) - top as T);
  }

  T left, top;
  T _width, _height;

  T get width => _width;
  set width(T value) {
    _width = _notNegative(value);
  }

  T get height => _height;
  set height(T value) {
    _height = _notNegative(value);
  }
}
