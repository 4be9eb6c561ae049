import { Argument } from "commander";
import { catalogueSizes } from "#db/queries/job-states.ts";
import { followJobs } from "./follow-jobs.ts";
import { jobsHere } from "./jobs-here.ts";
import type { Output } from "./output.ts";
import { withDatabase, type Program } from "./program.ts";
import { Stopping } from "./stopping.ts";
import { lookAgain, SYNCED, type Sought, type Synced } from "./sync-jobs.ts";
import { SyncScreen } from "./sync-screen.ts";
import { tellSync } from "./sync-end.ts";
import type { OpenDatabase } from "../database.ts";
import type { Verbs } from "./verbs.ts";

interface Options {
  artist?: string;
  force?: boolean;
  wait: boolean;
}

export function addSync(verbs: Verbs): void {
  verbs
    .verb("sync", {
      summary: "look again at what is due at the providers: artists, shows, setlists or all",
      examples: [
        ["theset sync shows", "shows to come of the artists that are due"],
        ["theset sync all --artist nina-simone", "everything of one artist, due or not"],
        ["theset sync setlists --force", "of all artists, due or not"],
        ["theset sync all --no-wait", "only puts it into the queue of a running server"],
      ],
    })
    .addArgument(new Argument("<what>", "what to look at").choices([...SYNCED, "all"]))
    .option("--artist <slug>", "one artist alone, by the last part of its page's address")
    .option("--force", "also what is not due")
    .option("--no-wait", "put it into the queue and don't wait")
    .action((what: Synced | "all", { artist, force = false, wait }: Options) =>
      verbs.run((program, out) => sync(program, out, { what: what === "all" ? SYNCED : [what], artist: artist ?? null, force, wait })),
    );
}

async function sync(program: Program, out: Output, sought: Sought & { wait: boolean }): Promise<number> {
  const stopping = new Stopping();
  return withDatabase(program, async (database) => {
    const ids = await lookAgain(program.config, database, sought, (line) => out.note(line));
    const { what, force, wait, artist } = sought;
    if (ids.length > 0 && wait) return follow(program, database, out, { what, ids, asked: stopping.asked });
    if (ids.length > 0) out.say(`${ids.length} jobs are in the queue. A running server or \`theset work\` takes them up; \`theset jobs list\` shows them.`);
    else if (artist !== null) out.say("No provider that is asked here knows this artist.");
    else out.say(force ? "There is no artist that a provider knows: `theset import` brings one in." : "Nothing is due. With --force all is looked at again.");
    out.result({ what, queued: ids.length });
    return 0;
  }).finally(() => stopping.done());
}

interface Queued {
  what: readonly Synced[];
  ids: number[];
  asked: Promise<unknown>;
}

async function follow(program: Program, database: OpenDatabase, out: Output, { what, ids, asked }: Queued): Promise<number> {
  const { reader, ended } = database;
  const before = await catalogueSizes(reader);
  const here = jobsHere(program, database, ids);
  const screen = new SyncScreen(out, ids.length);
  const end = await followJobs({ reader, ids, runner: here.runner, asked, ended, show: (jobs, at) => screen.show(jobs, at) }).finally(() => screen.end());
  return tellSync(out, reader, { what, ids, end, before, requests: here.requests() });
}
