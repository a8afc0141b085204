part of dart.io;

abstract interface class RandomAccessFile {
  String get path;
  Future<void> close();
  void closeSync();
  Future<int> readByte();
  int readByteSync();
  Future<Uint8List> read(int count);
  Uint8List readSync(int count);
  Future<int> readInto(List<int> buffer, [int start = 0, int? end]);
  int readIntoSync(List<int> buffer, [int start = 0, int? end]);
  Future<RandomAccessFile> writeByte(int value);
  int writeByteSync(int value);
  Future<RandomAccessFile> writeFrom(List<int> buffer,
      [int start = 0, int? end]);
  void writeFromSync(List<int> buffer, [int start = 0, int? end]);
  Future<RandomAccessFile> writeString(String string,
      {Encoding encoding = utf8});
  void writeStringSync(String string, {Encoding encoding = utf8});
  Future<int> position();
  int positionSync();
  Future<RandomAccessFile> setPosition(int position);
  void setPositionSync(int position);
  Future<RandomAccessFile> truncate(int length);
  void truncateSync(int length);
  Future<int> length();
  int lengthSync();
  Future<RandomAccessFile> flush();
  void flushSync();
}

final class _RandomAccessFile implements RandomAccessFile {
  _RandomAccessFile(this.path, this._descriptor);

  final String path;
  int _descriptor; // -1 once closed
  bool _isBusy = false; // while an asynchronous call is under way

  // The descriptor, for one call.
  int get _idle {
    if (_isBusy) {
      throw FileSystemException(
          'An async operation is currently pending', path);
    }
    if (_descriptor < 0) throw FileSystemException('File closed', path);
    return _descriptor;
  }

  // Errors before the call come by the future as well.
  Future<T> _later<T>(_Action<T> Function() make) async {
    final action = make();
    _isBusy = true;
    try {
      return await action.later();
    } finally {
      _isBusy = false;
    }
  }

  // The object itself is what most asynchronous members answer.
  _Action<RandomAccessFile> _on(_Call call, String message,
          {int offset = 0,
          int flags = 0,
          ByteBuffer? data,
          int start = 0,
          int count = 0}) =>
      _Action(call, (result) {
        _check(result, message, path);
        return this;
      },
          descriptor: _idle,
          offset: offset,
          flags: flags,
          data: data,
          start: start,
          count: count);

  // Gone even when closing fails.
  _Action<void> get _close {
    final action = _on(_Call.close, 'close failed');
    _descriptor = -1;
    return action;
  }

  void closeSync() => _close.now();
  Future<void> close() => _later(() => _close);

  _Action<Uint8List> _read(int count) {
    RangeError.checkNotNegative(count, 'count');
    return _Action(_Call.read,
        (result) => _take(_check(result, 'read failed', path)),
        descriptor: _idle, count: count);
  }

  Uint8List readSync(int count) => _read(count).now();
  Future<Uint8List> read(int count) => _later(() => _read(count));

  static int _first(Uint8List bytes) => bytes.isEmpty ? -1 : bytes[0];

  int readByteSync() => _first(readSync(1));
  Future<int> readByte() async => _first(await read(1));

  static int _put(List<int> buffer, int start, Uint8List bytes) {
    buffer.setRange(start, start + bytes.length, bytes);
    return bytes.length;
  }

  int readIntoSync(List<int> buffer, [int start = 0, int? end]) {
    final last = RangeError.checkValidRange(start, end, buffer.length);
    return _put(buffer, start, readSync(last - start));
  }

  Future<int> readInto(List<int> buffer, [int start = 0, int? end]) async {
    final last = RangeError.checkValidRange(start, end, buffer.length);
    return _put(buffer, start, await read(last - start));
  }

  _Action<RandomAccessFile> _write(List<int> buffer, int start, int? end) {
    final last = RangeError.checkValidRange(start, end, buffer.length);
    final data = buffer is Uint8List ? buffer : Uint8List.fromList(buffer);
    return _on(_Call.write, 'writeFrom failed',
        data: data.buffer,
        start: data.offsetInBytes + start,
        count: last - start);
  }

  void writeFromSync(List<int> buffer, [int start = 0, int? end]) =>
      _write(buffer, start, end).now();
  Future<RandomAccessFile> writeFrom(List<int> buffer,
          [int start = 0, int? end]) =>
      _later(() => _write(buffer, start, end));

  int writeByteSync(int value) {
    writeFromSync([value & 0xff]);
    return 1;
  }

  Future<RandomAccessFile> writeByte(int value) => writeFrom([value & 0xff]);

  void writeStringSync(String string, {Encoding encoding = utf8}) =>
      writeFromSync(encoding.encode(string));
  Future<RandomAccessFile> writeString(String string,
          {Encoding encoding = utf8}) =>
      writeFrom(encoding.encode(string));

  _Action<int> get _position => _Action(
      _Call.seek, (result) => _check(result, 'position failed', path),
      descriptor: _idle, flags: 1);

  int positionSync() => _position.now();
  Future<int> position() => _later(() => _position);

  _Action<RandomAccessFile> _seek(int position) =>
      _on(_Call.seek, 'setPosition failed', offset: position);

  void setPositionSync(int position) => _seek(position).now();
  Future<RandomAccessFile> setPosition(int position) =>
      _later(() => _seek(position));

  _Action<RandomAccessFile> _truncate(int length) =>
      _on(_Call.truncate, 'truncate failed', offset: length);

  void truncateSync(int length) => _truncate(length).now();
  Future<RandomAccessFile> truncate(int length) =>
      _later(() => _truncate(length));

  _Action<int> get _length => _Action(_Call.stat, (result) {
        _check(result, 'length failed', path);
        return _field(_Field.size);
      }, descriptor: _idle);

  int lengthSync() => _length.now();
  Future<int> length() => _later(() => _length);

  _Action<RandomAccessFile> get _flush => _on(_Call.sync, 'flush failed');

  void flushSync() => _flush.now();
  Future<RandomAccessFile> flush() => _later(() => _flush);

  String toString() => "RandomAccessFile: '$path'";
}
