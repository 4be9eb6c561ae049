import { command } from "#db/command.ts";
import { trimEvents as trim } from "#db/queries/events.ts";
import { DAY_MS } from "../domain/voting.ts";

const KEPT_DAYS = 30;
/** Few enough not to keep votes waiting. */
export const TRIMMED_AT_ONCE = 5_000;

/** Removes some of the outbox events that every consumer has long seen; how many. */
export const trimEvents = command<void, number>((tx, { now }) => trim(tx, now - KEPT_DAYS * DAY_MS, TRIMMED_AT_ONCE));
