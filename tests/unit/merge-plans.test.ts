import { expect, test } from "vitest";
import { joinLinks } from "#server/commands/merge/join-links.ts";
import { sameNights } from "#server/commands/merge/same-nights.ts";

const MINUTE = 60_000;
const night = (id: number, startsAt: number | null, place = "1 2026-07-01", events: string[] = []) => ({ id, startsAt, place, events });

test("shows of one night are one where their starts are close, or where there is no choice", () => {
  expect(sameNights([night(1, 0)], [night(2, 99 * MINUTE)])).toEqual([{ from: 1, into: 2 }]);
  expect(sameNights([night(1, 0)], [night(2, 100 * MINUTE)])).toEqual([]);
  expect(sameNights([night(1, null)], [night(2, 0)])).toEqual([{ from: 1, into: 2 }]);
  expect(sameNights([night(1, null)], [night(2, 0), night(3, 300 * MINUTE)]), "matinee or evening?").toEqual([]);
  expect(sameNights([night(1, 5), night(4, null)], [night(2, 0), night(3, 300 * MINUTE)])).toEqual([
    { from: 1, into: 2 },
    { from: 4, into: 3 },
  ]);
  expect(sameNights([night(1, 0)], [night(2, 0, "1 2026-07-02")])).toEqual([]);
  expect(sameNights([night(1, 0), night(4, 10)], [night(2, 10)]), "the closest").toEqual([{ from: 4, into: 2 }]);
  const listed = (id: number, startsAt: number | null, ...events: string[]) => night(id, startsAt, undefined, events);
  expect(sameNights([listed(1, 0, "ticketmaster A")], [listed(2, 0, "ticketmaster B")]), "listed twice").toEqual([]);
  expect(sameNights([listed(1, null, "ticketmaster A")], [listed(2, 0, "ticketmaster B")]), "listed twice").toEqual([]);
  expect(sameNights([listed(1, 0, "ticketmaster A")], [listed(2, 0, "ticketmaster B", "ticketmaster A")]), "listed for both artists").toEqual([{ from: 1, into: 2 }]);
});

test("links of two artists become links that lead nowhere else, and those of the one that stays hold", () => {
  const joined = (stays: Record<string, string>, goes: Record<string, string>) => Object.fromEntries(joinLinks(new Map(Object.entries(stays)), new Map(Object.entries(goes))));
  expect(joined({ b: "c" }, { a: "b" })).toEqual({ b: "c", a: "c" });
  expect(joined({ a: "b" }, { b: "c" })).toEqual({ a: "c", b: "c" });
  expect(joined({ a: "b" }, { b: "a" }), "a contradiction").toEqual({ a: "b" });
  expect(joined({ a: "b" }, { a: "c" })).toEqual({ a: "b" });
});
