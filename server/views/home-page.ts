import { showsAfterTonight, showsTonight } from "#db/queries/show-days.ts";
import type { ListedShow } from "#db/queries/shows.ts";
import { addDays } from "../domain/show-time.ts";
import { localDays } from "./local-days.ts";
import type { Reader } from "./reader.ts";
import { summarise, type ShowSummary } from "./show-summary.ts";
import { trendingShows, type TrendingShow } from "./trending-shows.ts";

export interface HomePage {
  /** Shows whose day it is at their venue and that are not over; soonest start first. */
  tonight: ShowSummary[];
  thisWeek: ShowSummary[];
  /** Those first whose votes come in fastest. */
  trending: TrendingShow[];
}

const SECTION = 12;
const WEEK_DAYS = 7;

/** What the home page shows: tonight, this week, trending. */
export async function homePage(reader: Reader, now: number): Promise<HomePage> {
  const days = await localDays(reader, now);
  const tonight = await showsTonight(reader, days, SECTION);
  const thisWeek = await showsAfterTonight(reader, days, addDays(days.today, WEEK_DAYS), SECTION);
  const present = (rows: ListedShow[]) => rows.map((row) => summarise(row, now));
  return { tonight: present(tonight), thisWeek: present(thisWeek), trending: await trendingShows(reader, now, SECTION) };
}
