import { afterEach, describe, expect, test, vi } from "vitest";
import { createPace } from "#jobs/providers/pace.ts";
import { httpTo } from "#tests/support/provider-http.ts";
import { type SeenRequest, startProvider } from "#tests/support/provider-server.ts";

const MIN_TIME = 25;
/** Between the launch and the moment that is measured, ms. */
const JITTER = 3;

/** The most requests that arrived within so many ms. */
function mostWithin(ms: number, requests: SeenRequest[]): number {
  return Math.max(...requests.map(({ at }) => requests.filter((other) => other.at >= at && other.at < at + ms).length));
}

/** Like fetch, and notes when each request begins. */
function timedFetch() {
  const times: number[] = [];
  const fetch: typeof globalThis.fetch = (...asked) => {
    times.push(performance.now());
    return globalThis.fetch(...asked);
  };
  return { fetch, gaps: () => times.slice(1).map((at, i) => at - times[i]!) };
}

afterEach(() => vi.useRealTimers());

describe("the pace", () => {
  test("holds for requests that come at once, and for those that are tried again", async () => {
    await using server = await startProvider();
    const { fetch, gaps } = timedFetch();
    const { http } = httpTo(server, { minTimeMs: MIN_TIME, fetch, attempts: 50, breaker: { failures: 100, openMs: 1, maxOpenMs: 1 }, sleep: async () => {} });
    let n = 0;
    server.always(() => (++n % 3 === 0 ? { status: 500 } : n % 7 === 0 ? "break" : { json: {} }));
    await Promise.all(Array.from({ length: 20 }, (_, i) => http.request({ path: `/${i}` })));
    expect(server.requests.length).toBeGreaterThan(25);
    expect(Math.min(...gaps())).toBeGreaterThanOrEqual(MIN_TIME - JITTER);
    // One more than fits: the first is at the very beginning, and the way to the server takes a moment.
    expect(mostWithin(10 * MIN_TIME, server.requests)).toBeLessThanOrEqual(11);
  });

  test("holds for redirects", async () => {
    await using server = await startProvider();
    const { fetch, gaps } = timedFetch();
    const { http } = httpTo(server, { minTimeMs: MIN_TIME, fetch });
    server.next({ status: 302, headers: { location: "/b" } }, { status: 302, headers: { location: "/c" } });
    await http.request({ path: "/a" });
    expect(gaps()).toHaveLength(2);
    expect(Math.min(...gaps())).toBeGreaterThanOrEqual(MIN_TIME - JITTER);
  });

  test("holds after a launch that came late", async () => {
    const pace = createPace(MIN_TIME);
    const times: number[] = [];
    const launch = async () => void times.push(performance.now());
    const block = () => {
      for (const until = performance.now() + MIN_TIME * 1.8; performance.now() < until; );
    };
    await pace(launch);
    const late = pace(launch);
    setImmediate(block);
    await late;
    await pace(launch);
    expect(times[2]! - times[1]!).toBeGreaterThanOrEqual(MIN_TIME - 1);
  });

  test("counts from the end of a request that may have had to open a connection", async () => {
    const pace = createPace(MIN_TIME, 1_000);
    const gaps: number[] = [];
    let last = 0;
    const launch = async () => {
      gaps.push(performance.now() - last);
      await new Promise((resolve) => setTimeout(resolve, MIN_TIME * 2));
      last = performance.now();
    };
    for (let i = 0; i < 3; i++) await pace(launch);
    expect(gaps[1]).toBeGreaterThanOrEqual(MIN_TIME - 1);
    expect(gaps[2]).toBeLessThan(MIN_TIME - 1);
  });

  test("one request at a time, in order", async () => {
    await using server = await startProvider();
    const { http } = httpTo(server);
    server.next("hang");
    const stop = new AbortController();
    const first = http.request({ path: "/a", signal: stop.signal });
    const others = ["/b", "/c"].map((path) => http.request({ path }));
    await server.arrived(1);
    expect([server.requests.length, await http.state()]).toMatchObject([1, { waiting: 2 }]);
    stop.abort();
    await expect(first).rejects.toThrow();
    await Promise.all(others);
    expect(server.requests.map(({ path }) => path)).toEqual(["/a", "/b", "/c"]);
  });

  test("a wall clock that is set back by an hour holds nothing up", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.parse("2026-06-13T12:00:00Z") });
    const pace = createPace(MIN_TIME);
    await pace(async () => {});
    vi.setSystemTime(Date.parse("2026-06-13T11:00:00Z"));
    const startedAt = performance.now();
    await pace(async () => {});
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  test("what throws takes its turn and no more", async () => {
    const pace = createPace(1);
    await expect(pace(() => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await pace(() => Promise.resolve(7))).toBe(7);
  });

  test("without a pace there is still one at a time, also after one that throws", async () => {
    const pace = createPace(0);
    const seen: string[] = [];
    const launch = (name: string) => async () => {
      seen.push(`${name} begins`);
      await new Promise(setImmediate);
      seen.push(`${name} ends`);
      if (name === "a") throw new Error("broken");
    };
    await Promise.allSettled([pace(launch("a")), pace(launch("b"))]);
    expect(seen).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });
});

describe("the queue", () => {
  test("an abort takes a request out of it; the next one gets its place", async () => {
    await using server = await startProvider();
    const { fetch, gaps } = timedFetch();
    const { http } = httpTo(server, { minTimeMs: 200, fetch });
    const stop = new AbortController();
    const first = http.request({ path: "/a" });
    const dropped = Array.from({ length: 10 }, (_, i) => http.request({ path: `/dropped/${i}`, signal: stop.signal }));
    const last = http.request({ path: "/b" });
    await first;
    stop.abort(new Error("Nobody wants it any more."));
    for (const request of dropped) await expect(request).rejects.toThrow("Nobody wants it any more.");
    await last;
    expect(server.requests.map(({ path }) => path)).toEqual(["/a", "/b"]);
    // Ten places of 200 ms would be two seconds.
    expect(gaps()[0]).toBeLessThan(1_000);
  });

  test("an abort during a pause ends the pause's wait, too, if nobody else waits", async () => {
    await using server = await startProvider();
    server.next({ status: 429, headers: { "retry-after": "20" } });
    const asleep = Promise.withResolvers<void>();
    let wokenUp = false;
    const { http } = httpTo(server, {
      sleep: (_, signal) =>
        new Promise((_resolve, reject) => {
          asleep.resolve();
          signal!.addEventListener("abort", () => {
            wokenUp = true;
            reject(signal!.reason as Error);
          });
        }),
    });
    const stop = new AbortController();
    const asked = http.request({ path: "/a", signal: stop.signal });
    await asleep.promise;
    stop.abort(new Error("We close."));
    await expect(asked).rejects.toThrow("We close.");
    expect([wokenUp, (await http.state()).waiting]).toEqual([true, 0]);
  });
});
