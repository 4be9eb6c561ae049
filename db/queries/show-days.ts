import { and, asc, between, desc, eq, gt, gte, inArray, lt, ne, or, sql, type SQL } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import { shows, venues } from "../schema/index.ts";
import { showsByIds } from "./shows.ts";

/** Which day it is where, each as yyyy-mm-dd. */
export interface LocalDays {
  /** In UTC. */
  yesterday: string;
  today: string;
  tomorrow: string;
  /** In each zone with a show on one of these days; elsewhere UTC's day tells before from after as well. */
  byZone: Record<string, string>;
}

/** Whose shows: one artist's or one venue's. */
export type ShowsOf = { artistId: number } | { venueId: number };

function ownedBy(of: ShowsOf): SQL {
  return "artistId" in of ? eq(shows.artistId, of.artistId) : eq(shows.venueId, of.venueId);
}

const notOver = inArray(shows.status, ["upcoming", "ongoing"]);

/** The day it is at a show's venue. */
function dayThere(days: LocalDays): SQL {
  return sql`coalesce(${JSON.stringify(days.byZone)} ->> ${venues.timeZone}, ${days.today})`;
}

/** The zones that have shows, all or someone's, from a local date to another, both included. */
export async function zonesBetween(db: Queryable, from: string, to: string, of?: ShowsOf): Promise<string[]> {
  const rows = await db
    .selectDistinct({ timeZone: venues.timeZone })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(of && ownedBy(of), between(shows.localDate, from, to)));
  return rows.map((row) => row.timeZone);
}

/** Ids of the first shows that match, their venues known. */
function firstIds(db: Queryable, matching: SQL | undefined, order: SQL[], limit: number) {
  return db
    .select({ id: shows.id })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(matching)
    .orderBy(...order)
    .limit(limit);
}

const byDate = [asc(shows.localDate), asc(shows.id)];
const byStart = [sql`${shows.startsAt} IS NULL`, asc(shows.startsAt), asc(shows.id)];
const latestFirst = [desc(shows.localDate), desc(shows.id)];

/** Shows whose day it is at their venue and that are neither over, cancelled nor postponed; soonest start first. */
export function showsTonight(db: Queryable, days: LocalDays, limit: number) {
  const near = between(shows.localDate, days.yesterday, days.tomorrow);
  const tonight = and(notOver, near, eq(shows.localDate, dayThere(days)));
  return showsByIds(db, firstIds(db, tonight, byStart, limit)).orderBy(...byStart);
}

/** Shows after the day it is at their venue, up to a local date; soonest first. */
export function showsAfterTonight(db: Queryable, days: LocalDays, until: string, limit: number) {
  const near = between(shows.localDate, days.today, until);
  const later = and(notOver, near, gt(shows.localDate, dayThere(days)));
  return showsByIds(db, firstIds(db, later, byDate, limit)).orderBy(...byDate);
}

/** Someone's shows that are not over, cancelled and postponed ones included; soonest first. */
export function showsToCome(db: Queryable, of: ShowsOf, days: LocalDays, limit: number) {
  const fromYesterday = and(ownedBy(of), gte(shows.localDate, days.yesterday));
  const toCome = and(fromYesterday, ne(shows.status, "completed"), gte(shows.localDate, dayThere(days)));
  return showsByIds(db, firstIds(db, toCome, byDate, limit)).orderBy(...byDate);
}

/** The last show of the page before. */
export interface ShowPlace {
  localDate: string;
  id: number;
}

/** Someone's shows that are over, by their status or their day, which a postponed one keeps until there is a new one; latest first. */
export function showsOver(db: Queryable, of: ShowsOf, days: LocalDays, limit: number, after?: ShowPlace) {
  const earlier = after && sql`(${shows.localDate}, ${shows.id}) < (${after.localDate}, ${after.id})`;
  const over = and(ownedBy(of), earlier, or(eq(shows.status, "completed"), lt(shows.localDate, dayThere(days))));
  return showsByIds(db, firstIds(db, over, latestFirst, limit)).orderBy(...latestFirst);
}
