import { lookUpKeys } from "../catalogue/aliases.ts";
import { titleKey } from "../catalogue/title-key.ts";
import { readTitle } from "../catalogue/titles.ts";
import { edits, LONGEST_COMPARED } from "./alike.ts";

export type TitleWay = "same_title" | "other_title" | "typing_error" | "telling_words" | "opening_words";

export interface TitleMatch {
  way: TitleWay;
  /** 0 to 1: how often two titles of one artist that are alike in this way are one song's. */
  confidence: number;
}

export interface TitleSide {
  /** The keys of the title rules, the song's own first. */
  keys: string[];
  /** Without small words, each word once, sorted; and all in order without spaces. Also of the title without its brackets. */
  telling: string[];
  words: string[];
}

/** What one writes down and another doesn't, and what answers "oh". */
const SMALL_WORDS = new Set(
  "a an the and of to in on for is are am im i me my you your youre it its ill ive weve we there theres that thats this be been do dont so just please baby mama mamma babe jam little old gonna gotta".split(" "),
);
const BRACKETS = /[([][^()[\]]*[)\]]/g;
const SHORTEST_TELLING = 5;
const OPUS = /,?\s+(?:op|opus|bwv|kv?|rv|woo)\.?\s*\d+.*$/iu;

/** Reads a title of any length; longer ones than are compared keep nothing but their key. */
export function readTitleSide(title: string): TitleSide {
  const keys = lookUpKeys(title);
  if (title.length > LONGEST_COMPARED) return { keys, telling: [], words: [] };
  const shown = readTitle(title).title.replace(OPUS, "");
  const words = wordsOf(shown);
  const outside = wordsOf(shown.replace(BRACKETS, " "));
  const telling = words.some(tellsApart) ? tellingOf(words) : [...tellingOf(words), ...tellingOf(outside)];
  return { keys, telling: [...new Set(telling)], words };
}

function wordsOf(title: string): string[] {
  return title.replace(/['’‘ʼ`´]/g, "").split(/[^\p{L}\p{N}\p{M}]+/u).filter((word) => word !== "").map(titleKey);
}

function tellingOf(words: string[]): string[] {
  const telling = words.filter((word) => !SMALL_WORDS.has(word));
  return [[...new Set(telling)].sort().join(" "), telling.join("")].filter((text) => text.length >= SHORTEST_TELLING);
}

type Way = (a: TitleSide, b: TitleSide) => TitleMatch | null;

function sameTitle(a: TitleSide, b: TitleSide): TitleMatch | null {
  return a.keys[0] === b.keys[0] ? { way: "same_title", confidence: 0.97 } : null;
}

function otherTitle(a: TitleSide, b: TitleSide): TitleMatch | null {
  return a.keys.some((key) => b.keys.includes(key)) ? { way: "other_title", confidence: 0.85 } : null;
}

function figures(key: string): string {
  return key.replace(/\P{N}/gu, "");
}

const SHORTEST_TYPED = 8;
const SHORTEST_TWICE_TYPED = 12;

/** One wrong letter in eight or more, two in twelve or more, and the same figures. */
function typingError(a: TitleSide, b: TitleSide): TitleMatch | null {
  const [keyA, keyB] = [a.keys[0]!, b.keys[0]!];
  const length = Math.min(keyA.length, keyB.length);
  if (length < SHORTEST_TYPED || figures(keyA) !== figures(keyB) || a.words.some(tellsApart) !== b.words.some(tellsApart)) return null;
  return edits(keyA, keyB) <= (length < SHORTEST_TWICE_TYPED ? 1 : 2) ? { way: "typing_error", confidence: 0.8 } : null;
}

const TELLS_APART = new Set(["reprise", "part", "2", "3", "4", "5", "ii", "iii", "intro", "outro", "interlude"]);

function tellsApart(word: string): boolean {
  return TELLS_APART.has(word);
}

/** All words that tell something are the same, in whatever order: "Something on Your Mind", "There Is Something on Your Mind". */
function tellingWords(a: TitleSide, b: TitleSide): TitleMatch | null {
  return a.telling.some((words) => b.telling.includes(words)) ? { way: "telling_words", confidence: 0.7 } : null;
}

const FEWEST_WORDS = 6;
const FEWEST_OPENING = 3;

/** "She Caught the Katy", "She Caught the Katy and Left Me a Mule to Ride". */
function openingWords(a: TitleSide, b: TitleSide): TitleMatch | null {
  const [short, long] = a.words.length < b.words.length ? [a.words, b.words] : [b.words, a.words];
  if (short.length < FEWEST_OPENING || long.length < Math.max(FEWEST_WORDS, short.length + 2) || long.slice(short.length).some(tellsApart)) return null;
  return short.every((word, at) => word === long[at]) ? { way: "opening_words", confidence: 0.62 } : null;
}

const WAYS: Way[] = [sameTitle, otherTitle, typingError, tellingWords, openingWords];

/** How two titles of one artist are alike, by the way that says most; null where they aren't. Symmetric. */
export function compareTitles(a: TitleSide, b: TitleSide): TitleMatch | null {
  for (const way of WAYS) {
    const found = way(a, b);
    if (found) return found;
  }
  return null;
}
