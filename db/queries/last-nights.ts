import { and, desc, eq, gt, isNotNull } from "drizzle-orm";
import type { Queryable } from "../client.ts";
import { artists, showScores, shows, venues } from "../schema/index.ts";

/** Scored shows after a local date at which anybody voted, latest first: how many songs were played, and how many of them the crowd had. */
export function lastNights(db: Queryable, after: string, limit: number) {
  return db
    .select({
      show: { id: shows.id, slug: shows.slug, localDate: shows.localDate },
      artist: { name: artists.name },
      venue: { name: venues.name, city: venues.city },
      played: showScores.played,
      hits: showScores.crowdHits,
    })
    .from(shows)
    .innerJoin(showScores, eq(showScores.showId, shows.id))
    .innerJoin(artists, eq(artists.id, shows.artistId))
    .innerJoin(venues, eq(venues.id, shows.venueId))
    .where(and(eq(shows.status, "completed"), gt(shows.localDate, after), isNotNull(showScores.crowdHits)))
    .orderBy(desc(shows.localDate), desc(shows.id))
    .limit(limit);
}
