import type { IncomingMessage, ServerResponse } from "node:http";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ApiDeps, RequestFacts } from "../api/context.ts";
import { authorize, type Authorized } from "../auth/actor.ts";
import { AppError } from "../domain/errors.ts";
import { answerWords, type LinkFileOutcome } from "../domain/matching/link-faults.ts";
import { iso } from "../domain/instant.ts";
import { exportLinks } from "../links/export-links.ts";
import { LINK_TYPES, type LinkFormat } from "../links/format.ts";
import { importLinks } from "../links/import-links.ts";
import { answerJson, refuse } from "./answer.ts";
import { refuseUnread } from "./refuse-unread.ts";

type Deps = Pick<ApiDeps, "authenticator" | "reader" | "write" | "now">;

export interface AskedLinkFile {
  format: LinkFormat;
  facts: RequestFacts;
}

const STATUS: Partial<Record<AppError["kind"], number>> = { unauthenticated: 401, gone: 410, busy: 503, conflict: 409 };

/** Answers `/moderation/links.csv` and `.json` for moderators: a file of all links is read, or one is sent and carried out. */
export function createLinkFiles(deps: Deps) {
  return async (req: IncomingMessage, res: ServerResponse, asked: AskedLinkFile): Promise<void> => {
    try {
      const { actor, setCookie } = await deps.authenticator.authenticate(asked.facts);
      const by = authorize(actor, "moderate");
      if (setCookie) res.setHeader("set-cookie", setCookie);
      await (req.method === "POST" ? take(deps, req, res, asked.format, by) : give(deps, req, res, asked.format));
    } catch (error) {
      // The client broke off: there is nobody to answer.
      if (req.errored || res.destroyed) return;
      if (!(error instanceof AppError)) throw error;
      refuseUnread(req, res, { status: STATUS[error.kind] ?? 403, reason: error.reason, message: error.message });
    }
  };
}

async function give({ reader, now }: Deps, req: IncomingMessage, res: ServerResponse, format: LinkFormat): Promise<void> {
  res.writeHead(200, {
    "content-type": LINK_TYPES[format],
    "content-disposition": `attachment; filename="links-${iso(now()).slice(0, 10)}.${format}"`,
    "cache-control": "no-store",
  });
  if (req.method === "HEAD") return void res.end();
  await pipeline(Readable.from(exportLinks(reader, format)), res);
}

async function take({ write }: Deps, req: IncomingMessage, res: ServerResponse, format: LinkFormat, by: Authorized<"moderate">): Promise<void> {
  const dryRun = new URL(req.url ?? "", "http://localhost").searchParams.get("dryRun") === "1";
  // The connection has to outlive a file that is not read to its end, for the answer.
  const source = req.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  const outcome = await importLinks({ write, by, source, format, dryRun });
  if (!outcome.ok) return refuseFile(req, res, outcome, format);
  const { lines, approved, rejected, merged } = outcome;
  answerJson(res, 200, { dryRun, lines, approved, rejected, merged });
}

function refuseFile(req: IncomingMessage, res: ServerResponse, outcome: LinkFileOutcome & { ok: false }, format: LinkFormat): void {
  const answer = answerWords(outcome, { dryRun: false, format });
  const [first = ""] = answer.ok ? [] : answer.problems;
  const faults = outcome.faults.map(({ line, reason }, i) => ({ line, reason, message: answer.ok ? "" : answer.problems[i]! }));
  const status = outcome.faults.some(({ reason }) => reason === "too_large") ? 413 : 400;
  const error = { status, reason: "bad_file", message: `Nothing was changed. ${first}`, faults, count: outcome.count };
  refuseUnread(req, res, error);
}

/** Refuses what is neither reading nor sending. */
export function refuseMethod(res: ServerResponse): void {
  refuse(res, 405, { reason: "method_not_allowed", message: "Read it with GET, or send a file with POST." }, { allow: "GET, HEAD, POST" });
}
