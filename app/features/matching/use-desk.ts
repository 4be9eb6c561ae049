import { useFetcher, useHref } from "@remix-run/react";
import { useEffect, useState } from "react";
import type { DeskAnswer } from "./match-actions.ts";
import { matchPath, type Kind } from "./match-words.ts";

interface Kept {
  loaded: DeskAnswer;
  answered: DeskAnswer | undefined;
  shown: DeskAnswer;
  /** What can be taken back, the latest last. */
  decided: number[];
}

export interface Desk extends DeskAnswer {
  busy: boolean;
  /** The match whose decision can be taken back; null where there is none. */
  undoable: number | null;
  /** Sends what a form says, with what was pressed. */
  send: (id: number, fields: Record<string, string>) => void;
  skip: () => void;
}

/**
 * What the moderator has on the desk. A decision's answer brings the next match with it, so that one request shows it;
 * the address follows, without a navigation that would load it again.
 */
export function useDesk(loaded: DeskAnswer, kind: Kind | undefined): Desk {
  const fetcher = useFetcher<DeskAnswer>();
  const [kept, setKept] = useState<Kept>({ loaded, answered: undefined, shown: loaded, decided: undoableOf(loaded, []) });
  if (kept.loaded !== loaded) setKept({ ...kept, loaded, shown: loaded, decided: undoableOf(loaded, kept.decided) });
  const { data } = fetcher;
  if (data && data !== kept.answered) setKept({ ...kept, ...taken(kept, data), answered: data });
  const busy = fetcher.state === "submitting" || (fetcher.state === "loading" && !fetcher.formMethod);
  const { page, did, problem } = kept.shown;
  useAddress(useHref(page ? matchPath(page.id, kind) : "/moderation/matches"), kept.shown !== kept.loaded);
  const send: Desk["send"] = (id, fields) => {
    if (busy) return;
    const form = { ...fields, quick: "yes", ...(kind && { kind }) };
    fetcher.submit(form, { method: "post", action: matchPath(id, undefined), preventScrollReset: true });
  };
  const skip = () => {
    if (!busy && page?.next) fetcher.load(matchPath(page.next, kind));
  };
  return { page, did, problem, busy, undoable: kept.decided.at(-1) ?? null, send, skip };
}

/** What an answer changes; a refused decision leaves the match where it is. */
function taken({ shown, decided }: Kept, answer: DeskAnswer): Pick<Kept, "shown" | "decided"> {
  if (answer.problem !== null) {
    return { shown: { ...shown, did: null, problem: answer.problem }, decided: decided.filter((id) => id !== answer.refused) };
  }
  return { shown: answer, decided: undoableOf(answer, decided) };
}

function undoableOf({ did }: DeskAnswer, decided: number[]): number[] {
  if (did === null) return decided;
  const others = decided.filter((id) => id !== did.id);
  return did.what === "approved" || did.what === "rejected" ? [...others, did.id] : others;
}

function useAddress(address: string, moved: boolean): void {
  useEffect(() => {
    if (moved) history.replaceState(history.state, "", address);
  }, [address, moved]);
}
