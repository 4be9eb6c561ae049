import { count } from "../count.ts";
import type { NoScoreReason } from "../scoring/show-key.ts";
import type { Margin, Verdict } from "../scoring/verdict.ts";
import type { ListFigures, ListName } from "./setlist-frame.ts";

/** Why a show has no scores, in a sentence; `no_setlist` while nobody has written anything down. */
export const NO_SCORE_WORDS: Record<NoScoreReason | "no_setlist", string> = {
  cancelled: "This show was cancelled: votes of the day on which we learnt of it were given back, and there is no score.",
  postponed: "This show is postponed: votes stay as they are, and there is no score.",
  voting_open: "Voting is still open. There are scores once it is over.",
  no_songs: "Nobody has written down a song yet.",
  no_setlist: "Nobody has written down what they played yet.",
};

/** Who foretold the show better and by how much, in one or two sentences; "" where nobody foretold anything. */
export function verdictWords(verdict: Verdict, lists: Record<ListName, Pick<ListFigures, "hits" | "of"> | null>): string {
  return [againstWords(verdict, lists), beyondWords(verdict)].filter((words) => words !== "").join(" ");
}

/** The crowd against the forecast. */
export function againstWords({ better, by }: Verdict, { crowd, forecast }: Parameters<typeof verdictWords>[1]): string {
  if (better === "even") return "The crowd and the forecast were even.";
  if (better !== null && by !== null) return `The ${better} was better than the ${better === "crowd" ? "forecast" : "crowd"} by ${count(by.songs, "song")}.`;
  if (crowd) return `The crowd had ${crowd.hits} of ${crowd.of}; there was no forecast.`;
  return forecast ? `The forecast had ${forecast.hits} of ${forecast.of}; nobody voted.` : "";
}

/** Both against the last shows' songs. */
export function beyondWords({ beyondLastShows: { crowd, forecast } }: Verdict): string {
  const told = [marginOf("crowd", crowd), marginOf("forecast", forecast)].filter((words) => words !== null);
  return told.length === 0 ? "" : `Against the last shows’ songs: ${told.join(", ")}.`;
}

function marginOf(name: string, margin: Margin | null): string | null {
  if (margin === null) return null;
  if (margin.songs === 0) return `${name} even`;
  return `${name} ${count(Math.abs(margin.songs), "song")} ${margin.songs > 0 ? "better" : "worse"}`;
}
