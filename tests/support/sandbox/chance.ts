/** Numbers that look like chance and are always the same: everything in the world comes from its seed and what is asked for. */

/** 32 bits of the parts. */
export function hash(...parts: (string | number)[]): number {
  let h = 0x811c9dc5;
  for (const part of parts) {
    if (typeof part === "number") h = mix(h ^ mix(part | 0));
    else for (let i = 0; i < part.length; i++) h = Math.imul(h ^ part.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ 0x2f, 0x01000193);
  }
  return mix(h);
}

function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** 0 to below 1. */
export function chance(...parts: (string | number)[]): number {
  return hash(...parts) / 2 ** 32;
}

/** From `least` to `most`, both included. */
export function between(least: number, most: number, ...parts: (string | number)[]): number {
  return least + Math.floor(chance(...parts) * (most - least + 1));
}

export function pick<T>(list: readonly T[], ...parts: (string | number)[]): T {
  return list[hash(...parts) % list.length]!;
}

const ROUNDS = 4;

/** Shuffles whole numbers of twice `half` bits, and back: one number for each. */
export function shuffled(value: number, half: number, key: number): number {
  const size = 2 ** half;
  let [left, right] = [Math.floor(value / size), value % size];
  for (let round = 0; round < ROUNDS; round++) [left, right] = [right, left ^ (hash(key, round, right) % size)];
  return left * size + right;
}

export function unshuffled(value: number, half: number, key: number): number {
  const size = 2 ** half;
  let [left, right] = [Math.floor(value / size), value % size];
  for (let round = ROUNDS - 1; round >= 0; round--) [left, right] = [right ^ (hash(key, round, left) % size), left];
  return left * size + right;
}
