// A type annotation must name a type.
Missing? f() => null; // error: undefined_type
void main() {}
