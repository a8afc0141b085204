// Isolates talk by messages alone: ping-pong, a ring, and many to one.
import 'dart:isolate';

void ponger(SendPort reply) {
  final port = ReceivePort();
  reply.send(port.sendPort);
  port.listen((message) {
    if (message == null) {
      port.close();
    } else {
      reply.send((message as int) + 1);
    }
  });
}

Future<int> pingPong(int rounds) async {
  final port = ReceivePort();
  await Isolate.spawn(ponger, port.sendPort);
  SendPort? partner;
  var ball = 0;
  await for (final message in port) {
    if (partner == null) {
      partner = message as SendPort;
      partner.send(0);
      continue;
    }
    ball = message as int;
    if (ball >= rounds) break;
    partner.send(ball);
  }
  partner!.send(null);
  return ball;
}

// Each member passes the token on to the next, counting down.
void member(SendPort next) {
  final port = ReceivePort();
  next.send(port.sendPort);
  SendPort? successor;
  port.listen((message) {
    if (message is SendPort) {
      successor = message;
      return;
    }
    final token = message as int;
    successor!.send(token > 0 ? token - 1 : token);
    if (token <= 20) port.close();
  });
}

Future<int> ring(int size, int hops) async {
  final own = ReceivePort();
  final members = <SendPort>[];
  final done = RawReceivePort();
  final result = ReceivePort();
  done.handler = (Object? token) => result.sendPort.send(token);
  for (var i = 0; i < size; i++) {
    await Isolate.spawn(member, own.sendPort);
  }
  await for (final port in own) {
    members.add(port as SendPort);
    if (members.length == size) break;
  }
  for (var i = 0; i + 1 < size; i++) {
    members[i].send(members[i + 1]);
  }
  members.last.send(done.sendPort);
  members.first.send(hops);
  final token = await result.first as int;
  done.close();
  return token;
}

void sender((SendPort, int) job) {
  final (port, count) = job;
  for (var i = 1; i <= count; i++) {
    port.send(i);
  }
}

Future<int> fanIn(int senders, int count) async {
  final port = ReceivePort();
  for (var i = 0; i < senders; i++) {
    await Isolate.spawn(sender, (port.sendPort, count));
  }
  var sum = 0, left = senders * count;
  await for (final value in port) {
    sum += value as int;
    if (--left == 0) break;
  }
  return sum;
}

Future<void> main() async {
  print('ping-pong: ${await pingPong(50)}'); // expect: ping-pong: 50
  print('ring: ${await ring(5, 5)}'); // expect: ring: 0
  print('fan-in: ${await fanIn(4, 25)}'); // expect: fan-in: 1300
}
