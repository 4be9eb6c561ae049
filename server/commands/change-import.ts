import { command } from "#db/command.ts";
import { askersOf, importById } from "#db/queries/imports.ts";
import type { Authorized } from "../auth/actor.ts";
import { AppError, notFound } from "../domain/errors.ts";
import { cancel, retry } from "./job-queue.ts";

/** Lets an import that has failed or was cancelled go on. Throws `not_found` or `not_to_be_retried`. */
export const retryImport = command<{ id: number; by: Authorized<"manage-catalogue"> }, void>(async (tx, { input: { id, by }, now }) => {
  const found = await importById(tx, id);
  if (!found) throw notFound("import");
  await retry(tx, found.jobId, by, now);
});

export interface ImportCancel {
  id: number;
  fan: Authorized<"vote">;
  /** Null for whoever may only cancel what nobody else has asked for. */
  admin: Authorized<"manage-catalogue"> | null;
}

/** Stops an import after the step that it is at. Throws `not_found`, `over` or `others_asked`. */
export const cancelImport = command<ImportCancel, void>(async (tx, { input: { id, fan, admin }, now }) => {
  const found = await importById(tx, id);
  const askers = await askersOf(tx, id);
  if (!found || (!admin && !askers.has(fan.userId))) throw notFound("import");
  if (!admin && askers.size > 1) {
    const message = "Others have asked for this artist too, so it goes on.";
    throw new AppError({ kind: "conflict", reason: "others_asked", message });
  }
  await cancel(tx, found.jobId, admin ?? fan, now);
});
