// Sends 64 MiB of bytes, copied and handed over.
import 'dart:isolate';
import 'dart:typed_data';
import 'actor.dart';

void receiver(SendPort out) {
  final port = RawReceivePort();
  port.handler = (message) {
    if (message == null) {
      port.close();
      return;
    }
    final bytes = message is TransferableTypedData
        ? message.materialize().asUint8List()
        : message as Uint8List;
    out.send(bytes.first + bytes.last + bytes.length);
  };
  out.send(port.sendPort);
}

void main(List<String> arguments) {
  final n = sizeOf(arguments, 64 << 20);
  final bytes = Uint8List(n)..fillRange(0, n, 7);
  final port = RawReceivePort();
  final watch = Stopwatch();
  final times = <double>[];
  late SendPort other;
  var isMove = false;
  void send() {
    final Object message =
        isMove ? TransferableTypedData.fromList([bytes]) : bytes;
    watch
      ..reset()
      ..start();
    other.send(message);
  }

  port.handler = (message) {
    if (message is SendPort) {
      other = message;
      send();
      return;
    }
    times.add(watch.elapsedMicroseconds / 1000);
    check(message == n + 14);
    if (times.length < 20) return send();
    times.sort();
    report(isMove ? 'bytes_send_move' : 'bytes_send_copy',
        percentile(times, 50), 'ms');
    if (isMove) {
      other.send(null);
      port.close();
    } else {
      isMove = true;
      times.clear();
      send();
    }
  };
  Isolate.spawn(receiver, port.sendPort);
}
