import { readTally, type Tally } from "#db/queries/ballots.ts";
import { eventsAfter, lastEventSeq } from "#db/queries/events.ts";
import { showDetails, showId } from "#db/queries/shows.ts";
import { missing } from "./missing.ts";
import type { Key, Reader } from "./reader.ts";
import { votingState, type VotingState } from "./show-summary.ts";

export type { Tally };
export { eventsAfter, lastEventSeq, readTally };

/** The id of a show. Throws `not_found` or `gone`. */
export async function resolveShow(reader: Reader, key: Key): Promise<number> {
  const id = await showId(reader, key);
  if (id === null) throw await missing(reader, "show", key);
  return id;
}

/** Whether a show's ballot takes votes; null where the show is gone. */
export async function readVoting(reader: Reader, id: number, now: number): Promise<VotingState | null> {
  const show = await showDetails(reader, id);
  return show && votingState(show, now);
}
