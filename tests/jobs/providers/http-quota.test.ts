import { describe, expect, test } from "vitest";
import { httpTo, MemoryCache, MemoryQuota, providerErrorOf } from "#tests/support/provider-http.ts";
import { startProvider } from "#tests/support/provider-server.ts";

const HOUR = 3_600_000;

describe("a day's quota", () => {
  test("is counted by request, also those tried again, and none goes beyond it", async () => {
    await using server = await startProvider();
    server.next({ status: 500 }, { status: 302, headers: { location: "/b" } });
    const quota = new MemoryQuota();
    const { http, clock, sleeps } = httpTo(server, { quota, dailyQuota: 4 });
    await http.request({ path: "/a" });
    expect(await http.state()).toMatchObject({ usedToday: 3, dailyQuota: 4, closedMs: 0 });
    await http.request({ path: "/c" });
    const error = await providerErrorOf(http.request({ path: "/d" }));
    const left = 12 * HOUR - sleeps[0]!;
    expect(error).toMatchObject({ kind: "quota_exceeded", retryAfterMs: left, status: null });
    expect(error.message).toBe("setlist.fm's quota is used up (nothing is left of it). It is asked again in 12 h.");
    clock.advance(left - 1);
    expect(await providerErrorOf(http.request({ path: "/e" }))).toMatchObject({ retryAfterMs: 1 });
    expect(server.requests).toHaveLength(4);
    clock.advance(1);
    await http.request({ path: "/f" });
    expect([...quota.days]).toEqual([["setlistfm 2026-06-13", 5], ["setlistfm 2026-06-14", 1]]);
  });

  test("outlives a restart, and is shared with other runners", async () => {
    await using server = await startProvider();
    const quota = new MemoryQuota();
    const runners = Array.from({ length: 3 }, () => httpTo(server, { quota, dailyQuota: 10 }).http);
    const asked = Array.from({ length: 30 }, (_, i) => runners[i % 3]!.request({ path: `/${i}` }));
    const settled = await Promise.allSettled(asked);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(10);
    expect(server.requests).toHaveLength(10);
    expect(await providerErrorOf(httpTo(server, { quota, dailyQuota: 10 }).http.request({ path: "/" }))).toMatchObject({ kind: "quota_exceeded" });
  });

  test("used up, those who wait are told at once", async () => {
    await using server = await startProvider();
    const { http } = httpTo(server, { quota: new MemoryQuota(), dailyQuota: 1, minTimeMs: 3_000 });
    const settled = await Promise.allSettled(Array.from({ length: 20 }, () => http.request({ path: "/" })));
    expect(settled.filter(({ status }) => status === "rejected")).toHaveLength(19);
  });

  test("costs nothing where the answer is known, or the request is given up before its turn", async () => {
    await using server = await startProvider();
    const quota = new MemoryQuota();
    const { http } = httpTo(server, { quota, dailyQuota: 100, cache: new MemoryCache() });
    await http.request({ path: "/a", freshMs: HOUR });
    await http.request({ path: "/a", freshMs: HOUR });
    server.next("hang");
    const stop = new AbortController();
    const asked = ["/b", "/c", "/d"].map((path) => http.request({ path, signal: stop.signal }));
    await server.arrived(2);
    stop.abort(new Error("We close."));
    for (const request of asked) await expect(request).rejects.toThrow("We close.");
    expect([...quota.days.values()]).toEqual([2]);
  });

  test("must have somewhere to be counted", () => {
    expect(() => httpTo({ url: "http://127.0.0.1:1" }, { dailyQuota: 10 })).toThrow("A daily quota needs somewhere to count: pass quota for setlistfm.");
  });

  test("that can't be counted is no leave to go on", async () => {
    await using server = await startProvider();
    const broken = { count: () => Promise.reject(new Error("disk full")), used: async () => 0 };
    const { http } = httpTo(server, { quota: broken, dailyQuota: 10 });
    await expect(http.request({ path: "/" })).rejects.toThrow("disk full");
    expect(server.requests).toEqual([]);
  });
});

describe("a quota that the provider says is used up", () => {
  const explain = (status: number, body: unknown) =>
    status === 429 && JSON.stringify(body).includes("QUOTA_EXCEEDED") ? ({ kind: "quota_exceeded", message: "QUOTA_EXCEEDED" } as const) : null;

  test("is not asked again before the time that it says", async () => {
    await using server = await startProvider();
    server.next({ status: 429, headers: { "retry-after": "3600" }, json: { error: { reason: "QUOTA_EXCEEDED" } } });
    const { http, clock } = httpTo(server, { explain });
    expect(await providerErrorOf(http.request({ path: "/" }))).toMatchObject({ kind: "quota_exceeded", status: 429, retryAfterMs: HOUR });
    expect(await providerErrorOf(http.request({ path: "/" }))).toMatchObject({ kind: "quota_exceeded", status: null, retryAfterMs: HOUR });
    expect(server.requests).toHaveLength(1);
    clock.advance(HOUR);
    await http.request({ path: "/" });
  });

  test("nor, where it says none, before midnight in UTC; a plain 429 is something else", async () => {
    await using server = await startProvider();
    server.next({ status: 429, json: {} }, { status: 429, json: { error: { reason: "QUOTA_EXCEEDED" } } });
    const { http, sleeps } = httpTo(server, { explain });
    const error = await providerErrorOf(http.request({ path: "/" }));
    expect(error).toMatchObject({ kind: "quota_exceeded" });
    expect(error.retryAfterMs).toBe(12 * HOUR - sleeps[0]!);
    expect(server.requests).toHaveLength(2);
  });
});
