import { command } from "#db/command.ts";
import { putStandings } from "#db/queries/standings.ts";
import { STANDING_RULES } from "../../domain/scoring/leaderboard.ts";

/** Brings all standings of some fans up to what their scores say; how many rows that changed. */
export const mendStandings = command<{ userIds: number[] }, number>((tx, { input: { userIds } }) => putStandings(tx, userIds, "all", STANDING_RULES));
