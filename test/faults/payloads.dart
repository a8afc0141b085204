// Long strings, transferable bytes and read-only views are sent while an
// allocation fails.
import 'dart:isolate';
import 'dart:typed_data';

void echo(SendPort out) {
  final port = RawReceivePort();
  port.handler = (Object? message) {
    if (message == null) return port.close();
    if (message is TransferableTypedData) {
      out.send(message.materialize().asUint8List().asUnmodifiableView());
    } else {
      out.send(message);
    }
  };
  out.send(port.sendPort);
}

Future<void> main() async {
  final port = ReceivePort();
  final text = 'some text ' * 300, long = 'long ' * 4000;
  late SendPort other;
  var count = 0;
  await Isolate.spawn(echo, port.sendPort, onExit: port.sendPort);
  await for (final message in port) {
    if (message == null) break; // the other has ended
    switch (count++) {
      case 0:
        other = message as SendPort;
        other.send([text, long]);
      case 1:
        print((message as List)[0].length + message[1].length);
      // expect: 23000
        other.send(long);
      case 2:
        print((message as String).length); // expect: 20000
        other.send(TransferableTypedData.fromList([Uint8List(30000)]));
      case 3:
        print((message as Uint8List).length); // expect: 30000
        other.send(message);
      case 4:
        print((message as Uint8List).length); // expect: 30000
        other.send(null);
        port.close();
    }
  }
}
