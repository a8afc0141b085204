part of dart.core;

abstract interface class Sink<T> {
  void add(T data);
  void close();
}
