import type { Transaction } from "#db/client.ts";
import { putMatchKeys, recordsOfVenues } from "#db/queries/match-keys.ts";
import { updateVenue, venueFacts } from "#db/queries/venues.ts";
import { venueFactsOf, type VenueFacts } from "../../domain/matching/facts.ts";
import { venueKeys, type ToldVenue } from "../../domain/matching/venue-keys.ts";

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
