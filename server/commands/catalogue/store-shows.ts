import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { putShowIdentity, showsByIdentity, type ShowIdentity } from "#db/queries/identities.ts";
import { artistName, putBill } from "#db/queries/show-rows.ts";
import { notFound } from "../../domain/errors.ts";
import type { Provider, ShowRecord } from "../../domain/provider-records.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
import { recordDigest } from "./digest.ts";
import { placeShow } from "./place-show.ts";
import { putVenue, type PlacedVenue } from "./put-venue.ts";

/** An event with the zone of its venue. */
export type PlacedShow = Omit<ShowRecord, "venue"> & { venue: PlacedVenue | null };

export interface StoredShows {
  artistId: number;
  provider: Provider;
  records: PlacedShow[];
  /** Absent while more of the same page follow. */
  step?: JobStep;
}

/**
 * Stores an artist's events as a provider has them: a show each, on the same row and with its votes when it is
 * moved, put off or cancelled. Those that have not changed are not written. How many were.
 */
export const storeShows = command<StoredShows, number>(async (tx, { input, now }) => {
  const { artistId, provider, records, step } = input;
  const name = await artistName(tx, artistId);
  if (name === null) throw notFound("artist");
  const known = await showsByIdentity(tx, artistId, provider, records.map(({ id }) => id));
  const byId = new Map(known.map((identity) => [identity.providerId, identity]));
  let written = 0;
  for (const record of records) {
    const digest = recordDigest(record);
    const identity = byId.get(record.id) ?? null;
    if (identity?.digest === digest || identity?.status === "rejected") continue;
    await storeShow(tx, { artist: { id: artistId, name }, provider, record, digest, identity }, now);
    written += 1;
  }
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
  const venue = await putVenue(tx, provider, record.venue);
  const { tour, localDate, startsAt, status } = record;
  const told = { venueId: venue.id, timeZone: record.timeZone ?? venue.timeZone, tour, localDate, startsAt, status };
  const showId = await placeShow(tx, { artist, venue, showId: identity?.showId ?? null, told }, now);
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
  if (showId === null || artists.length < 2) return;
  await putBill(tx, showId, artists.map(({ id, name }) => ({ name, provider, providerId: id })));
}
