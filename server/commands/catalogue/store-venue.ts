import { command } from "#db/command.ts";
import { putDue } from "#db/queries/marks.ts";
import type { Provider } from "../../domain/provider-records.ts";
import { saveStep, type JobStep } from "../job-queue.ts";
import { putVenue, type PlacedVenue } from "./put-venue.ts";

export interface StoredVenue {
  venueId: number;
  provider: Provider;
  /** Null where the provider has nothing of it any more. */
  record: PlacedVenue | null;
  /** When it is to be looked at next, epoch ms. */
  dueAt: number;
  step: JobStep;
}

/** Brings a venue up to what a provider tells of it now. */
export const storeVenue = command<StoredVenue, void>(async (tx, { input, now }) => {
  const { venueId, provider, record, dueAt, step } = input;
  if (record !== null) await putVenue(tx, provider, record, now);
  await putDue(tx, { kind: "venue", id: venueId, dueAt, checkedAt: now });
  await saveStep(tx, step, now);
});
