// An isolate that cannot be made, or dies for want of memory, is an answer too.
import 'dart:isolate';

Map<String, List<int>> table(int size) =>
    {for (var i = 0; i < size; i++) 'row $i': List.filled(20, i)};

Future<void> main() async {
  var answers = 0;
  for (var i = 0; i < 4; i++) {
    try {
      final size = 10 + i * 100;
      final rows = await Isolate.run(() => table(size));
      if (rows.length == size) answers++;
    } on RemoteError {
      answers++;
    }
    final port = ReceivePort();
    await Isolate.spawn((SendPort out) => out.send(table(50)), port.sendPort,
        onExit: port.sendPort, onError: port.sendPort);
    await port.first;
    answers++;
  }
  print(answers); // expect: 8
}
