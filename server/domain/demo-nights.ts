/** What an artist of the demo plays in one night, in order. */
export interface DemoNight {
  /** Of the show itself. */
  main: number[];
  encore: number[];
}

/** The share of a catalogue that is played nearly every night, and how often. */
const CORE = { share: 0.55, chance: 0.92 };
const REST_CHANCE = 0.3;
const ENCORE_SONGS = 2;

/**
 * A made-up night: most of the favourites, some of the rest, in an order that stays much the same, with the favourites
 * among the last songs. `songs` are the artist's, likeliest first, five at least; `random` is in [0, 1).
 */
export function planDemoNight(songs: readonly number[], random: () => number): DemoNight {
  const core = Math.ceil(songs.length * CORE.share);
  const chosen = songs.filter((_, i) => random() < (i < core ? CORE.chance : REST_CHANCE));
  const played = chosen.length < ENCORE_SONGS + 3 ? songs.slice(0, ENCORE_SONGS + 3) : chosen;
  const encore = played.slice(0, ENCORE_SONGS).toReversed();
  const main = played.slice(ENCORE_SONGS).map((id, i) => ({ id, place: ((id * 7) % 11) + i / 4 + 2 * random() }));
  return { main: main.sort((a, b) => a.place - b.place).map(({ id }) => id), encore };
}
