import { useFetcher } from "@remix-run/react";
import { useEffect, useRef, useState, type Dispatch, type SetStateAction } from "react";
import type { DraftEdit } from "#server/domain/setlists/draft.ts";
import type { RecordingPage } from "../../http/answers.ts";
import { afterAnswer, afterEdit, asSaved, broughtBack, sending, settled, stateOf, textOf, type RecordingState, type Written } from "./recording-state.ts";
import { isTooLarge, saveBody, saveName } from "./save-body.ts";
import type { SaveAnswer } from "./saved.ts";
import { dropUnsaved, keepUnsaved, readUnsaved } from "./stored-draft.ts";

export type SaveState = "saved" | "saving" | "resting" | "refused" | "conflict";

export interface Recording extends RecordingState {
  save: SaveState;
  edit: (edit: DraftEdit) => void;
  /** Moves a line on the page alone, while it is dragged. */
  drag: (at: number, to: number) => void;
  dropped: () => void;
  write: (change: Partial<Written>) => void;
  /** Ends a conflict: with what this page has, or with what is there. */
  settle: (keep: "mine" | "theirs") => void;
  /** Sends it once more as it is. */
  again: () => void;
  /** Goes on without what was brought back. */
  leaveOut: () => void;
  /** Goes back to what is saved. */
  dropUnsaved: () => void;
}

const TOO_LARGE = { reason: "too_large", message: "This is more than can be sent at once, 64 kB. Shorten notes, guests or titles." };

/** A setlist under the hands of its writer: each change is shown at once and saved, one request after the other. */
export function useRecording({ recorded }: RecordingPage, action: string): Recording {
  const [state, setState] = useState(() => stateOf(recorded));
  const [dragging, setDragging] = useState(false);
  const fetcher = useFetcher<SaveAnswer>();
  const sent = useRef(false);
  const nameOf = useSaveName();
  const text = textOf(state);
  const idle = fetcher.state === "idle";
  const problem = state.problem ?? (text !== state.saved && isTooLarge(saveBody(state, "")) ? TOO_LARGE : null);
  const waits = state.underWay !== null || state.rest !== null || problem !== null || state.theirs !== null;
  const ready = idle && !waits && !dragging && text !== state.saved;
  // Before the answer is heard, so that it is heard first and the next request is made of it.
  useEffect(() => {
    if (!ready || sent.current) return;
    const save = nameOf(text);
    sent.current = true;
    setState((now) => sending(now, text, save));
    fetcher.submit(saveBody(state, save), { method: "post", action, encType: "application/json", preventScrollReset: true });
  }, [ready, text, fetcher, state, action, nameOf]);
  useAnswer(fetcher.data, idle, (answer) => {
    sent.current = false;
    setState((now) => afterAnswer(now, answer));
  });
  useRest(state.rest?.ms ?? null, setState);
  useUnsaved(action, { state, unsaved: text !== state.saved }, (left) => setState((now) => broughtBack(now, recorded, left)));
  return {
    ...state,
    problem,
    save: saveState({ ...state, problem }, text),
    edit: (edit) => setState((now) => afterEdit(now, edit)),
    drag(at, to) {
      setDragging(true);
      setState((now) => afterEdit(now, { do: "move", at, to }));
    },
    dropped: () => setDragging(false),
    write: (written) => setState((now) => ({ ...now, problem: null, broughtBackOver: null, ...written })),
    settle: (keep) => setState((now) => settled(now, keep)),
    dropUnsaved: () => setState(asSaved),
    again: () => setState((now) => ({ ...now, problem: null })),
    leaveOut: () => setState((now) => ({ ...now, problem: null, ...now.broughtBackOver, broughtBackOver: null })),
  };
}

function saveState({ theirs, problem, saved, rest }: RecordingState, text: string): SaveState {
  if (theirs !== null) return "conflict";
  if (problem !== null) return "refused";
  if (text === saved) return "saved";
  return rest !== null ? "resting" : "saving";
}

/** The name of a save: the same for as long as the same is tried again. */
function useSaveName(): (text: string) => string {
  const last = useRef({ text: "", save: "" });
  const [nameOf] = useState(() => (text: string) => {
    if (last.current.text !== text) last.current = { text, save: saveName(crypto.getRandomValues(new Uint8Array(10))) };
    return last.current.save;
  });
  return nameOf;
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

/** Ends a rest after so many ms, or as soon as there is a network again. */
function useRest(ms: number | null, setState: Dispatch<SetStateAction<RecordingState>>): void {
  useEffect(() => {
    if (ms === null) return;
    const over = () => setState((now) => ({ ...now, rest: null }));
    const timer = setTimeout(over, ms);
    addEventListener("online", over);
    return () => {
      clearTimeout(timer);
      removeEventListener("online", over);
    };
  }, [ms, setState]);
}

/** Keeps on the device what is not saved, brings it back when the page comes back, and asks before it is closed. */
function useUnsaved(page: string, { state, unsaved }: { state: RecordingState; unsaved: boolean }, bringBack: (left: NonNullable<ReturnType<typeof readUnsaved>>) => void): void {
  const looked = useRef(false);
  useEffect(() => {
    const left = looked.current ? null : readUnsaved(page);
    looked.current = true;
    if (left !== null) bringBack(left);
    else if (unsaved) keepUnsaved(page, state);
    else dropUnsaved(page);
  });
  useEffect(() => {
    if (!unsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener("beforeunload", ask);
    return () => removeEventListener("beforeunload", ask);
  }, [unsaved]);
}
