import { expect, test } from "vitest";
import { mendStandings } from "#server/cli/mend-standings.ts";
import type { Write } from "#server/commands/registry.ts";

test("standings of many fans are mended some fans at a time, each fan once, so that votes are written between", async () => {
  const wrong = Array.from({ length: 2_500 }, (_, i) => ({ userId: i % 2_300 }));
  const asked: number[][] = [];
  const write = ((_: "mendStandings", { userIds }: { userIds: number[] }) => Promise.resolve((asked.push(userIds), userIds.length))) as unknown as Write;
  expect(await mendStandings(write, wrong)).toBe(2_300);
  expect(asked.map(({ length }) => length)).toEqual([1_000, 1_000, 300]);
  expect(new Set(asked.flat()).size).toBe(2_300);
  expect(await mendStandings(write, [])).toBe(0);
});
