import fc from "fast-check";
import { expect, test } from "vitest";
import { ProviderError } from "#jobs/providers/http.ts";
import { createSpotify } from "#jobs/providers/spotify/client.ts";
import { explain } from "#jobs/providers/spotify/explain.ts";
import { readAlbum, readArtist, readSong } from "#jobs/providers/spotify/to-domain.ts";
import { createTokens } from "#jobs/providers/spotify/token.ts";
import type { AlbumRecord, ArtistRecord, SongRecord } from "#server/domain/provider-records.ts";
import { anyJson, isSeen, spoilt } from "./spoilt.ts";
import { album, ALBUM_ID, artist, pageOf, track, wholeTrack } from "./spotify-answers.ts";

const RUNS = { numRuns: 1000 };
const PARTIAL_DATE = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/;

function checkArtist({ id, name, genres, url, imageUrl }: ArtistRecord): void {
  expect([id, name, ...genres].every(isSeen)).toBe(true);
  expect(url).toMatch(/^https?:/);
  expect(imageUrl ?? "https:").toMatch(/^https?:/);
}

function checkAlbum({ id, title, releasedOn }: AlbumRecord): void {
  expect(isSeen(id) && isSeen(title)).toBe(true);
  expect(releasedOn ?? "2000").toMatch(PARTIAL_DATE);
}

function checkSong({ id, title, artists, isrcs, releasedOn, discNumber, trackNumber, durationMs }: SongRecord): void {
  expect(artists.length).toBeGreaterThan(0);
  expect([id, title, ...artists.map(({ name }) => name)].every(isSeen)).toBe(true);
  expect(isrcs.every((isrc) => /^[A-Z0-9]{12}$/.test(isrc))).toBe(true);
  expect(releasedOn ?? "2000").toMatch(PARTIAL_DATE);
  for (const number of [discNumber, trackNumber, durationMs]) expect(number === null || (Number.isSafeInteger(number) && number > 0)).toBe(true);
}

test("any JSON as an artist is whole or refused with a reason", () => {
  fc.assert(
    fc.property(fc.oneof(anyJson, spoilt(artist)), (value) => {
      const reading = readArtist(value);
      if ("record" in reading) checkArtist(reading.record);
      else expect(isSeen(reading.refusal.detail)).toBe(true);
    }),
    RUNS,
  );
});

test("any JSON as an album is whole or refused", () => {
  fc.assert(
    fc.property(fc.oneof(anyJson, spoilt(album)), (value) => {
      const reading = readAlbum(value);
      if ("record" in reading) checkAlbum(reading.record);
    }),
    RUNS,
  );
});

test("any JSON as a track is whole or refused", () => {
  fc.assert(
    fc.property(fc.oneof(anyJson, spoilt(wholeTrack)), (value) => {
      const reading = readSong(value, ALBUM_ID);
      if ("record" in reading) checkSong(reading.record);
    }),
    RUNS,
  );
});

test("any JSON as an answer is a page or garbled", async () => {
  const tokens = { run: <T>(task: (token: string) => Promise<T>) => task("t1") };
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyJson, spoilt(pageOf([track, { ...track, id: "t2" }])), spoilt({ artists: pageOf([artist]) })), async (body) => {
      const spotify = createSpotify({ request: async () => ({ status: 200, body, unchanged: false }) }, tokens);
      for (const ask of [async () => spotify.songsOfAlbum(ALBUM_ID), async () => spotify.searchArtists("tide")]) {
        try {
          const page = await ask();
          if (page.next !== null) expect(Number(page.next)).toBeGreaterThan(0);
        } catch (error) {
          if (!(error instanceof ProviderError)) throw error;
          expect(error.kind).toBe("garbled");
        }
      }
    }),
    RUNS,
  );
});

test("any JSON as a token is one or garbled", async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anyJson, spoilt({ access_token: "t", expires_in: 3600 })), async (body) => {
      const tokens = createTokens({ request: async () => ({ status: 200, body, unchanged: false }) }, { clientId: "a", clientSecret: "b" }, () => 0);
      const token = await tokens.run(async (given) => given).catch((error: unknown) => {
        if (!(error instanceof ProviderError)) throw error;
        return error.kind;
      });
      expect(token).not.toBe("");
    }),
    { numRuns: 300 },
  );
});

test("any JSON as an error is explained or not, without a throw", () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 599 }), fc.oneof(anyJson, spoilt({ error: { status: 429, message: "x", reason: "QUOTA_EXCEEDED" } })), (status, body) => {
      expect(explain(status, body)?.message ?? "none").not.toBe("");
    }),
    RUNS,
  );
});
