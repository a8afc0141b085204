part of dart.convert;

abstract interface class ChunkedConversionSink<T> implements Sink<T> {
  factory ChunkedConversionSink.withCallback(
      void callback(List<T> accumulated)) = _CollectingSink<T>;

  void add(T chunk);
  void close();
}

class _CollectingSink<T> implements ChunkedConversionSink<T> {
  _CollectingSink(this._callback);

  final void Function(List<T>) _callback;
  final List<T> _chunks = <T>[];

  void add(T chunk) => _chunks.add(chunk);
  void close() => _callback(_chunks);
}

abstract class ByteConversionSink
    implements ChunkedConversionSink<List<int>> {
  const ByteConversionSink();

  factory ByteConversionSink.withCallback(
      void callback(List<int> accumulated)) = _CollectingByteSink;
  factory ByteConversionSink.from(Sink<List<int>> sink) = _PlainByteSink;

  void add(List<int> chunk);

  void addSlice(List<int> chunk, int start, int end, bool isLast) {
    add(chunk.sublist(start, end));
    if (isLast) close();
  }
}

typedef ByteConversionSinkBase = ByteConversionSink;

class _CollectingByteSink extends ByteConversionSink {
  _CollectingByteSink(this._callback);

  final void Function(List<int>) _callback;
  final BytesBuilder _bytes = BytesBuilder();

  void add(List<int> chunk) => _bytes.add(chunk);
  void close() => _callback(_bytes.takeBytes());
}

class _PlainByteSink extends ByteConversionSink {
  _PlainByteSink(this._sink);

  final Sink<List<int>> _sink;

  void add(List<int> chunk) => _sink.add(chunk);
  void close() => _sink.close();
}

abstract interface class ClosableStringSink implements StringSink {
  factory ClosableStringSink.fromStringSink(
      StringSink sink, void onClose()) = _ClosableStringSink;

  void close();
}

class _ClosableStringSink implements ClosableStringSink {
  _ClosableStringSink(this._sink, this._onClose);

  final StringSink _sink;
  final void Function() _onClose;

  void write(Object? object) => _sink.write(object);
  void writeAll(Iterable objects, [String separator = '']) =>
      _sink.writeAll(objects, separator);
  void writeln([Object? object = '']) => _sink.writeln(object);
  void writeCharCode(int charCode) => _sink.writeCharCode(charCode);
  void close() => _onClose();
}

abstract mixin class StringConversionSink
    implements ChunkedConversionSink<String> {
  const StringConversionSink();

  factory StringConversionSink.withCallback(void callback(String accumulated)) =
      _CollectingStringSink;
  factory StringConversionSink.from(Sink<String> sink) = _PlainStringSink;
  factory StringConversionSink.fromStringSink(StringSink sink) =
      _StringSinkAdapter;

  void add(String str) => addSlice(str, 0, str.length, false);
  void addSlice(String chunk, int start, int end, bool isLast);
  ByteConversionSink asUtf8Sink(bool allowMalformed) =>
      _Utf8DecoderSink(this, allowMalformed);
  ClosableStringSink asStringSink() => _ChunkStringSink(this);
}

typedef StringConversionSinkBase = StringConversionSink;
typedef StringConversionSinkMixin = StringConversionSink;

abstract class _WholeStringSink extends StringConversionSink {
  void add(String str);

  void addSlice(String chunk, int start, int end, bool isLast) {
    add(chunk.substring(start, end));
    if (isLast) close();
  }
}

class _CollectingStringSink extends _WholeStringSink {
  _CollectingStringSink(this._callback);

  final void Function(String) _callback;
  final StringBuffer _text = StringBuffer();

  void add(String str) => _text.write(str);
  void close() => _callback(_text.toString());
}

class _PlainStringSink extends _WholeStringSink {
  _PlainStringSink(this._sink);

  final Sink<String> _sink;

  void add(String str) => _sink.add(str);
  void close() => _sink.close();
}

class _StringSinkAdapter extends _WholeStringSink {
  _StringSinkAdapter(this._sink);

  final StringSink _sink;

  void add(String str) => _sink.write(str);
  void close() {
    final sink = _sink;
    if (sink is ClosableStringSink) sink.close();
  }
}

class _ChunkStringSink implements ClosableStringSink {
  _ChunkStringSink(this._sink);

  final StringConversionSink _sink;

  void write(Object? object) => _sink.add('$object');
  void writeln([Object? object = '']) => _sink.add('$object\n');
  void writeCharCode(int charCode) => _sink.add(String.fromCharCode(charCode));
  void writeAll(Iterable objects, [String separator = '']) =>
      _sink.add(objects.join(separator));
  void close() => _sink.close();
}

// Converts each chunk by itself.
class _ChunkSink<S, T> implements ChunkedConversionSink<S> {
  _ChunkSink(this._convert, this._out);

  final T Function(S) _convert;
  final Sink<T> _out;

  void add(S chunk) => _out.add(_convert(chunk));
  void close() => _out.close();
}

class _ByteChunkSink<T> extends ByteConversionSink {
  _ByteChunkSink(this._convert, this._out);

  final T Function(List<int>) _convert;
  final Sink<T> _out;

  void add(List<int> chunk) => _out.add(_convert(chunk));
  void close() => _out.close();
}

class _StringChunkSink<T> extends _WholeStringSink {
  _StringChunkSink(this._convert, this._out);

  final T Function(String) _convert;
  final Sink<T> _out;

  void add(String chunk) => _out.add(_convert(chunk));
  void close() => _out.close();
}
