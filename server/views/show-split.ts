import { showsOver, showsToCome, type ShowsOf } from "#db/queries/show-days.ts";
import { localDays } from "./local-days.ts";
import type { Reader } from "./reader.ts";
import { summarise, type ShowSummary } from "./show-summary.ts";

/** The most that a page shows. */
const UPCOMING = 100;
const PAST = 50;

export interface ShowSplit {
  /** Soonest first, at most 100. */
  upcoming: ShowSummary[];
  /** Latest first, at most 50. */
  past: ShowSummary[];
}

/** An artist's or a venue's shows as those still to come and those that are over. */
export async function splitByTime(reader: Reader, of: ShowsOf, now: number): Promise<ShowSplit> {
  const days = await localDays(reader, now, of);
  const upcoming = await showsToCome(reader, of, days, UPCOMING);
  const past = await showsOver(reader, of, days, PAST);
  return { upcoming: upcoming.map((row) => summarise(row, now)), past: past.map((row) => summarise(row, now)) };
}
