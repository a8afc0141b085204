// A game searched to its end: immutable boards as bits, minimax with pruning and
// a table, players as functions, symmetric boards counted once.
enum Side {
  x,
  o;

  Side get other => this == x ? o : x;
  String get mark => name.toUpperCase();
}

typedef Player = int Function(Board board, Side side);

class Board {
  const Board._(this._x, this._o);
  static const empty = Board._(0, 0);

  factory Board.parse(String text) {
    var board = empty;
    for (final (i, c) in text.replaceAll('/', '').split('').indexed) {
      board = switch (c) {
        'X' => board.play(i, Side.x),
        'O' => board.play(i, Side.o),
        _ => board,
      };
    }
    return board;
  }

  static const _lines = [0x007, 0x038, 0x1c0, 0x049, 0x092, 0x124, 0x111, 0x054];
  static const _turn = [6, 3, 0, 7, 4, 1, 8, 5, 2];
  static const _flip = [2, 1, 0, 5, 4, 3, 8, 7, 6];
  final int _x, _o;

  int _of(Side side) => side == Side.x ? _x : _o;
  bool isFree(int i) => (_x | _o) & 1 << i == 0;
  bool get isFull => _x | _o == 0x1ff;
  Iterable<int> get moves => Iterable.generate(9).cast<int>().where(isFree);

  Board play(int i, Side side) {
    if (!isFree(i)) throw ArgumentError.value(i, 'i', 'taken');
    return switch (side) {
      Side.x => Board._(_x | 1 << i, _o),
      Side.o => Board._(_x, _o | 1 << i),
    };
  }

  Side? get winner => Side.values
      .where((s) => _lines.any((line) => _of(s) & line == line))
      .firstOrNull;
  bool get isOver => isFull || winner != null;

  Board _mapped(List<int> places) {
    int move(int bits) => places.indexed
        .fold(0, (to, p) => bits & 1 << p.$1 == 0 ? to : to | 1 << p.$2);
    return Board._(move(_x), move(_o));
  }

  int get key => _x << 9 | _o;

  // The least of the eight boards that are the same by symmetry.
  Board get canonical {
    var least = this, board = this;
    for (var i = 0; i < 4; i++) {
      board = board._mapped(_turn);
      for (final one in [board, board._mapped(_flip)]) {
        if (one.key < least.key) least = one;
      }
    }
    return least;
  }

  @override
  bool operator ==(Object other) => other is Board && other.key == key;
  @override
  int get hashCode => key;

  @override
  String toString() => [
        for (var r = 0; r < 3; r++)
          [
            for (var c = 0; c < 3; c++)
              switch (1 << r * 3 + c) {
                final bit when _x & bit != 0 => 'X',
                final bit when _o & bit != 0 => 'O',
                _ => '.',
              }
          ].join()
      ].join('/');
}

class Solver {
  final _known = <(Board, Side), int>{};
  int visited = 0;

  // 1: the side to move wins; 0: a draw; -1: it loses.
  int value(Board board, Side side) {
    final key = (board.canonical, side);
    if (_known[key] case final value?) return value;
    visited++;
    if (board.winner case final winner?) {
      return _known[key] = winner == side ? 1 : -1;
    }
    var best = board.isFull ? 0 : -1;
    for (final move in board.moves) {
      final value = -this.value(board.play(move, side), side.other);
      if (value > best) best = value;
      if (best == 1) break;
    }
    return _known[key] = best;
  }

  int choose(Board board, Side side) => board.moves.reduce((a, b) =>
      value(board.play(b, side), side.other) <
              value(board.play(a, side), side.other)
          ? b
          : a);
}

int firstFree(Board board, Side side) => board.moves.first;

Player scripted(List<int> moves) {
  final next = moves.iterator;
  return (board, side) => next.moveNext() ? next.current : board.moves.last;
}

(Side?, Board) game(Player x, Player o) {
  var board = Board.empty, side = Side.x;
  while (!board.isOver) {
    board = board.play((side == Side.x ? x : o)(board, side), side);
    side = side.other;
  }
  return (board.winner, board);
}

void main() {
  print(Board.parse('XX./.O./..O')); // expect: XX./.O./..O
  print(Board.parse('XXX/OO./...').winner?.mark); // expect: X
  print(Board.parse('XOX/OXO/OXO').winner); // expect: null
  print(Board.parse('XOX/OXO/OXO').isFull); // expect: true
  final corners = [0, 2, 6, 8].map((i) => Board.empty.play(i, Side.x));
  print(corners.map((b) => b.canonical).toSet().length); // expect: 1
  print(Board.empty.moves.map((i) => Board.empty.play(i, Side.x).canonical).toSet().length);
  // expect: 3
  try {
    Board.parse('X').play(0, Side.o);
  } on ArgumentError catch (error) {
    print(error); // expect: Invalid argument (i): taken: 0
  }

  final solver = Solver();
  // One move from the end: X takes the row, O must stop it.
  final near = Board.parse('XX./OO./...');
  print(solver.choose(near, Side.x)); // expect: 2
  print(solver.choose(Board.parse('XX./O../...'), Side.o)); // expect: 2
  print(solver.value(Board.parse('X.X/.O./X.O'), Side.o)); // expect: -1
  print(game(firstFree, firstFree)); // expect: (Side.x, XOX/OXO/X..)
  print(game(scripted([0, 1, 6]), scripted([4, 2]))); // expect: (Side.o, XXO/.OO/XXO)
}
