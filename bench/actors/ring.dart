// 503 actors in a ring; a token counts down by one a hop.
import 'dart:isolate';
import 'actor.dart';

const size = 503;

// Tells its port, gets its neighbour's, then passes the token.
void member(SendPort main) {
  final port = RawReceivePort();
  late SendPort next;
  port.handler = (message) {
    if (message is SendPort) {
      next = message;
      main.send(true);
      return;
    }
    final token = message as int;
    if (token < 0) {
      port.close();
    } else if (token == 1) {
      main.send(false);
    } else {
      next.send(token - 1);
    }
  };
  main.send(port.sendPort);
}

void main(List<String> arguments) {
  final n = sizeOf(arguments, 5000000);
  final port = RawReceivePort();
  final members = <SendPort>[];
  final watch = Stopwatch();
  var ready = 0;
  port.handler = (message) {
    if (message is SendPort) {
      members.add(message);
      if (members.length < size) return;
      for (var i = 0; i < size; i++) {
        members[i].send(members[(i + 1) % size]);
      }
    } else if (message == true) {
      if (++ready < size) return;
      watch.start();
      members[0].send(n);
    } else {
      report('ring', nanosecondsEach(watch, n), 'ns/op');
      for (final member in members) {
        member.send(-1);
      }
      port.close();
    }
  };
  for (var i = 0; i < size; i++) {
    Isolate.spawn(member, port.sendPort);
  }
}
