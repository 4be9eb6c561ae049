import type { ListScore } from "./list-score.ts";

/** By how much one list was better than another; negative where it was worse. */
export interface Margin {
  /** Songs. */
  songs: number;
  /** Of the songs that were played, -1 to 1. */
  share: number;
}

/** Who foretold a show better. `even`: as many songs. Null where one of the two had no list. */
export interface Verdict {
  better: "crowd" | "forecast" | "even" | null;
  /** By how much the better one was better. */
  by: Margin | null;
  /** Of each against the last shows' songs. */
  beyondLastShows: { crowd: Margin | null; forecast: Margin | null };
}

type Hits = Pick<ListScore, "hits" | "of">;

export function verdictOn(crowd: Hits | null, forecast: Hits | null, lastShows: Hits | null): Verdict {
  const margin = marginOf(crowd, forecast);
  const beyondLastShows = { crowd: marginOf(crowd, lastShows), forecast: marginOf(forecast, lastShows) };
  if (margin === null) return { better: null, by: null, beyondLastShows };
  if (margin.songs === 0) return { better: "even", by: margin, beyondLastShows };
  if (margin.songs > 0) return { better: "crowd", by: margin, beyondLastShows };
  return { better: "forecast", by: { songs: -margin.songs, share: -margin.share }, beyondLastShows };
}

function marginOf(one: Hits | null, other: Hits | null): Margin | null {
  if (one === null || other === null) return null;
  return { songs: one.hits - other.hits, share: (one.hits - other.hits) / one.of };
}
