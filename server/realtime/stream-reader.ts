import type { ServerResponse } from "node:http";
import type { Writable } from "node:stream";
import { wireOf, type Frame, type Subscription } from "./frames.ts";

/** A reader that takes nothing for this many heartbeats is cut off. */
export const STALLED_HEARTBEATS = 4;
/** How long a browser waits before it connects again, in ms. */
const RETRY_MS = 2_000;

const RETRY = Buffer.from(`retry: ${RETRY_MS}\n\n`);
const COMMENT = Buffer.from(": \n\n");

/**
 * One browser. One write is under way at most; meanwhile it holds the newest frame of each kind and
 * no more. The answer ends with its connection and has no chunks, so that every reader of a frame
 * is written the same bytes.
 */
export class StreamReader {
  readonly #res: ServerResponse;
  readonly #onCutOff: () => void;
  /** The socket itself; the response while an earlier one on the connection has not ended. */
  #out: Writable | null = null;
  #sentVersion = -1;
  #heldTally: Frame<string> | null = null;
  #heldSetlist: Frame<string> | null = null;
  #heldOther: Frame<string> | null = null;
  #sentSetlist: Frame<string> | null = null;
  #writing = false;
  #quiet = true;
  #missedBeats = 0;
  #over = false;

  constructor(res: ServerResponse, onCutOff: () => void) {
    this.#res = res;
    this.#onCutOff = onCutOff;
  }

  /** Sends the headers and the current frames, the first one unless the reader has it already. */
  start({ first, also = [] }: Pick<Subscription, "first" | "also">, knownVersion: number): void {
    const res = this.#res;
    res.removeHeader("transfer-encoding");
    res.writeHead(200, {
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
      connection: "close",
    });
    const out = res.socket ?? res;
    out.cork();
    res.flushHeaders();
    out.write(RETRY);
    this.#out = out;
    if (first.id === knownVersion) this.#sentVersion = knownVersion;
    else this.offer(first);
    // One that came meanwhile is newer.
    for (const frame of also) if (!this.#heldSetlist) this.offer(frame);
    if (!this.#writing) this.#sendHeld();
    out.uncork();
    if (first.last && first.id === knownVersion) res.end();
  }

  /** Sends a frame, or holds it until the reader can take it. */
  readonly offer = (frame: Frame<string>): void => {
    if ((frame.id !== null && frame.id <= this.#sentVersion) || frame === this.#sentSetlist) return;
    if (this.#out && !this.#writing) return this.#send(this.#out, frame);
    if (frame.event === "tally") this.#heldTally = frame;
    else if (frame.event === "setlist") this.#heldSetlist = frame;
    else this.#heldOther = frame;
  };

  /** Keeps a quiet stream from being closed on its way, and ends it where nothing is taken. */
  beat(): void {
    if (this.#writing) {
      this.#missedBeats += 1;
      if (this.#missedBeats < STALLED_HEARTBEATS) return;
      this.#onCutOff();
      this.#res.destroy();
      return;
    }
    if (this.#quiet && this.#out) this.#write(this.#out, COMMENT);
    this.#quiet = true;
  }

  #send(out: Writable, frame: Frame<string>): void {
    if (frame.id !== null) this.#sentVersion = frame.id;
    if (frame.event === "setlist") this.#sentSetlist = frame;
    this.#quiet = false;
    this.#over = frame.last === true;
    this.#write(out, wireOf(frame));
  }

  #write(out: Writable, bytes: Buffer): void {
    if (!out.writable) return;
    this.#writing = true;
    out.write(bytes, this.#taken);
  }

  readonly #taken = (): void => {
    this.#writing = false;
    this.#missedBeats = 0;
    if (this.#over) this.#res.end();
    else this.#sendHeld();
  };

  #sendHeld(): void {
    const held = this.#heldTally ?? this.#heldSetlist ?? this.#heldOther;
    if (!held) return;
    if (held === this.#heldTally) this.#heldTally = null;
    else if (held === this.#heldSetlist) this.#heldSetlist = null;
    else this.#heldOther = null;
    this.offer(held);
    // What the reader has already is not sent.
    if (!this.#writing) this.#sendHeld();
  }
}
