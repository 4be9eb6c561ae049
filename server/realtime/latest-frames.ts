import type { Frame } from "./frames.ts";

/** Tallies kept of shows that nobody watches. */
const KEPT = 1_000;

/** Current tally frames of shows without a subscriber, for the next one; those kept longest go first. */
export class LatestFrames {
  readonly #frames = new Map<number, Frame>();

  keep(showId: number, frame: Frame): void {
    this.#frames.delete(showId);
    this.#frames.set(showId, frame);
    if (this.#frames.size <= KEPT) return;
    for (const [oldest] of this.#frames) {
      this.#frames.delete(oldest);
      break;
    }
  }

  /** Takes a show's frame out. */
  take(showId: number): Frame | null {
    const frame = this.#frames.get(showId) ?? null;
    this.#frames.delete(showId);
    return frame;
  }

  /** Says that a show's tally has changed. */
  drop(showId: number): void {
    this.#frames.delete(showId);
  }
}
