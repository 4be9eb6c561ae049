import PQueue from "p-queue";
import type { RunEnd, RunFigures } from "#server/commands/job-queue.ts";
import type { Write } from "#server/commands/registry.ts";
import { definitions, LANES, type Definition, type JobName, type Lane } from "./definitions.ts";
import { endOf } from "./run-end.ts";
import type { Handler } from "./tasks/job.ts";

/** What a runner can do. */
export type Handlers = { [N in JobName]?: Handler };

type Row = Awaited<ReturnType<typeof claim>>[number];
const claim = (write: Write, input: Parameters<typeof write<"claimJobs">>[1]) => write("claimJobs", input);

/** As pino has it. */
export interface RunnerLog {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface RunnerOptions {
  write: Write;
  /** Whether there is something to take up; a cheap read. */
  anythingDue: (now: number) => Promise<boolean>;
  handlers: Handlers;
  /** The ids of the jobs that it takes up; absent for any. */
  only?: readonly number[];
  /** Names this runner among all on the database. */
  owner: string;
  log: RunnerLog;
  /** Epoch ms. */
  now: () => number;
  /** Milliseconds that only go forward. */
  elapsed: () => number;
  /** 0 to below 1. */
  random: () => number;
  /** Resident memory of the process, bytes. */
  memory: () => number;
  /** Calls again and again; the result ends that. */
  repeat: (run: () => void, ms: number) => () => void;
}

const POLL_MS = 1_000;
const LEASE_MS = 60_000;
const RENEW_MS = 15_000;

interface Running {
  row: Row;
  abort: AbortController;
  peakBytes: number;
  ended: Promise<void>;
}

/** Takes up jobs from the database and runs them, so many of a lane at once, each under a lease that it renews. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #lanes: Map<Lane, PQueue>;
  readonly #running = new Map<number, Running>();
  #timers: (() => void)[] = [];
  #claiming: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    const lanes = Object.entries(LANES) as [Lane, number][];
    this.#lanes = new Map(lanes.map(([lane, concurrency]) => [lane, new PQueue({ concurrency })]));
  }

  start(): void {
    const { repeat } = this.#options;
    this.#timers = [repeat(() => this.poll(), POLL_MS), repeat(() => void this.renew(), RENEW_MS)];
    this.poll();
  }

  /** Looks for work now, not at the next time. */
  poll(): void {
    if (this.#stopped) return;
    this.#again = this.#claiming !== null;
    this.#claiming ??= this.#claim().finally(() => {
      this.#claiming = null;
      if (this.#again) this.poll();
    });
  }

  /** Resolves when nothing is due and nothing runs. */
  async idle(): Promise<void> {
    do {
      await this.#claiming;
      await Promise.all([...this.#running.values()].map(({ ended }) => ended));
    } while (this.#claiming || this.#running.size > 0);
  }

  /** Lets what runs end at its next step, gives it back, and takes up nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const stop of this.#timers) stop();
    await this.#claiming;
    for (const { abort } of this.#running.values()) abort.abort(new Error("The program stops."));
    await this.idle();
  }

  /** Keeps the leases, and lets go of what is somebody else's by now. */
  async renew(): Promise<void> {
    const bytes = this.#options.memory();
    for (const running of this.#running.values()) running.peakBytes = Math.max(running.peakBytes, bytes);
    const ids = [...this.#running.keys()];
    if (ids.length === 0) return;
    const { write, owner, log } = this.#options;
    try {
      const held = new Set(await write("renewLeases", { owner, ids, leaseMs: LEASE_MS }));
      for (const id of ids) if (!held.has(id)) this.#running.get(id)?.abort.abort(new Error("The job is no longer this runner's."));
    } catch (error) {
      log.warn({ err: error }, "The leases of jobs could not be renewed");
    }
  }

  async #claim(): Promise<void> {
    const { write, owner, now, anythingDue, log } = this.#options;
    try {
      const lanes = this.#freeLanes();
      if (lanes.length === 0 || !(await anythingDue(now()))) return;
      const rows = await claim(write, { lanes, owner, leaseMs: LEASE_MS });
      for (const row of rows) this.#take(row);
    } catch (error) {
      log.error({ err: error }, "Jobs could not be taken up");
    }
  }

  #freeLanes() {
    const { handlers, only } = this.#options;
    const names = Object.keys(handlers);
    return [...this.#lanes].flatMap(([lane, { concurrency, size, pending }]) => {
      const limit = concurrency - size - pending;
      return limit > 0 ? [{ lane, names, limit, ...(only && { ids: only }) }] : [];
    });
  }

  #take(row: Row): void {
    const abort = new AbortController();
    const running: Running = { row, abort, peakBytes: this.#options.memory(), ended: Promise.resolve() };
    this.#running.set(row.id, running);
    running.ended = this.#lanes.get(row.lane as Lane)!.add(() => this.#run(running)).finally(() => {
      this.#running.delete(row.id);
      this.poll();
    });
  }

  async #run(running: Running): Promise<void> {
    const { write, now, elapsed, memory, log } = this.#options;
    const { row } = running;
    const startedAt = now();
    const began = elapsed();
    const end = await this.#end(running);
    const durationMs = Math.round(elapsed() - began);
    const peakBytes = Math.max(running.peakBytes, memory());
    const run: RunFigures = { jobId: row.id, claim: row.claim, name: row.name, startedAt, durationMs, peakBytes };
    try {
      const held = end !== null && (await write("endRun", { run, end }));
      tell(log, { job: row.name, key: row.key, id: row.id, durationMs }, held ? end : null);
    } catch (error) {
      // Its lease runs out, and it is taken up again from its last step.
      log.error({ err: error, job: row.name, id: row.id }, "The end of a job could not be written");
    }
  }

  async #end({ row, abort }: Running): Promise<RunEnd | null> {
    const { handlers, random } = this.#options;
    const definition: Definition = definitions[row.name as JobName];
    try {
      const payload = definition.payload.parse(row.payload);
      const { signal } = abort;
      const step = (cursor: unknown) => ({ jobId: row.id, claim: row.claim, cursor });
      await handlers[row.name as JobName]!({ id: row.id, payload, cursor: row.cursor, requestedBy: row.requestedBy, signal, step });
      return { result: "done", keep: definition.keep };
    } catch (error) {
      if (abort.signal.aborted) return { result: "released" };
      const end = endOf(error, definition, row, random());
      if (end?.result === "failed") this.#options.log.error({ err: error, job: row.name, key: row.key, id: row.id }, "A job failed");
      return end;
    }
  }
}

function tell(log: RunnerLog, fields: object, end: RunEnd | null): void {
  if (end === null) log.warn(fields, "A job was taken over or cancelled while it ran");
  else if (end.result === "delayed") log.warn({ ...fields, delayMs: end.delayMs, error: end.error }, "A job was put off");
  else if (end.result !== "failed") log.info({ ...fields, result: end.result }, "A job ran");
}
