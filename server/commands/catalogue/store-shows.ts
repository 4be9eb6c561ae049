import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { putShowIdentity, showsByIdentity, type ShowIdentity } from "#db/queries/identities.ts";
import { artistName, putBill, showsOnDate } from "#db/queries/show-rows.ts";
import { notFound } from "../../domain/errors.ts";
import { fold } from "../../domain/fold.ts";
import type { Provider, ShowRecord } from "../../domain/provider-records.ts";
import { showOfSetlist } from "../../domain/same-night.ts";
import type { ToldShow } from "../../domain/show-changes.ts";
import { isTimeZone, localInstant } from "../../domain/show-time.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
import { askForStudy } from "../scores/ask-for.ts";
import { compareNights } from "./compare-nights.ts";
import { recordDigest } from "./digest.ts";
import { dropEvent } from "./drop-event.ts";
import { placeShow } from "./place-show.ts";
import { placeOf, putVenue, type KnownVenue, type PlacedVenue } from "./put-venue.ts";

/** An event with the zone of its venue. */
export type PlacedShow = Omit<ShowRecord, "venue"> & { venue: PlacedVenue | null };

export interface StoredShows {
  artistId: number;
  provider: Provider;
  records: PlacedShow[];
  /** Ids of events that the provider does not have any more. */
  gone?: string[];
  /** Absent while more of the same page follow. */
  step?: JobStep;
}

/**
 * Stores an artist's events as a provider has them: a show each, on the same row and with its votes when it is
 * moved, put off or cancelled. Those that have not changed are not written. How many were. Throws `not_found`.
 */
export const storeShows = command<StoredShows, number>(async (tx, { input, now }) => {
  const { artistId, provider, records, gone = [], step } = input;
  const name = await artistName(tx, artistId);
  if (name === null) throw notFound("artist");
  const latest = new Map(records.map((record) => [record.id, record]));
  const known = await showsByIdentity(tx, artistId, provider, [...latest.keys(), ...gone]);
  const byId = new Map(known.map((identity) => [identity.providerId, identity]));
  let written = 0;
  for (const record of latest.values()) {
    const digest = recordDigest(record);
    const identity = byId.get(record.id) ?? null;
    if (identity?.digest === digest || identity?.status === "rejected") continue;
    await storeShow(tx, { artist: { id: artistId, name }, provider, record, digest, identity }, now);
    written += 1;
  }
  for (const id of gone) written += await dropEvent(tx, byId.get(id), now);
  if (written > 0) await compareNights(tx, artistId, [...new Set(records.flatMap(({ localDate }) => localDate ?? []))], now);
  if (step) await saveStep(tx, step, now);
  return written;
});

interface OneShow {
  artist: { id: number; name: string };
  provider: Provider;
  record: PlacedShow;
  digest: string;
  identity: ShowIdentity | null;
}

async function storeShow(tx: Transaction, { artist, provider, record, digest, identity }: OneShow, now: number): Promise<void> {
  const { id: providerId, url, ticketUrl, artists } = record;
  const venue = await putVenue(tx, provider, record.venue, now);
  const told = toldOf(record, venue);
  const known = identity?.showId ?? (await showOfNight(tx, artist.id, record, venue));
  const showId = await placeShow(tx, { artist, venue, showId: known, told }, now);
  await putShowIdentity(tx, {
    provider,
    providerId,
    artistId: artist.id,
    showId,
    confidence: 1,
    status: identity?.status ?? "automatic",
    evidence: { own: true },
    url,
    ticketUrl,
    digest,
  });
  if (showId === null) return;
  const billed = await putBill(tx, showId, artists.length < 2 ? [] : artists.map(({ id, name }) => ({ name, provider, providerId: id })));
  // How many acts are on it says whether it was a festival.
  if (billed) await askForStudy(tx, artist.id, now);
}

function toldOf({ tour, localDate, localTime, startsAt, status, timeZone: told }: PlacedShow, venue: KnownVenue): ToldShow {
  const timeZone = told !== null && isTimeZone(told) ? told : venue.timeZone;
  const byClock = localDate === null || localTime === null ? null : localInstant(localDate, localTime, timeZone);
  return { venueId: venue.id, timeZone, tour, localDate, startsAt: startsAt ?? byClock, status };
}

/** The show that is known of a night from its setlist alone, and is no provider's event yet. */
async function showOfNight(tx: Transaction, artistId: number, { localDate }: PlacedShow, venue: KnownVenue): Promise<number | null> {
  if (localDate === null) return null;
  const there = await showsOnDate(tx, artistId, localDate);
  return showOfSetlist(there.filter(({ demo }) => !demo).map((show) => ({ ...show, taken: show.events > 0 })), placeOf(venue), fold);
}
