import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Signal } from "#server/domain/fraud-facts.ts";
import { shows } from "./shows.ts";
import { users } from "./users.ts";
import { showAllowances } from "./votes.ts";

/** One finding: fans of a show whose votes look like one hand's, and what became of them. */
export const quarantineCases = sqliteTable(
  "quarantine_cases",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    showId: integer("show_id")
      .notNull()
      .references(() => shows.id, { onDelete: "cascade" }),
    openedAt: integer("opened_at").notNull(),
    /** 0 to 1; what the signals come to together. */
    score: real().notNull(),
    signals: text({ mode: "json" }).$type<Signal[]>().notNull(),
    /** Epoch ms at which its fans' votes were taken out of the tally; null while they count. */
    heldAt: integer("held_at"),
    /** A moderator's word; null until there is one. */
    decision: text({ enum: ["held", "released"] }),
    decidedAt: integer("decided_at"),
    decidedBy: integer("decided_by").references(() => users.id, { onDelete: "set null" }),
    note: text(),
  },
  (t) => [
    index("quarantine_cases_show").on(t.showId),
    index("quarantine_cases_decision").on(t.decision, t.id),
    index("quarantine_cases_decided_by").on(t.decidedBy).where(sql`${t.decidedBy} IS NOT NULL`),
    check("quarantine_cases_score", sql`${t.score} BETWEEN 0 AND 1`),
    check("quarantine_cases_decision", sql`${t.decision} IN ('held', 'released')`),
  ],
);

/** The fans of a case. A fan is in one case of a show at most. */
export const quarantineFans = sqliteTable(
  "quarantine_fans",
  {
    showId: integer("show_id").notNull(),
    userId: integer("user_id").notNull(),
    caseId: integer("case_id")
      .notNull()
      .references(() => quarantineCases.id, { onDelete: "cascade" }),
  },
  (t) => [
    primaryKey({ columns: [t.showId, t.userId] }),
    foreignKey({
      name: "quarantine_fans_allowance",
      columns: [t.showId, t.userId],
      foreignColumns: [showAllowances.showId, showAllowances.userId],
    }).onDelete("cascade"),
    index("quarantine_fans_case").on(t.caseId, t.userId),
  ],
);

/** How far a show's votes have been looked at for fraud. */
export const fraudChecks = sqliteTable("fraud_checks", {
  showId: integer("show_id")
    .primaryKey()
    .references(() => shows.id, { onDelete: "cascade" }),
  /** The show's tally version at that time. */
  tallyVersion: integer("tally_version").notNull(),
  checkedAt: integer("checked_at").notNull(),
});
