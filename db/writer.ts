import { driverCode, isBusy, type Connection, type Transaction } from "./client.ts";
import type { Call, Command, Registry } from "./command.ts";

/** A call on its way through the writer. */
export interface WriteCall extends Call<unknown> {
  name: string;
}

export type WriteOutcome = { ok: true; value: unknown } | { ok: false; error: unknown };

/** The write lock stayed with another process for longer than a caller should wait. */
export class WriterBusyError extends Error {
  override readonly name = "WriterBusyError";
}

/** The file could not be written: its disk is full, failing or gone. Nothing of the call was kept. */
export class StorageError extends Error {
  override readonly name = "StorageError";
}

/** One commit: how many calls shared it, and how long it took in ms, waiting for another's lock included. */
export interface Commit {
  calls: number;
  ms: number;
}

interface Waiting {
  call: WriteCall;
  settle(outcome: WriteOutcome): void;
}

export interface WriterOptions {
  registry: Registry;
  /** Opens the write connection; called again whenever the old one has met a lock. */
  open(): Promise<Connection>;
  sleep(ms: number): Promise<void>;
  random(): number;
  /** Milliseconds of a clock that only goes forward. */
  clock(): number;
  /** Runs a function after a delay in ms; the result cancels it. */
  schedule(run: () => void, ms: number): () => void;
  /** Called after each commit, before its callers are answered. */
  onCommit?(commit: Commit): void;
  /** Called when the file can't be written any more, and with null when it can again. */
  onStorage?(problem: StorageError | null): void;
}

const MAX_BATCH = 1_000;
const BUSY_ATTEMPTS = 6;
const BUSY_PAUSE_MS = 20;
/** After so long without a call the write-ahead log is moved into the file, where nobody waits for it… */
const QUIET_MS = 500;
/** …if so many calls have been written since. */
const WORTH_A_CHECKPOINT = 200;

/**
 * The one write queue in front of the one write connection. What waits when the connection becomes
 * free is committed together, and nobody is answered before that commit.
 */
export class Writer {
  readonly #options: WriterOptions;
  #connection: Connection | null;
  #queue: Waiting[] = [];
  #running: Promise<void> | null = null;
  #broken = false;
  #sinceCheckpoint = 0;
  #cancelCheckpoint: (() => void) | null = null;

  private constructor(options: WriterOptions, connection: Connection) {
    this.#options = options;
    this.#connection = connection;
  }

  static async start(options: WriterOptions): Promise<Writer> {
    return new Writer(options, await options.open());
  }

  /** Queues a call; the promise settles after its batch is on disk. It never rejects. */
  submit(call: WriteCall): Promise<WriteOutcome> {
    return new Promise((settle) => {
      this.#cancelCheckpoint?.();
      this.#queue.push({ call, settle });
      this.#running ??= this.#drain();
    });
  }

  /** Finishes what is queued and closes the connection. */
  async close(): Promise<void> {
    while (this.#running) await this.#running;
    this.#cancelCheckpoint?.();
    // The driver leaves the log behind: a file that is closed should be whole by itself.
    await this.#checkpoint("TRUNCATE");
    this.#forget();
  }

  async #drain(): Promise<void> {
    // A turn of the event loop lets calls that arrived together share the first commit too.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#queue.length > 0) {
      const batch = this.#queue.splice(0, MAX_BATCH);
      const outcomes = await this.#commit(batch.map((waiting) => waiting.call));
      batch.forEach((waiting, i) => waiting.settle(outcomes[i]!));
      await new Promise((resolve) => setImmediate(resolve));
    }
    this.#running = null;
    if (this.#sinceCheckpoint < WORTH_A_CHECKPOINT) return;
    this.#cancelCheckpoint = this.#options.schedule(() => void this.#checkpoint("PASSIVE"), QUIET_MS);
  }

  async #checkpoint(mode: "PASSIVE" | "TRUNCATE"): Promise<void> {
    this.#sinceCheckpoint = 0;
    try {
      await this.#connection?.client.execute(`PRAGMA wal_checkpoint(${mode})`);
    } catch (error) {
      // Nothing is lost: what is committed stays in the log. But this connection is not used again.
      this.#fail([], error);
    }
  }

  async #commit(calls: WriteCall[]): Promise<WriteOutcome[]> {
    const began = this.#options.clock();
    for (let attempt = 1; ; attempt += 1) {
      try {
        this.#connection ??= await this.#options.open();
        const outcomes = await this.#connection.db.transaction((tx) => this.#runAll(tx, calls));
        this.#sinceCheckpoint += calls.length;
        this.#options.onCommit?.({ calls: calls.length, ms: this.#options.clock() - began });
        this.#storage(null);
        return outcomes;
      } catch (error) {
        if (isUnwritable(error)) return this.#fail(calls, error);
        if (!isBusy(error)) return calls.map(() => ({ ok: false, error }));
        this.#forget();
        if (attempt === BUSY_ATTEMPTS) {
          const busy = new WriterBusyError("Another process holds the write lock.", { cause: error });
          return calls.map(() => ({ ok: false, error: busy }));
        }
        await this.#options.sleep(BUSY_PAUSE_MS * attempt * (0.5 + this.#options.random()));
      }
    }
  }

  /** A connection that has met an error of the disk is not used again either. */
  #fail(calls: WriteCall[], cause: unknown): WriteOutcome[] {
    const error = new StorageError("The database cannot be written.", { cause });
    this.#forget();
    this.#storage(error);
    return calls.map(() => ({ ok: false, error }));
  }

  #storage(problem: StorageError | null): void {
    const broken = problem !== null;
    if (broken !== this.#broken) this.#options.onStorage?.(problem);
    this.#broken = broken;
  }

  /** libsql-client-ts#352: a connection that has met SQLITE_BUSY may acknowledge writes it then loses. */
  #forget(): void {
    this.#connection?.close();
    this.#connection = null;
  }

  async #runAll(tx: Transaction, calls: WriteCall[]): Promise<WriteOutcome[]> {
    const outcomes: WriteOutcome[] = [];
    for (const group of groupNeighbours(calls, this.#options.registry)) {
      outcomes.push(...(await this.#runGroup(tx, group)));
    }
    return outcomes;
  }

  async #runGroup(tx: Transaction, calls: WriteCall[]): Promise<WriteOutcome[]> {
    const registered = this.#options.registry[calls[0]!.name];
    if (!registered) {
      return calls.map((call) => ({ ok: false, error: new Error(`No command "${call.name}"`) }));
    }
    try {
      const values = await tx.transaction((nested) => run(registered, nested, calls));
      return values.map((value) => ({ ok: true, value }));
    } catch (error) {
      if (isStorageFailure(error)) throw error;
      if (calls.length === 1) return [{ ok: false, error }];
      const outcomes: WriteOutcome[] = [];
      for (const call of calls) outcomes.push(...(await this.#runGroup(tx, [call])));
      return outcomes;
    }
  }
}

/** SQLite may have rolled back the whole transaction by itself; only a broken constraint is one call's own fault. */
function isStorageFailure(error: unknown): boolean {
  const code = driverCode(error);
  return code !== null && code.startsWith("SQLITE_") && !code.startsWith("SQLITE_CONSTRAINT");
}

/** The disk is at fault, and not the statement. */
function isUnwritable(error: unknown): boolean {
  return /^SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|PERM)/.test(driverCode(error) ?? "");
}

async function run(
  registered: Command<unknown, unknown>,
  tx: Transaction,
  calls: WriteCall[],
): Promise<unknown[]> {
  if (registered.kind === "single") return [await registered.run(tx, calls[0]!)];
  const values = await registered.run(tx, calls);
  if (values.length !== calls.length) {
    throw new Error(`Command "${calls[0]!.name}" answered ${values.length} of ${calls.length} calls`);
  }
  return values;
}

/** Splits calls into runs of one bulk command, and single calls of everything else. */
function groupNeighbours(calls: WriteCall[], registry: Registry): WriteCall[][] {
  const groups: WriteCall[][] = [];
  for (const call of calls) {
    const last = groups.at(-1);
    const merges = registry[call.name]?.kind === "bulk" && last?.[0]?.name === call.name;
    if (merges) last.push(call);
    else groups.push([call]);
  }
  return groups;
}
