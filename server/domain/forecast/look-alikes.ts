const SHOWS_LOOKED_AT = 60;
const FADE = 0.98;

/** How alike two lists of songs are: F1, 0 to 1. */
export function likeness(a: ReadonlySet<number>, b: ReadonlySet<number>): number {
  let both = 0;
  for (const id of a) if (b.has(id)) both += 1;
  return a.size + b.size === 0 ? 0 : (2 * both) / (a.size + b.size);
}

/** Adds a show to the latest ones, of which no more than are looked at stay. */
export function keepRecent(recent: ReadonlySet<number>[], songs: ReadonlySet<number>): void {
  recent.push(songs);
  if (recent.length > SHOWS_LOOKED_AT) recent.shift();
}

/**
 * By song: how often it followed on shows like the last one, 0 to 1. It finds bands that take turns between lists,
 * and songs that come the night after others.
 */
export function followers(recent: readonly ReadonlySet<number>[]): Map<number, number> {
  const scores = new Map<number, number>();
  const last = recent[recent.length - 1];
  let total = 0.001;
  for (let i = 0; i < recent.length - 1; i += 1) {
    const weight = (likeness(recent[i]!, last!) ** 3 + 0.001) * FADE ** (recent.length - 2 - i);
    total += weight;
    for (const id of recent[i + 1]!) scores.set(id, (scores.get(id) ?? 0) + weight);
  }
  for (const [id, score] of scores) scores.set(id, score / total);
  return scores;
}
