import PQueue from "p-queue";
import type { RunEnd, RunFigures } from "#server/commands/job-queue.ts";
import type { Write } from "#server/commands/registry.ts";
import { definitions, LANES, PATIENT_LANE, type Definition, type JobName, type Lane } from "./definitions.ts";
import { LeaseWatch, type Lease } from "./lease-watch.ts";
import { endOf, payloadOf } from "./run-end.ts";
import { tellEnd, type RunnerLog } from "./runner-log.ts";
import type { Handler } from "./tasks/job.ts";

/** What a runner can do. */
export type Handlers = { [N in JobName]?: Handler };

type Row = Awaited<ReturnType<typeof claim>>[number];
type Claiming = Parameters<typeof claim>[1];
const claim = (write: Write, input: Parameters<typeof write<"claimJobs">>[1]) => write("claimJobs", input);

export interface RunnerOptions {
  write: Write;
  /** Whether one of these jobs is due, and by which leases all that run are held; a cheap read. */
  look: (wanted: { lanes: string[]; names: string[] }, now: number) => Promise<{ due: boolean; leases: Lease[] }>;
  handlers: Handlers;
  /** Whether what may wait should; it need not unless given. */
  isBusy?: () => boolean;
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
/** While the database is at fault the time to the next look doubles, up to this. */
const MOST_POLL_MS = 30_000;

interface Running {
  row: Row;
  abort: AbortController;
  peakBytes: number;
  /** What it threw. */
  cause?: unknown;
  ended: Promise<void>;
}

/** Takes up jobs from the database and runs them, so many of a lane at once, each under a lease that it renews. */
export class Runner {
  readonly #options: RunnerOptions;
  readonly #names: string[];
  readonly #lanes: Map<Lane, PQueue>;
  readonly #running = new Set<Running>();
  readonly #watch = new LeaseWatch(LEASE_MS);
  #failures = 0;
  /** Not before, by the clock that only goes forward. */
  #nextPollAt = Number.NEGATIVE_INFINITY;
  #timers: (() => void)[] = [];
  #claiming: Promise<void> | null = null;
  #again = false;
  #stopped = false;

  constructor(options: RunnerOptions) {
    this.#options = options;
    this.#names = Object.keys(options.handlers);
    const lanes = Object.entries(LANES) as [Lane, number][];
    this.#lanes = new Map(lanes.map(([lane, concurrency]) => [lane, new PQueue({ concurrency })]));
  }

  start(): void {
    const { repeat } = this.#options;
    this.#timers = [repeat(() => this.poll(), POLL_MS), repeat(() => void this.renew(), RENEW_MS)];
    this.poll();
  }

  /** Looks for work now, not at the next time; while the database is at fault, only when it is time to. */
  poll(): void {
    if (this.#stopped || this.#options.elapsed() < this.#nextPollAt) return;
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
      await Promise.all([...this.#running].map(({ ended }) => ended));
    } while (this.#claiming || this.#running.size > 0);
  }

  /** Lets what runs end at its next step, gives it back, and takes up nothing more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    for (const stop of this.#timers) stop();
    await this.#claiming;
    for (const { abort } of this.#running) abort.abort(new Error("The program stops."));
    await this.idle();
  }

  /** Keeps the leases, and lets go of what is somebody else's by now. */
  async renew(): Promise<void> {
    const bytes = this.#options.memory();
    const mine = [...this.#running];
    for (const running of mine) running.peakBytes = Math.max(running.peakBytes, bytes);
    if (mine.length === 0) return;
    const { write, log } = this.#options;
    try {
      const held = mine.map(({ row }) => ({ jobId: row.id, claim: row.claim }));
      const lost = await write("renewLeases", { held, leaseMs: LEASE_MS });
      for (const { jobId, claim: number } of lost) {
        const running = mine.find(({ row }) => row.id === jobId && row.claim === number);
        running?.abort.abort(new Error("The job is no longer this runner's."));
      }
    } catch (error) {
      log.warn({ err: error }, "The leases of jobs could not be renewed");
    }
  }

  async #claim(): Promise<void> {
    try {
      const lanes = this.#freeLanes();
      if (lanes.length > 0) await this.#claimFor(lanes);
      this.#failures = 0;
    } catch (error) {
      const { log, elapsed } = this.#options;
      this.#failures += 1;
      this.#nextPollAt = elapsed() + Math.min(MOST_POLL_MS, POLL_MS * 2 ** Math.min(this.#failures, 10));
      log.error({ err: error }, "Jobs could not be taken up");
    }
  }

  async #claimFor(lanes: Claiming["lanes"]): Promise<void> {
    const { write, owner, now, elapsed, look } = this.#options;
    const { due, leases } = await look({ lanes: lanes.map(({ lane }) => lane), names: this.#names }, now());
    const gone = this.#watch.gone(leases.filter((lease) => !this.#holds(lease)), now(), elapsed());
    if (!due && gone.length === 0) return;
    for (const row of await claim(write, { lanes, owner, leaseMs: LEASE_MS, gone })) this.#take(row);
  }

  #holds(lease: Lease): boolean {
    return [...this.#running].some(({ row }) => row.id === lease.id && row.claim === lease.claim);
  }

  #freeLanes(): Claiming["lanes"] {
    const { isBusy, only } = this.#options;
    const busy = isBusy?.() ?? false;
    return [...this.#lanes].flatMap(([lane, { concurrency, size, pending }]) => {
      const limit = busy && lane === PATIENT_LANE ? 0 : concurrency - size - pending;
      return limit > 0 ? [{ lane, names: this.#names, limit, ...(only && { ids: only }) }] : [];
    });
  }

  #take(row: Row): void {
    // It was cancelled and put back before its run here has noticed.
    for (const older of this.#running) if (older.row.id === row.id) older.abort.abort(new Error("The job has begun anew."));
    const running: Running = { row, abort: new AbortController(), peakBytes: this.#options.memory(), ended: Promise.resolve() };
    this.#running.add(running);
    running.ended = this.#lanes.get(row.lane as Lane)!.add(() => this.#run(running)).finally(() => {
      this.#running.delete(running);
      this.poll();
    });
  }

  async #run(running: Running): Promise<void> {
    const { write, now, elapsed, memory, log } = this.#options;
    const { row } = running;
    const definition: Definition = definitions[row.name as JobName];
    const startedAt = now();
    const began = elapsed();
    const end = await this.#end(running, definition);
    const durationMs = Math.round(elapsed() - began);
    const peakBytes = Math.max(running.peakBytes, memory());
    const run: RunFigures = { jobId: row.id, claim: row.claim, name: row.name, startedAt, durationMs, peakBytes };
    try {
      const noted = await write("endRun", { run, end });
      tellEnd(log, { job: row.name, key: row.key, id: row.id, durationMs }, { end, noted, cause: running.cause }, definition);
    } catch (error) {
      // Its lease runs out, and it is taken up again from its last step.
      log.error({ err: error, job: row.name, id: row.id }, "The end of a job could not be written");
    }
  }

  async #end(running: Running, definition: Definition): Promise<RunEnd> {
    const { handlers, random } = this.#options;
    const { row, abort } = running;
    const name = row.name as JobName;
    try {
      const payload = payloadOf(name, row.payload);
      const { signal } = abort;
      const step = (cursor: unknown) => ({ jobId: row.id, claim: row.claim, cursor });
      await handlers[name]!({ id: row.id, payload, cursor: row.cursor, requestedBy: row.requestedBy, signal, step });
      return { result: "done", keep: definition.keep };
    } catch (error) {
      if (abort.signal.aborted) return { result: "released" };
      running.cause = error;
      return endOf(error, definition, row, random());
    }
  }
}
