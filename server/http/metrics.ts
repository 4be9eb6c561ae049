import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { refuse } from "./answer.ts";

export interface MetricsOptions {
  /** What a reader must send as its bearer token; null answers nobody. */
  token: string | null;
  text: () => Promise<{ type: string; body: string }>;
}

/** Answers `GET /metrics` for those who know the token; for anyone else there is no such page. */
export function createMetricsHandler({ token, text }: MetricsOptions) {
  return async (req: IncomingMessage, res: ServerResponse): Promise<void> => {
    const given = /^Bearer\s+(\S+)$/i.exec(req.headers.authorization ?? "")?.[1];
    if (token === null || given === undefined || !equal(given, token)) {
      return refuse(res, 404, { reason: "not_found", message: "There is nothing here." });
    }
    const { type, body } = await text();
    res.writeHead(200, { "content-type": type, "cache-control": "no-store" });
    res.end(body);
  };
}

function equal(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
