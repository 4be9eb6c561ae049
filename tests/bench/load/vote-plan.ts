/** Which votes a load casts. Fans, shows and setlist songs are numbers from 1. */
export interface Plan {
  fans: number;
  shows: number;
  songsPerShow: number;
  /** Votes of a fan on one show, at most 10. */
  votesPerFan: number;
  /** Whether everyone votes on the first show. */
  oneShow: boolean;
  /** Which of a fan's shows is voted on (0, 1, 2), so that a load does not meet stocked votes. */
  turn: number;
}

/** Fans who vote at the same time; each casts all of their votes before another takes the place. */
const ACTIVE_FANS = 2_000;
const GAP_BETWEEN_TURNS = 3_333;

/** The show a fan votes on; the same formula is in the stock of votes. */
export function showOf(fan: number, turn: number, shows: number): number {
  return ((((fan * 2_654_435_761) % 4_294_967_296) + turn * GAP_BETWEEN_TURNS) % shows) + 1;
}

/** SQL of `showOf` over a column that holds the fan. */
export function showOfSql(fan: string, turn: string, shows: number): string {
  return `((${fan} * 2654435761) % 4294967296 + ${turn} * ${GAP_BETWEEN_TURNS}) % ${shows} + 1`;
}

/** Number of a show's setlist song (0, 1, 2 …) among all setlist songs. */
export function setlistSongOf(show: number, song: number, songsPerShow: number): number {
  return (show - 1) * songsPerShow + song + 1;
}

/** Fresh votes one after another: no fan votes twice for a setlist song, nobody exceeds an allowance. */
export class VotePlan {
  fan = 0;
  setlistSong = 0;
  readonly #plan: Plan;
  readonly #active: Int32Array;
  readonly #cast: Int32Array;
  readonly #step: number;
  #started = 0;
  #random = 1;

  constructor(plan: Plan) {
    this.#plan = plan;
    const active = Math.min(ACTIVE_FANS, plan.fans);
    this.#step = permutationStep(plan.fans);
    this.#active = Int32Array.from({ length: active }, () => this.#nextFan());
    this.#cast = new Int32Array(active);
  }

  /** Moves on to the next vote; false when there is none left. */
  next(): boolean {
    const { votesPerFan, songsPerShow, shows, oneShow, turn } = this.#plan;
    const slot = this.#pick(this.#active.length);
    if (this.#cast[slot] === votesPerFan) {
      if (this.#started === this.#plan.fans) return false;
      this.#active[slot] = this.#nextFan();
      this.#cast[slot] = 0;
    }
    this.fan = this.#active[slot]!;
    const show = oneShow ? 1 : showOf(this.fan, turn, shows);
    const song = (this.fan + this.#cast[slot]!) % songsPerShow;
    this.#cast[slot]! += 1;
    this.setlistSong = setlistSongOf(show, song, songsPerShow);
    return true;
  }

  /** Fans in an order that is not that of their numbers. */
  #nextFan(): number {
    const fan = ((this.#started * this.#step) % this.#plan.fans) + 1;
    this.#started += 1;
    return fan;
  }

  /** Park and Miller's generator: the same votes in every run. */
  #pick(below: number): number {
    this.#random = (this.#random * 48_271) % 2_147_483_647;
    return this.#random % below;
  }
}

/** A step that leads through all of `count` numbers before it meets the first again. */
export function permutationStep(count: number): number {
  let step = Math.max(1, Math.floor(count * 0.618));
  while (divisor(step, count) !== 1) step += 1;
  return step;
}

function divisor(a: number, b: number): number {
  return b === 0 ? a : divisor(b, a % b);
}
