// @dart = 3.10
@meta
library a.b.c;

import 'x.dart' if (dart.library.io) 'y.dart' if (q == 'z') 'z.dart' as p
    show A, B
    hide C;
import 'late.dart' deferred as l;
export 'x.dart' show D;
part 'part.dart';

@Deprecated('no')
@p.pragma<int>.named(1, a: 2)
external int get x;
