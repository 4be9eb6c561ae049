import { openStream, type EventStream } from "#tests/support/event-stream.ts";

/** A page open on a show: reads its live stream, and comes back with the last event's id when it breaks. */
export class Watcher {
  readonly #slug: string;
  #stream: EventStream | null = null;
  #reading: Promise<void> = Promise.resolve();
  #wake = () => {};
  /** The newest tally version seen, and its frame. */
  version = -1;
  tally: { version: number; total: number; songs: { setlistSongId: number; votes: number }[] } | null = null;
  frames = 0;
  /** Frames that were sent twice, or went back in time. */
  readonly problems: string[] = [];

  constructor(slug: string) {
    this.#slug = slug;
  }

  async connect(url: string): Promise<void> {
    await this.#reading;
    const headers: Record<string, string> = this.version < 0 ? {} : { "last-event-id": String(this.version) };
    this.#stream = await openStream(`${url}/shows/${this.#slug}/live`, headers);
    this.#reading = this.#read(this.#stream);
  }

  async #read(stream: EventStream): Promise<void> {
    for (;;) {
      const event = await stream.next().catch(() => null);
      if (event === null) return;
      if (event.event !== "tally") continue;
      const version = Number(event.id);
      if (version <= this.version) this.problems.push(`${this.#slug}: version ${version} came after ${this.version}`);
      this.version = version;
      this.tally = JSON.parse(event.data) as NonNullable<Watcher["tally"]>;
      this.frames += 1;
      this.#wake();
    }
  }

  /** Waits until a version is seen; false when it does not come within `ms`. */
  async reaches(version: number, ms: number): Promise<boolean> {
    const patience = AbortSignal.timeout(ms);
    while (this.version < version && !patience.aborted) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        patience.addEventListener("abort", () => resolve(), { once: true });
      });
    }
    return this.version >= version;
  }

  async close(): Promise<void> {
    this.#stream?.close();
    await this.#reading;
  }
}
