import { describe, expect, it } from "vitest";
import { MemoryCache, providerErrorOf } from "#tests/support/provider-http.ts";
import type { FaultRule } from "#tests/support/sandbox/faults.ts";
import { startSandbox } from "#tests/support/sandbox/sandbox.ts";
import { createWorld } from "#tests/support/sandbox/world.ts";
import { clientsOf } from "./readers.ts";

const NOW = Date.parse("2026-06-13T12:00:00Z");

async function opened(options: Parameters<typeof clientsOf>[1] = {}) {
  const world = createWorld({ seed: "faults", now: NOW, artists: [{ recordings: 40, albums: 5, pastShows: 30, upcomingShows: 3 }] });
  const slept: number[] = [];
  const sandbox = await startSandbox({ world, limits: { pace: null }, sleep: async (ms) => void slept.push(ms) });
  const place = { kind: "artist", artist: 0, item: 0 } as const;
  const ids = { mbid: world.id("musicbrainz", place), attraction: world.id("ticketmaster", place), spotify: world.id("spotify", place) };
  const clients = clientsOf(sandbox, { minTimeMs: 0, attempts: 1, ...options });
  const { musicbrainz, setlistfm, ticketmaster, spotify } = clients;
  const asks = {
    musicbrainz: async () => musicbrainz.recordings(ids.mbid, { freshMs: 0 }),
    setlistfm: async () => setlistfm.artistSetlists(ids.mbid),
    ticketmaster: async () => ticketmaster.showsOfArtist(ids.attraction, { range: { from: NOW, to: NOW + 1e10 } }),
    spotify: async () => spotify.albums(ids.spotify, { freshMs: 0 }),
  };
  return { sandbox, slept, asks, ...clients, [Symbol.asyncDispose]: () => sandbox[Symbol.asyncDispose]() };
}

const kinds: [FaultRule, string][] = [
  [{ fault: "break" }, "unavailable"],
  [{ fault: "truncate" }, "unavailable"],
  [{ fault: "error" }, "unavailable"],
  [{ fault: "error", status: 503 }, "unavailable"],
  [{ fault: "html" }, "garbled"],
  [{ fault: "cut" }, "garbled"],
  [{ fault: "redirect" }, "garbled"],
  [{ fault: "empty" }, "garbled"],
];

describe.each(["musicbrainz", "setlistfm", "ticketmaster", "spotify"] as const)("a fault of %s", (provider) => {
  it.each(kinds)("%o is told as %s, and is over when it is taken away", async (rule, kind) => {
    await using sandbox = await opened();
    const ask = sandbox.asks[provider];
    sandbox.sandbox.faults.add({ ...rule, provider });
    expect((await providerErrorOf(ask())).kind).toBe(kind);
    sandbox.sandbox.faults.clear();
    expect((await ask()).records.length).toBeGreaterThan(0);
  });

  it("that goes on leaves it alone; refused connections end when it is up again", async () => {
    await using sandbox = await opened();
    const ask = sandbox.asks[provider];
    await ask();
    await sandbox.sandbox.down(provider);
    expect((await providerErrorOf(ask())).kind).toBe("unavailable");
    await sandbox.sandbox.up(provider);
    expect((await ask()).records.length).toBeGreaterThan(0);
  });

  it("that never answers is given up after a while", async () => {
    await using sandbox = await opened({ timeoutMs: 50 });
    sandbox.sandbox.faults.add({ fault: "hang", provider });
    const error = await providerErrorOf(sandbox.asks[provider]());
    expect([error.kind, error.message]).toEqual(["unavailable", expect.stringContaining("in time")]);
  });
});

describe("faults", () => {
  it("of types are told as such where a list is none, and cost records where single ones are", async () => {
    await using sandbox = await opened();
    sandbox.sandbox.faults.add({ fault: "types" });
    expect((await providerErrorOf(sandbox.asks.musicbrainz())).kind).toBe("garbled");
    const setlists = await sandbox.asks.setlistfm();
    expect(setlists.records).toEqual([]);
    expect(setlists.refused[0]?.reason).toBe("malformed");
  });

  it("of length never pass for an answer", async () => {
    await using sandbox = await opened();
    sandbox.sandbox.faults.add({ fault: "length" });
    expect(["garbled", "unavailable"]).toContain((await providerErrorOf(sandbox.asks.musicbrainz())).kind);
  });

  it("that only slow down change nothing else", async () => {
    await using sandbox = await opened();
    sandbox.sandbox.faults.add({ fault: "slow", ms: 700, provider: "setlistfm" });
    expect((await sandbox.asks.setlistfm()).records).toHaveLength(20);
    expect(sandbox.slept).toEqual([700]);
  });

  it("hit the next few requests only, of one provider and path, and are overcome by another attempt", async () => {
    await using sandbox = await opened({ attempts: 4 });
    sandbox.sandbox.faults.add({ fault: "error", provider: "musicbrainz", path: "/recording$", next: 2 });
    expect((await sandbox.asks.musicbrainz()).records).toHaveLength(40);
    await sandbox.asks.setlistfm();
    const { statuses } = sandbox.sandbox.traffic.figures("musicbrainz");
    expect(statuses).toEqual({ 500: 2, 200: 1 });
    expect(sandbox.sandbox.traffic.entries().map(({ fault }) => fault)).toEqual(["error", "error", null, null]);
  });

  it("hit the share of the requests that they are told to, the same ones each time", async () => {
    const run = async () => {
      await using sandbox = await opened({ breaker: { failures: 1_000, openMs: 1, maxOpenMs: 1 } });
      sandbox.sandbox.faults.add({ fault: "error", provider: "setlistfm", share: 0.3 });
      const results: string[] = [];
      for (let i = 0; i < 60; i++) results.push(await sandbox.asks.setlistfm().then(() => "answered", () => "failed"));
      return results;
    };
    const first = await run();
    expect(first.filter((result) => result === "failed").length).toBeGreaterThan(8);
    expect(first.filter((result) => result === "failed").length).toBeLessThan(30);
    expect(await run()).toEqual(first);
  });

  it("that last open the client's breaker, and nothing arrives any more", async () => {
    await using sandbox = await opened({ attempts: 4 });
    sandbox.sandbox.faults.add({ fault: "error", provider: "musicbrainz" });
    for (let i = 0; i < 4; i++) await providerErrorOf(sandbox.asks.musicbrainz());
    expect(sandbox.sandbox.traffic.figures("musicbrainz").requests).toBe(5);
    expect((await sandbox.ways.musicbrainz.http.state()).breaker).toBe("open");
  });
});

describe("an unchanged answer", () => {
  it("costs MusicBrainz and Spotify a 304 where it is asked for with its ETag; setlist.fm sends none", async () => {
    await using sandbox = await opened({ cache: new MemoryCache() });
    for (let i = 0; i < 2; i++) for (const ask of Object.values(sandbox.asks)) await ask();
    const { traffic } = sandbox.sandbox;
    expect(traffic.figures("musicbrainz").statuses).toEqual({ 200: 1, 304: 1 });
    expect(traffic.figures("spotify").statuses).toEqual({ 200: 2, 304: 1 });
    expect(traffic.figures("setlistfm").statuses).toEqual({ 200: 2 });
  });
});
