import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";

export interface Page {
  status: number;
  headers: Headers;
  body: Buffer;
}

/** Fast, and within a sixth of the size that the usual level reaches. */
export const GZIP_LEVEL = 3;
/** Below this many bytes compression saves no packet. */
const WORTH_COMPRESSING = 1_000;

const compress = promisify(gzip);

/** Sends a finished page, gzipped where the client takes that, and not on the event loop's time. */
export async function sendPage(
  req: IncomingMessage,
  res: ServerResponse,
  { status, headers, body }: Page,
): Promise<void> {
  headers.delete("content-length");
  if (isText(headers)) headers.append("vary", "Accept-Encoding");
  const gzipped = isText(headers) && body.length >= WORTH_COMPRESSING && takes(req, "gzip");
  if (gzipped) headers.set("content-encoding", "gzip");
  const sent = gzipped ? await compress(body, { level: GZIP_LEVEL }) : body;
  const hasBody = status !== 204 && status !== 304;
  if (hasBody) headers.set("content-length", String(sent.length));
  res.setHeaders(headers);
  res.writeHead(status);
  res.end(hasBody && req.method !== "HEAD" ? sent : undefined);
}

export function isHtml(headers: Headers): boolean {
  return headers.get("content-type")?.startsWith("text/html") ?? false;
}

function isText(headers: Headers): boolean {
  const text = /^(text\/|application\/json)/.test(headers.get("content-type") ?? "");
  return text && !headers.has("content-encoding");
}

const CODINGS = {
  gzip: /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i,
  br: /\bbr\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/i,
};

/** Whether a client takes a coding: it is named, and not with a quality of nought. */
export function takes(req: IncomingMessage, coding: keyof typeof CODINGS): boolean {
  return CODINGS[coding].test(req.headers["accept-encoding"]?.toString() ?? "");
}
