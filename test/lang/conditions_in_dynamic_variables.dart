// A condition kept in a variable of type dynamic promotes too.
String describe(Object o) {
  dynamic isInt = o is int;
  var isText;
  isText = o is String;
  if (isInt) return '${o.isEven}';
  if (isText) return o.toUpperCase();
  return 'neither';
}

void main() {
  print(describe(2)); // expect: true
  print(describe('a')); // expect: A
  print(describe(2.5)); // expect: neither
}
