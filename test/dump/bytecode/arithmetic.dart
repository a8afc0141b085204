int sum(int n) {
  var total = 0;
  for (var i = 0; i < n; i++) {
    total += i * i;
  }
  return total;
}

double mean(double a, double b) => (a + b) / 2;

bool between(int low, int x, int high) => low <= x && x < high;

void main() {}
