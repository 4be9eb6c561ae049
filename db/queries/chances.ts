import { sql } from "drizzle-orm";
import type { SongChance } from "#server/domain/scoring/chances.ts";
import { takesVotes } from "../ballot-sql.ts";
import type { Queryable, Transaction } from "../client.ts";
import { forecasts, songChances } from "../schema/index.ts";

export interface BaseChances {
  showId: number;
  /** Shows that they rest on. */
  shows: number;
  songs: readonly SongChance[];
}

/** Rows of one statement; each has eight values. */
const AT_ONCE = 500;

/** Keeps base chances of a show of which nothing was said. Values go in as they are, so that they come out to the last digit. */
export async function keepBaseChances(tx: Transaction, { showId, shows, songs }: BaseChances, now: number): Promise<void> {
  const length = Math.round(songs.reduce((sum, { played }) => sum + played, 0));
  await tx.insert(forecasts).values({ showId, kind: "base", model: 0, shows, length, madeAt: now });
  const rows = songs.map(({ songId, played, roles }) => ({ showId, songId, played, ...roles, place: null, reasons: [] }));
  for (let i = 0; i < rows.length; i += AT_ONCE) await tx.insert(songChances).values(rows.slice(i, i + AT_ONCE));
}

/** Shows of some local dates whose voting is over, that somebody has voted on and of which no chances are kept; so many. */
export async function showsWithoutChances(db: Queryable, { from, to, now, limit }: { from: string; to: string; now: number; limit: number }): Promise<number[]> {
  const rows = await db.all<{ id: number }>(sql`
    SELECT s.id FROM shows s JOIN predicted_setlists b ON b.show_id = s.id
    WHERE s.local_date BETWEEN ${from} AND ${to} AND s.status NOT IN ('cancelled', 'postponed') AND s.total_votes > 0
      AND NOT ${takesVotes("s", "b", now)}
      AND NOT EXISTS (SELECT 1 FROM forecasts f WHERE f.show_id = s.id) ORDER BY s.id LIMIT ${limit}`);
  return rows.map(({ id }) => id);
}
