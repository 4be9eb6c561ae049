import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, real, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { PROVIDERS } from "./providers.ts";

export const artists = sqliteTable(
  "artists",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    slug: text().notNull().unique(),
    name: text().notNull(),
    /** Case- and accent-folded name: what a search compares. */
    searchName: text("search_name").notNull(),
    /** Null where nobody has said. */
    genre: text(),
    /** ISO 3166-1 alpha-2; null where nobody has said. */
    country: text(),
    /** Tells it from others of the name, such as "US rapper". */
    disambiguation: text(),
    demo: integer({ mode: "boolean" }).notNull().default(false),
  },
  (t) => [
    index("artists_name").on(t.name),
    index("artists_search_name").on(t.searchName),
    index("artists_genre").on(t.genre, t.name),
  ],
);

export const venues = sqliteTable(
  "venues",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    slug: text().notNull().unique(),
    name: text().notNull(),
    /** Null where nobody has said. */
    city: text(),
    /** State, province or the like. */
    region: text(),
    /** ISO 3166-1 alpha-2; null where nobody has said. */
    country: text(),
    latitude: real(),
    longitude: real(),
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
    /** What equal titles share, see `readTitle`. */
    titleKey: text("title_key").notNull().default(""),
    /** False for what is not voted for though it may be played: intros, speech, what there is only live. */
    ballotWorthy: integer("ballot_worthy", { mode: "boolean" }).notNull().default(true),
    /** Why it is, or is not, see `BallotReason`. */
    ballotReason: text("ballot_reason").notNull().default("song"),
    /** First release: yyyy, yyyy-mm or yyyy-mm-dd; null where nobody has said. */
    releasedOn: text("released_on"),
    /** Lower is more likely to be played; ballots start from the lowest. */
    likelihoodRank: integer("likelihood_rank").notNull(),
    demo: integer({ mode: "boolean" }).notNull().default(false),
  },
  (t) => [
    uniqueIndex("songs_artist_title").on(t.artistId, t.title),
    index("songs_artist_key").on(t.artistId, t.titleKey),
    index("songs_artist_likelihood").on(t.artistId, t.likelihoodRank),
  ],
);

/** Further keys under which a setlist may name a song; one that two songs share names neither. WITHOUT ROWID. */
export const songAliases = sqliteTable(
  "song_aliases",
  {
    artistId: integer("artist_id").notNull(),
    aliasKey: text("alias_key").notNull(),
    songId: integer("song_id")
      .notNull()
      .references(() => songs.id, { onDelete: "cascade" }),
  },
  (t) => [primaryKey({ columns: [t.artistId, t.aliasKey, t.songId] }), index("song_aliases_song").on(t.songId)],
);

/** An album, single or the like as one provider has it. */
export const albums = sqliteTable(
  "albums",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    artistId: integer("artist_id")
      .notNull()
      .references(() => artists.id, { onDelete: "cascade" }),
    provider: text({ enum: PROVIDERS }).notNull(),
    providerId: text("provider_id").notNull(),
    title: text().notNull(),
    kind: text({ enum: ["album", "single", "ep", "compilation", "live", "other"] }).notNull(),
    /** yyyy, yyyy-mm or yyyy-mm-dd; null where nobody has said. */
    releasedOn: text("released_on"),
    url: text(),
    imageUrl: text("image_url"),
    /** Whether its tracks have been read. */
    tracksRead: integer("tracks_read", { mode: "boolean" }).notNull().default(false),
  },
  (t) => [
    uniqueIndex("albums_provider_id").on(t.provider, t.providerId, t.artistId),
    index("albums_artist").on(t.artistId, t.releasedOn),
  ],
);

/** A track, recording or work of a provider that is one of our songs: its identity there and an alias. WITHOUT ROWID. */
export const songVariants = sqliteTable(
  "song_variants",
  {
    artistId: integer("artist_id")
      .notNull()
      .references(() => artists.id, { onDelete: "cascade" }),
    provider: text({ enum: PROVIDERS }).notNull(),
    /** Of the recording or track. */
    providerId: text("provider_id").notNull(),
    songId: integer("song_id")
      .notNull()
      .references(() => songs.id, { onDelete: "cascade" }),
    /** As the provider writes it. */
    title: text().notNull(),
    titleKey: text("title_key").notNull(),
    /** Original, live, remix and so on, see `VariantKind`. */
    kind: text().notNull(),
    live: integer({ mode: "boolean" }).notNull(),
    /** A film of it. */
    video: integer({ mode: "boolean" }).notNull(),
    /** What it is a recording of, where the provider says. */
    workId: text("work_id"),
    /** The provider's id of the album it is on. */
    albumId: text("album_id"),
    isrc: text(),
    durationMs: integer("duration_ms"),
    releasedOn: text("released_on"),
    note: text(),
    url: text(),
  },
  (t) => [
    primaryKey({ columns: [t.artistId, t.provider, t.providerId] }),
    index("song_variants_song").on(t.songId),
    index("song_variants_work").on(t.artistId, t.workId).where(sql`${t.workId} IS NOT NULL`),
    index("song_variants_key").on(t.artistId, t.titleKey),
  ],
);
