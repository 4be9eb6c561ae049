import type { StudyRun } from "#server/commands/forecasts/study-run.ts";
import type { Write } from "#server/commands/registry.ts";
import type { PastShow } from "#server/domain/forecast/setting.ts";
import type { Reader } from "#server/views/reader.ts";
import { readForecaster } from "#server/views/study-facts.ts";
import { learnUpTo, savedFrom, takenUp, type Learnt } from "./learn-past.ts";

export interface ToLearn {
  reader: Reader;
  write: Write;
  study: StudyRun;
  /** Oldest first. */
  past: readonly PastShow[];
  /** Of the first 0, 1, 2 … of them. */
  digests: readonly string[];
  pause: () => Promise<void>;
}

export interface Learning {
  /** What the first so many past shows teach. What all of them do is kept at once, so that a run that is broken off then does not learn it again. */
  learnUpTo(shows: number): Promise<Learnt>;
}

/** Goes on from what is kept of an artist, where that is still true. */
export async function startLearning({ reader, write, study, past, digests, pause }: ToLearn): Promise<Learning> {
  await pause();
  const saved = await readForecaster(reader, study.artistId);
  await pause();
  let known = takenUp(saved, digests);
  let kept = known?.shows ?? (saved === null ? 0 : null);
  return {
    async learnUpTo(shows) {
      known = await learnUpTo(known, past, shows, pause);
      if (shows === past.length && shows !== kept) {
        await pause();
        await write("keepForecaster", { study, saved: shows === 0 ? null : savedFrom(known, digests) });
        kept = shows;
      }
      return known;
    },
  };
}
