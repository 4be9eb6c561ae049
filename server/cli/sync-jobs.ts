import { artistByKey } from "#db/queries/catalogue.ts";
import { PRIORITY, type QueuedJob, type Refreshed } from "#jobs/definitions.ts";
import { dueRefreshes, dueSetlists, providersOf } from "#jobs/tasks/plan-sync.ts";
import type { Config } from "../config/config.ts";
import type { OpenDatabase } from "../database.ts";
import { notFound } from "../domain/errors.ts";
import { NEVER } from "../domain/freshness.ts";
import type { Reader } from "../views/reader.ts";
import { missingProvider, requireProvider } from "./asked-providers.ts";

/** What `theset sync` takes. */
export const SYNCED = ["artists", "shows", "setlists"] as const;
export type Synced = (typeof SYNCED)[number];

const REFRESHES: Record<Synced, Refreshed> = { artists: "catalogue", shows: "shows", setlists: "setlists" };

export interface Sought {
  what: readonly Synced[];
  /** By its slug; null for all. */
  artist: string | null;
  /** Also what is not due; so it is with one artist. */
  force: boolean;
}

/** Puts into the queue what is to be looked at again; the ids of those jobs. `note` hears what nobody can be asked for. */
export async function lookAgain(config: Config, { reader, write }: OpenDatabase, sought: Sought, note: (line: string) => void): Promise<number[]> {
  requireProvider(config, sought.what.flatMap((what) => providersOf(REFRESHES[what])));
  const jobs: QueuedJob[] = [];
  for (const what of sought.what) {
    const missing = missingProvider(config, providersOf(REFRESHES[what]));
    if (missing === null) jobs.push(...(await jobsFor(config, reader, { ...sought, what })));
    else note(`Without ${what}: ${missing}`);
  }
  return write("enqueueJobs", jobs.map((job) => ({ ...job, runAt: Date.now() })));
}

async function jobsFor({ providers: sources }: Config, reader: Reader, { what, artist, force }: Omit<Sought, "what"> & { what: Synced }): Promise<QueuedJob[]> {
  const all = force || artist !== null;
  const refreshes = await dueRefreshes({ sources, reader }, REFRESHES[what], all ? NEVER : Date.now(), Number.MAX_SAFE_INTEGER);
  if (artist !== null) return ofArtist(refreshes, await idOf(reader, artist));
  const setlists = what === "setlists" ? await dueSetlists({ sources, reader, now: Date.now }) : [];
  return [...setlists, ...refreshes];
}

/** Whoever names an artist waits for it. */
function ofArtist(jobs: QueuedJob[], id: number): QueuedJob[] {
  return jobs.filter(({ payload }) => payload["artistId"] === id).map((job) => ({ ...job, priority: PRIORITY.asked }));
}

async function idOf(reader: Reader, slug: string): Promise<number> {
  const artist = await artistByKey(reader, slug);
  if (artist === null) throw notFound("artist");
  return artist.id;
}
