import type { Worker } from "node:worker_threads";
import type { ServerBuild } from "@remix-run/server-runtime";
import type { Migration } from "#db/migrate.ts";

/** What the program carries beside its own code, wherever that lies. */
export interface ProgramFiles {
  /** A thread for the writer, which waits for its `WriterOrder`. */
  startWriter(): Worker;
  /** What the thread that makes backups runs: a module by its address, or code that needs no other. */
  backupThread: URL | string;
  migrations(): Migration[];
  /** The licences of all that is inside, as one text; absent where that lies in node_modules. */
  licences?(): string;
  /** Throws where the pages are not there; loads nothing. */
  checkPages(): void;
  /** The built pages. */
  loadPages(): Promise<PageFiles>;
}

export interface PageFiles {
  /** What renders pages. */
  build: ServerBuild;
  /** What browsers load, by its address below the site's, such as "/assets/root-Cx.js". */
  client: ReadonlyMap<string, ClientFile>;
}

export interface ClientFile {
  contents: Uint8Array;
  /** The same, compressed; absent where that saves nothing. */
  gzip?: Uint8Array;
  brotli?: Uint8Array;
}

/** Puts a client build together from its files by name, where `x.js.gz` and `x.js.br` are `x.js` compressed. */
export function clientFiles(names: readonly string[], read: (name: string) => Uint8Array): Map<string, ClientFile> {
  const known = new Set(names);
  const files = new Map<string, ClientFile>();
  for (const name of names) {
    if (/\.(gz|br)$/.test(name)) continue;
    files.set(`/${name}`, {
      contents: read(name),
      ...(known.has(`${name}.gz`) && { gzip: read(`${name}.gz`) }),
      ...(known.has(`${name}.br`) && { brotli: read(`${name}.br`) }),
    });
  }
  return files;
}
