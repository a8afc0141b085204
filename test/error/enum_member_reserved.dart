// An enum's index and values are its own.
enum E {
  a;
  int get index => 1; // error: enum_rule
}
void main() {}
