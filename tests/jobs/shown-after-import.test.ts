import { expect, test } from "vitest";
import { ATTRIBUTION } from "#server/domain/attribution.ts";
import { artistPage } from "#server/views/artist-page.ts";
import { showPage } from "#server/views/show-page.ts";
import { startSyncStage } from "#tests/support/sync-stage.ts";

test("what an import brought in is on the pages, with its sources", async () => {
  await using stage = await startSyncStage({ artists: [{ recordings: 60, works: 20, albums: 3, upcomingShows: 4, pastShows: 12 }] });
  await stage.ask({ name: stage.world.artists[0]!.name });
  await stage.work();
  const { reader } = stage.database;
  const now = stage.clock.now();
  const [row] = await stage.database.rows("SELECT id FROM artists");
  const page = await artistPage(reader, Number(row!["id"]), now);
  expect(page.links.length).toBeGreaterThan(0);
  expect(page.sources.map(({ provider }) => provider)).toEqual(expect.arrayContaining(["musicbrainz", "setlistfm", "ticketmaster"]));

  const marked = page.past.filter((show) => show.setlist);
  expect(marked.length).toBeGreaterThan(0);
  for (const { id, slug } of marked) {
    const { setlists } = await showPage(reader, { show: slug, userId: null, now });
    const [stored] = await stage.database.rows(
      "SELECT count(*) AS songs FROM played_songs WHERE setlist_id IN (SELECT id FROM actual_setlists WHERE show_id = ?)",
      id,
    );
    expect(setlists.flatMap(({ sets }) => sets.flatMap((set) => set.songs))).toHaveLength(Number(stored!["songs"]));
    expect(setlists.every(({ url, linkText }) => url?.startsWith("http") === true && linkText === ATTRIBUTION.setlistfm.linkText)).toBe(true);
  }

  const coming = page.upcoming.filter((show) => show.status === "upcoming");
  const tickets = await Promise.all(coming.map(async ({ slug }) => (await showPage(reader, { show: slug, userId: null, now })).tickets));
  expect(tickets.flat().length).toBeGreaterThan(0);
});
