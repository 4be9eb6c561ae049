import * as z from "zod";
import { PROVIDERS } from "#server/domain/provider-records.ts";

/** How many jobs of a lane run at once in one process. Who waits for an import has a lane of its own. */
export const LANES = { upkeep: 2, asked: 4, sync: 2, scores: 1 } as const;
export type Lane = keyof typeof LANES;

/** Waits while the site is busy. */
export const PATIENT_LANE: Lane = "sync";

/** Lower goes first. */
export const PRIORITY = { asked: 0, upkeep: 10, timely: 20, stale: 30 } as const;

export interface Definition<P extends z.ZodType = z.ZodType> {
  lane: Lane;
  priority: number;
  payload: P;
  /** As cron has it, in UTC; absent for what is only put into the queue by others. */
  schedule?: string;
  /** How often it may fail by itself before somebody has to look at it. */
  attempts: number;
  /** Whether the job stays to be seen once it is done. */
  keep: boolean;
  /** Whether it runs so often that the log tells of it only when asked for everything. */
  often?: boolean;
}

const nothing = z.object({});

const MINUTES = /^\*/;

const upkeep = (schedule: string) => ({ often: MINUTES.test(schedule), lane: "upkeep", priority: PRIORITY.upkeep, payload: nothing, schedule, attempts: 3, keep: false }) as const;

const sync = <P extends z.ZodType>(payload: P) => ({ lane: "sync", priority: PRIORITY.stale, payload, attempts: 8, keep: false }) as const;

const scores = <P extends z.ZodType>(payload: P) => ({ lane: "scores", priority: PRIORITY.timely, payload, attempts: 8, keep: false }) as const;

/** Who is to be imported: by the id at a provider, or by name where it is clear who is meant. */
export const importTarget = z.union([
  z.object({ provider: z.enum(PROVIDERS), id: z.string().min(1).max(100) }),
  z.object({ name: z.string().trim().min(1).max(200) }),
]);
export type ImportTarget = z.infer<typeof importTarget>;

/** What of an artist is looked at again. */
export const REFRESHED = ["catalogue", "shows", "setlists"] as const;
export type Refreshed = (typeof REFRESHED)[number];

/** Everything that is done in the background, by name. Handlers are in tasks/. */
export const definitions = {
  "advance-shows": upkeep("* * * * *"),
  "delete-expired-sessions": upkeep("17 * * * *"),
  "find-fraud": upkeep("* * * * *"),
  "settle-shows": upkeep("*/5 * * * *"),
  "trim-allowances": upkeep("23 3 * * *"),
  "trim-events": upkeep("*/10 * * * *"),
  "trim-jobs": upkeep("41 3 * * *"),
  "trim-answers": upkeep("47 3 * * *"),
  "trim-link-files": upkeep("53 * * * *"),
  "update-trending": upkeep("*/10 * * * *"),
  // Due times say which artists: daily far ahead, every six hours in the last week, hourly on the day.
  "sync-shows": upkeep("0 * * * *"),
  "sync-artists": upkeep("0 3 * * *"),
  "sync-venues": upkeep("30 3 * * *"),
  "sync-setlists": upkeep("0 12 * * *"),
  "poll-setlists": upkeep("*/5 * * * *"),
  "import-artist": { lane: "asked", priority: PRIORITY.asked, payload: z.object({ target: importTarget }), attempts: 8, keep: true },
  "refresh-artist": sync(z.object({ artistId: z.int().positive(), what: z.enum(REFRESHED) })),
  "refresh-venue": sync(z.object({ venueId: z.int().positive() })),
  "fetch-setlist": sync(z.object({ showId: z.int().positive() })),
  "score-show": scores(z.object({ showId: z.int().positive() })),
  "study-artist": scores(z.object({ artistId: z.int().positive() })),
} as const satisfies Record<string, Definition>;

export type JobName = keyof typeof definitions;
export type JobPayload<N extends JobName> = z.infer<(typeof definitions)[N]["payload"]>;

export type ScheduledJob = { [N in JobName]: (typeof definitions)[N] extends { schedule: string } ? N : never }[JobName];

/** When each scheduled job comes due (cron, in UTC). */
export const scheduled = Object.fromEntries(
  Object.entries(definitions).flatMap(([name, definition]) => ("schedule" in definition ? [[name, definition.schedule]] : [])),
) as Record<ScheduledJob, string>;

/** The job whose times are a setting; it runs in its process and is no row. */
export const BACKUP_JOB = "backup";

/** What puts a job into the queue needs to say of it. */
export interface QueuedJob {
  name: string;
  key: string;
  payload: Record<string, unknown>;
  lane: string;
  priority: number;
}

/** A job for the queue. `key` is what it is about: of one name and key there is one job at a time. */
export function queued<N extends JobName>(name: N, key: string, payload: JobPayload<N>, priority?: number): QueuedJob {
  const { lane, priority: usual } = definitions[name];
  return { name, key, payload, lane, priority: priority ?? usual };
}
