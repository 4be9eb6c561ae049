import fc from "fast-check";
import { expect, test } from "vitest";
import { toArtist, toPage, toSetlist } from "#jobs/providers/setlistfm/to-domain.ts";
import { readArtist, readArtistPage, readSetlist, readSetlistPage } from "#jobs/providers/setlistfm/wire.ts";
import type { ArtistRecord, Records, SetlistRecord } from "#server/domain/provider-records.ts";
import { artist, pageOf, setlist } from "./setlistfm-answers.ts";
import { anyJson, isSeen, spoilt } from "./spoilt.ts";

function checkSetlists({ records, refused }: Records<SetlistRecord>) {
  for (const { id, version, artist: by, venue, localDate, url, sets, editedAt } of records) {
    const names = sets.flatMap(({ name, songs }) => [
      ...(name === null ? [] : [name]),
      ...songs.flatMap(({ title, coverOf, guest }) => [title, coverOf?.name ?? "-", guest?.name ?? "-"]),
    ]);
    expect([id, version, by.id, by.name, venue?.id ?? "-", venue?.name ?? "-", ...names].every(isSeen)).toBe(true);
    expect(sets.every(({ songs }) => songs.length > 0)).toBe(true);
    expect(sets.every(({ encore }) => encore === null || (Number.isSafeInteger(encore) && encore > 0))).toBe(true);
    expect(new Date(`${localDate}T00:00:00Z`).toISOString().slice(0, 10)).toBe(localDate);
    expect(url).toMatch(/^https?:\/\//);
    expect(editedAt === null || Number.isSafeInteger(editedAt)).toBe(true);
  }
  expect(refused.every(({ detail }) => detail.length > 0 && detail.length < 500)).toBe(true);
}

function checkArtists({ records }: Records<ArtistRecord>) {
  for (const { id, name, sortName } of records) expect([id, name, sortName ?? "-"].every(isSeen)).toBe(true);
}

function checkAll(body: unknown) {
  const setlists = readSetlistPage(body);
  if (setlists) checkSetlists(toPage(setlists, 1, toSetlist));
  const artists = readArtistPage(body);
  if (artists) checkArtists(toPage(artists, 1, toArtist));
  const one = readSetlist(body);
  if (one) checkSetlists(toSetlist(one));
  const byId = readArtist(body);
  if (byId) checkArtists(toArtist(byId));
}

test("no JSON value makes reading throw or gives an empty name", () => {
  fc.assert(fc.property(anyJson, checkAll), { numRuns: 500 });
  fc.assert(fc.property(anyJson, (inner) => checkAll(pageOf(inner))), { numRuns: 500 });
  fc.assert(fc.property(anyJson, (inner) => checkAll({ type: "artists", artist: inner })), { numRuns: 500 });
});

test.each([
  ["a setlist", setlist],
  ["a page of setlists", pageOf([setlist, setlist])],
  ["an artist", artist],
  ["a page of artists", { type: "artists", itemsPerPage: 30, page: 1, total: 2, artist: [artist, artist] }],
])("nor does %s with anything in any place", (_, answer) => {
  fc.assert(fc.property(spoilt(answer), checkAll), { numRuns: 1_000 });
});

test("a bad setlist between two good ones costs neither", () => {
  const between = fc.property(anyJson, (bad) => {
    const { records } = toPage(readSetlistPage(pageOf([setlist, bad, setlist]))!, 1, toSetlist);
    expect(records.at(0)!.id).toBe(setlist.id);
    expect(records.at(-1)!.id).toBe(setlist.id);
    expect(records.length).toBeGreaterThanOrEqual(2);
  });
  fc.assert(between, { numRuns: 300 });
});

test("an answer of 10,000 levels does not exhaust the stack", () => {
  const deep = JSON.parse(`${'{"set":['.repeat(10_000)}${"]}".repeat(10_000)}`) as unknown;
  checkAll(pageOf([{ ...setlist, sets: deep, set: deep, artist: deep, tour: deep, venue: deep }]));
});
