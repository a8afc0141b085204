// part-of-test
part of 'money.dart';

String _format(int cents) =>
    '${cents ~/ 100}.${(cents % 100).toString().padLeft(2, '0')}';
