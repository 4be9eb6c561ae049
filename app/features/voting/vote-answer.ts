import type { Allowance } from "../../http/answers.ts";
import type { FormError } from "../../http/errors.ts";

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

/** Whether a form is a vote or a withdrawal: their answers say all, so no page need load anew. */
export function isVote(form: FormData | undefined): boolean {
  const intent = form?.get("intent");
  return intent === "vote" || intent === "retract";
}

/** Whether a form asks for a change of the ballot or of a vote on it. */
export function isBallotIntent(form: FormData | undefined): boolean {
  return isVote(form) || form?.get("intent") === "suggest";
}

/** Where the row of a song stands on the show page. */
export function rowId(setlistSongId: number): string {
  return `song-${setlistSongId}`;
}
