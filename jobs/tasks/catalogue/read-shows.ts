import type { Page, Records, ShowRecord } from "#server/domain/provider-records.ts";
import { addDays, localDateAt } from "#server/domain/show-time.ts";
import { readComingEvents } from "#server/views/sync-facts.ts";
import { ProviderError } from "../../providers/http.ts";
import type { Course } from "./course.ts";
import { idThere, isEnded, endList, afterPage } from "./read-list.ts";
import { placed } from "./time-zone.ts";
import { artistOf, cameIn, goOn, type Step, type Walk } from "./walk.ts";

const DAY_MS = 86_400_000;
/** How far ahead shows are asked for, ms. */
const AHEAD_MS = 3 * 365 * DAY_MS;
/** Shows written in one transaction: votes wait for its end. */
const AT_ONCE = 40;
/** Events that the list names no more and that are asked for one by one, in one run: the soonest. */
const MOST_ASKED = 20;

/** A page of the artist's shows to come; after the last one, an event that was to come and that no page has named. */
export const readShows: Step = async (walk) => {
  const { part, sources, write, now, job: { signal } } = walk;
  if (isEnded(part)) return part.unseen?.length ? readUnseen(walk, part.unseen) : endList(walk);
  // The range is in the cursor's slices: it has to stay what it was on the first page.
  const from = part.startedAt ?? now();
  const range = { from: from - DAY_MS, to: from + AHEAD_MS };
  const page = await sources.ticketmaster!.showsOfArtist(await idThere(walk), { range, cursor: part.next, freshMs: 0, signal });
  const next = { ...afterPage(walk, page), startedAt: from, unseen: await unseenAfter(walk, page, from) };
  const { course, step } = goOn(walk, next, cameIn(walk, "shows", page));
  const stored = { artistId: artistOf(walk), provider: part.provider };
  const records = page.records.map((record) => placedShow(record));
  for (let i = AT_ONCE; i < records.length; i += AT_ONCE) await write("storeShows", { ...stored, records: records.slice(i - AT_ONCE, i) });
  const last = records.length % AT_ONCE || Math.min(records.length, AT_ONCE);
  await write("storeShows", { ...stored, records: last === 0 ? [] : records.slice(-last), step });
  return course;
};

/** What is stored as to come and was not named up to the end of a page. */
async function unseenAfter(walk: Walk, page: Page<ShowRecord>, from: number): Promise<string[]> {
  const { reader, part: { provider, next, unseen } } = walk;
  const before = next === null ? await readComingEvents(reader, artistOf(walk), provider, addDays(localDateAt(from, "UTC"), 1)) : (unseen ?? []);
  const named = new Set([...page.records, ...page.refused].map(({ id }) => id));
  const left = before.filter((id) => !named.has(id));
  return page.next === null ? left.slice(0, MOST_ASKED) : left;
}

/** One event by its id: the list may have left it out, or it is gone, or the artist is not on its bill any more. */
async function readUnseen(walk: Walk, [id, ...unseen]: string[]): Promise<Course> {
  const { part, sources, write, job: { signal } } = walk;
  const there = await idThere(walk);
  const { records, refused } = await sources.ticketmaster!.show(id!, { freshMs: 0, signal }).catch(gone);
  const still = records.filter(({ artists }) => artists.length === 0 || artists.some((artist) => artist.id === there));
  const { course, step } = goOn(walk, { ...part, unseen });
  const dropped = still.length + refused.length === 0 ? [id!] : [];
  await write("storeShows", { artistId: artistOf(walk), provider: part.provider, records: still.map(placedShow), gone: dropped, step });
  return course;
}

/** Only what the provider says it does not have is gone. */
function gone(error: unknown): Records<ShowRecord> {
  if (error instanceof ProviderError && error.kind === "not_found") return { records: [], refused: [] };
  throw error;
}

/** A show whose own zone is told tells its venue's. */
function placedShow(record: ShowRecord) {
  const { venue, timeZone } = record;
  return placed({ ...record, venue: venue && { ...venue, timeZone: venue.timeZone ?? timeZone } });
}
