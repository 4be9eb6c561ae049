/** A show of one artist at one venue. */
export interface Night {
  id: number;
  /** Tells one artist, venue and local date from others. */
  place: string;
  /** Epoch ms; null while no start is announced. */
  startsAt: number | null;
  /** The providers' events that it is, as "provider id". */
  events: string[];
}

/** Starts as far apart are a matinee and an evening. */
const APART_MS = 100 * 60_000;

/**
 * Which shows are one: of one artist, venue and local date with starts less than 100 minutes apart. Known starts that are
 * close come first; where no start is known, only what leaves no choice. Two events of one provider are left to a moderator.
 */
export function sameNights(goes: Night[], stays: Night[]): { from: number; into: number }[] {
  const there = Map.groupBy(stays, ({ place }) => place);
  return [...Map.groupBy(goes, ({ place }) => place)].flatMap(([place, nights]) => pairsOf(nights, there.get(place) ?? []));
}

function pairsOf(goes: Night[], stays: Night[]): { from: number; into: number }[] {
  const candidates = goes
    .flatMap((from) => stays.map((into) => ({ from, into, ms: apart(from, into) })))
    .filter(({ from, into, ms }) => ms !== null && ms < APART_MS && !areListedTwice(from, into))
    .sort((a, b) => a.ms! - b.ms! || a.from.id - b.from.id || a.into.id - b.into.id);
  const pairs: { from: number; into: number }[] = [];
  const isFree = ({ from, into }: { from: Night; into: Night }) => !pairs.some((pair) => pair.from === from.id || pair.into === into.id);
  for (const each of candidates) if (isFree(each)) pairs.push({ from: each.from.id, into: each.into.id });
  const left = goes.filter(({ id }) => !pairs.some((pair) => pair.from === id));
  const free = stays.filter(({ id }) => !pairs.some((pair) => pair.into === id));
  const only = left.length === 1 && free.length === 1 && apart(left[0]!, free[0]!) === null && !areListedTwice(left[0]!, free[0]!);
  return only ? [...pairs, { from: left[0]!.id, into: free[0]!.id }] : pairs;
}

/** Whether one provider has another event for each of the two, and none for both. */
function areListedTwice(a: Night, b: Night): boolean {
  const providerOf = (event: string) => event.slice(0, event.indexOf(" "));
  const there = new Set(b.events.map(providerOf));
  return a.events.some((event) => there.has(providerOf(event))) && !a.events.some((event) => b.events.includes(event));
}

/** Null where a start is not known. */
function apart(a: Night, b: Night): number | null {
  return a.startsAt === null || b.startsAt === null ? null : Math.abs(a.startsAt - b.startsAt);
}
