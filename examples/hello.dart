// The smallest program.
void main(List<String> arguments) {
  final name = arguments.isEmpty ? 'Isle' : arguments.first;
  print('Hello from $name!'); // expect: Hello from Isle!
}
