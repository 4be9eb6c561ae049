import type { RefObject } from "react";
import type { DraftEdit } from "#server/domain/setlists/draft.ts";

/** Finds the focus a place near where it was, after an edit that took its button away or put it elsewhere in the page. */
export function useLineFocus(recorder: RefObject<HTMLElement>): (edit: DraftEdit) => void {
  return (edit) => {
    if (!("at" in edit)) return;
    requestAnimationFrame(() => {
      const { current } = recorder;
      if (current && document.activeElement === document.body) (near(current, edit) ?? current.querySelector<HTMLElement>('[name="title"]'))?.focus();
    });
  };
}

/** Null where no line is left. */
function near(recorder: HTMLElement, edit: Extract<DraftEdit, { at: number }>): HTMLElement | null {
  const lines = [...recorder.querySelectorAll<HTMLElement>("[data-line]")];
  const line = lines[Math.min(edit.do === "move" ? edit.to : edit.at, lines.length - 1)];
  const arrow = edit.do === "move" ? line?.querySelector<HTMLElement>(`[data-step="${Math.sign(edit.to - edit.at)}"]:enabled`) : null;
  return arrow ?? line?.querySelector<HTMLElement>("[data-handle]") ?? null;
}
