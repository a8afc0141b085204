// dart:collection.
library dart.collection;

import 'dart:math' show Random;

export 'dart:core' show IterableExtensions, NullableIterableExtensions;

part 'base.dart';
part 'hash_table.dart';
part 'hash_map.dart';
part 'hash_set.dart';
part 'linked_list.dart';
part 'queue.dart';
part 'splay_tree.dart';
part 'view.dart';
