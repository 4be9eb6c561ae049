import { command } from "#db/command.ts";
import type { Transaction } from "#db/client.ts";
import { keepBaseChances, showsWithoutChances } from "#db/queries/chances.ts";
import { outcomeFacts } from "#db/queries/outcomes.ts";
import { type OutcomeFacts, saidBefore } from "../../domain/scoring/outcome.ts";
import { addDays, localDateAt } from "../../domain/show-time.ts";

/** Shows whose chances are kept in one transaction; each takes some reads. */
export const CHANCES_AT_ONCE = 25;

/**
 * Keeps base chances of the shows of these days whose voting is over and of which no forecast was made, before their
 * setlists come in: what is written down of other shows later changes nothing then. How many shows that were, `CHANCES_AT_ONCE` at most.
 */
export const keepChances = command<void, number>(async (tx, { now }) => {
  const today = localDateAt(now, "UTC");
  const shows = await showsWithoutChances(tx, { from: addDays(today, -2), to: addDays(today, 1), now, limit: CHANCES_AT_ONCE });
  for (const showId of shows) await keepChancesOf(tx, showId, (await outcomeFacts(tx, showId))!, now);
  return shows.length;
});

/** Keeps the base chances of one show. */
export function keepChancesOf(tx: Transaction, showId: number, facts: OutcomeFacts, now: number): Promise<void> {
  return keepBaseChances(tx, { showId, shows: facts.lastShows.length, songs: saidBefore(facts).chances }, now);
}
