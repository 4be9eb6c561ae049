/** Entries that one setlist may have: a marathon of 300 songs fits, a whole catalogue doesn't. */
export const MOST_SONGS = 400;
/** Sets and encores that one setlist may have. */
export const MOST_SETS = 60;
/** The longest title, name or note of one entry, in characters. */
export const LONGEST_TITLE = 300;
/** The longest note on a whole setlist, in characters. */
export const LONGEST_NOTE = 2_000;

/** One entry of an actual setlist. */
export interface SongLine {
  /** As it is written down. */
  title: string;
  /** Our song; null while nobody has said, or it is none of them. */
  songId: number | null;
  /** By whom it is, where that is another artist. */
  coverOf: string | null;
  guest: string | null;
  /** Played from a recording. */
  tape: boolean;
  note: string | null;
  /** Goes into the next song without a stop. */
  segue: boolean;
  /** Songs of one number in a set are parts of one medley; null for a song of its own. */
  medley: number | null;
}

export interface SetLines<S = SongLine> {
  name: string | null;
  /** 1 for the first encore; null for a set of the show itself. */
  encore: number | null;
  /** In order of play. */
  songs: S[];
}

/** A song of which nothing but the title is said. */
export function plainSong(title: string, songId: number | null = null): SongLine {
  return { title, songId, coverOf: null, guest: null, tape: false, note: null, segue: false, medley: null };
}

/** Without the sets in which there is nothing. */
export function withSongs<S>(sets: readonly SetLines<S>[]): SetLines<S>[] {
  return sets.filter(({ songs }) => songs.length > 0);
}
