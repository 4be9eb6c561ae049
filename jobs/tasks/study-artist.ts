import { studyOvertaken, type StudyRun } from "#server/commands/forecasts/study-run.ts";
import type { Write } from "#server/commands/registry.ts";
import { AppError } from "#server/domain/errors.ts";
import type { PastShow } from "#server/domain/forecast/setting.ts";
import { readComesIn, readOpenShows, readPastShows, type OpenShow } from "#server/views/past-shows.ts";
import type { Reader } from "#server/views/reader.ts";
import { readBallots, readVotable } from "#server/views/study-facts.ts";
import type { JobPayload } from "../definitions.ts";
import { PutOff, type Handler } from "./job.ts";
import { countPast } from "./study/count-past.ts";
import { foretell, renewBallots, type Foretold } from "./study/foretell.ts";
import { startLearning } from "./study/learning.ts";
import { digestsOf } from "./study/learn-past.ts";

export interface StudyDeps {
  reader: Reader;
  write: Write;
  /** Epoch ms. */
  now: () => number;
  /** Lets what waits run, such as requests; called between shows. */
  pause: () => Promise<void>;
}

/** While setlists come in page by page, the newest first, each would have all the others learnt anew. */
const IMPORT_WAIT_MS = 30_000;

/**
 * Learns from what an artist has played, and says of each show whose voting is open what is to be expected of it,
 * from the shows before its date alone. It goes on from what it has learnt before, unless that has changed since.
 * The figures of what was played are counted in the same reading. Where another study of the artist begins meanwhile,
 * in another process, it leaves the rest to that one, which has read no less.
 */
export function studyArtist({ reader, write, now, pause }: StudyDeps): Handler<JobPayload<"study-artist">> {
  return async (job) => {
    const { payload: { artistId }, signal } = job;
    if (await readComesIn(reader, artistId)) throw new PutOff("The artist's setlists are coming in.", IMPORT_WAIT_MS);
    const breathe = async () => {
      signal.throwIfAborted();
      await pause();
    };
    const { jobId, claim } = job.step(null);
    const study = { artistId, jobId, claim };
    await write("beginStudy", study);
    try {
      const past = await readPastShows(reader, { artistId, now: now(), pause: breathe });
      await foretellAll({ reader, write, now, study, past, pause: breathe });
      await countPast({ reader, write }, { study, past, pause: breathe });
    } catch (error) {
      if (error instanceof AppError && error.reason === studyOvertaken().reason) return;
      throw error;
    }
    await write("endStudy", study);
  };
}

interface Study extends StudyDeps {
  study: StudyRun;
  /** Oldest first. */
  past: readonly PastShow[];
}

async function foretellAll({ reader, write, now, study, past, pause }: Study): Promise<void> {
  const { artistId } = study;
  const digests = await digestsOf(past, pause);
  const open = await readOpenShows(reader, artistId, now());
  const ballots = await readBallots(reader, open.map(({ id }) => id));
  await pause();
  const votable = (await readVotable(reader, artistId, past)).map(({ id }) => id);
  const course = await startLearning({ reader, write, study, past, digests, pause });
  const foretold: Foretold[] = [];
  for (const { before, shows } of byKnowledge(open, past)) {
    const known = await course.learnUpTo(before);
    for (const show of shows) {
      await pause();
      foretold.push(await foretell(write, known, { study, show, onBallot: ballots.get(show.id)!, votable }));
    }
  }
  await course.learnUpTo(past.length);
  if (foretold.length === 0) return;
  await write("rankSongsOf", { artistId });
  await pause();
  await renewBallots(write, { study, foretold, votable: await readVotable(reader, artistId, past), pause });
}

/** Shows to come with how many past shows were before their date, in order. */
function byKnowledge(open: readonly OpenShow[], past: readonly PastShow[]): { before: number; shows: OpenShow[] }[] {
  const groups = Map.groupBy(open, ({ setting }) => past.filter(({ date }) => date < setting.date).length);
  return [...groups].sort(([a], [b]) => a - b).map(([before, shows]) => ({ before, shows }));
}
