import { setlistFrame, type Frame } from "./frames.ts";

/** The setlist frame of one show: read when somebody asks, and again after each change. */
export class CurrentSetlist {
  readonly #load: () => Promise<object | null>;
  #frame: Frame | null = null;
  #stale = true;
  #reading: Promise<void> | null = null;

  constructor(load: () => Promise<object | null>) {
    this.#load = load;
  }

  /** The frame that was read last; null where there has never been a setlist. */
  get frame(): Frame | null {
    return this.#frame;
  }

  /** Whether it holds every change that has been told. */
  get current(): boolean {
    return !this.#stale && this.#reading === null;
  }

  /** Says that it has changed. */
  changed(): void {
    this.#stale = true;
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
    while (this.#stale) {
      this.#stale = false;
      try {
        this.#take(await this.#load());
      } catch (error) {
        this.#stale = true;
        throw error;
      }
    }
  }

  /** What is the same as before makes no new frame. */
  #take(setlist: object | null): void {
    if (setlist === null && this.#frame === null) return;
    const frame = setlistFrame(setlist);
    if (frame.data !== this.#frame?.data) this.#frame = frame;
  }
}
