// main takes at most the arguments and a message.
void main(List<String> a, Object? b, int c) {} // error: invalid_main
