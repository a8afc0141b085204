// Every worker's end is told once, whatever became of its answer.
import 'dart:isolate';

void work(List<Object?> start) {
  final [answer as SendPort, size as int] = start;
  var seen = <int, String>{};
  for (var i = 0; i < size; i++) {
    seen[i * 7 % 101] = 'item $i of $size';
  }
  answer.send(seen.length);
}

Future<void> main() async {
  var ends = 0;
  for (var round = 0; round < 10; round++) {
    final answers = ReceivePort(), exits = ReceivePort();
    answers.listen((_) {});
    for (var i = 0; i < 4; i++) {
      await Isolate.spawn(work, [answers.sendPort, i * 40],
          onExit: exits.sendPort);
    }
    ends += (await exits.take(4).toList()).length;
    answers.close();
  }
  print(ends); // expect: 40
}
