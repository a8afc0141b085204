import 'dart:math';

import 'common.dart';

const solarMass = 4 * pi * pi, daysPerYear = 365.24;

class Body {
  Body(this.x, this.y, this.z, double vx, double vy, double vz, double mass)
      : vx = vx * daysPerYear,
        vy = vy * daysPerYear,
        vz = vz * daysPerYear,
        mass = mass * solarMass;

  double x, y, z, vx, vy, vz;
  final double mass;
}

List<Body> makeSystem() => [
      Body(0, 0, 0, 0, 0, 0, 1),
      Body(4.84143144246472090e+00, -1.16032004402742839e+00,
          -1.03622044471123109e-01, 1.66007664274403694e-03,
          7.69901118419740425e-03, -6.90460016972063023e-05,
          9.54791938424326609e-04),
      Body(8.34336671824457987e+00, 4.12479856412430479e+00,
          -4.03523417114321381e-01, -2.76742510726411021e-03,
          4.99852801234917238e-03, 2.30417297573763929e-05,
          2.85885980666130812e-04),
      Body(1.28943695621391310e+01, -1.51111514016986312e+01,
          -2.23307578892655734e-01, 2.96460137564761618e-03,
          2.37847173959480950e-03, -2.96589568540237556e-05,
          4.36624404335156298e-05),
      Body(1.53796971148509165e+01, -2.59193146099879641e+01,
          1.79258772950371181e-01, 2.68067772490389322e-03,
          1.62824170038242295e-03, -9.51592254519715870e-05,
          5.15138902046611451e-05),
    ];

double energy(List<Body> bodies) {
  var e = 0.0;
  for (var i = 0; i < bodies.length; i++) {
    final p = bodies[i];
    e += 0.5 * p.mass * (p.vx * p.vx + p.vy * p.vy + p.vz * p.vz);
    for (var j = i + 1; j < bodies.length; j++) {
      final q = bodies[j];
      final dx = p.x - q.x, dy = p.y - q.y, dz = p.z - q.z;
      e -= p.mass * q.mass / sqrt(dx * dx + dy * dy + dz * dz);
    }
  }
  return e;
}

void advance(List<Body> bodies, double dt) {
  final n = bodies.length;
  for (var i = 0; i < n; i++) {
    final p = bodies[i];
    for (var j = i + 1; j < n; j++) {
      final q = bodies[j];
      final dx = p.x - q.x, dy = p.y - q.y, dz = p.z - q.z;
      final d2 = dx * dx + dy * dy + dz * dz;
      final mag = dt / (d2 * sqrt(d2));
      p.vx -= dx * q.mass * mag;
      p.vy -= dy * q.mass * mag;
      p.vz -= dz * q.mass * mag;
      q.vx += dx * p.mass * mag;
      q.vy += dy * p.mass * mag;
      q.vz += dz * p.mass * mag;
    }
  }
  for (var i = 0; i < n; i++) {
    final p = bodies[i];
    p.x += dt * p.vx;
    p.y += dt * p.vy;
    p.z += dt * p.vz;
  }
}

void main(List<String> args) {
  final n = size(args, 5000000);
  final clock = Stopwatch()..start();
  final bodies = makeSystem();
  var px = 0.0, py = 0.0, pz = 0.0;
  for (final b in bodies) {
    px += b.vx * b.mass;
    py += b.vy * b.mass;
    pz += b.vz * b.mass;
  }
  bodies[0].vx = -px / solarMass;
  bodies[0].vy = -py / solarMass;
  bodies[0].vz = -pz / solarMass;
  for (var i = 0; i < n; i++) {
    advance(bodies, 0.01);
  }
  final e = energy(bodies);
  report('nbody', e.toStringAsFixed(9), clock..stop());
}
