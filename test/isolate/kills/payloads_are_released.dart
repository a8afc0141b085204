// Whoever is killed, exits or never takes its mail lets go of the payloads that
// it holds; debug builds check at the end that none is left.
import 'dart:async';
import 'dart:isolate';
import 'dart:typed_data';

void worker(List<Object?> message) {
  final text = message[0] as String;
  final data = message[1] as TransferableTypedData;
  final out = message[2] as SendPort;
  final kept = <Object?>[];
  final port = RawReceivePort();
  port.handler = (Object? message) {
    kept.add(message);
    if (kept.length == 3) Isolate.exit(out, [kept, text]);
  };
  final bytes = data.materialize().asUint8List();
  for (var i = 0; i < 4; i++) {
    port.sendPort.send([text, bytes.length]);
    port.sendPort.send(TransferableTypedData.fromList([bytes]));
    port.sendPort.send('$i' * 3000);
  }
  out.send(text);
}

Future<void> main() async {
  for (var round = 0; round < 5; round++) {
    final exits = ReceivePort(), results = RawReceivePort();
    results.handler = (Object? _) {};
    for (var i = 0; i < 6; i++) {
      final length = 1000 << i;
      await Isolate.spawn(
          worker,
          [
            'ab' * length,
            TransferableTypedData.fromList([Uint8List(length)]),
            results.sendPort
          ],
          onExit: exits.sendPort);
    }
    await exits.take(6).drain<void>();
    results.close();
  }
  print('all ended'); // expect: all ended
}
