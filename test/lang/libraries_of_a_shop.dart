// Several libraries: show, hide and prefixes, exports, parts, libraries that
// import each other, private names, and a library loaded late.
import 'shop/catalogue.dart' hide describe;
import 'shop/catalogue.dart' as all show describe, calls, Article;
import 'shop/money.dart' as money;
import 'shop/report.dart' deferred as report;

String describe(Object thing) => 'own $thing';
const rate = 2; // hides the imported one

class _Line {}

Future<void> main() async {
  print(describe(1)); // expect: own 1
  print(all.describe(Article.bread)); // expect: bread 2.99
  print(Article.apple == all.Article.apple); // expect: true
  print((Price(150) * 3).text); // expect: 4.50
  print(const Price(100).withTax.text); // expect: 1.25
  print(money.nothing is Price); // expect: true
  print(identical(const Price(0), money.nothing)); // expect: true
  print(rate); // expect: 2
  print(_Line().runtimeType); // expect: _Line

  print(all.calls); // expect: 1
  try {
    report.summary([]);
  } on Error {
    print('not loaded'); // expect: not loaded
  }
  await report.loadLibrary();
  print(report.summary([
    report.Line(Article.apple, 10),
    report.Line(Article.cheese, 1),
  ])); // expect: 2 lines, 20.63
  await report.loadLibrary();
  print(report.describe('x')); // expect: report: x
  print((report.loadedWith, report.loadedWith, all.calls)); // expect: (2, 2, 3)
  final make = report.Line.new;
  print(make(Article.bread, 2).count); // expect: 2
}
