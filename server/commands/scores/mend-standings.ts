import { command } from "#db/command.ts";
import { putStandings } from "#db/queries/standings.ts";
import { STANDING_RULES } from "../../domain/scoring/leaderboard.ts";

/** Fans whose standings are mended in one transaction. */
export const MENDED_AT_ONCE = 1_000;

/** Brings all standings of some fans, `MENDED_AT_ONCE` at most, up to what their scores say; how many rows that changed. */
export const mendStandings = command<{ userIds: number[] }, number>((tx, { input: { userIds } }) => putStandings(tx, userIds, "all", STANDING_RULES));
