import { mostVotedShows, showsBetween, type ListedShow } from "#db/queries/shows.ts";
import { addDays, localDateAt } from "../domain/show-time.ts";
import type { Reader } from "./reader.ts";
import { summarise, type ShowSummary } from "./show-summary.ts";

export interface HomePage {
  /** Shows whose day it is at their venue and that are not over. */
  tonight: ShowSummary[];
  thisWeek: ShowSummary[];
  mostVoted: ShowSummary[];
}

const SECTION = 12;
const WEEK_DAYS = 7;
/** How far ahead "most voted" looks: a bound on what each visit sorts. */
const MOST_VOTED_DAYS = 60;
/** More than enough shows for both date sections, and a bound on the query. */
const CANDIDATES = 200;

/** What the home page shows: tonight, this week, most voted. */
export async function homePage(reader: Reader, now: number): Promise<HomePage> {
  const today = localDateAt(now, "UTC");
  const near = await showsBetween(reader, addDays(today, -1), addDays(today, WEEK_DAYS), CANDIDATES);
  const top = await mostVotedShows(reader, addDays(today, MOST_VOTED_DAYS), SECTION);
  const isToday = (row: ListedShow) => row.localDate === localDateAt(now, row.venue.timeZone);
  const isLater = (row: ListedShow) => row.localDate > localDateAt(now, row.venue.timeZone);
  const section = (rows: ListedShow[]) => rows.slice(0, SECTION).map((row) => summarise(row, now));
  return {
    tonight: section(near.filter((row) => isToday(row) && row.status !== "completed").sort(soonestStart)),
    thisWeek: section(near.filter(isLater)),
    mostVoted: section(top.filter((row) => row.closesAt > now && row.lockedAt === null)),
  };
}

function soonestStart(a: ListedShow, b: ListedShow): number {
  return (a.startsAt ?? Infinity) - (b.startsAt ?? Infinity) || a.id - b.id;
}
