import { and, asc, desc, eq, gte, inArray, lt, lte, or, sql, type SQL, type SQLWrapper } from "drizzle-orm";
import type { Queryable, Transaction } from "../client.ts";
import { preparedQuery } from "../prepared-query.ts";
import { byFormerSlug } from "./former-slugs.ts";
import { artistColumns, placeColumns, venueColumns } from "./catalogue.ts";
import { artists, predictedSetlists, removedPages, shows, venues } from "../schema/index.ts";

/** A show by its id or its slug. */
export type ShowKey = number | string;

const listed = {
  id: shows.id,
  slug: shows.slug,
  localDate: shows.localDate,
  startsAt: shows.startsAt,
  status: shows.status,
  tour: shows.tour,
  totalVotes: shows.totalVotes,
  closesAt: predictedSetlists.closesAt,
  lockedAt: predictedSetlists.lockedAt,
  artist: artistColumns,
  venue: venueColumns,
};

/** Shows by their ids, or by a query for ids: what ranks should join no rows that it leaves out. */
export function showsByIds(db: Queryable, ids: number[] | SQLWrapper) {
  return db
    .select(listed)
    .from(shows)
    .innerJoin(predictedSetlists, eq(predictedSetlists.showId, shows.id))
    .innerJoin(artists, eq(artists.id, shows.artistId))
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(inArray(shows.id, ids));
}

export type ListedShow = Awaited<ReturnType<typeof showsByIds>>[number];

function byKey(key: ShowKey): SQL {
  return typeof key === "number" ? eq(shows.id, key) : eq(shows.slug, key);
}

const detailsBy = (key: typeof shows.id | typeof shows.slug) =>
  preparedQuery((db) =>
    db
      .select({
        ...listed,
        tallyVersion: shows.tallyVersion,
        artistId: shows.artistId,
        closeMoved: predictedSetlists.closeMoved,
        place: placeColumns,
      })
      .from(shows)
      .innerJoin(predictedSetlists, eq(predictedSetlists.showId, shows.id))
      .innerJoin(artists, eq(artists.id, shows.artistId))
      .innerJoin(venues, eq(venues.id, shows.venueId))
      .where(eq(key, sql.placeholder("key")))
      .prepare(),
  );
const detailsById = detailsBy(shows.id);
const detailsBySlug = detailsBy(shows.slug);

export type ShowDetails = Awaited<ReturnType<ReturnType<typeof detailsById>["all"]>>[number];

/** One show with its artist, its venue in full and its ballot's window; also by an address that it had before it was merged. */
export async function showDetails(db: Queryable, key: ShowKey): Promise<ShowDetails | null> {
  const details = typeof key === "number" ? detailsById : detailsBySlug;
  const [row] = await details(db).all({ key });
  return row ?? byFormerSlug(db, "show", key, showDetails);
}

export async function showId(db: Queryable, key: ShowKey): Promise<number | null> {
  const [row] = await db.select({ id: shows.id }).from(shows).where(byKey(key));
  return row?.id ?? byFormerSlug(db, "show", key, showId);
}

export async function isRemoved(
  db: Queryable,
  kind: "artist" | "venue" | "show",
  key: ShowKey,
): Promise<boolean> {
  if (typeof key === "number") return false;
  const rows = await db
    .select({ slug: removedPages.slug })
    .from(removedPages)
    .where(and(eq(removedPages.kind, kind), eq(removedPages.slug, key)));
  return rows.length > 0;
}

/** The first shows that match: chosen among shows alone, so that only they are joined. */
function firstShows(db: Queryable, matching: SQL | undefined, order: SQL[], limit: number) {
  const ids = db.select({ id: shows.id }).from(shows).where(matching).orderBy(...order).limit(limit);
  return showsByIds(db, ids).orderBy(...order);
}

/** Upcoming shows up to a local date with the most votes first. */
export function mostVotedShows(db: Queryable, until: string, limit: number) {
  const matching = and(eq(shows.status, "upcoming"), lte(shows.localDate, until));
  return firstShows(db, matching, [desc(shows.totalVotes), asc(shows.localDate), asc(shows.id)], limit);
}

export type ShowSort = "date" | "votes";

export interface ShowFilter {
  artistId?: number | undefined;
  from?: string | undefined;
  to?: string | undefined;
  sort: ShowSort;
  /** The last show of the page before. */
  after?: { id: number; localDate: string; totalVotes: number } | undefined;
  limit: number;
}

export function listShows(db: Queryable, filter: ShowFilter) {
  const order =
    filter.sort === "votes"
      ? [desc(shows.totalVotes), asc(shows.id)]
      : [asc(shows.localDate), asc(shows.id)];
  const matching = and(
    filter.artistId === undefined ? undefined : eq(shows.artistId, filter.artistId),
    // A lower bound is always there, so that a date index can serve the list.
    gte(shows.localDate, filter.from ?? "0000-00-00"),
    filter.to === undefined ? undefined : lte(shows.localDate, filter.to),
    filter.after && afterCursor(filter.sort, filter.after),
  );
  return firstShows(db, matching, order, filter.limit);
}

function afterCursor(sort: ShowSort, after: NonNullable<ShowFilter["after"]>): SQL | undefined {
  return sort === "votes"
    ? or(
        lt(shows.totalVotes, after.totalVotes),
        and(eq(shows.totalVotes, after.totalVotes), sql`${shows.id} > ${after.id}`),
      )
    : or(
        sql`${shows.localDate} > ${after.localDate}`,
        and(eq(shows.localDate, after.localDate), sql`${shows.id} > ${after.id}`),
      );
}

/** Shows that time moves on, up to a local date: not those that are over, cancelled or postponed. */
export function unfinishedShows(db: Queryable, until: string) {
  return db
    .select({
      id: shows.id,
      status: shows.status,
      localDate: shows.localDate,
      startsAt: shows.startsAt,
      timeZone: venues.timeZone,
    })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(inArray(shows.status, ["upcoming", "ongoing"]), lte(shows.localDate, until)));
}

export async function setShowStatus(
  tx: Transaction,
  id: number,
  status: (typeof shows.$inferSelect)["status"],
): Promise<void> {
  await tx.update(shows).set({ status }).where(eq(shows.id, id));
}

export async function setBallotWindow(
  tx: Transaction,
  showId: number,
  change: Partial<Pick<typeof predictedSetlists.$inferSelect, "closesAt" | "closeMoved" | "lockedAt">>,
): Promise<void> {
  await tx.update(predictedSetlists).set(change).where(eq(predictedSetlists.showId, showId));
}
