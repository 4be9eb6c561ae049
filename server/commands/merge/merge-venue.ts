import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { changeRows } from "#db/queries/merge-log.ts";
import { nightsAtVenue, showsToTell } from "#db/queries/merge-shows.ts";
import { nightsOfShows } from "#db/queries/rescored.ts";
import { venueFacts } from "#db/queries/venues.ts";
import { venues } from "#db/schema/index.ts";
import { filled } from "./filled.ts";
import { moveAll, type MergePart, type MergeUnderWay } from "./under-way.ts";
import { rescoreNights } from "./rescore-nights.ts";
import { sameNights } from "./same-nights.ts";

const COLUMNS = { city: "city", region: "region", country: "country", latitude: "latitude", longitude: "longitude", capacity: "capacity" } as const;

/** Gives all of a venue to another one; shows of one artist and night are merged as parts of it. */
export async function mergeVenue(tx: Transaction, { pair, by, now }: MergeUnderWay, mergePart: MergePart): Promise<void> {
  const nights = await nightsAtVenue(tx, pair);
  const told = await showsToTell(tx, { venueId: pair.from });
  const [goes, stays] = [await venueFacts(tx, pair.from), await venueFacts(tx, pair.into)];
  await moveAll(tx, "venue", [pair]);
  const is = filled<keyof typeof COLUMNS>(goes!, stays!, COLUMNS);
  if (is) await changeRows(tx, venues, [{ mergeId: pair.mergeId, id: pair.into, is }]);
  const same = sameNights(nights.from, nights.into);
  const joined = await nightsOfShows(tx, same.flatMap((night) => [night.from, night.into]));
  for (const night of same) await mergePart(tx, { kind: "show", ...night, by, parentId: pair.mergeId }, now);
  await rescoreNights(tx, joined, now);
  await appendEvents(tx, now, told.map((showId) => ({ kind: "show.changed", showId, payload: { changed: ["venueId"] } })));
}
