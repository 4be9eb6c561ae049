import type { IncomingMessage, ServerResponse } from "node:http";
import type { ServerBuild } from "@remix-run/server-runtime";

export interface DevPages {
  build(): Promise<ServerBuild>;
  /** Vite's own answers, for modules and hot updates; calls `next` for everything else. */
  assets(req: IncomingMessage, res: ServerResponse, next: () => void): void;
  close(): Promise<void>;
}

/** Pages straight from the sources, reloading as they change. */
export async function startDevPages(): Promise<DevPages> {
  const { createServer } = await import("vite");
  const vite = await createServer({ server: { middlewareMode: true } });
  return {
    build: () => vite.ssrLoadModule("virtual:remix/server-build") as Promise<ServerBuild>,
    assets: vite.middlewares,
    close: () => vite.close(),
  };
}
