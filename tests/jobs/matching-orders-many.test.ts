import { expect, test } from "vitest";
import type { FinalRows } from "#tests/support/final-rows.ts";
import { imported, mistakes, pagesOf, worldOf, type Page } from "#tests/support/import-orders.ts";
import { shuffled } from "#tests/support/sandbox/chance.ts";
import { tangledArtists } from "#tests/support/sandbox/tangled.ts";
import type { World } from "#tests/support/sandbox/world.ts";

/** Of the artists some are asked for by one page, some by several. */
function askedPages(world: World): Page[] {
  return [...Map.groupBy(pagesOf(world), ({ provider, id }) => world.find(provider, id, "artist")!.artist)].flatMap(([artist, pages]) => {
    const first = artist % pages.length;
    return artist % 5 === 0 ? [pages[first]!, pages[(first + 1) % pages.length]!] : [pages[first]!];
  });
}

function mixed(pages: Page[], key: number): Page[] {
  return pages.map((page, at) => ({ page, at: shuffled(at, 16, key) })).sort((a, b) => a.at - b.at).map(({ page }) => page);
}

/** Ticketmaster's first, then Spotify's, then MusicBrainz's. */
function byProvider(pages: Page[]): Page[] {
  return pages.toSorted((a, b) => (a.provider < b.provider ? 1 : -1));
}

const world = worldOf(tangledArtists(200));
let inOrder: Promise<FinalRows> | undefined;
const importedByProvider = () => (inOrder ??= imported(world, byProvider(askedPages(world))));

test("of two hundred artists nothing is joined wrongly, and nothing is there twice that nobody is asked about", { timeout: 120_000 }, async () => {
  expect(mistakes(world, await importedByProvider())).toEqual([]);
});

test("two hundred artists imported in a mixed order end as the same rows", { timeout: 240_000 }, async () => {
  expect(await imported(world, mixed(askedPages(world), 7))).toEqual(await importedByProvider());
});
