import { Countdown } from "./countdown.ts";
import type { Pace } from "./pace.ts";

/** What somebody does when it is their turn. */
export interface Turn<T> {
  /** Throws where it can't go on; asked before each wait. */
  check(): void;
  /** What has to be done before the turn is taken, such as to count it. */
  prepare(): Promise<void>;
  run(): Promise<T>;
}

interface Waiting {
  check(): void;
  prepare(): Promise<void>;
  run(): Promise<void>;
  refuse(reason: unknown): void;
}

export interface TurnsOptions {
  pace: Pace;
  clock: () => number;
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/**
 * A queue before one provider: one turn at a time, in order, by its pace. A pause holds everyone back
 * without holding a place of the pace.
 */
export class Turns {
  readonly #options: TurnsOptions;
  readonly #pause: Countdown;
  readonly #queue: Waiting[] = [];
  #pumping = false;
  #nobody = new AbortController();

  constructor(options: TurnsOptions) {
    this.#options = options;
    this.#pause = new Countdown(options.clock);
  }

  /** How many wait for their turn. */
  get waiting(): number {
    return this.#queue.length;
  }

  /** How long there will be no turn, ms. */
  get pausedMs(): number {
    return this.#pause.left();
  }

  /** No turn begins within `ms` from now. */
  pause(ms: number): void {
    this.#pause.extend(ms);
  }

  /** Resolves or rejects as the turn does; an abort while it waits takes it out of the queue. */
  take<T>(turn: Turn<T>, signal?: AbortSignal): Promise<T> {
    signal?.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers<T>();
    const waiting: Waiting = {
      check: () => turn.check(),
      prepare: () => turn.prepare(),
      run: () => turn.run().then(resolve, reject),
      refuse: reject,
    };
    const leave = () => {
      reject(signal!.reason);
      this.#drop(waiting);
    };
    signal?.addEventListener("abort", leave, { once: true });
    this.#queue.push(waiting);
    this.#start();
    return promise.finally(() => signal?.removeEventListener("abort", leave));
  }

  #start(): void {
    if (this.#pumping) return;
    this.#pumping = true;
    void this.#pump().finally(() => {
      this.#pumping = false;
      // Somebody came between the last look at the queue and now.
      if (this.#queue.length > 0) this.#start();
    });
  }

  async #pump(): Promise<void> {
    for (let first = this.#queue[0]; first !== undefined; first = this.#queue[0]) {
      try {
        first.check();
        await this.#untilUnpaused();
        if (!this.#queue.includes(first)) continue;
        await first.prepare();
        await this.#options.pace(() => this.#run(first));
      } catch (error) {
        first.refuse(error);
        this.#drop(first);
      }
    }
  }

  async #run(first: Waiting): Promise<void> {
    if (!this.#queue.includes(first)) return;
    this.#drop(first);
    await first.run();
  }

  async #untilUnpaused(): Promise<void> {
    for (let left = this.pausedMs; left > 0 && this.waiting > 0; left = this.pausedMs) {
      const nobody = (this.#nobody = new AbortController());
      await this.#options.sleep(left, nobody.signal).catch((error: unknown) => {
        if (!nobody.signal.aborted) throw error;
      });
    }
  }

  #drop(waiting: Waiting): void {
    const place = this.#queue.indexOf(waiting);
    if (place >= 0) this.#queue.splice(place, 1);
    if (this.#queue.length === 0) this.#nobody.abort();
  }
}
