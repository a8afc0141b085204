// The type of a late field cannot be inferred from its own initialiser.
class C {
  late final v = () { // error: cyclic_inference
    print(v);
    return 42;
  }();
}

void main() => print(C().v);
