import { connect, type Socket } from "node:net";
import { get } from "./targets.ts";

/** Visitors who open a show's live stream, read for a while and leave. */
export class LiveVisitors {
  readonly #url: URL;
  readonly #counts: { opened: number; refused: number; bytes: number };
  readonly #open = new Set<Socket>();

  constructor(url: string, counts: { opened: number; refused: number; bytes: number }) {
    this.#url = new URL(url);
    this.#counts = counts;
  }

  open(path: string, forMs: number): void {
    const socket = connect({ host: this.#url.hostname, port: Number(this.#url.port) });
    this.#open.add(socket);
    const left = setTimeout(() => socket.destroy(), forMs);
    socket.once("connect", () => socket.write(get(path, this.#url.host, "Accept: text/event-stream\r\n")));
    socket.once("data", (head: Buffer) => {
      this.#counts[head.toString("latin1", 9, 12) === "200" ? "opened" : "refused"] += 1;
    });
    socket.on("data", (bytes: Buffer) => void (this.#counts.bytes += bytes.length));
    socket.once("error", () => void (this.#counts.refused += 1));
    socket.once("close", () => {
      clearTimeout(left);
      this.#open.delete(socket);
    });
  }

  closeAll(): void {
    for (const socket of this.#open) socket.destroy();
  }
}
