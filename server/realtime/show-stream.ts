import type { IncomingMessage, ServerResponse } from "node:http";
import type { Frame, Hub } from "./hub.ts";
import type { StreamSlots } from "./stream-slots.ts";

export interface StreamOptions {
  hub: Hub;
  slots: StreamSlots;
  /** Runs a function again and again, every `ms`; the result stops it. */
  repeat(run: () => void, ms: number): () => void;
}

/** Comment lines this often keep proxies from closing a quiet stream, in ms. */
export const HEARTBEAT_MS = 15_000;
/** A reader that takes nothing for this many heartbeats is cut off. */
const STALLED_HEARTBEATS = 4;
/** How long a browser waits before it connects again, in ms. */
const RETRY_MS = 2_000;

export type StreamRefusal = "too_many_streams" | "not_found";

/** Server-sent events of shows on the raw Node response, where nothing buffers them. */
export class ShowStreams {
  readonly #options: StreamOptions;
  readonly #open = new Set<ServerResponse>();

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  /** Answers with the stream of a show; a refusal leaves the response untouched, for the caller to answer. */
  async serve(
    req: IncomingMessage,
    res: ServerResponse,
    { showId, address }: { showId: number; address: string },
  ): Promise<StreamRefusal | null> {
    const { slots, hub } = this.#options;
    const giveBack = slots.take(address);
    if (!giveBack) return "too_many_streams";
    const reader = new Reader(res);
    const subscription = await hub.subscribe(showId, (frame) => reader.offer(frame)).catch((error: unknown) => {
      giveBack();
      throw error;
    });
    if (!subscription) {
      giveBack();
      return "not_found";
    }
    this.#open.add(res);
    const stopHeartbeat = this.#options.repeat(() => reader.beat(), HEARTBEAT_MS);
    const end = () => {
      stopHeartbeat();
      subscription.close();
      this.#open.delete(res);
      giveBack();
    };
    if (slots.closed) res.destroy();
    if (res.destroyed) end();
    else {
      res.once("close", end);
      reader.start(subscription.first, lastEventId(req));
    }
    return null;
  }

  /** Ends every stream; browsers come back by themselves. */
  close(): void {
    for (const res of this.#open) res.end();
  }
}

function lastEventId(req: IncomingMessage): number {
  const header = req.headers["last-event-id"];
  const id = typeof header === "string" && /^\d{1,15}$/.test(header) ? Number(header) : -1;
  return id;
}

/** One browser. While its socket is full it holds the newest frame of each kind and no more. */
class Reader {
  readonly #res: ServerResponse;
  #started = false;
  #sentVersion = -1;
  #held = new Map<Frame["event"], Frame>();
  #full = false;
  #missedBeats = 0;

  constructor(res: ServerResponse) {
    this.#res = res;
    res.on("drain", () => this.#drained());
  }

  /** Sends the headers and the current tally, unless the reader has it already. */
  start(first: Frame, knownVersion: number): void {
    this.#res.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
    this.#started = true;
    this.#write(`retry: ${RETRY_MS}\n\n`);
    if (first.id === knownVersion) this.#sentVersion = knownVersion;
    else this.offer(first);
    this.#drained();
  }

  offer(frame: Frame): void {
    if (frame.id !== null && frame.id <= this.#sentVersion) return;
    if (!this.#started || this.#full) {
      this.#held.set(frame.event, frame);
      return;
    }
    if (frame.id !== null) this.#sentVersion = frame.id;
    this.#write(text(frame));
  }

  beat(): void {
    if (!this.#full) {
      this.#missedBeats = 0;
      this.#write(": \n\n");
      return;
    }
    this.#missedBeats += 1;
    if (this.#missedBeats >= STALLED_HEARTBEATS) this.#res.destroy();
  }

  #write(chunk: string): void {
    this.#full = !this.#res.write(chunk);
  }

  #drained(): void {
    this.#full = this.#res.writableNeedDrain;
    const held = [...this.#held.values()];
    this.#held.clear();
    for (const frame of held) this.offer(frame);
  }
}

const texts = new WeakMap<Frame, string>();

/** A frame in the wire format, made once for all its readers. */
function text(frame: Frame): string {
  const known = texts.get(frame);
  if (known !== undefined) return known;
  const id = frame.id === null ? "" : `id: ${frame.id}\n`;
  const made = `event: ${frame.event}\n${id}data: ${frame.data}\n\n`;
  texts.set(frame, made);
  return made;
}
