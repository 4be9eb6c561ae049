import { request, type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from "node:http";

export interface RawAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
  /** The body as JSON. */
  json<T>(): T;
}

export interface RawRequest {
  method?: string;
  /** Exactly as it goes out: nothing is resolved or encoded. */
  path: string;
  headers?: OutgoingHttpHeaders;
  /** Sent chunked where it is a list, otherwise with its length. */
  body?: string | Buffer | Buffer[];
}

/** Sends a request on a connection of its own, with headers that `fetch` would not let through. */
export function send(url: string, { method, path, headers = {}, body }: RawRequest): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const outgoing = request({
      hostname,
      port,
      path,
      method: method ?? (body === undefined ? "GET" : "POST"),
      headers: { ...lengthOf(body), ...headers },
      agent: false,
    });
    let answered = false;
    outgoing.on("response", (incoming) => {
      answered = true;
      collect(incoming).then(resolve, reject);
    });
    // A server may answer and hang up while the body is still on its way.
    outgoing.on("error", (error) => !answered && reject(error));
    for (const chunk of Array.isArray(body) ? body : []) outgoing.write(chunk);
    outgoing.end(Array.isArray(body) ? undefined : body);
  });
}

function lengthOf(body: RawRequest["body"]): OutgoingHttpHeaders {
  return body === undefined || Array.isArray(body) ? {} : { "content-length": Buffer.byteLength(body) };
}

async function collect(incoming: IncomingMessage): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  return {
    status: incoming.statusCode ?? 0,
    headers: incoming.headers,
    text,
    json: <T>() => JSON.parse(text) as T,
  };
}

/** A procedure's refusal as it stands on the wire. */
export interface WireRefusal {
  error: { message: string; code: number; data: { code: string; httpStatus: number; reason: string; fields?: Record<string, string> } };
}

/** Calls a mutation the way a script without our client would. */
export function mutate(
  url: string,
  procedure: string,
  input: unknown,
  headers: OutgoingHttpHeaders = {},
): Promise<RawAnswer> {
  const body = input === undefined ? "" : JSON.stringify(input);
  return send(url, {
    path: `${pathOf(url)}/api/trpc/${procedure}`,
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}

/** The path that a site's addresses begin with. */
function pathOf(url: string): string {
  return new URL(url).pathname.replace(/\/$/, "");
}

/** Calls a query the way a script without our client would. */
export function query(url: string, procedure: string, input: unknown, headers: OutgoingHttpHeaders = {}): Promise<RawAnswer> {
  const search = input === undefined ? "" : `?input=${encodeURIComponent(JSON.stringify(input))}`;
  return send(url, { path: `${pathOf(url)}/api/trpc/${procedure}${search}`, headers });
}
