import { asc, desc, gt, sql } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { preparedQuery } from "../prepared-query.ts";
import { events } from "../schema/index.ts";

export type EventKind = (typeof events.$inferSelect)["kind"];

export interface NewEvent {
  kind: EventKind;
  /** Null where the change is not of one show. */
  showId: number | null;
  payload: Record<string, unknown>;
}

export interface OutboxEvent extends NewEvent {
  seq: number;
}

/** Appends to the outbox; `at` is epoch ms. */
export async function appendEvents(tx: Transaction, at: number, added: NewEvent[]): Promise<void> {
  if (added.length === 0) return;
  // One text for any number of events, so that the statement stays prepared.
  const input = JSON.stringify(added.map(({ kind, showId, payload }) => [kind, showId, payload]));
  await tx.run(sql`
    INSERT INTO events (at, kind, show_id, payload)
    SELECT ${at}, value ->> 0, value ->> 1, value -> 2 FROM json_each(${input})`);
}

/** Says that what an account may do has changed, or with null that of any account may have. */
export function announceAccess(tx: Transaction, at: number, userId: number | null): Promise<void> {
  return appendEvents(tx, at, [{ kind: "access.changed", showId: null, payload: { userId } }]);
}

const after = preparedQuery((db) =>
  db
    .select({ seq: events.seq, kind: events.kind, showId: events.showId, payload: events.payload })
    .from(events)
    .where(gt(events.seq, sql.placeholder("seq")))
    .orderBy(asc(events.seq))
    .limit(sql.placeholder("limit"))
    .prepare(),
);

/** Events after a sequence number, oldest first. */
export function eventsAfter(db: Queryable, seq: number, limit: number): Promise<OutboxEvent[]> {
  return after(db).all({ seq, limit });
}

export async function lastEventSeq(db: Queryable): Promise<number> {
  const [last] = await db.select({ seq: events.seq }).from(events).orderBy(desc(events.seq)).limit(1);
  return last?.seq ?? 0;
}

/** Removes at most `limit` of the oldest events from before `before` (epoch ms); the newest always stays. */
export async function trimEvents(tx: Transaction, before: number, limit: number): Promise<number> {
  const { rowsAffected } = await tx.run(sql`
    DELETE FROM events WHERE seq IN (SELECT seq FROM events ORDER BY seq LIMIT ${limit})
      AND at < ${before} AND seq < (SELECT max(seq) FROM events)`);
  return rowsAffected;
}
