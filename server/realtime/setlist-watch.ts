import type { CurrentSetlist } from "./current-setlist.ts";
import type { Frame } from "./frames.ts";

export interface SetlistWatchOptions {
  /** Sends a frame to everyone who watches. */
  send(frame: Frame): void;
  /** Runs a function after a delay in ms; the result cancels it. */
  schedule(run: () => void, ms: number): () => void;
  onError: (error: unknown) => void;
}

/** What follows from votes, songs and voting is read at most this often, in ms. */
export const FIGURES_INTERVAL_MS = 1_000;
/** What could not be read is tried again after this, in ms. */
export const RETRY_MS = 1_000;
/** Timers count no further than 24 days; none is set for longer than this, in ms. */
const LONGEST_WAIT_MS = 86_400_000;

/** A show's setlist for those who watch it: whatever made it be read, what is new goes to all of them. */
export class SetlistWatch {
  readonly setlist: CurrentSetlist;
  readonly #options: SetlistWatchOptions;
  /** What everyone has had or is being sent; undefined until somebody has had anything. */
  #told: Frame | null | undefined = undefined;
  /** Cancels what is due at a time, by what it is for. */
  readonly #timers = new Map<"retry" | "rest" | "end", () => void>();
  #closed = false;

  constructor(setlist: CurrentSetlist, options: SetlistWatchOptions) {
    this.setlist = setlist;
    this.#options = options;
  }

  /** Brings it up to date. Where it cannot be read the rest goes on, and it is tried again. */
  async read(): Promise<void> {
    try {
      await this.setlist.read();
    } catch (error) {
      this.#options.onError(error);
      this.#told ??= null;
      return this.#at("retry", RETRY_MS, () => void this.read());
    }
    this.#tell();
    const { forMs } = this.setlist;
    if (forMs !== null) this.#at("end", forMs, () => void this.read());
  }

  /** Says that what was played has changed. */
  changed(): void {
    this.setlist.changed();
    void this.read();
  }

  /** Says that votes, songs or voting have changed. The first change after a quiet spell is read at once, the next ones together. */
  touched(): void {
    this.setlist.touched();
    if (!this.setlist.current && !this.#timers.has("rest")) this.#readAndRest();
  }

  /** Ends what it waits for. */
  close(): void {
    this.#closed = true;
    for (const cancel of this.#timers.values()) cancel();
    this.#timers.clear();
  }

  #readAndRest(): void {
    void this.read();
    this.#at("rest", FIGURES_INTERVAL_MS, () => {
      if (!this.setlist.current) this.#readAndRest();
    });
  }

  #tell(): void {
    const { frame } = this.setlist;
    const first = this.#told === undefined;
    if (frame === this.#told) return;
    this.#told = frame;
    if (frame && !first && !this.#closed) this.#options.send(frame);
  }

  #at(what: "retry" | "rest" | "end", ms: number, run: () => void): void {
    this.#timers.get(what)?.();
    if (this.#closed) return;
    const cancel = this.#options.schedule(() => {
      this.#timers.delete(what);
      run();
    }, Math.min(ms, LONGEST_WAIT_MS));
    this.#timers.set(what, cancel);
  }
}
