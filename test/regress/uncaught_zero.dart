// Zero is an error like any other.
import 'dart:async';
import 'dart:isolate';

void child(SendPort out) {
  final port = RawReceivePort();
  port.handler = (message) => throw message as Object;
  out.send(port.sendPort);
}

void main() async {
  final errors = ReceivePort(), ports = ReceivePort();
  await Isolate.spawn(child, ports.sendPort,
      onError: errors.sendPort, errorsAreFatal: true);
  (await ports.first as SendPort).send(0);
  final error = await errors.first as List<Object?>;
  print(error[0]); // expect: 0
}
