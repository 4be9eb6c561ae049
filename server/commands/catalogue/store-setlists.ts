import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { putSetlist, storedSetlists, type NewPlayed } from "#db/queries/setlists.ts";
import { artistName, showsOnDate } from "#db/queries/show-rows.ts";
import { songsNamed } from "#db/queries/song-rows.ts";
import { lookUpKeys } from "../../domain/catalogue/aliases.ts";
import { notFound } from "../../domain/errors.ts";
import { fold } from "../../domain/fold.ts";
import type { PlayedSong, Provider, SetlistRecord } from "../../domain/provider-records.ts";
import { showOfSetlist } from "../../domain/same-night.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
import { placeShow } from "./place-show.ts";
import { putVenue, type KnownVenue, type PlacedVenue } from "./put-venue.ts";

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
  const fresh = records.filter((record) => stored.get(record.id)?.version !== record.version);
  const songs = await songsNamed(tx, artistId, [...new Set(fresh.flatMap(titlesOf).flatMap(lookUpKeys))]);
  const told = new Set<number>();
  for (const record of fresh) {
    const showId = stored.get(record.id)?.showId ?? (await showFor(tx, { id: artistId, name }, provider, record, now));
    await storeSetlist(tx, { showId, provider, record, songs }, now);
    told.add(showId);
  }
  await appendEvents(tx, now, [...told].map((showId) => ({ kind: "show.changed", showId, payload: { setlist: true } })));
  if (step) await saveStep(tx, step, now);
  return fresh.length;
});

function titlesOf({ sets }: PlacedSetlist): string[] {
  return sets.flatMap((set) => set.songs.map(({ title }) => title));
}

async function showFor(tx: Transaction, artist: { id: number; name: string }, provider: Provider, record: PlacedSetlist, now: number): Promise<number> {
  const venue = await putVenue(tx, provider, record.venue);
  const { localDate, tour } = record;
  const there = await showsOnDate(tx, artist.id, localDate);
  const night = there.filter(({ demo }) => !demo).map((show) => ({ ...show, taken: show.setlistId !== null }));
  const found = showOfSetlist(night, placeOf(venue), fold);
  if (found !== null) return found;
  const told = { venueId: venue.id, timeZone: venue.timeZone, tour, localDate, startsAt: null, status: "scheduled" } as const;
  const made = await placeShow(tx, { artist, venue, showId: null, told }, now);
  if (made === null) throw new Error("A show with a date was not made");
  return made;
}

function placeOf({ id: venueId, city, latitude, longitude }: KnownVenue) {
  return { venueId, city, latitude, longitude };
}

interface OneSetlist {
  showId: number;
  provider: Provider;
  record: PlacedSetlist;
  songs: Map<string, number>;
}

async function storeSetlist(tx: Transaction, { showId, provider, record, songs }: OneSetlist, now: number): Promise<void> {
  const { id: providerId, version, url, note, editedAt, sets } = record;
  const rows = sets.map(({ name, encore }, i) => ({ number: i + 1, name, encore }));
  const played = sets
    .flatMap((set, i) => set.songs.map((song) => ({ song, setNumber: i + 1 })))
    .map(({ song, setNumber }, i) => playedRow(song, setNumber, i + 1, songs));
  await putSetlist(tx, { showId, provider, providerId, version, url, note, editedAt, storedAt: now }, rows, played);
}

function playedRow(song: PlayedSong, setNumber: number, position: number, songs: Map<string, number>): NewPlayed {
  const { title, coverOf, guest, tape, note } = song;
  const keys = lookUpKeys(title);
  const found = keys.find((key) => songs.has(key));
  return {
    position,
    setNumber,
    title,
    titleKey: keys[0]!,
    songId: found === undefined ? null : songs.get(found)!,
    coverOf: coverOf?.name ?? null,
    coverOfId: coverOf?.id ?? null,
    guest: guest?.name ?? null,
    tape,
    note,
  };
}
