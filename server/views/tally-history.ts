import { rankedBallot } from "#db/queries/ballots.ts";
import { showDetails } from "#db/queries/shows.ts";
import * as history from "#db/queries/tally-history.ts";
import { iso } from "../domain/instant.ts";
import { addDays, localDateAt } from "../domain/show-time.ts";
import { sampled, snapshotOf, votesIn } from "../domain/statistics/tally-history.ts";
import { missing } from "./missing.ts";
import type { Key, Reader } from "./reader.ts";
import type { ArtistRef, ShowSummary, VenueRef } from "./show-summary.ts";

/** Songs of which a line is told. */
const LINES = 8;
/** Points of a line. */
const MOST_POINTS = 240;

/** How a show's votes came in. */
export interface ShowHistory {
  show: Pick<ShowSummary, "id" | "slug" | "localDate" | "status">;
  artist: ArtistRef;
  venue: VenueRef;
  /** ISO instant at which voting closes or closed. */
  closesAt: string;
  /** Instants (ISO) of the points, in order, at most 240; the last one is now, or the close. Empty where nobody has voted. */
  at: string[];
  /** All votes at each of them. */
  total: number[];
  /** The eight most voted songs as they stand now, each with its votes at each instant. */
  songs: { song: { id: number; title: string }; setlistSongId: number; votes: number[] }[];
}

/** A show's vote history. Throws `not_found` or `gone`. */
export async function showHistory(reader: Reader, key: Key, now: number): Promise<ShowHistory> {
  const row = await showDetails(reader, key);
  if (!row) throw await missing(reader, "show", key);
  const { id, slug, localDate, status, artist, venue, closesAt } = row;
  const ballot = await rankedBallot(reader, id);
  const end = Math.min(now, closesAt);
  const latest = snapshotOf(end, ballot.map(({ setlistSongId, votes }) => [setlistSongId, votes]));
  const before = (await history.historyOf(reader, id)).filter(({ at }) => at < end);
  const points = latest.total === 0 && before.length === 0 ? [] : sampled([...before, latest], MOST_POINTS);
  const songs = ballot.filter(({ votes }) => votes > 0).slice(0, LINES);
  return {
    show: { id, slug, localDate, status },
    artist,
    venue,
    closesAt: iso(closesAt),
    at: points.map(({ at }) => iso(at)),
    total: points.map(({ total }) => total),
    songs: songs.map(({ songId, title, setlistSongId }) => ({ song: { id: songId, title }, setlistSongId, votes: points.map((point) => votesIn(point, setlistSongId)) })),
  };
}

export const readSnapshotsAt = (reader: Reader, showIds: readonly number[], at: number) => history.snapshotsAt(reader, showIds, at);
export const readLastSnapshots = (reader: Reader, showIds: readonly number[]) => history.lastSnapshots(reader, showIds);
export const readBallotsNow = (reader: Reader, showIds: readonly number[]) => history.ballotsNow(reader, showIds);
export const readVotesAfter = (reader: Reader, ...args: Parameters<typeof history.votesAfter> extends [unknown, ...infer Rest] ? Rest : never) => history.votesAfter(reader, ...args);
export const readSnapshotTimes = (reader: Reader, showId: number) => history.snapshotTimes(reader, showId);

/** Shows of the last so many days that are over, were voted on and have no history. */
export function readOverWithoutHistory(reader: Reader, { days, limit, now }: { days: number; limit: number; now: number }) {
  const today = localDateAt(now, "UTC");
  return history.overWithoutHistory(reader, { from: addDays(today, -days), to: addDays(today, 1) }, limit);
}

/** Shows that were over so many days ago. */
export function readShowsOver(reader: Reader, daysAgo: readonly number[], now: number): Promise<number[]> {
  const today = localDateAt(now, "UTC");
  return history.showsOverOn(reader, daysAgo.map((days) => addDays(today, -days)));
}
