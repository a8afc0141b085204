// Makes a graph from bytes, sends it through an isolate of the group, and
// compares what comes back: shape, identity, cycles, types, hashes.
import 'dart:collection';
import 'dart:isolate';
import 'dart:typed_data';

class Pair<T> {
  Pair(this.first, this.second);
  T first;
  Object? second;
}

class Mixed {
  Mixed(this.number, this.real, this.truth, this.text);
  int number;
  double real;
  bool truth;
  String text;
  Object? link;
}

enum Color { red, green, blue }

class Builder {
  Builder(this.bytes);
  final List<int> bytes;
  final made = <Object?>[];
  int at = 0;

  int next() => at < bytes.length ? bytes[at++] & 0xff : 0;
  Object? old() => made.isEmpty ? null : made[next() % made.length];

  Object? one() {
    final n = next();
    switch (n % 22) {
      case 0: return <Object?>[for (var i = n >> 5; i >= 0; i--) old()];
      case 1: return List<int>.filled(n * 4, n);
      case 2: return <double>[n / 3, -0.0, double.infinity];
      case 3: return {old(): old(), n: old()};
      case 4: return <String, int>{'a$n': n, 'b': 2};
      case 5: return {old(), n, 'x'};
      case 6: return (old(), n, name: old());
      case 7: return Pair<Object?>(old(), old());
      case 8: return Pair<int>(n, old());
      case 9: return Mixed(n, n / 7, n.isEven, 'text $n')..link = old();
      case 10: return 'one byte $n' * (n >> 2);
      case 11: return 'zwei Bytes \u1234 $n' * (n >> 2);
      case 12: return Uint8List(n * 9)..fillRange(0, n, n);
      case 13: return Float64List.fromList([n + 0.5]);
      case 14:
        final data = Uint16List(n + 4);
        return Uint8List.sublistView(data, 1, 4);
      case 15: return 1 << (n % 64);
      case 16: return BigInt.from(n) << n;
      case 17: return Color.values[n % 3];
      case 18: return Queue<Object?>.of([old(), n]);
      case 19: return const [1, 'two', #three];
      case 20: return SplayTreeMap<int, Object?>()..[n] = old();
      default: return identity;
    }
  }

  // Ties knots: what can be changed afterwards points anywhere.
  void tie() {
    for (final object in made) {
      switch (object) {
        case Pair<Object?> p when next().isOdd: p.second = old();
        case Mixed m: m.link = old();
        case List<Object?> l when l.isNotEmpty && l is! List<int> &&
            l is! List<double> && l.first is! int: l[0] = old();
        default:
      }
    }
  }

  Object? build() {
    while (at < bytes.length && made.length < 400) {
      made.add(one());
    }
    tie();
    return made;
  }
}

Object? identity(Object? x) => x;

// A description that tells identity apart by numbers, without recursion.
String describe(Object? root) {
  final numbers = Map<Object, int>.identity();
  final out = StringBuffer(), work = <Object?>[root];
  void refer(Object? x) {
    if (x == null || x is num || x is bool) {
      out.write('$x ');
    } else if (numbers[x] case final known?) {
      out.write('#$known ');
    } else {
      numbers[x] = numbers.length;
      out.write('new ');
      work.add(x);
    }
  }

  while (work.isNotEmpty) {
    final x = work.removeLast();
    out.write('\n${x.runtimeType} ');
    switch (x) {
      case String s: out.write(s);
      case List<int> l: out.write(l);
      case List<Object?> l: l.forEach(refer);
      case Map<Object?, Object?> m:
        m.forEach((k, v) { refer(k); refer(v); });
      case Iterable<Object?> i: i.forEach(refer);
      case Pair<Object?> p: refer(p.first); refer(p.second);
      case Mixed m:
        out.write('${m.number} ${m.real} ${m.truth} ${m.text} ');
        refer(m.link);
      case (Object? a, int b, name: Object? c): refer(a); refer(b); refer(c);
      case BigInt b: out.write(b);
      case Color c: out.write('${c.name} ${identical(c, Color.values[c.index])}');
      default: out.write(identical(x, identity));
    }
  }
  return '$out';
}

void echo(SendPort out) {
  final port = ReceivePort();
  out.send(port.sendPort);
  port.listen((message) => out.send(message));
}

Future<void> main(List<String> arguments, SendPort host) async {
  final back = ReceivePort(), units = ReceivePort();
  await Isolate.spawn(echo, back.sendPort);
  final answers = back.asBroadcastStream();
  final there = await answers.first as SendPort;
  host.send(units.sendPort);
  await for (final bytes in units) {
    final graph = Builder((bytes as List).cast<int>()).build();
    final hashes = [for (final x in graph as List) identityHashCode(x)];
    final before = describe(graph);
    there.send(graph);
    final got = await answers.first as List;
    String? complaint;
    if (describe(graph) != before) complaint = 'sending changed the graph';
    final after = describe(got);
    if (after != before) complaint = 'sent:\n$before\ngot:\n$after';
    for (var i = 0; i < got.length; i++) {
      final x = got[i];
      if (x is Pair && identityHashCode(x) != hashes[i]) {
        complaint = 'an identity hash has changed';
      }
    }
    host.send(complaint);
  }
}
