// Isolate.spawn gives a handle with ports and capabilities.
import 'dart:isolate';

void greet((String, SendPort) message) {
  final (name, reply) = message;
  reply.send('hello $name from ${Isolate.current.debugName}');
}

Future<void> main() async {
  final port = ReceivePort();
  final isolate = await Isolate.spawn(greet, ('Dart', port.sendPort),
      debugName: 'greeter');
  print(await port.first); // expect: hello Dart from greeter
  print(isolate.pauseCapability != null); // expect: true
  print(isolate.terminateCapability != null); // expect: true
  print(isolate.controlPort == Isolate.current.controlPort); // expect: false
}
