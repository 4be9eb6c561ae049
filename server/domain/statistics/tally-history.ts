import { DAY_MS, HOUR_MS, MINUTE_MS } from "../durations.ts";

/** A setlist song with its votes. */
export type SongVotes = [setlistSongId: number, votes: number];

/** A tally as it stood at some time (epoch ms). Songs without a vote are left out; most votes first. */
export interface Snapshot {
  at: number;
  total: number;
  tallies: SongVotes[];
}

/** Votes of one hour for one song. */
export interface HourlyVotes {
  /** Epoch ms at which the hour begins. */
  hour: number;
  setlistSongId: number;
  votes: number;
}

/** A snapshot is at least so long after the last one; the job comes every ten minutes, not to the second. */
const LEAST_APART_MS = 9 * MINUTE_MS;
/** Snapshots of a show are thinned when the last one was in another such span. */
const THINNED_EVERY_MS = 6 * HOUR_MS;

/** Whether a tally is to be kept beside the last one that was: some time has passed, and votes have moved. */
export function isWorthKeeping(tally: Snapshot, last: Snapshot | undefined): boolean {
  if (last === undefined) return tally.total > 0;
  return tally.at - last.at >= LEAST_APART_MS && JSON.stringify(tally.tallies) !== JSON.stringify(last.tallies);
}

/** Whether a history, whose last snapshot was taken at `last` (epoch ms), is to be thinned with the next one. */
export function isToThin(last: number | undefined, now: number): boolean {
  return last !== undefined && Math.floor(last / THINNED_EVERY_MS) !== Math.floor(now / THINNED_EVERY_MS);
}

/** How old snapshots are kept how far apart at least: each for those up to an age. */
const APART: { upTo: number; apart: number }[] = [
  { upTo: 2 * DAY_MS, apart: 0 },
  { upTo: 14 * DAY_MS, apart: HOUR_MS },
  { upTo: 60 * DAY_MS, apart: 6 * HOUR_MS },
  { upTo: Infinity, apart: DAY_MS },
];

/** Which snapshots (epoch ms, in order) are no longer needed: of each hour, quarter of a day or day the last one stays. The first of all stays too. */
export function dispensable(ats: readonly number[], now: number): number[] {
  const spanOf = (at: number) => {
    const { apart } = APART.find(({ upTo }) => now - at <= upTo)!;
    return apart === 0 ? `${at}` : `${apart} ${Math.floor(at / apart)}`;
  };
  return ats.filter((at, i) => i > 0 && i < ats.length - 1 && spanOf(at) === spanOf(ats[i + 1]!));
}

/** The history that votes tell: the tally at the end of each hour in which one came, from nothing on; not beyond `now`. */
export function historyFromVotes(votes: readonly HourlyVotes[], now: number): Snapshot[] {
  const hours = [...Map.groupBy(votes, ({ hour }) => hour)].sort(([a], [b]) => a - b);
  if (hours.length === 0) return [];
  const sums = new Map<number, number>();
  const history: Snapshot[] = [{ at: Math.min(hours[0]![0], now - 1), total: 0, tallies: [] }];
  for (const [hour, came] of hours) {
    for (const { setlistSongId, votes: more } of came) sums.set(setlistSongId, (sums.get(setlistSongId) ?? 0) + more);
    history.push(snapshotOf(Math.min(hour + HOUR_MS, now), [...sums]));
  }
  // Hours that have not ended are one snapshot, the last.
  return history.filter(({ at }, i) => at !== history[i + 1]?.at);
}

/** A tally as it is kept. */
export function snapshotOf(at: number, songs: readonly SongVotes[]): Snapshot {
  const tallies = songs.filter(([, votes]) => votes > 0).sort(([a, x], [b, y]) => y - x || a - b);
  return { at, total: tallies.reduce((sum, [, votes]) => sum + votes, 0), tallies };
}

/** How many votes a song had in a snapshot. */
export function votesIn({ tallies }: Snapshot, setlistSongId: number): number {
  return tallies.find(([id]) => id === setlistSongId)?.[1] ?? 0;
}

/** At most `most` of a history's snapshots, evenly apart in their number, the first and the last among them. */
export function sampled<S>(history: readonly S[], most: number): S[] {
  if (history.length <= most) return [...history];
  return Array.from({ length: most }, (_, i) => history[Math.round((i * (history.length - 1)) / (most - 1))]!);
}
