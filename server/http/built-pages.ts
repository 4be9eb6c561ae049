import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ServerBuild } from "@remix-run/server-runtime";
import sirv from "sirv";

export interface BuiltPages {
  build: ServerBuild;
  /** Files of the client build; calls `next` for everything else. */
  assets(req: IncomingMessage, res: ServerResponse, next: () => void): void;
}

const YEAR_SECONDS = 31_536_000;

/** Pages from the build folder. */
export async function loadBuiltPages(buildFolder: string): Promise<BuiltPages> {
  const entry = pathToFileURL(join(buildFolder, "server/index.js")).href;
  return {
    build: (await import(/* @vite-ignore */ entry)) as ServerBuild,
    assets: sirv(join(buildFolder, "client"), {
      etag: true,
      gzip: true,
      brotli: true,
      setHeaders(res, path) {
        // Names in assets/ carry a hash of their contents.
        const fixed = path.startsWith("/assets/");
        res.setHeader("cache-control", fixed ? `public, max-age=${YEAR_SECONDS}, immutable` : "public, max-age=3600");
      },
    }),
  };
}
