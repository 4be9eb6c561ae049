import { and, asc, between, eq, gt, inArray, sql, type SQL } from "drizzle-orm";
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

const notOver = inArray(shows.status, ["upcoming", "ongoing"]);

/** The day it is at a show's venue. */
function dayThere(days: LocalDays): SQL {
  return sql`coalesce(${JSON.stringify(days.byZone)} ->> ${venues.timeZone}, ${days.today})`;
}

/** The zones that have shows from a local date to another, both included. */
export async function zonesBetween(db: Queryable, from: string, to: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ timeZone: venues.timeZone })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(between(shows.localDate, from, to));
  return rows.map((row) => row.timeZone);
}

/** Shows whose day it is at their venue and that are neither over nor cancelled; soonest start first. */
export function showsTonight(db: Queryable, days: LocalDays, limit: number) {
  const soonest = [sql`${shows.startsAt} IS NULL`, asc(shows.startsAt), asc(shows.id)];
  const ids = db
    .select({ id: shows.id })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(notOver, between(shows.localDate, days.yesterday, days.tomorrow), eq(shows.localDate, dayThere(days))))
    .orderBy(...soonest)
    .limit(limit);
  return showsByIds(db, ids).orderBy(...soonest);
}

/** Shows after the day it is at their venue, up to a local date; soonest first. */
export function showsAfterTonight(db: Queryable, days: LocalDays, until: string, limit: number) {
  const soonest = [asc(shows.localDate), asc(shows.id)];
  const ids = db
    .select({ id: shows.id })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(notOver, between(shows.localDate, days.today, until), gt(shows.localDate, dayThere(days))))
    .orderBy(...soonest)
    .limit(limit);
  return showsByIds(db, ids).orderBy(...soonest);
}
