// flags: --memory-limit=64m
// One request for more than there may be fails at once, whatever it is for.
import 'dart:isolate';
import 'dart:typed_data';

bool fails(void Function() action) {
  try {
    action();
    return false;
  } on OutOfMemoryError {
    return true;
  }
}

void main() {
  print(fails(() => List.filled(1 << 30, 0))); // expect: true
  print(fails(() => Uint8List(1 << 30))); // expect: true
  print(fails(() => 'ab' * (1 << 29))); // expect: true
  final part = Uint8List(8 << 20);
  print(fails(() => TransferableTypedData.fromList(List.filled(100, part))));
  // expect: true
  print(fails(() {
    var text = 'ab';
    while (true) {
      text += text;
    }
  })); // expect: true
  final port = RawReceivePort();
  final large = [for (var i = 0; i < 5; i++) Uint8List(8 << 20)];
  print(fails(() => port.sendPort.send(large))); // expect: true
  port.close();
  print(fails(() => Uint8List(1 << 20))); // expect: false
}
