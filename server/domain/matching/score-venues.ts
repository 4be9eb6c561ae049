import { fold } from "../fold.ts";
import type { ProviderId } from "../provider-records.ts";
import { distanceKm } from "../same-night.ts";
import { edits } from "./alike.ts";
import { afterIds, score, weigh, weighIds, type Evidence, type Score } from "./evidence.ts";
import { readName } from "./names.ts";

export interface VenueSide {
  name: string;
  city?: string | null;
  /** ISO 3166-1 alpha-2. */
  country?: string | null;
  latitude?: number | null;
  longitude?: number | null;
  ids?: ProviderId[];
}

interface Context {
  weight: number;
  evidence: Evidence;
}

/** Whether two records are the same venue: stated ids before names, town and distance. */
export function scoreVenues(a: VenueSide, b: VenueSide): Score {
  const name = compareVenueNames(a.name, b.name);
  const context = [...places(a, b), ...countries(a, b)];
  const ids = weighIds(a.ids ?? [], b.ids ?? []);
  const weighed = context.reduce((confidence, { weight }) => weigh(confidence, weight), Math.max(name.confidence, NO_NAME));
  const nameless = readName(a.name).key === "" || readName(b.name).key === "";
  const said: Evidence = { kind: "name", way: name.way, a: a.name, b: b.name, confidence: name.confidence };
  return score(nameless ? 0 : afterIds(weighed, ids), [...ids.stated, ...ids.apart, said, ...context.map(({ evidence }) => evidence)]);
}

const NO_NAME = 0.05;
const SPELLINGS = new Map(Object.entries({
  theatre: "theater", theatres: "theater", centre: "center", amphitheatre: "amphitheater", ampitheatre: "amphitheater", ctr: "center", aud: "auditorium", univ: "university", u: "university", int: "international", intl: "international", halle: "hall", palace: "palais", stadion: "stadium", stade: "stadium", fieldhouse: "field house",
}));
/** What kind of place it is; another source may leave it out or call it otherwise. */
const KINDS = new Set("theater center hall arena auditorium ballroom club stadium amphitheater park coliseum room venue bar pavilion gym gymnasium festival university college campus memorial municipal civic music live house at of for in".split(" "));

interface VenueName {
  way: Extract<Evidence, { kind: "name" }>["way"];
  confidence: number;
}

function venueWords(name: string): string[] {
  return readName(name).words.flatMap((word) => (SPELLINGS.get(word) ?? word).split(" "));
}

function telling(words: string[]): Set<string> {
  const kept = words.filter((word) => !KINDS.has(word));
  return new Set(kept.length > 0 ? kept : words);
}

/** The words of a venue's name that tell it from others, as they are compared. */
export function tellingVenueWords(name: string): Set<string> {
  return telling(venueWords(name));
}

/** How alike two names of venues are, wherever the venues are. Symmetric. */
export function compareVenueNames(a: string, b: string): VenueName {
  const [wordsA, wordsB] = [venueWords(a), venueWords(b)];
  const [keyA, keyB] = [wordsA.join("") || readName(a).key, wordsB.join("") || readName(b).key];
  if (keyA === "" || keyB === "") return { way: "none", confidence: 0 };
  if (keyA === keyB) return { way: "same_name", confidence: 0.93 };
  if (Math.min(keyA.length, keyB.length) >= 6 && keyA[0] === keyB[0] && edits(keyA, keyB) <= 2) return { way: "typing_error", confidence: 0.85 };
  return sharedWords(telling(wordsA), telling(wordsB));
}

function sharedWords(a: Set<string>, b: Set<string>): VenueName {
  const shared = [...a].filter((word) => b.has(word));
  const fewest = Math.min(a.size, b.size);
  if (shared.length === 0) return { way: "none", confidence: 0 };
  if (shared.length === a.size && shared.length === b.size) return { way: "same_place_words", confidence: 0.85 };
  if (shared.length === fewest) return { way: "added_words", confidence: 0.7 };
  return { way: "shared_words", confidence: shared.length / (a.size + b.size - shared.length) >= 0.5 ? 0.5 : 0.25 };
}

/** From how many km on, and what that weighs: a wall further, a street further, across the town, elsewhere. */
const DISTANCES: [number, number][] = [[0.15, 2.6], [0.5, 1.8], [2, 0.8], [5, -0.5], [60, -3], [Infinity, -6]];
const CITY = { same: 1, other: -3 };

/** Where both are known on the map the distance tells, and the town's name only that it is no other one. */
function places(a: VenueSide, b: VenueSide): Context[] {
  const km = distanceKm({ latitude: a.latitude ?? null, longitude: a.longitude ?? null }, { latitude: b.latitude ?? null, longitude: b.longitude ?? null });
  const same = a.city && b.city ? fold(a.city) === fold(b.city) : null;
  const city: Context[] = same === null ? [] : [{ weight: cityWeight(same, km), evidence: { kind: "city", a: a.city!, b: b.city!, same } }];
  if (km === null) return city;
  const weight = DISTANCES.find(([most]) => km <= most)![1];
  return [...city, { weight, evidence: { kind: "distance", km: Math.round(km * 1_000) / 1_000 } }];
}

function cityWeight(same: boolean, km: number | null): number {
  if (same) return CITY.same;
  return km === null ? CITY.other : 0;
}

function countries({ country: a }: VenueSide, { country: b }: VenueSide): Context[] {
  if (!a || !b) return [];
  const same = a.toUpperCase() === b.toUpperCase();
  return [{ weight: same ? 0 : -5, evidence: { kind: "country", a, b, same } }];
}
