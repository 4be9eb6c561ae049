import type { Worker } from "node:worker_threads";
import type { Input, Output, Registry } from "./command.ts";
import type { Commit, WriteCall } from "./writer.ts";

export interface WriteRequest extends WriteCall {
  id: number;
}

/** An error as it crosses the thread: `details` when it was thrown on purpose. */
export interface WireError {
  details?: unknown;
  name?: string;
  message: string;
  stack?: string;
}

export type WireOutcome =
  | { id: number; ok: true; value: unknown }
  | { id: number; ok: false; error: WireError };

export type ToThread = { type: "calls"; calls: WriteRequest[] } | { type: "close" };
export type FromThread =
  | { type: "ready"; migrated: number }
  | { type: "failed"; error: WireError }
  | { type: "committed"; commit: Commit }
  | { type: "storage"; problem: string | null }
  | { type: "outcomes"; outcomes: WireOutcome[] };

export interface WriterClientOptions {
  worker: Worker;
  /** Epoch ms; stamps each call as it arrives. */
  now: () => number;
  /** Makes a thrown error again from what crossed the thread. */
  revive(error: WireError): Error;
  /** Called after every commit of this process. */
  onCommit(commit: Commit): void;
  /** Calls that may wait at once; those beyond are refused at once with `refusal`. */
  maxWaiting: number;
  refusal(): Error;
  /** Called with what the driver says when the file can't be written any more, and with null when it can again. */
  onStorage(problem: string | null): void;
}

/** Calls answered in one turn of the event loop: what follows an answer must not keep all else waiting. */
const ANSWERED_AT_ONCE = 16;

interface Pending {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The writer as the rest of the process sees it: a promise for each call, whatever thread runs it. */
export class WriterClient<R extends Registry> {
  readonly #options: WriterClientOptions;
  readonly #pending = new Map<number, Pending>();
  #outbox: WriteRequest[] = [];
  /** Outcomes that have come and were not passed on yet. */
  #outcomes: WireOutcome[] = [];
  #nextId = 1;
  #gone: Error | null = null;
  readonly #ended = Promise.withResolvers<Error>();

  private constructor(options: WriterClientOptions) {
    this.#options = options;
  }

  /** Resolves once the thread has opened and migrated the database, rejects with its reason if it can't. */
  static async connect<R extends Registry>(options: WriterClientOptions): Promise<WriterClient<R>> {
    const client = new WriterClient<R>(options);
    await client.#ready();
    return client;
  }

  /** Runs a command by name; resolves after its commit. */
  run<N extends keyof R & string>(name: N, input: Input<R[N]>): Promise<Output<R[N]>> {
    if (this.#gone) return Promise.reject(this.#gone);
    if (this.#pending.size >= this.#options.maxWaiting) return Promise.reject(this.#options.refusal());
    const id = this.#nextId++;
    return new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      // What arrives in one turn of the event loop crosses to the thread as one message.
      if (this.#outbox.length === 0) setImmediate(() => this.#flush());
      this.#outbox.push({ id, name, input, now: this.#options.now() });
    }) as Promise<Output<R[N]>>;
  }

  /** Resolves with the reason when the thread has ended, be it by `close`. */
  get ended(): Promise<Error> {
    return this.#ended.promise;
  }

  /** Why the thread has ended; null while it runs. */
  get failure(): Error | null {
    return this.#gone;
  }

  /** Calls not yet answered. */
  get depth(): number {
    return this.#pending.size;
  }

  /** Lets the thread finish what it has and waits for its end. */
  async close(): Promise<void> {
    if (this.#gone) return;
    this.#flush();
    const exited = new Promise<void>((resolve) => this.#options.worker.once("exit", () => resolve()));
    this.#post({ type: "close" });
    await exited;
  }

  #flush(): void {
    if (this.#outbox.length === 0) return;
    this.#post({ type: "calls", calls: this.#outbox });
    this.#outbox = [];
  }

  #post(message: ToThread): void {
    this.#options.worker.postMessage(message);
  }

  #ready(): Promise<void> {
    const { worker } = this.#options;
    return new Promise((resolve, reject) => {
      worker.on("message", (message: FromThread) => {
        if (message.type === "ready") resolve();
        else if (message.type === "failed") reject(this.#options.revive(message.error));
        else this.#receive(message);
      });
      worker.on("error", (error: Error) => this.#end(error, reject));
      worker.on("exit", () => this.#end(new Error("The writer thread has ended."), reject));
    });
  }

  #receive(message: Extract<FromThread, { type: "committed" | "storage" | "outcomes" }>): void {
    if (message.type === "committed") return this.#options.onCommit(message.commit);
    if (message.type === "storage") return this.#options.onStorage(message.problem);
    this.#outcomes.push(...message.outcomes);
    // While some are left from an earlier commit their turns go on.
    if (this.#outcomes.length === message.outcomes.length) this.#answer();
  }

  #answer(count = ANSWERED_AT_ONCE): void {
    for (const outcome of this.#outcomes.splice(0, count)) {
      const pending = this.#pending.get(outcome.id);
      this.#pending.delete(outcome.id);
      if (outcome.ok) pending?.resolve(outcome.value);
      else pending?.reject(this.#options.revive(outcome.error));
    }
    if (this.#outcomes.length > 0) setImmediate(() => this.#answer());
  }

  #end(reason: Error, reject: (error: Error) => void): void {
    this.#gone ??= reason;
    this.#ended.resolve(this.#gone);
    reject(reason);
    // What was committed is told before the rest is given up.
    this.#answer(this.#outcomes.length);
    for (const pending of this.#pending.values()) pending.reject(reason);
    this.#pending.clear();
  }
}
