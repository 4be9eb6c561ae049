import type { Transaction } from "#db/client.ts";
import { recordedAt } from "#db/queries/recorded-setlists.ts";
import { AppError } from "../../domain/errors.ts";
import type { StoredAccount } from "./account-lines.ts";

/**
 * Makes sure that a show's own account still is the one that its writer has seen (null: none); without `expected` any will do.
 * Throws the conflict `changed_meanwhile`, with the name of who was first.
 */
export async function expectVersion(tx: Transaction, showId: number, before: StoredAccount | null, expected: string | null | undefined): Promise<void> {
  if (expected === undefined || expected === (before?.version ?? null)) return;
  const by = (await recordedAt(tx, showId)).find(({ id }) => id === before?.id)?.by ?? "Somebody";
  const what = before === null ? "This setlist has been removed meanwhile." : `${by} has changed this setlist meanwhile.`;
  throw new AppError({ kind: "conflict", reason: "changed_meanwhile", message: `${what} Look at what is there now; what you wrote is not lost.` });
}
