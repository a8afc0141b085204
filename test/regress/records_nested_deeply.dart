// The type of a record is found without recursion as deep as the record.
void main() {
  Object nested = 0;
  for (var i = 0; i < 600; i++) {
    nested = (nested,);
  }
  print(nested is Record); // expect: true
  print(nested is (Object,)); // expect: true
  print(nested is ((((int,),),),)); // expect: false
  dynamic any = nested;
  try {
    String text = any;
    print(text);
  } on TypeError {
    print('type error'); // expect: type error
  }
  print(nested.runtimeType.toString().startsWith('((((')); // expect: true

  // How a string or a list is stored does not show.
  print((1, 'a', [1], [2.5], ['é'], const [1], int, #s, name: '€').runtimeType);
  // expect: (int, String, List<int>, List<double>, List<String>, List<int>, Type, Symbol, {String name})
  print(('a', [1]).runtimeType == ('€', List.filled(1, 1)).runtimeType);
  // expect: true
}
