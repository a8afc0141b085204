part of dart.io;

abstract interface class IOSink implements StreamSink<List<int>>, StringSink {
  Encoding get encoding;
  set encoding(Encoding value);
  void add(List<int> data);
  void write(Object? object);
  void writeAll(Iterable objects, [String separator = '']);
  void writeln([Object? object = '']);
  void writeCharCode(int charCode);
  void addError(Object error, [StackTrace? stackTrace]);
  Future addStream(Stream<List<int>> stream);
  Future flush();
  Future close();
  Future get done;
}

// What all sinks here share: everything becomes bytes that are written at once.
abstract base class _Sink implements IOSink {
  _Sink(this.encoding);

  Encoding encoding;
  final Completer<void> _done = Completer<void>();
  bool _isClosed = false;

  void _writeBytes(Uint8List bytes);

  void add(List<int> data) {
    if (_isClosed) throw StateError('StreamSink is closed');
    _writeBytes(data is Uint8List ? data : Uint8List.fromList(data));
  }

  void write(Object? object) {
    final text = '$object';
    if (text.isNotEmpty) add(encoding.encode(text));
  }

  void writeln([Object? object = '']) => write('$object\n');

  void writeAll(Iterable objects, [String separator = '']) {
    final text = StringBuffer();
    var isFirst = true;
    for (final object in objects) {
      if (!isFirst) text.write(separator);
      isFirst = false;
      text.write(object);
    }
    write(text);
  }

  void writeCharCode(int charCode) => write(String.fromCharCode(charCode));

  void addError(Object error, [StackTrace? stackTrace]) {
    if (!_done.isCompleted) _done.completeError(error, stackTrace);
  }

  Future addStream(Stream<List<int>> stream) async {
    await for (final data in stream) {
      add(data);
    }
  }

  Future flush() => Future.value(this);

  Future get done => _done.future;

  Future close() {
    _isClosed = true;
    if (!_done.isCompleted) _done.complete();
    return done;
  }
}

final class _DescriptorSink extends _Sink {
  _DescriptorSink(this._file, super.encoding);

  final _RandomAccessFile _file;

  void _writeBytes(Uint8List bytes) => _file.writeFromSync(bytes);

  Future close() {
    if (!_isClosed) _file.closeSync();
    return super.close();
  }
}
