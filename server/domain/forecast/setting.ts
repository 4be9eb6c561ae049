/** What is known of a show before it: where, when and on which tour. */
export interface ShowSetting {
  /** The local date, yyyy-mm-dd. */
  date: string;
  venue: string | null;
  city: string | null;
  tour: string | null;
  festival: boolean;
}

export interface PlayedSong {
  songId: number;
  encore: boolean;
}

/** A show with what was played, in order. Tapes and songs without a name are left out by whoever asks. */
export interface PastShow extends ShowSetting {
  songs: readonly PlayedSong[];
}

const DAY_MS = 86_400_000;

/** Days since 1970-01-01 of a date yyyy-mm-dd. Throws a RangeError for anything else. */
export function dayOf(date: string): number {
  const ms = Date.parse(`${date}T00:00:00Z`);
  if (Number.isNaN(ms)) throw new RangeError(`"${date}" is no date; write it like 2026-07-31.`);
  return ms / DAY_MS;
}

/** Words of two places that tell whether they are the same. Null where nothing is known. */
export function placeOf({ venue, city }: ShowSetting): string | null {
  return venue === null ? null : `${venue}\n${city ?? ""}`.toLowerCase();
}
