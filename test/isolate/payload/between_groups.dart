// flags: --heap-limit=24000000
// Payloads pass between groups as between isolates of one: strings are shared,
// transferable bytes move.
import 'dart:async';
import 'dart:isolate';
import 'dart:typed_data';

Future<void> main() async {
  final port = ReceivePort();
  final answers = StreamIterator<Object?>(port);
  Future<Object?> next() async {
    await answers.moveNext();
    return answers.current;
  }

  await Isolate.spawnUri(Uri.parse('lib/echo_group.dart'), [], port.sendPort);
  final other = await next() as SendPort;
  final long = 'abcd' * (2 << 20);
  final all = <Object?>[];
  for (var i = 0; i < 20; i++) {
    other.send([long, i, long]);
    final list = await next() as List;
    if (!identical(list[0], list[2]) || list[1] != i) print('wrong');
    all.add(list[0]);
  }
  print(all.every((text) => identical(text, all[0]))); // expect: true
  print(all[0] == long); // expect: true
  // As a key, and alone.
  other.send({long: '\u4e2d' * 2000});
  final map = await next() as Map;
  print((map[long] as String).length); // expect: 2000
  other.send(long);
  print(identical(await next(), all[0])); // expect: true

  for (final length in [100, 100000]) {
    final data = TransferableTypedData.fromList(
        [Uint8List(length)..fillRange(0, length, 2)]);
    other.send([data, 'and text']);
    try {
      data.materialize();
      print('still here');
    } on ArgumentError {
      print('moved');
    }
    final list = await next() as List;
    final back = (list[2] as TransferableTypedData).materialize();
    print('${list[0]} ${list[1]} ${back.asUint8List().last}');
  }
  // expect: moved
  // expect: 200 and text 2
  // expect: moved
  // expect: 200000 and text 2
  final kept = TransferableTypedData.fromList([Uint8List(20000)]);
  try {
    other.send([kept, long, () => 1]);
  } on ArgumentError {
    print(kept.materialize().lengthInBytes); // expect: 20000
  }
  other.send(null);
  port.close();
}
