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

  FileSystemEntityType get _expectedType => FileSystemEntityType.directory;

  Uri get uri => Uri.directory(path);

  Directory get absolute => _Directory(_absolutePath);

  _Action<Directory> _create(bool recursive) =>
      _Action(_Call.makeDirectory, (result) {
        _check(result, 'Creation failed', path);
        return this;
      }, path: path, flags: recursive ? 1 : 0, offset: 1);

  void createSync({bool recursive = false}) => _create(recursive).now();
  Future<Directory> create({bool recursive = false}) =>
      _create(recursive).later();

  // Null when there is something of that name.
  _Action<Directory?> _createTemp(String? prefix) {
    final name = '$path/${prefix ?? ''}$pid-${_temporaryCount++}';
    return _Action(_Call.makeDirectory, (result) {
      if (result == -17) return null;
      _check(result, 'Creation of temporary directory failed', name);
      return _Directory(name);
    }, path: name);
  }

  Directory createTempSync([String? prefix]) {
    Directory? made;
    while (made == null) {
      made = _createTemp(prefix).now();
    }
    return made;
  }

  Future<Directory> createTemp([String? prefix]) async {
    Directory? made;
    while (made == null) {
      made = await _createTemp(prefix).later();
    }
    return made;
  }

  _Action<Directory> _rename(String newPath) => _Action(_Call.rename, (result) {
        _check(result, "Rename failed to '$newPath'", path);
        return _Directory(newPath);
      }, path: path, target: newPath);

  Directory renameSync(String newPath) => _rename(newPath).now();
  Future<Directory> rename(String newPath) => _rename(newPath).later();

  // What a directory holds: of each a digit, its kind, and its name.
  static _Action<List<FileSystemEntity>> _entries(
          String folder, bool followLinks) =>
      _Action(_Call.list, (result) {
        final length = _check(result, 'Directory listing failed', folder);
        final lines = _takeText(length).split('\x00')..removeLast();
        final start = folder.endsWith('/') ? folder : '$folder/';
        return [
          for (final line in lines)
            _entity(line.codeUnitAt(0) - 0x30, '$start${line.substring(1)}')
        ];
      }, path: folder, flags: followLinks ? 1 : 0);

  static FileSystemEntity _entity(int kind, String path) =>
      switch (FileSystemEntityType._of(kind)) {
        FileSystemEntityType.directory => _Directory(path),
        FileSystemEntityType.link => _Link(path),
        _ => _File(path),
      };

  List<FileSystemEntity> listSync(
      {bool recursive = false, bool followLinks = true}) {
    final found = <FileSystemEntity>[];
    final waiting = <String>[path];
    while (waiting.isNotEmpty) {
      for (final entity
          in _entries(waiting.removeLast(), followLinks).now()) {
        found.add(entity);
        if (recursive && entity is Directory) waiting.add(entity.path);
      }
    }
    return found;
  }

  Stream<FileSystemEntity> list(
      {bool recursive = false, bool followLinks = true}) async* {
    final waiting = <String>[path];
    while (waiting.isNotEmpty) {
      for (final entity
          in await _entries(waiting.removeLast(), followLinks).later()) {
        yield entity;
        if (recursive && entity is Directory) waiting.add(entity.path);
      }
    }
  }

  String toString() => "Directory: '$path'";
}
