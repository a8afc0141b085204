// There was no argument to hold.
extension type Id(int number) {
  factory Id.none() = Id; // error: redirection_type
}

void main() {}
