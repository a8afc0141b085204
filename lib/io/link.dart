part of dart.io;

abstract interface class Link implements FileSystemEntity {
  factory Link(String path) = _Link;
  factory Link.fromUri(Uri uri) => _Link(uri.toFilePath());

  Future<Link> create(String target, {bool recursive = false});
  void createSync(String target, {bool recursive = false});
  Future<Link> update(String target);
  void updateSync(String target);
  Future<Link> rename(String newPath);
  Link renameSync(String newPath);
  Future<String> target();
  String targetSync();
  Link get absolute;
}

final class _Link extends FileSystemEntity implements Link {
  _Link(this.path);

  final String path;

  FileSystemEntityType get _expectedType => FileSystemEntityType.link;

  Link get absolute => _Link(_absolutePath);

  _Action<Link> _create(String target, bool recursive) =>
      _Action(_Call.link, (result) {
        _check(result, "Cannot create link to target '$target'", path);
        return this;
      }, path: path, target: target, offset: recursive ? 1 : 0);

  void createSync(String target, {bool recursive = false}) =>
      _create(target, recursive).now();
  Future<Link> create(String target, {bool recursive = false}) =>
      _create(target, recursive).later();

  void updateSync(String target) {
    deleteSync();
    createSync(target);
  }

  Future<Link> update(String target) async {
    await delete();
    return create(target);
  }

  _Action<Link> _rename(String newPath) => _Action(_Call.rename, (result) {
        _check(result, "Cannot rename link to '$newPath'", path);
        return _Link(newPath);
      }, path: path, target: newPath);

  Link renameSync(String newPath) => _rename(newPath).now();
  Future<Link> rename(String newPath) => _rename(newPath).later();

  _Action<String> get _target => _Action(
      _Call.readLink,
      (result) =>
          _takeText(_check(result, 'Cannot get target of link', path)),
      path: path);

  String targetSync() => _target.now();
  Future<String> target() => _target.later();

  String toString() => "Link: '$path'";
}
