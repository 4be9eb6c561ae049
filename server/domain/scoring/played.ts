/**
 * What an entry of an actual setlist is. `tape`: from a recording. `jam`: playing on without a song of its own.
 * `talk`: what is no music or not voted for, such as an introduction. Each song of a medley is an entry of its own.
 */
export type EntryKind = "song" | "tape" | "jam" | "talk";

/** One entry of an actual setlist, in order of play. */
export interface PlayedEntry {
  kind: EntryKind;
  /** Our song; null while the title matches none. */
  songId: number | null;
  /** What equal titles share; tells unmatched titles apart. */
  titleKey: string;
  encore: boolean;
}

export const ROLES = ["opener", "closer", "encore"] as const;
/** `opener`: the first song of the show. `closer`: its last one, encores included. `encore`: any song of an encore. */
export type Role = (typeof ROLES)[number];

/** What counts of an actual setlist. */
export interface Played {
  /** Our songs that were played, each once, in order of their first play. */
  songIds: ReadonlySet<number>;
  /** How many different songs were played, covers and unmatched titles included. */
  count: number;
  /** How many of them match no song of ours: nobody could vote for them. */
  unknown: number;
  /** Our songs in each role; empty where it fell to an unmatched title. */
  roles: Record<Role, ReadonlySet<number>>;
}

/**
 * What counts of an actual setlist: a song that comes twice counts once, tapes and talk do not count, a jam only
 * where it is a song of ours. Null where nothing is left.
 */
export function readPlayed(entries: readonly PlayedEntry[]): Played | null {
  const songs = entries.filter(counts);
  if (songs.length === 0) return null;
  const songIds = idsOf(songs);
  const unknown = new Set(songs.filter(({ songId }) => songId === null).map(({ titleKey }) => titleKey)).size;
  const roles = { opener: idsOf(songs.slice(0, 1)), closer: idsOf(songs.slice(-1)), encore: idsOf(songs.filter(({ encore }) => encore)) };
  return { songIds, count: songIds.size + unknown, unknown, roles };
}

function counts({ kind, songId, titleKey }: PlayedEntry): boolean {
  if (kind === "song") return songId !== null || titleKey !== "";
  return kind === "jam" && songId !== null;
}

function idsOf(entries: readonly PlayedEntry[]): Set<number> {
  return new Set(entries.map(({ songId }) => songId).filter((id) => id !== null));
}
