// Isolate.run and Isolate.exit answer, or say that there is no answer.
import 'dart:async';
import 'dart:isolate';

List<String> words(int count) => [for (var i = 0; i < count; i++) 'word $i'];

Future<int> fails(int n) async {
  await Future.delayed(const Duration(milliseconds: 1));
  throw StateError('run $n');
}

void leave(SendPort out) {
  Timer(const Duration(milliseconds: 1),
      () => Isolate.exit(out, words(500)));
}

Future<void> main() async {
  var outcomes = 0;
  for (var i = 0; i < 12; i++) {
    try {
      final n = i;
      final made = await Isolate.run(() => n.isEven ? words(200 + n) : fails(n));
      if ((made as List).length == 200 + n) outcomes++;
    } on Object {
      outcomes++;
    }
    final port = ReceivePort();
    await Isolate.spawn(leave, port.sendPort, onExit: port.sendPort);
    final first = await port.first;
    if (first == null || (first as List).length == 500) outcomes++;
  }
  print(outcomes); // expect: 24
}
