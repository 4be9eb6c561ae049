import { sql, type SQL } from "drizzle-orm";
import { isReturned } from "../ballot-sql.ts";
import type { Queryable, Transaction } from "../client.ts";

/** A counter that does not agree with the votes it was made from. */
export interface Miscount {
  counter: CounterName;
  /** The show, or for a day's allowance the UTC day. */
  of: number;
  /** The setlist song or the fan; for a show's total the show. */
  id: number;
  claimed: number;
  counted: number;
}

export type CounterName = "setlist_song" | "show" | "show_allowance" | "day_allowance";

/** The votes that the public tally counts: those of fans who are not quarantined on the show. */
const publicVotes = sql`votes JOIN show_allowances fan
  ON fan.show_id = votes.show_id AND fan.user_id = votes.user_id AND fan.quarantined_at IS NULL`;

/** Votes that count against a day's limit: not those that were returned when their show was cancelled that day. */
const spent = sql`votes JOIN predicted_setlists ballot ON ballot.show_id = votes.show_id
  AND NOT ${isReturned("ballot", sql`cast_at`)}`;

/** Each fan's votes on each show, and the first and last UTC day of them: mostly the same. */
const ballots = sql`(
  SELECT votes.show_id, user_id, min(cast_at) / 86400000 AS first, max(cast_at) / 86400000 AS last, count(*) AS n
  FROM ${spent} GROUP BY 1, 2) AS ballots`;

/**
 * Each counter beside what the votes say, one row where they differ. SQLite sorts in memory here, so all
 * votes are never sorted at once: they are counted show by show, and fan by fan as they lie on disk.
 */
const miscounts: Record<CounterName, SQL> = {
  setlist_song: sql`
    SELECT 'setlist_song' AS counter, song.show_id AS "of", song.id AS id, song.votes AS claimed,
      coalesce(found.n, 0) AS counted
    FROM setlist_songs song
    LEFT JOIN (
      SELECT shows.id AS show_id, CAST(tally.key AS INTEGER) AS id, tally.value AS n FROM shows, json_each((
        SELECT json_group_object(id, n) FROM (
          SELECT setlist_song_id AS id, count(*) AS n FROM ${publicVotes} WHERE votes.show_id = shows.id GROUP BY 1))) AS tally
    ) AS found ON found.show_id = song.show_id AND found.id = song.id
    WHERE song.votes <> coalesce(found.n, 0)`,
  show: sql`
    SELECT 'show' AS counter, show.id AS "of", show.id AS id, show.total_votes AS claimed,
      coalesce(found.n, 0) AS counted
    FROM shows show
    LEFT JOIN (SELECT votes.show_id, count(*) AS n FROM ${publicVotes} GROUP BY 1) AS found ON found.show_id = show.id
    WHERE show.total_votes <> coalesce(found.n, 0)`,
  show_allowance: sql`
    SELECT 'show_allowance' AS counter, show_id AS "of", user_id AS id, votes AS claimed, counted
    FROM (
      SELECT *, (SELECT count(*) FROM votes WHERE votes.show_id = used.show_id AND votes.user_id = used.user_id) AS counted
      FROM show_allowances used)
    WHERE votes <> counted`,
  // A vote taken back leaves its day's allowance used, so a day may count more than stands, never
  // less. More than the table's 50 can stand: votes that were returned and spent anew count again when their
  // show is merged. Rows of old days are trimmed: only a day later than the oldest kept one must have its row.
  day_allowance: sql`
    SELECT 'day_allowance' AS counter, found.day AS "of", found.user_id AS id, coalesce(used.votes, 0) AS claimed,
      found.n AS counted
    FROM (
      SELECT user_id, day, sum(n) AS n FROM (
        SELECT user_id, first AS day, n FROM ${ballots} WHERE first = last
        UNION ALL
        SELECT votes.user_id, votes.cast_at / 86400000, 1 FROM ${ballots}
        CROSS JOIN ${spent} WHERE votes.show_id = ballots.show_id AND votes.user_id = ballots.user_id AND first < last)
      GROUP BY 1, 2) AS found
    LEFT JOIN day_allowances used ON used.day = found.day AND used.user_id = found.user_id
    WHERE coalesce(used.votes, 0) < min(found.n, 50)
      AND (used.user_id IS NOT NULL OR found.day > (SELECT min(day) FROM day_allowances))`,
};

/** Every counter that does not agree with the votes; reads all votes. */
export async function findMiscounts(db: Queryable): Promise<Miscount[]> {
  const found: Miscount[] = [];
  for (const query of Object.values(miscounts)) found.push(...(await db.all<Miscount>(query)));
  return found;
}

/** What SQLite itself finds wrong with the file, and rows that point to rows that do not exist; reads everything. */
export async function findDamage(db: Queryable): Promise<string[]> {
  const pages = await db.all<{ integrity_check: string }>(sql`PRAGMA integrity_check`);
  const orphans = await db.all<{ table: string; parent: string; n: number }>(sql`
    SELECT "table", parent, count(*) AS n FROM pragma_foreign_key_check GROUP BY 1, 2`);
  return [
    ...pages.map((row) => row.integrity_check).filter((line) => line !== "ok"),
    ...orphans.map((row) => `${row.n} rows of ${row.table} point to rows of ${row.parent} that do not exist`),
  ];
}

/** A show after its tally was mended. */
export interface MendedShow {
  id: number;
  tallyVersion: number;
  totalVotes: number;
}

/** Sets every counter to what the votes say; the shows whose public tally changed, each a version on. */
export async function mendCounters(
  tx: Transaction,
  wrong: readonly Miscount[],
  limits: { perShow: number; perDay: number },
): Promise<MendedShow[]> {
  const of = (counter: CounterName, limit = Infinity) =>
    JSON.stringify(wrong.filter((one) => one.counter === counter).map((one) => [one.of, one.id, Math.min(one.counted, limit)]));
  await tx.run(sql`
    UPDATE show_allowances SET votes = moved.value ->> 2 FROM json_each(${of("show_allowance", limits.perShow)}) AS moved
    WHERE show_allowances.show_id = moved.value ->> 0 AND show_allowances.user_id = moved.value ->> 1`);
  await tx.run(sql`
    INSERT INTO day_allowances (day, user_id, votes)
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${of("day_allowance", limits.perDay)}) WHERE true
    ON CONFLICT (day, user_id) DO UPDATE SET votes = excluded.votes`);
  await tx.run(sql`
    UPDATE setlist_songs SET votes = moved.value ->> 2 FROM json_each(${of("setlist_song")}) AS moved
    WHERE setlist_songs.id = moved.value ->> 1`);
  await tx.run(sql`
    UPDATE shows SET total_votes = moved.value ->> 2 FROM json_each(${of("show")}) AS moved
    WHERE shows.id = moved.value ->> 1`);
  return moveVersions(tx, tallied(wrong));
}

function tallied(wrong: readonly Miscount[]): number[] {
  const shows = wrong.filter((one) => one.counter === "setlist_song" || one.counter === "show").map((one) => one.of);
  return [...new Set(shows)].sort((a, b) => a - b);
}

function moveVersions(tx: Transaction, shows: number[]): Promise<MendedShow[]> {
  return tx.all<MendedShow>(sql`
    UPDATE shows SET tally_version = tally_version + 1 WHERE id IN (SELECT value FROM json_each(${JSON.stringify(shows)}))
    RETURNING id, tally_version AS "tallyVersion", total_votes AS "totalVotes"`);
}
