import { data, redirect } from "@remix-run/node";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { number, queried, text } from "../../http/form.ts";
import type { AppCaller } from "../../http/load-context.ts";
import { titlesPath } from "./titles-path.ts";

/** Why a title could not be decided. */
export interface TitleProblem {
  problem: string;
}

/** What became of the title before. */
export interface TitleDone {
  what: "song" | "new_song" | "not_a_song" | "reopened";
  artist: number;
  titleKey: string;
  title: string;
}

const VERDICTS = ["song", "new_song", "not_a_song"] as const;

/** Carries out what a form says of a title, and goes back to where in the list it was. */
export async function answerTitle({ request, context }: Asked) {
  const form = await request.formData();
  const [artist, titleKey, title] = [number(form, "artist"), text(form, "key"), text(form, "title")];
  try {
    const what = await carryOut(context.api, form, { artist, titleKey });
    const done = { did: what, of: String(artist), was: titleKey, title: title.slice(0, 100) };
    return redirect(titlesPath(new URL(request.url).searchParams, done), 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, message, fields } = toFormError(error);
    return data<TitleProblem>({ problem: Object.values(fields)[0] ?? message }, { status });
  }
}

async function carryOut({ setlists: { unmatched } }: AppCaller, form: FormData, of: { artist: number; titleKey: string }): Promise<TitleDone["what"]> {
  const is = VERDICTS.find((one) => one === text(form, "is"));
  if (is === undefined) {
    await unmatched.reopen(of);
    return "reopened";
  }
  const verdict = is === "song" ? { is, songId: number(form, "songId") } : { is };
  await unmatched.decide({ ...of, verdict });
  return is;
}

const DONE = [...VERDICTS, "reopened"] as const;

/** What became of the title before, by the address to which its form led. */
export function readDone(request: Request): TitleDone | null {
  const what = DONE.find((one) => one === queried(request, "did"));
  const artist = Number(queried(request, "of") ?? Number.NaN);
  const titleKey = queried(request, "was");
  if (what === undefined || titleKey === undefined || !Number.isSafeInteger(artist)) return null;
  return { what, artist, titleKey, title: queried(request, "title") ?? titleKey };
}
