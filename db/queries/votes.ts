import { sql } from "drizzle-orm";
import type { ShowStatus, BallotWindow } from "#server/domain/voting.ts";
import type { Queryable, Transaction } from "../client.ts";

export interface VoteKey {
  userId: number;
  setlistSongId: number;
  day: number;
}

export interface VoteFactsRow {
  showId: number;
  ballot: BallotWindow;
  voted: boolean;
  showVotes: number;
  dayVotes: number;
  additions: number;
  /** Whether the fan has never voted on the show. */
  first: boolean;
  /** Whether the fan's votes on the show are held back from the tally. */
  held: boolean;
  songVotes: number;
  tallyVersion: number;
}

interface RawFacts {
  i: number;
  show_id: number;
  status: ShowStatus;
  closes_at: number;
  locked: number;
  voted: number;
  show_votes: number;
  day_votes: number;
  additions: number;
  first: number;
  held: number;
  song_votes: number;
  tally_version: number;
}

/** What the vote rule needs for each key, in key order; null where the setlist song does not exist. */
export async function voteFacts(tx: Transaction, keys: readonly VoteKey[]): Promise<(VoteFactsRow | null)[]> {
  const input = JSON.stringify(keys.map((key) => [key.userId, key.setlistSongId, key.day]));
  const rows = await tx.all<RawFacts>(sql`
    WITH input AS MATERIALIZED (
      SELECT key AS i, value ->> 0 AS user_id, value ->> 1 AS setlist_song_id, value ->> 2 AS day
      FROM json_each(${input}))
    SELECT input.i, song.show_id, show.status, ballot.closes_at, ballot.locked_at IS NOT NULL AS locked,
      vote.user_id IS NOT NULL AS voted,
      coalesce(in_show.votes, 0) AS show_votes,
      coalesce(in_day.votes, 0) AS day_votes,
      coalesce(in_show.additions, 0) AS additions,
      in_show.first_cast_at IS NULL AS first, in_show.quarantined_at IS NOT NULL AS held,
      song.votes AS song_votes, show.tally_version
    FROM input
    JOIN setlist_songs song ON song.id = input.setlist_song_id
    JOIN predicted_setlists ballot ON ballot.show_id = song.show_id
    JOIN shows show ON show.id = song.show_id
    LEFT JOIN votes vote ON vote.show_id = song.show_id AND vote.user_id = input.user_id
      AND vote.setlist_song_id = song.id
    LEFT JOIN show_allowances in_show ON in_show.user_id = input.user_id AND in_show.show_id = song.show_id
    LEFT JOIN day_allowances in_day ON in_day.user_id = input.user_id AND in_day.day = input.day`);
  const facts: (VoteFactsRow | null)[] = keys.map(() => null);
  for (const row of rows) facts[row.i] = toFacts(row);
  return facts;
}

function toFacts(row: RawFacts): VoteFactsRow {
  return {
    showId: row.show_id,
    ballot: { status: row.status, closesAt: row.closes_at, locked: row.locked === 1 },
    voted: row.voted === 1,
    showVotes: row.show_votes,
    dayVotes: row.day_votes,
    additions: row.additions,
    first: row.first === 1,
    held: row.held === 1,
    songVotes: row.song_votes,
    tallyVersion: row.tally_version,
  };
}

export interface VoteRow {
  userId: number;
  setlistSongId: number;
  showId: number;
  day: number;
  castAt: number;
  /** Keyed hash of the network, with a fan's first vote on a show. */
  network?: string | null;
  /** Whether it moves the fan's counters alone and not the tally. */
  held?: boolean;
}

/** The counters after a change: votes by setlist song, tally version by show. */
export interface TallyChange {
  votes: Map<number, number>;
  versions: Map<number, number>;
}

/** Inserts votes and moves every counter by them: six statements however many votes. */
export async function insertVotes(tx: Transaction, rows: readonly VoteRow[]): Promise<TallyChange> {
  const input = votesJson(rows);
  await tx.run(sql`
    INSERT INTO show_allowances (user_id, show_id, votes, first_cast_at, network)
    SELECT value ->> 0, value ->> 2, count(*), min(value ->> 4), min(value ->> 5)
    FROM json_each(${input}) WHERE true GROUP BY 1, 2
    ON CONFLICT (user_id, show_id) DO UPDATE SET votes = votes + excluded.votes,
      first_cast_at = coalesce(first_cast_at, excluded.first_cast_at), network = coalesce(network, excluded.network)`);
  await tx.run(sql`
    INSERT INTO day_allowances (user_id, day, votes)
    SELECT value ->> 0, value ->> 3, count(*) FROM json_each(${input}) WHERE true GROUP BY 1, 2
    ON CONFLICT (user_id, day) DO UPDATE SET votes = votes + excluded.votes`);
  await tx.run(sql`
    INSERT INTO votes (show_id, user_id, setlist_song_id, cast_at)
    SELECT value ->> 2, value ->> 0, value ->> 1, value ->> 4 FROM json_each(${input})`);
  return moveTallies(tx, rows, 1);
}

/** Deletes votes and moves the counters back; the day's allowance stays used. */
export async function deleteVotes(tx: Transaction, rows: readonly VoteRow[]): Promise<TallyChange> {
  const input = votesJson(rows);
  await tx.run(sql`
    DELETE FROM votes WHERE (show_id, user_id, setlist_song_id) IN
      (SELECT value ->> 2, value ->> 0, value ->> 1 FROM json_each(${input}))`);
  await tx.run(sql`
    UPDATE show_allowances SET votes = votes - taken.n
    FROM (SELECT value ->> 0 AS user_id, value ->> 2 AS show_id, count(*) AS n
          FROM json_each(${input}) GROUP BY 1, 2) AS taken
    WHERE show_allowances.user_id = taken.user_id AND show_allowances.show_id = taken.show_id`);
  return moveTallies(tx, rows, -1);
}

function votesJson(rows: readonly VoteRow[]): string {
  return JSON.stringify(rows.map((v) => [v.userId, v.setlistSongId, v.showId, v.day, v.castAt, v.network]));
}

async function moveTallies(tx: Transaction, changed: readonly VoteRow[], sign: 1 | -1): Promise<TallyChange> {
  const rows = changed.filter((row) => !row.held);
  const bySong = JSON.stringify([...countBy(rows, (row) => row.setlistSongId)]);
  const byShow = JSON.stringify([...countBy(rows, (row) => row.showId)]);
  const songs = await tx.all<{ id: number; votes: number }>(sql`
    UPDATE setlist_songs SET votes = votes + ${sign} * (moved.value ->> 1)
    FROM json_each(${bySong}) AS moved WHERE setlist_songs.id = moved.value ->> 0
    RETURNING id, votes`);
  const shows = await tx.all<{ id: number; tally_version: number }>(sql`
    UPDATE shows SET tally_version = tally_version + 1, total_votes = total_votes + ${sign} * (moved.value ->> 1)
    FROM json_each(${byShow}) AS moved WHERE shows.id = moved.value ->> 0
    RETURNING id, tally_version`);
  return {
    votes: new Map(songs.map((song) => [song.id, song.votes])),
    versions: new Map(shows.map((show) => [show.id, show.tally_version])),
  };
}

function countBy<T>(rows: readonly T[], key: (row: T) => number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(key(row), (counts.get(key(row)) ?? 0) + 1);
  return counts;
}

/** Removes at most `limit` of the counters of days before `day` (days since 1970-01-01, UTC). */
export async function trimDayAllowances(tx: Transaction, day: number, limit: number): Promise<number> {
  const { rowsAffected } = await tx.run(sql`
    DELETE FROM day_allowances WHERE (day, user_id) IN
      (SELECT day, user_id FROM day_allowances WHERE day < ${day} LIMIT ${limit})`);
  return rowsAffected;
}

/** What one fan has used of a show's and a day's allowance, and whether the fan's votes there are held. */
export async function usedAllowance(
  db: Queryable,
  fan: { userId: number; showId: number; day: number },
): Promise<{ showVotes: number; dayVotes: number; additions: number; held: boolean }> {
  const row = await db.get<{ show_votes: number | null; additions: number | null; day_votes: number | null; held: number }>(sql`
    SELECT in_show.votes AS show_votes, in_show.additions, in_day.votes AS day_votes,
      in_show.quarantined_at IS NOT NULL AS held
    FROM (SELECT ${fan.userId} AS user_id) AS fan
    LEFT JOIN show_allowances in_show ON in_show.user_id = fan.user_id AND in_show.show_id = ${fan.showId}
    LEFT JOIN day_allowances in_day ON in_day.user_id = fan.user_id AND in_day.day = ${fan.day}`);
  return {
    showVotes: row?.show_votes ?? 0,
    dayVotes: row?.day_votes ?? 0,
    additions: row?.additions ?? 0,
    held: row?.held === 1,
  };
}
