// A listener that pauses while it gets an event pauses the source after that
// event, and the source goes on only when what had waited is delivered.
import 'dart:async';

Future<void> main() async {
  final controller = StreamController<int>();
  controller.onPause = () => print('pause');
  controller.onResume = () => print('resume');
  late final StreamSubscription<int> subscription;
  subscription = controller.stream.listen((n) {
    print('$n ${controller.isPaused}');
    if (n == 1) subscription.pause(Future.delayed(Duration.zero));
    if (n == 3) {
      subscription.pause();
      subscription.resume();
    }
  });
  controller
    ..add(1) // expect: 1 false
    // expect: pause
    ..add(2); // expect: 2 true
  // expect: resume
  await Future.delayed(Duration(milliseconds: 50));
  controller.add(3); // expect: 3 false
  await Future.delayed(Duration(milliseconds: 50));
  await subscription.cancel();

  final source = StreamController<int>()..add(1)..add(2);
  source.close();
  await for (final n in source.stream) {
    print('$n ${source.isPaused}'); // expect: 1 false
    // expect: 2 false
  }

  final many = Stream.fromIterable([1]).asBroadcastStream(onListen: (feed) {
    try {
      feed.onData((_) {});
    } on UnsupportedError {
      print('refused'); // expect: refused
    }
  });
  print(await many.first); // expect: 1
}
