part of dart.math;

abstract interface class Random {
  factory Random([int? seed]) => _Random(seed ?? _entropy());
  factory Random.secure() => _SecureRandom();

  int nextInt(int max);
  double nextDouble();
  bool nextBool();
}

// xorshift64* by S. Vigna, seeded through a step of splitmix64.
class _Random implements Random {
  _Random(int seed) {
    var z = seed + 0x9e3779b97f4a7c15;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111eb;
    z ^= z >>> 31;
    _state = z == 0 ? 0x2545f4914f6cdd1d : z;
  }

  int _state = 0;

  int _next() {
    var x = _state;
    x ^= x >>> 12;
    x ^= x << 25;
    x ^= x >>> 27;
    _state = x;
    return (x * 0x2545f4914f6cdd1d) >>> 32;
  }

  int nextInt(int max) {
    _checkMax(max);
    if (max & (max - 1) == 0) return _next() & (max - 1);
    // Rejects the uneven rest, so that every result is equally likely.
    for (;;) {
      final bits = _next();
      final result = bits % max;
      if (bits - result + max <= 0x100000000) return result;
    }
  }

  double nextDouble() =>
      ((_next() >>> 6) * 134217728 + (_next() >>> 5)) / 9007199254740992;
  bool nextBool() => _next() & 1 == 0;
}

void _checkMax(int max) {
  if (max <= 0 || max > 0x100000000) {
    throw RangeError.range(
        max, 1, 0x100000000, 'max', 'Must be positive and <= 2^32');
  }
}

class _SecureRandom implements Random {
  int nextInt(int max) {
    _checkMax(max);
    for (;;) {
      final bits = _entropy() & 0xffffffff;
      final result = bits % max;
      if (bits - result + max <= 0x100000000) return result;
    }
  }

  double nextDouble() => (_entropy() >>> 11) / 9007199254740992;
  bool nextBool() => _entropy() & 1 == 0;
}

// 64 bits from the system's generator (or, in a seeded run, from the seed).
external int _entropy();
