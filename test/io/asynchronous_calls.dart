// Asynchronous members of files leave the isolate to its other events, and
// answer what the synchronous ones do.
import 'dart:async';
import 'dart:convert';
import 'dart:io';

Future<void> main() async {
  final dir = await Directory.systemTemp.createTemp('isle-test-');
  try {
    await manyAtOnce(dir);
    await fileOperations(dir);
    await oneAtATime(dir);
    await linksAndListings(dir);
    await failures(dir);
  } finally {
    await dir.delete(recursive: true);
  }
  if (await dir.exists()) print('still there');
}

// Twenty calls under way at once, with a timer between.
Future<void> manyAtOnce(Directory dir) async {
  var turns = 0;
  final timer = Timer(Duration.zero, () => turns++);
  final stats = await Future.wait(
      [for (var i = 0; i < 20; i++) FileStat.stat(dir.path)]);
  // expect: true
  print(stats.every((s) => s.type == FileSystemEntityType.directory));
  await Future<void>.delayed(const Duration(milliseconds: 1));
  print('$turns ${timer.isActive}'); // expect: 1 false
}

Future<void> fileOperations(Directory dir) async {
  final file = File('${dir.path}/a/b/c.txt');
  await file.create(recursive: true);
  print(await file.exists()); // expect: true
  final sink = file.openWrite();
  sink.writeln('one');
  sink.write('two\n');
  await sink.flush();
  sink.add([104, 105, 10]);
  await sink.close();
  print(await file.readAsLines()); // expect: [one, two, hi]
  await file.writeAsString('more', mode: FileMode.append);
  print(await file.length() == file.lengthSync()); // expect: true
  final part = file.openRead(2, 9).transform(utf8.decoder);
  print(jsonEncode(await part.join())); // expect: "e\ntwo\nh"
}

// One call at a time on an open file.
Future<void> oneAtATime(Directory dir) async {
  final file = await File('${dir.path}/a/b/c.txt').open();
  final reading = file.read(3);
  try {
    file.readSync(1);
  } on FileSystemException catch (e) {
    print(e.message); // expect: An async operation is currently pending
  }
  print(utf8.decode(await reading)); // expect: one
  await file.close();
  try {
    await file.read(1);
  } on FileSystemException catch (e) {
    print(e.message); // expect: File closed
  }
}

Future<void> linksAndListings(Directory dir) async {
  final link = Link('${dir.path}/link');
  await link.create('a/b');
  print(await link.target()); // expect: a/b
  print(await FileSystemEntity.isLink(link.path)); // expect: true
  final kinds = <String>[];
  await for (final entity in dir.list(recursive: true, followLinks: false)) {
    final kind = switch (entity) {
      Directory() => 'directory',
      Link() => 'link',
      _ => 'file',
    };
    kinds.add('$kind ${entity.path.substring(dir.path.length)}');
  }
  kinds.sort();
  // expect: directory /a, directory /a/b, file /a/b/c.txt, link /link
  print(kinds.join(', '));
}

Future<void> failures(Directory dir) async {
  try {
    await File('${dir.path}/none').readAsString();
  } on PathNotFoundException catch (e) {
    print(e.osError!.errorCode); // expect: 2
  }
  try {
    await dir.delete();
  } on FileSystemException catch (e) {
    print(e.message); // expect: Deletion failed
  }
  final sink = File('${dir.path}/no/such').openWrite()..write('x');
  try {
    await sink.close();
  } on FileSystemException catch (e) {
    print(e.message); // expect: Cannot open file
  }
}
