import { and, asc, desc, eq, inArray, isNull, lt, or, sql, type SQL } from "drizzle-orm";
import type { LinkKind } from "#server/domain/matching/link-file.ts";
import type { Queryable } from "../client.ts";
import { artists, matches, merges, shows, songs, users, venues } from "../schema/index.ts";

export type MatchStatus = (typeof matches.$inferSelect)["status"];

const OURS = { artist: artists, venue: venues, show: shows, song: songs };

/** Whether both sides of a match of a kind are there. */
function stands(kind: LinkKind): SQL {
  const table = OURS[kind];
  const there = (id: SQL) => sql`EXISTS (SELECT 1 FROM ${table} WHERE ${table.id} = ${id})`;
  return sql`(${there(sql`${matches.subjectId}`)} AND (${matches.otherId} IS NULL OR ${there(sql`${matches.otherId}`)}))`;
}

/** Of a match in a list by confidence. */
export interface MatchPlace {
  kind: LinkKind;
  confidence: number;
  id: number;
}

export interface ByConfidence {
  /** Those that wait come with the most certain first, those joined already with the least certain. */
  status: "review" | "automatic";
  /** One kind after the other, in this order. */
  kinds: readonly LinkKind[];
  after?: MatchPlace | undefined;
  limit: number;
}

/** Ids of matches by confidence. Of those that wait only such whose sides are there. */
export async function idsByConfidence(db: Queryable, { status, kinds, after, limit }: ByConfidence): Promise<number[]> {
  const waiting = status === "review";
  const [order, further] = waiting ? [sql`DESC`, sql`<`] : [sql`ASC`, sql`>`];
  const from = after === undefined ? 0 : kinds.indexOf(after.kind);
  const parts = kinds.slice(from).map((kind, rank) => {
    const next = after?.kind === kind ? sql`AND (confidence, id) ${further} (${after.confidence}, ${after.id})` : sql``;
    const standing = waiting ? sql`AND ${stands(kind)}` : sql``;
    return sql`SELECT * FROM (SELECT id, confidence, ${rank} AS rank FROM matches
      WHERE status = ${status} AND kind = ${kind} ${next} ${standing} ORDER BY confidence ${order}, id ${order} LIMIT ${limit})`;
  });
  const found = await db.all<{ id: number }>(sql`${sql.join(parts, sql` UNION ALL `)} ORDER BY rank, confidence ${order}, id ${order} LIMIT ${limit}`);
  return found.map(({ id }) => id);
}

export interface DecidedQuery {
  status: "approved" | "rejected";
  kind?: LinkKind | undefined;
  before?: { decidedAt: number; id: number } | undefined;
  limit: number;
}

/** Decided matches, the latest decision first. */
export function decidedMatches(db: Queryable, { status, kind, before, limit }: DecidedQuery) {
  const earlier = before && or(lt(matches.decidedAt, before.decidedAt), and(eq(matches.decidedAt, before.decidedAt), lt(matches.id, before.id)));
  return listed(db)
    .where(and(eq(matches.status, status), kind && eq(matches.kind, kind), earlier))
    .orderBy(desc(matches.decidedAt), desc(matches.id))
    .limit(limit);
}

export function matchesByIds(db: Queryable, ids: readonly number[]) {
  return listed(db).where(inArray(matches.id, [...ids]));
}

export type ListedMatch = Awaited<ReturnType<typeof matchesByIds>>[number];

function listed(db: Queryable) {
  return db
    .select({
      id: matches.id,
      kind: matches.kind,
      subjectId: matches.subjectId,
      otherId: matches.otherId,
      provider: matches.provider,
      providerId: matches.providerId,
      record: matches.record,
      confidence: matches.confidence,
      evidence: matches.evidence,
      status: matches.status,
      foundAt: matches.foundAt,
      decidedAt: matches.decidedAt,
      decidedBy: users.displayName,
    })
    .from(matches)
    .leftJoin(users, eq(users.id, matches.decidedBy));
}

/** How many matches there are by status and kind; none of those that wait where a side is gone. */
export async function countMatches(db: Queryable): Promise<{ status: MatchStatus; kind: LinkKind; n: number }[]> {
  const pairs = JSON.stringify(["automatic", "approved", "rejected"].flatMap((status) => KINDS.map((kind) => [status, kind])));
  return db.all(sql`
    SELECT input.value ->> 0 AS status, input.value ->> 1 AS kind,
      (SELECT count(*) FROM matches m WHERE m.status = input.value ->> 0 AND m.kind = input.value ->> 1) AS n
    FROM json_each(${pairs}) AS input
    UNION ALL ${sql.join(KINDS.map((kind) => sql`SELECT 'review', ${kind}, (${waiting(kind)})`), sql` UNION ALL `)}`);
}

const KINDS = ["artist", "venue", "show", "song"] as const satisfies readonly LinkKind[];

function waiting(kind: LinkKind): SQL {
  return sql`SELECT count(*) FROM ${matches} WHERE ${matches.status} = 'review' AND ${matches.kind} = ${kind} AND ${stands(kind)}`;
}

/** How many matches of some kinds wait for a moderator. */
export async function countWaiting(db: Queryable, kinds: readonly LinkKind[]): Promise<number> {
  const [row] = await db.all<{ n: number }>(sql`SELECT ${sql.join(kinds.map((kind) => sql`(${waiting(kind)})`), sql` + `)} AS n`);
  return row!.n;
}

/** Whether both sides of a match are there still. */
export async function matchStands(db: Queryable, { id, kind }: { id: number; kind: LinkKind }): Promise<boolean> {
  const rows = await db.select({ id: matches.id }).from(matches).where(and(eq(matches.id, id), stands(kind)));
  return rows.length > 0;
}

/** The merges that took some of ours away, the latest first; those undone are left out. */
export function mergesOf(db: Queryable, sides: readonly { kind: LinkKind; id: number }[]) {
  const among = JSON.stringify(sides.map(({ kind, id }) => [kind, id]));
  return db
    .select({ id: merges.id, kind: merges.kind, fromId: merges.fromId, fromName: merges.fromName, intoId: merges.intoId, intoName: merges.intoName })
    .from(merges)
    .where(and(sql`(${merges.kind}, ${merges.fromId}) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${among}))`, isNull(merges.undoneAt)))
    .orderBy(desc(merges.id));
}

/** What lists call some of ours by. */
export function artistNames(db: Queryable, ids: readonly number[]) {
  return db
    .select({ id: artists.id, slug: artists.slug, name: artists.name, country: artists.country, genre: artists.genre, disambiguation: artists.disambiguation })
    .from(artists)
    .where(inArray(artists.id, [...ids]));
}

export function venueNames(db: Queryable, ids: readonly number[]) {
  return db
    .select({ id: venues.id, slug: venues.slug, name: venues.name, city: venues.city, region: venues.region, country: venues.country })
    .from(venues)
    .where(inArray(venues.id, [...ids]));
}

export function showNames(db: Queryable, ids: readonly number[]) {
  return db
    .select({ id: shows.id, slug: shows.slug, localDate: shows.localDate, artist: artists.name, venue: venues.name, city: venues.city })
    .from(shows)
    .innerJoin(artists, eq(artists.id, shows.artistId))
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(inArray(shows.id, [...ids]))
    .orderBy(asc(shows.id));
}

export function songNames(db: Queryable, ids: readonly number[]) {
  return db
    .select({ id: songs.id, title: songs.title, releasedOn: songs.releasedOn, artist: artists.name, artistSlug: artists.slug })
    .from(songs)
    .innerJoin(artists, eq(artists.id, songs.artistId))
    .where(inArray(songs.id, [...ids]));
}
