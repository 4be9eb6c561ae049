import type { Write } from "#server/commands/registry.ts";
import type { PastShow } from "#server/domain/forecast/setting.ts";
import { readComesIn, readOpenShows, readPastShows, type OpenShow } from "#server/views/past-shows.ts";
import type { Reader } from "#server/views/reader.ts";
import { readBallots, readForecaster, readVotable } from "#server/views/study-facts.ts";
import type { JobPayload } from "../definitions.ts";
import { PutOff, type Handler } from "./job.ts";
import { countPast } from "./study/count-past.ts";
import { foretell } from "./study/foretell.ts";
import { digestsOf, learnUpTo, savedFrom, takenUp, type Learnt } from "./study/learn-past.ts";

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
 * The figures of what was played are counted in the same reading.
 */
export function studyArtist({ reader, write, now, pause }: StudyDeps): Handler<JobPayload<"study-artist">> {
  return async ({ payload: { artistId }, signal }) => {
    if (await readComesIn(reader, artistId)) throw new PutOff("The artist's setlists are coming in.", IMPORT_WAIT_MS);
    const breathe = async () => {
      signal.throwIfAborted();
      await pause();
    };
    const past = await readPastShows(reader, { artistId, now: now(), pause: breathe });
    await foretellAll({ reader, write, now, artistId, past, pause: breathe });
    await countPast({ reader, write }, { artistId, past, pause: breathe });
  };
}

interface Study extends StudyDeps {
  artistId: number;
  /** Oldest first. */
  past: readonly PastShow[];
}

async function foretellAll({ reader, write, now, artistId, past, pause }: Study): Promise<void> {
  const digests = await digestsOf(past, pause);
  const saved = await readForecaster(reader, artistId);
  const open = await readOpenShows(reader, artistId, now());
  const ballots = await readBallots(reader, open.map(({ id }) => id));
  const votable = await readVotable(reader, artistId, past);
  let known = takenUp(saved, digests);
  let kept = known?.shows ?? (saved === null ? 0 : null);
  const keep = async (learnt: Learnt) => {
    if (learnt.shows === kept) return;
    await write("keepForecaster", { artistId, saved: learnt.shows === 0 ? null : savedFrom(learnt, digests) });
    kept = learnt.shows;
  };
  for (const { before, shows } of byKnowledge(open, past)) {
    known = await learnUpTo(known, past, before, pause);
    // Kept before it is used: a run that is broken off here does not learn it again.
    if (before === past.length) await keep(known);
    for (const show of shows) {
      await pause();
      await foretell(write, known, { show, onBallot: ballots.get(show.id)!, votable });
    }
  }
  await keep(await learnUpTo(known, past, past.length, pause));
}

/** Shows to come with how many past shows were before their date, in order. */
function byKnowledge(open: readonly OpenShow[], past: readonly PastShow[]): { before: number; shows: OpenShow[] }[] {
  const groups = Map.groupBy(open, ({ setting }) => past.filter(({ date }) => date < setting.date).length);
  return [...groups].sort(([a], [b]) => a - b).map(([before, shows]) => ({ before, shows }));
}
