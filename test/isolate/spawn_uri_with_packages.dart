// flags: -Dgiven=word
// Isolate.spawnUri takes packages, and passes on packages and definitions; URIs
// are relative to the script that spawns.
import 'dart:isolate';

void main() async {
  print(Isolate.packageConfigSync); // expect: null
  print(Isolate.resolvePackageUriSync(Uri.parse('package:a/a.dart')));
  // expect: null
  print(Isolate.resolvePackageUriSync(Uri.parse('file:///a.dart')));
  // expect: file:///a.dart
  final port = ReceivePort();
  await Isolate.spawnUri(
      Uri.parse('lib/packaged.dart'), ['x'], port.sendPort,
      packageConfig: Uri.parse('lib/packages.json'), debugName: 'child');
  final messages = await port.take(2).toList();
  for (final m in messages) print(m);
  // expect: [[x], a sample, packages.json, [sample, sample.dart], null, word, child]
  // expect: [[], a sample, packages.json, [sample, sample.dart], null, word, grandchild]
  for (final missing in ['lib/no_such_file.dart', 'package:none/x.dart']) {
    try {
      await Isolate.spawnUri(Uri.parse(missing), [], null);
    } on IsolateSpawnException catch (e) {
      print('$e'.contains(missing.split('/').last));
    }
  }
  // expect: true
  // expect: true
}
