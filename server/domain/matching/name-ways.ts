import { edits } from "./alike.ts";
import type { NameReading } from "./names.ts";

function isInitial(short: string, long: string): boolean {
  return short.length === 1 && long.length > 1 && long.startsWith(short);
}

/** Pete and Peter, Steve and Steven, Jimmy and Jimmie: at least three letters and the same beginning. */
function isShortened(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const stem = short.replace(/(?:ie|y|e|i)$/, "");
  return stem.length >= 3 && long.startsWith(stem) && long.length - stem.length <= 3;
}

/** How likely two names are one person's by the same family name and a given name that is shortened: 0 where they aren't. */
export function personAlike(a: string[], b: string[]): number {
  if (a.length < 2 || b.length < 2 || a.at(-1) !== b.at(-1) || a.at(-1)!.length < 2) return 0;
  const [givenA, givenB] = [a.slice(0, -1), b.slice(0, -1)];
  const [firstA, firstB] = [givenA[0]!, givenB[0]!];
  if (firstA === firstB) return middlesAgree(givenA.slice(1), givenB.slice(1)) ? 0.75 : 0;
  if (isShortened(firstA, firstB) && middlesAgree(givenA.slice(1), givenB.slice(1))) return 0.65;
  return givenInitials(givenA, givenB) ? 0.65 : 0;
}

/** Often left out in Russian. */
const PATRONYMIC = /(?:[eoy]vich|ich|[eo]vna|ichna)$/;

/** A middle initial or a patronymic may be missing, and a middle name be an initial; two different ones are two persons. */
function middlesAgree(a: string[], b: string[]): boolean {
  if (a.length > 2 || b.length > 2) return false;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  const agree = short.every((name, at) => name === long[at] || isInitial(name, long[at]!) || isInitial(long[at]!, name));
  return agree && long.slice(short.length).every((name) => name.length === 1 || PATRONYMIC.test(name));
}

/** "G.F." or "G" for "Georg Friedrich". */
function givenInitials(a: string[], b: string[]): boolean {
  const letters = (names: string[]) => names.map((name) => name[0]).join("");
  const isLetters = (names: string[], of: string[]) => names.length === 1 && of.length >= 1 && names[0]!.length <= 3 && of[0]!.length > names[0]!.length && (names[0] === letters(of) || (names[0]!.length === 1 && names[0] === of[0]![0]));
  return isLetters(a, b) || isLetters(b, a);
}

const LEFT_OUT = new Set(["the", "and", "in", "of", "to", "a", "for", "on", "at"]);

/** "CCR" for "Creedence Clearwater Revival"; small words may count or not. */
export function initialsAlike(a: NameReading, b: NameReading): boolean {
  return abbreviates(a, b) || abbreviates(b, a);
}

function abbreviates(short: NameReading, long: NameReading): boolean {
  if (short.words.length !== 1 || short.key.length < 2 || short.key.length > 6 || long.words.length < 2) return false;
  const first = (words: string[]) => words.map((word) => word[0]).join("");
  const main = first(long.words.filter((word) => !LEFT_OUT.has(word)));
  return short.key === main || short.key === first(long.allWords);
}

const SHORTEST_SOUND = 3;

/** How likely names in two scripts are one by their sound: all of it, first and last, or the family name alone; 0 where they aren't. */
export function soundsAlike(a: NameReading, b: NameReading): number {
  if (a.script === b.script || a.script === "han" || b.script === "han" || a.sounds.length === 0 || b.sounds.length === 0) return 0;
  const whole = soundLikeness(a.sounds.join(""), b.sounds.join(""));
  if (whole === 0) return 0.9;
  if (whole <= 0.3) return 0.75;
  const reversed = Math.min(soundLikeness(a.sounds.toReversed().join(""), b.sounds.join("")), soundLikeness(a.sounds.join(""), b.sounds.toReversed().join("")));
  if (reversed <= 0.2) return 0.75;
  const family = soundLikeness(a.sounds.at(-1)!, b.sounds.at(-1)!);
  if (family > 0.25) return 0;
  if (a.sounds.length === 1 || b.sounds.length === 1) return 0.6;
  return a.sounds[0]![0] === b.sounds[0]![0] ? 0.75 : 0;
}

/** Edits by letters of the longer one; infinite for sounds too short to tell. */
function soundLikeness(a: string, b: string): number {
  return Math.min(a.length, b.length) < SHORTEST_SOUND ? Infinity : edits(a, b) / Math.max(a.length, b.length);
}
