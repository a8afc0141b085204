// Sudoku by elimination in bit sets and search at the cell with fewest choices.
class Board {
  Board._(this._cells, this._rows, this._columns, this._boxes);

  factory Board.parse(String text) {
    final board = Board._(List.filled(81, 0), List.filled(9, 0),
        List.filled(9, 0), List.filled(9, 0));
    if (text.length != 81) {
      throw FormatException('A board has 81 cells', text);
    }
    for (final (i, unit) in text.codeUnits.indexed) {
      if (unit != 0x2e) board._put(i, unit - 0x30);
    }
    return board;
  }

  static const _all = 0x3fe;
  final List<int> _cells, _rows, _columns, _boxes;
  int steps = 0;

  static int _boxOf(int i) => i ~/ 27 * 3 + i % 9 ~/ 3;

  int _choices(int i) =>
      _all & ~(_rows[i ~/ 9] | _columns[i % 9] | _boxes[_boxOf(i)]);

  void _put(int i, int digit) {
    final bit = 1 << digit;
    if (_choices(i) & bit == 0) {
      throw StateError('$digit cannot stand at ${i ~/ 9},${i % 9}');
    }
    _toggle(i, bit);
    _cells[i] = digit;
  }

  void _toggle(int i, int bit) {
    _rows[i ~/ 9] ^= bit;
    _columns[i % 9] ^= bit;
    _boxes[_boxOf(i)] ^= bit;
  }

  static int _count(int bits) {
    var n = 0;
    for (; bits != 0; bits &= bits - 1) {
      n++;
    }
    return n;
  }

  int? _hardest() {
    int? best;
    var fewest = 10;
    for (var i = 0; i < 81; i++) {
      if (_cells[i] != 0) continue;
      final n = _count(_choices(i));
      if (n < fewest) {
        fewest = n;
        best = i;
      }
    }
    return best;
  }

  bool solve() {
    steps++;
    final i = _hardest();
    if (i == null) return true;
    for (var left = _choices(i); left != 0; left &= left - 1) {
      final bit = left & -left;
      _toggle(i, bit);
      _cells[i] = bit.bitLength - 1;
      if (solve()) return true;
      _toggle(i, bit);
      _cells[i] = 0;
    }
    return false;
  }

  bool get isSolved => [_rows, _columns, _boxes]
      .every((units) => units.every((bits) => bits == _all));

  Iterable<String> get rows =>
      Iterable.generate(9, (r) => _cells.skip(r * 9).take(9).join());
}

void main() {
  final board = Board.parse('53..7....6..195....98....6.8...6...34..8.3..17'
      '...2...6.6....28....419..5....8..79');
  print(board.isSolved); // expect: false
  print(board.solve()); // expect: true
  board.rows.forEach(print);
  // expect: 534678912
  // expect: 672195348
  // expect: 198342567
  // expect: 859761423
  // expect: 426853791
  // expect: 713924856
  // expect: 961537284
  // expect: 287419635
  // expect: 345286179
  print(board.isSolved); // expect: true
  print(board.steps); // expect: 52
  // The first row's last cell has no digit left.
  final stuck = Board.parse('12345678.' '........9${'.' * 63}');
  print(stuck.solve()); // expect: false
  for (final bad in ['1' * 2 + '.' * 79, '123']) {
    try {
      Board.parse(bad);
    } on StateError catch (error) {
      print(error.message);
    } on FormatException catch (error) {
      print('${error.message}: ${error.source}');
    }
  }
  // expect: 1 cannot stand at 0,1
  // expect: A board has 81 cells: 123
}
