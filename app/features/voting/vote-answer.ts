import type { Allowance } from "../../http/answers.ts";
import type { FormError } from "../../http/errors.ts";
import { number } from "../../http/form.ts";
import { askedCall } from "./call-answer.ts";

export type VoteIntent = "vote" | "retract";

/** What a vote or its withdrawal is answered with. */
export type VoteAnswer =
  | {
      ok: true;
      intent: VoteIntent;
      setlistSongId: number;
      votes: number;
      tallyVersion: number;
      allowance: Allowance;
      /** There where the fan's votes on the show are being checked and don't count yet. */
      held?: true | undefined;
    }
  | ({ ok: false; intent: VoteIntent; setlistSongId: number } & FormError);

export interface AskedVote {
  intent: VoteIntent;
  /** NaN where the form names no song. */
  setlistSongId: number;
}

/** The vote or withdrawal that a form asks for: each is a field by its name, with the song in it. */
export function askedVote(form: FormData): AskedVote | null {
  for (const intent of ["vote", "retract"] as const) {
    if (form.has(intent)) return { intent, setlistSongId: number(form, intent) };
  }
  return null;
}

/** Whether a form asks for a change of the ballot, or of a vote or a call on it. */
export function changesBallot(form: FormData): boolean {
  return askedVote(form) !== null || askedCall(form) !== null || form.get("intent") === "suggest";
}

/** What a script sends for a vote, told that it wants the answer and no page. */
export function voteForm({ intent, setlistSongId }: AskedVote): Record<string, string> {
  return { [intent]: String(setlistSongId), answer: "data" };
}

/** Where the row of a song stands on the show page. */
export function rowId(setlistSongId: number): string {
  return `song-${setlistSongId}`;
}
