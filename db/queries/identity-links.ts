import { and, eq, sql, type SQL } from "drizzle-orm";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import type { Provider } from "#server/domain/provider-records.ts";
import type { Queryable, Transaction } from "../client.ts";
import { artistIdentities, artists, matches, showIdentities, shows, songs, songVariants, venueIdentities, venues } from "../schema/index.ts";

/** One of ours and a provider's id. */
export interface Pair {
  kind: LinkKind;
  id: number;
  provider: Provider;
  providerId: string;
}

/** Of a show or a song the artist that it is by. */
export interface LinkedOne {
  name: string;
  artistId: number | null;
}

/** One of ours by its id, those of the demo left out; shows are called by their address. */
export async function linkedOne(db: Queryable, kind: LinkKind, id: number): Promise<LinkedOne | null> {
  const [row] = await rowOfKind(db, kind, id);
  return row ?? null;
}

function rowOfKind(db: Queryable, kind: LinkKind, id: number): Promise<LinkedOne[]> {
  const nobody = sql<null>`NULL`;
  if (kind === "artist") return db.select({ name: artists.name, artistId: nobody }).from(artists).where(and(eq(artists.id, id), eq(artists.demo, false)));
  if (kind === "venue") return db.select({ name: venues.name, artistId: nobody }).from(venues).where(and(eq(venues.id, id), eq(venues.demo, false)));
  if (kind === "show") return db.select({ name: shows.slug, artistId: shows.artistId }).from(shows).where(and(eq(shows.id, id), eq(shows.demo, false)));
  return db.select({ name: songs.title, artistId: songs.artistId }).from(songs).where(and(eq(songs.id, id), eq(songs.demo, false)));
}

/** Whose a provider's id is here; `id` is null for an event that is no show yet. */
export interface Link {
  id: number | null;
  status: "automatic" | "approved" | "rejected";
  confidence: number;
}

/** What a provider's artist or venue is here; null where it is not known. */
export async function linkOf(db: Queryable, kind: "artist" | "venue", provider: Provider, providerId: string): Promise<Link | null> {
  const t = kind === "artist" ? artistIdentities : venueIdentities;
  const id = kind === "artist" ? artistIdentities.artistId : venueIdentities.venueId;
  const [row] = await db
    .select({ id, status: t.status, confidence: t.confidence })
    .from(t)
    .where(and(eq(t.provider, provider), eq(t.providerId, providerId)));
  return row ?? null;
}

/** Which show of an artist a provider's event is here; null where it is not known. */
export async function eventLink(db: Queryable, artistId: number, provider: Provider, providerId: string): Promise<Link | null> {
  const t = showIdentities;
  const [row] = await db
    .select({ id: t.showId, status: t.status, confidence: t.confidence })
    .from(t)
    .where(and(eq(t.provider, provider), eq(t.providerId, providerId), eq(t.artistId, artistId)));
  return row ?? null;
}

/** Which song a recording or track of an artist is of; null where it is not known. */
export async function songOfVariant(db: Queryable, artistId: number, provider: Provider, providerId: string): Promise<number | null> {
  const t = songVariants;
  const [row] = await db
    .select({ songId: t.songId })
    .from(t)
    .where(and(eq(t.artistId, artistId), eq(t.provider, provider), eq(t.providerId, providerId)));
  return row?.songId ?? null;
}

/** What a person has said of a pair; `by` is null for the operator's command line. */
export interface Word {
  status: "approved" | "rejected";
  by: number | null;
}

const OWNERS: Record<"artist" | "venue", { table: SQL; owner: SQL }> = {
  artist: { table: sql`artist_identities`, owner: sql`artist_id` },
  venue: { table: sql`venue_identities`, owner: sql`venue_id` },
};

const evidenceOf = ({ status, by }: Word) => JSON.stringify(status === "approved" ? { approvedBy: by } : { rejectedBy: by });

/** Links a provider's artist or venue to one of ours, or says that it is not that one; the record of one that was another's is read again. */
export async function putLink(tx: Transaction, pair: Pair & { kind: "artist" | "venue" }, word: Word): Promise<void> {
  const { table, owner } = OWNERS[pair.kind];
  await tx.run(sql`
    INSERT INTO ${table} (provider, provider_id, ${owner}, confidence, status, evidence)
    VALUES (${pair.provider}, ${pair.providerId}, ${pair.id}, 1, ${word.status}, ${evidenceOf(word)})
    ON CONFLICT (provider, provider_id) DO UPDATE SET
      digest = iif(${owner} = excluded.${owner}, digest, NULL), evidence = iif(${owner} = excluded.${owner}, evidence, excluded.evidence),
      confidence = iif(excluded.status = 'approved', 1, confidence), status = excluded.status, ${owner} = excluded.${owner}`);
}

/** Links a provider's event to a show, or unlinks it; either way what the provider tells of it is read again. */
export async function putEventLink(tx: Transaction, pair: Pair & { kind: "show" }, artistId: number, word: Word): Promise<void> {
  const showId = word.status === "approved" ? pair.id : null;
  await tx.run(sql`
    INSERT INTO show_identities (provider, provider_id, artist_id, show_id, confidence, status, evidence)
    VALUES (${pair.provider}, ${pair.providerId}, ${artistId}, ${showId}, 1, ${word.status}, ${evidenceOf(word)})
    ON CONFLICT (provider, provider_id, artist_id) DO UPDATE SET
      digest = iif(show_id IS excluded.show_id, digest, NULL), confidence = 1, status = excluded.status, show_id = excluded.show_id`);
}

/** Settles a pair that waits for a person, or was settled otherwise; whether there was one. */
export async function settleMatch(tx: Transaction, pair: Pair, { status, by }: Word, now: number): Promise<boolean> {
  const { rowsAffected } = await tx
    .update(matches)
    .set({ status, decidedAt: now, decidedBy: by })
    .where(and(isPair(pair), sql`${matches.status} <> ${status}`));
  return rowsAffected > 0;
}

const isPair = ({ kind, id, provider, providerId }: Pair) =>
  and(eq(matches.kind, kind), eq(matches.provider, provider), eq(matches.providerId, providerId), eq(matches.subjectId, id));

/** Keeps that a provider's record is not one of ours, whatever becomes of its identity; whether that was not known yet. */
export async function keepRejection(tx: Transaction, { kind, id, provider, providerId }: Pair, by: number | null, now: number): Promise<boolean> {
  const decided = { status: "rejected", decidedAt: now, decidedBy: by } as const;
  const { rowsAffected } = await tx
    .insert(matches)
    .values({ kind, subjectId: id, provider, providerId, confidence: 0, evidence: { list: [] }, foundAt: now, ...decided })
    .onConflictDoUpdate({
      target: [matches.kind, matches.provider, matches.providerId, matches.subjectId],
      targetWhere: sql`${matches.provider} IS NOT NULL`,
      set: decided,
      setWhere: sql`${matches.status} <> 'rejected'`,
    });
  return rowsAffected > 0;
}

/** Whom a provider's record was said not to be, beside what its identity says. */
export async function rejectedFor(db: Queryable, kind: LinkKind, provider: Provider, providerId: string): Promise<number[]> {
  const rows = await db
    .select({ id: matches.subjectId })
    .from(matches)
    .where(and(eq(matches.kind, kind), eq(matches.provider, provider), eq(matches.providerId, providerId), eq(matches.status, "rejected")));
  return rows.map(({ id }) => id);
}

/** Keeps that two of ours are two; whether that was not known yet. */
export async function keepApart(tx: Transaction, kind: LinkKind, [a, b]: [number, number], by: number | null, now: number): Promise<boolean> {
  const decided = { status: "rejected", decidedAt: now, decidedBy: by } as const;
  const { rowsAffected } = await tx
    .insert(matches)
    .values({ kind, subjectId: Math.min(a, b), otherId: Math.max(a, b), confidence: 0, evidence: { list: [] }, foundAt: now, ...decided })
    .onConflictDoUpdate({
      target: [matches.kind, matches.subjectId, matches.otherId],
      targetWhere: sql`${matches.otherId} IS NOT NULL`,
      set: decided,
      setWhere: sql`${matches.status} <> 'rejected'`,
    });
  return rowsAffected > 0;
}
