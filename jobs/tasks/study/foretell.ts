import type { StudyRun } from "#server/commands/forecasts/study-run.ts";
import type { Write } from "#server/commands/registry.ts";
import { forecast } from "#server/domain/forecast/forecast.ts";
import { keptForecast } from "#server/domain/forecast/kept.ts";
import { shippedTrees } from "#server/domain/forecast/shipped.ts";
import { WEIGHTS } from "#server/domain/forecast/weights.ts";
import { likeliest } from "#server/domain/likelihood.ts";
import type { OpenShow } from "#server/views/past-shows.ts";
import type { Learnt } from "./learn-past.ts";

export interface ToForetell {
  study: StudyRun;
  show: OpenShow;
  /** Song ids on its ballot. */
  onBallot: ReadonlySet<number>;
  /** Ids of the artist's songs that may be voted for. */
  votable: readonly number[];
}

export interface Foretold {
  showId: number;
  /** By song id; null where nothing is known. */
  chances: ReadonlyMap<number, number> | null;
}

/** Makes the forecast of a show from what was learnt of the shows before it, and has it kept. */
export async function foretell(write: Write, { forecaster, shows }: Learnt, { study, show, onBallot, votable }: ToForetell): Promise<Foretold> {
  const { id: showId, setting } = show;
  // Without a show before it there is nothing to know.
  const said = shows === 0 ? null : forecast(forecaster, setting, shippedTrees(), votable);
  const kept = said && keptForecast(said, forecaster.history, onBallot);
  await write("keepForecast", { study, showId, model: WEIGHTS.version, forecast: kept });
  return { showId, chances: said && new Map(said.songs.map(({ songId, probability }) => [songId, probability])) };
}

export interface ToRenew {
  study: StudyRun;
  foretold: readonly Foretold[];
  /** By rank. */
  votable: readonly { id: number; rank: number }[];
  pause: () => Promise<void>;
}

/** Lets ballots that nobody has touched begin with the likeliest songs. */
export async function renewBallots(write: Write, { study, foretold, votable, pause }: ToRenew): Promise<void> {
  for (const { showId, chances } of foretold) {
    if (chances === null) continue;
    await pause();
    await write("renewBallot", { study, showId, songs: likeliest(votable, chances) });
  }
}
