import type { Recorded } from "../../http/answers.ts";

/** Why a change was refused. */
export interface Refusal {
  ok: false;
  reason: string;
  message: string;
  /** Whether the same may be taken in a while: no network, or a site that is too busy. */
  passes?: boolean;
  /** What is there now, where somebody else was first. */
  there?: Recorded;
  /** The problems of a file. */
  lines?: string[];
  /** What a plain form held, to be sent again. */
  typed?: { title: string; pasted: string };
}

/** What a change of the setlist is answered with: what was written down by it. */
export type SaveAnswer = { ok: true; recorded: Recorded } | Refusal;

/** The version of what was written down here; null where nothing was. */
export function versionOf(recorded: Recorded): string | null {
  return recorded?.setlist.version ?? null;
}

/** Whether a request is the setlist of a page that saves it as it is written, and no form. */
export function savesSetlist(request: Request): boolean {
  return request.headers.get("content-type")?.startsWith("application/json") === true;
}

/** In place of an answer that never came, so that the page stays and tries again. `fetch` rejects with a TypeError where there is no network. */
export function lostSave(error: unknown): SaveAnswer {
  if (error instanceof TypeError) return { ok: false, reason: "unreachable", passes: true, message: "The site can't be reached." };
  return { ok: false, reason: "broken", passes: true, message: "The site has a problem just now." };
}
