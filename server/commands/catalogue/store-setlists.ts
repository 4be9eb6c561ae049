import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { cameFrom } from "#db/queries/match-nights.ts";
import { storedSetlists, type StoredSetlist } from "#db/queries/setlists.ts";
import { artistName, showOrigins, showsOnDate } from "#db/queries/show-rows.ts";
import { songsNamed } from "#db/queries/song-rows.ts";
import { notFound } from "../../domain/errors.ts";
import { fold } from "../../domain/fold.ts";
import type { Provider, SetlistRecord } from "../../domain/provider-records.ts";
import { showOfSetlist } from "../../domain/same-night.ts";
import { keysOfLines, matchLines } from "../../domain/setlists/match-lines.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
import { followSetlists, type ChangedSetlist } from "../setlists/follow-up.ts";
import { isStored, setsOf, storeAccount } from "../setlists/store-account.ts";
import { unlockAgain } from "../setlists/unlock-again.ts";
import { compareNights } from "./compare-nights.ts";
import { placeShow, removeShow } from "./place-show.ts";
import { placeOf, putVenue, type PlacedVenue } from "./put-venue.ts";

/** A setlist with the zone of its venue. */
export type PlacedSetlist = Omit<SetlistRecord, "venue"> & { venue: PlacedVenue | null };

export interface StoredSetlists {
  artistId: number;
  provider: Provider;
  records: PlacedSetlist[];
  step?: JobStep;
}

/**
 * Stores setlists whole, each at the artist's show of that night, which is made where there is none. One whose
 * version is stored is left alone. How many were written.
 */
export const storeSetlists = command<StoredSetlists, number>(async (tx, { input, now }) => {
  const { artistId, provider, records, step } = input;
  const name = await artistName(tx, artistId);
  if (name === null) throw notFound("artist");
  const stored = new Map((await storedSetlists(tx, provider, records.map(({ id }) => id))).map((row) => [row.providerId, row]));
  const latest = [...new Map(records.map((record) => [record.id, record])).values()];
  const fresh = latest.filter((record) => !isStored(record, stored.get(record.id) ?? null, now));
  const named = await songsNamed(tx, artistId, keysOfLines(fresh.flatMap(setsOf)));
  const changed: (ChangedSetlist | null)[] = [];
  for (const record of fresh) {
    const before = stored.get(record.id) ?? null;
    const showId = await showFor(tx, { artist: { id: artistId, name }, provider, record, before: before?.showId ?? null }, now);
    changed.push(await storeAccount(tx, { artistId, showId, provider, record, sets: matchLines(setsOf(record), named), before }, now));
    if (before !== null && before.showId !== showId) changed.push(await leaveShow(tx, before, now));
  }
  await followSetlists(tx, changed.filter((one) => one !== null), now);
  if (fresh.length > 0) await compareNights(tx, artistId, [...new Set(fresh.map(({ localDate }) => localDate))], now);
  if (step) await saveStep(tx, step, now);
  return fresh.length;
});

interface Night {
  artist: { id: number; name: string };
  provider: Provider;
  record: PlacedSetlist;
  /** The show at which the setlist is stored. */
  before: number | null;
}

/** The show that a setlist is of as it tells now: the one where it is, another one of its night, or one that it makes or moves. */
async function showFor(tx: Transaction, { artist, provider, record, before }: Night, now: number): Promise<number> {
  const venue = await putVenue(tx, provider, record.venue, now);
  const { localDate, tour } = record;
  const there = (await showsOnDate(tx, artist.id, localDate)).filter(({ demo }) => !demo);
  const own = before === null ? null : await showOrigins(tx, before);
  const madeByIt = own !== null && own.artistId === artist.id && own.events === 0 && own.setlists === 1 && own.startsAt === null;
  const stays = there.find(({ id }) => id === before);
  const others = there.filter(({ id }) => id !== before).map((show) => ({ ...show, taken: show.setlistId !== null }));
  const found = stays && showOfSetlist([{ ...stays, taken: false }], placeOf(venue), fold) !== null ? stays.id : showOfSetlist(others, placeOf(venue), fold);
  if (found !== null && !(madeByIt && found === before)) return found;
  // Somebody has said that this date of its is wrong.
  if (own?.artistId === artist.id && (await cameFrom(tx, before!, localDate))) return before!;
  const told = { venueId: venue.id, timeZone: venue.timeZone, tour, localDate, startsAt: null, status: "scheduled" } as const;
  const made = await placeShow(tx, { artist, venue, showId: madeByIt ? before : null, told }, now);
  if (made === null) throw new Error("A show with a date was not made");
  return made;
}

/** A show from which a setlist has gone to another one; one that only that had made is gone with it, unless somebody has voted on it. */
async function leaveShow(tx: Transaction, { showId, artistId, localDate }: StoredSetlist, now: number): Promise<ChangedSetlist> {
  await appendEvents(tx, now, [{ kind: "setlist.changed", showId, payload: { status: null } }]);
  await unlockAgain(tx, showId, now);
  const left = await showOrigins(tx, showId);
  if (left && left.events === 0 && left.setlists === 0 && left.votes === 0) await removeShow(tx, { id: showId, slug: left.slug }, now);
  return { showId, artistId, final: false, localDate };
}
