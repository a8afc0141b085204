// A state machine with sealed states, records and exhaustive switches.
sealed class Place {
  const Place();
}

final class Hall extends Place {
  const Hall({this.lit = false});
  final bool lit;
}

final class Cellar extends Place {
  const Cellar(this.depth);
  final int depth;
}

final class Garden extends Place {
  const Garden();
}

enum Command { north, down, up, light, wait }

typedef Step = ({Place place, String text});

Step move(Place place, Command command, Set<String> bag) =>
    switch ((place, command)) {
      (Hall(lit: false), Command.light) when bag.contains('lamp') => (
          place: const Hall(lit: true),
          text: 'The lamp is lit.'
        ),
      (Hall(lit: false), Command.light) => (place: place, text: 'With what?'),
      (Hall(lit: true), Command.down) => (
          place: const Cellar(1),
          text: 'Down the stairs.'
        ),
      (Hall(), Command.down) => (place: place, text: 'It is too dark.'),
      (Hall(), Command.north) => (place: const Garden(), text: 'Fresh air.'),
      (Cellar(depth: final d), Command.down) when d < 3 => (
          place: Cellar(d + 1),
          text: 'Deeper: ${d + 1}.'
        ),
      (Cellar(depth: 1), Command.up) => (
          place: const Hall(lit: true),
          text: 'Back in the hall.'
        ),
      (Cellar(:final depth), Command.up) => (
          place: Cellar(depth - 1),
          text: 'Up to ${depth - 1}.'
        ),
      (Garden(), Command.down) when bag.add('lamp') => (
          place: place,
          text: 'A lamp lies here; taken.'
        ),
      (Garden(), Command.up) => (place: const Hall(), text: 'Inside again.'),
      (_, _) => (place: place, text: 'Nothing happens.'),
    };

String describe(Place place) => switch (place) {
      Hall(lit: true) => 'a bright hall',
      Hall() => 'a dark hall',
      Cellar(depth: 3) => 'the bottom',
      Cellar(:final depth) => 'the cellar, level $depth',
      Garden() => 'the garden',
    };

void main() {
  Place place = const Hall();
  final bag = <String>{};
  const script = 'down light north down up light down down down down up wait';
  for (final word in script.split(' ')) {
    final (place: next, :text) = move(place, Command.values.byName(word), bag);
    place = next;
    print('$word: $text You are in ${describe(place)}.');
  }
}

// expect: down: It is too dark. You are in a dark hall.
// expect: light: With what? You are in a dark hall.
// expect: north: Fresh air. You are in the garden.
// expect: down: A lamp lies here; taken. You are in the garden.
// expect: up: Inside again. You are in a dark hall.
// expect: light: The lamp is lit. You are in a bright hall.
// expect: down: Down the stairs. You are in the cellar, level 1.
// expect: down: Deeper: 2. You are in the cellar, level 2.
// expect: down: Deeper: 3. You are in the bottom.
// expect: down: Nothing happens. You are in the bottom.
// expect: up: Up to 2. You are in the cellar, level 2.
// expect: wait: Nothing happens. You are in the cellar, level 2.
