import fc from "fast-check";
import { expect, test } from "vitest";
import type { Provider, SongRecord } from "#server/domain/provider-records.ts";
import { CatalogueStore, record } from "./store.ts";

const NAMES = ["Hill Song", "Hill Song (live)", "The Hill Song", "hill jam", "Valley", "Valley - 2001 Remaster", "Intro", "Valley / Hill Song", "???"];

const song = fc.record({
  provider: fc.constantFrom<Provider>("musicbrainz", "spotify"),
  title: fc.constantFrom(...NAMES),
  workId: fc.constantFrom(null, null, "w1", "w2", "w3"),
  releasedOn: fc.constantFrom(null, "1999", "1999-05", "2001-02-03"),
  note: fc.constantFrom(null, null, "live", "demo", "medley"),
  video: fc.boolean(),
  durationMs: fc.constantFrom(null, 5_000, 200_000),
});

type Page = [Provider, SongRecord[]];

/** Of each recording one record, in pages of each provider. */
const catalogue = fc.tuple(fc.array(song, { maxLength: 14 }), fc.integer({ min: 1, max: 4 })).map(([songs, size]) => {
  const records = songs.map(({ provider, title, ...rest }, id) => ({ provider, record: record(String(id), title, rest) }));
  return (["musicbrainz", "spotify"] as const).flatMap((provider) => {
    const own = records.filter((each) => each.provider === provider).map((each) => each.record);
    return Array.from({ length: Math.ceil(own.length / size) }, (_, at): Page => [provider, own.slice(at * size, at * size + size)]);
  });
});

function rowsOf(pages: Page[]): unknown {
  const store = new CatalogueStore();
  for (const page of pages) store.take(...page);
  return store.rows();
}

test("pages in any order, and any number of times, end with the same rows", () => {
  const runs = catalogue.chain((pages) => {
    const again = pages.length === 0 ? fc.constant<Page[]>([]) : fc.array(fc.constantFrom(...pages), { maxLength: 5 });
    const shuffled = fc.shuffledSubarray(pages, { minLength: pages.length });
    return fc.tuple(fc.constant(pages), fc.tuple(again, shuffled).map(([first, all]) => [...first, ...all]));
  });
  fc.assert(
    fc.property(runs, ([pages, run]) => {
      expect(rowsOf(run)).toEqual(rowsOf(pages));
    }),
    { numRuns: 500 },
  );
});

test("a run that dies and takes its last pages up again keeps the ids as well", () => {
  const deaths = fc.array(fc.nat({ max: 5 }), { maxLength: 6 });
  fc.assert(
    fc.property(catalogue, deaths, (pages, back) => {
      const undisturbed = new CatalogueStore();
      for (const page of pages) undisturbed.take(...page);
      const dying = new CatalogueStore();
      for (const [at, page] of pages.entries()) {
        dying.take(...page);
        for (const repeated of pages.slice(Math.max(0, at - (back[at] ?? 0)), at + 1)) dying.take(...repeated);
      }
      expect(dying.songs()).toEqual(undisturbed.songs());
    }),
    { numRuns: 500 },
  );
});

test("a catalogue that has changed ends as one that was so from the start", () => {
  fc.assert(
    fc.property(catalogue, fc.array(fc.record({ title: fc.constantFrom(...NAMES), workId: fc.constantFrom(null, "w1", "w2") })), (pages, edits) => {
      const edited = pages.map(([provider, records]): Page => [provider, records.map((each) => ({ ...each, ...edits[Number(each.id)] }))]);
      expect(rowsOf([...pages, ...edited])).toEqual(rowsOf(edited));
    }),
    { numRuns: 500 },
  );
});
