// A constant set holds each value once.
const s = {1, 2, 1}; // error: constant_duplicate
void main() {}
