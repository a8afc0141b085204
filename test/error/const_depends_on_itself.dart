// A constant has a value before it is used.
const int a = b;
const int b = a; // error: constant_cycle
void main() {}
