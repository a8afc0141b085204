// part-of-test
String sample() => 'a sample';
