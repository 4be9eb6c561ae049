import { sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import type { JobState } from "./jobs.ts";

/** What whoever watches a job needs to know of it; times are epoch ms. */
export interface WatchedJob {
  id: number;
  name: string;
  key: string;
  state: JobState;
  runAt: number;
  attempts: number;
  delays: number;
  error: string | null;
  owner: string | null;
  leaseUntil: number | null;
}

/** Some jobs as they are now; those that are over and not kept are missing. */
export function jobsByIds(db: Queryable, ids: readonly number[]): Promise<WatchedJob[]> {
  return db.all(sql`
    SELECT id, name, key, state, run_at AS runAt, attempts, delays, error, owner, lease_until AS leaseUntil FROM jobs
    WHERE id IN (SELECT value FROM json_each(${JSON.stringify(ids)})) ORDER BY id`);
}

/** How many jobs there are in each state. */
export async function countJobs(db: Queryable): Promise<Record<JobState, number>> {
  const rows = await db.all<{ state: JobState; n: number }>(sql`SELECT state, count(*) AS n FROM jobs GROUP BY state`);
  return { queued: 0, running: 0, failed: 0, done: 0, cancelled: 0, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
}

/** How many jobs of some lanes, other than these, are run under a lease that holds at `now` (epoch ms). */
export async function heldByOthers(db: Queryable, lanes: readonly string[], ids: readonly number[], now: number): Promise<number> {
  const [row] = await db.all<{ n: number }>(sql`
    SELECT count(*) AS n FROM jobs
    WHERE state = 'running' AND lease_until >= ${now} AND lane IN (SELECT value FROM json_each(${JSON.stringify(lanes)}))
      AND id NOT IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`);
  return row!.n;
}

/** Jobs that need somebody: whose runner is gone, and the instant (epoch ms) since when one has been due and waits. */
export async function neglectedJobs(db: Queryable, now: number): Promise<{ lost: number; waitingSince: number | null }> {
  const [row] = await db.all<{ lost: number; waitingSince: number | null }>(sql`
    SELECT (SELECT count(*) FROM jobs WHERE state = 'running' AND lease_until < ${now}) AS lost,
      (SELECT min(run_at) FROM jobs WHERE state = 'queued' AND run_at <= ${now}) AS waitingSince`);
  return row!;
}

/** How much of each kind is stored. */
export async function catalogueSizes(db: Queryable): Promise<Record<"artists" | "songs" | "shows" | "setlists", number>> {
  const [row] = await db.all<Record<"artists" | "songs" | "shows" | "setlists", number>>(sql`
    SELECT (SELECT count(*) FROM artists) AS artists, (SELECT count(*) FROM songs) AS songs,
      (SELECT count(*) FROM shows) AS shows, (SELECT count(*) FROM actual_setlists) AS setlists`);
  return row!;
}
