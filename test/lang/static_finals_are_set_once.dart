// A final static whose initialiser has set it by reading it is an error of the
// outer reading; a variable is just set again. External ones are missing.
int depth = 0;
int nested(int Function() read) {
  if (depth < 2) {
    depth++;
    read();
    depth--;
  }
  return depth;
}

int variable = nested(() => variable);
final int constant = nested(() => constant);
external int missing;

void main() {
  print(variable); // expect: 0
  try {
    print(constant);
  } on Error catch (e) {
    print('$e'.split(':').first); // expect: LateInitializationError
  }
  try {
    missing = 1;
  } on NoSuchMethodError {
    print('no setter'); // expect: no setter
  }
  try {
    print(missing);
  } on NoSuchMethodError {
    print('no getter'); // expect: no getter
  }
}
