// An optional parameter that cannot be null has a default value.
int f({int x}) => x; // error: missing_default_value
void main() {}
