import { distance } from "fastest-levenshtein";

/** Longer ones, in UTF-16 units, are compared as a whole or not at all: the time of a comparison stays bounded. */
export const LONGEST_COMPARED = 300;

/** How many letters have to be put in, left out or changed; infinite where one text is too long to ask. */
export function edits(a: string, b: string): number {
  if (a === b) return 0;
  return Math.max(a.length, b.length) > LONGEST_COMPARED ? Infinity : distance(a, b);
}

/** 1 − edits ÷ letters of the longer one: 0 to 1, and 1 for equal texts alone. */
export function likeness(a: string, b: string): number {
  if (a === b) return 1;
  return Math.max(0, 1 - edits(a, b) / Math.max(a.length, b.length));
}
