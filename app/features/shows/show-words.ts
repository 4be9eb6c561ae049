import type { ShowPage } from "../../http/answers.ts";
import { showWhen } from "./when.ts";

export function titleOfShow({ artist, venue, show }: ShowPage, now: string): string {
  const when = show.status === "postponed" ? "postponed" : showWhen({ ...show, venue }, now);
  return `${artist.name} at ${venue.name}, ${when}`;
}

/** What a show's page is for, in a sentence for search results. */
export function describeShow({ artist, venue, show, ballot, setlists }: ShowPage): string {
  const where = venue.city === null ? `at ${venue.name}` : `in ${venue.city}`;
  if (setlists.some(({ sets }) => sets.length > 0)) return `What ${artist.name} played ${where}, song by song.`;
  if (show.status === "cancelled") return `The show of ${artist.name} ${where} is cancelled.`;
  if (show.status === "completed") {
    return ballot.length > 0 ? `What the crowd expected ${artist.name} to play ${where}.` : `The show of ${artist.name} ${where}.`;
  }
  return `Vote for the songs ${artist.name} will play ${where} and watch the tally move live.`;
}
