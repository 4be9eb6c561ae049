/** The head of an answer is complete once this stands in it. */
const HEAD_END = Buffer.from("\r\n\r\n");
const CHUNK_END = Buffer.from("\r\n");

/**
 * Reads the answers of one HTTP/1.1 keep-alive connection on which one request waits at a time: the
 * status is kept, the body is counted off and dropped.
 */
export class AnswerReader {
  /** Status of the answer read last. */
  status = 0;
  readonly #onAnswer: () => void;
  /** Bytes seen that are not yet a whole head or chunk line. */
  #held: Buffer | null = null;
  #state: "head" | "body" | "chunk" | "trailer" = "head";
  /** Bytes of the body, or of the chunk with its line end, still to come. */
  #left = 0;

  constructor(onAnswer: () => void) {
    this.#onAnswer = onAnswer;
  }

  /** Takes what has arrived; `bytes` may be used anew by the caller afterwards. */
  push(bytes: Buffer): void {
    let rest = this.#held ? Buffer.concat([this.#held, bytes]) : bytes;
    this.#held = null;
    while (rest.length > 0) {
      const used = this.#step(rest);
      if (used === 0) {
        this.#held = Buffer.from(rest);
        return;
      }
      rest = rest.subarray(used);
    }
  }

  /** Bytes used up; 0 when more must come first. */
  #step(bytes: Buffer): number {
    switch (this.#state) {
      case "head":
        return this.#head(bytes);
      case "chunk":
        return this.#chunkLine(bytes);
      case "trailer":
        return this.#trailer(bytes);
      case "body": {
        const used = Math.min(this.#left, bytes.length);
        this.#left -= used;
        if (this.#left === 0) this.#bodyRead();
        return used;
      }
    }
  }

  #chunked = false;

  #head(bytes: Buffer): number {
    const end = bytes.indexOf(HEAD_END);
    if (end === -1) return 0;
    const head = bytes.toString("latin1", 0, end);
    this.status = Number(head.slice(9, 12));
    if (!head.startsWith("HTTP/1.1 ") || !(this.status >= 200)) throw new Error(`Not an answer: ${head.slice(0, 60)}`);
    this.#chunked = /\r\ntransfer-encoding: *chunked/i.test(head);
    this.#left = this.#chunked || this.status === 304 ? 0 : Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
    this.#state = this.#chunked ? "chunk" : "body";
    if (!this.#chunked && this.#left === 0) this.#done();
    return end + HEAD_END.length;
  }

  #chunkLine(bytes: Buffer): number {
    const end = bytes.indexOf(CHUNK_END);
    if (end === -1) return 0;
    const size = Number.parseInt(bytes.toString("latin1", 0, end), 16);
    if (Number.isNaN(size)) throw new Error("Not a chunk");
    this.#state = size === 0 ? "trailer" : "body";
    this.#left = size === 0 ? 0 : size + CHUNK_END.length;
    return end + CHUNK_END.length;
  }

  #trailer(bytes: Buffer): number {
    const end = bytes.indexOf(CHUNK_END);
    if (end === -1) return 0;
    if (end === 0) this.#done();
    return end + CHUNK_END.length;
  }

  #bodyRead(): void {
    if (this.#chunked) this.#state = "chunk";
    else this.#done();
  }

  #done(): void {
    this.#state = "head";
    this.#onAnswer();
  }
}
