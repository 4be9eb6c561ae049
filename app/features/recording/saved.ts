import type { RecordingPage } from "../../http/answers.ts";

/** What a change of the setlist is answered with. */
export type SaveAnswer =
  | { ok: true; page: RecordingPage; unmatched: string[] }
  /** `page` is what is there now, where somebody else was first; `lines` are the problems of a file. */
  | { ok: false; reason: string; message: string; page?: RecordingPage; lines?: string[] };

/** The version of what was written down here; null where nothing was. */
export function versionOf({ recorded }: RecordingPage): string | null {
  return recorded?.setlist.version ?? null;
}

/** Whether a form is the setlist of a page that saves it as it is written. */
export function savesSetlist(form: FormData): boolean {
  return form.get("intent") === "save";
}

const OFFLINE = "You are offline.";
const BROKEN = "The site could not be reached.";

/** In place of an answer that never came, so that the page stays and tries again. */
export function lostSave(): SaveAnswer {
  return { ok: false, reason: "unreachable", message: navigator.onLine ? BROKEN : OFFLINE };
}
