import { edits, likeness } from "./alike.ts";
import type { Credit } from "./credits.ts";
import { initialsAlike, personAlike, soundsAlike } from "./name-ways.ts";
import type { NameReading } from "./names.ts";

/** In which way two names are alike. */
export type NameWay =
  | "same_name" | "sort_name" | "same_credit" | "word_order" | "name_in_brackets" | "featured" | "part_of_credit" | "ensemble"
  | "person" | "sound" | "initials" | "typing_error" | "added_words";

export interface NameMatch {
  way: NameWay;
  /** 0 to 1: how often two names that are alike in this way are one artist's, where nothing else is known. */
  confidence: number;
}

type Way = (a: Credit, b: Credit) => NameMatch | null;

function match(way: NameWay, confidence: number): NameMatch {
  return { way, confidence };
}

function sameName(a: Credit, b: Credit): NameMatch | null {
  return a.whole.key === b.whole.key ? match("same_name", 0.97) : null;
}

function sortName(a: Credit, b: Credit): NameMatch | null {
  const turned = ({ whole }: Credit) => whole.turned.join("");
  const meet = turned(a) === b.whole.key || turned(b) === a.whole.key || (turned(a) !== "" && turned(a) === turned(b));
  return meet ? match("sort_name", 0.96) : null;
}

function sorted(words: string[]): string {
  return words.toSorted().join(" ");
}

/** The same names in another order, or joined by other words. */
function sameCredit(a: Credit, b: Credit): NameMatch | null {
  if (a.parts.length < 2 || a.parts.length !== b.parts.length) return null;
  const keys = ({ parts }: Credit) => sorted(parts.map(({ name }) => name.key));
  return keys(a) === keys(b) ? match("same_credit", 0.96) : null;
}

function wordOrder(a: Credit, b: Credit): NameMatch | null {
  return a.whole.words.length > 1 && sorted(a.whole.words) === sorted(b.whole.words) ? match("word_order", 0.9) : null;
}

function bareNames({ whole, bare }: Credit): NameReading[] {
  return bare ? [whole, bare] : [whole];
}

function inBrackets(a: Credit, b: Credit): NameMatch | null {
  const outside = bareNames(a).some((one) => bareNames(b).some((other) => one.key === other.key));
  if (outside) return match("name_in_brackets", 0.85);
  const inside = [[a, b], [b, a]].some(([one, other]) => one!.inside.some(({ key }) => key === other!.whole.key));
  return inside ? match("name_in_brackets", 0.75) : null;
}

const PART_CONFIDENCE = { first: 0.75, and: 0.62, guest: 0.6, dash: 0.62 } as const;

/** One is credited with others: first of them, or among them. */
function partOfCredit(a: Credit, b: Credit): NameMatch | null {
  const found = [...partIn(a, b), ...partIn(b, a)].toSorted((one, other) => other.confidence - one.confidence);
  return found[0] ?? null;
}

function partIn(credit: Credit, single: Credit): NameMatch[] {
  const keys = new Set(bareNames(single).map(({ key }) => key));
  if (leads(credit, single)) return [match("featured", 0.8)];
  return credit.parts
    .filter(({ name }) => keys.has(name.key))
    .map(({ joint }) => match("part_of_credit", PART_CONFIDENCE[joint]));
}

/** The one is the other without its guests. */
function leads(credit: Credit, single: Credit): boolean {
  const main = credit.parts.filter(({ joint }) => joint === "first" || joint === "and");
  const rest = credit.parts.slice(main.length);
  if (rest[0]?.joint !== "guest") return false;
  return bareNames(single).some(({ key }) => key === main.map(({ name }) => name.key).join(""));
}

/** Another artist who plays the songs. */
const TRIBUTE = new Set(["tribute", "tributes", "covers", "karaoke", "impersonator"]);
const OPENING_WORDS = 2;

/** A name of several words, and what a source has added behind it. */
function addedWords(a: Credit, b: Credit): NameMatch | null {
  const [short, long] = a.whole.words.length < b.whole.words.length ? [a.whole.words, b.whole.words] : [b.whole.words, a.whole.words];
  if (short.length < OPENING_WORDS || long.length < short.length + 2) return null;
  return short.every((word, at) => word === long[at]) ? match("added_words", 0.6) : null;
}

function isTribute({ whole }: Credit): boolean {
  return whole.words.some((word) => TRIBUTE.has(word));
}

const ENSEMBLE = new Set(["band", "experience", "group", "trio", "quartet", "quintet", "orchestra", "project", "duo", "ensemble", "friends", "official", "us", "uk", "dj", "mc"]);

/** "Jimi Hendrix Experience": a name of two words or more, and what it is the band of. */
function ensemble(a: Credit, b: Credit): NameMatch | null {
  const [short, long] = a.whole.words.length < b.whole.words.length ? [a.whole.words, b.whole.words] : [b.whole.words, a.whole.words];
  if (short.length < 2 || long.length !== short.length + 1 || !ENSEMBLE.has(long.at(-1)!)) return null;
  return short.every((word, at) => word === long[at]) ? match("ensemble", 0.62) : null;
}

function person(a: Credit, b: Credit): NameMatch | null {
  const confidence = Math.max(...turnings(a).flatMap((one) => turnings(b).map((other) => personAlike(one, other))));
  return confidence > 0 ? match("person", confidence) : null;
}

function turnings(credit: Credit): string[][] {
  return bareNames(credit).flatMap(({ words, turned }) => (turned === words ? [words] : [words, turned]));
}

function sound(a: Credit, b: Credit): NameMatch | null {
  const confidence = soundsAlike(a.whole, b.whole);
  return confidence > 0 ? match("sound", confidence) : null;
}

function initials(a: Credit, b: Credit): NameMatch | null {
  return initialsAlike(a.whole, b.whole) ? match("initials", 0.62) : null;
}

const SHORTEST_TYPED = 6;

/** A letter or two are wrong, and no word begins with another letter. */
function typingError(a: Credit, b: Credit): NameMatch | null {
  const alike = Math.max(...bareNames(a).flatMap((one) => bareNames(b).map((other) => typedAlike(one, other))));
  return alike > 0 ? match("typing_error", Math.min(0.9, 0.62 + Math.max(0, alike - 0.84) * 2)) : null;
}

/** The likeness of two names that differ by typing alone; 0 where they differ by more. */
function typedAlike(a: NameReading, b: NameReading): number {
  const length = Math.max(a.key.length, b.key.length);
  if (length < SHORTEST_TYPED || a.key[0] !== b.key[0] || figures(a.key) !== figures(b.key)) return 0;
  const paired = a.words.length === b.words.length;
  const typed = paired ? a.words.every((word, at) => wordTyped(word, b.words[at]!)) : edits(a.key, b.key) <= 1;
  return typed ? likeness(a.key, b.key) : 0;
}

/** One wrong letter, two in words of ten letters and more; or two that have changed places. */
function wordTyped(a: string, b: string): boolean {
  if (a === b) return true;
  const allowed = Math.max(1, Math.floor(Math.max(a.length, b.length) / 5));
  return a[0] === b[0] && (edits(a, b) <= allowed || isSwap(a, b));
}

function isSwap(a: string, b: string): boolean {
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  return a.length === b.length && a[at] === b[at + 1] && a[at + 1] === b[at] && a.slice(at + 2) === b.slice(at + 2);
}

/** Figures tell apart. */
function figures(key: string): string {
  return key.replace(/\P{N}/gu, "");
}

const WAYS: Way[] = [sameName, sortName, sameCredit, wordOrder, inBrackets, partOfCredit, person, sound, ensemble, addedWords, typingError, initials];

/** How two names are alike, by the way that says most; null where they aren't. Symmetric; a name of nothing is like none. */
export function compareNames(a: Credit, b: Credit): NameMatch | null {
  if (a.whole.key === "" || b.whole.key === "") return null;
  if (isTribute(a) !== isTribute(b)) return null;
  const found = WAYS.flatMap((way) => way(a, b) ?? []);
  return found.reduce<NameMatch | null>((best, each) => (best === null || each.confidence > best.confidence ? each : best), null);
}
