import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import type { ScheduleOptions } from "#jobs/schedule.ts";
import { backupTask } from "#jobs/tasks/backup.ts";
import type { BackupDeps } from "./backup/backups.ts";
import { ScheduledBackups } from "./backup/scheduled-backups.ts";
import type { Config } from "./config/config.ts";
import type { ProgramFiles } from "./files/program-files.ts";
import { version } from "./version.ts";

export interface BackupJobOptions {
  config: Config;
  files: ProgramFiles;
  log: Logger;
  /** Epoch ms. */
  now: () => number;
}

/** What backups need of the world. */
export function backupDeps({ config, files, now }: Omit<BackupJobOptions, "log">): BackupDeps {
  return { config, files, now, program: version, sleep: async (ms) => void (await sleep(ms)), fetch };
}

export interface BackupJob {
  backups: ScheduledBackups;
  /** Absent where backups are made by hand only. */
  scheduled: ScheduleOptions["backup"];
}

/** The backups of a running program and when they are made. */
export function backupJob(options: BackupJobOptions): BackupJob {
  const { config, now, log } = options;
  const backups = new ScheduledBackups(backupDeps(options), log);
  const times = config.backup.schedule;
  const task = backupTask({ latest: () => backups.latest(), make: () => backups.make(), now });
  return { backups, scheduled: times === null ? undefined : { times, task } };
}
