import { putSetlist } from "#db/queries/setlists.ts";
import type { SetlistStatus } from "#server/domain/setlists/accounts.ts";
import { followSetlist } from "#server/commands/setlists/follow-up.ts";
import type { TestDatabase } from "./test-database.ts";

export interface PlayedHere {
  showId: number;
  /** Our songs in order; a text is a title that is none of them. */
  songs: (number | string)[];
  /** How many of them, at the end, are encores. */
  encores?: number;
  status?: SetlistStatus;
  /** Another version of the same account is another edit of it. */
  version?: string;
  /** Null for one that was written down here. */
  provider?: "setlistfm" | null;
  /** Epoch ms. */
  at: number;
}

/** Writes down what was played at a show, as commands that do so: with what follows from it. */
export async function putPlayed(database: TestDatabase, played: PlayedHere): Promise<number> {
  const { showId, songs, encores = 0, status = "final", version = "1", provider = "setlistfm", at } = played;
  const [show] = await database.rows("SELECT artist_id AS artistId FROM shows WHERE id = ?", showId);
  const sets = [{ number: 1, name: null, encore: null }, { number: 2, name: null, encore: 1 }].slice(0, encores > 0 ? 2 : 1);
  const rows = songs.map((song, i) => ({
    position: i + 1, setNumber: i < songs.length - encores ? 1 : 2, tape: false,
    title: String(song), titleKey: String(song), songId: typeof song === "number" ? song : null,
  }));
  const source = { provider, providerId: provider && `played-${showId}`, url: provider && `https://example.org/${showId}` };
  return database.change(async (tx) => {
    const setlistId = await putSetlist(tx, { ...source, showId, version, status, storedAt: at }, sets, rows);
    await followSetlist(tx, { showId, artistId: Number(show!["artistId"]), final: status === "final" }, at);
    return setlistId;
  });
}

/** The songs of a show's ballot by their places on it. */
export async function songsOn(database: TestDatabase, showId: number): Promise<number[]> {
  const rows = await database.rows("SELECT song_id AS id FROM setlist_songs WHERE show_id = ? ORDER BY position", showId);
  return rows.map(({ id }) => Number(id));
}
