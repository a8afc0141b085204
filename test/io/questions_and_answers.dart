// stdin: add milk 2
// stdin: add bread
// stdin: add milk 1
// stdin:
// stdin: remove bread
// stdin: add  eggs 12
// stdin: jump
// stdin: add é x
// stdin: list
// stdin: quit
// stdin: never read
// args: --title=Groceries -v rest
// exit: 3
// A dialogue over standard input and output, with arguments and an exit code.
import 'dart:io';

typedef Options = ({String title, bool isVerbose, List<String> rest});

Options parse(List<String> arguments) {
  var title = 'List', isVerbose = false;
  final rest = <String>[];
  for (final argument in arguments) {
    switch (argument.split('=')) {
      case ['--title', final value]:
        title = value;
      case ['-v' || '--verbose']:
        isVerbose = true;
      case [final other] when !other.startsWith('-'):
        rest.add(other);
      default:
        stderr.writeln('unknown option $argument');
        exit(64);
    }
  }
  return (title: title, isVerbose: isVerbose, rest: rest);
}

bool answer(String line, Map<String, int> list, StringSink out) {
  switch (line.trim().split(RegExp(' +'))) {
    case ['']:
      out.writeln('?');
    case ['quit']:
      return false;
    case ['list']:
      for (final MapEntry(:key, :value) in list.entries) {
        out.writeln('${'$value'.padLeft(3)} $key');
      }
    case ['add', final what]:
      list.update(what, (n) => n + 1, ifAbsent: () => 1);
    case ['add', final what, final count] when int.tryParse(count) != null:
      list.update(what, (n) => n + int.parse(count),
          ifAbsent: () => int.parse(count));
    case ['add', _, final bad]:
      out.writeln('not a number: $bad');
    case ['remove', final what]:
      out.writeln(list.remove(what) == null ? 'no $what' : 'removed $what');
    case [final verb, ...]:
      out.writeln('I cannot $verb');
    case []:
      throw StateError('split gives at least one');
  }
  return true;
}

void main(List<String> arguments) {
  final options = parse(arguments);
  stdout.writeln('${options.title} ${options.isVerbose} ${options.rest}');
  // expect: Groceries true [rest]
  final list = <String, int>{};
  String? line;
  do {
    line = stdin.readLineSync();
  } while (line != null && answer(line, list, stdout));
  // expect: ?
  // expect: removed bread
  // expect: I cannot jump
  // expect: not a number: x
  // expect:   3 milk
  // expect:  12 eggs
  stdout.write('bye, ');
  stdout.writeAll(['a', 1], '+');
  stdout.writeln(); // expect: bye, a+1
  stderr.writeln('to the other stream');
  exitCode = list.length + 1;
}
