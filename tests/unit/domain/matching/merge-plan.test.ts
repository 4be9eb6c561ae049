import fc from "fast-check";
import { expect, test } from "vitest";
import { planMerge } from "#server/domain/matching/merge-plan.ts";

test("chains end at the one that stays", () => {
  expect(planMerge([{ from: 1, into: 2 }, { from: 2, into: 3 }, { from: 5, into: 3 }, { from: 8, into: 9 }])).toEqual({
    ok: true,
    groups: [{ into: 3, absorbed: [1, 2, 5] }, { into: 9, absorbed: [8] }],
  });
});

test("what goes round, or goes two ways, is named and nothing is planned", () => {
  expect(planMerge([{ from: 3, into: 1 }, { from: 1, into: 2 }, { from: 2, into: 3 }, { from: 7, into: 1 }])).toEqual({ ok: false, faults: [{ reason: "cycle", ids: [1, 2, 3] }] });
  expect(planMerge([{ from: 4, into: 4 }])).toEqual({ ok: false, faults: [{ reason: "cycle", ids: [4] }] });
  expect(planMerge([{ from: 1, into: 3 }, { from: 1, into: 2 }])).toEqual({ ok: false, faults: [{ reason: "contradiction", from: 1, into: [2, 3] }] });
});

test("the order of the links changes nothing", () => {
  const link = fc.record({ from: fc.integer({ min: 1, max: 12 }), into: fc.integer({ min: 1, max: 12 }) });
  fc.assert(
    fc.property(fc.array(link, { maxLength: 12 }), fc.infiniteStream(fc.nat()), (links, chances) => {
      const order = [...chances.take(links.length)];
      const shuffled = links.map((each, at) => ({ each, chance: order[at]! })).sort((a, b) => a.chance - b.chance).map(({ each }) => each);
      expect(planMerge(shuffled)).toEqual(planMerge(links));
    }),
  );
});

test("a chain of 50,000 ends where it ends", () => {
  const plan = planMerge(Array.from({ length: 50_000 }, (_, at) => ({ from: at + 1, into: at + 2 })));
  expect(plan.ok && plan.groups).toEqual([{ into: 50_001, absorbed: Array.from({ length: 50_000 }, (_, at) => at + 1) }]);
});
