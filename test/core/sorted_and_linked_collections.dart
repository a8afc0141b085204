// Collections beside List, Set and Map: sorted trees, queues, linked lists,
// views, orders of keys, and classes made from the mixins of dart:collection.
import 'dart:collection';

final class Job extends LinkedListEntry<Job> {
  Job(this.name);
  final String name;
  @override
  String toString() => name;
}

// A list that counts from one.
class FromOne<E> with ListMixin<E> {
  FromOne(this._items);
  final List<E> _items;
  @override
  int get length => _items.length;
  @override
  set length(int n) => _items.length = n;
  @override
  E operator [](int i) => _items[i];
  @override
  void operator []=(int i, E value) => _items[i] = value;
  @override
  void add(E element) => _items.add(element); // no null to grow with
  E at(int number) => this[number - 1];
}

// A map whose keys ignore case and which remembers how they were first written.
class Headers with MapMixin<String, String> {
  final _names = <String, String>{}, _values = <String, String>{};
  @override
  String? operator [](Object? key) => _values['$key'.toLowerCase()];
  @override
  void operator []=(String key, String value) {
    _names.putIfAbsent(key.toLowerCase(), () => key);
    _values[key.toLowerCase()] = value;
  }
  @override
  bool containsKey(Object? key) => _values.containsKey('$key'.toLowerCase());
  @override
  Iterable<String> get keys => _names.values;
  @override
  void clear() => (_names..clear(), _values..clear());
  @override
  String? remove(Object? key) {
    _names.remove('$key'.toLowerCase());
    return _values.remove('$key'.toLowerCase());
  }
}

void main() {
  // Order of insertion, of nothing in particular, and of the keys.
  final words = 'pear fig apple kiwi fig date'.split(' ');
  print(LinkedHashSet.of(words)); // expect: {pear, fig, apple, kiwi, date}
  print(SplayTreeSet.of(words)); // expect: {apple, date, fig, kiwi, pear}
  print(HashSet.of(words).length); // expect: 5
  final byLength = SplayTreeMap<String, int>((a, b) {
    final d = a.length.compareTo(b.length);
    return d != 0 ? d : b.compareTo(a);
  });
  for (final (i, word) in words.indexed) {
    byLength[word] = i;
  }
  print(byLength); // expect: {fig: 4, pear: 0, kiwi: 3, date: 5, apple: 2}
  print((byLength.firstKey(), byLength.lastKeyBefore('kiwi'),
      byLength.firstKeyAfter('zzzz'))); // expect: (fig, pear, pear)
  byLength.removeWhere((key, value) => value > 3);
  print(byLength.keys.toList().reversed.join(' ')); // expect: apple kiwi pear
  final map = {'b': 1, 'a': 2};
  map['b'] = 3;
  map.remove('a');
  map['a'] = 4;
  print(map); // expect: {b: 3, a: 4}
  map.updateAll((key, value) => value * 10);
  print(map.entries.map((e) => '${e.key}${e.value}').join()); // expect: b30a40

  // Equality of one's own.
  final loose = LinkedHashMap<String, int>(
      equals: (a, b) => a.toLowerCase() == b.toLowerCase(),
      hashCode: (s) => s.toLowerCase().hashCode)
    ..['One'] = 1
    ..['ONE'] = 2;
  print(loose); // expect: {One: 2}
  final same = HashMap<List<int>, int>.identity()
    ..[[1]] = 1
    ..[[1]] = 2;
  print(same.length); // expect: 2

  // Queues.
  final queue = Queue.of([1, 2, 3])
    ..addFirst(0)
    ..addLast(4);
  print((queue.removeFirst(), queue.removeLast(), queue)); // expect: (0, 4, {1, 2, 3})
  final ring = ListQueue<int>(2);
  for (var i = 0; i < 20; i++) {
    ring.add(i);
    if (ring.length > 3) ring.removeFirst();
  }
  print((ring.toList(), ring.elementAt(1))); // expect: ([17, 18, 19], 18)
  final doubly = DoubleLinkedQueue.of(['x', 'z']);
  doubly.firstEntry()!.append('y');
  print(doubly.join()); // expect: xyz

  // Entries that know their list.
  final jobs = LinkedList<Job>()..addAll('abcd'.split('').map(Job.new));
  final b = jobs.elementAt(1);
  b.unlink();
  jobs.first.insertBefore(b);
  print((jobs, jobs.last.previous, b.next, b.list == jobs));
  // expect: ((b, a, c, d), c, a, true)
  try {
    LinkedList<Job>().add(b);
  } on StateError {
    print('already in a list'); // expect: already in a list
  }

  // Views show what is behind them and change nothing.
  final base = [3, 1, 2];
  final view = UnmodifiableListView(base);
  base.sort();
  print(view); // expect: [1, 2, 3]
  for (final change in <void Function()>[
    () => view.add(4),
    () => UnmodifiableMapView(map)['c'] = 1,
    () => const {1}.add(2),
    () => List.unmodifiable(base).clear(),
    () => List.filled(1, 0).length = 2,
  ]) {
    try {
      change();
    } on UnsupportedError {
      print('fixed');
    }
  }
  // expect: fixed
  // expect: fixed
  // expect: fixed
  // expect: fixed
  // expect: fixed

  // Mixins give all the rest.
  final letters = FromOne<String>(['c', 'a', 'b']);
  print((letters.at(1), letters.last, letters.indexOf('b'))); // expect: (c, b, 2)
  print((letters..sort())..add('d')); // expect: [a, b, c, d]
  print(letters.reversed.take(2).toList()); // expect: [d, c]
  print(letters.sublist(1, 3) + ['!']); // expect: [b, c, !]
  letters.replaceRange(0, 2, ['x', 'y', 'z']);
  print(letters.asMap()[3]); // expect: c
  final headers = Headers()
    ..['Content-Type'] = 'text/plain'
    ..addAll({'CONTENT-TYPE': 'text/html', 'Age': '3'});
  print(headers); // expect: {Content-Type: text/html, Age: 3}
  print(headers.containsKey('AGE')); // expect: true
  print(headers.putIfAbsent('age', () => 'new')); // expect: 3
  headers.removeWhere((key, value) => value.length == 1);
  print((headers.length, headers.isEmpty)); // expect: (1, false)
}
