import type { OutgoingHttpHeaders } from "node:http";
import type { Readable } from "node:stream";
import type { Visitor } from "./visitor.ts";

/** What came down a live stream: an event, or a comment that only keeps it open. */
export interface Arrival {
  kind: "tally" | "voting" | "message" | "heartbeat" | "retry";
  id: string | null;
  data: string;
  /** On the clock of `performance`, in ms. */
  at: number;
}

/** A live stream as it arrives through a proxy. */
export class LivePage implements AsyncDisposable {
  readonly headers: Record<string, unknown>;
  readonly #source: Readable;
  readonly #arrived: Arrival[] = [];
  readonly #over: Promise<void>;
  #isOver = false;
  #wake = () => {};
  #rest = "";

  constructor(source: Readable, headers: Record<string, unknown>) {
    this.headers = headers;
    this.#source = source;
    source.setEncoding("utf8");
    source.on("data", (chunk: string) => this.#take(chunk));
    source.on("error", () => {});
    this.#over = new Promise((resolve) =>
      source.once("close", () => {
        this.#isOver = true;
        this.#wake();
        resolve();
      }),
    );
  }

  /** Opens a show's stream; rejects where the answer is not one. */
  static open(visitor: Visitor, slug: string, headers: OutgoingHttpHeaders = {}): Promise<LivePage> {
    return LivePage.at(visitor, `/shows/${slug}/live`, headers);
  }

  /** Opens the stream at a path. */
  static async at(visitor: Visitor, path: string, headers: OutgoingHttpHeaders = {}): Promise<LivePage> {
    const incoming = await visitor.open(path, { headers: { accept: "text/event-stream", "accept-encoding": "gzip, br", ...headers } });
    if (incoming.statusCode !== 200) throw new Error(`${path} answered ${incoming.statusCode}`);
    return new LivePage(incoming, incoming.headers);
  }

  /** The next arrival of a kind; rejects when the stream ends first. */
  async next(kind: Arrival["kind"]): Promise<Arrival> {
    for (;;) {
      const arrival = this.#arrived.shift();
      if (arrival?.kind === kind) return arrival;
      if (arrival) continue;
      if (this.#isOver) throw new Error(`The stream ended before any ${kind} came`);
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }

  /** The tally frame of a version, or of a later one. */
  async tally(version: number): Promise<Arrival> {
    for (;;) {
      const frame = await this.next("tally");
      if (Number(frame.id) >= version) return frame;
    }
  }

  /** Resolves when the other side has ended it. */
  get ended(): Promise<void> {
    return this.#over;
  }

  get open(): boolean {
    return !this.#isOver;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#source.destroy();
    await this.#over;
  }

  #take(chunk: string): void {
    const blocks = (this.#rest + chunk).split("\n\n");
    this.#rest = blocks.pop() ?? "";
    for (const block of blocks) this.#arrived.push(arrivalOf(block));
    this.#wake();
  }
}

function arrivalOf(block: string): Arrival {
  const at = performance.now();
  if (block.startsWith(":")) return { kind: "heartbeat", id: null, data: "", at };
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, "m").exec(block)?.[1] ?? null;
  const kind = (field("event") ?? (field("data") === null ? "retry" : "message")) as Arrival["kind"];
  return { kind, id: field("id"), data: field("data") ?? "", at };
}
