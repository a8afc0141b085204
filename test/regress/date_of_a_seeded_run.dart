// flags: --seed=7
// With a seed the date is the scheduler's too, so that a run can be had again.
void main() {
  final now = DateTime.now().toUtc();
  print('${now.year}-${now.month}-${now.day}'); // expect: 2026-1-1
}
