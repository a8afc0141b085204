// Files as people use them: write, append, read whole and by lines, random
// access, copies, listings, times, and what goes wrong.
import 'dart:convert';
import 'dart:io';

String nameOf(FileSystemEntity e) => e.path.split('/').last;

Future<void> textFiles(Directory root) async {
  final file = File('${root.path}/notes.txt');
  print(await file.exists()); // expect: false
  await file.writeAsString('one\ntwo\n');
  await file.writeAsString('drei ✓\n', mode: FileMode.append);
  print(await file.readAsLines()); // expect: [one, two, drei ✓]
  print((await file.readAsString()).length); // expect: 15
  print(file.lengthSync()); // expect: 17
  final sink = file.openWrite(mode: FileMode.append)
    ..write('four ')
    ..writeAll([5, 'six'], ' ')
    ..writeln()
    ..add(utf8.encode('é'));
  await sink.flush();
  await sink.close();
  final lines = file
      .openRead()
      .transform(utf8.decoder)
      .transform(const LineSplitter());
  var number = 0;
  await for (final line in lines) {
    number++;
    if (line.contains(' ')) print('$number: $line');
  }
  // expect: 3: drei ✓
  // expect: 4: four 5 six
  print(utf8.decode(await file.openRead(4, 7).expand((b) => b).toList())); // expect: two
  file.writeAsStringSync('short');
  print(file.readAsStringSync()); // expect: short
  final latin = File('${root.path}/latin')..writeAsStringSync('é', encoding: latin1);
  print(latin.readAsBytesSync()); // expect: [233]
  try {
    latin.readAsStringSync();
  } on FileSystemException {
    print('not UTF-8'); // expect: not UTF-8
  }
}

Future<void> bytes(Directory root) async {
  final file = File('${root.path}/data.bin');
  await file.writeAsBytes(List.generate(256, (i) => i));
  final access = await file.open(mode: FileMode.append);
  await access.writeFrom([1, 2, 3, 4], 1, 3);
  print((await access.length(), await access.position())); // expect: (258, 258)
  await access.setPosition(65);
  await access.truncate(100);
  await access.close();
  final reader = file.openSync();
  reader.setPositionSync(97);
  final buffer = List.filled(10, 0);
  print((reader.readIntoSync(buffer, 2), buffer)); // expect: (3, [0, 0, 97, 98, 99, 0, 0, 0, 0, 0])
  print((reader.readByteSync(), reader.readSync(5).length)); // expect: (-1, 0)
  reader.closeSync();
  try {
    reader.readByteSync();
  } on FileSystemException {
    print('closed'); // expect: closed
  }
}

Future<void> folders(Directory root) async {
  final deep = Directory('${root.path}/a/b/c');
  await deep.create(recursive: true);
  File('${deep.path}/leaf').writeAsStringSync('leaf');
  File('${root.path}/a/x').createSync();
  print(Directory('${root.path}/a').listSync().map(nameOf).toList()..sort()); // expect: [b, x]
  final all = await Directory('${root.path}/a').list(recursive: true).toList();
  print(all.map((e) => '${nameOf(e)}${e is Directory ? '/' : ''}').toList()..sort());
  // expect: [b/, c/, leaf, x]
  final moved = await File('${deep.path}/leaf').rename('${root.path}/moved');
  print((nameOf(moved), moved.readAsStringSync())); // expect: (moved, leaf)
  final copy = moved.copySync('${root.path}/copy');
  moved.deleteSync();
  print((copy.existsSync(), moved.existsSync())); // expect: (true, false)
  print(FileSystemEntity.typeSync(deep.path) == FileSystemEntityType.directory); // expect: true
  print(FileSystemEntity.isFileSync(copy.path)); // expect: true
  final stat = await copy.stat();
  print((stat.size, stat.type)); // expect: (4, file)
  print(copy.parent.path == root.path); // expect: true
  print(DateTime.now().difference(copy.lastModifiedSync()).inMinutes); // expect: 0
  await Directory('${root.path}/a').delete(recursive: true);
  print(deep.existsSync()); // expect: false
}

Future<void> failures(Directory root) async {
  final missing = File('${root.path}/none/file');
  for (final act in <Future<Object?> Function()>[
    missing.readAsString,
    () => missing.writeAsString('x'),
    () async => missing.readAsLinesSync(),
    () => missing.openRead().drain<void>(),
    () => Directory(missing.path).list().toList(),
    () => root.delete(),
    missing.length,
  ]) {
    try {
      await act();
      print('done');
    } on PathNotFoundException catch (error) {
      print('not found ${error.osError?.errorCode}');
    } on FileSystemException catch (error) {
      print('failed ${error.osError != null}');
    }
  }
  // expect: not found 2
  // expect: not found 2
  // expect: not found 2
  // expect: not found 2
  // expect: not found 2
  // expect: failed true
  // expect: not found 2
  print(FileSystemEntity.typeSync(missing.path)); // expect: notFound
}

Future<void> main() async {
  final root = Directory.systemTemp.createTempSync('isle_files_');
  try {
    await textFiles(root);
    await bytes(root);
    await folders(root);
    await failures(root);
  } finally {
    root.deleteSync(recursive: true);
    print(root.existsSync()); // expect: false
  }
}
