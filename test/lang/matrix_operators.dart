// A class with operators, equality, indexing and a generic extension.
class Matrix {
  Matrix(this.rows, this.columns, [List<num>? values])
      : assert(rows > 0 && columns > 0),
        _values = values ?? List<num>.filled(rows * columns, 0);

  factory Matrix.identity(int size) {
    final m = Matrix(size, size);
    for (var i = 0; i < size; i++) {
      m[(i, i)] = 1;
    }
    return m;
  }

  final int rows, columns;
  final List<num> _values;

  num operator []((int, int) place) => _values[place.$1 * columns + place.$2];
  void operator []=((int, int) place, num value) {
    _values[place.$1 * columns + place.$2] = value;
  }

  Matrix operator +(Matrix other) => _zip(other, (a, b) => a + b);
  Matrix operator -(Matrix other) => _zip(other, (a, b) => a - b);
  Matrix operator -() =>
      Matrix(rows, columns, [for (final v in _values) -v]);

  Matrix _zip(Matrix other, num Function(num, num) f) {
    if (rows != other.rows || columns != other.columns) {
      throw ArgumentError('sizes differ');
    }
    return Matrix(rows, columns, [
      for (var i = 0; i < _values.length; i++) f(_values[i], other._values[i])
    ]);
  }

  Matrix operator *(Object other) => switch (other) {
        num factor => Matrix(
            rows, columns, [for (final v in _values) v * factor]),
        Matrix m when columns == m.rows => _times(m),
        _ => throw ArgumentError.value(other, 'other', 'cannot be multiplied'),
      };

  Matrix _times(Matrix m) {
    final result = Matrix(rows, m.columns);
    for (var i = 0; i < rows; i++) {
      for (var j = 0; j < m.columns; j++) {
        num sum = 0;
        for (var k = 0; k < columns; k++) {
          sum += this[(i, k)] * m[(k, j)];
        }
        result[(i, j)] = sum;
      }
    }
    return result;
  }

  @override
  bool operator ==(Object other) =>
      other is Matrix &&
      rows == other.rows &&
      columns == other.columns &&
      _values.equals(other._values);

  @override
  int get hashCode => Object.hash(rows, columns, Object.hashAll(_values));

  @override
  String toString() => [
        for (var i = 0; i < rows; i++)
          _values.sublist(i * columns, (i + 1) * columns).join(' ')
      ].join(' | ');
}

extension<T> on List<T> {
  bool equals(List<T> other) {
    if (length != other.length) return false;
    for (final (i, value) in indexed) {
      if (value != other[i]) return false;
    }
    return true;
  }
}

void main() {
  final a = Matrix(2, 2, [1, 2, 3, 4]);
  final one = Matrix.identity(2);
  print(a + one);
  print(a * one == a);
  print(a * 0.5);
  print(-(a * a));
  print(a.hashCode == (a + Matrix(2, 2)).hashCode);
  print({a, a * 1, one}.length);
  a[(0, 0)] += 10;
  print(a[(0, 0)]);
  for (final bad in <Object>['x', Matrix(3, 1)]) {
    try {
      print(a * bad);
    } on ArgumentError catch (e) {
      print(e.name);
    }
  }
}

// expect: 2 2 | 3 5
// expect: true
// expect: 0.5 1.0 | 1.5 2.0
// expect: -7 -10 | -15 -22
// expect: true
// expect: 2
// expect: 11
// expect: other
// expect: other
