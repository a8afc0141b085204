// An editor with commands that undo themselves, macros of commands, and a
// history that merges typing.
abstract interface class Command {
  String get label;
  void run(Document document);
  void undo(Document document);
  Command? mergedWith(Command next);
}

abstract base class SimpleCommand implements Command {
  @override
  Command? mergedWith(Command next) => null;
  @override
  String toString() => label;
}

final class Insert extends SimpleCommand {
  Insert(this.at, this.text);
  final int at;
  final String text;

  @override
  String get label => 'insert "$text"';
  @override
  void run(Document d) => d.text = d.text.replaceRange(at, at, text);
  @override
  void undo(Document d) => d.text = d.text.replaceRange(at, at + text.length, '');
  @override
  Command? mergedWith(Command next) => switch (next) {
        Insert(at: final position, text: final more)
            when position == at + text.length && !more.startsWith(' ') =>
          Insert(at, text + more),
        _ => null,
      };
}

final class Delete extends SimpleCommand {
  Delete(this.from, this.to);
  final int from, to;
  late final String _removed;

  @override
  String get label => 'delete $from-$to';
  @override
  void run(Document d) {
    _removed = d.text.substring(from, to);
    _remove(d);
  }

  void _remove(Document d) => d.text = d.text.replaceRange(from, to, '');
  @override
  void undo(Document d) => d.text = d.text.replaceRange(from, from, _removed);
}

final class Redone extends SimpleCommand {
  Redone(this._inner);
  final Delete _inner;
  @override
  String get label => _inner.label;
  @override
  void run(Document d) => _inner._remove(d);
  @override
  void undo(Document d) => _inner.undo(d);
}

final class Macro extends SimpleCommand {
  Macro(this.label, this._steps);
  @override
  final String label;
  final List<Command> _steps;

  @override
  void run(Document d) {
    final done = <Command>[];
    try {
      for (final step in _steps) {
        step.run(d);
        done.add(step);
      }
    } catch (_) {
      for (final step in done.reversed) {
        step.undo(d);
      }
      rethrow;
    }
  }

  @override
  void undo(Document d) => _steps.reversed.forEach((s) => s.undo(d));
}

class Document {
  String text = '';
  final List<Command> _done = [], _undone = [];
  int _savedAt = 0;

  bool get isDirty => _done.length != _savedAt;
  bool get canUndo => _done.isNotEmpty;
  bool get canRedo => _undone.isNotEmpty;
  List<String> get history => [for (final c in _done) c.label];

  void execute(Command command) {
    command.run(this);
    _undone.clear();
    if (_savedAt > _done.length) _savedAt = -1;
    if (_done.lastOrNull?.mergedWith(command) case final merged?
        when _savedAt != _done.length) {
      _done.last = merged;
    } else {
      _done.add(command);
    }
  }

  bool undo() {
    if (!canUndo) return false;
    _undone.add(_done.removeLast()..undo(this));
    return true;
  }

  bool redo() {
    if (!canRedo) return false;
    final command = switch (_undone.removeLast()) {
      final Delete delete => Redone(delete),
      final other => other,
    };
    _done.add(command..run(this));
    return true;
  }

  void save() => _savedAt = _done.length;
}

void main() {
  final d = Document();
  for (final (i, letter) in 'Hello'.split('').indexed) {
    d.execute(Insert(i, letter));
  }
  d.execute(Insert(5, ' you'));
  print((d.text, d.history)); // expect: (Hello you, [insert "Hello", insert " you"])
  d.execute(Delete(0, 1));
  d.execute(Insert(0, 'J'));
  print(d.text); // expect: Jello you
  d.save();
  print(d.isDirty); // expect: false
  d
    ..undo()
    ..undo();
  print((d.text, d.isDirty, d.canRedo)); // expect: (Hello you, true, true)
  d
    ..redo()
    ..redo();
  print((d.text, d.isDirty)); // expect: (Jello you, false)
  d
    ..undo()
    ..undo()
    ..redo();
  print((d.text, d.history.last)); // expect: (ello you, delete 0-1)

  d.execute(Macro('wrap', [Insert(0, '<'), Insert(9, '>')]));
  print((d.text, d.canRedo)); // expect: (<ello you>, false)
  print(d.undo() ? d.text : '-'); // expect: ello you
  try {
    d.execute(Macro('bad', [Insert(0, 'x'), Delete(3, 99)]));
  } on RangeError catch (error) {
    print('${error.runtimeType} ${d.text}'); // expect: RangeError ello you
  }
  print((d.canRedo, d.redo(), d.text)); // expect: (true, true, <ello you>)
  var steps = 0;
  while (d.undo()) {
    steps++;
  }
  print((steps, d.text.isEmpty, d.undo(), d.isDirty)); // expect: (4, true, false, true)
}
