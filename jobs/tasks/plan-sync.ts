import type { Write } from "#server/commands/registry.ts";
import { quietTime } from "#server/domain/busy-hours.ts";
import type { Provider } from "#server/domain/provider-records.ts";
import { setlistPolling } from "#server/domain/setlist-polling.ts";
import { readBusyHours, readDueArtists, readDueVenues, readShowsToPoll, type PolledRow } from "#server/views/sync-plan.ts";
import type { Reader } from "#server/views/reader.ts";
import { PRIORITY, queued, type Refreshed } from "../definitions.ts";
import type { Sources } from "./sources.ts";

export interface PlanDeps {
  sources: Sources;
  reader: Reader;
  write: Write;
  /** Epoch ms. */
  now: () => number;
}

const HOUR_MS = 3_600_000;
/** More are put into the queue the next time. */
const MOST_ARTISTS = 500;
const MOST_VENUES = 200;

/** What is looked at, by whom it is known, and how long it may wait for a quiet hour (ms). */
const REFRESHES: Record<Refreshed, { kind: "artist" | "shows" | "setlists"; providers: Provider[]; slackMs: number }> = {
  catalogue: { kind: "artist", providers: ["musicbrainz", "spotify"], slackMs: 12 * HOUR_MS },
  shows: { kind: "shows", providers: ["ticketmaster"], slackMs: 4 * HOUR_MS },
  setlists: { kind: "setlists", providers: ["setlistfm"], slackMs: 12 * HOUR_MS },
};

/** Puts into the queue which artists are due to be looked at again, in a quiet hour where they can wait for one. */
export function planRefreshes({ sources, reader, write, now }: PlanDeps, what: Refreshed): () => Promise<void> {
  return async () => {
    const { kind, providers, slackMs } = REFRESHES[what];
    const asked = providers.filter((provider) => sources[provider] !== null);
    if (asked.length === 0) return;
    const at = now();
    const due = await readDueArtists(reader, kind, asked, at, MOST_ARTISTS);
    const runAt = quietTime({ now: at, slackMs, hours: await readBusyHours(reader, at) });
    await write("enqueueJobs", due.map(({ id }) => ({ ...queued("refresh-artist", `${id} ${what}`, { artistId: id, what }), runAt })));
  };
}

/** Puts into the queue which venues are due to be looked at again. */
export function planVenues({ sources, reader, write, now }: PlanDeps): () => Promise<void> {
  return async () => {
    if (sources.ticketmaster === null) return;
    const at = now();
    const due = await readDueVenues(reader, at, MOST_VENUES);
    const runAt = quietTime({ now: at, slackMs: 12 * HOUR_MS, hours: await readBusyHours(reader, at) });
    await write("enqueueJobs", due.map((venueId) => ({ ...queued("refresh-venue", String(venueId), { venueId }), runAt })));
  };
}

/** Puts into the queue which shows' setlists are to be asked for now. */
export function planSetlists({ sources, reader, write, now }: PlanDeps): () => Promise<void> {
  return async () => {
    if (sources.setlistfm === null) return;
    const at = now();
    const due = (await readShowsToPoll(reader, at)).filter((show) => isDue(show, at));
    await write("enqueueJobs", due.map(({ id }) => ({ ...queued("fetch-setlist", String(id), { showId: id }, PRIORITY.timely), runAt: at })));
  };
}

function isDue(show: PolledRow, now: number): boolean {
  const { askedAt, sameVersion, songs, encore } = show;
  const next = setlistPolling(show, { askedAt, sameVersion: sameVersion ?? 0, songs, encore: encore > 0 }, now);
  return next !== null && next <= now;
}
