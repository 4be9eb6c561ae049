import { command } from "#db/command.ts";
import { putDue, putMark, type DueKind } from "#db/queries/marks.ts";
import type { Provider } from "../../domain/provider-records.ts";
import { saveStep, type JobStep } from "../job-queue.ts";

export interface NotedList {
  artistId: number;
  provider: Provider;
  list: string;
  /** How many the provider says there are. */
  total: number | null;
  /** Of the first page's records. */
  digest: string | null;
  /** When it was read to its end, epoch ms. */
  walkedAt: number;
  step: JobStep;
}

/** Notes that a list of a provider was read to its end, so that the next look is a short one. */
export const noteList = command<NotedList, void>(async (tx, { input, now }) => {
  const { step, ...mark } = input;
  await putMark(tx, mark);
  await saveStep(tx, step, now);
});

/** Says when things are to be looked at next (epoch ms). */
export const setDue = command<{ kind: DueKind; id: number; dueAt: number; unchanged?: number; step?: JobStep }, void>(async (tx, { input, now }) => {
  const { step, ...due } = input;
  await putDue(tx, { ...due, checkedAt: now });
  if (step) await saveStep(tx, step, now);
});
