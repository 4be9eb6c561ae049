import { data, redirect } from "@remix-run/node";
import { draftOf, edited, setsOfDraft, type Draft, type DraftEdit } from "#server/domain/setlists/draft.ts";
import type { SetLines } from "#server/domain/setlists/written-down.ts";
import type { RecordingPage } from "../../http/answers.ts";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { text } from "../../http/form.ts";
import { readSent } from "./read-file.ts";
import { readEdit } from "./read-edit.ts";
import { versionOf, type SaveAnswer } from "./saved.ts";

interface AskedChange extends Asked {
  form: FormData;
  slug: string;
}

interface Change {
  sets: SetLines[];
  note: string | null;
  finished: boolean;
  version: string | null;
}

/** Saves what the page sends: whole from its script, one edit at a time from a plain form. */
export async function answerRecording(asked: AskedChange) {
  const { form, slug, request, context: { api } } = asked;
  const intent = text(form, "intent");
  try {
    if (intent === "save") return await save(asked, wholeOf(form));
    if (intent === "clear") {
      await api.setlists.remove({ show: slug });
      return redirect(`/shows/${slug}/setlist`, 303);
    }
    const page = await api.setlists.recording({ show: slug });
    if (versionOf(page) !== sentVersion(form)) return refusedAs("changed_meanwhile", "Somebody has changed this setlist meanwhile. Here is what is there now: make your change again.", 409);
    return await carryOut(asked, page, intent);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context: asked.context });
    const { status, reason, message, fields } = toFormError(error);
    const current = reason === "changed_meanwhile" ? { page: await light(asked) } : {};
    const why = [...new Set(Object.values(fields))].join(" ") || message;
    return data<SaveAnswer>({ ok: false, reason, message: why, ...current }, { status });
  }
}

function refusedAs(reason: string, message: string, status: number) {
  return data<SaveAnswer>({ ok: false, reason, message }, { status });
}

async function save(asked: AskedChange, change: Change): Promise<SaveAnswer> {
  const { unmatched } = await asked.context.api.setlists.record({ show: asked.slug, ...change });
  return { ok: true, page: await light(asked), unmatched: unmatched.map(({ title }) => title) };
}

/** What is there now, without what the page has already: networks at concerts are slow. */
async function light({ slug, context: { api } }: AskedChange): Promise<RecordingPage> {
  return { ...(await api.setlists.recording({ show: slug })), catalogue: [], others: [] };
}

function sentVersion(form: FormData): string | null {
  return text(form, "version") || null;
}

/** What the script sends: all of it. What is no setlist is refused by the procedure. */
function wholeOf(form: FormData): Change {
  const { sets, note } = JSON.parse(text(form, "setlist")) as Pick<Change, "sets" | "note">;
  return { sets, note, finished: form.has("finished"), version: sentVersion(form) };
}

async function carryOut(asked: AskedChange, page: RecordingPage, intent: string) {
  const { form, slug } = asked;
  const setlist = page.recorded?.setlist;
  const [note, version] = [setlist?.note ?? null, versionOf(page)];
  const finished = setlist?.status === "final";
  const before = draftOf(setlist?.sets ?? []);
  const whole = (change: Partial<Change>) => save(asked, { sets: setsOfDraft(before), note, version, finished, ...change });
  if (intent === "finish" || intent === "reopen") await whole({ finished: intent === "finish" });
  else if (intent === "note") await whole({ note: text(form, "note") || null });
  else if (intent === "import") {
    const sent = await readSent(form, page);
    if ("lines" in sent) return data<SaveAnswer>({ ok: false, reason: "invalid", message: "This can't be read.", lines: sent.lines }, { status: 400 });
    await whole({ sets: sent.sets });
  } else if (intent === "take") await whole({ sets: page.others.find(({ id }) => String(id) === text(form, "from"))?.sets ?? [] });
  else {
    const edit = readEdit(form);
    if (edit === null) return refusedAs("invalid", "Give the song a title first.", 400);
    await whole({ sets: setsOfDraft(afterEdit(before, edit, text(form, "begins"))) });
    return redirect(`/shows/${slug}/setlist${undoOf(before, edit)}#add`, 303);
  }
  return redirect(`/shows/${slug}/setlist`, 303);
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
