import type { ListedShow } from "#db/queries/shows.ts";
import { localDateAt } from "../domain/show-time.ts";
import { summarise, type ShowSummary } from "./show-summary.ts";

/** Shows, soonest first, as those still to come and those that are over (latest first). */
export function splitByTime(
  rows: ListedShow[],
  now: number,
): { upcoming: ShowSummary[]; past: ShowSummary[] } {
  const isPast = (row: ListedShow) =>
    row.status === "completed" || row.localDate < localDateAt(now, row.venue.timeZone);
  return {
    upcoming: rows.filter((row) => !isPast(row)).map((row) => summarise(row, now)),
    past: rows
      .filter(isPast)
      .reverse()
      .map((row) => summarise(row, now)),
  };
}
