import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openReader } from "#db/client.ts";
import { stockDatabase, type Stock, type StockSize } from "#tests/bench/stock.ts";
import { seeded } from "./chance.ts";
import { Crowd } from "./crowd.ts";
import { Ledger, type Comparison } from "./ledger.ts";
import type { Watcher } from "./watcher.ts";

/** A database full of shows and fans, a crowd for it, and what the crowd was told. */
export interface Stage extends Disposable {
  folder: string;
  path: string;
  url: string;
  stock: Stock;
  ledger: Ledger;
  crowd: Crowd;
  random: () => number;
}

export interface StageOptions extends Partial<StockSize> {
  connections?: number;
  seed?: number;
  /** How many of the votes are taken back at once, from 0 to 1. */
  fickle?: number;
  /** An existing folder, such as a mount; it is left there. */
  folder?: string;
}

export async function setStage(options: StageOptions = {}): Promise<Stage> {
  const { shows = 20, songsPerShow = 20, fans = 2_000, connections = 16, seed = 1 } = options;
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "theset-faults-"));
  const path = join(folder, "theset.db");
  const url = `file:${path}`;
  const stock = await stockDatabase(url, { shows, songsPerShow, fans });
  const ledger = new Ledger();
  const random = seeded(seed);
  const crowd = new Crowd({ stock, ledger, connections, random, ...(options.fickle !== undefined && { fickle: options.fickle }) });
  return {
    ...{ folder, path, url, stock, ledger, crowd, random },
    [Symbol.dispose]: () => {
      if (options.folder === undefined) rmSync(folder, { recursive: true });
    },
  };
}

/** What a comparison found wrong, in words. */
export function wrongs(round: string, { lost, invented, damage }: Comparison): string[] {
  const told = (list: string[]) => list.slice(0, 3).join(", ");
  return [
    ...(lost.length > 0 ? [`${round}: ${lost.length} acknowledged votes lost (${told(lost)})`] : []),
    ...(invented.length > 0 ? [`${round}: ${invented.length} votes invented (${told(invented)})`] : []),
    ...damage.slice(0, 3).map((problem) => `${round}: ${problem}`),
  ];
}

const CATCH_UP_MS = 5_000;

/** Whether each watcher comes to show what the database, at rest now, says of its show. */
export async function behind(databaseUrl: string, watchers: ReadonlyMap<number, Watcher>): Promise<string[]> {
  const reader = await openReader(databaseUrl);
  const problems: string[] = [];
  try {
    for (const [showId, watcher] of watchers) {
      const { rows } = await reader.client.execute({
        sql: "SELECT tally_version AS version, total_votes AS total FROM shows WHERE id = ?",
        args: [showId],
      });
      const { version, total } = rows[0] as unknown as { version: number; total: number };
      if (!(await watcher.reaches(version, CATCH_UP_MS))) problems.push(`show ${showId}: the stream stayed at ${watcher.version} of ${version}`);
      if (watcher.version > version) problems.push(`show ${showId}: the stream is at ${watcher.version}, the database at ${version}`);
      if (watcher.tally?.total !== total) problems.push(`show ${showId}: the stream says ${watcher.tally?.total} votes, the database ${total}`);
    }
  } finally {
    reader.close();
  }
  return problems;
}
