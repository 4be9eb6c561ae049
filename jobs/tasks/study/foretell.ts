import type { Write } from "#server/commands/registry.ts";
import { forecast } from "#server/domain/forecast/forecast.ts";
import { keptForecast } from "#server/domain/forecast/kept.ts";
import { shippedTrees } from "#server/domain/forecast/shipped.ts";
import { WEIGHTS } from "#server/domain/forecast/weights.ts";
import { likeliest } from "#server/domain/likelihood.ts";
import type { OpenShow } from "#server/views/past-shows.ts";
import type { Learnt } from "./learn-past.ts";

export interface ToForetell {
  show: OpenShow;
  /** Song ids on its ballot. */
  onBallot: ReadonlySet<number>;
  /** The artist's songs that may be voted for. */
  votable: readonly { id: number; rank: number }[];
}

/** Makes the forecast of a show from what was learnt of the shows before it, and has it kept. */
export async function foretell(write: Write, { forecaster, shows }: Learnt, { show, onBallot, votable }: ToForetell): Promise<void> {
  const about = { showId: show.id, model: WEIGHTS.version };
  // Without a show before it there is nothing to know.
  if (shows === 0) return void (await write("keepForecast", { ...about, forecast: null, ballot: [] }));
  const said = forecast(forecaster, show.setting, shippedTrees(), votable.map(({ id }) => id));
  const chances = new Map(said.songs.map(({ songId, probability }) => [songId, probability]));
  await write("keepForecast", { ...about, forecast: keptForecast(said, forecaster.history, onBallot), ballot: likeliest(votable, chances) });
}
