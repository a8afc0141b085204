// Recovery: each mistake costs one message, and what is around it stays.
class A {
  int x y;
  void f( { }
  g() {
    var = 1;
    print('a'
    if (b { }
    return a +;
  }
  int get h => ;
}

void ok() {}
var list = [1, 2;
enum { a }
int last() => 1
