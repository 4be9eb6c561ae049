import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { artists, songs, venues } from "./catalogue.ts";
import { PROVIDERS } from "./providers.ts";
import { users } from "./users.ts";

export const shows = sqliteTable(
  "shows",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    slug: text().notNull().unique(),
    artistId: integer("artist_id")
      .notNull()
      .references(() => artists.id, { onDelete: "cascade" }),
    venueId: integer("venue_id")
      .notNull()
      .references(() => venues.id, { onDelete: "restrict" }),
    tour: text(),
    /** yyyy-mm-dd in the venue's zone. */
    localDate: text("local_date").notNull(),
    /** Epoch ms; null while no start is announced. */
    startsAt: integer("starts_at"),
    status: text({ enum: ["upcoming", "ongoing", "completed", "cancelled", "postponed"] })
      .notNull()
      .default("upcoming"),
    /** +1 for each committed change of the tally; the SSE event id. */
    tallyVersion: integer("tally_version").notNull().default(0),
    /** Sum of the setlist songs' votes. */
    totalVotes: integer("total_votes").notNull().default(0),
    demo: integer({ mode: "boolean" }).notNull().default(false),
  },
  (t) => [
    index("shows_artist_date").on(t.artistId, t.localDate),
    index("shows_venue_date").on(t.venueId, t.localDate),
    index("shows_date").on(t.localDate),
    index("shows_status_date").on(t.status, t.localDate),
    check("shows_status", sql`${t.status} IN ('upcoming', 'ongoing', 'completed', 'cancelled', 'postponed')`),
    check("shows_total_votes", sql`${t.totalVotes} >= 0`),
    check("shows_local_date", sql`${t.localDate} GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'`),
  ],
);

/** Who else is on the bill of a show's event, the main act first. WITHOUT ROWID. */
export const billedArtists = sqliteTable(
  "billed_artists",
  {
    showId: integer("show_id")
      .notNull()
      .references(() => shows.id, { onDelete: "cascade" }),
    /** From 1. */
    position: integer().notNull(),
    name: text().notNull(),
    provider: text({ enum: PROVIDERS }).notNull(),
    providerId: text("provider_id").notNull(),
  },
  (t) => [primaryKey({ columns: [t.showId, t.position] })],
);

/** How fast a show's votes have come in lately. */
export const showTrends = sqliteTable(
  "show_trends",
  {
    showId: integer("show_id")
      .primaryKey()
      .references(() => shows.id, { onDelete: "cascade" }),
    /** The show's total when it was looked at. */
    votes: integer().notNull(),
    /** Votes an hour, the mean of the past with later ones counting more. */
    rate: real().notNull(),
    /** When it was looked at, epoch ms. */
    at: integer().notNull(),
  },
  (t) => [index("show_trends_rate").on(t.rate)],
);

/** A show's ballot; one per show. */
export const predictedSetlists = sqliteTable("predicted_setlists", {
  showId: integer("show_id")
    .primaryKey()
    .references(() => shows.id, { onDelete: "cascade" }),
  /** Epoch ms; kept in step with the show's start unless an admin moved it. */
  closesAt: integer("closes_at").notNull(),
  closeMoved: integer("close_moved", { mode: "boolean" }).notNull().default(false),
  /** Epoch ms at which an admin locked voting; null when not locked. */
  lockedAt: integer("locked_at"),
  /** Epoch ms at which the votes of a cancelled show were given back; null while they are not. */
  returnedAt: integer("returned_at"),
  createdAt: integer("created_at").notNull(),
});

export const setlistSongs = sqliteTable(
  "setlist_songs",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    showId: integer("show_id")
      .notNull()
      .references(() => predictedSetlists.showId, { onDelete: "cascade" }),
    songId: integer("song_id")
      .notNull()
      .references(() => songs.id, { onDelete: "cascade" }),
    /** Order on the ballot before anyone votes, and the tie-break after. */
    position: integer().notNull(),
    votes: integer().notNull().default(0),
    /** The fan who added the song; null for songs the ballot started with. */
    addedBy: integer("added_by").references(() => users.id, { onDelete: "set null" }),
    suggested: integer({ mode: "boolean" }).notNull().default(false),
    /** How fast its votes come against its own base, see `trendingFactor`; 1 for as usual. */
    trend: real().notNull().default(1),
  },
  (t) => [
    uniqueIndex("setlist_songs_show_song").on(t.showId, t.songId),
    // The parent key of a vote: ties a vote's show to its song's show.
    uniqueIndex("setlist_songs_show_id").on(t.showId, t.id),
    index("setlist_songs_song").on(t.songId),
    index("setlist_songs_added_by").on(t.addedBy).where(sql`${t.addedBy} IS NOT NULL`),
    check("setlist_songs_votes", sql`${t.votes} >= 0`),
  ],
);
