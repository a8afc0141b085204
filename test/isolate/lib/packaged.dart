// part-of-test
import 'dart:isolate';
import 'package:sample/sample.dart';

void main(List<String> arguments, Object? message) async {
  final to = message as SendPort;
  final config = (await Isolate.packageConfig)!;
  final sampled =
      await Isolate.resolvePackageUri(Uri.parse('package:sample/sample.dart'));
  final unknown = Isolate.resolvePackageUriSync(Uri.parse('package:none/x.dart'));
  to.send([
    arguments,
    sample(),
    config.pathSegments.last,
    sampled!.pathSegments.sublist(sampled.pathSegments.length - 2),
    unknown,
    const String.fromEnvironment('given'),
    Isolate.current.debugName,
  ]);
  // Its own children have the same packages, wherever they lie.
  if (arguments.isNotEmpty) {
    Isolate.spawnUri(Uri.parse('packaged.dart'), [], message,
        debugName: 'grandchild');
  }
}
