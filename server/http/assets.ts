import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { lookup } from "mrmime";
import type { ClientFile } from "../files/program-files.ts";
import { takes } from "./send-page.ts";

export type AssetHandler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void;

const YEAR_SECONDS = 31_536_000;
const HOUR_SECONDS = 3_600;

interface Form {
  encoding: "br" | "gzip" | null;
  body: Uint8Array;
}

interface Asset {
  headers: Record<string, string>;
  etag: string;
  /** The smallest first. */
  forms: Form[];
}

/** Answers for the client build's files, out of memory; calls `next` for everything else. */
export function createAssets(files: ReadonlyMap<string, ClientFile>): AssetHandler {
  const assets = new Map([...files].map(([path, file]) => [path, assetOf(path, file)]));
  return (req, res, next) => {
    const asset = req.method === "GET" || req.method === "HEAD" ? assets.get(pathOf(req.url ?? "/")) : undefined;
    if (!asset) return next();
    const { encoding, body } = asset.forms.find(({ encoding }) => encoding === null || takes(req, encoding))!;
    const headers = { ...asset.headers, etag: asset.etag, ...(encoding && { "content-encoding": encoding }) };
    if (req.headers["if-none-match"]?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === asset.etag.slice(2))) {
      res.writeHead(304, headers).end();
      return;
    }
    res.writeHead(200, { ...headers, "content-length": body.length });
    res.end(req.method === "HEAD" ? undefined : body);
  };
}

function assetOf(path: string, { contents, gzip, brotli }: ClientFile): Asset {
  const type = lookup(path) ?? "application/octet-stream";
  const isText = /^text\/|javascript|json|xml/.test(type);
  // Names in assets/ carry a hash of their contents.
  const fixed = path.startsWith("/assets/");
  return {
    headers: {
      "content-type": isText ? `${type};charset=utf-8` : type,
      "cache-control": fixed ? `public, max-age=${YEAR_SECONDS}, immutable` : `public, max-age=${HOUR_SECONDS}`,
      ...((gzip || brotli) && { vary: "Accept-Encoding" }),
    },
    // Weak: all forms share it.
    etag: `W/"${fixed ? path : createHash("sha256").update(contents).digest("base64url").slice(0, 22)}"`,
    forms: [
      ...(brotli ? [{ encoding: "br" as const, body: brotli }] : []),
      ...(gzip ? [{ encoding: "gzip" as const, body: gzip }] : []),
      { encoding: null, body: contents },
    ],
  };
}

/** An address whose percent signs make no sense is that of no file. */
function pathOf(url: string): string {
  const path = url.split("?", 1)[0]!;
  if (!path.includes("%")) return path;
  try {
    return decodeURIComponent(path);
  } catch {
    return "";
  }
}
