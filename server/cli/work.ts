import { setFlagsFromString } from "node:v8";
import pino from "pino";
import { BACKUP_JOB, scheduled } from "#jobs/definitions.ts";
import { startBackground } from "../background.ts";
import { backupJob } from "../backup-job.ts";
import type { Output } from "./output.ts";
import { withNewDatabase, type Program } from "./program.ts";
import { Stopping } from "./stopping.ts";
import type { Verbs } from "./verbs.ts";

export function addWork(verbs: Verbs): void {
  verbs
    .verb("work", {
      summary: "run the scheduled jobs and nothing else, until told to stop",
      examples: [["theset work", "beside one or more `theset serve --no-jobs` on the same database"]],
    })
    .action(() => verbs.run(work));
}

/** Left to itself V8 takes 200 MB more for an import's garbage before it collects any. Here nobody waits for a page. */
const SMALL = ["--semi-space-growth-factor=1", "--optimize-for-size"];

/** Runs jobs at their times until a signal comes; one under way is finished. */
async function work(program: Program, out: Output): Promise<number> {
  // Both count for the writer's thread too, which has not begun.
  SMALL.forEach((flag) => setFlagsFromString(flag));
  const stopping = new Stopping();
  const log = pino({ level: program.config.logLevel }, pino.destination({ dest: 2, sync: true }));
  const onKeys = (line: string) => log.info(line);
  return withNewDatabase(program, async (database) => {
    const backup = backupJob({ ...program, now: Date.now, log });
    const { reader, write } = database;
    const background = startBackground({ config: program.config, reader, write, log, now: Date.now, ...(backup.scheduled && { backup: backup.scheduled }) });
    const jobs = [...Object.keys(scheduled), ...(backup.scheduled ? [BACKUP_JOB] : [])];
    out.say(`Running ${jobs.length} scheduled jobs on ${program.config.databasePath}`);
    out.result({ jobs, database: program.config.databasePath });
    const reason = await Promise.race([stopping.asked, database.ended]);
    if (reason instanceof Error) log.fatal({ err: reason }, "Nothing can be written any more: stopping");
    else log.info({ signal: reason }, "Stopping");
    await Promise.allSettled([background.stop(), backup.backups.stop()]);
    return reason instanceof Error ? 1 : 0;
  }, onKeys);
}
