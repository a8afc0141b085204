// What a constant expression throws is an error of the source.
const x = 1 ~/ 0; // error: constant_evaluation
void main() {}
