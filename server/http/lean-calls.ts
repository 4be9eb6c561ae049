import type { IncomingMessage, ServerResponse } from "node:http";
import { answerCalls, type CallsAnswer } from "../api/answer-calls.ts";
import type { Calls } from "../api/call-inputs.ts";
import type { ApiDeps } from "../api/context.ts";
import { readBody } from "./body.ts";
import { leanCallsOf } from "./lean-route.ts";
import { factsOf, type Origin } from "./request-facts.ts";
import { securityHeaders } from "./security-headers.ts";

/** Answers a request if it is one of those it knows; null where it is not, with nothing of it consumed. */
export type LeanHandler = (req: IncomingMessage, res: ServerResponse, origin: Origin) => Promise<void> | null;

/** Answers the calls that come in thousands, from the socket to the procedure and back. */
export function createLeanHandler(deps: ApiDeps): LeanHandler {
  const answer = async (req: IncomingMessage, res: ServerResponse, origin: Origin, calls: Calls): Promise<void> => {
    const body = await readBody(req).catch(() => null);
    // The client broke off: there is nobody to answer. No body is too large here: its length was looked at.
    if (body === null || body === "too_large") return;
    send(res, origin, await answerCalls(deps, factsOf(req, res, origin), calls, body));
  };
  return (req, res, origin) => {
    const calls = leanCallsOf(req, origin);
    return calls && answer(req, res, origin, calls);
  };
}

const common = ["vary", "trpc-accept, accept", "content-type", "application/json", "cache-control", "no-store"];
const forSecure = [...securityHeaders({ secure: true }).flat(), ...common];
const forPlain = [...securityHeaders({ secure: false }).flat(), ...common];

/** Status, headers and body in one write. */
function send(res: ServerResponse, { secure }: Origin, { status, text, retryAfter, headers }: CallsAnswer): void {
  const lines = [...(secure ? forSecure : forPlain), "content-length", String(Buffer.byteLength(text))];
  for (const [name, value] of headers) lines.push(name, value);
  if (retryAfter > 0) lines.push("retry-after", String(retryAfter));
  res.writeHead(status, lines);
  res.end(text);
}
