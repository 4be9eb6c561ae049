/** An event of the outbox. */
export interface FollowedEvent {
  seq: number;
  kind: "tally.changed" | "ballot.changed" | "voting.changed" | "show.changed" | "setlist.changed" | "access.changed" | "import.changed";
  /** Null where the change is not of one show. */
  showId: number | null;
  payload: Record<string, unknown>;
}

export interface OutboxSource {
  lastSeq(): Promise<number>;
  eventsAfter(seq: number, limit: number): Promise<FollowedEvent[]>;
}

export interface FollowOptions {
  source: OutboxSource;
  deliver(event: FollowedEvent): void;
  repeat(run: () => void, ms: number): () => void;
  onError: (error: unknown) => void;
}

/** How often the outbox is looked at for what other processes committed, in ms. */
export const FOREIGN_POLL_MS = 250;
const EVENTS_AT_ONCE = 500;

/** Reads the outbox on from where it was, once for each nudge and at intervals for other processes' commits. */
export class OutboxFollower {
  readonly #options: FollowOptions;
  readonly #stopPolling: () => void;
  #seq: number;
  #reading = false;
  #again = false;

  private constructor(options: FollowOptions, seq: number) {
    this.#options = options;
    this.#seq = seq;
    this.#stopPolling = options.repeat(() => this.nudge(), FOREIGN_POLL_MS);
  }

  static async start(options: FollowOptions): Promise<OutboxFollower> {
    return new OutboxFollower(options, await options.source.lastSeq());
  }

  /** Says that there may be something new. */
  nudge(): void {
    this.#again = true;
    if (this.#reading) return;
    this.#reading = true;
    this.#read().catch(this.#options.onError);
  }

  close(): void {
    this.#stopPolling();
  }

  async #read(): Promise<void> {
    try {
      while (this.#again) {
        this.#again = false;
        const events = await this.#options.source.eventsAfter(this.#seq, EVENTS_AT_ONCE);
        for (const event of events) {
          this.#seq = event.seq;
          this.#options.deliver(event);
        }
        if (events.length === EVENTS_AT_ONCE) this.#again = true;
      }
    } finally {
      this.#reading = false;
    }
  }
}
