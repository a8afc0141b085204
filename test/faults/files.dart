// Every call of the system may fail: an exception, and no other harm.
import 'dart:convert';
import 'dart:io';

Future<void> main() async {
  final folder = Directory.systemTemp.createTempSync('isle');
  try {
    final file = File('${folder.path}/a.txt');
    file.writeAsStringSync('one\ntwo\n');
    file.writeAsStringSync('three\n', mode: FileMode.append);
    print(file.readAsLinesSync()); // expect: [one, two, three]
    print(await file.length()); // expect: 14
    final copy = await file.copy('${folder.path}/b.txt');
    print((await copy.readAsString()).length); // expect: 14
    final lines = copy.openRead().transform(utf8.decoder)
        .transform(const LineSplitter());
    print(await lines.length); // expect: 3
    print(folder.listSync().length); // expect: 2
    copy.renameSync('${folder.path}/c.txt');
  } finally {
    folder.deleteSync(recursive: true);
  }
}
