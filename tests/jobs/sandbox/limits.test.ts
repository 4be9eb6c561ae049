import { describe, expect, it } from "vitest";
import { PROVIDERS } from "#server/domain/provider-records.ts";
import type { ProviderHttpOptions } from "#jobs/providers/http-options.ts";
import { MUSICBRAINZ } from "#jobs/providers/musicbrainz/terms.ts";
import { SETLISTFM } from "#jobs/providers/setlistfm/terms.ts";
import { SPOTIFY } from "#jobs/providers/spotify/terms.ts";
import { TICKETMASTER } from "#jobs/providers/ticketmaster/terms.ts";
import { TestClock } from "#tests/support/clock.ts";
import { MemoryQuota, providerErrorOf } from "#tests/support/provider-http.ts";
import { startSandbox, type SandboxOptions } from "#tests/support/sandbox/sandbox.ts";
import { createWorld } from "#tests/support/sandbox/world.ts";
import { clientsOf, whole } from "./readers.ts";

/** A world whose time is the clients' time: waiting moves the clock of both. */
async function opened(options: Partial<SandboxOptions> = {}, client: Partial<ProviderHttpOptions> = { minTimeMs: 0 }) {
  const clock = new TestClock();
  const world = createWorld({ seed: "limits", now: clock.now(), artists: [{ recordings: 500, works: 60, albums: 24, upcomingShows: 9, pastShows: 100 }] });
  const sandbox = await startSandbox({ world, clock: clock.now, ...options });
  const clients = clientsOf(sandbox, { clock: clock.now, sleep: async (ms) => clock.advance(ms), ...client });
  const place = { kind: "artist", artist: 0, item: 0 } as const;
  const ids = { mbid: world.id("musicbrainz", place), attraction: world.id("ticketmaster", place), spotify: world.id("spotify", place) };
  return { clock, sandbox, world, ids, ...clients, [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose]() };
}

const FASTER = 5;

/** Time in which a second passes in a fifth of one, read whenever a request leaves; waiting for an answer's sake skips it. */
function timeLapse() {
  const start = Date.parse("2026-06-13T12:00:00Z");
  let skipped = 0;
  let now = start;
  const fetch: typeof globalThis.fetch = (...asked) => {
    now = start + performance.now() * FASTER + skipped;
    return globalThis.fetch(...asked);
  };
  const sleep = async (ms: number) => {
    skipped += ms;
    now += ms;
  };
  return { clock: () => now, fetch, sleep };
}

describe("the sandbox's limits", () => {
  it.each(PROVIDERS)("are kept by the client of %s at its own pace", async (provider) => {
    const { clock, fetch, sleep } = timeLapse();
    const terms = { musicbrainz: MUSICBRAINZ, setlistfm: SETLISTFM, ticketmaster: TICKETMASTER, spotify: SPOTIFY }[provider];
    await using sandbox = await opened({ clock }, { clock, fetch, sleep, minTimeMs: terms.minTimeMs / FASTER });
    const { musicbrainz, setlistfm, ticketmaster, spotify, ids, world } = sandbox;
    const reads = {
      musicbrainz: async () => whole((cursor) => musicbrainz.recordings(ids.mbid, { cursor })),
      setlistfm: async () => whole((cursor) => setlistfm.artistSetlists(ids.mbid, { cursor })),
      ticketmaster: async () => Promise.all(Array.from({ length: 12 }, () => ticketmaster.showsOfArtist(ids.attraction, { range: { from: world.now, to: world.now + 1e10 } }))),
      spotify: async () => Promise.all(Array.from({ length: 12 }, () => spotify.albums(ids.spotify))),
    };
    await reads[provider]();
    const expected = { musicbrainz: [5, 1], setlistfm: [5, 2], ticketmaster: [12, 5], spotify: [13, 5] }[provider];
    const figures = sandbox.sandbox.traffic.figures(provider);
    expect([figures.requests, figures.violations]).toEqual([expected[0], 0]);
    expect(figures.perSecond).toBeLessThanOrEqual(expected[1]!);
  });

  it.each([
    ["musicbrainz", 1, 503],
    ["setlistfm", 2, 429],
    ["ticketmaster", 5, 429],
    ["spotify", 180, 429],
  ] as const)("of %s bite after %i requests at once, with %i", async (provider, most, status) => {
    await using sandbox = await opened();
    const statuses: number[] = [];
    for (let i = 0; i < most + 2; i++) {
      const answer = await fetch(`${sandbox.sandbox.bases[provider]}/none`);
      statuses.push(answer.status);
      await answer.text();
    }
    expect(statuses.slice(0, most)).not.toContain(status);
    expect(statuses.slice(most)).toEqual([status, status]);
    expect(sandbox.sandbox.traffic.figures(provider)).toMatchObject({ requests: most + 2, perSecond: most + 2, violations: 2 });
    sandbox.clock.advance(provider === "spotify" ? 30_000 : 1_000);
    expect((await fetch(`${sandbox.sandbox.bases[provider]}/none`)).status).not.toBe(status);
  });

  it("are waited out by a client that was too fast, which gets everything all the same", async () => {
    await using sandbox = await opened();
    const { musicbrainz, setlistfm, ids } = sandbox;
    expect((await whole((cursor) => musicbrainz.recordings(ids.mbid, { cursor }))).records).toHaveLength(500);
    expect((await whole((cursor) => setlistfm.artistSetlists(ids.mbid, { cursor }))).records).toHaveLength(100);
    const { traffic } = sandbox.sandbox;
    expect(traffic.figures("musicbrainz").violations).toBeGreaterThan(0);
    expect(traffic.figures("setlistfm").violations).toBeGreaterThan(0);
  });

  it("let as much through as they are scaled to, or all", async () => {
    const limits = { musicbrainz: { pace: 20 }, setlistfm: { pace: null } };
    await using sandbox = await opened({ limits });
    const { musicbrainz, setlistfm, ids } = sandbox;
    await whole((cursor) => musicbrainz.recordings(ids.mbid, { cursor }));
    await whole((cursor) => setlistfm.artistSetlists(ids.mbid, { cursor }));
    expect(sandbox.sandbox.traffic.figures("musicbrainz")).toMatchObject({ perSecond: 5, violations: 0 });
    expect(sandbox.sandbox.traffic.figures("setlistfm")).toMatchObject({ perSecond: 5, violations: 0 });
  });

  it("end a day's requests at setlist.fm and Ticketmaster, until midnight in UTC", async () => {
    const limits = { setlistfm: { pace: null, day: 3 / SETLISTFM.requestsPerDay }, ticketmaster: { pace: null, day: 2 / TICKETMASTER.requestsPerDay } };
    await using sandbox = await opened({ limits });
    const { setlistfm, ticketmaster, ids, clock } = sandbox;
    for (let i = 0; i < 3; i++) await setlistfm.artistSetlists(ids.mbid);
    for (let i = 0; i < 2; i++) await ticketmaster.artist(ids.attraction);
    const first = await providerErrorOf(setlistfm.artistSetlists(ids.mbid));
    const left = Date.parse("2026-06-14T00:00:00Z") - clock.now();
    const second = await providerErrorOf(ticketmaster.artist(ids.attraction));
    expect([first.kind, first.status]).toEqual(["rate_limited", 429]);
    expect([second.kind, second.retryAfterMs]).toEqual(["quota_exceeded", Math.ceil(left / 1_000) * 1_000]);
    clock.advance(left + 1_000);
    await ticketmaster.artist(ids.attraction);
    expect((await setlistfm.artistSetlists(ids.mbid)).records).toHaveLength(20);
    expect(sandbox.sandbox.traffic.figures("setlistfm").days).toEqual({ "2026-06-13": 7, "2026-06-14": 1 });
  });

  it("are never met by a client that counts the day itself", async () => {
    await using sandbox = await opened({ limits: { pace: null, day: 4 / SETLISTFM.requestsPerDay } }, { minTimeMs: 0, dailyQuota: 4, quota: new MemoryQuota() });
    const { setlistfm } = sandbox;
    const error = await providerErrorOf(whole((cursor) => setlistfm.artistSetlists(sandbox.ids.mbid, { cursor })));
    expect(error.kind).toBe("quota_exceeded");
    expect(sandbox.sandbox.traffic.figures("setlistfm")).toMatchObject({ requests: 4, violations: 0 });
  });

  it("tell a used-up quota of Spotify's apart from too many requests", async () => {
    await using sandbox = await opened();
    await sandbox.spotify.artist(sandbox.ids.spotify);
    sandbox.sandbox.limits.exhaust("spotify", true);
    expect((await providerErrorOf(sandbox.spotify.albums(sandbox.ids.spotify))).kind).toBe("quota_exceeded");
  });
});

describe("the sandbox's doors", () => {
  it("stay shut without the right key", async () => {
    await using sandbox = await opened();
    const { ids } = sandbox;
    const keys = { setlistfm: "wrong-key", ticketmaster: "wrong-key", clientId: "wrong-id", clientSecret: "wrong-secret" };
    const { setlistfm, ticketmaster, spotify } = clientsOf({ bases: sandbox.sandbox.bases, keys }, { minTimeMs: 0 });
    expect((await providerErrorOf(setlistfm.artistSetlists(ids.mbid))).kind).toBe("not_allowed");
    expect((await providerErrorOf(ticketmaster.artist(ids.attraction))).kind).toBe("not_allowed");
    expect((await providerErrorOf(spotify.artist(ids.spotify))).kind).toBe("not_allowed");
  });

  it("stay shut at MusicBrainz for a program that does not say who it is", async () => {
    await using sandbox = await opened();
    const { musicbrainz } = clientsOf(sandbox.sandbox, { minTimeMs: 0, userAgent: "node" });
    expect((await providerErrorOf(musicbrainz.artist(sandbox.ids.mbid))).kind).toBe("not_allowed");
  });

  it("open again at Spotify with a new token when the old one has ended or was taken back", async () => {
    await using sandbox = await opened();
    const { spotify, ids, clock } = sandbox;
    await spotify.artist(ids.spotify);
    sandbox.sandbox.tokens.revoke();
    expect((await spotify.artist(ids.spotify)).records).toHaveLength(1);
    clock.advance(3_600_000);
    expect((await spotify.artist(ids.spotify)).records).toHaveLength(1);
    expect(sandbox.sandbox.traffic.figures("spotify").kinds["/accounts/api/token"]).toBe(3);
  });
});
