import type { ImportProgress } from "../../http/answers.ts";

type Phase = ImportProgress["phase"];

/** What goes on, for whoever waits for it. */
const PHASES: Record<Phase, string> = {
  initializing: "Getting ready",
  identities: "Finding out who this is",
  songs: "Collecting songs and albums",
  shows: "Looking for shows",
  setlists: "Reading past setlists",
  ballots: "Making the ballots",
  done: "All here",
  failed: "This did not work",
  cancelled: "Cancelled",
};

/** What is to be done about some failures. */
const PROBLEMS: Record<string, string> = { ambiguous: "Who do you mean?", not_found: "Nobody found" };

/** Where an import stands, in a few words. */
export function standWords({ phase, state, problem }: Pick<ImportProgress, "phase" | "state" | "problem">): string {
  if (state === "queued") return "Waiting its turn";
  if (state === "waiting") return "Taking a break";
  return (phase === "failed" && problem && PROBLEMS[problem.reason]) || PHASES[phase];
}

export function standTone({ phase, state }: Pick<ImportProgress, "phase" | "state">): "plain" | "live" | "danger" {
  if (phase === "done") return "live";
  if (phase === "failed") return "danger";
  return state === "running" ? "live" : "plain";
}

/** "about 40 s", "about 3 min", "about 2 h 10 min". */
export function leftWords(seconds: number): string {
  if (seconds < 60) return `about ${Math.max(5, 5 * Math.round(seconds / 5))} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `about ${minutes} min`;
  const rest = minutes % 60;
  return `about ${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ""}`;
}

const DIGITS = new Intl.NumberFormat("en-GB");

export const numberWords = (count: number): string => DIGITS.format(count);

/** What could not be used, such as "3 without a title". */
export function refusedWords(refused: Record<string, number>): string | null {
  const total = Object.values(refused).reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  return `${numberWords(total)} ${total === 1 ? "entry was" : "entries were"} left out: not a song, without a title or a date, or the like.`;
}
