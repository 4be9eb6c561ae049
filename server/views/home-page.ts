import { showsAfterTonight, showsTonight } from "#db/queries/show-days.ts";
import { mostVotedShows, type ListedShow } from "#db/queries/shows.ts";
import { addDays } from "../domain/show-time.ts";
import { localDays } from "./local-days.ts";
import type { Reader } from "./reader.ts";
import { summarise, type ShowSummary } from "./show-summary.ts";

export interface HomePage {
  /** Shows whose day it is at their venue and that are not over; soonest start first. */
  tonight: ShowSummary[];
  thisWeek: ShowSummary[];
  mostVoted: ShowSummary[];
}

const SECTION = 12;
const WEEK_DAYS = 7;
/** How far ahead "most voted" looks: a bound on what each visit sorts. */
const MOST_VOTED_DAYS = 60;

/** What the home page shows: tonight, this week, most voted. */
export async function homePage(reader: Reader, now: number): Promise<HomePage> {
  const days = await localDays(reader, now);
  const tonight = await showsTonight(reader, days, SECTION);
  const thisWeek = await showsAfterTonight(reader, days, addDays(days.today, WEEK_DAYS), SECTION);
  // More than are shown, since locked and just closed ones are left out.
  const top = await mostVotedShows(reader, addDays(days.today, MOST_VOTED_DAYS), 3 * SECTION);
  const present = (rows: ListedShow[]) => rows.map((row) => summarise(row, now));
  return {
    tonight: present(tonight),
    thisWeek: present(thisWeek),
    mostVoted: present(top.filter((row) => row.closesAt > now && row.lockedAt === null).slice(0, SECTION)),
  };
}
