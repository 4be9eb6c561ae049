import { MIN_ACCOUNTS, type Crowd, type Signal, type Suspect } from "./fraud-facts.ts";
import { choiceBits, poissonBits, ramp } from "./fraud-figures.ts";

/** Fans with the same songs on their ballots. */
export interface SharedBallot {
  members: Suspect[];
  songs: number[];
  /** Fans who would share these songs by chance. */
  expected: number;
  sameOrder: boolean;
  /** By how much the members are more than that, beyond what trying every set of songs would find. */
  bits: number;
}

/**
 * How independently people choose, as an exponent of the chance: tastes go together (an album, an
 * era), so a set of songs is likelier than its songs apart.
 */
const INDEPENDENCE = 0.4;
/** Places from the top, by votes and on the page, whose songs many people tick as they stand there. */
const LEADING = { byVotes: 12, onPage: 10 };
/** Share at which a leading song counts at least: that fans share the leaders says next to nothing. */
const LEADER_SHARE = 0.9;
/** Fans whose opinion is presumed, and how many of them would pick a song that does not lead. */
const PRIOR = { fans: 20, share: 0.15 };
/** No song is surer than this, and none is rarer. */
const SHARES = { least: 0.002, most: 0.98 };
/** Sets that are tried as a start, by how unlikely their sharing is. */
const SEEDS = 8;
const ROUNDS = 5;
/** Bits below which shared ballots say nothing, and from which they say all they can. */
const TELLING = { from: 30, to: 120 };
/** Bits that each fan adds where they voted in one order that is not the page's. */
const ORDER_BITS = 1;
/** Share of members who must have voted in one order. */
const ORDER_SHARE = 0.6;

/** The signal of ballots among members; null where no set of songs is shared beyond chance. */
export function ballotsSignal(members: readonly Suspect[], crowd: Crowd): (Signal & { kind: "ballots" }) | null {
  const [shared] = sharedBallots(members, crowd, 1);
  if (!shared) return null;
  const cover = ramp(shared.members.length / members.length, 0.4, 0.8);
  const { songs, expected, sameOrder } = shared;
  const strength = ramp(shared.bits, TELLING.from, TELLING.to) * cover;
  return { kind: "ballots", strength, songs, fans: shared.members.length, expected, sameOrder };
}

/** Groups of fans who share unlikely songs, the least likely first; no fan is in two. */
export function sharedBallots(suspects: readonly Suspect[], crowd: Crowd, rounds = ROUNDS): SharedBallot[] {
  const found: SharedBallot[] = [];
  let pool = suspects;
  while (found.length < rounds && pool.length >= MIN_ACCOUNTS) {
    const best = new Ballots(pool, crowd).mostUnlikely();
    if (!best || best.bits < TELLING.from) break;
    found.push(best);
    const taken = new Set(best.members);
    pool = pool.filter((suspect) => !taken.has(suspect));
  }
  return found;
}

/** A set of songs (by index) and the fans (by index) who voted for all of them. */
interface Candidate {
  songs: number[];
  fans: number[];
}

interface Judged extends Candidate {
  expected: number;
  bits: number;
}

/** The ballots of some suspects by index, so that counting is array arithmetic. */
class Ballots {
  readonly #suspects: readonly Suspect[];
  readonly #crowd: Crowd;
  /** Indexes of the songs of each fan's ballot. */
  readonly #chosen: number[][];
  readonly #has: Uint8Array;

  constructor(suspects: readonly Suspect[], crowd: Crowd) {
    this.#suspects = suspects;
    this.#crowd = crowd;
    const places = new Map(crowd.songs.map((song, i) => [song.setlistSongId, i]));
    this.#chosen = suspects.map(({ votes }) =>
      votes.map((vote) => places.get(vote.setlistSongId) ?? -1).filter((place) => place >= 0),
    );
    this.#has = new Uint8Array(suspects.length * crowd.songs.length);
    this.#chosen.forEach((songs, fan) => songs.forEach((song) => (this.#has[fan * crowd.songs.length + song] = 1)));
  }

  mostUnlikely(): SharedBallot | null {
    let best: Judged | null = null;
    for (const seed of [...this.#sameSets(), ...this.#pairs()]) {
      const grown = this.#grow(seed);
      if (grown && (!best || grown.bits > best.bits)) best = grown;
    }
    return best && this.#shared(best);
  }

  /** Whole ballots that several fans share. */
  #sameSets(): Candidate[] {
    const whole = this.#chosen.map((songs, fan) => ({ fan, songs: [...songs].sort((a, b) => a - b) }));
    const groups = Map.groupBy(whole.filter(({ songs }) => songs.length > 1), ({ songs }) => songs.join(" "));
    return [...groups.values()]
      .filter((group) => group.length >= MIN_ACCOUNTS)
      .sort((a, b) => b.length * b[0]!.songs.length - a.length * a[0]!.songs.length)
      .slice(0, SEEDS)
      .map((group) => ({ songs: group[0]!.songs, fans: this.#holding(group[0]!.songs) }));
  }

  /** Two songs that go together more often than their shares have it. */
  #pairs(): Candidate[] {
    const size = this.#crowd.songs.length;
    const together = new Uint32Array(size * size);
    for (const songs of this.#chosen) {
      for (const a of songs) for (const b of songs) if (a < b) together[a * size + b]! += 1;
    }
    const shares = this.#shares([]);
    const odd = [...together].flatMap((fans, i) => {
      if (fans < MIN_ACCOUNTS) return [];
      const songs = [Math.floor(i / size), i % size];
      return [{ songs, lift: fans / this.#expected(songs, this.#without(shares, songs, fans)) }];
    });
    odd.sort((a, b) => b.lift - a.lift);
    return odd.slice(0, SEEDS).map(({ songs }) => ({ songs, fans: this.#holding(songs) }));
  }

  /** Adds song after song that most of the fans share too; the least likely of the sets on the way. */
  #grow(seed: Candidate): Judged | null {
    let best: Judged | null = null;
    for (let at: Candidate | null = seed; at; ) {
      const shares = this.#shares(at.fans);
      const expected = this.#expected(at.songs, shares);
      const bits = poissonBits(at.fans.length, expected) - choiceBits(this.#crowd.songs.length, at.songs.length);
      if (!best || bits > best.bits) best = { ...at, expected, bits };
      at = this.#next(at, shares);
    }
    return best;
  }

  #next({ songs, fans }: Candidate, shares: Float64Array): Candidate | null {
    const size = this.#crowd.songs.length;
    const counts = new Uint32Array(size);
    for (const fan of fans) for (const song of this.#chosen[fan]!) counts[song]! += 1;
    let next = { song: -1, weight: 0 };
    for (const [song, count] of counts.entries()) {
      const weight = count * -Math.log2(shares[song]!);
      if (count >= MIN_ACCOUNTS && weight > next.weight && !songs.includes(song)) next = { song, weight };
    }
    if (next.song < 0) return null;
    return { songs: [...songs, next.song], fans: fans.filter((fan) => this.#has[fan * size + next.song]) };
  }

  #shared({ songs, fans, expected, bits }: Judged): SharedBallot {
    const members = fans.map((fan) => this.#suspects[fan]!);
    const ids = songs.map((song) => this.#crowd.songs[song]!.setlistSongId);
    const sameOrder = inOneOrder(members, songs.map((song) => this.#crowd.songs[song]!));
    return { members, songs: ids, expected, bits: sameOrder ? bits + ORDER_BITS * fans.length : bits, sameOrder };
  }

  #holding(songs: readonly number[]): number[] {
    const size = this.#crowd.songs.length;
    const all = this.#chosen.map((_, fan) => fan);
    return all.filter((fan) => songs.every((song) => this.#has[fan * size + song]));
  }

  #expected(songs: readonly number[], shares: Float64Array): number {
    const bits = songs.reduce((sum, song) => sum - Math.log2(shares[song]!), 0);
    return this.#suspects.length * 2 ** (-INDEPENDENCE * bits);
  }

  /** Each song's share of the crowd without some of the fans: a crowd of their own must not make a song popular. */
  #shares(without: readonly number[]): Float64Array {
    const votes = Float64Array.from(this.#crowd.songs, (song) => song.votes);
    let fans = this.#crowd.fans;
    for (const fan of without) {
      if (this.#suspects[fan]!.held) continue;
      fans -= 1;
      for (const song of this.#chosen[fan]!) votes[song]! -= 1;
    }
    return this.#smoothed(votes, fans);
  }

  #smoothed(votes: Float64Array, fans: number): Float64Array {
    const { songs } = this.#crowd;
    const order = songs.map((_, i) => i).sort((a, b) => votes[b]! - votes[a]! || songs[a]!.position - songs[b]!.position);
    const shares = new Float64Array(songs.length);
    order.forEach((song, rank) => {
      const share = (Math.max(0, votes[song]!) + PRIOR.fans * PRIOR.share) / (Math.max(0, fans) + PRIOR.fans);
      const leads = rank < LEADING.byVotes || songs[song]!.position <= LEADING.onPage;
      shares[song] = Math.min(SHARES.most, Math.max(leads ? LEADER_SHARE : SHARES.least, share));
    });
    return shares;
  }

  /** Shares of two songs when the fans who voted for both are taken off. */
  #without(shares: Float64Array, songs: readonly number[], fans: number): Float64Array {
    const all = this.#crowd.fans + PRIOR.fans;
    const rest = Float64Array.from(shares);
    for (const song of songs) {
      rest[song] = Math.max(SHARES.least, (shares[song]! * all - fans) / Math.max(1, all - fans));
    }
    return rest;
  }
}

/** Whether most members voted for the songs in one order that is not the page's. */
function inOneOrder(
  members: readonly Suspect[],
  songs: readonly { setlistSongId: number; position: number; votes: number }[],
): boolean {
  if (songs.length < 3) return false;
  const ids = new Set(songs.map((song) => song.setlistSongId));
  const orders = new Map<string, number>();
  for (const { votes } of members) {
    const cast = votes.filter((vote) => ids.has(vote.setlistSongId)).sort((a, b) => a.castAt - b.castAt);
    // Votes of one instant have no order.
    if (cast.some((vote, i) => i > 0 && vote.castAt === cast[i - 1]!.castAt)) continue;
    const order = cast.map((vote) => vote.setlistSongId).join(" ");
    orders.set(order, (orders.get(order) ?? 0) + 1);
  }
  const join = (sorted: typeof songs) => sorted.map((song) => song.setlistSongId).join(" ");
  orders.delete(join([...songs].sort((a, b) => a.position - b.position)));
  orders.delete(join([...songs].sort((a, b) => b.votes - a.votes || a.position - b.position)));
  return Math.max(0, ...orders.values()) >= ORDER_SHARE * members.length;
}
