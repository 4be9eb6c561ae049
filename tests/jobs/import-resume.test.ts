import { expect, test } from "vitest";
import type { Write } from "#server/commands/registry.ts";
import { catalogueRows } from "#tests/support/catalogue-rows.ts";
import type { ArtistSpec } from "#tests/support/sandbox/world.ts";
import { startSyncStage, type SyncStage } from "#tests/support/sync-stage.ts";

const LEASE_MS = 60_000;
/** A process that gets nowhere so often is no accident. */
const MOST_LIVES = 2_000;

/** A process that dies with a commit: nothing that it was about to do is done, and nobody hears of it. */
function mortal(write: Write, diesAfter: (name: string, input: unknown) => boolean): { write: Write; death: Promise<void> } {
  const { promise: death, resolve: die } = Promise.withResolvers<void>();
  let dead = false;
  const never = new Promise<never>(() => {});
  const through = async (name: never, input: never) => {
    if (dead) return never;
    const output = await write(name, input);
    if (dead) return never;
    if (!diesAfter(name, input)) return output;
    dead = true;
    die();
    return never;
  };
  return { write: through, death };
}

/** Runs process after process until one outlives the import; how many died. */
async function liveAndDie(stage: SyncStage, diesAfter: (life: number) => (name: string, input: unknown) => boolean): Promise<number> {
  for (let life = 0; life < MOST_LIVES; life += 1) {
    const { write, death } = mortal(stage.write, diesAfter(life));
    const runner = stage.runner(`process ${life}`, write);
    runner.poll();
    const end = await Promise.race([runner.idle().then(() => "idle"), death.then(() => "dead")]);
    if (end === "idle") return life;
    stage.clock.advance(LEASE_MS + 1);
  }
  throw new Error("The import does not get on");
}

/** What came in, once what waits for the import's end is done too. */
async function imported(stage: SyncStage) {
  stage.clock.advance(LEASE_MS);
  await stage.work();
  const rows = await catalogueRows((sql) => stage.database.rows(sql));
  const [{ phase, counts }] = (await stage.database.rows("SELECT phase, counts FROM imports")) as [{ phase: string; counts: string }];
  const marks = await stage.database.rows("SELECT artist_id, provider, list, total, digest FROM list_marks ORDER BY 1, 2, 3");
  return { rows, phase, counts, marks };
}

async function undisturbed(artists: ArtistSpec[]) {
  await using stage = await startSyncStage({ artists });
  await stage.ask({ name: stage.world.artists[0]!.name });
  await stage.work();
  return { world: stage.world, result: await imported(stage) };
}

/** Whether a write saves a step that no write has saved yet: of the end of an import the last process tells again. */
function newStep(): (name: string, input: unknown) => boolean {
  const seen = new Set<string>();
  return (_, input) => {
    if (typeof input !== "object" || input === null || !("step" in input)) return false;
    const { step, cursor, albumRead } = input as { step: { cursor: unknown }; cursor?: unknown; albumRead?: number };
    const text = JSON.stringify([cursor ?? step.cursor, albumRead]);
    return seen.size < seen.add(text).size;
  };
}

test("an import that is killed after each of its steps ends with the rows, figures and ids of an undisturbed one", { timeout: 240_000 }, async () => {
  const artists = [{ recordings: 400, works: 120, albums: 24, upcomingShows: 50, pastShows: 120 }];
  const { world, result } = await undisturbed(artists);
  await using stage = await startSyncStage({ artists, world });
  await stage.ask({ name: world.artists[0]!.name });
  const atEachStep = newStep();
  const died = await liveAndDie(stage, () => atEachStep);
  expect(died).toBeGreaterThan(30);
  expect(await imported(stage)).toEqual(result);
});

test("wherever a small import is killed once, be it between two commits of one step, it ends the same", { timeout: 240_000 }, async () => {
  const artists = [{ recordings: 12, works: 8, albums: 2, upcomingShows: 2, pastShows: 4 }];
  const { world, result } = await undisturbed(artists);
  let points = 0;
  for (let nth = 1, reached = true; reached; nth += 1) {
    await using stage = await startSyncStage({ artists, world });
    await stage.ask({ name: world.artists[0]!.name });
    let seen = 0;
    const died = await liveAndDie(stage, () => () => (seen += 1) === nth);
    expect(await imported(stage), `killed after commit ${nth}`).toEqual(result);
    reached = died > 0;
    points = nth;
  }
  expect(points).toBeGreaterThan(30);
});
