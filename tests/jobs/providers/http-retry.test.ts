import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backoffMs } from "#jobs/providers/backoff.ts";
import { retryAfterMs, untilUtcMidnight } from "#jobs/providers/retry-after.ts";
import { httpTo, providerErrorOf } from "#tests/support/provider-http.ts";
import { startProvider } from "#tests/support/provider-server.ts";

const busy = (headers: Record<string, string> = {}, status = 429) => ({ status, headers, json: {} });

describe("trying again", () => {
  test("waits longer each time", async () => {
    await using server = await startProvider();
    server.next({ status: 500 }, "break", { status: 502 });
    const { http, sleeps, figures } = httpTo(server, { random: () => 0 });
    expect(await http.request({ path: "/x" })).toMatchObject({ body: { ok: true } });
    expect(sleeps).toEqual([250, 500, 1000]);
    expect(figures.map(({ result }) => result)).toEqual(["unavailable", "unavailable", "unavailable", "answered"]);
  });

  test("a form too, as a token may be asked for twice", async () => {
    await using server = await startProvider();
    server.next({ status: 500 });
    const { http } = httpTo(server);
    await http.request({ path: "/token", form: { grant_type: "client_credentials" } });
    expect(server.requests.map(({ method, body }) => [method, body])).toEqual(Array(2).fill(["POST", "grant_type=client_credentials"]));
  });

  test("an abort ends the wait", async () => {
    await using server = await startProvider();
    server.always({ status: 500 });
    const stop = new AbortController();
    const { http } = httpTo(server, {
      sleep: async (_, signal) => {
        stop.abort(new Error("We close."));
        signal?.throwIfAborted();
      },
    });
    await expect(http.request({ path: "/x", signal: stop.signal })).rejects.toThrow("We close.");
    expect(server.requests).toHaveLength(1);
  });

  test("half of each wait is by chance, and none is longer than the longest", () => {
    const options = { firstMs: 500, mostMs: 20_000 };
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempt, chance) => {
        const whole = Math.min(20_000, 500 * 2 ** (attempt - 1));
        const wait = backoffMs(attempt, options, () => chance);
        expect(wait).toBeGreaterThanOrEqual(whole / 2);
        expect(wait).toBeLessThanOrEqual(whole);
      }),
    );
  });
});

describe("Retry-After", () => {
  const now = Date.parse("2026-06-13T12:00:00Z");
  test.each<[Record<string, string>, number | null]>([
    [{ "retry-after": "7" }, 7_000],
    [{ "retry-after": "0" }, 0],
    [{ "retry-after": "1.5" }, 1_500],
    [{ "retry-after": "Sat, 13 Jun 2026 12:00:20 GMT" }, 20_000],
    [{ "retry-after": "Sat, 13 Jun 2026 11:00:00 GMT" }, 0],
    [{ "retry-after": "Sat, 13 Jun 2026 12:00:20 GMT", date: "Sat, 13 Jun 2026 12:00:15 GMT" }, 5_000],
    [{ "retry-after": "99999999999999" }, 86_400_000],
    [{ "retry-after": "-5" }, null],
    [{ "retry-after": "soon" }, null],
    [{ "retry-after": "" }, null],
    [{}, null],
  ])("%j is %s ms", (headers, ms) => {
    expect(retryAfterMs(new Headers(headers), now)).toBe(ms);
  });

  test("the next midnight is at most a day away, and never now", () => {
    expect(untilUtcMidnight(now)).toBe(12 * 3_600_000);
    expect(untilUtcMidnight(Date.parse("2026-06-13T00:00:00Z"))).toBe(24 * 3_600_000);
    expect(untilUtcMidnight(Date.parse("2026-06-13T23:59:59.999Z"))).toBe(1);
  });

  test.each([429, 503])("%d: everyone waits for as long as it says, then goes on", async (status) => {
    await using server = await startProvider();
    server.next(busy({ "retry-after": "7" }, status));
    const { http, sleeps, clock } = httpTo(server);
    const from = clock.now();
    await Promise.all(["/a", "/b"].map((path) => http.request({ path })));
    expect(server.requests.map(({ path }) => path)).toEqual(["/a", "/b", "/a"]);
    expect([sleeps, clock.now() - from]).toEqual([[7_000], 7_000]);
  });

  test("longer than we wait: told at once, and so is everyone until then", async () => {
    await using server = await startProvider();
    server.next(busy({ "retry-after": "120" }));
    const { http, sleeps, clock } = httpTo(server);
    const errors = await Promise.all(["/a", "/b"].map((path) => providerErrorOf(http.request({ path }))));
    expect(errors.map(({ kind, retryAfterMs, status }) => [kind, retryAfterMs, status])).toEqual([
      ["rate_limited", 120_000, 429],
      ["rate_limited", 120_000, null],
    ]);
    expect(errors[0]!.message).toBe("setlist.fm wants fewer requests (answer 429). It is asked again in 2 min.");
    clock.advance(60_000);
    expect(await providerErrorOf(http.request({ path: "/c" }))).toMatchObject({ kind: "rate_limited", retryAfterMs: 60_000 });
    expect(await http.state()).toMatchObject({ closedMs: 60_000, waiting: 0 });
    expect([server.requests.length, sleeps]).toEqual([1, []]);
    clock.advance(60_000);
    await http.request({ path: "/d" });
    expect(server.requests).toHaveLength(2);
  });

  test("a clock that is set back does not make the wait longer", async () => {
    await using server = await startProvider();
    server.next(busy({ "retry-after": "120" }));
    const { http, clock } = httpTo(server);
    await providerErrorOf(http.request({ path: "/a" }));
    clock.advance(-3_600_000);
    expect(await providerErrorOf(http.request({ path: "/b" }))).toMatchObject({ retryAfterMs: 120_000 });
    clock.advance(120_000);
    await http.request({ path: "/c" });
  });

  test("a provider that keeps saying so is given up after the last attempt, with the time it said", async () => {
    await using server = await startProvider();
    server.always(busy({ "retry-after": "3" }));
    const { http, sleeps } = httpTo(server);
    expect(await providerErrorOf(http.request({ path: "/x" }))).toMatchObject({ kind: "rate_limited", retryAfterMs: 3_000, status: 429 });
    expect([server.requests.length, sleeps]).toEqual([4, [3_000, 3_000, 3_000]]);
  });

  test("without a time everyone waits for the backoff", async () => {
    await using server = await startProvider();
    server.next(busy());
    const { http, sleeps } = httpTo(server);
    await Promise.all(["/a", "/b"].map((path) => http.request({ path })));
    expect([server.requests.map(({ path }) => path), sleeps]).toEqual([["/a", "/b", "/a"], [375]]);
  });
});
