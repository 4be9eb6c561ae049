/**
 * A time that runs out, by a clock that may be set back: what is left then begins anew instead of
 * growing by as much as the clock was set back.
 */
export class Countdown {
  readonly #clock: () => number;
  #from = 0;
  #ms = 0;

  constructor(clock: () => number) {
    this.#clock = clock;
  }

  /** Begins anew with `ms`. */
  start(ms: number): void {
    this.#from = this.#clock();
    this.#ms = ms;
  }

  /** Begins anew with `ms`, unless more than that is left. */
  extend(ms: number): void {
    if (ms > this.left()) this.start(ms);
  }

  /** What is left, ms; 0 when it has run out. */
  left(): number {
    const now = this.#clock();
    if (now < this.#from) this.#from = now;
    return Math.max(0, this.#from + this.#ms - now);
  }
}
