// What the second declaration held was never freed.
typedef Name<T> = List<T>;
typedef Name<T> = Set<T>; // error: duplicate_declaration

void main() {}
