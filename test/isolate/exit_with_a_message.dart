// Isolate.exit sends a last message, and nothing after it runs.
import 'dart:isolate';

void child(SendPort out) {
  final list = [for (var i = 0; i < 1000; i++) 'item $i'];
  try {
    Isolate.exit(out, list);
  } finally {
    out.send('never');
  }
}

void main() async {
  final port = ReceivePort();
  final exits = ReceivePort();
  port.listen((message) {
    final list = message as List<String>;
    print('${list.length} ${list.last}'); // expect: 1000 item 999
  });
  await Isolate.spawn(child, port.sendPort, onExit: exits.sendPort);
  await exits.first;
  port.close();
}
