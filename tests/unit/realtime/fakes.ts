/** Delayed and repeated runs that a test sets off itself. */
export class FakeTimers {
  readonly #runs = new Map<number, { run: () => void; ms: number; again: boolean }>();
  #next = 1;

  readonly schedule = (run: () => void, ms: number): (() => void) => this.#add(run, ms, false);
  readonly repeat = (run: () => void, ms: number): (() => void) => this.#add(run, ms, true);

  #add(run: () => void, ms: number, again: boolean): () => void {
    const id = this.#next++;
    this.#runs.set(id, { run, ms, again });
    return () => void this.#runs.delete(id);
  }

  /** Lets every interval that is running now end once; how many did. */
  elapse(): number {
    const due = [...this.#runs];
    for (const [id, { run, again }] of due) {
      if (!again) this.#runs.delete(id);
      run();
    }
    return due.length;
  }

  /** Waits under way, in ms. */
  get waiting(): number[] {
    return [...this.#runs.values()].map(({ ms }) => ms);
  }
}

/** Reads that answer when the test says so. */
export class SlowReads<T> {
  readonly #waiting: { resolve(value: T): void; reject(error: unknown): void }[] = [];
  started = 0;

  readonly read = (): Promise<T> => {
    this.started += 1;
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  };

  async answer(value: T): Promise<void> {
    await settled();
    this.#take().resolve(value);
    await settled();
  }

  async fail(error: Error): Promise<void> {
    await settled();
    this.#take().reject(error);
    await settled();
  }

  get open(): number {
    return this.#waiting.length;
  }

  #take() {
    const next = this.#waiting.shift();
    if (!next) throw new Error("Nothing is being read");
    return next;
  }
}

/** Lets everything run that waits for nothing but promises. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
