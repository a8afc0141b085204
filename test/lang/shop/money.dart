// part-of-test
// Prices and the formats that the shop prints them in.
library;

import 'catalogue.dart' as catalogue show rate;

part 'money_format.dart';

class Price {
  const Price(this.cents);
  final int cents;

  Price operator +(Price other) => Price(cents + other.cents);
  Price operator *(int n) => Price(cents * n);
  Price get withTax => Price((cents * catalogue.rate).round());
  String get text => _format(cents);
}

const nothing = Price(0);
