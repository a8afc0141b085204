// The compiler reports as long as it can.
void main() {
  int number = 'text'; // error: not_assignable
  missing(number); // error: undefined_name
}
