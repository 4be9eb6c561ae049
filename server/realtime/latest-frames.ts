/** What is kept of shows that nobody watches. */
const KEPT = 1_000;

/** Current tally frames, or setlists, of shows without a subscriber, for the next one; those kept longest go first. */
export class LatestFrames<T> {
  readonly #frames = new Map<number, T>();

  keep(showId: number, frame: T): void {
    this.#frames.delete(showId);
    this.#frames.set(showId, frame);
    if (this.#frames.size <= KEPT) return;
    for (const [oldest] of this.#frames) {
      this.#frames.delete(oldest);
      break;
    }
  }

  /** What is kept of a show, which stays. */
  peek(showId: number): T | undefined {
    return this.#frames.get(showId);
  }

  /** Takes a show's frame out. */
  take(showId: number): T | null {
    const frame = this.#frames.get(showId) ?? null;
    this.#frames.delete(showId);
    return frame;
  }

  /** Says that what is kept of a show has changed. */
  drop(showId: number): void {
    this.#frames.delete(showId);
  }
}
