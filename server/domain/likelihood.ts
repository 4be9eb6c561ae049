/** Songs on a ballot when it is made. */
export const BALLOT_SONGS = 40;
/** After so many shows a play counts half. */
const HALF_LIFE = 15;

export interface RankedSong {
  id: number;
  title: string;
  /** yyyy, yyyy-mm or yyyy-mm-dd; null where nobody has said. */
  releasedOn: string | null;
  ballotWorthy: boolean;
}

/**
 * Songs by how likely they are to be played next, rank 1 first: by their plays at past shows, `setlists` newest
 * first, where a play of n shows ago counts 0.5^(n / 15); songs that were not played follow, the newest first.
 * What is not voted for comes last. It is the order of a ballot, not a forecast.
 */
export function rankSongs(songs: readonly RankedSong[], setlists: readonly (readonly number[])[]): { id: number; rank: number }[] {
  const weight = new Map<number, number>();
  setlists.forEach((played, ago) => {
    for (const id of new Set(played)) weight.set(id, (weight.get(id) ?? 0) + 0.5 ** (ago / HALF_LIFE));
  });
  const heft = ({ id }: RankedSong) => weight.get(id) ?? 0;
  return songs
    .toSorted(
      (a, b) =>
        Number(b.ballotWorthy) - Number(a.ballotWorthy) ||
        heft(b) - heft(a) ||
        byText(b.releasedOn ?? "", a.releasedOn ?? "") ||
        byText(a.title, b.title) ||
        a.id - b.id,
    )
    .map(({ id }, i) => ({ id, rank: i + 1 }));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
