import { expect, test } from "vitest";
import type { Provider } from "#server/domain/provider-records.ts";
import { finalRows, type FinalRows } from "#tests/support/final-rows.ts";
import { shuffled } from "#tests/support/sandbox/chance.ts";
import { TANGLES, tangledArtists } from "#tests/support/sandbox/tangled.ts";
import { createWorld, type ArtistSpec, type World } from "#tests/support/sandbox/world.ts";
import { startSyncStage, type SyncStage } from "#tests/support/sync-stage.ts";

interface Page {
  provider: Exclude<Provider, "setlistfm">;
  id: string;
}

/** The pages that providers have of the artists, as somebody may ask for each. */
function pagesOf(world: World): Page[] {
  const providers = ["musicbrainz", "spotify", "ticketmaster"] as const;
  return world.artists.flatMap(({ index }) => providers.flatMap((provider) => world.pagesAt(provider, index).map((place) => ({ provider, id: world.id(provider, place) }))));
}

function worldOf(artists: ArtistSpec[]): World {
  // A seed by which no town has two venues of one name: setlist.fm, which does not place them on the map, could not tell them apart.
  return createWorld({ seed: "orders 372", now: Date.parse("2026-06-14T12:00:00Z"), artists, venues: 110 });
}

async function importAll(stage: SyncStage, pages: Page[]): Promise<void> {
  for (const page of pages) {
    await stage.ask(page);
    await stage.work();
  }
  const unfinished = await stage.database.rows("SELECT i.name, i.phase, j.state, j.error FROM imports i JOIN jobs j ON j.id = i.job_id WHERE phase <> 'done'");
  expect(unfinished).toEqual([]);
}

async function imported(world: World, pages: Page[]): Promise<FinalRows> {
  await using stage = await startSyncStage({ artists: [], world });
  await importAll(stage, pages);
  return finalRows(stage.database);
}

/** Everything that is not as it is in the world: two artists or venues taken for one, and one that is there twice though nobody is asked about it. */
function mistakes(world: World, { artists, venues, reviews }: FinalRows): string[] {
  const ofArtists = mistakesOf("artist", Object.keys(artists), reviews, (id) => artistOfId(world, id));
  return [...ofArtists, ...mistakesOf("venue", Object.keys(venues), reviews, (id) => venueOfId(world, id))];
}

function mistakesOf(kind: string, all: string[], reviews: string[], numberOf: (id: string) => number | undefined): string[] {
  // The venue of those that nobody has named has no id.
  const keys = all.filter((key) => !key.startsWith("{"));
  const truth = new Map(keys.map((key) => [key, [...new Set(key.split(" ").map(numberOf))]]));
  const mixed = keys.filter((key) => truth.get(key)!.length !== 1).map((key) => `two in one: ${key}`);
  const twice = [...Map.groupBy(keys, (key) => truth.get(key)![0]).values()].flatMap((same) => {
    const asked = (a: string, b: string) => reviews.some((review) => review.startsWith(`${kind}: `) && [a, b].every((key) => key.split(" ").some((id) => review.includes(id))));
    return same.slice(1).filter((key) => !same.some((other) => other !== key && asked(other, key))).map((key) => `twice: ${key} and ${same[0]!}`);
  });
  return [...mixed, ...twice];
}

function artistOfId(world: World, text: string): number | undefined {
  const [provider, id] = text.split(":") as [Provider, string];
  return world.find(provider === "setlistfm" ? "musicbrainz" : provider, id, "artist")?.artist;
}

function venueOfId(world: World, text: string): number | undefined {
  const [provider, id] = text.split(":") as [Provider, string];
  return world.find(provider, id, "venue")?.item;
}

function* ordersOf<T>(items: T[]): Generator<T[]> {
  if (items.length < 2) yield items;
  else for (const [at, first] of items.entries()) for (const rest of ordersOf(items.toSpliced(at, 1))) yield [first, ...rest];
}

/** All orders of four pages; of more, some. */
const MOST_PAGES = 4;
const SOME_ORDERS = 8;

test.each(Object.entries(TANGLES))("%s: whatever page comes first, the same is there in the end", { timeout: 180_000 }, async (_, specs) => {
  const world = worldOf(specs(3));
  const pages = pagesOf(world);
  const orders = [...ordersOf(pages)];
  const some = pages.length <= MOST_PAGES ? orders : orders.filter((_, nth) => nth % Math.ceil(orders.length / SOME_ORDERS) === 0);
  const first = await imported(world, some[0]!);
  expect(mistakes(world, first)).toEqual([]);
  for (const order of some.slice(1)) expect(await imported(world, order), order.map(({ provider }) => provider).join()).toEqual(first);
});

/** Of the 200 some are asked for by one page, some by several. */
function askedPages(world: World): Page[] {
  return [...Map.groupBy(pagesOf(world), ({ provider, id }) => world.find(provider, id, "artist")!.artist)].flatMap(([artist, pages]) => {
    const first = artist % pages.length;
    return artist % 5 === 0 ? [pages[first]!, pages[(first + 1) % pages.length]!] : [pages[first]!];
  });
}

function mixed(pages: Page[], key: number): Page[] {
  return pages.map((page, at) => ({ page, at: shuffled(at, 16, key) })).sort((a, b) => a.at - b.at).map(({ page }) => page);
}

const ORDERS: Record<string, (pages: Page[]) => Page[]> = {
  "Ticketmaster's pages first": (pages) => pages.toSorted((a, b) => (a.provider < b.provider ? 1 : -1)),
  "in a mixed order": (pages) => mixed(pages, 7),
};

const TWO_HUNDRED = 200;
let inOrder: Promise<FinalRows> | undefined;
const world200 = worldOf(tangledArtists(TWO_HUNDRED));
const inFirstOrder = () => (inOrder ??= imported(world200, askedPages(world200)));

test("of two hundred artists nothing is joined wrongly, and nothing is there twice that nobody is asked about", { timeout: 300_000 }, async () => {
  const rows = await inFirstOrder();
  expect(mistakes(world200, rows)).toEqual([]);
});

test.each(Object.entries(ORDERS))("two hundred artists imported %s end as the same rows", { timeout: 300_000 }, async (_, order) => {
  expect(await imported(world200, order(askedPages(world200)))).toEqual(await inFirstOrder());
});
