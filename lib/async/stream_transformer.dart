part of dart.async;

abstract interface class StreamTransformer<S, T> {
  const factory StreamTransformer(
      StreamSubscription<T> onListen(
          Stream<S> stream, bool cancelOnError)) = _ListenTransformer<S, T>;

  factory StreamTransformer.fromHandlers(
      {void handleData(S data, EventSink<T> sink)?,
      void handleError(Object error, StackTrace stackTrace, EventSink<T> sink)?,
      void handleDone(EventSink<T> sink)?}) = _HandlerTransformer<S, T>;

  factory StreamTransformer.fromBind(Stream<T> Function(Stream<S>) bind) =
      _BindTransformer<S, T>;

  static StreamTransformer<TS, TT> castFrom<SS, ST, TS, TT>(
          StreamTransformer<SS, ST> source) =>
      _CastTransformer<SS, ST, TS, TT>(source);

  Stream<T> bind(Stream<S> stream);
  StreamTransformer<RS, RT> cast<RS, RT>();
}

abstract class StreamTransformerBase<S, T> implements StreamTransformer<S, T> {
  const StreamTransformerBase();

  Stream<T> bind(Stream<S> stream);
  StreamTransformer<RS, RT> cast<RS, RT>() =>
      StreamTransformer.castFrom<S, T, RS, RT>(this);
}

class _ListenTransformer<S, T> extends StreamTransformerBase<S, T> {
  const _ListenTransformer(this._onListen);

  final StreamSubscription<T> Function(Stream<S>, bool) _onListen;

  Stream<T> bind(Stream<S> stream) => _ListenStream<S, T>(stream, _onListen);
}

class _ListenStream<S, T> extends Stream<T> {
  _ListenStream(this._source, this._onListen);

  final Stream<S> _source;
  final StreamSubscription<T> Function(Stream<S>, bool) _onListen;

  bool get isBroadcast => _source.isBroadcast;

  StreamSubscription<T> listen(void onData(T event)?,
      {Function? onError, void onDone()?, bool? cancelOnError}) {
    final subscription = _onListen(_source, cancelOnError ?? false);
    subscription.onData(onData);
    subscription.onError(onError);
    subscription.onDone(onDone);
    return subscription;
  }
}

class _BindTransformer<S, T> extends StreamTransformerBase<S, T> {
  _BindTransformer(this._bind);

  final Stream<T> Function(Stream<S>) _bind;

  Stream<T> bind(Stream<S> stream) => _bind(stream);
}

class _CastTransformer<SS, ST, TS, TT> extends StreamTransformerBase<TS, TT> {
  _CastTransformer(this._source);

  final StreamTransformer<SS, ST> _source;

  Stream<TT> bind(Stream<TS> stream) =>
      _source.bind(stream.cast<SS>()).cast<TT>();
}

class _HandlerTransformer<S, T> extends StreamTransformerBase<S, T> {
  _HandlerTransformer({this.handleData, this.handleError, this.handleDone});

  final void Function(S, EventSink<T>)? handleData;
  final void Function(Object, StackTrace, EventSink<T>)? handleError;
  final void Function(EventSink<T>)? handleDone;

  Stream<T> bind(Stream<S> stream) {
    final data = handleData, error = handleError, done = handleDone;
    return _PipeStream<S, T>(stream, (sink) {
      return _Pipe<S>(
          data == null
              ? (value) => sink.add(value as T)
              : (value) => data(value, sink),
          error == null
              ? sink.addError
              : (e, trace) => error(e, trace, sink),
          done == null ? sink.close : () => done(sink));
    });
  }
}
