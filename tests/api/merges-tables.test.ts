import { expect, test } from "vitest";
import { DROPPED, MOVED, OTHERWISE, shapeOf } from "#db/merge-tables.ts";
import { createTestDatabase } from "#tests/support/test-database.ts";

/** Whose rows are merged, and what hangs on a show. */
const OWNERS = ["artists", "venues", "shows", "songs", "predicted_setlists", "setlist_songs", "show_allowances"];
/** What says whose a row is where no foreign key does. */
const NAMES = ["artist_id", "venue_id", "show_id", "song_id", "setlist_song_id"];

test("a merge knows every column that points to an artist, a venue, a show or a song", async () => {
  await using database = await createTestDatabase();
  const keys = await database.rows(`
    SELECT t.name || '.' || f."from" AS found FROM sqlite_schema t, pragma_foreign_key_list(t.name) f
    WHERE t.type = 'table' AND f."table" IN (SELECT value FROM json_each(?)) AND f."from" <> 'user_id'`, JSON.stringify(OWNERS));
  const named = await database.rows(`
    SELECT t.name || '.' || c.name AS found FROM sqlite_schema t, pragma_table_info(t.name) c
    WHERE t.type = 'table' AND c.name IN (SELECT value FROM json_each(?))`, JSON.stringify(NAMES));
  const found = new Set([...keys, ...named].map((row) => String(row["found"])));
  expect(found.size).toBeGreaterThan(20);
  const pointers = [MOVED, DROPPED].flatMap((kinds) => Object.values(kinds).flat());
  const known = new Set([...pointers.map(({ table, column }) => `${shapeOf(table).name}.${column}`), ...Object.keys(OTHERWISE)]);
  expect([...found].filter((column) => !known.has(column)), "say in db/queries/merge-tables.ts what becomes of it").toEqual([]);
  const withoutColumn = [...known].filter((column) => !found.has(column) && !column.endsWith(".id"));
  expect(withoutColumn).toEqual([]);
});
