import { NEVER, nextCheck } from "#server/domain/freshness.ts";
import { readDueFacts } from "#server/views/due-facts.ts";
import { readIdentities } from "#server/views/sync-facts.ts";
import type { JobPayload, Refreshed } from "../../definitions.ts";
import type { Handler, RunningJob } from "../job.ts";
import { isEnding, listsOf, part, type Course } from "./course.ts";
import { courseOfImport, SEEDS } from "./read-identities.ts";
import { walkCourse } from "./walk-course.ts";
import { WhoProblem } from "./who-problem.ts";
import type { CatalogueDeps } from "./walk.ts";

/** Brings in all that providers know of an artist. */
export function importArtist(deps: CatalogueDeps): Handler<JobPayload<"import-artist">> {
  return async (job) => {
    const { target } = job.payload;
    const from = (job.cursor as Course | null) ?? courseOfImport(deps.sources, target);
    const { artistId } = await walkCourse(deps, job, from, target).catch((error: unknown) => tellWho(deps, job, error));
    await setDueTimes(deps, artistId!, ["catalogue", "shows", "setlists"]);
    await deps.write("saveJobStep", { step: { ...job.step({ artistId, todo: [], later: [] }), progress: { phase: "done" } } });
    await deps.write("hastenStudy", { artistId: artistId! });
  };
}

/** Whoever asked sees who could be meant. */
async function tellWho({ write }: CatalogueDeps, job: RunningJob, error: unknown): Promise<never> {
  if (error instanceof WhoProblem) await write("tellImportProblem", { jobId: job.id, problem: error.problem });
  throw error;
}

/** Looks at what of an artist may have changed. */
export function refreshArtist(deps: CatalogueDeps): Handler<JobPayload<"refresh-artist">> {
  return async (job) => {
    const { artistId, what } = job.payload;
    const from = (job.cursor as Course | null) ?? (await courseOfRefresh(deps, artistId, what));
    const walked = await walkCourse(deps, job, from, null);
    await setDueTimes(deps, walked.artistId ?? artistId, [what]);
  };
}

async function courseOfRefresh({ sources, reader }: CatalogueDeps, artistId: number, what: Refreshed): Promise<Course> {
  const ids = await readIdentities(reader, artistId);
  const todo = listsOf((provider) => sources[provider] !== null && ids[provider] !== undefined, [what]);
  // With nothing to ask there is nothing new for ballots either.
  if (todo.every(({ list }) => isEnding(list))) return { artistId, todo: [], later: [] };
  // Names and ids change too.
  const who = what === "catalogue" ? SEEDS.filter((provider) => sources[provider] !== null).map((provider) => part("twin", provider)) : [];
  return { artistId, todo: [...who, ...todo], later: [] };
}

const KINDS = { catalogue: "artist", shows: "shows", setlists: "setlists" } as const;

async function setDueTimes({ reader, write, now }: CatalogueDeps, artistId: number, what: readonly Refreshed[]): Promise<void> {
  const at = now();
  const { artist, shows } = await readDueFacts(reader, artistId, at);
  const byArtist = nextCheck("artist", { ...artist, id: artistId, checkedAt: at }, at);
  const byShows = Math.min(NEVER, ...shows.map((show) => nextCheck("show", { ...show, checkedAt: at }, at)));
  for (const one of what) {
    await write("setDue", { kind: KINDS[one], id: artistId, dueAt: one === "shows" ? Math.min(byArtist, byShows) : byArtist });
  }
}
