import * as demo from "#db/queries/demo.ts";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import { AppError } from "#server/domain/errors.ts";
import { allowed } from "./fans.ts";
import { startDirectWriter, type DirectWriter } from "./direct-writer.ts";
import type { TestDatabase } from "./test-database.ts";

/** Tables in which a merge that is undone leaves what happened, and what is kept by time. */
export const TELL_WHAT_WAS = ["events", "audit_log", "merges", "merge_rows", "sqlite_sequence", "jobs", "__drizzle_migrations", "matches"];

/** Every row of every table by its texts, but for what tells of the past and versions of tallies, which only go on. */
export async function allRows(database: TestDatabase, without: string[] = TELL_WHAT_WAS): Promise<Record<string, string[]>> {
  const tables = await database.rows("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
  const dump: Record<string, string[]> = {};
  for (const name of tables.map((table) => String(table["name"])).filter((table) => !without.includes(table))) {
    const rows = await database.rows(`SELECT * FROM "${name}"`);
    if (rows.length > 0) dump[name] = rows.map(({ tally_version: _, ...row }) => JSON.stringify(row)).sort();
  }
  return dump;
}

export interface MergeStage extends DirectWriter {
  /** A moderator's account. */
  moderator: number;
  merge(kind: LinkKind, from: number, into: number): Promise<number>;
  undo(mergeId: number): Promise<void>;
  /** Why an action is refused. */
  refusal(action: Promise<unknown>): Promise<string>;
  vote(fan: number, setlistSongId: number): Promise<boolean>;
  retract(fan: number, setlistSongId: number): Promise<boolean>;
  number(sql: string, ...args: (string | number)[]): Promise<number>;
}

/** The program's commands, with a moderator who merges. */
export async function startMergeStage(): Promise<MergeStage> {
  const writer = await startDirectWriter();
  const [moderator] = await writer.database.change((tx) => demo.insertFans(tx, [{ email: "moderator@example.org", displayName: "Mo", createdAt: 0 }]));
  const by = allowed(moderator!.id, "moderate", "moderator");
  return {
    ...writer,
    moderator: moderator!.id,
    merge: async (kind, from, into) => (await writer.run("mergeRecords", { by, kind, from, into })).mergeId,
    undo: (mergeId) => writer.run("undoMergeOf", { by, mergeId }),
    async refusal(action) {
      try {
        await action;
      } catch (error) {
        if (error instanceof AppError) return error.reason;
        throw error;
      }
      throw new Error("It was not refused");
    },
    vote: async (fan, setlistSongId) => (await writer.run("castVotes", { fan: allowed(fan, "vote"), setlistSongId })).verdict !== "refused",
    retract: async (fan, setlistSongId) => (await writer.run("retractVotes", { fan: allowed(fan, "vote"), setlistSongId })).verdict !== "refused",
    async number(sql, ...args) {
      const [row] = await writer.database.rows(sql, ...args);
      return Number(Object.values(row ?? { none: Number.NaN })[0]);
    },
    [Symbol.asyncDispose]: () => writer[Symbol.asyncDispose](),
  };
}

/** Another show of an artist on another day, with songs of the artist by title on its ballot; its id and the setlist songs by title. */
export async function addShow(database: TestDatabase, artistId: number, { titles, day, venueId }: { titles: string[]; day: number; venueId?: number }): Promise<{ showId: number; songs: Map<string, number> }> {
  const localDate = `2026-07-${String(day).padStart(2, "0")}`;
  const startsAt = Date.parse(`${localDate}T18:00:00Z`);
  const known = await database.rows("SELECT id, title FROM songs WHERE artist_id = ?", artistId);
  const ids = new Map(known.map(({ id, title }) => [String(title), Number(id)]));
  const [venue] = await database.rows("SELECT min(id) AS id FROM venues");
  return database.change(async (tx) => {
    const row = { slug: `show-${artistId}-${day}-${venueId ?? 0}`, artistId, venueId: venueId ?? Number(venue!["id"]), localDate, startsAt };
    const [show] = await demo.insertShows(tx, [row]);
    await demo.insertPredictedSetlists(tx, [{ showId: show!.id, closesAt: startsAt, createdAt: 0 }]);
    const places = await demo.insertSetlistSongs(tx, titles.map((title, i) => ({ showId: show!.id, songId: ids.get(title)!, position: i + 1 })));
    return { showId: show!.id, songs: new Map(titles.map((title, i) => [title, places[i]!.id])) };
  });
}

/** Setlist songs of a show by the titles of the songs. */
export async function ballotOf(database: TestDatabase, showId: number): Promise<Map<string, { id: number; votes: number }>> {
  const rows = await database.rows("SELECT s.title, b.id, b.votes FROM setlist_songs b JOIN songs s ON s.id = b.song_id WHERE b.show_id = ? ORDER BY b.position", showId);
  return new Map(rows.map(({ title, id, votes }) => [String(title), { id: Number(id), votes: Number(votes) }]));
}
