import { AppError } from "#server/domain/errors.ts";
import { ProviderError, type ProviderErrorKind } from "../../providers/http.ts";
import type { ImportTarget } from "../../definitions.ts";
import { readStandingArtist } from "#server/views/match-facts.ts";
import { PutOff, type RunningJob } from "../job.ts";
import { mustWait, postponed, resumed, type Course, type List } from "./course.ts";
import { compareArtists, compareShows, compareSongs } from "./compare.ts";
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
  alike_songs: compareSongs,
  alike_artists: compareArtists,
  alike_shows: compareShows,
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
      if (job.signal.aborted || course.artistId === null) throw error;
      const standing = await readStandingArtist(deps.reader, course.artistId);
      if (standing !== course.artistId) {
        // Another job, or a moderator, has made it one with another artist of ours meanwhile.
        course = { ...course, artistId: standing };
        continue;
      }
      const left = leftOut(error);
      if (left !== null) course = await skip(walk, { refused: { [left]: 1 } });
      else if (mayPass(error)) {
        course = postponed(course);
        waitMs = Math.min(waitMs ?? Infinity, error.retryAfterMs ?? Infinity);
        why = error.message;
      } else throw error;
    }
  }
  if (course.artistId !== null) course = { ...course, artistId: await readStandingArtist(deps.reader, course.artistId) };
  if (course.later.length === 0) return course;
  await deps.write("saveJobStep", { step: job.step(resumed(course)) });
  throw new PutOff(why, Number.isFinite(waitMs) ? waitMs : null);
}

function mayPass(error: unknown): error is ProviderError {
  return error instanceof ProviderError && !LEFT_OUT.has(error.kind);
}

/** A provider that answers so gives nothing of a part: it is left out, and read when the artist is looked at again. */
const LEFT_OUT = new Set<ProviderErrorKind>(["not_allowed", "not_found", "garbled", "bad_request"]);

/** Why a part is left out, for the figures; null where it is not. */
function leftOut(error: unknown): string | null {
  if (error instanceof AppError && error.reason === "identity_conflict") return error.reason;
  return error instanceof ProviderError && LEFT_OUT.has(error.kind) ? `${error.provider}_${error.kind}` : null;
}
