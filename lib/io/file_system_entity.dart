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

  static Future<FileStat> stat(String path) =>
      Future(() => FileStat.statSync(path));

  static FileStat statSync(String path) {
    final kind = _callOn(_Call.stat, path: path);
    final type = kind < 0
        ? FileSystemEntityType.notFound
        : FileSystemEntityType._byKind[kind];
    if (identical(type, FileSystemEntityType.notFound)) {
      final never = DateTime.fromMillisecondsSinceEpoch(0);
      return FileStat._(type, -1, 0, never, never, never);
    }
    return FileStat._(
        type,
        _field(_Field.size),
        _field(_Field.mode),
        DateTime.fromMillisecondsSinceEpoch(_field(_Field.modified)),
        DateTime.fromMillisecondsSinceEpoch(_field(_Field.accessed)),
        DateTime.fromMillisecondsSinceEpoch(_field(_Field.changed)));
  }
}

abstract class FileSystemEntity {
  String get path;

  Uri get uri => Uri.file(path);
  bool get isAbsolute => path.startsWith('/');

  bool existsSync();
  Future<bool> exists() => Future(existsSync);

  FileStat statSync() => FileStat.statSync(path);
  Future<FileStat> stat() => FileStat.stat(path);

  FileSystemEntity get absolute;
  Directory get parent => Directory(parentOf(path));

  FileSystemEntity renameSync(String newPath);
  Future<FileSystemEntity> rename(String newPath);

  void deleteSync({bool recursive = false});
  Future<FileSystemEntity> delete({bool recursive = false}) =>
      Future(() {
        deleteSync(recursive: recursive);
        return this;
      });

  String resolveSymbolicLinksSync() {
    final length = _check(_callOn(_Call.resolve, path: path),
        'Cannot resolve symbolic links', path);
    return utf8.decode(_take(length), allowMalformed: true);
  }

  Future<String> resolveSymbolicLinks() => Future(resolveSymbolicLinksSync);

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

  static FileSystemEntityType typeSync(String path,
      {bool followLinks = true}) {
    final kind =
        _callOn(followLinks ? _Call.stat : _Call.lstat, path: path);
    return kind < 0
        ? FileSystemEntityType.notFound
        : FileSystemEntityType._byKind[kind];
  }

  static Future<FileSystemEntityType> type(String path,
          {bool followLinks = true}) =>
      Future(() => typeSync(path, followLinks: followLinks));

  static bool isFileSync(String path) =>
      identical(typeSync(path), FileSystemEntityType.file);
  static bool isDirectorySync(String path) =>
      identical(typeSync(path), FileSystemEntityType.directory);
  static bool isLinkSync(String path) => identical(
      typeSync(path, followLinks: false), FileSystemEntityType.link);
  static Future<bool> isFile(String path) => Future(() => isFileSync(path));
  static Future<bool> isDirectory(String path) =>
      Future(() => isDirectorySync(path));
  static Future<bool> isLink(String path) => Future(() => isLinkSync(path));
}
