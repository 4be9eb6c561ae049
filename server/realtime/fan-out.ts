import type { Audience } from "./audience.ts";
import type { Frame } from "./frames.ts";

export interface FanOutOptions {
  /** Runs a function in the next turn of the event loop, after what waits there. */
  later(run: () => void): void;
  /** Runs a function after a delay in ms; the result cancels it. */
  schedule(run: () => void, ms: number): () => void;
  /** Ms of a clock that only goes forward. */
  clock(): number;
}

/** Frames handed out in one turn of the event loop, over all shows. A write takes about 10 µs. */
export const FRAMES_A_TURN = 250;
/** The part of the event loop that handing frames out may take, where it is much. */
export const LOOP_SHARE = 0.7;
/** However long a round takes, the next begins at most this long after it began, in ms. */
export const LONGEST_PAUSE_MS = 500;

interface Round {
  /** When it began, and how much fan-out work had been done until then, in ms. */
  began: number;
  workBefore: number;
}

/**
 * Takes frames to audiences: in slices, show by show in turn, so that nothing else waits for long;
 * and with pauses by what the last round cost, so that there is time for everything else.
 */
export class FanOut {
  readonly #options: FanOutOptions;
  readonly #rounds = new Map<Audience, Round>();
  /** Cancels the pause of audiences that have a frame to come. */
  readonly #pauses = new Map<Audience, () => void>();
  /** What the last round costs: when it began, and how long after that the next may begin. */
  readonly #last = new WeakMap<Audience, { began: number; pause: number }>();
  #left = FRAMES_A_TURN;
  #turning = false;
  #work = 0;
  #framesSent = 0;
  #lastRoundMs = 0;

  constructor(options: FanOutOptions) {
    this.#options = options;
  }

  /** Frames handed out since the start, each listener's counted. */
  get framesSent(): number {
    return this.#framesSent;
  }

  /** Ms from the start of the round that ended last to its end. */
  get lastRoundMs(): number {
    return this.#lastRoundMs;
  }

  /** The time between two rounds of an audience that its last one's cost asks for, in ms. */
  pauseOf(audience: Audience): number {
    return this.#last.get(audience)?.pause ?? 0;
  }

  /** Sends a frame to everyone. What fits in this turn goes at once. */
  send(audience: Audience, frame: Frame): void {
    audience.take(frame);
    if (!this.#rounds.has(audience) && !this.#pauses.has(audience)) this.#begin(audience);
  }

  /** Forgets an audience that is empty. */
  drop(audience: Audience): void {
    this.#pauses.get(audience)?.();
    this.#pauses.delete(audience);
    this.#rounds.delete(audience);
  }

  /** Leaves what has not been handed out. */
  close(): void {
    for (const audience of [...this.#pauses.keys(), ...this.#rounds.keys()]) this.drop(audience);
  }

  #begin(audience: Audience): void {
    const began = this.#options.clock();
    const last = this.#last.get(audience);
    const wait = last ? last.began + last.pause - began : 0;
    if (wait > 0) return this.#pause(audience, wait);
    audience.begin();
    this.#rounds.set(audience, { began, workBefore: this.#work });
    this.#slice();
    if (!this.#turning) this.#turnLater();
  }

  #pause(audience: Audience, ms: number): void {
    const cancel = this.#options.schedule(() => {
      this.#pauses.delete(audience);
      this.#begin(audience);
    }, ms);
    this.#pauses.set(audience, cancel);
  }

  #turnLater(): void {
    this.#turning = true;
    this.#options.later(() => {
      this.#left = FRAMES_A_TURN;
      this.#turning = false;
      if (this.#rounds.size === 0) return;
      this.#turnLater();
      this.#slice();
    });
  }

  #slice(): void {
    const ended: Audience[] = [];
    for (const [audience, round] of this.#rounds) {
      if (this.#left <= 0) break;
      if (this.#serve(audience, round)) ended.push(audience);
    }
    for (const audience of ended) if (audience.behind) this.#begin(audience);
  }

  #serve(audience: Audience, round: Round): boolean {
    const start = this.#options.clock();
    const { handed, ended } = audience.serve(this.#left);
    const now = this.#options.clock();
    this.#left -= handed;
    this.#framesSent += handed;
    this.#work += now - start;
    this.#rounds.delete(audience);
    if (ended) this.#end(audience, round, now);
    // Behind the other shows.
    else this.#rounds.set(audience, round);
    return ended;
  }

  #end(audience: Audience, { began, workBefore }: Round, now: number): void {
    this.#lastRoundMs = now - began;
    const pause = Math.min(LONGEST_PAUSE_MS, (this.#work - workBefore) / LOOP_SHARE);
    this.#last.set(audience, { began, pause });
  }
}
