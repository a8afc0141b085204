// The fields of a record have different names.
(int, {int a, int a})? f() => null; // error: record_field
void main() {}
