import { command } from "#db/command.ts";
import { addSnapshots, dropSnapshots, putSongTrends } from "#db/queries/tally-history.ts";
import type { Snapshot } from "../../domain/statistics/tally-history.ts";

export interface HistoryNotes {
  snapshots: (Snapshot & { showId: number })[];
  trends: { setlistSongId: number; trend: number }[];
}

/** Keeps tallies as they stood, and how fast songs' votes come. */
export const noteHistory = command<HistoryNotes, void>(async (tx, { input: { snapshots, trends } }) => {
  if (snapshots.length > 0) await addSnapshots(tx, snapshots);
  if (trends.length > 0) await putSongTrends(tx, trends);
});

/** Drops snapshots of a show (epoch ms) that lie closer together than is needed. */
export const thinHistory = command<{ showId: number; ats: number[] }, void>((tx, { input: { showId, ats } }) => dropSnapshots(tx, showId, ats));
