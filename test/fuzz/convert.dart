// The first byte says which decoder gets the rest.
import 'dart:convert';
import 'dart:isolate';

String? utf(List<int> bytes) {
  final text = utf8.decode(bytes, allowMalformed: true);
  final again = utf8.decode(utf8.encode(text));
  if (again != text) return 'utf8 does not go round';
  final parts = <String>[];
  final sink = utf8.decoder.startChunkedConversion(
      StringConversionSink.withCallback(parts.add));
  // (The callback gets all of it at the end.)
  return () {
    try {
      for (var i = 0; i < bytes.length; i += 3) {
        sink.add(bytes.sublist(i, i + 3 > bytes.length ? bytes.length : i + 3));
      }
      sink.close();
    } on FormatException {
      return text.contains('\ufffd') ? null : 'refused in parts alone';
    }
    return parts.join() == text ? null : 'decoded otherwise in parts';
  }();
}

String? json(List<int> bytes) {
  final text = utf8.decode(bytes, allowMalformed: true);
  final value = jsonDecode(text);
  final encoded = jsonEncode(value);
  if (jsonEncode(jsonDecode(encoded)) != encoded) return 'JSON: $encoded';
  return null;
}

String? numbers(List<int> bytes) {
  final text = String.fromCharCodes(bytes);
  final real = double.tryParse(text), whole = int.tryParse(text);
  if (real != null && !real.isNaN && double.parse('$real') != real) {
    return 'double $text';
  }
  if (whole != null && int.parse('$whole') != whole) return 'int $text';
  final big = BigInt.tryParse(text);
  if (big != null && BigInt.parse('$big') != big) return 'BigInt $text';
  if (whole != null && big != null && BigInt.from(whole) != big &&
      !text.toLowerCase().contains('0x')) {
    return 'int and BigInt differ: $text';
  }
  return null;
}

String? others(int kind, List<int> bytes) {
  final text = String.fromCharCodes(bytes);
  switch (kind % 4) {
    case 0:
      final decoded = base64.decode(text);
      if (base64.normalize(base64.encode(decoded)) != base64.encode(decoded)) {
        return 'base 64';
      }
    case 1:
      final uri = Uri.parse(text);
      if (Uri.parse('$uri') != uri) return 'URI $text: $uri';
    case 2:
      final moment = DateTime.parse(text);
      if (!DateTime.parse(moment.toIso8601String()).isAtSameMomentAs(moment)) {
        return 'DateTime $text: $moment';
      }
    default:
      const LineSplitter().convert(text);
      const HtmlEscape().convert(text);
      Uri.decodeFull(Uri.encodeFull(text));
  }
  return null;
}

String? check(List<int> bytes) {
  if (bytes.isEmpty) return null;
  final rest = bytes.sublist(1);
  try {
    return switch (bytes[0] % 8) {
      0 || 1 => utf(rest),
      2 || 3 => json(rest),
      4 => numbers(rest),
      final kind => others(kind, rest),
    };
  } on FormatException {
    return null;
  } on ArgumentError {
    return bytes[0] % 8 > 4 ? null : 'an ArgumentError';
  } on Object catch (error, trace) {
    return '$error\n$trace';
  }
}

void main(List<String> arguments, SendPort host) {
  final units = ReceivePort();
  host.send(units.sendPort);
  units.listen((bytes) => host.send(check((bytes as List).cast<int>())));
}
