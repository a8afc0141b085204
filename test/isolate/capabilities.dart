// Capabilities and ports are equal to their copies and to nothing else.
import 'dart:isolate';

void child(List<Object?> message) {
  (message[0] as SendPort).send(message);
}

void main() async {
  final port = ReceivePort();
  final capability = Capability();
  await Isolate.spawn(child, [port.sendPort, capability]);
  final List<Object?> back = await port.first;
  print(back[0] == port.sendPort); // expect: true
  print(back[1] == capability); // expect: true
  print(back[1].hashCode == capability.hashCode); // expect: true
  print(Capability() == capability); // expect: false
  print({capability, back[1]}.length); // expect: 1
}
