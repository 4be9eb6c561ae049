import { index, integer, sqliteTable, text, primaryKey } from "drizzle-orm/sqlite-core";
import { users } from "./users.ts";

/** The outbox: what has changed, in commit order. */
export const events = sqliteTable("events", {
  seq: integer().primaryKey({ autoIncrement: true }),
  at: integer().notNull(),
  kind: text({
    enum: ["tally.changed", "ballot.changed", "voting.changed", "show.changed", "setlist.changed", "access.changed", "import.changed"],
  }).notNull(),
  /** Null where the change is not of one show. */
  showId: integer("show_id"),
  /** JSON whose shape the kind decides. */
  payload: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
});

/** Who changed what by hand. */
export const auditLog = sqliteTable(
  "audit_log",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    at: integer().notNull(),
    actorId: integer("actor_id").references(() => users.id, { onDelete: "set null" }),
    action: text().notNull(),
    subject: text().notNull(),
    subjectId: integer("subject_id").notNull(),
    details: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
  },
  (t) => [index("audit_log_subject").on(t.subject, t.subjectId, t.at), index("audit_log_actor").on(t.actorId)],
);

export const settings = sqliteTable("settings", {
  key: text().primaryKey(),
  value: text().notNull(),
});

/** Addresses of pages that existed once and were removed, so they answer 410 and not 404. */
export const removedPages = sqliteTable(
  "removed_pages",
  {
    kind: text({ enum: ["artist", "venue", "show"] }).notNull(),
    slug: text().notNull(),
    removedAt: integer("removed_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.slug] })],
);
