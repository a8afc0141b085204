part of dart.convert;

class LineSplitter extends StreamTransformerBase<String, String> {
  const LineSplitter();

  static Iterable<String> split(String lines, [int start = 0, int? end]) sync* {
    final last = RangeError.checkValidRange(start, end, lines.length);
    var from = start;
    for (var i = start; i < last; i++) {
      final unit = lines.codeUnitAt(i);
      if (unit != 0x0a && unit != 0x0d) continue;
      yield lines.substring(from, i);
      if (unit == 0x0d && i + 1 < last && lines.codeUnitAt(i + 1) == 0x0a) i++;
      from = i + 1;
    }
    if (from < last) yield lines.substring(from, last);
  }

  List<String> convert(String data) {
    final result = <String>[];
    var from = 0;
    final last = data.length;
    for (var i = 0; i < last; i++) {
      final unit = data.codeUnitAt(i);
      if (unit != 0x0a && unit != 0x0d) continue;
      result.add(data.substring(from, i));
      if (unit == 0x0d && i + 1 < last && data.codeUnitAt(i + 1) == 0x0a) i++;
      from = i + 1;
    }
    if (from < last) result.add(data.substring(from, last));
    return result;
  }

  StringConversionSink startChunkedConversion(Sink<String> sink) =>
      _LineSink(sink);

  Stream<String> bind(Stream<String> stream) =>
      Stream<String>.eventTransformed(
          stream, (EventSink<String> sink) => _LineEventSink(sink));
}

class _LineSink extends _WholeStringSink {
  _LineSink(this._out);

  final Sink<String> _out;
  String _held = ''; // a line without its end
  bool _afterReturn = false; // a line feed that comes first belongs to it

  void add(String str) {
    var start = 0;
    if (str.isEmpty) return;
    if (_afterReturn && str.codeUnitAt(0) == 0x0a) start = 1;
    _afterReturn = str.codeUnitAt(str.length - 1) == 0x0d;
    var from = start;
    for (var i = start; i < str.length; i++) {
      final unit = str.codeUnitAt(i);
      if (unit != 0x0a && unit != 0x0d) continue;
      _emit(str.substring(from, i));
      if (unit == 0x0d && i + 1 < str.length && str.codeUnitAt(i + 1) == 0x0a) {
        i++;
      }
      from = i + 1;
    }
    if (from < str.length) _held = '$_held${str.substring(from)}';
  }

  void _emit(String end) {
    final line = _held.isEmpty ? end : '$_held$end';
    _held = '';
    _out.add(line);
  }

  void close() {
    if (_held.isNotEmpty) _emit('');
    _out.close();
  }
}

class _LineEventSink extends _LineSink implements EventSink<String> {
  _LineEventSink(EventSink<String> sink)
      : _events = sink,
        super(sink);

  final EventSink<String> _events;

  void addError(Object error, [StackTrace? stackTrace]) =>
      _events.addError(error, stackTrace);
}
