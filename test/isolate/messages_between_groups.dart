// Plain data passes between groups with its types, identity and cycles;
// instances of the program's classes and functions are refused.
import 'dart:async';
import 'dart:isolate';

class Mine {}

void main() async {
  final port = ReceivePort();
  final replies = StreamIterator<Object?>(port);
  await Isolate.spawnUri(
      Uri.parse('lib/other_group.dart'), ['one', 'two'], port.sendPort);
  await replies.moveNext();
  final hello = replies.current as List<Object?>;
  print('${hello[0]} ${hello[1]}'); // expect: ready one,two
  final other = hello[2] as SendPort;
  final shared = [1.5, 2.5];
  final list = <Object?>[
    {
      'a': [1, 2, 3]
    },
    shared,
    shared,
    null,
    'text with \u{1F600} and ${1 << 40}'
  ];
  list[3] = list;
  other.send(list);
  await replies.moveNext();
  final answer = replies.current as List<Object?>;
  print(answer[0]); // expect: [1, 2, 3]
  print(answer[1]); // expect: true
  print('${answer[2]} ${answer[3]}'); // expect: true true
  print(answer[4]); // expect: text with 😀 and 1099511627776
  final back = answer[5] as List<Object?>;
  print(identical(back[3], back)); // expect: true
  print(back[1] is List<double>); // expect: true
  for (final bad in [Mine(), () => 1, port]) {
    try {
      other.send([bad]);
      print('sent');
    } on ArgumentError {
      print('refused');
    }
  }
  // expect: refused
  // expect: refused
  // expect: refused
  other.send(null);
  await replies.cancel();
  try {
    await Isolate.spawnUri(Uri.parse('lib/none.dart'), [], null);
  } on IsolateSpawnException {
    print('no such file'); // expect: no such file
  }
}
