import type { Write } from "#server/commands/registry.ts";
import { nextCheck } from "#server/domain/freshness.ts";
import { readVenueToRefresh } from "#server/views/sync-plan.ts";
import type { Reader } from "#server/views/reader.ts";
import type { JobPayload } from "../definitions.ts";
import { ProviderError } from "../providers/http.ts";
import { timeZoneOf } from "./catalogue/time-zone.ts";
import type { Handler } from "./job.ts";
import type { Sources } from "./sources.ts";

export interface RefreshVenueDeps {
  sources: Sources;
  reader: Reader;
  write: Write;
  /** Epoch ms. */
  now: () => number;
}

/** Asks Ticketmaster for one venue again: names, places and zones are put right there. */
export function refreshVenue({ sources, reader, write, now }: RefreshVenueDeps): Handler<JobPayload<"refresh-venue">> {
  return async (job) => {
    const { venueId } = job.payload;
    const at = now();
    const venue = await readVenueToRefresh(reader, venueId, at);
    if (venue === null || sources.ticketmaster === null) return;
    const { records } = await sources.ticketmaster.venue(venue.providerId, { freshMs: 0, signal: job.signal }).catch(gone);
    const record = records[0] ? { ...records[0], timeZone: timeZoneOf(records[0]) } : null;
    const dueAt = nextCheck("venue", { id: venueId, checkedAt: at, nextShowAt: venue.nextShowAt }, at);
    await write("storeVenue", { venueId, provider: "ticketmaster", record, dueAt, step: job.step(null) });
  };
}

/** What is no longer there stays as it is known. */
function gone(error: unknown): { records: [] } {
  if (error instanceof ProviderError && error.kind === "not_found") return { records: [] };
  throw error;
}
