import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { artists, songs } from "./catalogue.ts";
import { PROVIDERS } from "./providers.ts";
import { shows } from "./shows.ts";
import { users } from "./users.ts";

/** What was played at a show, as one source has it. */
export const actualSetlists = sqliteTable(
  "actual_setlists",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    showId: integer("show_id")
      .notNull()
      .references(() => shows.id, { onDelete: "cascade" }),
    /** Null for what was written down here, by a moderator or from a file. */
    provider: text({ enum: PROVIDERS }),
    providerId: text("provider_id"),
    /** The source's, another one with each edit; of what was written down here 1, 2 and so on. */
    version: text().notNull(),
    /** Where it has to be linked to; null for what was written down here. */
    url: text(),
    /** Live while it grows, provisional until nobody seems to be writing on, then final. */
    status: text({ enum: ["live", "provisional", "final"] }).notNull().default("provisional"),
    /** Who wrote it down here last; null for a provider's, a file's, and where that account is gone. */
    recordedBy: integer("recorded_by").references(() => users.id, { onDelete: "set null" }),
    note: text(),
    /** Epoch ms; null where the source does not say. */
    editedAt: integer("edited_at"),
    /** When this version came in, epoch ms. */
    storedAt: integer("stored_at").notNull(),
  },
  (t) => [
    uniqueIndex("actual_setlists_provider_id").on(t.provider, t.providerId),
    index("actual_setlists_show").on(t.showId),
    index("actual_setlists_open").on(t.status).where(sql`${t.status} <> 'final'`),
    index("actual_setlists_recorded_by").on(t.recordedBy).where(sql`${t.recordedBy} IS NOT NULL`),
    check("actual_setlists_status", sql`${t.status} IN ('live', 'provisional', 'final')`),
    check("actual_setlists_source", sql`(${t.provider} IS NULL) = (${t.providerId} IS NULL)`),
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
    /** Goes into the next song without a stop. */
    segue: integer({ mode: "boolean" }).notNull().default(false),
    /** Songs of one number in a set are parts of one medley; null for a song of its own. */
    medley: integer(),
  },
  (t) => [primaryKey({ columns: [t.setlistId, t.position] }), index("played_songs_song").on(t.songId)],
);

/** A played title that is none of the artist's songs: it waits for somebody to say what it is. WITHOUT ROWID. */
export const unmatchedTitles = sqliteTable(
  "unmatched_titles",
  {
    artistId: integer("artist_id")
      .notNull()
      .references(() => artists.id, { onDelete: "cascade" }),
    titleKey: text("title_key").notNull(),
    /** As it was written down. */
    title: text().notNull(),
    coverOf: text("cover_of"),
    /** In how many setlists it is. */
    times: integer().notNull(),
    /** yyyy-mm-dd of the latest show with it. */
    lastPlayedOn: text("last_played_on").notNull(),
    /** The song that it is most like; null where none is like it. */
    suggestedSongId: integer("suggested_song_id").references(() => songs.id, { onDelete: "set null" }),
    /** How sure that is, 0 to 1. */
    confidence: real(),
    /** Open while nobody has decided; "not_a_song" for what is none, such as talk. */
    status: text({ enum: ["open", "not_a_song"] }).notNull().default("open"),
    decidedBy: integer("decided_by").references(() => users.id, { onDelete: "set null" }),
    decidedAt: integer("decided_at"),
  },
  (t) => [
    primaryKey({ columns: [t.artistId, t.titleKey] }),
    index("unmatched_titles_status").on(t.status, sql`${t.times} DESC`, t.artistId, t.titleKey),
    index("unmatched_titles_song").on(t.suggestedSongId).where(sql`${t.suggestedSongId} IS NOT NULL`),
    index("unmatched_titles_decided_by").on(t.decidedBy).where(sql`${t.decidedBy} IS NOT NULL`),
    check("unmatched_titles_status_known", sql`${t.status} IN ('open', 'not_a_song')`),
  ],
);
