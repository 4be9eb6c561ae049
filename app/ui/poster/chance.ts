/** A repeatable stream of numbers in [0, 1) drawn from a text: FNV-1a seeds mulberry32. */
export function chanceFrom(text: string): () => number {
  let state = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    state = Math.imul(state ^ text.charCodeAt(i), 0x01000193);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function pick<T>(from: readonly [T, ...T[]], chance: () => number): T {
  return from[Math.floor(chance() * from.length)] ?? from[0];
}

/** One decimal is finer than a pixel at every size the posters are drawn in. */
export function round(value: number): number {
  return Math.round(value * 10) / 10;
}
