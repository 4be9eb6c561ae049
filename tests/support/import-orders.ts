import { expect } from "vitest";
import type { Provider } from "#server/domain/provider-records.ts";
import { finalRows, type FinalRows } from "./final-rows.ts";
import { createWorld, type ArtistSpec, type World } from "./sandbox/world.ts";
import { startSyncStage, type SyncStage } from "./sync-stage.ts";

/** What somebody asks to be imported. */
export interface Page {
  provider: Exclude<Provider, "setlistfm">;
  id: string;
}

/** The pages that providers have of the artists, as somebody may ask for each. */
export function pagesOf(world: World): Page[] {
  const providers = ["musicbrainz", "spotify", "ticketmaster"] as const;
  return world.artists.flatMap(({ index }) => providers.flatMap((provider) => world.pagesAt(provider, index).map((place) => ({ provider, id: world.id(provider, place) }))));
}

/** The artists and where they play; the same each time. */
export function worldOf(artists: ArtistSpec[]): World {
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

/** What is there when the pages have been asked for one after another. */
export async function imported(world: World, pages: Page[]): Promise<FinalRows> {
  await using stage = await startSyncStage({ artists: [], world });
  await importAll(stage, pages);
  return finalRows(stage.database);
}

/** Everything that is not as it is in the world: two artists or venues taken for one, and one that is there twice though nobody is asked about it. */
export function mistakes(world: World, { artists, venues, reviews }: FinalRows): string[] {
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
