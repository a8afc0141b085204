// Standard input as a stream, until the listener has enough; what is read by
// then is its own.
// stdin: first
// stdin: second
// stdin: third
import 'dart:convert';
import 'dart:io';

Future<void> main() async {
  final lines = stdin.transform(utf8.decoder).transform(const LineSplitter());
  await for (final line in lines) {
    print(line); // expect: first
    // expect: second
    if (line == 'second') break;
  }
  try {
    stdin.listen((_) {});
  } on StateError catch (e) {
    print(e.message); // expect: Stream has already been listened to.
  }
  print(stdin.readLineSync()); // expect: null
}
