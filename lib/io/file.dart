part of dart.io;

// Flags of open(2) on Linux.
const int _openRead = 0, _openWrite = 1, _openReadWrite = 2;
const int _openCreate = 0x40, _openTruncate = 0x200, _openAppend = 0x400;
const int _openExclusive = 0x80;

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

  bool existsSync() =>
      identical(FileSystemEntity.typeSync(path), FileSystemEntityType.file);

  File get absolute => _File(_absolutePath);

  void createSync({bool recursive = false, bool exclusive = false}) {
    if (recursive) parent.createSync(recursive: true);
    final flags =
        _openWrite | _openCreate | (exclusive ? _openExclusive : 0);
    _check(_callOn(_Call.open, path: path, flags: flags), 'Cannot create file',
        path);
    _callOn(_Call.close, descriptor: _field(_Field.descriptor));
  }

  Future<File> create({bool recursive = false, bool exclusive = false}) =>
      Future(() {
        createSync(recursive: recursive, exclusive: exclusive);
        return this;
      });

  File renameSync(String newPath) {
    _check(_callOn(_Call.rename, path: path, target: newPath),
        "Cannot rename file to '$newPath'", path);
    return _File(newPath);
  }

  Future<File> rename(String newPath) => Future(() => renameSync(newPath));

  File copySync(String newPath) {
    _check(_callOn(_Call.copy, path: path, target: newPath),
        "Cannot copy file to '$newPath'", path);
    return _File(newPath);
  }

  Future<File> copy(String newPath) => Future(() => copySync(newPath));

  void deleteSync({bool recursive = false}) {
    _check(_callOn(_Call.remove, path: path), 'Cannot delete file', path);
  }

  int lengthSync() {
    final kind = _check(_callOn(_Call.stat, path: path),
        'Cannot retrieve length of file', path);
    if (kind == 0) _check(-2, 'Cannot retrieve length of file', path);
    return _field(_Field.size);
  }

  Future<int> length() => Future(lengthSync);

  DateTime lastModifiedSync() {
    final kind = _check(_callOn(_Call.stat, path: path),
        'Cannot retrieve modification time', path);
    if (kind == 0) _check(-2, 'Cannot retrieve modification time', path);
    return DateTime.fromMillisecondsSinceEpoch(_field(_Field.modified));
  }

  Future<DateTime> lastModified() => Future(lastModifiedSync);

  RandomAccessFile openSync({FileMode mode = FileMode.read}) {
    _check(_callOn(_Call.open, path: path, flags: mode._flags),
        'Cannot open file', path);
    return _RandomAccessFile(path, _field(_Field.descriptor));
  }

  Future<RandomAccessFile> open({FileMode mode = FileMode.read}) =>
      Future(() => openSync(mode: mode));

  Stream<List<int>> openRead([int? start, int? end]) async* {
    const most = 65536;
    final file = openSync();
    try {
      var at = start ?? 0;
      if (at > 0) file.setPositionSync(at);
      for (;;) {
        final wanted = end == null || end - at > most ? most : end - at;
        if (wanted <= 0) return;
        final bytes = file.readSync(wanted);
        if (bytes.isEmpty) return;
        at += bytes.length;
        yield bytes;
      }
    } finally {
      file.closeSync();
    }
  }

  IOSink openWrite({FileMode mode = FileMode.write, Encoding encoding = utf8}) =>
      _DescriptorSink(openSync(mode: mode) as _RandomAccessFile, encoding);

  Uint8List readAsBytesSync() => _take(_check(
      _callOn(_Call.readAll, path: path), 'Cannot open file', path));

  Future<Uint8List> readAsBytes() => Future(readAsBytesSync);

  String readAsStringSync({Encoding encoding = utf8}) {
    final bytes = readAsBytesSync();
    try {
      return encoding.decode(bytes);
    } on FormatException {
      throw FileSystemException(
          "Failed to decode data using encoding '${encoding.name}'", path);
    }
  }

  Future<String> readAsString({Encoding encoding = utf8}) =>
      Future(() => readAsStringSync(encoding: encoding));

  List<String> readAsLinesSync({Encoding encoding = utf8}) =>
      const LineSplitter().convert(readAsStringSync(encoding: encoding));

  Future<List<String>> readAsLines({Encoding encoding = utf8}) =>
      Future(() => readAsLinesSync(encoding: encoding));

  void writeAsBytesSync(List<int> bytes,
      {FileMode mode = FileMode.write, bool flush = false}) {
    final data = bytes is Uint8List ? bytes : Uint8List.fromList(bytes);
    _check(
        _callOn(_Call.writeAll,
            path: path,
            flags: mode._flags,
            data: data.buffer,
            start: data.offsetInBytes,
            count: data.length),
        'Cannot open file',
        path);
  }

  Future<File> writeAsBytes(List<int> bytes,
          {FileMode mode = FileMode.write, bool flush = false}) =>
      Future(() {
        writeAsBytesSync(bytes, mode: mode, flush: flush);
        return this;
      });

  void writeAsStringSync(String contents,
      {FileMode mode = FileMode.write,
      Encoding encoding = utf8,
      bool flush = false}) {
    writeAsBytesSync(encoding.encode(contents), mode: mode, flush: flush);
  }

  Future<File> writeAsString(String contents,
          {FileMode mode = FileMode.write,
          Encoding encoding = utf8,
          bool flush = false}) =>
      Future(() {
        writeAsStringSync(contents,
            mode: mode, encoding: encoding, flush: flush);
        return this;
      });

  String toString() => "File: '$path'";
}
