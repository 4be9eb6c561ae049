import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { CrowdScore } from "#server/domain/scoring/crowd-score.ts";
import { setlistSongs, shows } from "./shows.ts";
import { users } from "./users.ts";
import { showAllowances } from "./votes.ts";

/** The song of a ballot that a fan names for a role. It counts for a song that the fan has voted for. WITHOUT ROWID. */
export const calls = sqliteTable(
  "calls",
  {
    showId: integer("show_id").notNull(),
    userId: integer("user_id").notNull(),
    role: text({ enum: ["opener", "closer", "encore"] }).notNull(),
    setlistSongId: integer("setlist_song_id").notNull(),
    /** Epoch ms. */
    calledAt: integer("called_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.showId, t.userId, t.role] }),
    index("calls_setlist_song").on(t.showId, t.setlistSongId),
    foreignKey({
      name: "calls_setlist_song",
      columns: [t.showId, t.setlistSongId],
      foreignColumns: [setlistSongs.showId, setlistSongs.id],
    }).onDelete("cascade"),
    foreignKey({
      name: "calls_allowance",
      columns: [t.showId, t.userId],
      foreignColumns: [showAllowances.showId, showAllowances.userId],
    }).onDelete("cascade"),
    check("calls_role", sql`${t.role} IN ('opener', 'closer', 'encore')`),
  ],
);

/** What a show came to once its setlist was final. */
export const showScores = sqliteTable(
  "show_scores",
  {
    showId: integer("show_id")
      .primaryKey()
      .references(() => shows.id, { onDelete: "cascade" }),
    /** The setlist that counts, and its version. */
    setlistId: integer("setlist_id").notNull(),
    setlistVersion: text("setlist_version").notNull(),
    /** How many different songs were played. */
    played: integer().notNull(),
    /** How many of them match no song of ours. */
    unknown: integer().notNull(),
    /** Fans whose votes were scored. */
    fans: integer().notNull(),
    /** Points of the best ten votes. */
    possible: integer().notNull(),
    /** Whether it counts in ratings. */
    ranked: integer({ mode: "boolean" }).notNull(),
    /** Songs of the first N of each list that were played; null where there was no list. */
    crowdHits: integer("crowd_hits"),
    forecastHits: integer("forecast_hits"),
    lastShowsHits: integer("last_shows_hits"),
    lists: text({ mode: "json" }).$type<CrowdScore>().notNull(),
    /** Epoch ms. */
    scoredAt: integer("scored_at").notNull(),
  },
);

/** What a fan's votes for a show came to, see `FanScore`. WITHOUT ROWID. */
export const fanScores = sqliteTable(
  "fan_scores",
  {
    showId: integer("show_id").notNull(),
    userId: integer("user_id").notNull(),
    votes: integer().notNull(),
    hits: integer().notNull(),
    points: integer().notNull(),
    callHits: integer("call_hits").notNull(),
    callPoints: integer("call_points").notNull(),
    /** Hundredths of a percent of what was possible; null where it is not rated. */
    share: integer(),
    /** Epoch ms. */
    lastVoteAt: integer("last_vote_at").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.showId, t.userId] }),
    index("fan_scores_user").on(t.userId, t.showId),
    index("fan_scores_rank").on(t.showId, sql`${t.points} DESC`, sql`${t.hits} DESC`, t.lastVoteAt, t.userId),
    foreignKey({
      name: "fan_scores_allowance",
      columns: [t.showId, t.userId],
      foreignColumns: [showAllowances.showId, showAllowances.userId],
    }).onDelete("cascade"),
  ],
);

/** A fan's sums over the rated shows of one leaderboard, see `STANDING_RULES`. WITHOUT ROWID. */
export const standings = sqliteTable(
  "standings",
  {
    board: text({ enum: ["all", "year", "artist", "tour"] }).notNull(),
    /** 0 for boards that are of no artist. */
    artistId: integer("artist_id").notNull(),
    /** The year or the tour's name; "" for others. */
    name: text().notNull(),
    userId: integer("user_id")
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    shows: integer().notNull(),
    votes: integer().notNull(),
    hits: integer().notNull(),
    points: integer().notNull(),
    /** Sum of the shares. */
    shares: integer().notNull(),
    lastVoteAt: integer("last_vote_at").notNull(),
    /** Millionths, see `STANDING_RULES`. */
    rating: integer().notNull(),
    /** Whether there are enough rated shows to be listed. */
    listed: integer({ mode: "boolean" }).notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.artistId, t.board, t.name, t.userId] }),
    index("standings_user").on(t.userId),
    index("standings_order")
      .on(t.artistId, t.board, t.name, sql`${t.rating} DESC`, sql`${t.points} DESC`, sql`${t.hits} DESC`, t.lastVoteAt, t.userId)
      .where(sql`${t.listed} = 1`),
  ],
);

/** A show's tally as it stood at some time. WITHOUT ROWID. */
export const tallyHistory = sqliteTable(
  "tally_history",
  {
    showId: integer("show_id")
      .notNull()
      .references(() => shows.id, { onDelete: "cascade" }),
    /** Epoch ms. */
    at: integer().notNull(),
    total: integer().notNull(),
    /** Setlist songs with a vote and their votes, most votes first. */
    tallies: text({ mode: "json" }).$type<[setlistSongId: number, votes: number][]>().notNull(),
  },
  (t) => [primaryKey({ columns: [t.showId, t.at] })],
);
