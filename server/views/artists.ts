import { artistCounts, listArtists as select, listGenres } from "#db/queries/catalogue.ts";
import { fold } from "../domain/fold.ts";
import { localDateAt } from "../domain/show-time.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Reader } from "./reader.ts";
import type { ArtistDetails } from "./show-summary.ts";

export interface ArtistsQuery {
  query?: string | undefined;
  genre?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export interface ArtistList {
  items: (ArtistDetails & { upcomingShows: number; songs: number })[];
  nextCursor: string | null;
  /** Every genre there is, for filtering. */
  genres: string[];
}

/** One page of artists by name. Throws `invalid` for a made-up cursor. */
export async function listArtists(reader: Reader, query: ArtistsQuery, now: number): Promise<ArtistList> {
  const rows = await select(reader, {
    folded: query.query === undefined ? undefined : fold(query.query),
    genre: query.genre,
    after: query.cursor === undefined ? undefined : toPlace(query.cursor),
    limit: query.limit + 1,
  });
  const page = rows.slice(0, query.limit);
  const counts = await artistCounts(reader, page.map((row) => row.id), localDateAt(now, "UTC"));
  const last = page.at(-1);
  return {
    items: page.map((row) => ({ ...row, ...counts.get(row.id)! })),
    nextCursor: last && rows.length > page.length ? encodeCursor([last.name, last.id]) : null,
    genres: await listGenres(reader),
  };
}

function toPlace(cursor: string) {
  const [name, id] = decodeCursor(cursor, ["string", "number"]);
  return { name, id };
}
