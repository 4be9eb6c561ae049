import { request, type IncomingHttpHeaders, type IncomingMessage } from "node:http";

export interface StreamEvent {
  event: string;
  /** Null where the server sent none. */
  id: string | null;
  data: string;
}

export interface EventStream extends AsyncDisposable {
  headers: IncomingHttpHeaders;
  /** The next event; rejects when the stream ends first. */
  next(): Promise<StreamEvent>;
  /** Events until one fulfils the condition, that one included. */
  until(condition: (event: StreamEvent) => boolean): Promise<StreamEvent[]>;
  /** Whether the server has ended the stream properly, once it is over. */
  ended: Promise<boolean>;
  close(): void;
}

/** Reads server-sent events as they are on the wire; fails where the answer is not a stream. */
export async function openStream(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
  const incoming = await answerTo(url, headers);
  if (incoming.statusCode !== 200) throw new Error(`${url} answered ${String(incoming.statusCode)}`);
  const arrived: StreamEvent[] = [];
  let wake = () => {};
  let over = false;
  let rest = "";
  incoming.setEncoding("utf8");
  incoming.on("data", (chunk: string) => {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop() ?? "";
    arrived.push(...blocks.flatMap(parse));
    wake();
  });
  const ended = new Promise<boolean>((resolve) => {
    incoming.once("error", () => {});
    incoming.once("close", () => {
      over = true;
      wake();
      resolve(incoming.complete);
    });
  });
  const next = async (): Promise<StreamEvent> => {
    for (;;) {
      const event = arrived.shift();
      if (event) return event;
      if (over) throw new Error("The stream has ended");
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  const close = () => void incoming.destroy();
  return {
    headers: incoming.headers,
    next,
    async until(condition) {
      const seen: StreamEvent[] = [];
      for (;;) {
        const event = await next();
        seen.push(event);
        if (condition(event)) return seen;
      }
    },
    ended,
    close,
    async [Symbol.asyncDispose]() {
      close();
      await ended;
    },
  };
}

function answerTo(url: string, headers: Record<string, string>): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { agent: false, headers: { accept: "text/event-stream", ...headers } });
    outgoing.once("response", resolve);
    outgoing.once("error", reject);
    outgoing.end();
  });
}

/** One block of lines; comments and `retry` are no events. */
function parse(block: string): StreamEvent[] {
  const fields = new Map(
    block
      .split("\n")
      .filter((line) => !line.startsWith(":"))
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1).trimStart()]),
  );
  const data = fields.get("data");
  return data === undefined ? [] : [{ event: fields.get("event") ?? "message", id: fields.get("id") ?? null, data }];
}
