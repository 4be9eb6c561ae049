import { data, redirect } from "@remix-run/node";
import { draftOf, edited, setsOfDraft, type Draft, type DraftEdit } from "#server/domain/setlists/draft.ts";
import type { SetLines } from "#server/domain/setlists/written-down.ts";
import type { AppCaller } from "../../http/load-context.ts";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { text } from "../../http/form.ts";
import { readSent } from "./read-file.ts";
import { readEdit } from "./read-edit.ts";
import type { SaveBody } from "./save-body.ts";
import { versionOf, type Refusal, type SaveAnswer } from "./saved.ts";

interface AskedSave extends Asked {
  slug: string;
}

interface AskedChange extends AskedSave {
  form: FormData;
}

type RecordedState = Awaited<ReturnType<AppCaller["setlists"]["recorded"]>>;

interface Change {
  sets: SetLines[];
  note: string | null;
  finished?: boolean;
}

/** Saves the whole setlist, as the page's script sends it. What is no setlist is refused by the procedure. */
export async function answerSave(asked: AskedSave) {
  const { request, slug, context: { api } } = asked;
  try {
    const body = (await request.json()) as SaveBody & Pick<Change, "sets">;
    const { version } = await api.setlists.record({ ...body, show: slug });
    const there = await whatIsThere(asked);
    // Somebody else may have written between the two, and must not be overwritten by the next save.
    if (versionOf(there) !== version) return refusedAs({ ...CHANGED, there }, 409);
    return data<SaveAnswer>({ ok: true, recorded: there });
  } catch (error) {
    // No page to sign in on: the setlist stays where it is written.
    if (isSignedOut(error)) return refusedAs({ reason: "signed_out", message: "You are signed out." }, 401);
    const { status, ...refusal } = refusalOf(error);
    const there = refusal.reason === "changed_meanwhile" ? { there: await whatIsThere(asked) } : {};
    return refusedAs({ ...refusal, passes: status === 503 || status === 429, ...there }, status);
  }
}

/** Carries out what a plain form asks for: one edit at a time. */
export async function answerForm(asked: AskedChange) {
  const { form, slug, request, context: { api } } = asked;
  const typed = { title: text(form, "edit") === "add" ? text(form, "title") : "", pasted: text(form, "pasted") };
  try {
    if (text(form, "intent") === "clear") {
      await api.setlists.remove({ show: slug, version: sentVersion(form) });
      return redirect(`/shows/${slug}/setlist`, 303);
    }
    const state = await api.setlists.recorded({ show: slug });
    if (versionOf(state.recorded) !== sentVersion(form)) return refusedAs({ ...CHANGED, typed }, 409);
    const refused = await carryOut(asked, state);
    if ("to" in refused) return redirect(refused.to, 303);
    return refusedAs({ ...refused, typed }, 400);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context: asked.context });
    const { status, ...refusal } = refusalOf(error);
    return refusedAs({ ...(refusal.reason === "changed_meanwhile" ? CHANGED : refusal), typed }, status);
  }
}

const CHANGED = { reason: "changed_meanwhile", message: "Somebody has changed this setlist meanwhile. Here is what is there now: make your change again." };

function refusedAs(refusal: Omit<Refusal, "ok">, status: number) {
  return data<SaveAnswer>({ ok: false, ...refusal }, { status });
}

function refusalOf(error: unknown): Pick<Refusal, "reason" | "message"> & { status: number } {
  const { status, reason, message, fields } = toFormError(error);
  return { status, reason, message: [...new Set(Object.values(fields))].join(" ") || message };
}

async function whatIsThere({ slug, context: { api } }: AskedSave): Promise<RecordedState["recorded"]> {
  return (await api.setlists.recorded({ show: slug })).recorded;
}

function sentVersion(form: FormData): string | null {
  return text(form, "version") || null;
}

type Outcome = { to: string } | Pick<Refusal, "reason" | "message" | "lines">;

async function carryOut(asked: AskedChange, { localDate, recorded }: RecordedState): Promise<Outcome> {
  const { form, slug, context: { api } } = asked;
  const [intent, page] = [text(form, "intent"), `/shows/${slug}/setlist`];
  const before = draftOf(recorded?.setlist.sets ?? []);
  const whole = (change: Partial<Change>) =>
    api.setlists.record({ show: slug, version: versionOf(recorded), sets: setsOfDraft(before), note: recorded?.setlist.note ?? null, ...change });
  if (intent === "finish" || intent === "reopen") await whole({ finished: intent === "finish" });
  else if (intent === "note") await whole({ note: text(form, "note") || null });
  else if (intent === "import") {
    const sent = await readSent(form, localDate);
    if ("lines" in sent) return { reason: "invalid", message: "This can't be read.", lines: sent.lines };
    await whole({ sets: sent.sets });
  } else if (intent === "take") await whole({ sets: await accountOf(asked) });
  else {
    const edit = readEdit(form);
    if (edit === null) return { reason: "invalid", message: "Give the song a title first." };
    await whole({ sets: setsOfDraft(afterEdit(before, edit, text(form, "begins"))) });
    return { to: `${page}${undoOf(before, edit)}#add` };
  }
  return { to: page };
}

/** What a provider has. */
async function accountOf({ form, slug, context: { api } }: AskedChange): Promise<SetLines[]> {
  const { items } = await api.setlists.actual({ show: slug });
  const account = items.find(({ id }) => String(id) === text(form, "from"));
  return setsOfDraft(draftOf(account?.sets ?? []));
}

/** A set without a song is not kept, so a plain form begins one together with its first song. */
function afterEdit(before: Draft, edit: DraftEdit, begins: string): Draft {
  const begun = edit.do === "add" && begins !== "" ? edited(before, { do: "break", encore: begins === "encore" }) : before;
  return edited(begun, edit);
}

function undoOf(before: Draft, edit: DraftEdit): string {
  const line = edit.do === "remove" ? before[edit.at] : undefined;
  return edit.do === "remove" && line ? `?${new URLSearchParams({ removed: String(edit.at), line: JSON.stringify(line) }).toString()}` : "";
}
