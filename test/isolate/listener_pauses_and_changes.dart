// What arrives at a port whose listener is paused waits, in order; a listener
// may be replaced, pause in the midst of what waited, and cancel.
import 'dart:async';
import 'dart:isolate';

void main() async {
  final port = ReceivePort();
  final out = port.sendPort;
  final done = Completer<void>();
  out.send(-1);
  await Future<void>.delayed(const Duration(milliseconds: 1));
  final seen = <Object?>[];
  late StreamSubscription<Object?> subscription;
  subscription = port.listen((message) {
    seen.add(message);
    if (message == 1) {
      subscription.pause();
      out.send(3);
      Timer(const Duration(milliseconds: 2), () {
        out.send(4);
        subscription.resume();
      });
    }
    if (message == 3) {
      subscription.pause();
      subscription.resume();
    }
    if (message == 4) {
      subscription.onData((message) {
        seen.add('new $message');
        if (message == 6) {
          subscription.pause(Future<void>.value());
          port.close();
        }
      });
      out.send(5);
      out.send(6);
      out.send(7);
    }
  }, onDone: done.complete);
  out.send(1);
  out.send(2);
  await done.future;
  print(seen); // expect: [-1, 1, 2, 3, 4, new 5, new 6]
  final other = ReceivePort();
  final first = await other.listenOnce();
  print(first); // expect: hello
  // In a zone of its own the listener runs there.
  final zoned = ReceivePort();
  final inZone = Completer<Object?>();
  runZoned(() {
    zoned.listen((message) {
      inZone.complete('${Zone.current[#name]} $message');
      zoned.close();
    });
  }, zoneValues: {#name: 'zone'});
  zoned.sendPort.send('message');
  print(await inZone.future); // expect: zone message
  // An error in a listener is the isolate's.
  final bad = ReceivePort();
  runZonedGuarded(() {
    bad.listen((message) {
      bad.close();
      throw StateError('$message');
    });
  }, (error, trace) => print(error)); // expect: Bad state: thrown
  bad.sendPort.send('thrown');
}

extension on ReceivePort {
  Future<Object?> listenOnce() {
    sendPort.send('hello');
    return first;
  }
}
