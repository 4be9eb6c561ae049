import { setImmediate } from "node:timers/promises";
import { scheduled, type ScheduledJob } from "#jobs/definitions.ts";
import type { Handlers } from "#jobs/runner.ts";
import { backgroundSources } from "#jobs/tasks/background-sources.ts";
import { importArtist, refreshArtist } from "#jobs/tasks/catalogue/import-artist.ts";
import { fetchSetlist } from "#jobs/tasks/fetch-setlist.ts";
import { fraudFinder } from "#jobs/tasks/find-fraud.ts";
import type { Handler } from "#jobs/tasks/job.ts";
import { maintenanceTasks } from "#jobs/tasks/maintenance.ts";
import { planRefreshes, planSetlists, planVenues } from "#jobs/tasks/plan-sync.ts";
import { refreshVenue } from "#jobs/tasks/refresh-venue.ts";
import { scoreShow } from "#jobs/tasks/score-show.ts";
import { showSettler } from "#jobs/tasks/settle-shows.ts";
import { studyArtist } from "#jobs/tasks/study-artist.ts";
import type { Sources } from "#jobs/tasks/sources.ts";
import { trendUpdater } from "#jobs/tasks/update-trending.ts";
import type { OpenDatabase } from "./database.ts";

export interface HandlerDeps extends Pick<OpenDatabase, "reader" | "write"> {
  sources: Sources;
  /** Epoch ms. */
  now: () => number;
  /** Whether what may wait should; it need not unless given. */
  isBusy?: () => boolean;
}

/** What each scheduled job does, here. */
export function scheduledTasks(deps: HandlerDeps): Record<ScheduledJob, () => Promise<unknown>> {
  const { reader, write } = deps;
  return {
    ...maintenanceTasks(write),
    "find-fraud": fraudFinder({ reader, write, pause: () => setImmediate(), elapsed: () => performance.now() }),
    "settle-shows": showSettler(deps),
    "update-trending": trendUpdater({ ...deps, pause: () => setImmediate() }),
    "sync-artists": planRefreshes(deps, "catalogue"),
    "sync-shows": planRefreshes(deps, "shows"),
    "sync-setlists": planRefreshes(deps, "setlists"),
    "sync-venues": planVenues(deps),
    "poll-setlists": planSetlists(deps),
  };
}

/** What this program can do of all jobs. */
export function jobHandlers(deps: HandlerDeps): Handlers {
  const tasks = scheduledTasks(deps);
  const { isBusy = () => false, now } = deps;
  const patient = { ...deps, sources: backgroundSources(deps.sources, { isBusy, now }) };
  const names = Object.keys(scheduled) as ScheduledJob[];
  const upkeep = names.map((name): [ScheduledJob, Handler] => [name, async () => void (await tasks[name]())]);
  return {
    ...Object.fromEntries(upkeep),
    "import-artist": importArtist(deps) as Handler,
    "refresh-artist": refreshArtist(patient) as Handler,
    "fetch-setlist": fetchSetlist(patient) as Handler,
    "refresh-venue": refreshVenue(patient) as Handler,
    "score-show": scoreShow(deps) as Handler,
    "study-artist": studyArtist({ ...deps, pause: () => setImmediate() }) as Handler,
  };
}
