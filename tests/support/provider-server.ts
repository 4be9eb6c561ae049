import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface SeenRequest {
  method: string;
  /** Path and query. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
  /** When it arrived, by performance.now(). */
  at: number;
}

/** Hang: nothing ever comes. Break: the connection is cut. */
export type ScriptedAnswer =
  | "hang"
  | "break"
  | { status?: number; headers?: Record<string, string>; json?: unknown; text?: string | Buffer }
  /** So many bytes at a time, without end. */
  | { trickle: string; everyMs: number }
  /** The connection is cut in the middle. */
  | { truncate: string };

export interface ProviderServer extends AsyncDisposable {
  url: string;
  requests: SeenRequest[];
  /** What the next requests are answered with, in order. */
  next(...answers: ScriptedAnswer[]): void;
  /** What is answered once the script is at its end. */
  always(answer: ScriptedAnswer | ((request: SeenRequest) => ScriptedAnswer)): void;
  /** Resolves when so many requests in all have arrived. */
  arrived(count: number): Promise<void>;
}

/** A provider on this machine that answers as it is told. */
export async function startProvider(): Promise<ProviderServer> {
  const requests: SeenRequest[] = [];
  const script: ScriptedAnswer[] = [];
  const timers = new Set<NodeJS.Timeout>();
  let otherwise: (request: SeenRequest) => ScriptedAnswer = () => ({ json: { ok: true } });
  let waiting: { count: number; resolve: () => void }[] = [];

  async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const at = performance.now();
    const seen = { method: req.method!, path: req.url!, headers: req.headers, body: await text(req), at };
    requests.push(seen);
    for (const { resolve } of waiting.filter(({ count }) => requests.length >= count)) resolve();
    waiting = waiting.filter(({ count }) => requests.length < count);
    send(res, script.shift() ?? otherwise(seen));
  }

  function send(res: ServerResponse, what: ScriptedAnswer): void {
    if (what === "hang") return;
    if (what === "break") return void res.destroy();
    if ("trickle" in what) {
      res.writeHead(200, { "content-type": "application/json" });
      timers.add(setInterval(() => res.write(what.trickle), what.everyMs));
    } else if ("truncate" in what) {
      res.writeHead(200, { "content-length": what.truncate.length * 2 });
      res.write(what.truncate, () => res.destroy());
    } else {
      const { status = 200, headers = {}, json } = what;
      const body = what.text ?? (json === undefined ? "" : JSON.stringify(json));
      res.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
    }
  }

  const server = createServer((req, res) => void answer(req, res).catch(() => res.destroy()));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    next: (...answers) => void script.push(...answers),
    always: (what) => (otherwise = typeof what === "function" ? what : () => what),
    arrived: (count) => (requests.length >= count ? Promise.resolve() : new Promise((resolve) => waiting.push({ count, resolve }))),
    async [Symbol.asyncDispose]() {
      for (const timer of timers) clearInterval(timer);
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
