// An extension cannot be named `type`: that begins an extension type.
extension type on int {} // error: extension_named_type

void main() {}
