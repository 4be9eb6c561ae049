import { and, desc, eq, sql } from "drizzle-orm";
import type { ArtistStatistics, Scope } from "#server/domain/statistics/statistics.ts";
import type { Queryable, Transaction } from "../client.ts";
import { actualSetlists, artistStatistics, showScores, shows } from "../schema/index.ts";

export interface StatisticsRow {
  scope: Scope;
  name: string;
  /** yyyy-mm-dd of the latest show in it. */
  lastOn: string;
  statistics: ArtistStatistics;
}

/** All figures that are kept of an artist. */
export async function keptStatistics(db: Queryable, artistId: number): Promise<StatisticsRow[]> {
  const rows = await db.select().from(artistStatistics).where(eq(artistStatistics.artistId, artistId));
  return rows.map(({ artistId: _, ...row }) => row);
}

/** Keeps figures of an artist, instead of those of the same scope; nothing where the artist is gone. */
export async function putStatistics(tx: Transaction, artistId: number, rows: readonly StatisticsRow[]): Promise<void> {
  const input = JSON.stringify(rows.map(({ scope, name, lastOn, statistics }) => [scope, name, lastOn, JSON.stringify(statistics)]));
  await tx.run(sql`
    INSERT INTO artist_statistics (artist_id, scope, name, last_on, statistics)
    SELECT ${artistId}, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(${input}) WHERE ${artistId} IN (SELECT id FROM artists)
    ON CONFLICT (artist_id, scope, name) DO UPDATE SET last_on = excluded.last_on, statistics = excluded.statistics`);
}

export async function dropStatistics(tx: Transaction, artistId: number, gone: readonly { scope: Scope; name: string }[]): Promise<void> {
  const input = JSON.stringify(gone.map(({ scope, name }) => [scope, name]));
  await tx.run(sql`DELETE FROM artist_statistics WHERE artist_id = ${artistId} AND (scope, name) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${input}))`);
}

/** The figures of one scope; null where none are kept. */
export async function statisticsOf(db: Queryable, artistId: number, scope: Scope, name: string): Promise<ArtistStatistics | null> {
  const [row] = await db
    .select({ statistics: artistStatistics.statistics })
    .from(artistStatistics)
    .where(and(eq(artistStatistics.artistId, artistId), eq(artistStatistics.scope, scope), eq(artistStatistics.name, name)));
  return row?.statistics ?? null;
}

/** The years and tours of which figures are kept, the latest first. */
export function scopesKept(db: Queryable, artistId: number): Promise<{ scope: Scope; name: string; lastOn: string }[]> {
  return db
    .select({ scope: artistStatistics.scope, name: artistStatistics.name, lastOn: artistStatistics.lastOn })
    .from(artistStatistics)
    .where(eq(artistStatistics.artistId, artistId))
    .orderBy(desc(artistStatistics.lastOn), artistStatistics.name);
}

/** How an artist's scored shows went: songs played, and of how many of them each list had told. The latest first. */
export function scoredShows(db: Queryable, artistId: number, limit: number) {
  return db
    .select({ played: showScores.played, crowd: showScores.crowdHits, forecast: showScores.forecastHits, lastShows: showScores.lastShowsHits })
    .from(shows)
    .innerJoin(showScores, eq(showScores.showId, shows.id))
    .where(eq(shows.artistId, artistId))
    .orderBy(desc(shows.localDate), desc(shows.id))
    .limit(limit);
}

/** One show for each provider that has told what an artist has played: whose figures these are. */
export function showsOfSources(db: Queryable, artistId: number): Promise<{ id: number }[]> {
  return db
    .select({ id: sql<number>`max(${shows.id})` })
    .from(shows)
    .innerJoin(actualSetlists, eq(actualSetlists.showId, shows.id))
    .where(eq(shows.artistId, artistId))
    .groupBy(actualSetlists.provider);
}
