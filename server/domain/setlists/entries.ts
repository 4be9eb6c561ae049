import { ballotWorthy } from "../catalogue/ballot.ts";
import type { EntryKind, PlayedEntry } from "../scoring/played.ts";

/** One line of an actual setlist as it was written down. */
export interface WrittenSong {
  title: string;
  titleKey: string;
  /** Our song; null while the title matches none. */
  songId: number | null;
  /** Played from a recording. */
  tape: boolean;
  encore: boolean;
  /** A moderator has said that this title is no song. */
  dismissed?: boolean;
}

const JAM = /^(?:.*\s)?(?:jam(?:ming)?|improvi[sz]ation|(?:drum|drums|guitar|bass|keyboard|piano|sax(?:ophone)?|violin|percussion) (?:solo|duet|duel))$/iu;
const NO_RECORDING = { kind: "original", live: false, video: false, durationMs: null, note: null } as const;

/** What an entry is: a tape, a song, or of a title that is no song of ours what a moderator or else its words say. */
export function entryKind({ title, songId, tape, dismissed }: Pick<WrittenSong, "title" | "songId" | "tape" | "dismissed">): EntryKind {
  if (tape) return "tape";
  if (songId !== null) return "song";
  if (dismissed) return "talk";
  if (JAM.test(title.trim())) return "jam";
  const { why } = ballotWorthy(title, [NO_RECORDING]);
  return why === "not_a_song" || why === "spoken" ? "talk" : "song";
}

/** An actual setlist as scores read it. */
export function entriesOf(songs: readonly WrittenSong[]): PlayedEntry[] {
  return songs.map((song) => ({ kind: entryKind(song), songId: song.songId, titleKey: song.titleKey, encore: song.encore }));
}
