import fc from "fast-check";
import { expect, test } from "vitest";
import { afterMerge, afterUndo, planMerge, planMoves, type OwnedRow } from "#server/domain/matching/merge-plan.ts";

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

test("a chain of 50,000 is planned at once", () => {
  const links = Array.from({ length: 50_000 }, (_, at) => ({ from: at + 1, into: at + 2 }));
  const started = performance.now();
  const plan = planMerge(links);
  expect(performance.now() - started).toBeLessThan(2_000);
  expect(plan.ok && plan.groups[0]!.absorbed.length).toBe(50_000);
});

const owned = fc.uniqueArray(fc.record({ table: fc.constantFrom("follows", "votes"), key: fc.constantFrom("ann", "ben", "cyd"), owner: fc.integer({ min: 1, max: 4 }) }), {
  selector: (row) => JSON.stringify(row),
});
const group = { into: 1, absorbed: [2, 3] };
const inOrder = (rows: OwnedRow[]) => rows.map(({ table, key, owner }) => `${table} ${key} ${owner}`).sort();

test("a merge loses no row, has none twice, and its undo puts each back", () => {
  fc.assert(
    fc.property(owned, (rows) => {
      const log = planMoves(group, rows);
      const merged = afterMerge(rows, log);
      expect(new Set(inOrder(merged)).size).toBe(merged.length);
      expect(merged.length + log.setAside.length).toBe(rows.length);
      expect(merged.some(({ owner }) => group.absorbed.includes(owner))).toBe(false);
      expect(inOrder(afterUndo(merged, log))).toEqual(inOrder(rows));
      expect(inOrder(afterMerge(afterUndo(merged, log), planMoves(group, rows)))).toEqual(inOrder(merged));
    }),
    { numRuns: 300 },
  );
});

test("who followed or left while they were one is not overruled by the undo", () => {
  const rows = [{ table: "follows", key: "ann", owner: 2 }, { table: "follows", key: "ben", owner: 2 }];
  const log = planMoves(group, rows);
  const since = [...afterMerge(rows, log).filter(({ key }) => key !== "ann"), { table: "follows", key: "dee", owner: 1 }];
  expect(inOrder(afterUndo(since, log))).toEqual(["follows ben 2", "follows dee 1"]);
});
