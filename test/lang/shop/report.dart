// part-of-test
// Loaded when it is asked for.
import 'catalogue.dart';

class Line {
  const Line(this.article, this.count);
  final Article article;
  final int count;
}

String summary(Iterable<Line> lines) {
  final total = lines.fold(
      const Price(0), (sum, line) => sum + line.article.price * line.count);
  return '${lines.length} lines, ${total.withTax.text}';
}

String describe(String text) => 'report: $text';
final int loadedWith = calls;
