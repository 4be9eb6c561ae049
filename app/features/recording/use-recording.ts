import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState } from "react";
import { draftOf, edited, setsOfDraft, type Draft, type DraftEdit, type DraftLine } from "#server/domain/setlists/draft.ts";
import type { RecordingPage } from "../../http/answers.ts";
import { versionOf, type SaveAnswer } from "./saved.ts";

/** How long a failed save rests before it is tried again, in ms. */
const REST_MS = 5_000;

/** What is saved whole with each change. */
interface Written {
  draft: Draft;
  note: string | null;
  finished: boolean;
}

interface State extends Written {
  /** The version that this was made from. */
  version: string | null;
  /** What the server has, as text. */
  saved: string;
  /** What a request under way holds. Its end and the version that it brings are one change: a tap between the two must not send the old one. */
  underWay: string | null;
  /** What was sent and not answered: it may be there nonetheless. */
  lost: string | null;
  removed: { at: number; line: DraftLine } | null;
  /** Titles that match no song of the catalogue. */
  unmatched: readonly string[];
  problem: string | null;
  /** What somebody else has written meanwhile. */
  theirs: RecordingPage | null;
}

export type SaveState = "saved" | "saving" | "resting" | "refused" | "conflict";

export interface Recording extends Written {
  /** What is there by the last answer. */
  version: string | null;
  unmatched: readonly string[];
  removed: State["removed"];
  problem: string | null;
  theirs: RecordingPage | null;
  save: SaveState;
  edit: (edit: DraftEdit) => void;
  /** Moves a line on the page alone, while it is dragged. */
  drag: (at: number, to: number) => void;
  dropped: () => void;
  write: (change: Partial<Written>) => void;
  /** Ends a conflict: with what this page has, or with what is there. */
  settle: (keep: "mine" | "theirs") => void;
}

function stateOf(page: RecordingPage): State {
  const setlist = page.recorded?.setlist;
  const written = { draft: draftOf(setlist?.sets ?? []), note: setlist?.note ?? null, finished: setlist?.status === "final" };
  const unmatched = (setlist?.sets ?? []).flatMap(({ songs }) => songs.flatMap(({ songId, tape, title }) => (songId === null && !tape ? [title] : [])));
  return { ...written, version: versionOf(page), saved: textOf(written), underWay: null, lost: null, removed: null, unmatched, problem: null, theirs: null };
}

function textOf({ draft, note, finished }: Written): string {
  return JSON.stringify({ sets: setsOfDraft(draft), note, finished });
}

/** A setlist under the hands of its writer: each change is shown at once and saved, one request after the other. */
export function useRecording(page: RecordingPage, action: string): Recording {
  const [state, setState] = useState(() => stateOf(page));
  const [rests, setRests] = useState(false);
  const [dragging, setDragging] = useState(false);
  const fetcher = useFetcher<SaveAnswer>();
  const sent = useRef<string | null>(null);
  const text = textOf(state);
  const idle = fetcher.state === "idle";
  const ready = idle && state.underWay === null && !rests && !dragging && state.problem === null && state.theirs === null && text !== state.saved;
  // Before the answer is heard, so that it is heard first and the next request is made of it.
  useEffect(() => {
    if (!ready || sent.current !== null) return;
    sent.current = text;
    setState((now) => ({ ...now, underWay: text }));
    fetcher.submit(formOf(state), { method: "post", action, preventScrollReset: true });
  }, [ready, text, fetcher, state, action]);
  useAnswer(fetcher.data, idle, (answer) => {
    const asked = sent.current;
    sent.current = null;
    if (!answer.ok && answer.reason === "unreachable") setRests(true);
    setState((now) => afterAnswer(now, answer, asked));
  });
  useRest(rests, () => setRests(false));
  const change = (next: (now: State) => Partial<State>) => setState((now) => ({ ...now, problem: null, ...next(now) }));
  const save = state.theirs ? "conflict" : state.problem !== null ? "refused" : text === state.saved ? "saved" : rests ? "resting" : "saving";
  return {
    ...state,
    save,
    edit: (edit) => change((now) => ({ draft: edited(now.draft, edit), removed: removedBy(now.draft, edit), finished: false })),
    drag(at, to) {
      setDragging(true);
      change((now) => ({ draft: edited(now.draft, { do: "move", at, to }), finished: false }));
    },
    dropped: () => setDragging(false),
    write: (written) => change(() => written),
    settle: (keep) => change((now) => settled(now, keep)),
  };
}

function removedBy(draft: Draft, edit: DraftEdit): State["removed"] {
  const line = edit.do === "remove" ? draft[edit.at] : undefined;
  return edit.do === "remove" && line ? { at: edit.at, line } : null;
}

function settled(now: State, keep: "mine" | "theirs"): Partial<State> {
  const { theirs } = now;
  if (theirs === null) return {};
  return keep === "theirs" ? stateOf(theirs) : { theirs: null, version: versionOf(theirs), saved: stateOf(theirs).saved };
}

function formOf({ version, draft, note, finished }: State): Record<string, string> {
  const setlist = JSON.stringify({ sets: setsOfDraft(draft), note }, leaveOutNothing);
  return { intent: "save", version: version ?? "", setlist, ...(finished && { finished: "yes" }) };
}

/** A request holds 64 kB, which 400 songs fit into if what is not said of them is left out. */
function leaveOutNothing(_name: string, value: unknown): unknown {
  return value === null || value === false ? undefined : value;
}

/** What the server has said: of what was typed since, nothing is lost. */
function afterAnswer(now: State, answer: SaveAnswer, asked: string | null): State {
  if (!answer.ok) return afterRefusal({ ...now, underWay: null }, answer, asked);
  const there = stateOf(answer.page);
  const { version, unmatched } = there;
  if (asked === null || textOf(now) !== asked) return { ...now, version, unmatched, saved: there.saved, underWay: null, lost: null };
  const last = now.draft.at(-1);
  const draft = last?.kind === "set" ? [...there.draft, last] : there.draft;
  return { ...there, draft, finished: now.finished, saved: textOf({ ...there, draft, finished: now.finished }), removed: now.removed };
}

function afterRefusal(now: State, { reason, message, page }: Extract<SaveAnswer, { ok: false }>, asked: string | null): State {
  if (reason === "unreachable") return { ...now, lost: asked };
  if (!page) return { ...now, problem: message };
  const there = stateOf(page);
  const own = now.lost !== null && titlesOf(now.lost) === titlesOf(there.saved);
  return own ? { ...now, version: there.version, saved: there.saved, lost: null } : { ...now, theirs: page };
}

/** Which songs a saved text holds, whichever of ours the server has found them to be. */
function titlesOf(text: string): string {
  const { sets } = JSON.parse(text) as { sets: ReturnType<typeof setsOfDraft> };
  return JSON.stringify(sets.map(({ encore, songs }) => [encore, songs.map(({ title }) => title)]));
}

/** Hears each answer once. */
function useAnswer(answer: SaveAnswer | undefined, idle: boolean, hear: (answer: SaveAnswer) => void): void {
  const heard = useRef<SaveAnswer>();
  useEffect(() => {
    if (!idle || !answer || heard.current === answer) return;
    heard.current = answer;
    hear(answer);
  });
}

/** Ends a rest after a while, or as soon as there is a network again. */
function useRest(rests: boolean, end: () => void): void {
  useEffect(() => {
    if (!rests) return;
    const timer = setTimeout(end, REST_MS);
    addEventListener("online", end);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", end);
    };
  });
}
