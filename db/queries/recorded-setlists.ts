import { and, asc, eq, isNull, ne, sql } from "drizzle-orm";
import type { SetlistStatus } from "#server/domain/setlists/accounts.ts";
import type { Queryable, Transaction } from "../client.ts";
import { actualSetlists, artists, shows, songs, users, venues } from "../schema/index.ts";

/** The accounts of a show that were written down here, with who wrote them last; nobody for the operator and for a file. */
export function recordedAt(db: Queryable, showId: number) {
  return db
    .select({ id: actualSetlists.id, version: actualSetlists.version, recordedBy: actualSetlists.recordedBy, by: users.displayName, editedAt: actualSetlists.editedAt })
    .from(actualSetlists)
    .leftJoin(users, eq(users.id, actualSetlists.recordedBy))
    .where(and(eq(actualSetlists.showId, showId), isNull(actualSetlists.provider)))
    .orderBy(asc(actualSetlists.id));
}

export interface RecordedRow {
  version: string;
  status: SetlistStatus;
  note: string | null;
  /** Null for the operator and for a file. */
  recordedBy: number | null;
}

/** A show's own account, as yet without a song; its id. */
export async function insertRecorded(tx: Transaction, showId: number, row: RecordedRow, now: number): Promise<number> {
  const [inserted] = await tx.insert(actualSetlists).values({ ...row, showId, editedAt: now, storedAt: now }).returning({ id: actualSetlists.id });
  return inserted!.id;
}

export async function updateRecorded(tx: Transaction, id: number, row: RecordedRow, now: number): Promise<void> {
  await tx.update(actualSetlists).set({ ...row, editedAt: now, storedAt: now }).where(eq(actualSetlists.id, id));
}

/** Removes an account with its sets and songs. */
export async function deleteSetlist(tx: Transaction, id: number): Promise<void> {
  await tx.delete(actualSetlists).where(eq(actualSetlists.id, id));
}

/** Artists of a slug or a name, whatever case and accents. */
export function artistsNamed(db: Queryable, { slug, folded }: { slug: string; folded: string }) {
  return db
    .select({ id: artists.id, slug: artists.slug, name: artists.name, disambiguation: artists.disambiguation })
    .from(artists)
    .where(sql`${artists.slug} = ${slug} OR ${artists.searchName} = ${folded}`)
    .orderBy(asc(artists.id));
}

/** An artist's shows of one local date with where they are, the first to begin first. */
export function nightsOn(db: Queryable, artistId: number, localDate: string) {
  return db
    .select({ id: shows.id, slug: shows.slug, venue: venues.name, venueSlug: venues.slug })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(eq(shows.artistId, artistId), eq(shows.localDate, localDate)))
    .orderBy(sql`${shows.startsAt} IS NULL`, shows.startsAt, shows.id);
}

/** One page of the shows with an account that was written down here, by id. */
export function recordedShows(db: Queryable, { after, artistId, limit }: { after: number; artistId: number | null; limit: number }) {
  return db
    .select({ showId: shows.id, localDate: shows.localDate, artist: artists.name, venue: venues.name })
    .from(shows)
    .innerJoin(artists, eq(artists.id, shows.artistId))
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(
      and(
        sql`${shows.id} > ${after}`,
        artistId === null ? undefined : eq(shows.artistId, artistId),
        sql`EXISTS (SELECT 1 FROM ${actualSetlists} WHERE ${actualSetlists.showId} = ${shows.id} AND ${actualSetlists.provider} IS NULL)`,
      ),
    )
    .orderBy(asc(shows.id))
    .limit(limit);
}

/** An artist's songs, likeliest first, those left out that stay for their votes alone. */
export function songTitles(db: Queryable, artistId: number, limit: number) {
  return db
    .select({ id: songs.id, title: songs.title })
    .from(songs)
    .where(and(eq(songs.artistId, artistId), ne(songs.ballotReason, "absorbed")))
    .orderBy(asc(songs.likelihoodRank), asc(songs.id))
    .limit(limit);
}
