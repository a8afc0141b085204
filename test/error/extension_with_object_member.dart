// An extension cannot declare a member of Object.
extension E on int {
  int get hashCode => 1; // error: extension_rule
}
void main() {}
