// A name is declared once in a scope.
int f() => 1;
int f() => 2; // error: duplicate_declaration
void main() {}
