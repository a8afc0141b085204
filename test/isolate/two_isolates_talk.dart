// Two isolates exchange messages in order.
import 'dart:isolate';

void echo(SendPort out) {
  final port = ReceivePort();
  out.send(port.sendPort);
  port.listen((message) {
    if (message == null) {
      port.close();
    } else {
      out.send('echo $message');
    }
  });
}

void main() async {
  final port = ReceivePort();
  await Isolate.spawn(echo, port.sendPort);
  SendPort? other;
  var count = 0;
  port.listen((message) {
    if (message is SendPort) {
      other = message;
      for (var i = 0; i < 3; i++) {
        message.send(i);
      }
    } else {
      print(message);
      if (++count == 3) {
        other!.send(null);
        port.close();
      }
    }
  });
}
// expect: echo 0
// expect: echo 1
// expect: echo 2
