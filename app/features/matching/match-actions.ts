import { data, redirect } from "@remix-run/node";
import type { ReviewedMatch } from "../../http/answers.ts";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { number, queried, text } from "../../http/form.ts";
import type { AppCaller } from "../../http/load-context.ts";
import { kindOf, listPath, matchPath, namesOf, type Did, type Kind } from "./match-words.ts";

/** What the desk shows: a match and what became of the one before. */
export interface DeskAnswer {
  /** Null when nothing is left to decide. */
  page: ReviewedMatch | null;
  did: Did | null;
  /** Why the last decision could not be carried out. */
  problem: string | null;
  /** Of which match that was. */
  refused?: number;
}

const INTENTS = ["approve", "reject", "reopen"] as const;

/** Carries a decision out and answers with the match that is next: to scripts at once, to others by its page. */
export async function answerMatch({ request, context }: Asked, id: number) {
  const { api } = context;
  const form = await request.formData();
  const kind = kindOf(text(form, "kind"));
  const quick = text(form, "quick") === "yes";
  const intent = INTENTS.find((one) => one === text(form, "intent"));
  if (intent === undefined) return refused(id, "This form is not known here. Load the page again.", 400);
  try {
    const did = await carryOut(api, { id, intent, form });
    const page = await nextOf(api, { id, kind, did });
    return quick ? data<DeskAnswer>({ page, did, problem: null }) : redirect(afterwards(page, did, kind), 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, message } = toFormError(error);
    return refused(id, message, status);
  }
}

function refused(id: number, problem: string, status: number) {
  return data<DeskAnswer>({ page: null, did: null, problem, refused: id }, { status });
}

interface Decision {
  id: number;
  intent: (typeof INTENTS)[number];
  form: FormData;
}

async function carryOut(api: AppCaller, decision: Decision): Promise<Did> {
  const { id } = decision;
  const before = await matchIfThere(api, id);
  if (before === null) return { id, what: "gone", names: "" };
  try {
    return { id, names: namesOf(before), what: await decide(api, decision) };
  } catch (error) {
    const { reason, message } = toFormError(error);
    if (reason === "already_decided") return { id, names: namesOf(before), what: "already", by: message };
    throw error;
  }
}

/** Null where it was taken off the list, as others that were merged have taken its place or a side is gone. */
async function matchIfThere(api: AppCaller, id: number): Promise<ReviewedMatch | null> {
  try {
    return await api.matching.get({ id });
  } catch (error) {
    if (toFormError(error).reason === "not_found") return null;
    throw error;
  }
}

async function decide(api: AppCaller, { id, intent, form }: Decision): Promise<Did["what"]> {
  if (intent === "reopen") return (await api.matching.reopen({ id })).status === "review" ? "reopened" : "undone";
  const keep = text(form, "keep") === "" ? undefined : number(form, "keep");
  const { outcome } = await (intent === "reject" ? api.matching.reject({ id }) : api.matching.approve({ id, keep }));
  return outcome === "gone" || outcome === "rejected" ? outcome : "approved";
}

/** What was taken back is looked at again; after the rest it goes on. */
async function nextOf(api: AppCaller, { id, kind, did }: { id: number; kind: Kind | undefined; did: Did }): Promise<ReviewedMatch | null> {
  return did.what === "reopened" || did.what === "undone" ? api.matching.get({ id, kind }) : api.matching.next({ kind, after: id });
}

function afterwards(page: ReviewedMatch | null, { id, what }: Did, kind: Kind | undefined): string {
  const path = page ? matchPath(page.id, kind) : listPath("review", kind);
  return `${path}${path.includes("?") ? "&" : "?"}after=${id}&did=${what}`;
}

const OUTCOMES = ["approved", "rejected", "reopened", "undone", "already", "gone"] as const;

/** What became of the match before, by the address that a decision without scripts led to. */
export async function readDid(api: AppCaller, request: Request): Promise<Did | null> {
  const id = Number(queried(request, "after") ?? Number.NaN);
  const what = OUTCOMES.find((one) => one === queried(request, "did"));
  if (!what || !Number.isSafeInteger(id) || id < 1) return null;
  const match = what === "gone" ? null : await matchIfThere(api, id);
  if (match === null) return what === "gone" ? { id, what, names: "" } : null;
  const by = match.decidedBy ? `${match.decidedBy} has decided it.` : "It has been decided meanwhile.";
  return { id, what, names: namesOf(match), by };
}
