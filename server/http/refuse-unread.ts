import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** What of a refused body is let in, to be thrown away: in bytes, and for how long, in ms. */
export const PATIENCE = { bytes: 4 * 1024 * 1024, ms: 5_000 };

/** Resolves after a time in ms; rejects when it is called off. */
type Wait = (ms: number, value: undefined, options: { signal: AbortSignal }) => Promise<unknown>;

/**
 * Refuses a request whose body has not been read. The answer goes out at once and whole; the connection
 * is closed when the sender is done, or has sent or taken too much. Closed at once, while bytes still
 * come in, it would be reset, and take the answer away from who has not read it yet: a proxy, mostly.
 */
export function refuseUnread(
  req: IncomingMessage,
  res: ServerResponse,
  { status, ...error }: { status: number; reason: string; message: string },
  wait: Wait = sleep,
): void {
  const text = JSON.stringify({ error });
  res.writeHead(status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    "cache-control": "no-store",
    connection: "close",
  });
  res.write(text);
  const over = new AbortController();
  const hangUp = () => {
    over.abort();
    res.end();
  };
  let left = PATIENCE.bytes;
  req.on("data", (chunk: Buffer) => (left -= chunk.length) < 0 && hangUp());
  if (req.readableEnded) hangUp();
  else req.once("end", hangUp);
  // The sender has hung up: there is nothing to wait for.
  res.once("close", () => over.abort());
  wait(PATIENCE.ms, undefined, { signal: over.signal }).then(hangUp, () => {});
}
