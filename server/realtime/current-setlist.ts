import { setlistFrame, type Frame } from "./frames.ts";

/** What was played at a show, as it goes out. */
export interface LoadedSetlist {
  /** Null while nobody has written anything down. */
  setlist: object | null;
  /** Ms until it reads otherwise by time alone, as at the close of voting; null where time changes nothing. */
  forMs: number | null;
}

/** The setlist frame of one show: read when somebody asks, and again after each change. */
export class CurrentSetlist {
  readonly #load: () => Promise<LoadedSetlist>;
  /** Ms of a clock that only goes forward. */
  readonly #clock: () => number;
  #frame: Frame | null = null;
  #none = true;
  #stale = true;
  #touched = false;
  #until = Infinity;
  #reading: Promise<void> | null = null;

  constructor(load: () => Promise<LoadedSetlist>, clock: () => number) {
    this.#load = load;
    this.#clock = clock;
  }

  /** The frame that was read last; null where there has never been a setlist. */
  get frame(): Frame | null {
    return this.#frame;
  }

  /** Whether it holds every change that has been told. */
  get current(): boolean {
    return !this.#due && this.#reading === null;
  }

  /** Ms until time alone makes it read otherwise; null where time does not. */
  get forMs(): number | null {
    return this.#until === Infinity ? null : Math.max(0, this.#until - this.#clock());
  }

  get #due(): boolean {
    return this.#stale || this.#touched || this.#clock() >= this.#until;
  }

  /** Says that it has changed: nobody is answered before it has been read. */
  changed(): void {
    this.#stale = true;
  }

  /** Says that votes, songs or voting have changed, which moves figures where there is a setlist, and nothing where there is none. */
  touched(): void {
    if (!this.#none || this.#reading) this.#touched = true;
  }

  /** Reads until nothing newer is told, once for all who wait; rejects as loading does. */
  read(): Promise<void> {
    if (this.current) return Promise.resolve();
    this.#reading ??= this.#readOn().finally(() => {
      this.#reading = null;
    });
    return this.#reading;
  }

  async #readOn(): Promise<void> {
    do {
      this.#stale = false;
      this.#touched = false;
      try {
        this.#take(await this.#load());
      } catch (error) {
        this.#stale = true;
        throw error;
      }
    } while (this.#stale);
  }

  /** What is the same as before makes no new frame. */
  #take({ setlist, forMs }: LoadedSetlist): void {
    this.#none = setlist === null;
    if (this.#none) this.#touched = false;
    this.#until = setlist === null || forMs === null ? Infinity : this.#clock() + forMs;
    if (setlist === null && this.#frame === null) return;
    const frame = setlistFrame(setlist);
    if (frame.data !== this.#frame?.data) this.#frame = frame;
  }
}
