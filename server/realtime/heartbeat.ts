/** What has a pulse: told at every heartbeat. */
export interface Beating {
  beat(): void;
}

export interface HeartbeatOptions {
  /** Runs a function again and again, every `ms`; the result stops it. */
  repeat(run: () => void, ms: number): () => void;
  /** Everyone is told once in this time, in ms. */
  everyMs: number;
}

/** Everyone is told in one of so many groups, so that a full house is not told in one go. */
export const BEAT_GROUPS = 30;

/** One timer for all; it runs while there is somebody. */
export class Heartbeat {
  readonly #options: HeartbeatOptions;
  readonly #groups = Array.from({ length: BEAT_GROUPS }, () => new Set<Beating>());
  #members = 0;
  #joining = 0;
  #beating = 0;
  #stop: (() => void) | null = null;

  constructor(options: HeartbeatOptions) {
    this.#options = options;
  }

  /** Adds a member; the result takes it out. */
  join(member: Beating): () => void {
    const group = this.#groups[this.#joining]!;
    this.#joining = (this.#joining + 1) % BEAT_GROUPS;
    group.add(member);
    this.#members += 1;
    this.#stop ??= this.#options.repeat(() => this.#tick(), this.#options.everyMs / BEAT_GROUPS);
    return () => {
      if (!group.delete(member)) return;
      this.#members -= 1;
      if (this.#members > 0) return;
      this.#stop?.();
      this.#stop = null;
    };
  }

  #tick(): void {
    const group = this.#groups[this.#beating]!;
    this.#beating = (this.#beating + 1) % BEAT_GROUPS;
    for (const member of group) member.beat();
  }
}
