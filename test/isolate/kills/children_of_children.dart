// Who dies leaves its children behind; they end by themselves.
import 'dart:async';
import 'dart:isolate';

Future<void> family(int depth) async {
  final exits = ReceivePort();
  if (depth > 0) {
    for (var i = 0; i < 3; i++) {
      await Isolate.spawn(family, depth - 1, onExit: exits.sendPort);
    }
    await exits.take(3).drain<void>();
  } else {
    await Future.delayed(const Duration(milliseconds: 1));
    [for (var i = 0; i < 300; i++) '$i'].join();
  }
  exits.close();
}

Future<void> main() async {
  final exits = ReceivePort();
  for (var i = 0; i < 3; i++) {
    await Isolate.spawn(family, 2, onExit: exits.sendPort);
  }
  await exits.take(3).drain<void>();
  print('all ended'); // expect: all ended
}
