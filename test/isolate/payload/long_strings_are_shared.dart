// flags: --heap-limit=24000000
// A long string is copied once at most; from then on all isolates that it goes
// to hold the same bytes, and each is charged for them once.
import 'dart:async';
import 'dart:isolate';

void echo(SendPort out) {
  final port = RawReceivePort();
  port.handler = (Object? message) {
    if (message == null) return port.close();
    out.send(message);
  };
  out.send(port.sendPort);
}

Future<void> main() async {
  final port = ReceivePort();
  final answers = StreamIterator<Object?>(port);
  Future<Object?> next() async {
    await answers.moveNext();
    return answers.current;
  }

  await Isolate.spawn(echo, port.sendPort);
  final other = await next() as SendPort;
  for (final length in [1000, 1024, 5000, 8 << 20]) {
    final sent = 'ab' * (length ~/ 2);
    other.send(sent);
    final first = await next() as String;
    print(first == sent && first.hashCode == sent.hashCode);
    other.send(first);
    print(identical(first, await next()));
    // It is found by its content, and is a key as any other.
    print({sent: length}[first] == length);
    // Many references count once: held thirty times it is eight megabytes.
    final all = <Object?>[];
    for (var i = 0; i < 30; i++) {
      other.send([sent, i]);
      final list = await next() as List;
      all.add(list[0]);
    }
    print(all.toSet().length);
  }
  // expect: true
  // expect: false
  // expect: true
  // expect: 1
  // expect: true
  // expect: true
  // expect: true
  // expect: 1
  // expect: true
  // expect: true
  // expect: true
  // expect: 1
  // expect: true
  // expect: true
  // expect: true
  // expect: 1
  final wide = '\u4e2d' * 3000;
  other.send({'a': wide, 'b': wide});
  final map = await next() as Map;
  print(map['a'] == wide && identical(map['a'], map['b'])); // expect: true
  other.send(null);
  port.close();
}
