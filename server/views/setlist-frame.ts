import { outcomeFacts } from "#db/queries/outcomes.ts";
import { setlistFrame, type FrameAccount, type SetlistFrame } from "../domain/results/setlist-frame.ts";
import { outcomeOf, type OutcomeFacts } from "../domain/scoring/outcome.ts";
import { entryKind } from "../domain/setlists/entries.ts";
import { setlistsOfShow, type ActualSetlist } from "./actual-setlists.ts";
import type { Reader } from "./reader.ts";

/** What was played at a show and how the lists did, as it is known now; null where nobody has written anything down. */
export async function readSetlistFrame(reader: Reader, showId: number, now: number): Promise<SetlistFrame | null> {
  const accounts = await setlistsOfShow(reader, showId);
  if (accounts.length === 0) return null;
  const facts = await outcomeFacts(reader, showId);
  return facts && frameOf(accounts, facts, now);
}

/** The frame of the account that counts; null without one. */
export function frameOf(accounts: readonly ActualSetlist[], facts: OutcomeFacts, now: number): SetlistFrame | null {
  const outcome = outcomeOf(facts, now);
  const counting = accounts.find(({ id }) => id === outcome?.setlist.id);
  return outcome && counting ? setlistFrame(toAccount(counting), counting.sets, outcome, entryKind) : null;
}

function toAccount({ id, provider, source, url, linkText, version, note }: ActualSetlist): FrameAccount {
  return { id, provider, source, url, linkText, version, note };
}
