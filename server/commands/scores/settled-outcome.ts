import type { Transaction } from "#db/client.ts";
import { insertJob } from "#db/queries/jobs.ts";
import { outcomeFacts } from "#db/queries/outcomes.ts";
import { queued } from "#jobs/definitions.ts";
import { iso } from "../../domain/instant.ts";
import { type Outcome, type OutcomeFacts, outcomeOf } from "../../domain/scoring/outcome.ts";
import type { ShowKey } from "../../domain/scoring/show-key.ts";
import { keepChancesOf } from "./keep-chances.ts";

/** The outcome of a show whose scores are to be stored. */
export interface SettledOutcome {
  facts: OutcomeFacts;
  setlist: Outcome["setlist"];
  crowd: NonNullable<Outcome["crowd"]>;
  key: ShowKey;
}

/**
 * What a show's stored scores follow from, once the setlist that counts is final; null while they can't be made. Where no
 * chances were said of the show, base chances are kept from now on, so that making the scores again gives the same. A
 * show whose voting was opened again is scored at its close.
 */
export async function settledOutcome(tx: Transaction, showId: number, now: number): Promise<SettledOutcome | null> {
  const facts = await outcomeFacts(tx, showId);
  const outcome = facts && outcomeOf(facts, now);
  if (!outcome || outcome.setlist.status !== "final") return null;
  const { scoring, setlist, crowd } = outcome;
  if (scoring.verdict === "none") {
    if (scoring.reason === "voting_open") await scoreAtClose(tx, showId, facts.show.closesAt, now);
    return null;
  }
  if (facts.chances === null) {
    await keepChancesOf(tx, showId, facts, now);
    return settledOutcome(tx, showId, now);
  }
  return { facts, setlist, crowd: crowd!, key: scoring.key };
}

/** The close is in the key: where it has moved, the job of the old one, which may be the one that runs, is another. */
async function scoreAtClose(tx: Transaction, showId: number, closesAt: number, now: number): Promise<void> {
  await insertJob(tx, { ...queued("score-show", `${showId} at the close of ${iso(closesAt)}`, { showId }), runAt: closesAt }, now);
}
