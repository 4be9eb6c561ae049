import { expect, test } from "vitest";
import { MAX_AGE_MS, MIN_AGE_MS, PageCache, type Keeping } from "#server/http/page-cache.ts";

interface Conditions {
  maxBytes?: number;
  /** How long a rendering takes, ms. */
  takes?: number;
  keep?: Partial<Keeping> | null;
}

/** A cache whose clocks and renderings the test moves. Each page is named by its key and the number of its rendering. */
function setUp({ maxBytes = 1_000, takes = 0, keep = {} }: Conditions = {}) {
  const time = { now: 1_000_000, elapsed: 0 };
  const rendered: string[] = [];
  const finish: (() => void)[] = [];
  let held = false;
  const cache = new PageCache<string>({
    async render(key) {
      const page = `${key} ${rendered.push(key)}`;
      if (held) await new Promise<void>((resolve) => finish.push(resolve));
      time.elapsed += takes;
      return { page, keep: keep && { showId: Number(key.replace(/\D/g, "")), changesAt: Infinity, bytes: 10, ...keep } };
    },
    now: () => time.now,
    elapsed: () => time.elapsed,
    maxBytes,
  });
  return {
    cache,
    rendered,
    hold: () => void (held = true),
    release: () => {
      held = false;
      for (const done of finish.splice(0)) done();
    },
    pass: (ms: number) => {
      time.now += ms;
      time.elapsed += ms;
    },
    setClock: (ms: number) => void (time.now += ms),
  };
}

test("a page is rendered once for all who ask while it is rendered, and kept for those after", async () => {
  const { cache, rendered } = setUp();
  const pages = await Promise.all([cache.get("show-1"), cache.get("show-1"), cache.get("show-1")]);
  expect(pages).toEqual(["show-1 1", "show-1 1", "show-1 1"]);
  expect(cache.get("show-1")).toBe("show-1 1");
  expect(rendered).toEqual(["show-1"]);
});

test("a new tally is shown once the page has reached its least age", async () => {
  const { cache, pass } = setUp();
  await cache.get("show-1");
  cache.tallyChanged(1);
  pass(MIN_AGE_MS - 1);
  expect(cache.get("show-1")).toBe("show-1 1");
  pass(1);
  expect(await cache.get("show-1")).toBe("show-1 2");
});

test("a hundred votes a second on a show cause five renderings a second", async () => {
  const { cache, rendered, pass } = setUp();
  for (let ms = 0; ms < 1_000; ms += 10) {
    cache.tallyChanged(1);
    await cache.get("show-1");
    pass(10);
  }
  expect(rendered.length).toBe(5);
});

test("many hot shows leave three quarters of the thread to others", async () => {
  const { cache, rendered, pass } = setUp({ takes: 10 });
  const keys = Array.from({ length: 50 }, (_, i) => `show-${i}`);
  for (const key of keys) await cache.get(key);
  rendered.length = 0;
  for (let ms = 0; ms < 1_000; ms += 10) {
    for (let show = 0; show < 50; show += 1) cache.tallyChanged(show);
    for (const key of keys) await cache.get(key);
    pass(10);
  }
  expect(rendered.length).toBeGreaterThan(15);
  expect(rendered.length).toBeLessThanOrEqual(35);
});

test("votes of another show change nothing", async () => {
  const { cache, pass } = setUp();
  await cache.get("show-1");
  cache.tallyChanged(2);
  cache.showChanged(2);
  pass(MIN_AGE_MS);
  expect(cache.get("show-1")).toBe("show-1 1");
});

test("a lock is shown at once, also where a rendering from before it is still under way", async () => {
  const { cache, hold, release } = setUp();
  await cache.get("show-1");
  cache.showChanged(1);
  hold();
  const before = cache.get("show-1");
  cache.showChanged(1);
  const after = cache.get("show-1");
  release();
  expect(await before).toBe("show-1 2");
  expect(await after).toBe("show-1 3");
  expect(cache.get("show-1")).toBe("show-1 3");
});

test("a vote during a rendering counts as one after it", async () => {
  const { cache, hold, release, pass } = setUp();
  hold();
  const first = cache.get("show-1");
  cache.tallyChanged(1);
  release();
  await first;
  pass(MIN_AGE_MS);
  expect(await cache.get("show-1")).toBe("show-1 2");
});

test("no page outlives its time, by either clock, nor its close", async () => {
  const old = setUp();
  await old.cache.get("show-1");
  old.pass(MAX_AGE_MS - 1);
  expect(old.cache.get("show-1")).toBe("show-1 1");
  old.pass(1);
  expect(await old.cache.get("show-1")).toBe("show-1 2");
  old.setClock(86_400_000);
  expect(await old.cache.get("show-1")).toBe("show-1 3");
  old.setClock(-86_400_000);
  expect(await old.cache.get("show-1")).toBe("show-1 4");

  const closing = setUp({ keep: { changesAt: 1_000_100 } });
  await closing.cache.get("show-1");
  closing.pass(99);
  expect(closing.cache.get("show-1")).toBe("show-1 1");
  closing.pass(1);
  expect(await closing.cache.get("show-1")).toBe("show-1 2");
});

test("what may not be kept is shared by those who wait for it and then forgotten", async () => {
  const { cache } = setUp({ keep: null });
  expect(await Promise.all([cache.get("show-1"), cache.get("show-1")])).toEqual(["show-1 1", "show-1 1"]);
  expect(await cache.get("show-1")).toBe("show-1 2");
  expect(cache.bytes).toBe(0);
});

test("a failed rendering fails for those who waited and for nobody after", async () => {
  let broken = true;
  const cache = new PageCache<string>({
    render: async () => (broken ? Promise.reject(new Error("broken")) : { page: "whole", keep: null }),
    now: () => 0,
    elapsed: () => 0,
    maxBytes: 100,
  });
  const waiting = [cache.get("show-1"), cache.get("show-1")].map((page) => Promise.resolve(page));
  const outcomes = await Promise.allSettled(waiting);
  expect(outcomes.map((outcome) => outcome.status)).toEqual(["rejected", "rejected"]);
  broken = false;
  expect(await cache.get("show-1")).toBe("whole");
});

test("the pages not asked for longest make room", async () => {
  const { cache } = setUp({ maxBytes: 30 });
  for (const key of ["show-1", "show-2", "show-3"]) await cache.get(key);
  void cache.get("show-1");
  await cache.get("show-4");
  expect(cache.bytes).toBe(30);
  expect(cache.get("show-1")).toBe("show-1 1");
  expect(cache.get("show-3")).toBe("show-3 3");
  expect(await cache.get("show-2")).toBe("show-2 5");
});

test("a page larger than the whole room is not kept", async () => {
  const { cache } = setUp({ maxBytes: 5 });
  await cache.get("show-1");
  expect(cache.bytes).toBe(0);
});
