import { expect, test } from "vitest";
import { freeSlug } from "#db/queries/slugs.ts";
import { buildShow } from "#tests/support/builders.ts";
import { startTestServer, type TestServer } from "#tests/support/test-server.ts";

/** Where a request is sent, without following it. */
async function sent(server: TestServer, path: string): Promise<[number, string | null]> {
  const response = await fetch(new URL(path, server.url), { redirect: "manual" });
  await response.arrayBuffer();
  return [response.status, response.headers.get("location")];
}

const merge = (server: TestServer, kind: "artist" | "venue" | "show", from: number, into: number) => server.write("mergeRecords", { by: null, kind, from, into });

test("an address of what was merged leads to what stays, for visitors and for scripts, until it is undone", async () => {
  await using server = await startTestServer({ pages: true });
  const stays = await buildShow(server.database, { venue: "Great Hall" });
  const goes = await buildShow(server.database, { venue: "The Great Hall" });
  expect(await sent(server, `/shows/${goes.slug}`)).toEqual([200, null]);
  const venues = (await server.database.rows("SELECT venue_id AS id FROM shows ORDER BY id")).map(({ id }) => Number(id));
  const merges = [await merge(server, "artist", goes.artistId, stays.artistId), await merge(server, "venue", venues[1]!, venues[0]!)];
  expect(await server.database.rows("SELECT id FROM shows"), "the night is one show now").toEqual([{ id: stays.showId }]);
  const moved = [
    [`/artists/${goes.artistSlug}`, `/artists/${stays.artistSlug}`],
    [`/artists/${goes.artistSlug}/shows?x=1`, `/artists/${stays.artistSlug}/shows?x=1`],
    [`/venues/${goes.venueSlug}`, `/venues/${stays.venueSlug}`],
    [`/venues/${goes.venueSlug}/shows`, `/venues/${stays.venueSlug}/shows`],
    [`/shows/${goes.slug}`, `/shows/${stays.slug}`],
  ] as const;
  for (const [from, to] of moved) {
    expect(await sent(server, from), from).toEqual([301, to]);
    expect(await sent(server, to), to).toEqual([200, null]);
  }
  expect((await server.client.shows.get.query({ show: goes.slug })).show.id).toBe(stays.showId);
  expect((await server.client.artists.get.query({ artist: goes.artistSlug })).artist.slug).toBe(stays.artistSlug);
  expect(await server.database.change((tx) => freeSlug(tx, "artist", goes.artistSlug)), "it is given to nobody else").not.toBe(goes.artistSlug);
  for (const { mergeId } of merges.toReversed()) await server.write("undoMergeOf", { by: null, mergeId });
  for (const [path] of moved) expect(await sent(server, path), path).toEqual([200, null]);
  expect(server.errors).toEqual([]);
});

test("an address leads on through several merges, below the site's base path", async () => {
  await using server = await startTestServer({ pages: true, env: { BASE_PATH: "/band" } });
  const [first, second, third] = [await buildShow(server.database), await buildShow(server.database), await buildShow(server.database)];
  await merge(server, "artist", first.artistId, second.artistId);
  await merge(server, "artist", second.artistId, third.artistId);
  for (const { artistSlug } of [first, second]) {
    expect(await sent(server, `/band/artists/${artistSlug}`)).toEqual([301, `/band/artists/${third.artistSlug}`]);
  }
});
