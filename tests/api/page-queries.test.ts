import { expect, test } from "vitest";
import { openReader } from "#db/client.ts";
import { showPage } from "#server/views/show-page.ts";
import { buildShow, titles } from "#tests/support/builders.ts";
import { buildFans } from "#tests/support/fans.ts";
import { createTestDatabase } from "#tests/support/test-database.ts";

test.each([
  ["an anonymous visitor", false, 2],
  ["a fan", true, 4],
])("the show page of %s asks the database as often for 5 songs as for 50", async (_who, signedIn, queries) => {
  await using database = await createTestDatabase();
  const [userId] = await buildFans(database, 1);
  const reader = await openReader(database.url);
  let asked = 0;
  const execute = reader.client.execute.bind(reader.client);
  reader.client.execute = (...args: Parameters<typeof execute>) => {
    asked += 1;
    return execute(...args);
  };
  const now = Date.parse("2026-06-13T12:00:00Z");
  const counts: number[] = [];
  for (const songs of [5, 50]) {
    const { slug } = await buildShow(database, { ballot: titles(songs) });
    asked = 0;
    const page = await showPage(reader.db, { show: slug, userId: signedIn ? userId! : null, now });
    expect(page.ballot).toHaveLength(songs);
    counts.push(asked);
  }
  reader.close();
  expect(counts).toEqual([queries, queries]);
});
