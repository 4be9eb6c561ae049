import { command } from "#db/command.ts";
import { putTrends } from "#db/queries/trends.ts";

/** Keeps how fast votes come in for some shows. */
export const noteTrends = command<{ showId: number; votes: number; rate: number; at: number }[], void>((tx, { input }) => putTrends(tx, input));
