import { data, redirect } from "@remix-run/node";
import { readTypedId } from "#server/domain/matching/id-in-address.ts";
import { PROVIDERS, type Provider } from "#server/domain/provider-records.ts";
import { type Asked, isSignedOut, toFormError, toSignIn } from "../../http/errors.ts";
import { number, text } from "../../http/form.ts";
import type { AppCaller } from "../../http/load-context.ts";

export interface RecordOf {
  kind: "artist" | "venue";
  id: number;
}

/** Why nothing was done. */
export interface RecordProblem {
  message: string;
  /** Of what was typed as an id. */
  typed: string | undefined;
}

/** Does what a moderator decided about an artist's or a venue's ids, and goes back to the page of who is left. */
export async function answerRecord({ request, context }: Asked, of: RecordOf) {
  const form = await request.formData();
  try {
    const change = CHANGES.get(text(form, "intent"));
    if (!change) return refused("This form is not known here. Load the page again.", 400);
    const done = await change(context.api, of, form);
    return "problem" in done ? refused(done.problem, 400, text(form, "providerId")) : redirect(`/moderation/${of.kind}s/${done.id}?done=${done.done}`, 303);
  } catch (error) {
    if (isSignedOut(error)) return toSignIn({ request, context });
    const { status, message } = toFormError(error);
    return refused(message, status);
  }
}

function refused(message: string, status: number, typed?: string) {
  return data<RecordProblem>({ message, typed }, { status });
}

type Done = { id: number; done: keyof typeof DONE_WORDS } | { problem: string };
type Change = (api: AppCaller, of: RecordOf, form: FormData) => Promise<Done>;

const CHANGES = new Map<string, Change>([
  ["link", link],
  ["approve", approve],
  ["unlink", unlink],
  ["split", split],
  ["take-in", async (api, { kind, id }, form) => merge(api, { kind, from: number(form, "other"), into: id })],
  ["give-in", async (api, { kind, id }, form) => merge(api, { kind, from: id, into: number(form, "other") })],
  ["undo-merge", undoMerge],
]);

/** What is said on the page after each change. */
export const DONE_WORDS = {
  linked: "Linked.",
  approved: "Approved.",
  unlinked: "Rejected: it does not come back by itself.",
  split: "This one is new. It was made of the id that is linked here.",
  merged: "Merged. What both had is here now.",
  apart: "The merge is undone.",
};

type Pair = Parameters<AppCaller["matching"]["link"]>[0];

/** The id that a button stands beside. */
function pairOf({ kind, id }: RecordOf, form: FormData): Pair & RecordOf {
  return { kind, id, provider: text(form, "provider") as Provider, providerId: text(form, "providerId") };
}

async function link(api: AppCaller, of: RecordOf, form: FormData): Promise<Done> {
  const chosen = PROVIDERS.find((one) => one === text(form, "provider"));
  const typed = readTypedId(text(form, "providerId"), chosen);
  if (!typed.ok) return { problem: typed.problem };
  await api.matching.link({ ...of, provider: typed.provider, providerId: typed.id });
  return { id: of.id, done: "linked" };
}

async function approve(api: AppCaller, of: RecordOf, form: FormData): Promise<Done> {
  await api.matching.link(pairOf(of, form));
  return { id: of.id, done: "approved" };
}

async function unlink(api: AppCaller, of: RecordOf, form: FormData): Promise<Done> {
  await api.matching.unlink(pairOf(of, form));
  return { id: of.id, done: "unlinked" };
}

async function split(api: AppCaller, of: RecordOf, form: FormData): Promise<Done> {
  return { ...(await api.matching.split(pairOf(of, form))), done: "split" };
}

async function merge(api: AppCaller, order: Parameters<AppCaller["matching"]["merge"]>[0]): Promise<Done> {
  await api.matching.merge(order);
  return { id: order.into, done: "merged" };
}

async function undoMerge(api: AppCaller, { id }: RecordOf, form: FormData): Promise<Done> {
  await api.matching.undoMerge({ id: number(form, "id") });
  return { id, done: "apart" };
}
