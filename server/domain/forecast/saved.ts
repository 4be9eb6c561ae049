import type { Forecaster } from "./forecast.ts";

/** A forecaster as JSON, so that new shows are learnt without the old ones. `version` changes with its shape. */
export interface SavedForecaster {
  version: number;
  text: string;
}

export const SAVED_VERSION = 1;

export function save({ history, adaptation }: Forecaster): SavedForecaster {
  const { indexOf: _, recent, where, ...rest } = history;
  const plain = {
    history: { ...rest, recent: recent.map((songs) => [...songs]), where: { ...where, visits: [...where.visits] } },
    adaptation,
  };
  return { version: SAVED_VERSION, text: JSON.stringify(plain) };
}

interface Plain {
  history: Omit<Forecaster["history"], "indexOf" | "recent" | "where"> & {
    recent: number[][];
    where: Omit<Forecaster["history"]["where"], "visits"> & { visits: [string, { show: number; songIds: number[] }][] };
  };
  adaptation: Forecaster["adaptation"];
}

/** The forecaster that was saved; null for one of another version, which is to be learnt anew from all shows. */
export function load({ version, text }: SavedForecaster): Forecaster | null {
  if (version !== SAVED_VERSION) return null;
  const { history, adaptation } = JSON.parse(text) as Plain;
  const { recent, where, songs } = history;
  return {
    history: {
      ...history,
      indexOf: new Map(songs.map(({ songId }, i) => [songId, i])),
      recent: recent.map((ids) => new Set(ids)),
      where: { ...where, visits: new Map(where.visits) },
    },
    adaptation,
  };
}
