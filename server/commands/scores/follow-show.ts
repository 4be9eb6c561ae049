import type { Transaction } from "#db/client.ts";
import { returnVotes } from "#db/queries/returned-votes.ts";
import { scoredWithAny, scoringShow } from "#db/queries/scores.ts";
import { DAY_MS } from "../../domain/durations.ts";
import type { StandingShow } from "../../domain/show-changes.ts";
import { utcDay } from "../../domain/voting.ts";
import { askFor, refreshScores } from "./ask-for.ts";

type Known = Pick<StandingShow, "status" | "localDate" | "tour" | "venueId" | "closesAt">;

/**
 * What follows from a show that is known otherwise now. Its votes are returned when it is cancelled: those of this UTC day
 * no longer count against the day's, once, and they stand should the show take place after all. Where its status, date,
 * tour or close is another one, it is scored again, or loses its scores. Where something is known of what was played there,
 * its artist is studied again after another date, tour or venue.
 */
export async function followShow(tx: Transaction, { showId, before, after }: { showId: number; before: Known; after: Known }, now: number): Promise<void> {
  const differs = (...fields: (keyof Known)[]) => fields.some((field) => before[field] !== after[field]);
  const cancelled = after.status === "cancelled" && before.status !== "cancelled";
  if (cancelled) await returnVotes(tx, { showId, day: utcDay(now), from: utcDay(now) * DAY_MS, now });
  if (differs("status", "tour", "localDate", "closesAt")) await refreshScores(tx, showId, now);
  if (differs("localDate", "tour", "venueId")) await followPlayed(tx, showId, [before.localDate, after.localDate], now);
}

/** A setlist that moves to another date is among the "last shows" of other shows. */
async function followPlayed(tx: Transaction, showId: number, [from, to]: [string, string], now: number): Promise<void> {
  const show = await scoringShow(tx, showId);
  if (!show?.written) return;
  const { artistId } = show;
  const nights = from === to ? [] : [from, to].map((localDate) => ({ artistId, showId, localDate }));
  await askFor(tx, { studies: [artistId], scores: await scoredWithAny(tx, nights) }, now);
}
