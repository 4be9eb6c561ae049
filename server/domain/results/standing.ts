import type { SetlistStatus } from "../setlists/accounts.ts";
import type { ShowStatus } from "../voting.ts";
import type { SetlistFrame } from "./setlist-frame.ts";
import { NO_SCORE_WORDS } from "./words.ts";

/** Open and waiting are before the first song; `none`: it will not come, as `NoScore` says why. */
export type ComparisonState = "open" | "waiting" | "none" | SetlistStatus;

/** Why a show has no scores. */
export interface NoScore {
  reason: keyof typeof NO_SCORE_WORDS;
  message: string;
}

export function stateOf(status: ShowStatus, setlist: Pick<SetlistFrame, "sets" | "status"> | null, votingOpen: boolean): ComparisonState {
  if (status === "cancelled" || status === "postponed") return "none";
  if (setlist && setlist.sets.length > 0) return setlist.status;
  return votingOpen ? "open" : "waiting";
}

/** Null where there are scores. */
export function noScoreOf(status: ShowStatus, setlist: Pick<SetlistFrame, "noScore"> | null): NoScore | null {
  const off = status === "cancelled" || status === "postponed" ? status : null;
  const reason = off ?? (setlist === null ? "no_setlist" : setlist.noScore);
  return reason && { reason, message: NO_SCORE_WORDS[reason] };
}
