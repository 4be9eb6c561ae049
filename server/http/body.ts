import type { IncomingMessage } from "node:http";

export const MAX_BODY_BYTES = 64 * 1024;

/** A request's whole body, or `too_large` once it has more than 64 kB. Rejects when the client breaks off. */
export async function readBody(req: IncomingMessage): Promise<Buffer | "too_large"> {
  if (Number(req.headers["content-length"] ?? 0) > MAX_BODY_BYTES) return "too_large";
  const chunks: Buffer[] = [];
  let size = 0;
  // Leaving the loop must not destroy the connection: the refusal still has to go out.
  for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) {
      req.resume();
      return "too_large";
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
