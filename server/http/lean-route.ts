import type { IncomingMessage } from "node:http";
import type { Calls } from "../api/call-inputs.ts";
import { MAX_BODY_BYTES } from "./body.ts";
import { API_PATH, JSON_TYPE, MAX_BATCH } from "./procedures.ts";
import { isSameOrigin, type Origin } from "./request-facts.ts";

/** Procedures that are called often enough to have a way of their own. */
const LEAN = new Set(["votes.cast", "votes.castMany", "votes.retract"]);

const PREFIX = `${API_PATH}/votes.`;
const BATCH = "?batch=1";
/** Names that need no look by a parser of addresses. */
const PLAIN_HOST = /^[a-z0-9._-]+(?::\d{2,5})?$/;

/** Which calls a request makes, if it is one that the lean way answers just as the adapter would. */
export function leanCallsOf(req: IncomingMessage, origin: Origin): Calls | null {
  if (req.method !== "POST" || !req.url!.startsWith(PREFIX)) return null;
  if (!isOrdinary(req) || !PLAIN_HOST.test(origin.host) || !isSameOrigin(req, origin)) return null;
  const url = req.url!;
  const batch = url.endsWith(BATCH);
  const names = url.slice(API_PATH.length + 1, batch ? -BATCH.length : undefined);
  const paths = batch ? names.split(",") : [names];
  return paths.length <= MAX_BATCH && paths.every((path) => LEAN.has(path)) ? { paths, batch } : null;
}

/** JSON of a known length goes in, JSON in one piece is to come out. */
function isOrdinary({ headers }: IncomingMessage): boolean {
  const { accept = "*/*" } = headers;
  return (
    JSON_TYPE.test(headers["content-type"] ?? "") &&
    Number(headers["content-length"] ?? Infinity) <= MAX_BODY_BYTES &&
    headers["transfer-encoding"] === undefined &&
    headers["content-encoding"] === undefined &&
    headers["trpc-accept"] === undefined &&
    (accept === "*/*" || !/application\/jsonl|text\/event-stream/.test(accept))
  );
}
