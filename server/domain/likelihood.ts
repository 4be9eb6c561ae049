/** Songs on a ballot when it is made. */
export const BALLOT_SONGS = 40;
/** With so many no song comes to a ballot any more but what fans add. */
export const MOST_BALLOT_SONGS = 60;
/** A song of a rank up to this one comes to a full ballot too: what is played on this tour, or new. */
const SURE_RANK = 15;
/** A chance below this tells no song from another. */
export const LEAST_CHANCE = 0.005;
/** Past shows that say what is played now. */
export const SHOWS_LOOKED_AT = 100;
/** Plays at them after which what there is only live is worth a vote. */
export const PLAYS_ENOUGH = 2;
/** After so many shows a play counts half. */
const HALF_LIFE = 15;

export interface RankedSong {
  id: number;
  title: string;
  /** yyyy, yyyy-mm or yyyy-mm-dd; null where nobody has said. */
  releasedOn: string | null;
  ballotWorthy: boolean;
}

/** Whether a song may be voted for; `plays` at the last hundred shows. */
export function isVotable({ ballotWorthy, ballotReason }: { ballotWorthy: boolean; ballotReason: string }, plays: number): boolean {
  return ballotWorthy || (ballotReason === "live_only" && plays >= PLAYS_ENOUGH);
}

/** The chance of a song as far as it tells it from another one: 0 below `LEAST_CHANCE`. */
const telling = (chances: ReadonlyMap<number, number>, id: number) => {
  const chance = chances.get(id) ?? 0;
  return chance < LEAST_CHANCE ? 0 : chance;
};

/** Songs by their chance at one show, 0 to 1 by song id, the likeliest first; equals by their rank. At most as many as a ballot begins with. */
export function likeliest(songs: readonly { id: number; rank: number }[], chances: ReadonlyMap<number, number>): number[] {
  const sorted = songs.toSorted((a, b) => telling(chances, b.id) - telling(chances, a.id) || a.rank - b.rank || a.id - b.id);
  return sorted.slice(0, BALLOT_SONGS).map(({ id }) => id);
}

/**
 * Songs by how likely they are to be played next, rank 1 first: by the chance that a forecast gives them, `chances`
 * by song id; then by their plays at past shows, `setlists` newest first, where a play of n shows ago counts
 * 0.5^(n / 15); songs that were not played follow, the newest first. What is not voted for comes last.
 */
export function rankSongs(
  songs: readonly RankedSong[],
  setlists: readonly (readonly number[])[],
  chances: ReadonlyMap<number, number> = new Map(),
): { id: number; rank: number }[] {
  const weight = new Map<number, number>();
  setlists.forEach((played, ago) => {
    for (const id of new Set(played)) weight.set(id, (weight.get(id) ?? 0) + 0.5 ** (ago / HALF_LIFE));
  });
  const heft = ({ id }: RankedSong) => weight.get(id) ?? 0;
  return songs
    .toSorted(
      (a, b) =>
        Number(b.ballotWorthy) - Number(a.ballotWorthy) ||
        telling(chances, b.id) - telling(chances, a.id) ||
        heft(b) - heft(a) ||
        byText(b.releasedOn ?? "", a.releasedOn ?? "") ||
        byText(a.title, b.title) ||
        a.id - b.id,
    )
    .map(({ id }, i) => ({ id, rank: i + 1 }));
}

/**
 * Which songs come to a ballot, likeliest first: `ranked` by likelihood and worth a vote, `there` on it already. It is filled up to
 * `BALLOT_SONGS`; beyond that come those that rank among the first 15, up to `MOST_BALLOT_SONGS`. What is there stays.
 */
export function ballotAdditions(ranked: readonly number[], there: ReadonlySet<number>): number[] {
  const missing = ranked.filter((id) => !there.has(id));
  const toFill = Math.max(0, BALLOT_SONGS - there.size);
  const sure = new Set(ranked.slice(0, SURE_RANK));
  const added = missing.filter((id, i) => i < toFill || sure.has(id));
  return added.slice(0, Math.max(0, MOST_BALLOT_SONGS - there.size));
}

function byText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
