import type { SongFacts } from "#db/queries/merge-songs.ts";

export interface SamePair {
  from: number;
  into: number;
  fromName: string;
  intoName: string;
}

/** Which songs of an artist that goes are songs of the one that stays: of one key, by the links between titles too, or of one title. */
export function sameSongs(goes: SongFacts[], stays: SongFacts[], links: ReadonlyMap<string, string>): SamePair[] {
  const keyOf = ({ titleKey }: SongFacts) => links.get(titleKey) ?? titleKey;
  const byTitle = new Map(stays.map((song) => [song.title, song]));
  // One that stays for its votes alone names nothing that another song names.
  const byKey = new Map(stays.toSorted((a, b) => Number(isGone(b)) - Number(isGone(a)) || b.id - a.id).map((song) => [keyOf(song), song]));
  return goes.flatMap((song) => {
    const key = keyOf(song);
    const same = (key === "" ? undefined : byKey.get(key)) ?? byTitle.get(song.title);
    return same ? [{ from: song.id, into: same.id, fromName: song.title, intoName: same.title }] : [];
  });
}

function isGone({ ballotReason }: SongFacts): boolean {
  return ballotReason === "absorbed";
}
