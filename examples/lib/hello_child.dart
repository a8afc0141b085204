// part-of-test
// The program that spawnUri runs in a group of its own.
import 'dart:isolate';

void main(List<String> arguments, Object? message) {
  (message as SendPort).send('new group: ${arguments.join(' ')}');
}
