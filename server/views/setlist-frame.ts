import { outcomeFacts } from "#db/queries/outcomes.ts";
import { setlistFrame, type FrameAccount, type OtherAccount, type SetlistFrame } from "../domain/results/setlist-frame.ts";
import { outcomeOf, type OutcomeFacts } from "../domain/scoring/outcome.ts";
import { entryKind } from "../domain/setlists/entries.ts";
import { votingAt } from "../domain/voting.ts";
import { setlistsOfShow, type ActualSetlist } from "./actual-setlists.ts";
import type { Reader } from "./reader.ts";

/** What was played at a show and how the lists did, as it is known now. */
export interface LiveSetlist {
  /** Null where nobody has written anything down. */
  setlist: SetlistFrame | null;
  /** Ms until voting closes and there are scores; null where time changes nothing. */
  forMs: number | null;
}

export async function liveSetlist(reader: Reader, showId: number, now: number): Promise<LiveSetlist> {
  const accounts = await setlistsOfShow(reader, showId);
  const facts = accounts.length === 0 ? null : await outcomeFacts(reader, showId);
  if (!facts) return { setlist: null, forMs: null };
  const { open, closesAt } = votingAt(facts.show, now);
  return { setlist: frameOf(accounts, facts, now), forMs: open ? closesAt - now : null };
}

/** The frame of the account that counts; null without one. */
export function frameOf(accounts: readonly ActualSetlist[], facts: OutcomeFacts, now: number): SetlistFrame | null {
  const outcome = outcomeOf(facts, now);
  const counting = accounts.find(({ id }) => id === outcome?.setlist.id);
  if (!outcome || !counting) return null;
  const others = accounts.filter((one) => one !== counting).map(toOther);
  return setlistFrame({ account: toAccount(counting), others }, counting.sets, outcome, entryKind);
}

function toOther({ id, source, url, linkText, status, sets }: ActualSetlist): OtherAccount {
  return { id, source, url, linkText, status, songs: sets.flatMap((set) => set.songs).filter(({ tape }) => !tape).length };
}

function toAccount({ id, provider, source, url, linkText, version, note }: ActualSetlist): FrameAccount {
  return { id, provider, source, url, linkText, version, note };
}
