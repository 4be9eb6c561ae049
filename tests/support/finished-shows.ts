import { sql } from "drizzle-orm";
import { appendEvents } from "#db/queries/events.ts";
import type { Role } from "#server/domain/scoring/played.ts";
import type { SetlistStatus } from "#server/domain/setlists/accounts.ts";
import { chances, fans as exampleFans, lastShows, titles, votes as exampleVotes } from "../unit/domain/scoring/example.ts";
import { buildShow, type BuiltShow, type ShowSpec } from "./builders.ts";
import { buildSetlist, type SetSpec } from "./came-in.ts";
import { buildFans } from "./fans.ts";
import type { TestDatabase } from "./test-database.ts";

export interface ExampleShow extends BuiltShow {
  /** Our song of a number of the example, from 1. */
  song: (number: number) => number;
  /** A ballot row of a number of the example, from 1. */
  row: (number: number) => number;
}

const NAMES = { ...titles };

/** The setlist of the example of docs/scoring.md, in sets as a source may have them. */
export function exampleSets({ song }: Pick<ExampleShow, "song">): SetSpec[] {
  const ours = (number: number) => ({ title: NAMES[number - 1]!, songId: song(number) });
  return [
    { songs: [{ title: "Overture", tape: true }, ours(1), ours(2), ours(4), { title: "Somebody Else's Song", coverOf: "Somebody Else" }, ours(5), ours(7), ours(9), ours(1)] },
    { encore: 1, songs: [ours(10), ours(3)] },
  ];
}

/** The show of that example with its forecast, its tally of 40 fans and the three shows before, and no setlist yet. */
export async function buildExample(database: TestDatabase, spec: ShowSpec = {}): Promise<ExampleShow> {
  const show = await buildShow(database, { localDate: "2026-06-10", status: "completed", ballot: titles, catalogue: [], ...spec });
  const rows = await database.rows("SELECT id, song_id FROM setlist_songs WHERE show_id = ? ORDER BY position", show.showId);
  const song = (number: number) => Number(rows[number - 1]!["song_id"]);
  const row = (number: number) => Number(rows[number - 1]!["id"]);
  const crowd = await buildFans(database, 40);
  await database.change(async (tx) => {
    await tx.run(`INSERT INTO forecasts (show_id, kind, model, shows, expected_length, made_at) VALUES (${show.showId}, 'forecast', 1, 3, 9, 0)`);
    for (const { songId, played, roles } of chances)
      await tx.run(`INSERT INTO song_chances (show_id, song_id, played, opener, closer, encore, reasons)
        VALUES (${show.showId}, ${song(songId)}, ${played}, ${roles.opener}, ${roles.closer}, ${roles.encore}, '[]')`);
    for (const fan of crowd) await tx.run(`INSERT INTO show_allowances (user_id, show_id, votes) VALUES (${fan}, ${show.showId}, 1)`);
    for (const [i, votes] of exampleVotes.entries()) await tx.run(`UPDATE setlist_songs SET votes = ${votes} WHERE id = ${row(i + 1)}`);
    await tx.run(`UPDATE shows SET total_votes = ${exampleVotes.reduce((sum, votes) => sum + votes, 0)} WHERE id = ${show.showId}`);
  });
  for (const [i, songs] of lastShows.entries()) await playedBefore(database, show, `2026-05-${20 - i}`, songs.map((number) => ({ title: NAMES[number - 1]!, songId: song(number) })));
  return { ...show, song, row };
}

async function playedBefore(database: TestDatabase, { artistId, showId }: BuiltShow, localDate: string, songs: SetSpec["songs"]): Promise<void> {
  const id = await database.change(async (tx) => {
    const [show] = await tx.all<{ id: number }>(`
      INSERT INTO shows (slug, artist_id, venue_id, local_date, status)
      SELECT 'before-${showId}-${localDate}', ${artistId}, venue_id, '${localDate}', 'completed' FROM shows WHERE id = ${showId} RETURNING id`);
    await tx.run(`INSERT INTO predicted_setlists (show_id, closes_at, created_at) VALUES (${show!.id}, 0, 0)`);
    return show!.id;
  });
  await buildSetlist(database, { showId: id }, { sets: [{ songs }] });
}

/** One of the example's fans votes and calls; whose account it is. */
export async function voteAs(database: TestDatabase, show: ExampleShow, name: keyof typeof exampleFans, userId: number): Promise<void> {
  const { songs, calls = {} } = exampleFans[name]!;
  await database.change(async (tx) => {
    await tx.run(`INSERT INTO show_allowances (user_id, show_id, votes) VALUES (${userId}, ${show.showId}, ${songs.length})`);
    for (const [i, number] of songs.entries())
      await tx.run(`INSERT INTO votes (show_id, user_id, setlist_song_id, cast_at) VALUES (${show.showId}, ${userId}, ${show.row(number)}, ${1_000 + i})`);
    for (const [role, number] of Object.entries(calls) as [Role, number][])
      await tx.run(`INSERT INTO calls (show_id, user_id, role, setlist_song_id, called_at) VALUES (${show.showId}, ${userId}, '${role}', ${show.row(number)}, 1)`);
    // The tally of the example has their votes already, and its 40 fans are all there are.
    await tx.run(`DELETE FROM show_allowances WHERE show_id = ${show.showId} AND user_id = (
      SELECT a.user_id FROM show_allowances a WHERE a.show_id = ${show.showId} AND NOT EXISTS (SELECT 1 FROM votes v WHERE v.show_id = a.show_id AND v.user_id = a.user_id) LIMIT 1)`);
  });
}

/** The example whole: what was played is known and has a status. */
export async function buildCompared(database: TestDatabase, { status = "final", ...spec }: { status?: SetlistStatus } & Omit<ShowSpec, "status"> = {}): Promise<ExampleShow & { setlistId: number }> {
  const show = await buildExample(database, { ...spec, ...(status === "live" && { localDate: "2026-06-13", startTime: "13:00", status: "ongoing" as const }) });
  const { id } = await buildSetlist(database, show, { sets: exampleSets(show) });
  await setStatus(database, id, status);
  return { ...show, setlistId: id };
}

export async function setStatus(database: TestDatabase, setlistId: number, status: SetlistStatus): Promise<void> {
  await database.change((tx) => tx.run(`UPDATE actual_setlists SET status = '${status}' WHERE id = ${setlistId}`));
}

/** Somebody writes down one more song, at the end of the last set. */
export async function writeDown(database: TestDatabase, { showId, setlistId }: { showId: number; setlistId: number }, title: string, songId: number | null): Promise<void> {
  await database.change(async (tx) => {
    await tx.run(sql`
      INSERT INTO played_songs (setlist_id, position, set_number, title, title_key, song_id, tape)
      SELECT ${setlistId}, coalesce(max(position), 0) + 1, coalesce(max(set_number), 1), ${title}, ${title.toLowerCase()}, ${songId}, 0 FROM played_songs WHERE setlist_id = ${setlistId}`);
    await appendEvents(tx, 0, [{ kind: "setlist.changed", showId, payload: {} }]);
  });
}

/** A show on stage of the example, of which the first songs are written down. */
export async function buildRunning(database: TestDatabase, songs = 2): Promise<ExampleShow & { setlistId: number }> {
  const show = await buildExample(database, { localDate: "2026-06-13", startTime: "13:00", status: "ongoing" });
  const [first] = exampleSets(show);
  const { id } = await buildSetlist(database, show, { sets: [{ songs: first!.songs.slice(1, 1 + songs) }] });
  await setStatus(database, id, "live");
  return { ...show, setlistId: id };
}
