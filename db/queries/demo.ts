import { and, eq, inArray, ne, notInArray, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import {
  actualSetlists,
  actualSets,
  artists,
  forecasts,
  jobs,
  playedSongs,
  predictedSetlists,
  removedPages,
  setlistSongs,
  shows,
  songChances,
  songs,
  users,
  venues,
} from "../schema/index.ts";

/** Rows in one INSERT; SQLite takes 32,766 bound values and no demo row has more than ten. */
const ROWS_AT_ONCE = 500;

type Insertable<T extends { $inferInsert: object }> = Omit<T["$inferInsert"], "id">;

async function insertAll<T, R>(rows: T[], insert: (slice: T[]) => Promise<R[]>): Promise<R[]> {
  const inserted: R[] = [];
  for (let i = 0; i < rows.length; i += ROWS_AT_ONCE) {
    inserted.push(...(await insert(rows.slice(i, i + ROWS_AT_ONCE))));
  }
  return inserted;
}

/** Adds artists; one whose address is there already is taken as it stands. */
export function insertArtists(tx: Transaction, rows: Insertable<typeof artists>[]) {
  return insertAll(rows, (slice) =>
    tx
      .insert(artists)
      .values(slice)
      .onConflictDoUpdate({ target: artists.slug, set: { slug: sql`excluded.slug` } })
      .returning({ id: artists.id, slug: artists.slug }),
  );
}

/** Adds venues; one whose address is there already is taken as it stands. */
export function insertVenues(tx: Transaction, rows: Insertable<typeof venues>[]) {
  return insertAll(rows, (slice) =>
    tx
      .insert(venues)
      .values(slice)
      .onConflictDoUpdate({ target: venues.slug, set: { slug: sql`excluded.slug` } })
      .returning({ id: venues.id, slug: venues.slug }),
  );
}

/** Adds songs; one that the artist has already is taken as it stands. */
export function insertSongs(tx: Transaction, rows: Insertable<typeof songs>[]) {
  return insertAll(rows, (slice) =>
    tx
      .insert(songs)
      .values(slice)
      .onConflictDoUpdate({ target: [songs.artistId, songs.title], set: { title: sql`excluded.title` } })
      .returning({ id: songs.id, artistId: songs.artistId }),
  );
}

export function insertFans(tx: Transaction, rows: Insertable<typeof users>[]) {
  return insertAll(rows, (slice) => tx.insert(users).values(slice).returning({ id: users.id }));
}

/** Adds shows; one whose address is there already is left alone and not returned. */
export function insertShows(tx: Transaction, rows: Insertable<typeof shows>[]) {
  return insertAll(rows, (slice) =>
    tx.insert(shows).values(slice).onConflictDoNothing().returning({ id: shows.id, slug: shows.slug }),
  );
}

export async function insertPredictedSetlists(
  tx: Transaction,
  rows: (typeof predictedSetlists.$inferInsert)[],
): Promise<void> {
  await insertAll(rows, async (slice) => {
    await tx.insert(predictedSetlists).values(slice);
    return [];
  });
}

export function insertSetlistSongs(tx: Transaction, rows: Insertable<typeof setlistSongs>[]) {
  return insertAll(rows, (slice) =>
    tx.insert(setlistSongs).values(slice).returning({ id: setlistSongs.id, showId: setlistSongs.showId }),
  );
}

export interface SeededNight {
  showId: number;
  /** Song ids in order. */
  main: number[];
  encore: number[];
  note: string;
  storedAt: number;
}

/** Writes down what was played at shows that have no setlist yet. */
export async function insertNights(tx: Transaction, nights: SeededNight[]): Promise<void> {
  const ids = await insertAll(nights, (slice) =>
    tx
      .insert(actualSetlists)
      .values(slice.map(({ showId, note, storedAt }) => ({ showId, note, storedAt, version: "1", status: "final" as const })))
      .returning({ id: actualSetlists.id, showId: actualSetlists.showId }),
  );
  const idOf = new Map(ids.map(({ id, showId }) => [showId, id]));
  const sets = nights.flatMap(({ showId }) => [{ setlistId: idOf.get(showId)!, number: 1, encore: null }, { setlistId: idOf.get(showId)!, number: 2, encore: 1 }]);
  await insertAll(sets, async (slice) => {
    await tx.insert(actualSets).values(slice);
    return [];
  });
  const played = nights.flatMap(({ showId, main, encore }) => [...main, ...encore].map((songId, i) => [idOf.get(showId)!, i + 1, i < main.length ? 1 : 2, songId]));
  await tx.run(sql`
    INSERT INTO ${playedSongs} (setlist_id, position, set_number, title, title_key, song_id, tape)
    SELECT value ->> 0, value ->> 1, value ->> 2, s.title, s.title_key, s.id, 0
    FROM json_each(${JSON.stringify(played)}) CROSS JOIN songs s ON s.id = value ->> 3`);
}

/** Keeps what was said of a show before its close. */
export async function insertForecast(tx: Transaction, forecast: typeof forecasts.$inferInsert, chances: (typeof songChances.$inferInsert)[]): Promise<void> {
  await tx.insert(forecasts).values(forecast);
  await tx.insert(songChances).values(chances);
}

/** Whether the catalogue holds anything at all. */
export async function hasArtists(db: Queryable): Promise<boolean> {
  return (await db.select({ id: artists.id }).from(artists).limit(1)).length > 0;
}

/**
 * Removes what is marked as demo: fans and shows with their votes, then songs, artists and venues
 * that nothing else refers to, be it a show or a provider's id. Pages that go leave their addresses behind as removed.
 */
export async function deleteDemo(tx: Transaction, now: number): Promise<void> {
  await rememberAddresses(tx, now);
  // Votes first and by their key: each cascade from a setlist song would look for them once more.
  const demoShows = sql`(SELECT id FROM shows WHERE demo = 1)`;
  await tx.run(sql`DELETE FROM votes WHERE show_id IN ${demoShows}`);
  await tx.run(sql`DELETE FROM show_allowances WHERE show_id IN ${demoShows}`);
  await tx.delete(shows).where(eq(shows.demo, true));
  await tx.run(sql`DELETE FROM day_allowances WHERE user_id IN (SELECT id FROM users WHERE demo = 1)`);
  await tx.delete(users).where(eq(users.demo, true));
  await tx
    .delete(songs)
    .where(
      and(
        eq(songs.demo, true),
        sql`NOT EXISTS (SELECT 1 FROM setlist_songs ss WHERE ss.song_id = songs.id)`,
        sql`NOT EXISTS (SELECT 1 FROM song_variants v WHERE v.song_id = songs.id)`,
        sql`NOT EXISTS (SELECT 1 FROM played_songs p WHERE p.song_id = songs.id)`,
      ),
    );
  await tx
    .delete(artists)
    .where(
      and(
        eq(artists.demo, true),
        sql`NOT EXISTS (SELECT 1 FROM shows WHERE shows.artist_id = artists.id)`,
        sql`NOT EXISTS (SELECT 1 FROM songs WHERE songs.artist_id = artists.id)`,
        sql`NOT EXISTS (SELECT 1 FROM artist_identities i WHERE i.artist_id = artists.id)`,
      ),
    );
  await tx
    .delete(venues)
    .where(
      and(
        eq(venues.demo, true),
        sql`NOT EXISTS (SELECT 1 FROM shows WHERE shows.venue_id = venues.id)`,
        sql`NOT EXISTS (SELECT 1 FROM venue_identities i WHERE i.venue_id = venues.id)`,
      ),
    );
  await forgetKeptAddresses(tx);
  await forgetJobs(tx);
}

/** What was still to be worked out of shows and artists that are gone. */
async function forgetJobs(tx: Transaction): Promise<void> {
  for (const [name, table] of [["score-show", shows], ["study-artist", artists]] as const) {
    const gone = notInArray(jobs.key, tx.select({ key: sql<string>`CAST(${table.id} AS TEXT)` }).from(table));
    await tx.delete(jobs).where(and(eq(jobs.name, name), ne(jobs.state, "running"), gone));
  }
}

async function rememberAddresses(tx: Transaction, now: number): Promise<void> {
  for (const [kind, table] of [["show", shows], ["artist", artists], ["venue", venues]] as const) {
    await tx.run(sql`
      INSERT INTO removed_pages (kind, slug, removed_at) SELECT ${kind}, slug, ${now} FROM ${table} WHERE demo = 1
      ON CONFLICT DO UPDATE SET removed_at = excluded.removed_at`);
  }
}

/** An artist or a venue that stayed because something real refers to it is not gone. */
async function forgetKeptAddresses(tx: Transaction): Promise<void> {
  for (const [kind, table] of [["artist", artists], ["venue", venues], ["show", shows]] as const) {
    await tx
      .delete(removedPages)
      .where(and(eq(removedPages.kind, kind), inArray(removedPages.slug, tx.select({ slug: table.slug }).from(table))));
  }
}
