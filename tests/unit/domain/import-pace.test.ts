import { expect, test } from "vitest";
import { paceOf, type PaceFacts } from "#server/domain/import-pace.ts";

const MINUTE = 60_000;
const facts = (change: Partial<PaceFacts>): PaceFacts => ({ lists: [{ read: 400, of: 1_000 }], came: 400, sinceMs: 2 * MINUTE, ...change });

test.each<[string, Partial<PaceFacts>, number | null, number | null]>([
  ["half-way: what is left at the pace so far", {}, 200, 180],
  ["several lists are one sum", { lists: [{ read: 300, of: 500 }, { read: 100, of: 100 }], came: 400 }, 200, 60],
  ["what came in before the phase does not make it faster", { lists: [{ read: 500, of: 600 }], came: 50 }, 25, 240],
  ["a list that nobody has begun is not waited for", { lists: [{ read: 400, of: 1_000 }, { read: 0, of: null }] }, 200, 180],
  ["a list of unknown length: nobody can say", { lists: [{ read: 400, of: 1_000 }, { read: 5, of: null }] }, 200, null],
  ["all that was counted is here, and it still goes on: nobody can say", { lists: [{ read: 1_000, of: 1_000 }] }, 200, null],
  ["more than was counted: nobody can say", { lists: [{ read: 1_100, of: 1_000 }] }, 200, null],
  ["nothing has come in", { came: 0 }, null, null],
  ["nothing to be counted in this phase", { lists: [], came: 0 }, null, null],
  ["just begun: too early to tell", { sinceMs: 1_999 }, null, null],
  ["a clock that went back", { sinceMs: -5 }, null, null],
  ["a part of a second is a whole one", { lists: [{ read: 9_999, of: 10_000 }], came: 10_000, sinceMs: MINUTE }, 10_000, 1],
])("%s", (_, change, rate, secondsLeft) => {
  expect(paceOf(facts(change))).toEqual({ rate, secondsLeft });
});
