import { draftOf, edited, setsOfDraft, type Draft, type DraftEdit, type DraftLine } from "#server/domain/setlists/draft.ts";
import type { SetLines } from "#server/domain/setlists/written-down.ts";
import type { Recorded } from "../../http/answers.ts";
import { keyed, keyedAs } from "./line-keys.ts";
import { toldOf } from "./recording-words.ts";
import { versionOf, type Refusal, type SaveAnswer } from "./saved.ts";

/** What is saved whole with each change. */
export interface Written {
  draft: Draft;
  note: string | null;
  finished: boolean;
}

/** What is on the page and not saved, as it is kept on the device. */
export interface Unsaved extends Written {
  /** The version that this was made from. */
  version: string | null;
  /** Names of saves that were sent and not answered: they may be there nonetheless. */
  unanswered: readonly string[];
}

export interface RecordingState extends Unsaved {
  /** What the server has, as text. */
  saved: string;
  /** What a request under way holds. Its end and the version that it brings are one change: a tap between the two must not send the old one. */
  underWay: string | null;
  removed: { at: number; line: DraftLine } | null;
  /** Titles that match no song of the catalogue. */
  unmatched: readonly string[];
  /** Why it can't be saved as it is. */
  problem: Pick<Refusal, "reason" | "message"> | null;
  /** Why it is not saved yet, and for how many ms it is not tried again. */
  rest: (Pick<Refusal, "reason" | "message"> & { ms: number }) | null;
  /** Failures one after another. */
  failures: number;
  /** What somebody else has written meanwhile. */
  theirs: { recorded: Recorded } | null;
  /** What was saved when an unsaved draft was brought back; null again once that was edited. */
  broughtBackOver: Written | null;
  /** What has just been done, to be read aloud. */
  told: string;
}

export function stateOf(recorded: Recorded): RecordingState {
  const setlist = recorded?.setlist;
  const written = { draft: keyed(draftOf(setlist?.sets ?? [])), note: setlist?.note ?? null, finished: setlist?.status === "final" };
  const unmatched = (setlist?.sets ?? []).flatMap(({ songs }) => songs.flatMap(({ songId, tape, title }) => (songId === null && !tape ? [title] : [])));
  const quiet = { underWay: null, removed: null, problem: null, rest: null, failures: 0, theirs: null, broughtBackOver: null, told: "" };
  return { ...written, ...quiet, version: versionOf(recorded), unanswered: [], saved: textOf(written), unmatched };
}

/** With what is saved alone. */
export function asSaved(now: RecordingState): RecordingState {
  const { sets, note, finished } = JSON.parse(now.saved) as { sets: SetLines[] } & Pick<Written, "note" | "finished">;
  return { ...now, draft: keyed(draftOf(sets)), note, finished, problem: null, rest: null, broughtBackOver: null };
}

/** What would be saved, as text: two states of one text need no saving. */
export function textOf({ draft, note, finished }: Written): string {
  return JSON.stringify({ sets: setsOfDraft(draft), note, finished });
}

/** After an edit. What is final stays so while there is a song in it. */
export function afterEdit(now: RecordingState, edit: DraftEdit): RecordingState {
  const draft = keyed(edited(now.draft, edit));
  const line = edit.do === "remove" ? now.draft[edit.at] : undefined;
  const removed = edit.do === "remove" && line ? { at: edit.at, line } : null;
  return { ...now, problem: null, draft, removed, finished: now.finished && setsOfDraft(draft).length > 0, broughtBackOver: null, told: toldOf(now.draft, edit) };
}

/** While a request is under way. */
export function sending(now: RecordingState, text: string, save: string): RecordingState {
  return { ...now, underWay: text, unanswered: now.unanswered.includes(save) ? now.unanswered : [...now.unanswered, save] };
}

/** What the server has said: of what was typed since, nothing is lost. */
export function afterAnswer(state: RecordingState, answer: SaveAnswer): RecordingState {
  const now = { ...state, underWay: null };
  if (!answer.ok) return afterRefusal(now, answer);
  const there = stateOf(answer.recorded);
  const { version, unmatched } = there;
  const heard = { version, unmatched, unanswered: [], failures: 0 };
  if (textOf(now) !== state.underWay) return { ...now, ...heard, saved: there.saved };
  const last = now.draft.at(-1);
  const draft = keyedAs(now.draft, last?.kind === "set" ? [...there.draft, last] : there.draft);
  const written = { draft, note: there.note, finished: now.finished };
  return { ...now, ...heard, ...written, saved: textOf(written) };
}

const REST_MS = 5_000;
const LONGEST_REST_MS = 60_000;

function afterRefusal(now: RecordingState, { reason, message, passes, there }: Refusal): RecordingState {
  if (passes) {
    // A network may be there again at any moment; a site in trouble is asked more and more rarely.
    const ms = reason === "unreachable" ? REST_MS : Math.min(LONGEST_REST_MS, REST_MS * 2 ** now.failures);
    return { ...now, rest: { reason, message, ms }, failures: now.failures + 1 };
  }
  if (there === undefined) return { ...now, problem: { reason, message } };
  if (!isOwn(there, now.unanswered)) return { ...now, theirs: { recorded: there } };
  return { ...now, version: versionOf(there), saved: stateOf(there).saved, unanswered: [] };
}

/** Whether what is there came from one of these saves: "3.k2x9wq0a" from k2x9wq0a. */
function isOwn(recorded: Recorded, saves: readonly string[]): boolean {
  return saves.includes(versionOf(recorded)?.split(".")[1] ?? "");
}

/** With what was left unsaved on this device. Where somebody has written since, one of the two is to be chosen. */
export function broughtBack(now: RecordingState, recorded: Recorded, { version, unanswered, ...written }: Unsaved): RecordingState {
  if (textOf(written) === now.saved) return now;
  const { draft, note, finished } = now;
  const mine = { ...now, ...written, draft: keyed(written.draft) };
  if (version !== now.version && !isOwn(recorded, unanswered)) return { ...mine, version, unanswered, theirs: { recorded } };
  return { ...mine, broughtBackOver: { draft, note, finished } };
}

/** After a conflict: with what this page has, or with what is there. */
export function settled(now: RecordingState, keep: "mine" | "theirs"): RecordingState {
  if (now.theirs === null) return now;
  const there = stateOf(now.theirs.recorded);
  if (keep === "theirs") return there;
  return { ...now, problem: null, theirs: null, version: there.version, saved: there.saved, unanswered: [] };
}
