import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { setlistSongs, shows } from "./shows.ts";
import { users } from "./users.ts";

/** What a fan has used of one show's allowance, beside its votes on disk; also leads from a fan to shows. WITHOUT ROWID. */
export const showAllowances = sqliteTable(
  "show_allowances",
  {
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    showId: integer("show_id")
      .notNull()
      .references(() => shows.id, { onDelete: "cascade" }),
    /** Votes standing now. */
    votes: integer().notNull().default(0),
    /** Songs added to the ballot. */
    additions: integer().notNull().default(0),
    /** Keyed hash of the network of the first vote; dropped after 30 days, null where none was known. */
    network: text(),
    /** Epoch ms of the first vote, also of one that was taken back. */
    firstCastAt: integer("first_cast_at"),
    /** Epoch ms at which the fan's votes were taken out of the public tally; null while they count. */
    quarantinedAt: integer("quarantined_at"),
  },
  (t) => [
    primaryKey({ columns: [t.showId, t.userId] }),
    index("show_allowances_user").on(t.userId, t.showId),
    check("show_allowances_votes", sql`${t.votes} BETWEEN 0 AND 10`),
    check("show_allowances_additions", sql`${t.additions} BETWEEN 0 AND 5`),
  ],
);

/**
 * Votes a fan has cast in one UTC day, those taken back included. A day's rows lie together and old
 * days are trimmed. Without a foreign key, which would need an index by fan that each vote pays for:
 * ids are never used again, so a row of an account that is gone harms nobody. WITHOUT ROWID.
 */
export const dayAllowances = sqliteTable(
  "day_allowances",
  {
    userId: integer("user_id").notNull(),
    /** Days since 1970-01-01, UTC. */
    day: integer().notNull(),
    votes: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.day, t.userId] }),
    check("day_allowances_votes", sql`${t.votes} BETWEEN 0 AND 50`),
  ],
);

/**
 * One row a vote, a show's votes together on disk. WITHOUT ROWID and with no further index:
 * `show_allowances` leads from a fan to the shows voted on. The two composite foreign keys make a
 * vote's show that of its setlist song, and so a vote unique per fan and setlist song.
 */
export const votes = sqliteTable(
  "votes",
  {
    showId: integer("show_id").notNull(),
    userId: integer("user_id").notNull(),
    setlistSongId: integer("setlist_song_id").notNull(),
    /** Epoch ms. */
    castAt: integer("cast_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.showId, t.userId, t.setlistSongId] }),
    foreignKey({
      name: "votes_setlist_song",
      columns: [t.showId, t.setlistSongId],
      foreignColumns: [setlistSongs.showId, setlistSongs.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "votes_allowance",
      columns: [t.showId, t.userId],
      foreignColumns: [showAllowances.showId, showAllowances.userId],
    }).onDelete("cascade"),
  ],
);
