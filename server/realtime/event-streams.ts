import type { IncomingMessage, ServerResponse } from "node:http";
import { Heartbeat, type HeartbeatOptions } from "./heartbeat.ts";
import type { Frame, Subscription } from "./frames.ts";
import { StreamReader } from "./stream-reader.ts";
import type { StreamSlots } from "./stream-slots.ts";

export interface StreamOptions extends Pick<HeartbeatOptions, "repeat"> {
  slots: StreamSlots;
}

/** Hears frames from now on, starting with the current one; null where there is nothing to hear of. */
export type Subscribe<E extends string = string> = (hear: (frame: Frame<E>) => void) => Promise<Subscription<E> | null>;

/** Comment lines this often keep proxies from closing a quiet stream, in ms. */
export const HEARTBEAT_MS = 15_000;

export type StreamRefusal = "too_many_streams" | "not_found";

/** Server-sent events on the raw Node response, where nothing buffers them. */
export class EventStreams {
  readonly #slots: StreamSlots;
  readonly #heartbeat: Heartbeat;
  readonly #open = new Set<ServerResponse>();
  #cutOff = 0;

  constructor({ slots, repeat }: StreamOptions) {
    this.#slots = slots;
    this.#heartbeat = new Heartbeat({ repeat, everyMs: HEARTBEAT_MS });
  }

  /** Answers with a stream of frames; a refusal leaves the response untouched, for the caller to answer. */
  async serve(
    req: IncomingMessage,
    res: ServerResponse,
    { subscribe, address }: { subscribe: Subscribe; address: string },
  ): Promise<StreamRefusal | null> {
    const giveBack = this.#slots.take(address);
    if (!giveBack) return "too_many_streams";
    const reader = new StreamReader(res, this.#onCutOff);
    const subscription = await subscribe(reader.offer).catch((error: unknown) => {
      giveBack();
      throw error;
    });
    if (!subscription) {
      giveBack();
      return "not_found";
    }
    this.#open.add(res);
    const stopBeating = this.#heartbeat.join(reader);
    const end = () => {
      stopBeating();
      subscription.close();
      this.#open.delete(res);
      giveBack();
    };
    if (this.#slots.closed) res.destroy();
    if (res.destroyed) end();
    else {
      res.once("close", end);
      reader.start(subscription, lastEventId(req));
    }
    return null;
  }

  /** Streams open now. */
  get open(): number {
    return this.#open.size;
  }

  /** Streams ended since the start because their reader took nothing. */
  get cutOff(): number {
    return this.#cutOff;
  }

  /** Ends every stream; browsers come back by themselves. */
  close(): void {
    for (const res of this.#open) res.end();
  }

  readonly #onCutOff = (): void => {
    this.#cutOff += 1;
  };
}

function lastEventId(req: IncomingMessage): number {
  const header = req.headers["last-event-id"];
  const id = typeof header === "string" && /^\d{1,15}$/.test(header) ? Number(header) : -1;
  return id;
}
