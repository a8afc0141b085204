// Hash collections keyed by identity work after they were sent.
import 'dart:isolate';

class Key {}

void child(List<Object?> message) {
  final out = message[0] as SendPort;
  final map = message[1] as Map<Key, int>;
  final keys = message[2] as List<Key>;
  var sum = 0;
  for (final key in keys) {
    sum += map[key]!;
  }
  out.send(sum);
}

void main() async {
  final port = ReceivePort();
  final keys = [for (var i = 0; i < 100; i++) Key()];
  final map = {for (var i = 0; i < 100; i++) keys[i]: i};
  await Isolate.spawn(child, [port.sendPort, map, keys]);
  print(await port.first); // expect: 4950
}
