// With errorsAreFatal: false an isolate goes on after an uncaught error.
import 'dart:isolate';

void worker(SendPort out) {
  final port = ReceivePort();
  out.send(port.sendPort);
  port.listen((message) {
    if (message == 0) throw ArgumentError('zero');
    out.send(100 ~/ (message as int));
    if (message == 50) port.close();
  });
}

void main() async {
  final port = ReceivePort();
  final errors = ReceivePort();
  errors.listen((message) {
    print((message as List)[0]);
    errors.close();
  });
  await Isolate.spawn(worker, port.sendPort,
      errorsAreFatal: false, onError: errors.sendPort);
  port.listen((message) {
    if (message is SendPort) {
      message.send(0);
      message.send(25);
      message.send(50);
    } else {
      print(message);
      if (message == 2) port.close();
    }
  });
}
// expect: Invalid argument(s): zero
// expect: 4
// expect: 2
