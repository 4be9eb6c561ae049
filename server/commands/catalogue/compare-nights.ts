import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { artistFacts } from "#db/queries/identities.ts";
import { recordsOfVenues } from "#db/queries/match-keys.ts";
import { idsOfShows, nightsDayApart, nightsWithSeveral, openMatchesOfArtist } from "#db/queries/match-nights.ts";
import { areKeptApart, dropOpenMatches, putMatch } from "#db/queries/matches.ts";
import { venueFactsOf } from "../../domain/matching/facts.ts";
import type { ArtistSide } from "../../domain/matching/score-artists.ts";
import { scoreDayApart, scoreShows, type ShowSide } from "../../domain/matching/score-shows.ts";
import type { VenueSide } from "../../domain/matching/score-venues.ts";
import { localTimeAt } from "../../domain/show-time.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
import { mergeInto } from "../merge/merge-into.ts";
import { staying } from "../merge/staying.ts";
import { artistSides } from "./artist-records.ts";
import { toldOf } from "./venue-records.ts";
import { UNKNOWN_VENUE } from "./put-venue.ts";

type Night = Awaited<ReturnType<typeof nightsWithSeveral>>[number];

/** Compares all nights of an artist at which there is more than one show. */
export const compareShows = command<{ artistId: number; step: JobStep }, void>(async (tx, { input: { artistId, step }, now }) => {
  await compareNights(tx, artistId, null, now);
  await saveStep(tx, step, now);
});

/**
 * Compares an artist's shows of each of some local dates, or of all: what is one show for certain becomes one, what may
 * be is put into review, and what was in review and is not alike any more is taken back.
 */
export async function compareNights(tx: Transaction, artistId: number, dates: string[] | null, now: number): Promise<void> {
  const open = await openMatchesOfArtist(tx, "show", artistId);
  // What is in review may be so no more since one of the two was moved to another date.
  const compared = open.length > 0 ? null : dates;
  const nights = await nightsWithSeveral(tx, artistId, compared);
  const sides = await sidesOf(tx, artistId, nights);
  const alike = new Set<string>();
  for (const shows of Map.groupBy(nights, ({ localDate }) => localDate).values()) {
    const ids = shows.map(({ id }) => id);
    while (ids.length > 1) await compareFirst(tx, ids, sides, alike, now);
  }
  await compareDays(tx, artistId, compared, alike, now);
  await dropOpenMatches(tx, open.filter(({ subjectId, otherId }) => !alike.has(`${subjectId} ${otherId}`)).map(({ id }) => id));
}

/** Has a person look at setlists whose dates may be a day off. */
async function compareDays(tx: Transaction, artistId: number, dates: string[] | null, alike: Set<string>, now: number): Promise<void> {
  for (const { made, free, madeOn, freeOn } of await nightsDayApart(tx, artistId, dates)) {
    if (await areKeptApart(tx, "show", made, free)) continue;
    const { confidence, evidence } = scoreDayApart(madeOn, freeOn);
    alike.add(`${Math.min(made, free)} ${Math.max(made, free)}`);
    await putMatch(tx, { kind: "show", subjectId: made, other: { otherId: free }, confidence, evidence, status: "review" }, now);
  }
}

/** Compares the first of a night with the others; what becomes it, or what it becomes, is left out from then on. */
async function compareFirst(tx: Transaction, ids: number[], sides: Map<number, ShowSide>, alike: Set<string>, now: number): Promise<void> {
  const [a, ...others] = ids as [number, ...number[]];
  for (const b of others) {
    const score = scoreShows(sides.get(a)!, sides.get(b)!);
    if (score.verdict === "none" || (await areKeptApart(tx, "show", a, b))) continue;
    if (score.verdict === "automatic") {
      const { from } = await joinShows(tx, a, b, now);
      ids.splice(ids.indexOf(from), 1);
      if (from === a) return;
      continue;
    }
    alike.add(`${Math.min(a, b)} ${Math.max(a, b)}`);
    await putMatch(tx, { kind: "show", subjectId: a, other: { otherId: b }, confidence: score.confidence, evidence: score.evidence, status: "review" }, now);
  }
  ids.shift();
}

async function joinShows(tx: Transaction, a: number, b: number, now: number): Promise<{ from: number; into: number }> {
  const sides = await staying(tx, "show", a, b);
  await mergeInto(tx, { kind: "show", ...sides, by: null }, now);
  return sides;
}

async function sidesOf(tx: Transaction, artistId: number, nights: Night[]): Promise<Map<number, ShowSide>> {
  const artist = (await artistSides(tx, [artistId])).get(artistId) ?? ({ name: (await artistFacts(tx, artistId))?.name ?? "" } satisfies ArtistSide);
  const ids = Map.groupBy(await idsOfShows(tx, nights.map(({ id }) => id)), ({ showId }) => showId);
  const venues = await venueSides(tx, [...new Set(nights.map(({ venueId }) => venueId))]);
  return new Map(
    nights.map(({ id, venueId, venueSlug, startsAt, localDate, timeZone }) => [
      id,
      {
        artist,
        venue: venueSlug === UNKNOWN_VENUE ? null : (venues.get(venueId) ?? null),
        localDate,
        localTime: startsAt === null ? null : localTimeAt(startsAt, timeZone),
        ids: (ids.get(id) ?? []).map(({ provider, id: providerId }) => ({ provider, id: providerId })),
      },
    ]),
  );
}

async function venueSides(tx: Transaction, venueIds: number[]): Promise<Map<number, VenueSide>> {
  const byVenue = Map.groupBy(await recordsOfVenues(tx, venueIds), ({ venueId }) => venueId);
  return new Map(
    [...byVenue].flatMap(([id, rows]) => {
      const facts = venueFactsOf(toldOf(rows));
      return facts ? [[id, { ...facts, ids: rows.map(({ provider, providerId }) => ({ provider, id: providerId })) }] as const] : [];
    }),
  );
}
