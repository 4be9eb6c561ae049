import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { Reason } from "#server/domain/forecast/reasons.ts";
import type { ArtistStatistics } from "#server/domain/statistics/statistics.ts";
import { artists, songs } from "./catalogue.ts";
import { shows } from "./shows.ts";

/** What was said of a show before its close. It is not changed after that. */
export const forecasts = sqliteTable(
  "forecasts",
  {
    showId: integer("show_id")
      .primaryKey()
      .references(() => shows.id, { onDelete: "cascade" }),
    /** Base: how often songs were played lately, kept at the close where no forecast had been made. */
    kind: text({ enum: ["forecast", "base"] }).notNull(),
    /** Version of the weights; 0 for a base. */
    model: integer().notNull(),
    /** Past shows that it rests on. */
    shows: integer().notNull(),
    /** Songs that the show is expected to have. */
    length: integer("expected_length").notNull(),
    /** Epoch ms. */
    madeAt: integer("made_at").notNull(),
  },
  (t) => [check("forecasts_kind", sql`${t.kind} IN ('forecast', 'base')`)],
);

/** How likely a song was held for a show, each 0 to 1. WITHOUT ROWID. */
export const songChances = sqliteTable(
  "song_chances",
  {
    showId: integer("show_id")
      .notNull()
      .references(() => forecasts.showId, { onDelete: "cascade" }),
    songId: integer("song_id")
      .notNull()
      .references(() => songs.id, { onDelete: "cascade" }),
    /** That it is played. */
    played: real().notNull(),
    /** That it has the role if it is played. */
    opener: real().notNull(),
    closer: real().notNull(),
    encore: real().notNull(),
    /** Its place in the expected setlist, from 1; null where it is not in it. */
    place: integer(),
    reasons: text({ mode: "json" }).$type<Reason[]>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.showId, t.songId] }),
    index("song_chances_song").on(t.songId),
    check("song_chances_played", sql`${t.played} BETWEEN 0 AND 1`),
  ],
);

/** What the forecast has learnt of an artist, to go on from. */
export const forecasters = sqliteTable("forecasters", {
  artistId: integer("artist_id")
    .primaryKey()
    .references(() => artists.id, { onDelete: "cascade" }),
  /** Of the shape of `text`. */
  version: integer().notNull(),
  /** Version of the weights that it was learnt with. */
  model: integer().notNull(),
  /** Shows learnt from, and a digest of them in order: tells whether it can go on from there. */
  shows: integer().notNull(),
  digest: text().notNull(),
  text: text().notNull(),
  /** Epoch ms. */
  learntAt: integer("learnt_at").notNull(),
});

/** Figures of an artist's past shows, all of them or those of a year or a tour. WITHOUT ROWID. */
export const artistStatistics = sqliteTable(
  "artist_statistics",
  {
    artistId: integer("artist_id")
      .notNull()
      .references(() => artists.id, { onDelete: "cascade" }),
    scope: text({ enum: ["all", "year", "tour"] }).notNull(),
    /** The year or the tour's name; "" for all. */
    name: text().notNull(),
    /** yyyy-mm-dd of the latest show in it. */
    lastOn: text("last_on").notNull(),
    statistics: text({ mode: "json" }).$type<ArtistStatistics>().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.artistId, t.scope, t.name] }),
    check("artist_statistics_scope", sql`${t.scope} IN ('all', 'year', 'tour')`),
  ],
);
