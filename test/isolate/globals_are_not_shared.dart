// Each isolate has its own globals and static fields.
import 'dart:isolate';

int counter = 0;

class Holder {
  static List<int> items = [];
}

void child(SendPort out) {
  counter += 10;
  Holder.items.add(1);
  out.send([counter, Holder.items.length]);
}

void main() async {
  counter = 5;
  Holder.items.addAll([1, 2, 3]);
  final port = ReceivePort();
  await Isolate.spawn(child, port.sendPort);
  final List<Object?> seen = await port.first;
  print('child $seen'); // expect: child [10, 1]
  print('main $counter ${Holder.items.length}'); // expect: main 5 3
}
