import { sql, type SQL } from "drizzle-orm";
import type { Queryable } from "../client.ts";

/** The setting that holds what is usual among fans, learnt from all of them. */
export const ACCURACY_SETTING = "accuracy_prior";

/** Which board: of an artist or not (0), of a year's or tour's name or not (""). */
export interface BoardKey {
  kind: "all" | "year" | "artist" | "tour";
  artistId: number;
  name: string;
}

export interface StandingRow {
  userId: number;
  displayName: string;
  shows: number;
  votes: number;
  hits: number;
  points: number;
  /** Epoch ms. */
  lastVoteAt: number;
  /** Millionths. */
  rating: number;
}

/** A place in the order of a board. */
export type BoardPlace = Pick<StandingRow, "rating" | "points" | "hits" | "lastVoteAt" | "userId">;

const isListed = ({ kind, artistId, name }: BoardKey) => sql`s.artist_id = ${artistId} AND s.board = ${kind} AND s.name = ${name} AND s.listed = 1`;
const COLUMNS = sql`s.user_id AS userId, u.display_name AS displayName, s.shows, s.votes, s.hits, s.points, s.last_vote_at AS lastVoteAt, s.rating`;
/** The order of a board, which the index `standings_order` has: highest rating, most points, most hits, earliest last vote, smallest id. No two are equal. */
const ORDERED = [["rating", "rating", "DESC"], ["points", "points", "DESC"], ["hits", "hits", "DESC"], ["last_vote_at", "lastVoteAt", "ASC"], ["user_id", "userId", "ASC"]] as const;
const ORDER = sql.raw(ORDERED.map(([column, , way]) => `s.${column} ${way}`).join(", "));

/** Standings of a board, or those of some fans on it: these by the fan, all by the board's order. */
function standingsOf(fans: readonly number[] | null): SQL {
  return fans === null ? sql`standings s` : sql`json_each(${JSON.stringify(fans)}) AS fan CROSS JOIN standings s ON s.user_id = fan.value`;
}

/** That a row is behind a place in the order, or before it. */
function beyond(place: BoardPlace, side: "behind" | "before", at = 0): SQL {
  const [name, field, way] = ORDERED[at]!;
  const column = sql.raw(`s.${name}`);
  const further = sql`${column} ${sql.raw((way === "DESC") === (side === "behind") ? "<" : ">")} ${place[field]}`;
  return at === ORDERED.length - 1 ? further : sql`(${further} OR (${column} = ${place[field]} AND ${beyond(place, side, at + 1)}))`;
}

/** The same, so that the index is read from the place on. */
const behind = (place: BoardPlace) => sql`s.rating <= ${place.rating} AND ${beyond(place, "behind")}`;
const before = (place: BoardPlace) => sql`s.rating >= ${place.rating} AND ${beyond(place, "before")}`;

export interface BoardQuery {
  board: BoardKey;
  /** Only these fans; null for all. */
  fans: readonly number[] | null;
}

/** Listed fans of a board in its order, those after a place. */
export function boardRows(db: Queryable, { board, fans, after, limit }: BoardQuery & { after: BoardPlace | null; limit: number }): Promise<StandingRow[]> {
  return db.all<StandingRow>(sql`
    SELECT ${COLUMNS} FROM ${standingsOf(fans)} JOIN users u ON u.id = s.user_id
    WHERE ${isListed(board)} AND ${after === null ? sql`true` : behind(after)} ORDER BY ${ORDER} LIMIT ${limit}`);
}

/** How many listed fans of a board are before a place. */
export async function countBefore(db: Queryable, { board, fans, place }: BoardQuery & { place: BoardPlace }): Promise<number> {
  const row = await db.get<{ n: number }>(sql`SELECT count(*) AS n FROM ${standingsOf(fans)} WHERE ${isListed(board)} AND ${before(place)}`);
  return row?.n ?? 0;
}

/** A fan's own standing on a board, also where it is not listed yet; null where there is none. */
export async function ownStanding(db: Queryable, { kind, artistId, name }: BoardKey, userId: number): Promise<(StandingRow & { listed: boolean }) | null> {
  const [row] = await db.all<StandingRow & { listed: number }>(sql`
    SELECT ${COLUMNS}, s.listed FROM standings s JOIN users u ON u.id = s.user_id
    WHERE s.artist_id = ${artistId} AND s.board = ${kind} AND s.name = ${name} AND s.user_id = ${userId}`);
  return row ? { ...row, listed: row.listed === 1 } : null;
}

/** The names of an artist's (or with 0 everybody's) boards of a kind that somebody is listed on; found name by name, not row by row. */
export async function boardNames(db: Queryable, { kind, artistId }: Omit<BoardKey, "name">, limit: number): Promise<string[]> {
  const of = sql`FROM standings WHERE artist_id = ${artistId} AND board = ${kind} AND listed = 1`;
  const rows = await db.all<{ name: string }>(sql`
    WITH RECURSIVE named (name) AS (
      SELECT (SELECT min(name) ${of}) UNION ALL SELECT (SELECT min(name) ${of} AND name > named.name) FROM named WHERE named.name IS NOT NULL)
    SELECT name FROM named WHERE name IS NOT NULL LIMIT ${limit}`);
  return rows.map(({ name }) => name);
}

/** Artists on whose boards somebody is listed, by name. */
export function boardArtists(db: Queryable, limit: number): Promise<{ id: number; slug: string; name: string; genre: string | null; country: string | null }[]> {
  return db.all(sql`
    WITH RECURSIVE listed (id) AS (
      SELECT (SELECT min(artist_id) FROM standings WHERE artist_id > 0 AND listed = 1)
      UNION ALL SELECT (SELECT min(artist_id) FROM standings WHERE artist_id > listed.id AND listed = 1) FROM listed WHERE listed.id IS NOT NULL)
    SELECT a.id, a.slug, a.name, a.genre, a.country FROM listed JOIN artists a ON a.id = listed.id ORDER BY a.search_name, a.id LIMIT ${limit}`);
}

/** What the usual accuracy is learnt from: sums over all fans with a rated show. */
export async function accuracySums(db: Queryable): Promise<{ fans: number; votes: number; hits: number; voteSquares: number; hitSquares: number }> {
  const row = await db.get<{ fans: number; votes: number; hits: number; voteSquares: number; hitSquares: number }>(sql`
    SELECT count(*) AS fans, coalesce(sum(votes), 0) AS votes, coalesce(sum(hits), 0) AS hits,
      coalesce(sum(votes * votes), 0) AS voteSquares, coalesce(sum(1.0 * hits * hits / votes), 0) AS hitSquares
    FROM standings WHERE artist_id = 0 AND board = 'all' AND name = '' AND votes > 0`);
  return row;
}
