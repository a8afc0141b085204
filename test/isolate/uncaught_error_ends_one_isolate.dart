// An uncaught error ends its isolate, is told to listeners, and disturbs nobody.
import 'dart:isolate';

void crash(int n) {
  throw StateError('number $n');
}

void main() async {
  final errors = ReceivePort();
  final exits = ReceivePort();
  await Isolate.spawn(crash, 7,
      onError: errors.sendPort, onExit: exits.sendPort);
  final List<Object?> error = await errors.first;
  print(error[0]); // expect: Bad state: number 7
  print(error[1] is String); // expect: true
  print(await exits.first); // expect: null
  print('still here'); // expect: still here
}
