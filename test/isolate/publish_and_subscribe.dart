// A broker in an isolate of its own: topics, subscribers that come and go,
// replies by ports in messages, and a count at the end.
import 'dart:async';
import 'dart:isolate';

sealed class Request {
  const Request();
}

class Subscribe extends Request {
  const Subscribe(this.topic, this.port, this.done);
  final String topic;
  final SendPort port, done;
}

class Unsubscribe extends Request {
  const Unsubscribe(this.port);
  final SendPort port;
}

class Publish extends Request {
  const Publish(this.topic, this.body);
  final String topic;
  final Object? body;
}

class Close extends Request {
  const Close(this.reply);
  final SendPort reply;
}

void broker(SendPort ready) {
  final inbox = RawReceivePort();
  final topics = <String, Set<SendPort>>{};
  final kept = <String, Object?>{}; // the last of each topic
  var delivered = 0;
  void deliver(SendPort port, String topic, Object? body) {
    port.send((topic: topic, body: body));
    delivered++;
  }

  inbox.handler = (Request request) {
    switch (request) {
      case Subscribe(:final topic, :final port, :final done):
        (topics[topic] ??= {}).add(port);
        if (kept.containsKey(topic)) deliver(port, topic, kept[topic]);
        done.send(topics[topic]!.length);
      case Unsubscribe(:final port):
        for (final ports in topics.values) {
          ports.remove(port);
        }
      case Publish(:final topic, :final body):
        kept[topic] = body;
        for (final port in topics[topic] ?? const <SendPort>{}) {
          deliver(port, topic, body);
        }
      case Close(:final reply):
        inbox.close();
        reply.send(delivered);
    }
  };
  ready.send(inbox.sendPort);
}

Future<T> ask<T>(void Function(SendPort) send) async {
  final port = ReceivePort();
  send(port.sendPort);
  final answer = await port.first;
  return answer as T;
}

// Hears so many messages on a topic, then tells what they were.
void listener((SendPort, String, int, SendPort, SendPort) start) async {
  final (hub, topic, count, ready, done) = start;
  final port = ReceivePort();
  hub.send(Subscribe(topic, port.sendPort, ready));
  final heard = <Object?>[];
  await for (final message in port) {
    final (:topic, :body) =
        message as ({String topic, Object? body});
    heard.add('$topic=$body');
    if (heard.length == count) break;
  }
  hub.send(Unsubscribe(port.sendPort));
  done.send(heard);
}

Future<void> main() async {
  final hub = await ask<SendPort>((port) => Isolate.spawn(broker, port));
  void publish(String topic, Object? body) => hub.send(Publish(topic, body));
  publish('news', 'kept');

  final results = ReceivePort();
  Future<int> listen(String topic, int count) => ask((ready) => Isolate.spawn(
      listener, (hub, topic, count, ready, results.sendPort)));
  print(await listen('news', 3)); // expect: 1
  print(await listen('news', 2)); // expect: 2
  print(await listen('sport', 1)); // expect: 1
  publish('news', 1);
  publish('weather', 'nobody hears');
  publish('sport', [3, 1]);
  publish('news', {'a': 2});
  final heard = [
    for (final all in await results.take(3).toList()) '$all'
  ]..sort();
  heard.forEach(print);
  // expect: [news=kept, news=1, news={a: 2}]
  // expect: [news=kept, news=1]
  // expect: [sport=[3, 1]]
  print(await listen('weather', 1)); // expect: 1
  final weather = ReceivePort();
  print(await ask<int>((done) =>
      hub.send(Subscribe('weather', weather.sendPort, done))) > 0);
  // expect: true
  final (:String topic, :Object? body) =
      await weather.first as ({String topic, Object? body});
  print('$topic $body'); // expect: weather nobody hears
  // The second listener of news may have left before or after the last message.
  final delivered = await ask<int>((reply) => hub.send(Close(reply)));
  print(delivered == 8 || delivered == 9); // expect: true
}
