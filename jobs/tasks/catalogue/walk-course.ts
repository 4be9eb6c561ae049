import { ProviderError } from "../../providers/http.ts";
import type { ImportTarget } from "../../definitions.ts";
import { PutOff, type RunningJob } from "../job.ts";
import { mustWait, postponed, resumed, type Course, type List } from "./course.ts";
import { readArtist, readLists, readOwnLists, readTwin } from "./read-identities.ts";
import { readSetlists } from "./read-setlists.ts";
import { readShows } from "./read-shows.ts";
import { readAlbums, readRecordings, readTracks } from "./read-songs.ts";
import { skip } from "./read-list.ts";
import { artistOf, goOn, type CatalogueDeps, type Step, type Walk } from "./walk.ts";

const readBallots: Step = async (walk) => {
  const { course, step } = goOn(walk, null, { phase: "ballots" });
  await walk.write("makeBallots", { artistId: artistOf(walk), step });
  return course;
};

const STEPS: Record<List, Step> = {
  artist: readArtist,
  twin: readTwin,
  lists: readLists,
  own_lists: readOwnLists,
  recordings: readRecordings,
  albums: readAlbums,
  tracks: readTracks,
  shows: readShows,
  setlists: readSetlists,
  ballots: readBallots,
};

type Job = Pick<RunningJob, "id" | "signal" | "step">;

/**
 * Walks a course to its end, step by step, each written together with where to go on. What a provider does not
 * give now is put off until all else is done; then throws `PutOff`, to go on when it does.
 */
export async function walkCourse(deps: CatalogueDeps, job: Job, from: Course, target: ImportTarget | null): Promise<Course> {
  let course = from;
  let waitMs: number | null = null;
  let why = "";
  while (course.todo.length > 0) {
    job.signal.throwIfAborted();
    if (mustWait(course)) {
      course = postponed(course);
      continue;
    }
    const walk: Walk = { ...deps, job, course, part: course.todo[0]!, target };
    try {
      course = await STEPS[walk.part.list](walk);
    } catch (error) {
      if (!(error instanceof ProviderError) || job.signal.aborted) throw error;
      if (mayPass(error) && course.artistId !== null) {
        course = postponed(course);
        waitMs = Math.min(waitMs ?? Infinity, error.retryAfterMs ?? Infinity);
        why = error.message;
      } else if (isRefused(error) && course.artistId !== null) {
        course = await skip(walk, { refused: { [`${error.provider}_${error.kind}`]: 1 } });
      } else throw error;
    }
  }
  if (course.later.length === 0) return course;
  await deps.write("saveJobStep", { step: job.step(resumed(course)) });
  throw new PutOff(why, Number.isFinite(waitMs) ? waitMs : null);
}

function mayPass({ kind }: ProviderError): boolean {
  return kind === "unavailable" || kind === "rate_limited" || kind === "quota_exceeded";
}

/** This provider gives nothing of it, others may. */
function isRefused({ kind }: ProviderError): boolean {
  return kind === "not_allowed" || kind === "not_found";
}
