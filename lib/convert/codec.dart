part of dart.convert;

abstract mixin class Codec<S, T> {
  const Codec();

  Converter<S, T> get encoder;
  Converter<T, S> get decoder;
  T encode(S input) => encoder.convert(input);
  S decode(T encoded) => decoder.convert(encoded);
  Codec<S, R> fuse<R>(Codec<T, R> other) => _FusedCodec<S, T, R>(this, other);
  Codec<T, S> get inverted => _InvertedCodec<T, S>(this);
}

class _FusedCodec<S, M, T> extends Codec<S, T> {
  _FusedCodec(this._first, this._second);

  final Codec<S, M> _first;
  final Codec<M, T> _second;

  Converter<S, T> get encoder => _first.encoder.fuse<T>(_second.encoder);
  Converter<T, S> get decoder => _second.decoder.fuse<S>(_first.decoder);
}

class _InvertedCodec<T, S> extends Codec<T, S> {
  _InvertedCodec(this._codec);

  final Codec<S, T> _codec;

  Converter<T, S> get encoder => _codec.decoder;
  Converter<S, T> get decoder => _codec.encoder;
  Codec<S, T> get inverted => _codec;
}

abstract mixin class Converter<S, T> implements StreamTransformer<S, T> {
  const Converter();

  static Converter<TS, TT> castFrom<SS, ST, TS, TT>(Converter<SS, ST> source) =>
      _CastConverter<SS, ST, TS, TT>(source);

  T convert(S input);

  Converter<S, TT> fuse<TT>(Converter<T, TT> other) =>
      _FusedConverter<S, T, TT>(this, other);

  Sink<S> startChunkedConversion(Sink<T> sink) =>
      throw UnsupportedError('This converter does not support chunked '
          'conversions: $this');

  Stream<T> bind(Stream<S> stream) => Stream<T>.eventTransformed(
      stream, (EventSink<T> sink) => _ConverterSink<S, T>(this, sink));

  Converter<RS, RT> cast<RS, RT>() => Converter.castFrom<S, T, RS, RT>(this);
}

class _FusedConverter<S, M, T> extends Converter<S, T> {
  _FusedConverter(this._first, this._second);

  final Converter<S, M> _first;
  final Converter<M, T> _second;

  T convert(S input) => _second.convert(_first.convert(input));
  Sink<S> startChunkedConversion(Sink<T> sink) =>
      _first.startChunkedConversion(_second.startChunkedConversion(sink));
}

class _CastConverter<SS, ST, TS, TT> extends Converter<TS, TT> {
  _CastConverter(this._source);

  final Converter<SS, ST> _source;

  TT convert(TS input) => _source.convert(input as SS) as TT;
  Stream<TT> bind(Stream<TS> stream) =>
      _source.bind(stream.cast<SS>()).cast<TT>();
}

// A chunked conversion between the events of two streams.
class _ConverterSink<S, T> implements EventSink<S> {
  _ConverterSink(Converter<S, T> converter, EventSink<T> sink) : _out = sink {
    _chunks = converter.startChunkedConversion(sink);
  }

  final EventSink<T> _out;
  late final Sink<S> _chunks;

  void add(S data) => _chunks.add(data);
  void addError(Object error, [StackTrace? stackTrace]) =>
      _out.addError(error, stackTrace);
  void close() => _chunks.close();
}

abstract class Encoding extends Codec<String, List<int>> {
  const Encoding();

  Converter<String, List<int>> get encoder;
  Converter<List<int>, String> get decoder;
  String get name;

  Future<String> decodeStream(Stream<List<int>> byteStream) =>
      decoder.bind(byteStream).fold<StringBuffer>(StringBuffer(),
          (StringBuffer buffer, String text) => buffer..write(text)).then(
          (StringBuffer buffer) => buffer.toString());

  static Encoding? getByName(String? name) {
    switch (name?.toLowerCase()) {
      case 'utf-8' || 'utf8' || 'csutf8':
        return utf8;
      case 'us-ascii' || 'ascii' || 'us' || 'iso-ir-6' || 'ansi_x3.4-1968' ||
            'ansi_x3.4-1986' || 'iso_646.irv:1991' || 'iso646-us' ||
            'ibm367' || 'cp367' || 'csascii':
        return ascii;
      case 'iso-8859-1' || 'iso_8859-1' || 'iso_8859-1:1987' ||
            'iso-ir-100' || 'latin1' || 'l1' || 'ibm819' || 'cp819' ||
            'csisolatin1':
        return latin1;
    }
    return null;
  }
}
