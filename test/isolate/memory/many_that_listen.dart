// 100,000 isolates that are alive and listen take at most 4 KiB each, and all of
// them answer.
// flags: slow
import 'dart:io';
import 'dart:isolate';

const count = 100000;

int residentBytes() {
  final text = File('/proc/self/statm').readAsStringSync();
  return int.parse(text.split(' ')[1]) * 4096;
}

void child(SendPort out) {
  final port = ReceivePort();
  port.listen((message) {
    if (message == null) {
      port.close();
    } else {
      out.send(message);
    }
  });
  out.send(port.sendPort);
}

void main() {
  final port = ReceivePort();
  final children = <SendPort>[];
  final before = residentBytes();
  var sum = 0, answers = 0;
  port.listen((message) {
    if (message is SendPort) {
      children.add(message);
      if (children.length < count) return;
      final each = (residentBytes() - before) / count;
      print(each <= 4096 ? 'small' : '$each bytes each'); // expect: small
      for (var i = 0; i < count; i++) {
        children[i].send(i);
      }
    } else {
      sum += message as int;
      if (++answers < count) return;
      print(sum); // expect: 4999950000
      for (final child in children) {
        child.send(null);
      }
      port.close();
    }
  });
  for (var i = 0; i < count; i++) {
    Isolate.spawn(child, port.sendPort);
  }
}
