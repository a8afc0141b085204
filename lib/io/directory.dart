part of dart.io;

external String _currentDirectory();

abstract interface class Directory implements FileSystemEntity {
  factory Directory(String path) = _Directory;
  factory Directory.fromUri(Uri uri) => _Directory(uri.toFilePath());

  static Directory get current => _Directory(_currentDirectory());
  static Directory get systemTemp =>
      _Directory(Platform.environment['TMPDIR'] ?? '/tmp');

  Future<Directory> create({bool recursive = false});
  void createSync({bool recursive = false});
  Future<Directory> createTemp([String? prefix]);
  Directory createTempSync([String? prefix]);
  Future<Directory> rename(String newPath);
  Directory renameSync(String newPath);
  Directory get absolute;
  Stream<FileSystemEntity> list(
      {bool recursive = false, bool followLinks = true});
  List<FileSystemEntity> listSync(
      {bool recursive = false, bool followLinks = true});
}

final class _Directory extends FileSystemEntity implements Directory {
  _Directory(this.path);

  final String path;

  static int _temporaryCount = 0;

  Uri get uri => Uri.directory(path);

  bool existsSync() => identical(
      FileSystemEntity.typeSync(path), FileSystemEntityType.directory);

  Directory get absolute => _Directory(_absolutePath);

  void createSync({bool recursive = false}) {
    if (existsSync()) return;
    if (recursive) {
      final above = parent;
      if (above.path != path && !above.existsSync()) {
        above.createSync(recursive: true);
      }
    }
    _check(_callOn(_Call.makeDirectory, path: path), 'Creation failed', path);
  }

  Future<Directory> create({bool recursive = false}) => Future(() {
        createSync(recursive: recursive);
        return this;
      });

  Directory createTempSync([String? prefix]) {
    for (;;) {
      final name = '$path/${prefix ?? ''}$pid-${_temporaryCount++}';
      final result = _callOn(_Call.makeDirectory, path: name);
      if (result == -17) continue;
      _check(result, 'Creation of temporary directory failed', name);
      return _Directory(name);
    }
  }

  Future<Directory> createTemp([String? prefix]) =>
      Future(() => createTempSync(prefix));

  Directory renameSync(String newPath) {
    _check(_callOn(_Call.rename, path: path, target: newPath),
        "Rename failed to '$newPath'", path);
    return _Directory(newPath);
  }

  Future<Directory> rename(String newPath) =>
      Future(() => renameSync(newPath));

  void deleteSync({bool recursive = false}) {
    if (recursive) {
      for (final entity in listSync(followLinks: false)) {
        entity.deleteSync(recursive: true);
      }
    }
    _check(_callOn(_Call.remove, path: path), 'Deletion failed', path);
  }

  List<FileSystemEntity> listSync(
      {bool recursive = false, bool followLinks = true}) {
    final found = <FileSystemEntity>[];
    final waiting = <String>[path];
    while (waiting.isNotEmpty) {
      final folder = waiting.removeLast();
      final length = _check(_callOn(_Call.list, path: folder),
          'Directory listing failed', folder);
      final names = utf8.decode(_take(length), allowMalformed: true).split('\x00')
        ..removeLast();
      for (final name in names) {
        final inside = folder.endsWith('/') ? '$folder$name' : '$folder/$name';
        final type =
            FileSystemEntity.typeSync(inside, followLinks: followLinks);
        if (identical(type, FileSystemEntityType.directory)) {
          found.add(_Directory(inside));
          if (recursive) waiting.add(inside);
        } else {
          found.add(_File(inside));
        }
      }
    }
    return found;
  }

  Stream<FileSystemEntity> list(
          {bool recursive = false, bool followLinks = true}) =>
      Stream.fromIterable(
          listSync(recursive: recursive, followLinks: followLinks));

  String toString() => "Directory: '$path'";
}
