import { data, redirect } from "@remix-run/node";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { number, text } from "../../http/form.ts";
import { type AskedVote, rowId, type VoteAnswer } from "./vote-answer.ts";

interface AskedChange extends Asked {
  form: FormData;
  slug: string;
}

/** Casts or takes back one vote. A plain form goes back to its row; a script gets the answer. */
export async function answerVote(
  { intent, setlistSongId }: AskedVote,
  { request, context, form, slug }: AskedChange,
) {
  try {
    const call = intent === "vote" ? context.api.votes.cast : context.api.votes.retract;
    const { votes, tallyVersion, allowance, held } = await call({ setlistSongId });
    const answer: VoteAnswer = { ok: true, intent, setlistSongId, votes, tallyVersion, allowance, held };
    const plain = text(form, "answer") !== "data";
    return plain ? redirect(`/shows/${slug}#${rowId(setlistSongId)}`, 303) : answer;
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context }, `#${rowId(setlistSongId)}`);
    const { status, ...problem } = toFormError(error);
    const refusal: VoteAnswer = { ok: false, intent, setlistSongId, ...problem };
    return data(refusal, { status });
  }
}

/** What adding a song to the ballot is answered with. */
export type AddAnswer =
  | { ok: true; intent: "suggest"; setlistSongId: number; title: string }
  | { ok: false; intent: "suggest"; reason: string; message: string };

export async function answerSuggestion({ request, context, form, slug }: AskedChange) {
  const title = text(form, "title");
  try {
    const { setlistSongId } = await context.api.setlists.suggest({
      show: slug,
      songId: number(form, "songId"),
    });
    const answer: AddAnswer = { ok: true, intent: "suggest", setlistSongId, title };
    const plain = text(form, "answer") !== "data";
    return plain ? redirect(`/shows/${slug}#${rowId(setlistSongId)}`, 303) : answer;
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, reason, message } = toFormError(error);
    return data({ ok: false, intent: "suggest", reason, message } satisfies AddAnswer, { status });
  }
}
