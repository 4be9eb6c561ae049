import type { Transaction } from "#db/client.ts";
import { putMatchKeys, recordsOfVenues, sharingKeys } from "#db/queries/match-keys.ts";
import { areKeptApart, dropOpenMatches, matchesOf, putMatch } from "#db/queries/matches.ts";
import { updateVenue, venueFacts } from "#db/queries/venues.ts";
import type { Score } from "../../domain/matching/evidence.ts";
import { venueFactsOf, type VenueFacts } from "../../domain/matching/facts.ts";
import { otherOf } from "../../domain/matching/pair.ts";
import { bestOfVenues, venueKeys, venueKeysAround, type ToldVenue } from "../../domain/matching/venue-keys.ts";
import { mergeInto } from "../merge/merge-into.ts";
import { staying } from "../merge/staying.ts";

/** So many that share a key with a venue are compared with it, those first that share most. */
const MOST_COMPARED = 60;

type Row = Awaited<ReturnType<typeof recordsOfVenues>>[number];

export function toldOf(rows: readonly Row[]): ToldVenue[] {
  return rows.flatMap(({ record, ...row }) => (record === null ? [] : [{ ...row, record }]));
}

/**
 * Makes a venue's own facts and the keys under which it is looked up those of what providers say of it now. Where something
 * was stored before records were kept the facts stay. To be called after each change of a venue's identities.
 */
export async function bringVenueUpToDate(tx: Transaction, venueId: number): Promise<void> {
  const rows = await recordsOfVenues(tx, [venueId]);
  const told = toldOf(rows);
  const [facts, before] = [venueFactsOf(told), await venueFacts(tx, venueId)];
  if (!facts || !before) return;
  const unkept = rows.some(({ digest, record }) => digest !== null && record === null);
  const changed = (Object.keys(facts) as (keyof VenueFacts)[]).some((key) => facts[key] !== before[key]);
  if (changed && !unkept) await updateVenue(tx, venueId, facts);
  await putMatchKeys(tx, "venue", venueId, [...new Set(told.flatMap(venueKeys))]);
}

/**
 * Compares a venue with the others stored, each by what each provider says of it, so that the order in which they came in
 * does not matter. Those that are the same for certain become one; the id of the one that stays.
 */
export async function compareVenue(tx: Transaction, venueId: number, now: number): Promise<number> {
  const found = await venuesLike(tx, venueId, toldOf(await recordsOfVenues(tx, [venueId])));
  for (const [other, { verdict }] of found) {
    if (verdict === "automatic" && !(await areKeptApart(tx, "venue", venueId, other))) return compareVenue(tx, await join(tx, venueId, other, now), now);
  }
  await askOfVenues(tx, venueId, found, now);
  return venueId;
}

async function join(tx: Transaction, a: number, b: number, now: number): Promise<number> {
  const sides = await staying(tx, "venue", a, b);
  await mergeInto(tx, { kind: "venue", ...sides, by: null }, now);
  await bringVenueUpToDate(tx, sides.into);
  return sides.into;
}

/** Other venues that share a key with some records, with the best score that any of theirs has with any of these. */
export async function venuesLike(tx: Transaction, venueId: number | null, told: ToldVenue[]): Promise<Map<number, Score>> {
  const keys = [...new Set(told.flatMap(venueKeysAround))];
  const ids = (await sharingKeys(tx, "venue", keys, MOST_COMPARED)).filter((id) => id !== venueId);
  const rows = Map.groupBy(await recordsOfVenues(tx, ids), (row) => row.venueId);
  const others = [...rows].map(([id, of]) => [id, toldOf(of)] as const).filter(([, of]) => of.length > 0);
  return new Map(told.length === 0 ? [] : others.map(([id, of]) => [id, bestOfVenues(told, of)]));
}

/** Brings what waits for a moderator up to date for one venue, by the others that are like it. */
export async function askOfVenues(tx: Transaction, venueId: number, found: Map<number, Score>, now: number): Promise<void> {
  const asked = [...found].filter(([, { verdict }]) => verdict !== "none");
  const before = (await matchesOf(tx, "venue", venueId)).filter(({ status }) => status === "review");
  for (const [otherId, { confidence, evidence }] of asked) {
    await putMatch(tx, { kind: "venue", subjectId: venueId, other: { otherId }, confidence, evidence, status: "review" }, now);
  }
  const alike = new Set(asked.map(([id]) => id));
  await dropOpenMatches(tx, before.filter((row) => !alike.has(otherOf(row, venueId)!)).map(({ id }) => id));
}
