import { DAY_MS, utcDay, VOTES_PER_DAY, VOTES_PER_SHOW } from "./voting.ts";

/** Repeatable randomness in [0, 1): mulberry32, a 32-bit generator in the public domain. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface DemoBallot {
  showId: number;
  /** Most likely song first. */
  setlistSongIds: number[];
  /** Votes fall before this instant (epoch ms). */
  until: number;
  /** Share of the fans who vote on this show, 0 to 1. */
  interest: number;
}

export interface DemoVote {
  userId: number;
  setlistSongId: number;
  showId: number;
  day: number;
  castAt: number;
}

const SPREAD_DAYS = 21;
/** By how many places on the ballot a song's chance falls to a third. */
const FALL_OFF = 5;

/** A believable spread: some fans, their favourites among the likely songs, within every limit. */
export function planDemoVotes(fans: number[], ballots: DemoBallot[], random: () => number): DemoVote[] {
  const perDay = new Map<string, number>();
  const votes: DemoVote[] = [];
  for (const ballot of ballots) {
    // What this crowd likes more or less than the songs' places would have it.
    const taste = ballot.setlistSongIds.map((id, place) => ({
      id,
      reluctance: Math.exp(place / FALL_OFF) * (0.4 + 1.2 * random()),
    }));
    for (const userId of fans) {
      if (random() >= ballot.interest) continue;
      const castAt = Math.floor(ballot.until - 60_000 - random() * SPREAD_DAYS * DAY_MS);
      const day = utcDay(castAt);
      const used = perDay.get(`${userId} ${day}`) ?? 0;
      const wanted = 3 + Math.floor(random() * (VOTES_PER_SHOW - 2));
      const chosen = pick(taste, Math.min(wanted, VOTES_PER_DAY - used), random);
      perDay.set(`${userId} ${day}`, used + chosen.length);
      for (const setlistSongId of chosen) {
        votes.push({ userId, setlistSongId, showId: ballot.showId, day, castAt });
      }
    }
  }
  return votes;
}

/** `count` different songs, by weight 1/reluctance (Efraimidis and Spirakis 2006: largest random^(1/weight)). */
function pick(songs: { id: number; reluctance: number }[], count: number, random: () => number): number[] {
  return songs
    .map(({ id, reluctance }) => ({ id, key: Math.log(random()) * reluctance }))
    .sort((a, b) => b.key - a.key)
    .slice(0, count)
    .map(({ id }) => id);
}
