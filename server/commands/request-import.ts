import { command } from "#db/command.ts";
import { addAsker, changeImport, insertImport, openImportsAskedBy, type ImportProblem } from "#db/queries/imports.ts";
import { insertJob, liveJobId, type NewJob } from "#db/queries/jobs.ts";
import { audit } from "#db/queries/journal.ts";
import type { Authorized } from "../auth/actor.ts";
import { AppError } from "../domain/errors.ts";

/** Imports that one fan may have waiting at once. */
export const IMPORTS_PER_FAN = 3;

export interface ImportRequest {
  /** Null from the operator's command line. */
  by: Authorized<"vote"> | Authorized<"manage-catalogue"> | null;
  /** Whether `by` may have any number of them. */
  unlimited: boolean;
  /** As it was asked for. */
  name: string;
  job: Omit<NewJob, "runAt" | "requestedBy">;
}

/** Puts an import into the queue, or finds the one of the same artist that is there; both ids. Throws `import_limit`. */
export const requestImport = command<ImportRequest, { importId: number; jobId: number }>(async (tx, { input, now }) => {
  const { by, unlimited, name, job } = input;
  const requestedBy = by?.userId ?? null;
  const isNew = (await liveJobId(tx, job.name, job.key)) === null;
  if (isNew && !unlimited && requestedBy !== null && (await openImportsAskedBy(tx, requestedBy)) >= IMPORTS_PER_FAN) {
    const message = `You have asked for ${IMPORTS_PER_FAN} artists that are still on their way. Ask for the next one when they are here.`;
    throw new AppError({ kind: "refused", reason: "import_limit", message });
  }
  const jobId = await insertJob(tx, { ...job, runAt: now, requestedBy }, now);
  const importId = await insertImport(tx, { jobId, name, requestedBy, artistId: null }, now);
  if (requestedBy !== null) await addAsker(tx, importId, requestedBy);
  await audit(tx, { at: now, actorId: requestedBy, action: "import.request", subject: "import", subjectId: importId, details: { name, key: job.key } });
  return { importId, jobId };
});

/** Tells whoever asked for an import why it can't be made as it was asked for. */
export const tellImportProblem = command<{ jobId: number; problem: ImportProblem }, void>((tx, { input: { jobId, problem }, now }) =>
  changeImport(tx, jobId, { problem }, now),
);
