import type { Unsaved } from "./recording-state.ts";

/** What was left unsaved on this device at a page; null where nothing was. */
export function readUnsaved(page: string): Unsaved | null {
  const text = store()?.getItem(nameOf(page)) ?? null;
  const read = text === null ? null : parsed(text);
  return read !== null && Array.isArray(read.draft) && Array.isArray(read.unanswered) ? read : null;
}

/** Keeps what is not saved until it is. A full or forbidden store keeps nothing: the page asks before it is closed. */
export function keepUnsaved(page: string, { version, unanswered, draft, note, finished }: Unsaved): void {
  try {
    store()?.setItem(nameOf(page), JSON.stringify({ version, unanswered, draft, note, finished }));
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
  }
}

export function dropUnsaved(page: string): void {
  store()?.removeItem(nameOf(page));
}

function nameOf(page: string): string {
  return `unsaved ${page}`;
}

/** Null where it was written by something else. */
function parsed(text: string): Unsaved | null {
  try {
    return JSON.parse(text) as Unsaved | null;
  } catch {
    return null;
  }
}

/** Null where the viewer lets sites keep nothing. */
function store(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
