import { openReader, openWriter } from "#db/client.ts";
import type { Input, Output } from "#db/command.ts";
import { Writer } from "#db/writer.ts";
import { PRIORITY, queued, type ImportTarget } from "#jobs/definitions.ts";
import { commandsWith, type Commands } from "#server/commands/registry.ts";

/** Runs a command on a database that other processes have open. */
export async function commandOutside<N extends keyof Commands>(url: string, name: N, input: Input<Commands[N]>): Promise<Output<Commands[N]>> {
  const writer = await Writer.start({
    registry: commandsWith({ networkKey: "the-key-of-the-tests" }),
    open: () => openWriter(url),
    sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    random: Math.random,
    clock: () => performance.now(),
    schedule: () => () => {},
  });
  try {
    const outcome = await writer.submit({ name, input, now: Date.now() });
    if (!outcome.ok) throw outcome.error;
    return outcome.value as Output<Commands[N]>;
  } finally {
    await writer.close();
  }
}

/** Puts an import into the queue of a database that other processes have open. */
export function importOutside(url: string, target: ImportTarget): Promise<{ importId: number; jobId: number }> {
  const name = "name" in target ? target.name : target.id;
  return commandOutside(url, "requestImport", { by: null, unlimited: true, name, job: queued("import-artist", JSON.stringify(target), { target }, PRIORITY.asked) });
}

/** Rows of a database that other processes have open. */
export async function rowsOutside(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const reader = await openReader(url);
  try {
    return (await reader.client.execute(sql)).rows.map((row) => ({ ...row }));
  } finally {
    reader.close();
  }
}

const LOOK_MS = 100;

/** Waits until no import of a database is under way; throws with what became of those that did not get done. */
export function importsDone(url: string, withinMs: number): Promise<void> {
  return until(url, withinMs, "SELECT name, phase, problem, counts FROM imports WHERE phase <> 'done'", ({ phase }) => phase === "failed" || phase === "cancelled");
}

/** Waits until also nothing is left to be learnt from what came in: ballots and chances follow it. */
export async function importsStudied(url: string, withinMs: number): Promise<void> {
  await importsDone(url, withinMs);
  await until(url, withinMs, "SELECT name, key, state, error FROM jobs WHERE name = 'study-artist' AND state IN ('queued', 'running', 'failed')", ({ state }) => state === "failed");
}

type Row = Record<string, unknown>;

/** Looks until a query has no rows; throws with those that there are when one is lost or the time is up. */
async function until(url: string, withinMs: number, query: string, isLost: (row: Row) => boolean): Promise<void> {
  const end = performance.now() + withinMs;
  const reader = await openReader(url);
  try {
    for (;;) {
      const { rows } = await reader.client.execute(query);
      if (rows.length === 0) return;
      if (rows.some(isLost) || performance.now() > end) throw new Error(`Not done: ${JSON.stringify(rows)}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  } finally {
    reader.close();
  }
}
