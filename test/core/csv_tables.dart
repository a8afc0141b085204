// Reading and writing CSV, and a table of it with aligned columns.
class CsvFormatException extends FormatException {
  const CsvFormatException(super.message, this.line);
  final int line;
}

List<List<String>> parseCsv(String text, {String separator = ','}) {
  final rows = <List<String>>[];
  var row = <String>[], field = StringBuffer(), line = 1, start = 0;
  var isQuoted = false, wasQuoted = false;
  void endField() {
    row.add(field.toString());
    field.clear();
    wasQuoted = false;
  }

  void endRow() {
    endField();
    rows.add(row);
    row = [];
  }

  for (var i = 0; i < text.length; i++) {
    final c = text[i];
    if (c == '\n') line++;
    if (isQuoted) {
      if (c != '"') {
        field.write(c);
      } else if (i + 1 < text.length && text[i + 1] == '"') {
        field.write('"');
        i++;
      } else {
        isQuoted = false;
      }
    } else if (c == '"') {
      if (field.isNotEmpty || wasQuoted) {
        throw CsvFormatException('quote inside a field', line);
      }
      isQuoted = wasQuoted = true;
      start = line;
    } else if (c == separator) {
      endField();
    } else if (c == '\n') {
      endRow();
    } else if (c != '\r') {
      if (wasQuoted) throw CsvFormatException('text after a quote', line);
      field.write(c);
    }
  }
  if (isQuoted) throw CsvFormatException('quote without end', start);
  if (field.isNotEmpty || row.isNotEmpty || wasQuoted) endRow();
  return rows;
}

String writeCsv(Iterable<Iterable<Object?>> rows) {
  String quote(Object? value) {
    final text = '${value ?? ''}';
    return text.contains(RegExp('[",\r\n]'))
        ? '"${text.replaceAll('"', '""')}"'
        : text;
  }

  return rows.map((row) => '${row.map(quote).join(',')}\n').join();
}

class Table {
  Table(List<List<String>> rows)
      : _header = rows.first,
        _rows = rows.sublist(1);

  final List<String> _header;
  final List<List<String>> _rows;

  Iterable<Map<String, String>> get records =>
      _rows.map((row) => Map.fromIterables(_header, row));

  Table where(bool Function(Map<String, String>) test) => Table([
        _header,
        for (final (i, record) in records.indexed)
          if (test(record)) _rows[i],
      ]);

  Table sortedBy(String column, {bool descending = false}) {
    final at = _header.indexOf(column);
    Comparable key(List<String> row) => num.tryParse(row[at]) ?? row[at];
    final sorted = [..._rows]..sort((a, b) => key(a).compareTo(key(b)));
    return Table([_header, ...descending ? sorted.reversed : sorted]);
  }

  Map<String, double> meanBy(String group, String value) {
    final sums = <String, (double, int)>{};
    for (final record in records) {
      final key = record[group]!, text = record[value]!;
      final (sum, n) = sums[key] ?? (0, 0);
      sums[key] = (sum + double.parse(text), n + 1);
    }
    return sums.map((key, value) => MapEntry(key, value.$1 / value.$2));
  }

  @override
  String toString() {
    final all = [_header, ..._rows];
    final widths = [
      for (var i = 0; i < _header.length; i++)
        all.map((row) => row[i].length).reduce((a, b) => a > b ? a : b)
    ];
    String line(List<String> row) => [
          for (final (i, cell) in row.indexed)
            num.tryParse(cell) == null
                ? cell.padRight(widths[i])
                : cell.padLeft(widths[i])
        ].join(' | ');
    return [
      line(_header),
      widths.map((w) => '-' * w).join('-+-'),
      ..._rows.map(line),
    ].join('\n');
  }
}

const _people = '''
name,town,age,note
Ann,Bern,31,"likes ""tea"", black"
Bob,Basel,9,
Cleo,Bern,40,two
Dan,Basel,22,"a
b"
''';

void main() {
  final rows = parseCsv(_people);
  print(rows.length); // expect: 5
  print(rows[1].last); // expect: likes "tea", black
  print(rows[4].last.split('\n')); // expect: [a, b]
  print(writeCsv(rows) == _people); // expect: true
  print(parseCsv('a;;"";c\r\n;', separator: ';'));
  // expect: [[a, , , c], [, ]]
  print(parseCsv('')); // expect: []
  print(writeCsv([[1, 2.5, null, true], ['x,y']]).split('\n'));
  // expect: [1,2.5,,true, "x,y", ]

  final table = Table([for (final row in rows) row.sublist(0, 3)]);
  print(table.sortedBy('age', descending: true));
  // expect: name | town  | age
  // expect: -----+-------+----
  // expect: Cleo | Bern  |  40
  // expect: Ann  | Bern  |  31
  // expect: Dan  | Basel |  22
  // expect: Bob  | Basel |   9
  print(table.meanBy('town', 'age')); // expect: {Bern: 35.5, Basel: 15.5}
  print(table.where((r) => r['town'] == 'Bern').records.toList());
  // expect: [{name: Ann, town: Bern, age: 31}, {name: Cleo, town: Bern, age: 40}]

  for (final bad in ['a"b', '"a"b', 'x\n"open\n\n', '"a""b" "c"']) {
    try {
      print(parseCsv(bad));
    } on CsvFormatException catch (error) {
      print('${error.line}: ${error.message}');
    }
  }
  // expect: 1: quote inside a field
  // expect: 1: text after a quote
  // expect: 2: quote without end
  // expect: 1: text after a quote
}
