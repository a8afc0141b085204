// Nobody sent one: null is no int, and must not pass for one.
void main(List<String> arguments, int message) { // throws: TypeError
  print(message);
}
