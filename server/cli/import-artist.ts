import type { ImportTarget } from "#jobs/definitions.ts";
import { importByJob, type ImportRow } from "#db/queries/imports.ts";
import { importJob } from "../commands/import-job.ts";
import { iso } from "../domain/instant.ts";
import { requireProvider } from "./asked-providers.ts";
import { followJobs, type FollowEnd } from "./follow-jobs.ts";
import { tellImport } from "./import-end.ts";
import { ImportScreen } from "./import-screen.ts";
import { jobsHere } from "./jobs-here.ts";
import type { Output } from "./output.ts";
import { withNewDatabase, type Program } from "./program.ts";
import { Stopping } from "./stopping.ts";
import type { OpenDatabase } from "../database.ts";

interface Asked {
  target: ImportTarget;
  /** Whether to stay until it is here. */
  wait: boolean;
}

/** Puts the import of an artist into the queue, and follows it to its end. */
export async function importArtist(program: Program, out: Output, { target, wait }: Asked): Promise<number> {
  requireProvider(program.config, "provider" in target ? [target.provider] : undefined);
  const stopping = new Stopping();
  return withNewDatabase(program, async (database) => {
    const { importId, jobId } = await request(database, target);
    if (wait) return follow(program, database, out, { jobId, asked: stopping.asked });
    out.say(`The import is in the queue, as job ${jobId}. A running server or \`theset work\` takes it up; \`theset jobs list\` shows it.`);
    out.result({ import: importId, job: jobId, state: "queued" });
    return 0;
  }).finally(() => stopping.done());
}

function request({ write }: OpenDatabase, target: ImportTarget) {
  const name = "name" in target ? target.name : target.id;
  return write("requestImport", { by: null, unlimited: true, name, job: importJob(target) });
}

async function follow(program: Program, database: OpenDatabase, out: Output, { jobId, asked }: { jobId: number; asked: Promise<unknown> }): Promise<number> {
  const { reader, ended } = database;
  const here = jobsHere(program, database, [jobId]);
  const screen = new ImportScreen(out);
  const read = async () => {
    const row = await importByJob(reader, jobId);
    if (row === null) throw new Error(`The import of job ${jobId} is gone`);
    return row;
  };
  const show = async (_jobs: unknown, at: number) => screen.show(await read(), at);
  const end = await followJobs({ reader, ids: [jobId], runner: here.runner, asked, ended, show }).finally(() => screen.end());
  const row = await read();
  out.result({ ...documentOf(row, end), requests: here.requests() });
  return tellImport(out, row, { end, requests: here.requests() });
}

function documentOf(row: ImportRow, end: FollowEnd) {
  const { id, jobId, name, phase, artistSlug, counts, problem, jobState, runAt, error } = row;
  const again = end === "over" || runAt === null ? null : iso(runAt);
  return { import: id, job: jobId, name, state: jobState, phase, artist: artistSlug, counts, problem, error, again };
}
