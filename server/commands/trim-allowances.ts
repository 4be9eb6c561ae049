import { command } from "#db/command.ts";
import { trimDayAllowances } from "#db/queries/votes.ts";
import { utcDay } from "../domain/voting.ts";
import { TRIMMED_AT_ONCE } from "./trim-events.ts";

/** Far more than a clock that is set wrong and right again can be off. */
const KEPT_DAYS = 30;

/** Removes some of the day counters that no vote can meet any more; how many. */
export const trimAllowances = command<void, number>((tx, { now }) =>
  trimDayAllowances(tx, utcDay(now) - KEPT_DAYS, TRIMMED_AT_ONCE),
);
