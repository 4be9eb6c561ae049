const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** How long stopping may take in all, in ms. */
const SHUTDOWN_MS = 10_000;

/** Hears the signals that ask a process to stop, from its first moment on. */
export class Stopping {
  /** Resolves with the first of them. */
  readonly asked: Promise<NodeJS.Signals>;
  #late: NodeJS.Timeout | undefined;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
    this.asked = promise;
    for (const signal of SIGNALS) {
      process.once(signal, () => {
        this.withinTime();
        resolve(signal);
      });
    }
  }

  /** Ends the process, with 1, unless `done` is called in time. */
  withinTime(): void {
    this.#late ??= setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
  }

  done(): void {
    clearTimeout(this.#late);
  }
}
