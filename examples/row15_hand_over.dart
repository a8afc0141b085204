// What copying costs can be saved: a result is handed over by Isolate.exit,
// bytes by TransferableTypedData, and a spawn is cheap enough for small tasks.
import 'dart:isolate';
import 'dart:typed_data';

void build(SendPort reply) {
  final list = List.generate(1000, (i) => 'item $i');
  Isolate.exit(reply, list);
}

void sum((TransferableTypedData, SendPort) job) {
  final (data, reply) = job;
  var total = 0;
  for (final byte in data.materialize().asUint8List()) {
    total += byte;
  }
  reply.send(total);
}

void tiny((int, SendPort) job) => job.$2.send(job.$1);

Future<void> main() async {
  final port = ReceivePort();
  await Isolate.spawn(build, port.sendPort);
  final list = await port.first as List<String>;
  print('${list.length} ${list.last}'); // expect: 1000 item 999

  final bytes = Uint8List(5000)..fillRange(0, 5000, 3);
  final total = ReceivePort();
  await Isolate.spawn(
      sum, (TransferableTypedData.fromList([bytes]), total.sendPort));
  print(await total.first); // expect: 15000

  final replies = ReceivePort();
  for (var i = 0; i < 50; i++) {
    await Isolate.spawn(tiny, (i, replies.sendPort));
  }
  var seen = 0;
  await for (final _ in replies) {
    if (++seen == 50) break;
  }
  print('spawned $seen'); // expect: spawned 50
}
