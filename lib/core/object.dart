part of dart.core;

class Object {
  const Object();

  external bool operator ==(Object other);

  int get hashCode => _identityHash(this);

  String toString() => "Instance of '${_className(this)}'";

  external Type get runtimeType;

  dynamic noSuchMethod(Invocation invocation) =>
      throw NoSuchMethodError.withInvocation(this, invocation);

  static int hash(Object? a, Object? b,
      [Object? c = _absent, Object? d = _absent, Object? e = _absent,
      Object? f = _absent, Object? g = _absent, Object? h = _absent,
      Object? i = _absent, Object? j = _absent, Object? k = _absent,
      Object? l = _absent, Object? m = _absent, Object? n = _absent,
      Object? o = _absent, Object? p = _absent, Object? q = _absent,
      Object? r = _absent, Object? s = _absent, Object? t = _absent]) {
    var hash = _mix(_mix(_hashSeed, a.hashCode), b.hashCode);
    if (identical(c, _absent)) return _finishHash(hash);
    hash = _mix(hash, c.hashCode);
    for (final value in [d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t]) {
      if (identical(value, _absent)) break;
      hash = _mix(hash, value.hashCode);
    }
    return _finishHash(hash);
  }

  static int hashAll(Iterable<Object?> objects) {
    var hash = _hashSeed;
    for (final object in objects) {
      hash = _mix(hash, object.hashCode);
    }
    return _finishHash(hash);
  }

  // Order must not matter, so the elements' hashes are summed and xored.
  static int hashAllUnordered(Iterable<Object?> objects) {
    var sum = 0, exclusive = 0, count = 0;
    for (final object in objects) {
      final hash = _mix(_hashSeed, object.hashCode);
      sum += hash;
      exclusive ^= hash;
      count++;
    }
    return _finishHash(_mix(_mix(_mix(_hashSeed, sum), exclusive), count));
  }
}

// The default of hash's optional parameters: what no caller can pass.
class _Absent {
  const _Absent();
}

const _absent = _Absent();
const int _hashSeed = 0x1e3779b9;

// A multiply-and-rotate step; 30 bits, so that results stay small integers on
// every platform that a hash may be compared with.
int _mix(int hash, int value) {
  hash = ((hash ^ value) * 0x9e3779b1) & 0x3fffffffffff;
  return (hash ^ (hash >> 17)) & 0x3fffffff;
}

int _finishHash(int hash) {
  hash = (hash * 0x85ebca6b) & 0x3fffffffffff;
  return (hash ^ (hash >> 15)) & 0x3fffffff;
}

external bool identical(Object? a, Object? b);
external int identityHashCode(Object? object);
external int _identityHash(Object object);
external String _className(Object? object);
