// flags: slow --workers=3
// While one isolate sits in a long native (the product of two huge numbers), a
// second makes hundreds of collections and answers a third: nobody waits for
// the first.
import 'dart:isolate';

void compute(SendPort out) {
  final factor = (BigInt.one << 40000000) - BigInt.from(12345);
  out.send('begin');
  final product = factor * factor;
  out.send('end ${product.bitLength}');
}

// Answers each message with garbage made and survivors kept.
void collect(SendPort out) {
  final port = ReceivePort();
  out.send(port.sendPort);
  final kept = <List<int>>[];
  port.listen((message) {
    for (var i = 0; i < 300; i++) {
      final list = List.generate(20, (j) => i + j);
      if (i % 10 == 0) kept.add(list);
    }
    if (kept.length > 20000) kept.clear();
    out.send(kept.length);
  });
}

void main() async {
  final port = ReceivePort();
  final collector = await Isolate.spawn(collect, port.sendPort);
  late SendPort ask;
  var isComputing = false;
  var answers = 0;
  port.listen((message) async {
    if (message is SendPort) {
      ask = message;
      await Isolate.spawn(compute, port.sendPort);
      ask.send(null);
    } else if (message == 'begin') {
      isComputing = true;
    } else if (message is int) {
      if (isComputing) answers++;
      ask.send(null);
    } else {
      print(message);
      print(answers > 100 ? 'the others went on' : 'only $answers answers');
      collector.kill(priority: Isolate.immediate);
      port.close();
    }
  });
}
// expect: end 80000000
// expect: the others went on
