import type { Transaction } from "#db/client.ts";
import { recordsOfVenues, sharingKeys } from "#db/queries/match-keys.ts";
import { areKeptApart, dropOpenMatches, matchesOf, putMatch } from "#db/queries/matches.ts";
import type { Score } from "../../domain/matching/evidence.ts";
import { otherOf } from "../../domain/matching/pair.ts";
import { apartAtOne, bestOfVenues, venueKeysAround, type ToldVenue } from "../../domain/matching/venue-keys.ts";
import { mergeInto } from "../merge/merge-into.ts";
import { staying } from "../merge/staying.ts";
import { bringVenueUpToDate, toldOf } from "./venue-records.ts";

/** So many that share a key with a venue are compared with it, those first that share most. */
const MOST_COMPARED = 60;

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

/** Whether some provider keeps any two of some venues apart. */
export async function areRivals(tx: Transaction, ids: number[]): Promise<boolean> {
  if (ids.length < 2) return false;
  const told = [...Map.groupBy(await recordsOfVenues(tx, ids), ({ venueId }) => venueId).values()].map(toldOf);
  return told.some((mine, at) => told.slice(at + 1).some((theirs) => apartAtOne(mine, theirs) !== null));
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
