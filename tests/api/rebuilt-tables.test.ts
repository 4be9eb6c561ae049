import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openWriter } from "#db/client.ts";
import { migrate, readMigrations } from "#db/migrate.ts";
import { contentsOf, unpack } from "#tests/support/old-databases.ts";

/** Artists, venues and shows are made anew by migration 3, so that they may lack what nobody has said. */
const BEFORE = 3;
const migrations = readMigrations(join(process.cwd(), "db/migrations"));

/** Rows of all kinds that a database of that time could hold, and of each kind the latest, removed again. */
const statements = [
  `INSERT INTO artists (id, slug, name, search_name, genre, country, demo) VALUES (5, 'sigur-ros', 'Sigur Rós "ü" 🎸', 'sigur ros "u" 🎸', '', 'IS', 1)`,
  `INSERT INTO venues (id, slug, name, city, country, latitude, longitude, capacity, time_zone, demo) VALUES (5, 'edge', 'Edge', 'Suva', 'FJ', -90, 180, 100, 'Pacific/Fiji', 1)`,
  ...["upcoming", "ongoing", "completed", "cancelled"].map(
    (status, i) =>
      `INSERT INTO shows (id, slug, artist_id, venue_id, tour, local_date, starts_at, status, tally_version, total_votes, demo)
       VALUES (${10 + i}, 'show-${status}', 5, 5, NULL, '2026-06-1${i}', ${i === 0 ? "NULL" : 1}, '${status}', ${i}, ${i}, 1)`,
  ),
  `INSERT INTO artists (id, slug, name, search_name, genre, country) VALUES (70, 'gone', 'Gone', 'gone', 'Folk', 'IE')`,
  `INSERT INTO venues (id, slug, name, city, country, latitude, longitude, time_zone) VALUES (80, 'gone', 'Gone', 'Cork', 'IE', 0, 0, 'Europe/Dublin')`,
  `INSERT INTO shows (id, slug, artist_id, venue_id, local_date) VALUES (90, 'gone', 70, 80, '2026-06-20')`,
  `DELETE FROM shows WHERE id = 90`,
  `DELETE FROM venues WHERE id = 80`,
  `DELETE FROM artists WHERE id = 70`,
];

type Contents = Awaited<ReturnType<typeof contentsOf>>;

/** A database of the schema before, with those rows, and what it held before and after coming to today's. */
async function upgraded() {
  const room = mkdtempSync(join(tmpdir(), "theset-rebuilt-"));
  const path = join(room, "theset.db");
  unpack("0002", path);
  const writer = await openWriter(`file:${path}`);
  for (const statement of statements) await writer.client.execute(statement);
  const before = await contentsOf(path);
  expect(await migrate(writer.client, migrations)).toBe(migrations.length - BEFORE);
  return {
    before,
    after: await contentsOf(path),
    run: async (sql: string) => (await writer.client.execute(sql)).rows.map((row) => ({ ...row })),
    [Symbol.dispose]: () => {
      writer.close();
      rmSync(room, { recursive: true });
    },
  };
}

/** A table's rows with the columns that they had before. */
function asBefore({ before, after }: { before: Contents; after: Contents }, table: string): unknown[] {
  const columns = Object.keys(before.rows[table]![0] ?? {});
  const rows = after.rows[table]!.map((row) => Object.fromEntries(columns.map((column) => [column, row[column]])));
  return rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

describe("a database from before artists, venues and shows were made anew", () => {
  let contents: { before: Contents; after: Contents };
  beforeAll(async () => {
    using on = await upgraded();
    contents = on;
  });

  test("keeps every row of every table, value by value", () => {
    const tables = Object.keys(contents.before.rows);
    expect(tables).toEqual(expect.arrayContaining(["artists", "venues", "shows", "songs", "votes", "sqlite_sequence"]));
    expect(contents.before.rows["shows"]).toHaveLength(7);
    for (const table of tables) expect([table, asBefore(contents, table)]).toEqual([table, contents.before.rows[table]]);
  });

  test("keeps every index", () => {
    const indexes = ({ schema }: Contents) => schema.filter((row) => row["type"] === "index").map((row) => row["name"]);
    expect(indexes(contents.after)).toEqual(expect.arrayContaining(indexes(contents.before)));
    expect(contents.after.schema.filter((row) => /__new/.test(String(row["sql"])))).toEqual([]);
  });

  test("says nothing of what nobody has said, and a song's key is its searched title", () => {
    const { artists, venues, songs } = contents.after.rows;
    expect(artists!.every((row) => row["disambiguation"] === null)).toBe(true);
    expect(venues!.every((row) => row["region"] === null)).toBe(true);
    expect(songs!.map((row) => [row["title_key"], row["ballot_worthy"], row["released_on"]])).toEqual(
      songs!.map((row) => [row["search_title"], 1, null]),
    );
  });
});

test("no id of a removed artist, venue or show is given out again after the upgrade", async () => {
  using on = await upgraded();
  expect(await on.run("INSERT INTO artists (slug, name, search_name) VALUES ('new', 'New', 'new') RETURNING id")).toEqual([{ id: 71 }]);
  expect(await on.run("INSERT INTO venues (slug, name, time_zone) VALUES ('new', 'New', 'UTC') RETURNING id")).toEqual([{ id: 81 }]);
  expect(await on.run("INSERT INTO shows (slug, artist_id, venue_id, local_date) VALUES ('new', 71, 81, '2026-06-20') RETURNING id")).toEqual([{ id: 91 }]);
});

test("after the upgrade rows still have to point to what exists, and go with it", async () => {
  using on = await upgraded();
  const refused = "FOREIGN KEY constraint failed";
  await expect(on.run("INSERT INTO shows (slug, artist_id, venue_id, local_date) VALUES ('new', 999, 1, '2026-06-20')")).rejects.toThrow(refused);
  await expect(on.run("INSERT INTO songs (artist_id, title, search_title, likelihood_rank) VALUES (999, 'x', 'x', 1)")).rejects.toThrow(refused);
  await expect(on.run("DELETE FROM venues WHERE id = 1")).rejects.toThrow(refused);
  await on.run("DELETE FROM artists WHERE id = 1");
  for (const table of ["songs", "setlist_songs", "votes", "show_allowances"]) expect([table, await on.run(`SELECT count(*) AS n FROM ${table}`)]).toEqual([table, [{ n: 0 }]]);
});

test("after the upgrade a show may be postponed, and nothing that it can't be", async () => {
  using on = await upgraded();
  await on.run("UPDATE shows SET status = 'postponed' WHERE id = 1");
  await expect(on.run("UPDATE shows SET status = 'maybe' WHERE id = 1")).rejects.toThrow("CHECK constraint failed: shows_status");
  await expect(on.run("UPDATE venues SET latitude = 91 WHERE id = 1")).rejects.toThrow("CHECK constraint failed: venues_latitude");
});
