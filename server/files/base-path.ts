import { brotliCompressSync, gzipSync } from "node:zlib";
import type { ServerBuild } from "@remix-run/server-runtime";
import type { ClientFile, PageFiles } from "./program-files.ts";

/**
 * The pages for a site whose every address begins with `basePath`, such as "/theset"; "" changes
 * nothing. Built code names each other's files relatively, so that of all client files only the list
 * of routes is written anew.
 */
export function withBasePath(pages: PageFiles, basePath: string): PageFiles {
  if (basePath === "") return pages;
  const assets = belowBase(pages.build.assets, basePath);
  const build = { ...pages.build, assets, basename: `${basePath}/`, publicPath: `${basePath}/` };
  const client = new Map(pages.client);
  const list = pages.build.assets.url;
  if (!client.has(list)) throw new Error(`The build has no list of routes at ${list}`);
  client.set(list, routeList(assets));
  return { build, client };
}

type Assets = ServerBuild["assets"];

/** The same with every address of a client file below the base. */
function belowBase(assets: Assets, basePath: string): Assets {
  const below = (address: string) => basePath + address;
  const loads = <T extends { module: string; imports?: string[]; css?: string[] }>(one: T): T => ({
    ...one,
    module: below(one.module),
    ...(one.imports && { imports: one.imports.map(below) }),
    ...(one.css && { css: one.css.map(below) }),
  });
  const routes = Object.entries(assets.routes).map(([id, route]) => [id, route && loads(route)] as const);
  return { ...assets, url: below(assets.url), entry: loads(assets.entry), routes: Object.fromEntries(routes) };
}

/** The script by which a page tells Remix's browser half what to load for each route. */
function routeList(assets: Assets): ClientFile {
  const contents = Buffer.from(`window.__remixManifest=${JSON.stringify(assets)};`);
  return { contents, gzip: gzipSync(contents, { level: 9 }), brotli: brotliCompressSync(contents) };
}
