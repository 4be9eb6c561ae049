import { votedShows, votedSongs } from "#db/queries/ballots.ts";
import { showsByIds } from "#db/queries/shows.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import type { Reader } from "./reader.ts";
import { summarise, type ShowSummary } from "./show-summary.ts";

export interface MyVotes {
  /** Latest show first. */
  items: { show: ShowSummary; songs: { setlistSongId: number; title: string; votes: number }[] }[];
  nextCursor: string | null;
}

/** One page of a fan's votes by show. Throws `invalid` for a made-up cursor. */
export async function myVotes(
  reader: Reader,
  { userId, cursor, limit, now }: { userId: number; cursor?: string | undefined; limit: number; now: number },
): Promise<MyVotes> {
  const after = cursor === undefined ? undefined : toPlace(cursor);
  const rows = await votedShows(reader, userId, { after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const ids = page.map((row) => row.showId);
  const shows = new Map((await showsByIds(reader, ids)).map((show) => [show.id, show]));
  const songs = Map.groupBy(await votedSongs(reader, userId, ids), (song) => song.showId);
  const last = page.at(-1);
  return {
    items: ids.map((id) => ({
      show: summarise(shows.get(id)!, now),
      songs: (songs.get(id) ?? []).map(({ setlistSongId, title, votes }) => ({ setlistSongId, title, votes })),
    })),
    nextCursor: last && rows.length > page.length ? encodeCursor([last.localDate, last.showId]) : null,
  };
}

function toPlace(cursor: string) {
  const [localDate, id] = decodeCursor(cursor, ["string", "number"]);
  return { localDate, id };
}
