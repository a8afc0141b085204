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
  final kind =
      _Action<int>(_Call.stat, (kind) => kind, descriptor: descriptor).now();
  return switch (kind) {
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
    _Action<void>(
            _Call.write,
            (result) => _check(result, 'write failed',
                _descriptor == 1 ? 'stdout' : 'stderr'),
            descriptor: _descriptor,
            data: bytes.buffer,
            start: bytes.offsetInBytes,
            count: bytes.length)
        .now();
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
  late final Stream<List<int>> _stream = _makeStream();

  static _Action<Uint8List> _bytes(_Call call, int count) => _Action(call,
      (result) => _take(_check(result, 'read failed', 'stdin')),
      descriptor: 0, count: count);

  // A chunk at a time; while the subscription is paused nothing is read, and
  // what is read when it ends stays for the next reader.
  static Stream<List<int>> _makeStream() {
    _Pending<Uint8List>? reading;
    late final StreamController<List<int>> controller;
    void read() {
      if (reading != null || controller.isPaused || controller.isClosed) return;
      final pending = reading = _Pending(_bytes(_Call.read, 65536));
      pending.value.then((bytes) {
        reading = null;
        if (bytes.isEmpty) {
          controller.close();
        } else {
          controller.add(bytes);
          read();
        }
      }, onError: (Object error, StackTrace trace) {
        reading = null;
        controller
          ..addError(error, trace)
          ..close();
      });
    }

    controller = StreamController<List<int>>(
        onListen: read,
        onResume: read,
        onCancel: () => reading?.cancel(),
        sync: true);
    return controller.stream;
  }

  StreamSubscription<List<int>> listen(void onData(List<int> event)?,
          {Function? onError, void onDone()?, bool? cancelOnError}) =>
      _stream.listen(onData,
          onError: onError, onDone: onDone, cancelOnError: cancelOnError);

  String? readLineSync(
      {Encoding encoding = systemEncoding, bool retainNewlines = false}) {
    final bytes = _bytes(_Call.readLine, 0).now();
    if (bytes.isEmpty) return null;
    var end = bytes.length;
    if (!retainNewlines && bytes[end - 1] == 10) {
      end--;
      if (end > 0 && bytes[end - 1] == 13) end--;
    }
    return encoding.decode(Uint8List.sublistView(bytes, 0, end));
  }

  int readByteSync() => _RandomAccessFile._first(_bytes(_Call.read, 1).now());

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
