import { lineName, type Draft, type DraftEdit, type DraftLine } from "#server/domain/setlists/draft.ts";
import type { RecordingPage } from "../../http/answers.ts";

/** Why nothing can be written down, and what to do about it. */
export function closedWords({ closedBecause, show }: RecordingPage): string | null {
  if (closedBecause === "too_early") return `The show is on ${show.localDate}. Come back on that day: until then nothing can have been played.`;
  if (closedBecause === "cancelled") return "This show is marked as cancelled, so there is nothing to write down.";
  if (closedBecause === "postponed") return "This show was put off and has no new date yet. Come back once it has one.";
  return null;
}

/** What is said of a song beside its title. */
export function saidOf(line: Extract<DraftLine, { kind: "song" }>): string {
  const said = [line.tape ? "from tape" : "", line.coverOf ? `${line.coverOf} cover` : "", line.guest ? `with ${line.guest}` : "", line.note ?? "", line.segue ? "goes into the next" : ""];
  return said.filter((one) => one !== "").join(" · ");
}

export function countSongs(count: number): string {
  return count === 1 ? "1 song" : `${count} songs`;
}

/** What an edit has done, for those who don't see it. */
export function toldOf(draft: Draft, edit: DraftEdit): string {
  const line = edit.do === "insert" ? edit.line : "at" in edit ? draft[edit.at] : undefined;
  if (line === undefined) return "";
  if (edit.do === "move") return `${lineName(line)}, ${edit.to + 1} of ${draft.length}.`;
  if (edit.do === "remove") return `${lineName(line)} is removed.`;
  return edit.do === "insert" ? `${lineName(line)} is back, ${edit.at + 1} of ${draft.length + 1}.` : "";
}
