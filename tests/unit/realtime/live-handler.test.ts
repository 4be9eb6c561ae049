import { expect, test } from "vitest";
import { remembering } from "#server/http/live.ts";

function shows(ids: Record<string, number>) {
  const state = { now: 0, asked: 0 };
  const idOf = remembering(
    async (slug) => {
      state.asked += 1;
      const id = ids[slug];
      if (id === undefined) throw new Error("not found");
      return id;
    },
    () => state.now,
  );
  return { idOf, state, ids };
}

test("a crowd that comes within a second asks once for the show", async () => {
  const { idOf, state } = shows({ one: 1, two: 2 });
  for (let i = 0; i < 100; i += 1) {
    expect(await idOf("one")).toBe(1);
    state.now += 9;
  }
  expect(state.asked).toBe(1);
  expect(await idOf("two")).toBe(2);
});

test("a show that was removed is gone after a second", async () => {
  const { idOf, state, ids } = shows({ one: 1 });
  await idOf("one");
  delete ids["one"];
  state.now += 1_000;
  await expect(idOf("one")).rejects.toThrow("not found");
});

test("a show that was not there is asked for again", async () => {
  const { idOf, ids } = shows({});
  await expect(idOf("new")).rejects.toThrow("not found");
  ids["new"] = 3;
  expect(await idOf("new")).toBe(3);
});

test("addresses made up by the thousand are not kept", async () => {
  const many = shows(Object.fromEntries(Array.from({ length: 1_001 }, (_, i) => [`show-${i}`, i])));
  for (let i = 0; i <= 1_000; i += 1) await many.idOf(`show-${i}`);
  const before = many.state.asked;
  await many.idOf("show-0");
  expect(many.state.asked).toBe(before + 1);
});
