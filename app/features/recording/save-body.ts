import { setsOfDraft } from "#server/domain/setlists/draft.ts";
import type { Unsaved } from "./recording-state.ts";

/** What a save is sent as. */
export interface SaveBody {
  version: string | null;
  save: string;
  sets: unknown;
  note?: string;
  finished: boolean;
}

/** The largest body that the site takes is 64 kB; some room is left. */
const MOST_BYTES = 64_000;

/** A save as JSON, without what is not said: 400 songs with titles of 50 letters take 31 kB, or 51 kB where they are Cyrillic. */
export function saveBody({ version, draft, note, finished }: Unsaved, save: string): string {
  return JSON.stringify({ version, save, sets: pruned(setsOfDraft(draft)), ...(note !== null && { note }), finished } satisfies SaveBody);
}

function pruned(sets: unknown): unknown {
  return JSON.parse(JSON.stringify(sets, (_name, value: unknown) => (value === null || value === false ? undefined : value)));
}

export function isTooLarge(body: string): boolean {
  return new TextEncoder().encode(body).length > MOST_BYTES;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz234567";

/** A name that no other save has, made of 10 random bytes. */
export function saveName(random: Uint8Array): string {
  return [...random].map((byte) => LETTERS[byte % LETTERS.length]).join("");
}
