import { spawn } from "node:child_process";
import { once } from "node:events";
import { createClient } from "@libsql/client";
import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { utcDay } from "#server/domain/voting.ts";
import { buildShow, type BuiltShow } from "#tests/support/builders.ts";
import { openStream } from "#tests/support/event-stream.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

/** What `theset verify` prints about a database, and its exit code. */
async function verify(database: TestDatabase, ...options: string[]): Promise<{ code: number; output: string }> {
  const env = { DATABASE_URL: database.url, SYNC: "0" } as unknown as NodeJS.ProcessEnv;
  const child = spawn(process.execPath, ["build/theset.mjs", "verify", ...options], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += String(chunk)));
  child.stderr.on("data", (chunk: Buffer) => (output += String(chunk)));
  const [code] = (await once(child, "exit")) as [number];
  return { code, output };
}

interface Voted extends AsyncDisposable {
  server: TestServer;
  database: TestDatabase;
  show: BuiltShow;
  fan: number;
}

/** A show on which one fan has three votes. */
async function voted(): Promise<Voted> {
  const server = await startTestServer();
  const show = await buildShow(server.database);
  const fan = await server.fan();
  for (const setlistSongId of show.setlistSongIds.slice(0, 3)) await fan.client.votes.cast.mutate({ setlistSongId });
  return { server, database: server.database, show, fan: fan.id, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

test("a sound database has nothing found", async () => {
  await using world = await voted();
  expect(await verify(world.database)).toEqual({ code: 0, output: "The file is sound and every counter agrees with the votes.\n" });
});

test("a day's allowance may be above the votes that stand, since a vote taken back leaves it used", async () => {
  await using world = await voted();
  await world.database.change((tx) => tx.run(sql`UPDATE day_allowances SET votes = 9`));
  expect((await verify(world.database)).code).toBe(0);
});

test("a quarantined fan's votes are missing from the tally and from nothing else", async () => {
  await using world = await voted();
  await world.database.change((tx) => tx.run(sql`UPDATE show_allowances SET quarantined_at = 1`));
  const looked = await verify(world.database);
  expect(looked.output).toContain(`miscount: the total of show ${world.show.showId} says 3, the votes say 0`);
  expect(looked.output).toContain("0 problems of the file, 4 counters");
  expect((await verify(world.database, "--repair")).code).toBe(0);
  expect(await world.database.rows("SELECT votes FROM show_allowances")).toEqual([{ votes: 3 }]);
  expect(await world.database.rows("SELECT total_votes FROM shows")).toEqual([{ total_votes: 0 }]);
});

test("each counter that is wrong is found, left as it is, and mended when asked to", async () => {
  await using world = await voted();
  const { database, show, fan, server } = world;
  const song = show.setlistSongIds[0]!;
  const day = utcDay(server.clock.now());
  await database.change(async (tx) => {
    await tx.run(sql`UPDATE setlist_songs SET votes = 7 WHERE id = ${song}`);
    await tx.run(sql`UPDATE shows SET total_votes = 2`);
    await tx.run(sql`UPDATE show_allowances SET votes = 10`);
    await tx.run(sql`UPDATE day_allowances SET votes = 1`);
  });
  const found = [
    `miscount: setlist song ${song} of show ${show.showId} says 7, the votes say 1`,
    `miscount: the total of show ${show.showId} says 2, the votes say 3`,
    `miscount: fan ${fan}'s allowance for show ${show.showId} says 10, the votes say 3`,
    `miscount: fan ${fan}'s allowance for 2026-06-13 says 1, the votes say at least 3`,
    "0 problems of the file, 4 counters that do not agree with the votes.",
  ].join("\n");
  const looked = await verify(database);
  expect(looked.output).toContain(found);
  expect(looked.code).toBe(1);
  expect(await database.rows("SELECT votes FROM show_allowances")).toEqual([{ votes: 10 }]);

  await using stream = await openStream(`${server.url}/shows/${show.slug}/live`);
  const before = await stream.next();
  const mended = await verify(database, "--repair");
  expect(mended.output).toContain("Mended: 4 counters.");
  expect(mended.code).toBe(0);
  const [after] = await stream.until((event) => event.event === "tally");
  expect(Number(after!.id)).toBe(Number(before.id) + 1);
  expect(JSON.parse(after!.data)).toMatchObject({ total: 3 });
  expect(await database.rows("SELECT votes FROM day_allowances WHERE user_id = ? AND day = ?", fan, day)).toEqual([{ votes: 3 }]);
  const [entry] = await database.rows("SELECT action, details FROM audit_log ORDER BY id DESC LIMIT 1");
  expect(entry!["action"]).toBe("counters.repair");
  expect(JSON.parse(String(entry!["details"]))).toMatchObject({ mended: 4, shows: 1 });
});

test("a row that points nowhere is found and not mended", async () => {
  await using world = await voted();
  const client = createClient({ url: world.database.url, concurrency: 1 });
  await client.execute("PRAGMA foreign_keys = OFF");
  await client.execute({ sql: "DELETE FROM setlist_songs WHERE show_id = ?", args: [world.show.showId] });
  client.close();
  const looked = await verify(world.database, "--repair");
  expect(looked.output).toContain("damage: 3 rows of votes point to rows of setlist_songs that do not exist");
  expect(looked.code).toBe(1);
});

test("what can't be verified is said: no database, an option that there is not", async () => {
  await using database = await createTestDatabase();
  const nowhere = { ...database, url: `${database.url}.none` };
  expect(await verify(nowhere)).toMatchObject({
    code: 1,
    output: expect.stringContaining(`There is no database at ${database.path}.none.`) as string,
  });
  expect((await verify(database, "--mend")).code).toBe(2);
});
