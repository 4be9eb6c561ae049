import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { putSetlist, storedSetlists, type NewPlayed } from "#db/queries/setlists.ts";
import { artistName, showOrigins, showsOnDate } from "#db/queries/show-rows.ts";
import { songsNamed } from "#db/queries/song-rows.ts";
import { lookUpKeys } from "../../domain/catalogue/aliases.ts";
import { notFound } from "../../domain/errors.ts";
import { fold } from "../../domain/fold.ts";
import type { PlayedSong, Provider, SetlistRecord } from "../../domain/provider-records.ts";
import { showOfSetlist } from "../../domain/same-night.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
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
  const fresh = latest.filter((record) => stored.get(record.id)?.version !== record.version);
  const songs = await songsNamed(tx, artistId, [...new Set(fresh.flatMap(titlesOf).flatMap(lookUpKeys))]);
  const told = new Set<number>();
  for (const record of fresh) {
    const before = stored.get(record.id)?.showId ?? null;
    const showId = await showFor(tx, { artist: { id: artistId, name }, provider, record, before }, now);
    await storeSetlist(tx, { showId, provider, record, songs }, now);
    told.add(showId);
    if (before !== null && before !== showId) {
      told.add(before);
      await dropEmpty(tx, before, now);
    }
  }
  if (fresh.length > 0) await compareNights(tx, artistId, [...new Set(fresh.map(({ localDate }) => localDate))], now);
  await appendEvents(tx, now, [...told].map((showId) => ({ kind: "show.changed", showId, payload: { setlist: true } })));
  if (step) await saveStep(tx, step, now);
  return fresh.length;
});

function titlesOf({ sets }: PlacedSetlist): string[] {
  return sets.flatMap((set) => set.songs.map(({ title }) => title));
}

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
  const told = { venueId: venue.id, timeZone: venue.timeZone, tour, localDate, startsAt: null, status: "scheduled" } as const;
  const made = await placeShow(tx, { artist, venue, showId: madeByIt ? before : null, told }, now);
  if (made === null) throw new Error("A show with a date was not made");
  return made;
}

/** A show that only a setlist has made is gone when that is another one's, unless somebody has voted on it. */
async function dropEmpty(tx: Transaction, id: number, now: number): Promise<void> {
  const left = await showOrigins(tx, id);
  if (left && left.events === 0 && left.setlists === 0 && left.votes === 0) await removeShow(tx, { id, slug: left.slug }, now);
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
