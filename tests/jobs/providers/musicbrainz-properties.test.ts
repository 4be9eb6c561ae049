import fc from "fast-check";
import { expect, it } from "vitest";
import type { ProviderHttp } from "#jobs/providers/http.ts";
import { createMusicBrainz, luceneWords, pages } from "#jobs/providers/musicbrainz/client.ts";
import { sameAs } from "#jobs/providers/musicbrainz/same-as.ts";
import { partialDate, readAlbum, readArtist, readSong, readTracks, readWork } from "#jobs/providers/musicbrainz/to-domain.ts";
import { LISTS, readList, type Entity } from "#jobs/providers/musicbrainz/wire.ts";
import { readEach, type Reading } from "#jobs/providers/wire-values.ts";

interface AnyRecord {
  id: string;
}

const readers = {
  artist: readArtist,
  recording: readSong,
  work: readWork,
  "release-group": readAlbum,
} satisfies Record<string, (value: unknown) => Reading<AnyRecord>>;
const kinds = Object.keys(readers) as (keyof typeof readers)[];
const convert = (kind: keyof typeof readers, items: unknown[]) => readEach<AnyRecord>(items, readers[kind]);

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), blankText(), fc.constant("[unknown]"));
const anything = fc.oneof(fc.jsonValue({ stringUnit: "binary" }), anyText);
const mbid = fc.uuid();

function blankText() {
  return fc.string({ unit: fc.constantFrom(" ", "\t", "\u00a0", "\u200b", "\u2060", "\ud800", "\u3164", "\u2800", "\0"), maxLength: 4 });
}

function often<T>(likely: fc.Arbitrary<T>) {
  return fc.oneof({ weight: 4, arbitrary: likely }, { weight: 1, arbitrary: anything });
}

/** A record in the true shape, in which anything may be in the place of anything. */
const nearlyRight = fc.record(
  {
    id: often(mbid),
    name: often(anyText),
    title: often(anyText),
    "sort-name": often(anyText),
    disambiguation: often(anyText),
    country: often(fc.constantFrom("SE", "XW", "se", "")),
    area: often(fc.record({ "iso-3166-1-codes": anything, "iso-3166-2-codes": often(fc.array(often(anyText))) })),
    aliases: often(fc.array(often(fc.record({ name: often(anyText) })))),
    genres: often(fc.array(often(fc.record({ name: often(anyText), count: often(fc.integer()) })))),
    length: often(fc.oneof(fc.integer(), fc.double(), fc.integer().map(String))),
    video: often(fc.boolean()),
    "first-release-date": often(anyText),
    isrcs: often(fc.array(often(anyText))),
    "artist-credit": often(fc.array(often(fc.record({ name: often(anyText), artist: often(fc.record({ id: mbid, name: often(anyText) })) })))),
    relations: often(
      fc.array(
        often(
          fc.record({
            type: often(fc.constant("performance")),
            ended: often(fc.boolean()),
            attributes: often(fc.array(often(fc.constantFrom("live", "medley")))),
            url: often(fc.record({ resource: often(fc.webUrl()) })),
            work: often(fc.record({ id: often(mbid) })),
          }),
        ),
      ),
    ),
    "primary-type": often(fc.constantFrom("Album", "EP")),
    "secondary-types": often(fc.array(often(fc.constantFrom("Live", "Demo")))),
  },
  { requiredKeys: [] },
);

/** What can be seen of a text. */
const visible = (text: string) => text.replace(/[\p{Cc}\p{Cf}\p{Z}\p{Default_Ignorable_Code_Point}\u2800]/gu, "");

function names(record: object): string[] {
  const { name, title, artists = [], aliases = [] } = record as Record<string, string> & { artists?: { name: string }[]; aliases?: string[] };
  return [(name ?? title)!, ...artists.map((artist) => artist.name), ...aliases];
}

it.each(kinds)("whatever comes in place of a record of %s is used or refused with a reason, and no name is empty", (kind) => {
  fc.assert(
    fc.property(fc.array(fc.oneof(anything, nearlyRight), { maxLength: 8 }), (items) => {
      const { records, refused } = convert(kind, items);
      expect(records.length + refused.length).toBe(items.length);
      for (const record of records) {
        expect(record.id).toMatch(/^[\da-f-]{36}$/);
        for (const name of names(record)) {
          expect(visible(name)).not.toBe("");
          expect(name.isWellFormed()).toBe(true);
        }
      }
      for (const { detail } of refused) expect(detail).not.toBe("");
    }),
    { numRuns: 1_000 },
  );
});

it("whatever comes in place of an edition's tracks, each has a title and the album's id or is refused", () => {
  const track = often(fc.record({ position: often(fc.nat()), length: often(fc.nat()), recording: often(nearlyRight) }, { requiredKeys: [] }));
  const medium = often(fc.record({ position: often(fc.nat()), pregap: track, tracks: often(fc.array(track)) }, { requiredKeys: [] }));
  fc.assert(
    fc.property(often(fc.record({ media: often(fc.array(medium)) })), mbid, (release, albumId) => {
      const { records, refused } = readTracks(release, albumId);
      for (const record of records) {
        expect(visible(record.title)).not.toBe("");
        expect(record.albumId).toBe(albumId);
      }
      for (const { detail } of refused) expect(detail).not.toBe("");
    }),
    { numRuns: 1_000 },
  );
});

it("records in the true shape do come through, so that the above says something", () => {
  const usable = fc.sample(nearlyRight, { numRuns: 500, seed: 1 });
  for (const kind of kinds) expect(convert(kind, usable).records.length).toBeGreaterThan(100);
});

it.each(Object.keys(LISTS) as Entity[])("whatever comes in place of a list of %s is a list or none", (entity) => {
  const nearlyList = fc.record({ [LISTS[entity]]: often(fc.array(anything)), count: anything, [`${entity}-count`]: anything }, { requiredKeys: [] });
  fc.assert(
    fc.property(fc.oneof(anything, nearlyList), (body) => {
      const list = readList(body, entity);
      if (!list) return;
      expect(Array.isArray(list.items)).toBe(true);
      expect(list.total === null || (Number.isInteger(list.total) && list.total >= 0)).toBe(true);
    }),
    { numRuns: 1_000 },
  );
});

it("whatever a date says, it is null or a date of the calendar or its beginning", () => {
  const nearlyDate = fc.tuple(fc.nat(9_999), fc.nat(13), fc.nat(32)).map(([y, m, d]) => [String(y).padStart(4, "0"), ...[m, d].map((n) => String(n).padStart(2, "0"))].join("-"));
  fc.assert(
    fc.property(fc.oneof(nearlyDate, anyText), (text) => {
      const date = partialDate(text);
      if (date === null) return;
      expect(text.startsWith(date)).toBe(true);
      expect(date).toMatch(/^\d{4}(-\d\d){0,2}$/);
      expect(new Date(`${date}${"-01".repeat((10 - date.length) / 3)}T00:00:00Z`).toISOString().startsWith(date)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it("whatever address a link has, it leads to an id of the right form or nowhere", () => {
  const path = fc.tuple(fc.constantFrom("https://open.spotify.com/artist/", "https://www.setlist.fm/setlists/", ""), fc.oneof(anyText, fc.webPath()));
  fc.assert(
    fc.property(fc.oneof(path.map((parts) => parts.join("")), fc.webUrl()), mbid, (resource, id) => {
      for (const found of sameAs([{ ended: false, url: { resource } }], id)) {
        expect(found.provider === "spotify" ? /^[0-9A-Za-z]{22}$/.test(found.id) : found.id === id).toBe(true);
      }
    }),
    { numRuns: 2_000 },
  );
});

it("no name is an operator of the search", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.string({ unit: fc.constantFrom(..."+-&|!(){}[]^\"~*?:\\/ AND OR NOT TO".split("")) })), (name) => {
      const words = luceneWords(name);
      expect(words.replace(/\\./gu, ".")).not.toMatch(/[-+&|!(){}[\]^"~*?:\\/]|\b(AND|OR|NOT|TO)\b/);
      expect(words.isWellFormed()).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

it("a catalogue of any size comes whole and once, also when it is taken up again after any page", async () => {
  const size = fc.nat(60);
  await fc.assert(
    fc.asyncProperty(size, fc.integer({ min: 1, max: 20 }), fc.nat(20), fc.boolean(), async (total, limit, stopAfter, counted) => {
      const all = Array.from({ length: total }, (_, n) => ({ id: `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`, title: `Song ${n}` }));
      const http: ProviderHttp = {
        async request({ query }) {
          const offset = Number(query?.["offset"]);
          const works = all.slice(offset, offset + Number(query?.["limit"]));
          return { status: 200, body: counted ? { works, "work-count": total } : { works }, unchanged: false };
        },
      };
      const read = (cursor: string | null) => createMusicBrainz(http).works(all[0]?.id ?? "00000000-0000-4000-8000-000000000000", { cursor, limit });
      const titles: string[] = [];
      let saved: string | null = null;
      let done = 0;
      for await (const page of pages(read)) {
        titles.push(...page.records.map(({ title }) => title));
        saved = page.next;
        done += 1;
        if (done > stopAfter) break;
      }
      if (saved !== null) for await (const page of pages(read, saved)) titles.push(...page.records.map(({ title }) => title));
      expect(titles).toEqual(all.map(({ title }) => title));
    }),
    { numRuns: 200 },
  );
});
