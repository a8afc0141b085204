// An extension type implements only what its representation is.
extension type E(int i) implements String {} // error: invalid_supertype
void main() {}
