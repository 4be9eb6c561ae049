import type { ShowRecord } from "#server/domain/provider-records.ts";
import { idThere, isEnded, endList, afterPage } from "./read-list.ts";
import { placed } from "./time-zone.ts";
import { artistOf, cameIn, goOn, type Step } from "./walk.ts";

const DAY_MS = 86_400_000;
/** How far ahead shows are asked for, ms. */
const AHEAD_MS = 3 * 365 * DAY_MS;
/** Shows written in one transaction: votes wait for its end. */
const AT_ONCE = 40;

/** A page of the artist's shows to come. */
export const readShows: Step = async (walk) => {
  const { part, sources, write, now, job: { signal } } = walk;
  if (isEnded(part)) return endList(walk);
  // The range is in the cursor's slices: it has to stay what it was on the first page.
  const from = part.startedAt ?? now();
  const range = { from: from - DAY_MS, to: from + AHEAD_MS };
  const page = await sources.ticketmaster!.showsOfArtist(await idThere(walk), { range, cursor: part.next, freshMs: 0, signal });
  const { course, step } = goOn(walk, { ...afterPage(walk, page), startedAt: from }, cameIn(walk, "shows", page));
  const stored = { artistId: artistOf(walk), provider: part.provider };
  const records = page.records.map((record) => placedShow(record));
  for (let i = AT_ONCE; i < records.length; i += AT_ONCE) await write("storeShows", { ...stored, records: records.slice(i - AT_ONCE, i) });
  const last = records.length % AT_ONCE || Math.min(records.length, AT_ONCE);
  await write("storeShows", { ...stored, records: last === 0 ? [] : records.slice(-last), step });
  return course;
};

/** A show whose own zone is told tells its venue's. */
function placedShow(record: ShowRecord) {
  const { venue, timeZone } = record;
  return placed({ ...record, venue: venue && { ...venue, timeZone: venue.timeZone ?? timeZone } });
}
