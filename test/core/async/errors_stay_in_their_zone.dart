// An error does not reach listeners of another error zone: it is uncaught in
// the zone of its future. Timers run in the zone that makes them.
import 'dart:async';

void main() {
  runZonedGuarded(() {
    final failed = Future<int>.error('e');
    runZonedGuarded(() {
      failed.catchError((_) {
        print('never');
        return 0;
      });
    }, (_, __) => print('never'));
  }, (error, _) => print('outer: $error')); // expect: outer: e

  dynamic nothing;
  Future.value(nothing).then(print); // expect: null

  final zone = Zone.current.fork(zoneValues: {#name: 'forked'});
  zone.createTimer(Duration.zero, () {
    print(Zone.current[#name]); // expect: forked
  });
}
