// The smallest program.
void main() {
  print('Hello from Isle!'); // expect: Hello from Isle!
}
