import { artistByKey, searchSongs as select } from "#db/queries/catalogue.ts";
import { showId } from "#db/queries/shows.ts";
import { fold } from "../domain/fold.ts";
import { missing } from "./missing.ts";
import type { Key, Reader } from "./reader.ts";

export interface FoundSong {
  id: number;
  title: string;
  /** Set where the song is on the given show's ballot already. */
  setlistSongId: number | null;
}

const MOST = 20;

/** An artist's songs whose title contains the query, whatever case and accents. Throws `not_found` or `gone`. */
export async function searchSongs(
  reader: Reader,
  search: { artist: Key; query: string; show?: Key | undefined },
): Promise<{ items: FoundSong[] }> {
  const artist = await artistByKey(reader, search.artist);
  if (!artist) throw await missing(reader, "artist", search.artist);
  const onShow = search.show === undefined ? null : await showId(reader, search.show);
  const folded = fold(search.query);
  return { items: await select(reader, { artistId: artist.id, folded, showId: onShow, limit: MOST }) };
}
