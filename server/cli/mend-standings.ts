import { MENDED_AT_ONCE } from "../commands/scores/mend-standings.ts";
import type { Write } from "../commands/registry.ts";

/** Brings all standings of the fans with a wrong one up to their scores, some fans at a time, between which votes are written; how many rows that changed. */
export async function mendStandings(write: Write, wrong: readonly { userId: number }[]): Promise<number> {
  const userIds = [...new Set(wrong.map(({ userId }) => userId))];
  let changed = 0;
  for (let i = 0; i < userIds.length; i += MENDED_AT_ONCE) changed += await write("mendStandings", { userIds: userIds.slice(i, i + MENDED_AT_ONCE) });
  return changed;
}
