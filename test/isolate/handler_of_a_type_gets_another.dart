// A port's handler is called as a dynamic function is: what it is not declared
// for is an error and not its argument.
// exit: 255
import 'dart:isolate';

void main() {
  final port = RawReceivePort((String text) => print(text.length));
  port.sendPort.send('four'); // expect: 4
  port.sendPort.send([1, 2]);
}
