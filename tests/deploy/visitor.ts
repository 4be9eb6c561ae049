import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { connect, type ClientHttp2Session } from "node:http2";
import { request, type Agent } from "node:https";

/** The name in all recipes. */
export const NAME = "vote.example.org";

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export interface Asked {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
  /** Connections to keep and use again; a new one for each request where absent. */
  agent?: Agent;
}

/** Somebody who comes through TLS to the site's name, from an address of their own within 127.0.0.0/8. */
export class Visitor {
  readonly #port: number;
  readonly #ca: string;
  readonly #address: string;
  readonly #basePath: string;

  constructor({ port, ca, address, basePath = "" }: { port: number; ca: string; address: string; basePath?: string }) {
    this.#basePath = basePath;
    this.#port = port;
    this.#ca = ca;
    this.#address = address;
  }

  /** Sends a request on a connection of its own and takes the whole answer. */
  async ask(path: string, asked: Asked = {}): Promise<Answer> {
    const incoming = await this.open(path, asked);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
    return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: Buffer.concat(chunks) };
  }

  /** Calls a procedure with JSON, as the page's own scripts do. */
  call(procedure: string, input: unknown, headers: OutgoingHttpHeaders = {}): Promise<Answer> {
    const own = { "content-type": "application/json", origin: `https://${NAME}`, "sec-fetch-site": "same-origin" };
    return this.ask(`/api/trpc/${procedure}`, { method: "POST", headers: { ...own, ...headers }, body: JSON.stringify(input) });
  }

  /** The answer as soon as its headers are there. */
  open(path: string, { method = "GET", headers = {}, body, agent }: Asked = {}): Promise<IncomingMessage> {
    const length = body === undefined || "transfer-encoding" in headers ? {} : { "content-length": Buffer.byteLength(body) };
    return new Promise((resolve, reject) => {
      const outgoing = request({
        ...{ host: "127.0.0.1", port: this.#port, localAddress: this.#address, servername: NAME, ca: this.#ca },
        ...{ path: this.#basePath + path, method, agent: agent ?? false, headers: { host: NAME, ...length, ...headers } },
      });
      let answered = false;
      outgoing.once("response", (incoming) => {
        answered = true;
        resolve(incoming);
      });
      // A proxy may answer and hang up while the body is still on its way.
      outgoing.on("error", (error) => !answered && reject(error));
      outgoing.end(body);
    });
  }

  /** An HTTP/2 connection, as browsers make them; from 127.0.0.1. */
  connect(): ClientHttp2Session {
    return connect(`https://127.0.0.1:${this.#port}`, { ca: this.#ca, servername: NAME });
  }

  /** Posts over HTTP/2, where an answer can overtake the body that it is about; its status. */
  async post(path: string, body: string, headers: Record<string, string | number>): Promise<number> {
    const session = this.connect();
    try {
      return await new Promise<number>((resolve, reject) => {
        session.once("error", reject);
        const stream = session.request({ ":method": "POST", ":path": this.#basePath + path, ":authority": NAME, ...headers });
        stream.once("response", (answer) => resolve(Number(answer[":status"])));
        // After the answer there may be an error of the rest of the body.
        stream.on("error", reject);
        stream.end(body);
      });
    } finally {
      session.destroy();
    }
  }
}
