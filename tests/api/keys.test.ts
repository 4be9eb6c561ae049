import { createHmac } from "node:crypto";
import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createTheSetClient } from "#server/client.ts";
import { KeysError, keysPath, readKeys } from "#server/config/keys.ts";
import { buildShow } from "#tests/support/builders.ts";
import { startServerProcess } from "#tests/support/server-process.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";
import { startTestServer, type TestFan } from "#tests/support/test-server.ts";

const EARLIER = "an-earlier-key-an-earlier-key-an-earlier-ke";
const HASHES = "SELECT network FROM show_allowances ORDER BY user_id";

/** What a database holds of the address that tests call from. */
function hashUnder(key: string, showId: number): string {
  return createHmac("sha256", key).update(`${showId} 127.0.0.1`).digest("base64url").slice(0, 16);
}

function storeKey(database: TestDatabase, key: string) {
  return database.change((tx) => tx.run(`INSERT INTO settings (key, value) VALUES ('network_key', '${key}')`));
}

/** A start of the server in which a new fan votes for a show's first song. */
async function voteAtAStart(database: TestDatabase, songId: number): Promise<void> {
  await using server = await startTestServer({ database });
  const fan = await server.fan();
  await fan.client.votes.cast.mutate({ setlistSongId: songId });
}

test("the first start makes them, later ones keep them: one network has one hash on a show, whenever it votes", async () => {
  await using database = await createTestDatabase();
  const show = await buildShow(database);
  for (let start = 0; start < 3; start += 1) await voteAtAStart(database, show.setlistSongIds[0]!);
  expect(statSync(keysPath(database.path)).mode & 0o777).toBe(0o600);
  const hash = hashUnder(readKeys(keysPath(database.path))!.networkKey, show.showId);
  expect(await database.rows(HASHES)).toEqual([{ network: hash }, { network: hash }, { network: hash }]);
  expect(await database.rows("SELECT * FROM settings WHERE value = ?", readKeys(keysPath(database.path))!.networkKey)).toEqual([]);
});

describe("a key that an earlier version kept in the database", () => {
  const stored = "SELECT value FROM settings WHERE key = 'network_key'";

  test("moves into the file as it is, and leaves the database", async () => {
    await using database = await createTestDatabase();
    const show = await buildShow(database);
    await storeKey(database, EARLIER);
    await voteAtAStart(database, show.setlistSongIds[0]!);
    expect(readKeys(keysPath(database.path))).toEqual({ networkKey: EARLIER });
    expect(await database.rows(stored)).toEqual([]);
    expect(await database.rows(HASHES)).toEqual([{ network: hashUnder(EARLIER, show.showId) }]);
  });

  test("does not replace that of the file, as after a restore or a while with the earlier version", async () => {
    await using database = await createTestDatabase();
    const show = await buildShow(database);
    await voteAtAStart(database, show.setlistSongIds[0]!);
    const keys = readKeys(keysPath(database.path))!;
    await storeKey(database, EARLIER);
    await voteAtAStart(database, show.setlistSongIds[0]!);
    expect(readKeys(keysPath(database.path))).toEqual(keys);
    expect(await database.rows(stored)).toEqual([]);
    const hash = hashUnder(keys.networkKey, show.showId);
    expect(await database.rows(HASHES)).toEqual([{ network: hash }, { network: hash }]);
  });

  test("stays in the database while the file is damaged", async () => {
    await using database = await createTestDatabase();
    await storeKey(database, EARLIER);
    writeFileSync(keysPath(database.path), "{");
    await expect(startTestServer({ database })).rejects.toThrow(KeysError);
    expect(await database.rows(stored)).toEqual([{ value: EARLIER }]);
    expect(readFileSync(keysPath(database.path), "utf8")).toBe("{");
    rmSync(keysPath(database.path));
    await (await startTestServer({ database })).stop();
    expect(readKeys(keysPath(database.path))).toEqual({ networkKey: EARLIER });
  });
});

test("two servers that start at once on one new database hash under one key", { timeout: 60_000 }, async () => {
  await using database = await createTestDatabase();
  const show = await buildShow(database);
  const fans = await fansOf(database);
  rmSync(keysPath(database.path));
  const servers = await Promise.all([startServerProcess(database), startServerProcess(database)]);
  await using stack = new AsyncDisposableStack();
  for (const server of servers) stack.use(server);
  await Promise.all(servers.map(({ url }, i) => createTheSetClient({ url, token: fans[i]!.token }).votes.cast.mutate({ setlistSongId: show.setlistSongIds[0]! })));
  const hash = hashUnder(readKeys(keysPath(database.path))!.networkKey, show.showId);
  expect(await database.rows(HASHES)).toEqual([{ network: hash }, { network: hash }]);
});

async function fansOf(database: TestDatabase): Promise<[TestFan, TestFan]> {
  await using server = await startTestServer({ database });
  return [await server.fan(), await server.fan()];
}
