// flags: --heap-limit=400000
// What is thrown when there is no memory for a stack trace has an empty one.
import 'dart:isolate';

Object? fill() {
  final keep = <Object?>[];
  for (;;) {
    keep.add(List<Object?>.filled(100, null));
  }
}

Future<void> main() async {
  var isTrace = true;
  for (var i = 0; i < 3; i++) {
    try {
      fill();
    } catch (error, trace) {
      isTrace = isTrace && '$trace'.length >= 0 && trace.hashCode >= 0;
      if (error is OutOfMemoryError) isTrace = isTrace && '$error' != '';
    }
  }
  print(isTrace); // expect: true
  try {
    await Isolate.run(fill);
  } catch (error, trace) {
    print('$error ${'$trace'.isEmpty}'); // expect: Out of Memory true
  }
}
