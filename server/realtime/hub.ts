import { Audience } from "./audience.ts";
import { CurrentSetlist, type LoadedSetlist } from "./current-setlist.ts";
import { FanOut, type FanOutOptions } from "./fan-out.ts";
import { tallyFrame, votingFrame, type Frame, type Listener, type Subscription, type TallyFrame } from "./frames.ts";
import { LatestFrames } from "./latest-frames.ts";
import { SetlistWatch } from "./setlist-watch.ts";

export type { Frame, Listener, TallyFrame };

export interface HubOptions extends FanOutOptions {
  loadTally(showId: number): Promise<TallyFrame | null>;
  loadVoting(showId: number): Promise<object | null>;
  loadSetlist(showId: number): Promise<LoadedSetlist>;
  onError: (error: unknown) => void;
}

/** Frames that one reader gets are at least this far apart, in ms. */
export const FRAME_INTERVAL_MS = 50;
/** Where a round takes longer than that, the tally is read this often: each slice takes the newest along. In ms. */
export const FRESH_INTERVAL_MS = 20;
/** A frame whose tally could not be read is tried again after this, in ms. */
export const RETRY_MS = 1_000;

interface Channel {
  audience: Audience;
  /** The latest tally frame; null until the first subscriber's has been read. */
  latest: Frame | null;
  /** The tally frame that every listener has had, or is being handed. */
  sent: Frame | null;
  loading: Promise<void> | null;
  /** Reads under way or about to begin, for whoever wants them. */
  reads: number;
  dirty: boolean;
  setlist: SetlistWatch;
  /** Cancels the end of the quiet interval; null when frames may go at once. */
  resting: (() => void) | null;
}

/**
 * Live tallies by show. A change marks its show; the first after a quiet spell goes out at once, the
 * next ones together after the interval. What is sent is read from the database at that moment. Where
 * handing out takes longer than the interval, every reader gets what is newest when its turn comes.
 */
export class Hub {
  readonly #channels = new Map<number, Channel>();
  readonly #unwatched = new LatestFrames<Frame>();
  readonly #unwatchedSetlists = new LatestFrames<CurrentSetlist>();
  readonly #options: HubOptions;
  readonly #fanOut: FanOut;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#fanOut = new FanOut(options);
  }

  /**
   * Hears every frame of a show from now on, starting with its current tally and its setlist, where there
   * is one. Null where the show does not exist. The result's `close` ends it.
   */
  async subscribe(showId: number, listener: Listener): Promise<Subscription<Frame["event"]> | null> {
    const channel = this.#open(showId);
    const seat = channel.audience.join(listener);
    const close = () => {
      channel.audience.leave(seat);
      this.#leave(showId, channel);
    };
    try {
      // Listening before reading: a change in between is heard, at worst twice, and never missed.
      // Nor is a frame current while a newer one is held back or being read.
      if (!isCurrent(channel)) await this.#reload(showId, channel);
      channel.sent ??= channel.latest;
    } catch (error) {
      close();
      throw error;
    }
    if (!channel.latest) {
      close();
      return null;
    }
    await channel.setlist.read();
    const { frame } = channel.setlist.setlist;
    return { first: channel.latest, also: frame ? [frame] : [], close };
  }

  /** Says that a show's tally or ballot has changed. */
  tallyChanged(showId: number): void {
    this.#unwatched.drop(showId);
    this.#figuresChanged(showId);
    const channel = this.#channels.get(showId);
    if (!channel) return;
    channel.dirty = true;
    if (!channel.resting) this.#publish(showId, channel);
  }

  /** Says that a show's ballot was opened, closed or moved. */
  votingChanged(showId: number): void {
    this.#figuresChanged(showId);
    const channel = this.#channels.get(showId);
    if (!channel) return;
    this.#options.loadVoting(showId).then((voting) => {
      if (voting) this.#fanOut.send(channel.audience, votingFrame(voting));
    }, this.#options.onError);
  }

  /** Says that what was played at a show, or what follows from it, has changed. */
  setlistChanged(showId: number): void {
    this.#unwatchedSetlists.drop(showId);
    this.#channels.get(showId)?.setlist.changed();
  }

  /** What a setlist's songs are worth follows from the ballot, and from whether it is open. */
  #figuresChanged(showId: number): void {
    this.#unwatchedSetlists.peek(showId)?.touched();
    this.#channels.get(showId)?.setlist.touched();
  }

  /** Open streams over all shows. */
  get subscribers(): number {
    let total = 0;
    for (const { audience } of this.#channels.values()) total += audience.size;
    return total;
  }

  /** Frames handed to subscribers since the start, each subscriber's counted. */
  get framesSent(): number {
    return this.#fanOut.framesSent;
  }

  /** Ms that the last round took from the first of a show's subscribers to the last. */
  get lastFanOutMs(): number {
    return this.#fanOut.lastRoundMs;
  }

  /** Stops timers; subscribers close their own ends. */
  close(): void {
    for (const channel of this.#channels.values()) {
      channel.resting?.();
      channel.setlist.close();
    }
    this.#channels.clear();
    this.#fanOut.close();
  }

  #open(showId: number): Channel {
    const existing = this.#channels.get(showId);
    if (existing) return existing;
    const latest = this.#unwatched.take(showId);
    const audience = new Audience(this.#options.onError);
    const setlist = this.#watchSetlist(showId, audience);
    const channel = { audience, latest, sent: latest, loading: null, reads: 0, dirty: false, setlist, resting: null };
    this.#channels.set(showId, channel);
    return channel;
  }

  #watchSetlist(showId: number, audience: Audience): SetlistWatch {
    const options = this.#options;
    const setlist = this.#unwatchedSetlists.take(showId) ?? new CurrentSetlist(() => options.loadSetlist(showId), () => options.clock());
    return new SetlistWatch(setlist, { ...options, send: (frame) => this.#fanOut.send(audience, frame) });
  }

  #leave(showId: number, channel: Channel): void {
    if (channel.audience.size > 0 || this.#channels.get(showId) !== channel) return;
    channel.resting?.();
    channel.setlist.close();
    this.#fanOut.drop(channel.audience);
    this.#channels.delete(showId);
    if (channel.latest && isCurrent(channel)) this.#unwatched.keep(showId, channel.latest);
    const { setlist } = channel.setlist;
    if (setlist.current) this.#unwatchedSetlists.keep(showId, setlist);
  }

  #load(showId: number, channel: Channel): Promise<void> {
    channel.loading ??= this.#options
      .loadTally(showId)
      .then((tally) => {
        if (tally && (channel.latest?.id ?? -1) < tally.version) channel.latest = tallyFrame(tally);
      })
      .finally(() => {
        channel.loading = null;
      });
    return channel.loading;
  }

  /** A read that began before a change may miss it, so it is waited for and another one made. */
  async #reload(showId: number, channel: Channel): Promise<void> {
    channel.reads += 1;
    try {
      await channel.loading?.catch(() => {});
      await this.#load(showId, channel);
    } finally {
      channel.reads -= 1;
    }
  }

  #publish(showId: number, channel: Channel): void {
    channel.dirty = false;
    const slow = this.#fanOut.pauseOf(channel.audience) > FRAME_INTERVAL_MS;
    this.#rest(showId, channel, slow ? FRESH_INTERVAL_MS : FRAME_INTERVAL_MS);
    this.#reload(showId, channel)
      .then(() => {
        if (!channel.latest || channel.latest === channel.sent) return;
        channel.sent = channel.latest;
        this.#fanOut.send(channel.audience, channel.latest);
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
    channel.dirty = true;
    if (this.#channels.get(showId) === channel) this.#rest(showId, channel, RETRY_MS);
  }
}

/** Whether the latest frame holds every change that has been told. */
function isCurrent({ latest, dirty, reads }: Channel): boolean {
  return latest !== null && !dirty && reads === 0;
}
