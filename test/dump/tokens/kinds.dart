#!/usr/bin/env isle
// Every kind of token; `>` always comes alone.
/* a /* nested */ comment */
class A<T extends List<List<int>>> {
  final x = 0xFF + 1_000 + 1.5e-3 + .5;
  operator >>>(a) => a >>= 2;
}

var s = 'plain' "dq" r'$raw\n' '''multi
line''';
var i = '$a and ${b + '${c}'} end';
var n = a?.b ?? c?..d ?.. e ...? f ??= #sym;
