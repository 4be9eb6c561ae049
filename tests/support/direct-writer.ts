import { openWriter, type Connection } from "#db/client.ts";
import type { Input, Output } from "#db/command.ts";
import { Writer } from "#db/writer.ts";
import { commandsWith, type Commands } from "#server/commands/registry.ts";
import { TestClock } from "./clock.ts";
import { createTestDatabase, type TestDatabase } from "./test-database.ts";

export interface DirectWriter extends AsyncDisposable {
  database: TestDatabase;
  clock: TestClock;
  /** Runs a command of the program; calls of one turn share a commit. */
  run<N extends keyof Commands>(name: N, input: Input<Commands[N]>): Promise<Output<Commands[N]>>;
}

/** The program's commands behind a writer on this thread, over a database of its own. */
export async function startDirectWriter(): Promise<DirectWriter> {
  const database = await createTestDatabase();
  const clock = new TestClock();
  const writer = await Writer.start({
    registry: commandsWith({ networkKey: "the-key-of-the-tests" }),
    open: () => openHasty(database.url),
    sleep: () => Promise.reject(new Error("The writer waited for a lock")),
    random: () => 0.5,
    clock: () => 0,
    schedule: () => () => {},
  });
  return {
    database,
    clock,
    async run<N extends keyof Commands>(name: N, input: Input<Commands[N]>) {
      const outcome = await writer.submit({ name, input, now: clock.now() });
      if (!outcome.ok) throw outcome.error;
      return outcome.value as Output<Commands[N]>;
    },
    async [Symbol.asyncDispose]() {
      await writer.close();
      await database[Symbol.asyncDispose]();
    },
  };
}

/** No machine goes down in the midst of a test, so no commit waits for the disk. */
async function openHasty(url: string): Promise<Connection> {
  const connection = await openWriter(url);
  await connection.client.execute("PRAGMA synchronous = OFF");
  return connection;
}
