import type { WatchedJob } from "#db/queries/job-states.ts";
import { iso } from "../domain/instant.ts";
import { isOpen } from "./follow-jobs.ts";
import type { Output } from "./output.ts";
import { StatusLine } from "./status-line.ts";

/** Many jobs on a terminal while they go on. */
export class SyncScreen {
  readonly #line: StatusLine;
  readonly #total: number;
  #putOffUntil: number | null = null;

  constructor(out: Output, total: number) {
    this.#line = new StatusLine(out);
    this.#total = total;
  }

  show(jobs: readonly WatchedJob[], at: number): void {
    const open = jobs.filter(isOpen);
    const next = open.reduce<WatchedJob | null>((first, job) => (first === null || job.runAt < first.runAt ? job : first), null);
    if (next && next.runAt > at && open.every(({ state }) => state === "queued")) return this.#putOff(next, at);
    this.#line.at("Looking again", this.#total - open.length, this.#total);
  }

  end(): void {
    this.#line.end();
  }

  /** A line that says why, once, and seconds that count down. */
  #putOff({ runAt, error }: WatchedJob, at: number): void {
    if (this.#putOffUntil !== runAt) this.#line.note(`Put off until ${iso(runAt)}: ${error ?? "it is not due before."}`);
    this.#putOffUntil = runAt;
    this.#line.at("Goes on in seconds:", Math.ceil((runAt - at) / 1_000));
  }
}
