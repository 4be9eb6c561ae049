import type { RefObject } from "react";
import type { DraftEdit } from "#server/domain/setlists/draft.ts";
import type { Recording } from "./use-recording.ts";

type FocusAfter = (edit: DraftEdit) => void;

/** Finds the focus a place near where it was, after a change that took its button away or put it elsewhere in the page. */
export function useLineFocus(recorder: RefObject<HTMLElement>): FocusAfter {
  return (edit) => {
    if (!("at" in edit)) return;
    requestAnimationFrame(() => {
      const { current } = recorder;
      if (current && document.activeElement === document.body) (near(current, edit) ?? current.querySelector<HTMLElement>('[name="title"]'))?.focus();
    });
  };
}

const BEGINNING: DraftEdit = { do: "remove", at: 0 };

/** The same recording, of which what takes buttons away looks after the focus. */
export function withFocus(recording: Recording, focusAfter: FocusAfter): Recording {
  const { edit, settle, again, leaveOut } = recording;
  const then = <A extends unknown[]>(act: (...args: A) => void, at: (...args: A) => DraftEdit) => (...args: A) => {
    act(...args);
    focusAfter(at(...args));
  };
  return { ...recording, edit: then(edit, (asked) => asked), settle: then(settle, () => BEGINNING), again: then(again, () => BEGINNING), leaveOut: then(leaveOut, () => BEGINNING) };
}

/** Null where no line is left. */
function near(recorder: HTMLElement, edit: Extract<DraftEdit, { at: number }>): HTMLElement | null {
  const lines = [...recorder.querySelectorAll<HTMLElement>("[data-line]")];
  const line = lines[Math.min(edit.do === "move" ? edit.to : edit.at, lines.length - 1)];
  const arrow = edit.do === "move" ? line?.querySelector<HTMLElement>(`[data-step="${Math.sign(edit.to - edit.at)}"]:enabled`) : null;
  return arrow ?? line?.querySelector<HTMLElement>("[data-handle]") ?? null;
}
