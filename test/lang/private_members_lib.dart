// part-of-test
abstract class Base {
  String _secret();
  String tell() => _secret();
}

class Base2 extends Base {
  @override
  dynamic noSuchMethod(Invocation i) => 'Base2';
}
