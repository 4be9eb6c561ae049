import type { Transaction } from "#db/client.ts";
import { returnVotes } from "#db/queries/returned-votes.ts";
import { scoredAfter, scoringShow } from "#db/queries/scores.ts";
import { DAY_MS } from "../../domain/durations.ts";
import { LAST_SHOWS } from "../../domain/scoring/expectations.ts";
import type { StandingShow } from "../../domain/show-changes.ts";
import { utcDay } from "../../domain/voting.ts";
import { askForScores, askForStudy, refreshScores } from "./ask-for.ts";

type Known = Pick<StandingShow, "status" | "localDate" | "tour">;

/**
 * What follows from a show that is known otherwise now. Its votes are returned when it is cancelled: those of this UTC day
 * no longer count against the day's, once, and they stand should the show take place after all. Where its status, date or
 * tour is another one, it is scored again, or loses its scores.
 */
export async function followShow(tx: Transaction, { showId, before, after }: { showId: number; before: Known; after: Known }, now: number): Promise<void> {
  const cancelled = after.status === "cancelled" && before.status !== "cancelled";
  const moved = before.localDate !== after.localDate;
  if (cancelled) await returnVotes(tx, { showId, day: utcDay(now), from: utcDay(now) * DAY_MS, now });
  if (before.status !== after.status || before.tour !== after.tour || moved) await refreshScores(tx, showId, now);
  if (moved) await followDates(tx, showId, [before.localDate, after.localDate], now);
}

/** A setlist that moves to another date is among the "last shows" of other shows. */
async function followDates(tx: Transaction, showId: number, dates: string[], now: number): Promise<void> {
  const show = await scoringShow(tx, showId);
  if (!show?.settled) return;
  const { artistId } = show;
  await askForStudy(tx, artistId, now);
  for (const localDate of dates) for (const later of await scoredAfter(tx, { artistId, localDate }, LAST_SHOWS)) await askForScores(tx, later, now);
}
