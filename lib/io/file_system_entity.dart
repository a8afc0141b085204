part of dart.io;

final class FileSystemEntityType {
  const FileSystemEntityType._(this._name);

  static const file = FileSystemEntityType._('file');
  static const directory = FileSystemEntityType._('directory');
  static const link = FileSystemEntityType._('link');
  static const unixDomainSock = FileSystemEntityType._('unixDomainSock');
  static const pipe = FileSystemEntityType._('pipe');
  static const notFound = FileSystemEntityType._('notFound');

  // By IoFileKind of src/io/call.h.
  static const List<FileSystemEntityType> _byKind = [
    notFound,
    file,
    directory,
    link,
    pipe,
    unixDomainSock,
    notFound,
  ];

  // Of what a call answers: an error is nothing, too.
  static FileSystemEntityType _of(int kind) =>
      kind < 0 ? notFound : _byKind[kind];

  final String _name;

  String toString() => _name;
}

final class FileStat {
  FileStat._(this.type, this.size, this.mode, this.modified, this.accessed,
      this.changed);

  final FileSystemEntityType type;
  final int size;
  final int mode;
  final DateTime modified, accessed, changed;

  FileStat._found(this.type)
      : size = _field(_Field.size),
        mode = _field(_Field.mode),
        modified = _time(_Field.modified),
        accessed = _time(_Field.accessed),
        changed = _time(_Field.changed);

  static DateTime _time(_Field field) =>
      DateTime.fromMillisecondsSinceEpoch(_field(field));

  static _Action<FileStat> _of(String path) => _Action(_Call.stat, (kind) {
        final type = FileSystemEntityType._of(kind);
        if (!identical(type, FileSystemEntityType.notFound)) {
          return FileStat._found(type);
        }
        final never = DateTime.fromMillisecondsSinceEpoch(0);
        return FileStat._(type, -1, 0, never, never, never);
      }, path: path);

  static Future<FileStat> stat(String path) => _of(path).later();
  static FileStat statSync(String path) => _of(path).now();

  // The nine permission bits as letters.
  String modeString() {
    final text = StringBuffer();
    for (var bit = 8; bit >= 0; bit--) {
      text.write(mode >> bit & 1 == 0 ? '-' : 'xwr'[bit % 3]);
    }
    return text.toString();
  }

  String toString() => 'FileStat: type $type\n'
      '          changed $changed\n'
      '          modified $modified\n'
      '          accessed $accessed\n'
      '          mode ${modeString()}\n'
      '          size $size';
}

abstract class FileSystemEntity {
  String get path;

  Uri get uri => Uri.file(path);
  bool get isAbsolute => path.startsWith('/');

  // What `exists` asks for.
  FileSystemEntityType get _expectedType;

  _Action<bool> get _exists => _Action(
      identical(_expectedType, FileSystemEntityType.link)
          ? _Call.lstat
          : _Call.stat,
      (kind) => identical(FileSystemEntityType._of(kind), _expectedType),
      path: path);

  bool existsSync() => _exists.now();
  Future<bool> exists() => _exists.later();

  FileStat statSync() => FileStat.statSync(path);
  Future<FileStat> stat() => FileStat.stat(path);

  FileSystemEntity get absolute;
  Directory get parent => Directory(parentOf(path));

  FileSystemEntity renameSync(String newPath);
  Future<FileSystemEntity> rename(String newPath);

  _Action<FileSystemEntity> _delete(bool recursive) =>
      _Action(_Call.remove, (result) {
        final isDirectory =
            identical(_expectedType, FileSystemEntityType.directory);
        _check(result, isDirectory ? 'Deletion failed' : 'Cannot delete file',
            path);
        return this;
      },
          path: path,
          flags: recursive ? 1 : 0,
          offset: identical(_expectedType, FileSystemEntityType.directory)
              ? 1
              : 0);

  void deleteSync({bool recursive = false}) => _delete(recursive).now();
  Future<FileSystemEntity> delete({bool recursive = false}) =>
      _delete(recursive).later();

  _Action<String> get _resolve => _Action(
      _Call.resolve,
      (result) =>
          _takeText(_check(result, 'Cannot resolve symbolic links', path)),
      path: path);

  String resolveSymbolicLinksSync() => _resolve.now();
  Future<String> resolveSymbolicLinks() => _resolve.later();

  String get _absolutePath =>
      isAbsolute ? path : '${Directory.current.path}/$path';

  static String parentOf(String path) {
    var end = path.length;
    while (end > 1 && path[end - 1] == '/') {
      end--;
    }
    final slash = end == 0 ? -1 : path.lastIndexOf('/', end - 1);
    if (slash < 0) return '.';
    return slash == 0 ? '/' : path.substring(0, slash);
  }

  static _Action<FileSystemEntityType> _type(String path, bool followLinks) =>
      _Action(followLinks ? _Call.stat : _Call.lstat,
          FileSystemEntityType._of,
          path: path);

  static FileSystemEntityType typeSync(String path,
          {bool followLinks = true}) =>
      _type(path, followLinks).now();
  static Future<FileSystemEntityType> type(String path,
          {bool followLinks = true}) =>
      _type(path, followLinks).later();

  static bool isFileSync(String path) => _File(path).existsSync();
  static bool isDirectorySync(String path) => _Directory(path).existsSync();
  static bool isLinkSync(String path) => _Link(path).existsSync();
  static Future<bool> isFile(String path) => _File(path).exists();
  static Future<bool> isDirectory(String path) => _Directory(path).exists();
  static Future<bool> isLink(String path) => _Link(path).exists();
}
