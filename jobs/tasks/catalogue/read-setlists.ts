import { readListMark } from "#server/views/sync-facts.ts";
import { idThere, isEnded, endList, afterPage, skip } from "./read-list.ts";
import { placed } from "./time-zone.ts";
import { artistOf, cameIn, goOn, type Step, type Walk } from "./walk.ts";

const DAY_MS = 86_400_000;
/** After so long all setlists are read again: those that were deleted, or came and went unseen. */
const WALK_AGAIN_MS = 90 * DAY_MS;
/** Clocks differ, and an edit takes a while to be found. */
const OVERLAP_MS = 2 * DAY_MS;
/** So long "since" may stay where it is while nothing is edited. */
const NOTE_AGAIN_MS = 7 * DAY_MS;

/** A page of the artist's setlists, the newest first; once all were read only of those that were edited since. */
export const readSetlists: Step = async (walk) => {
  const { sources, write, now, job: { signal } } = walk;
  if (isEnded(walk.part)) return endList(walk);
  const mark = walk.part.next === null ? await lately(walk) : null;
  const part = mark ? { ...walk.part, since: mark.walkedAt - OVERLAP_MS } : walk.part;
  const ask = { cursor: part.next, signal, ...(part.since !== null && { editedSince: part.since }) };
  const page = await sources.setlistfm!.artistSetlists(await idThere(walk), ask);
  if (mark && page.total === 0 && now() - mark.walkedAt < NOTE_AGAIN_MS) return skip(walk, { phase: "setlists" });
  const { course, step } = goOn(walk, afterPage({ ...walk, part }, page), cameIn(walk, "setlists", page));
  await write("storeSetlists", { artistId: artistOf(walk), provider: part.provider, records: page.records.map(placed), step });
  return course;
};

/** When all were last read, if that is not long ago. */
async function lately(walk: Walk) {
  const { reader, now, part: { provider, list } } = walk;
  const mark = await readListMark(reader, artistOf(walk), provider, list);
  return mark !== null && now() - mark.walkedAt < WALK_AGAIN_MS ? mark : null;
}
