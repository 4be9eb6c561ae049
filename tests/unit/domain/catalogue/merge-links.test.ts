import fc from "fast-check";
import { expect, test } from "vitest";
import type { Provider, SongRecord } from "#server/domain/provider-records.ts";
import { titleKey } from "#server/domain/catalogue/title-key.ts";
import { CatalogueStore, record } from "./store.ts";

const NAMES = ["Hill Song", "Hill Song (live)", "hill jam", "Valley", "Valley - 2001 Remaster", "Intro", "The River"];
const KEYS = ["Hill Song", "hill jam", "Valley", "Intro", "The River", "Never Recorded"].map(titleKey);

const song = fc.record({
  title: fc.constantFrom(...NAMES),
  workId: fc.constantFrom(null, null, "w1", "w2"),
  releasedOn: fc.constantFrom(null, "1999", "2001-02-03"),
  note: fc.constantFrom(null, null, "live"),
});

const pages = fc.tuple(fc.array(song, { maxLength: 12 }), fc.integer({ min: 1, max: 4 })).map(([songs, size]) => {
  const records = songs.map(({ title, ...rest }, id) => record(String(id), title, rest));
  return Array.from({ length: Math.ceil(records.length / size) }, (_, at) => records.slice(at * size, at * size + size));
});

/** Some keys lead to others, which lead nowhere. */
const links = fc.tuple(fc.shuffledSubarray(KEYS), fc.integer({ min: 1, max: 5 }), fc.array(fc.nat(), { minLength: 6, maxLength: 6 })).map(([keys, ends, picks]) => {
  const into = keys.slice(0, ends);
  return Object.fromEntries(keys.slice(ends).map((key, i) => [key, into[picks[i]! % into.length]!]));
});

function stored(linked: Record<string, string>, run: SongRecord[][], provider: Provider = "musicbrainz"): CatalogueStore {
  const store = new CatalogueStore(linked);
  for (const page of run) store.take(provider, page);
  return store;
}

test("titles that are linked are one song in whatever order its recordings come in", () => {
  const runs = pages.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  fc.assert(
    fc.property(links, runs, (linked, [all, run]) => {
      const store = stored(linked, run);
      expect(store.rows()).toEqual(stored(linked, all).rows());
      for (const { key } of store.songs()) expect(linked[key], "no song has a key that leads elsewhere").toBeUndefined();
      for (const page of all) expect(store.take("musicbrainz", page)).toEqual({ newSongs: [], changedSongs: [], variants: [], absorbed: [] });
    }),
    { numRuns: 500 },
  );
});

test("a linked title is an alias of the song, whose title stays its own", () => {
  const store = stored({ hilljam: "hillsong" }, [[record("1", "hill jam", { releasedOn: "1980" })], [record("2", "Hill Song (live)", { releasedOn: "1999" })]]);
  expect(store.songs()).toMatchObject([{ key: "hillsong", title: "Hill Song", releasedOn: "1980", aliasKeys: ["hilljam"] }]);
});
