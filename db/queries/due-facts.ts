import { and, asc, desc, eq, inArray, sql } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import { predictedSetlists, shows, venues } from "../schema/index.ts";

const MOST_SHOWS = 200;

/** How much an artist matters to this site's fans, and its next and last show (epoch ms). */
export async function dueFactsOfArtist(db: Queryable, artistId: number, now: number) {
  const coming = await db
    .select({ at: predictedSetlists.closesAt, votes: shows.totalVotes })
    .from(shows)
    .innerJoin(predictedSetlists, eq(predictedSetlists.showId, shows.id))
    .where(and(eq(shows.artistId, artistId), eq(shows.status, "upcoming")))
    .orderBy(asc(shows.localDate))
    .limit(MOST_SHOWS);
  const [last] = await db
    .select({ at: predictedSetlists.closesAt })
    .from(shows)
    .innerJoin(predictedSetlists, eq(predictedSetlists.showId, shows.id))
    .where(and(eq(shows.artistId, artistId), eq(shows.status, "completed")))
    .orderBy(desc(shows.localDate))
    .limit(1);
  return {
    interest: coming.reduce((sum, { votes }) => sum + votes, 0),
    nextShowAt: coming[0]?.at ?? null,
    lastShowAt: last ? Math.min(last.at, now) : null,
  };
}

/** An artist's shows that may still move. */
export function showsToCome(db: Queryable, artistId: number) {
  return db
    .select({ id: shows.id, localDate: shows.localDate, startsAt: shows.startsAt, status: shows.status, timeZone: venues.timeZone })
    .from(shows)
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(eq(shows.artistId, artistId), inArray(shows.status, ["upcoming", "postponed", "cancelled"]), sql`${shows.demo} = 0`))
    .orderBy(desc(shows.localDate))
    .limit(MOST_SHOWS);
}
