// A function call is no constant.
int f() => 1;
const x = f(); // error: not_constant
void main() {}
