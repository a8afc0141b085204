part of dart.io;

// The numbers of src/io/call.def, in its order.
enum _Call {
  open,
  close,
  read,
  write,
  seek,
  truncate,
  sync,
  stat,
  lstat,
  readAll,
  readLine,
  writeAll,
  remove,
  rename,
  copy,
  makeDirectory,
  list,
  resolve,
  create,
  link,
  readLink,
}

// What the last call left beside its result: fields of IoCall.
enum _Field { size, modified, accessed, changed, mode, descriptor }

// Makes the call: its result, or the negative number of the system's error.
// What it reads stays with the isolate until the next call; see _take.
external int _callNative(int call, String? path, String? target,
    int descriptor, int flags, int offset, ByteBuffer? data, int start,
    int count);
// Starts the call: its number, which `reply` gets when the call is done, or a
// negative error.
external int _startNative(int call, String? path, String? target,
    int descriptor, int flags, int offset, ByteBuffer? data, int start,
    int count, SendPort reply);
// The result of a call that was started, as of one that was just made.
external int _finishNative(int number);
external void _cancelNative(int number);
external int _fieldNative(int field);
// Copies the bytes that the last call read to the beginning of a buffer.
external void _takeNative(ByteBuffer into, int count);
external String _errorText(int number);

// A call of the system, and what becomes of its result: a value or an
// exception. One description serves the two ways of making it.
final class _Action<T> {
  const _Action(this._call, this._finish,
      {this.path,
      this.target,
      this.descriptor = -1,
      this.flags = 0,
      this.offset = 0,
      this.data,
      this.start = 0,
      this.count = 0});

  final _Call _call;
  final T Function(int result) _finish;
  final String? path, target;
  final int descriptor, flags, offset;
  final ByteBuffer? data;
  final int start, count;

  // The isolate waits with its stack.
  T now() => _finish(_callNative(_call.index, path, target, descriptor, flags,
      offset, data, start, count));

  // The isolate goes on with its events.
  Future<T> later() => _Pending(this).value;
}

// A call under way. It keeps the isolate alive.
final class _Pending<T> {
  _Pending(_Action<T> action) {
    _port.handler = (int number) {
      _port.close();
      _complete(action, _finishNative(number));
    };
    _number = _startNative(
        action._call.index,
        action.path,
        action.target,
        action.descriptor,
        action.flags,
        action.offset,
        action.data,
        action.start,
        action.count,
        _port.sendPort);
    if (_number < 0) {
      _port.close();
      _complete(action, _number);
    }
  }

  final RawReceivePort _port = RawReceivePort();
  final Completer<T> _value = Completer<T>();
  int _number = 0;

  Future<T> get value => _value.future;

  void _complete(_Action<T> action, int result) {
    try {
      _value.complete(action._finish(result));
    } catch (error, trace) {
      _value.completeError(error, trace);
    }
  }

  // The value never comes; of a stream nothing more is taken.
  void cancel() {
    _port.close();
    _cancelNative(_number);
  }
}

int _field(_Field field) => _fieldNative(field.index);

// The bytes that the last call read.
Uint8List _take(int count) {
  final bytes = Uint8List(count);
  if (count > 0) _takeNative(bytes.buffer, count);
  return bytes;
}

String _takeText(int count) => utf8.decode(_take(count), allowMalformed: true);

// A result that says what went wrong, as the exception that Dart has for it.
int _check(int result, String message, String path) {
  if (result >= 0) return result;
  final number = -result;
  final error = OSError(_errorText(number), number);
  if (number == 2) throw PathNotFoundException(path, error, message);
  if (number == 17) throw PathExistsException(path, error, message);
  if (number == 1 || number == 13) {
    throw PathAccessException(path, error, message);
  }
  throw FileSystemException(message, path, error);
}
