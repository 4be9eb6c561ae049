import type { Write } from "#server/commands/registry.ts";
import { quietTime } from "#server/domain/busy-hours.ts";
import type { Provider } from "#server/domain/provider-records.ts";
import { setlistPolling } from "#server/domain/setlist-polling.ts";
import { readBusyHours, readDueArtists, readDueVenues, readShowsToPoll, type PolledRow } from "#server/views/sync-plan.ts";
import type { Reader } from "#server/views/reader.ts";
import { PRIORITY, queued, type QueuedJob, type Refreshed } from "../definitions.ts";

/** By provider; null for one that is not asked. */
type AskedProviders = Readonly<Record<Provider, unknown>>;

export interface PlanDeps {
  sources: AskedProviders;
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

/** The providers that know something of this kind. */
export const providersOf = (what: Refreshed): readonly Provider[] => REFRESHES[what].providers;

/** Jobs that look again at the artists due by an instant (epoch ms), at most so many; none where nobody is asked who would know. */
export async function dueRefreshes({ sources, reader }: Pick<PlanDeps, "sources" | "reader">, what: Refreshed, by: number, most: number): Promise<QueuedJob[]> {
  const { kind, providers } = REFRESHES[what];
  const asked = providers.filter((provider) => sources[provider] !== null);
  if (asked.length === 0) return [];
  const due = await readDueArtists(reader, kind, asked, by, most);
  return due.map(({ id }) => queued("refresh-artist", `${id} ${what}`, { artistId: id, what }));
}

/** Puts into the queue which artists are due to be looked at again, in a quiet hour where they can wait for one. */
export function planRefreshes(deps: PlanDeps, what: Refreshed): () => Promise<void> {
  return async () => {
    const { reader, write, now } = deps;
    const at = now();
    const due = await dueRefreshes(deps, what, at, MOST_ARTISTS);
    if (due.length === 0) return;
    const runAt = quietTime({ now: at, slackMs: REFRESHES[what].slackMs, hours: await readBusyHours(reader, at) });
    await write("enqueueJobs", due.map((job) => ({ ...job, runAt })));
  };
}

/** Puts into the queue which venues are due to be looked at again. */
export function planVenues({ sources, reader, write, now }: PlanDeps): () => Promise<void> {
  return async () => {
    if (sources.ticketmaster === null) return;
    const at = now();
    const due = await readDueVenues(reader, at, MOST_VENUES);
    if (due.length === 0) return;
    const runAt = quietTime({ now: at, slackMs: 12 * HOUR_MS, hours: await readBusyHours(reader, at) });
    await write("enqueueJobs", due.map((venueId) => ({ ...queued("refresh-venue", String(venueId), { venueId }), runAt })));
  };
}

/** Jobs that ask for the setlists which may have changed by now. */
export async function dueSetlists({ sources, reader, now }: Omit<PlanDeps, "write">): Promise<QueuedJob[]> {
  if (sources.setlistfm === null) return [];
  const at = now();
  const due = (await readShowsToPoll(reader, at)).filter((show) => isDue(show, at));
  return due.map(({ id }) => queued("fetch-setlist", String(id), { showId: id }, PRIORITY.timely));
}

/** Puts into the queue which shows' setlists are to be asked for now. */
export function planSetlists(deps: PlanDeps): () => Promise<void> {
  return async () => {
    const due = await dueSetlists(deps);
    await deps.write("enqueueJobs", due.map((job) => ({ ...job, runAt: deps.now() })));
  };
}

function isDue(show: PolledRow, now: number): boolean {
  const { askedAt, sameVersion, songs, encore } = show;
  const next = setlistPolling(show, { askedAt, sameVersion: sameVersion ?? 0, songs, encore: encore > 0 }, now);
  return next !== null && next <= now;
}
