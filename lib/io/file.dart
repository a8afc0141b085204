part of dart.io;

// Flags of open(2) on Linux.
const int _openRead = 0, _openWrite = 1, _openReadWrite = 2;
const int _openCreate = 0x40, _openTruncate = 0x200, _openAppend = 0x400;
const int _openExclusive = 0x80, _openSynced = 0x1000;

final class FileMode {
  const FileMode._(this._flags);

  static const read = FileMode._(_openRead);
  static const write = FileMode._(_openReadWrite | _openCreate | _openTruncate);
  static const append = FileMode._(_openReadWrite | _openCreate | _openAppend);
  static const writeOnly =
      FileMode._(_openWrite | _openCreate | _openTruncate);
  static const writeOnlyAppend =
      FileMode._(_openWrite | _openCreate | _openAppend);

  final int _flags;
}

abstract interface class File implements FileSystemEntity {
  factory File(String path) = _File;
  factory File.fromUri(Uri uri) => _File(uri.toFilePath());

  Future<File> create({bool recursive = false, bool exclusive = false});
  void createSync({bool recursive = false, bool exclusive = false});
  Future<File> rename(String newPath);
  File renameSync(String newPath);
  Future<File> copy(String newPath);
  File copySync(String newPath);
  Future<int> length();
  int lengthSync();
  File get absolute;
  Future<DateTime> lastModified();
  DateTime lastModifiedSync();
  Future<DateTime> lastAccessed();
  DateTime lastAccessedSync();
  Future<RandomAccessFile> open({FileMode mode = FileMode.read});
  RandomAccessFile openSync({FileMode mode = FileMode.read});
  Stream<List<int>> openRead([int? start, int? end]);
  IOSink openWrite({FileMode mode = FileMode.write, Encoding encoding = utf8});
  Future<Uint8List> readAsBytes();
  Uint8List readAsBytesSync();
  Future<String> readAsString({Encoding encoding = utf8});
  String readAsStringSync({Encoding encoding = utf8});
  Future<List<String>> readAsLines({Encoding encoding = utf8});
  List<String> readAsLinesSync({Encoding encoding = utf8});
  Future<File> writeAsBytes(List<int> bytes,
      {FileMode mode = FileMode.write, bool flush = false});
  void writeAsBytesSync(List<int> bytes,
      {FileMode mode = FileMode.write, bool flush = false});
  Future<File> writeAsString(String contents,
      {FileMode mode = FileMode.write,
      Encoding encoding = utf8,
      bool flush = false});
  void writeAsStringSync(String contents,
      {FileMode mode = FileMode.write,
      Encoding encoding = utf8,
      bool flush = false});
}

final class _File extends FileSystemEntity implements File {
  _File(this.path);

  final String path;

  FileSystemEntityType get _expectedType => FileSystemEntityType.file;

  File get absolute => _File(_absolutePath);

  _Action<File> _create(bool recursive, bool exclusive) => _Action(
      _Call.create, (result) {
        _check(result, 'Cannot create file', path);
        return this;
      },
      path: path,
      flags: _openWrite | _openCreate | (exclusive ? _openExclusive : 0),
      offset: recursive ? 1 : 0);

  void createSync({bool recursive = false, bool exclusive = false}) =>
      _create(recursive, exclusive).now();
  Future<File> create({bool recursive = false, bool exclusive = false}) =>
      _create(recursive, exclusive).later();

  _Action<File> _rename(String newPath) => _Action(_Call.rename, (result) {
        _check(result, "Cannot rename file to '$newPath'", path);
        return _File(newPath);
      }, path: path, target: newPath);

  File renameSync(String newPath) => _rename(newPath).now();
  Future<File> rename(String newPath) => _rename(newPath).later();

  _Action<File> _copy(String newPath) => _Action(_Call.copy, (result) {
        _check(result, "Cannot copy file to '$newPath'", path);
        return _File(newPath);
      }, path: path, target: newPath);

  File copySync(String newPath) => _copy(newPath).now();
  Future<File> copy(String newPath) => _copy(newPath).later();

  _Action<int> get _length => _Action(_Call.stat, (kind) {
        const message = 'Cannot retrieve length of file';
        if (_check(kind, message, path) == 0) _check(-2, message, path);
        return _field(_Field.size);
      }, path: path);

  int lengthSync() => _length.now();
  Future<int> length() => _length.later();

  _Action<DateTime> _time(_Field field) => _Action(_Call.stat, (kind) {
        const message = 'Cannot retrieve modification time';
        if (_check(kind, message, path) == 0) _check(-2, message, path);
        return DateTime.fromMillisecondsSinceEpoch(_fieldNative(field.index));
      }, path: path);

  DateTime lastModifiedSync() => _time(_Field.modified).now();
  Future<DateTime> lastModified() => _time(_Field.modified).later();
  DateTime lastAccessedSync() => _time(_Field.accessed).now();
  Future<DateTime> lastAccessed() => _time(_Field.accessed).later();

  _Action<_RandomAccessFile> _open(FileMode mode) =>
      _Action(_Call.open, (result) {
        _check(result, 'Cannot open file', path);
        return _RandomAccessFile(path, _field(_Field.descriptor));
      }, path: path, flags: mode._flags);

  RandomAccessFile openSync({FileMode mode = FileMode.read}) =>
      _open(mode).now();
  Future<RandomAccessFile> open({FileMode mode = FileMode.read}) =>
      _open(mode).later();

  Stream<List<int>> openRead([int? start, int? end]) async* {
    const most = 65536;
    final file = await open();
    try {
      var at = start ?? 0;
      if (at > 0) await file.setPosition(at);
      for (;;) {
        final wanted = end == null || end - at > most ? most : end - at;
        if (wanted <= 0) return;
        final bytes = await file.read(wanted);
        if (bytes.isEmpty) return;
        at += bytes.length;
        yield bytes;
      }
    } finally {
      await file.close();
    }
  }

  IOSink openWrite({FileMode mode = FileMode.write, Encoding encoding = utf8}) {
    if (identical(mode, FileMode.read)) {
      throw ArgumentError('Invalid file mode for this operation');
    }
    return _ConsumerSink(_FileConsumer(open(mode: mode)), encoding);
  }

  _Action<Uint8List> get _readAll => _Action(_Call.readAll,
      (result) => _take(_check(result, 'Cannot open file', path)),
      path: path);

  Uint8List readAsBytesSync() => _readAll.now();
  Future<Uint8List> readAsBytes() => _readAll.later();

  String _decode(List<int> bytes, Encoding encoding) {
    try {
      return encoding.decode(bytes);
    } on FormatException {
      throw FileSystemException(
          "Failed to decode data using encoding '${encoding.name}'", path);
    }
  }

  String readAsStringSync({Encoding encoding = utf8}) =>
      _decode(readAsBytesSync(), encoding);
  Future<String> readAsString({Encoding encoding = utf8}) async =>
      _decode(await readAsBytes(), encoding);

  List<String> readAsLinesSync({Encoding encoding = utf8}) =>
      const LineSplitter().convert(readAsStringSync(encoding: encoding));
  Future<List<String>> readAsLines({Encoding encoding = utf8}) async =>
      const LineSplitter().convert(await readAsString(encoding: encoding));

  _Action<File> _writeAll(List<int> bytes, FileMode mode, bool flush) {
    final data = bytes is Uint8List ? bytes : Uint8List.fromList(bytes);
    return _Action(_Call.writeAll, (result) {
      _check(result, 'Cannot open file', path);
      return this;
    },
        path: path,
        flags: mode._flags | (flush ? _openSynced : 0),
        data: data.buffer,
        start: data.offsetInBytes,
        count: data.length);
  }

  void writeAsBytesSync(List<int> bytes,
          {FileMode mode = FileMode.write, bool flush = false}) =>
      _writeAll(bytes, mode, flush).now();
  Future<File> writeAsBytes(List<int> bytes,
          {FileMode mode = FileMode.write, bool flush = false}) =>
      _writeAll(bytes, mode, flush).later();

  void writeAsStringSync(String contents,
          {FileMode mode = FileMode.write,
          Encoding encoding = utf8,
          bool flush = false}) =>
      _writeAll(encoding.encode(contents), mode, flush).now();
  Future<File> writeAsString(String contents,
          {FileMode mode = FileMode.write,
          Encoding encoding = utf8,
          bool flush = false}) =>
      _writeAll(encoding.encode(contents), mode, flush).later();

  String toString() => "File: '$path'";
}

// Writes what it gets to a file that is being opened.
final class _FileConsumer implements StreamConsumer<List<int>> {
  _FileConsumer(this._file) {
    _file.ignore(); // whoever adds or closes is told
  }

  final Future<RandomAccessFile> _file;

  Future addStream(Stream<List<int>> stream) async {
    final file = await _file;
    await for (final data in stream) {
      await file.writeFrom(data);
    }
  }

  Future close() async => await (await _file).close();
}
