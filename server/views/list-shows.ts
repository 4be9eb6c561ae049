import { artistByKey } from "#db/queries/catalogue.ts";
import { listShows as select, type ShowFilter, type ShowSort } from "#db/queries/shows.ts";
import { addDays, localDateAt } from "../domain/show-time.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { missing } from "./missing.ts";
import type { Key, Reader } from "./reader.ts";
import { summarise, type ShowSummary } from "./show-summary.ts";

export interface ShowsQuery {
  artist?: Key | undefined;
  /** Local dates, both included; without `from`, today's shows and later ones. */
  from?: string | undefined;
  to?: string | undefined;
  sort: ShowSort;
  cursor?: string | undefined;
  limit: number;
}

export interface ShowList {
  items: ShowSummary[];
  /** Null on the last page. */
  nextCursor: string | null;
}

/** One page of shows. Throws `not_found` for an unknown artist and `invalid` for a made-up cursor. */
export async function listShows(reader: Reader, query: ShowsQuery, now: number): Promise<ShowList> {
  const filter = await toFilter(reader, query, now);
  const rows = await select(reader, { ...filter, limit: query.limit + 1 });
  const page = rows.slice(0, query.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => summarise(row, now)),
    nextCursor: last && rows.length > page.length ? encodeCursor([last.id, last.localDate, last.totalVotes]) : null,
  };
}

async function toFilter(reader: Reader, query: ShowsQuery, now: number): Promise<Omit<ShowFilter, "limit">> {
  // The westernmost zone is half a day behind UTC: yesterday there can still be today.
  const from = query.from ?? addDays(localDateAt(now, "UTC"), -1);
  const filter = { from, to: query.to, sort: query.sort, artistId: undefined, after: undefined };
  return {
    ...filter,
    artistId: query.artist === undefined ? undefined : await artistId(reader, query.artist),
    after: query.cursor === undefined ? undefined : toPlace(query.cursor),
  };
}

async function artistId(reader: Reader, key: Key): Promise<number> {
  const artist = await artistByKey(reader, key);
  if (!artist) throw await missing(reader, "artist", key);
  return artist.id;
}

function toPlace(cursor: string) {
  const [id, localDate, totalVotes] = decodeCursor(cursor, ["number", "string", "number"]);
  return { id, localDate, totalVotes };
}
