// Two isolates of one group run the same code, each on memory of its own: what
// one counts, the other does not see.
import 'dart:isolate';

Future<void> main() async {
  print('Hello from Isle!'); // expect: Hello from Isle!
  var counter = 0;
  final there = await Isolate.run(() => ++counter);
  print('there $there, here $counter'); // expect: there 1, here 0
}
