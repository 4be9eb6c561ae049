import type { Write } from "#server/commands/registry.ts";
import { startOf, type FanSlice } from "#server/commands/scores/score-fans.ts";
import type { JobPayload } from "../definitions.ts";
import type { Handler } from "./job.ts";

/** Stores the scores of a show's fans, a part after another, between which waiting votes are written. A run that was broken off begins anew. */
export function scoreShow({ write }: { write: Write }): Handler<JobPayload<"score-show">> {
  return async ({ payload: { showId }, signal }) => {
    let slice: FanSlice | null = startOf(showId);
    while (slice !== null) {
      slice = (await write("scoreFans", slice)).next;
      signal.throwIfAborted();
    }
  };
}
