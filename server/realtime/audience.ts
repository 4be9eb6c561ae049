import type { Frame, Listener } from "./frames.ts";

const KINDS = ["tally", "voting", "setlist"] as const;

/** One listener's place: the newest frame of each kind that it has had. */
export interface Seat {
  readonly hear: Listener;
  tally: Frame | null;
  voting: Frame | null;
  setlist: Frame | null;
}

/**
 * The listeners of one show and the newest frame of each kind. A round takes the newest frames to
 * everyone, piece by piece. One that comes during a round replaces the older one for everyone not
 * served yet; the others get it in the next round. So nobody has an older frame after a newer.
 */
export class Audience {
  readonly #seats = new Set<Seat>();
  readonly #newest: Record<Frame["event"], Frame | null> = { tally: null, voting: null, setlist: null };
  readonly #onError: (error: unknown) => void;
  #round: Iterator<Seat> | null = null;
  #behind = false;

  constructor(onError: (error: unknown) => void) {
    this.#onError = onError;
  }

  get size(): number {
    return this.#seats.size;
  }

  /** Whether a frame has come that only another round takes to everyone. */
  get behind(): boolean {
    return this.#behind;
  }

  /** A place for frames from now on. */
  join(hear: Listener): Seat {
    const seat: Seat = { hear, ...this.#newest };
    this.#seats.add(seat);
    return seat;
  }

  leave(seat: Seat): void {
    this.#seats.delete(seat);
  }

  take(frame: Frame): void {
    this.#newest[frame.event] = frame;
    this.#behind = true;
  }

  begin(): void {
    this.#behind = false;
    this.#round = this.#seats.values();
  }

  /** Hands out about so many frames, fewer only where the round ends; says how many, and whether it ended. */
  serve(atMost: number): { handed: number; ended: boolean } {
    let handed = 0;
    while (this.#round && handed < atMost) {
      const next = this.#round.next();
      if (next.done) this.#round = null;
      else handed += KINDS.reduce((sum, kind) => sum + this.#hand(next.value, kind), 0);
    }
    return { handed, ended: this.#round === null };
  }

  #hand(seat: Seat, kind: Frame["event"]): number {
    const frame = this.#newest[kind];
    if (!frame || seat[kind] === frame) return 0;
    seat[kind] = frame;
    try {
      seat.hear(frame);
    } catch (error) {
      this.#onError(error);
    }
    return 1;
  }
}
