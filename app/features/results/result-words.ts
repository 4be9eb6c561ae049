import type { ResultsPage } from "../../http/answers.ts";
import { showWhen } from "../shows/when.ts";

/** "14 of 18" */
export function ofAll({ hits, of }: { hits: number; of: number }): string {
  return `${hits} of ${of}`;
}

/** A title that can be shared: what the crowd had, where that is known and to be told. */
export function titleOfResults({ artist, venue, show, setlist, state }: ResultsPage, now: string): string {
  const where = `${artist.name} at ${venue.name}, ${showWhen({ ...show, venue }, now)}`;
  const crowd = setlist?.lists.crowd;
  if (!crowd) return `Called and played: ${where}`;
  return `The crowd ${state === "live" ? "has" : "had"} ${ofAll(crowd)}: ${where}`;
}

export function describeResults({ artist, venue, verdict }: ResultsPage): string {
  const where = venue.city === null ? `at ${venue.name}` : `in ${venue.city}`;
  return `What fans expected ${artist.name} to play ${where}, against what was played. ${verdict}`.trim();
}
