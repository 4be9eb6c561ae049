import type { Transaction } from "#db/client.ts";
import { audit } from "#db/queries/journal.ts";
import { deleteSetlist } from "#db/queries/recorded-setlists.ts";
import { setlistText } from "../../domain/setlists/setlist-change.ts";
import type { StoredAccount } from "./account-lines.ts";

interface Drop {
  /** Null for the operator. */
  by: number | null;
  showId: number;
  accounts: readonly StoredAccount[];
}

/** Removes accounts that were written down here; the audit log keeps each whole. */
export async function dropAccounts(tx: Transaction, { by, showId, accounts }: Drop, now: number): Promise<void> {
  for (const { id, version, sets, note } of accounts) {
    const details = { version, at: 1, before: setlistText(sets, note), after: [] };
    await audit(tx, { at: now, actorId: by, action: "setlist.remove", subject: "show", subjectId: showId, details });
    await deleteSetlist(tx, id);
  }
}
