// Who waits goes on in its own zone, wherever the future is completed.
import 'dart:async';

Future<void> main() async {
  final zone = Zone.current.fork(
      zoneValues: {#name: 'inner'},
      specification: ZoneSpecification(print: (self, parent, zone, line) {
        parent.print(zone, 'inner: $line');
      }));
  Object? name() => Zone.current[#name];

  await zone.run(() async => print('${name()}')); // expect: inner: inner
  print(name()); // expect: null
  final completer = zone.run(Completer<int>.sync);
  Timer.run(() => zone.run(() => completer.complete(1)));
  await completer.future;
  print(name()); // expect: null
  try {
    await zone.run(() => Future<void>.error('e'));
  } catch (_) {
    print(name()); // expect: null
  }
  await zone.run(() async {
    await Zone.root.run(() => Future(() => 1));
    print('${name()}'); // expect: inner: inner
  });
}
