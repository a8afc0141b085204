// BigInt at work: factorials, Fibonacci by doubling, RSA, roots, digits of pi.
import 'dart:math';

BigInt factorial(int n) {
  BigInt product(int from, int to) {
    if (to - from < 4) {
      var result = BigInt.from(from);
      for (var i = from + 1; i <= to; i++) {
        result *= BigInt.from(i);
      }
      return result;
    }
    final middle = (from + to) >> 1;
    return product(from, middle) * product(middle + 1, to);
  }

  return n < 2 ? BigInt.one : product(2, n);
}

// (F(n), F(n + 1))
(BigInt, BigInt) fibonacci(int n) {
  if (n == 0) return (BigInt.zero, BigInt.one);
  final (a, b) = fibonacci(n ~/ 2);
  final c = a * (b * BigInt.two - a), d = a * a + b * b;
  return n.isEven ? (c, d) : (d, c + d);
}

BigInt squareRoot(BigInt n) {
  if (n < BigInt.two) return n;
  var guess = BigInt.one << (n.bitLength + 1) ~/ 2;
  while (true) {
    final next = (guess + n ~/ guess) >> 1;
    if (next >= guess) return guess;
    guess = next;
  }
}

bool isProbablyPrime(BigInt n) {
  const few = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
  for (final p in few.map(BigInt.from)) {
    if (n == p) return true;
    if (n % p == BigInt.zero) return false;
  }
  var odd = n - BigInt.one, twos = 0;
  for (; odd.isEven; odd >>= 1) {
    twos++;
  }
  return few.map(BigInt.from).every((base) {
    var x = base.modPow(odd, n);
    if (x == BigInt.one || x == n - BigInt.one) return true;
    for (var i = 1; i < twos; i++) {
      x = x * x % n;
      if (x == n - BigInt.one) return true;
    }
    return false;
  });
}

// pi = 16 atan(1/5) - 4 atan(1/239), with ten digits to spare.
String digitsOfPi(int count) {
  final unit = BigInt.from(10).pow(count + 10);
  BigInt arcTangent(int inverse) {
    final square = BigInt.from(inverse * inverse);
    var term = unit ~/ BigInt.from(inverse), sum = term;
    for (var n = 3, sign = -1; term != BigInt.zero; n += 2, sign = -sign) {
      term ~/= square;
      sum += term ~/ BigInt.from(n) * BigInt.from(sign);
    }
    return sum;
  }

  final pi = arcTangent(5) * BigInt.from(16) - arcTangent(239) * BigInt.from(4);
  return pi.toString().substring(0, count + 1);
}

void main() {
  print(factorial(25)); // expect: 15511210043330985984000000
  final f100 = '${factorial(100)}';
  print((f100.length, f100.codeUnits.fold(0, (s, u) => s + u - 48)));
  // expect: (158, 648)
  print(fibonacci(100).$1); // expect: 354224848179261915075
  final (f299, f300) = fibonacci(299);
  print(f300 * f300 - f300 * f299 - f299 * f299); // expect: -1
  final mersenne = (BigInt.one << 89) - BigInt.one;
  print((mersenne, isProbablyPrime(mersenne)));
  // expect: (618970019642690137449562111, true)
  print(isProbablyPrime(mersenne + BigInt.two)); // expect: false
  final root = squareRoot(BigInt.two * BigInt.from(10).pow(60));
  print(root); // expect: 1414213562373095048801688724209
  print(digitsOfPi(40)); // expect: 31415926535897932384626433832795028841971

  // RSA with the textbook's numbers, and with larger ones.
  for (final (p, q, e, message) in [
    (BigInt.from(61), BigInt.from(53), BigInt.from(17), BigInt.from(65)),
    (mersenne, (BigInt.one << 107) - BigInt.one, BigInt.from(65537),
        BigInt.parse('48656c6c6f', radix: 16)),
  ]) {
    final n = p * q, phi = (p - BigInt.one) * (q - BigInt.one);
    final d = e.modInverse(phi), secret = message.modPow(e, n);
    print((n.bitLength, e * d % phi, secret.modPow(d, n) == message));
  }
  // expect: (12, 1, true)
  // expect: (196, 1, true)
  print(BigInt.from(65).modPow(BigInt.from(17), BigInt.from(3233))); // expect: 2790

  // Signs: division cuts towards zero, % is never negative, shifts go down.
  final seven = BigInt.from(7), three = BigInt.from(3);
  print([-seven ~/ three, -seven % three, (-seven).remainder(three), -seven >> 1]);
  // expect: [-2, 2, -1, -4]
  print([-seven & three, -seven | three, -seven ^ three, ~seven]);
  // expect: [1, -5, -6, -8]
  print((-seven).toUnsigned(8)); // expect: 249
  print(BigInt.from(200).toSigned(8)); // expect: -56
  print([seven.compareTo(three), (-seven).sign, seven.gcd(BigInt.from(21))]);
  // expect: [1, -1, 7]
  try {
    seven ~/ BigInt.zero;
  } on Object {
    print('no division by zero'); // expect: no division by zero
  }

  // To and from other numbers and texts.
  final large = BigInt.from(2).pow(64);
  print((large, large.isValidInt, large.toInt() == 0x7fffffffffffffff));
  // expect: (18446744073709551616, false, true)
  print((BigInt.from(-1 << 63), BigInt.from(1e20), large.toDouble()));
  // expect: (-9223372036854775808, 100000000000000000000, 18446744073709552000.0)
  print(large.toRadixString(36)); // expect: 3w5e11264sgsg
  print(BigInt.parse('-ff', radix: 16)); // expect: -255
  print(BigInt.parse('0x10')); // expect: 16
  print(BigInt.tryParse('12a')); // expect: null
  print(BigInt.from(3) / BigInt.from(4)); // expect: 0.75
  print({BigInt.from(5): 'five'}[three + BigInt.two]); // expect: five
  print([large, -large, BigInt.zero]..sort());
  // expect: [-18446744073709551616, 0, 18446744073709551616]
  // Arithmetic agrees with itself on numbers of many sizes.
  final random = Random(42);
  BigInt any(int bits) => Iterable.generate(bits, (_) => random.nextBool())
      .fold(BigInt.zero, (n, bit) => (n << 1) | (bit ? BigInt.one : BigInt.zero));
  var fine = true;
  for (var i = 1; i < 12; i++) {
    final a = any(i * 37), b = any(i * 11) + BigInt.one;
    fine &= a ~/ b * b + a.remainder(b) == a;
    fine &= (a + b) * (a - b) == a * a - b * b;
    fine &= BigInt.parse(a.toRadixString(7), radix: 7) == a;
  }
  print(fine); // expect: true
}
