part of dart.io;

abstract interface class IOSink implements StreamSink<List<int>>, StringSink {
  factory IOSink(StreamConsumer<List<int>> target, {Encoding encoding = utf8}) =>
      _ConsumerSink(target, encoding);

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

// Hands what is written to a consumer of streams: as one stream, until a flush
// or a stream of someone else comes between.
final class _ConsumerSink extends _Sink {
  _ConsumerSink(this._target, super.encoding);

  final StreamConsumer<List<int>> _target;
  StreamController<List<int>>? _controller; // of the stream under way
  Future<Object?>? _passing; // until the consumer has had it
  bool _isBound = false; // by addStream or flush

  StreamController<List<int>> get _stream {
    if (_isBound) throw StateError('StreamSink is bound to a stream');
    final open = _controller;
    if (open != null) return open;
    final made = StreamController<List<int>>(sync: true);
    _controller = made;
    _passing = _target.addStream(made.stream).then((_) => null, onError: _fail);
    return made;
  }

  // What the consumer does not take comes by `done`, and so by what waits for it.
  void _fail(Object error, StackTrace trace) {
    if (!_done.isCompleted) _done.completeError(error, trace);
  }

  void _writeBytes(Uint8List bytes) => _stream.add(bytes);

  // The very list goes through.
  void add(List<int> data) {
    if (_isClosed) throw StateError('StreamSink is closed');
    _stream.add(data);
  }

  void writeAll(Iterable objects, [String separator = '']) {
    var isFirst = true;
    for (final object in objects) {
      if (!isFirst && separator.isNotEmpty) write(separator);
      isFirst = false;
      write(object);
    }
  }

  void addError(Object error, [StackTrace? stackTrace]) {
    if (_isClosed) throw StateError('StreamSink is closed');
    _stream.addError(error, stackTrace);
  }

  Future<void> _drain() async {
    final open = _controller, passing = _passing;
    _controller = _passing = null;
    if (open == null) return;
    open.close();
    await passing;
    if (_done.isCompleted) await done;
  }

  Future _whileBound(Future<Object?> Function() action) {
    if (_isBound) throw StateError('StreamSink is bound to a stream');
    if (_isClosed) throw StateError('StreamSink is closed');
    _isBound = true;
    return _drain().then((_) => action()).then((_) => this).whenComplete(() {
      _isBound = false;
    });
  }

  Future addStream(Stream<List<int>> stream) =>
      _whileBound(() => _target.addStream(stream));

  Future flush() => _whileBound(() => Future<void>.value());

  Future close() {
    if (_isBound) throw StateError('StreamSink is bound to a stream');
    if (_isClosed) return done;
    _isClosed = true;
    _drain().then((_) => _target.close()).then((_) {
      if (!_done.isCompleted) _done.complete();
    }, onError: _fail);
    return done;
  }
}
