// Sorting by hand in several ways, checked against the library's sort; stable
// and partial orders, comparators put together, searching what is sorted.
import 'dart:math';

typedef Sort = void Function<T>(List<T>, Comparator<T>);

extension<T> on List<T> {
  void swap(int i, int j) {
    final item = this[i];
    this[i] = this[j];
    this[j] = item;
  }
}

void insertionSort<T>(List<T> list, Comparator<T> compare) {
  for (var i = 1; i < list.length; i++) {
    final item = list[i];
    var j = i;
    for (; j > 0 && compare(list[j - 1], item) > 0; j--) {
      list[j] = list[j - 1];
    }
    list[j] = item;
  }
}

void mergeSort<T>(List<T> list, Comparator<T> compare) {
  if (list.length < 2) return;
  final middle = list.length ~/ 2;
  final left = list.sublist(0, middle), right = list.sublist(middle);
  mergeSort(left, compare);
  mergeSort(right, compare);
  for (var i = 0, l = 0, r = 0; i < list.length; i++) {
    final takesLeft = r == right.length ||
        l < left.length && compare(left[l], right[r]) <= 0;
    list[i] = takesLeft ? left[l++] : right[r++];
  }
}

void quickSort<T>(List<T> list, Comparator<T> compare, [int from = 0, int? end]) {
  end ??= list.length;
  while (end! - from > 1) {
    final pivot = list[(from + end) >> 1];
    var i = from, j = end - 1;
    while (i <= j) {
      while (compare(list[i], pivot) < 0) {
        i++;
      }
      while (compare(list[j], pivot) > 0) {
        j--;
      }
      if (i <= j) {
        list.swap(i, j);
        i++;
        j--;
      }
    }
    if (j + 1 - from < end - i) {
      quickSort(list, compare, from, j + 1);
      from = i;
    } else {
      quickSort(list, compare, i, end);
      end = j + 1;
    }
  }
}

void heapSort<T>(List<T> list, Comparator<T> compare) {
  void sink(int i, int n) {
    for (var child = 2 * i + 1; child < n; i = child, child = 2 * i + 1) {
      if (child + 1 < n && compare(list[child], list[child + 1]) < 0) child++;
      if (compare(list[i], list[child]) >= 0) return;
      list.swap(i, child);
    }
  }

  for (var i = list.length ~/ 2 - 1; i >= 0; i--) {
    sink(i, list.length);
  }
  for (var n = list.length - 1; n > 0; n--) {
    list.swap(0, n);
    sink(0, n);
  }
}

List<int> radixSorted(List<int> list) {
  var from = list;
  for (var shift = 0; shift < 64; shift += 16) {
    final buckets = <int, List<int>>{};
    for (final n in from) {
      (buckets[((n ^ 1 << 63) >>> shift) & 0xffff] ??= []).add(n);
    }
    from = [for (final key in buckets.keys.toList()..sort()) ...buckets[key]!];
  }
  return from;
}

extension Orders<T> on Comparator<T> {
  Comparator<T> get reversed => (a, b) => this(b, a);
  Comparator<T> then(Comparator<T> next) => (a, b) {
        final first = this(a, b);
        return first != 0 ? first : next(a, b);
      };
}

Comparator<T> by<T, K extends Comparable<Object>>(K Function(T) key) =>
    (a, b) => key(a).compareTo(key(b));

int lowerBound<T>(List<T> sorted, T value, Comparator<T> compare) {
  var low = 0, high = sorted.length;
  while (low < high) {
    final middle = low + ((high - low) >> 1);
    if (compare(sorted[middle], value) < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

class Card {
  const Card(this.suit, this.rank);
  final String suit;
  final int rank;
  @override
  String toString() => '$suit$rank';
}

void main() {
  final random = Random(7);
  final numbers = List.generate(150, (_) => random.nextInt(200) - 100);
  final expected = [...numbers]..sort();
  final sorts = <String, Sort>{
    'insertion': insertionSort,
    'merge': mergeSort,
    'quick': <T>(list, compare) => quickSort(list, compare),
    'heap': heapSort,
  };
  for (final MapEntry(key: name, value: sort) in sorts.entries) {
    final inputs = [numbers, expected, expected.reversed.toList(), <int>[], [1, 1]];
    final isRight = inputs.every((input) {
      final list = [...input];
      sort<int>(list, Comparable.compare);
      return '$list' == '${[...input]..sort()}';
    });
    print('$name $isRight');
  }
  // expect: insertion true
  // expect: merge true
  // expect: quick true
  // expect: heap true
  print('${radixSorted([...numbers, 1 << 62, -1 << 62])}' ==
      '${[-1 << 62, ...expected, 1 << 62]}'); // expect: true

  const cards = [Card('D', 9), Card('C', 2), Card('D', 1), Card('S', 9), Card('C', 9)];
  final byRank = by((Card c) => c.rank), bySuit = by((Card c) => c.suit);
  final hand = [...cards];
  mergeSort(hand, byRank);
  print(hand); // expect: [D1, C2, D9, S9, C9]
  print([...cards]..sort(byRank.reversed.then(bySuit))); // expect: [C9, D9, S9, C2, D1]
  print([...cards]..sort(bySuit.then(byRank))); // expect: [C2, C9, D1, D9, S9]

  final sorted = [1, 3, 3, 3, 8];
  print([0, 3, 4, 9].map((n) => lowerBound<num>(sorted, n, Comparable.compare)).toList());
  // expect: [0, 1, 4, 5]

  // The order of doubles: -0.0 before 0.0, NaN last; numbers of both kinds.
  print([double.nan, 1, -0.0, 0, double.infinity, 0.5, -1]..sort());
  // expect: [-1, -0.0, 0, 0.5, 1, Infinity, NaN]
  print(['b', 'B', 'a', 'ä', 'Z', '10', '9', '']..sort()); // expect: [, 10, 9, B, Z, a, b, ä]
  try {
    <dynamic>[1, 'a'].sort();
  } on TypeError {
    print('not comparable'); // expect: not comparable
  }
  final shuffled = [for (var i = 0; i < 30; i++) i]..shuffle(Random(3));
  print(shuffled.length == shuffled.toSet().length); // expect: true
  print(([...shuffled]..sort()).indexed.every((e) => e.$1 == e.$2)); // expect: true
  try {
    const [2, 1].sort();
  } on UnsupportedError {
    print('constant'); // expect: constant
  }
}
