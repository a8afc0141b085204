// part-of-test
// What the shop has; imports money.dart, which imports this file.
import 'money.dart';

export 'money.dart' hide nothing;

const rate = 1.25;

enum Article {
  apple(Price(40)),
  bread(Price(299)),
  cheese(Price(1250));

  const Article(this.price);
  final Price price;
}

String describe(Article article) => '${article.name} ${article.price.text}';
int _calls = 0;
int get calls => ++_calls;
