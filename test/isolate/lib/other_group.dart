// part-of-test
// Sends back what it gets, after looking at it.
import 'dart:isolate';

void main(List<String> arguments, Object? message) {
  final port = ReceivePort();
  final out = message as SendPort;
  out.send(['ready', arguments.join(','), port.sendPort]);
  port.listen((message) {
    if (message == null) {
      port.close();
      return;
    }
    final list = message as List<Object?>;
    final map = list[0] as Map<String, List<int>>;
    final same = identical(list[1], list[2]);
    final cycle = identical(list[3], list);
    out.send([map['a'], map is Map<String, List<int>>, same, cycle, list[4], list]);
  });
}
