import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { users } from "./users.ts";

/** Work to be done in the background. Times are epoch ms. */
export const jobs = sqliteTable(
  "jobs",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    /** Of its definition. */
    name: text().notNull(),
    /** What it is about: of one name and key there is one job at a time that is not over. */
    key: text().notNull(),
    payload: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
    lane: text().notNull(),
    /** Lower goes first. */
    priority: integer().notNull(),
    state: text({ enum: ["queued", "running", "done", "failed", "cancelled"] }).notNull(),
    /** Not before. */
    runAt: integer("run_at").notNull(),
    /** How often it has failed by itself. */
    attempts: integer().notNull().default(0),
    /** How often it was put off since it last got on, such as by a provider that asks to wait. */
    delays: integer().notNull().default(0),
    /** +1 with each taking-up: whoever holds an older number has lost it. */
    claim: integer().notNull().default(0),
    /** Who runs it. */
    owner: text(),
    leaseUntil: integer("lease_until"),
    /** Where to go on; null for the beginning. */
    cursor: text({ mode: "json" }).$type<unknown>(),
    /** Why it was put off or failed last. */
    error: text(),
    requestedBy: integer("requested_by").references(() => users.id, { onDelete: "set null" }),
    createdAt: integer("created_at").notNull(),
    finishedAt: integer("finished_at"),
  },
  (t) => [
    uniqueIndex("jobs_live_key").on(t.name, t.key).where(sql`${t.state} IN ('queued', 'running')`),
    index("jobs_queued").on(t.lane, t.priority, t.runAt).where(sql`${t.state} = 'queued'`),
    index("jobs_running").on(t.leaseUntil).where(sql`${t.state} = 'running'`),
    index("jobs_state").on(t.state, t.id),
    index("jobs_finished").on(t.finishedAt).where(sql`${t.finishedAt} IS NOT NULL`),
    index("jobs_requested_by").on(t.requestedBy).where(sql`${t.requestedBy} IS NOT NULL`),
    check("jobs_state", sql`${t.state} IN ('queued', 'running', 'done', 'failed', 'cancelled')`),
  ],
);

/** One taking-up of a job and what came of it. */
export const jobRuns = sqliteTable(
  "job_runs",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    jobId: integer("job_id").notNull(),
    name: text().notNull(),
    startedAt: integer("started_at").notNull(),
    durationMs: integer("duration_ms").notNull(),
    /** Delayed: put off by a provider; released: given back at a stop; lost: its runner is gone. */
    result: text({ enum: ["done", "failed", "delayed", "released", "cancelled", "lost"] }).notNull(),
    /** Most resident memory of the runner's process while it ran, in bytes. */
    peakBytes: integer("peak_bytes"),
    error: text(),
  },
  (t) => [index("job_runs_name").on(t.name, t.startedAt), index("job_runs_job").on(t.jobId), index("job_runs_started").on(t.startedAt)],
);

/** The runs of one kind of job on one UTC day. WITHOUT ROWID. */
export const jobDays = sqliteTable(
  "job_days",
  {
    /** yyyy-mm-dd. */
    day: text().notNull(),
    name: text().notNull(),
    result: text().notNull(),
    runs: integer().notNull(),
    totalMs: integer("total_ms").notNull(),
    longestMs: integer("longest_ms").notNull(),
    peakBytes: integer("peak_bytes"),
  },
  (t) => [primaryKey({ columns: [t.day, t.name, t.result] })],
);

/** When each schedule last came due, so that several processes put its job into the queue once. WITHOUT ROWID. */
export const scheduleTicks = sqliteTable("schedule_ticks", {
  name: text().primaryKey(),
  /** Epoch ms. */
  at: integer().notNull(),
});
