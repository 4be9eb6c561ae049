/** How many songs a scored show had, and how many of as many first songs of a list were played; null where there was no such list. */
export interface ScoredShow {
  played: number;
  crowd: number | null;
  forecast: number | null;
  lastShows: number | null;
}

/** Mean share of songs right over the shows that had the list, 0 to 1; null where none had. */
export interface ListAccuracy {
  shows: number;
  share: number | null;
}

export type ListName = "crowd" | "forecast" | "lastShows";
export type Accuracy = Record<ListName, ListAccuracy> & { shows: number };

/** Share of songs right that is aimed at for an artist's shows. */
export const GOAL = 0.4;

/** How right each list was at an artist's scored shows, each show counting alike. */
export function accuracyAt(shows: readonly ScoredShow[]): Accuracy {
  const of = (list: ListName): ListAccuracy => {
    const shares = shows.flatMap((show) => (show[list] === null || show.played === 0 ? [] : [show[list] / show.played]));
    return { shows: shares.length, share: shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0) / shares.length };
  };
  return { shows: shows.length, crowd: of("crowd"), forecast: of("forecast"), lastShows: of("lastShows") };
}
