import { sql, type SQL } from "drizzle-orm";
import type { Transaction } from "../client.ts";
import { logOf } from "../merge-sql.ts";

/** A song on a ballot that becomes another one, there or on another show's ballot. */
export interface BallotPair {
  mergeId: number;
  fromShow: number;
  /** Its setlist song, which goes. */
  from: number;
  intoShow: number;
  /** The setlist song that stays. */
  into: number;
}

function withSongs(pairs: BallotPair[]): SQL {
  const rows = JSON.stringify(pairs.map(({ mergeId, fromShow, from, intoShow, into }) => [mergeId, fromShow, from, intoShow, into]));
  return sql`WITH input AS MATERIALIZED (
    SELECT value ->> 0 AS merge_id, value ->> 1 AS from_show, value ->> 2 AS from_id, value ->> 3 AS into_show, value ->> 4 AS into_id
    FROM json_each(${rows}))`;
}

/** All votes for the songs that go, as `cast` with the pair, show by show as they lie on disk. */
const votesThatGo = sql`(SELECT DISTINCT from_show FROM input) AS moved
  CROSS JOIN votes vote ON vote.show_id = moved.from_show CROSS JOIN input ON input.from_id = vote.setlist_song_id`;

const isVote = (alias: string, key: string[]) =>
  sql.raw(["show_id", "user_id", "setlist_song_id"].map((column, i) => `${alias}.${column} = ${key[i]}`).join(" AND "));
const LOGGED_AT = ["log.key ->> 0", "log.key ->> 1", "log.key ->> 2"];

/**
 * A fan who voted for both has one vote, the earlier one; the other is set aside. Its key in the log is that of the
 * vote that stays, and `kept` when that counts as cast.
 */
async function joinTwins(tx: Transaction, pairs: BallotPair[], ids: number[]): Promise<void> {
  await tx.run(sql`
    ${withSongs(pairs)}
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT input.merge_id, 'votes', 'dropped', json_array(twin.show_id, twin.user_id, twin.setlist_song_id),
      json_object('show_id', vote.show_id, 'user_id', vote.user_id, 'setlist_song_id', vote.setlist_song_id, 'cast_at', vote.cast_at, 'kept', min(vote.cast_at, twin.cast_at))
    FROM ${votesThatGo}
    CROSS JOIN votes twin ON twin.show_id = input.into_show AND twin.user_id = vote.user_id AND twin.setlist_song_id = input.into_id`);
  const earlier = sql`FROM merge_rows log CROSS JOIN votes vote ON ${isVote("vote", LOGGED_AT)}
    WHERE ${logOf(ids, "votes", "dropped")} AND log.row ->> 'kept' < vote.cast_at`;
  await tx.run(sql`
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT log.merge_id, 'votes', 'changed', log.key, json_object('cast_at', vote.cast_at, 'kept', log.row ->> 'kept') ${earlier}`);
  await tx.run(sql`
    UPDATE votes AS vote SET cast_at = log.row ->> 'kept' FROM merge_rows log WHERE ${logOf(ids, "votes", "changed")} AND ${isVote("vote", LOGGED_AT)}`);
}

async function deleteDropped(tx: Transaction, ids: number[]): Promise<void> {
  await tx.run(sql`
    DELETE FROM votes WHERE (show_id, user_id, setlist_song_id) IN (
      SELECT log.row ->> 'show_id', log.row ->> 'user_id', log.row ->> 'setlist_song_id' FROM merge_rows log WHERE ${logOf(ids, "votes", "dropped")})`);
}

/** Sets votes aside beyond a fan's limit on the show that stays: the latest. */
async function keepToLimit(tx: Transaction, { mergeId, fromShow, intoShow }: BallotPair, limit: number): Promise<void> {
  await tx.run(sql`
    WITH input AS MATERIALIZED (SELECT DISTINCT user_id FROM votes WHERE show_id = ${fromShow}),
    taken AS (
      SELECT show_id, user_id, setlist_song_id, cast_at, 0 AS place FROM input CROSS JOIN votes USING (user_id) WHERE show_id = ${intoShow}
      UNION ALL SELECT show_id, user_id, setlist_song_id, cast_at, 1 FROM votes WHERE show_id = ${fromShow}),
    moved AS (SELECT *, row_number() OVER (PARTITION BY user_id ORDER BY cast_at, place, setlist_song_id) AS n FROM taken)
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT ${mergeId}, 'votes', 'dropped', json_array(show_id, user_id, setlist_song_id),
      json_object('show_id', show_id, 'user_id', user_id, 'setlist_song_id', setlist_song_id, 'cast_at', cast_at)
    FROM moved WHERE n > ${limit}`);
}

async function moveVotes(tx: Transaction, pairs: BallotPair[], ids: number[]): Promise<void> {
  await tx.run(sql`
    ${withSongs(pairs)}
    INSERT INTO merge_rows (merge_id, table_name, what, key, row)
    SELECT input.merge_id, 'votes', 'moved', json_array(input.into_show, vote.user_id, input.into_id),
      json_object('show_id', vote.show_id, 'setlist_song_id', vote.setlist_song_id, 'cast_at', vote.cast_at)
    FROM ${votesThatGo}`);
  await tx.run(sql`
    INSERT INTO votes (show_id, user_id, setlist_song_id, cast_at)
    SELECT log.key ->> 0, log.key ->> 1, log.key ->> 2, log.row ->> 'cast_at' FROM merge_rows log WHERE ${logOf(ids, "votes", "moved")}`);
  await tx.run(sql`
    DELETE FROM votes WHERE (show_id, user_id, setlist_song_id) IN (
      SELECT log.row ->> 'show_id', log.key ->> 1, log.row ->> 'setlist_song_id' FROM merge_rows log WHERE ${logOf(ids, "votes", "moved")})`);
}

/**
 * Votes for songs that go become votes for those that stay. Of two shows the fans' allowances have to be joined
 * before, and counted anew afterwards; no counter is moved here.
 */
export async function joinVotes(tx: Transaction, pairs: BallotPair[], limit: number): Promise<void> {
  const [first] = pairs;
  if (!first) return;
  const ids = [...new Set(pairs.map(({ mergeId }) => mergeId))];
  await joinTwins(tx, pairs, ids);
  await deleteDropped(tx, ids);
  if (first.fromShow !== first.intoShow) {
    await keepToLimit(tx, first, limit);
    await deleteDropped(tx, ids);
  }
  await moveVotes(tx, pairs, ids);
}

const voteThere = sql`JOIN setlist_songs song ON song.show_id = log.row ->> 'show_id' AND song.id = log.row ->> 'setlist_song_id'`;
const allowed = (user: string) => sql.raw(`JOIN show_allowances fan ON fan.show_id = log.row ->> 'show_id' AND fan.user_id = ${user}`);

/** Rows of the log that moved votes, as `log`, with those that stand as they were moved and can go back, as `vote`. */
export const goingBack = sql`merge_rows log CROSS JOIN votes vote ON ${isVote("vote", LOGGED_AT)} AND vote.cast_at = log.row ->> 'cast_at' ${voteThere} ${allowed("vote.user_id")}`;

/** Rows of the log that gave a vote the time of its twin, as `log`, with those that still have it, as `vote`. */
export const joinedTwins = sql`merge_rows log CROSS JOIN votes vote ON ${isVote("vote", LOGGED_AT)} AND vote.cast_at = log.row ->> 'kept'`;

/** Votes that stand as they were moved go back; what has been taken back since, or cast again, does not. */
async function giveVotesBack(tx: Transaction, ids: number[]): Promise<void> {
  const standing = sql`FROM ${goingBack}
    WHERE ${logOf(ids, "votes", "moved")}`;
  await tx.run(sql`
    INSERT INTO votes (show_id, user_id, setlist_song_id, cast_at)
    SELECT log.row ->> 'show_id', log.key ->> 1, log.row ->> 'setlist_song_id', log.row ->> 'cast_at' ${standing} ON CONFLICT DO NOTHING`);
  await tx.run(sql`
    DELETE FROM votes WHERE (show_id, user_id, setlist_song_id) IN (SELECT vote.show_id, vote.user_id, vote.setlist_song_id ${standing})`);
}

/** A vote that was joined with its twin is there again if that still stands, which is as it was. */
async function partTwins(tx: Transaction, ids: number[]): Promise<void> {
  await tx.run(sql`
    INSERT INTO votes (show_id, user_id, setlist_song_id, cast_at)
    SELECT log.row ->> 'show_id', log.row ->> 'user_id', log.row ->> 'setlist_song_id', log.row ->> 'cast_at'
    FROM merge_rows log CROSS JOIN votes vote ON ${isVote("vote", LOGGED_AT)} AND vote.cast_at = log.row ->> 'kept' ${voteThere} ${allowed("vote.user_id")}
    WHERE ${logOf(ids, "votes", "dropped")} AND log.row ->> 'kept' IS NOT NULL ON CONFLICT DO NOTHING`);
  await tx.run(sql`
    UPDATE votes AS vote SET cast_at = log.row ->> 'cast_at' FROM merge_rows log
    WHERE ${logOf(ids, "votes", "changed")} AND ${isVote("vote", LOGGED_AT)} AND vote.cast_at = log.row ->> 'kept'`);
}

/** Votes beyond the limit are there again as far as the fan has votes left. */
async function fillUp(tx: Transaction, ids: number[], limit: number): Promise<void> {
  await tx.run(sql`
    INSERT INTO votes (show_id, user_id, setlist_song_id, cast_at)
    SELECT moved.show_id, moved.user_id, moved.song_id, moved.cast_at FROM (
      SELECT log.row ->> 'show_id' AS show_id, log.row ->> 'user_id' AS user_id, log.row ->> 'setlist_song_id' AS song_id, log.row ->> 'cast_at' AS cast_at,
        row_number() OVER (PARTITION BY log.row ->> 'show_id', log.row ->> 'user_id' ORDER BY log.row ->> 'cast_at', log.row ->> 'setlist_song_id') AS n
      FROM merge_rows log ${voteThere} ${allowed("log.row ->> 'user_id'")}
      WHERE ${logOf(ids, "votes", "dropped")} AND log.row ->> 'kept' IS NULL
        AND NOT EXISTS (SELECT 1 FROM votes vote WHERE ${isVote("vote", ["log.row ->> 'show_id'", "log.row ->> 'user_id'", "log.row ->> 'setlist_song_id'"])})) AS moved
    WHERE moved.n <= ${limit} - (SELECT count(*) FROM votes vote WHERE vote.show_id = moved.show_id AND vote.user_id = moved.user_id)
    ON CONFLICT DO NOTHING`);
}

/** The other way round: each vote goes where it was cast, if it can. Those that can't stay in the log, set aside. */
export async function partVotes(tx: Transaction, ids: number[], limit: number): Promise<void> {
  await giveVotesBack(tx, ids);
  await partTwins(tx, ids);
  await fillUp(tx, ids, limit);
  await tx.run(sql`
    DELETE FROM merge_rows AS log WHERE ${logOf(ids, "votes", "dropped")} AND EXISTS (
      SELECT 1 FROM votes vote WHERE ${isVote("vote", ["log.row ->> 'show_id'", "log.row ->> 'user_id'", "log.row ->> 'setlist_song_id'"])} AND vote.cast_at = log.row ->> 'cast_at')`);
}
