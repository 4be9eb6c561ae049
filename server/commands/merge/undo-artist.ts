import type { Transaction } from "#db/client.ts";
import { appendEvents } from "#db/queries/events.ts";
import { changeBack, moveBack, moveBackWithArtist, removeAdded, restoreRows } from "#db/queries/merge-restore.ts";
import { showsToTell } from "#db/queries/merge-shows.ts";
import { followSongs } from "#db/queries/merge-songs.ts";
import { MOVED } from "#db/merge-tables.ts";
import type { Merge } from "#db/queries/merges.ts";
import { albums, artists, dueTimes, listMarks, matchKeys, showIdentities, songLinks, songs, songVariants, unmatchedTitles } from "#db/schema/index.ts";
import { endStudiesOf } from "../forecasts/study-run.ts";
import { rescoreArtists } from "../scores/rescore-artists.ts";
import { ownSongs } from "./own-songs.ts";

/** Gives an artist that is there again what was its own and is still the other's. */
export async function undoArtist(tx: Transaction, { id, fromId, intoId }: Merge, now: number): Promise<void> {
  await moveBack(tx, { table: songs, column: "artist_id", key: ["id"] }, [id]);
  for (const pointer of MOVED.artist) {
    // Recordings and events go only where their song or show goes.
    if (pointer.table === songVariants) await moveBackWithArtist(tx, pointer, { table: "songs", column: "song_id" }, [id]);
    else if (pointer.table === showIdentities) await moveBackWithArtist(tx, pointer, { table: "shows", column: "show_id" }, [id]);
    else await moveBack(tx, pointer, [id]);
  }
  await followSongs(tx, { from: intoId, into: fromId });
  await followSongs(tx, { from: fromId, into: intoId });
  for (const table of [albums, showIdentities, songVariants, matchKeys, listMarks, dueTimes, unmatchedTitles]) await restoreRows(tx, table, [id]);
  await removeAdded(tx, { table: songLinks, key: ["artist_id", "title_key"] }, [id]);
  await restoreRows(tx, songLinks, [id]);
  await changeBack(tx, artists, ["genre", "country", "disambiguation"], [id]);
  for (const artistId of [fromId, intoId]) await ownSongs(tx, artistId, { keep: false }, now);
  await endStudiesOf(tx, [fromId, intoId]);
  await rescoreArtists(tx, [fromId, intoId], now);
  const told = await showsToTell(tx, { artistId: fromId });
  await appendEvents(tx, now, told.map((showId) => ({ kind: "show.changed", showId, payload: { changed: ["artist"] } })));
}
