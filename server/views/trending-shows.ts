import { mostVotedShows, type ListedShow } from "#db/queries/shows.ts";
import { fastestShows, trendsOf } from "#db/queries/trending-shows.ts";
import { addDays, localDateAt } from "../domain/show-time.ts";
import { trendAfter } from "../domain/trending.ts";
import type { Reader } from "./reader.ts";
import { summarise, type ShowSummary } from "./show-summary.ts";

export interface TrendingShow extends ShowSummary {
  /** Votes an hour by now, to two places: a mean in which votes of 12 hours ago weigh half. */
  votesPerHour: number;
}

/** How far ahead shows are looked for that have votes but no trend: a bound on what is sorted. */
const AHEAD_DAYS = 60;
/** What is ranked for each place: what came since the rates were taken may change their order. */
const CANDIDATES = 3;

/**
 * Shows that one can vote for, those first whose votes come in fastest: by the rate when they were last looked at,
 * brought up to now with the votes since. Without enough of them, and between equals, all votes so far decide.
 */
export async function trendingShows(reader: Reader, now: number, limit: number): Promise<TrendingShow[]> {
  const fastest = await fastestShows(reader, now, CANDIDATES * limit);
  const rest = fastest.length < limit ? await mostVoted(reader, now, limit) : [];
  const rows = [...new Map([...fastest, ...rest].map((row) => [row.id, row])).values()];
  const trends = new Map((await trendsOf(reader, rows.map((row) => row.id))).map((trend) => [trend.showId, trend]));
  return rows
    .map((row) => ({ row, votesPerHour: trendAfter(trends.get(row.id) ?? null, row.totalVotes, now).rate }))
    .sort((a, b) => b.votesPerHour - a.votesPerHour || compareByVotes(a.row, b.row))
    .slice(0, limit)
    .map(({ row, votesPerHour }) => ({ ...summarise(row, now), votesPerHour: Math.round(votesPerHour * 100) / 100 }));
}

async function mostVoted(reader: Reader, now: number, limit: number): Promise<ListedShow[]> {
  const until = addDays(localDateAt(now, "UTC"), AHEAD_DAYS);
  const top = await mostVotedShows(reader, until, CANDIDATES * limit);
  return top.filter((row) => row.closesAt > now && row.lockedAt === null);
}

function compareByVotes(a: ListedShow, b: ListedShow): number {
  return b.totalVotes - a.totalVotes || (a.localDate < b.localDate ? -1 : Number(a.localDate > b.localDate)) || a.id - b.id;
}
