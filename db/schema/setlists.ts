import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { songs } from "./catalogue.ts";
import { PROVIDERS } from "./providers.ts";
import { shows } from "./shows.ts";

/** What was played at a show, as one source has it. */
export const actualSetlists = sqliteTable(
  "actual_setlists",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    showId: integer("show_id")
      .notNull()
      .references(() => shows.id, { onDelete: "cascade" }),
    provider: text({ enum: PROVIDERS }).notNull(),
    providerId: text("provider_id").notNull(),
    /** The source's, another one with each edit. */
    version: text().notNull(),
    /** Where it has to be linked to. */
    url: text().notNull(),
    note: text(),
    /** Epoch ms; null where the source does not say. */
    editedAt: integer("edited_at"),
    /** When this version came in, epoch ms. */
    storedAt: integer("stored_at").notNull(),
  },
  (t) => [
    uniqueIndex("actual_setlists_provider_id").on(t.provider, t.providerId),
    index("actual_setlists_show").on(t.showId),
  ],
);

/** A set of a setlist, or one of its encores. WITHOUT ROWID. */
export const actualSets = sqliteTable(
  "actual_sets",
  {
    setlistId: integer("setlist_id")
      .notNull()
      .references(() => actualSetlists.id, { onDelete: "cascade" }),
    /** From 1, in order of play. */
    number: integer().notNull(),
    name: text(),
    /** 1 for the first encore; null for a set of the show itself. */
    encore: integer(),
  },
  (t) => [primaryKey({ columns: [t.setlistId, t.number] })],
);

/** One song as it was played. WITHOUT ROWID. */
export const playedSongs = sqliteTable(
  "played_songs",
  {
    setlistId: integer("setlist_id")
      .notNull()
      .references(() => actualSetlists.id, { onDelete: "cascade" }),
    /** From 1 through the whole show. */
    position: integer().notNull(),
    setNumber: integer("set_number").notNull(),
    /** As it was written down. */
    title: text().notNull(),
    titleKey: text("title_key").notNull(),
    /** Null while it matches none. */
    songId: integer("song_id").references(() => songs.id, { onDelete: "set null" }),
    /** By whom it is, where that is another artist. */
    coverOf: text("cover_of"),
    coverOfId: text("cover_of_id"),
    guest: text(),
    /** Played from a recording. */
    tape: integer({ mode: "boolean" }).notNull(),
    note: text(),
  },
  (t) => [primaryKey({ columns: [t.setlistId, t.position] }), index("played_songs_song").on(t.songId)],
);
