// Timers fire by deadline, then by age; microtasks run before the next event.
import 'dart:async';

void main() {
  Timer(Duration(milliseconds: 120), () => print('120'));
  Timer(Duration(milliseconds: 60), () => print('60'));
  Timer.run(() {
    print('a');
    scheduleMicrotask(() => print('micro a'));
  });
  Timer.run(() => print('b'));
  final cancelled = Timer(Duration(milliseconds: 1), () => print('never'));
  cancelled.cancel();
  var ticks = 0;
  Timer.periodic(Duration(milliseconds: 1), (timer) {
    if (++ticks == 3) {
      timer.cancel();
      print('ticks ${timer.isActive}');
    }
  });
  scheduleMicrotask(() => print('micro'));
  print('main');
}
// expect: main
// expect: micro
// expect: a
// expect: micro a
// expect: b
// expect: ticks false
// expect: 60
// expect: 120
