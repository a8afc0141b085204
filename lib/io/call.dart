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
}

// What the last call left beside its result: fields of IoCall.
enum _Field { size, modified, accessed, changed, mode, descriptor }

// Makes the call: its result, or the negative number of the system's error.
// What it reads stays with the isolate until the next call; see _take.
external int _callNative(int call, String? path, String? target,
    int descriptor, int flags, int offset, ByteBuffer? data, int start,
    int count);
external int _fieldNative(int field);
// Copies the bytes that the last call read to the beginning of a buffer.
external void _takeNative(ByteBuffer into, int count);
external String _errorText(int number);

int _callOn(_Call call,
        {String? path,
        String? target,
        int descriptor = -1,
        int flags = 0,
        int offset = 0,
        ByteBuffer? data,
        int start = 0,
        int count = 0}) =>
    _callNative(call.index, path, target, descriptor, flags, offset, data,
        start, count);

int _field(_Field field) => _fieldNative(field.index);

// The bytes that the last call read.
Uint8List _take(int count) {
  final bytes = Uint8List(count);
  if (count > 0) _takeNative(bytes.buffer, count);
  return bytes;
}

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
