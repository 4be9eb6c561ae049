import type { Logger } from "pino";
import { backUp, type BackupDeps } from "./backups.ts";
import { BackupStoppedError, BackupUnderWayError } from "./errors.ts";
import { latestBackup } from "./folder.ts";

/** The backups that a running program makes by itself. */
export class ScheduledBackups {
  readonly #deps: BackupDeps;
  readonly #log: Logger;
  readonly #stop = new AbortController();
  #running: Promise<void> | null = null;
  #failures = 0;

  constructor(deps: BackupDeps, log: Logger) {
    this.#deps = deps;
    this.#log = log;
  }

  /** Those that failed since the program started. */
  get failures(): number {
    return this.#failures;
  }

  /** When the newest whole one was made, by whichever process (epoch ms); null where there is none. */
  latest(): number | null {
    const made = latestBackup(this.#deps.config.backup.folder)?.manifest?.madeAt;
    return made === undefined ? null : Date.parse(made);
  }

  /** Makes one. Rejects where it fails; one that another process makes, or that the stop breaks off, is no failure. */
  make(): Promise<void> {
    this.#running ??= this.#make().finally(() => (this.#running = null));
    return this.#running;
  }

  /** Breaks off what is under way; there will be no more. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running?.catch(() => {});
  }

  async #make(): Promise<void> {
    try {
      const { base, manifest, removed, away } = await backUp(this.#deps, this.#stop.signal);
      this.#log.info({ backup: base, bytes: manifest.bytes, removed, away }, "Backed up");
      if (manifest.miscounts) this.#log.warn({ miscounts: manifest.miscounts }, "Counters do not agree with the votes: run theset verify");
    } catch (error) {
      if (error instanceof BackupUnderWayError || error instanceof BackupStoppedError) {
        this.#log.info(error.message);
        return;
      }
      this.#failures += 1;
      throw error;
    }
  }
}
