part of dart.io;

final Stdout stdout = _Stdout(1);
final Stdout stderr = _Stdout(2);
final Stdin stdin = _Stdin();

external bool _isTerminal(int descriptor);
// Columns, or with isLines lines; 0 when there is no terminal.
external int _terminalSize(int descriptor, bool isLines);
// Bit 0: echo, bit 1: lines; a negative error.
external int _terminalMode();
external int _setTerminalMode(int mode);

enum StdioType {
  terminal._('terminal'),
  pipe._('pipe'),
  file._('file'),
  other._('other');

  const StdioType._(this.name);
  final String name;

  String toString() => 'StdioType: $name';
}

StdioType stdioType(Object object) {
  final descriptor = switch (object) {
    _Stdout(:final _descriptor) => _descriptor,
    Stdin() => 0,
    _ => -1,
  };
  if (descriptor < 0) return StdioType.other;
  if (_isTerminal(descriptor)) return StdioType.terminal;
  return switch (_callOn(_Call.stat, descriptor: descriptor)) {
    1 => StdioType.file,
    4 || 5 => StdioType.pipe,
    _ => StdioType.other,
  };
}

abstract interface class Stdout implements IOSink {
  bool get hasTerminal;
  int get terminalColumns;
  int get terminalLines;
  bool get supportsAnsiEscapes;
  String get lineTerminator;
  set lineTerminator(String value);
  IOSink get nonBlocking;
}

final class _Stdout extends _Sink implements Stdout {
  _Stdout(this._descriptor) : super(utf8);

  final int _descriptor;
  String lineTerminator = '\n';

  void _writeBytes(Uint8List bytes) {
    _check(
        _callOn(_Call.write,
            descriptor: _descriptor,
            data: bytes.buffer,
            start: bytes.offsetInBytes,
            count: bytes.length),
        'write failed',
        _descriptor == 1 ? 'stdout' : 'stderr');
  }

  void write(Object? object) {
    var text = '$object';
    if (lineTerminator == '\r\n') {
      text = text.replaceAll('\r\n', '\n').replaceAll('\n', '\r\n');
    }
    if (text.isNotEmpty) add(encoding.encode(text));
  }

  bool get hasTerminal => _isTerminal(_descriptor);

  int _size(bool isLines) {
    final size = _terminalSize(_descriptor, isLines);
    if (size == 0) {
      throw const StdoutException('Could not get terminal size');
    }
    return size;
  }

  int get terminalColumns => _size(false);
  int get terminalLines => _size(true);
  bool get supportsAnsiEscapes =>
      hasTerminal && Platform.environment['TERM'] != 'dumb';
  IOSink get nonBlocking => this;

  // The descriptor belongs to the process: closing ends this sink alone.
}

abstract interface class Stdin implements Stream<List<int>> {
  String? readLineSync(
      {Encoding encoding = systemEncoding, bool retainNewlines = false});
  int readByteSync();
  bool get echoMode;
  set echoMode(bool value);
  bool get lineMode;
  set lineMode(bool value);
  bool get hasTerminal;
  bool get supportsAnsiEscapes;
}

final class _Stdin extends Stream<List<int>> implements Stdin {
  Stream<List<int>>? _stream;

  // A chunk at a time; other events have their turn between two.
  static Stream<List<int>> _chunks() async* {
    for (;;) {
      final count = _check(
          _callOn(_Call.read, descriptor: 0, count: 65536),
          'read failed',
          'stdin');
      if (count == 0) return;
      yield _take(count);
    }
  }

  StreamSubscription<List<int>> listen(void onData(List<int> event)?,
          {Function? onError, void onDone()?, bool? cancelOnError}) =>
      (_stream ??= _chunks()).listen(onData,
          onError: onError, onDone: onDone, cancelOnError: cancelOnError);

  String? readLineSync(
      {Encoding encoding = systemEncoding, bool retainNewlines = false}) {
    final count = _check(
        _callOn(_Call.readLine, descriptor: 0), 'readLine failed', 'stdin');
    if (count == 0) return null;
    final bytes = _take(count);
    var end = count;
    if (!retainNewlines && bytes[end - 1] == 10) {
      end--;
      if (end > 0 && bytes[end - 1] == 13) end--;
    }
    return encoding.decode(Uint8List.sublistView(bytes, 0, end));
  }

  int readByteSync() {
    final count = _check(
        _callOn(_Call.read, descriptor: 0, count: 1), 'read failed', 'stdin');
    return count == 0 ? -1 : _take(1)[0];
  }

  static int get _mode {
    final mode = _terminalMode();
    if (mode < 0) {
      throw StdinException('Error getting terminal mode',
          OSError(_errorText(-mode), -mode));
    }
    return mode;
  }

  static void _setMode(int bit, bool value) {
    final mode = _mode;
    final result = _setTerminalMode(value ? mode | bit : mode & ~bit);
    if (result < 0) {
      throw StdinException('Error setting terminal mode',
          OSError(_errorText(-result), -result));
    }
  }

  bool get echoMode => _mode & 1 != 0;
  set echoMode(bool value) => _setMode(1, value);
  bool get lineMode => _mode & 2 != 0;
  set lineMode(bool value) => _setMode(2, value);
  bool get hasTerminal => _isTerminal(0);
  bool get supportsAnsiEscapes =>
      hasTerminal && Platform.environment['TERM'] != 'dumb';
}

// The encoding of the system: UTF-8.
const Encoding systemEncoding = SystemEncoding();

final class SystemEncoding extends Encoding {
  const SystemEncoding();

  String get name => 'system';
  List<int> encode(String input) => utf8.encode(input);
  String decode(List<int> encoded) =>
      utf8.decode(encoded, allowMalformed: true);
  Converter<String, List<int>> get encoder => utf8.encoder;
  Converter<List<int>, String> get decoder =>
      const Utf8Decoder(allowMalformed: true);
}
