import { lastNights } from "#db/queries/last-nights.ts";
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
  /** The latest scored shows of the last two weeks that fans voted for. */
  lastNights: LastNight[];
}

/** How many of the songs that were played at a show the crowd had. */
export interface LastNight {
  show: Pick<ShowSummary, "id" | "slug" | "localDate">;
  artist: { name: string };
  venue: { name: string; city: string | null };
  played: number;
  hits: number;
}

const SECTION = 12;
const WEEK_DAYS = 7;
const NIGHTS = 6;
const NIGHTS_DAYS = 14;

/** What the home page shows: tonight, this week, trending, last nights. */
export async function homePage(reader: Reader, now: number): Promise<HomePage> {
  const days = await localDays(reader, now);
  const tonight = await showsTonight(reader, days, SECTION);
  const thisWeek = await showsAfterTonight(reader, days, addDays(days.today, WEEK_DAYS), SECTION);
  const present = (rows: ListedShow[]) => rows.map((row) => summarise(row, now));
  const nights = await lastNights(reader, addDays(days.today, -NIGHTS_DAYS), NIGHTS);
  return {
    tonight: present(tonight),
    thisWeek: present(thisWeek),
    trending: await trendingShows(reader, now, SECTION),
    lastNights: nights.map(({ hits, ...night }) => ({ ...night, hits: hits ?? 0 })),
  };
}
