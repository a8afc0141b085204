// flags: slow
// With 1 GiB alive all is as it was after cycles of marking, while lists are
// changed in parts that marking has not yet seen, and messages arrive.
import 'dart:isolate';
import 'dart:typed_data';

class Item {
  Item(this.id);
  final int id;
}

const lists = 4, length = 8 << 20, numbers = 6;

void main() async {
  final live = [
    for (var i = 0; i < lists; i++) List<Item?>.filled(length, null)
  ];
  final raw = [
    for (var i = 0; i < numbers; i++) Int64List(16 << 20)..[i * 1000] = i
  ];
  // Garbage makes cycles, and each list gets items of its own everywhere.
  var at = 0;
  for (var round = 0; round < 50; round++) {
    for (var i = 0; i < 2000; i++) {
      at = (at + 7919 * 1009) % length;
      live[i % lists][at] = Item(-at);
    }
    if (round % 10 == 0) {
      final got = await Isolate.run(
          () => [for (var i = 0; i < 3000; i++) Item(i + round)]);
      if (got[round].id != 2 * round) print('message $round');
    }
  }
  // The same way back.
  var own = 0;
  for (var i = 100000 - 1; i >= 0; i--) {
    if (live[i % lists][at]?.id == -at) own++;
    at = (at - 7919 * 1009) % length;
  }
  print(own); // expect: 100000
  var strange = 0;
  for (final list in live) {
    for (var i = 0; i < length; i += 97) {
      final item = list[i];
      if (item != null && item.id != -i) strange++;
    }
  }
  for (var i = 0; i < numbers; i++) {
    if (raw[i][i * 1000] != i) strange++;
  }
  print(strange); // expect: 0
}
