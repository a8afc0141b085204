// What belongs to an isolate cannot be sent; the error names its class, and
// nothing else is disturbed.
import 'dart:isolate';

void main() async {
  final port = ReceivePort();
  final out = port.sendPort;
  final other = ReceivePort();
  try {
    out.send([1, other]);
  } on ArgumentError catch (error) {
    print('$error'.contains('ReceivePort')); // expect: true
  }
  try {
    out.send(() => other.close());
  } on ArgumentError {
    print('closure'); // expect: closure
  }
  final list = [1, 2];
  try {
    out.send([list, list, other]);
  } on ArgumentError {}
  list.add(3);
  out.send(list);
  print(await port.first); // expect: [1, 2, 3]
  other.close();
}
