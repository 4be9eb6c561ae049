/** A show's tally as it goes out: always whole, so that a reader who missed some has missed nothing. */
export interface TallyFrame {
  version: number;
  total: number;
  songs: { setlistSongId: number; votes: number }[];
}

/** What every subscriber of a show is sent; `event` and `data` as in server-sent events. */
export interface Frame {
  event: "tally" | "voting";
  /** The tally version; only on tally frames. */
  id: number | null;
  data: string;
}

export interface HubOptions {
  loadTally(showId: number): Promise<TallyFrame | null>;
  loadVoting(showId: number): Promise<object | null>;
  /** Runs a function after a delay in ms; the result cancels it. */
  schedule(run: () => void, ms: number): () => void;
  onError: (error: unknown) => void;
}

/** Frames of one show are at least this far apart, in ms. */
export const FRAME_INTERVAL_MS = 50;
/** A frame whose tally could not be read is tried again after this, in ms. */
export const RETRY_MS = 1_000;

export type Listener = (frame: Frame) => void;

interface Channel {
  listeners: Set<Listener>;
  /** The latest tally frame; null until the first subscriber's has been read. */
  latest: Frame | null;
  /** The tally frame that every listener has had. */
  sent: Frame | null;
  loading: Promise<void> | null;
  dirty: boolean;
  /** Cancels the end of the quiet interval; null when frames may go at once. */
  resting: (() => void) | null;
}

/**
 * Live tallies by show. A change marks its show; the first after a quiet spell goes out at once, the
 * next ones together after the interval. What is sent is read from the database at that moment.
 */
export class Hub {
  readonly #channels = new Map<number, Channel>();
  readonly #options: HubOptions;

  constructor(options: HubOptions) {
    this.#options = options;
  }

  /**
   * Hears every frame of a show from now on, starting with its current tally. Null where the show
   * does not exist. The result's `close` ends it.
   */
  async subscribe(showId: number, listener: Listener): Promise<{ first: Frame; close(): void } | null> {
    const channel = this.#open(showId);
    channel.listeners.add(listener);
    const close = () => this.#leave(showId, channel, listener);
    try {
      // Listening before reading: a change in between is heard, at worst twice, and never missed.
      // Nor is a frame current while a newer one is held back or being read.
      if (!channel.latest || channel.dirty || channel.loading) await this.#reload(showId, channel);
      channel.sent ??= channel.latest;
    } catch (error) {
      close();
      throw error;
    }
    if (channel.latest) return { first: channel.latest, close };
    close();
    return null;
  }

  /** Says that a show's tally has changed. */
  tallyChanged(showId: number): void {
    const channel = this.#channels.get(showId);
    if (!channel) return;
    channel.dirty = true;
    if (!channel.resting) this.#publish(showId, channel);
  }

  /** Says that a show's ballot was opened, closed or moved. */
  votingChanged(showId: number): void {
    const channel = this.#channels.get(showId);
    if (!channel) return;
    this.#options.loadVoting(showId).then((voting) => {
      if (voting) this.#send(channel, { event: "voting", id: null, data: JSON.stringify(voting) });
    }, this.#options.onError);
  }

  /** Open streams over all shows. */
  get subscribers(): number {
    let total = 0;
    for (const channel of this.#channels.values()) total += channel.listeners.size;
    return total;
  }

  /** Stops timers; subscribers close their own ends. */
  close(): void {
    for (const channel of this.#channels.values()) channel.resting?.();
    this.#channels.clear();
  }

  #open(showId: number): Channel {
    const existing = this.#channels.get(showId);
    if (existing) return existing;
    const channel = { listeners: new Set<Listener>(), latest: null, sent: null, loading: null, dirty: false, resting: null };
    this.#channels.set(showId, channel);
    return channel;
  }

  #leave(showId: number, channel: Channel, listener: Listener): void {
    channel.listeners.delete(listener);
    if (channel.listeners.size > 0 || this.#channels.get(showId) !== channel) return;
    channel.resting?.();
    this.#channels.delete(showId);
  }

  #load(showId: number, channel: Channel): Promise<void> {
    channel.loading ??= this.#options
      .loadTally(showId)
      .then((tally) => {
        if (tally && (channel.latest?.id ?? -1) < tally.version) channel.latest = toFrame(tally);
      })
      .finally(() => {
        channel.loading = null;
      });
    return channel.loading;
  }

  /** A read that began before a change may miss it, so it is waited for and another one made. */
  async #reload(showId: number, channel: Channel): Promise<void> {
    await channel.loading?.catch(() => {});
    await this.#load(showId, channel);
  }

  #publish(showId: number, channel: Channel): void {
    channel.dirty = false;
    this.#rest(showId, channel, FRAME_INTERVAL_MS);
    this.#reload(showId, channel)
      .then(() => {
        if (!channel.latest || channel.latest === channel.sent) return;
        channel.sent = channel.latest;
        this.#send(channel, channel.latest);
      })
      .catch((error: unknown) => this.#failed(showId, channel, error));
  }

  #rest(showId: number, channel: Channel, ms: number): void {
    channel.resting?.();
    channel.resting = this.#options.schedule(() => {
      channel.resting = null;
      if (channel.dirty) this.#publish(showId, channel);
    }, ms);
  }

  /** The change has not gone out: it is owed. */
  #failed(showId: number, channel: Channel, error: unknown): void {
    this.#options.onError(error);
    if (this.#channels.get(showId) !== channel) return;
    channel.dirty = true;
    this.#rest(showId, channel, RETRY_MS);
  }

  #send(channel: Channel, frame: Frame): void {
    for (const listener of channel.listeners) {
      try {
        listener(frame);
      } catch (error) {
        this.#options.onError(error);
      }
    }
  }
}

function toFrame(tally: TallyFrame): Frame {
  return { event: "tally", id: tally.version, data: JSON.stringify(tally) };
}
