import { chmodSync, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import type { BenchOptions } from "./options.ts";

/** A folder for one part's databases, gone with the part. */
export class Ground implements Disposable {
  readonly folder: string;
  readonly options: BenchOptions;
  #files = 0;

  constructor(options: BenchOptions) {
    this.options = options;
    this.folder = mkdtempSync(join(options.folder, "theset-bench-"));
    // PostgreSQL's own user reaches its data through here.
    chmodSync(this.folder, 0o711);
    process.once("exit", this.#remove);
  }

  /** A name for a database file that is not there yet. */
  newFile(): string {
    return join(this.folder, `${(this.#files += 1)}.db`);
  }

  /** A copy of a database that nobody has open. */
  copy(file: string): string {
    const log = `${file}-wal`;
    if (existsSync(log) && statSync(log).size > 0) throw new Error(`${file} is not all in its file`);
    const copy = this.newFile();
    copyFileSync(file, copy);
    return copy;
  }

  remove(file: string): void {
    for (const end of ["", "-wal", "-shm"]) rmSync(file + end, { force: true });
  }

  [Symbol.dispose](): void {
    process.off("exit", this.#remove);
    this.#remove();
  }

  readonly #remove = (): void => rmSync(this.folder, { recursive: true, force: true });
}
