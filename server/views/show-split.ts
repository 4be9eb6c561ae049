import { showsOver, showsToCome, type LocalDays, type ShowsOf } from "#db/queries/show-days.ts";
import { showsWithSetlist } from "#db/queries/page-sources.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { localDays } from "./local-days.ts";
import type { Reader } from "./reader.ts";
import { summarise, type ShowSummary } from "./show-summary.ts";

/** The most that a page shows. */
const UPCOMING = 100;
const PAST = 50;

/** A show that is over. */
export interface PastShow extends ShowSummary {
  /** Whether what was played there is known. */
  setlist: boolean;
}

export interface PastShows {
  /** Latest first. */
  items: PastShow[];
  /** Leads on to earlier ones; null where there are none. */
  nextCursor: string | null;
}

export interface ShowSplit {
  /** Soonest first, at most 100. */
  upcoming: ShowSummary[];
  /** Latest first, at most 50. */
  past: PastShow[];
  /** Where the list of past shows goes on; null where these are all. */
  pastCursor: string | null;
}

/** An artist's or a venue's shows as those still to come and those that are over. */
export async function splitByTime(reader: Reader, of: ShowsOf, now: number): Promise<ShowSplit> {
  const days = await localDays(reader, now, of);
  const upcoming = await showsToCome(reader, of, days, UPCOMING);
  const past = await pageOfPast(reader, { of, days, now, limit: PAST });
  return { upcoming: upcoming.map((row) => summarise(row, now)), past: past.items, pastCursor: past.nextCursor };
}

export interface PastQuery {
  cursor?: string | undefined;
  limit: number;
}

/** One page of the shows of an artist or a venue that are over. Throws `invalid` for a made-up cursor. */
export async function listPast(reader: Reader, of: ShowsOf, query: PastQuery, now: number): Promise<PastShows> {
  const days = await localDays(reader, now, of);
  return pageOfPast(reader, { of, days, now, ...query });
}

async function pageOfPast(
  reader: Reader,
  { of, days, now, cursor, limit }: PastQuery & { of: ShowsOf; days: LocalDays; now: number },
): Promise<PastShows> {
  const rows = await showsOver(reader, of, days, limit + 1, cursor === undefined ? undefined : toPlace(cursor));
  const page = rows.slice(0, limit);
  const known = await showsWithSetlist(reader, page.map((row) => row.id));
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...summarise(row, now), setlist: known.has(row.id) })),
    nextCursor: last && rows.length > page.length ? encodeCursor([last.localDate, last.id]) : null,
  };
}

function toPlace(cursor: string) {
  const [localDate, id] = decodeCursor(cursor, ["string", "number"]);
  return { localDate, id };
}
