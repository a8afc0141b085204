part of dart.io;

external int _pid();
external void _exitProcess(int code);
external int _exitCode();
external void _setExitCode(int code);
external void _sleep(int microseconds);

int get pid => _pid();

// What the process ends with when the program comes to its end.
int get exitCode => _exitCode();
set exitCode(int code) => _setExitCode(code);

Never exit(int code) {
  _exitProcess(code);
  throw UnsupportedError('The host does not let a program end it');
}

// Stops this isolate, and no other, for a while.
void sleep(Duration duration) {
  if (duration.isNegative) {
    throw ArgumentError('sleep: duration cannot be negative');
  }
  _sleep(duration.inMicroseconds);
}
