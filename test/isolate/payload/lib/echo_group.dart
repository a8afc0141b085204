// part-of-test
// Sends back what it gets; bytes that can be materialized with their sum.
import 'dart:isolate';
import 'dart:typed_data';

void main(List<String> arguments, Object? message) {
  final port = ReceivePort();
  final out = message as SendPort;
  out.send(port.sendPort);
  port.listen((message) {
    if (message == null) return port.close();
    if (message is List && message[0] is TransferableTypedData) {
      final buffer = (message[0] as TransferableTypedData).materialize();
      final bytes = buffer.asUint8List();
      var sum = 0;
      for (final byte in bytes) {
        sum += byte;
      }
      out.send([sum, message[1], TransferableTypedData.fromList([bytes])]);
      return;
    }
    out.send(message);
  });
}
