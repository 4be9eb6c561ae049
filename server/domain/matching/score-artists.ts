import { titleKey } from "../catalogue/title-key.ts";
import { fold } from "../fold.ts";
import type { ProviderId } from "../provider-records.ts";
import { compareNames, type NameMatch } from "./compare-names.ts";
import { readCredit, type Credit } from "./credits.ts";
import { afterIds, score, weigh, weighIds, type Evidence, type Score } from "./evidence.ts";

export interface ArtistSide {
  name: string;
  sortName?: string | null;
  aliases?: string[];
  /** ISO 3166-1 alpha-2. */
  country?: string | null;
  genres?: string[];
  /** Titles of the artist's songs, as many as are known. */
  songTitles?: string[];
  /** The record's own id, and those that its provider states. */
  ids?: ProviderId[];
}

const NO_NAME = 0.02;
const ALIAS = 0.9;
const MOST_ALIASES = 30;
/** A name of one word is not enough by itself: any context that agrees makes it so. */
const ONE_WORD = 0.94;
const COUNTRY = { same: 0.5, other: -2 };
const GENRES = { shared: 0.4, none: -1.2 };

/** Whether two records are the same artist: stated ids before names before country, genres and songs. */
export function scoreArtists(a: ArtistSide, b: ArtistSide): Score {
  const name = nameEvidence(a, b);
  const context = [...countries(a, b), ...genres(a, b), ...songs(a, b)];
  const ids = weighIds(a.ids ?? [], b.ids ?? []);
  const named = name.confidence === 0 ? NO_NAME : name.confidence;
  const weighed = context.reduce((confidence, { weight }) => weigh(confidence, weight), named);
  const evidence = [...ids.stated, ...ids.apart, ...name.evidence, ...context.map(({ evidence }) => evidence)];
  const empty = readCredit(a.name).whole.key === "" || readCredit(b.name).whole.key === "";
  return score(empty ? 0 : afterIds(weighed, ids), evidence);
}

interface Named extends NameMatch {
  a: string;
  b: string;
  /** Where the name is a single word on both sides. */
  oneWord: string | null;
}

function nameEvidence(a: ArtistSide, b: ArtistSide): { confidence: number; evidence: Evidence[] } {
  const others = namesOf(b);
  const pairs = namesOf(a).flatMap((one) => others.flatMap((other) => named(one, other)));
  const [best] = pairs.toSorted((one, other) => other.confidence - one.confidence);
  if (!best) return { confidence: 0, evidence: [{ kind: "name", way: "none", a: a.name, b: b.name, confidence: 0 }] };
  const evidence: Evidence = { kind: "name", way: best.way, a: best.a, b: best.b, confidence: best.confidence };
  return { confidence: best.confidence, evidence: best.oneWord === null ? [evidence] : [evidence, { kind: "one_word", word: best.oneWord }] };
}

interface Name {
  text: string;
  credit: Credit;
  alias: boolean;
}

/** The name, the sort name and the aliases of a side. */
function namesOf({ name, sortName, aliases = [] }: ArtistSide): Name[] {
  const own = [name, ...(sortName ? [sortName] : [])].map((text) => ({ text, credit: readCredit(text), alias: false }));
  return [...own, ...aliases.slice(0, MOST_ALIASES).map((text) => ({ text, credit: readCredit(text), alias: true }))];
}

/** An alias says less than a name: also misspellings and former names are such. */
function named(a: Name, b: Name): Named[] {
  const found = compareNames(a.credit, b.credit);
  if (!found) return [];
  const oneWord = found.way === "same_name" && isOneWord(a) && isOneWord(b) ? a.credit.whole.key : null;
  const most = Math.min(a.alias || b.alias ? ALIAS : 1, oneWord === null ? 1 : ONE_WORD);
  return [{ ...found, confidence: Math.min(found.confidence, most), a: a.text, b: b.text, oneWord }];
}

function isOneWord({ credit }: Name): boolean {
  return credit.whole.words.length === 1;
}

interface Context {
  weight: number;
  evidence: Evidence;
}

function countries({ country: a }: ArtistSide, { country: b }: ArtistSide): Context[] {
  if (!a || !b) return [];
  const same = a.toUpperCase() === b.toUpperCase();
  return [{ weight: same ? COUNTRY.same : COUNTRY.other, evidence: { kind: "country", a, b, same } }];
}

/** "Indie rock" and "rock" share a word. */
function genres({ genres: a = [] }: ArtistSide, { genres: b = [] }: ArtistSide): Context[] {
  if (a.length === 0 || b.length === 0) return [];
  const words = (names: string[]) => new Set(names.flatMap((name) => fold(name).split(/[^\p{L}\p{N}&]+/u)).filter((word) => word.length > 1));
  const shared = [...words(a)].filter((word) => words(b).has(word)).sort();
  return [{ weight: shared.length > 0 ? GENRES.shared : GENRES.none, evidence: { kind: "genres", shared, a: a.length, b: b.length } }];
}

const FEW_SONGS = 5;
const MANY_SONGS = 10;

/** Titles of one's own are shared by nobody: half of the shorter list is as good as a name. */
function songs({ songTitles: a = [] }: ArtistSide, { songTitles: b = [] }: ArtistSide): Context[] {
  const [keysA, keysB] = [new Set(a.map(titleKey)), new Set(b.map(titleKey))];
  const fewest = Math.min(keysA.size, keysB.size);
  if (fewest < FEW_SONGS) return [];
  const shared = [...keysA].filter((key) => key !== "" && keysB.has(key)).length;
  return [{ weight: songWeight(shared, fewest), evidence: { kind: "songs", shared, a: keysA.size, b: keysB.size } }];
}

function songWeight(shared: number, fewest: number): number {
  if (shared === 0) return fewest >= MANY_SONGS ? -3.5 : -1.5;
  const part = shared / fewest;
  if (shared >= 8 && part >= 0.5) return 4.5;
  return shared >= 3 && part >= 0.2 ? 2 : 0;
}
