import { fold } from "../fold.ts";
import type { Provider } from "../provider-records.ts";
import { blockKeys } from "./block-keys.ts";
import { contested, type Score } from "./evidence.ts";
import type { Told, VenueRecordSide } from "./facts.ts";
import { scoreVenues, tellingVenueWords, type VenueSide } from "./score-venues.ts";

/** About 1.1 km from north to south. */
const PER_DEGREE = 100;

export type ToldVenue = Told<VenueRecordSide>;

/** Whether a provider's places are those of venues; setlist.fm has the middle of the town. */
function isPlaced(provider: Provider): boolean {
  return provider !== "setlistfm";
}

/** Keys under which to store a venue by what one provider says of it: its names, telling words with the town, and its square on the map. */
export function venueKeys({ provider, record }: ToldVenue): string[] {
  const { latitude, longitude } = record;
  const square = isPlaced(provider) && latitude != null && longitude != null ? squareAt(latitude, longitude) : [];
  return [...blockKeys(record.name), ...townKeys(record), ...square];
}

/** Keys under which to look for others: of the map also the squares around, so that whatever is within half a km is found. */
export function venueKeysAround(told: ToldVenue): string[] {
  const { latitude, longitude } = told.record;
  const steps = isPlaced(told.provider) && latitude != null && longitude != null ? [-1, 0, 1] : [];
  const around = steps.flatMap((north) => steps.flatMap((east) => squareAt(latitude! + north / PER_DEGREE, longitude! + east / PER_DEGREE)));
  return [...venueKeys(told), ...around];
}

function squareAt(latitude: number, longitude: number): string[] {
  return [`at ${Math.floor(latitude * PER_DEGREE)} ${Math.floor(longitude * PER_DEGREE)}`];
}

const MOST_WORDS = 6;

function townKeys({ name, city }: VenueSide): string[] {
  if (!city) return [];
  return [...tellingVenueWords(name)].slice(0, MOST_WORDS).map((word) => `town ${fold(city)} ${word}`);
}

/** Whether two providers' records are the same venue. The middle of a town says nothing of venues in that town. */
export function scoreToldVenues(a: ToldVenue, b: ToldVenue): Score {
  const town = (a.record.city && b.record.city && fold(a.record.city) === fold(b.record.city)) ?? false;
  const byTown = town && !(isPlaced(a.provider) && isPlaced(b.provider));
  return scoreVenues(byTown ? placeless(a.record) : a.record, byTown ? placeless(b.record) : b.record);
}

function placeless(record: VenueRecordSide): VenueSide {
  return { ...record, latitude: null, longitude: null };
}

/** Further than this are two places. */
const APART_KM = 0.5;

/** What one provider has as two venues in two places, such as two of one name at two ends of a town; null for nothing. */
export function apartAtOne(mine: readonly ToldVenue[], theirs: readonly ToldVenue[]): Score | null {
  const pairs = mine.flatMap((one) => theirs.filter(({ provider }) => provider === one.provider).map((other) => scoreToldVenues(one, other)));
  return pairs.find(({ verdict, evidence }) => verdict === "none" || evidence.some((each) => each.kind === "distance" && each.km > APART_KM)) ?? null;
}

/**
 * The best that any record of one venue has with any of another: so it does not matter in which order they were joined. Two that a
 * provider keeps apart are never joined by what another one says.
 */
export function bestOfVenues(mine: readonly ToldVenue[], theirs: readonly ToldVenue[]): Score {
  const scores = mine.flatMap((one) => theirs.map((other) => scoreToldVenues(one, other)));
  const best = scores.reduce((most, each) => (each.confidence > most.confidence ? each : most));
  const apart = best.verdict === "automatic" ? apartAtOne(mine, theirs) : null;
  if (apart === null) return best;
  const against = apart.evidence.filter(({ kind }) => kind === "other_id" || kind === "distance");
  return contested({ ...best, evidence: best.evidence.filter(({ kind }) => kind !== "distance") }, against);
}
