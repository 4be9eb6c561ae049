import { Cron } from "croner";
import type { Write } from "#server/commands/registry.ts";
import { BACKUP_JOB, queued, scheduled, type ScheduledJob } from "./definitions.ts";

export interface ScheduleOptions {
  write: Write;
  /** Absent where none are made; its times as cron has them, in UTC. */
  backup?: { times: string; task: () => Promise<unknown> };
  /** Epoch ms. */
  now: () => number;
  /** Calls again and again; the result ends that. */
  repeat: (run: () => void, ms: number) => () => void;
  /** Called when jobs were put into the queue. */
  onTick?: () => void;
  /** Hears of schedules that could not be kept; they are tried again. */
  onError: (error: unknown, job: string) => void;
}

const LOOK_MS = 2_000;
const MINUTE_MS = 60_000;
const NAMES = Object.keys(scheduled) as ScheduledJob[];

/** Puts every scheduled job into the queue at its times, and those that were missed once; the result stops that. */
export function startSchedule({ write, backup, now, repeat, onTick, onError }: ScheduleOptions): () => void {
  const schedule = new Schedule(write, now);
  const look = () =>
    void schedule.look().then(
      (ticked) => void (ticked > 0 && onTick?.()),
      (error: unknown) => onError(error, "schedule"),
    );
  const stops = [repeat(look, LOOK_MS)];
  if (backup) {
    const { times, task } = backup;
    const cron = new Cron(times, { protect: true, timezone: "UTC", catch: (error) => onError(error, BACKUP_JOB) }, async () => void (await task()));
    stops.push(() => cron.stop());
  }
  look();
  return () => stops.forEach((stop) => stop());
}

/** What came due last of each scheduled job, as this process has told the database. */
export class Schedule {
  readonly #write: Write;
  readonly #now: () => number;
  readonly #crons = NAMES.map((name) => ({ name, cron: new Cron(scheduled[name], { paused: true, timezone: "UTC" }) }));
  #told: ReadonlyMap<ScheduledJob, number> = new Map();
  #lookedAt: number | null = null;
  #looking = false;

  constructor(write: Write, now: () => number) {
    this.#write = write;
    this.#now = now;
  }

  /** Puts into the queue what has come due since the last look, in one transaction; how many jobs. What failed is tried again in the next minute. */
  async look(): Promise<number> {
    const now = this.#now();
    const minute = Math.floor(now / MINUTE_MS);
    if (this.#looking || minute === this.#lookedAt) return 0;
    this.#lookedAt = minute;
    const due = new Map(this.#crons.map(({ name, cron }) => [name, lastDue(cron, now)]));
    // Other than the last time, and not later: a clock may have been set back.
    const changed = [...due].filter(([name, at]) => at !== this.#told.get(name));
    if (changed.length === 0) return 0;
    this.#looking = true;
    try {
      const ticked = await this.#write("tickSchedules", changed.map(([name, at]) => ({ job: queued(name, "", {}), at })));
      this.#told = due;
      return ticked.length;
    } finally {
      this.#looking = false;
    }
  }
}

/** When a schedule last came due by an instant (both epoch ms). */
function lastDue(cron: Cron, now: number): number {
  // What comes due at that very instant counts too.
  const [at] = cron.previousRuns(1, new Date(now + 1));
  return at?.getTime() ?? 0;
}
