import { recordDigest } from "#server/commands/catalogue/digest.ts";
import { TITLE_RULES } from "#server/domain/catalogue/titles.ts";
import type { StepProgress } from "#server/commands/job-queue.ts";
import type { Page } from "#server/domain/provider-records.ts";
import { readIdentities, readListMark } from "#server/views/sync-facts.ts";
import type { Course, Part } from "./course.ts";
import { artistOf, goOn, type Walk } from "./walk.ts";

const DAY_MS = 86_400_000;
/** After so long a list is read from end to end again, though its beginning and length are the same. */
const WALK_AGAIN_MS = 30 * DAY_MS;

/** Where a list goes on that has been read to its end: its end is still to be noted. */
const ENDED = "end";

export function isEnded({ next }: Part): boolean {
  return next === ENDED;
}

/** The artist's id at the provider of this part. */
export async function idThere(walk: Walk): Promise<string> {
  const { provider } = walk.part;
  const id = (await readIdentities(walk.reader, artistOf(walk)))[provider];
  if (id === undefined) throw new Error(`Artist ${artistOf(walk)} is not known to ${provider}`);
  return id;
}

/** The part after one of its pages. */
export function afterPage<T>({ part, now }: Walk, page: Page<T>): Part {
  const digest = part.next === null ? recordDigest([TITLE_RULES, page.records, page.refused]) : part.digest;
  return { ...part, digest, total: page.total ?? part.total, startedAt: part.startedAt ?? now(), next: page.next ?? ENDED };
}

/** Whether a list's length and first page are those of when it was last read whole, not long ago. */
export async function isUnchanged(walk: Walk, { provider, list, digest, total }: Part): Promise<boolean> {
  if (walk.part.next !== null) return false;
  const mark = await readListMark(walk.reader, artistOf(walk), provider, list);
  return mark !== null && mark.digest === digest && mark.total === total && walk.now() - mark.walkedAt < WALK_AGAIN_MS;
}

/** Goes on without the rest of the list. */
export async function skip(walk: Walk, progress: StepProgress = {}): Promise<Course> {
  const { course, step } = goOn(walk, null, progress);
  await walk.write("saveJobStep", { step });
  return course;
}

/** Notes that the list was read to its end, and goes on to the next one. */
export async function endList(walk: Walk): Promise<Course> {
  const { part: { provider, list, total, digest, startedAt }, write, now } = walk;
  const { course, step } = goOn(walk, null);
  await write("noteList", { artistId: artistOf(walk), provider, list, total, digest, walkedAt: startedAt ?? now(), step });
  return course;
}
