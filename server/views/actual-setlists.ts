import { playedAt } from "#db/queries/setlists.ts";
import { showId } from "#db/queries/shows.ts";
import { ATTRIBUTION } from "../domain/attribution.ts";
import type { Provider } from "../domain/provider-records.ts";
import type { SetlistStatus } from "../domain/setlists/accounts.ts";
import type { SetLines, SongLine } from "../domain/setlists/written-down.ts";
import { missing } from "./missing.ts";
import type { Key, Reader } from "./reader.ts";

/** One song as it was played. */
export interface PlayedSongRow extends SongLine {
  /** From 1 through the whole show, tapes counted. */
  position: number;
}

export type PlayedSet = SetLines<PlayedSongRow>;

/** What was played at a show, as one source has it. */
export interface ActualSetlist {
  id: number;
  /** Null for one that was written down here. */
  provider: Provider | null;
  /** The source's name. */
  source: string;
  /** The source's page of it, which has to be linked to with `linkText` wherever it is shown; null for one that was written down here. */
  url: string | null;
  linkText: string | null;
  /** Live while it grows, provisional until nobody seems to be writing on, then final. */
  status: SetlistStatus;
  /** The source's, another one with each edit. */
  version: string;
  note: string | null;
  /** In order of play; empty where nobody has written down a song yet. */
  sets: PlayedSet[];
}

const HERE = { name: "Written down here", linkText: null };

/** A show's setlists whole, those that came in first first. Throws `not_found` or `gone`. */
export async function actualSetlists(reader: Reader, key: Key): Promise<{ items: ActualSetlist[] }> {
  const id = await showId(reader, key);
  if (id === null) throw await missing(reader, "show", key);
  return { items: await setlistsOfShow(reader, id) };
}

type Row = Awaited<ReturnType<typeof playedAt>>[number];

/** The setlists of a show that is known to be there. */
export async function setlistsOfShow(reader: Reader, id: number): Promise<ActualSetlist[]> {
  const bySetlist = Map.groupBy(await playedAt(reader, id), (row) => row.setlistId);
  return [...bySetlist.values()].map(toSetlist);
}

function toSetlist(rows: Row[]): ActualSetlist {
  const { setlistId, provider, url, version, status, setlistNote } = rows[0]!;
  const { name, linkText } = provider === null ? HERE : ATTRIBUTION[provider];
  const bySet = Map.groupBy(rows, (row) => row.set?.number);
  const sets = [...bySet.values()].flatMap(toSet);
  return { id: setlistId, provider, source: name, url, linkText, status, version, note: setlistNote, sets };
}

function toSet(rows: Row[]): PlayedSet[] {
  const { set } = rows[0]!;
  const songs = rows.flatMap(({ song }) => song ?? []);
  return set === null || songs.length === 0 ? [] : [{ name: set.name, encore: set.encore, songs }];
}
