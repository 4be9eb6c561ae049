import type { Provider } from "#server/domain/provider-records.ts";
import { Countdown } from "./countdown.ts";
import { untilUtcMidnight } from "./retry-after.ts";

/** Where requests are counted, so that a restart does not forget them and two runners share them. */
export interface QuotaCounter {
  /** Counts one more request of the provider on the UTC day (yyyy-mm-dd); resolves to how many there are with it. */
  count(provider: Provider, day: string): Promise<number>;
  /** How many were counted. */
  used(provider: Provider, day: string): Promise<number>;
}

export interface QuotaOptions {
  provider: Provider;
  /** Requests a UTC day; null for no end. */
  daily: number | null;
  counter: QuotaCounter | null;
  clock: () => number;
}

/** A provider's requests of the day. */
export class Quota {
  readonly #options: QuotaOptions;
  readonly #closed: Countdown;

  constructor(options: QuotaOptions) {
    if (options.daily !== null && options.counter === null) throw new Error(`A daily quota needs somewhere to count: pass quota for ${options.provider}.`);
    this.#options = options;
    this.#closed = new Countdown(options.clock);
  }

  /** For how long there is nothing left, ms; 0 where there may be. */
  get closedMs(): number {
    return this.#closed.left();
  }

  /** Asks no more for so long; null for until the next midnight in UTC. */
  close(ms: number | null): void {
    this.#closed.extend(ms ?? untilUtcMidnight(this.#options.clock()));
  }

  /** Counts one request; false where none is left. */
  async take(): Promise<boolean> {
    const { daily, counter, provider } = this.#options;
    if (counter === null) return true;
    const n = await counter.count(provider, this.#day());
    if (daily === null || n <= daily) return true;
    this.close(null);
    return false;
  }

  /** How many requests were counted today; null where none are. */
  async used(): Promise<number | null> {
    const { counter, provider } = this.#options;
    return counter === null ? null : counter.used(provider, this.#day());
  }

  #day(): string {
    return new Date(this.#options.clock()).toISOString().slice(0, 10);
  }
}
