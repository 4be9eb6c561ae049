import type { Write } from "#server/commands/registry.ts";
import { HOUR_MS, MINUTE_MS } from "#server/domain/durations.ts";
import { TREND_WINDOW_MS } from "#server/domain/scoring/trending-factor.ts";
import { songTrends } from "#server/domain/statistics/song-trends.ts";
import { dispensable, historyFromVotes, type HourlyVotes, isToThin, isWorthKeeping, type Snapshot, snapshotOf } from "#server/domain/statistics/tally-history.ts";
import type { Reader } from "#server/views/reader.ts";
import * as read from "#server/views/tally-history.ts";

export interface HistoryDeps {
  reader: Reader;
  write: Write;
  /** Epoch ms. */
  now: () => number;
  /** Lets what waits run; called between shows. */
  pause: () => Promise<void>;
}

/** A show whose votes have moved, or were moving lately. */
export interface MovingShow {
  showId: number;
  votes: number;
}

const AT_ONCE = 25;
/** Of a show with more votes no history is made of when they were cast. */
const MOST_READ = 50_000;
const VOTES_AT_ONCE = 1_000;
/** Days after a show on which what is left of its history is thinned. */
const THINNED_AFTER = [3, 15];
const OVER = { days: 60, limit: 10 };

/** Keeps the tallies of shows whose votes have moved, and how fast their songs' votes come. */
export async function noteHistory(deps: HistoryDeps, moving: readonly MovingShow[]): Promise<void> {
  for (let i = 0; i < moving.length; i += AT_ONCE) await noteSome(deps, moving.slice(i, i + AT_ONCE));
  for (const { id, votes } of await read.readOverWithoutHistory(deps.reader, { ...OVER, now: deps.now() })) await begin(deps, { showId: id, votes });
  if (deps.now() % HOUR_MS < 10 * MINUTE_MS) {
    for (const showId of await read.readShowsOver(deps.reader, THINNED_AFTER, deps.now())) await thin(deps, showId);
  }
}

async function noteSome(deps: HistoryDeps, moving: readonly MovingShow[]): Promise<void> {
  const { reader, write, pause } = deps;
  await pause();
  const ids = moving.map(({ showId }) => showId);
  const last = await read.readLastSnapshots(reader, ids);
  for (const show of moving) if (show.votes > 0 && !last.has(show.showId)) await begin(deps, show);
  const now = deps.now();
  const ballots = Map.groupBy(await read.readBallotsNow(reader, ids), ({ showId }) => showId);
  const before = await read.readSnapshotsAt(reader, ids, now - TREND_WINDOW_MS);
  const latest = await read.readSnapshotsAt(reader, ids, now);
  const snapshots: (Snapshot & { showId: number })[] = [];
  const trends: { setlistSongId: number; trend: number }[] = [];
  for (const showId of ids) {
    const songs = ballots.get(showId) ?? [];
    const tally = snapshotOf(now, songs.map(({ id, votes }) => [id, votes]));
    if (isWorthKeeping(tally, latest.get(showId))) snapshots.push({ showId, ...tally });
    const base = before.get(showId);
    if (base) trends.push(...songTrends(songs, base, now));
  }
  if (snapshots.length + trends.length > 0) await write("noteHistory", { snapshots, trends });
  for (const { showId } of snapshots) if (isToThin(last.get(showId), now)) await thin(deps, showId);
}

/** The first snapshots of a show that was voted on already: from when its votes were cast, where they are not too many. */
async function begin({ reader, write, now, pause }: HistoryDeps, { showId, votes }: MovingShow): Promise<void> {
  const hourly = votes > MOST_READ ? [] : await votesByHour({ reader, pause }, showId);
  const history = historyFromVotes(hourly, now());
  if (history.length === 0) {
    const songs = await read.readBallotsNow(reader, [showId]);
    history.push(snapshotOf(now(), songs.map(({ id, votes: n }) => [id, n])));
  }
  await write("noteHistory", { snapshots: history.map((one) => ({ showId, ...one })), trends: [] });
}

async function votesByHour({ reader, pause }: Pick<HistoryDeps, "reader" | "pause">, showId: number): Promise<HourlyVotes[]> {
  const sums = new Map<string, HourlyVotes>();
  let after = { userId: 0, setlistSongId: 0 };
  for (;;) {
    await pause();
    const votes = await read.readVotesAfter(reader, showId, after, VOTES_AT_ONCE);
    for (const { setlistSongId, castAt } of votes) {
      const hour = castAt - (castAt % HOUR_MS);
      const sum = sums.get(`${hour} ${setlistSongId}`) ?? { hour, setlistSongId, votes: 0 };
      sum.votes += 1;
      sums.set(`${hour} ${setlistSongId}`, sum);
    }
    if (votes.length < VOTES_AT_ONCE) return [...sums.values()];
    after = votes[votes.length - 1]!;
  }
}

async function thin({ reader, write, now, pause }: HistoryDeps, showId: number): Promise<void> {
  await pause();
  const ats = dispensable(await read.readSnapshotTimes(reader, showId), now());
  if (ats.length > 0) await write("thinHistory", { showId, ats });
}
