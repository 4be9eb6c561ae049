import { pino } from "pino";
import { createRunner } from "#server/background.ts";
import { startSandbox, type Sandbox } from "./sandbox/sandbox.ts";
import { createWorld, type ArtistSpec, type World } from "./sandbox/world.ts";
import { providersOf } from "./sync-stage.ts";
import type { TestServer } from "./test-server.ts";

export interface ImportStage extends AsyncDisposable {
  world: World;
  sandbox: Sandbox;
  /** Runs what is due until nothing is. */
  work(): Promise<void>;
}

/** What imports from the sandbox into a server's database, as a `theset work` beside it would. */
export async function startImportStage({ database, write, clock }: TestServer, artists: ArtistSpec[]): Promise<ImportStage> {
  // Other stages of the same server have other artists.
  const seed = `imports ${artists.map(({ name, disambiguation }) => `${name} ${disambiguation}`).join()}`;
  const world = createWorld({ seed, now: clock.now(), artists });
  const sandbox = await startSandbox({ world, limits: { pace: null, day: null }, clock: clock.now });
  const config = { sync: true, providers: providersOf(sandbox) };
  const log = pino({ level: "silent" });
  return {
    world,
    sandbox,
    async work() {
      const { runner } = createRunner({ config, reader: database.reader, write, log, now: clock.now });
      runner.poll();
      await runner.idle();
      await runner.stop();
    },
    [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose](),
  };
}
