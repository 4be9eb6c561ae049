import type { IncomingMessage, ServerResponse } from "node:http";
import { refuse } from "./answer.ts";

/** Signs by which an address may lead elsewhere than it seems to. */
const UNTIDY = /^[^/]|\\|\/(\.|%2e)/i;

/** What follows the base in an address: "/shows?sort=votes" of "/theset/shows?sort=votes"; null where it is not below it. */
export function belowBase(url: string, basePath: string): string | null {
  if (basePath === "") return url;
  const path = tidied(url);
  return path.startsWith(`${basePath}/`) ? path.slice(basePath.length) : null;
}

function tidied(url: string): string {
  if (!UNTIDY.test(url.split("?", 1)[0]!)) return url;
  const parsed = URL.parse(url, "http://localhost");
  return parsed ? parsed.pathname + parsed.search : "";
}

/** The whole address of a page, as Remix has it in its routes. */
export function pageAddress(path: string, basePath: string): string {
  if (basePath === "") return path;
  // A browser asks so for the home page's data; below a base Remix knows them by this name.
  return basePath + path.replace(/^\/_root\.data(?=\?|$)/, "/.data");
}

/** Answers an address that is not below the base: with the way to it. */
export function answerOutside(req: IncomingMessage, res: ServerResponse, basePath: string): void {
  const [path = "", ...search] = (req.url ?? "").split("?");
  const home = `${basePath}/`;
  if (path === basePath) {
    res.writeHead(308, { location: [home, ...search].join("?"), "cache-control": "no-cache" }).end();
    return;
  }
  const message = `There is nothing here: this site begins at ${home}`;
  if (!req.headers.accept?.includes("text/html")) return refuse(res, 404, { reason: "not_found", message });
  res.writeHead(404, {
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    "cache-control": "no-store",
  });
  const page = `<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Nothing here</title><p>There is nothing here: this site begins at <a href="${home}">${home}</a></p></html>`;
  res.end(req.method === "HEAD" ? undefined : page);
}
