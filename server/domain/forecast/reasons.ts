import type { History } from "./history.ts";
import { lastShow, playsWithin, type SongPast } from "./song-past.ts";
import type { Whereabouts } from "./whereabouts.ts";

const USUALLY = 0.5;
const LATELY = 10;
/** A song that was first played so few shows ago is told as new. */
const NEW_SHOWS = 20;

/** Why a song is likely or not: facts of its past, none of them a figure of the model. */
export type Reason =
  | { kind: "never played" }
  | { kind: "played lately"; plays: number; of: number }
  | { kind: "new"; shows: number }
  | { kind: "usually opens" }
  | { kind: "usually closes"; encore: boolean }
  | { kind: "usually in the encore" }
  | { kind: "away"; shows: number; longest: number | null }
  | { kind: "played in this run" }
  | { kind: "played at the last visit" };

export interface ReasonScene {
  where: Whereabouts;
  visit: ReadonlySet<number> | null;
}

/** The facts that speak for and against a song, the most telling first. */
export function reasonsFor(song: SongPast, history: History, { where, visit }: ReasonScene): Reason[] {
  const reasons: Reason[] = [];
  const { shows } = history;
  const of = Math.min(LATELY, shows);
  const plays = playsWithin(song, shows, of);
  if (plays > 0) reasons.push({ kind: "played lately", plays, of });
  if (shows > NEW_SHOWS && shows - song.firstShow <= NEW_SHOWS) reasons.push({ kind: "new", shows: shows - song.firstShow });
  if (song.opens >= USUALLY) reasons.push({ kind: "usually opens" });
  if (song.closes >= USUALLY) reasons.push({ kind: "usually closes", encore: song.encores >= USUALLY });
  else if (song.encores >= USUALLY) reasons.push({ kind: "usually in the encore" });
  const away = shows - 1 - lastShow(song);
  if (away > 1) reasons.push({ kind: "away", shows: away, longest: song.longestGap <= 1 ? null : song.longestGap - 1 });
  if (shows > where.runStart && lastShow(song) >= where.runStart) reasons.push({ kind: "played in this run" });
  if (visit?.has(song.songId)) reasons.push({ kind: "played at the last visit" });
  return reasons;
}

/** Whether the reasons say that the song usually comes in an encore, also as its last song. */
export function comesAsEncore(reasons: readonly Reason[]): boolean {
  return reasons.some((reason) => reason.kind === "usually in the encore" || (reason.kind === "usually closes" && reason.encore));
}

/** The reasons as one line for a page: "played at 9 of the last 10; usually closes". */
export function inWords(reasons: readonly Reason[]): string {
  return reasons.map(wordsOf).join("; ");
}

function wordsOf(reason: Reason): string {
  switch (reason.kind) {
    case "never played":
      return "no show with it is known";
    case "played lately":
      return reason.of === 1 ? "played at the last show" : `played at ${reason.plays} of the last ${reason.of}`;
    case "new":
      return reason.shows === 1 ? "new: first played at the last show" : `new: first played ${reason.shows} shows ago`;
    case "usually opens":
    case "usually closes":
    case "usually in the encore":
      return reason.kind;
    case "away":
      return `not played for ${reason.shows} shows` + (reason.longest === null ? "" : `, its longest gap is ${reason.longest}`);
    case "played in this run":
      return "already played in this run of nights";
    case "played at the last visit":
      return "played at the last visit";
  }
}
