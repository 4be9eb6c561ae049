import { sql, type SQL } from "drizzle-orm";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable } from "../client.ts";

/** A row for a file of links. */
export interface LinkRow {
  kind: LinkKind;
  id: number;
  provider: Provider;
  providerId: string;
  rejected: number;
}

/** Where a page of identities ends; the next one begins behind it. */
export interface IdentityMark {
  provider: string;
  providerId: string;
  artistId: number;
}

export const FIRST_IDENTITY: IdentityMark = { provider: "", providerId: "", artistId: 0 };

export type IdentityRow = LinkRow & { artistId: number };

/** A page of what providers' artists, venues or events are here, by provider and id; what is of the demo, and events without a show, left out. */
export function identityPage(db: Queryable, kind: "artist" | "venue" | "show", after: IdentityMark, limit: number): Promise<IdentityRow[]> {
  return db.all(PAGES[kind](after, limit));
}

const PAGES: Record<"artist" | "venue" | "show", (after: IdentityMark, limit: number) => SQL> = {
  artist: ({ provider, providerId }, limit) => sql`
    SELECT 'artist' AS kind, i.artist_id AS id, i.provider, i.provider_id AS providerId, i.status = 'rejected' AS rejected, 0 AS artistId
    FROM artist_identities i CROSS JOIN artists a ON a.id = i.artist_id
    WHERE (i.provider, i.provider_id) > (${provider}, ${providerId}) AND a.demo = 0 ORDER BY i.provider, i.provider_id LIMIT ${limit}`,
  venue: ({ provider, providerId }, limit) => sql`
    SELECT 'venue' AS kind, i.venue_id AS id, i.provider, i.provider_id AS providerId, i.status = 'rejected' AS rejected, 0 AS artistId
    FROM venue_identities i CROSS JOIN venues v ON v.id = i.venue_id
    WHERE (i.provider, i.provider_id) > (${provider}, ${providerId}) AND v.demo = 0 ORDER BY i.provider, i.provider_id LIMIT ${limit}`,
  show: ({ provider, providerId, artistId }, limit) => sql`
    SELECT 'show' AS kind, i.show_id AS id, i.provider, i.provider_id AS providerId, i.status = 'rejected' AS rejected, i.artist_id AS artistId
    FROM show_identities i CROSS JOIN shows s ON s.id = i.show_id
    WHERE (i.provider, i.provider_id, i.artist_id) > (${provider}, ${providerId}, ${artistId}) AND s.demo = 0
    ORDER BY i.provider, i.provider_id, i.artist_id LIMIT ${limit}`,
};

/** Where a page of matches ends. */
export interface MatchMark {
  confidence: number;
  id: number;
}

type DecidedRow = LinkRow & { confidence: number; matchId: number };

/**
 * A page of what people have said of a kind's records beside the identities: what is not one of ours, but where an
 * identity says the same or has it otherwise since, and recordings that are a song's.
 */
export function decidedPage(db: Queryable, [kind, status]: (typeof DECIDED)[number], after: MatchMark, limit: number): Promise<DecidedRow[]> {
  return db.all(sql`
    SELECT m.kind, m.subject_id AS id, m.provider, m.provider_id AS providerId, m.status = 'rejected' AS rejected, m.confidence, m.id AS matchId
    FROM matches m
    WHERE m.status = ${status} AND m.kind = ${kind} AND (m.confidence, m.id) > (${after.confidence}, ${after.id}) AND m.provider IS NOT NULL
      AND ${TOLD_HERE[kind]} ORDER BY m.confidence, m.id LIMIT ${limit}`);
}

/** What people have said that identities do not tell. */
export const DECIDED = [
  ["song", "approved"],
  ["artist", "rejected"],
  ["venue", "rejected"],
  ["show", "rejected"],
  ["song", "rejected"],
] as const;

/** Whether one of ours is there, and no identity says the same of the record or has it as this one's since. */
const TOLD_HERE: Record<LinkKind, SQL> = {
  artist: sql`EXISTS (SELECT 1 FROM artists a WHERE a.id = m.subject_id AND a.demo = 0)
    AND NOT EXISTS (SELECT 1 FROM artist_identities i WHERE i.provider = m.provider AND i.provider_id = m.provider_id AND i.artist_id = m.subject_id)`,
  venue: sql`EXISTS (SELECT 1 FROM venues v WHERE v.id = m.subject_id AND v.demo = 0)
    AND NOT EXISTS (SELECT 1 FROM venue_identities i WHERE i.provider = m.provider AND i.provider_id = m.provider_id AND i.venue_id = m.subject_id)`,
  show: sql`EXISTS (SELECT 1 FROM shows s WHERE s.id = m.subject_id AND s.demo = 0 AND NOT EXISTS (
    SELECT 1 FROM show_identities i WHERE i.provider = m.provider AND i.provider_id = m.provider_id AND i.artist_id = s.artist_id AND i.show_id = s.id))`,
  song: sql`EXISTS (
    SELECT 1 FROM songs s JOIN song_variants v ON v.artist_id = s.artist_id AND v.provider = m.provider AND v.provider_id = m.provider_id
    WHERE s.id = m.subject_id AND s.demo = 0 AND (v.song_id = s.id) = (m.status = 'approved'))`,
};

export interface MergeRow {
  mergeId: number;
  kind: LinkKind;
  id: number;
  into: number;
}

/** A page of merges that stand, the first one first; those that are a part of another one left out. */
export function mergePage(db: Queryable, after: number, limit: number): Promise<MergeRow[]> {
  return db.all(sql`
    SELECT id AS mergeId, kind, from_id AS id, into_id AS "into" FROM merges
    WHERE merges.id > ${after} AND undone_at IS NULL AND parent_id IS NULL ORDER BY merges.id LIMIT ${limit}`);
}
