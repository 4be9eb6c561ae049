import { connect, type Socket } from "node:net";
import { AnswerReader } from "./answers.ts";

/** One read of a socket; a vote's answer is a tenth of it. */
const READ_BYTES = 16_384;

export interface ConnectionEvents {
  /** An answer is read whole; the connection is free for the next request. */
  onAnswer(this: void, connection: Connection): void;
  /** The connection is gone before the answer to its request was whole. */
  onLost(this: void, connection: Connection, error: Error): void;
}

/** One keep-alive connection of a load: whole requests in, statuses out, nothing in between. */
export class Connection {
  /** Status of the last answer. */
  status = 0;
  /** Whether a request waits for its answer. */
  busy = false;
  /** When the request under way was sent, in ms of `performance.now()`. */
  sentAt = 0;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static open(url: string, { onAnswer, onLost }: ConnectionEvents): Promise<Connection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const reader = new AnswerReader(() => {
        connection.status = reader.status;
        connection.busy = false;
        onAnswer(connection);
      });
      const callback = (bytes: number, buffer: Uint8Array): boolean => {
        reader.push((buffer as Buffer).subarray(0, bytes));
        return true;
      };
      const onread = { buffer: Buffer.allocUnsafe(READ_BYTES), callback };
      const socket = connect({ host: hostname, port: Number(port), noDelay: true, onread });
      const connection = new Connection(socket);
      socket.once("connect", () => resolve(connection));
      socket.once("error", reject);
      socket.on("error", (error) => connection.#lose(error, onLost));
      socket.once("end", () => connection.#lose(new Error("The server closed the connection"), onLost));
    });
  }

  send(request: string): void {
    this.sentAt = performance.now();
    this.busy = true;
    this.#socket.write(request, "latin1");
  }

  #lose(error: Error, onLost: ConnectionEvents["onLost"]): void {
    if (!this.busy) return;
    this.busy = false;
    onLost(this, error);
  }

  close(): void {
    this.#socket.removeAllListeners("end");
    this.#socket.destroy();
  }
}
