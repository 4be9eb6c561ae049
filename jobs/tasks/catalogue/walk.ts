import type { JobStep, StepProgress } from "#server/commands/job-queue.ts";
import type { Write } from "#server/commands/registry.ts";
import type { Page, Refusal } from "#server/domain/provider-records.ts";
import type { Reader } from "#server/views/reader.ts";
import type { ImportTarget } from "../../definitions.ts";
import type { RunningJob } from "../job.ts";
import type { Sources } from "../sources.ts";
import { after, type Course, type Part } from "./course.ts";

export interface CatalogueDeps {
  sources: Sources;
  reader: Reader;
  write: Write;
  /** Epoch ms. */
  now: () => number;
}

/** One step of an import: the part that it is at, and what it needs. */
export interface Walk extends CatalogueDeps {
  job: Pick<RunningJob, "id" | "signal" | "step">;
  course: Course;
  part: Part;
  /** Who is to be imported; null where that is known. */
  target: ImportTarget | null;
}

/** Reads one page, writes what it holds together with where to go on, and resolves to that. */
export type Step = (walk: Walk) => Promise<Course>;

/** The course from here on and the step that saves it. */
export function goOn(walk: Walk, next: Part | null, progress: StepProgress = {}, more: Part[] = []): { course: Course; step: JobStep } {
  const course = after(walk.course, next, more);
  return { course, step: { ...walk.job.step(course), progress } };
}

/** The id of the artist whose lists are read. */
export function artistOf({ course: { artistId } }: Walk): number {
  if (artistId === null) throw new Error("Lists are read before it is known whose they are");
  return artistId;
}

/** How many records were refused, by reason. */
export function refusals(refused: readonly Refusal[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of refused) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

/** What a page adds to the figures of an import; the first one of a list also how many there are in all. */
export function cameIn({ part }: Walk, list: NonNullable<StepProgress["came"]>["list"], page: Page<unknown>): StepProgress {
  const { records, refused, total } = page;
  // Of a list of unknown length there are at least those that came.
  const more = part.next === null && total !== null ? total : total === null ? records.length : 0;
  return { phase: list === "albums" ? "songs" : list, came: { list, read: records.length, more }, refused: refusals(refused) };
}
