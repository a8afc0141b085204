part of dart.core;

typedef Comparator<T> = int Function(T a, T b);

abstract interface class Comparable<T> {
  int compareTo(T other);

  static int compare(Comparable a, Comparable b) => a.compareTo(b);
}
