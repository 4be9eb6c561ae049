import { progressFrame, type Frame } from "./frames.ts";

export interface WatchedState {
  /** Rises with each change. */
  id: number;
  /** Whether nothing more will happen. */
  over: boolean;
  progress: object;
}

export interface ImportWatchOptions {
  /** Where an import stands; null where there is none. */
  load(importId: number): Promise<WatchedState | null>;
  /** Runs a function after a delay in ms; the result cancels it. */
  schedule(run: () => void, ms: number): () => void;
  onError: (error: unknown) => void;
}

export type ProgressFrame = Frame<"progress">;
type Hear = (frame: ProgressFrame) => void;

/** Frames of one import are at least this far apart, in ms. */
export const PROGRESS_INTERVAL_MS = 250;
/** A state that could not be read is tried again after this, in ms. */
const RETRY_MS = 1_000;

interface Channel {
  listeners: Set<Hear>;
  latest: ProgressFrame | null;
  /** The read that was begun last. */
  reading: Promise<void> | null;
  dirty: boolean;
  /** Cancels the end of the quiet interval; null when a frame may go at once. */
  resting: (() => void) | null;
}

/** Imports that somebody watches: one read of each change for all its watchers. */
export class ImportWatch {
  readonly #channels = new Map<number, Channel>();
  readonly #options: ImportWatchOptions;

  constructor(options: ImportWatchOptions) {
    this.#options = options;
  }

  /** Hears every frame of an import from now on, starting with its current state; null where there is no such import. */
  async subscribe(importId: number, hear: Hear): Promise<{ first: ProgressFrame; close(): void } | null> {
    const channel = this.#open(importId);
    channel.listeners.add(hear);
    const close = () => {
      channel.listeners.delete(hear);
      this.#leave(importId, channel);
    };
    try {
      // Listening before reading: what changes meanwhile comes as a frame of its own.
      if (!channel.latest) await (channel.reading ?? this.#read(importId, channel));
    } catch (error) {
      close();
      throw error;
    }
    if (channel.latest) return { first: channel.latest, close };
    close();
    return null;
  }

  /** Says that an import has got on. */
  changed(importId: number): void {
    const channel = this.#channels.get(importId);
    if (!channel) return;
    channel.dirty = true;
    if (!channel.resting) this.#publish(importId, channel);
  }

  /** Imports that somebody watches. */
  get watched(): number {
    return this.#channels.size;
  }

  /** Stops timers; listeners close their own ends. */
  close(): void {
    for (const channel of this.#channels.values()) channel.resting?.();
    this.#channels.clear();
  }

  #open(importId: number): Channel {
    const existing = this.#channels.get(importId);
    if (existing) return existing;
    const channel: Channel = { listeners: new Set(), latest: null, reading: null, dirty: false, resting: null };
    this.#channels.set(importId, channel);
    return channel;
  }

  #leave(importId: number, channel: Channel): void {
    if (channel.listeners.size > 0 || this.#channels.get(importId) !== channel) return;
    channel.resting?.();
    this.#channels.delete(importId);
  }

  /** A read that began before a change may miss it, so the next one begins after it. */
  #read(importId: number, channel: Channel): Promise<void> {
    const before = channel.reading?.catch(() => {}) ?? Promise.resolve();
    const reading = before.then(async () => {
      const state = await this.#options.load(importId);
      if (state && (channel.latest?.id ?? -1) < state.id) channel.latest = progressFrame(state.id, state.progress, state.over);
    });
    channel.reading = reading;
    return reading;
  }

  #publish(importId: number, channel: Channel): void {
    channel.dirty = false;
    this.#rest(importId, channel, PROGRESS_INTERVAL_MS);
    const sent = channel.latest;
    this.#read(importId, channel).then(
      () => {
        if (channel.latest && channel.latest !== sent) this.#send(channel.listeners, channel.latest);
      },
      (error: unknown) => {
        this.#options.onError(error);
        channel.dirty = true;
        if (this.#channels.get(importId) === channel) this.#rest(importId, channel, RETRY_MS);
      },
    );
  }

  #rest(importId: number, channel: Channel, ms: number): void {
    channel.resting?.();
    channel.resting = this.#options.schedule(() => {
      channel.resting = null;
      if (channel.dirty) this.#publish(importId, channel);
    }, ms);
  }

  #send(listeners: Set<Hear>, frame: ProgressFrame): void {
    for (const hear of listeners) {
      try {
        hear(frame);
      } catch (error) {
        this.#options.onError(error);
      }
    }
  }
}
