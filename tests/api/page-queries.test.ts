import { expect, test } from "vitest";
import { artistPage } from "#server/views/artist-page.ts";
import { homePage } from "#server/views/home-page.ts";
import type { Reader } from "#server/views/reader.ts";
import { showPage } from "#server/views/show-page.ts";
import { venuePage } from "#server/views/venue-page.ts";
import { buildPast } from "#tests/support/browser-came-in.ts";
import { buildShow, titles, type BuiltShow } from "#tests/support/builders.ts";
import { buildBill, buildSetlist, linkArtist, linkShow } from "#tests/support/came-in.ts";
import { asks } from "#tests/support/count-queries.ts";
import { buildFans } from "#tests/support/fans.ts";
import { createTestDatabase, type TestDatabase } from "#tests/support/test-database.ts";

const now = Date.parse("2026-06-13T12:00:00Z");

test.each([
  ["an anonymous visitor", false, 8],
  ["a fan", true, 11],
])("the show page of %s asks the database as often for 5 songs as for 50", async (_who, signedIn, queries) => {
  await using database = await createTestDatabase();
  const [fan] = await buildFans(database, 1);
  const userId = signedIn ? fan! : null;
  for (const songs of [5, 50]) {
    const { slug } = await buildShow(database, { ballot: titles(songs) });
    const load = async (reader: Reader) => {
      expect((await showPage(reader, { show: slug, userId, now })).ballot).toHaveLength(songs);
    };
    expect(await asks(database, load)).toBe(queries);
  }
});

/** A show that is over, with so much of all that can be known of it. */
async function buildKnown(database: TestDatabase, much: number): Promise<BuiltShow> {
  const show = await buildShow(database, { localDate: "2026-06-10", status: "completed", ballot: titles(much) });
  for (let i = 0; i < Math.min(much, 3); i += 1) await buildSetlist(database, show, { sets: [{ songs: titles(much * 6) }, { encore: 1, songs: titles(much) }] });
  await buildBill(database, show.showId, titles(much).map((name, i) => ({ name, id: `act-${i}` })));
  for (let i = 0; i < much; i += 1) {
    await linkArtist(database, show.artistId, "spotify", { url: `https://open.spotify.com/artist/${i}` });
    await linkShow(database, show, `https://www.ticketmaster.com/event/${i}`);
  }
  await buildPast(database, show, much * 2);
  return show;
}

test.each([
  ["show", 7, (reader: Reader, { slug }: BuiltShow) => showPage(reader, { show: slug, userId: null, now })],
  ["artist's", 8, (reader: Reader, { artistSlug }: BuiltShow) => artistPage(reader, artistSlug, now)],
  ["venue's", 6, (reader: Reader, { venueSlug }: BuiltShow) => venuePage(reader, venueSlug, now)],
  ["home", 7, (reader: Reader) => homePage(reader, now)],
])("the %s page asks the database %i times, however much has come in", async (_page, queries, load) => {
  await using database = await createTestDatabase();
  for (const much of [1, 50]) {
    const show = await buildKnown(database, much);
    expect(await asks(database, (reader) => load(reader, show))).toBe(queries);
  }
});
