// A token goes round a ring of fifty isolates.
import 'dart:isolate';

void member(List<SendPort> ports) {
  final [next, done] = ports;
  final port = RawReceivePort();
  port.handler = (message) {
    final count = message as int;
    if (count == 0) {
      done.send('done');
      next.send(-1);
      port.close();
    } else if (count < 0) {
      next.send(-1);
      port.close();
    } else {
      next.send(count - 1);
    }
  };
  done.send(port.sendPort);
}

void main() async {
  final port = ReceivePort();
  var count = 0;
  final head = RawReceivePort();
  SendPort? first;
  head.handler = (message) {
    if ((message as int) < 0) {
      head.close();
    } else {
      first!.send(message);
    }
  };
  port.listen((message) {
    if (message is SendPort) {
      first = message;
      if (++count == 50) {
        message.send(1000);
      } else {
        Isolate.spawn(member, [message, port.sendPort]);
      }
    } else {
      print(message); // expect: done
      port.close();
    }
  });
  await Isolate.spawn(member, [head.sendPort, port.sendPort]);
}
