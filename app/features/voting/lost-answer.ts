import { isRouteErrorResponse } from "@remix-run/react";
import { askedCall, type CallAnswer } from "./call-answer.ts";
import type { AddAnswer } from "./vote-actions.ts";
import { askedVote, type VoteAnswer } from "./vote-answer.ts";

const OFFLINE = "You are offline, so nothing was sent. Try again when you are connected.";
const BROKEN = "The site could not be reached. Try again in a moment.";

/** A refusal in place of an answer that never came, so that the page stays and the vote rolls back. */
export function lostAnswer(form: FormData, error: unknown): VoteAnswer | CallAnswer | AddAnswer {
  const message = navigator.onLine ? messageOf(error) : OFFLINE;
  const lost = { ok: false, reason: "unreachable", message } as const;
  const call = askedCall(form);
  if (call) return { ...lost, intent: call.intent };
  const vote = askedVote(form);
  return vote ? { ...lost, ...vote, fields: {} } : { ...lost, intent: "suggest" };
}

function messageOf(error: unknown): string {
  if (!isRouteErrorResponse(error)) return BROKEN;
  if (error.status === 429)
    return "That was a lot of votes in a short time. Wait a moment, then try again.";
  return error.status >= 500 ? "The site is very busy. Try again in a moment." : BROKEN;
}
