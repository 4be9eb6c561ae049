import { sql } from "drizzle-orm";
import { check, index, integer, primaryKey, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import type { ArtistSide } from "#server/domain/matching/score-artists.ts";
import type { VenueSide } from "#server/domain/matching/score-venues.ts";
import { artists, venues } from "./catalogue.ts";
import { PROVIDERS } from "./providers.ts";
import { shows } from "./shows.ts";

/** What every link from one of ours to a provider's id says. */
const identity = () => ({
  provider: text({ enum: PROVIDERS }).notNull(),
  /** The provider's id. */
  providerId: text("provider_id").notNull(),
  /** 0 to 1; 1 where a provider states it. */
  confidence: real().notNull(),
  status: text({ enum: ["automatic", "approved", "rejected"] }).notNull(),
  /** Why it is believed, such as { statedBy: "musicbrainz" }, or { list } of what spoke for it where it was found to be alike. */
  evidence: text({ mode: "json" }).$type<Record<string, unknown>>().notNull(),
  /** The page there. */
  url: text(),
  /** Of what was stored last: the same record again writes nothing. */
  digest: text(),
});

/** Which artist of a provider is which of ours. WITHOUT ROWID. */
export const artistIdentities = sqliteTable(
  "artist_identities",
  {
    ...identity(),
    artistId: integer("artist_id")
      .notNull()
      .references(() => artists.id, { onDelete: "cascade" }),
    imageUrl: text("image_url"),
    /** What the provider said last; null for an id that only another one states. */
    record: text({ mode: "json" }).$type<ArtistSide>(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.providerId] }),
    index("artist_identities_artist").on(t.artistId),
    check("artist_identities_confidence", sql`${t.confidence} BETWEEN 0 AND 1`),
  ],
);

/** Which venue of a provider is which of ours. WITHOUT ROWID. */
export const venueIdentities = sqliteTable(
  "venue_identities",
  {
    ...identity(),
    venueId: integer("venue_id")
      .notNull()
      .references(() => venues.id, { onDelete: "cascade" }),
    /** What the provider said last. */
    record: text({ mode: "json" }).$type<VenueSide & { region: string | null; timeZone: string }>(),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.providerId] }),
    index("venue_identities_venue").on(t.venueId),
    check("venue_identities_confidence", sql`${t.confidence} BETWEEN 0 AND 1`),
  ],
);

/** Which event of a provider is which of our shows: one for each artist on its bill that we know. WITHOUT ROWID. */
export const showIdentities = sqliteTable(
  "show_identities",
  {
    ...identity(),
    artistId: integer("artist_id")
      .notNull()
      .references(() => artists.id, { onDelete: "cascade" }),
    /** Null while it has no date or venue yet. */
    showId: integer("show_id").references(() => shows.id, { onDelete: "cascade" }),
    ticketUrl: text("ticket_url"),
  },
  (t) => [
    primaryKey({ columns: [t.provider, t.providerId, t.artistId] }),
    index("show_identities_show").on(t.showId),
    index("show_identities_artist").on(t.artistId, t.provider),
    check("show_identities_confidence", sql`${t.confidence} BETWEEN 0 AND 1`),
  ],
);
