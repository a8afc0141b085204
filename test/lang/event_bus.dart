// An event bus over broadcast streams with typed subscriptions.
import 'dart:async';

class Event {
  const Event(this.source);
  final String source;
}

class Login extends Event {
  const Login(super.source, this.user);
  final String user;
}

class Logout extends Event {
  const Logout(super.source);
}

class EventBus {
  final _controller = StreamController<Event>.broadcast();

  Stream<T> on<T extends Event>() =>
      _controller.stream.where((e) => e is T).cast<T>();
  void fire(Event event) => _controller.add(event);
  Future<void> close() => _controller.close();
}

Future<void> main() async {
  final bus = EventBus();
  final log = <String>[];
  final all = bus.on<Event>().listen((e) => log.add('any ${e.source}'));
  final logins = bus.on<Login>().listen((e) => log.add('login ${e.user}'));
  final firstLogout = bus.on<Logout>().first;
  bus.fire(const Login('web', 'ann'));
  bus.fire(const Logout('web'));
  await Future<void>.delayed(Duration.zero);
  await logins.cancel();
  bus.fire(const Login('app', 'bob'));
  print((await firstLogout).source);
  final done = all.asFuture<void>();
  await bus.close();
  await done;
  log.forEach(print);
  final waited = await Stream.fromIterable([1, 2, 3])
      .asyncMap((n) async => n * n)
      .fold<int>(0, (a, b) => a + b);
  print(waited);
  final transformed = Stream.fromIterable(['a', 'bb', 'ccc']).transform(
      StreamTransformer<String, int>.fromHandlers(
          handleData: (data, sink) => sink
            ..add(data.length)
            ..add(-data.length),
          handleDone: (sink) => sink
            ..add(0)
            ..close()));
  print(await transformed.toList());
}

// expect: web
// expect: any web
// expect: login ann
// expect: any web
// expect: any app
// expect: 14
// expect: [1, -1, 2, -2, 3, -3, 0]
