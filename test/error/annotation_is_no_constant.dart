// An annotation is constant.
var note = 1;
@note // error: not_constant
void main() {}
