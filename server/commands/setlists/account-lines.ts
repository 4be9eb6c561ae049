import type { Queryable } from "#db/client.ts";
import { playedAt, type NewPlayed, type NewSet } from "#db/queries/setlists.ts";
import type { Provider } from "../../domain/provider-records.ts";
import { accountThatCounts, type SetlistAccount, type SetlistStatus } from "../../domain/setlists/accounts.ts";
import type { MatchedLine } from "../../domain/setlists/match-lines.ts";
import { songsIn } from "../../domain/setlists/songs-in.ts";
import type { SetLines, SongLine } from "../../domain/setlists/written-down.ts";

/** One account of a show, whole. */
export interface StoredAccount extends SetlistAccount {
  provider: Provider | null;
  version: string;
  status: SetlistStatus;
  note: string | null;
  sets: SetLines[];
}

type Row = Awaited<ReturnType<typeof playedAt>>[number];

/** All accounts of what was played at a show. */
export async function accountsAt(db: Queryable, showId: number): Promise<StoredAccount[]> {
  return [...Map.groupBy(await playedAt(db, showId), ({ setlistId }) => setlistId).values()].map(toAccount);
}

/** The one that was written down here and counts among such. */
export function ownAccount(accounts: readonly StoredAccount[]): StoredAccount | null {
  return accountThatCounts(accounts.filter(({ provider }) => provider === null));
}

function toAccount(rows: Row[]): StoredAccount {
  const { setlistId, provider, version, status, setlistNote } = rows[0]!;
  const sets = [...Map.groupBy(rows, ({ set }) => set?.number ?? null).values()].flatMap(toSet);
  return { id: setlistId, provider, version, status, note: setlistNote, sets, songs: songsIn(sets) };
}

function toSet(rows: Row[]): SetLines[] {
  const { set } = rows[0]!;
  if (set === null) return [];
  const songs = rows.flatMap(({ song }): SongLine[] => {
    if (song === null) return [];
    const { position: _, ...line } = song;
    return [line];
  });
  return [{ name: set.name, encore: set.encore, songs }];
}

/** The rows of some sets, numbered through. */
export function rowsOf(sets: readonly SetLines<MatchedLine<SongLine & { coverOfId?: string | null }>>[]): { sets: NewSet[]; songs: NewPlayed[] } {
  const songs = sets
    .flatMap((set, i) => set.songs.map((song) => ({ song, setNumber: i + 1 })))
    .map(({ song, setNumber }, i) => ({ ...song, coverOfId: song.coverOfId ?? null, setNumber, position: i + 1 }));
  return { sets: sets.map(({ name, encore }, i) => ({ number: i + 1, name, encore })), songs };
}
