import * as demo from "#db/queries/demo.ts";
import { putSetlist } from "#db/queries/setlists.ts";
import { studyArtist, type StudyDeps } from "#jobs/tasks/study-artist.ts";
import type { SetlistStatus } from "#server/domain/setlists/accounts.ts";
import type { Write } from "#server/commands/registry.ts";
import { buildShow, titles, type BuiltShow, type ShowSpec } from "./builders.ts";
import { startDirectWriter, type DirectWriter } from "./direct-writer.ts";
import type { TestDatabase } from "./test-database.ts";

export interface PlayedSpec {
  /** yyyy-mm-dd. */
  on: string;
  /** Places of songs among the artist's, from 0. */
  songs: number[];
  encore?: number[];
  tour?: string;
  status?: SetlistStatus;
  /** At another venue than the show to come; by its id. */
  venueId?: number;
}

export interface StudiedArtist extends DirectWriter {
  write: Write;
  /** A show to come, on 2026-07-01 unless said otherwise. */
  show: BuiltShow;
  /** The artist's songs, those of the ballot first. */
  songIds: number[];
  /** Adds shows with what was played; their ids. */
  played(shows: readonly PlayedSpec[]): Promise<number[]>;
  /** Another show to come; its id. */
  upcoming(on: string, told?: { startsAt?: number; tour?: string }): Promise<number>;
  /** Does what the job does. */
  study(more?: Partial<StudyDeps> & { signal?: AbortSignal; run?: { jobId: number; claim: number } }): Promise<void>;
  /** What is kept of forecasts, with times left out; of one show or all. */
  kept(showId?: number): Promise<Record<string, unknown>[]>;
  /** Titles of a ballot in order. */
  ballot(showId: number): Promise<string[]>;
}

/** An artist with 12 songs on the ballot of a show to come and 3 others. */
export async function startStudiedArtist(spec: ShowSpec = {}): Promise<StudiedArtist> {
  const writer = await startDirectWriter();
  const { database } = writer;
  const show = await buildShow(database, { localDate: "2026-07-01", venue: "Hall", ballot: titles(12), ...spec });
  const songIds = (await database.rows("SELECT id FROM songs WHERE artist_id = ? ORDER BY id", show.artistId)).map(({ id }) => Number(id));
  const write: Write = (name, input) => writer.run(name, input);
  return {
    ...writer,
    write,
    show,
    songIds,
    played: (shows) => addPlayed(database, show, songIds, shows),
    upcoming: (on, told) => addUpcoming(database, show, on, told),
    async study({ signal = new AbortController().signal, run = { jobId: 1, claim: 1 }, ...more } = {}) {
      const deps = { reader: database.reader, write, now: writer.clock.now, pause: () => Promise.resolve(), ...more };
      const job = { id: run.jobId, payload: { artistId: show.artistId }, cursor: null, requestedBy: null, signal, step: () => ({ ...run, cursor: null }) };
      await studyArtist(deps)(job);
    },
    kept: (showId) =>
      database.rows(
        `SELECT c.*, f.kind, f.model, f.shows, f.expected_length AS songs FROM forecasts f LEFT JOIN song_chances c ON c.show_id = f.show_id
         WHERE f.show_id = coalesce(nullif(?, 0), f.show_id) ORDER BY f.show_id, c.played DESC, c.song_id`,
        showId ?? 0,
      ),
    ballot: async (showId) =>
      (await database.rows("SELECT s.title FROM setlist_songs b JOIN songs s ON s.id = b.song_id WHERE b.show_id = ? ORDER BY b.position", showId)).map(({ title }) => String(title)),
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

let serial = 0;

export async function addPlayed(database: TestDatabase, { artistId }: BuiltShow, songIds: number[], shows: readonly PlayedSpec[]): Promise<number[]> {
  return database.change(async (tx) => {
    const ids: number[] = [];
    for (const { on, songs, encore = [], tour = null, status = "final", venueId = 1 } of shows) {
      serial += 1;
      const [show] = await demo.insertShows(tx, [{ slug: `past-${serial}`, artistId, venueId, tour, localDate: on, status: "completed" }]);
      await demo.insertPredictedSetlists(tx, [{ showId: show!.id, closesAt: Date.parse(`${on}T18:00:00Z`), createdAt: 0 }]);
      const sets = [{ number: 1, name: null, encore: null }, ...(encore.length > 0 ? [{ number: 2, name: null, encore: 1 }] : [])];
      const rows = [...songs.map((at) => ({ at, setNumber: 1 })), ...encore.map((at) => ({ at, setNumber: 2 }))].map(({ at, setNumber }, i) => ({
        position: i + 1, setNumber, title: `Song ${at}`, titleKey: `song ${at}`, songId: songIds[at]!,
        coverOf: null, coverOfId: null, guest: null, tape: false, note: null, segue: false, medley: null,
      }));
      await putSetlist(tx, { showId: show!.id, provider: "setlistfm", providerId: `p${serial}`, version: "1", url: null, note: null, editedAt: null, storedAt: 0, status }, sets, rows);
      ids.push(show!.id);
    }
    return ids;
  });
}

function addUpcoming(database: TestDatabase, { artistId }: BuiltShow, on: string, { startsAt, tour = null as string | null }: { startsAt?: number; tour?: string | null } = {}): Promise<number> {
  return database.change(async (tx) => {
    serial += 1;
    const starts = startsAt ?? Date.parse(`${on}T18:00:00Z`);
    const [show] = await demo.insertShows(tx, [{ slug: `next-${serial}`, artistId, venueId: 1, tour, localDate: on, startsAt: starts, status: "upcoming" }]);
    await demo.insertPredictedSetlists(tx, [{ showId: show!.id, closesAt: starts, createdAt: 0 }]);
    return show!.id;
  });
}

/** Shows on days before 2026-06-13, the last one on the 12th, each with what the pattern says. */
export function nightly(count: number, songs: (night: number) => number[], more: (night: number) => Partial<PlayedSpec> = () => ({})): PlayedSpec[] {
  const last = Date.UTC(2026, 5, 12);
  return Array.from({ length: count }, (_, night) => ({
    on: new Date(last - (count - 1 - night) * 86_400_000).toISOString().slice(0, 10),
    songs: songs(night),
    ...more(night),
  }));
}
