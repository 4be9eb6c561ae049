import { describe, expect, it } from "vitest";
import { BELIEVED_MS, KnownAccess, type FoundAccess } from "#server/auth/known-access.ts";
import { TestClock } from "#tests/support/clock.ts";

/** A memory with a clock, and what a stand-in for the database was asked. */
function setUp({ capacity = 10 } = {}) {
  const clock = new TestClock();
  const known = new KnownAccess({ now: clock.now, capacity });
  let asked = 0;
  const found = (userId: number, until = Infinity): FoundAccess => ({
    access: { actor: { userId, role: "user", displayName: "Fan", email: "fan@example.org" }, token: null },
    until,
  });
  /** Who a credential belongs to, asking only where it is not known. */
  const whoIs = async (hash: string, answer: FoundAccess | null) => {
    const ask = () => {
      asked += 1;
      return Promise.resolve(answer);
    };
    const access = known.recall(hash) ?? (await known.learn(hash, ask));
    return access?.actor.userId ?? null;
  };
  return { clock, known, found, whoIs, asked: () => asked };
}

describe("a valid credential", () => {
  it("is looked up once for many requests", async () => {
    const { whoIs, found, asked } = setUp();
    for (let i = 0; i < 100; i += 1) expect(await whoIs("a", found(1))).toBe(1);
    expect(asked()).toBe(1);
  });

  it("is looked up again after half a minute, however much it is used", async () => {
    const { clock, whoIs, found, asked } = setUp();
    for (let i = 0; i < 31; i += 1) {
      await whoIs("a", found(1));
      clock.advance(1_000);
    }
    expect(asked()).toBe(2);
  });

  it("is not believed beyond its end, to the millisecond", async () => {
    const { clock, known, found, whoIs } = setUp();
    await whoIs("a", found(1, clock.now() + 500));
    clock.advance(499);
    expect(known.recall("a")).not.toBeNull();
    clock.advance(1);
    expect(known.recall("a")).toBeNull();
  });

  it("that is over already is never kept", async () => {
    const { clock, known, found, whoIs } = setUp();
    expect(await whoIs("a", found(1, clock.now()))).toBe(1);
    expect(known.size).toBe(0);
  });

  it.each([-86_400_000, 86_400_000, -1])("is looked up again after the clock jumps by %d ms", async (jump) => {
    const { clock, whoIs, found, asked } = setUp();
    await whoIs("a", found(1));
    clock.advance(jump);
    await whoIs("a", found(1));
    expect(asked()).toBe(2);
  });
});

it("an unknown credential is looked up every time and takes no room", async () => {
  const { known, whoIs, asked } = setUp();
  for (let i = 0; i < 5; i += 1) expect(await whoIs("stranger", null)).toBeNull();
  expect([asked(), known.size]).toEqual([5, 0]);
});

it("keeps no more credentials than it has room for: those learned last", async () => {
  const { known, found, whoIs } = setUp({ capacity: 3 });
  for (const hash of ["a", "b", "c", "d", "e", "f", "g"]) await whoIs(hash, found(1));
  expect(known.size).toBe(4);
  expect(["a", "b", "c", "d", "e", "f", "g"].filter((hash) => known.recall(hash))).toEqual(["d", "e", "f", "g"]);
});

it("lets go of credentials that nobody shows any more", async () => {
  const { clock, known, found, whoIs } = setUp();
  for (const hash of ["a", "b", "c"]) await whoIs(hash, found(1));
  for (const hash of ["d", "e"]) {
    clock.advance(BELIEVED_MS);
    await whoIs(hash, found(1));
  }
  expect(known.size).toBe(2);
});

describe("after a change of access", () => {
  it("an account's credentials mean nothing any more, and those of others still do", async () => {
    const { known, found, whoIs } = setUp();
    await whoIs("a1", found(1));
    await whoIs("a2", found(1));
    await whoIs("b", found(2));
    known.forget(1);
    expect(["a1", "a2", "b"].map((hash) => known.recall(hash)?.actor.userId)).toEqual([undefined, undefined, 2]);
  });

  it("one credential alone can be forgotten", async () => {
    const { known, found, whoIs } = setUp();
    await whoIs("a1", found(1));
    await whoIs("a2", found(1));
    known.forget("a1");
    expect([known.recall("a1"), known.recall("a2")?.actor.userId]).toEqual([null, 1]);
  });

  it("everything can be forgotten", async () => {
    const { known, found, whoIs } = setUp();
    await whoIs("a", found(1));
    known.forgetAll();
    expect([known.recall("a"), known.size]).toEqual([null, 0]);
  });

  it("what is looked up anew is believed again", async () => {
    const { known, found, whoIs } = setUp();
    await whoIs("a", found(1));
    known.forget(1);
    known.forget("a");
    await whoIs("a", found(1));
    expect(known.recall("a")?.actor.userId).toBe(1);
  });

  it.each<[string, (known: KnownAccess) => void]>([
    ["its account", (known) => known.forget(1)],
    ["its hash", (known) => known.forget("a")],
    ["everything", (known) => known.forgetAll()],
  ])("a slow look-up that began before does not bring the old answer back: %s", async (_what, change) => {
    const { known, found } = setUp();
    const slow = Promise.withResolvers<FoundAccess>();
    const learned = known.learn("a", () => slow.promise);
    change(known);
    slow.resolve(found(1));
    await learned;
    expect(known.recall("a")).toBeNull();
  });

  it("a slow look-up stays worthless after thousands of other changes", async () => {
    const { known, found } = setUp();
    const slow = Promise.withResolvers<FoundAccess>();
    const learned = known.learn("a", () => slow.promise);
    known.forget(1);
    for (let userId = 2; userId < 25_000; userId += 1) known.forget(userId);
    slow.resolve(found(1));
    await learned;
    expect(known.recall("a")).toBeNull();
  });

  it("a slow look-up is believed for half a minute from when it began", async () => {
    const { clock, known, found } = setUp();
    const slow = Promise.withResolvers<FoundAccess>();
    const learned = known.learn("a", () => slow.promise);
    clock.advance(BELIEVED_MS);
    slow.resolve(found(1));
    await learned;
    expect(known.recall("a")).toBeNull();
  });
});
