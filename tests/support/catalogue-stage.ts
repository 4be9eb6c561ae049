import type { JobStep } from "#server/commands/job-queue.ts";
import type { PlacedVenue } from "#server/commands/catalogue/put-venue.ts";
import type { PlacedSetlist } from "#server/commands/catalogue/store-setlists.ts";
import type { PlacedShow } from "#server/commands/catalogue/store-shows.ts";
import type { ArtistRecord, PlayedSong, Provider, SongRecord } from "#server/domain/provider-records.ts";
import type { DirectWriter } from "./direct-writer.ts";
import { startDirectWriter } from "./direct-writer.ts";

export function artistRecord(told: Partial<ArtistRecord> & { id: string }): ArtistRecord {
  return { name: "The Larks", sortName: null, disambiguation: null, aliases: [], country: null, genres: [], url: null, imageUrl: null, sameAs: [], ...told };
}

export function songRecord(told: Partial<SongRecord> & { id: string; title: string }): SongRecord {
  const unknown = { workId: null, albumId: null, discNumber: null, trackNumber: null, durationMs: 200_000, releasedOn: null, note: null, url: null };
  return { artists: [{ id: "lark", name: "The Larks" }], isrcs: [], video: false, ...unknown, ...told };
}

export function venueRecord(told: Partial<PlacedVenue> & { id: string }): PlacedVenue {
  const place = { city: "Leipzig", region: null, country: "DE", latitude: 51.34, longitude: 12.37, timeZone: "Europe/Berlin" };
  return { name: "Hall", url: null, ...place, ...told };
}

export function showRecord(told: Partial<PlacedShow> & { id: string }): PlacedShow {
  const localDate = "2026-07-01";
  const dated = { localDate, localTime: "20:00", timeZone: "Europe/Berlin", startsAt: Date.parse("2026-07-01T18:00:00Z"), status: "scheduled" } as const;
  const artists = [{ id: "K1", name: "The Larks", sameAs: [] }];
  return { name: "The Larks", artists, venue: venueRecord({ id: "V1" }), ...dated, tour: null, ticketUrl: null, url: null, ...told };
}

export function played(title: string, told: Partial<PlayedSong> = {}): PlayedSong {
  return { title, coverOf: null, guest: null, tape: false, note: null, ...told };
}

export function setlistRecord(told: Partial<PlacedSetlist> & { id: string }, titles: string[] = ["Dawn"]): PlacedSetlist {
  const artist = { id: "lark", name: "The Larks", sameAs: [] };
  const sets = titles.length === 0 ? [] : [{ name: null, encore: null, songs: titles.map((title) => played(title)) }];
  const about = { version: "1", tour: null, note: null, editedAt: null, url: `https://example.org/${told.id}` };
  return { artist, localDate: "2026-06-01", venue: venueRecord({ id: "s1" }), sets, ...about, ...told };
}

export interface CatalogueStage extends DirectWriter {
  /** The only artist at first. */
  artistId: number;
  /** A job's claim, as a runner has it. */
  step: Omit<JobStep, "cursor">;
  artist(record: ArtistRecord, more?: { artistId?: number | null; provider?: Provider; askedId?: string }): Promise<number>;
  songs(records: SongRecord[], provider?: Provider): Promise<number>;
  shows(records: PlacedShow[], gone?: string[]): Promise<number>;
  setlists(records: PlacedSetlist[]): Promise<number>;
}

/** A database with one artist and a job that stores what providers tell. */
export async function startCatalogueStage(): Promise<CatalogueStage> {
  const writer = await startDirectWriter();
  const job = { name: "import-artist", key: "test", payload: {}, lane: "imports", priority: 5, runAt: 0 };
  await writer.run("enqueueJobs", [job]);
  const [held] = await writer.run("claimJobs", { lanes: [{ lane: "imports", names: ["import-artist"], limit: 1 }], owner: "test", leaseMs: 1e9, gone: [] });
  const step = { jobId: held!.id, claim: held!.claim };
  const artist: CatalogueStage["artist"] = async (record, { artistId = null, provider = "musicbrainz", ...more } = {}) =>
    (await writer.run("storeArtist", { artistId, provider, record, ...more, step, cursor: {} })).artistId;
  const artistId = await artist(artistRecord({ id: "lark" }));
  return {
    ...writer,
    artistId,
    step,
    artist,
    songs: (records, provider = "musicbrainz") => writer.run("storeSongs", { artistId, provider, records }),
    shows: (records, gone) => writer.run("storeShows", { artistId, provider: "ticketmaster", records, ...(gone && { gone }) }),
    setlists: (records) => writer.run("storeSetlists", { artistId, provider: "setlistfm", records }),
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}
