// Shared by the compute programs. What each does: see README.md beside.

/// The first argument, or the size that the workload states.
int size(List<String> args, int otherwise) =>
    args.isEmpty ? otherwise : int.parse(args[0]);

/// One step of the pseudo-random numbers that all systems use.
int lcg(int x) => (x * 1664525 + 1013904223) & 0xffffffff;

void report(String name, Object check, Stopwatch clock) {
  print('${name}_check $check checksum');
  print('$name ${(clock.elapsedMicroseconds / 1000).toStringAsFixed(3)} ms');
}
