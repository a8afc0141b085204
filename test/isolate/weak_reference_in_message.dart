// A weak reference and an expando's entry travel with what they name.
import 'dart:isolate';

class Thing {
  Thing(this.n);
  final int n;
}

Future<void> main() async {
  final thing = Thing(7);
  final weak = WeakReference(thing);
  final port = ReceivePort();
  port.sendPort.send([thing, weak]);
  final [Thing other, WeakReference<Thing> copied] = await port.first as List;
  print(other.n); // expect: 7
  print(identical(copied.target, other)); // expect: true
  print(identical(other, thing)); // expect: false
  final alone = ReceivePort();
  alone.sendPort.send(weak);
  print((await alone.first as WeakReference<Thing>).target); // expect: null
}
