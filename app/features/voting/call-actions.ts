import { data, redirect } from "@remix-run/node";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { text } from "../../http/form.ts";
import type { AskedCall, CallAnswer } from "./call-answer.ts";
import { rowId } from "./vote-answer.ts";

interface AskedChange extends Asked {
  form: FormData;
  slug: string;
}

/** Makes or takes back one call. A plain form goes back to its row; a script gets the answer. */
export async function answerCall({ intent, role, setlistSongId }: AskedCall, { request, context, form, slug }: AskedChange) {
  try {
    const { callSong, takeCallBack } = context.api.votes;
    await (intent === "call" ? callSong : takeCallBack)({ setlistSongId, role });
    const answer: CallAnswer = { ok: true, intent };
    return text(form, "answer") === "data" ? answer : redirect(`/shows/${slug}#${rowId(setlistSongId)}`, 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context }, `#${rowId(setlistSongId)}`);
    const { status, reason, message } = toFormError(error);
    return data({ ok: false, intent, reason, message } satisfies CallAnswer, { status });
  }
}
