import { describe, expect, test } from "vitest";
import { httpTo, providerErrorOf } from "#tests/support/provider-http.ts";
import { type ScriptedAnswer, startProvider } from "#tests/support/provider-server.ts";

const breaker = { failures: 3, openMs: 30_000, maxOpenMs: 100_000 };
const options = { breaker, attempts: 1 };

describe("a provider that fails", () => {
  test.each<[string, ScriptedAnswer]>([
    ["5xx", { status: 500 }],
    ["no connection", "break"],
    ["503 with Retry-After", { status: 503, headers: { "retry-after": "0" } }],
  ])("by %s is left alone after some failures, and told so at once", async (_, answer) => {
    await using server = await startProvider();
    server.always(answer);
    const { http, lines } = httpTo(server, options);
    for (let i = 0; i < 3; i++) await providerErrorOf(http.request({ path: "/x" }));
    const error = await providerErrorOf(http.request({ path: "/x" }));
    expect(error).toMatchObject({ kind: "unavailable", status: null, retryAfterMs: 30_000 });
    expect(error.message).toBe("setlist.fm does not answer (it failed several times and is left alone). It is asked again in 30 s.");
    expect(server.requests).toHaveLength(3);
    expect(await http.state()).toMatchObject({ breaker: "open", closedMs: 30_000 });
    expect(lines.filter(({ fields }) => fields.breaker === "open")).toHaveLength(1);
  });

  test("by time-outs too", async () => {
    await using server = await startProvider();
    server.always("hang");
    const { http } = httpTo(server, { ...options, breaker: { ...breaker, failures: 2 }, timeoutMs: 50 });
    for (let i = 0; i < 2; i++) await providerErrorOf(http.request({ path: "/x" }));
    expect(await http.state()).toMatchObject({ breaker: "open" });
  });

  test("those who wait are told at once when it is given up, and so is who tries again", async () => {
    await using server = await startProvider();
    server.always({ status: 500 });
    // Were they to wait for their places, this would take a minute.
    const { http } = httpTo(server, { breaker: { ...breaker, failures: 1 }, minTimeMs: 3_000 });
    const errors = await Promise.all(Array.from({ length: 20 }, () => providerErrorOf(http.request({ path: "/x" }))));
    expect(errors.map(({ kind, retryAfterMs }) => [kind, retryAfterMs])).toEqual(Array(20).fill(["unavailable", 30_000]));
    expect(server.requests).toHaveLength(1);
  });

  test("is asked again by one request; its success lets all through", async () => {
    await using server = await startProvider();
    server.next({ status: 500 }, { status: 500 }, { status: 500 });
    const { http, clock, lines } = httpTo(server, options);
    for (let i = 0; i < 3; i++) await providerErrorOf(http.request({ path: "/x" }));
    clock.advance(29_999);
    expect(await providerErrorOf(http.request({ path: "/x" }))).toMatchObject({ retryAfterMs: 1 });
    clock.advance(1);
    expect(await http.state()).toMatchObject({ breaker: "half_open", closedMs: 0 });
    await http.request({ path: "/x" });
    expect(await http.state()).toMatchObject({ breaker: "closed" });
    await Promise.all(["/a", "/b"].map((path) => http.request({ path })));
    expect(lines.flatMap(({ fields }) => (fields.breaker === undefined ? [] : [fields.breaker]))).toEqual(["open", "closed"]);
  });

  test("is left alone for twice as long after each trial that fails, up to the longest; a success begins anew", async () => {
    await using server = await startProvider();
    server.always({ status: 500 });
    const { http, clock } = httpTo(server, options);
    const closed = async () => (await http.state()).closedMs;
    for (let i = 0; i < 3; i++) await providerErrorOf(http.request({ path: "/x" }));
    const times = [await closed()];
    for (let i = 0; i < 3; i++) {
      clock.advance(await closed());
      await providerErrorOf(http.request({ path: "/x" }));
      times.push(await closed());
    }
    expect(times).toEqual([30_000, 60_000, 100_000, 100_000]);
    expect(server.requests).toHaveLength(6);
    clock.advance(100_000);
    server.next({ json: {} });
    await http.request({ path: "/x" });
    for (let i = 0; i < 3; i++) await providerErrorOf(http.request({ path: "/x" }));
    expect(await closed()).toBe(30_000);
  });

  test("a trial that is broken off decides nothing: the next request is the trial", async () => {
    await using server = await startProvider();
    server.next({ status: 500 }, { status: 500 }, { status: 500 }, "hang");
    const { http, clock } = httpTo(server, options);
    for (let i = 0; i < 3; i++) await providerErrorOf(http.request({ path: "/x" }));
    clock.advance(30_000);
    const stop = new AbortController();
    const trial = http.request({ path: "/x", signal: stop.signal });
    await server.arrived(4);
    stop.abort(new Error("We close."));
    await expect(trial).rejects.toThrow("We close.");
    expect(await http.state()).toMatchObject({ breaker: "half_open" });
    await http.request({ path: "/x" });
    expect(await http.state()).toMatchObject({ breaker: "closed" });
  });

  test("a clock that is set back does not keep it closed for longer", async () => {
    await using server = await startProvider();
    server.next({ status: 500 }, { status: 500 }, { status: 500 });
    const { http, clock } = httpTo(server, options);
    for (let i = 0; i < 3; i++) await providerErrorOf(http.request({ path: "/x" }));
    clock.advance(-3_600_000);
    expect(await http.state()).toMatchObject({ closedMs: 30_000 });
    clock.advance(30_000);
    await http.request({ path: "/x" });
  });
});

describe("what does not speak against a provider", () => {
  test.each<[ScriptedAnswer]>([[{ status: 404 }], [{ status: 400 }], [{ status: 401 }], [{ status: 429 }], [{ text: "garbled" }]])("%j", async (answer) => {
    await using server = await startProvider();
    server.always(answer);
    const { http } = httpTo(server, options);
    for (let i = 0; i < 10; i++) await providerErrorOf(http.request({ path: "/x" }));
    expect([server.requests.length, (await http.state()).breaker]).toEqual([10, "closed"]);
  });

  test("failures that are not one after the other", async () => {
    await using server = await startProvider();
    let n = 0;
    server.always(() => ({ status: ++n % 3 === 0 ? 404 : 500 }));
    const { http } = httpTo(server, options);
    for (let i = 0; i < 12; i++) await providerErrorOf(http.request({ path: "/x" }));
    expect([server.requests.length, (await http.state()).breaker]).toEqual([12, "closed"]);
  });

  test("requests that somebody breaks off", async () => {
    await using server = await startProvider();
    server.always("hang");
    const { http, lines } = httpTo(server, options);
    for (let i = 1; i <= 5; i++) {
      const stop = new AbortController();
      const asked = http.request({ path: "/x", signal: stop.signal });
      await server.arrived(i);
      stop.abort(new Error("We close."));
      await expect(asked).rejects.toThrow("We close.");
    }
    expect([(await http.state()).breaker, lines]).toEqual(["closed", []]);
  });

  test("a 503 that the provider uses for too many requests", async () => {
    await using server = await startProvider();
    server.always({ status: 503, json: { error: "Your requests are exceeding the allowable rate limit." } });
    const { http } = httpTo(server, { ...options, explain: (status) => (status === 503 ? { kind: "rate_limited", message: "too fast" } : null) });
    for (let i = 0; i < 10; i++) expect(await providerErrorOf(http.request({ path: "/x" }))).toMatchObject({ kind: "rate_limited", status: 503 });
    expect(await http.state()).toMatchObject({ breaker: "closed" });
  });
});
