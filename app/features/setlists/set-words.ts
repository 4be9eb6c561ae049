import type { ActualSetlist } from "../../http/answers.ts";

type PlayedSet = Pick<ActualSetlist["sets"][number], "name" | "encore"> & { songs: { position: number; tape: boolean }[] };

/** What stands over a set; null over the only one of a show, which needs no name. */
export function setName(set: PlayedSet, all: readonly PlayedSet[]): string | null {
  const name = set.name?.replace(/\s*:\s*$/, "") || null;
  if (set.encore !== null) return encoreName(set.encore, name, all);
  if (name !== null) return name;
  const unnamed = all.filter((other) => other.encore === null);
  return unnamed.length > 1 ? `Set ${unnamed.indexOf(set) + 1}` : null;
}

function encoreName(encore: number, name: string | null, all: readonly PlayedSet[]): string {
  if (name !== null) return /encore/i.test(name) ? name : `Encore: ${name}`;
  const encores = all.filter((other) => other.encore !== null);
  return encores.length > 1 ? `Encore ${encore}` : "Encore";
}

/** Places of songs in a setlist by position: tapes have none. */
export function placesOf(sets: readonly PlayedSet[]): Map<number, number> {
  const live = sets.flatMap((set) => set.songs).filter((song) => !song.tape);
  return new Map(live.map((song, i) => [song.position, i + 1]));
}

/** What stands over one of several setlists of a show. */
export function setlistName({ source }: ActualSetlist, index: number, count: number): string {
  return `Setlist ${index + 1} of ${count}, from ${source}`;
}
