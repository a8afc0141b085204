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

  int _checked(int result, String message) => _check(result, message, path);

  int get _open {
    if (_descriptor < 0) throw FileSystemException('File closed', path);
    return _descriptor;
  }

  void closeSync() {
    final descriptor = _open;
    _descriptor = -1;
    _checked(_callOn(_Call.close, descriptor: descriptor), 'close failed');
  }

  Future<void> close() => Future(closeSync);

  Uint8List readSync(int count) {
    RangeError.checkNotNegative(count, 'count');
    return _take(_checked(
        _callOn(_Call.read, descriptor: _open, count: count), 'read failed'));
  }

  Future<Uint8List> read(int count) => Future(() => readSync(count));

  int readByteSync() {
    final bytes = readSync(1);
    return bytes.isEmpty ? -1 : bytes[0];
  }

  Future<int> readByte() => Future(readByteSync);

  int readIntoSync(List<int> buffer, [int start = 0, int? end]) {
    final last = RangeError.checkValidRange(start, end, buffer.length);
    final bytes = readSync(last - start);
    buffer.setRange(start, start + bytes.length, bytes);
    return bytes.length;
  }

  Future<int> readInto(List<int> buffer, [int start = 0, int? end]) =>
      Future(() => readIntoSync(buffer, start, end));

  void writeFromSync(List<int> buffer, [int start = 0, int? end]) {
    final last = RangeError.checkValidRange(start, end, buffer.length);
    final data = buffer is Uint8List ? buffer : Uint8List.fromList(buffer);
    _checked(
        _callOn(_Call.write,
            descriptor: _open,
            data: data.buffer,
            start: data.offsetInBytes + start,
            count: last - start),
        'writeFrom failed');
  }

  Future<RandomAccessFile> writeFrom(List<int> buffer,
          [int start = 0, int? end]) =>
      _after(() => writeFromSync(buffer, start, end));

  int writeByteSync(int value) {
    writeFromSync([value & 0xff]);
    return 1;
  }

  Future<RandomAccessFile> writeByte(int value) =>
      _after(() => writeByteSync(value));

  void writeStringSync(String string, {Encoding encoding = utf8}) =>
      writeFromSync(encoding.encode(string));

  Future<RandomAccessFile> writeString(String string,
          {Encoding encoding = utf8}) =>
      _after(() => writeStringSync(string, encoding: encoding));

  int _seek(int offset, int from) => _checked(
      _callOn(_Call.seek, descriptor: _open, offset: offset, flags: from),
      'seek failed');

  int positionSync() => _seek(0, 1);
  Future<int> position() => Future(positionSync);

  void setPositionSync(int position) {
    _seek(position, 0);
  }

  Future<RandomAccessFile> setPosition(int position) =>
      _after(() => setPositionSync(position));

  void truncateSync(int length) {
    _checked(_callOn(_Call.truncate, descriptor: _open, offset: length),
        'truncate failed');
  }

  Future<RandomAccessFile> truncate(int length) =>
      _after(() => truncateSync(length));

  int lengthSync() {
    _checked(_callOn(_Call.stat, descriptor: _open), 'length failed');
    return _field(_Field.size);
  }

  Future<int> length() => Future(lengthSync);

  void flushSync() {
    _checked(_callOn(_Call.sync, descriptor: _open), 'flush failed');
  }

  Future<RandomAccessFile> flush() => _after(flushSync);

  Future<RandomAccessFile> _after(void Function() action) => Future(() {
        action();
        return this;
      });

  String toString() => "RandomAccessFile: '$path'";
}
