import { data, redirect } from "@remix-run/node";
import { isTimeZone, localInstant } from "#server/domain/show-time.ts";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { text } from "../../http/form.ts";

interface AskedChange extends Asked {
  form: FormData;
  slug: string;
}

type Change = (asked: AskedChange) => Promise<unknown>;

const CHANGES: Record<string, Change> = {
  lock: ({ context: { api }, form, slug }) => api.shows.lockVoting({ show: slug, note: text(form, "note") }),
  unlock: ({ context: { api }, form, slug }) => api.shows.unlockVoting({ show: slug, note: text(form, "note") }),
  "move-close": ({ context: { api }, form, slug }) =>
    api.shows.moveClose({ show: slug, closesAt: closeIn(form), note: text(form, "note") }),
};

/** Does what an admin asked for and goes back to the show. */
export async function answerAdmin(intent: string, asked: AskedChange) {
  const change = CHANGES[intent];
  if (!change) {
    const message = "This form is not known here. Load the page again.";
    return data({ ok: false, message }, { status: 400 });
  }
  try {
    await change(asked);
    return redirect(`/shows/${asked.slug}`, 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn(asked);
    const { status, message } = toFormError(error);
    return data({ ok: false, message }, { status });
  }
}

/** The close typed by the venue's clock as an instant; null, for the usual close, when left empty. */
function closeIn(form: FormData): string | null {
  const [date, time] = text(form, "closesAt").split("T");
  const timeZone = text(form, "timeZone");
  if (!date) return null;
  const typed =
    /^\d{4}-\d\d-\d\d$/.test(date) && /^\d\d:\d\d/.test(time ?? "") && isTimeZone(timeZone);
  return typed ? new Date(localInstant(date, time ?? "", timeZone)).toISOString() : "unreadable";
}
