// A graph far larger than a mail arrives whole.
import 'dart:isolate';

class Record {
  Record(this.id, this.name, this.tags);
  final int id;
  final String name;
  final List<String> tags;
}

void child(SendPort out) {
  final port = ReceivePort();
  out.send(port.sendPort);
  port.listen((message) {
    final list = message as List<Record>;
    var sum = 0;
    for (final record in list) {
      sum += record.id + record.name.length + record.tags.length;
    }
    out.send(sum);
    port.close();
  });
}

void main() async {
  final port = ReceivePort();
  await Isolate.spawn(child, port.sendPort);
  var isFirst = true;
  port.listen((message) {
    if (isFirst) {
      isFirst = false;
      (message as SendPort).send([
        for (var i = 0; i < 300; i++) Record(i, 'name $i', ['a', 'b$i', 'c'])
      ]);
    } else {
      print(message);
      port.close();
    }
  });
}
// expect: 48040
