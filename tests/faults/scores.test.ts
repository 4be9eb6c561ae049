import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { buildFans } from "#tests/support/fans.ts";
import { buildSeason, voted } from "#tests/support/season.ts";
import { createTestDatabase } from "#tests/support/test-database.ts";

const run = promisify(execFile);

test("recomputing changes nothing on a sound database and mends a damaged one, which verify tells apart", async () => {
  await using database = await createTestDatabase();
  const shows = await buildSeason(database, 6, { at: Date.parse("2026-06-13T12:00:00Z") });
  const fans = await buildFans(database, 2);
  for (const show of shows) for (const fan of fans) await voted(database, show, fan, [1, 2, 3]);
  const env = { DATABASE_URL: database.url, SYNC: "0" } as unknown as NodeJS.ProcessEnv;
  const theset = async (...args: string[]) => {
    const { stdout } = await run(process.execPath, ["build/theset.mjs", ...args, "--json"], { env }).catch((error: { stdout: string }) => error);
    return JSON.parse(stdout) as Record<string, unknown>;
  };
  // Six shows, two fans at each, and for each fan a standing of all time, of the year and of the artist.
  expect(await theset("scores", "recompute")).toMatchObject({ shows: 6, fanScores: 12 });
  expect(await theset("scores", "recompute")).toEqual({ shows: 6, fanScores: 12, changed: 0 });
  await database.change((tx) => tx.run("UPDATE standings SET points = points + 1 WHERE board = 'all'"));
  expect(await theset("verify")).toMatchObject({ sound: false, standings: [{ board: "all" }, { board: "all" }] });
  expect(await theset("verify", "--repair")).toMatchObject({ sound: true, mended: 2 });
  await database.change((tx) => tx.run("UPDATE fan_scores SET hits = 0"));
  // At each show two scores, and the three standings of two fans on the way.
  expect(await theset("scores", "recompute")).toMatchObject({ changed: 48 });
});
