/** Finds the version of the last whole frame in what a socket delivers, with no copy and no parsing of the rest. */
const ID = Buffer.from("\nid: ");
const BLANK_LINE = Buffer.from("\n\n");
const CHUNK_END = Buffer.from("\n\n\r\n");

/** What each client has, and when each of its frames was whole. One entry per frame and client. */
export class Arrivals {
  readonly #known: Int32Array;
  /** The version of a frame whose end has not come yet. */
  readonly #begun: Int32Array;
  #before: Int32Array;
  #versions: Int32Array;
  #times: Float64Array;
  #count = 0;
  /** Frames that were not newer than the one before. */
  outOfOrder = 0;

  constructor(clients: number, expected: number) {
    this.#known = new Int32Array(clients).fill(-1);
    this.#begun = new Int32Array(clients).fill(-1);
    this.#before = new Int32Array(expected);
    this.#versions = new Int32Array(expected);
    this.#times = new Float64Array(expected);
  }

  get frames(): number {
    return this.#count;
  }

  /** Takes the bytes that a client's socket delivered at a moment. */
  read(client: number, bytes: Buffer, at: number): void {
    const id = lastId(bytes);
    const begun = id ?? this.#begun[client]!;
    if (!endsFrame(bytes)) {
      this.#begun[client] = begun;
      return;
    }
    this.#begun[client] = -1;
    if (begun >= 0) this.#note(client, begun, at);
  }

  /** Clients that have not got this version. */
  behind(version: number): number {
    return this.#known.reduce((count, known) => count + (known < version ? 1 : 0), 0);
  }

  /**
   * For every client and every vote: ms from `sentAt(version)` to the frame that first had it.
   * Versions that are no vote of ours are left out.
   */
  *latencies(sentAt: (version: number) => number | undefined): Generator<number> {
    for (let i = 0; i < this.#count; i += 1) {
      for (let version = this.#before[i]! + 1; version <= this.#versions[i]!; version += 1) {
        const sent = sentAt(version);
        if (sent !== undefined) yield this.#times[i]! - sent;
      }
    }
  }

  #note(client: number, version: number, at: number): void {
    const before = this.#known[client]!;
    if (version <= before) {
      this.outOfOrder += 1;
      return;
    }
    this.#known[client] = version;
    if (this.#count === this.#times.length) this.#grow();
    this.#before[this.#count] = before;
    this.#versions[this.#count] = version;
    this.#times[this.#count] = at;
    this.#count += 1;
  }

  #grow(): void {
    const size = Math.max(1024, this.#count * 2);
    const larger = <T extends Int32Array | Float64Array>(to: T, from: T): T => {
      to.set(from);
      return to;
    };
    this.#before = larger(new Int32Array(size), this.#before);
    this.#versions = larger(new Int32Array(size), this.#versions);
    this.#times = larger(new Float64Array(size), this.#times);
  }
}

function lastId(bytes: Buffer): number | null {
  let at = bytes.lastIndexOf(ID);
  if (at < 0) return null;
  let id = 0;
  for (at += ID.length; at < bytes.length; at += 1) {
    const digit = bytes[at]! - 48;
    if (digit < 0 || digit > 9) break;
    id = id * 10 + digit;
  }
  return id;
}

/** Whether the bytes end where a frame ends, with or without the framing of a chunked answer. */
function endsFrame(bytes: Buffer): boolean {
  return endsWith(bytes, BLANK_LINE) || endsWith(bytes, CHUNK_END);
}

function endsWith(bytes: Buffer, end: Buffer): boolean {
  return bytes.length >= end.length && bytes.compare(end, 0, end.length, bytes.length - end.length) === 0;
}
