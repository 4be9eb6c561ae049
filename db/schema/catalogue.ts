import { sql } from "drizzle-orm";
import { check, index, integer, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

export const artists = sqliteTable(
  "artists",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    slug: text().notNull().unique(),
    name: text().notNull(),
    /** Case- and accent-folded name: what a search compares. */
    searchName: text("search_name").notNull(),
    genre: text().notNull(),
    /** ISO 3166-1 alpha-2. */
    country: text().notNull(),
    demo: integer({ mode: "boolean" }).notNull().default(false),
  },
  (t) => [index("artists_name").on(t.name), index("artists_genre").on(t.genre, t.name)],
);

export const venues = sqliteTable(
  "venues",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    slug: text().notNull().unique(),
    name: text().notNull(),
    city: text().notNull(),
    /** ISO 3166-1 alpha-2. */
    country: text().notNull(),
    latitude: real().notNull(),
    longitude: real().notNull(),
    capacity: integer(),
    /** IANA zone name. */
    timeZone: text("time_zone").notNull(),
    demo: integer({ mode: "boolean" }).notNull().default(false),
  },
  (t) => [
    check("venues_latitude", sql`${t.latitude} BETWEEN -90 AND 90`),
    check("venues_longitude", sql`${t.longitude} BETWEEN -180 AND 180`),
  ],
);

export const songs = sqliteTable(
  "songs",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    artistId: integer("artist_id")
      .notNull()
      .references(() => artists.id, { onDelete: "cascade" }),
    title: text().notNull(),
    /** Case- and accent-folded title: what a search compares. */
    searchTitle: text("search_title").notNull(),
    /** Lower is more likely to be played; ballots start from the lowest. */
    likelihoodRank: integer("likelihood_rank").notNull(),
    demo: integer({ mode: "boolean" }).notNull().default(false),
  },
  (t) => [
    uniqueIndex("songs_artist_title").on(t.artistId, t.title),
    index("songs_artist_likelihood").on(t.artistId, t.likelihoodRank),
  ],
);
