import { circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhenResult } from "cockatiel";
import { Countdown } from "./countdown.ts";

export interface BreakerOptions {
  /** So many failures one after the other open it. */
  failures: number;
  /** How long it stays open the first time, ms; twice as long each time that the trial fails. */
  openMs: number;
  maxOpenMs: number;
}

/** Half open: the next run is a trial, and decides. */
export type BreakerState = "closed" | "open" | "half_open";

export interface BreakerDeps<T> {
  clock: () => number;
  /** Whether an outcome speaks against the provider. */
  failed: (outcome: T) => boolean;
  onChange: (state: BreakerState, openMs: number) => void;
}

type Run<T> = { outcome: T } | { thrown: unknown };

/** Stops asking a provider that fails, and tries it again by one run at a time. */
export class Breaker<T> {
  readonly #options: BreakerOptions;
  readonly #open: Countdown;
  readonly #policy;
  #openings = 0;

  constructor(options: BreakerOptions, { clock, failed, onChange }: BreakerDeps<T>) {
    this.#options = options;
    this.#open = new Countdown(clock);
    const isFailure = (run: unknown) => "thrown" in (run as Run<T>) || failed((run as { outcome: T }).outcome);
    // How long it is open is counted here, by the clock that was handed in; cockatiel goes by Date.now.
    this.#policy = circuitBreaker(handleWhenResult(isFailure), {
      breaker: new ConsecutiveBreaker(options.failures),
      halfOpenAfter: Number.NEGATIVE_INFINITY,
    });
    this.#policy.onBreak((reason) => {
      this.#open.start(this.#nextOpenMs("value" in reason && "thrown" in (reason.value as Run<T>)));
      onChange(this.state, this.leftMs);
    });
    this.#policy.onReset(() => {
      this.#openings = 0;
      onChange("closed", 0);
    });
  }

  get state(): BreakerState {
    if (this.#policy.state === CircuitState.Closed) return "closed";
    return this.leftMs > 0 ? "open" : "half_open";
  }

  /** How long nothing is asked, ms; 0 where it may be. */
  get leftMs(): number {
    return this.#policy.state === CircuitState.Open ? this.#open.left() : 0;
  }

  /**
   * Runs it and minds how it ends. What is thrown, such as an abort, says nothing about the provider.
   * Whoever calls looks at `leftMs` first, and runs one at a time.
   */
  async run(work: () => Promise<T>): Promise<T> {
    const trial = this.state !== "closed";
    const run = await this.#policy.execute(async (): Promise<Run<T>> => {
      if (!trial) return { outcome: await work() };
      // Cockatiel would take what is thrown in a trial for a success.
      return work().then(
        (outcome) => ({ outcome }),
        (thrown: unknown) => ({ thrown }),
      );
    });
    if ("thrown" in run) throw run.thrown;
    return run.outcome;
  }

  #nextOpenMs(brokenOff: boolean): number {
    if (brokenOff) return 0;
    const { openMs, maxOpenMs } = this.#options;
    return Math.min(maxOpenMs, openMs * 2 ** this.#openings++);
  }
}
